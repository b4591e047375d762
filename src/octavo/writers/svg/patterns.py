"""Patterns of SVG: where their tiles stand (SVG 2, 14.3)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product
from typing import Any, Final

import msgspec

from octavo.writers.svg.cascade import local
from octavo.writers.svg.geometry import Box, Matrix, fit, length, multiply, parse_transform, view_box
from octavo.writers.svg.paints import href
from octavo.writers.svg.scene import Unsupported

MOST_TILES: Final = 2_500
"""In one shape; in a whole drawing four times as many."""
_DEEPEST: Final = 16


class Tiling(msgspec.Struct, frozen=True):
    """A pattern laid over a shape: the element whose children are painted, the box that shows of each tile, the way
    from a tile's content to it, and how far each tile is moved, all in the pattern's coordinates, which `matrix` places
    in the shape's."""

    element: Any
    box: Box
    content: Matrix
    size: tuple[float, float]
    moves: tuple[tuple[float, float], ...]
    matrix: Matrix


def lay_tiles(
    element: Any, by_id: Mapping[str, Any], box: Box | None, size: tuple[float, float]
) -> Tiling | None:
    """Return the tiles that cover a box; None where the pattern paints nothing.

    Raises:
        Unsupported: there are too many.
    """
    chain = _chain(element, by_id)
    found = {name: each.get(name) for each in reversed(chain) for name in each.keys()}  # noqa: SIM118
    source = next((each for each in chain if any(local(child) for child in each)), None)
    if source is None or box is None:
        return None
    tile = _tile(found, box, size)
    matrix = parse_transform(found.get("patternTransform"))
    if tile is None or not _determinant(matrix):
        return None
    view = view_box(found.get("viewBox"))
    # A tile's content begins in its upper left corner, as all that draw SVG have it.
    content: Matrix = (1.0, 0.0, 0.0, 1.0, tile[0], tile[1])
    inner = size
    if view is not None:
        content = fit(view, tile, found.get("preserveAspectRatio"))
        inner = (view[2], view[3])
    elif found.get("patternContentUnits") == "objectBoundingBox":
        content = (box[2], 0.0, 0.0, box[3], tile[0], tile[1])
        inner = (1.0, 1.0)
    return Tiling(source, tile, content, inner, _moves(tile, _reach(box, matrix)), matrix)


def _chain(element: Any, by_id: Mapping[str, Any]) -> list[Any]:
    """Return a pattern and those that it takes from, the nearest first."""
    chain = [element]
    while len(chain) < _DEEPEST:
        target = by_id.get(href(chain[-1]).removeprefix("#"))
        if target is None or local(target) != "pattern":
            break
        chain.append(target)
    return chain


def _tile(found: Mapping[str, str], box: Box, size: tuple[float, float]) -> Box | None:
    shares = found.get("patternUnits") != "userSpaceOnUse"
    of = (1.0, 1.0) if shares else size
    x, y = length(found.get("x"), of[0]), length(found.get("y"), of[1])
    width, height = length(found.get("width"), of[0]), length(found.get("height"), of[1])
    if shares:
        x, y = box[0] + x * box[2], box[1] + y * box[3]
        width, height = width * box[2], height * box[3]
    return (x, y, width, height) if width > 0 and height > 0 else None


def _determinant(matrix: Matrix) -> float:
    return matrix[0] * matrix[3] - matrix[1] * matrix[2]


def _reach(box: Box, matrix: Matrix) -> tuple[float, float, float, float]:
    """Return what of the pattern's coordinates a box covers: left, top, right, bottom."""
    a, b, c, d, e, f = matrix
    divisor = _determinant(matrix)
    back: Matrix = (d / divisor, -b / divisor, -c / divisor, a / divisor, 0.0, 0.0)
    corners = [
        multiply(back, (1.0, 0.0, 0.0, 1.0, x - e, y - f))[4:]
        for x, y in product((box[0], box[0] + box[2]), (box[1], box[1] + box[3]))
    ]
    xs, ys = [each[0] for each in corners], [each[1] for each in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _moves(tile: Box, reach: tuple[float, float, float, float]) -> tuple[tuple[float, float], ...]:
    x, y, width, height = tile
    ends = ((reach[0] - x) / width, (reach[2] - x) / width, (reach[1] - y) / height, (reach[3] - y) / height)
    if not all(map(math.isfinite, ends)):
        return ()
    left, right, top, bottom = map(math.floor, ends)
    if (right - left + 1) * (bottom - top + 1) > MOST_TILES:
        raise Unsupported(f"a pattern of more than {MOST_TILES:,} tiles")
    return tuple(
        (across * width, down * height)
        for down, across in product(range(top, bottom + 1), range(left, right + 1))
    )
