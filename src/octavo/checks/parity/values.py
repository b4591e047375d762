"""What is read back from an edition: the properties of a style, as plain values that compare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from octavo.theme import schema
from octavo.theme.style import Border, Sides, Style
from octavo.tree.semantics import StyleKey
from octavo.units import Color

Value: TypeAlias = "str | float | bool | tuple[float, ...] | None"
Values: TypeAlias = Mapping[str, Value]
"""By the name of the property, as a theme writes it. A name that is absent could not be read."""

GROUPS = (*schema.GROUPS, StyleKey.QUOTE)
"""Their text is that of the paragraphs in them, their box is their own."""


def plain(value: object) -> Value:
    """Return a theme's value as an edition's is read: the first family, digits of a colour, a border as text."""
    match value:
        case bool() | str() | None:
            return value
        case int() | float():
            return float(value)
        case Color():
            return value.hex
        case Border():
            return f"{value.width:.2f} {value.color.hex}" if value.width else "none"
        case Sides():
            return (value.top, value.right, value.bottom, value.left)
        case tuple():
            return str(value[0]) if value else ""
        case _:
            return str(value)


def wanted(box: Style, text: Style) -> dict[str, Value]:
    """Return what a theme says, text properties from one style and the box from another."""
    found: dict[str, Value] = {}
    for name, row in schema.STYLE_PROPERTIES.items():
        found[name] = plain(getattr(text if name in schema.TEXT_PROPERTIES else box, row.field))
    return found


def same(one: Value, other: Value, tolerance: float) -> bool:
    """Say whether two values are the same; lengths within a tolerance in points."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= tolerance
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True))
    if isinstance(one, str) and isinstance(other, str):
        return _same_text(one, other, tolerance)
    return one == other


def _same_text(one: str, other: str, tolerance: float) -> bool:
    """Borders are a width and a colour; everything else is compared to the letter, but for blanks, which names of
    typefaces in a PDF have not."""
    first, second = one.split(" "), other.split(" ")
    if len(first) == len(second) == 2 and first[1] == second[1]:
        try:
            return abs(float(first[0]) - float(second[0])) <= tolerance
        except ValueError:
            return one == other
    return one.replace(" ", "").casefold() == other.replace(" ", "").casefold()


def show(value: Value) -> str:
    """Return a value as text."""
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case float():
            return f"{value:.2f}".rstrip("0").rstrip(".")
        case tuple():
            return " ".join(show(each) for each in value)
        case _:
            return str(value)
