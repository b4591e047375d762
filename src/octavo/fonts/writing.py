"""Kinds of writing that word processors have fonts of their own for: East Asian ones, and complex scripts."""

from __future__ import annotations

from typing import Final

from octavo.fonts.scripts import is_east_asian

COMPLEX: Final = "complex"
EAST_ASIAN: Final = "east-asian"

_COMPLEX: Final = (
    range(0x0590, 0x0900),  # Hebrew, Arabic, Syriac, Thaana, N'Ko
    range(0x0900, 0x10A0),  # from Devanagari to Burmese
    range(0x1780, 0x1800),  # Khmer
    range(0xFB1D, 0xFE00),  # forms of Hebrew and Arabic
    range(0xFE70, 0xFEFD),
)
_FIRST: Final = "\u0590"


def writing_of(character: str) -> str:
    """Return the kind of writing that a character belongs to, empty for all that is neither."""
    if character < _FIRST:
        return ""
    if any(ord(character) in each for each in _COMPLEX):
        return COMPLEX
    return EAST_ASIAN if is_east_asian(character) else ""
