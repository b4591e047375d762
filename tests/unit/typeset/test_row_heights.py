"""Widths of columns that make the rows of a table least high."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.typeset.columns import Need, column_widths
from octavo.typeset.row_heights import CellText, Paragraph, Texts, share_out

WORD = st.floats(1, 60)


def cell(column: int, *words: float, short: bool = False) -> CellText:
    return CellText(column, (Paragraph(words, 2.0),), short)


def lines(rows: list[list[CellText]], widths: list[float]) -> int:
    return sum(max(each.lines(widths[each.column] + 0.01) for each in row) for row in rows)


def test_a_paragraph_fills_its_lines() -> None:
    words = Paragraph((10.0, 10.0, 10.0), 2.0)
    assert [words.lines(width) for width in (34.0, 33.9, 22.0, 21.9, 5.0)] == [1, 2, 2, 3, 3]


def test_an_indent_takes_of_every_line() -> None:
    assert Paragraph((10.0, 10.0), 2.0, indent=5.0).lines(26.9) == 2


def test_a_head_is_broken_rather_than_many_rows() -> None:
    head = [cell(0, 30, 30), cell(1, 20)]
    rows = [head, *[[cell(0, 10), cell(1, 20, 20, 20)] for _ in range(9)]]
    widths = share_out([30, 20], [62, 64], 94, Texts(rows, [0, 0]))
    assert widths[0] < 31
    assert lines(rows, widths) == 11


def test_what_breaks_beside_more_lines_costs_nothing() -> None:
    rows = [[cell(0, *[20.0] * 8), cell(1, 20, 20)], [cell(0, 20), cell(1, 20)]]
    widths = share_out([20, 20], [174, 42], 64, Texts(rows, [0, 0]))
    assert widths[1] < 42
    assert lines(rows, widths) == 5


def test_what_is_short_is_the_last_to_break() -> None:
    rows = [[cell(0, 20, 20, short=True), cell(1, 20, 20)] for _ in range(3)]
    widths = share_out([20, 20], [42, 42], 62, Texts(rows, [0, 0]))
    assert widths == pytest.approx([42, 20])


def test_padding_and_smaller_text_count() -> None:
    rows = [[cell(0, 20, 20), cell(1, 20, 24)]]
    widths = share_out([20, 22], [31, 33], 60, Texts(rows, [10, 10], scale=0.5))
    assert sum(widths) == pytest.approx(60)
    assert widths == pytest.approx([31, 29])


def test_columns_that_are_alike_are_equally_wide() -> None:
    head = [cell(0, 20, 20), cell(1, 30, 30, 30), cell(2, 30, 30, 31)]
    rows = [head, *[[cell(0, 20, 20), cell(1, 12), cell(2, 12)] for _ in range(5)]]
    widths = share_out([20, 30, 31], [42, 94, 95], 150, Texts(rows, [0, 0, 0]))
    assert widths[0] == pytest.approx(42)
    assert widths[1] == pytest.approx(widths[2])
    assert sum(widths) == pytest.approx(150)


def test_what_is_short_is_not_broken_to_make_columns_alike() -> None:
    rows = [[cell(0, 20, 20), cell(1, 20, 20, short=True)] for _ in range(3)]
    widths = share_out([20, 20], [42, 42], 62, Texts(rows, [0, 0]))
    assert widths == pytest.approx([20, 42])


def test_rows_are_asked_for_only_where_there_is_too_little_room() -> None:
    def texts() -> Texts:
        raise AssertionError

    needs = [Need(10, 20), Need(10, 30)]
    assert column_widths(needs, [0, 0], 50, texts) == pytest.approx([20, 30])
    assert sum(column_widths(needs, [0.5, 0], 40, texts)) == pytest.approx(40)
    assert sum(column_widths(needs, [0, 0], 15, texts)) == pytest.approx(15)


@given(st.data())
def test_widths_fill_the_table_and_hold_every_word(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 5))
    rows = [
        [
            cell(at, *data.draw(st.lists(WORD, max_size=6)), short=data.draw(st.booleans()))
            for at in range(count)
        ]
        for _ in range(data.draw(st.integers(1, 5)))
    ]
    padding = [data.draw(st.floats(0, 8)) for _ in range(count)]
    columns = [[row[at] for row in rows] for at in range(count)]
    least = [
        room + max(max(each.paragraphs[0].words, default=0) for each in column)
        for room, column in zip(padding, columns, strict=True)
    ]
    most = [room + max(each.whole for each in column) for room, column in zip(padding, columns, strict=True)]
    width = sum(least) + data.draw(st.floats(0, 1)) * (sum(most) - sum(least))
    widths = share_out(least, most, width, Texts(rows, padding))
    assert sum(widths) == pytest.approx(width)
    assert all(wide >= low - 1e-6 for wide, low in zip(widths, least, strict=True))
