"""Raw HTML that reaches over empty lines: a table, list or quotation goes as far as its closing tag.

CommonMark ends a block of HTML at the first empty line (type 6), which would tear such an element apart. What an
element holds between empty lines is Markdown, as CommonMark has it; here it stays in its cell or item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.rules_block import StateBlock, html_block
from markdown_it.token import Token

from octavo.readers.markdown.fragments import FragmentLine, may_hold_fragments, parse_fragment
from octavo.readers.markdown.html_tree import Child, Element, tree_of

_WHOLE: Final = re.compile(r"<(table|ul|ol|dl|blockquote|figure)(?=[\s>])", re.IGNORECASE)
_HOLDERS: Final = frozenset({"td", "th", "li", "dd", "blockquote"})
_EMPTY_LINE: Final = re.compile(r"\n[ \t]*\n")


def html_over_empty_lines(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read raw HTML as markdown-it does, but an element of these kinds as far as it goes."""
    start = state.bMarks[first] + state.tShift[first]
    if silent or state.src[start] != "<" or not may_hold_fragments(state):
        return html_block(state, first, end, silent)
    match = _WHOLE.match(state.src, start, state.eMarks[first])
    close = _closing_line(state, first, end, match[1].lower()) if match else -1
    if close < 0 or state.is_code_block(first):
        return html_block(state, first, end, silent)
    last = close + 1
    while last < end and not state.isEmpty(last) and state.sCount[last] >= state.blkIndent:
        if _WHOLE.match(state.src, state.bMarks[last] + state.tShift[last]):
            break
        last += 1
    token = state.push("html_block", "", 0)
    token.map = [first, last]
    token.content = state.getLines(first, last, state.blkIndent, True)
    if _EMPTY_LINE.search(token.content):
        _read_fragments(state, token, first)
    state.line = last
    return True


def _closing_line(state: StateBlock, first: int, end: int, name: str) -> int:
    """Return the line on which an element ends, -1 where it does not end."""
    never: dict[tuple[str, int], int] = state.env.setdefault("never_closed", {})
    if first >= never.get((name, end), end):
        return -1
    tag = re.compile(rf"<(/?){name}(?=[\s>])", re.IGNORECASE)
    depth = 0
    for line in range(first, end):
        if not state.isEmpty(line) and state.sCount[line] < state.blkIndent:
            break
        for found in tag.finditer(state.src, state.bMarks[line], state.eMarks[line]):
            depth += -1 if found[1] else 1
            if not depth:
                return line
    never[name, end] = first
    return -1


def _read_fragments(state: StateBlock, token: Token, first: int) -> None:
    text = token.content
    fragments: dict[int, list[Token]] = {}
    ranges: list[tuple[int, int]] = []
    for element in _holders(tree_of(text).children, text):
        fragments[element.inside] = parse_fragment(state, _lines(text, element, first, state.blkIndent))
        ranges.append((element.inside, element.end))
    token.meta = {"fragments": fragments, "ranges": ranges}
    token.children = [each for tokens in fragments.values() for each in tokens]


def _holders(children: Sequence[Child], text: str) -> Iterator[Element]:
    """Yield the outermost cells and items that hold an empty line."""
    for child in children:
        if not isinstance(child, Element):
            continue
        if child.name in _HOLDERS and child.end > 0 and _EMPTY_LINE.search(text, child.inside, child.end):
            yield child
        else:
            yield from _holders(child.children, text)


def _lines(text: str, element: Element, first: int, indent: int) -> list[FragmentLine]:
    """Return what an element holds as lines without the indentation that they share."""
    line = first + text.count("\n", 0, element.inside)
    column = element.inside - (text.rfind("\n", 0, element.inside) + 1)
    head, *others = text[element.inside : element.end].split("\n")
    shared = min((len(each) - len(each.lstrip()) for each in others if each.strip()), default=0)
    lead = len(head) - len(head.lstrip())
    found = [FragmentLine(head[lead:].rstrip(), line, column + lead + indent)]
    for at, each in enumerate(others, 1):
        found.append(FragmentLine(each[shared:].rstrip(), line + at, shared + indent))
    return found
