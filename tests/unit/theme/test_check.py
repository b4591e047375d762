"""Checks: fonts, geometry, contrast against what is really behind the text, small type."""

from __future__ import annotations

import pytest

from octavo.diagnostics import Diagnostic
from octavo.errors import ThemeError
from octavo.fonts.book import Face, FontBook
from octavo.theme.load import load_theme
from octavo.theme.resolve import resolve_theme
from octavo.theme.style import Medium
from tests.unit.theme.themes import book, faults, load, reader, warnings

ALONE = 'extends = ""\n'


def told(said: Diagnostic) -> str:
    message = said.message.partition(" (and ")[0]
    return message.replace(" has a contrast of ", ", ").replace("; ", " for ").removesuffix(":1 is wanted")


def test_a_stack_without_any_font_at_hand_is_a_fault_told_once() -> None:
    (fault,) = faults('[token.font]\ntext = ["Sorce Serif Pro"]')
    assert fault.code == "theme-unknown-font"
    assert fault.hint == "did you mean `Source Serif Pro`?" or "lists" in fault.hint
    assert str(fault.position) == "my.toml:2:1"


def test_a_first_font_that_is_not_at_hand_is_a_warning() -> None:
    (said,) = warnings(ALONE + '[style.title]\nfont = ["Garamond", "Noto Sans"]')
    assert said.code == "theme-font-missing"
    assert "`Noto Sans` stands in for it" in said.message


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ('margin-inner = "200mm"', "a column of text is left a width of"),
        ('columns = 4\ncolumn-gap = "5cm"', "a column of text is left a width of"),
        ('margin-top = "260mm"', "a page is left a height of"),
        ('margin-bottom = "260mm"', "a page is left a height of"),
        ('first-margin-top = "260mm"', "a first page is left a height of"),
    ],
)
def test_a_page_without_room_is_a_fault(page: str, message: str) -> None:
    found = faults(f"[page]\n{page}")
    assert found[0].code == "theme-geometry"
    assert message in "\n".join(each.message for each in found)
    assert str(found[0].position) == "my.toml:2:1"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[style.lead]\ncolor = "#999999"', "style.lead: #999999 on #ffffff, 2.85:1 for 4.5"),
        ('[style.title]\nsize = "18pt"\ncolor = "#999999"', "style.title: #999999 on #ffffff, 2.85:1 for 3"),
        (
            '[style.title]\nsize = "14pt"\nweight = 700\ncolor = "#aaaaaa"',
            "style.title: #aaaaaa on #ffffff, 2.32:1 for 3",
        ),
        (
            '[style.notice]\nbackground = "#222222"\ncolor = "#ffffff"\n[style.notice.paragraph]\ncolor = "#444444"',
            "style.notice.paragraph: #444444 on #222222, 1.63:1 for 4.5",
        ),
        (
            '[style.notice]\nbackground = "#222222"\ncolor = "#ffffff"\n[mark.link]\ncolor = "#0000aa"',
            "mark.link, in notice: #0000aa on #222222, 1.20:1 for 4.5",
        ),
        (
            '[style.table-head]\nbackground = "#222222"',
            "style.table-head: #000000 on #222222, 1.32:1 for 4.5",
        ),
        (
            '[style.table]\nbackground = "#222222"\ncolor = "#ffffff"\n[style.table-cell]\ncolor = "#222222"',
            "style.table-head: #222222 on #222222, 1.00:1 for 4.5",
        ),
        ('[mark.code]\nbackground = "#333333"', "mark.code, in text: #000000 on #333333, 1.66:1 for 4.5"),
    ],
)
def test_pale_text_is_told(text: str, message: str) -> None:
    said = warnings(ALONE + text)
    assert said[0].code == "theme-contrast"
    assert told(said[0]) == message


@pytest.mark.parametrize(
    "text",
    [
        '[style.title]\nsize = "18pt"\ncolor = "#909090"',
        '[style.title]\nsize = "14pt"\nweight = 700\ncolor = "#909090"',
        '[style.notice]\nbackground = "#222222"\ncolor = "#ffffff"',
        '[style.masthead]\ncolor = "#fefefe"',
    ],
)
def test_text_that_can_be_read_is_not_told(text: str) -> None:
    assert warnings(ALONE + text) == ()


def test_small_type_is_told() -> None:
    assert [each.code for each in warnings(ALONE + '[style.credit]\nsize = "6.9pt"')] == ["theme-small-type"]


def test_an_indent_that_leaves_the_page_is_told() -> None:
    (said,) = warnings(ALONE + '[style.title]\nindent-left = "-26mm"')
    assert said.code == "theme-off-page"
    assert str(said.position) == "my.toml:3:1"


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ('running-left = "-20mm"', ""),
        ('running-left = "-23mm"', "page.running-left"),
        ('margin-outer = "22mm"\nrunning-left = "-20mm"', ""),
        ('facing = true\nmargin-outer = "22mm"\nrunning-left = "-20mm"', "page.running-left"),
    ],
)
def test_running_lines_at_the_edge_of_the_page_are_told(page: str, said: str) -> None:
    found = warnings(f'[page]\nmargin-inner = "25mm"\n{page}\n')
    assert [each.message.partition(":")[0] for each in found] == [said] * bool(said)


