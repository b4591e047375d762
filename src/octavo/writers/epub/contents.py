"""Tables of contents: the tree of headings, for the text, for the navigation document and for the NCX."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from octavo.transforms.resolved import Captioned, Heading, Index
from octavo.tree import nodes
from octavo.tree.nodes import ContentsKind
from octavo.tree.semantics import MEANINGS, StyleKey
from octavo.tree.walk import plain_text
from octavo.writers.epub.breaks import PageMark
from octavo.writers.epub.markup import escape, fragment
from octavo.writers.epub.scribe import Scribe


class Item(msgspec.Struct):
    """An entry of a table of contents, with those below it."""

    text: str
    key: int
    id: str
    level: int
    items: list[Item]


def heading_items(headings: Iterable[Heading], depth: int) -> list[Item]:
    """Return headings as a tree, down to a level; a heading without words has no entry."""
    found = []
    for heading in headings:
        title = " ".join(plain_text(heading.title).split())
        text = f"{heading.number} {title}".strip() if title else ""
        if text and heading.level <= depth:
            found.append(Item(text, heading.key, heading.id, heading.level, []))
    return nest(found)


def nest(items: Sequence[Item]) -> list[Item]:
    """Return a flat row of entries as a tree, by their levels."""
    top: list[Item] = []
    path: list[Item] = []
    for item in items:
        while path and path[-1].level >= item.level:
            path.pop()
        (path[-1].items if path else top).append(item)
        path.append(item)
    return top


def captioned_items(things: Iterable[Captioned]) -> list[Item]:
    """Return figures or tables as entries."""
    found = []
    for each in things:
        text = " ".join(f"{each.label} {plain_text(each.caption)}".split())
        if text:
            found.append(Item(text, each.key, each.id, 1, []))
    return found


def items_of(node: nodes.Contents, index: Index) -> list[Item]:
    """Return what a table of contents lists."""
    match node.kind:
        case ContentsKind.HEADINGS:
            return heading_items(index.headings, node.depth)
        case ContentsKind.FIGURES:
            return captioned_items(index.figures)
        case ContentsKind.TABLES:
            return captioned_items(index.tables)
        case ContentsKind.LISTINGS:
            return captioned_items(index.listings)


def write_contents(scribe: Scribe, node: nodes.Contents) -> None:
    """A table of contents within the text: a nested list of links."""
    items = items_of(node, scribe.index)
    if not items and not node.title:
        scribe.anchor(node)
        return
    meaning = MEANINGS[nodes.Contents]
    element, attributes = "section", ""
    identifier = name = ""
    if node.title:
        identifier, name = scribe.named(node, "title")
        attributes = f' aria-labelledby="{identifier}"'
    if items and node.kind is ContentsKind.HEADINGS:
        element = meaning.element
        attributes = f' role="{meaning.role}"{attributes}'
        if not scribe.contents_place:
            place = node.id or identifier
            scribe.contents_place = f"{scribe.chunk.name}#{fragment(place)}" if place else scribe.chunk.name
    scribe.out.append(f'<{element} class="contents"{attributes}{scribe.common(node)}>\n')
    outside, inside = scribe.marks_at(node.key)
    if node.title:
        known = scribe.use("p", StyleKey.CONTENTS_TITLE)
        scribe.text(node.title, known, attributes=name, around=(outside, ""))
    elif outside:
        scribe.out.append(f"<div>{outside}</div>\n")
    _write_level(scribe, items, 1, inside)
    scribe.out.extend(f"{mark.markup('div')}\n" for mark in inside)
    scribe.out.append(f"</{element}>\n")


def contents_style(depth: int) -> StyleKey:
    """Return the style of entries at a depth, 1 for the outermost."""
    return (StyleKey.CONTENTS_1, StyleKey.CONTENTS_2, StyleKey.CONTENTS_3)[min(max(depth, 1), 3) - 1]


def _write_level(scribe: Scribe, items: list[Item], level: int, marks: list[PageMark]) -> None:
    """Write entries as a list, with the marks of the printed pages that begin with one of them."""
    if not items:
        return
    class_attribute = scribe.use("p", contents_style(level))[0]
    scribe.out.append("<ol>\n")
    for item in items:
        address = scribe.address_of(scribe.plan.chunk_of(item.key), item.id) if item.id else ""
        link = f'<a href="{address}">{escape(item.text)}</a>' if address else escape(item.text)
        mark = ""
        while marks and marks[0].offset <= item.key:
            mark += marks.pop(0).markup()
        scribe.out.append(f"<li><p{class_attribute}>{mark}{link}</p>")
        _write_level(scribe, item.items, level + 1, marks)
        scribe.out.append("</li>\n")
    scribe.out.append("</ol>\n")


def nested_list(items: Sequence[Item], entry: Callable[[Item, int], str], depth: int = 1) -> str:
    """Return entries as nested ordered lists, as a navigation document has them (EPUB 3.3, 7.3)."""
    inside = "".join(
        f"<li>{entry(item, depth)}{nested_list(item.items, entry, depth + 1) if item.items else ''}</li>\n"
        for item in items
    )
    return f"<ol>\n{inside}</ol>\n"
