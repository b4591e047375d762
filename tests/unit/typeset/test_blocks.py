"""From blocks to frames: every kind of block, and what each shows."""

from __future__ import annotations

import typing
from itertools import pairwise

import msgspec
import pytest

from octavo.theme.style import Masthead
from octavo.tree import Document, nodes
from octavo.tree.metadata import Author, Metadata
from octavo.tree.nodes import Cell, Column, Definition, List, ListItem, ListMarker, Row, Table, TableBody
from octavo.typeset.blocks import RULES
from octavo.typeset.frames import Artifact, Layout, LinkArea, Part, Picture, Rectangle, TextLine
from octavo.typeset.geometry import text_area
from octavo.typeset.lists import ordinal
from octavo.typeset.titles import byline
from tests.typesetting import (
    artifacts,
    is_artifact,
    lines,
    note,
    owners,
    pages_of,
    paragraph,
    restyled,
    set_document,
    sheet,
    shown,
    small,
    text,
)


def cells(*words: str) -> Row:
    return Row(cells=tuple(Cell(content=(paragraph(word),) if word else ()) for word in words))


def table(
    *rows: Row, columns: tuple[Column, ...] = (Column(), Column()), head: tuple[Row, ...] = ()
) -> Table:
    return Table(columns=columns, head=head, bodies=(TableBody(rows=rows),))


def xs(layout: typing.Any, page: int = 0) -> list[float]:
    return [
        round(placed.x, 2)
        for placed in layout.pages[page].frames
        if isinstance(placed.frame, TextLine) and not is_artifact(placed)
    ]


def test_there_is_a_rule_for_every_block() -> None:
    assert set(RULES) == set(typing.get_args(nodes.Block))


# Lists -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "marker", "reads"),
    [
        (12, ListMarker.DECIMAL, "12"),
        (1, ListMarker.LOWER_ALPHA, "a"),
        (27, ListMarker.UPPER_ALPHA, "AA"),
        (0, ListMarker.LOWER_ALPHA, "0"),
        (1994, ListMarker.LOWER_ROMAN, "mcmxciv"),
        (4, ListMarker.UPPER_ROMAN, "IV"),
        (4000, ListMarker.LOWER_ROMAN, "4000"),
        (-1, ListMarker.UPPER_ROMAN, "-1"),
    ],
)
def test_numbers_are_written_as_the_list_asks(number: int, marker: ListMarker, reads: str) -> None:
    assert ordinal(number, marker) == reads


def test_items_are_counted_from_the_start() -> None:
    items = tuple(ListItem(content=(paragraph(word),)) for word in ("one", "two"))
    assert shown(pages_of(List(items=items, ordered=True, start=9))) == [["9.", "one", "10.", "two"]]


def test_texts_of_a_list_stand_under_each_other() -> None:
    items = tuple(ListItem(content=(paragraph(word),)) for word in ("one", "two"))
    found = xs(pages_of(List(items=items, ordered=True, start=99999)))
    assert found[1] == found[3]
    assert found[0] < found[1]


def test_tasks_have_their_boxes() -> None:
    items = tuple(ListItem(content=(paragraph("x"),), checked=done) for done in (True, False))
    assert shown(pages_of(List(items=items))) == [["☑", "x", "☐", "x"]]


def test_an_empty_item_has_its_marker() -> None:
    assert shown(pages_of(List(items=(ListItem(content=()),), ordered=True))) == [["1."]]


def test_deep_lists_keep_a_measure() -> None:
    item = ListItem(content=(paragraph("deep words"),))
    for _ in range(40):
        item = ListItem(content=(List(items=(item,)),))
    assert "deep words" in " ".join(line for page in shown(pages_of(List(items=(item,)))) for line in page)


def test_a_term_has_its_own_part() -> None:
    entry = Definition(terms=(text("Term"), text("Synonym")), content=((paragraph("Meaning"),),))
    layout = pages_of(nodes.Definitions(entries=(entry,)))
    assert shown(layout) == [["Term", "Synonym", "Meaning"]]
    assert [owner.part for owner in owners(layout)] == [Part.TERM, Part.CONTENT]


# Tables ----------------------------------------------------------------------------------------------------------


def test_cells_are_read_row_by_row() -> None:
    layout = pages_of(table(cells("a", "b"), cells("", "d"), head=(cells("A", "B"),)))
    assert shown(layout) == [["A", "B", "a", "b", "d"]]


