"""Terse constructors, so that a program that makes a document reads like the document.

    build.document(
        build.section("Findings", "Trade fell in ", ...)  # blocks; a string is a paragraph
        title="Trade after the storm",
        authors=["Ada Lovelace"],
    )

A string stands for a text where inlines are wanted, and for a paragraph where blocks are wanted; inlines where blocks
are wanted make a paragraph too. Any iterable of those will do in their place, nested as you like.
"""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Final, TypeAlias, TypeVar, cast, get_args

from octavo.tree import Document, nodes
from octavo.tree.metadata import Author, Metadata
from octavo.tree.nodes import (
    Alignment,
    Block,
    Caption,
    Cell,
    Column,
    ContentsKind,
    Definition,
    GroupRole,
    Inline,
    ListItem,
    ListMarker,
    ReferenceForm,
    Row,
    SectionRole,
    TableBody,
    Text,
)

Words: TypeAlias = "str | Inline | Iterable[Words]"
Blocks: TypeAlias = "str | Inline | Block | Iterable[Blocks]"

_INLINES: Final = get_args(Inline)
_Part = TypeVar("_Part")


def inlines(*content: Words) -> tuple[Inline, ...]:
    """Return inlines from strings, inlines, and iterables of them."""
    found: list[Inline] = []
    for each in content:
        if isinstance(each, str):
            found.extend((Text(text=each),) if each else ())
        elif isinstance(each, _INLINES):
            found.append(cast(Inline, each))
        elif isinstance(each, nodes.Node):
            raise TypeError(f"{type(each).__name__} is a block, and stands where text is wanted")
        else:
            found.extend(inlines(*_parts(each, "text")))
    return tuple(found)


def blocks(*content: Blocks) -> tuple[Block, ...]:
    """Return blocks from strings, inlines, blocks, and iterables of them.

    A string is a paragraph. Inlines in a row make one paragraph, together with the strings between them.
    """
    found: list[Block] = []
    waiting: list[str | Inline] = []

    def end_paragraph() -> None:
        if any(not isinstance(each, str) for each in waiting):
            found.append(nodes.Paragraph(content=inlines(waiting)))
        else:
            found.extend(nodes.Paragraph(content=inlines(each)) for each in waiting)
        waiting.clear()

    for each in content:
        if isinstance(each, (str, *_INLINES)):
            waiting.append(cast("str | Inline", each))
        elif isinstance(each, get_args(Block)):
            end_paragraph()
            found.append(cast(Block, each))
        elif isinstance(each, nodes.Node):
            raise TypeError(f"{type(each).__name__} is part of a block, not one")
        else:
            end_paragraph()
            found.extend(blocks(*_parts(each, "text or a block")))
    end_paragraph()
    return tuple(found)


def _parts(content: Iterable[_Part], wanted: str) -> Iterable[_Part]:
    """Return what an iterable holds; a number, a date or nothing at all is for its program to make a text of."""
    if isinstance(content, bytes | bytearray | Mapping) or not isinstance(content, Iterable):
        raise TypeError(
            f"{type(content).__name__} {content!r:.60} stands where {wanted} is wanted; make a str of it"
        )
    return content


_Named = TypeVar("_Named", bound=enum.StrEnum)


def _known(kind: type[_Named], name: _Named | str, argument: str) -> _Named:
    """Return a member of a closed set by its name."""
    try:
        return kind(name)
    except ValueError:
        known = ", ".join(f"`{each}`" for each in kind)
        raise ValueError(f"{argument} cannot be `{name}`; known are {known}") from None


def document(
    *content: Blocks,
    authors: Iterable[str | Author] | str | Author = (),
    date: datetime.date | str | None = None,
    keywords: Iterable[str] | str = (),
    **metadata: str,
) -> Document:
    """Return a document; the other keywords are the texts of `Metadata` (title, subtitle, language, series, ...).

    A date that is no full one, as "Spring 2024", is shown as it stands. One author and one keyword may stand alone.
    """
    known = set(Metadata.__struct_fields__) - {"positions"}
    unknown = sorted(set(metadata) - known - {"content"})
    if unknown:
        raise TypeError(f"a document has no {', '.join(unknown)}; known are {', '.join(sorted(known))}")
    inside = cast(Blocks, metadata.pop("content", ()))
    several = (authors,) if isinstance(authors, str | Author) else authors
    people = tuple(Author(name=each) if isinstance(each, str) else each for each in several)
    words = (keywords,) if isinstance(keywords, str) else tuple(keywords)
    given = {**metadata, **_day(date)}
    told = Metadata(authors=people, keywords=words, **cast("dict[str, Any]", given))
    return Document(metadata=told, content=blocks(*content, inside))


