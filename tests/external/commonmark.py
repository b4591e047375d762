"""CommonMark's published examples, and an outline in which their HTML and octavo's tree can be compared.

An outline is nested lists: an element is [name, attributes, children...], text is a string. Both sides are made alike
where octavo's tree says the same in another way: sections are flattened to headings without their level, a figure is a
paragraph with an image, headings where no section can stand are strong paragraphs, white space counts as one space.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import unquote

from octavo.tree import Document, nodes
from octavo.tree.walk import plain_text
from tests.external.tools import npm_file

INLINE = {"em": "em", "strong": "strong", "code": "code", "a": "a", "img": "img", "br": "br"}
_EXAMPLE = re.compile(
    r"^`{32} example\n(?P<markdown>.*?)^\.\n(?P<html>.*?)^`{32}$|^#{1,6} *(?P<section>[^\n]*)$",
    re.DOTALL | re.MULTILINE,
)


class Example(NamedTuple):
    number: int
    section: str
    markdown: str
    html: str


def examples() -> list[Example]:
    """The examples of the specification; raises ToolMissing where it is not installed."""
    text = npm_file("commonmark-spec/spec.txt").read_text(encoding="utf-8")
    text = text.replace("\r\n", "\n").partition("<!-- END TESTS -->")[0]
    found: list[Example] = []
    section = ""
    for match in _EXAMPLE.finditer(text):
        if match["section"] is not None:
            section = match["section"]
        else:
            markdown, html = (match[name].replace("→", "\t") for name in ("markdown", "html"))
            found.append(Example(len(found) + 1, section, markdown, html))
    return found


class _Html(HTMLParser):
    """HTML to an outline; elements that octavo does not know are looked through."""

    VOID = frozenset({"br", "hr", "img"})
    BLOCKS = frozenset({"p", "blockquote", "ul", "ol", "li", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: list[Any] = ["root", ""]
        self.stack: list[list[Any]] = [self.root]
        self.names = ["root"]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag not in self.BLOCKS and tag not in INLINE and tag != "hr":
            return
        element: list[Any] = [tag, ""]
        if tag == "a":
            element[1] = f"{said.get('href') or ''}|{said.get('title') or ''}"
        elif tag == "img":
            element[1] = f"{unquote(said.get('src') or '')}|{said.get('title') or ''}|{said.get('alt') or ''}"
        elif tag == "ol":
            element[1] = said.get("start") or "1"
        elif tag == "code" and self.names[-1] == "pre":
            self.stack[-1][1] = (said.get("class") or "").removeprefix("language-")
            return
        elif tag[0] == "h" and tag[1:].isdigit():
            element[0] = "h"
        self.stack[-1].append(element)
        if tag not in self.VOID:
            self.stack.append(element)
            self.names.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.names and tag not in self.VOID:
            while self.names[-1] != tag:
                self.names.pop()
                self.stack.pop()
            self.names.pop()
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.stack[-1].append(data)


def outline_of_html(html: str) -> list[Any]:
    """The outline of an example's expected HTML."""
    parser = _Html()
    parser.feed(html)
    parser.close()
    return _normal(parser.root, "root")


def outline_of_tree(document: Document) -> list[Any]:
    """The outline of a document."""
    return _normal(["root", "", *_blocks(document.content)], "root")


def _blocks(blocks: tuple[nodes.Block, ...]) -> list[Any]:
    found: list[Any] = []
    for block in blocks:
        match block:
            case nodes.Section():
                found.extend((["h", "", *_inlines(block.title)], *_blocks(block.content)))
            case nodes.Paragraph():
                found.append(["p", "", *_inlines(block.content)])
            case nodes.Quote():
                last = [["p", "", "-- ", *_inlines(block.attribution)]] if block.attribution else []
                found.append(["blockquote", "", *_blocks(block.content), *last])
            case nodes.List():
                items = [["li", "", *_blocks(item.content)] for item in block.items]
                if block.tight:
                    items = [["li", "", *_unwrapped(item[2:])] for item in items]
                found.append(
                    ["ol" if block.ordered else "ul", str(block.start) if block.ordered else "", *items]
                )
            case nodes.CodeBlock():
                found.append(["pre", block.code_language, f"{block.text}\n"])
            case nodes.Divider():
                found.append(["hr", ""])
            case nodes.Figure():
                found.extend(_blocks(block.content))
            case _:
                found.append([type(block).__name__, ""])
    return found


