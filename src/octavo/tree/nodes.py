"""Every node of the document tree, and the two closed unions `Block` and `Inline`; nothing else.

Values are frozen, content stands in tuples, there are no parent pointers and no free bags of attributes.
`position` is the place in the source, `language` a BCP 47 tag where it differs from what surrounds the node,
`id` the author's anchor (later the unique one), `key` a serial number given by `transforms.identify`: it names the
node for the page layout, for tags and for bookmarks, and is 0 until then.
"""

from __future__ import annotations

import enum
from typing import Literal, TypeAlias

import msgspec

from octavo.diagnostics import Position

Alignment: TypeAlias = Literal["", "left", "center", "right", "justify", "decimal"]


class GroupRole(enum.StrEnum):
    """What a group of blocks is for."""

    LEAD = "lead"
    ABSTRACT = "abstract"
    KEY_POINTS = "key-points"
    RECOMMENDATIONS = "recommendations"
    AUTHOR_NOTE = "author-note"
    NOTICE = "notice"
    CASE = "case"
    CUSTOM = "custom"
    """No meaning of its own: `Group.style` names a style that the theme declares."""


class SectionRole(enum.StrEnum):
    """What a section is for, where that is not plain text."""

    BODY = "body"
    INTRODUCTION = "introduction"
    CONCLUSION = "conclusion"
    NOTES = "notes"
    REFERENCES = "references"
    ACKNOWLEDGMENTS = "acknowledgments"
    APPENDIX = "appendix"


class ReferenceForm(enum.StrEnum):
    """How a cross-reference reads."""

    NUMBER = "number"
    TITLE = "title"
    PAGE = "page"


class ContentsKind(enum.StrEnum):
    """What a table of contents lists."""

    HEADINGS = "headings"
    FIGURES = "figures"
    TABLES = "tables"
    LISTINGS = "listings"


class QuoteLevel(enum.StrEnum):
    """Outer or inner quotation marks."""

    DOUBLE = "double"
    SINGLE = "single"


class ListMarker(enum.StrEnum):
    """The marker of an ordered list's items."""

    DECIMAL = "decimal"
    LOWER_ALPHA = "lower-alpha"
    UPPER_ALPHA = "upper-alpha"
    LOWER_ROMAN = "lower-roman"
    UPPER_ROMAN = "upper-roman"


def _kebab(name: str) -> str:
    return "".join(
        f"-{each.lower()}" if each.isupper() and at else each.lower() for at, each in enumerate(name)
    )


class Node(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag=_kebab):
    """The fields common to all nodes. Not itself a node: `Block` and `Inline` are closed unions."""

    position: Position | None = None
    language: str = ""
    id: str = ""
    key: int = 0


# Inlines -------------------------------------------------------------------------------------------------------


class Text(Node, frozen=True):
    """A run of characters, spaces included; never empty after `transforms`."""

    text: str


class Emphasis(Node, frozen=True):
    """Stress emphasis; usually italic."""

    content: tuple[Inline, ...]


class Strong(Node, frozen=True):
    """Importance; usually bold."""

    content: tuple[Inline, ...]


class SmallCaps(Node, frozen=True):
    """Text in small capitals; the text itself keeps its case."""

    content: tuple[Inline, ...]


class Superscript(Node, frozen=True):
    """Raised text."""

    content: tuple[Inline, ...]


class Subscript(Node, frozen=True):
    """Lowered text."""

    content: tuple[Inline, ...]


class Deleted(Node, frozen=True):
    """Text that no longer holds; struck through."""

    content: tuple[Inline, ...]


class Code(Node, frozen=True):
    """A fragment of code; `text` is kept to the letter."""

    text: str
    code_language: str = ""


class Quoted(Node, frozen=True):
    """A quotation within a sentence; the marks are not part of `content` and follow the language."""

    content: tuple[Inline, ...]
    level: QuoteLevel = QuoteLevel.DOUBLE


class Link(Node, frozen=True):
    """A link to a URL, or to an anchor of this document when `target` begins with `#`."""

    target: str
    content: tuple[Inline, ...]
    title: str = ""


class CrossReference(Node, frozen=True):
    """A reference to a numbered thing by its `id`. `text` is empty until `transforms.link` has filled it."""

    target: str
    form: ReferenceForm = ReferenceForm.NUMBER
    text: str = ""


class Citation(Node, frozen=True):
    """A citation of bibliography entries by their `id`s. `text` is what it reads as, once resolved."""

    targets: tuple[str, ...]
    locator: str = ""
    text: str = ""


class Footnote(Node, frozen=True):
    """A note, held where it is cited; `endnote`: its author wants it at the end of the document."""

    content: tuple[Block, ...]
    endnote: bool = False


class Image(Node, frozen=True):
    """A picture. `source` names it relative to the document; `alt` is required unless `decorative`.

    `width` is a length in points, or a share of the measure when it is negative (-0.5: half); 0 means natural.
    """

    source: str
    alt: str = ""
    decorative: bool = False
    title: str = ""
    width: float = 0.0


class Math(Node, frozen=True):
    """A formula within a line; `text` is its LaTeX source."""

    text: str


class LineBreak(Node, frozen=True):
    """A forced line break."""


