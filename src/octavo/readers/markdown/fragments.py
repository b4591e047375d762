"""Blocks within a piece of the source that is not whole lines: what stands in a cell of a drawn table, or in raw HTML.

The piece is parsed by itself; its tokens then get the lines and columns that it has in the source.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from octavo.readers.markdown.lines import Lines, Placement

MAXIMUM_DEPTH: Final = 3
"""How deep fragments may stand in fragments; what is deeper is read as the text that it is."""


class FragmentLine(msgspec.Struct, frozen=True):
    """A line of a fragment: its text, and the line and column of the source where it begins, from 0."""

    text: str
    line: int
    column: int


def may_hold_fragments(state: StateBlock) -> bool:
    """Say whether a fragment here would not be nested too deeply."""
    return bool(state.env.get("fragment_depth", 0) < MAXIMUM_DEPTH)


def parse_fragment(state: StateBlock, lines: Sequence[FragmentLine]) -> list[Token]:
    """Return the block tokens of a fragment, placed where they stand in the source."""
    env = state.env
    starts: dict[int, tuple[int, int]] = {}
    line_starts = [0]
    for each in lines:
        line_starts.append(line_starts[-1] + len(each.text) + 1)
    inner: dict[str, Any] = {
        **env,
        "line_starts": line_starts,
        "starts": starts,
        "frames": [],
        "fragment_depth": env.get("fragment_depth", 0) + 1,
        "outer_level": env.get("outer_level", 0) + state.level,
    }
    for remembered in (
        "no_formula_before",
        "no_grid_before",
        "no_highlight_before",
        "no_latex_before",
        "never_closed",
    ):
        inner.pop(remembered, None)
    tokens: list[Token] = []
    state.md.block.parse("\n".join(each.text for each in lines), state.md, inner, tokens)
    for index, (line, column) in starts.items():
        if index < len(tokens) and line < len(lines):
            where = lines[line]
            tokens[index].meta["place"] = (where.line, where.column + column)
    source = Lines("", env["name"])
    for token in tokens:
        _settle(token, lines, source)
    return tokens


def _settle(token: Token, lines: Sequence[FragmentLine], source: Lines) -> None:
    if not token.map or not lines:
        return
    first, last = token.map
    if first >= len(lines):
        return
    if token.type == "fence":
        token.meta["closed"] = last - 1 > first and lines[min(last, len(lines)) - 1].text.strip().startswith(
            token.markup
        )
    column = token.meta.get("column")
    if column is not None:
        token.meta["column"] = column = lines[first].column + column
    if token.type == "inline" and "placement" not in token.meta:
        token.meta["placement"] = _placement(token, lines, source, column)
    token.map = [lines[first].line, lines[min(last, len(lines)) - 1].line + 1]


def _placement(token: Token, lines: Sequence[FragmentLine], source: Lines, column: int | None) -> Placement:
    offsets, numbers, columns = [], [], []
    offset = 0
    first = (token.map or [0])[0]
    for at, part in enumerate(token.content.split("\n"), first):
        where = lines[min(at, len(lines) - 1)]
        offsets.append(offset)
        numbers.append(where.line)
        before = max(0, len(where.text.rstrip()) - len(part.rstrip()))
        columns.append(column if at == first and column is not None else where.column + before)
        offset += len(part) + 1
    return Placement(source, offsets, numbers, columns, token.meta.get("removed", ()))
