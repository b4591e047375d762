"""Tables: merged cells become spans, repeated rows the head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from octavo.diagnostics import Position
from octavo.readers.docx.inlines import common_marks
from octavo.readers.docx.pieces import Grid, GridCell, GridRow, Item, Line
from octavo.tree import nodes
from octavo.tree.nodes import Alignment, Block
from octavo.tree.semantics import MarkKey

_ALIGNMENTS: Final[dict[str, Alignment]] = {"center": "center", "right": "right", "end": "right"}
MakeBlocks = Callable[[Sequence[Item], frozenset[str]], tuple[Block, ...]]


def make_table(grid: Grid, blocks: MakeBlocks) -> nodes.Table:
    """Return a table. `blocks` turns a cell's items into blocks, without the marks that its row has by being a head."""
    heads = sum(1 for _ in _leading(grid.rows))
    bold_head = heads == 0 and _is_bold_head(grid)
    heads = 1 if bold_head else heads
    reach = _reaches(grid)
    rows = [
        _row(grid, at, reach, blocks, frozenset({MarkKey.STRONG}) if at < heads else frozenset())
        for at in range(len(grid.rows))
    ]
    columns = tuple(nodes.Column(align=_align(grid, column, heads)) for column in range(grid.columns))
    body = tuple(rows[heads:])
    return nodes.Table(
        columns=columns,
        head=tuple(rows[:heads]),
        bodies=(nodes.TableBody(rows=body),) if body else (),
        alt=grid.alt or grid.caption,
        position=grid.position,
    )


def _leading(rows: list[GridRow]) -> list[GridRow]:
    found = []
    for row in rows:
        if not row.header:
            break
        found.append(row)
    # A table of nothing but heads has none.
    return found if len(found) < len(rows) else []


def _is_bold_head(grid: Grid) -> bool:
    """Say whether the first row is set in bold, and no other: so most people mark a head."""
    if len(grid.rows) < 2 or len(grid.rows[0].cells) < 2:
        return False
    return _is_bold(grid.rows[0]) and not any(_is_bold(row) for row in grid.rows[1:])


def _is_bold(row: GridRow) -> bool:
    lines = [
        item for cell in row.cells for item in cell.items if isinstance(item, Line) and item.text.strip()
    ]
    return bool(lines) and all(MarkKey.STRONG in common_marks(line.pieces) for line in lines)


def _reaches(grid: Grid) -> dict[tuple[int, int], int]:
    """Return how many rows a cell spans, by (row, column); cells that go on from above are looked for downwards."""
    found: dict[tuple[int, int], int] = {}
    open_cells: dict[int, tuple[int, int]] = {}
    for at, row in enumerate(grid.rows):
        begun: dict[int, tuple[int, int]] = {}
        for cell in row.cells:
            above = open_cells.get(cell.column)
            if cell.merged and above is not None:
                found[above] += 1
                begun[cell.column] = above
            else:
                found[at, cell.column] = 1
                if cell.restarts or cell.merged:
                    begun[cell.column] = (at, cell.column)
        open_cells = begun
    return found


def _row(
    grid: Grid, at: int, reach: dict[tuple[int, int], int], blocks: MakeBlocks, drop: frozenset[str]
) -> nodes.Row:
    cells: list[nodes.Cell] = []
    edge = 0
    for cell in grid.rows[at].cells:
        if cell.column > edge and not cells:
            # Columns that the row leaves out at its beginning.
            cells.append(nodes.Cell(content=(), column_span=cell.column, position=grid.position))
        edge = cell.column + cell.span
        if (at, cell.column) in reach:
            content = blocks(cell.items, drop)
            cells.append(
                nodes.Cell(
                    content=content,
                    row_span=reach[at, cell.column],
                    column_span=cell.span,
                    position=_place(cell, grid),
                )
            )
        elif (lost := blocks(cell.items, drop)) and cells:
            # Text in a cell that is covered is not shown by Word, and not lost either.
            last = cells[-1]
            cells[-1] = nodes.Cell(
                content=(*last.content, *lost),
                row_span=last.row_span,
                column_span=last.column_span,
                position=last.position,
            )
        elif lost:
            cells.append(nodes.Cell(content=lost, position=grid.position))
    return nodes.Row(
        cells=tuple(cells),
        position=_place(grid.rows[at].cells[0], grid) if grid.rows[at].cells else grid.position,
    )


def _place(cell: GridCell, grid: Grid) -> Position:
    first = cell.items[0] if cell.items else None
    return first.position if isinstance(first, Line | Grid) else grid.position


def _align(grid: Grid, column: int, heads: int) -> Alignment:
    """Return how most of a column's cells are aligned, where they agree."""
    found: Counter[str] = Counter()
    for row in grid.rows[heads:]:
        for cell in row.cells:
            if cell.column == column and cell.span == 1:
                found.update(
                    item.align for item in cell.items if isinstance(item, Line) and item.text.strip()
                )
    if not found:
        return ""
    align, count = found.most_common(1)[0]
    return _ALIGNMENTS.get(align, "") if count * 5 >= found.total() * 4 else ""
