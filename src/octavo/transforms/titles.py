"""Titles: groups and tables of contents that have none get the language's word for what they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

import msgspec

from octavo.transforms.resolved import Terms
from octavo.tree import Document, nodes
from octavo.tree.nodes import ContentsKind, GroupRole, Inline, Node
from octavo.tree.walk import CONTENT_FIELDS

N = TypeVar("N", bound=Node)

# A lead is its own announcement, and a group of the theme's own says itself what it is.
GROUP_TERMS: Final[Mapping[GroupRole, str]] = {
    GroupRole.LEAD: "",
    GroupRole.ABSTRACT: "abstract",
    GroupRole.KEY_POINTS: "key_points",
    GroupRole.RECOMMENDATIONS: "recommendations",
    GroupRole.AUTHOR_NOTE: "about_the_author",
    GroupRole.NOTICE: "notice",
    GroupRole.CASE: "case",
    GroupRole.CUSTOM: "",
}
CONTENTS_TERMS: Final[Mapping[ContentsKind, str]] = {
    ContentsKind.HEADINGS: "contents",
    ContentsKind.FIGURES: "list_of_figures",
    ContentsKind.TABLES: "list_of_tables",
    ContentsKind.LISTINGS: "list_of_listings",
}
_INLINE_FIELDS: Final = frozenset({"title", "attribution", "caption", "credit", "terms", "columns"})
_WITHOUT_GROUPS: Final = frozenset({nodes.Paragraph, nodes.PullQuote, nodes.Entry, nodes.Caption})


def add_titles(document: Document, terms: Terms) -> Document:
    """Return the document with a title on every group and table of contents that shows one."""
    content = _each(document.content, terms)
    return document if content is document.content else msgspec.structs.replace(document, content=content)


def _each(value: tuple[Any, ...], terms: Terms) -> tuple[Any, ...]:
    new = tuple([_each(one, terms) if isinstance(one, tuple) else _titled(one, terms) for one in value])
    return new if any(one is not other for one, other in zip(new, value, strict=True)) else value


def _titled(node: N, terms: Terms) -> N:
    kind = type(node)
    if kind in _WITHOUT_GROUPS:
        return node
    changes: dict[str, Any] = {}
    if isinstance(node, nodes.Group | nodes.Contents) and _is_blank(node.title):
        name = GROUP_TERMS[node.role] if isinstance(node, nodes.Group) else CONTENTS_TERMS[node.kind]
        if name:
            title: tuple[Inline, ...] = (nodes.Text(text=getattr(terms, name), position=node.position),)
            changes["title"] = title
    for name in CONTENT_FIELDS[kind]:
        if name not in _INLINE_FIELDS:
            old = getattr(node, name)
            new = _each(old, terms)
            if new is not old:
                changes[name] = new
    return msgspec.structs.replace(node, **changes) if changes else node


def _is_blank(title: tuple[Inline, ...]) -> bool:
    return all(isinstance(each, nodes.Text) and not each.text.strip() for each in title)
