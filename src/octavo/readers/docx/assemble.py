"""Blocks of a story: paragraphs with their notes and anchors, and sections around what follows a heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from octavo.readers.docx.assembly import NOTHING, Assembly, Heading, Out
from octavo.readers.docx.inlines import inlines, stripped
from octavo.readers.docx.pieces import Item, Line, Piece
from octavo.tree import nodes
from octavo.tree.nodes import Block, Inline


def nest(content: Sequence[Block | Heading], parents: Mapping[int, int]) -> tuple[Block, ...]:
    """Return blocks with every heading's section around what follows it.

    `parents`: the key of the section in which a block of some key stood (0: none), so that what stood after a section
    does not come to stand in it.
    """
    top: list[Block] = []
    stack: list[tuple[int, nodes.Section, list[Block]]] = []

    def close(level: int) -> None:
        while stack and stack[-1][0] >= level:
            _, section, inside = stack.pop()
            made = msgspec.structs.replace(section, content=tuple(inside))
            (stack[-1][2] if stack else top).append(made)

    for each in content:
        if isinstance(each, Heading):
            close(each.level)
            stack.append((each.level, each.section, []))
        else:
            parent = parents.get(each.key, -1) if each.key else -1
            if parent == 0:
                close(0)
            elif parent > 0 and (found := [level for level, section, _ in stack if section.key == parent]):
                close(found[-1] + 1)
            (stack[-1][2] if stack else top).append(each)
    close(0)
    return tuple(top)


class Assembler:
    """Makes blocks. `referenced` are the bookmarks that something leads to; `anchors` what they became."""

    def __init__(self, referenced: frozenset[str] = NOTHING) -> None:
        self._referenced = referenced
        self.anchors: dict[str, str] = {}
        self.parents: dict[int, int] = {}
        """In which section blocks stood that octavo wrote, by key; 0 for none."""
        self.depths: dict[int, int] = {}
        """How deep sections lie that octavo wrote, by key."""

    def document(self, items: Sequence[Item]) -> tuple[Block, ...]:
        """Return the blocks of the document's text, in sections."""
        return nest(self._out(items, sections=True), self.parents)

    def blocks(
        self,
        items: Sequence[Item],
        *,
        within: str = "",
        drop: frozenset[str] = NOTHING,
        in_cell: bool = False,
    ) -> tuple[Block, ...]:
        """Return blocks without sections: `within` is the container that they stand in, by its style key."""
        return tuple(
            [
                each
                for each in self._out(items, within, drop, in_cell=in_cell)
                if not isinstance(each, Heading)
            ]
        )

    def _out(
        self,
        items: Sequence[Item],
        within: str = "",
        drop: frozenset[str] = NOTHING,
        *,
        sections: bool = False,
        in_cell: bool = False,
    ) -> Out:
        return Assembly(self, items, within, drop, sections, in_cell).run()

    # Text ------------------------------------------------------------------------------------------------------------

    def content(
        self, line: Line, pieces: Sequence[Piece] | None = None, drop: frozenset[str] = NOTHING
    ) -> tuple[Inline, ...]:
        """Return a line's text."""
        chosen = line.pieces if pieces is None else pieces
        if len(chosen) == 1 and chosen[0].node is None:
            only = chosen[0]
            kept = [Piece(only.text.strip(), only.look, None, only.kind)]
        else:
            kept = stripped([self._with_note(each) for each in chosen])
        return inlines(kept, line.position, drop=drop)

    def _with_note(self, piece: Piece) -> Piece:
        if piece.items is None or not isinstance(piece.node, nodes.Footnote):
            return piece
        _without_space_at_start(piece.items)
        note = msgspec.structs.replace(piece.node, content=self.blocks(piece.items, in_cell=True))
        return Piece("", piece.look, note, piece.kind)

    def anchor(self, line: Line) -> str:
        """Return the anchor of a line that something leads to."""
        names = [each for each in line.bookmarks if each in self._referenced]
        for each in names:
            self.anchors.setdefault(each, names[0])
        return self.anchors[names[0]] if names else ""

    def paragraphs(self, line: Line, drop: frozenset[str] = NOTHING) -> tuple[Block, ...]:
        """Return a line as a paragraph, with what stands beside it: page breaks and text boxes."""
        if line.unchanged and isinstance(line.original, nodes.Paragraph):
            return (msgspec.structs.replace(line.original, key=line.key, position=line.position),)
        made: list[Block] = []
        anchor = self.anchor(line)
        run: list[Piece] = []
        for piece in (*line.pieces, None):
            if piece is not None and piece.kind != "page-break":
                run.append(piece)
                continue
            content = self.content(line, run, drop)
            if content:
                made.append(self._paragraph(line, content, anchor))
                anchor = ""
            if piece is not None:
                made.append(nodes.PageBreak(position=line.position))
            run = []
        if anchor and not made:
            self.anchors = {name: known for name, known in self.anchors.items() if known != anchor}
        for box in line.boxes:
            made += self.blocks(box, in_cell=True)
        return tuple(made)

    def _paragraph(self, line: Line, content: tuple[Inline, ...], anchor: str) -> Block:
        if line.math and len(content) == 1 and isinstance(content[0], nodes.Math):
            return nodes.Formula(text=content[0].text, id=anchor, position=line.position)
        old = line.original
        if isinstance(old, nodes.Paragraph):
            return msgspec.structs.replace(old, content=content, key=line.key, position=line.position)
        return nodes.Paragraph(content=content, id=anchor, position=line.position)


def _without_space_at_start(items: Sequence[Item]) -> None:
    """Take away the space between a note's mark and its text."""
    first = items[0] if items else None
    if isinstance(first, Line):
        first.pieces = stripped(first.pieces)
