"""Signatures: what a block is and reads, in a few bytes, so that one that nobody changed is known again.

A signature holds what any word processor keeps when it writes a file anew: the name of the style, the list's level,
the text with its marks and links. Writer and reader make it with this same code, of the same file.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import unquote

from octavo.readers.docx.looks import primary
from octavo.readers.docx.names import BOOKMARK
from octavo.readers.docx.pieces import Grid, Held, Item, Line, Look, Piece, Range
from octavo.readers.docx.styles import Style
from octavo.tree import nodes
from octavo.tree.semantics import MarkKey
from octavo.tree.walk import walk

LINES: Final = (nodes.Paragraph, nodes.Section, nodes.Caption, nodes.Entry, nodes.Formula, nodes.Divider)
"""Nodes that are one paragraph in Word."""
CONTAINERS: Final = (
    nodes.Group, nodes.Quote, nodes.PullQuote, nodes.List, nodes.ListItem, nodes.Definitions, nodes.Figure,
    nodes.Table, nodes.CodeBlock, nodes.Bibliography, nodes.Contents,
)  # fmt: skip
"""Nodes that are a run of paragraphs and tables in Word."""

SOURCE: Final = "source"
"""Stands for the look of a formula's source; no look has this name."""
BREAK: Final = "break"
_MATH: Final = "math:"
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
        return item.signature or _line(item)
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


class Saying:
    """The signature of a line in the making: its style and its place in a list, then what it reads, piece by piece."""

    __slots__ = ("_last", "_parts", "is_blank")

    def __init__(self, style: Style, mark: str) -> None:
        """`mark` is that of its list, see `list_mark`."""
        self._parts = [style.name]
        if mark and style.role != "heading":
            self._parts.append(mark)
        self._last = ""
        self.is_blank = True
        """Whether there was nothing to see so far."""

    def text(self, look: str, text: str) -> None:
        """Take in a text; its look by its name."""
        if look == self._last:
            self._parts[-1] += text
        else:
            self._parts.append(f"{look}\x02{text}")
            self._last = look
        if self.is_blank and text.strip():
            self.is_blank = False

    def node(self, said: str) -> None:
        """Take in what stands among the text."""
        self._parts.append(said)
        self._last = ""
        self.is_blank = False

    def source(self, text: str) -> bool:
        """Take in the source of a formula, of which several runs may tell; say whether it is another formula's."""
        if self._last == SOURCE:
            self._parts[-1] += text
            return False
        self.node(f"{_MATH}{text}")
        self._last = SOURCE
        return True

    def boxes(self, said: Iterable[str]) -> None:
        """Take in what stands in text boxes."""
        self._parts += said

    def signature(self) -> str:
        """Return the whole."""
        return "\x01".join(self._parts).strip()


def list_mark(level: int, *, ordered: bool) -> str:
    """Return what a signature says of a place in a list."""
    return f"{level}{'#' if ordered else '*'}"


def look_name(look: Look) -> str:
    """Return what a signature says of a look."""
    if not look.marks and not look.link and not look.language:
        return "-"
    marks = look.marks & _LABELS or look.marks
    return f"{','.join(sorted(marks))}|{unquote(look.link)}|{primary(look.language)}"


def _line(line: Line) -> str:
    if line.in_contents or line.contents is not None:
        return "contents"
    mark = list_mark(line.list.level, ordered=line.list.kind.ordered) if line.list is not None else ""
    saying = Saying(line.style, mark)
    for piece in line.pieces:
        if piece.kind == "page-break":
            # A page break before the next paragraph, as LibreOffice writes it.
            continue
        if piece.node is not None:
            saying.node(_node(piece))
        else:
            saying.text(look_name(piece.look), piece.text)
    for box in line.boxes:
        saying.boxes([signature(each) for each in box])
    return saying.signature()


def _node(piece: Piece) -> str:
    node = piece.node
    match node:
        case nodes.Footnote():
            return note_said(piece.items or ())
        case nodes.Image():
            return f"image:{node.alt}"
        case nodes.CrossReference():
            return f"reference:{node.target}"
        case nodes.Math():
            return f"{_MATH}{node.text}"
        case _:
            return BREAK


def note_said(items: Iterable[Item]) -> str:
    """Return what a signature says of a note that holds some items."""
    return "note:" + "\x03".join([signature(each).strip() for each in items if not _is_blank(each)])


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
            elif isinstance(node, LINES) and first <= last:
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
