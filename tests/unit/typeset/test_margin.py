"""What stands in the outer margin, and groups in columns: where they are, and that nothing lies on anything else."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from octavo.theme.style import StyleSheet
from octavo.tree import nodes
from octavo.tree.nodes import GroupRole
from octavo.tree.semantics import StyleKey
from octavo.typeset.boxes import FORBIDDEN, Box, Side, height_of
from octavo.typeset.frames import Artifact, Layout, Placed, Rectangle, TextLine
from octavo.typeset.margin import settle
from octavo.units import BLACK
from tests.typesetting import (
    is_artifact,
    lines,
    note,
    owners,
    pages_of,
    paragraph,
    restyled,
    shown,
    small,
    text,
)

WIDTH, HEIGHT, COLUMN, MARGIN = 400.0, 300.0, 200.0, 100.0


def sheet(**page: Any) -> StyleSheet:
    """A column of 200 pt that begins at 30 pt, and beside it one of 100 pt that begins at 240 pt."""
    found = small(
        width=WIDTH, height=HEIGHT, margin_outer=170.0, margin_column=MARGIN, margin_column_gap=10.0, **page
    )
    for key in (StyleKey.PULL_QUOTE, StyleKey.CAPTION, StyleKey.NOTICE):
        found = restyled(found, key, place="margin", indent_left=0.0, indent_right=0.0)
    return restyled(found, StyleKey.CASE, indent_right=-MARGIN - 10.0)


def places(layout: Layout, page: int = 0) -> dict[str, tuple[float, float]]:
    """Where the first line with each word stands: (x, y)."""
    found: dict[str, tuple[float, float]] = {}
    texts = [
        placed
        for placed in layout.pages[page].frames
        if isinstance(placed.frame, TextLine) and not is_artifact(placed)
    ]
    for placed, words in zip(texts, shown(layout)[page], strict=True):
        assert isinstance(placed.frame, TextLine)
        found.setdefault(words, (placed.x + min(run.x for run in placed.frame.runs), placed.y))
    return found


def pull(words: str = "pulled") -> nodes.PullQuote:
    return nodes.PullQuote(content=text(words))


def test_a_pull_quote_stands_beside_the_text_that_follows_and_takes_no_room_in_it() -> None:
    beside = pages_of(paragraph("before"), pull(), paragraph("after"), styles=sheet())
    without = pages_of(paragraph("before"), paragraph("after"), styles=sheet())
    found = places(beside)
    assert abs(found["pulled"][0] - 240.0) < 3
    assert found["after"][1] == places(without)["after"][1]
    assert abs(found["pulled"][1] - found["after"][1]) < 20


def test_at_the_end_it_stands_beside_the_text_before_it() -> None:
    found = places(pages_of(paragraph("before"), pull(), styles=sheet()))
    assert found["pulled"][0] > 235
    assert abs(found["pulled"][1] - found["before"][1]) < 20


def test_where_there_is_no_margin_column_it_stands_in_the_text() -> None:
    for styles in (sheet(columns=2, column_gap=10.0), restyled(small(), StyleKey.PULL_QUOTE, place="margin")):
        found = places(pages_of(paragraph("before"), pull(), paragraph("after"), styles=styles))
        assert found["pulled"][0] < 40
        assert found["before"][1] < found["pulled"][1]


def test_within_another_block_it_stands_in_the_text() -> None:
    group = nodes.Group(role=GroupRole.CASE, content=(paragraph("before"), pull(), paragraph("after")))
    found = places(pages_of(group, styles=sheet()))
    assert found["pulled"][0] < 100
    assert found["before"][1] < found["pulled"][1] < found["after"][1]


def test_a_caption_stands_beside_its_table_and_is_read_before_what_follows() -> None:
    cell = nodes.Cell(content=(paragraph("cell"),))
    table = nodes.Table(
        columns=(nodes.Column(),),
        bodies=(nodes.TableBody(rows=(nodes.Row(cells=(cell,)),)),),
        caption=nodes.Caption(content=text("caption")),
    )
    layout = pages_of(table, paragraph("after"), styles=sheet())
    found = places(layout)
    beside = next(place for words, place in found.items() if "caption" in words)
    assert beside[0] > 235
    assert beside[1] < found["after"][1]
    assert shown(layout)[0][-1] == "after"


def test_a_point_that_hangs_at_a_line_s_end_does_not_keep_a_caption_out_of_the_margin() -> None:
    styles = restyled(sheet(), StyleKey.PARAGRAPH_FIRST, align="justify", size=24.0, leading=28.0)
    words = paragraph(
        "Far, far, far, far, far, far, far, far, far, far, far, far, far, far, far, far away. " * 2
    )
    figure = nodes.Figure(content=(words,), caption=nodes.Caption(content=text("caption")))
    found = places(pages_of(figure, paragraph("after"), styles=styles))
    assert next(place for said, place in found.items() if "caption" in said)[0] > 235


def test_a_caption_higher_than_its_figure_keeps_the_text_below_it_away() -> None:
    figure = nodes.Figure(
        content=(paragraph("small"),), caption=nodes.Caption(content=text("many words " * 20))
    )
    layout = pages_of(figure, paragraph("after"), styles=sheet())
    lowest = max(place[1] for words, place in places(layout).items() if "words" in words)
    assert places(layout)["after"][1] > lowest


def test_notes_cited_in_the_margin_stand_at_the_foot_of_the_page() -> None:
    quote = nodes.PullQuote(content=(nodes.Text(text="pulled"), note(paragraph("a note"))))
    found = places(pages_of(paragraph("before"), quote, paragraph("after"), styles=sheet()))
    assert max(found, key=lambda words: found[words][1]).endswith("a note")


def test_on_left_hand_pages_the_margin_is_at_the_left() -> None:
    styles = sheet(facing=True)
    layout = pages_of(paragraph("one"), nodes.PageBreak(), pull(), paragraph("two"), styles=styles)
    found = places(layout, 1)
    assert found["two"][0] > 165
    assert 55 < found["pulled"][0] < 70


def _boxes(layout: Layout) -> list[tuple[int, float, float, float, float, Any]]:
    """Every line of text as (page, left, top, right, bottom, owner)."""
    found = []
    for at, page in enumerate(layout.pages):
        for placed in page.frames:
            if isinstance(placed.frame, TextLine) and not is_artifact(placed):
                runs = placed.frame.runs
                size = max(run.size for run in runs)
                left, right = placed.x + runs[0].x, placed.x + max(run.x + run.width for run in runs)
                found.append((at, left, placed.y - 0.6 * size, right, placed.y, runs[0].owner))
    return found


BLOCKS = st.lists(
    st.sampled_from(("text", "long", "pull", "pull", "wide", "figure", "notice", "note")),
    min_size=1,
    max_size=14,
)


def _block(kind: str, at: int) -> nodes.Block:
    match kind:
        case "text":
            return lines(2, f"text {at}")
        case "long":
            return lines(9, f"long {at}")
        case "pull":
            return pull(f"pulled {at} " + "out of the text " * (at % 5))
        case "wide":
            return nodes.Group(role=GroupRole.CASE, content=(lines(3, f"wide {at}"),))
        case "figure":
            caption = nodes.Caption(content=text(f"caption {at} " + "of some words " * (at % 4)))
            return nodes.Figure(content=(lines(4, f"figure {at}"),), caption=caption)
        case "notice":
            return nodes.Group(role=GroupRole.NOTICE, content=(lines(3, f"notice {at}"),))
        case _:
            return paragraph(f"noted {at}", note(paragraph(f"note {at}")))


@settings(deadline=None, max_examples=60)
@given(BLOCKS)
@example(["text", "pull", "note", "note", "pull", "pull", "text", "pull", "pull", "pull"])
def test_nothing_lies_on_anything_else_and_all_is_on_the_page(kinds: list[str]) -> None:
    layout = pages_of(*(_block(kind, at) for at, kind in enumerate(kinds)), styles=sheet())
    found = _boxes(layout)
    for at, (page, left, top, right, bottom, _) in enumerate(found):
        assert left > 25
        assert right < WIDTH - 25
        assert bottom < HEIGHT - 25
        for other in found[:at]:
            apart = (
                other[3] <= left + 1 or right <= other[1] + 1 or other[4] <= top + 1 or bottom <= other[2] + 1
            )
            assert other[0] != page or apart, (found[at], other)


def beside(after: float) -> Box:
    """A box of 94 pt beside which stands something of 100 pt; the space below it would do for that."""
    return Box(height=100.0 - after, after=after, side=Side(height=100.0, frames=(), under=()), key=1)


def test_a_page_that_ends_by_force_has_room_for_what_stands_beside_its_last_box() -> None:
    """The space below a page's last box does not count at its end."""
    assert height_of(settle([beside(6.0)], 200.0, 300.0)) >= 100.0
    *found, forced = settle([beside(6.0), Box(height=10.0, force="page")], 200.0, 300.0)
    assert height_of(found) >= 100.0
    assert forced.force


