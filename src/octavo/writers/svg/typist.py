"""Sets text of drawings: family names to fonts at hand, and letters to outlines.

A drawing names fonts of the machine that it was made on. Where they are not at hand, the theme's own stand in: what is
shown must be embedded, and the same everywhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final, TypeAlias

import msgspec

from octavo.diagnostics import Diagnostic
from octavo.fonts.book import Face, FontBook
from octavo.fonts.features import TypeSpec, feature_switches
from octavo.fonts.loaded import LoadedFont
from octavo.fonts.shape import Shaper
from octavo.theme.style import StyleSheet
from octavo.tree.semantics import StyleKey

_MONO: Final = ("mono", "courier", "consol", "menlo", "code")
_SERIF: Final = ("times", "georgia", "garamond", "palatino", "cambria", "roman", "minion", "charter", "cmr")

Contour: TypeAlias = list[tuple[str, tuple[float, ...]]]


class Glyph(msgspec.Struct, frozen=True):
    """A glyph where it stands: its font, and its place in ems from the start of its text, y upwards."""

    font: LoadedFont
    number: int
    x: float
    y: float


class Shaped(msgspec.Struct, frozen=True):
    """A text in glyphs; `width` is in ems."""

    glyphs: tuple[Glyph, ...]
    width: float


class Typist:
    """Shapes the text of drawings for one edition."""

    def __init__(self, fonts: FontBook, styles: StyleSheet) -> None:
        self._shaper = Shaper(fonts)
        self._book = fonts
        self._styles = styles
        self._outlines: dict[tuple[int, int], Contour] = {}
        self._faces: dict[tuple[str, int, bool], tuple[TypeSpec, list[Face]]] = {}

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The characters that no font at hand has."""
        return self._shaper.diagnostics

    def primary(self, family: str, weight: int, italic: bool) -> LoadedFont:
        """Return the first font of a family's stack, for its measures."""
        return self._shaper.load(self._stack(family, weight, italic)[1][0])

    def shape(self, text: str, family: str, weight: int, italic: bool) -> Shaped:
        """Return text as glyphs, from left to right."""
        spec, faces = self._stack(family, weight, italic)
        glyphs: list[Glyph] = []
        pen = 0.0
        switches = feature_switches(spec)
        for font, piece in self._pieces(text, faces):
            infos, positions, _ = self._shaper.run(font, piece, switches, "")
            scale = 1 / font.units
            for info, position in zip(infos, positions, strict=True):
                x, y = pen + position.x_offset * scale, position.y_offset * scale
                glyphs.append(Glyph(font, info.codepoint, x, y))
                pen += position.x_advance * scale
        return Shaped(tuple(glyphs), pen)

    def _stack(self, family: str, weight: int, italic: bool) -> tuple[TypeSpec, list[Face]]:
        key = (family, weight, italic)
        if key not in self._faces:
            spec = TypeSpec(families=self._families(family), weight=weight, italic=italic)
            self._faces[key] = (spec, [*self._shaper.stack(spec), *self._shaper.others(spec)])
        return self._faces[key]

    def _families(self, wanted: str) -> tuple[str, ...]:
        names = [each.strip().strip("'\"") for each in wanted.split(",")]
        found = [each for each in names if each and self._book.has(each)]
        return tuple(dict.fromkeys((*found, *self._like(names))))

    def _like(self, names: Sequence[str]) -> tuple[str, ...]:
        for name in map(str.casefold, names):
            if any(part in name for part in _MONO):
                return self._styles.styles[StyleKey.CODE_BLOCK].font
            if name == "serif" or ("sans" not in name and any(part in name for part in (*_SERIF, "serif"))):
                return self._styles.styles[StyleKey.TEXT].font
            if name:
                return self._styles.styles[StyleKey.HEADING_1].font
        return self._styles.styles[StyleKey.HEADING_1].font

    def _pieces(self, text: str, faces: Sequence[Face]) -> list[tuple[LoadedFont, str]]:
        """Part text by the first font that has each character."""
        pieces: list[tuple[LoadedFont, list[str]]] = []
        first = self._shaper.load(faces[0])
        for character in text:
            last = pieces[-1][0] if pieces else first
            if last.has(character) and (last is first or not first.has(character)):
                font = last
            else:
                loaded = (self._shaper.load(face) for face in faces)
                found = next((each for each in loaded if each.has(character)), None)
                if found is None and unicodedata.category(character) not in ("Cc", "Cf"):
                    self._shaper.report_missing(character)
                font = found or last
            if pieces and pieces[-1][0] is font:
                pieces[-1][1].append(character)
            else:
                pieces.append((font, [character]))
        return [(font, "".join(characters)) for font, characters in pieces]

    def outline(self, glyph: Glyph) -> Contour:
        """Return a glyph's outline in font units, y upwards: M, L, Q, C and Z."""
        key = (id(glyph.font), glyph.number)
        found = self._outlines.get(key)
        if found is None:
            pen = _Pen()
            glyph.font.font.draw_glyph_with_pen(glyph.number, pen)
            found = self._outlines[key] = pen.contour
        return found


class _Pen:
    """Takes down an outline as HarfBuzz draws it."""

    def __init__(self) -> None:
        self.contour: Contour = []

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.contour.append(("M", point))

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.contour.append(("L", point))

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self.contour.append(("Q", tuple(part for point in points for part in point)))

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self.contour.append(("C", tuple(part for point in points for part in point)))

    def closePath(self) -> None:  # noqa: N802
        self.contour.append(("Z", ()))

    def endPath(self) -> None:  # noqa: N802
        return