def test_a_head_is_repeated_as_an_artifact() -> None:
    rows = [cells(str(at), "x") for at in range(30)]
    layout = pages_of(table(*rows, head=(cells("Year", "Value"),)))
    pages = shown(layout)
    assert len(pages) > 2
    assert pages[0][:2] == ["Year", "Value"]
    assert all("Year" not in page for page in pages[1:])
    assert all("Year" in artifacts(layout, at) for at in range(1, len(pages)))
    assert [line for page in pages for line in page if line.isdigit()] == [str(at) for at in range(30)]


def test_a_row_is_not_broken_when_a_page_can_hold_it() -> None:
    tall = Row(cells=(Cell(content=(lines(9, "tall"),)), Cell(content=())))
    pages = shown(pages_of(table(*[cells("a", "b")] * 5, tall)))
    assert [sum(line.startswith("tall") for line in page) for page in pages] == [0, 9]


def test_a_row_taller_than_a_page_is_broken_inside() -> None:
    tall = Row(cells=(Cell(content=(lines(40, "left"),)), Cell(content=(lines(3, "right"),))))
    pages = shown(pages_of(table(tall)))
    assert len(pages) > 2
    assert [line for page in pages for line in page if "left" in line] == [
        f"left {at}" for at in range(1, 41)
    ]
    assert pages[0].count("right 3") == 1


def test_decimals_stand_under_each_other() -> None:
    rows = [cells("x", number) for number in ("1.5", "1234.25", "7", "-0.125 %")]
    layout = pages_of(table(*rows, columns=(Column(), Column(align="decimal"))))
    ends = []
    for placed in layout.pages[0].frames:
        if isinstance(placed.frame, TextLine) and not is_artifact(placed):
            ends.append((placed.x, placed.frame.runs[0].width))
    numbers = ends[1::2]
    places = [numbers[0][0], numbers[1][0], numbers[2][0], numbers[3][0]]
    assert places[1] < places[2] < places[0] + 0.01
    assert places[3] < places[0]


def test_a_bold_number_with_a_note_stands_among_the_others() -> None:
    bold = nodes.Paragraph(content=(nodes.Strong(content=text("1234.25")), note(paragraph("revised"))))
    rows = [cells("x", number) for number in ("9.5", "10.25", "1.125")]
    rows.append(Row(cells=(*cells("all").cells, Cell(content=(bold,)))))
    layout = pages_of(table(*rows, columns=(Column(), Column(align="decimal"))))
    assert shown(layout)[0][:8] == ["x", "9.5", "x", "10.25", "x", "1.125", "all", "1234.251"]


def test_words_in_cells_are_not_divided() -> None:
    words = "Concessionary fares", "Inflation of construction prices assumed throughout"
    styles = small("policy", width=240.0)
    layout = pages_of(table(cells(*words), cells(*words)), styles=styles)
    found = [word for line in shown(layout)[0] for word in line.split()]
    assert found == [*" ".join(words).split(), *" ".join(words).split()]


def test_spans_reach_over_columns_and_rows() -> None:
    wide = Row(cells=(Cell(content=(paragraph("wide"),), column_span=2, align="right"),))
    deep = Row(cells=(Cell(content=(lines(4, "deep"),), row_span=2), Cell(content=(paragraph("a"),))))
    layout = pages_of(table(wide, deep, Row(cells=(Cell(content=(paragraph("b"),)),))))
    assert shown(layout) == [["wide", "deep 1", "deep 2", "deep 3", "deep 4", "a", "b"]]
    found = xs(layout)
    assert found[5] == found[6] > found[1]
    assert found[0] > found[5]


def test_what_is_said_of_a_block_is_said_too_where_page_numbers_take_several_passes() -> None:
    row = cells(*["unbreakable"] * 6)
    wide = table(row, columns=(Column(),) * 6)
    section = nodes.Section(title=text("Title"), content=(wide, paragraph("said", note(paragraph("below")))))
    content = (nodes.Contents(kind=nodes.ContentsKind.HEADINGS, title=text("Contents")), section)
    document = Document(metadata=Metadata(language="en"), content=content)
    layout, said = set_document(document, small(width=400.0))
    assert [each.code for each in said] == ["table-scaled"]
    once, _ = set_document(Document(metadata=Metadata(language="en"), content=(section,)), small(width=400.0))
    words = [word for page in shown(layout) for word in page]
    assert all(word in words for page in shown(once) for word in page)


