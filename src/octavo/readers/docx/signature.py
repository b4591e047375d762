"""Signatures: what a block is and reads, in a few bytes, so that one that nobody changed is known again.

A signature holds what any word processor keeps when it writes a file anew: the name of the style, the list's level,
the text with its marks and links. Writer and reader make it with this same code, of the same file.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import unquote

from octavo.readers.docx.looks import primary
from octavo.readers.docx.pieces import Grid, Held, Item, Line, Piece, Range
from octavo.tree import nodes
from octavo.tree.semantics import MarkKey
from octavo.tree.walk import walk

BOOKMARK: Final = re.compile(r"_oct(\d{1,8})")
LINES: Final = (nodes.Paragraph, nodes.Section, nodes.Caption, nodes.Entry, nodes.Formula, nodes.Divider)
"""Nodes that are one paragraph in Word."""
CONTAINERS: Final = (
    nodes.Group, nodes.Quote, nodes.PullQuote, nodes.List, nodes.ListItem, nodes.Definitions, nodes.Figure,
    nodes.Table, nodes.CodeBlock, nodes.Bibliography, nodes.Contents,
)  # fmt: skip
"""Nodes that are a run of paragraphs and tables in Word."""

_LABELS: Final = frozenset(
    {MarkKey.CAPTION_LABEL, MarkKey.GROUP_LABEL, MarkKey.HEADING_NUMBER, MarkKey.LIST_MARKER}
)
"""Text that octavo itself writes: how bold it is comes from the theme."""


def digest(signatures: Iterable[str]) -> str:
    """Return the hash of some signatures: 64 bits, in base64."""
    data = "\x1e".join(signatures).encode("utf-8", "surrogatepass")
    return base64.urlsafe_b64encode(hashlib.blake2b(data, digest_size=8).digest()).decode().rstrip("=")


def signature(item: Item) -> str:
    """Return the signature of a line or a grid."""
    if isinstance(item, Line):
        return _line(item)
    if isinstance(item, Held):
        return ""
    rows = []
    for row in item.rows:
        cells = []
        for cell in row.cells:
            inner = "\x1d".join([signature(each) for each in cell.items if not _is_blank(each)])
            cells.append(f"{cell.column}:{cell.span}:{cell.merged:d}:{inner}")
        rows.append(f"{row.header:d}" + "\x1f".join(cells))
    return "table\x1c" + "\x1c".join(rows)


def _is_blank(item: Item) -> bool:
    return isinstance(item, Line) and item.is_empty


def _line(line: Line) -> str:
    if line.in_contents or line.contents is not None:
        return "contents"
    parts = [line.style.name]
    if line.list is not None and line.style.role != "heading":
        parts.append(f"{line.list.level}{'#' if line.list.kind.ordered else '*'}")
    last = ""
    for piece in line.pieces:
        look = piece.look
        if piece.kind == "page-break":
            # A page break before the next paragraph, as LibreOffice writes it.
            continue
        if piece.node is not None:
            parts.append(_node(piece))
            last = ""
            continue
        if not look.marks and not look.link and not look.language:
            name = "-"
        else:
            marks = look.marks & _LABELS or look.marks
            name = f"{','.join(sorted(marks))}|{unquote(look.link)}|{primary(look.language)}"
        if name == last:
            parts[-1] += piece.text
        else:
            parts.append(f"{name}\x02{piece.text}")
            last = name
    for box in line.boxes:
        parts += [signature(each) for each in box]
    return "\x01".join(parts).strip()


def _node(piece: Piece) -> str:
    node = piece.node
    match node:
        case nodes.Footnote():
            return "note:" + "\x03".join(
                [signature(each).strip() for each in piece.items or () if not _is_blank(each)]
            )
        case nodes.Image():
            return f"image:{node.alt}"
        case nodes.CrossReference():
            return f"reference:{node.target}"
        case nodes.Math():
            return f"math:{node.text}"
        case _:
            return "break"


def _body_rows(table: nodes.Table) -> tuple[nodes.Row, ...]:
    return tuple(row for body in table.bodies for row in body.rows)


class Scan:
    """What a story's bookmarks say of its items, against the nodes that they were written from.

    `lines`: item -> the key of its node. `containers`: (first, last, key), outer ones before inner ones.
    """

    def __init__(
        self, items: list[Item], ranges: Mapping[str, Range], known: Mapping[int, nodes.AnyNode]
    ) -> None:
        self.items = items
        self.signatures = [signature(each) for each in items]
        self.lines: dict[int, int] = {}
        self.containers: list[tuple[int, int, int]] = []
        self._in_cells: set[int] | None = None
        for name, found in ranges.items():
            match = BOOKMARK.fullmatch(name)
            node = known.get(int(match.group(1))) if match else None
            if match is None or node is None or not items:
                continue
            key = int(match.group(1))
            if self._stands_in_cell(found, node, known):
                continue
            first, last = max(0, found.first), min(found.last, len(items) - 1)
            if end := ranges.get(f"{name}z"):
                # After a table, a bookmark over several paragraphs is written in two.
                last = max(last, min(end.last, len(items) - 1))
            if isinstance(node, nodes.Table):
                last = self._with_grid(first, last)
            if isinstance(node, CONTAINERS):
                self.containers.append((first, last, key))
            elif isinstance(node, LINES):
                self.lines[self._shown(first, last)] = key
        self.containers.sort(key=lambda each: (each[0], -each[1], each[2]))

    def _stands_in_cell(self, found: Range, node: nodes.AnyNode, known: Mapping[int, nodes.AnyNode]) -> bool:
        """Say whether a bookmark is of something in a table's cell, which is known again with its table."""
        at = min(max(0, found.first), len(self.items) - 1)
        if isinstance(node, nodes.Table) or not isinstance(self.items[at], Grid):
            return False
        if self._in_cells is None:
            tables = [each for each in known.values() if isinstance(each, nodes.Table)]
            rows = [row for each in tables for row in (*each.head, *_body_rows(each), *each.foot)]
            self._in_cells = {id(each) for row in rows for each in walk(row)}
        return id(node) in self._in_cells

    def _with_grid(self, first: int, last: int) -> int:
        """Return where a table ends whose bookmark stands in its caption alone."""
        if first == last and last + 1 < len(self.items) and isinstance(self.items[last], Line):
            return last + isinstance(self.items[last + 1], Grid)
        return last

    def _shown(self, first: int, last: int) -> int:
        """Return the item that a bookmark of one line means: an editor may let it begin in an empty line before."""
        for at in range(first, last + 1):
            item = self.items[at]
            if not isinstance(item, Line) or not item.is_empty:
                return at
        return first

    def hashes(self) -> dict[int, str]:
        """Return the hash of every line and container that has a bookmark."""
        found = {key: digest((self.signatures[at],)) for at, key in self.lines.items()}
        for first, last, key in self.containers:
            found[key] = self.hash_of(first, last)
        return found

    def hash_of(self, first: int, last: int) -> str:
        """Return the hash of a run of items; empty lines do not count."""
        return digest(self.signatures[at] for at in range(first, last + 1) if not _is_blank(self.items[at]))

    def loose(self) -> dict[int, list[str]]:
        """Return the hashes of lines without a bookmark of their own, by the innermost container (0: none)."""
        owners = [0] * len(self.items)
        for first, last, key in self.containers:
            owners[first : last + 1] = [key] * (last + 1 - first)
        found: dict[int, list[str]] = {}
        for at, item in enumerate(self.items):
            if at not in self.lines and isinstance(item, Line) and not item.is_empty:
                found.setdefault(owners[at], []).append(digest((self.signatures[at],)))
        return found
