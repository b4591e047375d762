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
    first, script = language_and_script(language)
    return script in _SCRIPTS if script else first in _LANGUAGES


def language_and_script(tag: str) -> tuple[str, str]:
    """Return the language of a BCP 47 tag and its script, both in small letters; the script is empty where the tag
    names none (RFC 5646, 2.2.3)."""
    first, *rest = tag.lower().replace("_", "-").split("-")
    return first, next((each for each in rest if len(each) == 4 and each.isalpha()), "")


def pointing_left(marker: str) -> str:
    """Return a marker as it stands at the right of its text: what points into the text still does."""
    return marker.translate(_POINTERS)