def test_a_table_too_wide_is_made_smaller_and_told() -> None:
    row = cells(*["unbreakable"] * 6)
    document = Document(metadata=Metadata(language="en"), content=(table(row, columns=(Column(),) * 6),))
    layout, said = set_document(document, small(width=400.0))
    assert {each.code for each in said} == {"table-scaled"}
    sizes = {
        run.size
        for placed in layout.pages[0].frames
        if isinstance(placed.frame, TextLine)
        for run in placed.frame.runs
    }
    assert min(sizes) < sheet().styles["table-cell"].size


def test_a_table_is_not_made_smaller_where_its_columns_only_break_their_lines() -> None:
    rows = [cells("one", "two", "many words that go on and on over lines", "four") for _ in range(3)]
    document = Document(metadata=Metadata(language="en"), content=(table(*rows, columns=(Column(),) * 4),))
    for width in range(220, 300, 8):
        layout, said = set_document(document, small(width=float(width)))
        assert not said
        assert "one" in shown(layout)[0]


def test_words_made_smaller_stay_whole_where_they_have_just_enough_room() -> None:
    words = ("measurement",) * 6
    styles = restyled(small(), "table-cell", size=8.5)
    document = Document(
        metadata=Metadata(language="en"), content=(table(cells(*words), columns=(Column(),) * 6),)
    )

    def made(width: float) -> tuple[list[list[str]], str]:
        page = msgspec.structs.replace(styles.page, width=width)
        layout, said = set_document(document, msgspec.structs.replace(styles, page=page))
        return shown(layout), " ".join(each.message for each in said)

    narrow, wide = 300.0, 600.0
    for _ in range(16):
        middle = (narrow + wide) / 2
        said = made(middle)[1]
        narrow, wide = (narrow, middle) if not said or "7 %" in said else (middle, wide)
    assert "7 %" in made(wide)[1]
    assert made(wide)[0] == [list(words)]


@pytest.mark.parametrize(
    ("theme", "width"), [("base", 300.0), ("policy", 320.0), ("plain", 340.0), ("plain", 480.0)]
)
def test_what_is_short_in_a_table_stays_on_its_line_beside_long_text(theme: str, width: float) -> None:
    talks = [
        "A pause",
        "A talk on the water of the harbour and of the bay",
        "A walk",
        "Songs of the quay " * 5,
    ]
    rows = [cells(f"1{at} h 45", talks[at % 4], "Hall of maps") for at in range(9)]
    made = table(*rows, columns=(Column(),) * 3, head=(cells("hours", "talk", "room"),))
    layout = pages_of(made, styles=small(theme, width=width, height=700.0))
    found = [line.replace("\u00a0", " ") for page in shown(layout) for line in page]
    assert [line for line in found if "45" in line] == [f"1{at} h 45" for at in range(9)]
    assert found.count("Hall of maps") == 9


def test_tables_with_the_same_heads_have_their_columns_in_the_same_places() -> None:
    head = (cells("station", "trains", "remark"),)
    three = (Column(),) * 3
    one = table(cells("North", "12", "open"), cells("South", "9", "closed"), head=head, columns=three)
    other = table(cells("The main station by the bridge", "120", "open"), head=head, columns=three)
    another = table(
        cells("The main station by the bridge", "120", "open"), head=(cells("a", "b", "c"),), columns=three
    )
    styles = small(width=500.0, height=500.0)
    first, second = (xs(pages_of(each, styles=styles)) for each in (one, other))
    assert first[:3] != second[:3]
    both = xs(pages_of(one, other, styles=styles))
    assert both[:3] == both[3:6] == both[6:9] == both[9:12]
    apart = xs(pages_of(one, another, styles=styles))
    assert apart[:3] == first[:3] != apart[9:12]


def test_a_table_far_too_wide_is_told() -> None:
    row = cells(*["incomprehensibility"] * 12)
    document = Document(metadata=Metadata(language="en"), content=(table(row, columns=(Column(),) * 12),))
    codes = {each.code for each in set_document(document)[1]}
    assert "table-too-wide" in codes


def along(*more: nodes.Inline, rows: int = 1) -> Table:
    """A table that no page of `small` holds upright."""
    columns = 8
    first = Cell(content=(paragraph("cell", *more),))
    words = cells(*["unbroken"] * (columns - 1)).cells
    made = tuple(Row(cells=(first if not at else cells("cell").cells[0], *words)) for at in range(rows))
    return Table(
        id="tbl-wide",
        columns=(Column(),) * columns,
        head=(cells(*["head"] * columns),),
        bodies=(TableBody(rows=made),),
        caption=nodes.Caption(content=text("Wide")),
    )


