"""Words shaped once: strings ready to be painted, and the arithmetic of their glyphs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from octavo.fonts.loaded import LoadedFont

SILENT = ""
"""What a glyph reads as that says nothing by itself: the second glyph of one letter."""


class Part(msgspec.Struct, frozen=True):
    """A stretch of a word in one font, at one size and height. Lengths are in thousandths of the text's size."""

    font: int
    content: str
    x: float
    width: float
    rise: float = 0.0
    scale: float = 1.0


class Word:
    """A shaped word at any size; lengths are in thousandths of the size.

    `content` is the inside of a text-showing array (see `GlyphRun`) where the whole word stands in the first font of
    its setting; else it is None and `parts` says where each piece stands. `hang_left` and `hang_right` are how far
    its outer characters may stand in the margin. `reads` is what the parts read as together where their glyphs one by
    one do not say it, as with letters of several glyphs; such a word has no `content`. `plain_points` and
    `hyphen_points` are for the breaker
    to keep where the word may be broken, at one size.
    """

    __slots__ = (
        "content",
        "hang_left",
        "hang_right",
        "hyphen_points",
        "parts",
        "plain_points",
        "reads",
        "text",
        "width",
    )

    def __init__(self, text: str, content: str | None, width: float, parts: tuple[Part, ...] = ()) -> None:
        self.text = text
        self.content = content
        self.width = width
        self.parts = parts
        self.reads = ""
        self.hang_left = 0.0
        self.hang_right = 0.0
        self.plain_points: tuple[float, list[Any]] | None = None
        self.hyphen_points: tuple[float, list[Any]] | None = None


class Glyph(msgspec.Struct, frozen=True):
    """A glyph of a word, from left to right: what it reads as, where it stands, and which character it begins at."""

    font: LoadedFont
    identifier: int
    text: str
    x: float
    rise: float
    scale: float
    advance: float
    character: int


def number(value: float) -> str:
    """Write an adjustment as PDF wants it: to a tenth of a thousandth of the size, without an exponent."""
    return f"{value:.1f}".removesuffix(".0")


def painted(glyphs: Sequence[Glyph], width: float) -> tuple[Part, ...]:
    """Return the parts that paint a word's glyphs, in reading order; words from right to left move back as they go.

    `width` is that of the whole word; the last part ends there.
    """
    parts: list[Part] = []
    stretch: list[Glyph] = []
    for glyph in glyphs:
        if stretch and (
            glyph.font is not stretch[0].font
            or glyph.rise != stretch[0].rise
            or glyph.scale != stretch[0].scale
        ):
            parts.append(_part(stretch, None))
            stretch = []
        stretch.append(glyph)
    if stretch:
        parts.append(_part(stretch, width))
    return tuple(parts)


def _part(glyphs: Sequence[Glyph], end: float | None) -> Part:
    first = glyphs[0]
    font, scale = first.font, first.scale
    pieces: list[str] = []
    codes: list[str] = []
    pen = start = first.x
    for glyph in glyphs:
        back = (pen - glyph.x) / scale
        if abs(back) >= 0.05:
            if codes:
                pieces.append(f"<{''.join(codes)}>")
                codes = []
            pieces.append(number(back))
        key = (glyph.identifier, glyph.text)
        codes.append(font.codes.get(key) or font.new_code(*key))
        pen = glyph.x + font.advance(glyph.identifier) * font.per_mille * scale
    pieces.append(f"<{''.join(codes)}>")
    if end is not None and abs(pen - end) >= 0.05:
        pieces.append(number((pen - end) / scale))
        pen = end
    return Part(font.index, "".join(pieces), start, pen - start, first.rise, scale)
