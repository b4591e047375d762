"""Markers: arrow heads and dots at the points of a line (SVG 2, 13.7)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from octavo.writers.svg.cascade import local
from octavo.writers.svg.geometry import Box, Matrix, fit, length, multiply, numbers, rotation, view_box
from octavo.writers.svg.paints import reference
from octavo.writers.svg.paths import Path

Point = tuple[float, float]


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """A marker element, the matrix that places it, its viewport, and what it is clipped to."""

    element: Any
    matrix: Matrix
    size: tuple[float, float]
    clip: Box | None


class _Vertex(msgspec.Struct, frozen=True):
    point: Point
    incoming: Point | None
    outgoing: Point | None


def place_markers(
    path: Path, properties: Mapping[str, str], by_id: Mapping[str, Any], width: float
) -> Iterator[Marker]:
    """Yield the markers of a path whose line is `width` broad."""
    vertices = _vertices(path)
    for at, vertex in enumerate(vertices):
        ends = (at == 0, at == len(vertices) - 1)
        names = [name for name, here in (("marker-start", ends[0]), ("marker-end", ends[1])) if here]
        for name in names or ["marker-mid"]:
            target = by_id.get(reference(properties[name])[0])
            if target is not None and local(target) == "marker":
                yield from _placed(target, vertex, width, at_start=name == "marker-start")


def _placed(element: Any, vertex: _Vertex, width: float, *, at_start: bool) -> Iterator[Marker]:
    across, down = length(element.get("markerWidth"), 3.0, 3.0), length(element.get("markerHeight"), 3.0, 3.0)
    if across <= 0 or down <= 0:
        return
    view = view_box(element.get("viewBox"))
    inner = fit(view, (0.0, 0.0, across, down), element.get("preserveAspectRatio")) if view else None
    inner = inner or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    size = (view[2], view[3]) if view else (across, down)
    at_x, at_y = length(element.get("refX"), size[0]), length(element.get("refY"), size[1])
    shift_x, shift_y = inner[0] * at_x + inner[4], inner[3] * at_y + inner[5]
    scale = 1.0 if element.get("markerUnits") == "userSpaceOnUse" else width
    matrix: Matrix = (1.0, 0.0, 0.0, 1.0, *vertex.point)
    matrix = multiply(matrix, rotation(_angle(element.get("orient", "0"), vertex, at_start=at_start)))
    matrix = multiply(matrix, (scale, 0.0, 0.0, scale, -shift_x * scale, -shift_y * scale))
    matrix = multiply(matrix, inner)
    hidden = element.get("overflow", "hidden") not in ("visible", "auto")
    yield Marker(
        element=element,
        matrix=matrix,
        size=size,
        clip=(view or (0.0, 0.0, across, down)) if hidden else None,
    )


def _angle(orient: str, vertex: _Vertex, *, at_start: bool) -> float:
    if not orient.startswith("auto"):
        found = numbers(orient)
        return found[0] if found else 0.0
    directions = [each for each in (vertex.incoming, vertex.outgoing) if each is not None]
    x, y = sum(each[0] for each in directions), sum(each[1] for each in directions)
    angle = math.degrees(math.atan2(y, x))
    return angle + 180 if orient == "auto-start-reverse" and at_start else angle


def _vertices(path: Path) -> list[_Vertex]:
    """Return the points of a path with the directions in which the line comes and goes, as unit vectors."""
    points: list[Point] = []
    comes: list[Point | None] = []
    goes: list[Point | None] = []
    start = (0.0, 0.0)
    for kind, values in path:
        end = start if kind == "Z" else (values[-2], values[-1])
        if kind == "M":
            start = end
            points.append(end)
            comes.append(None)
            goes.append(None)
            continue
        ways = (
            [points[-1], *zip(values[0::2], values[1::2], strict=True)] if kind != "Z" else [points[-1], end]
        )
        goes[-1] = _way(ways)
        points.append(end)
        back = _way(ways[::-1])
        comes.append((-back[0], -back[1]) if back else None)
        goes.append(None)
    return [_Vertex(*each) for each in zip(points, comes, goes, strict=True)]


def _way(points: list[Point]) -> Point | None:
    """Return the direction from the first point to the next that differs."""
    x, y = points[0]
    for to_x, to_y in points[1:]:
        size = math.hypot(to_x - x, to_y - y)
        if size > 1e-9:
            return ((to_x - x) / size, (to_y - y) / size)
    return None
