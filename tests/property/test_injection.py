"""Text stays text: whatever is written in whatever place, an edition is built the same way.

A document is made twice, with a harmless word and with a hostile one in every place that takes text: the elements and
attributes of the Word file and of the e-book, and the kinds of objects of the PDF, must be the same. Text that became
markup of any format would show as one more.
"""

from __future__ import annotations

import collections
import functools
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from lxml import etree

import octavo
from octavo.environment import MemoryEnvironment, installed_fonts
from octavo.tree import Document, nodes
from octavo.tree.metadata import Author, Metadata
from tests.unit.checks import shipped
from tests.unit.checks.finished import png

HARMLESS = "plain evil word"
EVIL = {
    "elements": "</title></w:t></p><script>evil</script>",
    "attributes": '" onload="evil" x=\'evil\' y="',
    "ends of sections": "]]>--><?evil?></style></svg><!--",
    "entities": "&evil;&#60;evil&#62;&amp;lt;",
    "rules of style": '*/ } evil { evil: evil } /* \\22 \\7d ; "',
    "objects": ") >> endobj 9 0 obj << /S /JavaScript /JS (evil) >> stream",
    "escapes of strings": "\\) \\( \\\\) /Evil true <</Evil 1 0 R>> <FEFF> %",
    "fields": ' " } { INCLUDETEXT "c:\\\\evil" } \\l "evil" \\* MERGEFORMAT',
    "fields of other kinds": "DDEAUTO evil \\o 'x' HYPERLINK \"evil\"",
    "templates": "{page} {title} [evil] \\{ {{evil}} ${evil} %(evil)s",
    "lines": "evil\r\n/Evil true\n\tEvil: evil",
    "separators": "evil\u2028evil\u2029evil\x85evil\x0bevil\x0c",
    "controls": "evil\x00\x01\x1b[31m\x7f\ufffe\uffff",
    "halves of characters": "evil\ud800 \udfff",
    "directions": "\u202eevil\u2066\u200f\u2069",
    "formulas": "=cmd|'/c evil'!A1 @evil +evil -evil",
    "paths": "../../evil %2e%2e/evil \\\\evil\\evil",
    "numbers": "9" * 60,
    "length": "evil" * 200,
    "nothing": "\u200b\ufeff",
}
THEME = """name = "running"
extends = "policy"
[page.header.first]
left = "{short-title}"
right = "{series} {section}"
[page.footer.first]
left = "{publisher} {author} {date}"
"""


def _document(word: str) -> Document:
    def text(before: str = "") -> tuple[nodes.Inline, ...]:
        return (nodes.Text(text=f"{before}{word}"),)

    def paragraph(*content: nodes.Inline) -> nodes.Paragraph:
        return nodes.Paragraph(content=content)

    about = Metadata(
        title=f"Title {word}",
        subtitle=word,
        short_title=f"Short {word}",
        authors=(Author(name=f"Name {word}", affiliation=word, email=word, orcid=word, biography=word),),
        publisher=f"House {word}",
        series=word,
        issue=word,
        date_text=word,
        language="en",
        isbn=word,
        issn=word,
        doi=word,
        keywords=(word, f"second {word}"),
        rights=word,
        description=word,
    )
    image = nodes.Image(source="a.png", alt=f"Alt {word}", title=f"Tip {word}")
    link = nodes.Link(target=f"https://example.org/?q={word}", title=f"Tip {word}", content=text("link "))
    note = nodes.Footnote(content=(paragraph(*text("Note "), link),))
    cell = nodes.Cell(content=(paragraph(*text()),))
    table = nodes.Table(
        columns=(nodes.Column(), nodes.Column()),
        head=(nodes.Row(cells=(cell, cell)),),
        bodies=(nodes.TableBody(rows=(nodes.Row(cells=(cell, cell)),)),),
        caption=nodes.Caption(content=text("Table ")),
        alt=f"Built {word}",
        notes=(paragraph(*text("Of the table ")),),
        id=f"tab {word}",
    )
    inner = nodes.Section(
        title=text("Inner "),
        id=f"sec {word}",
        content=(
            paragraph(
                *text("Text "),
                nodes.Code(text=f"code {word}", code_language=word),
                nodes.Quoted(content=text()),
                nodes.CrossReference(target=f"sec {word}"),
                nodes.CrossReference(target=f"tab {word}", form=nodes.ReferenceForm.TITLE),
                nodes.Link(target=f"#sec {word}", content=text()),
                note,
            ),
            nodes.CodeBlock(
                text=f"code {word}", code_language=word, caption=nodes.Caption(content=text("Code "))
            ),
            nodes.Figure(content=(paragraph(image),), caption=nodes.Caption(content=text()), credit=text()),
            table,
            nodes.Group(role=nodes.GroupRole.NOTICE, title=text("Notice "), content=(paragraph(*text()),)),
            nodes.Definitions(entries=(nodes.Definition(terms=(text(),), content=((paragraph(*text()),),)),)),
            nodes.Quote(content=(paragraph(*text()),), attribution=text("By ")),
            nodes.Bibliography(entries=(nodes.Entry(content=text("Work "), label=word, id=f"ref {word}"),)),
        ),
    )
    contents = nodes.Contents(kind=nodes.ContentsKind.HEADINGS)
    outer = nodes.Section(title=text("Heading "), content=(paragraph(*text()), inner))
    return Document(metadata=about, content=(contents, outer), source=f"{word}.md")


