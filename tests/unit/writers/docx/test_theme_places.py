"""Where a theme's blocks stand in Word: in the outer margin, in columns, over all columns, on new pages."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from octavo.checks.parity.reasons import losses
from octavo.theme.breaks import without_breaks
from octavo.theme.style import StyleSheet
from octavo.tree import nodes
from octavo.tree.nodes import GroupRole
from octavo.tree.semantics import StyleKey
from octavo.units import twips
from tests.typesetting import restyled
from tests.unit.writers.docx.documents import (
    Package,
    W,
    document,
    items,
    manuscript,
    note,
    p,
    section,
    sheet,
    t,
    written,
)


def margined(**page: Any) -> StyleSheet:
    """The policy brief with a column of 100 pt, 10 pt from the text, in a margin of 130 pt."""
    styles = sheet()
    changed = msgspec.structs.replace(
        styles.page, margin_outer=130.0, margin_column=100.0, margin_column_gap=10.0, **page
    )
    found = msgspec.structs.replace(styles, page=changed)
    for key in (StyleKey.PULL_QUOTE, StyleKey.CAPTION, StyleKey.NOTICE):
        found = restyled(found, key, place="margin", indent_left=0.0, indent_right=0.0)
    return found


def pulled(words: str = "Pulled") -> nodes.PullQuote:
    return nodes.PullQuote(content=(t(words),))


def notice(*content: nodes.Block) -> nodes.Group:
    return nodes.Group(role=GroupRole.NOTICE, title=(t("Mind"),), content=content)


def frames(package: Package) -> dict[str, dict[str, str]]:
    """The frames of paragraphs, by their text, with the attributes that place them."""
    found = {}
    for paragraph in package.xml().iter(f"{W}p"):
        frame = paragraph.find(f"{W}pPr/{W}framePr")
        if frame is not None:
            words = "".join(run.text or "" for run in paragraph.iter(f"{W}t"))
            found[words] = {name.removeprefix(W): str(value) for name, value in frame.attrib.items()}
    return found


def test_a_pull_quote_stands_in_a_frame_in_the_outer_margin() -> None:
    styles = margined()
    package = written(p("Before."), pulled(), p("After."), styles=styles)
    (frame,) = frames(package).values()
    assert frame["w"] == str(twips(100.0))
    assert frame["x"] == str(twips(styles.page.width - 130.0 + 10.0))
    assert (frame["hAnchor"], frame["vAnchor"], frame["wrap"]) == ("page", "text", "around")


def test_beside_what_takes_some_of_the_margin_it_stands_in_the_text() -> None:
    wide = restyled(margined(), StyleKey.CASE, indent_right=-60.0)
    case = nodes.Group(role=GroupRole.CASE, content=(p("Wide."),))
    assert frames(written(p("Before."), pulled(), case, p("After."), styles=wide)) == {}
    assert len(frames(written(p("Before."), pulled(), p("After."), case, styles=wide))) == 1


def test_beside_what_stands_in_the_margin_a_heading_does_not_reach_out() -> None:
    styles = restyled(margined(), StyleKey.HEADING_1, indent_right=-60.0)
    long = pulled("Pulled, at some length, so that it goes far down beside the text. " * 6)
    for above, reaches in ((pulled("Short"), True), (long, False)):
        package = written(above, p("A line. " * 60), section("Head", p("After.")), styles=styles)
        (heading,) = package.find("//w:p[w:pPr/w:pStyle/@w:val='Heading1']")
        indents = [each.get(f"{W}right") for each in heading.iter(f"{W}ind")]
        assert indents == ([] if reaches else ["0"])


def test_a_heading_stands_over_all_columns_with_what_follows_it_there() -> None:
    styles = restyled(sheet(), StyleKey.CASE, all_columns=True)
    page = msgspec.structs.replace(styles.page, columns=2, column_gap=12.0)
    styles = msgspec.structs.replace(styles, page=page)
    case = nodes.Group(role=GroupRole.CASE, content=(p("Wide."),))
    package = written(p("Before."), section("Head", case, p("After.")), styles=styles)
    body = package.xml()[0]
    said: list[tuple[str, str]] = []
    words = ""
    for each in body:
        words += "".join(run.text or "" for run in each.iter(f"{W}t"))
        for properties in each.iter(f"{W}sectPr"):
            said.append((words, properties.find(f"{W}cols").get(f"{W}num", "1")))
            words = ""
    assert [(words, number) for words, number in said if words][-3:] == [
        ("Before.", "2"), ("HeadCase studyWide.", "1"), ("After.", "2")
    ]  # fmt: skip


def test_on_facing_pages_the_frame_stands_outside() -> None:
    (frame,) = frames(written(pulled(), p("After."), styles=margined(facing=True))).values()
    assert frame["xAlign"] == "outside"
    assert "x" not in frame


def test_all_paragraphs_of_a_group_stand_beside_the_text() -> None:
    package = written(notice(p("One."), p("Two.")), p("After."), styles=margined())
    assert list(frames(package)) == ["Mind", "One.", "Two."]
    assert len({tuple(frame.items()) for frame in frames(package).values()}) == 1


@pytest.mark.parametrize("changes", [{"margin_column": 0.0}, {"columns": 2}])
def test_without_a_margins_column_it_stands_in_the_text(changes: dict[str, Any]) -> None:
    styles = margined()
    styles = msgspec.structs.replace(styles, page=msgspec.structs.replace(styles.page, **changes))
    assert frames(written(pulled(), p("After."), styles=styles)) == {}


def test_what_stands_in_another_block_stays_there() -> None:
    inner = nodes.Group(role=GroupRole.CASE, content=(notice(p("One.")),))
    assert frames(written(inner, p("After."), styles=margined())) == {}


def test_a_caption_stays_where_references_find_it_and_the_export_says_so() -> None:
    figure = nodes.Figure(content=(p("Shown."),), caption=nodes.Caption(content=(t("What it is"),)))
    made = manuscript(document(figure), styles=margined())
    assert frames(written(figure, styles=margined())) == {}
    said = [each.message for each in losses("docx", made.styles, made.resolved)]
    assert [each.partition(":")[0] for each in said if "caption" in each] == ["style.caption.place"]
    other = manuscript(document(figure))
    assert not any("caption" in each.message for each in losses("docx", other.styles, other.resolved))


def in_columns(**style: Any) -> StyleSheet:
    return restyled(sheet(), StyleKey.KEY_POINTS, columns=2, column_gap=18.0, **style)


def points() -> nodes.Group:
    return nodes.Group(
        role=GroupRole.KEY_POINTS, title=(t("In short"),), content=(items("one", "two", "three"),)
    )


def sections(package: Package) -> list[tuple[str, str, str]]:
    """Of each section: the last words in it, how many columns, and their gap."""
    found, words = [], ""
    for each in package.xml().iter(f"{W}p", f"{W}sectPr"):
        if each.tag == f"{W}p":
            words = "".join(run.text or "" for run in each.iter(f"{W}t")) or words
        else:
            columns = each.find(f"{W}cols")
            found.append((words, columns.get(f"{W}num", "1"), columns.get(f"{W}space", "")))
    return found


def test_a_group_in_columns_is_a_section_below_its_title() -> None:
    package = written(points(), p("After."), styles=in_columns())
    title, columns, text = sections(package)[-3:]
    assert title[:2] == ("In short", "1")
    assert columns == ("three", "2", str(twips(18.0)))
    assert text[:2] == ("After.", "1")
    kinds = [each.get(f"{W}val") for each in package.find("//w:sectPr/w:type")]
    assert kinds[-2:] == ["continuous", "continuous"]


def test_a_group_within_another_has_no_columns() -> None:
    inner = nodes.Group(role=GroupRole.CASE, content=(points(),))
    assert {columns for _, columns, _ in sections(written(inner, p("After."), styles=in_columns()))} == {"1"}


def test_what_stands_over_all_columns_is_a_section_of_one() -> None:
    page = msgspec.structs.replace(sheet().page, columns=2, column_gap=18.0)
    styles = restyled(msgspec.structs.replace(sheet(), page=page), StyleKey.NOTICE, all_columns=True)
    package = written(p("Before."), notice(p("Over all.")), p("After."), styles=styles)
    assert [found[:2] for found in sections(package)][-3:] == [
        ("Before.", "2"),
        ("Over all.", "1"),
        ("After.", "2"),
    ]


def breaks(styles: StyleSheet) -> int:
    package = written(p("Before."), points(), p("After."), styles=styles)
    own = package.find("//w:body//w:pageBreakBefore[not(@w:val='0')]")
    named = package.find("//w:style[.//w:pageBreakBefore]/@w:styleId", "word/styles.xml")
    return len(own) + sum(style in named for style, _ in package.styles_of())


def test_what_begins_a_page_in_long_documents_does_not_in_short_ones() -> None:
    styles = restyled(sheet(), StyleKey.KEY_POINTS, break_before="page", break_when="long")
    assert breaks(styles) == 1
    assert breaks(without_breaks(styles)) == 0
    always = restyled(sheet(), StyleKey.KEY_POINTS, break_before="page")
    assert breaks(without_breaks(always)) == 1


def test_limits_of_letter_spaces_are_told_where_lines_are_justified() -> None:
    options = msgspec.structs.replace(sheet().text, letter_space_minimum=-0.01, letter_space_maximum=0.02)
    styles = msgspec.structs.replace(sheet(), text=options)
    made = manuscript(document(p("x")), styles=styles)
    names = [each.message.partition(":")[0] for each in losses("docx", styles, made.resolved)]
    assert names == ["lines.letter-space-minimum, lines.letter-space-maximum"]
    ragged = restyled(styles, StyleKey.PARAGRAPH, align="left")
    assert losses("docx", ragged, manuscript(document(p("x")), styles=ragged).resolved) == ()


def test_collected_notes_stay_at_the_foot_and_the_export_says_so() -> None:
    noted = p("Said.", note(p("Noted.")))
    for form, told in (("pdf", True), ("press", True), ("docx", True), ("epub", False)):
        asked = losses(form, sheet(), manuscript(document(noted, section("End", nodes.Notes()))).resolved)
        assert any("notes: notes stand at the foot" in each.message for each in asked) == told
        plain = losses(form, sheet(), manuscript(document(noted)).resolved)
        assert not any("notes: notes" in each.message for each in plain)
