from __future__ import annotations

import io

import pikepdf
import pytest

from octavo.tree import nodes
from octavo.writers.pdf.navigation import page_labels
from octavo.writers.pdf.writer import PdfWriter
from tests.unit.writers.pdf.handmade import manuscript_of, resolved_of
from tests.unit.writers.pdf.samples import RICH_TEXT, paragraph, words


def opened(*content: nodes.Block) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(PdfWriter().write(manuscript_of(resolved_of(*content))).data))


@pytest.mark.parametrize(
    ("labels", "tree"),
    [
        (["1", "2", "3"], "<</Nums[0<</S/D/St 1>>]>>"),
        (["i", "ii", "iii", "iv", "1", "2"], "<</Nums[0<</S/r/St 1>> 4<</S/D/St 1>>]>>"),
        (["I", "II"], "<</Nums[0<</S/R/St 1>>]>>"),
        (["5", "6", "8"], "<</Nums[0<</S/D/St 5>> 2<</S/D/St 8>>]>>"),
        (["", "2"], "<</Nums[0<</P()>> 1<</S/D/St 2>>]>>"),
        (["A-1", "iiii", "Iv"], "<</Nums[0<</P(A-1)>> 1<</P(iiii)>> 2<</P(Iv)>>]>>"),
    ],
)
def test_page_labels(labels: list[str], tree: str) -> None:
    assert page_labels(labels) == tree


def test_the_outline_nests_and_shows_numbers() -> None:
    content = (
        nodes.Section(title=words("One"), content=(nodes.Section(title=words("Under")), paragraph("x"))),
        nodes.Section(title=words("Two")),
    )
    with opened(*content) as pdf, pdf.open_outline() as outline:
        shape = [(item.title, [child.title for child in item.children]) for item in outline.root]
    assert shape == [("1 One", ["1.1 Under"]), ("2 Two", [])]


def test_a_document_without_headings_has_no_outline() -> None:
    with opened(paragraph("x")) as pdf:
        assert "/Outlines" not in pdf.Root


def test_links_lead_to_names_and_addresses() -> None:
    with opened(*RICH_TEXT) as pdf:
        annotations = [each for page in pdf.pages for each in page.obj.get("/Annots", [])]
        names = [bytes(each) for each in pdf.Root.Names.Dests.Names][::2]
        inside = [bytes(each.Dest) for each in annotations if "/Dest" in each]
        outside = [str(each.A.URI) for each in annotations if "/A" in each]
    assert {b"first", b"second"} <= set(inside) <= set(names)
    assert "https://example.org/%C3%A9?x=1%202" in outside
    assert all(int(each.F) == 4 and "/Contents" in each and "/StructParent" in each for each in annotations)


def test_a_link_to_nowhere_is_no_link() -> None:
    link = nodes.Link(target="#nowhere", content=words("lost"))
    with opened(nodes.Paragraph(content=(link,))) as pdf:
        assert "/Annots" not in pdf.pages[0].obj


def test_destinations_stand_a_little_above_their_target() -> None:
    with opened(paragraph("x"), nodes.Section(id="here", title=words("Here"))) as pdf:
        entries = list(pdf.Root.Names.Dests.Names)
        place = entries[[bytes(each) for each in entries[::2]].index(b"here") * 2 + 1]
        assert place[1] == "/XYZ"
        assert 0 < float(place[3]) <= 400


@pytest.mark.parametrize("last", [False, True])
def test_what_shows_nothing_is_found_where_its_neighbour_stands(last: bool) -> None:
    empty = nodes.Paragraph(content=(nodes.Span(content=(), id="here"),))
    beside = nodes.Section(id="beside", title=words("Beside"))
    link = nodes.Paragraph(content=(nodes.Link(target="#here", content=words("there")),))
    with opened(link, *((beside, empty) if last else (empty, beside))) as pdf:
        entries = list(pdf.Root.Names.Dests.Names)
        found = dict(zip((bytes(each) for each in entries[::2]), entries[1::2], strict=True))
        (annotation,) = pdf.pages[0].obj.Annots
        assert bytes(annotation.Dest) == b"here"
        here, there = (float(found[name][3]) for name in (b"here", b"beside"))
        assert here <= there if last else here == there
