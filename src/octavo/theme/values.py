"""From a written value to a typed one: a table with a reader for every kind of value.

A reader raises `ValueError` with a message for the user. Lengths come out in points, rounded once to 1/100 pt.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from octavo.theme.names import nearest
from octavo.theme.schema import PAPERS, Kind, Property
from octavo.theme.style import Border, Sides
from octavo.tree.nodes import ListMarker
from octavo.units import Color, parse_color, parse_length, quantise

_NO_BORDER: Final = Border(0.0, Color(0, 0, 0))
_PERCENT: Final = 100.0
_WEIGHTS: Final[Mapping[str, int]] = {
    "thin": 200, "extralight": 200, "light": 300, "normal": 400, "regular": 400, "medium": 500, "semibold": 600,
    "demibold": 600, "bold": 700, "bolder": 700, "heavy": 900, "black": 900,
}  # fmt: skip


def read_value(property: Property, value: object, em: float | None = None) -> Any:
    """Return the typed value of a property.

    Args:
        property: its row of the schema.
        value: as written, tokens already substituted.
        em: the size of type that `em` stands for, in points; None where no `em` is allowed.

    Raises:
        ValueError: the value does not fit; the message says what would.
    """
    return _READERS[property.kind](property, value, em if property.em else None)


def _font(_: Property, value: object, __: float | None) -> tuple[str, ...]:
    families = [value] if isinstance(value, str) else value
    if (
        not isinstance(families, list)
        or not families
        or not all(isinstance(each, str) and each for each in families)
    ):
        raise ValueError(
            f'`{value}` names no font; write a family or a list of them, as ["Source Serif Pro", "Noto Sans"]'
        )
    return tuple(families)


def _length(property: Property, value: object, em: float | None) -> float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"`{value}` is no length; write a number and a unit, as 12pt")
    points = parse_length(str(value), em)
    _bound(property, points, "pt")
    return points


def _leading(property: Property, value: object, em: float | None) -> float:
    """A factor comes out negative, so that it is not taken for a length; see `theme.compute`."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        _bound(property, value, "")
        if value > 5:
            raise ValueError(f"{value} is a factor of the size; a length has a unit, as {value}pt")
        return -float(value)
    return _length(property, value, em)


def _number(property: Property, value: object, _: float | None) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"`{value}` is no number")
    _bound(property, value, "")
    return float(value)


def _integer(property: Property, value: object, _: float | None) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        weight = _WEIGHTS.get(str(value).lower().replace("-", "")) if property.name == "weight" else None
        raise ValueError(f"`{value}` is no whole number{f'; write {weight}' if weight else ''}")
    _bound(property, value, "")
    return value


def _bound(property: Property, value: float, unit: str) -> None:
    low, high = property.minimum, property.maximum
    if math.isnan(value) or (low is not None and value < low) or (high is not None and value > high):
        bounds = ((low, "at least"), (high, "at most"))
        limits = " and ".join(f"{words} {bound:g}{unit}" for bound, words in bounds if bound is not None)
        raise ValueError(f"{value:g}{unit} is out of range; it must be {limits or 'a number'}")


def _boolean(_: Property, value: object, __: float | None) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"`{value}` is neither true nor false; write one of them, without quotes")
    return value


def _choice(property: Property, value: object, _: float | None) -> str:
    if value not in property.choices:
        raise ValueError(
            f"`{value}` is none of {', '.join(property.choices)}\n{nearest(value, property.choices)}"
        )
    return str(value)


def _choices(property: Property, value: object, em: float | None) -> tuple[ListMarker, ...]:
    """Read how lists count: the one property that takes several choices, each once."""
    if not isinstance(value, list) or not value:
        raise ValueError(f'`{value}` is no list; write one or more, as ["{property.choices[0]}"]')
    chosen = tuple(ListMarker(_choice(property, each, em)) for each in value)
    if len(set(chosen)) < len(chosen):
        raise ValueError("each can stand there once")
    return chosen


