"""Raw HTML of one block as a small tree: elements that pair up, and runs of text between them.

Tags that HTML lets one leave out (`</li>`, `</td>`, `</p>` …) are put in. An element that this block does not close is
none: what it holds stands in its parent, for Markdown may go on inside it.
"""

from __future__ import annotations

import html as entities
from collections.abc import Mapping
from typing import Final, TypeAlias

import msgspec
from markdown_it.token import Token

from octavo.readers.markdown import html

_CELLS: Final = frozenset({"td", "th"})
_PARTS: Final = frozenset({"thead", "tbody", "tfoot"})
_ENDS: Final[Mapping[str, frozenset[str]]] = {
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "td": _CELLS | {"p"},
    "th": _CELLS | {"p"},
    "tr": _CELLS | {"tr", "p", "caption"},
    **dict.fromkeys(_PARTS, _CELLS | _PARTS | {"tr", "p", "caption"}),
}
"""What an opening tag ends that is still open (HTML Standard, 13.1.2.4); every other block ends a paragraph."""
_HOLDERS: Final = frozenset({"ul", "ol", "dl", "table", "blockquote", "div", "section", "details", "figure"})
"""What an opening tag does not reach beyond when it ends others."""
_OPTIONAL: Final = frozenset({"li", "dt", "dd", "p", *_CELLS, *_PARTS, "tr"})
_EMPTY: Final = frozenset({"hr", "col", "link", "meta", "base", "source"})

MAXIMUM_DEPTH: Final = 60
"""How deep elements may nest; what goes deeper stands in the last that may."""

Child: TypeAlias = "Element | Run"


class Run(msgspec.Struct):
    """A line of text and inline tags, as the inline parser would give them."""

    tokens: list[Token]


class Element(msgspec.Struct):
    """A block of HTML. `offset` is where its tag stands in the source of the block; `inside` where that ends."""

    name: str
    offset: int
    inside: int
    attributes: Mapping[str, str]
    children: list[Child]
    end: int = -1


class HtmlTree(msgspec.Struct):
    """The tree of one block of raw HTML, and what in it shows nothing, as (offset, text)."""

    children: list[Child]
    silent: list[tuple[int, str]]


def tree_of(text: str) -> HtmlTree:
    """Return the tree of a block of raw HTML."""
    grower = _Grower()
    for kind, offset, part in html.pieces(text):
        tag = html.tag_of(part) if kind == "tag" else None
        if kind == "text":
            grower.text(part, offset)
        elif tag is None:
            grower.tree.silent.append((offset, part))
        elif tag.name not in html.BLOCKS:
            grower.inline(part, offset)
        elif tag.closing:
            grower.close(tag.name, offset)
        else:
            grower.open(tag, offset, offset + len(part))
    grower.finish(len(text))
    return grower.tree


class _Grower:
    def __init__(self) -> None:
        self.tree = HtmlTree([], [])
        self.stack: list[Element] = []
        self.tokens: list[Token] = []

    def children(self) -> list[Child]:
        return self.stack[-1].children if self.stack else self.tree.children

    def text(self, part: str, offset: int) -> None:
        seen = " ".join(entities.unescape(part).split())
        if seen or self.tokens:
            lead = " " if part[:1].isspace() and self.tokens else ""
            tail = " " if part[-1:].isspace() and seen else ""
            indent = len(part) - len(part.lstrip())
            meta = {"at": offset + indent}
            self.tokens.append(Token("text", "", 0, content=f"{lead}{seen}{tail}", meta=meta))

    def inline(self, part: str, offset: int) -> None:
        self.tokens.append(Token("html_inline", "", 0, content=part, meta={"at": offset}))

    def end_run(self) -> None:
        while self.tokens and self.tokens[-1].type == "text" and not self.tokens[-1].content.strip():
            self.tokens.pop()
        if self.tokens:
            last = self.tokens[-1]
            last.content = last.content.rstrip() if last.type == "text" else last.content
            self.children().append(Run(self.tokens))
            self.tokens = []

    def open(self, tag: html.Tag, offset: int, inside: int) -> None:
        self.end_run()
        self._end(_ENDS.get(tag.name, frozenset({"p"})), offset)
        if len(self.stack) >= MAXIMUM_DEPTH:
            return
        element = Element(tag.name, offset, inside, tag.attributes, [])
        self.children().append(element)
        if tag.name in _EMPTY:
            element.end = inside
        else:
            self.stack.append(element)

    def _end(self, names: frozenset[str], offset: int) -> None:
        while self.stack and self.stack[-1].name in names - _HOLDERS:
            self.stack.pop().end = offset

    def close(self, name: str, offset: int) -> None:
        self.end_run()
        if not any(each.name == name for each in self.stack):
            return
        while True:
            element = self.stack.pop()
            if element.name == name or element.name in _OPTIONAL:
                element.end = offset
            else:
                self._dissolve(element)
            if element.name == name:
                return

    def finish(self, offset: int) -> None:
        self.end_run()
        while self.stack:
            element = self.stack.pop()
            if element.name == "p":
                element.end = offset
            else:
                self._dissolve(element)

    def _dissolve(self, element: Element) -> None:
        children = self.children()
        at = next(at for at, each in enumerate(children) if each is element)
        children[at : at + 1] = element.children