_DIGITS: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


def _day(date: datetime.date | str | None) -> dict[str, datetime.date | str | None]:
    """Return the fields of a date: it itself, or its text where it is none."""
    if isinstance(date, datetime.datetime):
        return {"date": date.date()}
    if not isinstance(date, str):
        return {"date": date} if date is not None else {}
    try:
        return {"date": datetime.date.fromisoformat(date)}
    except ValueError:
        if _DIGITS.fullmatch(date.strip()):
            raise ValueError(f"date is `{date}`, which is no day; write it as 2024-05-03") from None
        return {"date_text": date}


def author(name: str, **details: str) -> Author:
    """Return an author; details are affiliation, email, orcid and biography."""
    return Author(name=name, **details)


# Blocks --------------------------------------------------------------------------------------------------------------


def section(
    title: Words,
    *content: Blocks,
    id: str = "",
    role: SectionRole | str = SectionRole.BODY,
    numbered: bool | None = None,
) -> nodes.Section:
    """Return a section; sections among its content are subsections."""
    return nodes.Section(
        title=inlines(title),
        content=blocks(*content),
        id=id,
        role=_known(SectionRole, role, "role"),
        numbered=numbered,
    )


def paragraph(*content: Words, id: str = "", language: str = "") -> nodes.Paragraph:
    """Return a paragraph."""
    return nodes.Paragraph(content=inlines(*content), id=id, language=language)


def group(
    role: GroupRole | str, *content: Blocks, title: Words = (), style: str = "", id: str = ""
) -> nodes.Group:
    """Return a group of blocks; a `style` of the theme makes it one of role CUSTOM."""
    kind = _known(GroupRole, role, "role")
    return nodes.Group(role=kind, content=blocks(*content), title=inlines(title), style=style, id=id)


def styled(style: str, *content: Blocks, title: Words = (), id: str = "") -> nodes.Group:
    """Return a group of a style that the theme declares."""
    return group(GroupRole.CUSTOM, *content, title=title, style=style, id=id)


def lead(*content: Blocks) -> nodes.Group:
    """Return the opening of a document, set apart from its text."""
    return group(GroupRole.LEAD, *content)


def abstract(*content: Blocks, title: Words = ()) -> nodes.Group:
    """Return an abstract."""
    return group(GroupRole.ABSTRACT, *content, title=title)


def key_points(*points: Blocks, title: Words = ()) -> nodes.Group:
    """Return key points; several of them make a list, what is a list already stays one."""
    return group(GroupRole.KEY_POINTS, _as_list(points), title=title)


def recommendations(*points: Blocks, title: Words = (), ordered: bool = True) -> nodes.Group:
    """Return recommendations; several of them make a numbered list."""
    return group(GroupRole.RECOMMENDATIONS, _as_list(points, ordered), title=title)


def author_note(*content: Blocks, title: Words = ()) -> nodes.Group:
    """Return a note about the author."""
    return group(GroupRole.AUTHOR_NOTE, *content, title=title)


def notice(*content: Blocks, title: Words = ()) -> nodes.Group:
    """Return a notice."""
    return group(GroupRole.NOTICE, *content, title=title)


def case(*content: Blocks, title: Words = ()) -> nodes.Group:
    """Return a case in a box."""
    return group(GroupRole.CASE, *content, title=title)


def _as_list(points: Sequence[Blocks], ordered: bool = False) -> Blocks:
    if len(points) == 1 and isinstance(points[0], nodes.List):
        return points[0]
    if any(isinstance(each, nodes.List | nodes.Section | nodes.Group) for each in points):
        return points
    return numbered(*points) if ordered else bullets(*points)


