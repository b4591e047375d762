"""Files that are broken, or mean harm: a clear error, no traceback, nothing fetched or unfolded."""

from __future__ import annotations

import io
import zipfile

import pytest

from octavo.errors import SourceError
from octavo.readers.docx import package
from octavo.tree.walk import plain_text
from tests.unit.readers.docx.files import NAMESPACES, p, parse, read, t, word_file


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


BOMB = (
    f"<!DOCTYPE x [<!ENTITY a 'boom'>]><w:document {NAMESPACES}><w:body><w:p>&a;</w:p></w:body></w:document>"
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"not a zip at all", "no zip file"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512, "password"),
        (zipped({"hello.txt": b"x"}), "lacks its part"),
        (word_file(p("x"))[:-40], "zip"),
        (word_file("", parts={"word/document.xml": b"<broken"}), "well-formed"),
        (word_file("", parts={"word/document.xml": b"<html/>"}), "no text document"),
        (word_file("", parts={"word/document.xml": BOMB.encode()}), "document type"),
        (word_file("", parts={"word/document.xml": BOMB.encode("utf-16")}), "document type"),
        (word_file("", parts={"word/styles.xml": BOMB.encode()}), "document type"),
    ],
)
def test_says_what_is_wrong(data: bytes, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse(data)
    assert words in str(caught.value)
    assert caught.value.diagnostics[0].position is not None


def test_a_part_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_XML", 10_000)
    with pytest.raises(SourceError, match="more than octavo takes"):
        parse(word_file(p("x" * 20_000)))


def test_a_package_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_PACKAGE", 10_000)
    with pytest.raises(SourceError, match="more than octavo takes"):
        parse(word_file(p("x"), parts={"word/media/a.bin": b"\0" * 20_000}))


def test_a_damaged_part_is_an_error() -> None:
    data = bytearray(word_file(p("text " * 500)))
    at = data.index(b"word/document.xml") + 60
    data[at : at + 20] = b"\xff" * 20
    with pytest.raises(SourceError):
        parse(bytes(data))


def test_parts_that_are_missing_are_done_without() -> None:
    document = parse(
        zipped(
            {"word/document.xml": f"<w:document {NAMESPACES}><w:body>{p('x')}</w:body></w:document>".encode()}
        )
    )
    assert plain_text(document.document) == "x"


def test_a_style_based_on_itself_and_a_list_of_no_kind() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="A"/></w:style>'
    assert plain_text(read(p("x", "A"), styles=styles)) == "x"
    assert (
        plain_text(read(p("y", more='<w:numPr><w:ilvl w:val="99"/><w:numId w:val="77"/></w:numPr>'))) == "y"
    )


def test_a_note_that_cites_itself_ends() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2">{p(t("note") + reference)}</w:footnote>'
    assert "text" in plain_text(read(p(t("text") + reference), notes=note))


def test_a_span_of_a_million_columns_is_not_believed() -> None:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr>{p("x")}</w:tc>'
    assert plain_text(read(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")) == "x"


def test_deep_nesting_is_read_or_refused() -> None:
    body = p("deep")
    for _ in range(400):
        body = f"<w:tbl><w:tr><w:tc>{body}{p('x')}</w:tc></w:tr></w:tbl>"
    with pytest.raises(SourceError):
        read(body)


def test_the_strict_form_is_read() -> None:
    document = f"<w:document {NAMESPACES}><w:body>{p('strict')}</w:body></w:document>".replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert plain_text(read("", parts={"word/document.xml": document.encode()})) == "strict"