class Span(Node, frozen=True):
    """Inlines in a style that the theme declares, or in another language."""

    content: tuple[Inline, ...]
    style: str = ""


Inline: TypeAlias = (
    Text
    | Emphasis
    | Strong
    | SmallCaps
    | Superscript
    | Subscript
    | Deleted
    | Code
    | Quoted
    | Link
    | CrossReference
    | Citation
    | Footnote
    | Image
    | Math
    | LineBreak
    | Span
)

# Parts of blocks ---------------------------------------------------------------------------------------------------


class Caption(Node, frozen=True):
    """The caption of a figure, table or code block; its label ("Figure 1") is in the index, not in the content."""

    content: tuple[Inline, ...]


class ListItem(Node, frozen=True):
    """One item; `checked` is None unless it is a task."""

    content: tuple[Block, ...]
    checked: bool | None = None


class Definition(Node, frozen=True):
    """One term (or several that share their meaning) with its definitions."""

    terms: tuple[tuple[Inline, ...], ...]
    content: tuple[tuple[Block, ...], ...]


class Column(Node, frozen=True):
    """A table column. `width` is a share of the table's width, 0 where the content decides."""

    align: Alignment = ""
    width: float = 0.0
    header: bool = False
    """The cells of this column head their rows."""


class Cell(Node, frozen=True):
    """A table cell. A cell that a span covers is absent from its row."""

    content: tuple[Block, ...]
    row_span: int = 1
    column_span: int = 1
    align: Alignment = ""
    header: bool = False


class Row(Node, frozen=True):
    """A table row."""

    cells: tuple[Cell, ...]


class TableBody(Node, frozen=True):
    """A run of rows that belong together."""

    rows: tuple[Row, ...]


class Entry(Node, frozen=True):
    """A bibliography entry; `label` is empty in styles that cite by author and year."""

    content: tuple[Inline, ...]
    label: str = ""


# Blocks ------------------------------------------------------------------------------------------------------------


class Section(Node, frozen=True):
    """A titled division; sections nest, and their depth is their level."""

    title: tuple[Inline, ...]
    content: tuple[Block, ...] = ()
    role: SectionRole = SectionRole.BODY
    numbered: bool | None = None
    """True or False where the author says so; None: as the theme asks."""


class Paragraph(Node, frozen=True):
    """A paragraph."""

    content: tuple[Inline, ...]


class Group(Node, frozen=True):
    """Blocks that together serve a purpose of their own."""

    role: GroupRole
    content: tuple[Block, ...]
    title: tuple[Inline, ...] = ()
    style: str = ""


class Quote(Node, frozen=True):
    """A quotation set off from the text."""

    content: tuple[Block, ...]
    attribution: tuple[Inline, ...] = ()


class PullQuote(Node, frozen=True):
    """Words lifted from the text to attract the reader; with `repeats` they stand elsewhere in the text too."""

    content: tuple[Inline, ...]
    attribution: tuple[Inline, ...] = ()
    repeats: bool = False


class List(Node, frozen=True):
    """A list; a `tight` one has no space between its items.

    Ordered ones without a `marker` count as the theme says of how deep they stand; see `Index.marker_of`.
    """

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    marker: ListMarker | None = None
    tight: bool = True


class Definitions(Node, frozen=True):
    """A list of terms and their definitions."""

    entries: tuple[Definition, ...]


class Figure(Node, frozen=True):
    """Something shown, with a caption and a credit."""

    content: tuple[Block, ...]
    caption: Caption | None = None
    credit: tuple[Inline, ...] = ()
    numbered: bool | None = None


class Table(Node, frozen=True):
    """A table. Rows of `head` are repeated when the table runs over a page; `alt` describes how it is built, or what it
    comes to, to those who cannot see it."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...] = ()
    bodies: tuple[TableBody, ...] = ()
    foot: tuple[Row, ...] = ()
    caption: Caption | None = None
    notes: tuple[Block, ...] = ()
    numbered: bool | None = None
    alt: str = ""


class CodeBlock(Node, frozen=True):
    """Lines of code, kept to the letter, without the last line's end."""

    text: str
    code_language: str = ""
    caption: Caption | None = None


class Formula(Node, frozen=True):
    """A displayed formula; `text` is its LaTeX source."""

    text: str
    numbered: bool | None = None


class Divider(Node, frozen=True):
    """A change of theme between paragraphs."""


class Bibliography(Node, frozen=True):
    """The list of works cited."""

    entries: tuple[Entry, ...]


class Notes(Node, frozen=True):
    """The place where collected notes go, for editions that collect them."""


class Contents(Node, frozen=True):
    """A table of contents; `depth` is the deepest level listed."""

    kind: ContentsKind = ContentsKind.HEADINGS
    title: tuple[Inline, ...] = ()
    depth: int = 3


class PageBreak(Node, frozen=True):
    """A page break that the author asks for."""


Block: TypeAlias = (
    Section
    | Paragraph
    | Group
    | Quote
    | PullQuote
    | List
    | Definitions
    | Figure
    | Table
    | CodeBlock
    | Formula
    | Divider
    | Bibliography
    | Notes
    | Contents
    | PageBreak
)

Part: TypeAlias = Caption | ListItem | Definition | Column | Cell | Row | TableBody | Entry

AnyNode: TypeAlias = Block | Inline | Part
