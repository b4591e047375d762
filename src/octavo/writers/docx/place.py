"""Where a block stands, and what it becomes: paragraphs that can still be changed by what holds them, and raw XML."""

from __future__ import annotations

from typing import Final, TypeAlias

import msgspec

from octavo.theme.style import Style
from octavo.writers.docx.catalogue import WordStyle
from octavo.writers.docx.form import Form, Panel
from octavo.writers.docx.story import Relationships

NARROWEST: Final = 40.0
"""No indent makes a measure narrower than this, in points; print has the same bound."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where blocks stand. `left` and `right` are the content's edges from those of the column, which is `width` wide.

    `nested`: within a container, out of which nothing reaches. `panel` is the box around, `level` how many lists there
    are around; in a `cell` blocks have no bookmarks.
    """

    relationships: Relationships
    width: float
    left: float = 0.0
    right: float = 0.0
    nested: bool = False
    panel: Panel | None = None
    level: int = 0
    language: str = ""
    cell: bool = False
    note: bool = False
    """Within a footnote, where there can be no other."""
    align: str = ""
    """How a cell's column aligns its paragraphs."""
    scale: float = 1.0
    """How much smaller text is, in the cells of a table that is too wide."""
    continued: WordStyle | None = None
    """The style of an item's paragraphs."""

    @property
    def measure(self) -> float:
        """The width that is free for text."""
        return self.width - self.left - self.right

    def inside(self, left: float, right: float) -> Place:
        """Return the place within indents, which give way where the measure would become too narrow."""
        spare = max(0.0, self.measure - min(NARROWEST, self.measure))
        left = min(left, spare)
        right = min(right, spare - max(left, 0.0))
        return msgspec.structs.replace(self, left=self.left + left, right=self.right + right, nested=True)

    def indented(self, style: Style) -> Place:
        """Return the place within a style's own indents."""
        left, right = style.indent_left, style.indent_right
        if self.nested:
            left, right = max(0.0, left), max(0.0, right)
        return self.inside(left, right) if left or right else self

    def speaking(self, language: str) -> Place:
        """Return the place, with text in another language where one is named."""
        if not language or language == self.language:
            return self
        return msgspec.structs.replace(self, language=language)


class Band(msgspec.Struct, frozen=True):
    """Columns that pieces stand in: how many, what is between them, and how far their ends are from the margins."""

    columns: int
    gap: float = 0.0
    left: float = 0.0
    right: float = 0.0
    turned: bool = False
    """On pages of their own that lie on their side."""


TURNED: Final = Band(1, turned=True)


class Paragraph:
    """A paragraph that what holds it may still change: its form most of all."""

    __slots__ = ("band", "boxed", "content", "form", "loose", "natural", "opens", "section", "style")

    def __init__(self, style: WordStyle, form: Form, content: str) -> None:
        self.style = style
        self.form = form
        self.content = content
        """Its runs and bookmarks, as XML."""
        self.natural: dict[str, object] = {}
        """Its own "before" and "after", where it has taken more: of a table beside it, or of a loose list."""
        self.boxed = False
        """A box of its own begins with it."""
        self.loose = False
        """It is an item of a list with space between its items."""
        self.section = ""
        """`w:sectPr` of the section that ends with it."""
        self.opens = False
        """Whether the main matter begins with it."""
        self.band: Band | None = None
        """The columns it stands in, where they are not the page's."""


class Table:
    """A table, as XML, with the space that it wants around it, in points."""

    __slots__ = ("after", "band", "before", "xml")

    def __init__(self, xml: str) -> None:
        self.xml = xml
        self.band: Band | None = None
        self.before = 0.0
        self.after = 0.0


class Raw(str):
    """XML between blocks: bookmarks, the tags of a content control. It is nothing that can be seen."""

    __slots__ = ()


class Break:
    """A page break: the next paragraph begins a page."""

    __slots__ = ()


Piece: TypeAlias = Paragraph | Table | Raw | Break
Pieces: TypeAlias = list[Piece]


def visible(pieces: Pieces) -> list[Paragraph | Table]:
    """Return what can be seen of the pieces."""
    return [piece for piece in pieces if isinstance(piece, Paragraph | Table)]


def paragraphs(pieces: Pieces) -> list[Paragraph]:
    """Return the paragraphs among the pieces."""
    return [piece for piece in pieces if isinstance(piece, Paragraph)]


def reform(paragraph: Paragraph, **changes: object) -> None:
    """Change a paragraph's form."""
    paragraph.form = msgspec.structs.replace(paragraph.form, **changes)


def begin_page(paragraph: Paragraph, **changes: object) -> None:
    """Let a paragraph begin a page: it keeps the space above it only where its style asks for the page."""
    form = paragraph.form
    asked = form.page_break or form.recto
    reform(paragraph, tops=form.before > 0 and not asked and form.beside is None, **changes)


def are_to_part(above: Piece | None, below: Paragraph) -> bool:
    """Say whether Word would draw two boxes as one, or their grounds."""
    if not isinstance(above, Paragraph) or above.section or not below.boxed or below.form.page_break:
        return False
    one, other = above.form.panel, below.form.panel
    if one is None or other is None or above.form.beside or below.form.beside:
        return False
    return one == other or (one.background is not None and other.background is not None)


def with_space(pieces: Pieces, before: float, after: float) -> Pieces:
    """Return the pieces with at least that much space around them."""
    shown = visible(pieces)
    if shown:
        first, last = shown[0], shown[-1]
        if isinstance(first, Table):
            first.before = max(first.before, before)
        elif first.form.before < before:
            reform(first, before=before)
        if isinstance(last, Table):
            last.after = max(last.after, after)
        elif last.form.after < after:
            reform(last, after=after)
    return pieces


def without_space(pieces: Pieces) -> Pieces:
    """Return the pieces without the space around them: what holds them has its own, as in print."""
    shown = visible(pieces)
    if shown:
        first, last = shown[0], shown[-1]
        if isinstance(first, Table):
            first.before = 0.0
        else:
            reform(first, before=0.0)
        if isinstance(last, Table):
            last.after = 0.0
        else:
            reform(last, after=0.0)
    return pieces


def framed(pieces: Pieces, style: Style) -> Pieces:
    """Return the pieces of a box that is drawn: the space around it is the box's own, whatever stands in it has."""
    shown = visible(pieces)
    if shown:
        first, last = shown[0], shown[-1]
        if isinstance(first, Table):
            first.before = style.space_before
        else:
            reform(first, before=style.space_before)
            first.boxed = True
        if isinstance(last, Table):
            last.after = style.space_after
        else:
            reform(last, after=style.space_after)
    return pieces


def kept(pieces: Pieces) -> Pieces:
    """Return the pieces kept on one page: each with the next, and none divided."""
    found = paragraphs(pieces)
    for paragraph in found[:-1]:
        reform(paragraph, keep_next=True, keep_lines=True)
    if found:
        last = found[-1]
        reform(last, keep_lines=True, keep_next=last.form.keep_next and not last.style.kept)
    return pieces


def keep_with_next(pieces: Pieces) -> Pieces:
    """Return the pieces with the last kept with what follows."""
    found = paragraphs(pieces)
    if found:
        reform(found[-1], keep_next=True)
    return pieces
