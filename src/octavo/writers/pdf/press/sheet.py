"""The sheet around a page: its boxes, and the marks that stand outside the bleed.

ISO 15930-7, 6.5 (boxes) and ISO 32000-1, 14.11.2 and 14.11.3. Nothing here changes the size of the page itself.
"""

from __future__ import annotations

import itertools
from typing import Final

import msgspec

from octavo.typeset.frames import Layout
from octavo.writers.pdf.objects import number

_GAP, _LENGTH, _EDGE, _PEN, _RADIUS = 3.0, 15.0, 3.0, 0.25, 3.5
"""Points: from the bleed to a mark, its length, from it to the sheet's edge, its line, a registration mark's radius."""
_CIRCLE: Final = 0.5523
"""Where the control points of a quarter of a circle lie."""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet: the trimmed page's size, the bleed, and the room around the trimmed page, all in points."""

    width: float
    height: float
    bleed: float
    margin: float
    marks: bool

    @property
    def boxes(self) -> str:
        """The entries of a page: MediaBox, BleedBox and TrimBox."""
        return "".join(
            f"/{name}Box[{' '.join(map(number, self._box(beyond)))}]"
            for name, beyond in (("Media", self.margin), ("Bleed", self.bleed), ("Trim", 0.0))
        )

    def _box(self, beyond: float) -> tuple[float, float, float, float]:
        low = self.margin - beyond
        return (low, low, self.margin + self.width + beyond, self.margin + self.height + beyond)

    @property
    def furniture(self) -> bytes:
        """The operators of crop and registration marks: an artifact of the page, in the colour of all plates."""
        if not self.marks:
            return b""
        lines = "\n".join((*self._crop_marks(), *self._registration_marks()))
        head = "/Artifact<</Type/Page>>BDC\nq\n/Knock gs\n/Every CS 1 SCN"
        return f"\n{head}\n{number(_PEN)} w\n{lines}\nQ\nEMC".encode()

    def _crop_marks(self) -> list[str]:
        left, bottom, right, top = self._box(0.0)
        near = self.bleed + _GAP
        far = near + _LENGTH
        lines: list[str] = []
        for x, way in ((left, -1), (right, 1)):
            for y in (bottom, top):
                lines.append(_line((x + way * near, y), (x + way * far, y)))
        for y, way in ((bottom, -1), (top, 1)):
            for x in (left, right):
                lines.append(_line((x, y + way * near), (x, y + way * far)))
        return lines

    def _registration_marks(self) -> list[str]:
        left, bottom, right, top = self._box(self.bleed + _GAP + _LENGTH / 2)
        middle, half = (left + right) / 2, (bottom + top) / 2
        lines: list[str] = []
        for x, y in ((left, half), (right, half), (middle, bottom), (middle, top)):
            lines += (
                _line((x - _LENGTH / 2, y), (x + _LENGTH / 2, y)),
                _line((x, y - _LENGTH / 2), (x, y + _LENGTH / 2)),
                _circle(x, y),
            )
        return lines


def lay_sheet(layout: Layout, bleed: float, *, marks: bool) -> Sheet:
    """Return the sheet for the pages of a layout."""
    room = _GAP + _LENGTH + _EDGE if marks else 0.0
    return Sheet(width=layout.width, height=layout.height, bleed=bleed, margin=bleed + room, marks=marks)


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f"{number(start[0])} {number(start[1])} m {number(end[0])} {number(end[1])} l S"


def _circle(x: float, y: float) -> str:
    away = _RADIUS * _CIRCLE
    corners = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))
    curves = []
    for (a, b), (c, d) in itertools.pairwise(corners):
        points = (
            (x + a * _RADIUS + c * away, y + b * _RADIUS + d * away),
            (x + c * _RADIUS + a * away, y + d * _RADIUS + b * away),
            (x + c * _RADIUS, y + d * _RADIUS),
        )
        curves.append(" ".join(f"{number(px)} {number(py)}" for px, py in points) + " c")
    return f"{number(x + _RADIUS)} {number(y)} m {' '.join(curves)} S"