def turned_pages(layout: Layout) -> list[int]:
    return [at for at, page in enumerate(layout.pages) if page.turned]


def test_a_table_that_is_too_wide_however_small_stands_turned_behind_its_page() -> None:
    document = Document(
        metadata=Metadata(language="en"), content=(lines(3, "above"), along(), lines(16, "below"))
    )
    styles = small(height=440.0)
    layout, said = set_document(document, styles)
    assert [each.code for each in said] == ["table-turned"]
    assert turned_pages(layout) == [1]
    assert shown(layout)[0] == [*(f"above {at}" for at in (1, 2, 3)), *(f"below {at}" for at in range(1, 17))]
    page = layout.pages[1]
    texts = [
        placed for placed in page.frames if isinstance(placed.frame, TextLine) and not is_artifact(placed)
    ]
    assert all(placed.turned for placed in texts)
    assert shown(layout)[1][-8:] == ["cell", *["unbroken"] * 7]
    assert page.start is not None
    assert layout.page_of[page.start.key] == 1
    area = text_area(1, styles.page)
    for placed in page.frames:
        frame = placed.frame
        assert area.left - 0.01 <= placed.x <= area.left + area.width + 0.01
        if isinstance(frame, TextLine):
            assert area.top - 0.5 <= placed.y - sum(run.width for run in frame.runs[-1:])
            assert placed.y <= area.top + area.height + 0.01
        else:
            assert not placed.turned
            assert area.top - 0.01 <= placed.y
            assert placed.y + frame.height <= area.top + area.height + 0.01


@pytest.mark.parametrize(("theme", "smallest"), [("base", 7.44), ("plain", 13.02)])
def test_a_table_is_turned_before_its_text_is_too_small_to_read(theme: str, smallest: float) -> None:
    """What is too small depends on the theme: a little less than the notes under its tables."""
    styles = small(theme, width=420.0, height=700.0)
    codes: list[set[str]] = []
    for count in range(3, 40):
        row = cells(*["cell"] * count)
        content = (paragraph("above"), table(row, columns=(Column(),) * count))
        document = Document(metadata=Metadata(language="en"), content=content)
        layout, said = set_document(document, styles)
        codes.append({each.code for each in said})
        if codes[-1] & {"table-too-wide"}:
            break
        sizes = {run.size for page in layout.pages for each in page.frames
                 if isinstance(each.frame, TextLine) and not is_artifact(each) for run in each.frame.runs}  # fmt: skip
        if codes[-1] == {"table-scaled"}:
            assert min(sizes) >= smallest
        assert (turned_pages(layout) == [1]) is ("table-turned" in codes[-1])
    first = [next(at for at, each in enumerate(codes) if each == {wanted}) for wanted in
             ("table-scaled", "table-turned")]  # fmt: skip
    assert first == sorted(first)


def test_numbers_of_large_print_stay_whole_in_a_wide_table() -> None:
    """Type of 15 points may become much smaller before a number is divided; that of 9 points may not."""
    row = cells(*["1,234,567"] * 16)
    document = Document(metadata=Metadata(language="en"), content=(table(row, columns=(Column(),) * 16),))
    layout, said = set_document(document, small("plain", width=420.0, height=900.0))
    assert {each.code for each in said} == {"table-turned", "table-scaled"}
    assert [line for page in shown(layout) for line in page] == ["1,234,567"] * 16


@pytest.mark.parametrize(
    ("words", "codes"), [(20, {"table-turned", "table-too-wide"}), (1, {"table-too-wide"})]
)
def test_a_table_that_no_page_holds_is_turned_unless_one_column_alone_is_too_wide(
    words: int, codes: set[str]
) -> None:
    row = cells(*["unbroken" if words > 1 else "u" * 200] * words, "end")
    content = (paragraph("above"), table(row, columns=(Column(),) * (words + 1)))
    document = Document(metadata=Metadata(language="en"), content=content)
    layout, said = set_document(document, small(height=440.0))
    assert {each.code for each in said} - {"overfull-line"} == codes
    assert turned_pages(layout) == ([1] if words > 1 else [])


