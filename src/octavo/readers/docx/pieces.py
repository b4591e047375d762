"""What a paragraph is made of before it becomes a tree: pieces of text in a look, and nodes that stand among them."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from octavo.diagnostics import Position
from octavo.readers.docx.numbering import ListPlace
from octavo.readers.docx.styles import PLAIN, Style
from octavo.tree import nodes


class Look(msgspec.Struct, frozen=True):
    """How text looks, and where it leads. `style` is a character style that is none of octavo's marks."""

    marks: frozenset[str] = frozenset()
    language: str = ""
    link: str = ""
    tip: str = ""


class Piece(msgspec.Struct):
    """Text in a look, or a node.

    `kind` is "", "counted" (a number that a SEQ field counted to), "page-break" or "note", whose text is in `items`.
    """

    text: str
    look: Look
    node: nodes.Inline | None = None
    kind: str = ""
    items: list[Item] | None = None


NO_LOOK = Look()


class Line:
    """A paragraph as it was read.

    `boxes` are the stories of text boxes anchored in it; `names` its bookmarks; `contents` a table of contents that
    begins in it. `key` and `original` are the round trip's: the node that octavo wrote it from, and whether it is
    unchanged. `signature` is its own, where that was made as it was read.
    """

    __slots__ = (
        "align", "bookmarks", "boxes", "breaks_page", "contents", "in_contents", "key", "language", "list",
        "math", "original", "pieces", "position", "ruled", "sequence", "signature", "style",
        "unchanged",
    )  # fmt: skip

    def __init__(self, position: Position, style: Style = PLAIN) -> None:
        self.position = position
        self.style = style
        self.list: ListPlace | None = None
        self.pieces: list[Piece] = []
        self.bookmarks: list[str] = []
        self.boxes: list[list[Item]] = []
        self.contents: nodes.Contents | None = None
        self.in_contents = False
        self.breaks_page = False
        self.ruled = False
        self.math = False
        self.align = ""
        self.language = ""
        self.sequence = ""
        """The name of the sequence that counts it, where it is a caption."""
        self.key = 0
        self.original: nodes.AnyNode | None = None
        self.unchanged = False
        self.signature = ""

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join([piece.text for piece in self.pieces])

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see in it but white space."""
        return not self.boxes and not any(piece.node or piece.text.strip() for piece in self.pieces)


class GridCell(msgspec.Struct, kw_only=True):
    """A cell of a table: `column` is where it begins; `merged` says that it goes on from the cell above."""

    column: int
    span: int
    merged: bool
    restarts: bool
    items: list[Item]


class GridRow(msgspec.Struct, kw_only=True):
    """A row of a table."""

    cells: list[GridCell]
    header: bool


class Grid:
    """A table as it was read."""

    __slots__ = ("alt", "caption", "columns", "key", "original", "position", "rows", "unchanged")

    def __init__(self, position: Position, columns: int, rows: list[GridRow]) -> None:
        self.position = position
        self.columns = columns
        self.rows = rows
        self.caption = ""
        self.alt = ""
        """Its title and its description, as Word's "Alt Text" has them."""
        self.key = 0
        self.original: nodes.AnyNode | None = None
        self.unchanged = False


class Held:
    """A block that is finished: one that octavo wrote and nobody changed, or one made of its changed parts."""

    __slots__ = ("block", "key")

    def __init__(self, block: nodes.Block, key: int) -> None:
        self.block = block
        self.key = key


Item = Line | Grid | Held


class Range:
    """What a bookmark covers: items from `first` to `last`, both included; `is_empty` where its ends stand together."""

    __slots__ = ("first", "is_empty", "last", "pieces")

    def __init__(self, first: int) -> None:
        self.first = first
        self.last = -1
        self.pieces = -1
        """How many pieces of its paragraph stand before it."""
        self.is_empty = False


class Around(NamedTuple):
    """What the fields that are open make of what is read."""

    silent: bool = False
    """It is an instruction, or an entry of a table of contents."""
    contents: bool = False
    """It stands in a table of contents."""
    counted: bool = False
    """It is the number of a sequence."""
    link: tuple[str, str] | None = None
    """The target and the tip of the innermost link."""


class Field:
    """A complex field that is open. `phase` is "instruction" or "result"."""

    __slots__ = (
        "arguments", "around", "instruction", "line", "matched", "name", "phase", "start", "switches",
    )  # fmt: skip

    def __init__(self, around: Around, matched: bool) -> None:
        self.around = around
        """What the fields say that it stands in: none of them changes while this one is open."""
        self.matched = matched
        self.instruction: list[str] = []
        self.phase = "instruction"
        self.name = ""
        self.arguments: list[str] = []
        self.switches: dict[str, str] = {}
        self.line: Line | None = None
        self.start = 0
