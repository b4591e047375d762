from __future__ import annotations

from octavo.tree.nodes import Cell, Column, Row, Table, TableBody
from octavo.writers.pdf.table_tags import GridRow, lay_grid
from tests.unit.writers.pdf.samples import RICH_TABLE, cell, rows


def widths(grid: tuple[GridRow, ...]) -> list[int]:
    """Return how many columns each row covers, spans from above included."""
    covered: dict[tuple[int, int], bool] = {}
    for at, row in enumerate(grid):
        column = 0
        for place in row.places:
            while (at, column) in covered:
                column += 1
            for y in range(place.row_span):
                for x in range(place.column_span):
                    assert (at + y, column + x) not in covered, "two cells in one place"
                    covered[at + y, column + x] = True
    return [sum(1 for y, _ in covered if y == at) for at in range(len(grid))]


def table(*body: Row, head: tuple[Row, ...] = (), columns: int = 0) -> Table:
    return Table(columns=(Column(),) * columns, head=head, bodies=(TableBody(rows=body),))


def test_a_plain_table_is_its_own_grid() -> None:
    grid = lay_grid(table(*rows("a b", "c d"), head=rows("x y"), columns=2))
    assert widths(grid) == [2, 2, 2]
    assert [place.scope for place in grid[0].places] == ["Column", "Column"]
    assert [place.scope for place in grid[1].places] == ["", ""]


def test_spans_and_header_columns() -> None:
    grid = lay_grid(RICH_TABLE)
    assert widths(grid) == [3, 3, 3, 3, 3]
    assert [[place.scope for place in row.places] for row in grid] == [
        ["Column", "Column"],
        ["Row", "", ""],
        ["", ""],
        ["Row", ""],
        ["Column"],
    ]


def test_short_rows_are_filled_and_long_ones_widen_the_table() -> None:
    grid = lay_grid(table(*rows("a", "b c d", "e f"), columns=2))
    assert widths(grid) == [3, 3, 3]
    assert [place.cell is None for place in grid[0].places] == [False, True, True]


def test_spans_are_cut_at_the_edges_of_the_table() -> None:
    wide = Row(cells=(cell("a", column_span=1_000_000_000, row_span=1_000_000_000),))
    grid = lay_grid(table(wide, Row(cells=()), columns=2))
    assert widths(grid) == [2, 2]
    assert (grid[0].places[0].row_span, grid[0].places[0].column_span) == (2, 2)


def test_a_span_gives_way_to_a_cell_that_hangs_down() -> None:
    first = Row(cells=(cell("a"), cell("b", row_span=2)))
    grid = lay_grid(table(first, Row(cells=(cell("c", column_span=2),)), columns=2))
    assert widths(grid) == [2, 2]


def test_nonsense_spans_count_as_one() -> None:
    odd = Row(cells=(Cell(content=(), row_span=0, column_span=-3), cell("b")))
    assert widths(lay_grid(table(odd, columns=2))) == [2]


def test_a_table_without_columns_or_rows() -> None:
    assert lay_grid(table()) == ()
    assert widths(lay_grid(table(Row(cells=())))) == [1]
