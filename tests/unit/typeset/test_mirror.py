"""What is written from right to left, and how it is the mirror of what is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from octavo.tree import Document, nodes
from octavo.tree.direction import is_right_to_left, pointing_left
from octavo.tree.metadata import Author, Metadata
from octavo.tree.nodes import (
    Caption,
    Cell,
    Column,
    Group,
    GroupRole,
    List,
    ListItem,
    Quote,
    Row,
    Table,
    TableBody,
)
from octavo.typeset.boxes import Box, Span
from octavo.typeset.dump import to_text
from octavo.typeset.frames import (
    Artifact,
    Layout,
    LinkArea,
    Owner,
    Page,
    Part,
    Picture,
    Placed,
    Rectangle,
    TextLine,
)
from octavo.typeset.mirror import mirrored_frames, turned_line
from octavo.typeset.paragraphs import ParagraphSetter
from tests.typesetting import fonts, note, paragraph, resolved, restyled, set_document, sheet, small, text
from tests.unit.typeset import lines as make

WATER = "המים הם זכות ולא סחורה והדיון בהם נמשך כבר שנים רבות בלי הכרעה "
WORDS = "the watch has to be quick and no pilot waits for a second call on this coast "
NO_LANGUAGE = "tlh"
"""From left to right, and octavo speaks English in it."""
SYRIAC = "syr"
"""From right to left, and octavo speaks English in it."""


def brief(words: str, language: str, length: int = 30) -> Document:
    """Something of everything that has sides."""
    items = tuple(ListItem(content=(paragraph(words * 2),)) for _ in range(2))
    inner = List(items=(ListItem(content=(paragraph(words), List(items=items, ordered=True))),))
    rows = tuple(
        Row(cells=tuple(Cell(content=(paragraph(each),)) for each in (words[:11], number)))
        for number in ("12.5", "8.25")
    )
    costs = Table(
        columns=(Column(), Column()),
        head=(Row(cells=tuple(Cell(content=(paragraph(words[:9]),)) for _ in range(2))),),
        bodies=(TableBody(rows=rows),),
        caption=Caption(content=text(words[:30].strip())),
        id="tbl-one",
    )
    first = nodes.Section(
        title=text(words[:12].strip()),
        content=(
            paragraph(words * 2, note(paragraph(words * 2))),
            Quote(content=(paragraph(words * 2),), attribution=text(words[:8].strip())),
            inner,
            costs,
        ),
    )
    return Document(
        metadata=Metadata(
            title=words[:20].strip(),
            authors=(Author(name=words[:7].strip()),),
            publisher=words[:10].strip(),
            language=language,
        ),
        content=(
            Group(role=GroupRole.KEY_POINTS, content=(List(items=items),)),
            nodes.Contents(),
            first,
            nodes.Section(title=text(words[:10].strip()), content=(paragraph(words * length),)),
        ),
    )


def lines_of(page: Page) -> Iterator[tuple[Owner, float, float, float]]:
    """Owner, left end, right end and baseline of every line of the text; of a line in two parts, both."""
    for placed in page.frames:
        frame = placed.frame
        if isinstance(frame, TextLine) and frame.runs and isinstance(frame.runs[0].owner, Owner):
            reach = frame.width or max(run.x + run.width for run in frame.runs)
            yield frame.runs[0].owner, placed.x, placed.x + reach, placed.y


def words_of(page: Page) -> Iterator[tuple[Owner, float]]:
    """Owner and right end of every word of the text."""
    for placed in page.frames:
        for run in placed.frame.runs if isinstance(placed.frame, TextLine) else ():
            if isinstance(run.owner, Owner) and run.width > 2.6:
                yield run.owner, placed.x + run.x + run.width


def rectangles(layout: Layout, *, mirror: bool = False) -> list[tuple[int, float, float, float, float]]:
    """Page, left, top, width and height of every rectangle."""
    return sorted(
        (
            at,
            round(layout.width - each.x - each.frame.width if mirror else each.x, 2) + 0.0,
            round(each.y, 2),
            round(each.frame.width, 2),
            round(each.frame.height, 2),
        )
        for at, page in enumerate(layout.pages)
        for each in page.frames
        if isinstance(each.frame, Rectangle | Picture)
    )


def spans(layout: Layout, *, mirror: bool = False) -> list[tuple[int, float, float, float]]:
    """Page, baseline, left and right end of every line of text."""
    found = []
    for at, page in enumerate(layout.pages):
        for placed in page.frames:
            if isinstance(placed.frame, TextLine) and placed.frame.runs:
                right = placed.x + max(run.x + run.width for run in placed.frame.runs)
                left = placed.x + min(run.x for run in placed.frame.runs)
                if placed.frame.width:
                    left, right = placed.x, placed.x + placed.frame.width
                ends = (layout.width - right, layout.width - left) if mirror else (left, right)
                found.append((at, round(placed.y, 1), round(ends[0], 1), round(ends[1], 1)))
    return sorted(found)


@pytest.mark.parametrize("theme", ["base", "policy", "report", "academic", "book", "newsletter"])
def test_a_document_from_right_to_left_is_the_mirror_of_one_from_left_to_right(theme: str) -> None:
    """Of the same words, so that all lines are as long. Folios, notes, panels, columns, and what stands in margins."""
    styles = sheet(theme)
    for key in styles.styles:
        styles = restyled(styles, key, hyphenate=False)
    plain = msgspec.structs.replace(
        styles.text, hanging_punctuation=False, letter_space_maximum=0.0, letter_space_minimum=0.0
    )
    styles = msgspec.structs.replace(styles, text=plain)
    one, other = (set_document(brief(WORDS, each), styles)[0] for each in (NO_LANGUAGE, SYRIAC))
    assert (one.leftwards, other.leftwards) == (False, True)
    assert rectangles(one)
    assert rectangles(one, mirror=True) == rectangles(other)
    found, wanted = spans(other), spans(one, mirror=True)
    assert len(found) == len(wanted) > 40
    for here, there in zip(found, wanted, strict=True):
        assert here == pytest.approx(there, abs=0.7)


def test_pages_are_read_in_the_order_of_the_text() -> None:
    """Mirroring changes no order of frames: what is read first comes first."""
    one, other = (set_document(brief(WORDS, each), sheet())[0] for each in (NO_LANGUAGE, SYRIAC))
    order = [
        [
            list(dict.fromkeys(run.owner for run in each.frame.runs))
            for page in layout.pages
            for each in page.frames
            if isinstance(each.frame, TextLine)
        ]
        for layout in (one, other)
    ]
    assert order[0] == order[1]


def test_a_brief_in_hebrew(golden: Callable[[Path, str], None]) -> None:
    layout, _ = set_document(brief(WATER, "he", 2), sheet("policy"))
    golden(Path("pages/hebrew-policy.txt"), to_text(layout))


def only(layout: Layout, part: Part) -> list[tuple[float, float, float]]:
    return [
        (left, right, y)
        for owner, left, right, y in lines_of(layout.pages[0])
        if owner.part is part and not owner.metadata
    ]


def test_markers_stand_at_the_right_of_their_items() -> None:
    items = tuple(ListItem(content=(paragraph("שלום עולם"),)) for _ in range(3))
    for ordered in (True, False):
        document = Document(metadata=Metadata(language="he"), content=(List(items=items, ordered=ordered),))
        layout = set_document(document, small())[0]
        labels = {y: left for left, _, y in only(layout, Part.LABEL)}
        texts = {y: right for _, right, y in only(layout, Part.CONTENT)}
        assert labels.keys() == texts.keys()
        assert all(labels[y] > texts[y] for y in texts)


def test_a_passage_that_runs_against_its_document_is_mirrored_alone() -> None:
    styles = restyled(small(), "quote", indent_left=40.0, indent_right=0.0)
    for outer, inner, left, right in (("en", "he", 30.0, 230.0), ("he", "en", 70.0, 270.0)):
        said = Quote(language=inner, content=(paragraph(WATER * 4 if inner == "he" else WORDS * 4),))
        content = (paragraph(WORDS * 3 if outer == "en" else WATER * 3), said)
        document = Document(metadata=Metadata(language=outer), content=content)
        layout = set_document(document, styles)[0]
        key = next(
            block.content[0].key
            for block in resolved(document, styles).document.content
            if isinstance(block, Quote)
        )
        ends = [(a, b) for owner, a, b, _ in lines_of(layout.pages[0]) if getattr(owner, "key", 0) == key]
        assert min(a for a, _ in ends) == pytest.approx(left, abs=4)
        assert max(b for _, b in ends) == pytest.approx(right, abs=4)


@pytest.mark.parametrize("language", ["fa", "ur", "en"])
@pytest.mark.parametrize("figures", ["۱۴۰۳", "٢٠٢٤"])
def test_figures_of_arabic_scripts_run_to_the_right(language: str, figures: str) -> None:
    document = Document(metadata=Metadata(language=language), content=(paragraph(f"سال {figures} است"),))
    setter = ParagraphSetter(resolved(document, small()), small(), fonts())
    word = setter.line(figures, small().styles["paragraph"], Owner(1))
    runs = [run for run in word.frame.runs if run.width > 2.6]
    shown = "".join(make.decoded(run.content, setter.fonts()[run.font]) for run in runs)
    assert shown.strip() == figures
    # No glyph steps back over the one before.
    assert not any(float(each) > 300 for run in runs for each in re.findall(r">([\d.]+)<", run.content))


def test_a_note_runs_as_what_it_is_cited_in() -> None:
    said = Quote(language="en", content=(paragraph(WORDS, note(paragraph("A note."))),))
    document = Document(
        metadata=Metadata(language="he"), content=(paragraph(WATER, note(paragraph("א."))), said)
    )
    layout = set_document(document, small())[0]
    lines = [each for page in layout.pages for each in lines_of(page)][-2:]
    assert lines[0][2] == pytest.approx(270.0)
    assert lines[1][1] == pytest.approx(30.0)


def test_code_runs_to_the_right() -> None:
    code = nodes.CodeBlock(text="x = 1\ny = 22")
    layout = set_document(Document(metadata=Metadata(language="he"), content=(code,)), small())[0]
    lefts = {round(left, 1) for _, left, _, _ in lines_of(layout.pages[0])}
    rights = {round(right, 1) for _, _, right, _ in lines_of(layout.pages[0])}
    assert len(lefts) < len(rights) or min(lefts) < 60


@pytest.mark.parametrize("align", ["left", "right"])
def test_the_sides_of_cells_are_those_that_the_author_has_named(align: nodes.Alignment) -> None:
    rows = tuple(
        Row(cells=tuple(Cell(content=(paragraph(each),)) for each in pair))
        for pair in (("א", "אאאאאאאאאאאא"), ("אאאאאאאאאאאא", "א"))
    )
    content = (Table(columns=(Column(align=align), Column()), bodies=(TableBody(rows=rows),)),)
    layout = set_document(Document(metadata=Metadata(language="he"), content=content), small())[0]
    (short, long, *_), (beside, *_) = _columns(layout)
    assert short[0] > beside[0]  # the first column is the right one
    at = 0 if align == "left" else 1
    assert short[at] == pytest.approx(long[at], abs=0.1)


def _columns(layout: Layout) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Return the ends of the texts of the first and the second column, row after row."""
    found = [(left, right) for _, left, right, _ in lines_of(layout.pages[0])]
    return found[::2], found[1::2]


