"""The cover: the image that the document names, or one drawn from the theme and the metadata."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

from octavo.fonts.book import FontBook
from octavo.theme.style import Style, StyleSheet
from octavo.tree.metadata import Metadata
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.units import WHITE, Color, contrast

WIDTH: Final = 1600
HEIGHT: Final = 2560
_MARGIN: Final = 150
_DARK: Final = 0.35


def draw_cover(metadata: Metadata, date: str, number: str, styles: StyleSheet, book: FontBook) -> bytes:
    """Return a PNG image of 1600 × 2560 pixels: a ground in the masthead's colour, with what the masthead and the
    title block say. The same for the same metadata and theme."""
    from PIL import Image, ImageDraw

    masthead = styles.of(StyleKey.MASTHEAD)
    ground, accent = _colors(styles)
    ink = WHITE if ground.luminance < _DARK else styles.of(StyleKey.TITLE).color
    quiet = _mixed(ink, ground, 0.22)
    # A palette of the few colours and their mixtures keeps the file small and its packing fast.
    picture = Image.new("RGB", (WIDTH, HEIGHT), _rgb(ground))
    draw = ImageDraw.Draw(picture)
    painter = _Painter(draw, book)
    title = styles.of(StyleKey.TITLE)
    foot = HEIGHT - _MARGIN
    draw.rectangle((0, 470, WIDTH, 470 + 26), fill=_rgb(accent))
    painter.lines(metadata.publisher, masthead, 62, ink, (_MARGIN, 400), upwards=True, most=4)
    y = painter.lines(metadata.title, title, 150, ink, (_MARGIN, 700), most=8)
    y = painter.lines(metadata.subtitle, styles.of(StyleKey.SUBTITLE), 78, quiet, (_MARGIN, y + 50), most=6)
    names = ", ".join(author.name for author in metadata.authors)
    painter.lines(names, styles.of(StyleKey.BYLINE), 62, ink, (_MARGIN, max(y + 110, 1500)), most=5)
    series = " · ".join(
        each
        for each in (metadata.series, f"{number} {metadata.issue}" if metadata.issue else "", date)
        if each
    )
    painter.lines(
        series, styles.of(StyleKey.MASTHEAD_SERIES), 54, quiet, (_MARGIN, foot), upwards=True, most=3
    )
    out = io.BytesIO()
    picture.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        out, "PNG", compress_level=3
    )
    return out.getvalue()


def _colors(styles: StyleSheet) -> tuple[Color, Color]:
    """Return the ground and the accent: those of the masthead, or paper and the theme's strongest rule."""
    masthead = styles.of(StyleKey.MASTHEAD)
    ground = masthead.background or Color(0xFF, 0xFF, 0xFF)
    if masthead.border_bottom.width:
        return ground, masthead.border_bottom.color
    mark = styles.marks.get(MarkKey.HEADING_NUMBER)
    return ground, mark.color if mark and mark.color else styles.of(StyleKey.TITLE).color


def _mixed(one: Color, other: Color, share: float) -> Color:
    made = Color(
        round(one.red + (other.red - one.red) * share),
        round(one.green + (other.green - one.green) * share),
        round(one.blue + (other.blue - one.blue) * share),
    )
    return made if contrast(made, other) >= 4.5 else one


def _rgb(color: Color) -> tuple[int, int, int]:
    return color.red, color.green, color.blue


class _Painter:
    def __init__(self, draw: Any, book: FontBook) -> None:
        self._draw = draw
        self._book = book

    def lines(
        self,
        text: str,
        style: Style,
        size: int,
        color: Color,
        place: tuple[int, int],
        *,
        upwards: bool = False,
        most: int,
    ) -> int:
        """Draw text in lines from a place down, or up to it; smaller where it is long. Returns where it ends."""
        x, y = place
        text = " ".join(text.split())
        if not text:
            return y
        room = WIDTH - 2 * _MARGIN
        font = self._font(style, size)
        rows = self._broken(text, font, room)
        while (len(rows) > most or self._widest(rows, font) > room) and size > 34:
            size = max(34, int(size * 0.85))
            font = self._font(style, size)
            rows = self._broken(text, font, room)
        leading = round(size * max(1.1, min(1.4, style.leading / style.size)))
        top = y - leading * len(rows) if upwards else y
        for row in rows:
            self._draw.text((x, top), row, font=font, fill=_rgb(color))
            top += leading
        return top

    def _font(self, style: Style, size: int) -> Any:
        from PIL import ImageFont

        for family in style.font:
            face = self._book.match(family, style.weight, style.italic)
            if face is not None:
                data = io.BytesIO(face.load())
                return ImageFont.truetype(
                    data, size, index=face.face_index, layout_engine=ImageFont.Layout.BASIC
                )
        return ImageFont.load_default(size)

    def _widest(self, rows: Sequence[str], font: Any) -> float:
        return max((self._draw.textlength(row, font=font) for row in rows), default=0.0)

    def _broken(self, text: str, font: Any, room: int) -> list[str]:
        rows: list[str] = []
        row = ""
        for word in text.split(" "):
            longer = f"{row} {word}" if row else word
            if row and self._draw.textlength(longer, font=font) > room:
                rows.append(row)
                row = word
            else:
                row = longer
        rows.append(row)
        return rows
