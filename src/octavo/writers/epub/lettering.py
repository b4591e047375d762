"""Lettering: lines of text drawn into a picture from their outlines, so that kerning, joined scripts and scripts that
run from right to left are right, and every machine draws the same.

Lengths are pixels; a text is measured in ems, for its size is found by trying.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from octavo.fonts.book import FontBook
from octavo.theme.style import Style, StyleSheet
from octavo.writers.epub.markup import direction
from octavo.writers.svg.typist import Contour, Glyph, Typist

_LONGEST: Final = 400
_FINE: Final = 4
"""Outlines are filled at so many times their size, and then made small: their edges come out smooth."""
_SHARES: Final = tuple(at / 8 for at in range(1, 9))
"""Where a curve is cut into straight pieces."""
_SQUARE: Final = tuple(((1 - t) ** 2, 2 * t * (1 - t), t * t) for t in _SHARES)
_CUBE: Final = tuple(((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3) for t in _SHARES)
# A line may break before each ideograph, and elsewhere at spaces only. These patterns stay text until they are needed,
# for the second one takes milliseconds to compile.
_FIRST_IDEOGRAPH: Final = "\u2e80"
_WORDS: Final = "[^ ]+ ?| "
_IDEOGRAPHS_AND_WORDS: Final = (
    "[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^ \u2e80-\u9fff\uf900-\ufaff]+ ?| "
)


def _units_of(text: str) -> list[str]:
    """Return the pieces between which a line may break."""
    pattern = _WORDS if max(text, default="") < _FIRST_IDEOGRAPH else _IDEOGRAPHS_AND_WORDS
    return re.findall(pattern, text)


class Lettering(msgspec.Struct, frozen=True, kw_only=True):
    """How a text is drawn: its style, its size at most and at least, its value, and how many lines it may take."""

    style: Style
    size: int
    value: int
    lines: int
    least: int = 36


class Lines(msgspec.Struct, frozen=True, kw_only=True):
    """A text in lines; `height` is that of all of them."""

    rows: tuple[str, ...] = ()
    lettering: Lettering
    size: int = 0
    leading: int = 0

    @property
    def height(self) -> int:
        """Return the height from the first line's top to the last line's foot."""
        return self.leading * len(self.rows)


class Polygon(msgspec.Struct, frozen=True):
    """A contour in font units, y upwards."""

    xs: list[float]
    ys: list[float]
    hole: bool


class Letterer:
    """Sets and draws text for one picture, whose values are one channel."""

    def __init__(self, picture: Any, fonts: FontBook, styles: StyleSheet, language: str) -> None:
        self._picture = picture
        self._fonts = fonts
        self._typist = Typist(fonts, styles)
        self._leftwards = direction(language) == "rtl"
        self._widths: dict[tuple[str, int, bool, str], float] = {}
        self._masks: dict[tuple[int, int, int, int], tuple[Any, int, int]] = {}
        self._polygons: dict[tuple[int, int], list[Polygon]] = {}
        self.undrawn: list[str] = []
        """Texts that no font at hand has the characters of."""

    def set(self, text: str, lettering: Lettering, room: int) -> Lines:
        """Return a text in lines of about the same width: smaller where it is long, cut where it is very long. Nothing
        where the fonts have less than half of its characters: no text is better than a row of boxes."""
        text = " ".join(text.split())[:_LONGEST]
        if lettering.style.case == "upper":
            text = text.upper()
        if not text or not self._fonts.families:
            return Lines(lettering=lettering)
        shaped = self._typist.shape(text, *self._voice(lettering.style))
        if sum(not glyph.number for glyph in shaped.glyphs) > len(shaped.glyphs) / 2:
            self.undrawn.append(text)
            return Lines(lettering=lettering)
        size = lettering.size
        while size > lettering.least:
            rows = self._broken(text, lettering.style, room / size)
            if len(rows) <= lettering.lines and max(map(self._wide(lettering.style), rows)) <= room / size:
                break
            size = max(lettering.least, int(size * 0.93))
        rows = self._balanced(text, lettering.style, room / size)
        style = lettering.style
        leading = round(size * max(1.08, min(1.4, style.leading / style.size)))
        return Lines(rows=tuple(rows[: 2 * lettering.lines]), lettering=lettering, size=size, leading=leading)

    def draw(self, lines: Lines, y: int, left: int, right: int, align: str = "left") -> int:
        """Draw lines from `y` down between two edges, and return where they end."""
        style, size = lines.lettering.style, lines.size
        for row in lines.rows:
            pieces = [self._typist.shape(piece, *self._voice(style)) for piece in self._in_order(row)]
            width = round(sum(piece.width for piece in pieces) * size)
            x = {"center": (left + right - width) // 2, "right": right - width}.get(self._turned(align), left)
            baseline = y + round(0.5 * lines.leading + 0.34 * size)
            if pieces and self._turned(align) == "left":
                # Large letters stand on the edge with their strokes, not with the white before them.
                x -= round(self._bearing(pieces[0].glyphs[:1]) * size)
            pen = 0.0
            for piece in pieces:
                for glyph in piece.glyphs:
                    self._stamp(glyph, x + (pen + glyph.x) * size, baseline - glyph.y * size, lines)
                pen += piece.width
            y += lines.leading
        return y

    def _turned(self, align: str) -> str:
        return {"left": "right", "right": "left"}.get(align, align) if self._leftwards else align

    @staticmethod
    def _voice(style: Style) -> tuple[str, int, bool]:
        return ", ".join(style.font), style.weight, style.italic

    def _wide(self, style: Style) -> Any:
        family, weight, italic = self._voice(style)

        def measured(text: str) -> float:
            key = (family, weight, italic, text)
            if key not in self._widths:
                self._widths[key] = self._typist.shape(text, family, weight, italic).width
            return self._widths[key]

        return lambda row: sum(measured(unit) for unit in _units_of(row.rstrip()))

    def _balanced(self, text: str, style: Style, room: float) -> list[str]:
        """Return the lines of a text in the narrowest room that takes no more of them."""
        rows = self._broken(text, style, room)
        narrow = room
        while narrow > 0.55 * room:
            narrow -= 0.04 * room
            tried = self._broken(text, style, narrow)
            if len(tried) > len(rows):
                break
            rows = tried
        return rows

    def _broken(self, text: str, style: Style, room: float) -> list[str]:
        wide = self._wide(style)
        space = self._typist.shape(" ", *self._voice(style)).width
        rows: list[str] = []
        row, width = "", 0.0
        for unit in self._units(text, wide, room):
            own = wide(unit)
            if row and width + own > room:
                rows.append(row.rstrip())
                row, width = "", 0.0
            row += unit
            width += own + (space if unit.endswith(" ") else 0.0)
        return [*rows, row.rstrip()]

    @staticmethod
    def _units(text: str, wide: Any, room: float) -> list[str]:
        """Return the pieces that lines are made of; a word wider than a line is cut."""
        units: list[str] = []
        for unit in _units_of(text):
            if wide(unit) <= room or len(unit) < 2:
                units.append(unit)
            else:
                step = max(1, int(len(unit) * room / wide(unit)))
                units.extend(unit[at : at + step] for at in range(0, len(unit), step))
        return units

    def _in_order(self, row: str) -> list[str]:
        """Return the pieces of a line from left to right: what runs the other way has its place, and its own order."""
        words = re.findall(r"\S+|\s+", row)
        ways = [_way(word) for word in words]
        pieces: list[tuple[bool, str]] = []
        for at, word in enumerate(words):
            way = ways[at]
            if way is None:
                # Unicode Standard Annex 9, N1 and N2.
                beside = {*ways[max(0, at - 1) : at], *ways[at + 1 : at + 2]}
                way = beside.pop() if len(beside) == 1 else None
            leftwards = self._leftwards if way is None else way
            if pieces and pieces[-1][0] == leftwards:
                pieces[-1] = (leftwards, pieces[-1][1] + word)
            else:
                pieces.append((leftwards, word))
        found = [piece for _, piece in pieces]
        return found[::-1] if self._leftwards else found

    def _bearing(self, glyphs: Sequence[Glyph]) -> float:
        """Return the white before a glyph, in ems."""
        drawn = [min(each.xs) / glyph.font.units for glyph in glyphs for each in self._polygons_of(glyph)]
        return min(drawn, default=0.0)

    def _polygons_of(self, glyph: Glyph) -> list[Polygon]:
        outline = (id(glyph.font), glyph.number)
        if outline not in self._polygons:
            self._polygons[outline] = _polygons(self._typist.outline(glyph))
        return self._polygons[outline]

    def _stamp(self, glyph: Glyph, x: float, y: float, lines: Lines) -> None:
        """Draw a glyph with its origin at a place."""
        column, row = int(x // 1), round(y)
        share = int((x - column) * _FINE)
        key = (id(glyph.font), glyph.number, lines.size, share)
        if key not in self._masks:
            self._masks[key] = _mask(self._polygons_of(glyph), lines.size / glyph.font.units, share)
        mask, left, top = self._masks[key]
        if mask is not None:
            self._picture.paste(lines.lettering.value, (column + left, row + top), mask)


def _way(word: str) -> bool | None:
    """Say whether a word runs leftwards; None for spaces and signs, which follow what is beside them."""
    kinds = {unicodedata.bidirectional(each) for each in word}
    if kinds & {"R", "AL"}:
        return True
    return False if kinds & {"L", "EN", "AN"} else None


def _mask(polygons: Sequence[Polygon], scale: float, share: int) -> tuple[Any, int, int]:
    """Return an outline as a mask of coverage, and where that stands from the glyph's origin."""
    from PIL import Image, ImageDraw

    if not polygons:
        return None, 0, 0
    fine = scale * _FINE
    left = int(min(min(each.xs) for each in polygons) * scale) - 2
    right = int(max(max(each.xs) for each in polygons) * scale) + 2
    top = -int(max(max(each.ys) for each in polygons) * scale) - 2
    foot = -int(min(min(each.ys) for each in polygons) * scale) + 2
    picture = Image.new("L", ((right - left) * _FINE, (foot - top) * _FINE), 0)
    draw = ImageDraw.Draw(picture)
    across, down = share - left * _FINE, -top * _FINE
    for each in polygons:
        place = [(x * fine + across, down - y * fine) for x, y in zip(each.xs, each.ys, strict=True)]
        draw.polygon(place, fill=0 if each.hole else 255)
    return picture.reduce(_FINE), left, top


