"""Chunks: which block stands in which file. A brief is one file; a longer text has one for what stands before its
sections and one for each section, divided again where it is very long: at its subsections, else between blocks.

Keys count in reading order, so that a file holds a row of keys: the file of a node is found by its key alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Final, Literal, TypeAlias

import msgspec

from octavo.transforms.resolved import Resolved
from octavo.tree import nodes
from octavo.tree.nodes import Block, Section
from octavo.tree.walk import plain_text, walk
from octavo.writers.epub.markup import file_stem

SMALL: Final = 40_000
"""Characters of a text that stands in one file."""
LARGE: Final = 180_000
"""Characters of a section that is divided at its subsections: old readers are slow above 300 kB."""
_NODES: Final = 20_000

Matter: TypeAlias = Literal["frontmatter", "bodymatter", "backmatter"]


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """One file. `blocks` stand in it one after another; `first_key` is the key of the first, 0 for the first file.

    `opening`: it begins with the masthead and the title.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]
    first_key: int
    matter: Matter
    opening: bool = False


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All files in reading order, and the file in which each key stands."""

    chunks: tuple[Chunk, ...]
    anchors: Mapping[str, int]
    starts: Sequence[int]
    divided: bool
    """Whether it has chapters, each a file: then the table of contents is one of the pages."""

    def chunk_of(self, key: int) -> Chunk:
        """Return the file that a node stands in."""
        return self.chunks[max(0, bisect_right(self.starts, key) - 1)]


def plan(resolved: Resolved) -> Plan:
    """Return how a document is divided into files."""
    document = resolved.document
    title = document.metadata.title
    sections = [block for block in document.content if isinstance(block, Section)]
    if not sections or not _is_long(document.content):
        return _undivided(resolved)
    before = document.content[: next(at for at, each in enumerate(document.content) if each is sections[0])]
    chunks = [
        Chunk(
            name="opening.xhtml", title=title, blocks=before, first_key=0, matter="frontmatter", opening=True
        )
    ]
    taken = {"opening", "text", "nav", "cover"}
    for row in _rows(document.content[len(before) :]):
        chunks.extend(_chunks_of(row, taken))
    about = document.metadata
    if not before and not (about.title or about.subtitle or about.authors):
        chunks[:2] = [msgspec.structs.replace(chunks[1], opening=True, first_key=0)]
    starts = [chunk.first_key for chunk in chunks]
    return Plan(chunks=tuple(chunks), anchors=resolved.index.anchors, starts=starts, divided=True)


def _undivided(resolved: Resolved) -> Plan:
    """Return the plan of a text without sections, or with short ones: one file, or several of the same size."""
    title = resolved.document.metadata.title
    pieces = list(_cut(resolved.document.content)) or [()]
    chunks = [
        Chunk(
            name="text.xhtml" if not at else f"text-{at + 1}.xhtml",
            title=title,
            blocks=piece,
            first_key=piece[0].key if at else 0,
            matter="bodymatter",
            opening=not at,
        )
        for at, piece in enumerate(pieces)
    ]
    starts = [chunk.first_key for chunk in chunks]
    return Plan(chunks=tuple(chunks), anchors=resolved.index.anchors, starts=starts, divided=False)


def _cut(content: tuple[Block, ...]) -> Iterable[tuple[Block, ...]]:
    """Yield blocks in pieces that are not too long, as far as single blocks allow."""
    piece: list[Block] = []
    size = 0
    for block in content:
        own = len(msgspec.json.encode(block))
        if piece and size + own > 2 * LARGE:
            yield tuple(piece)
            piece, size = [], 0
        piece.append(block)
        size += own
    if piece:
        yield tuple(piece)


def _rows(content: tuple[Block, ...]) -> Iterable[tuple[Block, ...]]:
    """Yield each section with the blocks that follow it and are none."""
    row: list[Block] = []
    for block in content:
        if isinstance(block, Section) and row:
            yield tuple(row)
            row = []
        row.append(block)
    if row:
        yield tuple(row)


def _chunks_of(row: tuple[Block, ...], taken: set[str]) -> list[Chunk]:
    first = row[0]
    if not isinstance(first, Section):
        return [_chunk(row, taken)]
    at = next((at for at, each in enumerate(first.content) if isinstance(each, Section)), -1)
    if len(msgspec.json.encode(first)) < 2 * LARGE:
        return [_chunk(row, taken)]
    if at < 0:
        return _chunks_of_long(first, row[1:], taken)
    head = msgspec.structs.replace(first, content=first.content[:at])
    chunks = [_chunk((head,), taken)]
    for each in _rows((*first.content[at:], *row[1:])):
        chunks.extend(_chunks_of(each, taken))
    return chunks


def _chunks_of_long(section: Section, rest: tuple[Block, ...], taken: set[str]) -> list[Chunk]:
    """Return the files of a long section without subsections; in those after the first it has no heading."""
    head, *others = _cut(section.content)
    chunks = [_chunk((msgspec.structs.replace(section, content=head),), taken)]
    for piece in others:
        going_on = msgspec.structs.replace(section, content=piece, title=(), id="", key=piece[0].key)
        made = _chunk((going_on,), taken, section.id)
        chunks.append(msgspec.structs.replace(made, title=chunks[0].title))
    if rest:
        last = chunks[-1]
        chunks[-1] = msgspec.structs.replace(last, blocks=(*last.blocks, *rest))
    return chunks


def _chunk(row: tuple[Block, ...], taken: set[str], name: str = "") -> Chunk:
    first = row[0]
    title = plain_text(first.title).replace("\n", " ").strip() if isinstance(first, Section) else ""
    back = isinstance(first, Section) and first.role in _BACK
    return Chunk(
        name=_name(name or first.id, taken),
        title=title,
        blocks=row,
        first_key=first.key,
        matter="backmatter" if back else "bodymatter",
    )


_BACK: Final = frozenset(
    {
        nodes.SectionRole.NOTES,
        nodes.SectionRole.REFERENCES,
        nodes.SectionRole.ACKNOWLEDGMENTS,
        nodes.SectionRole.APPENDIX,
    }
)


def _name(identifier: str, taken: set[str]) -> str:
    stem = base = file_stem(identifier, "section")
    count = 1
    while stem in taken:
        count += 1
        stem = f"{base}-{count}"
    taken.add(stem)
    return f"{stem}.xhtml"


def _is_long(content: tuple[Block, ...]) -> bool:
    """Say whether a text is too long for one file, without reading further than that takes."""
    length = 0
    for node in islice(walk(nodes.Group(role=nodes.GroupRole.CUSTOM, content=content)), _NODES):
        if isinstance(node, nodes.Text | nodes.Code | nodes.CodeBlock):
            length += len(node.text)
            if length > SMALL:
                return True
    return length > SMALL
