"""Survey: one way through the identified document that assigns styles and levels and notes what later steps need.

Where a block stands decides its style: a paragraph of a list item is a `list-item`, one of a cell a `table-cell`. The
container that lends its own text properties is the nearest group or quotation, else the note or cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from octavo.transforms.resolved import StyleUse
from octavo.tree import Document, nodes
from octavo.tree.nodes import AnyNode, ListMarker
from octavo.tree.semantics import MEANINGS, StyleKey
from octavo.tree.walk import CONTENT_FIELDS, plain_text

S = StyleKey
DEEPEST_HEADING: Final = 6
VERSE_LINE: Final = 80
"""Lines that an author has ended are verse, or an address, where none has more letters."""

_FIXED_STYLES: Final[Mapping[type[AnyNode], StyleKey]] = {
    **{
        kind: StyleKey(MEANINGS[kind].style)
        for kind in (
            nodes.Quote,
            nodes.PullQuote,
            nodes.List,
            nodes.Definitions,
            nodes.Figure,
            nodes.Table,
            nodes.CodeBlock,
            nodes.Formula,
            nodes.Divider,
            nodes.Bibliography,
            nodes.Notes,
            nodes.Contents,
            nodes.Caption,
            nodes.ListItem,
            nodes.Definition,
            nodes.Entry,
            nodes.Footnote,
        )
    },
    nodes.PageBreak: S.TEXT,
}
_HEADINGS: Final = (S.HEADING_1, S.HEADING_2, S.HEADING_3, S.HEADING_4, S.HEADING_5, S.HEADING_6)
_GATHERED: Final = (
    nodes.Section,
    nodes.Group,
    nodes.Figure,
    nodes.Table,
    nodes.CodeBlock,
    nodes.Formula,
    nodes.Math,
    nodes.Footnote,
    nodes.Entry,
    nodes.Link,
    nodes.CrossReference,
    nodes.Citation,
    nodes.Image,
    nodes.Span,
)


class Survey(msgspec.Struct, frozen=True):
    """What there is. `found` holds the nodes of some types in reading order, `targets` those with an anchor."""

    styles: Mapping[int, StyleUse]
    levels: Mapping[int, int]
    found: Mapping[type[AnyNode], list[Any]]
    targets: Mapping[str, AnyNode]
    markers: Mapping[int, ListMarker]
    """How each ordered list counts, by its key."""


class _Place(msgspec.Struct, frozen=True):
    """Where a node stands: in which container, what its paragraphs are (empty: as usual), in how many sections, and how
    the ordered lists around it count."""

    within: str = ""
    flow: str = ""
    level: int = 0
    counted: tuple[ListMarker, ...] = ()


def survey(document: Document, declared: frozenset[str], markers: tuple[ListMarker, ...]) -> Survey:
    """Return what an identified document holds. `declared` are the names of the theme's own styles, `markers` how its
    ordered lists count, the outermost first."""
    surveyor = _Surveyor(declared, markers)
    surveyor.sequence(document.content, _Place())
    return Survey(surveyor.styles, surveyor.levels, surveyor.found, surveyor.targets, surveyor.markers)


def next_marker(around: tuple[ListMarker, ...], markers: tuple[ListMarker, ...]) -> ListMarker:
    """Return how an ordered list counts that does not say it: the first way that none around it has, else the one that
    was met the longest ago. `around` begins with the outermost."""
    passed = {marker: at for at, marker in enumerate(around)}
    return min(markers, key=lambda marker: passed.get(marker, -1))


class _Surveyor:
    def __init__(self, declared: frozenset[str], markers: tuple[ListMarker, ...]) -> None:
        self.markers: dict[int, ListMarker] = {}
        self._ways = markers
        self.styles: dict[int, StyleUse] = {}
        self.levels: dict[int, int] = {}
        self.found: dict[type[AnyNode], list[Any]] = {kind: [] for kind in _GATHERED}
        self.targets: dict[str, AnyNode] = {}
        self._declared = declared
        self._uses: dict[tuple[str, str], StyleUse] = {}

    def sequence(self, value: tuple[Any, ...], place: _Place) -> None:
        """Visit a tuple of nodes, or of tuples of nodes."""
        previous: type[AnyNode] | None = None
        verse = False
        for each in value:
            kind = type(each)
            if kind is nodes.Text:
                continue
            if kind is nodes.Paragraph:
                before, verse = verse, len(each.content) > 1 and _is_verse(each)
                if place.within:
                    # The lines of a poem begin at one edge; only the indent tells its next stanza.
                    follows = previous is nodes.Paragraph and (before or not verse)
                else:
                    follows = previous is nodes.Paragraph and not before
                style = (
                    S.VERSE if verse and not place.within else S.PARAGRAPH if follows else S.PARAGRAPH_FIRST
                )
                self._use(each.key, place.flow or style, place)
                if each.id:
                    self.targets[each.id] = each
                self.sequence(each.content, place)
            elif kind is tuple:
                self.sequence(each, place)
            else:
                self._node(each, kind, place)
            # Figures and tables may float away: what stands before them is what the reader sees before.
            if kind is not nodes.Figure and kind is not nodes.Table:
                previous = kind

    def _node(self, node: Any, kind: type[AnyNode], place: _Place) -> None:
        if kind in self.found:
            self.found[kind].append(node)
        if node.id:
            self.targets[node.id] = node
        if kind in _FIXED_STYLES:
            self._use(node.key, _FIXED_STYLES[kind], place)
        enter = _ENTER.get(kind)
        inner = enter(self, node, place) if enter else place
        for name in CONTENT_FIELDS[kind]:
            value = getattr(node, name)
            if not value:
                continue
            here = inner
            if kind is nodes.Table and name in _TABLE_FLOWS:
                here = _in_table(_TABLE_FLOWS[name], place)
            elif name == "caption" and not place.within:
                here = _Place(str(_FIXED_STYLES[kind]), "", place.level)
            if isinstance(value, tuple):
                self.sequence(value, here)
            else:
                self._node(value, type(value), here)

    def _use(self, key: int, style: str, place: _Place) -> None:
        within = place.within if place.within != style else ""
        use = self._uses.get((style, within))
        if use is None:
            use = self._uses[style, within] = StyleUse(str(style), within)
        self.styles[key] = use

    def _enter_section(self, node: nodes.Section, place: _Place) -> _Place:
        level = place.level + 1
        self.levels[node.key] = level
        self._use(node.key, _HEADINGS[min(level, DEEPEST_HEADING) - 1], place)
        return _Place(place.within, "", level, place.counted)

    def _enter_group(self, node: nodes.Group, place: _Place) -> _Place:
        style = node.style if node.style in self._declared else MEANINGS[node.role].style
        self._use(node.key, style, place)
        return _Place(str(style), _kept(place.flow), place.level, place.counted)

    def _enter_quote(self, _node: nodes.Quote, place: _Place) -> _Place:
        return _Place(str(S.QUOTE), _kept(place.flow), place.level, place.counted)

    def _enter_list(self, node: nodes.List, place: _Place) -> _Place:
        if not node.ordered:
            return place
        marker = self.markers[node.key] = node.marker or next_marker(place.counted, self._ways)
        return _Place(place.within, place.flow, place.level, (*place.counted, marker))

    def _enter_item(self, _node: nodes.ListItem, place: _Place) -> _Place:
        return _Place(place.within, S.LIST_ITEM, place.level, place.counted)

    def _enter_definition(self, _node: nodes.Definition, place: _Place) -> _Place:
        return _Place(place.within, S.DEFINITION, place.level, place.counted)

    def _enter_figure(self, _node: nodes.Figure, place: _Place) -> _Place:
        return _Place(place.within, _kept(place.flow), place.level, place.counted)

    def _enter_cell(self, node: nodes.Cell, place: _Place) -> _Place:
        self._use(node.key, place.flow, place)
        return place

    def _enter_footnote(self, _node: nodes.Footnote, place: _Place) -> _Place:
        return _Place(str(S.FOOTNOTE), S.FOOTNOTE, place.level)


def _is_verse(paragraph: nodes.Paragraph) -> bool:
    """Say whether a paragraph is of lines that its author has ended, as verse, an address, or words of greeting."""
    if not any(type(each) is nodes.LineBreak for each in paragraph.content):
        return False
    return all(len(line) <= VERSE_LINE for line in plain_text(paragraph.content).split("\n"))


_TABLE_FLOWS: Final[Mapping[str, StyleKey]] = {
    "head": S.TABLE_HEAD,
    "bodies": S.TABLE_CELL,
    "foot": S.TABLE_CELL,
    "notes": S.TABLE_NOTE,
}
_ENTER: Final[Mapping[type[AnyNode], Callable[[_Surveyor, Any, _Place], _Place]]] = {
    nodes.Section: _Surveyor._enter_section,
    nodes.Group: _Surveyor._enter_group,
    nodes.Quote: _Surveyor._enter_quote,
    nodes.List: _Surveyor._enter_list,
    nodes.ListItem: _Surveyor._enter_item,
    nodes.Definition: _Surveyor._enter_definition,
    nodes.Figure: _Surveyor._enter_figure,
    nodes.Cell: _Surveyor._enter_cell,
    nodes.Footnote: _Surveyor._enter_footnote,
}


def _in_table(flow: StyleKey, place: _Place) -> _Place:
    return _Place(place.within or str(flow), flow, place.level, place.counted)


def _kept(flow: str) -> str:
    """Notes and cells set all their paragraphs their way; lists and definitions only those directly in them."""
    return flow if flow in (S.FOOTNOTE, S.TABLE_HEAD, S.TABLE_CELL, S.TABLE_NOTE) else ""