def quote(*content: Blocks, by: Words = ()) -> nodes.Quote:
    """Return a quotation set off from the text, with whom it is by."""
    return nodes.Quote(content=blocks(*content), attribution=inlines(by))


def pull_quote(*content: Words, by: Words = (), repeats: bool = False) -> nodes.PullQuote:
    """Return words lifted from the text."""
    return nodes.PullQuote(content=inlines(*content), attribution=inlines(by), repeats=repeats)


def item(*content: Blocks, checked: bool | None = None) -> ListItem:
    """Return one item of a list, where it holds several blocks or is a task."""
    return ListItem(content=blocks(*content), checked=checked)


def _items(items: Iterable[Blocks | ListItem]) -> tuple[ListItem, ...]:
    return tuple(each if isinstance(each, ListItem) else item(each) for each in items)


def bullets(*items: Blocks | ListItem, tight: bool = True) -> nodes.List:
    """Return a list with bullets; each argument is an item."""
    return nodes.List(items=_items(items), tight=tight)


def numbered(
    *items: Blocks | ListItem,
    start: int = 1,
    marker: ListMarker | str | None = None,
    tight: bool = True,
) -> nodes.List:
    """Return a numbered list; each argument is an item. Without a marker it counts as the theme says."""
    known = _known(ListMarker, marker, "marker") if marker is not None else None
    return nodes.List(items=_items(items), ordered=True, start=start, marker=known, tight=tight)


def definitions(*entries: tuple[Words, Blocks]) -> nodes.Definitions:
    """Return a list of terms, each with its definition."""
    for entry in cast("tuple[object, ...]", entries):
        if not isinstance(entry, tuple | list) or len(entry) != 2:
            raise TypeError(
                f"each entry is a pair of a term and its meaning, not {type(entry).__name__} {entry!r:.60}"
            )
    return nodes.Definitions(
        entries=tuple(
            Definition(terms=(inlines(term),), content=(blocks(meaning),)) for term, meaning in entries
        )
    )


def figure(
    source: str | PurePath | Block,
    caption: Words = (),
    *,
    alt: str = "",
    credit: Words = (),
    id: str = "",
    width: float = 0.0,
) -> nodes.Figure:
    """Return a figure: an image file (or a block) with caption and credit. See `Image.width` for `width`."""
    words = inlines(caption)
    shown: Block = (
        paragraph(image(source, alt or _plain(words), width=width))
        if isinstance(source, str | PurePath)
        else source
    )
    return nodes.Figure(
        content=(shown,), caption=Caption(content=words) if words else None, credit=inlines(credit), id=id
    )


def _plain(words: tuple[Inline, ...]) -> str:
    from octavo.tree.walk import plain_text

    return plain_text(words)


def cell(
    *content: Blocks, rows: int = 1, columns: int = 1, align: Alignment = "", header: bool = False
) -> Cell:
    """Return a cell, where it spans rows or columns or differs from its column."""
    return Cell(content=blocks(*content), row_span=rows, column_span=columns, align=align, header=header)


def table(
    head: Iterable[Blocks | Cell],
    *rows: Iterable[Blocks | Cell],
    caption: Words = (),
    align: Iterable[Alignment] = (),
    id: str = "",
    notes: Blocks = (),
    alt: str = "",
) -> nodes.Table:
    """Return a table of a head row (which may be empty) and rows; what covered cells would hold is left out.

    `alt` describes it to those who cannot see it.
    """
    top = _row(head, header=True)
    body = tuple(_row(each) for each in rows)
    width = max((sum(one.column_span for one in row.cells) for row in (top, *body)), default=0)
    aligns: list[Alignment] = [*align][:width]
    aligns += [""] * (width - len(aligns))
    words = inlines(caption)
    return nodes.Table(
        columns=tuple(Column(align=each) for each in aligns),
        head=(top,) if top.cells else (),
        bodies=(TableBody(rows=body),) if body else (),
        caption=Caption(content=words) if words else None,
        notes=blocks(notes),
        alt=alt,
        id=id,
    )


def _row(cells: Iterable[Blocks | Cell], header: bool = False) -> Row:
    if isinstance(cells, str) or not isinstance(cells, Iterable):
        raise TypeError(f"a row of a table is a list of cells, not {type(cells).__name__} {cells!r:.60}")
    return Row(cells=tuple(each if isinstance(each, Cell) else cell(each, header=header) for each in cells))


