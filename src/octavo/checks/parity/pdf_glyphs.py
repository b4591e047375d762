"""The fonts that a PDF of octavo holds: what the codes read as, how wide they are, and how high their glyphs reach.

The outlines tell what the text does not: small capitals, capitals for small letters, and the shape of figures. Source:
ISO 32000-1, 9.7.4.2 (CIDToGIDMap), 9.7.4.3 (widths), 9.9 (font programs).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

_PER_MILLE: Final = 1000.0


class Letter(msgspec.Struct, frozen=True):
    """A glyph of a run. Lengths are in ems; `reach` is how far it goes below and above the baseline, None where the
    outline cannot be looked at: blanks, and CFF. `capital` is how high the capitals of its font are."""

    text: str
    width: float
    reach: tuple[float, float] | None
    capital: float


class Program(msgspec.Struct, frozen=True):
    """A TrueType program, the map from characters to its glyphs, and the height of its capitals in thousandths."""

    data: bytes = b""
    glyphs: bytes = b""
    capital: float = 0.0


class PageFont:
    """A font of a page: its PostScript name, and what its codes stand for."""

    def __init__(
        self, name: str, texts: Mapping[str, str], widths: Mapping[int, float], program: Program
    ) -> None:
        self.name = name
        self.texts = texts
        """What each code reads as, by its four hexadecimal digits."""
        self.widths = widths
        """In thousandths of the size, by code."""
        self._program = program
        self._font: Any = None
        self._letters: dict[str, Letter] = {}

    def letters(self, digits: str) -> tuple[Letter, ...]:
        """Return the letters of a string of codes."""
        return tuple(self._letter(digits[at : at + 4]) for at in range(0, len(digits), 4))

    def _letter(self, code: str) -> Letter:
        found = self._letters.get(code)
        if found is None:
            number = int(code, 16)
            width = self.widths.get(number, 0.0) / _PER_MILLE
            found = self._letters[code] = Letter(
                self.texts.get(code, ""), width, self._reach(number), self._program.capital / _PER_MILLE
            )
        return found

    def _reach(self, code: int) -> tuple[float, float] | None:
        glyph = int.from_bytes(self._program.glyphs[2 * code : 2 * code + 2], "big")
        if not glyph or not self._program.data:
            return None
        if self._font is None:
            import uharfbuzz

            self._font = uharfbuzz.Font(uharfbuzz.Face(self._program.data))
        box = self._font.get_glyph_extents(glyph)
        if box is None or not box.height:
            return None
        units = float(self._font.face.upem)
        return (box.y_bearing + box.height) / units, box.y_bearing / units