def test_numbers_stand_on_their_separators() -> None:
    rows = tuple(
        Row(cells=(Cell(content=(paragraph("אב"),)), Cell(content=(paragraph(each),))))
        for each in ("12.5", "1.25", "450")
    )
    content = (Table(columns=(Column(), Column(align="decimal")), bodies=(TableBody(rows=rows),)),)
    styles = restyled(small(), "table-cell", figure_spacing="tabular")
    layout = set_document(Document(metadata=Metadata(language="he"), content=content), styles)[0]
    ends = [right for _, right in _columns(layout)[1]]
    # After the separator stand one figure, two, and neither figure nor separator.
    assert ends[1] > ends[0] > ends[2]
    digit = ends[1] - ends[0]
    assert 0.3 < digit / styles.styles["table-cell"].size < 0.8


def test_a_link_in_a_line_is_where_its_words_are() -> None:
    link = nodes.Link(target="https://example.org", content=text("לכאן ולשם"))
    content = (nodes.Paragraph(content=(*text("הלכנו "), link, *text(" ואז חזרנו"))),)
    layout = set_document(Document(metadata=Metadata(language="he"), content=content), small())[0]
    ((area, shown),) = (
        (each, each.frame) for each in layout.pages[0].frames if isinstance(each.frame, LinkArea)
    )
    ends: dict[bool, list[float]] = {True: [], False: []}
    for owner, right in words_of(layout.pages[0]):
        ends[owner == shown.owner].append(right)
    first, behind, _ = sorted(ends[False], reverse=True)
    assert area.x + shown.width == pytest.approx(max(ends[True]))
    assert behind < area.x < max(ends[True]) < first