def code_block(text: str, language: str = "", caption: Words = (), id: str = "") -> nodes.CodeBlock:
    """Return lines of code."""
    words = inlines(caption)
    return nodes.CodeBlock(
        text=text, code_language=language, caption=Caption(content=words) if words else None, id=id
    )


def formula(latex: str, id: str = "", numbered: bool | None = None) -> nodes.Formula:
    """Return a displayed formula from its LaTeX source."""
    return nodes.Formula(text=latex, id=id, numbered=numbered)


def divider() -> nodes.Divider:
    """Return a change of theme between paragraphs."""
    return nodes.Divider()


def contents(kind: ContentsKind | str = "headings", title: Words = (), depth: int = 3) -> nodes.Contents:
    """Return a table of contents, or a list of figures or tables."""
    return nodes.Contents(kind=_known(ContentsKind, kind, "kind"), title=inlines(title), depth=depth)


def page_break() -> nodes.PageBreak:
    """Return a page break."""
    return nodes.PageBreak()


def notes() -> nodes.Notes:
    """Return the place of collected notes."""
    return nodes.Notes()


def bibliography(*entries: Words) -> nodes.Bibliography:
    """Return a list of works cited."""
    return nodes.Bibliography(entries=tuple(nodes.Entry(content=inlines(each)) for each in entries))


# Inlines -------------------------------------------------------------------------------------------------------------


def emphasis(*content: Words) -> nodes.Emphasis:
    """Return stress emphasis."""
    return nodes.Emphasis(content=inlines(*content))


def strong(*content: Words) -> nodes.Strong:
    """Return text of importance."""
    return nodes.Strong(content=inlines(*content))


def small_caps(*content: Words) -> nodes.SmallCaps:
    """Return text in small capitals."""
    return nodes.SmallCaps(content=inlines(*content))


def superscript(*content: Words) -> nodes.Superscript:
    """Return raised text."""
    return nodes.Superscript(content=inlines(*content))


def subscript(*content: Words) -> nodes.Subscript:
    """Return lowered text."""
    return nodes.Subscript(content=inlines(*content))


def deleted(*content: Words) -> nodes.Deleted:
    """Return text that no longer holds."""
    return nodes.Deleted(content=inlines(*content))


def code(text: str, language: str = "") -> nodes.Code:
    """Return a fragment of code."""
    return nodes.Code(text=text, code_language=language)


def quoted(*content: Words) -> nodes.Quoted:
    """Return a quotation within a sentence; its marks follow the language."""
    return nodes.Quoted(content=inlines(*content))


def link(target: str, *content: Words, title: str = "") -> nodes.Link:
    """Return a link; without content it shows its target."""
    return nodes.Link(target=target, content=inlines(*content) or inlines(target), title=title)


def see(target: str, form: ReferenceForm | str = ReferenceForm.NUMBER) -> nodes.CrossReference:
    """Return a reference to a section, figure or table by its id."""
    return nodes.CrossReference(target=target, form=_known(ReferenceForm, form, "form"))


def footnote(*content: Blocks, endnote: bool = False) -> nodes.Footnote:
    """Return a note, to be put where it is cited; an `endnote` stands at the end of a Word file."""
    return nodes.Footnote(content=blocks(*content), endnote=endnote)


def image(
    source: str | PurePath, alt: str = "", *, width: float = 0.0, decorative: bool = False
) -> nodes.Image:
    """Return a picture within a line."""
    name = source.as_posix() if isinstance(source, PurePath) else source
    return nodes.Image(source=name, alt="" if decorative else alt, width=width, decorative=decorative)


def math(latex: str) -> nodes.Math:
    """Return a formula within a line from its LaTeX source."""
    return nodes.Math(text=latex)


def line_break() -> nodes.LineBreak:
    """Return a forced line break."""
    return nodes.LineBreak()


def span(style: str, *content: Words, language: str = "") -> nodes.Span:
    """Return inlines in a style that the theme declares, or in another language."""
    return nodes.Span(content=inlines(*content), style=style, language=language)
