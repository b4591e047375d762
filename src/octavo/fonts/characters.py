"""Characters as fonts meet them: which can be shown at all, which attach to others, and which way they read."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

SOFT_HYPHEN: Final = "\u00ad"
REPLACEMENT: Final = "\ufffd"
JOINERS: Final = "\u200c\u200d\u2060\ufe0e\ufe0f"
UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_UNSAYABLE: Final = "[\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"
"""Halves of characters, those for private use, and those that are none. None is printable, and few texts have any: the
pattern stays text until it is needed, for it takes milliseconds to compile."""
_OVER_OTHERS: Final = ("Mn", "Me")
_ATTACHED: Final = ("Mn", "Me", "Mc")


def printable(text: str) -> str:
    """Return the text without control characters and marks of direction, which no font can show."""
    return UNPRINTABLE.sub("", text) if UNPRINTABLE.search(text) else text


def is_sayable(text: str) -> bool:
    """Say whether all characters of a text mean something to whoever extracts it."""
    return text.isprintable() or not re.search(_UNSAYABLE, text)


def sayable(text: str) -> str:
    """Return the text with U+FFFD for each character that means nothing to whoever extracts it."""
    return text if text.isprintable() else re.sub(_UNSAYABLE, REPLACEMENT, text)


def reads_leftwards(text: str) -> bool:
    """Say whether the first letter of a text belongs to a script that is written from right to left."""
    if text.isascii():
        return False
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL", "L"):
            return kind != "L"
    return False


def has_letters_from_the_right(text: str) -> bool:
    """Say whether a text has letters that are read from right to left."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def joins(text: str) -> bool:
    """Say whether letters of a text are written joined, as Arabic ones are."""
    return any(unicodedata.bidirectional(character) == "AL" for character in text)


def has_marks(text: str) -> bool:
    """Say whether some character of a text stands over or under another, which programs that extract text misplace."""
    return not text.isascii() and any(unicodedata.category(each) in _OVER_OTHERS for each in text)


def clusters(text: str) -> list[str]:
    """Split a text into letters, each with the marks and joiners that follow it."""
    found: list[str] = []
    for character in text:
        if found and (character in JOINERS or unicodedata.category(character) in _ATTACHED):
            found[-1] += character
        else:
            found.append(character)
    return found