def test_a_turned_table_goes_on_with_its_head_and_keeps_its_notes() -> None:
    document = Document(
        metadata=Metadata(language="en"),
        content=(paragraph("above"), along(note(paragraph("below the table")), rows=30), paragraph("last")),
    )
    layout, said = set_document(document, small(height=440.0))
    assert {each.code for each in said} == {"table-turned"}
    pages = turned_pages(layout)
    assert len(pages) > 2
    assert pages == list(range(1, len(layout.pages)))
    assert any(line.endswith("below the table") for line in shown(layout)[1])
    assert all(artifacts(layout, at).count("head") == 8 for at in pages[1:])
    assert sum(line == "unbroken" for page in shown(layout) for line in page) == 7 * 30


def test_a_turned_table_comes_before_the_page_that_follows_it_by_force() -> None:
    chapters = tuple(
        nodes.Section(title=text(name), content=(paragraph(f"text of {name}"), *more))
        for name, more in (("one", (along(),)), ("two", ()))
    )
    styles = restyled(small(height=440.0, facing=True), "heading-1", break_before="recto")
    layout = pages_of(*chapters, styles=styles)
    assert turned_pages(layout) == [1]
    assert shown(layout)[2][-1] == "text of two"
    alone = pages_of(along(), styles=small(height=440.0))
    assert turned_pages(alone) == [1]


def test_turned_tables_leave_no_empty_page_and_keep_to_their_side_of_a_break() -> None:
    styles = small(height=440.0)
    section = nodes.Section(
        title=text("Head"), content=(along(), nodes.PageBreak(), along(), paragraph("after the break"))
    )
    layout = pages_of(paragraph("before"), nodes.PageBreak(), along(), section, styles=styles)
    assert turned_pages(layout) == [2, 3, 5]
    assert [shown(layout)[at][-1] for at in (0, 1, 4)] == ["before", "Head", "after the break"]
    assert len(layout.pages) == 6


def test_in_columns_a_turned_table_takes_a_page_too() -> None:
    styles = small(height=440.0, columns=2, column_gap=12.0)
    layout = pages_of(lines(3, "above"), along(), lines(40, "below"), styles=styles)
    assert turned_pages(layout) == [1]
    assert shown(layout)[0][:4] == ["above 1", "above 2", "above 3", "below 1"]


@pytest.mark.parametrize("count", range(40, 56))
def test_over_all_columns_no_page_ends_with_the_head_of_a_table(count: int) -> None:
    head = cells(*["head"] * 5)
    wide = Table(
        columns=(Column(),) * 5,
        head=(head,),
        bodies=(TableBody(rows=(cells(*["unbroken"] * 5),) * 3),),
        caption=nodes.Caption(content=text("Wide")),
    )
    styles = small(height=440.0, width=360.0, columns=2, column_gap=12.0)
    pages = shown(pages_of(lines(count, "above"), wide, styles=styles))
    holding = [page for page in pages if "head" in page]
    assert len(holding) == 1
    assert holding[0].count("unbroken") == 15
    assert holding[0].count("Table 1 Wide") + holding[0].count("Wide") >= 1


def test_a_table_within_a_panel_is_not_turned() -> None:
    styles = small(height=440.0)
    panel = nodes.Group(role=nodes.GroupRole.NOTICE, content=(along(),))
    assert turned_pages(pages_of(panel, styles=styles)) == []


def test_a_table_of_no_rows_shows_its_caption() -> None:
    empty = Table(columns=(), caption=nodes.Caption(content=text("Nothing")))
    assert [line.split()[-1] for line in shown(pages_of(empty))[0]] == ["Nothing"]


def test_captions_carry_labels_and_stay_with_what_they_name() -> None:
    long = Table(
        columns=(Column(),),
        bodies=(TableBody(rows=(cells("x"),) * 3),),
        caption=nodes.Caption(content=text("Costs")),
    )
    for before in range(6, 11):
        page = next(
            page for page in shown(pages_of(lines(before), long)) if any("Costs" in line for line in page)
        )
        assert "x" in page


# Groups, quotes, code --------------------------------------------------------------------------------------------


def test_a_title_runs_in_where_the_theme_asks() -> None:
    group = nodes.Group(
        role=nodes.GroupRole.AUTHOR_NOTE, content=(paragraph("She writes."),), title=text("The author")
    )
    layout = pages_of(group)
    assert shown(layout) == [["The author. She writes."]]
    assert [owner.part for owner in owners(layout)] == [Part.TITLE, Part.CONTENT]


