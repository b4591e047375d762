"""Colours and gradients of SVG (CSS Color 4; SVG 2, chapters 13 and 14)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from octavo.units import Color
from octavo.writers.svg.cascade import local
from octavo.writers.svg.geometry import Box, Matrix, finite, length, multiply, numbers, parse_transform
from octavo.writers.svg.scene import Gradient, Paint, Stop, Unsupported

_XLINK = "{http://www.w3.org/1999/xlink}href"
_DEEPEST = 16
_URL = re.compile(r"url\(\s*+['\"]?#([^'\")]++)['\"]?\s*+\)\s*+(.*)", re.DOTALL)


def parse_color(text: str, current: str = "black") -> tuple[Color, float] | None:
    """Return a colour and its opacity; None for no colour, and for one that is not understood."""
    from PIL import ImageColor

    text = text.strip()
    if text.lower() == "currentcolor":
        return parse_color(current) if current.lower() != "currentcolor" else None
    if text.lower() == "transparent":
        return Color(0, 0, 0), 0.0
    function = re.fullmatch(r"(rgb|hsl)a?\(([^)]*)\)", text, re.IGNORECASE)
    if function:
        return _function(function.group(1).lower(), function.group(2))
    try:
        red, green, blue, *alpha = ImageColor.getrgb(text)
    except ValueError:
        return None
    return Color(red, green, blue), alpha[0] / 255 if alpha else 1.0


def _function(kind: str, inside: str) -> tuple[Color, float] | None:
    parts = re.findall(r"([-+.\deE]+)(%|deg)?", inside)
    try:
        values = [(finite(float(number)), unit) for number, unit in parts]
    except ValueError:
        return None
    if len(values) not in (3, 4):
        return None
    alpha = share(values[3]) if len(values) == 4 else 1.0
    if kind == "rgb":
        red, green, blue = (
            min(255, max(0, round(value * 2.55 if unit == "%" else value))) for value, unit in values[:3]
        )
        return Color(red, green, blue), alpha
    import colorsys

    made = colorsys.hls_to_rgb(values[0][0] % 360 / 360, share(values[2], 100), share(values[1], 100))
    return Color(round(made[0] * 255), round(made[1] * 255), round(made[2] * 255)), alpha


def share(value: tuple[float, str], whole: float = 1.0) -> float:
    """Return a number or a per cent as a share, 0.0 to 1.0."""
    number, unit = value
    return min(1.0, max(0.0, number / 100 if unit == "%" else number / whole))


def opacity(text: str | None) -> float:
    """Return an opacity; 1.0 where none is given."""
    match = re.fullmatch(r"\s*+([-+.\deE]++)\s*+(%?)\s*+", text or "")
    try:
        return share((float(match.group(1)), match.group(2))) if match else 1.0
    except ValueError:
        return 1.0


def reference(text: str | None) -> tuple[str, str]:
    """Return the identifier that `url(#…)` names, and what follows it; both empty where it names none."""
    match = _URL.fullmatch((text or "").strip())
    return (match.group(1).strip(), match.group(2).strip()) if match else ("", "")


def href(element: Any) -> str:
    """Return what an element refers to, as it is written."""
    return str(element.get("href") or element.get(_XLINK) or "").strip()


def read_gradient(
    element: Any, by_id: Mapping[str, Any], box: Box | None, size: tuple[float, float]
) -> tuple[Paint | None, float]:
    """Return a gradient, and the opacity that all its stops share.

    Raises:
        Unsupported: it repeats, or its stops are not equally opaque.
    """
    chain = _chain(element, by_id)
    found = {name: each.get(name) for each in reversed(chain) for name in each.keys()}  # noqa: SIM118
    stops, alpha = _stops(next((each for each in chain if _stop_elements(each)), element))
    if len(stops) < 2:
        return (stops[0].color if stops else None), alpha
    if found.get("spreadMethod", "pad") not in ("pad", ""):
        raise Unsupported("a gradient that repeats")
    matrix: Matrix = parse_transform(found.get("gradientTransform"))
    if found.get("gradientUnits") != "userSpaceOnUse":
        if box is None or not box[2] or not box[3]:
            return stops[-1].color, alpha
        matrix = multiply((box[2], 0.0, 0.0, box[3], box[0], box[1]), matrix)
        size = (1.0, 1.0)
    if local(element) == "linearGradient":
        coordinates = tuple(
            length(found.get(name) or default, size[at % 2])
            for at, (name, default) in enumerate((("x1", "0%"), ("y1", "0%"), ("x2", "100%"), ("y2", "0%")))
        )
        if coordinates[:2] == coordinates[2:]:
            return stops[-1].color, alpha
    else:
        coordinates = _circles(found, size)
        if coordinates[5] <= 0:
            return stops[-1].color, alpha
    return Gradient(coordinates=coordinates, stops=stops, matrix=matrix), alpha


def _chain(element: Any, by_id: Mapping[str, Any]) -> list[Any]:
    """Return a gradient and those that it takes from, the nearest first."""
    chain = [element]
    while len(chain) < _DEEPEST:
        target = by_id.get(href(chain[-1]).removeprefix("#"))
        if target is None or local(target) not in ("linearGradient", "radialGradient"):
            break
        chain.append(target)
    return chain


def _circles(found: Mapping[str, str], size: tuple[float, float]) -> tuple[float, ...]:
    diagonal = math.hypot(*size) / math.sqrt(2)
    x, y = length(found.get("cx") or "50%", size[0]), length(found.get("cy") or "50%", size[1])
    radius = length(found.get("r") or "50%", diagonal)
    focus_x, focus_y = length(found.get("fx"), size[0], x), length(found.get("fy"), size[1], y)
    away = math.hypot(focus_x - x, focus_y - y)
    if away > radius * 0.999 and away:
        # A focus outside of the circle stands on its edge (SVG 1.1, 13.2.3).
        share_left = radius * 0.999 / away
        focus_x, focus_y = x + (focus_x - x) * share_left, y + (focus_y - y) * share_left
    return (focus_x, focus_y, length(found.get("fr"), diagonal), x, y, radius)


def _stop_elements(element: Any) -> list[Any]:
    return [each for each in element if local(each) == "stop"]


def _stops(element: Any) -> tuple[tuple[Stop, ...], float]:
    stops: list[Stop] = []
    alphas: set[float] = set()
    for each in _stop_elements(element):
        values = numbers(each.get("offset", "0"))
        offset = (values[0] if values else 0.0) / (100 if each.get("offset", "").strip().endswith("%") else 1)
        offset = max(stops[-1].offset if stops else 0.0, min(1.0, max(0.0, offset)))
        found = parse_color(each.get("stop-color", "black"), each.get("color", "black"))
        color, alpha = found or (Color(0, 0, 0), 1.0)
        alphas.add(round(alpha * opacity(each.get("stop-opacity")), 3))
        stops.append(Stop(offset, color))
    if len(alphas) > 1:
        raise Unsupported("a gradient that fades out")
    return tuple(stops), alphas.pop() if alphas else 1.0
