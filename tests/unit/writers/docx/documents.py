"""Documents, manuscripts and packages for the tests of the DOCX writer."""

from __future__ import annotations

import datetime
import functools
import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from lxml import etree

from octavo.edition import Output
from octavo.environment import DiskEnvironment, installed_fonts
from octavo.theme.load import load_theme
from octavo.theme.resolve import resolve_theme
from octavo.theme.style import Medium, StyleSheet
from octavo.transforms.resolve import resolve
from octavo.transforms.resolved import Numbering
from octavo.tree import Document, nodes
from octavo.tree.media import MediaFile
from octavo.tree.metadata import Author, Metadata
from octavo.tree.nodes import Block, GroupRole, Inline, ListMarker
from octavo.typeset.frames import Layout
from octavo.writers.docx.writer import DocxWriter
from octavo.writers.protocol import Manuscript

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {"w": W[1:-1], "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships"}
ABOUT = Metadata(
    title="Ports & <harbours>",
    subtitle="What the tide leaves",
    authors=(Author(name="Ada Moor", affiliation="Sea Institute"), Author(name="Bo Quay")),
    publisher="Sea Institute",
    series="Tide Notes",
    issue="7",
    date=datetime.date(2026, 3, 4),
    language="en-GB",
    keywords=("ports", "tides"),
    isbn="978-3-16-148410-0",
)


def t(text: str) -> nodes.Text:
    return nodes.Text(text=text)


def p(*content: Inline | str) -> nodes.Paragraph:
    return nodes.Paragraph(content=tuple(t(each) if isinstance(each, str) else each for each in content))


def section(title: str, *content: Block, id: str = "") -> nodes.Section:
    return nodes.Section(title=(t(title),), content=content, id=id)


def items(
    *content: tuple[Block, ...] | str, ordered: bool = False, start: int = 1, **more: object
) -> nodes.List:
    made = tuple(nodes.ListItem(content=(p(each),) if isinstance(each, str) else each) for each in content)
    return nodes.List(items=made, ordered=ordered, start=start, **more)  # type: ignore[arg-type]


def cell(text: str, **more: object) -> nodes.Cell:
    return nodes.Cell(content=(p(text),) if text else (), **more)  # type: ignore[arg-type]


def row(*cells: nodes.Cell | str) -> nodes.Row:
    return nodes.Row(cells=tuple(cell(each) if isinstance(each, str) else each for each in cells))


def note(*content: Block) -> nodes.Footnote:
    return nodes.Footnote(content=content)


def document(*content: Block, about: Metadata = ABOUT) -> Document:
    return Document(metadata=about, content=content)


