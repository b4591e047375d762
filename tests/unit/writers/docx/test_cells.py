"""The cells of a Word table: what stands in them has the room, and the place, that it has in print."""

from __future__ import annotations

import msgspec
import pytest
from lxml import etree

from octavo.environment import installed_fonts
from octavo.tree import nodes
from octavo.tree.semantics import StyleKey
from octavo.writers.docx.typefaces import Typefaces
from tests.unit.writers.docx.documents import Package, W, cell, items, media, png, row, sheet, written


def _indents(package: Package, paragraph: etree._Element) -> tuple[int, int]:
    """How far a paragraph of a list stands in, and how far its marker hangs, in twips, by itself or by its styles."""
    found = paragraph.find(f"{W}pPr/{W}ind")
    style = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
    while found is None:
        (said,) = package.find(f"//w:style[@w:styleId='{style}']", "word/styles.xml")
        found = said.find(f"{W}pPr/{W}ind")
        style = said.find(f"{W}basedOn").get(f"{W}val")
    return int(found.get(f"{W}left")), int(found.get(f"{W}hanging", "0"))


def _table(*others: str) -> nodes.Table:
    """A table with a list in its first column, which is the narrower the more others there are."""
    held = nodes.Cell(content=(items("near", "far"),))
    body = nodes.TableBody(rows=(nodes.Row(cells=(held, *(cell(each) for each in others))),))
    return nodes.Table(columns=(nodes.Column(),) * (1 + len(others)), bodies=(body,))


@pytest.mark.parametrize("others", [1, 8, 14], ids=["wide", "narrow", "cramped"])
def test_no_marker_hangs_out_of_its_cell(others: int) -> None:
    package = written(_table(*("some words that want room of their own",) * others))
    listed = package.find("//w:tc//w:p[w:pPr/w:pStyle[contains(@w:val, 'ListBullet')]]")
    assert len(listed) == 2
    for each in listed:
        left, hanging = _indents(package, each)
        assert left >= hanging > 0


def test_a_cell_begins_and_ends_with_its_text() -> None:
    package = written(_table("word"))
    first, last = package.find(
        "//w:tc//w:p[w:pPr/w:pStyle[contains(@w:val, 'ListBullet')]]/w:pPr/w:pStyle/@w:val"
    )
    spaces = []
    for style, side in ((first, "before"), (last, "after")):
        name = str(style)
        while True:
            (said,) = package.find(f"//w:style[@w:styleId='{name}']", "word/styles.xml")
            found = said.find(f"{W}pPr/{W}spacing")
            if found is not None and found.get(f"{W}{side}") is not None:
                break
            name = said.find(f"{W}basedOn").get(f"{W}val")
        spaces.append(int(found.get(f"{W}{side}")))
    assert spaces == [0, 0]


def test_a_picture_in_a_cell_is_as_wide_as_it_asks() -> None:
    picture = nodes.Paragraph(content=(nodes.Image(source="map.png", alt="A map", width=75.0),))
    body = nodes.TableBody(rows=(nodes.Row(cells=(nodes.Cell(content=(picture,)), cell("words"))),))
    package = written(
        nodes.Table(columns=(nodes.Column(),) * 2, bodies=(body,)), files={"map.png": media("map.png", png())}
    )
    assert [str(each) for each in package.find("//w:tc//*[local-name()='extent']/@cx")] == [str(75 * 12_700)]


def test_heads_stand_above_what_they_head_and_their_rule_goes_on_below_those_over_rows() -> None:
    """ECMA-376-1, 17.4.84: the rule below merged cells is that of the last of them."""
    head = (
        row(
            msgspec.structs.replace(cell("Field"), row_span=2),
            msgspec.structs.replace(cell("Yields"), column_span=2),
        ),
        row("2022", "2023"),
    )
    body = nodes.TableBody(rows=(row("North", "1", "2"),))
    package = written(nodes.Table(columns=(nodes.Column(),) * 3, head=head, bodies=(body,)))
    assert len(package.find("//w:tc[w:tcPr/w:vAlign/@w:val='bottom']")) == 4
    rules = [str(each) for each in package.find("//w:tr[2]/w:tc/w:tcPr/w:tcBorders/w:bottom/@w:sz")]
    assert len(rules) == 3
    assert len(set(rules)) == 1
    assert package.find("//w:tblStylePr[@w:type='firstRow']/w:tcPr/w:vAlign", "word/styles.xml")


def test_a_column_has_a_little_more_room_than_its_longest_word_is_wide() -> None:
    long = "words that take all the room there is, and more of it than there can be on one line " * 3
    body = nodes.TableBody(rows=(row("Country", long),))
    package = written(nodes.Table(columns=(nodes.Column(),) * 2, bodies=(body,)))
    style = sheet("policy").of(StyleKey.TABLE_CELL, StyleKey.TABLE)
    word = Typefaces(installed_fonts()).width("Country", style.font, style.weight) * style.size
    width = int(str(package.find("//w:tbl/w:tblGrid/w:gridCol/@w:w")[0])) / 20
    assert word + 0.4 < width - style.padding.left - style.padding.right < word + 2
