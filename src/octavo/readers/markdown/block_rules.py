"""Block rules of octavo's dialect for markdown-it: containers, captions, formulas, lines of attributes.

Each has markdown-it's signature (state, first line, end line, silent) -> matched. What a rule finds goes into the
token's `meta`: nothing is rendered from here.
"""

from __future__ import annotations

import re
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, paragraph

from octavo.diagnostics import Position, error
from octavo.errors import SourceError
from octavo.readers.attributes import Attributes, parse_attributes, split_trailing
from octavo.readers.markdown.html_whole import html_over_empty_lines

LEAVES: Final = frozenset({"page-break", "contents", "notes"})
"""Containers that hold nothing, and need no closing line."""

_OPEN: Final = re.compile(r"(:{3,})[ \t]*(?:([^\W\d_][\w-]*)(?=[ \t{\[]|:*[ \t]*$)|(?=\{))")
_DIRECTIVE: Final = re.compile(r"\{([^\W\d_][\w-]*)\}")
"""The name as MyST writes it."""
_OPTION: Final = re.compile(r":[\w-]+:(?:[ \t]|$)")
_BRACKETED_TITLE: Final = re.compile(r"\[([^\[\]]*)\][ \t]*")
"""The title as Docusaurus writes it."""
_EMPTY: Final = re.compile(r"\{[ \t]*\}")
_BARE: Final = re.compile(r":{3,}[ \t]*$")
_CAPTION: Final = re.compile(r"(?:[Tt]able)?:[ \t]+\S")
_TERM: Final = re.compile(r":[ \t]+\S")
_FORMULA: Final = re.compile(r"\$\$(?!\$)")
_FORMULA_END: Final = r"(?<!\\)\$\$[ \t]*+(?:(\{[^{}\n]*+\})[ \t]*+)?$"
"""It stays text until it is needed."""


def text_of(state: StateBlock, line: int) -> str:
    """Return a line from its first character on, in the block that is being read."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def begins_with(state: StateBlock, line: int, signs: str) -> bool:
    """Say whether a line's first character is one of some: the cheapest test, for rules that rarely match."""
    return state.src[state.bMarks[line] + state.tShift[line]] in signs


def mark(state: StateBlock, first: int, _end: int, _silent: bool) -> bool:
    """Note where the block begins whose tokens come next; never match."""
    start = state.bMarks[first] + state.tShift[first]
    column = start - state.env["line_starts"][first]
    state.env["starts"][len(state.tokens)] = (first, column)
    if state.level + state.env.get("outer_level", 0) >= state.env["depth"]:
        place = Position(first + 1, column + 1, state.env["name"])
        hint = f"at most {state.env['depth']} levels; a list counts as two"
        raise SourceError(error("nesting-too-deep", "lists, quotes or blocks nest too deeply", place, hint))
    return False


class _Frame:
    """An open container: the level of its content, its colons, and where it ended."""

    def __init__(self, level: int, colons: int) -> None:
        self.level = level
        self.colons = colons
        self.end = -1
        self.closed = False


