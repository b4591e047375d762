"""Column widths, and the grid that spans make."""

from __future__ import annotations

import pytest

from octavo.tree.nodes import Cell, Row
from octavo.typeset.columns import Need, column_needs, column_widths, fits, joint_widths
from octavo.typeset.grid import Standing, make_grid
from octavo.typeset.row_heights import Texts


def cell(columns: int = 1, rows: int = 1) -> Cell:
    return Cell(content=(), column_span=columns, row_span=rows)


def row(*cells: Cell) -> Row:
    return Row(cells=cells)


def places(*rows: Row, columns: int = 3) -> list[list[tuple[int, int, int]]]:
    grid = make_grid(rows, columns)
    return [[(each.column, each.column_span, each.row_span) for each in line] for line in grid.rows]


def test_cells_stand_in_their_columns() -> None:
    assert places(row(cell(), cell(), cell())) == [[(0, 1, 1), (1, 1, 1), (2, 1, 1)]]


def test_a_cell_over_rows_moves_those_beside_it() -> None:
    found = places(row(cell(rows=2), cell(), cell()), row(cell(), cell()))
    assert found == [[(0, 1, 2), (1, 1, 1), (2, 1, 1)], [(1, 1, 1), (2, 1, 1)]]


def test_spans_are_cut_off_where_the_table_ends() -> None:
    assert places(row(cell(), cell(columns=9, rows=9))) == [[(0, 1, 1), (1, 2, 1)]]


def test_a_row_with_too_many_cells_makes_the_table_wider() -> None:
    assert make_grid((row(cell(), cell()),), 1).columns == 2


def test_a_span_shares_what_it_needs_among_its_columns() -> None:
    one = Standing(cell(), 0, 0, 1, 1)
    two = Standing(cell(columns=2), 1, 0, 1, 2)
    needs = column_needs(2, [(one, Need(10, 30)), (two, Need(40, 50))])
    assert sum(need.least for need in needs) == pytest.approx(40)
    assert sum(need.most for need in needs) == pytest.approx(50)


@pytest.mark.parametrize("width", [30.0, 60.0, 100.0, 500.0])
def test_columns_fill_the_width(width: float) -> None:
    needs = [Need(10, 20), Need(20, 80)]
    assert sum(column_widths(needs, [0, 0], width)) == pytest.approx(width)


def test_columns_get_what_they_need_before_others_get_more() -> None:
    widths = column_widths([Need(10, 20), Need(20, 300)], [0, 0], 100.0)
    assert widths[0] >= 10
    assert fits([Need(10, 20), Need(20, 300)], widths)


def test_what_is_short_stands_on_one_line_while_there_is_room() -> None:
    date, prose, remark = Need(55, 62, 62), Need(48, 900, 60), Need(40, 400, 50)
    widths = column_widths([date, prose, remark], [0, 0, 0], 300.0)
    assert sum(widths) == pytest.approx(300)
    assert widths[0] == pytest.approx(62)
    assert widths[1] > widths[2] > 60


def test_where_not_all_that_is_short_has_room_most_of_it_has() -> None:
    needs = [Need(30, 40, 40)] * 4 + [Need(60, 90, 90)]
    widths = column_widths(needs, [0] * 5, 235.0)
    assert widths[:4] == pytest.approx([40] * 4)
    assert widths[4] == pytest.approx(75)


@pytest.mark.parametrize("missing", [1.0, 10.0, 15.0])
def test_in_a_table_that_is_a_little_too_wide_one_column_alone_is_broken(missing: float) -> None:
    needs = [Need(30, most) for most in (60.0, 80.0, 110.0, 150.0)]
    widths = column_widths(needs, [0] * 4, 400.0 - missing)
    assert widths == pytest.approx([60, 80, 110, 150 - missing])


def test_given_shares_hold() -> None:
    assert column_widths([Need(1, 1)] * 3, [0.5, 0, 0], 100.0) == pytest.approx([50, 25, 25])


def test_shares_that_are_no_whole_are_made_one() -> None:
    assert column_widths([Need(1, 1)] * 2, [0.2, 0.2], 100.0) == pytest.approx([50, 50])


def test_where_nothing_fits_no_column_vanishes() -> None:
    widths = column_widths([Need(1000, 1000), Need(30, 30)], [0, 0], 100.0)
    assert widths[1] >= 20
    assert not fits([Need(1000, 1000), Need(30, 30)], widths)


def test_empty_columns_share_alike() -> None:
    assert column_widths([Need(0, 0)] * 2, [0, 0], 100.0) == pytest.approx([50, 50])


def test_tables_alike_share_widths_unless_that_breaks_lines_that_have_room() -> None:
    texts = Texts([], [0.0, 0.0])

    def joint(*tables: list[Need]) -> list[float] | None:
        return joint_widths(tables, 100.0, lambda: texts)

    one, other = [Need(10, 30), Need(20, 40)], [Need(10, 50), Need(20, 30)]
    widths = joint(one, other)
    assert widths == joint(other, one)
    assert widths is not None
    assert sum(widths) == pytest.approx(100)
    assert widths[0] >= 50
    assert widths[1] >= 40
    assert joint(one, [Need(10, 95), Need(5, 5)]) is None
    assert joint([Need(60, 60), Need(10, 30)], [Need(10, 30), Need(60, 60)]) is None
    assert joint(one, [Need(10, 10)]) is None