def _unwrapped(blocks: list[Any]) -> list[Any]:
    """The content of an item of a tight list, as HTML has it: paragraphs without their element."""
    found: list[Any] = []
    for block in blocks:
        found.extend(block[2:] if block[0] == "p" else [block])
    return found


def _inlines(inlines: tuple[nodes.Inline, ...]) -> list[Any]:
    found: list[Any] = []
    for inline in inlines:
        match inline:
            case nodes.Text():
                found.append(inline.text)
            case nodes.Emphasis():
                found.append(["em", "", *_inlines(inline.content)])
            case nodes.Strong():
                found.append(["strong", "", *_inlines(inline.content)])
            case nodes.Link():
                found.append(["a", f"{inline.target}|{inline.title}", *_inlines(inline.content)])
            case nodes.Image():
                found.append(["img", f"{inline.source}|{inline.title}|{inline.alt}"])
            case nodes.Code():
                found.append(["code", "", inline.text])
            case nodes.LineBreak():
                found.append(["br", ""])
            case nodes.Deleted() | nodes.Span():
                found.extend(_inlines(inline.content))
            case _:
                found.append([type(inline).__name__, ""])
    return found


def _normal(element: list[Any], within: str) -> list[Any]:
    """Join and trim texts, make headings in quotes and items strong, drop what is empty."""
    name, said, *children = element
    if name == "pre":
        return [name, said, "".join(each for each in children if isinstance(each, str)).removesuffix("\n")]
    below = name if name in ("blockquote", "li") else within
    joined: list[Any] = []
    for child in children:
        if isinstance(child, str):
            if joined and isinstance(joined[-1], str):
                joined[-1] += child
            else:
                joined.append(child)
        else:
            joined.append(_normal(child, below))
    if name == "code":
        return [name, said, " ".join("".join(each for each in joined if isinstance(each, str)).split())]
    found = _trimmed(joined, name)
    if name == "h" and within in ("blockquote", "li"):
        return ["p", "", *([["strong", "", *found]] if found else [])]
    return [name, said, *found]


def _trimmed(children: list[Any], name: str) -> list[Any]:
    found: list[Any] = []
    blocks = {"p", "blockquote", "ul", "ol", "li", "pre", "h", "hr", "br"}
    for at, child in enumerate(children):
        if not isinstance(child, str):
            found.append(child)
            continue
        text = re.sub(r"[ \t\n]+", " ", child)
        before, after = children[at - 1] if at else None, children[at + 1] if at + 1 < len(children) else None
        outer = name in blocks or name == "root"
        if (before is None and outer) or (before is not None and before[0] in blocks):
            text = text.lstrip(" ")
        if (after is None and outer) or (after is not None and after[0] in blocks):
            text = text.rstrip(" ")
        if text:
            found.append(text)
    return found


class _Words(HTMLParser):
    """The words that HTML shows; tags of blocks part them, scripts and styles show none."""

    INLINE = frozenset({"a", "b", "em", "strong", "code", "del", "bab", "c2c", "i", "img"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.hidden = self.hidden or tag in ("script", "style")
        if tag not in self.INLINE:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.hidden = False
        if tag not in self.INLINE:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def words_of_html(html: str) -> list[str]:
    """The words that HTML shows."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return "".join(parser.pieces).split()


def words_of_tree(document: Document) -> list[str]:
    """The words of a document."""
    return plain_text(document).split()