@functools.cache
def _made(word: str, format: str) -> bytes:
    world = MemoryEnvironment({"a.png": png(8)}, installed_fonts(), {**shipped.themes(), "running": THEME})
    return octavo.render(_document(word), format, theme="running", environment=world).data


def _skeleton(data: bytes) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the elements of all parts, with the names of their attributes; texts and values are left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels", ".xhtml", ".opf", ".ncx", ".svg")):
                root = etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False))
                for each in root.iter():
                    tag = each.tag if isinstance(each.tag, str) else type(each).__name__
                    yield name, tag.rpartition("}")[2], tuple(sorted(set(map(str, each.attrib)) - {_SPACE}))


def _count(format: str, word: str) -> collections.Counter[Any]:
    return collections.Counter(_skeleton(_made(word, format)))


_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MEANT = {
    "docx": {"r", "t", "tab", "br"},
    "epub": {
        "li",
        "a",
        "text",
        "navLabel",
        "content",
        "pageTarget",
        "identifier",
        "meta",
        "span",
        "div",
        "code",
        "p",
    },
}
"""What a text may come to by itself: a tab, a line's end, another page, an identifier that is one, a piece of code."""
_NAMES = {
    "href", "src", "id", "type", "value", "class", "property", "refines", "scheme", "aria-label", "role",
    "{http://www.idpf.org/2007/ops}type",
}  # fmt: skip


@pytest.mark.parametrize("format", ["docx", "epub"])
@pytest.mark.parametrize("kind", EVIL)
def test_packages_are_built_the_same_way(kind: str, format: str) -> None:
    plain, evil = _count(format, HARMLESS), _count(format, EVIL[kind])
    new = evil - plain
    assert {tag for _, tag, _ in new} <= _MEANT[format]
    assert {name for _, _, names in new for name in names} <= _NAMES
    assert {part for part, _, _ in evil} == {part for part, _, _ in plain}


@pytest.mark.parametrize("kind", EVIL)
def test_no_text_is_an_instruction_of_a_field(kind: str) -> None:
    """ECMA-376-1, 17.16: what a field does is told by its instructions; they hold names and numbers of octavo's own."""
    with zipfile.ZipFile(io.BytesIO(_made(EVIL[kind], "docx"))) as package:
        for name in package.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                root = etree.fromstring(package.read(name))
                told = [each.text or "" for each in root.iter("{*}instrText")]
                told += [str(each.get(key)) for each in root.iter("{*}fldSimple") for key in each.keys()]  # noqa: SIM118
                assert not [each for each in told if re.search(r"evil|INCLUDE|DDE|MERGE|9{9}", each)]


@pytest.mark.parametrize("kind", EVIL)
def test_no_text_is_a_rule_of_style(kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(_made(EVIL[kind], "epub"))) as package:
        sheets = [package.read(name) for name in package.namelist() if name.endswith(".css")]
    assert sheets
    assert not any(b"evil" in sheet for sheet in sheets)


def _objects(word: str, format: str) -> set[str]:
    """Return the keys and the names in a PDF's dictionaries."""
    names: set[str] = set()

    def look(value: Any) -> None:
        held: list[Any] = []
        if isinstance(value, pikepdf.Name):
            names.add(str(value))
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            told = value if isinstance(value, pikepdf.Dictionary) else value.stream_dict
            names.update(told.keys())
            held = [told[key] for key in told.keys()]  # noqa: SIM118 - it is none of Python's
        elif isinstance(value, pikepdf.Array):
            held = list(value)
        for inner in held:
            if not getattr(inner, "is_indirect", False):
                look(inner)

    with pikepdf.open(io.BytesIO(_made(word, format))) as pdf:
        for each in pdf.objects:
            look(each)
    return names


_OF_PAGES = {
    "/Span",  # text in the place of an image, which is not found beside a source that lies in another folder
    "/MCR",
    "/MCID",
    "/Rotate",
    "/CIDFontType0",
    "/CIDFontType0C",
    "/FontFile3",
    "/CMap",
    "/CMapName",
}
"""What comes with another page, with a table that is turned, or with letters of another font."""
_NUMBERED = re.compile(r"/[A-Z]{1,4}\d+|/[A-Z]{6}\+[\w-]+|/octavo-[A-Z]{6}")


@pytest.mark.parametrize("format", ["pdf", "press"])
@pytest.mark.parametrize("kind", EVIL)
def test_no_text_is_an_object_of_a_pdf(kind: str, format: str) -> None:
    new = _objects(EVIL[kind], format) - _objects(HARMLESS, format) - _OF_PAGES
    assert not {each for each in new if not _NUMBERED.fullmatch(each)}


def test_titles_are_no_templates_of_running_heads() -> None:
    data = _made(EVIL["templates"], "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        heads = b"".join(package.read(name) for name in package.namelist() if "header" in name)
    assert b"{page} {title} [evil]" in heads
