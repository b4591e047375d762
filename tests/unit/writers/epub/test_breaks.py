"""Marks of the printed pages: where they stand, how they are called, and that words stay whole."""

from __future__ import annotations

import re

from octavo.tree import Document
from octavo.tree import nodes as n
from octavo.tree.metadata import Metadata
from octavo.typeset.frames import PageStart, Part
from tests.unit.writers.epub.features import paragraph, text
from tests.unit.writers.epub.making import Start, book, layout, resolved

MARK = re.compile(
    r'<(?:span|div) epub:type="pagebreak" role="doc-pagebreak" id="([^"]*)" aria-label="([^"]*)"></(?:span|div)>'
)


def marked(*content: n.Block, starts: tuple[Start, ...], title: str = "") -> str:
    """The text with its marks as [label]."""
    document = Document(metadata=Metadata(title=title, language="en"), content=content)
    made = book(document, layout=layout(*starts)).text()
    body = made[made.index("<body") :]
    return re.sub(r"<[^>]*>|\n", "", MARK.sub(r"[\2]", body))


def test_a_mark_stands_in_mid_paragraph_at_its_character() -> None:
    words = paragraph("alpha beta ", n.Emphasis(content=text("gamma delta")), " epsilon")
    assert marked(words, starts=(("1", 1, 0), ("2", 1, 17))) == "[1]alpha beta gamma [2]delta epsilon"
    assert marked(words, starts=(("1", 1, 0), ("2", 1, 11))) == "[1]alpha beta [2]gamma delta epsilon"


def test_a_word_that_two_pages_share_is_divided_where_the_pages_turn() -> None:
    assert marked(paragraph("alphabet soup"), starts=(("1", 1, 0), ("2", 1, 5))) == "[1]alpha[2]bet soup"


def test_a_page_may_begin_below_a_quotation() -> None:
    quote = n.Quote(content=(paragraph("said"),), attribution=text("by whom"))
    below = PageStart(1, 0, Part.ATTRIBUTION)
    assert marked(quote, paragraph("more"), starts=(("1", 1, 0), ("2", below))) == "[1]said[2]by whommore"


def test_a_page_may_begin_within_a_table_of_contents() -> None:
    content: tuple[n.Block, ...] = (
        n.Contents(title=text("Contents")),
        *(n.Section(title=text(name), content=(paragraph("words"),)) for name in ("One", "Two", "Three")),
    )
    keys = {heading.number: heading.key for heading in resolved(Document(content=content)).index.headings}
    entry = PageStart(1, 0, Part.CONTENT, keys["2"])
    said = marked(*content, starts=(("1", 1, 0), ("2", entry), ("3", keys["3"], 0)))
    assert said.startswith("[1]Contents1 One[2]2 Two3 Three1 Onewords2 Twowords[3]3 Three")


def test_a_heading_s_name_holds_no_mark() -> None:
    content = (paragraph("before"), n.Section(title=text("One"), content=(paragraph("words"),)))
    made = book(Document(content=content), layout=layout(("1", 1, 0), ("2", 2, 0))).text()
    assert re.search(r'id="page-2" aria-label="2"></div>\n<h1 class="heading-1">', made)


def test_several_pages_may_begin_in_one_paragraph() -> None:
    starts = (("1", 1, 0), ("2", 1, 4), ("3", 1, 8))
    assert marked(paragraph("aaa bbb ccc"), starts=starts) == "[1]aaa [2]bbb [3]ccc"


def test_the_first_page_begins_with_the_title() -> None:
    assert marked(paragraph("words"), starts=(("1", 1, 0),), title="Title") == "[1]Titlewords"


def test_pages_without_text_begin_where_the_next_one_does() -> None:
    starts = (("i", 1, 0), ("ii",), ("iii", 2, 0), ("iv",))
    assert marked(paragraph("one"), paragraph("two"), starts=starts) == "[i]one[ii][iii]two[iv]"


def test_pages_without_a_folio_have_no_mark() -> None:
    starts = (("1", 1, 0), ("", 2, 0), ("3", 3, 0))
    assert (
        marked(paragraph("one"), paragraph("two"), paragraph("three"), starts=starts) == "[1]onetwo[3]three"
    )


def test_marks_stand_in_code_cells_and_items() -> None:
    code = n.CodeBlock(text="one\ntwo\nthree")
    assert marked(code, starts=(("1", 1, 0), ("2", 1, 4))) == "[1]one[2]twothree"
    row = n.Row(cells=(n.Cell(content=(paragraph("cell"),)),))
    table = n.Table(columns=(n.Column(),), bodies=(n.TableBody(rows=(row,)),))
    found = resolved(Document(content=(table,))).document.content[0]
    assert isinstance(found, n.Table)
    key = found.bodies[0].rows[0].key
    assert marked(table, starts=(("1", 1, 0), ("2", key, 0))) == "[1][2]cell"


def test_the_page_list_leads_to_every_mark() -> None:
    content = (
        n.Section(title=text("One"), content=(paragraph("x " * 30_000),)),
        n.Section(title=text("Two"), content=(paragraph("two"),)),
    )
    made = book(Document(content=content), layout=layout(("1", 1, 0), ("2", 2, 101), ("x", 4, 0)))
    found = re.findall(r'<li><a href="([a-z]+\.xhtml)#(page-[a-z0-9]+)">([^<]+)</a>', made.text("nav.xhtml"))
    assert found == [("one.xhtml", "page-1", "1"), ("one.xhtml", "page-2", "2"), ("two.xhtml", "page-x", "x")]
    for file, identifier, label in found:
        assert f'id="{identifier}" aria-label="{label}"' in made.text(file)
    assert made.text("toc.ncx").count("<pageTarget") == 3


def test_a_reference_to_a_page_names_it_where_pages_are_known() -> None:
    reference = n.CrossReference(target="there", form=n.ReferenceForm.PAGE)
    content = (paragraph("See ", reference), n.Section(title=text("There"), id="there"))
    document = Document(content=content)
    key = resolved(document).index.anchors["there"]
    with_pages = book(document, layout=layout(("7", 1, 0), ("8", key, 0), page_of={key: 1})).text()
    assert '<a href="#there">page\N{NO-BREAK SPACE}8</a>' in with_pages
    assert "Section\N{NO-BREAK SPACE}1" in book(document).text()
