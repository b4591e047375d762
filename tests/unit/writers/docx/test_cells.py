"""Lists within the cells of a Word table: marked, set in and spaced as in print."""

from __future__ import annotations

import pytest
from lxml import etree

from octavo.tree import nodes
from tests.unit.writers.docx.documents import Package, W, cell, items, media, png, written


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
