"""Places in the source: lines, and the way from an offset in a block's inline content back to line and column.

The parser hands inline content on as text: the lines of a paragraph without the indentation and the marks of whatever
they stand in, joined by line feeds. What is left of a line is always its end, which is how its column is found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from octavo.diagnostics import Position
from octavo.nesting import DEEPEST, DEEPEST_MARKS

_CLOSING: Final = r"</([A-Za-z][A-Za-z0-9-]*+)"


class Lines:
    """The lines of a source. Line numbers here start at 0, columns too; a `Position` counts both from 1.

    `depth` is how deep blocks may nest in it, `marks` how deep emphasis and its like.
    """

    def __init__(self, text: str, name: str, depth: int = DEEPEST, marks: int = DEEPEST_MARKS) -> None:
        self.texts = text.split("\n")
        self.name = name
        self.depth = depth
        self.marks = marks
        self._closed: frozenset[str] | None = None

    def closes(self, name: str) -> bool:
        """Say whether a tag closes elements of a name, in lower case, anywhere in the source."""
        if self._closed is None:
            found = (match for line in self.texts if "</" in line for match in re.findall(_CLOSING, line))
            self._closed = frozenset(each.lower() for each in found)
        return name in self._closed

    def position(self, line: int, column: int) -> Position:
        """Return the position of a character."""
        return Position(line + 1, column + 1, self.name)

    def first_character(self, line: int) -> Position:
        """Return the position of a line's first character besides space and quotation marks (`>`)."""
        text = self.texts[line] if line < len(self.texts) else ""
        return self.position(line, len(text) - len(text.lstrip(" \t>")))


class Placement:
    r"""Where the characters of one inline content stand: for each of its lines the offset, the line and the column.

    `removed` are offsets in the content before which the source holds one character more (`\|` in a table cell).
    """

    __slots__ = ("_columns", "_lines", "_offsets", "_removed", "_source")

    def __init__(
        self,
        source: Lines,
        offsets: Sequence[int],
        lines: Sequence[int],
        columns: Sequence[int],
        removed: Sequence[int] = (),
    ) -> None:
        self._source = source
        self._offsets = offsets
        self._lines = lines
        self._columns = columns
        self._removed = removed

    def closes(self, name: str) -> bool:
        """Say whether a tag closes elements of a name anywhere in the source."""
        return self._source.closes(name)

    def at(self, offset: int) -> Position:
        """Return the position of the character at an offset of the content."""
        which = bisect_right(self._offsets, offset) - 1 if len(self._offsets) > 1 else 0
        column = self._columns[which] + offset - self._offsets[which]
        if self._removed:
            column += bisect_right(self._removed, offset)
        return Position(self._lines[which] + 1, column + 1, self._source.name)

    def shifted(self, offset: int) -> Placement:
        """Return the placement of a part of the content that begins at an offset."""
        offsets = [each - offset for each in self._offsets]
        return Placement(
            self._source, offsets, self._lines, self._columns, [each - offset for each in self._removed]
        )


def placement_of(source: Lines, content: str, line: int, column: int | None = None) -> Placement:
    """Return the placement of inline content that begins on a line (at a column, where that is known)."""
    if column is None:
        # A first line of nothing but unusual space (U+00A0) is not part of the content.
        first = content.partition("\n")[0].rstrip()
        at = line
        while at < len(source.texts) and at < line + 3 and not source.texts[at].rstrip().endswith(first):
            at += 1
        line = at if at < min(len(source.texts), line + 3) else line
    if "\n" not in content:
        if column is None:
            column = _column(source, line, content)
        return Placement(source, (0,), (line,), (column,))
    offsets, lines, columns = [], [], []
    offset = 0
    for number, part in enumerate(content.split("\n"), line):
        offsets.append(offset)
        lines.append(number)
        known = column if number == line and column is not None else None
        columns.append(_column(source, number, part) if known is None else known)
        offset += len(part) + 1
    return Placement(source, offsets, lines, columns)


def _column(source: Lines, line: int, part: str) -> int:
    text = source.texts[line].rstrip() if line < len(source.texts) else ""
    return len(text) - len(part.rstrip())
