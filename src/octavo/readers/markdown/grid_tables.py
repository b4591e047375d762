"""Tables that are drawn with lines, as Pandoc, reStructuredText and Emacs know them; their cells hold blocks.

    +---------+-------+
    | country | visits|
    +=========+======:+
    | Korea   | 9     |
    +---------+-------+

The bars and crossings give a grid; cells with no line between them are one, if they make a rectangle. A line of `=`
parts the head from the rest, and one before the end, the last line being of `=` too, the foot.

Tokens: `table_open` (meta: grid, aligns, heads, feet), for each row `row`, for each cell `cell_open` (meta: rows,
columns), its blocks, `cell_close`; then `table_close`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec
from markdown_it.rules_block import StateBlock

from octavo.readers.markdown.block_rules import begins_with, text_of
from octavo.readers.markdown.columns import Row
from octavo.readers.markdown.fragments import FragmentLine, may_hold_fragments, parse_fragment

MAXIMUM_CELLS: Final = 40_000
"""How many places a grid may have; a table of more is kept as text."""
_START: Final = re.compile(r"\+(?:[-=:]{2,}\+)+[ \t]*$")
_LINE: Final = re.compile(r"[+|]")
_RUN: Final = re.compile(r"\+(?:[-=:]+\+)+")
_BORDER: Final = frozenset("-=:+")
_UPRIGHT: Final = frozenset("|+")


class GridCell(msgspec.Struct, frozen=True):
    """A cell: its first row and column, and how many of each it reaches over."""

    row: int
    column: int
    rows: int
    columns: int


class Grid(msgspec.Struct, frozen=True):
    """Where lines are drawn (`ys` of source rows, `xs` of places), and the cells between them, in reading order."""

    ys: tuple[int, ...]
    xs: tuple[int, ...]
    cells: tuple[GridCell, ...]


def grid_table(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read a table that is drawn with lines."""
    if not begins_with(state, first, "+"):
        return False
    text = text_of(state, first)
    if not _START.match(text) or state.is_code_block(first):
        return False
    if first < state.env.get("no_grid_before", 0):
        return False
    last = first + 1
    while last < end and state.sCount[last] >= state.blkIndent and _LINE.match(text_of(state, last)):
        last += 1
    while last > first and not text_of(state, last - 1).startswith("+"):
        last -= 1
    if last - first < 3 or not may_hold_fragments(state):
        return False
    for wide in (True, False):
        rows = [_row(state, line, wide) for line in range(first, last)]
        if grid := find_grid(rows):
            if not silent:
                _push(state, rows, grid)
                state.line = last
            return True
    # Lines that drew nothing are not looked at once more from each of them.
    state.env["no_grid_before"] = last
    return False


def _row(state: StateBlock, line: int, wide: bool) -> Row:
    column = state.bMarks[line] + state.tShift[line] - state.env["line_starts"][line]
    return Row(text_of(state, line).rstrip(), line, column, wide=wide)


def find_grid(rows: Sequence[Row]) -> Grid | None:
    """Return the grid that some lines draw, None where they draw none."""
    ys, xs = _lines(rows)
    if len(ys) < 2 or len(xs) < 2 or ys[0] or ys[-1] != len(rows) - 1:
        return None
    height, width = len(ys) - 1, len(xs) - 1
    if height * width > MAXIMUM_CELLS or any(below - above < 2 for above, below in pairwise(ys)):
        return None
    cells: list[tuple[int, int, int, int]] = []
    taken = [[False] * width for _ in range(height)]
    for y in range(height):
        for x in range(width):
            if taken[y][x]:
                continue
            found = _cell(rows, ys, xs, y, x)
            if found is None:
                return None
            for down in range(y, y + found[0]):
                for right in range(x, x + found[1]):
                    if taken[down][right]:
                        return None
                    taken[down][right] = True
            cells.append((y, x, *found))
    return _compact(ys, xs, cells)


def _lines(rows: Sequence[Row]) -> tuple[list[int], list[int]]:
    """Return where lines are drawn, down and across."""
    ys: list[int] = []
    xs: set[int] = set()
    for y, row in enumerate(rows):
        shown = (
            row.places if isinstance(row.places, str) else "".join(each[:1] or "\0" for each in row.places)
        )
        runs = list(_RUN.finditer(shown))
        for run in runs:
            xs.update(run.start() + at for at, each in enumerate(run.group()) if each == "+")
        if runs:
            ys.append(y)
    return ys, sorted(xs)


