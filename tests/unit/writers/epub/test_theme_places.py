"""Where a theme's blocks stand in an e-book: columns on wide screens, the margin's within the text, breaks of pages."""

from __future__ import annotations

import re

import pytest

from octavo.checks.parity.reasons import losses
from octavo.theme.breaks import without_breaks
from octavo.theme.style import StyleSheet
from octavo.tree import Document
from octavo.tree import nodes as n
from octavo.tree.metadata import Metadata
from octavo.tree.nodes import GroupRole
from tests.unit.writers.epub.features import paragraph, text
from tests.unit.writers.epub.making import Book, book, resolved, styles

MARGIN = """
[page]
margin-outer = "64mm"
margin-column = "40mm"
margin-column-gap = "7mm"
[style.pull-quote]
place = "margin"
[style.caption]
place = "margin"
"""


def own(toml: str, extends: str = "policy") -> StyleSheet:
    return styles(text=f'name = "own"\nextends = "{extends}"\n{toml}')


def made(*content: n.Block, sheet: StyleSheet) -> Book:
    return book(Document(metadata=Metadata(language="en"), content=content), sheet=sheet)


def points() -> n.Group:
    return n.Group(
        role=GroupRole.KEY_POINTS,
        title=text("In short"),
        content=(n.List(items=tuple(n.ListItem(content=(paragraph(each),)) for each in ("one", "two"))),),
    )


def said(sheet: StyleSheet, *content: n.Block) -> list[str]:
    document = Document(metadata=Metadata(language="en"), content=content)
    return [each.message.partition(":")[0] for each in losses("epub", sheet, resolved(document, sheet))]


@pytest.mark.parametrize(("count", "width"), [(2, 36), (3, 54)])
def test_columns_of_a_group_stand_side_by_side_where_the_screen_has_room(count: int, width: int) -> None:
    rules = made(points(), sheet=own(f'[style.key-points]\ncolumns = {count}\ncolumn-gap = "21pt"\n')).text(
        "style.css"
    )
    blocks = re.findall(rf"@media \(min-width: {width}em\) \{{\n(.*?)\n\}}", rules, re.DOTALL)
    said = "\n".join(blocks)
    assert f"section.key-points {{ column-count: {count}; column-gap: 2em }}" in said
    assert "section.key-points > p[class$=group-title] { column-span: all }" in said
    assert rules.count("column-count") == 1


def test_what_print_has_in_the_margin_stands_within_the_text_in_its_order() -> None:
    pulled = n.PullQuote(content=text("Pulled"))
    figure = n.Figure(content=(paragraph("Shown"),), caption=n.Caption(content=text("What it is")))
    sheet = own(MARGIN)
    words = re.sub(r"<[^>]+>|\s+", " ", made(paragraph("Before"), pulled, figure, sheet=sheet).text())
    assert re.search(r"Before\s+Pulled\s+Shown.*What it is", words)
    rules = made(pulled, figure, sheet=sheet).text("style.css")
    assert "float" not in re.sub(r"\.formula-number \{[^}]*\}", "", rules)
    assert not re.search(r"[;{] position:", rules)
    assert said(sheet, pulled, figure) == ["page.margin-column"]
    assert said(own("")) == []


def test_what_begins_a_page_in_long_documents_does_not_in_short_ones() -> None:
    sheet = own('[style.key-points]\nbreak-before = "page"\nbreak-when = "long"\n')
    rule = re.compile(r"section\.key-points \{[^}]*break-before: page")
    assert rule.search(made(points(), sheet=sheet).text("style.css"))
    assert not rule.search(made(points(), sheet=without_breaks(sheet)).text("style.css"))
    always = own('[style.key-points]\nbreak-before = "page"\n')
    assert rule.search(made(points(), sheet=without_breaks(always)).text("style.css"))


def test_limits_of_letter_spaces_are_told_and_change_nothing() -> None:
    spread = own("[lines]\nletter-space-minimum = -0.01\nletter-space-maximum = 0.02\n")
    assert said(spread, paragraph("x")) == ["lines.letter-space-minimum, lines.letter-space-maximum"]
    assert made(paragraph("x"), sheet=spread).text("style.css") == made(paragraph("x"), sheet=own("")).text(
        "style.css"
    )


def test_what_stands_over_all_columns_stands_in_the_one_that_there_is() -> None:
    sheet = own("[page]\ncolumns = 2\n[style.key-points]\nall-columns = true\n")
    assert "column-span" not in made(points(), sheet=sheet).text("style.css")
    assert said(sheet, points()) == ["page.columns"]


def test_each_heading_s_initial_is_as_deep_as_the_theme_says() -> None:
    sheet = own("[style.heading-1]\ndrop-initial = 3\n[style.heading-2]\ndrop-initial = 2\n")
    inner = n.Section(title=text("Inner"), content=(paragraph("Below it."),))
    outer = n.Section(title=text("Outer"), content=(paragraph("Above it."), inner))
    found = made(outer, sheet=sheet)
    assert re.search(r'<p class="[^"]*drop-initial-3"[^>]*>Above', found.text())
    assert re.search(r'<p class="[^"]*drop-initial-2"[^>]*>Below', found.text())
    depths = re.findall(r"\.drop-initial-(\d)::first-letter", found.text("style.css"))
    assert depths == ["2", "3"]


def test_a_book_that_is_all_in_italics_or_in_capitals_says_so_of_its_body() -> None:
    unusual = 'italic = true\nweight = 300\nletter-spacing = "0.1em"\ncase = "upper"\nsmall-caps = true\n'
    rules = made(paragraph("x"), sheet=own(f'[style.text]\n{unusual}align = "right"\n')).text("style.css")
    body = next(line for line in rules.split("\n") if line.startswith("body { margin"))
    for said in (
        "font-style: italic", "font-weight: 300", "letter-spacing: 0.1em", "text-transform: uppercase",
        "font-variant-caps: small-caps", "text-align: end",
    ):  # fmt: skip
        assert said in body
    usual = next(
        line for line in made(paragraph("x"), sheet=own("")).text("style.css").split("\n") if "body {" in line
    )
    assert not re.search("font-style|font-weight|letter-spacing|text-transform|font-variant-caps", usual)
