"""What a drawing comes to: shapes, bitmaps and layers, in the order of painting.

Coordinates are those of the shape's own `matrix`, which leads to the drawing's place: points, y downwards, the origin
in its upper left corner.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from octavo.units import Color
from octavo.writers.svg.geometry import Matrix
from octavo.writers.svg.paths import Path


class Unsupported(Exception):  # noqa: N818
    """A drawing uses what cannot be drawn as vectors; the message names it."""


class Stop(msgspec.Struct, frozen=True):
    """A colour of a gradient; `offset` is 0.0 to 1.0 and never less than that of the stop before."""

    offset: float
    color: Color


class Gradient(msgspec.Struct, frozen=True, kw_only=True):
    """A gradient along a line (x1, y1, x2, y2) or between circles (fx, fy, fr, cx, cy, r), placed by `matrix` in the
    coordinates of its shape."""

    coordinates: tuple[float, ...]
    stops: tuple[Stop, ...]
    matrix: Matrix


Paint: TypeAlias = Color | Gradient


class Stroke(msgspec.Struct, frozen=True, kw_only=True):
    """How an outline is drawn; lengths in the shape's own coordinates."""

    paint: Paint
    opacity: float
    width: float
    cap: Literal[0, 1, 2]
    join: Literal[0, 1, 2]
    miter: float
    dashes: tuple[float, ...]
    offset: float


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """A path that is filled, stroked, or both."""

    path: Path
    matrix: Matrix
    fill: Paint | None
    fill_opacity: float
    even_odd: bool
    stroke: Stroke | None


class Bitmap(msgspec.Struct, frozen=True, kw_only=True):
    """A raster image within the drawing; `matrix` places the unit square, y downwards. `size` is in pixels."""

    data: bytes
    size: tuple[int, int]
    matrix: Matrix
    opacity: float


class Clip(msgspec.Struct, frozen=True, kw_only=True):
    """Where a layer shows: within the paths, which are in the drawing's place already."""

    path: Path
    even_odd: bool


class Layer(msgspec.Struct, frozen=True, kw_only=True):
    """What is painted as one: through all of its clips, with one opacity."""

    content: tuple[Item, ...]
    clips: tuple[Clip, ...]
    opacity: float


Item: TypeAlias = Shape | Bitmap | Layer


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """A whole drawing; its size is in points."""

    width: float
    height: float
    content: tuple[Item, ...]