@pytest.mark.parametrize(
    ("bits", "said"),
    [(2, "being embedded"), (0x100, "being embedded in part"), (4, ""), (8, ""), (0, ""), (6, "")],
)
def test_a_font_that_editions_must_not_hold_is_found_with_the_other_faults(bits: int, said: str) -> None:
    face = Face(family="Closed", weight=400, italic=False, load=lambda: b"", origin="test", embedding=bits)
    fonts = FontBook([*book().faces, face])
    theme = load('[token.font]\ntext = ["Closed", "Noto Sans"]\n[style.text]\nsize = "0pt"\n')
    with pytest.raises(ThemeError) as caught:
        resolve_theme(theme, Medium.SCREEN, fonts)
    found = {each.code: each for each in caught.value.diagnostics}
    assert "theme-value" in found
    assert ("font-not-embeddable" in found) is bool(said)
    if said:
        told = found["font-not-embeddable"]
        assert told.message == f"token.font.text: the licence of font `Closed` forbids {said}"
        assert told.position is not None
        assert told.position.line == 2
        assert "another family" in told.hint


def test_what_asks_for_a_margin_that_is_not_there_is_told() -> None:
    said = warnings('[style.caption]\nplace = "margin"\n')
    assert [each.code for each in said] == [
        "theme-no-margin-column"
    ] * 2  # the credit is based on the caption
    assert str(said[0].position) == "my.toml:2:1"
    assert "`page.margin-column` is 0" in said[0].message
    columns = warnings('[page]\nmargin-column = "20mm"\ncolumns = 2\n[style.pull-quote]\nplace = "margin"\n')
    assert [each.message for each in columns if each.code == "theme-no-margin-column"] == [
        "style.pull-quote: there is no margin's column to stand in, since the page has several columns"
    ]


def test_a_margin_column_wider_than_its_margin_is_told() -> None:
    (said,) = warnings('[page]\nmargin-column = "40mm"\n')
    assert said.code == "theme-off-page"
    assert "the outer margin has" in said.message


def test_faults_of_fonts_are_told_together_with_those_of_form() -> None:
    text = '[token.font]\ntext = ["Nowhere Sans"]\n[style.titel]\nsize = "9pt"\n'
    with pytest.raises(ThemeError) as caught:
        load_theme("my", reader(my=text), book())
    assert {each.code for each in caught.value.diagnostics} == {"theme-unknown-font", "theme-unknown-key"}


def test_a_size_without_its_leading_is_told_where_lines_run_into_one_another() -> None:
    (said,) = warnings('[style.heading-1]\nsize = "30pt"\n')
    assert said.code == "theme-tight-lines"
    assert str(said.position) == "my.toml:2:1"
    assert '"36pt"' in said.hint
    assert warnings('[style.heading-1]\nsize = "30pt"\nleading = 1.0\n') == ()
    (token,) = warnings('[token.size]\nhead = "30pt"\n')
    assert str(token.position) == "my.toml:2:1"
    (pair,) = warnings('[style.key-points.list-item]\nsize = "30pt"\nleading = 0.5\n')
    assert pair.message.startswith("style.key-points.list-item: ")


def test_a_masthead_over_the_text_is_told() -> None:
    text = '[page]\nfirst-margin-top = "120mm"\n[page.masthead]\nshow = true\nheight = "150mm"\n'
    (said,) = warnings(text)
    assert said.code == "theme-masthead-over-text"
    assert str(said.position) == "my.toml:5:1"
    assert "first-margin-top" in said.hint
    assert warnings(text.replace("120mm", "160mm")) == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[style.heading-1]\nall-columns = true", "whole blocks"),
        ("[style.paragraph]\ndrop-initial = 3", "for headings"),
        ("[style.list]\ncolumns = 2", "for groups"),
        ('[style.figure]\nplace = "margin"', "pull quotes and captions"),
        ('[style.paragraph]\nmarker = "-"', "list items and dividers"),
        ("[style.notice.key-points]\ncolumns = 2", "stand in no other"),
        ("[style.notice.list-item]\nall-columns = true", "stand in no other"),
        ('[style.code-block.caption]\nplace = "margin"', "stand in no other"),
        ("[style.table.table-cell]\nitalic = true", "for `caption` alone"),
        ("[style.list.paragraph]\nitalic = true", "for nothing that it holds"),
    ],
)
def test_a_property_that_does_nothing_where_it_stands_is_told(text: str, why: str) -> None:
    (said,) = (each for each in warnings(text) if each.code == "theme-no-effect")
    assert str(said.position) == "my.toml:2:1"
    assert why in said.message


@pytest.mark.parametrize(
    "text",
    [
        "[style.heading]\ndrop-initial = 3",
        "[style.group]\ncolumns = 2",
        "[style.quote]\nall-columns = true",
        "[style.paragraph]\nall-columns = false\ncolumns = 1",
        '[style.list-item]\nmarker = "-"',
    ],
)
def test_a_property_that_others_take_over_or_that_is_off_is_not_told(text: str) -> None:
    assert warnings(text) == ()


def test_a_pair_of_colours_is_told_once_and_where_it_is_seen_most() -> None:
    text = '[style.key-points]\nbackground = "#15131f"\ncolor = "#ffffff"\n'
    said = [each.message for each in warnings(text)]
    assert any(each.startswith("style.key-points.group-title: #1c1f23 on #15131f") for each in said)
    assert any("more like it)" in each for each in said)
