"""A font face opened for shaping: its HarfBuzz objects, its metrics, and the codes that a document gives its glyphs."""

from __future__ import annotations

import zlib
from typing import Final

import uharfbuzz as harfbuzz

from octavo.diagnostics import error
from octavo.errors import ResourceError
from octavo.fonts.book import Face, embedding_bits, refuse_forbidden

_LAST_CODE: Final = 0xFFFE
_OTHER_CODES: Final = 32_768
"""How many numbers behind those of the glyphs there are for pairs whose text is not the glyph's own character: so many
that two of them seldom want the same."""
_CAPITAL = 700.0
"""The height of capitals where a font does not say."""
_TAGS = harfbuzz.OTMetricsTag


class LoadedFont:
    """One face of the book, opened. Lengths are in font units unless they say otherwise.

    A code is given per pair (glyph, text); see `FontUse`. `index` is the font's place among the fonts that a document
    really uses, and -1 until a code is given.
    """

    def __init__(self, face: Face) -> None:
        self.face = face
        self.data = face.load()
        self.harfbuzz_face = harfbuzz.Face(self.data, face.face_index)
        if not self.harfbuzz_face.glyph_count:
            raise ResourceError(
                error("font-not-read", f"the file of font `{face.family}` is no TrueType or OpenType font")
            )
        # Of the fonts that packages bring, nothing is known before: their files are not looked into until now.
        refuse_forbidden(embedding_bits(self.harfbuzz_face.reference_table("OS/2").data), self.name)
        self.font = harfbuzz.Font(self.harfbuzz_face)
        self.units: int = self.harfbuzz_face.upem
        self.per_mille = 1000 / self.units
        self.index = -1
        self.entries: dict[int, tuple[int, str, float]] = {}
        self.codes: dict[tuple[int, str], str] = {}
        self.advances: dict[int, int] = {}
        self.variations: tuple[tuple[str, float], ...] = self._pinned(face)

    def _pinned(self, face: Face) -> tuple[tuple[str, float], ...]:
        """Return where a variable font's axes are set: its weight to the face's, the others to their defaults."""
        axes = self.harfbuzz_face.axis_infos
        pinned = []
        for axis in axes:
            wanted = float(face.weight) if axis.tag == "wght" else axis.default_value
            pinned.append((axis.tag, min(max(wanted, axis.min_value), axis.max_value)))
        if pinned:
            self.font.set_variations(dict(pinned))
        return tuple(pinned)

    @property
    def name(self) -> str:
        """The PostScript name, or one made of the family's."""
        found = self.harfbuzz_face.get_name(harfbuzz.OTNameIdPredefined.POSTSCRIPT_NAME)
        slope = "Italic" if self.face.italic else ""
        return found or f"{self.face.family.replace(' ', '')}-{self.face.weight}{slope}"

    def metric(self, tag: harfbuzz.OTMetricsTag) -> float:
        """Return a metric in thousandths of the size."""
        return float(self.font.get_metric_position_with_fallback(tag) * self.per_mille)

    @property
    def ascent(self) -> float:
        """Height above the baseline, in thousandths of the size."""
        return self.metric(_TAGS.HORIZONTAL_ASCENDER)

    @property
    def descent(self) -> float:
        """Depth below the baseline as a positive number, in thousandths of the size."""
        return -self.metric(_TAGS.HORIZONTAL_DESCENDER)

    @property
    def capital(self) -> float:
        """The height of capital letters, in thousandths of the size."""
        return self.metric(_TAGS.CAP_HEIGHT) or _CAPITAL

    def has(self, character: str) -> bool:
        """Say whether the font has a glyph of its own for a character."""
        return bool(self.font.get_nominal_glyph(ord(character)))

    def advance(self, glyph: int) -> int:
        """Return a glyph's advance before kerning."""
        found = self.advances.get(glyph)
        if found is None:
            found = self.advances[glyph] = self.font.get_glyph_h_advance(glyph)
        return found

    def character_width(self, character: str) -> float:
        """Return the unkerned width of a character in thousandths of the size; 0 where the font lacks it."""
        glyph = self.font.get_nominal_glyph(ord(character))
        return self.advance(glyph) * self.per_mille if glyph else 0.0

    def new_code(self, glyph: int, text: str) -> str:
        """Give a pair its code, and return it as four hexadecimal digits.

        The code is the glyph's number where the text is the character that the font shows by it, else one that is
        found from the pair: whoever sets a part of a document gives the same codes, whatever came before it.

        Raises:
            ResourceError: more pairs than two bytes can number.
        """
        number = glyph
        if not glyph or len(text) != 1 or self.font.get_nominal_glyph(ord(text)) != glyph:
            number = self._other_code(glyph, text)
        elif number in self.entries:
            number = self._free_code(number)
        self.entries[number] = (glyph, text, float(self.advance(glyph)))
        code = self.codes[glyph, text] = f"{number:04X}"
        return code

    def _other_code(self, glyph: int, text: str) -> int:
        first = self.harfbuzz_face.glyph_count
        last = min(first + _OTHER_CODES, _LAST_CODE + 1)
        pair = zlib.crc32(f"{glyph} {text}".encode("utf-8", "surrogatepass"))
        return self._free_code(first + pair % (last - first) if first < last else 1 + pair % _LAST_CODE)

    def _free_code(self, number: int) -> int:
        """Return the first code from a number on that is not given, from 1 on again behind the last."""
        entries = self.entries
        if len(entries) >= _LAST_CODE:
            raise ResourceError(
                error("too-many-glyphs", f"font `{self.name}` is used with over 65,534 glyphs")
            )
        while number in entries:
            number = number % _LAST_CODE + 1
        return number

    @property
    def underline(self) -> tuple[float, float]:
        """How far below the baseline an underline's upper edge is, and how thick it is, in thousandths of the size."""
        thickness = self.metric(_TAGS.UNDERLINE_SIZE) or 50.0
        return -self.metric(_TAGS.UNDERLINE_OFFSET), thickness

    @property
    def strikeout(self) -> tuple[float, float]:
        """How far above the baseline the upper edge of a line through the text is, and how thick it is."""
        thickness = self.metric(_TAGS.STRIKEOUT_SIZE) or 50.0
        return self.metric(_TAGS.STRIKEOUT_OFFSET), thickness