def test_a_title_that_cannot_run_in_has_its_own_line() -> None:
    items = List(items=(ListItem(content=(paragraph("Item"),)),), ordered=True)
    group = nodes.Group(role=nodes.GroupRole.AUTHOR_NOTE, content=(items,), title=text("Who?"))
    assert shown(pages_of(group)) == [["Who?", "1.", "Item"]]


def test_a_quotation_ends_with_who_said_it() -> None:
    quote = nodes.Quote(content=(paragraph("Words"),), attribution=text("Somebody"))
    assert [owner.part for owner in owners(pages_of(quote))] == [Part.CONTENT, Part.ATTRIBUTION]


def test_listings_have_their_number_and_are_listed() -> None:
    code = nodes.CodeBlock(text="a = 1", caption=nodes.Caption(content=text("Beginning")), id="lst-a")
    layout = pages_of(nodes.Contents(kind=nodes.ContentsKind.LISTINGS), paragraph("between"), code)
    said = [" ".join(line.split()) for line in shown(layout)[0]]
    assert said[0] == "Listings"
    assert (
        said.count("Listing 1 Beginning") + sum(line.startswith("Listing 1 Beginning") for line in said) >= 2
    )
    assert said[-1] == "a = 1"


def test_code_keeps_its_lines() -> None:
    layout = pages_of(nodes.CodeBlock(text="if x:\n    pass\n\nend"))
    assert [line for line in shown(layout)[0] if line] == ["if x:", "pass", "end"]


def test_a_divider_is_an_artifact() -> None:
    layout = pages_of(paragraph("a"), nodes.Divider(), paragraph("b"))
    rules = [placed.frame for placed in layout.pages[0].frames if isinstance(placed.frame, Rectangle)]
    assert [rule.owner for rule in rules] == [Artifact.LAYOUT]


def test_an_image_alone_is_a_picture_of_its_own() -> None:
    layout = pages_of(nodes.Paragraph(content=(nodes.Image(source="none.png", alt="words"),)))
    assert not any(isinstance(placed.frame, Picture) for placed in layout.pages[0].frames)
    assert shown(layout) == [["words"]]


# Contents --------------------------------------------------------------------------------------------------------


def test_contents_show_the_pages_that_the_sections_begin_on() -> None:
    sections = [nodes.Section(title=text(f"Section {at}"), content=(lines(9),)) for at in range(1, 5)]
    layout = pages_of(nodes.Contents(), *sections)
    first = shown(layout)[0]
    pages = {
        heading: layout.page_of[key] + 1
        for heading, key in zip(range(1, 5), sorted_keys(layout), strict=True)
    }
    for at, page in pages.items():
        assert first[first.index(f"Section {at}") + 1] == str(page)


def sorted_keys(layout: typing.Any) -> list[int]:
    """The keys of the sections: those that contents entries point to."""
    links = [
        placed.frame for page in layout.pages for placed in page.frames if isinstance(placed.frame, LinkArea)
    ]
    return sorted({link.owner.entry for link in links})


def test_contents_entries_lead_to_their_sections() -> None:
    layout = pages_of(nodes.Contents(), nodes.Section(title=text("One"), content=(lines(2),), id="one"))
    links = [placed.frame for placed in layout.pages[0].frames if isinstance(placed.frame, LinkArea)]
    assert [(link.target, link.owner.entry > 0) for link in links] == [("#one", True)]
    parts = [owner.part for owner in owners(layout) if owner.entry]
    assert parts == [Part.CONTENT, Part.PAGE]


def test_references_to_pages_read_as_the_folio() -> None:
    reference = nodes.CrossReference(target="far", form=nodes.ReferenceForm.PAGE)
    layout = pages_of(
        paragraph("See ", reference), lines(30), nodes.Section(title=text("Far"), content=(), id="far")
    )
    page = layout.page_of[max(layout.page_of)] + 1
    assert shown(layout)[0][0].endswith(str(page))
    assert page > 2


# Title and masthead ----------------------------------------------------------------------------------------------


def test_authors_of_one_house_share_a_line() -> None:
    a, b, c = (
        Author(name="A", affiliation="X"),
        Author(name="B", affiliation="Y"),
        Author(name="C", affiliation="X"),
    )
    document = Document(metadata=Metadata(title="T", authors=(a, b, c), language="en"))
    assert shown(set_document(document)[0]) == [["T", "A, C\u2003X", "B\u2003Y"]]
    assert byline(()) == ()


