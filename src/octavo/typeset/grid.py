"""The grid of a table: which cell stands in which row and column, spans included."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from octavo.tree import nodes


class Standing(msgspec.Struct, frozen=True):
    """A cell in its place; spans are cut off where the table ends."""

    cell: nodes.Cell
    row: int
    column: int
    row_span: int
    column_span: int


class Grid(msgspec.Struct, frozen=True):
    """A run of rows whose cells know their columns. `rows[n]` holds the cells that begin in row n."""

    rows: tuple[tuple[Standing, ...], ...]
    columns: int


def make_grid(rows: Sequence[nodes.Row], columns: int) -> Grid:
    """Return the grid of rows; cells beyond the last column make the table wider."""
    taken: list[int] = [0] * columns
    """For each column, up to which row a cell above covers it."""
    found: list[tuple[Standing, ...]] = []
    count = len(rows)
    for at, row in enumerate(rows):
        column = 0
        standing: list[Standing] = []
        for cell in row.cells:
            while column < len(taken) and taken[column] > at:
                column += 1
            span = max(1, cell.column_span)
            if column + span > len(taken):
                if column < columns:
                    span = min(span, max(1, columns - column))
                taken.extend([0] * (column + span - len(taken)))
            deep = min(max(1, cell.row_span), count - at)
            for covered in range(column, column + span):
                taken[covered] = max(taken[covered], at + deep)
            standing.append(Standing(cell, at, column, deep, span))
            column += span
        found.append(tuple(standing))
    return Grid(tuple(found), len(taken))
