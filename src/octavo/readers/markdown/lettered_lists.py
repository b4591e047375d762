"""Ordered lists with other marks than figures and a point: `a)`, `(1)`, `ii.`, `#.` (Pandoc's fancy lists).

CommonMark takes them for text, and would run their items together. So that a name or a sentence (`A. Smith`) is no
list, there must be two items at least, in their order, each on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
from markdown_it.rules_block import StateBlock

from octavo.readers.markdown.block_rules import begins_with, text_of
from octavo.readers.markdown.fragments import FragmentLine, may_hold_fragments, parse_fragment
from octavo.tree.nodes import ListMarker

_MARK: Final = re.compile(r"(\(?)([A-Za-z]{1,6}|\d{1,4}|#)([.)])[ \t]+(?=\S)")
_LONGEST: Final = 500
"""How many lines are looked at for the second item."""
_ROMAN: Final[Mapping[str, int]] = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class _Item(msgspec.Struct):
    """An item: what its mark says, where its text begins, and its lines."""

    word: str
    line: int
    inside: int
    end: int = 0
    loose: bool = False


def lettered_list(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read such a list; of those that interrupt a paragraph, each mark stands in brackets, and the first is a first."""
    if silent and not begins_with(state, first, "("):
        return False
    match = _MARK.match(text_of(state, first))
    if not match or state.is_code_block(first) or not may_hold_fragments(state):
        return False
    kind = _kind(match)
    # Figures with a point or a bracket behind them are CommonMark's own.
    if not kind or (match[2].isdigit() and not match[1]):
        return False
    items, ways = _items(state, first, end, kind)
    if len(items) < 2:
        return False
    marker, start = next(iter(ways.items()))
    if silent:
        return 1 in ways.values()
    opening = state.push("ordered_list_open", "ol", 1)
    opening.map, opening.meta = [first, items[-1].end], {"marker": marker}
    if start != 1:
        opening.attrs = {"start": start}
    loose = any(item.loose for item in items)
    for item in items:
        _push_item(state, item, loose)
    state.push("ordered_list_close", "ol", -1)
    state.line = items[-1].end
    return True


def _kind(match: re.Match[str]) -> str:
    """Return the form of a mark: what stands around its word, and what that is made of; empty for none."""
    before, word, behind = match.groups()
    if before and behind != ")":
        return ""
    made_of = (
        "#"
        if word == "#"
        else "1"
        if word.isdigit()
        else "a"
        if word.islower()
        else "A"
        if word.isupper()
        else ""
    )
    return f"{before}{made_of}{behind}" if made_of else ""


def _items(state: StateBlock, first: int, end: int, kind: str) -> tuple[list[_Item], dict[ListMarker, int]]:
    """Return the items that follow each other, and what their marks may be, each with the number it begins with."""
    items: list[_Item] = []
    ways: dict[ListMarker, int] = {}
    line, indent, gap = first, state.sCount[first], False
    while line < end and (len(items) > 1 or line - first <= _LONGEST):
        if state.isEmpty(line):
            gap = True
            line += 1
            continue
        if state.sCount[line] < state.blkIndent:
            break
        match = _MARK.match(text_of(state, line)) if abs(state.sCount[line] - indent) < 2 else None
        if match and _kind(match) == kind:
            following = _ways(match[2], ways, len(items))
            if not following:
                break
            ways = following
            if items:
                items[-1].loose = items[-1].loose or gap
            items.append(_Item(match[2], line, match.end()))
        elif state.sCount[line] >= indent + 2:
            items[-1].loose = items[-1].loose or gap
        elif gap or _begins_otherwise(state, line, end):
            break
        items[-1].end = line + 1
        gap = False
        line += 1
    return items, ways


def _ways(word: str, ways: Mapping[ListMarker, int], count: int) -> dict[ListMarker, int]:
    """Return which of some ways to number items a further mark goes on with; all that there are for the first one."""
    if word == "#":
        return {ListMarker.DECIMAL: 1}
    upper = word.isupper()
    values = {
        ListMarker.DECIMAL: _figure(word),
        ListMarker.UPPER_ROMAN if upper else ListMarker.LOWER_ROMAN: _roman(word.lower()),
        ListMarker.UPPER_ALPHA if upper else ListMarker.LOWER_ALPHA: _letter(word.lower()),
    }
    if not count:
        return {marker: value for marker, value in values.items() if value}
    return {marker: start for marker, start in ways.items() if values.get(marker) == start + count}


def _begins_otherwise(state: StateBlock, line: int, end: int) -> bool:
    """Say whether a block begins that may interrupt a paragraph."""
    rules: Sequence[Callable[[StateBlock, int, int, bool], bool]] = state.md.block.ruler.getRules("paragraph")
    return any(rule(state, line, end, True) for rule in rules)


def _figure(word: str) -> int:
    return int(word) if word.isdigit() else 0


def _letter(word: str) -> int:
    return ord(word) - ord("a") + 1 if len(word) == 1 and word.isalpha() else 0


def _roman(word: str) -> int:
    values = [_ROMAN.get(each, 0) for each in word]
    if not all(values):
        return 0
    return sum(
        -value if following > value else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _push_item(state: StateBlock, item: _Item, loose: bool) -> None:
    opening = state.push("list_item_open", "li", 1)
    opening.map = [item.line, item.end]
    lines = []
    width = state.sCount[item.line] + item.inside
    for line in range(item.line, item.end):
        start = state.bMarks[line] + state.tShift[line]
        if line == item.line:
            start += item.inside
            text = state.src[start : state.eMarks[line]]
        else:
            text = " " * max(0, state.sCount[line] - max(width, 0)) + state.src[start : state.eMarks[line]]
        lines.append(FragmentLine(text.rstrip(), line, start - state.env["line_starts"][line]))
    tokens = parse_fragment(state, lines)
    depth = 0
    for token in tokens:
        depth += min(token.nesting, 0)
        if not loose and not depth and token.type in ("paragraph_open", "paragraph_close"):
            token.hidden = True
        depth += max(token.nesting, 0)
    state.tokens.extend(tokens)
    state.push("list_item_close", "li", -1)
