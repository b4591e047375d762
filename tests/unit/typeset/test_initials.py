"""Drop initials: what stands beside them, when there is none, and how the first word reads."""

from __future__ import annotations

import pytest

from octavo.theme.style import StyleSheet
from octavo.tree import Document, nodes
from octavo.tree.metadata import Metadata
from octavo.typeset.dump import words_of
from octavo.typeset.frames import GlyphRun, Layout, Placed, TextLine
from tests.typesetting import pages_of, paragraph, restyled, shown, small, text

WORDS = "Tides are watched from the wall, and those who watch them write down what they see. " * 6


def chapter(*content: nodes.Block) -> nodes.Section:
    return nodes.Section(title=text("Chapter"), content=content)


def styles() -> StyleSheet:
    return restyled(small(), "heading-1", drop_initial=3)


def body(layout: Layout) -> list[Placed]:
    """The lines after the heading on the first page."""
    found = [(each, each.frame) for each in layout.pages[0].frames if isinstance(each.frame, TextLine)]
    at = next(at for at, (_, line) in enumerate(found) if words_of(line, layout).startswith("Chapter"))
    return [each for each, _ in found[at + 1 :]]


def test_three_lines_stand_beside_an_initial_and_the_fourth_below_it() -> None:
    layout = pages_of(chapter(paragraph(WORDS)), styles=styles())
    first, second, third, fourth, *_ = body(layout)
    assert isinstance(first.frame, TextLine)
    initial, rest = first.frame.runs[:2]
    assert initial.size > 2.5 * rest.size
    left = first.x + rest.x
    assert second.x == pytest.approx(left, abs=1.0)
    assert third.x == pytest.approx(left, abs=1.0)
    assert fourth.x == pytest.approx(first.x, abs=1.0)
    assert left > first.x + initial.width
    # The initial's foot is on the third baseline.
    assert first.y - initial.rise == pytest.approx(third.y, abs=0.02)


def test_the_first_word_reads_whole_and_no_word_is_lost() -> None:
    layout = pages_of(chapter(paragraph(WORDS)), styles=styles())
    first = body(layout)[0]
    assert isinstance(first.frame, TextLine)
    assert words_of(first.frame, layout).startswith("Tides are watched")
    assert [run.reads for run in first.frame.runs[:3]] == ["Tides", "", None]
    joined = "".join(words_of(each.frame, layout) for page in layout.pages for each in page.frames
                     if isinstance(each.frame, TextLine))  # fmt: skip
    assert joined.replace("\u00ad", "").count("watched") == 6


@pytest.mark.parametrize(
    "content",
    [
        (paragraph("Too short for an initial."),),
        (paragraph("no capital letter at its head, " * 12),),
        (paragraph("2024 was a year of many storms. " * 12),),
        (nodes.Paragraph(content=(nodes.Emphasis(content=text("Said otherwise. " * 12)),)),),
        (nodes.Quote(content=(paragraph(WORDS),)), paragraph(WORDS)),
    ],
)
def test_other_text_has_no_initial(content: tuple[nodes.Block, ...]) -> None:
    with_none = pages_of(chapter(*content), styles=small())
    assert shown(pages_of(chapter(*content), styles=styles())) == shown(with_none)


def test_the_lines_beside_an_initial_stay_on_one_page() -> None:
    for count in range(4, 12):
        before = nodes.Paragraph(content=tuple(
            each for at in range(count) for each in (nodes.Text(text=f"line {at}"), nodes.LineBreak())
        )[:-1])  # fmt: skip
        layout = pages_of(before, chapter(paragraph(WORDS)), styles=styles())
        for page in layout.pages:
            lines = [each for each in page.frames if isinstance(each.frame, TextLine)]
            at = next((at for at, each in enumerate(lines) if any(run.reads for run in _runs(each))), None)
            if at is not None:
                assert [line.x > 35 for line in lines[at + 1 : at + 3]] == [True, True]


def _runs(placed: Placed) -> tuple[GlyphRun, ...]:
    assert isinstance(placed.frame, TextLine)
    return placed.frame.runs


def test_a_title_in_an_empty_document_has_no_initial() -> None:
    document = Document(metadata=Metadata(language="en"), content=(chapter(),))
    assert pages_of(*document.content, styles=styles()).pages
