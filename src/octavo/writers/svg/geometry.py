"""Matrices, lengths and view boxes of SVG (SVG 2, chapter 8; CSS Transforms 1)."""

from __future__ import annotations

import math
import re
from typing import Final, TypeAlias

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f): x' = a x + c y + e, y' = b x + d y + f."""
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, width, height."""

IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
NUMBER: Final = re.compile(r"[-+]?(?:\d++\.?\d*+|\.\d++)(?:[eE][-+]?\d++)?")
_TRANSFORM: Final = re.compile(r"(?<![A-Za-z])([A-Za-z]++)\s*+\(([^()]*+)\)")
_LENGTH: Final = re.compile(rf"\s*+({NUMBER.pattern})\s*+([a-zA-Z%]*+)\s*+")
_PIXELS: Final = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 960 / 25.4,
    "in": 96.0,
    "q": 24 / 25.4,
}
_LARGEST: Final = 1e9


def multiply(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that does `inner` first and `outer` then."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (
        a * g + c * h,
        b * g + d * h,
        a * i + c * j,
        b * i + d * j,
        a * k + c * m + e,
        b * k + d * m + f,
    )


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a point goes."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def scale_of(matrix: Matrix) -> float:
    """Return how much longer lengths become, on average."""
    return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def is_similar(matrix: Matrix) -> bool:
    """Say whether circles stay circles, so that a line is as broad in every direction."""
    a, b, c, d, _, _ = matrix
    size = max(abs(a), abs(b), abs(c), abs(d), 1e-12)
    return abs(a * c + b * d) < 1e-4 * size * size and abs(a * a + b * b - c * c - d * d) < 1e-4 * size * size


def numbers(text: str) -> list[float]:
    """Return the numbers in a list."""
    found = list(map(float, NUMBER.findall(text)))
    if found and (max(found) > _LARGEST or min(found) < -_LARGEST):
        return list(map(finite, found))
    return found


def finite(value: float) -> float:
    """Keep a number within what can be drawn."""
    return 0.0 if math.isnan(value) else min(max(value, -_LARGEST), _LARGEST)


def length(text: str | None, whole: float, default: float = 0.0, em: float = 16.0) -> float:
    """Return user units for a length; a per cent is one of `whole`."""
    match = _LENGTH.fullmatch(text or "")
    if match is None:
        return default
    number, unit = finite(float(match.group(1))), match.group(2).lower()
    if unit == "%":
        return number * whole / 100
    if unit in ("em", "rem"):
        return number * em
    if unit in ("ex", "ch"):
        return number * em / 2
    return number * _PIXELS[unit] if unit in _PIXELS else default


def parse_transform(text: str | None) -> Matrix:
    """Return the matrix of a list of transforms; what is none of them is left out."""
    made = IDENTITY
    for name, inside in _TRANSFORM.findall(text or ""):
        made = multiply(made, _transform(name.lower(), numbers(inside)))
    return made


def _transform(name: str, values: list[float]) -> Matrix:  # noqa: PLR0911
    match name, values:
        case "matrix", [a, b, c, d, e, f]:
            return (a, b, c, d, e, f)
        case (("translate" | "translatex"), [x]):
            return (1.0, 0.0, 0.0, 1.0, x, 0.0)
        case "translatey", [y]:
            return (1.0, 0.0, 0.0, 1.0, 0.0, y)
        case "translate", [x, y]:
            return (1.0, 0.0, 0.0, 1.0, x, y)
        case "scale", [x]:
            return (x, 0.0, 0.0, x, 0.0, 0.0)
        case "scale", [x, y]:
            return (x, 0.0, 0.0, y, 0.0, 0.0)
        case "rotate", [angle]:
            return rotation(angle)
        case "rotate", [angle, x, y]:
            return multiply(
                multiply((1.0, 0.0, 0.0, 1.0, x, y), rotation(angle)), (1.0, 0.0, 0.0, 1.0, -x, -y)
            )
        case "skewx", [angle]:
            return (1.0, 0.0, math.tan(math.radians(angle)), 1.0, 0.0, 0.0)
        case "skewy", [angle]:
            return (1.0, math.tan(math.radians(angle)), 0.0, 1.0, 0.0, 0.0)
        case _:
            return IDENTITY


def rotation(degrees: float) -> Matrix:
    """Return the matrix that turns by an angle, clockwise as y goes downwards."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return (cosine, sine, -sine, cosine, 0.0, 0.0)


def view_box(text: str | None) -> Box | None:
    """Return a view box; None where there is none that shows anything."""
    found = numbers(text or "")
    if len(found) != 4 or found[2] <= 0 or found[3] <= 0:
        return None
    return (found[0], found[1], found[2], found[3])


def fit(view: Box, place: Box, aspect: str | None) -> Matrix:
    """Return the matrix that shows a view box in a place (SVG 2, 8.2, `preserveAspectRatio`)."""
    words = (aspect or "").replace("defer", "").split() or ["xMidYMid"]
    across, down = place[2] / view[2], place[3] / view[3]
    if words[0] == "none":
        return (across, 0.0, 0.0, down, place[0] - view[0] * across, place[1] - view[1] * down)
    scale = max(across, down) if words[1:] == ["slice"] else min(across, down)
    shares = {"xMin": 0.0, "xMax": 1.0, "YMin": 0.0, "YMax": 1.0}
    x = (place[2] - view[2] * scale) * shares.get(words[0][:4], 0.5)
    y = (place[3] - view[3] * scale) * shares.get(words[0][4:], 0.5)
    return (scale, 0.0, 0.0, scale, place[0] + x - view[0] * scale, place[1] + y - view[1] * scale)
