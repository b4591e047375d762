"""Tables whose columns are told by a row of dashes, as Pandoc knows them: simple ones, and those of several lines.

      Right     Left                ------------------
    -------  -------                 First   Default
         12  12                       Row    cells
        123  123                    ------- ----------
                                     one     of several
    Table: Both kinds                        lines

                                     two     x
                                    ------------------

A head stands where its dashes are; the way it stands over them tells how the column is set. The tokens are those of
`table_rule`; a table without a head has an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from markdown_it.rules_block import StateBlock

from octavo.readers.markdown.block_rules import begins_with, text_of
from octavo.readers.markdown.columns import Row
from octavo.readers.markdown.lines import Lines, Placement

MAXIMUM_CELLS: Final = 100_000
_DASHES: Final = re.compile(r"-{2,}(?:[ ]+-{2,})+[ ]*$")
_WHOLE: Final = re.compile(r"-{3,}[ ]*$")
_GROUP: Final = re.compile("-+")

_Span = tuple[int, int]


def ruled_table(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read a table whose columns a row of dashes tells."""
    dashes = begins_with(state, first, "-")
    following = first + 1 < end and not state.isEmpty(first + 1) and begins_with(state, first + 1, "-")
    if not (dashes or following) or state.is_code_block(first):
        return False
    text = text_of(state, first)
    if text.startswith("--"):
        found = _multiline(state, first, end) if _WHOLE.match(text) else None
        if found is None and _DASHES.match(text):
            found = _headless(state, first, end)
    else:
        found = _simple(state, first, end)
    if found is None:
        return False
    last, spans, head, body = found
    if len(spans) * (len(body) + 1) > MAXIMUM_CELLS:
        return False
    if not silent:
        _push(state, (first, last), spans, head, body)
        state.line = last
    return True


_Found = tuple[int, list[_Span], list[Row], list[list[Row]]]


def _row(state: StateBlock, line: int) -> Row:
    """Return a line with its indentation, which tells where its cells are."""
    start = state.bMarks[line]
    return Row(state.src[start : state.eMarks[line]].rstrip(), line, start - state.env["line_starts"][line])


def _is_dashes(state: StateBlock, line: int, end: int) -> bool:
    if line >= end or state.isEmpty(line) or state.sCount[line] < state.blkIndent:
        return False
    return not state.is_code_block(line) and bool(_DASHES.match(text_of(state, line)))


def _spans(row: Row) -> list[_Span]:
    return [match.span() for match in _GROUP.finditer(row.text)]


def _simple(state: StateBlock, first: int, end: int) -> _Found | None:
    """A head on one line, dashes, rows of one line each, up to an empty line or a row of dashes."""
    if not _is_dashes(state, first + 1, end):
        return None
    last = first + 2
    body = []
    while last < end and not state.isEmpty(last) and not _is_dashes(state, last, end):
        body.append([_row(state, last)])
        last += 1
    if _is_dashes(state, last, end):
        last += 1
    spans = _spans(_row(state, first + 1))
    head = _row(state, first)
    if not body or not _fits([head], spans) or not all(_fits(each, spans) for each in body):
        return None
    return last, spans, [head], body


def _headless(state: StateBlock, first: int, end: int) -> _Found | None:
    """Rows between two rows of dashes: of one line each, or parted by empty lines."""
    spans = _spans(_row(state, first))
    last = next((at for at in range(first + 1, end) if _is_dashes(state, at, end)), None)
    if last is None:
        # What begins with several groups of dashes may end with one that reaches over all.
        last = next((at for at in range(first + 1, end) if _WHOLE.match(text_of(state, at))), None)
    if last is None or last == first + 1 or state.isEmpty(first + 1):
        return None
    parted = any(state.isEmpty(at) for at in range(first + 1, last))
    body = _rows(state, first + 1, last) if parted else [[_row(state, at)] for at in range(first + 1, last)]
    if not all(_fits(each, spans) for each in body):
        return None
    return last + 1, spans, [], body


def _multiline(state: StateBlock, first: int, end: int) -> _Found | None:
    """A row of dashes, a head of some lines, dashes by columns, rows parted by empty lines, a row of dashes."""
    ruled = first + 1
    while ruled < end and not state.isEmpty(ruled) and not _is_dashes(state, ruled, end):
        ruled += 1
    if not _is_dashes(state, ruled, end) or ruled == first + 1:
        return None
    last = next((at for at in range(ruled + 1, end) if _WHOLE.match(text_of(state, at))), None)
    if last is None:
        return None
    spans = _spans(_row(state, ruled))
    if abs(len(_row(state, first).text) - spans[-1][1]) > 2:
        return None
    head = [_row(state, at) for at in range(first + 1, ruled)]
    body = _rows(state, ruled + 1, last)
    if not body or not _fits(head, spans) or not all(_fits(each, spans) for each in body):
        return None
    return last + 1, spans, head, body


def _rows(state: StateBlock, first: int, last: int) -> list[list[Row]]:
    rows: list[list[Row]] = [[]]
    for line in range(first, last):
        if state.isEmpty(line):
            rows.append([])
        else:
            rows[-1].append(_row(state, line))
    return [row for row in rows if row]


def _fits(rows: Sequence[Row], spans: Sequence[_Span]) -> bool:
    """Say whether no word reaches over from one column to the next."""
    for row in rows:
        for (_, end), (start, _) in pairwise(spans):
            if row.between(end, start).strip() and row.at(start - 1) != " ":
                return False
    return True


def _push(
    state: StateBlock,
    reach: tuple[int, int],
    spans: Sequence[_Span],
    head: Sequence[Row],
    body: Sequence[Sequence[Row]],
) -> None:
    opening = state.push("table_open", "", 1)
    opening.map = [*reach]
    opening.meta = {"aligns": [_align(head or body[0], span) for span in spans]}
    for rows in (head, *body):
        first = rows[0].line if rows else reach[0]
        row = state.push("row", "", 0)
        row.map, row.meta = [first, first + 1], {"column": rows[0].column if rows else 0}
        for at, (start, _) in enumerate(spans):
            end = spans[at + 1][0] if at + 1 < len(spans) else None
            _push_cell(state, rows, start if at else 0, end)
    state.push("table_close", "", -1)


def _push_cell(state: StateBlock, rows: Sequence[Row], start: int, end: int | None) -> None:
    texts, offsets, lines, columns = [], [], [], []
    offset = 0
    for row in rows:
        text = row.between(start, end)
        if text.strip():
            texts.append(text.strip())
            offsets.append(offset)
            lines.append(row.line)
            columns.append(row.source_column(start + len(text) - len(text.lstrip())))
            offset += len(texts[-1]) + 1
    token = state.push("inline", "", 0)
    first = lines[0] if lines else 0
    token.content, token.children, token.map = "\n".join(texts), [], [first, first + 1]
    token.meta = {"column": columns[0] if columns else 0}
    if texts:
        token.meta["placement"] = Placement(Lines("", state.env["name"]), offsets, lines, columns)


def _align(rows: Sequence[Row], span: _Span) -> str:
    """Return how a column is set: as its head, or its first row, stands over the dashes."""
    start, end = span
    inside = [row for row in rows if row.between(start, end).strip()]
    if not inside:
        return ""
    first = inside[0]
    touches_left = first.at(start) != " "
    touches_right = first.at(end - 1) != " "
    if touches_left == touches_right:
        return "" if touches_left else "center"
    return "left" if touches_left else "right"
