"""From lines and grids to blocks: what stands together by its styles becomes one block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from octavo.readers.docx import captions
from octavo.readers.docx.inlines import common_marks
from octavo.readers.docx.lists import is_continued, make_lists, mark_of
from octavo.readers.docx.pieces import Grid, Held, Item, Line, Piece
from octavo.readers.docx.tables import make_table
from octavo.tree import nodes
from octavo.tree.nodes import Block, GroupRole, Inline
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.tree.walk import plain_text

if TYPE_CHECKING:
    from octavo.readers.docx.assemble import Assembler

S = StyleKey
NOTHING: Final[frozenset[str]] = frozenset()
_GROUPS: Final = {
    str(key): GroupRole(str(key))
    for key in (S.LEAD, S.ABSTRACT, S.KEY_POINTS, S.RECOMMENDATIONS, S.AUTHOR_NOTE, S.NOTICE, S.CASE)
}
_CONTAINERS: Final = frozenset({*_GROUPS, str(S.QUOTE), str(S.PULL_QUOTE)})


class Heading(msgspec.Struct, frozen=True):
    """A heading that waits for its section's content."""

    level: int
    section: nodes.Section


Out = list[Block | Heading]


class Assembly:
    """One run of items on its way to blocks."""

    def __init__(
        self,
        maker: Assembler,
        items: Sequence[Item],
        within: str,
        drop: frozenset[str],
        sections: bool,
        in_cell: bool,
    ) -> None:
        self._maker = maker
        self._items = [each for each in items if not _is_dropped(each)]
        self._within = within
        self._drop = drop
        self._sections = sections
        self._in_cell = in_cell
        self._at = 0
        self._out: Out = []

    def run(self) -> Out:
        """Return the blocks."""
        while self._at < len(self._items):
            item = self._items[self._at]
            if isinstance(item, Held):
                self._take(item.block)
            elif isinstance(item, Grid):
                self._table(item, None)
            else:
                self._line(item)
        return self._out

    def _take(self, *blocks: Block) -> None:
        self._out += blocks
        self._at += 1

    def _role(self, line: Line) -> str:
        role = line.style.role
        return "" if role == self._within and role in _CONTAINERS else role

    def _container(self, item: Item) -> str:
        if not isinstance(item, Line):
            return ""
        style = item.style
        found = style.within or (style.role if style.role in _CONTAINERS else "")
        return "" if found == self._within else found

    def _line(self, line: Line) -> None:
        if line.contents is not None:
            self._contents(line)
        elif line.in_contents and line.is_empty:
            self._at += 1
        elif line.is_empty and line.style.role != S.DIVIDER:
            self._take(*([nodes.Divider(position=line.position)] if line.ruled and not self._in_cell else []))
        elif container := self._container(line):
            self._gather_container(container)
        elif line.breaks_page and line.key == 0 and not self._in_cell:
            line.breaks_page = False
            self._out.append(nodes.PageBreak(position=line.position))
        elif level := self._heading_level(line):
            self._heading(line, level)
        elif mark_of(line) is not None:
            self._list()
        else:
            _RULES.get(self._role(line), Assembly._plain)(self, line)

    def _heading_level(self, line: Line) -> int:
        if not self._sections:
            return 0
        if line.style.role == "heading":
            level = line.style.level
            known = self._maker.depths.get(line.key, 0)
            return known if known and level == min(known, 6) else level
        if line.style.role == S.TITLE:
            return 1
        # An outline level on a style of no other meaning, or on the paragraph itself, makes a heading.
        if line.style.outline and line.style.role in ("", "list") and len(line.text) < 400:
            return line.style.outline
        return 0

    def _heading(self, line: Line, level: int) -> None:
        old = line.original
        if line.unchanged and isinstance(old, nodes.Section):
            section = msgspec.structs.replace(old, content=(), key=line.key, position=line.position)
        else:
            drop = common_marks(line.pieces) & {MarkKey.STRONG}
            content = self._maker.content(
                line, [each for each in line.pieces if each.kind != "page-break"], drop
            )
            content = _without_number(content, line)
            if isinstance(old, nodes.Section):
                section = msgspec.structs.replace(
                    old, title=content, content=(), key=line.key, position=line.position
                )
            else:
                counted = line.list is not None and line.list.kind.ordered
                section = nodes.Section(
                    title=content,
                    id=self._maker.anchor(line),
                    numbered=True if counted else None,
                    position=line.position,
                )
        self._out.append(Heading(level, section))
        self._at += 1
        for box in line.boxes:
            self._out += self._maker.blocks(box, in_cell=True)

    def _plain(self, line: Line) -> None:
        if line.style.role == "heading" or (line.style.outline and not line.style.role):
            # Where no section can stand, a heading is a paragraph in bold.
            content = self._maker.content(line, drop=frozenset({MarkKey.STRONG}))
            strong = nodes.Strong(content=content, position=line.position)
            boxes = [each for box in line.boxes for each in self._maker.blocks(box, in_cell=True)]
            self._take(
                *([nodes.Paragraph(content=(strong,), position=line.position)] if content else []), *boxes
            )
        elif self._is_picture(line):
            self._picture(line)
        else:
            self._take(*self._maker.paragraphs(line, self._drop))

    # Lists, containers -----------------------------------------------------------------------------------------------

    def _list(self) -> None:
        begin = self._at
        while self._at < len(self._items) and self._is_listed(self._items[self._at]):
            self._at += 1
        entries: list[Any] = list(self._items[begin : self._at])
        self._out += make_lists(entries, lambda line: self._maker.paragraphs(line, self._drop))

    def _is_listed(self, item: Item) -> bool:
        if not isinstance(item, Line) or self._container(item) or item.contents is not None:
            return False
        if self._sections and self._heading_level(item):
            return False
        return mark_of(item) is not None or is_continued(item)

    def _gather_container(self, container: str) -> None:
        begin = self._at
        while self._at < len(self._items) and self._container(self._items[self._at]) == container:
            self._at += 1
        lines = [each for each in self._items[begin : self._at] if isinstance(each, Line)]
        self._out.append(self.make_container(container, lines))

    def make_container(self, container: str, items: Sequence[Item]) -> Block:
        """Return the group, quotation or pull quote that lines of one container are."""
        maker = self._maker
        position = items[0].position if isinstance(items[0], Line | Grid) else None
        inner = list(items)
        title: tuple[Inline, ...] = ()
        attribution: tuple[Inline, ...] = ()
        if isinstance(inner[0], Line) and inner[0].style.role == S.GROUP_TITLE and len(inner) > 1:
            title = maker.content(inner.pop(0))  # type: ignore[arg-type]
        last = inner[-1]
        if isinstance(last, Line) and last.style.role == S.ATTRIBUTION and len(inner) > 1:
            attribution = maker.content(last)
            inner.pop()
        if (
            container == S.PULL_QUOTE
            and len(inner) == 1
            and isinstance(inner[0], Line)
            and not inner[0].boxes
        ):
            return nodes.PullQuote(
                content=maker.content(inner[0]), attribution=attribution, position=position
            )
        content = maker.blocks(inner, within=container, drop=self._drop, in_cell=self._in_cell)
        if container in _GROUPS:
            return nodes.Group(role=_GROUPS[container], content=content, title=title, position=position)
        return nodes.Quote(content=content, attribution=attribution, position=position)

    # Blocks by their styles ------------------------------------------------------------------------------------------

    def _contents(self, line: Line) -> None:
        made = line.contents
        assert made is not None
        above = self._out[-1] if self._out else None
        title: tuple[Inline, ...] = ()
        begun = self._items[self._at - 1] if self._at else None
        if (
            isinstance(begun, Line)
            and begun.style.role == S.CONTENTS_TITLE
            and isinstance(above, nodes.Paragraph)
        ):
            title = above.content
            self._out.pop()
        before = self._maker.paragraphs(line)
        self._out += before
        self._out.append(msgspec.structs.replace(made, title=title))
        self._at += 1

    def _code(self, line: Line) -> None:
        texts: list[str] = []
        boxes: list[Block] = []
        while self._at < len(self._items):
            item = self._items[self._at]
            if (
                not isinstance(item, Line)
                or self._role(item) != S.CODE_BLOCK
                or (texts and item.key and item.key != line.key)
            ):
                break
            texts.append(_literal(item.pieces))
            notes = [
                each for each in item.pieces if each.kind == "note" or isinstance(each.node, nodes.Image)
            ]
            if notes:
                boxes.append(
                    nodes.Paragraph(content=self._maker.content(item, notes), position=item.position)
                )
            boxes += [each for box in item.boxes for each in self._maker.blocks(box, in_cell=True)]
            self._at += 1
        self._out.append(nodes.CodeBlock(text="\n".join(texts), position=line.position))
        self._out += boxes

    def _formula(self, line: Line) -> None:
        if line.unchanged and isinstance(line.original, nodes.Formula):
            self._take(msgspec.structs.replace(line.original, key=line.key, position=line.position))
            return
        if (
            any(each.kind == "note" or isinstance(each.node, nodes.Image) for each in line.pieces)
            or line.boxes
        ):
            self._take(*self._maker.paragraphs(line, self._drop))
            return
        text = "".join(
            each.node.text if isinstance(each.node, nodes.Math) else each.text for each in line.pieces
        )
        body, number = captions.formula_number(text)
        made: nodes.Formula
        if isinstance(line.original, nodes.Formula):
            made = msgspec.structs.replace(line.original, text=body, key=line.key, position=line.position)
        else:
            made = nodes.Formula(
                text=body,
                numbered=None if number else False,
                id=self._maker.anchor(line),
                position=line.position,
            )
        self._take(made)

    def _divider(self, line: Line) -> None:
        old = line.original if isinstance(line.original, nodes.Divider) else nodes.Divider()
        self._take(msgspec.structs.replace(old, key=line.key, position=line.position))

    def _bibliography(self, line: Line) -> None:
        entries: list[nodes.Entry] = []
        while self._at < len(self._items):
            item = self._items[self._at]
            if not isinstance(item, Line) or self._role(item) != S.BIBLIOGRAPHY_ENTRY or item.boxes:
                break
            entries.append(self._entry(item))
            self._at += 1
        if entries:
            self._out.append(nodes.Bibliography(entries=tuple(entries), position=line.position))
        else:
            self._take(*self._maker.paragraphs(line, self._drop))

    def _entry(self, line: Line) -> nodes.Entry:
        old = line.original
        if line.unchanged and isinstance(old, nodes.Entry):
            return msgspec.structs.replace(old, key=line.key, position=line.position)
        pieces, label = captions.entry_label(line.pieces)
        content = self._maker.content(line, pieces)
        if isinstance(old, nodes.Entry):
            return msgspec.structs.replace(old, content=content, key=line.key, position=line.position)
        return nodes.Entry(content=content, label=label, id=self._maker.anchor(line), position=line.position)

    def _definitions(self, line: Line) -> None:
        entries: list[tuple[list[tuple[Inline, ...]], list[Block]]] = []
        while self._at < len(self._items):
            item = self._items[self._at]
            role = self._role(item) if isinstance(item, Line) else ""
            if not isinstance(item, Line) or role not in (S.TERM, S.DEFINITION) or item.boxes:
                break
            if role == S.TERM:
                if not entries or entries[-1][1]:
                    entries.append(([], []))
                entries[-1][0].append(self._maker.content(item))
            else:
                if not entries:
                    entries.append(([], []))
                entries[-1][1].extend(self._maker.paragraphs(item))
            self._at += 1
        if not entries:
            self._take(*self._maker.paragraphs(line, self._drop))
            return
        made = tuple(
            nodes.Definition(
                terms=tuple(terms), content=(tuple(content),) if content else (), position=line.position
            )
            for terms, content in entries
        )
        self._out.append(nodes.Definitions(entries=made, position=line.position))

    # Figures and tables ----------------------------------------------------------------------------------------------

    def _is_picture(self, line: Line) -> bool:
        shown = [each for each in line.pieces if each.node is not None or each.text.strip()]
        return (
            len(shown) == 1
            and isinstance(shown[0].node, nodes.Image)
            and not shown[0].look.link
            and not line.boxes
            and not self._in_cell
        )

    def _picture(self, line: Line, caption: Line | None = None) -> None:
        figure = nodes.Figure(content=self._maker.paragraphs(line), position=line.position)
        self._take(figure)
        if caption is not None:
            self._out[-1] = self._captioned(figure, caption)

    def _figure(self, line: Line) -> None:
        if self._is_picture(line):
            self._picture(line)
        elif line.sequence:
            self._caption(line)
        else:
            self._take(*self._maker.paragraphs(line, self._drop))

    def _table(self, grid: Grid, caption: Line | None) -> None:
        table: nodes.Table = make_table(
            grid, lambda items, drop: self._maker.blocks(items, drop=drop | self._drop, in_cell=True)
        )
        self._at += 1
        old = grid.original
        if isinstance(old, nodes.Table):
            table = msgspec.structs.replace(table, key=grid.key)
        self._out.append(self._captioned(table, caption) if caption is not None else table)

    def _caption(self, line: Line) -> None:
        """Give a caption to what it stands beside: the table or listing below, else the figure or table above."""
        if line.boxes:
            self._take(*self._maker.paragraphs(line, self._drop))
            return
        kind = captions.kind_of(line)
        below = self._items[self._at + 1] if self._at + 1 < len(self._items) else None
        above = self._out[-1] if self._out else None
        if isinstance(below, Grid) and kind != "figure":
            self._at += 1
            self._table(below, line)
        elif isinstance(above, nodes.Figure) and above.caption is None and kind != "table":
            self._out[-1] = self._captioned(above, line)
            self._at += 1
        elif isinstance(below, Line) and self._is_picture(below) and kind != "table":
            self._at += 1
            self._picture(below, line)
        elif isinstance(below, Line) and self._role(below) == S.CODE_BLOCK and kind == "":
            self._at += 1
            at = len(self._out)
            self._code(below)
            block = self._out[at]
            assert isinstance(block, nodes.CodeBlock)
            self._out[at] = msgspec.structs.replace(block, caption=self._caption_of(line)[0])
        elif isinstance(above, nodes.Table) and above.caption is None and kind != "figure":
            self._out[-1] = self._captioned(above, line)
            self._at += 1
        else:
            self._take(*self._maker.paragraphs(line, self._drop))

    def _caption_of(self, line: Line) -> tuple[nodes.Caption, bool | None]:
        old = line.original
        if line.unchanged and isinstance(old, nodes.Caption):
            return msgspec.structs.replace(old, key=line.key, position=line.position), None
        pieces, numbered = captions.without_label(line.pieces)
        content = self._maker.content(line, pieces)
        if isinstance(old, nodes.Caption):
            return msgspec.structs.replace(old, content=content, key=line.key, position=line.position), None
        return nodes.Caption(content=content, position=line.position), numbered

    def _captioned(self, block: nodes.Figure | nodes.Table, line: Line) -> nodes.Figure | nodes.Table:
        caption, numbered = self._caption_of(line)
        anchor = self._maker.anchor(line)
        more = {}
        if isinstance(block, nodes.Table) and block.alt == plain_text(caption.content):
            # Word's title of a table that only says its caption again.
            more["alt"] = ""
        return msgspec.structs.replace(
            block, caption=caption, numbered=numbered, id=block.id or anchor, **more
        )

    def _credit(self, line: Line) -> None:
        above = self._out[-1] if self._out else None
        if isinstance(above, nodes.Figure) and not above.credit and not line.boxes:
            self._out[-1] = msgspec.structs.replace(above, credit=self._maker.content(line))
            self._at += 1
        else:
            self._take(*self._maker.paragraphs(line, self._drop))

    def _table_note(self, line: Line) -> None:
        above = self._out[-1] if self._out else None
        made = self._maker.paragraphs(line, self._drop)
        if isinstance(above, nodes.Table):
            self._out[-1] = msgspec.structs.replace(above, notes=(*above.notes, *made))
            self._at += 1
        else:
            self._take(*made)


