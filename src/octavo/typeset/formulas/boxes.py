"""Boxes of a formula: what is painted where, around a baseline.

Lengths are thousandths of the text's size, as in `fonts.words`; heights and rises go upwards.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence

import msgspec

from octavo.fonts.words import Part

Rule = tuple[float, float, float, float]
"""Left, lower edge above the baseline, width, thickness."""


class Class(enum.IntEnum):
    """The classes of atoms, in the order of The TeXbook, chapter 18."""

    ORDINARY = 0
    OPERATOR = 1
    BINARY = 2
    RELATION = 3
    OPENING = 4
    CLOSING = 5
    PUNCTUATION = 6
    INNER = 7


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """Something set. `depth` is below the baseline, positive; `italic` what a script above must move away by;
    `accented` where an accent stands over it, from its left edge."""

    width: float
    height: float = 0.0
    depth: float = 0.0
    parts: tuple[Part, ...] = ()
    rules: tuple[Rule, ...] = ()
    italic: float = 0.0
    accented: float | None = None
    kind: Class = Class.ORDINARY
    is_letter: bool = False
    """A single sign, whose scripts stand at fixed heights."""


def moved(box: Box, across: float, up: float) -> tuple[tuple[Part, ...], tuple[Rule, ...]]:
    """Return what a box paints, at another place."""
    if not across and not up:
        return box.parts, box.rules
    parts = tuple(
        Part(part.font, part.content, part.x + across, part.width, part.rise + up, part.scale)
        for part in box.parts
    )
    return parts, tuple((x + across, y + up, width, height) for x, y, width, height in box.rules)


def together(placed: Sequence[tuple[Box, float, float]], width: float, kind: Class = Class.ORDINARY) -> Box:
    """Return boxes, each at its place (across, up), as one; what has no width and paints nothing does not count."""
    parts: list[Part] = []
    rules: list[Rule] = []
    height = depth = 0.0
    for box, across, up in placed:
        more, lines = moved(box, across, up)
        parts += more
        rules += lines
        height, depth = max(height, box.height + up), max(depth, box.depth - up)
    return Box(width=width, height=height, depth=depth, parts=tuple(parts), rules=tuple(rules), kind=kind)


def shifted(box: Box, up: float) -> Box:
    """Return a box that stands higher."""
    parts, rules = moved(box, 0.0, up)
    return msgspec.structs.replace(
        box, parts=parts, rules=rules, height=box.height + up, depth=box.depth - up
    )