def _cell(
    rows: Sequence[Row], ys: Sequence[int], xs: Sequence[int], y: int, x: int
) -> tuple[int, int] | None:
    """Return how many rows and columns the cell reaches over whose upper left corner is given."""
    right = x + 1
    while right < len(xs) and not _upright(rows, ys[y] + 1, ys[y + 1], xs[right]):
        right += 1
    below = y + 1
    while below < len(ys) and not _border(rows[ys[below]], xs[x], xs[right] if right < len(xs) else -1):
        below += 1
    if right >= len(xs) or below >= len(ys):
        return None
    top, bottom = ys[y] + 1, ys[below]
    sound = _upright(rows, top, bottom, xs[right]) and _upright(rows, top, bottom, xs[x])
    return (below - y, right - x) if sound else None


def _upright(rows: Sequence[Row], start: int, end: int, x: int) -> bool:
    return all(rows[y].at(x) in _UPRIGHT for y in range(start, end))


def _border(row: Row, left: int, right: int) -> bool:
    return right > left + 1 and all(row.at(x) in _BORDER for x in range(left + 1, right))


def _compact(ys: Sequence[int], xs: Sequence[int], cells: Sequence[tuple[int, int, int, int]]) -> Grid:
    """Return the grid without lines that part no cells (a drawing in a cell looks like one)."""
    across = sorted({x for _, x, _, _ in cells} | {x + columns for _, x, _, columns in cells})
    down = sorted({y for y, _, _, _ in cells} | {y + rows for y, _, rows, _ in cells})
    kept = tuple(
        GridCell(
            down.index(y),
            across.index(x),
            down.index(y + rows) - down.index(y),
            across.index(x + columns) - across.index(x),
        )
        for y, x, rows, columns in cells
    )
    return Grid(tuple(ys[at] for at in down), tuple(xs[at] for at in across), kept)


def _push(state: StateBlock, rows: Sequence[Row], grid: Grid) -> None:
    ys, xs = grid.ys, grid.xs
    heavy = [at for at, y in enumerate(ys) if at and "=" in rows[y].text]
    feet = 0
    if len(heavy) > 1 and heavy[-1] == len(ys) - 1:
        feet = heavy.pop() - heavy[-1]
        heavy = heavy[:-1] if len(heavy) > 1 else []
    heads = heavy[0] if heavy and heavy[0] < len(ys) - 1 - feet else 0
    ruled = rows[ys[heads]]
    aligns = [_align(ruled.between(left + 1, right)) for left, right in pairwise(xs)]
    opening = state.push("table_open", "", 1)
    opening.meta = {"aligns": aligns, "grid": True, "heads": heads, "feet": feet}
    opening.map = [rows[0].line, rows[-1].line + 1]
    cells = iter(grid.cells)
    cell = next(cells, None)
    for at in range(len(ys) - 1):
        row, first = state.push("row", "", 0), rows[ys[at] + 1]
        row.map, row.meta = [first.line, first.line + 1], {"column": first.column}
        while cell is not None and cell.row == at:
            _push_cell(state, rows, grid, cell)
            cell = next(cells, None)
    state.push("table_close", "", -1)


def _push_cell(state: StateBlock, rows: Sequence[Row], grid: Grid, cell: GridCell) -> None:
    top, bottom = grid.ys[cell.row] + 1, grid.ys[cell.row + cell.rows]
    left, right = grid.xs[cell.column] + 1, grid.xs[cell.column + cell.columns]
    texts = [rows[y].between(left, right).rstrip() for y in range(top, bottom)]
    indent = min((len(text) - len(text.lstrip()) for text in texts if text), default=0)
    lines = [
        FragmentLine(text[indent:], row.line, row.source_column(left + indent))
        for row, text in zip(rows[top:bottom], texts, strict=True)
    ]
    opening = state.push("cell_open", "", 1)
    opening.meta = {"rows": cell.rows, "columns": cell.columns, "place": (lines[0].line, lines[0].column)}
    opening.map = [rows[top].line, rows[bottom].line]
    state.tokens.extend(parse_fragment(state, lines))
    state.push("cell_close", "", -1)


def _align(ruled: str) -> str:
    if ruled.endswith(":"):
        return "center" if ruled.startswith(":") else "right"
    return "left" if ruled.startswith(":") else ""
