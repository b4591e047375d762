"""From what is written for a key to its complete style: the chain of keys it is based on, and what flows into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import msgspec

from octavo.theme import schema
from octavo.theme.schema import Property
from octavo.theme.source import Faults, Path, Theme, Written
from octavo.theme.style import Style
from octavo.theme.values import read_value
from octavo.units import quantise

Link: TypeAlias = Mapping[str, Written]
"""What is written for one key, or for one key within a container: property -> value."""


class Flow(msgspec.Struct, frozen=True):
    """The text properties that come from outside: by field, without size and leading; `ratio` is leading by size."""

    values: Mapping[str, Any]
    size: float
    ratio: float


class Values:
    """Reads written values, each once for each size that `em` stands for, and notes the faulty ones."""

    def __init__(self, theme: Theme, faults: Faults) -> None:
        self._theme, self._faults = theme, faults
        self._read: dict[tuple[int, Path, float | None], Any] = {}

    def read(self, property: Property, written: Written, em: float | None = None) -> Any:
        """Return the typed value, or the property's default where the value is faulty."""
        key = (written.file, written.place, em if property.em else None)
        if key not in self._read:
            try:
                self._read[key] = read_value(property, written.value, em)
            except ValueError as fault:
                what, _, hint = str(fault).partition("\n")
                what, hint = (what, hint) if hint or ";" not in what else _split(what)
                blamed = written.said
                self._faults.add("theme-value", self._theme.files[blamed.file], blamed.place, what, hint)
                self._read[key] = default_of(property)
        return self._read[key]


def _split(message: str) -> tuple[str, str]:
    what, _, hint = message.partition("; ")
    return what, hint


def default_of(property: Property) -> Any:
    """Return the typed default of a property."""
    return None if property.default is None else read_value(property, property.default, 10.0)


_SIZE: Final = schema.TEXT_PROPERTIES["size"]
_LEADING: Final = schema.TEXT_PROPERTIES["leading"]
_NO_EM: Final = 1.0
"""Stands for `em` where a value does not name it; what is said of a faulty one lists `em` among the units."""


class Defaults(msgspec.Struct, frozen=True):
    """What stands outside of everything: the schema's defaults, of text and by field of boxes."""

    flow: Flow
    boxes: Mapping[str, Any]


def schema_defaults() -> Defaults:
    """Return the schema's defaults as typed values."""
    values = {row.field: default_of(row) for row in schema.TEXT_PROPERTIES.values()}
    size, leading = values.pop("size"), values.pop("leading")
    boxes = {row.field: default_of(row) for row in schema.BOX_PROPERTIES.values()}
    return Defaults(Flow(values, size, -leading), boxes)


_FLOWING: Final = tuple(
    row.field for row in schema.TEXT_PROPERTIES.values() if row.name not in ("size", "leading")
)


def flow_of(style: Style) -> Flow:
    """Return what a style hands on."""
    return Flow({field: getattr(style, field) for field in _FLOWING}, style.size, style.leading / style.size)


class Rules(msgspec.Struct, frozen=True):
    """What is written for a key, read as far as that can be done without knowing where the key stands.

    `steps` are sizes and leadings from the farthest link to the nearest; `fixed` are values by field; `scaled` are
    those that wait to know what `em` is.
    """

    steps: tuple[tuple[Property, Written], ...]
    fixed: Mapping[str, Any]
    scaled: tuple[tuple[Property, Written], ...]


def read_rules(links: Sequence[Link], values: Values) -> Rules:
    """Read what is written for a key: from the farthest key that it is based on to the nearest, which wins."""
    merged: dict[str, Written] = {}
    steps: list[tuple[Property, Written]] = []
    for link in links:
        merged.update(link)
        steps.extend((row, link[row.name]) for row in (_SIZE, _LEADING) if row.name in link)
    fixed: dict[str, Any] = {}
    scaled: list[tuple[Property, Written]] = []
    for name, written in merged.items():
        row = schema.STYLE_PROPERTIES[name]
        if row is _SIZE or row is _LEADING:
            continue
        if row.em and "em" in str(written.value):
            scaled.append((row, written))
        else:
            fixed[row.field] = values.read(row, written, _NO_EM)
    return Rules(tuple(steps), fixed, tuple(scaled))


def compute(rules: Rules, flow: Flow, boxes: Mapping[str, Any], values: Values) -> Style:
    """Return the complete style of a key.

    Args:
        rules: what is written for it.
        flow: the text properties from outside, for what no rule sets.
        boxes: the same for the box properties.
        values: reads what depends on the size.
    """
    size, ratio = flow.size, flow.ratio
    for row, written in rules.steps:
        found = values.read(row, written, size)
        if row is _SIZE:
            size = found
        else:
            ratio = -found if found < 0 else found / size
    fields = {**boxes, **flow.values, **rules.fixed, "size": size, "leading": quantise(ratio * size)}
    for row, written in rules.scaled:
        fields[row.field] = values.read(row, written, size)
    return Style(**fields)
