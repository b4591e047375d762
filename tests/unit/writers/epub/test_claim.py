"""The claim of accessibility stands where nothing is missing, and nowhere else; its wording is the standard's."""

from __future__ import annotations

import msgspec
import pytest

from octavo.tree import Document
from octavo.tree import nodes as n
from octavo.tree.metadata import Metadata
from octavo.writers.epub.options import EpubOptions
from octavo.writers.epub.writer import EpubWriter
from tests.unit.writers.epub.making import POLICY, book, layout, manuscript, raster, styles

WHOLE = Metadata(title="T", language="en")
CLAIM = ">EPUB Accessibility 1.1 - WCAG 2.1 Level AA</meta>"


def words(said: str) -> tuple[n.Inline, ...]:
    return (n.Text(text=said),)


def plain(said: str = "Words.") -> n.Paragraph:
    return n.Paragraph(content=words(said))


def table(*, headed: bool) -> n.Table:
    row = n.Row(cells=(n.Cell(content=(plain("1"),)),))
    return n.Table(columns=(n.Column(),), head=(row,) if headed else (), bodies=(n.TableBody(rows=(row,)),))


def picture(alt: str, *, decorative: bool = False) -> n.Paragraph:
    return n.Paragraph(content=(n.Image(source="chart.png", alt=alt, decorative=decorative),))


@pytest.mark.parametrize(
    "block", [plain(), table(headed=True), picture("What it shows"), picture("", decorative=True)]
)
def test_what_lacks_nothing_claims_it(block: n.Block) -> None:
    made = book(Document(metadata=WHOLE, content=(block,)), media={"chart.png": raster()})
    assert CLAIM in made.text("package.opf")
    assert 'property="a11y:certifiedBy" refines="#conformance"' in made.text("package.opf")
    assert not made.diagnostics


@pytest.mark.parametrize(
    ("metadata", "block", "said"),
    [
        (Metadata(language="en"), plain(), "there is no title"),
        (Metadata(title="T"), plain(), "the language is not said"),
        (WHOLE, table(headed=False), "1 table has no head"),
        (WHOLE, picture(""), "1 image has no alternative text"),
        (WHOLE, n.Section(title=(), content=(plain(),)), "1 section has no title"),
    ],
)
def test_what_lacks_something_says_so_in_place_of_the_claim(
    metadata: Metadata, block: n.Block, said: str
) -> None:
    made = book(Document(metadata=metadata, content=(block,)), media={"chart.png": raster()})
    assert "conformsTo" not in made.text("package.opf")
    assert "certifiedBy" not in made.text("package.opf")
    assert [each.code for each in made.diagnostics] == ["accessibility-not-claimed"]
    assert said in made.diagnostics[0].message


def test_a_pale_theme_makes_no_claim() -> None:
    pale = styles(text='extends = "policy"\nname = "own"\n[style.paragraph]\ncolor = "#aaaaaa"\n')
    made = book(Document(metadata=WHOLE, content=(plain(),)), sheet=pale)
    assert "conformsTo" not in made.text("package.opf")
    assert "too little contrast" in made.diagnostics[0].message


@pytest.mark.parametrize("name", ["academic", "base", "book", "newsletter", "plain", "policy", "report"])
def test_shipped_themes_keep_no_one_from_the_claim(name: str) -> None:
    made = book(Document(metadata=WHOLE, content=(plain(),)), sheet=styles(name))
    assert CLAIM in made.text("package.opf")


def test_the_page_list_may_be_left_out() -> None:
    given = manuscript(
        Document(metadata=WHOLE, content=(plain(),)), sheet=POLICY, layout=layout(("1", 0, 0), ("2",))
    )
    without = EpubWriter(EpubOptions(page_list=False))
    assert (EpubWriter().needs_layout, without.needs_layout) == (True, False)
    alone = msgspec.structs.replace(given, layout=None)
    assert without.write(given).data == without.write(alone).data == EpubWriter().write(alone).data
    assert EpubWriter().write(given).data != without.write(given).data


def test_a_citation_links_each_of_its_works() -> None:
    entries = tuple(n.Entry(id=name, content=words(name), label=name.upper()) for name in ("lee", "kim"))
    cited = n.Paragraph(content=(n.Citation(targets=("kim", "lee"), locator="p. 7"),))
    made = book(Document(metadata=WHOLE, content=(cited, n.Bibliography(entries=entries))))
    kind = 'epub:type="biblioref" role="doc-biblioref"'
    assert f'[<a href="#kim" {kind}>KIM</a>, <a href="#lee" {kind}>LEE</a>, p. 7]' in made.text()


def test_a_citation_in_words_of_its_own_links_the_first_work() -> None:
    entries = tuple(n.Entry(id=name, content=words(name), label=name.upper()) for name in ("lee", "kim"))
    cited = n.Paragraph(content=(n.Citation(targets=("kim", "lee"), text="Kim and Lee"),))
    made = book(Document(metadata=WHOLE, content=(cited, n.Bibliography(entries=entries))))
    assert ">Kim and Lee</a>" in made.text()
