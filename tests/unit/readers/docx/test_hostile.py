"""Files that are broken, or mean harm: a clear error, no traceback, nothing fetched or unfolded."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from octavo.errors import SourceError
from octavo.readers.docx import package
from octavo.tree.walk import plain_text
from tests.growth import assert_in_proportion
from tests.unit.readers.docx.files import NAMESPACES, PACKAGE, p, parse, read, t, word_file


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


LONG = "9" * 5_000
"""More digits than Python makes a number of."""


@pytest.mark.parametrize("number", [LONG, "²", "٣", "-1", "", "NaN", "1e9"])
def test_numbers_that_are_none(number: str) -> None:
    listed = f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="{number}"/></w:numPr>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading {number}"/><w:pPr>{listed}'
        f'<w:outlineLvl w:val="{number}"/></w:pPr></w:style>'
    )
    cell = (
        f'<w:tr><w:trPr><w:gridBefore w:val="{number}"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="{number}"/></w:tcPr>'
        f"{p('cell')}</w:tc></w:tr>"
    )
    symbol = f'<w:r><w:sym w:font="Odd" w:char="{number}"/></w:r>'
    inline = f'<wp:inline><wp:extent cx="{number}"/><wp:docPr id="{number}"/></wp:inline>'
    drawing = f"<w:r><w:drawing>{inline}</w:drawing></w:r>"
    mark = f'<w:bookmarkStart w:id="{number}" w:name="_oct{number}"/>'
    note = f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'
    body = (
        p("one", "A")
        + p("two", more=f'{listed}<w:outlineLvl w:val="{number}"/>')
        + f"<w:tbl>{cell}</w:tbl>"
        + p(f"{mark}{symbol}{drawing}{note}{t('three')}")
    )
    numbering = (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="{number}">'
        f'<w:start w:val="{number}"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/><w:lvlOverride w:ilvl="{number}">'
        f'<w:startOverride w:val="{number}"/></w:lvlOverride></w:num></w:numbering>'
    )
    document = read(body, styles=styles, parts={"word/numbering.xml": numbering.encode()})
    text = plain_text(document)
    assert all(word in text for word in ("one", "two", "cell", "three"))


@pytest.mark.parametrize("code", ["-5", "D800", "110000", "FFFFFFFFFF", "x"])
def test_symbols_that_are_no_characters(code: str) -> None:
    assert plain_text(read(p(f'<w:r><w:sym w:font="Odd" w:char="{code}"/></w:r>'))) == "\ufffd"


def test_styles_and_lists_that_lead_round_in_circles() -> None:
    style = '<w:style w:type="{0}" w:styleId="{1}"><w:name w:val="{1}"/><w:basedOn w:val="{2}"/></w:style>'
    pairs = (("A", "B"), ("B", "C"), ("C", "A"))
    styles = "".join(style.format("paragraph", *each) for each in pairs)
    styles += "".join(style.format("character", f"{one}1", f"{other}1") for one, other in pairs)
    numbering = (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:styleLink w:val="S"/>'
        '<w:numStyleLink w:val="T"/></w:abstractNum><w:abstractNum w:abstractNumId="1"><w:styleLink w:val="T"/>'
        '<w:numStyleLink w:val="S"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        "</w:numbering>"
    )
    body = p(t("round", '<w:rStyle w:val="A1"/>'), "B", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    assert plain_text(read(body, styles=styles, parts={"word/numbering.xml": numbering.encode()})) == "round"


def related(kind: str, target: str, identifier: str = "x") -> str:
    return (
        f'<Relationship Id="{identifier}" Target="{target}" TargetMode="External" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
    )


def test_what_stands_elsewhere_is_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    elsewhere = "http://192.0.2.1"
    body = (
        p(
            '<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="A map"/><a:graphic><a:graphicData>'
            '<a:blip r:link="p"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        )
        + '<w:altChunk r:id="c"/>'
        + p("text")
    )
    parts = "".join(
        (
            related("image", f"{elsewhere}/map.png", "p"),
            related("aFChunk", f"{elsewhere}/chunk.html", "c"),
            related("attachedTemplate", f"{elsewhere}/evil.dotm"),
            related("styles", f"{elsewhere}/styles.xml", "s2"),
            related("footnotes", f"{elsewhere}/notes.xml", "f2"),
        )
    )
    assert "text" in plain_text(read(body, related=parts))


def test_a_package_whose_document_stands_elsewhere_is_refused() -> None:
    packages = f'<Relationships xmlns="{PACKAGE}">{related("officeDocument", "http://192.0.2.1/a.xml")}</Relationships>'
    with pytest.raises(SourceError):
        parse(word_file(p("x"), parts={"_rels/.rels": packages.encode()}))


def test_names_that_lead_out_of_the_package_lead_nowhere() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    outside = f'<Relationship Id="i" Target="../../../../etc/passwd" Type="{kind}"/>'
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="A map"/><a:graphic><a:graphicData>'
        '<a:blip r:embed="i"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    parsed = parse(word_file(p(drawing), related=outside))
    assert plain_text(parsed.document) == "A map"
    assert [each.code for each in parsed.diagnostics] == ["picture-not-read"]


def test_types_that_are_wrong_and_parts_that_stand_twice() -> None:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="image/png"/></Types>'
    )
    data = word_file(p("text"), parts={"[Content_Types].xml": types.encode()})
    assert plain_text(parse(data).document) == "text"
    stream = io.BytesIO(data)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/document.xml", b"<broken")
    with pytest.raises(SourceError, match="well-formed"):
        parse(stream.getvalue())


def test_a_size_that_is_a_lie_is_found_out() -> None:
    data = bytearray(word_file(p("text " * 5_000)))
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    data[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    with pytest.raises(SourceError, match="damaged"):
        parse(bytes(data))


@pytest.mark.parametrize("opening", ["<w:ins>", "<w:sdt><w:sdtContent>", "<w:smartTag>", "<m:oMath>"])
def test_deep_nesting_of_inlines_is_read_or_refused(opening: str) -> None:
    closing = "".join(f"</{tag[1:-1]}>" for tag in reversed(opening.replace("><", "> <").split()))
    assert "deep" in plain_text(read(p(opening * 50 + t("deep") + closing * 50)))
    with pytest.raises(SourceError, match="nests too deeply"):
        read(p(opening * 3_000 + t("deep") + closing * 3_000))


def _numbered(size: int) -> tuple[str, str]:
    """Return paragraphs, each in a numbered list of its own, and the lists."""
    lists = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
        for at in range(1, size)
    )
    items = "".join(
        p("item", more=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{at}"/></w:numPr>')
        for at in range(1, size)
    )
    return items, (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>{lists}</w:numbering>'
    )


OPENINGS: dict[str, Callable[[int], str]] = {
    "fields": lambda n: ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + t("a")) * n,
    "results": lambda n: (
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "http://a.org"</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + t("a")
        )
        * n
        + t("b") * n
    ),
    "bookmarks": lambda n: (
        "".join(f'<w:bookmarkStart w:id="{at}" w:name="b{at}"/>' for at in range(4 * n)) + t("b")
    ),
}


@pytest.mark.parametrize("kind", OPENINGS)
def test_what_is_opened_costs_the_same_however_much_is_open(kind: str) -> None:
    assert_in_proportion(lambda size: read(p(OPENINGS[kind](size))), 1_000)


def test_many_lists_are_read_in_proportion() -> None:
    def work(size: int) -> None:
        items, numbering = _numbered(size)
        read(items, parts={"word/numbering.xml": numbering.encode()})

    assert_in_proportion(work, 1_000)
