"""The cover that is drawn where the document names none: the masthead's colours, with the title block's words."""

from __future__ import annotations

import io
import re
from typing import Any, Final

import msgspec

from octavo.fonts.book import Face, FontBook
from octavo.fonts.loaded import LoadedFont
from octavo.theme.style import Style, StyleSheet
from octavo.tree.metadata import Metadata
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.units import WHITE, Color, contrast

WIDTH: Final = 1600
HEIGHT: Final = 2560
_MARGIN: Final = 150
_ROOM: Final = WIDTH - 2 * _MARGIN
_BAND: Final = (470, 496)
_TITLE_TOP: Final = 700
_NAMES_TOP: Final = 1500
_DARK: Final = 0.35
_SMALLEST: Final = 34
_LONGEST: Final = 500
INK: Final = 200
QUIET: Final = 156
ACCENT: Final = 255
"""Values of the drawing's one channel; 0 is the ground."""

# A line may break before each ideograph, and elsewhere at spaces only.
_UNITS: Final = re.compile(
    "[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^ \u2e80-\u9fff\uf900-\ufaff]+ ?| "
)


class Lettering(msgspec.Struct, frozen=True, kw_only=True):
    """How a text is drawn: its style, its size in pixels, its value, and how many lines it may take at that size."""

    style: Style
    size: int
    value: int
    lines: int


def draw_cover(metadata: Metadata, date: str, number: str, styles: StyleSheet, book: FontBook) -> bytes:
    """Return a PNG image of 1600 × 2560 pixels; the same for the same metadata, theme and fonts."""
    from PIL import Image, ImageDraw

    ground, accent = _colors(styles)
    ink = WHITE if ground.luminance < _DARK else styles.of(StyleKey.TITLE).color
    quiet = QUIET if contrast(_mixed(ground, ink, QUIET / INK), ground) >= 4.5 else INK

    def lettering(key: StyleKey, size: int, value: int, lines: int) -> Lettering:
        return Lettering(style=styles.of(key), size=size, value=value, lines=lines)

    # One channel, whose values are a ramp from the ground to the ink and one colour more: small, and fast to pack.
    picture = Image.new("L", (WIDTH, HEIGHT), 0)
    draw = ImageDraw.Draw(picture)
    painter = _Painter(draw, book)
    draw.rectangle((0, _BAND[0], WIDTH, _BAND[1]), fill=ACCENT)
    painter.above(metadata.publisher, lettering(StyleKey.MASTHEAD, 62, INK, 4), _BAND[0] - 70)
    y = painter.below(metadata.title, lettering(StyleKey.TITLE, 150, INK, 7), _TITLE_TOP)
    y = painter.below(metadata.subtitle, lettering(StyleKey.SUBTITLE, 78, quiet, 5), y + 50)
    names = ", ".join(author.name for author in metadata.authors)
    painter.below(names, lettering(StyleKey.BYLINE, 62, INK, 5), max(y + 110, _NAMES_TOP))
    issue = f"{number} {metadata.issue}" if metadata.issue else ""
    series = " · ".join(each for each in (metadata.series, issue, date) if each)
    painter.above(series, lettering(StyleKey.MASTHEAD_SERIES, 54, quiet, 3), HEIGHT - _MARGIN)

    ramp = [_mixed(ground, ink, at / INK) for at in range(INK + 1)] + [accent] * (ACCENT - INK)
    picture.putpalette([part for each in ramp for part in (each.red, each.green, each.blue)])
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=3)
    return out.getvalue()


def _colors(styles: StyleSheet) -> tuple[Color, Color]:
    """Return the ground and the accent: those of the masthead, or paper and the theme's strongest colour."""
    masthead = styles.of(StyleKey.MASTHEAD)
    ground = masthead.background or WHITE
    if masthead.border_bottom.width:
        return ground, masthead.border_bottom.color
    mark = styles.marks.get(MarkKey.HEADING_NUMBER)
    return ground, mark.color if mark and mark.color else styles.of(StyleKey.TITLE).color


def _mixed(one: Color, other: Color, share: float) -> Color:
    """Return a colour between two: the first at 0, the other at 1."""
    return Color(
        round(one.red + (other.red - one.red) * share),
        round(one.green + (other.green - one.green) * share),
        round(one.blue + (other.blue - one.blue) * share),
    )


class _Painter:
    def __init__(self, draw: Any, book: FontBook) -> None:
        self._draw = draw
        self._book = book

    def below(self, text: str, lettering: Lettering, y: int) -> int:
        """Draw a text from `y` down and return where it ends."""
        rows, font, leading = self._set(text, lettering)
        for row in rows:
            self._draw.text((_MARGIN, y), row, font=font, fill=lettering.value)
            y += leading
        return y

    def above(self, text: str, lettering: Lettering, y: int) -> None:
        """Draw a text so that it ends at `y`."""
        rows, font, leading = self._set(text, lettering)
        y -= leading * len(rows)
        for row in rows:
            self._draw.text((_MARGIN, y), row, font=font, fill=lettering.value)
            y += leading

    def _set(self, text: str, lettering: Lettering) -> tuple[list[str], Any, int]:
        """Return a text's lines, its font and their distance: smaller where it is long, cut where it is very long."""
        text = " ".join(text.split())[:_LONGEST]
        face = self._face(text, lettering.style)
        if not text or face is None:
            return [], None, 0
        data = face.load()
        size = lettering.size
        while True:
            font = self._font(data, face, size)
            rows = self._broken(text, font)
            fits = len(rows) <= lettering.lines and self._widest(rows, font) <= _ROOM
            if fits or size <= _SMALLEST:
                break
            size = max(_SMALLEST, int(size * 0.85))
        style = lettering.style
        leading = round(size * max(1.1, min(1.4, style.leading / style.size)))
        return rows[: 2 * lettering.lines], font, leading

    def _face(self, text: str, style: Style) -> Face | None:
        """Return the first face that has all of a text's characters, else the one that has most; None where that is
        less than half: no text is better than a row of boxes."""
        best: tuple[float, Face | None] = (0.5, None)
        characters = {each for each in text if not each.isspace()}
        for family in style.font:
            face = self._book.match(family, style.weight, style.italic)
            if face is None or not characters:
                continue
            font = LoadedFont(face)
            share = sum(map(font.has, characters)) / len(characters)
            if share == 1.0:
                return face
            if share > best[0]:
                best = (share, face)
        return best[1]

    @staticmethod
    def _font(data: bytes, face: Face, size: int) -> Any:
        from PIL import ImageFont

        basic = ImageFont.Layout.BASIC
        return ImageFont.truetype(io.BytesIO(data), size, index=face.face_index, layout_engine=basic)

    def _widest(self, rows: list[str], font: Any) -> float:
        return max((self._draw.textlength(row, font=font) for row in rows), default=0.0)

    def _broken(self, text: str, font: Any) -> list[str]:
        rows: list[str] = []
        row = ""
        for unit in _UNITS.findall(text):
            if row and self._draw.textlength((row + unit).rstrip(), font=font) > _ROOM:
                rows.append(row.rstrip())
                row = ""
            row += unit
        rows.append(row.rstrip())
        return rows
