"""Small documents and pictures that several tests share."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from octavo.tree import nodes
from octavo.tree.nodes import Cell, Column, Row, Table, TableBody


def words(text: str) -> tuple[nodes.Inline, ...]:
    return (nodes.Text(text=text),)


def paragraph(text: str) -> nodes.Paragraph:
    return nodes.Paragraph(content=words(text))


def cell(text: str, **options: Any) -> Cell:
    return Cell(content=(paragraph(text),), **options)


def rows(*lines: str, head: bool = False) -> tuple[Row, ...]:
    return tuple(Row(cells=tuple(cell(text, header=head) for text in line.split())) for line in lines)


def picture(mode: str = "RGB", kind: str = "PNG", size: tuple[int, int] = (8, 4), **options: Any) -> bytes:
    """Return an image file with no two pixels alike."""
    flat = Image.linear_gradient("L").resize(size)
    image = flat.convert("RGBA") if mode in ("RGBA", "PA") else flat.convert(mode)
    if mode == "RGBA":
        image.putalpha(flat)
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


RICH_TABLE = Table(
    columns=(Column(header=True), Column(), Column()),
    head=(Row(cells=(cell("country"), cell("years", column_span=2))),),
    bodies=(
        TableBody(
            rows=(
                Row(cells=(cell("France", row_span=2), cell("1"), cell("2"))),
                Row(cells=(cell("3"),)),
                Row(cells=(cell("Spain"), cell("4", column_span=9))),
            )
        ),
    ),
    foot=(Row(cells=(cell("sum", column_span=3),)),),
    caption=nodes.Caption(content=words("A table")),
    notes=(paragraph("A table note"),),
)

RICH_TEXT: tuple[nodes.Block, ...] = (
    nodes.Contents(),
    nodes.Group(
        role=nodes.GroupRole.KEY_POINTS,
        title=words("Key points"),
        content=(
            nodes.List(
                items=(
                    nodes.ListItem(content=(paragraph("one"),)),
                    nodes.ListItem(
                        content=(
                            paragraph("two"),
                            nodes.List(ordered=True, items=(nodes.ListItem(content=(paragraph("nested"),)),)),
                        )
                    ),
                )
            ),
        ),
    ),
    nodes.Section(
        id="first",
        title=words("The first office"),
        content=(
            nodes.Paragraph(
                content=(
                    nodes.Text(text="See "),
                    nodes.Link(target="https://example.org/é?x=1 2", content=words("a place")),
                    nodes.Text(text=" and a note"),
                    nodes.Footnote(content=(paragraph("What the note says."), paragraph("And more."))),
                    nodes.Text(text=" goes on, "),
                    nodes.CrossReference(target="second"),
                    nodes.Span(language="fr", content=words("bonjour")),
                    nodes.Emphasis(language="de", content=words("Haus")),
                    nodes.Code(text="x = 1"),
                    nodes.Quoted(content=words("quoted")),
                    nodes.Math(text="a^2"),
                )
            ),
            nodes.Section(
                id="second",
                title=words("The second"),
                content=(
                    *(paragraph(f"Paragraph {at}.") for at in range(20)),
                    nodes.Paragraph(
                        content=tuple(nodes.Emphasis(content=words(f"long {at} ")) for at in range(90))
                    ),
                    nodes.Quote(content=(paragraph("said"),), attribution=words("Somebody")),
                    nodes.PullQuote(content=words("pulled"), attribution=words("Somebody else")),
                    RICH_TABLE,
                    nodes.Figure(
                        content=(nodes.Paragraph(content=(nodes.Image(source="p.png", alt="A black box"),)),),
                        caption=nodes.Caption(content=words("What is shown")),
                        credit=words("Photo: somebody"),
                    ),
                    nodes.Paragraph(content=(nodes.Image(source="p.png", decorative=True),)),
                    nodes.CodeBlock(
                        text="def f():\n    return 1", caption=nodes.Caption(content=words("code"))
                    ),
                    nodes.Formula(text="E = mc^2"),
                    nodes.Divider(),
                    nodes.Definitions(
                        entries=(
                            nodes.Definition(terms=(words("term"),), content=((paragraph("meaning"),),)),
                        )
                    ),
                    nodes.Bibliography(entries=(nodes.Entry(content=words("Somebody 2020."), id="s20"),)),
                ),
            ),
        ),
    ),
)
