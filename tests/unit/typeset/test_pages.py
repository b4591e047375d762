"""What stands on which page: headings, groups, figures, notes, breaks, columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from octavo.theme.style import RunningLine, RunningLines, StyleSheet
from octavo.tree import Document, nodes
from octavo.tree.media import MediaFile
from octavo.tree.metadata import Author, Metadata
from octavo.tree.nodes import GroupRole, List, ListItem, PageBreak, Section
from octavo.tree.walk import walk
from octavo.typeset.dump import words_of
from octavo.typeset.frames import Layout, Owner, Part, Picture, Placed, Rectangle, TextLine
from octavo.typeset.geometry import text_area
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


def starts(pages: list[list[str]]) -> list[str]:
    return [page[0] for page in pages]


def picture(width: float, height: float) -> dict[str, MediaFile]:
    made = MediaFile(source="a.png", data=b"", media_type="image/png", digest="0", width=width, height=height)
    return {"a.png": made}


def test_an_empty_document_has_one_page() -> None:
    layout = pages_of()
    assert shown(layout) == [[]]
    assert layout.pages[0].start is None


def test_text_flows_from_page_to_page() -> None:
    pages = shown(pages_of(lines(30)))
    assert [line for page in pages for line in page] == [f"line {at}" for at in range(1, 31)]
    assert len(pages) == 3


def test_no_page_begins_or_ends_with_one_line_of_a_paragraph() -> None:
    paragraphs = [lines(3, f"p{at}") for at in range(12)]
    for page in shown(pages_of(*paragraphs)):
        marks = [line.split()[0] for line in page]
        assert all(marks.count(mark) != 1 for mark in (marks[0], marks[-1]))


def test_a_heading_has_two_lines_of_its_text_with_it() -> None:
    for before in range(6, 12):
        pages = shown(pages_of(lines(before), Section(title=text("Heading"), content=(lines(5, "text"),))))
        page = next(page for page in pages if "Heading" in page)
        assert {"text 1", "text 2"} <= set(page)


def test_a_heading_and_a_single_line_are_no_end_of_a_page() -> None:
    for before in range(6, 12):
        section = Section(title=text("Heading"), content=(lines(1, "one"), lines(5, "text")))
        page = next(page for page in shown(pages_of(lines(before), section)) if "Heading" in page)
        assert "text 2" in page


def test_a_divider_is_neither_the_first_nor_the_last_thing_on_a_page() -> None:
    made: list[tuple[int, int]] = []
    for before in range(4, 14):
        layout = pages_of(lines(before, "above"), nodes.Divider(), lines(6, "below"), styles=small())
        page = next(each for each in layout.pages if any(map(is_rule, each.frames)))
        y = next(placed.y for placed in page.frames if is_rule(placed))
        texts = [
            placed.y
            for placed in page.frames
            if isinstance(placed.frame, TextLine) and not is_artifact(placed)
        ]
        made.append((sum(each < y for each in texts), sum(each > y for each in texts)))
    assert min(min(each) for each in made) >= 2


def is_rule(placed: Placed) -> bool:
    return isinstance(placed.frame, Rectangle) and placed.frame.height < 1


def test_a_heading_without_text_stands_all_the_same() -> None:
    assert shown(pages_of(lines(8), Section(title=text("Heading"))))[0][-1] == "Heading"


def test_a_kept_group_moves_whole() -> None:
    group = nodes.Group(role=GroupRole.NOTICE, content=(lines(5, "notice"),))
    pages = shown(pages_of(lines(8), group))
    assert [line for line in pages[1] if line.startswith("notice")] == [f"notice {at}" for at in range(1, 6)]


def test_a_summary_in_a_section_begins_no_page_as_one_at_the_head_of_the_document_does() -> None:
    styles = restyled(small(), "key-points", break_before="page")
    points = nodes.Group(role=GroupRole.KEY_POINTS, content=(lines(2, "point"),))
    inner = nodes.Section(title=text("Part"), content=(lines(2, "above"), points))
    assert len(pages_of(lines(2, "above"), points, styles=styles).pages) == 2
    assert len(pages_of(inner, styles=styles).pages) == 1


def test_a_group_that_no_page_can_hold_runs_on_with_its_background() -> None:
    layout = pages_of(nodes.Group(role=GroupRole.NOTICE, content=(lines(40, "notice"),)))
    assert len(layout.pages) > 2
    for page in layout.pages:
        texts = [placed.y for placed in page.frames if isinstance(placed.frame, TextLine) and placed.x > 31]
        box = next(placed for placed in page.frames if isinstance(placed.frame, Rectangle))
        assert isinstance(box.frame, Rectangle)
        assert box.y < min(texts)
        assert box.y + box.frame.height > max(texts)


def test_a_page_break_breaks_and_leaves_no_empty_page() -> None:
    pages = shown(
        pages_of(PageBreak(), lines(1, "one"), PageBreak(), PageBreak(), lines(1, "two"), PageBreak())
    )
    assert pages == [["one 1"], ["two 1"]]


def test_a_recto_start_leaves_a_blank_verso() -> None:
    styles = restyled(small(facing=True), "heading-1", break_before="recto")
    section = Section(title=text("Chapter"), content=(lines(1),))
    layout = pages_of(lines(1), section, styles=styles)
    assert [page.side for page in layout.pages] == ["recto", "verso", "recto"]
    assert shown(layout)[1] == []
    assert not layout.pages[1].frames
    assert layout.pages[1].start is None


def test_margins_change_sides_on_facing_pages() -> None:
    page = small(facing=True, margin_inner=50.0, margin_outer=20.0).page
    assert [text_area(at, page).left for at in range(3)] == [50.0, 20.0, 50.0]
    assert text_area(1, msgspec.structs.replace(page, facing=False)).left == 50.0


def test_notes_stand_below_all_text() -> None:
    paragraphs = [paragraph(f"Text {at}.", note(paragraph(f"Note {at}."))) for at in range(30)]
    layout = pages_of(*paragraphs)
    pages = shown(layout)
    for page in pages:
        kinds = ["Note" in line for line in page]
        assert kinds == sorted(kinds)
        cited = [line.split(".")[0].split()[1] for line in page if line.startswith("Text")]
        noted = [line.split("Note ")[1].rstrip(".") for line in page if "Note" in line]
        assert cited == noted


def test_notes_never_overlap_the_text() -> None:
    long = note(lines(12, "note"))
    layout = pages_of(*(paragraph("Text.", long) for _ in range(6)))
    for page in layout.pages:
        found = [(placed.y, placed.frame) for placed in page.frames if isinstance(placed.frame, TextLine)]
        notes = [y for y, frame in found if frame.runs[0].size < 9 and y < 215]
        body = [y for y, frame in found if frame.runs[0].size > 10]
        if notes and body:
            assert max(body) + 8 < min(notes)


def test_a_note_longer_than_a_page_loses_no_line() -> None:
    pages = shown(pages_of(paragraph("Text.", note(lines(60, "note")))))
    notes = [line for page in pages for line in page if "note" in line]
    assert len(notes) == 60
    assert len(pages) > 2


def test_notes_in_headings_items_and_captions_arrive() -> None:
    held = note(paragraph("A note."))
    item = ListItem(content=(paragraph("Item", held),))
    section = Section(title=(*text("Title"), held), content=(List(items=(item,)), paragraph("End")))
    figure = nodes.Figure(
        content=(paragraph("Shown"),), caption=nodes.Caption(content=(*text("Caption"), held))
    )
    layout = pages_of(section, figure)
    said = [line for page in shown(layout) for line in page if line.endswith("A note.")]
    assert len(said) == 3


def test_the_text_that_goes_before_a_figure_leaves_notes_whole() -> None:
    image = nodes.Paragraph(content=(nodes.Image(source="a.png", alt="A"),))
    figure = nodes.Figure(content=(image,), caption=nodes.Caption(content=text("Caption")))
    first = paragraph("cited", note(lines(6, "below")))
    after = tuple(lines(3, f"after {at} line") for at in range(9))
    document = Document(metadata=Metadata(language="en"), content=(lines(2), first, figure, *after))
    layout, _ = set_document(document, small(height=280.0), picture(100, 150))
    page = shown(layout)[0]
    # A second paragraph would fit if the note went on to the next page.
    assert page[3:6] == ["after 0 line 1", "after 0 line 2", "after 0 line 3"]
    assert page[6:] == ["1 below 1", *(f"below {at}" for at in range(2, 7))]


def test_a_figure_that_does_not_fit_lets_the_text_go_before() -> None:
    image = nodes.Paragraph(content=(nodes.Image(source="a.png", alt="A"),))
    figure = nodes.Figure(content=(image,), caption=nodes.Caption(content=text("Caption")))
    document = Document(metadata=Metadata(language="en"), content=(lines(6), figure, lines(12, "after")))
    layout, _ = set_document(document, small(), picture(100, 100))
    pages = shown(layout)
    assert "after 1" in pages[0]
    assert any(isinstance(placed.frame, Picture) for placed in layout.pages[1].frames)
    assert [layout.page_of[key] for key in (1, 2)] == [0, 1]


def test_text_goes_before_a_figure_that_follows_a_panel_of_its_own() -> None:
    image = nodes.Paragraph(content=(nodes.Image(source="a.png", alt="A"),))
    figure = nodes.Figure(content=(image,), caption=nodes.Caption(content=text("Caption")))
    code = nodes.CodeBlock(text="a = 1")
    blocks = (lines(4), code, figure, lines(12, "after"))
    document = Document(metadata=Metadata(language="en"), content=blocks)
    layout, _ = set_document(document, small("policy"), picture(100, 100))
    assert "after 1" in shown(layout)[0]


def test_text_goes_before_a_figure_that_does_not_fit_in_its_column() -> None:
    image = nodes.Paragraph(content=(nodes.Image(source="a.png", alt="A"),))
    figure = nodes.Figure(content=(image,), caption=nodes.Caption(content=text("Caption")))
    document = Document(metadata=Metadata(language="en"), content=(lines(6), figure, lines(30, "after")))
    layout, _ = set_document(document, columns(), picture(100, 100))
    said = shown(layout)[0]
    caption = next(at for at, line in enumerate(said) if line.endswith("Caption"))
    assert said.index("after 1") < caption


def test_a_picture_is_never_larger_than_its_place() -> None:
    image = nodes.Paragraph(content=(nodes.Image(source="a.png", alt="A"),))
    document = Document(metadata=Metadata(language="en"), content=(image,))
    layout, _ = set_document(document, small(), picture(3000, 9000))
    found = next(placed.frame for placed in layout.pages[0].frames if isinstance(placed.frame, Picture))
    assert found.height <= 0.8 * 180 + 0.01
    assert abs(found.height / found.width - 3) < 0.01


def test_a_picture_that_is_missing_shows_its_words() -> None:
    image = nodes.Paragraph(content=(nodes.Image(source="gone.png", alt="A chart of trade"),))
    assert shown(pages_of(image)) == [["A chart of trade"]]


def test_columns_are_filled_in_order_and_end_alike() -> None:
    layout = pages_of(lines(16), styles=small(columns=2, column_gap=10.0))
    places = [
        (placed.x, placed.y) for placed in layout.pages[0].frames if isinstance(placed.frame, TextLine)
    ][-16:]
    left = [y for x, y in places if x < 150]
    right = [y for x, y in places if x > 150]
    assert len(left) == len(right) == 8
    assert left == right


def test_running_heads_tell_the_page_and_stand_where_the_theme_says() -> None:
    header = RunningLines(recto=RunningLine(left="{section}", right="{page} of {pages}"))
    styles = small(header=header, footer=RunningLines(), header_baseline=20.0)
    layout = pages_of(Section(title=text("First"), content=(lines(24),)), styles=styles)
    assert artifacts(layout, 0) == []
    assert artifacts(layout, 1) == ["First", "2", "of 3"]
    heads = [placed for placed in layout.pages[1].frames if placed.y == 20.0]
    assert len(heads) == 3
    assert heads[0].x == 30.0


def test_a_running_head_that_is_too_long_is_cut_and_touches_nothing() -> None:
    header = RunningLines(recto=RunningLine(left="{section}", right="{page}"))
    styles = small(header=header, footer=RunningLines(), header_baseline=20.0)
    long = Section(title=text("A title of many words " * 9), content=(lines(40),))
    layout = pages_of(long, styles=styles)
    said, folio = artifacts(layout, 1)
    assert said.endswith("\N{HORIZONTAL ELLIPSIS}")
    heads = [placed for placed in layout.pages[1].frames if placed.y == 20.0]
    first = heads[0].frame
    assert isinstance(first, TextLine)
    assert heads[0].x + first.runs[-1].x + first.runs[-1].width < heads[1].x
    assert folio == "2"


def test_two_running_heads_that_are_too_long_share_the_line() -> None:
    for words in (5, 12, 30):
        header = RunningLines(recto=RunningLine(left="{section}", right="a title " + "of words " * 12))
        styles = small(header=header, footer=RunningLines(), header_baseline=20.0)
        section = Section(title=text("Head " * words), content=(lines(24),))
        layout = pages_of(section, styles=styles)
        left, right = (placed for placed in layout.pages[1].frames if placed.y == 20.0)
        assert isinstance(left.frame, TextLine)
        assert left.x + left.frame.runs[-1].x + left.frame.runs[-1].width < right.x


def test_the_longest_field_of_a_running_head_gives_way_to_the_others() -> None:
    header = RunningLines(recto=RunningLine(left="{title} | {section}"))
    styles = small(header=header, footer=RunningLines(), header_baseline=20.0)
    about = Metadata(title="A title of many words and then of some more words " * 2, language="en")
    section = Section(title=text("Where it goes"), content=(lines(24),))
    (said,) = artifacts(set_document(Document(metadata=about, content=(section,)), styles)[0], 1)
    assert re.fullmatch(r"A title .*… \| Where it goes", said)


def test_authors_in_a_running_head_are_left_out_one_by_one() -> None:
    header = RunningLines(recto=RunningLine(left="{authors}", right="{page}"))
    styles = small(header=header, footer=RunningLines(), header_baseline=20.0)
    authors = tuple(Author(name=f"Anna Berta Clara {name}") for name in ("Novak", "Quay", "Moor", "Weiß"))
    about = Metadata(title="T", authors=authors, language="en")
    said, _ = artifacts(set_document(Document(metadata=about, content=(lines(24),)), styles)[0], 1)
    assert re.fullmatch(r"Anna Berta Clara Novak(, Anna Berta Clara \w+)*…", said)


@pytest.mark.parametrize("words", [2, 20, 40, 200])
def test_a_long_text_that_stands_alone_on_a_title_page_takes_several_lines(words: int) -> None:
    footer = RunningLines(first=RunningLine(center="{publisher}"))
    styles = small(title_page=True, header=RunningLines(), footer=footer, footer_baseline=20.0)
    house = "The press of all inland waters and of the sea"
    said = " ".join((house.split() * 20)[:words])
    about = Metadata(title="T", publisher=said, language="en")
    layout, _ = set_document(Document(metadata=about, content=(lines(2),)), styles)
    found = [placed for placed in layout.pages[0].frames if is_artifact(placed)]
    read = " ".join(artifacts(layout, 0))
    if words == 200:
        assert read.endswith("\N{HORIZONTAL ELLIPSIS}")
        assert len(found) == 1
        return
    assert read == said
    assert len(found) == {2: 1, 20: 2, 40: 3}[words]
    assert max(placed.y for placed in found) == 220.0
    widths = []
    for placed in found:
        assert isinstance(placed.frame, TextLine)
        last = placed.frame.runs[-1]
        widths.append(last.x + last.width)
        assert placed.x + widths[-1] / 2 == pytest.approx(150.0, abs=0.1)
    assert max(widths) < 240
    assert min(widths) > 0.6 * max(widths)


@pytest.mark.parametrize("before", range(12))
def test_a_paragraph_that_is_all_strong_stays_with_what_follows(before: int) -> None:
    question = nodes.Paragraph(content=(nodes.Strong(content=text("Who asks?")), *text(" ")))
    layout = pages_of(lines(before + 2, "a"), question, lines(4, "b"))
    page = next(page for page in shown(layout) if "Who asks?" in page)
    assert page[page.index("Who asks?") + 1 :][:2] == ["b 1", "b 2"]


@pytest.mark.parametrize("before", range(1, 12))
def test_an_entry_of_contents_stays_with_the_one_below_it(before: int) -> None:
    inner = Section(title=text("Inner"), content=(paragraph("x"),))
    sections = [Section(title=text(f"Outer {at}"), content=(paragraph("x"), inner)) for at in range(6)]
    layout = pages_of(lines(before), nodes.Contents(), *sections)
    listed = [
        [
            words_of(placed.frame, layout).strip()
            for placed in page.frames
            if isinstance(placed.frame, TextLine) and _is_entry(placed.frame)
        ]
        for page in layout.pages
    ]
    found = [page for page in listed if page]
    assert len(found) > 1 or before < 2
    assert all("Outer" not in page[-1] for page in found)


def _is_entry(frame: TextLine) -> bool:
    owned = [run.owner for run in frame.runs]
    return any(isinstance(owner, Owner) and owner.entry and owner.part is Part.CONTENT for owner in owned)


def test_a_title_that_is_too_long_is_made_smaller_and_told() -> None:
    about = Metadata(title="A title of many words " * 9, language="en")
    document = Document(metadata=about, content=(lines(2),))
    layout, said = set_document(document, small())
    assert [each.code for each in said] == ["title-scaled"]
    first = layout.pages[0].frames[0].frame
    assert isinstance(first, TextLine)
    assert first.runs[0].size < small().styles["title"].size
    assert shown(layout)[0][-1] == "line 2"
    assert not set_document(Document(metadata=Metadata(title="A title", language="en")), small())[1]


def test_text_is_as_far_from_a_title_alone_as_from_the_names_of_authors() -> None:
    styles = restyled(restyled(small(), "title", space_after=0.0), "byline", space_after=30.0)
    document = Document(metadata=Metadata(title="T", language="en"), content=(lines(1),))
    frames = set_document(document, styles)[0].pages[0].frames
    title, line = sorted(placed.y for placed in frames if isinstance(placed.frame, TextLine))[:2]
    assert line - title > 30.0


def test_a_page_that_opens_a_section_does_not_say_it_twice() -> None:
    header = RunningLines(recto=RunningLine(left="{section}", right="{page}"))
    styles = restyled(small(header=header), "heading-1", break_before="page")
    layout = pages_of(lines(1), Section(title=text("Chapter"), content=(lines(20),)), styles=styles)
    assert artifacts(layout, 1) == ["2"]
    assert artifacts(layout, 2)[0] == "Chapter"


def test_pages_know_where_they_begin_in_the_text() -> None:
    layout = pages_of(lines(30))
    first, second = layout.pages[0].start, layout.pages[1].start
    assert first is not None
    assert second is not None
    assert (first.key, first.offset) == (1, 0)
    assert second.key == 1
    lost = sum(len(line) + 1 for line in shown(layout)[0])
    assert second.offset == lost


def test_everything_with_a_key_has_a_page() -> None:
    items = List(items=(ListItem(content=(paragraph("One"),)), ListItem(content=())))
    layout = pages_of(
        Section(title=text("A"), content=(items, nodes.Divider(), paragraph("Two"))), PageBreak(), lines(1)
    )
    assert sorted(layout.page_of) == list(range(1, max(layout.page_of) + 1))
    assert set(layout.page_of.values()) == {0, 1}


def test_labels_stand_before_what_they_label() -> None:
    items = List(items=(ListItem(content=(paragraph("One"),)),), ordered=True)
    assert [owner.part for owner in owners(pages_of(items))] == [Part.LABEL, Part.CONTENT]


def test_front_matter_has_roman_folios_and_the_first_chapter_begins_again_at_one() -> None:
    styles = restyled(
        small(title_page=True, front_matter="roman", facing=True), "heading-1", break_before="page"
    )
    chapters = (
        Section(title=text("First"), id="first", content=(lines(30),)),
        Section(title=text("Second"), content=(lines(2),)),
    )
    contents = nodes.Contents()
    document = Document(
        metadata=Metadata(language="en", title="A title"), content=(contents, lines(2, "foreword"), *chapters)
    )
    layout, found = set_document(document, styles)
    assert not found
    assert [page.label for page in layout.pages] == ["i", "ii", "iii", "iv", "1", "2", "3", "4"]
    pages = shown(layout)
    assert pages[0] == ["A title"]
    assert pages[1] == pages[3] == []
    assert [line for line in pages[2] if line[0].isdigit()] == ["1", "4"]
    assert pages[4][0] == "First"
    assert layout.pages[4].side == "recto"


def test_without_a_chapter_that_begins_a_page_all_pages_are_counted_alike() -> None:
    styles = small(front_matter="roman")
    layout = pages_of(lines(30), Section(title=text("First"), content=(lines(30),)), styles=styles)
    assert [page.label for page in layout.pages][:3] == ["1", "2", "3"]


def test_a_title_page_holds_the_title_alone() -> None:
    document = Document(metadata=Metadata(language="en", title="A title"), content=(lines(2),))
    pages = shown(set_document(document, small(title_page=True))[0])
    assert pages == [["A title"], ["line 1", "line 2"]]
    bare = Document(metadata=Metadata(language="en"), content=(lines(2),))
    assert len(set_document(bare, small(title_page=True))[0].pages) == 1


def columns(**changes: Any) -> StyleSheet:
    """Two columns of 120 pt on a page of 300 by 240 pt, and notices over both."""
    styles = small(columns=2, column_gap=10.0, **changes)
    return restyled(styles, "notice", all_columns=True, space_before=0.0, space_after=0.0)


def notice(*content: nodes.Block) -> nodes.Group:
    return nodes.Group(role=GroupRole.NOTICE, title=text("Notice"), content=content)


def lefts(layout: Layout, page: int, word: str) -> set[int]:
    """The left edges of the lines on a page that begin with a word."""
    return {
        round(placed.x)
        for placed in layout.pages[page].frames
        if isinstance(placed.frame, TextLine) and words_of(placed.frame, layout).startswith(word)
    }


def test_what_stands_over_all_columns_parts_the_text_above_from_the_text_below() -> None:
    layout = pages_of(lines(4, "above"), notice(lines(1, "said")), lines(4, "below"), styles=columns())
    assert len(layout.pages) == 1
    assert shown(layout)[0] == [
        *(f"above {at}" for at in range(1, 5)), "Notice", "said 1", *(f"below {at}" for at in range(1, 5)),
    ]  # fmt: skip
    assert lefts(layout, 0, "above") == lefts(layout, 0, "below")
    assert len(lefts(layout, 0, "above")) == 2
    assert len(lefts(layout, 0, "said")) == 1


def test_what_stands_over_all_columns_lets_text_go_before_where_it_does_not_fit() -> None:
    layout = pages_of(lines(16, "above"), notice(lines(5, "said")), lines(12, "below"), styles=columns())
    first, second, *rest = shown(layout)
    assert not rest
    assert first[:16] == [f"above {at}" for at in range(1, 17)]
    assert {line.split()[0] for line in first[16:]} == {"below"}
    assert second[0] == "Notice"


def test_a_notice_over_all_columns_does_not_go_below_a_heading_that_follows_it() -> None:
    next_one = nodes.Section(title=text("Next"), content=(lines(12, "later"),))
    layout = pages_of(
        lines(12, "above"), notice(lines(9, "said")), lines(2, "below"), next_one, styles=columns()
    )
    shown_all = [line for page in shown(layout) for line in page]
    assert shown_all.index("below 2") < shown_all.index("Notice") < shown_all.index("Next")


def test_notes_of_what_stands_over_all_columns_stand_below_all_text() -> None:
    said = paragraph("said", note(paragraph("of the panel")))
    layout = pages_of(notice(said), lines(40, "below"), styles=columns())
    placed = [
        (words_of(each.frame, layout), each.x, each.y)
        for each in layout.pages[0].frames
        if isinstance(each.frame, TextLine)
    ]
    foot = next(y for words, _, y in placed if "of the panel" in words)
    assert foot > max(y for words, x, y in placed if words.startswith("below") and x < 150)


def test_a_heading_near_the_foot_of_columns_takes_two_lines_with_it_or_moves() -> None:
    head = Section(title=text("Head"), content=(lines(6, "below"),))
    for count in range(10, 21):
        layout = pages_of(lines(count, "above"), notice(lines(1, "said")), head, styles=columns())
        for page in shown(layout):
            if "Head" in page:
                assert page[page.index("Head") + 1 : page.index("Head") + 3] == ["below 1", "below 2"]


def test_a_heading_stands_above_what_it_heads_over_all_columns() -> None:
    for count in range(1, 9):
        head = Section(title=text("A head of several lines"), content=(notice(lines(1, "said")),))
        layout = pages_of(lines(count, "above"), head, lines(4, "below"), styles=columns(height=500.0))
        page = shown(layout)[0]
        between = page[count : page.index("Notice")]
        assert " ".join(between) == "A head of several lines"
        assert {x for line in between for x in lefts(layout, 0, line)} == {30}


def test_a_table_too_wide_for_a_column_stands_over_all() -> None:
    row = nodes.Row(cells=tuple(nodes.Cell(content=(paragraph(f"remarkable {at}"),)) for at in range(4)))
    table = nodes.Table(columns=(nodes.Column(),) * 4, bodies=(nodes.TableBody(rows=(row,)),))
    layout, found = set_document(
        Document(metadata=Metadata(language="en"), content=(lines(2), table)), columns()
    )
    assert not found
    edges = [x for at in range(4) for x in lefts(layout, 0, f"remarkable {at}")]
    assert edges == sorted(set(edges))
    assert max(edges) > 160


@pytest.mark.parametrize("above", [0, 2, 5])
def test_ends_of_columns_are_not_made_alike_by_dividing_what_belongs_together(above: int) -> None:
    group = nodes.Group(role=GroupRole.AUTHOR_NOTE, content=(lines(5, "said"),))
    before = (lines(above, "above"),) if above else ()
    layout = pages_of(*before, group, styles=columns())
    assert len(layout.pages) == 1
    assert len(lefts(layout, 0, "said")) == 1


@pytest.mark.parametrize("kind", ["formula", "table"])
def test_no_page_begins_with_what_a_paragraph_leads_to(kind: str) -> None:
    row = nodes.Row(cells=(nodes.Cell(content=(paragraph("said"),)),) * 2)
    table = nodes.Table(columns=(nodes.Column(),) * 2, bodies=(nodes.TableBody(rows=(row,) * 3),))
    led = table if kind == "table" else nodes.Formula(text="x")
    for count in range(22, 36):
        lead = nodes.Paragraph(
            content=(
                *lines(count, "above").content,
                *text(" is that" if kind == "formula" else " as follows:"),
            )
        )
        first, *rest = shown(pages_of(lead, led, styles=small(height=500.0)))
        assert not rest or rest[0][0].startswith("above"), (count, first, rest)


def test_pages_run_a_line_longer_where_that_saves_a_last_page_of_a_few_lines() -> None:
    styles = small(margin_bottom=60.0, footer_baseline=20.0)
    count = len(shown(pages_of(lines(60), styles=styles))[0])
    assert [len(page) for page in shown(pages_of(lines(2 * count + 2), styles=styles))] == [count + 1] * 2
    assert [len(page) for page in shown(pages_of(lines(2 * count + 3), styles=styles))] == [count, count, 3]
    assert len(pages_of(lines(count + 2), PageBreak(), lines(1), styles=styles).pages) == 3
    parts = (lines(2 * count + 2), PageBreak(), lines(1, "end"))
    assert [len(page) for page in shown(pages_of(*parts, styles=styles))] == [count, count, 2, 1]


def test_chapters_run_a_line_longer_where_that_saves_a_page_of_them() -> None:
    styles = restyled(small(margin_bottom=60.0, footer_baseline=20.0), "heading-1", break_before="page")

    def pages(length: int, *between: nodes.Block) -> int:
        chapters = (Section(title=text(each), content=(lines(length), *between)) for each in ("One", "Two"))
        return len(pages_of(*chapters, styles=styles).pages)

    lengths = range(14, 40)
    saved = [length for length in lengths if pages(length) < pages(length, PageBreak(), lines(1)) - 2]
    assert saved
    assert len(saved) < len(lengths) / 2


def test_a_book_of_short_last_pages_is_searched_for_breaks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    styles = restyled(small(margin_bottom=60.0, footer_baseline=20.0), "heading-1", break_before="page")
    count = len(shown(pages_of(lines(60), styles=styles))[0])
    searched: list[Document] = []

    def search(document: Document) -> Iterator[nodes.AnyNode]:
        searched.append(document)
        return walk(document)

    monkeypatch.setattr("octavo.typeset.typeset.walk", search)
    lengths = range(count - 4, count + 8)
    chapters = [Section(title=text(f"{at}"), content=(lines(at),)) for at in (*lengths, *lengths)]
    assert len(pages_of(*chapters, styles=styles).pages) > len(chapters)
    assert len(searched) == 1


def test_a_kept_group_is_divided_rather_than_leave_a_page_nearly_empty() -> None:
    group = nodes.Group(role=GroupRole.AUTHOR_NOTE, content=(lines(11, "said"),))
    first, second, *rest = shown(pages_of(lines(2), group, styles=small()))
    assert not rest
    assert "said 1" in " ".join(first)
    assert second[-1] == "said 11"


def test_lists_of_figures_and_tables_go_on_below_the_contents() -> None:
    figure = nodes.Figure(content=(paragraph("Shown"),), caption=nodes.Caption(content=text("A caption")))
    lists = (
        nodes.Contents(title=text("Contents")),
        nodes.Contents(kind=nodes.ContentsKind.FIGURES, title=text("Figures")),
    )
    chapter = Section(title=text("One"), content=(figure,))
    document = Document(metadata=Metadata(title="Title", language="en"), content=(*lists, chapter))
    layout, _ = set_document(document, sheet("book"))
    said = [" ".join(page) for page in shown(layout)]
    assert [at for at, page in enumerate(said) if page] == [0, 2, 4]
    assert said[2].index("Contents") < said[2].index("Figures") < said[2].index("A caption")
    apart = Document(metadata=document.metadata, content=(lists[0], paragraph("between"), lists[1], chapter))
    layout, _ = set_document(apart, sheet("book"))
    assert "Figures" in " ".join(shown(layout)[4])


def test_key_points_go_on_below_an_abstract() -> None:
    abstract = nodes.Group(role=GroupRole.ABSTRACT, content=(paragraph("In short"),))
    points = nodes.Group(role=GroupRole.KEY_POINTS, content=(paragraph("First"),))

    def pages(*content: nodes.Block) -> list[str]:
        chapter = Section(title=text("One"), content=(paragraph("Text"),))
        about = Metadata(title="Title", language="en")
        layout, _ = set_document(Document(metadata=about, content=(*content, chapter)), sheet("report"))
        return [" ".join(page) for page in shown(layout)]

    said = pages(abstract, points)
    assert "In short" in said[1]
    assert said[1].index("In short") < said[1].index("First")
    apart = pages(abstract, paragraph("between"), points)
    assert "between" in apart[1]
    assert "First" in apart[2]
    assert "First" in pages(points)[1]


def test_a_stanza_goes_to_the_next_page_whole() -> None:
    styles = small(height=600.0)
    count = len(shown(pages_of(lines(90), styles=styles))[0])
    stanza = nodes.Quote(content=(lines(4, "verse"),))
    assert [len(page) for page in shown(pages_of(lines(count - 3), stanza, styles=styles))] == [count - 3, 4]
    long = nodes.Quote(content=(lines(16, "verse"),))
    first, *_ = shown(pages_of(lines(count - 4), long, styles=styles))
    assert first[-1].startswith("verse")
