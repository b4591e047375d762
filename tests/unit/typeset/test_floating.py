"""Figures and tables that wait for a page with room, and what is divided rather than leave a page empty."""

from __future__ import annotations

from typing import Any, Final

import pytest

from octavo.tree import Document, nodes
from octavo.tree.media import MediaFile
from octavo.tree.metadata import Metadata
from octavo.tree.nodes import Figure, GroupRole, Section, Table
from octavo.typeset.floating import MOST_WAITING
from octavo.typeset.frames import Layout, Picture
from tests.typesetting import lines, paragraph, restyled, set_document, shown, small, text


def figure(name: str, *, numbered: bool = True) -> Figure:
    image = nodes.Paragraph(content=(nodes.Image(source="a.png", alt="A"),))
    return Figure(content=(image,), caption=nodes.Caption(content=text(name)), numbered=numbered)


def table(rows: int, caption: str = "") -> Table:
    cells = [nodes.Row(cells=(nodes.Cell(content=(paragraph(f"row {at}"),)),)) for at in range(1, rows + 1)]
    held = nodes.Caption(content=text(caption)) if caption else None
    return Table(caption=held, columns=(nodes.Column(),), bodies=(nodes.TableBody(rows=tuple(cells)),))


def pages_with(*content: nodes.Block, high: float = 100.0, **changes: Any) -> tuple[list[list[str]], Layout]:
    """The words of every page, with pictures of a height."""
    made = MediaFile(source="a.png", data=b"", media_type="image/png", digest="0", width=100, height=high)
    document = Document(metadata=Metadata(language="en"), content=content)
    layout = set_document(document, small(**changes), {"a.png": made})[0]
    return shown(layout), layout


def said(pages: list[list[str]], word: str) -> int:
    """The page that a word stands on."""
    return next(at for at, page in enumerate(pages) if any(word in line for line in page))


def pictures(layout: Layout) -> list[int]:
    return [sum(isinstance(each.frame, Picture) for each in page.frames) for page in layout.pages]


def test_text_goes_before_several_figures_that_wait_in_their_order() -> None:
    pages, layout = pages_with(
        lines(4), figure("One"), lines(3, "between"), figure("Two"), lines(20, "after")
    )
    assert "after 1" in pages[0]
    assert len(pages[0]) >= 10
    assert said(pages, "One") == 1
    assert said(pages, "Two") == 2
    assert pictures(layout)[:3] == [0, 1, 1]
    assert "after" in " ".join(pages[1])
    rest = [line for page in pages for line in page if line.startswith("after")]
    assert rest == [f"after {at}" for at in range(1, 21)]


def test_no_more_figures_wait_than_may() -> None:
    """Text goes before so many figures, not before one more."""
    for count, goes in ((MOST_WAITING, True), (MOST_WAITING + 1, False)):
        figures = [figure(f"Figure {at}") for at in range(count)]
        pages, _ = pages_with(lines(6), *figures, lines(12, "after"))
        assert ("after 1" in pages[0]) is goes


def test_what_begins_a_page_comes_after_the_figures_before_it() -> None:
    chapter = Section(title=text("Chapter"), content=(lines(3, "within"),))
    styles = restyled(small(), "heading-1", break_before="page")
    made = MediaFile(source="a.png", data=b"", media_type="image/png", digest="0", width=100, height=100)
    content = (lines(6), figure("One"), figure("Two"), lines(2, "after"), chapter)
    document = Document(metadata=Metadata(language="en"), content=content)
    pages = shown(set_document(document, styles, {"a.png": made})[0])
    assert "after 2" in pages[0]
    assert said(pages, "One") < said(pages, "Two") < said(pages, "Chapter")


def test_text_under_a_heading_goes_before_the_figure_that_comes_first_there() -> None:
    section = Section(title=text("Heading"), content=(figure("One"), lines(9, "under")))
    pages, _ = pages_with(lines(5), section)
    assert "under 2" in pages[0]
    assert said(pages, "Heading") == 0
    assert said(pages, "One") == 1


