"""A structure element before it is written, and the way from a frame's owner to its element.

ISO 32000-1, 14.7 (logical structure) and 14.8.4 (standard structure types).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

import msgspec

from octavo.transforms.resolved import StyleUse
from octavo.tree.semantics import StyleKey
from octavo.typeset.frames import Owner, Part

ROLES: Final = {"Title": "P"}
"""Types of octavo's own, and what they are to a reader that knows the standard ones only. The title of a document is no
heading of ISO 32000-1: the sections are H1 and below."""

_CARRIERS: Final[Mapping[str, tuple[str, ...]]] = {
    "Document": ("P",),
    "Sect": ("P",),
    "Div": ("P",),
    "BlockQuote": ("P",),
    "L": ("LI", "LBody"),
    "LI": ("LBody",),
    "TOC": ("TOCI", "P"),
    "TOCI": ("P",),
    "Reference": ("Span",),
}
"""Types that hold elements only, and what is put into them for content that no part of a node claims."""

_TABLE_PARTS: Final = frozenset({"Table", "THead", "TBody", "TFoot", "TR"})
"""A table's grid leaves no room for anything but cells: what lands between them is decoration."""

_FRONT: Final[Mapping[str, StyleUse]] = {
    "title": StyleUse(StyleKey.TITLE),
    "subtitle": StyleUse(StyleKey.SUBTITLE),
    "authors": StyleUse(StyleKey.BYLINE),
}

Scope = Literal["", "Column", "Row", "Both"]


class Mark(msgspec.Struct, frozen=True, eq=False):
    """How painting knows an element: the same mark for all that stands in it, and its type."""

    tag: str


class Element(msgspec.Struct, kw_only=True, eq=False):
    """A structure element that is being put together; content is kept beside it, by its number.

    `kept` elements are written even when they are empty: the cells of a table. `number` is its place in
    `Tags.elements`.
    """

    tag: str
    number: int
    children: list[Element] = []
    language: str = ""
    alternative: str = ""
    """What stands for it where it cannot be seen."""
    summary: str = ""
    """What a table's `alt` says (ISO 32000-1, table 349)."""
    title: str = ""
    identifier: str = ""
    numbering: str = ""
    """How the items of a list are marked (ISO 32000-1, table 347)."""
    scope: Scope = ""
    row_span: int = 1
    column_span: int = 1
    kept: bool = False
    in_line: bool = False
    """A figure among words."""
    node: int = 0
    """The key of the node it was made for, 0 for none: for diagnostics."""
    style: StyleUse | None = None
    """The style that its text or its box is set in."""
    leftwards: bool | None = None
    """Whether it is read from right to left; None: as what it stands in."""


class Tags:
    """The elements of a document, and which of them shows which part of which node.

    `front` holds those of the title block, which stand before all others, in the order they were met in; `unnamed` the
    figures that the document says nothing of.
    """

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.root = self._new("Document")
        self.front: dict[str, Element] = {}
        self.unnamed: list[Element] = []
        self._places: dict[tuple[int, Part], Element | None] = {}
        self._entries: dict[tuple[int, int], Element] = {}
        self._found: dict[Owner, Element | None] = {}
        self._marks: dict[Owner, Mark | None] = {}
        self._marks_of: dict[int | str, Mark] = {}

    def _new(self, tag: str) -> Element:
        element = Element(tag=tag, number=len(self.elements))
        self.elements.append(element)
        return element

    def child(self, parent: Element, tag: str, node: int = 0) -> Element:
        """Append a new element to a parent."""
        element = self._new(tag)
        element.node = node
        parent.children.append(element)
        return element

    def place(self, key: int, element: Element | None, parts: Iterable[Part] = (Part.CONTENT,)) -> None:
        """Say which element shows some parts of a node; None makes them artifacts."""
        for part in parts:
            self._places[key, part] = element

    def place_entry(self, key: int, entry: int, element: Element) -> None:
        """Say which element shows an entry of a table of contents."""
        self._entries[key, entry] = element

    def find(self, owner: Owner) -> Element | None:
        """Return the element that shows what an owner names, or None where that is an artifact."""
        try:
            return self._found[owner]
        except KeyError:
            found = self._found[owner] = self._find(owner)
            return found

    def _find(self, owner: Owner) -> Element | None:
        if owner.metadata:
            return self._front_matter(owner.metadata)
        element = self._holder(owner)
        if element is None:
            return None
        for tag in self._carriers(owner, element):
            element = self.child(element, tag, owner.key)
        return element

    def _holder(self, owner: Owner) -> Element | None:
        """Return the element made for what an owner names, which may not take content itself."""
        element: Element | None
        if owner.entry and (owner.key, owner.entry) in self._entries:
            return self._entries[owner.key, owner.entry]
        if (owner.key, owner.part) in self._places:
            element = self._places[owner.key, owner.part]
        elif (owner.key, Part.CONTENT) in self._places:
            element = self._places[owner.key, Part.CONTENT]
        else:
            element = self.root
        return None if element is None or element.tag in _TABLE_PARTS else element

    def _carriers(self, owner: Owner, element: Element) -> tuple[str, ...]:
        """Return the types of what is put into an element for the content of an owner."""
        if owner.entry and self._entries.get((owner.key, owner.entry)) is element:
            return ()
        return _CARRIERS.get(element.tag, ())

    def mark(self, owner: Owner) -> Mark | None:
        """Return the mark of the element that `find` would return, without making one: pages may be painted in any
        order, and beside each other."""
        try:
            return self._marks[owner]
        except KeyError:
            found = self._marks[owner] = self._mark(owner)
            return found

    def _mark(self, owner: Owner) -> Mark | None:
        if owner.metadata:
            return self._mark_of(owner.metadata, _front_tag(owner.metadata))
        element = self._holder(owner)
        if element is None:
            return None
        carriers = self._carriers(owner, element)
        return Mark(carriers[-1]) if carriers else self._mark_of(element.number, element.tag)

    def _mark_of(self, known: int | str, tag: str) -> Mark:
        if known not in self._marks_of:
            self._marks_of[known] = Mark(tag)
        return self._marks_of[known]

    def _front_matter(self, field: str) -> Element:
        """Return the element of a metadata field in the title block; they stand before the text as they are met."""
        if field not in self.front:
            self.front[field] = self._new(_front_tag(field))
            self.front[field].style = _FRONT.get(field)
        return self.front[field]

    def link_within(self, element: Element) -> Element:
        """Return the element that holds a link's annotation: itself where it is a link, else a new one inside it."""
        if element.tag == "Link":
            return element
        for each in element.children:
            if each.tag == "Link":
                return each
        return self.child(element, "Link", element.node)


def _front_tag(field: str) -> str:
    return "Title" if field == "title" else "P"