def test_affiliations_that_do_not_fit_beside_a_name_stand_below_it() -> None:
    long = "Institute for the history of inland waters and the sea"
    authors = (Author(name="A", affiliation="X"), Author(name="Bo Long", affiliation=long))
    document = Document(metadata=Metadata(title="T", authors=authors, language="en"))
    assert shown(set_document(document, small())[0]) == [["T", "A", "X", "Bo Long", long]]


def test_the_masthead_stands_over_the_first_page_only() -> None:
    masthead = Masthead(
        height=60.0, inset_bottom=10.0, left=("{publisher}",), right=("{series}", "[{number-term} {issue}]")
    )
    styles = small("policy", masthead=masthead, first_margin_top=80.0)
    about = Metadata(publisher="House", series="Papers", language="en")
    layout, _ = set_document(Document(metadata=about, content=(lines(20),)), styles)
    first = layout.pages[0]
    band = first.frames[0].frame
    assert isinstance(band, Rectangle)
    assert (band.width, band.height, band.bleeds) == (300.0, 60.0, True)
    assert shown(layout)[0][:2] == ["House", "Papers"]
    baselines = {
        round(placed.y, 2) for placed in first.frames if isinstance(placed.frame, TextLine) and placed.y < 60
    }
    assert baselines == {50.0}
    assert not any(
        isinstance(p.frame, Rectangle) and p.frame.bleeds for page in layout.pages[1:] for p in page.frames
    )


def test_a_long_masthead_keeps_clear_of_the_edge() -> None:
    masthead = Masthead(height=60.0, inset_bottom=16.0, left=("{publisher}",), right=("{series}",))
    styles = small("policy", masthead=masthead, first_margin_top=80.0)
    styles = restyled(styles, "masthead", size=20.0, leading=21.0)
    about = Metadata(publisher="A house of many words", series="Papers", language="en")
    layout, _ = set_document(Document(metadata=about, content=(lines(3),)), styles)
    plate = [
        (placed.y, placed.frame.runs[0].size)
        for placed in layout.pages[0].frames
        if isinstance(placed.frame, TextLine) and placed.y < 60.0 and placed.x < 150.0
    ]
    assert max(baseline for baseline, _ in plate) == pytest.approx(44.0)
    baseline, size = min(plate)
    assert size < 20.0
    assert baseline - 0.75 * size >= 16.0


def test_a_heading_number_hangs_or_runs_in() -> None:
    section = nodes.Section(title=text("Title"), content=(lines(1),))
    hanging = restyled(small("policy"), "heading-1", marker_indent=20.0)
    found = pages_of(section, styles=hanging)
    assert shown(found)[0][:2] == ["1", "Title"]
    assert xs(found)[0] == xs(found)[1] - 20.0
    running = restyled(small("policy"), "heading-1", marker_indent=0.0)
    assert shown(pages_of(section, styles=running))[0][0] == "1 Title"


def test_a_note_begins_with_its_mark() -> None:
    layout = pages_of(paragraph("Text", note(paragraph("Said."))))
    marks = [owner for owner in owners(layout) if owner.part in (Part.MARK, Part.LABEL)]
    assert [owner.part for owner in marks] == [Part.MARK, Part.LABEL]
    assert marks[0].key == marks[1].key


def _inside(layout: Layout, bottom: float) -> bool:
    """Whether no line of text and no rectangle reaches below a place on its page."""
    return all(
        placed.y + (0.0 if isinstance(placed.frame, TextLine) else placed.frame.height) <= bottom + 0.5
        for page in layout.pages
        for placed in page.frames
        if not (isinstance(placed.frame, TextLine) and is_artifact(placed))
    )


def _cell(block: nodes.Block, deep: int = 1) -> nodes.Cell:
    return nodes.Cell(content=(block,), row_span=deep)


def test_a_high_row_below_a_repeated_head_stays_on_its_page() -> None:
    head = (nodes.Row(cells=(_cell(lines(3, "head")),)),)
    rows = tuple(nodes.Row(cells=(_cell(lines(count)),)) for count in (8, 9, 10, 11))
    table = nodes.Table(columns=(nodes.Column(),), head=head, bodies=(nodes.TableBody(rows=rows),))
    layout, found = set_document(Document(metadata=Metadata(language="en"), content=(table,)))
    assert not found
    assert _inside(layout, 210.0)