def test_a_panel_under_a_heading_goes_before_the_figure_that_comes_first_there() -> None:
    """Its title stays with what it heads, as a heading does, but is none."""
    panel = nodes.Group(role=GroupRole.NOTICE, title=text("Title"), content=(lines(2, "notice"),))
    section = Section(title=text("Heading"), content=(figure("One"), panel, lines(9, "under")))
    pages, _ = pages_with(lines(2), section)
    assert [line for line in pages[0] if not line.startswith("line")][:3] == ["Heading", "Title", "notice 1"]
    assert said(pages, "One") == 1


@pytest.mark.parametrize("following", ["heading", "nothing"])
def test_a_heading_stays_with_a_figure_that_is_all_it_heads(following: str) -> None:
    section = Section(title=text("Heading"), content=(figure("One"),))
    then = (Section(title=text("Next"), content=(lines(9, "under"),)),) if following == "heading" else ()
    pages, _ = pages_with(lines(5), section, *then)
    assert said(pages, "Heading") == said(pages, "One") == 1


def test_text_goes_before_a_figure_that_has_no_room_below_the_rest_of_a_listing() -> None:
    """A listing that goes on on the next page is not parted by the figure: that stands below its end."""
    code = nodes.CodeBlock(text="\n".join(f"code {at}" for at in range(9)))
    pages, _ = pages_with(lines(6), figure("One"), code, lines(4, "after"), high=60.0)
    assert "code 2" in " ".join(pages[0])
    assert said(pages, "One") == 1
    second = " ".join(pages[1])
    assert second.index("code 8") < second.index("One")


def test_a_figure_without_a_number_stays_where_it_is() -> None:
    pages, _ = pages_with(lines(6), figure("One", numbered=False), lines(12, "after"))
    assert "after" not in " ".join(pages[0])


def test_two_pictures_under_a_heading_need_not_stand_on_one_page() -> None:
    """What is as high as a picture is no lone line."""
    image = nodes.Paragraph(content=(nodes.Image(source="a.png", alt="A"),))
    section = Section(title=text("Heading"), content=(image, image))
    _, layout = pages_with(lines(1), section, high=110.0)
    assert pictures(layout) == [1, 1]


def rows_of(page: list[str]) -> list[str]:
    return [line for line in page if line.startswith("row")]


TALL: Final = {"height": 480.0}
"""A page of 27 lines of text; a row of a table is a good line high."""
ROWS: Final = 6


@pytest.mark.parametrize("before", range(14, 28))
def test_a_small_table_is_divided_rather_than_leave_a_fifth_of_a_page(before: int) -> None:
    """At least two rows stand on either side; else it stays whole."""
    pages, _ = pages_with(lines(before), table(ROWS), lines(9, "after"), **TALL)
    parts = [len(rows_of(page)) for page in pages if rows_of(page)]
    assert sum(parts) == ROWS
    assert min(parts) >= 2
    assert (len(parts) == 1) is (before <= 18 or before >= 22)


def test_a_small_table_with_a_number_waits_rather_than_be_divided() -> None:
    pages, _ = pages_with(lines(19), table(ROWS, "Caption"), lines(20, "after"), **TALL)
    assert "after 3" in pages[0]
    assert len(rows_of(pages[1])) == ROWS


@pytest.mark.parametrize("before", range(20, 27))
def test_a_very_small_table_stays_whole(before: int) -> None:
    pages, _ = pages_with(lines(before), table(3), lines(9, "after"), **TALL)
    assert [len(rows_of(page)) for page in pages if rows_of(page)] == [3]


@pytest.mark.parametrize(("before", "divided"), [(17, True), (22, False)])
def test_a_panel_that_the_theme_keeps_whole_is_divided_rather_than_leave_a_quarter_of_a_page(
    before: int, divided: bool
) -> None:
    group = nodes.Group(role=GroupRole.NOTICE, content=(lines(12, "notice"),))
    pages, _ = pages_with(lines(before), group, **TALL)
    assert any("notice" in line for line in pages[0]) is divided
