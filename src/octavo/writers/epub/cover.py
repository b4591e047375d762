"""The cover that is drawn where the document names none: the theme's colours and faces, the title block's words, and
one of four compositions that suits the theme.

A theme with a coloured masthead, or with facing pages, has a field of tiles above its title; one whose title is centred
a frame; one whose masthead is a nameplate opens with that; any other has bars.
"""

from __future__ import annotations

import io
from typing import Any, Final

import msgspec

from octavo.fonts.book import FontBook
from octavo.theme.running import names_itself
from octavo.theme.style import StyleSheet
from octavo.tree.metadata import Metadata
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.units import WHITE, Color, contrast
from octavo.writers.epub.lettering import Letterer, Lettering, Lines
from octavo.writers.epub.ornament import TILE, draw_tiles

WIDTH: Final = 1600
HEIGHT: Final = 2560
_MARGIN: Final = 130
_BAR: Final = 28
_DARK: Final = 0.35
INK: Final = 127
QUIET: Final = 99
ACCENT: Final = 255
"""Values of the drawing's one channel: up to `INK` a ramp from the ground to the ink, above it one to the accent."""


class Cover(msgspec.Struct, frozen=True):
    """A drawn cover, a PNG image; `undrawn` are the texts that the fonts at hand cannot show."""

    data: bytes
    undrawn: tuple[str, ...]


class _Words(msgspec.Struct, frozen=True, kw_only=True):
    title: Lines
    subtitle: Lines
    names: Lines
    publisher: Lines
    series: Lines