def test_rows_that_spans_tie_together_are_parted_where_no_page_holds_them() -> None:
    tied = tuple(
        nodes.Row(cells=tuple(_cell(lines(3, f"row {at}"), 2) for column in (0, 1) if (at + column) % 2 == 0))
        for at in range(12)
    )
    first = nodes.Row(cells=(_cell(lines(2)), _cell(lines(2), 2)))
    table = nodes.Table(columns=(nodes.Column(),) * 2, bodies=(nodes.TableBody(rows=(first, *tied)),))
    layout, found = set_document(Document(metadata=Metadata(language="en"), content=(table,)))
    assert not found
    assert _inside(layout, 210.0)
    assert len(layout.pages) > 2


LONG = "About the extraordinarily institutionalised internationalisation of telecommunications"


@pytest.mark.parametrize(
    "first", [paragraph("Short note, in a few words."), List(items=(ListItem(content=()),))]
)
def test_a_title_that_is_longer_than_a_line_runs_in_over_several(first: nodes.Block) -> None:
    group = nodes.Group(role=nodes.GroupRole.AUTHOR_NOTE, content=(first,), title=text(LONG))
    styles = small("policy")
    document = Document(metadata=Metadata(language="en"), content=(group,))
    found, said = set_document(document, styles)
    assert said == ()
    assert " ".join(" ".join(shown(found)[0]).split()).startswith(f"{LONG}.")
    area = text_area(0, styles.page)
    ends = [
        placed.x + run.x + run.width
        for page in found.pages
        for placed in page.frames
        if isinstance(placed.frame, TextLine)
        for run in placed.frame.runs
    ]
    assert max(ends) <= area.left + area.width + 1
    if isinstance(first, nodes.Paragraph):
        assert "Short note, in a few words." in " ".join(shown(found)[0])


def test_compounds_in_titles_are_parted_only_where_they_must_be() -> None:
    words = "Wages, Rents and the Pass-Through of Interest Rates"
    styles = sheet("newsletter")
    layout, _ = set_document(Document(metadata=Metadata(title=words), content=(paragraph("x"),)), styles)
    lines_of_title = [line for line in shown(layout)[0] if line in words]
    assert len(lines_of_title) == 2
    assert lines_of_title[1].startswith("Pass-Through")


def test_a_cover_gives_way_to_what_stands_below_it() -> None:
    styles = sheet("report")
    authors = tuple(Author(name=f"Author {at}", affiliation=f"University {at}") for at in range(9))
    short, _ = set_document(Document(metadata=Metadata(title="T"), content=(paragraph("x"),)), styles)
    about = Metadata(
        title="A title of some length that runs over lines", subtitle="With more", authors=authors
    )
    found, said = set_document(Document(metadata=about, content=(paragraph("x"),)), styles)
    assert short.raised == 0.0
    assert styles.page.masthead is not None
    assert 0.0 < found.raised < 0.5 * styles.page.masthead.height
    assert [each.code for each in said] == ["title-scaled"]
    assert "Author 8" in " ".join(shown(found)[0])
    assert "x" in shown(found)[1]


@pytest.mark.parametrize("tight", [True, False])
def test_short_items_within_items_stand_as_close_as_those_around_them(tight: bool) -> None:
    inner = List(items=tuple(ListItem(content=(paragraph(word),)) for word in ("b", "c")), tight=tight)
    items = (ListItem(content=(paragraph("a"), inner)), ListItem(content=(paragraph("d"),)))
    styles = restyled(small(), "list", space_before=20.0, space_after=20.0)
    layout = pages_of(List(items=items), styles=styles)
    baselines = sorted(
        {round(each.y, 1) for each in layout.pages[0].frames if isinstance(each.frame, TextLine)}
    )
    steps = [round(below - above, 1) for above, below in pairwise(baselines)]
    assert (len(set(steps[:3])) == 1) is tight, steps


@pytest.mark.parametrize(("words", "outside"), [(1, False), (12, True)])
def test_a_table_too_wide_for_the_column_begins_where_running_heads_do(words: int, outside: bool) -> None:
    styles = small("policy", margin_inner=90.0, running_left=-50.0)
    row = cells(*(" ".join(["words"] * words) for _ in range(3)))
    layout = pages_of(paragraph("Text."), table(row, row, columns=(Column(),) * 3), styles=styles)
    edges = [placed.x for placed in layout.pages[0].frames if isinstance(placed.frame, Rectangle)]
    assert round(min(edges)) == (40 if outside else 90)
