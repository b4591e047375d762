"""Block tokens to blocks, each with its line and column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import msgspec
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from octavo.diagnostics import Position, info
from octavo.readers.attributes import Attributes
from octavo.readers.markdown.anchors import settle_anchors
from octavo.readers.markdown.attribute_use import AttributeUse
from octavo.readers.markdown.containers import ContainerReader
from octavo.readers.markdown.fences import DIAGRAMS, read_info
from octavo.readers.markdown.html_blocks import HtmlReader
from octavo.readers.markdown.inlines import InlineReader
from octavo.readers.markdown.lines import Lines
from octavo.readers.markdown.notes import Definitions, Notes
from octavo.readers.markdown.prepare import placement
from octavo.readers.markdown.sections import Entry, Heading, nest, without_headings
from octavo.readers.markdown.table_rule import unlike
from octavo.readers.markdown.tables import GridReader, TableReader, with_caption
from octavo.readers.report import Report, nearest
from octavo.tree.nodes import (
    Block,
    Caption,
    CodeBlock,
    Contents,
    Definition,
    Divider,
    Figure,
    Formula,
    Group,
    GroupRole,
    Inline,
    LineBreak,
    List,
    ListItem,
    ListMarker,
    PageBreak,
    Paragraph,
    Quote,
    Section,
    SectionRole,
    Table,
    Text,
)
from octavo.tree.nodes import Definitions as DefinitionList

_SIGNS: Final = frozenset({r"\newpage", r"\pagebreak", r"\clearpage"})
"""Paragraphs that ask for a new page, as Pandoc's readers know them."""
_CONTENTS: Final = frozenset({"[toc]", "[[toc]]", "[[_toc_]]"})
"""Paragraphs that ask for a table of contents, in lower case; GitLab and many wikis know them."""
_FIGURE_KEYS: Final = ("credit", "numbered")
_Waiting: TypeAlias = tuple[Caption, Attributes, str]
"""A caption, its attributes, and how it began, until it is known what it is the caption of."""


class BlockReader:
    """Reads a source's block tokens; holds what all its flows share."""

    def __init__(self, lines: Lines, definitions: Definitions, report: Report) -> None:
        self.lines = lines
        self.report = report
        self.use = AttributeUse(report)
        self.definitions = definitions
        self.notes = Notes(definitions, self.note, report)
        self.inline_reader = InlineReader(report, self.notes, lines.marks)
        self.tables = TableReader(lines, self.inlines, self.use)
        self.grids = GridReader(lines, self.cell)
        self.containers = ContainerReader(self)

    def entries(self, tokens: list[Token]) -> list[Entry]:
        """Return the blocks and headings of a flow."""
        return _Flow(self, tokens).entries()

    def note(self, tokens: list[Token]) -> tuple[Block, ...]:
        """Return the blocks of a footnote."""
        return without_headings(self.entries(tokens), self.report, "a note")

    def cell(self, tokens: list[Token]) -> tuple[Block, ...]:
        """Return the blocks of a table's cell."""
        return without_headings(self.entries(tokens), self.report, "a table")

    def inlines(self, token: Token) -> tuple[Inline, ...]:
        """Return the nodes of an inline token."""
        return self.inline_reader.read(token.children or [], placement(token, self.lines))

    def place(self, token: Token) -> Position:
        """Return where a block's markup begins."""
        if "place" in token.meta:
            return self.lines.position(*token.meta["place"])
        return self.lines.first_character(token.map[0] if token.map else 0)