def test_mirroring_twice_changes_nothing() -> None:
    document = Document(metadata=Metadata(language="he"), content=(paragraph(WATER),))
    setter = ParagraphSetter(resolved(document, small()), small(), fonts())
    content = (*text(WATER), nodes.Link(target="https://a.org", content=text("abc"), key=9))
    style = small().styles["paragraph"]
    for line in setter.set(content, style, 120.0, Owner(1)):
        assert line.frame.width == line.width
        assert [each.left for each in turned_line(turned_line(line)).links] == pytest.approx(
            [each.left for each in line.links]
        )
        frames = [
            Placed(10.0, 5.0, line.frame),
            Placed(3.0, 1.0, Rectangle(4.0, 2.0, style.color, Artifact.LAYOUT)),
        ]
        once = mirrored_frames(frames, 200.0)
        assert [each.x for each in once] == [190.0 - line.width, 193.0]
        assert [each.x for each in mirrored_frames(once, 200.0)] == pytest.approx([each.x for each in frames])


def test_boxes_and_their_spans_are_values_that_several_share() -> None:
    from octavo.typeset.mirror import mirrored
    from octavo.typeset.setting import Place, Setting

    span = Span(left=5.0, width=50.0)
    styles = small()
    document = resolved(Document(metadata=Metadata(language="en"), content=()), styles)
    setting = Setting(document, styles, ParagraphSetter(document, styles, fonts()), lambda *_: [], 200.0)
    one, other = mirrored(
        [Box(height=1.0, spans=(span,)), Box(height=2.0, spans=(span,))],
        Place(left=10.0, width=100.0),
        setting,
    )
    assert one.spans[0] is other.spans[0]
    assert one.spans[0].left == 10.0 + 100.0 - 50.0 - 5.0 + 10.0


