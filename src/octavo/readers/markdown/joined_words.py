"""References in scripts whose words join what stands beside them.

Arabic and Hebrew write particles at the word; Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese put no space.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any, Final

REFERENCE_KINDS: Final = ("sec", "fig", "tbl", "eq", "lst", "app")
"""What the id of a thing that `@id` refers to begins with."""

# So large a set takes ten milliseconds to compile, and few sources ask for it.
_JOINED: Final = (
    "[\u0590-\u05ff\u0600-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # Hebrew, Arabic, Syriac
    "\u0e00-\u0e4f\u0e80-\u0ecf\u1000-\u103f\u1780-\u17df"  # Thai, Lao, Burmese, Khmer
    "\u1100-\u11ff\u3005-\u30ff\u3105-\u318f\u31a0-\u31ff\u3400-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\uff66-\uffdc\U0001b000-\U0001b16f\U00020000-\U0003ffff]"  # Korean, Japanese, Chinese
)
_ID: Final = rf"(?:#|\bid\s*=\s*[\"']?)((?:{'|'.join(REFERENCE_KINDS)})-[\w:.-]+)"


def is_joined(character: str) -> bool:
    """Say whether a character belongs to a script that writes a reference without a space before or behind it."""
    return not character.isascii() and re.match(_JOINED, character) is not None


def without_joined(target: str, environment: MutableMapping[str, Any]) -> str:
    """Return the target of a reference without the words that follow it, as of `fig-a所示`.

    What the source has as an id stands; else a target ends where letters of such a script follow others.
    """
    ends = [found.start() for found in re.finditer(_JOINED, target)]
    known = _ids(environment)
    if not ends or target in known:
        return target
    for end in reversed(ends):
        if target[:end] in known:
            return target[:end]
    name = target.index("-") + 1
    return target[: ends[0]].rstrip("-:") if ends[0] > name else target


def _ids(environment: MutableMapping[str, Any]) -> frozenset[str]:
    """Return all that stands in the source as an id of what may be referred to; it is looked for once."""
    if "ids" not in environment:
        environment["ids"] = frozenset(re.findall(_ID, environment.get("text", "")))
    found: frozenset[str] = environment["ids"]
    return found