def container(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read `::: name {attributes} Title` up to `:::`; what stands between is blocks."""
    text = text_of(state, first)
    if not text.startswith(":::") or state.is_code_block(first):
        return False
    if _BARE.match(text):
        return silent or _close(state, first, end, len(text.rstrip()))
    match = _OPEN.match(text)
    if not match:
        return False
    opening = _opening(text, match)
    if opening is None:
        return False
    if silent:
        return True
    if opening["name"] in LEAVES:
        return _leaf(state, first, end, opening)
    _filled(state, first, end, opening)
    return True


def _opening(text: str, match: re.Match[str]) -> dict[str, Any] | None:
    """Return name, attributes, title and the title's offset of an opening line, None where it has no name."""
    at, attributes = match.end(), Attributes()
    if match[2] and (bracketed := _BRACKETED_TITLE.match(text, at)):
        parsed = parse_attributes(text, bracketed.end())
        told = {"name": match[2].lower(), "title": bracketed[1], "offset": at + 1, "colons": len(match[1])}
        return {**told, "attributes": parsed[0] if parsed else attributes}
    directive = None if match[2] else _DIRECTIVE.match(text, at)
    if directive:
        at = directive.end()
    at += len(text[at:]) - len(text[at:].lstrip())
    parsed, empty = parse_attributes(text, at), None
    if parsed:
        attributes, at = parsed
    elif empty := _EMPTY.match(text, at):
        at = empty.end()
    at += len(text[at:]) - len(text[at:].lstrip())
    title, trailing = split_trailing(_without_colons(text[at:].rstrip()))
    attributes = attributes.merged(trailing)
    name = match[2] or (directive[1] if directive else "")
    if not name:
        if not (attributes or empty):
            return None
        name = attributes.classes[0] if attributes.classes else ""
        attributes = Attributes(attributes.id, attributes.classes[1:], attributes.values)
    colons = len(match[1])
    return {"name": name.lower(), "attributes": attributes, "title": title, "offset": at, "colons": colons}


def _push_title(state: StateBlock, first: int, opening: dict[str, Any]) -> None:
    if opening["title"]:
        token = state.push("inline", "", 0)
        token.content, token.map, token.children = opening["title"], [first, first + 1], []
        start = state.bMarks[first] + state.tShift[first] - state.env["line_starts"][first]
        token.meta = {"column": start + opening["offset"]}


def _filled(state: StateBlock, first: int, end: int, opening: dict[str, Any]) -> None:
    token = state.push("container_open", "", 1)
    token.meta = opening
    token.map = [first, end]
    _push_title(state, first, opening)
    frames: list[_Frame] = state.env["frames"]
    frame = _Frame(state.level, opening["colons"])
    frames.append(frame)
    parent, state.parentType = state.parentType, "container"
    after = first + 1
    if _DIRECTIVE.search(text_of(state, first)):
        while after < end and _OPTION.match(text_of(state, after)):
            after += 1
    state.line = after
    state.md.block.tokenize(state, after, end)
    state.parentType = parent
    frames.pop()
    if frame.end >= 0:
        state.line = frame.end + (1 if frame.closed else 0)
    opening["closed"] = frame.closed
    token.map = [first, state.line]
    state.push("container_close", "", -1)


def _close(state: StateBlock, first: int, end: int, colons: int) -> bool:
    """End the innermost container, or the innermost of as many colons where there is one."""
    frames: list[_Frame] = state.env["frames"]
    reach = []
    for depth, frame in enumerate(reversed(frames)):
        if frame.level != state.level - depth:
            break
        reach.append(frame)
    if not reach:
        token = state.push("container_stray", "", 0)
        token.map = [first, first + 1]
        state.line = first + 1
        return True
    target = next((frame for frame in reach if frame.colons == colons), reach[0])
    reach[0].end = first
    reach[0].closed = target is reach[0]
    # The container's own loop over lines ends here; an outer one that is meant sees this line once more.
    state.line = end
    return True


def _leaf(state: StateBlock, first: int, end: int, opening: dict[str, Any]) -> bool:
    token = state.push("container_leaf", "", 0)
    token.meta = opening
    after = first + 1
    while after < end and state.isEmpty(after):
        after += 1
    own = after < end and _BARE.match(text_of(state, after)) and not _needed(state, after, end)
    state.line = after + 1 if own else first + 1
    token.map = [first, state.line]
    _push_title(state, first, opening)
    return True


def _needed(state: StateBlock, closing: int, end: int) -> bool:
    """True where the containers around cannot be closed without this line."""
    open_here = sum(1 for frame in state.env["frames"] if frame.level <= state.level)
    if not open_here:
        return False
    for line in range(closing + 1, end):
        text = text_of(state, line)
        if _BARE.match(text):
            open_here -= 1
            if not open_here:
                return False
        elif text.startswith(":::") and (match := _OPEN.match(text)) and (match[2] or "") not in LEAVES:
            open_here += 1
    return True


def html(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read raw HTML as markdown-it does, but not beyond the end of the container it stands in."""
    if state.env["frames"] and not silent and state.src[state.bMarks[first] + state.tShift[first]] == "<":
        end = next((line for line in range(first + 1, end) if _BARE.match(text_of(state, line))), end)
    return html_over_empty_lines(state, first, end, silent)


def attributes_line(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read a line of nothing but attributes; they belong to the block that begins on the next line."""
    text = text_of(state, first)
    if not text.startswith("{") or state.is_code_block(first):
        return False
    parsed = parse_attributes(text)
    if not parsed or text[parsed[1] :].strip():
        return False
    # Kramdown's belong to the block that they follow at once, else to the next.
    behind = text.startswith("{:") and first > 0 and not state.isEmpty(first - 1) and bool(state.tokens)
    follows = first + 1 < end and not state.isEmpty(first + 1) and state.sCount[first + 1] >= state.blkIndent
    if not (follows or behind):
        return False
    if silent:
        return True
    token = state.push("attributes", "", 0)
    token.meta = {"attributes": parsed[0], "behind": behind}
    token.map = [first, first + 1]
    state.line = first + 1
    return True


def caption(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read `: Caption {#id}`, which belongs to the table (or the code) before or after it."""
    text = text_of(state, first)
    if not _CAPTION.match(text) or state.is_code_block(first):
        return False
    if silent:
        return bool(state.parentType == "table")
    rules = state.md.block.ruler.getRules("paragraph")
    parent, state.parentType = state.parentType, "paragraph"
    last = first + 1
    while last < end and not state.isEmpty(last) and state.sCount[last] >= state.blkIndent:
        if any(rule(state, last, end, True) for rule in rules):
            break
        last += 1
    state.parentType = parent
    word, _, content = state.getLines(first, last, state.blkIndent, False).strip().partition(":")
    content, attributes = split_trailing(content.strip())
    token = state.push("caption", "", 0)
    token.meta = {"attributes": attributes, "sign": f"{word}: "}
    token.map = [first, last]
    inner = state.push("inline", "", 0)
    inner.content, inner.map, inner.children = content, [first, last], []
    start = state.bMarks[first] + state.tShift[first] - state.env["line_starts"][first]
    inner.meta = {"column": start + len(text) - len(text.partition(":")[2].lstrip())}
    state.line = last
    return True


def term_guard(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Keep a paragraph that stands before a table's caption from being read as a term with its definition."""
    if silent or first + 1 >= end:
        return False
    gap = state.isEmpty(first + 1)
    marker = first + 2 if gap else first + 1
    if marker >= end or state.sCount[marker] < state.blkIndent:
        return False
    text = text_of(state, marker)
    if text.startswith("~") and not text.startswith("~~~"):
        return bool(paragraph(state, first, end, False))
    if not gap or not _TERM.match(text):
        return False
    after = marker + 1
    while after < end and not state.isEmpty(after) and "|" not in text_of(state, after):
        after += 1
    while after < end and state.isEmpty(after):
        after += 1
    is_table = state.env["is_table"]
    return bool(after < end and is_table(state, after, end, True) and paragraph(state, first, end, False))


def _without_colons(text: str) -> str:
    """Return a title without the colons that may follow it."""
    return text.rstrip(":").rstrip() if text.endswith(":::") else text


def formula(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read `$$ … $$`, on one line or several, with attributes behind the closing marks."""
    text = text_of(state, first)
    if not _FORMULA.match(text) or state.is_code_block(first) or state.env.get("no_formula_before") == end:
        return False
    pieces: list[str] = []
    line, rest = first, text[2:]
    while not (match := re.search(_FORMULA_END, rest)):
        pieces.append(rest)
        line += 1
        if line >= end or (state.sCount[line] < state.blkIndent and not state.isEmpty(line)):
            state.env["no_formula_before"] = end
            return False
        if state.isEmpty(line):
            return False
        rest = text_of(state, line)
    pieces.append(rest[: match.start()])
    source = "\n".join(pieces).strip()
    parsed = parse_attributes(match[1]) if match[1] else None
    if not source or (match[1] and not parsed):
        return False
    if silent:
        return True
    token = state.push("formula", "", 0)
    token.content = source
    token.meta = {"attributes": parsed[0] if parsed else Attributes()}
    token.map = [first, line + 1]
    state.line = line + 1
    return True


def add_block_rules(parser: MarkdownIt) -> None:
    """Put the rules of this module among markdown-it's (its own table rule and deflist must be there)."""
    ruler = parser.block.ruler
    interrupting: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    ruler.before("fence", "container", container, interrupting)
    ruler.before("fence", "formula", formula, interrupting)
    ruler.before("fence", "attributes", attributes_line)
    ruler.at("html_block", html, {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.before("deflist", "term_guard", term_guard)
    ruler.before("paragraph", "caption", caption, {"alt": ["blockquote"]})
    ruler.before(ruler.get_all_rules()[0], "mark", mark)