def draw_cover(metadata: Metadata, date: str, number: str, styles: StyleSheet, book: FontBook) -> Cover:
    """Return an image of 1600 × 2560 pixels; the same for the same metadata, theme and fonts."""
    from PIL import Image

    ground, accent = _colors(styles)
    ink = WHITE if ground.luminance < _DARK else styles.of(StyleKey.TITLE).color
    quiet = QUIET if contrast(_mixed(ground, ink, QUIET / INK), ground) >= 4.5 else INK
    picture = Image.new("L", (WIDTH, HEIGHT), 0)
    letterer = Letterer(picture, book, styles, metadata.language)
    painter = _Painter(picture, letterer, metadata, styles)
    painter.compose(painter.words(date, number, quiet))
    ramp = [_mixed(ground, ink, at / INK) for at in range(INK + 1)]
    ramp += [_mixed(ground, accent, at / INK) for at in range(INK + 1)]
    picture.putpalette([part for each in ramp for part in (each.red, each.green, each.blue)])
    out = io.BytesIO()
    # Runs of one value make up the most of it: that way of packing is the fastest, and no larger.
    picture.save(out, "PNG", compress_level=1, compress_type=3)
    return Cover(out.getvalue(), tuple(letterer.undrawn))


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
    def __init__(self, picture: Any, letterer: Letterer, metadata: Metadata, styles: StyleSheet) -> None:
        from PIL import ImageDraw

        self._picture = picture
        self._draw = ImageDraw.Draw(picture)
        self._letterer = letterer
        self._about = metadata
        self._styles = styles
        self._colored = styles.of(StyleKey.MASTHEAD).background is not None
        self._centred = styles.of(StyleKey.TITLE).align == "center" and not styles.page.facing
        self._plated = styles.page.masthead is not None and not self._colored
        self._seed = "\n".join((metadata.title, *(author.name for author in metadata.authors)))

    def words(self, date: str, number: str, quiet: int) -> _Words:
        """Set all that the cover says."""
        about = self._about
        room = WIDTH - 2 * _MARGIN - (200 if self._centred else 0)

        def made(text: str, key: StyleKey, size: int, value: int, lines: int) -> Lines:
            lettering = Lettering(style=self._styles.of(key), size=size, value=value, lines=lines)
            return self._letterer.set(text, lettering, room)

        term = "" if names_itself(about.issue) else number
        issue = f"{term} {about.issue}".strip() if about.issue else ""
        series = " · ".join(each for each in (about.series, issue, date) if each)
        return _Words(
            title=made(about.title, StyleKey.TITLE, 170 if self._centred else 236, INK, 5),
            subtitle=made(about.subtitle, StyleKey.SUBTITLE, 76, quiet, 4),
            names=made(", ".join(author.name for author in about.authors), StyleKey.BYLINE, 68, INK, 4),
            publisher=made(about.publisher, StyleKey.MASTHEAD, 58, INK, 2),
            series=made(series, StyleKey.MASTHEAD_SERIES, 52, quiet, 2),
        )

    def compose(self, words: _Words) -> None:
        """Draw the composition that suits the theme."""
        if self._centred:
            self._frame(words)
        elif self._colored or self._styles.page.facing:
            self._tiles(words)
        elif self._plated:
            self._nameplate(words)
        else:
            self._bars(words)

    def _text(self, lines: Lines, y: int, align: str = "left") -> int:
        return self._letterer.draw(lines, y, _MARGIN, WIDTH - _MARGIN, align)

    def _foot(self, words: _Words, y: int) -> None:
        """Draw the series and the publisher so that they end at `y`."""
        y -= words.publisher.height + words.series.height
        self._text(words.series, self._text(words.publisher, y))

    def _bar(self, top: int, height: int = _BAR, value: int = ACCENT) -> None:
        self._draw.rectangle((0, top, WIDTH, top + height - 1), fill=value)

    def _block(self, words: _Words, y: int) -> int:
        """Draw title, subtitle and names below one another."""
        y = self._text(words.title, y)
        y = self._text(words.subtitle, y + (44 if words.subtitle.rows else 0))
        return self._text(words.names, y + (64 if words.names.rows else 0))

    def _tiles(self, words: _Words) -> None:
        told = words.title.height + words.subtitle.height + words.names.height
        told += words.publisher.height + words.series.height
        rows = max(1, min(6, (HEIGHT - told - 560) // TILE))
        values = (20, 34, 56) if self._colored else (INK, 84, 36)
        draw_tiles(self._picture, (0, 0, WIDTH // TILE, rows), self._seed, values, ACCENT)
        self._bar(rows * TILE)
        self._block(words, rows * TILE + _BAR + 110)
        self._foot(words, HEIGHT - _MARGIN)

    def _nameplate(self, words: _Words) -> None:
        about = self._about
        plate = Lettering(style=self._styles.of(StyleKey.MASTHEAD), size=330, value=INK, lines=1, least=96)
        name = self._letterer.set(about.series or about.publisher, plate, WIDTH - 2 * _MARGIN)
        publisher = words.publisher if about.series else Lines(lettering=plate)
        y = self._text(name, 96) + 18 if name.rows else 190
        self._bar(y)
        y = self._text(words.series, y + _BAR + 34)
        told = words.title.height + words.subtitle.height + words.names.height + publisher.height
        rows = max(1, min(4, (HEIGHT - y - told - 560) // TILE))
        top = HEIGHT - rows * TILE
        self._block(words, y + 120)
        self._text(publisher, top - 60 - publisher.height)
        draw_tiles(self._picture, (0, top, WIDTH // TILE, rows), self._seed, (INK, 92, 30), ACCENT)

    def _frame(self, words: _Words) -> None:
        for inset, width in ((84, 8), (108, 2)):
            box = (inset, inset, WIDTH - 1 - inset, HEIGHT - 1 - inset)
            self._draw.rectangle(box, outline=ACCENT, width=width)
        y = self._text(words.series, 260, "center")
        told = words.title.height + words.subtitle.height + words.names.height + 230
        y = max(y + 120, (HEIGHT - told) * 2 // 5)
        y = self._text(words.title, y, "center")
        y = self._text(words.subtitle, y + (50 if words.subtitle.rows else 0), "center") + 80
        self._draw.rectangle((WIDTH // 2 - 130, y, WIDTH // 2 + 129, y + 5), fill=ACCENT)
        self._text(words.names, y + 80, "center")
        self._text(words.publisher, HEIGHT - 260 - words.publisher.height, "center")

    def _bars(self, words: _Words) -> None:
        self._bar(0, 190)
        self._bar(HEIGHT - 190, 190)
        y = self._text(words.publisher, 270)
        self._draw.rectangle((_MARGIN, y + 50, WIDTH - _MARGIN - 1, y + 61), fill=ACCENT)
        y = self._text(words.title, y + 150)
        y = self._text(words.subtitle, y + (50 if words.subtitle.rows else 0))
        self._draw.rectangle((_MARGIN, y + 90, WIDTH - _MARGIN - 1, y + 101), fill=ACCENT)
        self._text(words.names, y + 160)
        self._text(words.series, HEIGHT - 260 - words.series.height)