def _color(_: Property, value: object, __: float | None) -> Color:
    if isinstance(value, str):
        return parse_color(value)
    if not isinstance(value, dict):
        raise ValueError(f'`{value}` is no colour; write "#rrggbb"')
    unknown = [key for key in value if key not in ("srgb", "cmyk", "spot")]
    if unknown or not isinstance(value.get("srgb"), str):
        raise ValueError(
            'write a colour as "#rrggbb" or { srgb = "#rrggbb", cmyk = [0, 0, 0, 100], spot = "Name" }'
        )
    shown = parse_color(value["srgb"])
    cmyk, spot = value.get("cmyk"), value.get("spot", "")
    if not isinstance(spot, str):
        raise ValueError("`spot` is the name of an ink")
    if spot and cmyk is None:
        raise ValueError(
            f"the spot ink `{spot}` needs `cmyk` values too, for proofs and for printing without it"
        )
    return Color(shown.red, shown.green, shown.blue, None if cmyk is None else _inks(cmyk), spot)


def _inks(value: object) -> tuple[float, float, float, float]:
    fits = isinstance(value, list) and len(value) == 4
    parts = value if isinstance(value, list) and fits else []
    if not fits or not all(isinstance(each, int | float) and 0 <= each <= _PERCENT for each in parts):
        raise ValueError("`cmyk` is a list of four percentages from 0 to 100, as [0, 0, 0, 100]")
    cyan, magenta, yellow, black = (round(float(each) / _PERCENT, 4) for each in parts)
    return cyan, magenta, yellow, black


def _fill(property: Property, value: object, em: float | None) -> Color | None:
    return None if value == "none" else _color(property, value, em)


def _sides(property: Property, value: object, em: float | None) -> Sides:
    parts = value if isinstance(value, list) else [value]
    lengths = [_length(property, each, em) for each in parts]
    match lengths:
        case [every]:
            return Sides(every, every, every, every)
        case [vertical, horizontal]:
            return Sides(vertical, horizontal, vertical, horizontal)
        case [top, right, bottom, left]:
            return Sides(top, right, bottom, left)
        case _:
            raise ValueError("write one length, [vertical, horizontal], or [top, right, bottom, left]")


def _border(property: Property, value: object, em: float | None) -> Border:
    if value == "none":
        return _NO_BORDER
    if isinstance(value, dict):
        _border_fields(value)
    else:
        raise ValueError(f'`{value}` is no border; write {{ width = "0.5pt", color = "#rrggbb" }}, or "none"')
    width = _length(property, value["width"], em)
    if not 0 <= width <= 144:
        raise ValueError(
            f"a border of {width:g}pt is out of range; it must be at least 0pt and at most 144pt"
        )
    return Border(width, _color(property, value["color"], em))


def _border_fields(value: Mapping[str, object]) -> None:
    for name in value:
        if name not in ("width", "color"):
            raise ValueError(f"a border has no `{name}`; it has `width` and `color`")
    for name in ("width", "color"):
        if name not in value:
            raise ValueError(f'this border lacks `{name}`; write {{ width = "0.5pt", color = "#rrggbb" }}')


def _string(_: Property, value: object, __: float | None) -> str:
    if not isinstance(value, str):
        raise ValueError(f"`{value}` is no string")
    return value


def _templates(property: Property, value: object, em: float | None) -> tuple[str, ...]:
    lines = value if isinstance(value, list) else [value]
    return tuple(_string(property, each, em) for each in lines)


def _paper(property: Property, value: object, em: float | None) -> tuple[float, float]:
    if isinstance(value, str):
        for name, (width, height) in PAPERS.items():
            if name.lower() == value.lower():
                return parse_length(width), parse_length(height)
        raise ValueError(f"`{value}` is no paper; write one of {', '.join(PAPERS)}, or [width, height]")
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError('write the name of a paper, or [width, height], as ["6in", "9in"]')
    width_and_height = [quantise(_length(property, each, em)) for each in value]
    return width_and_height[0], width_and_height[1]


_READERS: Final[Mapping[Kind, Callable[[Property, object, float | None], Any]]] = {
    Kind.FONT: _font,
    Kind.LENGTH: _length,
    Kind.LEADING: _leading,
    Kind.NUMBER: _number,
    Kind.INTEGER: _integer,
    Kind.BOOLEAN: _boolean,
    Kind.COLOR: _color,
    Kind.FILL: _fill,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.SIDES: _sides,
    Kind.BORDER: _border,
    Kind.STRING: _string,
    Kind.TEMPLATE: _string,
    Kind.TEMPLATES: _templates,
    Kind.PAPER: _paper,
}
