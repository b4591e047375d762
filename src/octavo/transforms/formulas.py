"""Formulas: LaTeX read once, for all editions; what cannot be read is shown as its source, and told with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from octavo.diagnostics import Diagnostic, Position, info, warning
from octavo.tree import nodes

if TYPE_CHECKING:
    from octavo.mathematics.formula import Formula
    from octavo.mathematics.macros import Macro

_SHOWN: Final = 40


def read_formulas(
    found: Iterable[nodes.Math | nodes.Formula],
) -> tuple[Mapping[int, Formula], tuple[Diagnostic, ...]]:
    """Return the trees of formulas by the keys of their nodes, and what is said of those that have none."""
    trees: dict[int, Formula] = {}
    known: dict[tuple[str, bool], Formula] = {}
    said: list[Diagnostic] = []
    macros: Mapping[str, Macro] = {}
    for node in found:
        display = isinstance(node, nodes.Formula)
        tree = known.get((node.text, display))
        if tree is None:
            read = _read(node, macros, display=display)
            if isinstance(read, Diagnostic):
                said.append(read)
                continue
            tree, defined = read
            if defined is not macros:
                # From here on the same source may mean something else.
                macros = defined
                known.clear()
            known[node.text, display] = tree
            said += _left_out(tree, node)
        trees[node.key] = tree
    return trees, tuple(said)


def _left_out(tree: Formula, node: nodes.Math | nodes.Formula) -> list[Diagnostic]:
    return [
        info(
            "formula-simplified",
            f"`{command}` in a formula is left out: a formula has the colour of its text",
            _place(node, offset),
        )
        for command, offset in tree.left_out
    ]


def _read(
    node: nodes.Math | nodes.Formula, macros: Mapping[str, Macro], *, display: bool
) -> tuple[Formula, Mapping[str, Macro]] | Diagnostic:
    from octavo.mathematics.formula import FormulaError
    from octavo.mathematics.latex import read_with

    try:
        return read_with(node.text, macros, display=display)
    except FormulaError as fault:
        text = " ".join(node.text.split())
        shown = f"{text[:_SHOWN]}…" if len(text) > _SHOWN else text
        return warning(
            "formula-not-read",
            f"the formula `{shown}` is shown as its source: {fault.what}",
            _place(node, fault.offset),
            hint="write it with commands of LaTeX and amsmath that octavo knows; docs/markdown.md lists them",
        )


def _place(node: nodes.Math | nodes.Formula, offset: int) -> Position | None:
    """Return where the fault is: for a formula in one line of text, to the character."""
    position = node.position
    if position is None or isinstance(node, nodes.Formula) or "\n" in node.text[:offset]:
        return position
    # The formula begins behind its dollar sign.
    return Position(position.line, position.column + 1 + offset, position.file)
