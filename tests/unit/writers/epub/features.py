"""One document with everything in it."""

from __future__ import annotations

import datetime

from octavo.tree import Document
from octavo.tree import nodes as n
from octavo.tree.metadata import Author, Metadata


def text(words: str) -> tuple[n.Inline, ...]:
    return (n.Text(text=words),)


def paragraph(*content: str | n.Inline) -> n.Paragraph:
    return n.Paragraph(
        content=tuple(n.Text(text=each) if isinstance(each, str) else each for each in content)
    )


def cell(words: str, *, row_span: int = 1, column_span: int = 1) -> n.Cell:
    return n.Cell(content=(paragraph(words),) if words else (), row_span=row_span, column_span=column_span)


def item(*content: n.Block, checked: bool | None = None) -> n.ListItem:
    return n.ListItem(content=content, checked=checked)


METADATA = Metadata(
    title="Grain & Rails",
    subtitle="Where the harvest waits",
    short_title="Grain",
    authors=(
        Author(name="Ada Lovelace", affiliation="Institute of Rails"),
        Author(name="KIM Hankwon", affiliation="Institute of Rails"),
        Author(name="Ludwig van Beethoven"),
    ),
    publisher="House of Grain",
    series="Harvest Notes",
    issue="2024-3",
    date=datetime.date(2024, 2, 29),
    language="en",
    isbn="978-3-16-148410-0",
    issn="1234-5678",
    doi="https://doi.org/10.1000/182",
    keywords=("grain", "rail & road"),
    rights="CC BY 4.0",
    description="A brief on grain.",
)

INLINES = paragraph(
    "Plain, ",
    n.Emphasis(content=text("stressed")),
    ", ",
    n.Strong(content=(n.Text(text="strong and "), n.Emphasis(content=text("stressed")))),
    ", ",
    n.SmallCaps(content=text("Nato")),
    ", x",
    n.Superscript(content=text("2")),
    " and H",
    n.Subscript(content=text("2")),
    "O, ",
    n.Deleted(content=text("gone")),
    ", ",
    n.Code(text="a < b && c"),
    ", ",
    n.Quoted(content=text("said")),
    ", ",
    n.Math(text=r"\frac{a}{b}"),
    n.LineBreak(),
    n.Span(content=text("مرحبا"), language="ar"),
    n.Span(content=text("Hallo"), language="de"),
    " ",
    n.Link(target="https://example.org/?a=b&c=[d]", content=text("out"), title="A title"),
    " ",
    n.Link(
        target="#second", content=(n.Text(text="down"), n.Footnote(content=(paragraph("Cited in a link."),)))
    ),
    " ",
    n.Link(target="javascript:alert(1)", content=text("unsafe")),
    " ",
    n.CrossReference(target="tbl-yield"),
    " ",
    n.Citation(targets=("li",)),
    n.Image(source="chart.png", alt="A dot", width=12),
    n.Footnote(content=(paragraph("First of the note."), paragraph("Second of the note."))),
)

TABLE = n.Table(
    id="tbl-yield",
    columns=(n.Column(header=True), n.Column(align="decimal"), n.Column(align="center")),
    head=(
        n.Row(cells=(cell(""), cell("Yields", column_span=2))),
        n.Row(cells=(cell("Field"), cell("2022"), cell("2023"))),
    ),
    bodies=(
        n.TableBody(
            rows=(
                n.Row(cells=(cell("North"), cell("1.5"), cell("few"))),
                n.Row(
                    cells=(
                        cell("South", row_span=2),
                        cell("22"),
                        n.Cell(content=(paragraph("one"), n.List(items=(item(paragraph("two")),)))),
                    )
                ),
                n.Row(cells=(cell("3"), cell(""))),
            )
        ),
    ),
    foot=(n.Row(cells=(cell("Sum"), cell("26.5"), cell(""))),),
    caption=n.Caption(content=(n.Text(text="Yields"), n.Footnote(content=(paragraph("Of the table."),)))),
    notes=(paragraph("Tonnes a hectare."),),
)

FIRST = n.Section(
    title=text("First things"),
    id="first",
    content=(
        INLINES,
        paragraph("A second paragraph."),
        n.Quote(content=(paragraph("Quoted at length."),), attribution=text("A. Writer")),
        n.Quote(content=(paragraph("Nobody’s words."),)),
        n.PullQuote(content=text("Lifted words"), attribution=text("Somebody")),
        n.List(
            ordered=True,
            start=99,
            marker=n.ListMarker.DECIMAL,
            items=(
                item(paragraph("ninety-nine")),
                item(paragraph("hundred"), n.List(items=(item(paragraph("nested")),))),
            ),
        ),
        n.List(items=(item(paragraph("todo"), checked=False), item(paragraph("done"), checked=True), item())),
        n.List(items=(), id="empty-list"),
        n.Definitions(
            entries=(
                n.Definition(
                    terms=(text("Grain"), text("Corn")),
                    content=((paragraph("A seed."),), (paragraph("A crop."), paragraph("At length."))),
                ),
            )
        ),
        n.Figure(
            id="fig-chart",
            content=(paragraph(n.Image(source="chart.png", alt="A chart of yields")),),
            caption=n.Caption(content=text("The chart")),
            credit=text("Own work"),
        ),
        n.Figure(content=(paragraph(n.Image(source="missing.png", alt="What is not there")),)),
        TABLE,
        n.CodeBlock(
            text="\nif a < b:\n\treturn a",
            code_language="python",
            caption=n.Caption(content=text("The code")),
        ),
        n.CodeBlock(text="plain"),
        n.Formula(text="E = mc^2", id="eq-energy"),
        n.Divider(),
        n.PageBreak(),
        n.Section(title=text("Deeper"), content=(paragraph("Below."),)),
    ),
)

DOCUMENT = Document(
    metadata=METADATA,
    source="made.md",
    content=(
        n.Contents(),
        n.Contents(kind=n.ContentsKind.FIGURES),
        n.Group(
            role=n.GroupRole.KEY_POINTS,
            content=(n.List(items=(item(paragraph("One point.")), item(paragraph("Another.")))),),
        ),
        n.Group(role=n.GroupRole.LEAD, content=(paragraph("The lead."),)),
        FIRST,
        n.Section(
            title=text("Second things"),
            id="second",
            content=(
                n.Group(role=n.GroupRole.NOTICE, title=text("Mind"), content=(paragraph("The gap."),)),
                n.Group(role=n.GroupRole.CASE, content=(paragraph("A case."),)),
                n.Group(role=n.GroupRole.RECOMMENDATIONS, content=(paragraph("Do it."),)),
                n.Group(role=n.GroupRole.ABSTRACT, content=(paragraph("In short."),)),
                n.Group(role=n.GroupRole.CUSTOM, content=(paragraph("As it is."),)),
            ),
        ),
        n.Section(title=(), content=(paragraph("Untitled."),)),
        n.Section(
            title=text("Works"),
            role=n.SectionRole.REFERENCES,
            content=(
                n.Bibliography(
                    entries=(
                        n.Entry(id="li", content=text("Li, A. 2020. A work.")),
                        n.Entry(id="mo", label="7", content=text("Mo. Another work.")),
                    )
                ),
            ),
        ),
        n.Group(role=n.GroupRole.AUTHOR_NOTE, content=(paragraph("They live on grain."),)),
        n.Notes(),
    ),
)