def _polygons(contour: Contour) -> list[Polygon]:
    """Return an outline's contours with their curves in straight pieces, the largest first."""
    found: list[tuple[float, list[float], list[float]]] = []
    xs: list[float] = []
    ys: list[float] = []
    for command, numbers in contour:
        if command == "M":
            xs, ys = [numbers[0]], [numbers[1]]
        elif command == "L":
            xs.append(numbers[0])
            ys.append(numbers[1])
        elif command == "Q":
            (x0, y0), (x1, y1, x2, y2) = (xs[-1], ys[-1]), numbers
            xs += [a * x0 + b * x1 + c * x2 for a, b, c in _SQUARE]
            ys += [a * y0 + b * y1 + c * y2 for a, b, c in _SQUARE]
        elif command == "C":
            (x0, y0), (x1, y1, x2, y2, x3, y3) = (xs[-1], ys[-1]), numbers
            xs += [a * x0 + b * x1 + c * x2 + d * x3 for a, b, c, d in _CUBE]
            ys += [a * y0 + b * y1 + c * y2 + d * y3 for a, b, c, d in _CUBE]
        elif len(xs) > 2:
            found.append((_area(xs, ys), xs, ys))
    found.sort(key=lambda each: -abs(each[0]))
    # What runs round the other way than the largest contour is a hole in it.
    return [Polygon(xs, ys, (area > 0) is not (found[0][0] > 0)) for area, xs, ys in found]


def _area(xs: Sequence[float], ys: Sequence[float]) -> float:
    return sum(xs[at - 1] * ys[at] - xs[at] * ys[at - 1] for at in range(len(xs)))