class _Flow:
    """One pass over the tokens of one flow of blocks."""

    def __init__(self, owner: BlockReader, tokens: list[Token]) -> None:
        self.owner = owner
        self.tokens = tokens
        self.index = 0
        self.found: list[Entry] = []

    def entries(self) -> list[Entry]:
        attributes: tuple[Attributes, Position] | None = None
        caption: _Waiting | None = None
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            if token.type == "attributes":
                said = token.meta["attributes"]
                if token.meta["behind"] and self.found:
                    self.found[-1] = self._attributed(self.found[-1], said, self.owner.place(token))
                    self.index += 1
                    continue
                attributes = (attributes[0].merged(said) if attributes else said, self.owner.place(token))
                self.index += 1
                continue
            if token.type == "caption":
                caption = self._caption(caption)
                continue
            count = len(self.found)
            _READERS[token.type](self, token)
            if len(self.found) > count and attributes:
                self.found[count] = self._attributed(self.found[count], *attributes)
                attributes = None
            if len(self.found) > count and caption:
                first = self.found[count]
                taken = isinstance(first, Table | CodeBlock) and not first.caption
                self.found[count : count + 1] = (
                    [self._captioned(first, *caption[:2])] if taken else [_stray(caption), first]
                )
                caption = None
        if caption:
            self.found.append(_stray(caption))
        return settle_anchors(self.found)

    def span(self) -> list[Token]:
        """Return the tokens from an opening one to before its closing one, and stand behind that."""
        start = self.index
        depth = 0
        while True:
            depth += self.tokens[self.index].nesting
            self.index += 1
            if not depth:
                return self.tokens[start : self.index - 1]

    # Captions and lines of attributes -------------------------------------------------------------------------------

    def _caption(self, waiting: _Waiting | None) -> _Waiting | None:
        """Put a caption on the table or code before it; else return it, for what comes next."""
        token, inner = self.tokens[self.index : self.index + 2]
        self.index += 2
        if waiting:
            self.found.append(_stray(waiting))
        caption = Caption(content=self.owner.inlines(inner), position=self.owner.place(token))
        last = self.found[-1] if self.found else None
        if isinstance(last, Table | CodeBlock) and last.caption is None:
            self.found[-1] = self._captioned(last, caption, token.meta["attributes"])
            return None
        return caption, token.meta["attributes"], token.meta["sign"]

    def _captioned(self, block: Entry, caption: Caption, attributes: Attributes) -> Entry:
        if isinstance(block, Table):
            return with_caption(self.owner.tables.attributed(block, attributes, caption.position), caption)
        if isinstance(block, CodeBlock):
            self.owner.use.check(attributes, (), "code", caption.position)
            return msgspec.structs.replace(block, caption=caption, **self.owner.use.common(attributes))
        return block

    def _attributed(self, block: Entry, attributes: Attributes, place: Position) -> Entry:
        """Return a block with what the line of attributes before it says."""
        use = self.owner.use
        if isinstance(block, Table):
            return self.owner.tables.attributed(block, attributes, place)
        if isinstance(block, List):
            use.check(attributes, ("marker",), "a list", place)
            return msgspec.structs.replace(block, **use.common(attributes), **self._marker(attributes, place))
        if isinstance(block, Heading):
            fields = self._heading_fields(attributes, place)
            return msgspec.structs.replace(block, **{key: each for key, each in fields.items() if each})
        if isinstance(block, Formula):
            numbered = use.choice(attributes, "numbered", place)
            use.check(attributes, ("numbered",), "a formula", place)
            return msgspec.structs.replace(block, numbered=numbered, **use.common(attributes))
        use.check(attributes, (), "this block", place)
        return msgspec.structs.replace(block, **use.common(attributes))

    def _marker(self, attributes: Attributes, place: Position) -> dict[str, Any]:
        said = attributes.values.get("marker")
        if said is None:
            return {}
        if said in list(ListMarker):
            return {"marker": ListMarker(said)}
        known = [str(each) for each in ListMarker]
        hint = nearest(said, known, f"known are {', '.join(known)}")
        self.owner.report.warning("invalid-attribute", f"`{said}` is no list marker", place, hint)
        return {}

    # Blocks -------------------------------------------------------------------------------------------------------

    def paragraph(self, token: Token) -> None:
        inner = self.tokens[self.index + 1]
        self.index += 3
        if token.meta.get("skipped"):
            return
        if inner.content in _SIGNS or inner.content.lower() in _CONTENTS:
            place = self.owner.place(token)
            breaks = inner.content in _SIGNS
            self.found.append(PageBreak(position=place) if breaks else Contents(position=place))
            return
        kinds = [child.type for child in inner.children or []]
        if kinds in (["image"], ["image", "attributes"]):
            self.found.append(self._figure(inner, token))
            return
        content = self.owner.inlines(inner)
        if any(not isinstance(each, LineBreak) for each in content):
            paragraph: Entry = Paragraph(content=content, position=self.owner.place(token))
            if "|" in inner.content and (cells := unlike(inner.content)):
                message = f"this is no table: its head has {cells[0]} cells, and the line below it {cells[1]}"
                place = self.owner.place(token)
                self.owner.report.warning("table-not-made", message, place, "give both as many cells")
            if "attributes" in token.meta:
                paragraph = self._attributed(paragraph, token.meta["attributes"], self.owner.place(token))
            self.found.append(paragraph)

    def _figure(self, inner: Token, opening: Token) -> Figure:
        children = inner.children or []
        token = children[0]
        where = placement(inner, self.owner.lines)
        place = where.at(0)
        attributes = children[1].meta["attributes"] if len(children) > 1 else Attributes()
        image = self.owner.inline_reader.image(token, where)
        own = Attributes("", attributes.classes, attributes.values)
        image = self.owner.use.image(image, own, place, _FIGURE_KEYS)
        label = token.children or []
        caption = self.owner.inline_reader.read(label, where.shifted(token.meta["at"] + 2))
        credit = attributes.values.get("credit", "")
        common = self.owner.use.common(attributes)
        return Figure(
            content=(Paragraph(content=(msgspec.structs.replace(image, language=""),), position=place),),
            caption=Caption(content=caption, position=where.at(2)) if caption else None,
            credit=(Text(text=credit, position=place),) if credit else (),
            numbered=self.owner.use.choice(attributes, "numbered", place),
            position=self.owner.place(opening),
            **common,
        )

    def heading(self, token: Token) -> None:
        inner = self.tokens[self.index + 1]
        self.index += 3
        place = self.owner.place(token)
        fields = self._heading_fields(token.meta["attributes"], place)
        title = self.owner.inlines(inner)
        self.found.append(Heading(level=int(token.tag[1]), title=title, position=place, **fields))

    def _heading_fields(self, attributes: Attributes, place: Position) -> dict[str, Any]:
        roles = [str(each) for each in SectionRole]
        named = [each for each in attributes.classes if each in roles]
        said = attributes.values.get("role") or "".join(named[:1])
        self.owner.use.check(attributes, ("role", "numbered"), "a heading", place, roles)
        fields = self.owner.use.common(attributes)
        if said in roles:
            fields["role"] = SectionRole(said)
        elif said:
            hint = nearest(said, roles, f"known are {', '.join(roles)}")
            self.owner.report.warning("invalid-attribute", f"`{said}` is no role of a section", place, hint)
        numbered = self.owner.use.choice(attributes, "numbered", place)
        return fields if numbered is None else {**fields, "numbered": numbered}

    def quote(self, token: Token) -> None:
        inside = self.span()[1:]
        content = without_headings(self.owner.entries(inside), self.owner.report, "a quotation")
        attribution = token.meta.get("attribution")
        said = self.owner.inlines(attribution) if attribution else ()
        if "alert" in token.meta:
            titled = token.meta.get("alert_title")
            place = self.owner.place(token)
            title = (
                self.owner.inlines(titled) if titled else (Text(text=token.meta["alert"], position=place),)
            )
            self.found.append(self._notice(title, content, said, place))
            return
        self.found.append(Quote(content=content, attribution=said, position=self.owner.place(token)))

    def _notice(
        self, title: tuple[Inline, ...], content: tuple[Block, ...], said: tuple[Inline, ...], place: Position
    ) -> Group:
        """Return what GitHub writes as a quotation that begins with `[!NOTE]` or another such word."""
        more = (Paragraph(content=said, position=place),) if said else ()
        return Group(role=GroupRole.NOTICE, title=title, content=content + more, position=place)

    def list(self, token: Token) -> None:
        inside = self.span()[1:]
        items, tight, at = [], True, 0
        while at < len(inside):
            opening, start, depth = inside[at], at, 0
            while True:
                each = inside[at]
                depth += each.nesting
                if depth == 1 and at > start and each.type == "paragraph_close" and not each.hidden:
                    tight = False
                at += 1
                if not depth:
                    break
            entries = self.owner.entries(inside[start + 1 : at - 1])
            items.append(
                ListItem(
                    content=without_headings(entries, self.owner.report, "a list"),
                    checked=opening.meta.get("checked"),
                    position=self.owner.lines.first_character((opening.map or [0])[0])
                    if start
                    else self.owner.place(token),
                )
            )
        self.found.append(
            List(
                items=tuple(items),
                ordered=token.type == "ordered_list_open",
                start=int(token.attrs.get("start", 1)),
                marker=token.meta.get("marker"),
                tight=tight,
                position=self.owner.place(token),
            )
        )

    def definitions(self, token: Token) -> None:
        inside = self.span()[1:]
        found: list[tuple[Position, tuple[Inline, ...], list[tuple[Block, ...]]]] = []
        flow = _Flow(self.owner, inside)
        while flow.index < len(inside):
            opening = inside[flow.index]
            part = flow.span()[1:]
            if opening.type == "dt_open":
                place = self.owner.lines.first_character((opening.map or [0])[0])
                found.append((place, self.owner.inlines(part[0]), []))
                continue
            entries = self.owner.entries(part)
            found[-1][2].append(without_headings(entries, self.owner.report, "a definition"))
        definitions = tuple(
            Definition(terms=(term,), content=tuple(content), position=place)
            for place, term, content in found
        )
        self.found.append(DefinitionList(entries=definitions, position=self.owner.place(token)))

    def table(self, token: Token) -> None:
        inside = self.span()
        read = self.owner.grids.read if token.meta.get("grid") else self.owner.tables.read
        self.found.append(read(inside))

    def fence(self, token: Token) -> None:
        self.index += 1
        place = self.owner.place(token)
        told = read_info(unescapeAll(token.info).strip(), self.owner.report, place)
        language, attributes, said = told.language, told.attributes, told.caption
        self.owner.use.check(attributes, ("caption",), "code", place)
        self._unclosed_fence(token, place)
        if language in DIAGRAMS:
            hint = "draw it as an image, and show that"
            message = f"a drawing in the language `{language}` is shown as its source"
            self.owner.report.once(info("diagram-as-source", message, place, hint))
        if language == "math":
            self.found.append(Formula(text=token.content.strip(), position=place, id=attributes.id))
            return
        self.found.append(
            CodeBlock(
                text=token.content.removesuffix("\n"),
                code_language=language,
                caption=Caption(content=(Text(text=said, position=place),), position=place) if said else None,
                position=place,
                **self.owner.use.common(attributes),
            )
        )

    def _unclosed_fence(self, token: Token, place: Position) -> None:
        if token.meta.get("closed"):
            return
        last = (token.map or [0, 1])[1] - 1
        text = self.owner.lines.texts[last] if last < len(self.owner.lines.texts) else ""
        if last == (token.map or [0])[0] or not text.strip(" \t>").startswith(token.markup):
            hint = "close it with a line of the same marks that opened it"
            self.owner.report.warning("unclosed-code", "this block of code is never closed", place, hint)

    def code(self, token: Token) -> None:
        self.index += 1
        self.found.append(CodeBlock(text=token.content.removesuffix("\n"), position=self.owner.place(token)))

    def formula(self, token: Token) -> None:
        self.index += 1
        place = self.owner.place(token)
        attributes = token.meta["attributes"]
        self.owner.use.check(attributes, ("numbered",), "a formula", place)
        numbered = self.owner.use.choice(attributes, "numbered", place)
        common = self.owner.use.common(attributes)
        self.found.append(Formula(text=token.content, numbered=numbered, position=place, **common))

    def divider(self, token: Token) -> None:
        self.index += 1
        self.found.append(Divider(position=self.owner.place(token)))

    def container(self, token: Token) -> None:
        self.found.extend(self.owner.containers.read(token, self.span()[1:]))

    def leaf(self, token: Token) -> None:
        self.index += 1
        title: tuple[Inline, ...] = ()
        if self.index < len(self.tokens) and self.tokens[self.index].type == "inline":
            title = self.owner.inlines(self.tokens[self.index])
            self.index += 1
        self.found.extend(self.owner.containers.leaf(token, title))

    def stray(self, token: Token) -> None:
        self.index += 1
        place, hint = self.owner.place(token), "remove it, or open a block with `::: name`"
        self.owner.report.warning("stray-fence", "this `:::` closes nothing", place, hint)

    def definition_of_note(self, token: Token) -> None:
        self.index += 1
        definition = token.meta["definition"]
        label, place = definition.label, definition.position
        if definition.repeated:
            hint = "give it another label; its text is kept here"
            self.owner.report.warning("repeated-footnote", f"`[^{label}]` is defined twice", place, hint)
        elif label in self.owner.definitions.unused:
            hint = f"cite it with `[^{label}]`, or remove it; its text is kept here"
            self.owner.report.warning(
                "unused-footnote", f"nothing cites the footnote `[^{label}]`", place, hint
            )
        else:
            return
        mark = Text(text=f"[^{label}]: ", position=place)
        blocks = list(without_headings(self.owner.entries(definition.tokens), self.owner.report, "a note"))
        if blocks and isinstance(blocks[0], Paragraph):
            first = blocks.pop(0)
            content = (mark, *first.content) if isinstance(first, Paragraph) else (mark,)
            blocks.insert(0, Paragraph(content=content, position=place))
        else:
            blocks.insert(0, Paragraph(content=(mark,), position=place))
        self.found.extend(blocks)

    def html(self, token: Token) -> None:
        self.index += 1
        self.found.extend(HtmlReader(self.owner, token).read())


def _stray(waiting: _Waiting) -> Paragraph:
    """Return the paragraph that a caption is where no table stands beside it."""
    caption, _, sign = waiting
    colon = Text(text=sign, position=caption.position)
    return Paragraph(content=(colon, *caption.content), position=caption.position)


_READERS: Final[Mapping[str, Callable[[_Flow, Token], None]]] = {
    "paragraph_open": _Flow.paragraph,
    "heading_open": _Flow.heading,
    "blockquote_open": _Flow.quote,
    "bullet_list_open": _Flow.list,
    "ordered_list_open": _Flow.list,
    "dl_open": _Flow.definitions,
    "table_open": _Flow.table,
    "fence": _Flow.fence,
    "code_block": _Flow.code,
    "formula": _Flow.formula,
    "hr": _Flow.divider,
    "container_open": _Flow.container,
    "container_leaf": _Flow.leaf,
    "container_stray": _Flow.stray,
    "note_definition": _Flow.definition_of_note,
    "html_block": _Flow.html,
}


def read_blocks(tokens: list[Token], owner: BlockReader) -> list[Entry]:
    """Return the blocks and headings of a document."""
    return owner.entries(tokens)


__all__ = ["BlockReader", "Section", "nest", "read_blocks"]
