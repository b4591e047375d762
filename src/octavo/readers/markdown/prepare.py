"""What must be known of blocks before their inlines are read: attributes at the end of headings, tasks, attributions.

Each takes something off the text of an inline token and puts it into `meta`; places are settled before that.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it.token import Token

from octavo.readers.attributes import parse_attributes, split_trailing
from octavo.readers.markdown.admonitions import TITLES, name_of
from octavo.readers.markdown.lines import Lines, Placement, placement_of

_TASK: Final = re.compile(r"\[([ xX])\](?=[ \t\n]\s*\S)")
_ATTRIBUTION: Final = re.compile(r"[ \t]*(?:-{2,3}[ \t]+|[–—―][ \t]*)(?=\S)")
_ALERT: Final = re.compile(r"\[!(?P<name>[A-Za-z]+)\](?P<fold>[+-]?)[ \t]*(?P<title>[^\n]*)(?:\n|$)")
"""GitHub's signs, and those of Obsidian, which may have a title and a sign for folding."""
_BEHIND: Final = re.compile(r"(?:^|\n)[ \t]*(\{:[^{}\n]*\})[ \t]*$")
_BREAK_AT_END: Final = re.compile(r"(?:(?<! ) {2,}|\\)$")
ATTRIBUTED: Final = frozenset({"pull-quote"})
"""Containers whose last line may be an attribution, as a quote's may."""


def prepare(tokens: list[Token], lines: Lines) -> None:
    """Do that for all tokens of a source."""
    opened: list[int] = []
    for index, token in enumerate(tokens):
        for inside in token.meta.get("fragments", {}).values():
            prepare(inside, lines)
        if token.nesting == 1:
            opened.append(index)
            if token.type == "heading_open":
                _heading(token, tokens[index + 1], lines)
            elif token.type == "list_item_open":
                _task(token, tokens[index + 1 : index + 3])
            elif token.type == "paragraph_open":
                _behind(token, tokens[index + 1], lines)
        elif token.nesting == -1:
            start = opened.pop()
            opening = tokens[start]
            if opening.type == "blockquote_open":
                _alert(opening, tokens[start + 1 : index], lines)
            quotes = opening.type == "blockquote_open" or (
                opening.type == "container_open" and opening.meta["name"] in ATTRIBUTED
            )
            if quotes and tokens[index - 1].type == "paragraph_close":
                _attribution(opening, tokens[start + 1 : index], lines)


def placement(token: Token, lines: Lines) -> Placement:
    """Return where the characters of an inline token stand."""
    settled = token.meta.get("placement")
    if isinstance(settled, Placement):
        return settled
    line = token.map[0] if token.map else 0
    if "removed" in token.meta:
        return Placement(lines, (0,), (line,), (token.meta["column"],), token.meta["removed"])
    return placement_of(lines, token.content, line, token.meta.get("column"))


def _heading(token: Token, inner: Token, lines: Lines) -> None:
    if token.markup.startswith("#") and token.map:
        line, column = token.meta.get("place", (token.map[0], 0))
        text = lines.texts[line]
        start = column + len(token.markup)
        inner.meta["column"] = start + len(text[start:]) - len(text[start:].lstrip())
    inner.meta["placement"] = placement(inner, lines)
    inner.content, token.meta["attributes"] = split_trailing(inner.content)


def _task(token: Token, first: list[Token]) -> None:
    if [each.type for each in first] != ["paragraph_open", "inline"]:
        return
    match = _TASK.match(first[1].content)
    if match:
        token.meta["checked"] = match[1] != " "
        rest = first[1].content[match.end() :].lstrip(" \t")
        if "placement" in first[1].meta:
            taken = len(first[1].content) - len(rest)
            first[1].meta["placement"] = first[1].meta["placement"].shifted(taken)
        first[1].content = rest
        if first[1].content.startswith("\n") and first[1].map:
            first[1].content = first[1].content.lstrip("\n \t")
            first[1].map = [first[1].map[0] + 1, first[1].map[1]]


def _alert(opening: Token, inside: list[Token], lines: Lines) -> None:
    """Take GitHub's sign of a notice (`[!NOTE]`) off a quotation's first line."""
    match = _ALERT.match(inside[1].content) if len(inside) > 2 and inside[1].type == "inline" else None
    if not match or inside[0].type != "paragraph_open" or not name_of(match["name"]):
        return
    inner = inside[1]
    opening.meta["alert"] = TITLES[name_of(match["name"])]
    if match["title"]:
        title = Token("inline", "", 0, content=match["title"].rstrip())
        title.meta = {"placement": placement(inner, lines).shifted(match.start("title"))}
        opening.meta["alert_title"] = title
    inner.meta["placement"] = placement(inner, lines).shifted(match.end())
    inner.content = inner.content[match.end() :]
    if not inner.content:
        inside[0].meta["skipped"] = True


def _behind(opening: Token, inner: Token, lines: Lines) -> None:
    """Take the attributes off a paragraph that Kramdown has on a line of their own behind it."""
    if not inner.content.endswith("}") or "{:" not in inner.content:
        return
    match = _BEHIND.search(inner.content)
    parsed = parse_attributes(inner.content, match.start(1)) if match else None
    if match and parsed and parsed[1] == match.end(1) and match.start():
        inner.meta["placement"] = placement(inner, lines)
        inner.content = inner.content[: match.start()].rstrip()
        opening.meta["attributes"] = parsed[0]


def _attribution(opening: Token, inside: list[Token], lines: Lines) -> None:
    """Take the attribution off the last paragraph; a paragraph of nothing else is skipped."""
    inner = inside[-2]
    before, feed, last = inner.content.rpartition("\n")
    match = _ATTRIBUTION.match(last)
    if not match or (not feed and len(inside) == 3):
        return
    settled = placement(inner, lines)
    name = Token("inline", "", 0, content=last[match.end() :])
    name.meta = {"placement": settled.shifted(len(before) + len(feed) + match.end())}
    opening.meta["attribution"] = name
    if feed:
        inner.meta["placement"] = settled
        inner.content = _BREAK_AT_END.sub("", before)
    else:
        inside[-3].meta["skipped"] = True