def _is_dropped(item: Item) -> bool:
    """Say whether an item is nothing at all: the inside of a table of contents, or what a tracked change deletes."""
    return (
        isinstance(item, Line)
        and item.is_empty
        and item.contents is None
        and not item.ruled
        and item.style.role != S.DIVIDER
    )


def _literal(pieces: Sequence[Piece]) -> str:
    return "".join(
        [
            "\n" if isinstance(each.node, nodes.LineBreak) else each.text or getattr(each.node, "text", "")
            for each in pieces
        ]
    )


def _without_number(content: tuple[Inline, ...], line: Line) -> tuple[Inline, ...]:
    """A heading of octavo's own whose number stands in its text loses it: octavo counts."""
    marked = [each for each in line.pieces if MarkKey.HEADING_NUMBER in each.look.marks]
    number = "".join(each.text for each in marked)
    if not number or not content or not isinstance(content[0], nodes.Text):
        return content
    text = content[0].text.removeprefix(number).lstrip()
    rest = content[1:]
    return (msgspec.structs.replace(content[0], text=text), *rest) if text else rest


_RULES: Final[dict[str, Any]] = {
    S.CODE_BLOCK: Assembly._code,
    S.FORMULA: Assembly._formula,
    S.DIVIDER: Assembly._divider,
    S.BIBLIOGRAPHY_ENTRY: Assembly._bibliography,
    S.TERM: Assembly._definitions,
    S.DEFINITION: Assembly._definitions,
    S.FIGURE: Assembly._figure,
    S.CAPTION: Assembly._caption,
    S.CREDIT: Assembly._credit,
    S.TABLE_NOTE: Assembly._table_note,
}
