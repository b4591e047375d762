"""How the parts of a formula are set that stand for themselves; those that stand at others are in `attached`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from octavo.mathematics.formula import (
    Fenced,
    Fraction,
    Grid,
    Kind,
    Phantom,
    Radical,
    Row,
    Space,
    Styled,
    Symbol,
)
from octavo.mathematics.symbols import in_alphabet
from octavo.typeset.formulas.boxes import Box, Class, shifted, together
from octavo.typeset.formulas.metrics import C
from octavo.typeset.formulas.setter import EM, Look, Setter

_KINDS: Final[Mapping[Kind, Class]] = {
    Kind.ORDINARY: Class.ORDINARY,
    Kind.NUMBER: Class.ORDINARY,
    Kind.TEXT: Class.ORDINARY,
    Kind.LARGE: Class.OPERATOR,
    Kind.BINARY: Class.BINARY,
    Kind.RELATION: Class.RELATION,
    Kind.OPENING: Class.OPENING,
    Kind.CLOSING: Class.CLOSING,
    Kind.PUNCTUATION: Class.PUNCTUATION,
}
_NULL_DELIMITER: Final = 0.12 * EM
_STRUT: Final = (0.72 * EM, 0.32 * EM)
"""How high and deep the rows of a grid are at least."""
_ROW_GAP: Final = 0.12 * EM
_DISPLAY_ROW_GAP: Final = 0.35 * EM
_COLUMN_PAIR_GAP: Final = 2.0


def set_symbol(setter: Setter, symbol: Symbol, look: Look) -> Box:
    """Set letters, digits or a sign."""
    kind, scale = _KINDS[symbol.kind], setter.scale(look)
    text = in_alphabet(symbol.text, symbol.variant)
    if symbol.size:
        box = setter.centred(setter.font.stretched(text, symbol.size * EM, scale), look)
        return msgspec.structs.replace(box, kind=kind)
    if symbol.kind is Kind.TEXT or not setter.font.has(text):
        plain = symbol.text if symbol.kind is Kind.TEXT else text
        return msgspec.structs.replace(_scaled(setter.write(plain), scale), kind=kind)
    if symbol.kind is Kind.LARGE and len(text) == 1:
        least = setter.font.constant(C.DISPLAY_OPERATOR_MIN_HEIGHT) * scale if look.display else 0.0
        box = setter.centred(setter.font.stretched(text, least, scale), look)
        return msgspec.structs.replace(box, kind=kind, is_letter=False)
    return msgspec.structs.replace(setter.font.text(text, scale), kind=kind)


def _scaled(box: Box, scale: float) -> Box:
    """Return a box smaller."""
    if scale == 1:
        return box
    parts = tuple(
        msgspec.structs.replace(
            part,
            x=part.x * scale,
            width=part.width * scale,
            rise=part.rise * scale,
            scale=part.scale * scale,
        )
        for part in box.parts
    )
    return msgspec.structs.replace(
        box, width=box.width * scale, height=box.height * scale, depth=box.depth * scale, parts=parts
    )


def set_space(setter: Setter, space: Space, look: Look) -> Box:
    """Set room across."""
    return Box(width=space.width * EM * setter.scale(look))


def set_row(setter: Setter, row: Row, look: Look) -> Box:
    """Set a group, which counts as one ordinary thing."""
    box = setter.row(row.content, look)
    # A group counts as one ordinary thing.
    return msgspec.structs.replace(box, kind=Class.ORDINARY) if len(row.content) > 1 else box


def set_styled(setter: Setter, styled: Styled, look: Look) -> Box:
    """Set something displayed, or as in a line."""
    del look
    return setter.row(styled.content.content, Look(styled.display))


def set_phantom(setter: Setter, phantom: Phantom, look: Look) -> Box:
    """Leave room for something."""
    box = setter.set(phantom.content, look)
    high = (box.height, box.depth) if phantom.high else (0.0, 0.0)
    return Box(width=box.width if phantom.wide else 0.0, height=high[0], depth=high[1], kind=box.kind)


def set_fraction(setter: Setter, fraction: Fraction, look: Look) -> Box:
    """Set a fraction, or two things above one another."""
    if fraction.display is not None:
        look = Look(fraction.display)
    inner = Look(False, look.level) if look.display else look.script
    above, below = setter.set(fraction.above, inner), setter.set(fraction.below, inner)
    width = max(above.width, below.width)
    pad = _NULL_DELIMITER * setter.scale(look)
    if fraction.line:
        up, down, rules = _fraction_shifts(setter, look, above, below, (pad, width))
    else:
        up, down, rules = (*_stack_shifts(setter, look, above, below), ())
    box = together(
        [(above, pad + (width - above.width) / 2, up), (below, pad + (width - below.width) / 2, -down)],
        width + 2 * pad,
        Class.INNER,
    )
    return msgspec.structs.replace(box, rules=(*box.rules, *rules))


def _fraction_shifts(
    setter: Setter, look: Look, above: Box, below: Box, line: tuple[float, float]
) -> tuple[float, float, tuple[tuple[float, float, float, float], ...]]:
    """Return how far numerator and denominator stand from the baseline, and the bar between them."""

    def of(shown: Any, plain: Any) -> float:
        return setter.measure(shown if look.display else plain, look)

    axis, bar = setter.axis(look), setter.measure(C.FRACTION_RULE_THICKNESS, look)
    up = of(C.FRACTION_NUMERATOR_DISPLAY_STYLE_SHIFT_UP, C.FRACTION_NUMERATOR_SHIFT_UP)
    down = of(C.FRACTION_DENOMINATOR_DISPLAY_STYLE_SHIFT_DOWN, C.FRACTION_DENOMINATOR_SHIFT_DOWN)
    gap_above = of(C.FRACTION_NUM_DISPLAY_STYLE_GAP_MIN, C.FRACTION_NUMERATOR_GAP_MIN)
    gap_below = of(C.FRACTION_DENOM_DISPLAY_STYLE_GAP_MIN, C.FRACTION_DENOMINATOR_GAP_MIN)
    up = max(up, axis + bar / 2 + gap_above + above.depth)
    down = max(down, below.height + gap_below + bar / 2 - axis)
    return up, down, ((line[0], axis - bar / 2, line[1], bar),)


def _stack_shifts(setter: Setter, look: Look, above: Box, below: Box) -> tuple[float, float]:
    def of(shown: Any, plain: Any) -> float:
        return setter.measure(shown if look.display else plain, look)

    up = of(C.STACK_TOP_DISPLAY_STYLE_SHIFT_UP, C.STACK_TOP_SHIFT_UP)
    down = of(C.STACK_BOTTOM_DISPLAY_STYLE_SHIFT_DOWN, C.STACK_BOTTOM_SHIFT_DOWN)
    missing = of(C.STACK_DISPLAY_STYLE_GAP_MIN, C.STACK_GAP_MIN) - (up - above.depth - (below.height - down))
    spread = max(0.0, missing) / 2
    return up + spread, down + spread


def set_radical(setter: Setter, radical: Radical, look: Look) -> Box:
    """Set a root."""
    scale = setter.scale(look)
    content = setter.set(radical.content, look)
    bar = setter.measure(C.RADICAL_RULE_THICKNESS, look)
    name = C.RADICAL_DISPLAY_STYLE_VERTICAL_GAP if look.display else C.RADICAL_VERTICAL_GAP
    gap = setter.measure(name, look)
    needed = content.height + content.depth + gap + bar
    sign = setter.font.stretched("√", needed, scale)
    # What the sign has to spare goes half above the content.
    gap += max(0.0, sign.height + sign.depth - needed) / 2
    top = content.height + gap + bar
    sign = shifted(sign, top - sign.height)
    x = 0.0
    placed: list[tuple[Box, float, float]] = []
    if radical.degree is not None:
        degree = setter.set(radical.degree, Look(False, 2))
        raised = (
            setter.font.constant(C.RADICAL_DEGREE_BOTTOM_RAISE_PERCENT) / setter.font.font.per_mille / 100
        )
        before = setter.measure(C.RADICAL_KERN_BEFORE_DEGREE, look)
        after = setter.measure(C.RADICAL_KERN_AFTER_DEGREE, look)
        x = max(0.0, before + degree.width + after)
        left = x - after - degree.width
        placed.append((degree, left, raised * (sign.height + sign.depth) - sign.depth + degree.depth))
    placed += [(sign, x, 0.0), (content, x + sign.width, 0.0)]
    width = x + sign.width + content.width
    box = together(placed, width)
    rule = (x + sign.width, top - bar, content.width, bar)
    extra = setter.measure(C.RADICAL_EXTRA_ASCENDER, look)
    return msgspec.structs.replace(
        box, rules=(*box.rules, rule), height=max(box.height, top + extra), kind=Class.ORDINARY
    )


def set_fenced(setter: Setter, fenced: Fenced, look: Look) -> Box:
    """Set something between delimiters."""
    content = setter.row(fenced.content.content, look)
    x = 0.0
    placed: list[tuple[Box, float, float]] = []
    for box in (
        setter.delimiter(fenced.left, content, look) if fenced.left else None,
        content,
        setter.delimiter(fenced.right, content, look) if fenced.right else None,
    ):
        if box is None:
            x += _NULL_DELIMITER * setter.scale(look)
            continue
        placed.append((box, x, 0.0))
        x += box.width
    return together(placed, x, Class.INNER)


def set_grid(setter: Setter, grid: Grid, look: Look) -> Box:
    """Set rows and columns, centred on the axis."""
    if grid.small:
        look = look.script
    cell_look = Look(grid.display, look.level)
    scale = setter.scale(look)
    paired = grid.gap < 0
    cells = [
        [
            setter.row(cell.content, cell_look, Class.ORDINARY if paired and column % 2 else None)
            for column, cell in enumerate(row)
        ]
        for row in grid.rows
    ]
    count = max(map(len, cells))
    widths = [max((row[at].width for row in cells if at < len(row)), default=0.0) for at in range(count)]
    lefts, x = [], 0.0
    for at in range(count):
        lefts.append(x)
        gap = (_COLUMN_PAIR_GAP if at % 2 else 0.0) if paired else grid.gap
        x += widths[at] + (gap * EM * scale if at + 1 < count else 0.0)
    placed: list[tuple[Box, float, float]] = []
    y = 0.0
    row_gap = (_DISPLAY_ROW_GAP if grid.display else _ROW_GAP) * scale
    for number, row in enumerate(cells):
        height = max((_STRUT[0] * scale, *(cell.height for cell in row)))
        depth = max((_STRUT[1] * scale, *(cell.depth for cell in row)))
        y -= height + (row_gap if number else 0.0)
        for at, cell in enumerate(row):
            spare = widths[at] - cell.width
            aside = {"l": 0.0, "c": spare / 2, "r": spare}[grid.alignment[at]]
            placed.append((cell, lefts[at] + aside, y))
        y -= depth
    whole = together(placed, x, Class.ORDINARY)
    return setter.centred(msgspec.structs.replace(whole, height=0.0, depth=-y), look)
