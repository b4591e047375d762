"""Lists: what marker a paragraph of a list has, and which number it comes to (ECMA-376-1, 17.9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from octavo.readers.docx.names import VALUE, W
from octavo.tree.nodes import ListMarker

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MARKERS: Final[Mapping[str, ListMarker]] = {
    "lowerLetter": ListMarker.LOWER_ALPHA,
    "upperLetter": ListMarker.UPPER_ALPHA,
    "lowerRoman": ListMarker.LOWER_ROMAN,
    "upperRoman": ListMarker.UPPER_ROMAN,
}
_TASKS: Final[Mapping[str, bool]] = {"☐": False, "☑": True, "☒": True}


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """A level of a list; `shown` is False for one that has neither number nor bullet."""

    ordered: bool = False
    marker: ListMarker = ListMarker.DECIMAL
    start: int = 1
    checked: bool | None = None
    shown: bool = True


class ListPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where a paragraph stands in a list: `level` from 0, `number` what an ordered item counts to. Neighbours of one
    `list` count on."""

    list: str
    level: int
    kind: Level
    number: int = 1


class Numbering:
    """The lists of a document, counting as they are read."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._overrides: dict[tuple[str, int], int] = {}
        self._levels: dict[tuple[str, int], Level] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        """Levels of lists that have begun at the number that they say."""
        self._turns: dict[tuple[str, int], int] = {}
        """How often a level of an abstract list began anew."""
        if root is None:
            return
        links: dict[str, str] = {}
        for each in root.iterchildren(f"{W}abstractNum"):
            identifier = each.get(f"{W}abstractNumId") or ""
            self._abstract[identifier] = {
                _integer(level.get(f"{W}ilvl")): _level(level) for level in each.iterchildren(f"{W}lvl")
            }
            named = each.find(f"{W}styleLink")
            if named is not None:
                links[named.get(VALUE) or ""] = identifier
        for each in root.iterchildren(f"{W}abstractNum"):
            lent = each.find(f"{W}numStyleLink")
            if lent is not None and (lent.get(VALUE) or "") in links:
                self._abstract[each.get(f"{W}abstractNumId") or ""] = self._abstract[
                    links[lent.get(VALUE) or ""]
                ]
        for each in root.iterchildren(f"{W}num"):
            self._add(each)

    def _add(self, element: Element) -> None:
        number = element.get(f"{W}numId") or ""
        abstract = element.find(f"{W}abstractNumId")
        self._lists[number] = (abstract.get(VALUE) or "") if abstract is not None else ""
        for each in element.iterchildren(f"{W}lvlOverride"):
            at = _integer(each.get(f"{W}ilvl"))
            start = each.find(f"{W}startOverride")
            if start is not None:
                self._overrides[number, at] = _integer(start.get(VALUE), 1)
            own = each.find(f"{W}lvl")
            if own is not None:
                self._levels[number, at] = _level(own)

    def level(self, number: str, at: int) -> Level | None:
        """Return a level of a list; None where there is no such list."""
        if number not in self._lists:
            return None
        return self._levels.get((number, at)) or self._abstract.get(self._lists[number], {}).get(at, Level())

    def place(self, number: str, at: int) -> ListPlace | None:
        """Count a paragraph, and return where it stands; None outside of lists."""
        kind = self.level(number, at)
        if kind is None or number in ("", "0"):
            return None
        # Lists of one abstract list go on counting, but where one comes first that says at which number it starts.
        abstract = self._lists[number]
        counts = self._counts.setdefault(abstract, {})
        start = self._overrides.get((number, at))
        if start is not None and (number, at) not in self._begun:
            self._begun.add((number, at))
            self._turns[abstract, at] = self._turns.get((abstract, at), 0) + 1
            counts[at] = start
        else:
            counts[at] = counts[at] + 1 if at in counts else kind.start if start is None else start
        for deeper in [each for each in counts if each > at]:
            del counts[deeper]
        name = f"{abstract}/{self._turns.get((abstract, at), 0)}"
        return ListPlace(list=name, level=at, kind=kind, number=counts[at])


def _level(element: Element) -> Level:
    form = element.find(f"{W}numFmt")
    text = element.find(f"{W}lvlText")
    start = element.find(f"{W}start")
    name = (form.get(VALUE) or "") if form is not None else "decimal"
    shown = (text.get(VALUE) or "") if text is not None else ""
    mark = shown.strip(" \u2003\u2006")
    ordered = name not in ("bullet", "none") and "%" in shown
    return Level(
        ordered=ordered,
        marker=_MARKERS.get(name, ListMarker.DECIMAL),
        start=_integer(start.get(VALUE), 1) if start is not None else 1,
        checked=_TASKS.get(mark),
        shown=bool(mark),
    )


def _integer(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else otherwise