def png(width: int = 4, height: int = 3) -> bytes:
    """A grey picture, made by hand so that no library's release changes its bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\x80" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def media(
    source: str, data: bytes, kind: str = "image/png", width: float = 300.0, height: float = 225.0
) -> MediaFile:
    return MediaFile(
        source=source,
        data=data,
        media_type=kind,
        digest=hashlib.sha256(data).hexdigest(),
        pixel_width=4,
        pixel_height=3,
        width=width,
        height=height,
    )


@functools.cache
def sheet(theme: str = "policy") -> StyleSheet:
    found, _ = resolve_theme(
        load_theme(theme, DiskEnvironment().read_theme), Medium.OFFICE, installed_fonts()
    )
    return found


def manuscript(
    source: Document,
    *,
    theme: str = "policy",
    files: Mapping[str, MediaFile] | None = None,
    layout: Layout | None = None,
    styles: StyleSheet | None = None,
) -> Manuscript:
    styles = styles or sheet(theme)
    resolved, _ = resolve(
        source,
        numbering=Numbering(section_depth=styles.section_depth),
        media=files or {},
        declared=frozenset(styles.styles),
    )
    return Manuscript(
        resolved=resolved,
        styles=styles,
        layout=layout,
        fonts=installed_fonts(),
        produced=datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC),
        identifier="urn:uuid:12345678-1234-5678-1234-567812345678",
    )


class Package:
    """A written file, opened."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.codes = [diagnostic.code for diagnostic in output.diagnostics]
        self._archive = zipfile.ZipFile(io.BytesIO(output.data))

    @property
    def names(self) -> list[str]:
        return self._archive.namelist()

    def read(self, name: str) -> bytes:
        return self._archive.read(name)

    def xml(self, name: str = "word/document.xml") -> etree._Element:
        return etree.fromstring(self.read(name))

    def find(self, path: str, name: str = "word/document.xml") -> list[etree._Element]:
        found = self.xml(name).xpath(path, namespaces=NAMES)
        assert isinstance(found, list)
        return found

    def text(self, name: str = "word/document.xml") -> str:
        return "\n".join(
            "".join(run.text or "" for run in paragraph.iter(f"{W}t"))
            for paragraph in self.xml(name).iter(f"{W}p")
        )

    def styles_of(self, name: str = "word/document.xml") -> list[tuple[str, str]]:
        """The style and text of every paragraph."""
        return [
            (
                str(paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")),
                "".join(run.text or "" for run in paragraph.iter(f"{W}t")),
            )
            for paragraph in self.xml(name).iter(f"{W}p")
            if paragraph.find(f"{W}pPr/{W}pStyle") is not None
        ]


def written(*content: Block, about: Metadata = ABOUT, **more: object) -> Package:
    source = document(*content, about=about)
    return Package(DocxWriter().write(manuscript(source, **more)))  # type: ignore[arg-type]


def everything() -> Document:
    """A document with every kind of block and inline, nested where that is hard."""
    long_word = "Donau" * 60
    nested: nodes.List = items("the deepest")
    for level in range(14):
        nested = items((p(f"level {level}"), nested), ordered=bool(level % 2), start=level)
    link = nodes.Link(
        target="https://example.org/a b?q=1&r=<2>#x", content=(t("a link"),), title='the "title"'
    )
    marks = p(
        "Plain, ",
        nodes.Emphasis(content=(t("emphasis "), nodes.Strong(content=(t("and strong"),)))),
        nodes.SmallCaps(content=(t(" Small Caps "),)),
        "H",
        nodes.Subscript(content=(t("2"),)),
        "O, m",
        nodes.Superscript(content=(t("2"),)),
        nodes.Deleted(content=(t(" gone "),)),
        nodes.Code(text="a  <b> && c"),
        nodes.LineBreak(),
        nodes.Quoted(content=(t("quoted"),)),
        " ",
        link,
        " ",
        nodes.Link(target="#tides", content=(t("inside"),)),
        " ",
        nodes.Link(target="http://", content=(t("nowhere"),)),
        nodes.Math(text="a^2"),
        nodes.Span(content=(t(" עברית in a sentence"),), language="he"),
        " 日本語 \U0001f600 soft\u00adhyphen \x00nul",
        note(p("A note with ", nodes.Emphasis(content=(t("marks"),)), link), items("and", "a list")),
    )
    table = nodes.Table(
        id="tbl-catch",
        columns=(
            nodes.Column(header=True),
            nodes.Column(align="decimal"),
            nodes.Column(align="center", width=0.4),
        ),
        head=(
            row(cell("Port", row_span=2), cell("Catch", column_span=2)),
            row("2024", "2025"),
        ),
        bodies=(
            nodes.TableBody(rows=(row("Hull", cell("1.5", row_span=2), ""), row("Kiel", long_word), row())),
            nodes.TableBody(
                rows=(row(cell("all", column_span=9)), row(nodes.Cell(content=(items("x", "y"),)), "3"))
            ),
        ),
        foot=(row("Sum", "4.5", "9"),),
        caption=nodes.Caption(content=(t("Catches"), note(p("In tonnes.")))),
        notes=(p("Source: the ports."),),
    )
    figure = nodes.Figure(
        id="fig-map",
        content=(p(nodes.Image(source="map.png", alt='A map of "ports" & tides', width=-0.5)),),
        caption=nodes.Caption(content=(t("The map"),)),
        credit=(t("Sea Institute"),),
    )
    missing = nodes.Figure(content=(p(nodes.Image(source="gone.png", alt="It is gone")),))
    return document(
        nodes.Contents(),
        nodes.Contents(kind=nodes.ContentsKind.FIGURES),
        nodes.Contents(kind=nodes.ContentsKind.TABLES),
        nodes.Group(role=GroupRole.KEY_POINTS, content=(items("one", (p("two"), items("two a"))),)),
        nodes.Group(role=GroupRole.LEAD, content=(p("A lead."),)),
        nodes.Group(
            role=GroupRole.NOTICE, title=(t("Mind"),), content=(p("A notice."), table_small(), p("After."))
        ),
        section(
            "Tides",
            marks,
            p(
                "See ",
                ref("tbl-catch"),
                ", ",
                ref("fig-map"),
                ", ",
                ref("tides"),
                " and ",
                ref("tides", "page"),
                ".",
            ),
            p(nodes.CrossReference(target="tides", form=nodes.ReferenceForm.TITLE)),
            nodes.Quote(content=(p("Quoth."), items("listed")), attribution=(t("A Raven"),)),
            nodes.PullQuote(content=(t("Pulled"),), attribution=(t("Someone"),)),
            nested,
            items("c", "d", ordered=True, start=3, marker=ListMarker.UPPER_ROMAN, tight=False),
            nodes.List(
                items=(nodes.ListItem(content=(p("done"),), checked=True), nodes.ListItem(content=()))
            ),
            nodes.Definitions(
                entries=(
                    nodes.Definition(
                        terms=((t("Ebb"),), (t("Neap"),)), content=((p("Falling."), p("More.")),)
                    ),
                )
            ),
            id="tides",
        ),
        section(
            "Things",
            figure,
            missing,
            table,
            table_small(),
            table_small(),
            nodes.CodeBlock(text="def tide():\n\treturn 'ebb'  \n\n", code_language="python"),
            nodes.Formula(text="E = mc^2", id="eq"),
            nodes.Divider(),
            nodes.PageBreak(),
            section(
                "Deeper",
                section("Deepest", section("4", section("5", section("6", section("7", p("Down.")))))),
            ),
            nodes.Bibliography(
                entries=(
                    nodes.Entry(content=(t("Moor, Ports"),), label="[1]", id="moor"),
                    nodes.Entry(content=(t("Q"),)),
                )
            ),
            p(nodes.Citation(targets=("moor",), locator="p. 3"), p_word(long_word)),
            nodes.Notes(),
            nodes.Group(role=GroupRole.AUTHOR_NOTE, content=(p("Ada Moor writes."),)),
        ),
        table_small(),
    )


def p_word(word: str) -> nodes.Text:
    return t(word)


def ref(target: str, form: str = "number") -> nodes.CrossReference:
    return nodes.CrossReference(target=target, form=nodes.ReferenceForm(form))


def table_small() -> nodes.Table:
    return nodes.Table(columns=(nodes.Column(),), bodies=(nodes.TableBody(rows=(row("alone"),)),))