@pytest.mark.parametrize(
    ("tag", "leftwards"),
    [("ar-JO", True), ("he", True), ("fa", True), ("ur-PK", True), ("ku", False), ("ku-Arab", True),
     ("az-Arab-IR", True), ("ar-Latn", False), ("en", False), ("", False), ("yi_Hebr", True)],
)  # fmt: skip
def test_languages_and_scripts(tag: str, leftwards: bool) -> None:
    assert is_right_to_left(tag) is leftwards


def test_what_points_into_the_text_points_to_the_left() -> None:
    assert pointing_left("▸") == "◂"
    assert pointing_left("•") == "•"


def test_the_first_page_of_a_book_is_a_left_hand_one() -> None:
    """Its inner margin is the right one, and that of the page behind it the left one."""
    styles = small(facing=True, margin_inner=60.0, margin_outer=20.0)
    content = (paragraph(WATER * 40),)
    layout = set_document(Document(metadata=Metadata(language="he"), content=content), styles)[0]
    assert [page.side for page in layout.pages[:2]] == ["recto", "verso"]
    for page, right in zip(layout.pages, (240.0, 280.0), strict=False):
        assert max(end for _, _, end, _ in lines_of(page)) == pytest.approx(right, abs=0.5)


def test_words_follow_each_other_to_the_left() -> None:
    document = Document(metadata=Metadata(language="he"), content=(paragraph("אחת שתיים שלוש"),))
    layout = set_document(document, small())[0]
    rights = [right for _, right in words_of(layout.pages[0])]
    assert len(rights) == 3
    assert rights[0] == pytest.approx(270.0)
    assert all(one > other for one, other in pairwise(rights))
