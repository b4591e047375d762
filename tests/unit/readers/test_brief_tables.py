"""What is pasted from a page together with its text: tables, who was quoted, and the way to the page."""

from __future__ import annotations

import pytest

from octavo.diagnostics import Position
from octavo.readers.brief import BriefReader
from octavo.readers.brief_patterns import is_remnant
from octavo.readers.protocol import Parsed, Source
from octavo.tree.nodes import Block, Group, List, Paragraph, Quote, Row, Table
from octavo.tree.walk import plain_text, walk


def read(text: str) -> Parsed:
    return BriefReader().read(Source(text.encode(), "page.txt"))


def blocks(text: str) -> tuple[Block, ...]:
    return read(text).document.content


def words(rows: tuple[Row, ...]) -> list[list[str]]:
    return [["".join(map(plain_text, cell.content)) for cell in row.cells] for row in rows]


def table(text: str) -> Table:
    (found,) = (each for each in blocks(text) if isinstance(each, Table))
    return found


def test_tabs_part_the_cells_of_a_table_whose_first_row_heads_figures() -> None:
    found = table("They cost money.\n\nItem\tYear\tCost\nRoof\t2024\t£41,200\nwheel\t2025\t£750\n\nDone.\n")
    assert words(found.head) == [["Item", "Year", "Cost"]]
    assert words(found.bodies[0].rows) == [["Roof", "2024", "£41,200"], ["wheel", "2025", "£750"]]
    assert [each.align for each in found.columns] == ["", "right", "right"]


def test_a_table_whose_first_row_has_figures_has_no_head() -> None:
    found = table("Costs:\nRoof\t41,200.00 €\nWheel\t750\nHeron\t–\n")
    assert (found.head, found.columns[1].align) == ((), "right")
    assert words(found.bodies[0].rows)[0] == ["Roof", "41,200.00 €"]


def test_an_empty_cell_stays_in_its_column() -> None:
    found = table("Of words:\n\n\t2024\t2025\nAda\t\t7\nLee\t8\t\nKim\t9\t10\n")
    assert words(found.head) == [["", "2024", "2025"]]
    assert words(found.bodies[0].rows) == [["Ada", "", "7"], ["Lee", "8", ""], ["Kim", "9", "10"]]


def test_wide_gaps_part_cells_where_three_lines_have_them() -> None:
    found = table("Paid:\n\n  Salary          612.40\n  Grass cutting   240.00\n  Hall             55.00\n")
    assert words(found.bodies[0].rows) == [
        ["Salary", "612.40"],
        ["Grass cutting", "240.00"],
        ["Hall", "55.00"],
    ]


def test_a_table_is_said_with_its_place_and_cells_know_theirs() -> None:
    text = "Paid:\n\na\t1\nb\t2\nc\t3\n"
    (said,) = (each for each in read(text).diagnostics if each.code == "guessed-table")
    assert said.position == Position(3, 1, "page.txt")
    assert table(text).bodies[0].rows[1].cells[1].position == Position(4, 3, "page.txt")


@pytest.mark.parametrize(
    "text",
    [
        "A line\twith a tab.\nAnother line of text.\n",
        "Signed ____     Date ____\nA last line.\n",
        "Name\tAda\nTown\tTurin\nThree lines would be a table.\n",
        "One.  Two.  Three.\nFour.  Five.  Six.\nSeven.  Eight.  Nine.\n",
    ],
)
def test_lines_that_are_no_table_stay_text(text: str) -> None:
    assert not any(isinstance(each, Table) for each in blocks(text))


def test_a_dash_under_words_in_quotation_marks_says_whose_they_are() -> None:
    (_, quote, after) = blocks("It turned at last.\n\n“It sounded like a whale.”\n— Sarah\n\nWe agreed.\n")
    assert isinstance(quote, Quote)
    assert (plain_text(quote.content[0]), plain_text(quote.attribution)) == (
        "“It sounded like a whale.”",
        "Sarah",
    )
    assert isinstance(after, Paragraph)


def test_one_dash_alone_is_no_list_and_two_are() -> None:
    lone = blocks("We wrote to them.\n\n— And they?\n\nThey did not answer.\n")
    assert [type(each) for each in lone] == [Paragraph] * 3
    assert plain_text(lone[1]) == "— And they?"
    listed = read("We need:\n— a roof\n— a wheel\n").document
    assert any(isinstance(each, List) for each in walk(listed))


def test_the_way_through_a_page_is_no_title() -> None:
    parsed = read(
        "Skip to content\nMenu\nHome > Blog\n\nThe Old Mill\nBy Sarah Thornfield | March 4, 2026\n\nText.\n"
    )
    assert parsed.document.metadata.title == "The Old Mill"
    notice = parsed.document.content[0]
    assert isinstance(notice, Group)
    assert [plain_text(each) for each in notice.content] == ["Skip to content", "Menu", "Home > Blog"]


@pytest.mark.parametrize(
    ("text", "remnant"),
    [
        ("Menu", True),
        ("Toggle navigation", True),
        ("Startseite › Presse › 2026", True),
        ("Menus of Lyon", False),
    ],
)
def test_buttons_are_known_by_the_whole_line(text: str, remnant: bool) -> None:
    assert is_remnant(text) is remnant
