"""Containers (`::: name`) to groups, pull quotes, tables of contents and page breaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec
from markdown_it.token import Token

from octavo.diagnostics import Position, info
from octavo.readers.attributes import Attributes
from octavo.readers.markdown.admonitions import IGNORED, STYLES, TITLES, name_of
from octavo.readers.markdown.anchors import settle_anchors
from octavo.readers.markdown.sections import Entry, Heading, nest, without_headings
from octavo.readers.report import nearest
from octavo.tree.nodes import (
    Block,
    Contents,
    ContentsKind,
    Group,
    GroupRole,
    Inline,
    LineBreak,
    Notes,
    PageBreak,
    Paragraph,
    PullQuote,
    Quote,
    Span,
    Text,
)

if TYPE_CHECKING:
    from octavo.readers.markdown.blocks import BlockReader

ROLES: Final = {str(role): role for role in GroupRole if role is not GroupRole.CUSTOM}
PULL_QUOTE: Final = "pull-quote"


def _note_of(opening: Token) -> str:
    """Return the name of a note to the reader; octavo's own names, and those that themes may like, are none."""
    name: str = opening.meta["name"]
    if opening.meta.get("admonition"):
        return name
    return "" if name in ROLES or name in STYLES else name_of(name)


class ContainerReader:
    """Makes blocks of containers."""

    def __init__(self, owner: BlockReader) -> None:
        self.owner = owner

    def read(self, opening: Token, inside: list[Token]) -> Sequence[Entry]:
        """Return the block of a container that holds blocks."""
        place = self.owner.place(opening)
        name, attributes = opening.meta["name"], opening.meta["attributes"]
        if not opening.meta["closed"]:
            hint = f"close it with a line `{':' * opening.meta['colons']}`"
            self.owner.report.warning("unclosed-block", f"`::: {name}` is never closed", place, hint)
        title: tuple[Inline, ...] = ()
        if inside and inside[0].type == "inline":
            title = self.owner.inlines(inside[0])
            inside = inside[1:]
        said = attributes.values.get("title", "")
        if said and not title:
            title = (Text(text=said, position=place),)
        if name == PULL_QUOTE:
            return [self._pull_quote(opening, title, inside, place)]
        note = _note_of(opening)
        entries = self.owner.entries(inside)
        fields = self.owner.use.common(attributes)
        levels = [each.level for each in entries if isinstance(each, Heading)]
        if not (title or name or fields):
            return entries
        divides = len(levels) > 1 or levels == [1] or len(levels) == len(entries) or not name
        if not title and not (name in ROLES or note) and levels and divides:
            return self._opened(name, entries, fields, place)
        if not title and entries and isinstance(entries[0], Heading):
            heading = entries[0]
            title = heading.title
            fields = {"id": heading.id, "language": heading.language, **fields}
            entries = entries[1:]
        known = ("title", *(IGNORED if note else ()))
        self.owner.use.check(attributes, known, f"`::: {name}`" if name else "this block", place)
        role = ROLES.get(name, GroupRole.NOTICE if note else GroupRole.CUSTOM)
        style = name if role is GroupRole.CUSTOM else ""
        content = nest(entries, self.owner.report)
        if note in ("quote", "cite"):
            return [Quote(content=content, attribution=title, position=place, **fields)]
        if note and not title and not opening.meta.get("titled") and TITLES[note]:
            title = (Text(text=TITLES[note], position=place),)
        return [Group(role=role, content=content, title=title, style=style, position=place, **fields)]

    def _opened(
        self, name: str, entries: list[Entry], fields: dict[str, Any], place: Position
    ) -> Sequence[Entry]:
        """Return what a container around whole sections holds: they belong to the document's own."""
        if name:
            message = f"`::: {name}` holds sections, and is no block of its own"
            hint = (
                "octavo keeps the sections; a block has at most one heading, its title, of level 2 or deeper"
            )
            self.owner.report.once(info("opened-block", message, place, hint))
        language = fields.get("language", "")
        kept = [
            each if each.language or not language else msgspec.structs.replace(each, language=language)
            for each in entries
        ]
        if fields.get("id") and kept:
            anchor = Span(content=(), id=fields["id"], position=place)
            kept = settle_anchors([Paragraph(content=(anchor,), position=place), *kept])
        return kept

    def leaf(self, opening: Token, title: tuple[Inline, ...]) -> Sequence[Entry]:
        """Return the block of a container that holds nothing (and a paragraph of what stands behind its name)."""
        place = self.owner.place(opening)
        name, attributes = opening.meta["name"], opening.meta["attributes"]
        fields = self.owner.use.common(attributes)
        if name == "contents":
            return [self._contents(attributes, title, place, fields)]
        self.owner.use.check(attributes, (), f"`::: {name}`", place)
        block: Block = (
            PageBreak(position=place, **fields) if name == "page-break" else Notes(position=place, **fields)
        )
        return [block, Paragraph(content=title, position=place)] if title else [block]

    def _contents(
        self, attributes: Attributes, title: tuple[Inline, ...], place: Position, fields: dict[str, Any]
    ) -> Contents:
        report = self.owner.report
        self.owner.use.check(attributes, ("kind", "depth", "title"), "`::: contents`", place)
        kinds = [str(each) for each in ContentsKind]
        kind = attributes.values.get("kind", "headings")
        if kind not in kinds:
            hint = nearest(kind, kinds, f"known are {', '.join(kinds)}")
            report.warning("invalid-attribute", f"`{kind}` is nothing a table of contents lists", place, hint)
            kind = "headings"
        depth = attributes.values.get("depth", "3")
        if depth not in "123456" or len(depth) != 1:
            report.warning("invalid-attribute", f"`{depth}` is no depth", place, "write a number from 1 to 6")
            depth = "3"
        said = attributes.values.get("title", "")
        if said and not title:
            title = (Text(text=said, position=place),)
        return Contents(kind=ContentsKind(kind), title=title, depth=int(depth), position=place, **fields)

    def _pull_quote(
        self, opening: Token, title: tuple[Inline, ...], inside: list[Token], place: Position
    ) -> Block:
        attributes = opening.meta["attributes"]
        known = ("repeats", "attribution", "title")
        self.owner.use.check(attributes, known, "`::: pull-quote`", place)
        fields = self.owner.use.common(attributes)
        said = opening.meta.get("attribution")
        attribution = self.owner.inlines(said) if said else ()
        if not attribution and attributes.values.get("attribution"):
            attribution = (Text(text=attributes.values["attribution"], position=place),)
        blocks = without_headings(self.owner.entries(inside), self.owner.report, "a pull quote")
        if title:
            blocks = (Paragraph(content=title, position=title[0].position), *blocks)
        content: list[Inline] = []
        for block in blocks:
            if not isinstance(block, Paragraph):
                hint = "write plain paragraphs in it, or use a quotation (`>`)"
                message = "a pull quote holds paragraphs only; this one is set as a quotation"
                self.owner.report.warning("pull-quote-content", message, block.position, hint)
                return Quote(content=blocks, attribution=attribution, position=place, **fields)
            if content:
                content.append(LineBreak(position=block.position))
            content.extend(block.content)
        repeats = self.owner.use.choice(attributes, "repeats", place) or False
        return PullQuote(
            content=tuple(content), attribution=attribution, repeats=repeats, position=place, **fields
        )
