"""A formula set as words of a line: one, or several where it is long and may be broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from octavo.mathematics.formula import (
    Accent,
    Fenced,
    Formula,
    Fraction,
    Grid,
    Node,
    Phantom,
    Radical,
    Row,
    Scripts,
    Space,
    Styled,
    Symbol,
)
from octavo.typeset.formulas import attached, parts
from octavo.typeset.formulas.boxes import Box, Class
from octavo.typeset.formulas.metrics import MathFont
from octavo.typeset.formulas.setter import Look, Rules, Setter

_LONG: Final = 7000.0
"""A formula wider than this, in thousandths of the size, may be broken behind relations and operators."""

RULES: Final[Rules] = {
    Symbol: parts.set_symbol,
    Space: parts.set_space,
    Row: parts.set_row,
    Fraction: parts.set_fraction,
    Radical: parts.set_radical,
    Scripts: attached.set_scripts,
    Accent: attached.set_accent,
    Fenced: parts.set_fenced,
    Grid: parts.set_grid,
    Styled: parts.set_styled,
    Phantom: parts.set_phantom,
}
"""A rule for each kind of part; a test holds it complete."""


def set_formula(formula: Formula, font: MathFont, write: Callable[[str], Box]) -> list[tuple[str, Box]]:
    """Return the boxes of a formula, each with the LaTeX that it shows.

    A long one is broken behind its relations and, between them, its binary operators, and where two formulas stand side
    by side; the space that stands there goes with the box before it.
    """
    setter, look = Setter(font, write, RULES), Look(formula.display)
    whole = setter.row(formula.content, look)
    if whole.width <= _LONG or len(formula.content) < 3:
        return [(formula.latex, whole)]
    return _pieces(formula, setter, look)


def _pieces(formula: Formula, setter: Setter, look: Look) -> list[tuple[str, Box]]:
    content = formula.content
    kinds = setter.kinds(content, look)
    ends = [
        at + 1
        for at, kind in enumerate(kinds)
        if 0 < at < len(content) - 1
        and (kind in (Class.RELATION, Class.BINARY) or (kind is None and _is_wide(content[at])))
    ]
    found: list[tuple[str, Box]] = []
    start = 0
    for end in (*ends, len(content)):
        latex = formula.latex[_offset(formula, start) : _offset(formula, end)].strip()
        box = setter.row(content[start:end], look, kinds=kinds[start:end])
        following = next((each for each in kinds[end:] if each is not None), None)
        last = kinds[end - 1]
        if last is not None and following is not None:
            box = msgspec.structs.replace(box, width=box.width + setter.gap(last, following, look))
        found.append((latex, box))
        start = end
    return found


def _is_wide(node: Node) -> bool:
    return isinstance(node, Space) and node.width >= 1


def _offset(formula: Formula, at: int) -> int:
    return formula.starts[at] if at < len(formula.starts) else len(formula.latex)
