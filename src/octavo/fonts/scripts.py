"""Scripts that octavo's own font packages do not cover, and the extra of octavo that brings fonts for each."""

from __future__ import annotations

import unicodedata
from typing import Final

_EAST_ASIA: Final = frozenset(
    {"CJK", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH", "KANGXI"}
)
_EAST_ASIAN_SIGNS: Final = (range(0x3000, 0x3040), range(0xFF00, 0xFFF0))
"""The blocks of brackets, marks and letters of full width, whose names do not tell where they belong."""
_NAMES: Final = """
ARABIC ARMENIAN BENGALI DEVANAGARI ETHIOPIC GEORGIAN GUJARATI GURMUKHI HEBREW KANNADA KHMER LAO MALAYALAM MYANMAR ORIYA
SINHALA TAMIL TELUGU THAI
"""
_OTHERS: Final = frozenset(_NAMES.split())
_PICTOGRAPHS: Final = range(0x1F300, 0x1FB00)


def extra_for(character: str) -> str:
    """Return the extra that brings a font with a character, empty where none is known to."""
    if is_east_asian(character):
        return "cjk"
    return "scripts" if _first_word(character) in _OTHERS or ord(character) in _PICTOGRAPHS else ""


def is_east_asian(character: str) -> bool:
    """Say whether a character belongs to the writing of China, Japan or Korea."""
    if character < "\u1100":
        return False
    return any(ord(character) in each for each in _EAST_ASIAN_SIGNS) or _first_word(character) in _EAST_ASIA


def east_asian_forms(language: str) -> str:
    """Return the end of the names of fonts with the forms of ideographs that a language has."""
    parts = language.casefold().split("-")
    if parts[0] == "zh":
        return "hk" if "hk" in parts or "mo" in parts else "tc" if {"tw", "hant"} & set(parts) else "sc"
    return {"ko": "kr"}.get(parts[0], "jp")


def _first_word(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0].partition("-")[0]
