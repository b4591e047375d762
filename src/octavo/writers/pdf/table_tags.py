"""Where the cells of a table stand in its grid, and what the header cells head.

A table of ISO 14289-1, 7.5, is a full grid: spans stay inside it and do not overlap, and every place has a cell. What a
source leaves out is filled with empty cells here; a span that reaches too far is cut.
"""

from __future__ import annotations

from typing import Final

import msgspec

from octavo.tree.nodes import Cell, Row, Table
from octavo.writers.pdf.elements import Scope

_WIDEST_SPAN: Final = 1000


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A cell in the grid; `cell` is None where the source has none. `scope` is empty for data cells."""

    cell: Cell | None
    row_span: int
    column_span: int
    scope: Scope


class GridRow(msgspec.Struct, frozen=True):
    """The places that begin in one row."""

    key: int
    places: tuple[Place, ...]


def lay_grid(table: Table) -> tuple[GridRow, ...]:
    """Return all rows of a table: of the head, of the bodies, of the foot."""
    groups = [(table.head, True), *((body.rows, False) for body in table.bodies), (table.foot, False)]
    declared = len(table.columns)
    width = max(declared, 1, *(_width_of(rows, declared) for rows, _ in groups))
    headed = [column.header for column in table.columns] + [False] * (width - len(table.columns))
    rows: list[GridRow] = []
    for group, is_head in groups:
        taken: set[tuple[int, int]] = set()
        for at, row in enumerate(group):
            rows.append(GridRow(row.key, _lay_row(row, at, len(group), taken, _Columns(headed, is_head))))
    return tuple(rows)


def _reach(cell: Cell, rows_left: int) -> tuple[int, int]:
    """Return how far a cell reaches, across and down."""
    return min(max(cell.column_span, 1), _WIDEST_SPAN), min(max(cell.row_span, 1), rows_left)


def _width_of(rows: tuple[Row, ...], declared: int) -> int:
    """Return how many columns a run of rows reaches over, spans from above included. Surplus cells widen a table, a
    span that leaves the declared columns does not."""
    widest, taken = 0, set[tuple[int, int]]()
    for at, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while (at, column) in taken:
                column += 1
            across, down = _reach(cell, len(rows) - at)
            if declared:
                across = max(1, min(across, declared - column))
            if down > 1:
                taken.update((at + y, column + x) for y in range(1, down) for x in range(across))
            column += across
        widest = max(widest, column)
    return widest


class _Columns(msgspec.Struct, frozen=True):
    """Which columns hold row headers, and whether the rows at hand are the table's head."""

    headed: list[bool]
    is_head: bool

    def scope_of(self, cell: Cell | None, column: int, across: int) -> Scope:
        """Return what the cell heads (ISO 32000-1, table 349). A header that fills a row heads what is below it."""
        marked = cell is not None and cell.header
        if self.is_head:
            return "Both" if marked and self.headed[column] else "Column"
        if self.headed[column] or marked:
            return "Column" if across == len(self.headed) > 1 else "Row"
        return ""


def _lay_row(
    row: Row, at: int, height: int, taken: set[tuple[int, int]], columns: _Columns
) -> tuple[Place, ...]:
    places: list[Place] = []
    cells = iter(row.cells)
    column, width = 0, len(columns.headed)
    while column < width:
        if (at, column) in taken:
            column += 1
            continue
        cell = next(cells, None)
        across, down = (1, 1) if cell is None else _reach(cell, height - at)
        across = min(across, width - column)
        while any((at, column + x) in taken for x in range(across)):
            across -= 1
        scope = columns.scope_of(cell, column, across)
        places.append(Place(cell=cell, row_span=down, column_span=across, scope=scope))
        if down > 1:
            taken.update((at + y, column + x) for y in range(1, down) for x in range(across))
        column += across
    return tuple(places)
