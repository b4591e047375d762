"""The block rule for tables: GitHub Flavored Markdown, with the place of every cell.

Tokens: `table_open` (meta: aligns), for each row `row` (map: its line) and an `inline` for each cell, `table_close`.
Cells that a row has too many of are kept; the reader says what it makes of them.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from markdown_it.rules_block import StateBlock

from octavo.readers.markdown.block_rules import text_of

MAXIMUM_FILLED: Final = 65_536
"""How many cells that are missing from rows are filled in, in one table; a limit on what a small source can make."""

_DELIMITERS: Final = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
_PIPE: Final = re.compile(r"(?<!\\)\|")


def table(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read a head row, a delimiter row with as many cells, and the rows that follow."""
    if first + 1 >= end or state.sCount[first + 1] < state.blkIndent:
        return False
    if state.is_code_block(first) or state.is_code_block(first + 1):
        return False
    delimiters = text_of(state, first + 1)
    if delimiters[:2] in ("- ", "-\t") or not _DELIMITERS.match(delimiters):
        return False
    head = text_of(state, first)
    aligns = [_align(each) for each in delimiters.strip().strip("|").split("|")]
    if "|" not in head or len(cells_of(head)) != len(aligns):
        return False
    if silent:
        return True
    opening = state.push("table_open", "", 1)
    opening.meta = {"aligns": aligns}
    _push_row(state, first)
    last = _rows(state, first + 2, end, len(aligns))
    opening.map = [first, last]
    state.push("table_close", "", -1)
    state.line = last
    return True


def unlike(content: str) -> tuple[int, int] | None:
    """Return how many cells the head of a paragraph that was meant for a table has, and how many the line below it."""
    head, _, rest = content.partition("\n")
    below = rest.partition("\n")[0].strip()
    if "|" not in head or "|" not in below or not _DELIMITERS.match(below):
        return None
    cells = len(cells_of(head)), len(cells_of(below))
    return cells if cells[0] != cells[1] else None


def _rows(state: StateBlock, line: int, end: int, width: int) -> int:
    rules = state.md.block.ruler.getRules("blockquote")
    parent, state.parentType = state.parentType, "table"
    missing = 0
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if state.is_code_block(line) or any(rule(state, line, end, True) for rule in rules):
            break
        missing += max(0, width - _push_row(state, line))
        line += 1
        if missing > MAXIMUM_FILLED:
            break
    state.parentType = parent
    return line


def _align(delimiter: str) -> str:
    mark = delimiter.strip()
    if mark.endswith(":"):
        return "center" if mark.startswith(":") else "right"
    return "left" if mark.startswith(":") else ""


def cells_of(text: str) -> list[tuple[int, int]]:
    """Return start and end of each cell of a row, its pipes left out."""
    text = text.rstrip()
    cuts = [-1, *(match.start() for match in _PIPE.finditer(text)), len(text)]
    cells = [(one + 1, other) for one, other in pairwise(cuts)]
    if cells and cells[0][0] == cells[0][1]:
        cells.pop(0)
    if cells and cells[-1][0] == cells[-1][1]:
        cells.pop()
    return cells


def _push_row(state: StateBlock, line: int) -> int:
    row = state.push("row", "", 0)
    row.map = [line, line + 1]
    text = text_of(state, line)
    start = state.bMarks[line] + state.tShift[line] - state.env["line_starts"][line]
    cells = cells_of(text)
    row.meta = {"column": start}
    for left, right in cells:
        raw = text[left:right]
        token = state.push("inline", "", 0)
        token.map, token.children = [line, line + 1], []
        token.content = raw.strip()
        token.meta = {"column": start + left + len(raw) - len(raw.lstrip())}
        if "\\|" in token.content:
            parts = token.content.split("\\|")
            removed, at = [], 0
            for part in parts[:-1]:
                at += len(part)
                removed.append(at)
                at += 1
            token.content = "|".join(parts)
            token.meta["removed"] = removed
    return len(cells)
