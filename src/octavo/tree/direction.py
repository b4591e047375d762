"""Which way a language is written, and what changes with it."""

from __future__ import annotations

from functools import cache
from typing import Final

_LANGUAGES: Final = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_SCRIPTS: Final = frozenset({"adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"})
_POINTERS: Final = str.maketrans("▸▶►→›»❯‣", "◂◀◄←‹«❮◂")


@cache
def is_right_to_left(language: str) -> bool:
    """Say whether a language is written from right to left: by the script in its tag, else by itself (BCP 47)."""
    first, *rest = language.lower().replace("_", "-").split("-")
    script = next((each for each in rest if len(each) == 4 and each.isalpha()), "")
    return script in _SCRIPTS if script else first in _LANGUAGES


def pointing_left(marker: str) -> str:
    """Return a marker as it stands at the right of its text: what points into the text still does."""
    return marker.translate(_POINTERS)