def test_no_page_ends_before_what_reaches_out_where_something_needs_the_room_beside() -> None:
    rule = Rectangle(300.0, 1.0, BLACK, Artifact.LAYOUT)
    host = Box(height=93.0, after=6.0, side=Side(height=100.0, frames=(), under=()), key=1)
    # What stands beside may be moved up by 2 pt, and reaches 7 pt below its host.
    found = settle([Box(height=14.0), host, Box(height=10.0, frames=(Placed(0.0, 0.0, rule),))], 200.0, 300.0)
    assert found[-1].before >= 7.0 + 12.0
    assert found[-1].penalty >= FORBIDDEN


def in_columns(count: int = 2, **page: Any) -> StyleSheet:
    return restyled(small(**page), StyleKey.KEY_POINTS, columns=count, column_gap=20.0, indent_right=0.0)


def points(count: int) -> nodes.Group:
    return nodes.Group(
        role=GroupRole.KEY_POINTS, content=tuple(lines(1, f"point {at}") for at in range(count))
    )


def test_a_group_stands_in_columns_of_about_one_height() -> None:
    layout = pages_of(points(6), paragraph("after"), styles=in_columns())
    found = places(layout)
    lefts = {at: found[f"point {at} 1"][0] for at in range(6)}
    assert lefts[0] == lefts[1] == lefts[2] < lefts[3] == lefts[4] == lefts[5]
    assert found["point 0 1"][1] == found["point 3 1"][1]
    assert found["after"][1] > found["point 2 1"][1]


def test_columns_are_read_one_after_another() -> None:
    layout = pages_of(points(4), styles=in_columns())
    assert [words for words in shown(layout)[0] if words.startswith("point")] == [
        f"point {at} 1" for at in range(4)
    ]
    keys = [owner.key for owner in owners(layout)]
    assert keys == sorted(keys)


def test_a_group_too_long_for_a_page_goes_on_in_columns_on_the_next() -> None:
    layout = pages_of(points(60), styles=in_columns(3))
    assert len(layout.pages) > 1
    words = [each for page in shown(layout) for each in page if each.startswith("point")]
    assert words == [f"point {at} 1" for at in range(60)]
    for page, top, bottom in ((box[0], box[2], box[4]) for box in _boxes(layout)):
        assert 20 < top < bottom < 240 - 20, page


def test_in_a_column_of_the_page_a_group_has_one_column() -> None:
    found = places(pages_of(points(16), styles=in_columns(columns=2, column_gap=10.0)))
    assert len({round(x) for words, (x, _) in found.items() if words.startswith("point")}) == 2
