"""What describes a table to those who cannot see it, in each edition: where its reader will look for it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pikepdf
from lxml import etree

import octavo
from octavo.tree import Document, nodes
from octavo.tree.metadata import Metadata

SAID = 'Ports in rows, <years> & tonnes in columns; "Hull" first'
XHTML = "{http://www.w3.org/1999/xhtml}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def table(alt: str) -> nodes.Table:
    cells = tuple(
        nodes.Cell(content=(nodes.Paragraph(content=(nodes.Text(text=each),)),)) for each in ("Hull", "3")
    )
    return nodes.Table(
        columns=(nodes.Column(), nodes.Column()),
        head=(nodes.Row(cells=cells),),
        bodies=(nodes.TableBody(rows=(nodes.Row(cells=cells),)),),
        caption=nodes.Caption(content=(nodes.Text(text="Catches"),)),
        alt=alt,
    )


def edition(name: str) -> bytes:
    """Two tables, of which the first is described."""
    source = Document(metadata=Metadata(title="Ports", language="en"), content=(table(SAID), table("")))
    return octavo.render(source, name, theme="policy").data


def elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = parent.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else pikepdf.Array([kids]):
        if isinstance(kid, pikepdf.Dictionary):
            yield kid
            yield from elements(kid)


def test_a_pdf_summarizes_the_table() -> None:
    with pikepdf.open(io.BytesIO(edition("pdf"))) as pdf:
        found = [each for each in elements(pdf.Root.StructTreeRoot) if each.get("/S") == "/Table"]
        attributes = [each.get("/A", pikepdf.Dictionary()) for each in found]
        assert [str(each.get("/Summary", "")) for each in attributes] == [SAID, ""]
        assert attributes[0].get("/O") == "/Table"
        # An alternative text would stand in the place of the rows.
        assert all("/Alt" not in each for each in found)


def test_an_e_book_leads_from_the_table_to_a_text_that_is_not_shown() -> None:
    archive = zipfile.ZipFile(io.BytesIO(edition("epub")))
    pages = [etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xhtml")]
    found = [(page, each) for page in pages for each in page.iter(f"{XHTML}table")]
    assert len(found) == 2
    page, described = found[0]
    (text,) = [each for each in page.iter() if each.get("id") == described.get("aria-describedby")]
    assert "".join(text.itertext()) == SAID
    assert text.get("hidden") == "hidden"
    assert found[1][1].get("aria-describedby") is None


def test_a_word_file_has_its_title_and_its_description() -> None:
    archive = zipfile.ZipFile(io.BytesIO(edition("docx")))
    root = etree.fromstring(archive.read("word/document.xml"))
    found = [
        tuple(
            None if said is None else said.get(f"{WORD}val")
            for said in (each.find(f"{WORD}tblCaption"), each.find(f"{WORD}tblDescription"))
        )
        for each in root.iter(f"{WORD}tblPr")
    ]
    assert found == [("Catches", SAID), ("Catches", None)]
