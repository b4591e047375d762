"""A mathematical font: its measures, its glyphs, and those of them that stretch (OpenType 1.9, MATH)."""

from __future__ import annotations

from typing import Any, Final

import uharfbuzz as harfbuzz

from octavo.fonts.loaded import LoadedFont
from octavo.fonts.shape import Shaper
from octavo.fonts.words import Part
from octavo.typeset.formulas.boxes import Box, together

C = harfbuzz.OTMathConstant
_PER_CENT: Final = (C.SCRIPT_PERCENT_SCALE_DOWN, C.SCRIPT_SCRIPT_PERCENT_SCALE_DOWN)
_MOST_PARTS: Final = 400
_SMALLEST: Final = 0.5


class MathFont:
    """The font of formulas, in the hands of a shaping session."""

    def __init__(self, shaper: Shaper, font: LoadedFont) -> None:
        self._shaper = shaper
        self.font = font
        self._constants: dict[Any, float] = {}
        self._glyphs: dict[tuple[int, str, float], Box] = {}
        shares = [max(font.font.get_math_constant(each) / 100, _SMALLEST) for each in _PER_CENT]
        self.scales = (1.0, *shares)
        """Of text, of scripts, and of scripts of scripts."""

    def constant(self, name: Any) -> float:
        """Return one of the font's measures at full size."""
        found = self._constants.get(name)
        if found is None:
            found = self._constants[name] = self.font.font.get_math_constant(name) * self.font.per_mille
        return found

    def has(self, text: str) -> bool:
        """Say whether the font has all signs of a text."""
        return all(map(self.font.has, text))

    def glyph_of(self, sign: str) -> int:
        """Return the glyph of a sign, 0 where the font has none."""
        return self.font.font.get_nominal_glyph(ord(sign)) or 0

    def glyph(self, glyph: int, text: str, scale: float) -> Box:
        """Return a glyph as a box; it reads as `text`."""
        found = self._glyphs.get((glyph, text, scale))
        if found is None:
            found = self._glyphs[glyph, text, scale] = self._glyph(glyph, text, scale)
        return found

    def _glyph(self, glyph: int, text: str, scale: float) -> Box:
        font, unit = self.font, self.font.per_mille * scale
        extents = font.font.get_glyph_extents(glyph)
        code = font.codes.get((glyph, text)) or self._shaper.new_code(font, glyph, text)
        width = font.advance(glyph) * unit
        top = extents.y_bearing if extents else 0
        bottom = -(extents.y_bearing + extents.height) if extents else 0
        attached = font.font.get_math_glyph_top_accent_attachment(glyph)
        return Box(
            width=width,
            height=top * unit,
            depth=bottom * unit,
            parts=(Part(font.index, f"<{code}>", 0.0, width, 0.0, scale),),
            italic=font.font.get_math_glyph_italics_correction(glyph) * unit,
            accented=attached * unit if attached else width / 2,
            is_letter=True,
        )

    def text(self, text: str, scale: float) -> Box:
        """Return signs beside one another."""
        placed: list[tuple[Box, float, float]] = []
        x = 0.0
        last: Box | None = None
        for sign in text:
            last = self.glyph(self.glyph_of(sign), sign, scale)
            placed.append((last, x, 0.0))
            x += last.width
        if last is not None and len(placed) == 1:
            return last
        return together(placed, x)

    # Signs that stretch --------------------------------------------------------------------------------------------

    def stretched(self, sign: str, length: float, scale: float, direction: str = "ttb") -> Box:
        """Return a sign at least so high ("ttb") or wide ("ltr"), or as large as the font can make it."""
        glyph = self.glyph_of(sign)
        unit = self.font.per_mille * scale
        best = glyph
        for variant in self.font.font.get_math_glyph_variants(glyph, direction):
            best = variant.glyph
            if variant.advance * unit >= length:
                return self.glyph(best, sign, scale)
        pieces, _ = self.font.font.get_math_glyph_assembly(glyph, direction)
        if not pieces:
            return self.glyph(best, sign, scale)
        return self._assembled(pieces, sign, length, scale, direction)

    def _assembled(self, pieces: Any, sign: str, length: float, scale: float, direction: str) -> Box:
        """Put a sign together of pieces, as often repeated as it takes (MATH, glyph assembly)."""
        unit = self.font.per_mille * scale
        overlap = self.font.font.get_math_min_connector_overlap(direction) * unit
        fixed = [each for each in pieces if not each.flags & harfbuzz.OTMathGlyphPartFlags.EXTENDER]
        extenders = [each for each in pieces if each.flags & harfbuzz.OTMathGlyphPartFlags.EXTENDER]
        sizes = [sum(each.full_advance for each in group) * unit for group in (fixed, extenders)]
        count = 0
        while extenders and count * len(extenders) < _MOST_PARTS:
            joints = len(fixed) + count * len(extenders) - 1
            if sizes[0] + count * sizes[1] - max(joints, 0) * overlap >= length:
                break
            count += 1
        chosen = [
            each
            for each in pieces
            for _ in range(count if each.flags & harfbuzz.OTMathGlyphPartFlags.EXTENDER else 1)
        ]
        joints = len(chosen) - 1
        surplus = sizes[0] + count * sizes[1] - max(joints, 0) * overlap - length
        joint = overlap + (max(0.0, surplus) / joints if joints else 0.0)
        placed: list[tuple[Box, float, float]] = []
        along = across = 0.0
        for at, each in enumerate(chosen):
            box = self.glyph(each.glyph, sign if at == 0 else "", scale)
            # Pieces stand from below upwards, each with its foot at its place.
            placed.append((box, 0.0, along + box.depth) if direction == "ttb" else (box, along, 0.0))
            along += each.full_advance * unit - joint
            across = max(across, box.width)
        whole = along + joint
        return together(placed, across if direction == "ttb" else whole)
