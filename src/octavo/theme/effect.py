"""Which properties do anything for which keys: some of them are for some kinds of block alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from octavo.theme import schema
from octavo.theme.source import Path, Written
from octavo.tree.semantics import StyleKey

S = StyleKey

_HEADINGS: Final = (
    S.HEADING, S.HEADING_1, S.HEADING_2, S.HEADING_3, S.HEADING_4, S.HEADING_5, S.HEADING_6,
)  # fmt: skip
_HELD: Final = frozenset(
    (*_HEADINGS, S.TITLE, S.SUBTITLE, S.BYLINE, S.GROUP_TITLE, S.LIST_ITEM, S.TERM, S.DEFINITION, S.ATTRIBUTION,
    S.CAPTION, S.CREDIT, S.TABLE_HEAD, S.TABLE_CELL, S.TABLE_NOTE, S.FOOTNOTE, S.BIBLIOGRAPHY_ENTRY, S.CONTENTS_TITLE,
    S.CONTENTS_1, S.CONTENTS_2, S.CONTENTS_3, S.MASTHEAD, S.MASTHEAD_SERIES, S.PAGE_HEADER, S.PAGE_FOOTER)
)  # fmt: skip
"""What stands in other blocks, or over all columns as it is."""
_ONLY: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "drop-initial": (frozenset(_HEADINGS), "headings"),
    "label": (frozenset(schema.GROUPS), "groups"),
    "columns": (frozenset(schema.GROUPS), "groups"),
    "column-gap": (frozenset(schema.GROUPS), "groups"),
    "place": (frozenset((*schema.GROUPS, S.PULL_QUOTE, S.CAPTION)), "groups, pull quotes and captions"),
    "marker": (frozenset((S.LIST_ITEM, S.DIVIDER)), "list items and dividers"),
    "marker-indent": (frozenset((S.LIST_ITEM, *_HEADINGS)), "list items and headings"),
}
"""By property: the keys that it is for, and what they are called."""
_OUTERMOST: Final = frozenset(("all-columns", "columns", "column-gap", "place"))
"""Properties of blocks that stand in no other."""


def applies(name: str, key: str, within: str = "") -> bool:
    """Say whether a property does anything for a key, in a container or at the top."""
    return not _why_not(name, key, within)


def _why_not(name: str, key: str, within: str) -> str:
    if key not in schema.LENT.get(within, (key,)):
        return _lends(within)
    captions = name == "place" and key == S.CAPTION and within in (S.FIGURE, S.TABLE)
    if name in _OUTERMOST and within and not captions:
        return "it is for blocks that stand in no other"
    if name == "all-columns" and key in _HELD:
        return "it is for whole blocks, not for what stands in them"
    keys, called = _ONLY.get(name, (frozenset((key,)), ""))
    return "" if key in keys else f"it is for {called}"


def _lends(container: str) -> str:
    """Say what takes a style from a container, where not all does that stands in it."""
    lent = " and ".join(f"`{key}`" for key in sorted(schema.LENT[container]))
    return f"a `{container}` has styles of its own for {lent or 'nothing'}{' alone' if lent else ' that it holds'}"


def without_effect(table: Mapping[Path, Written]) -> Iterator[tuple[Path, str]]:
    """Find what is written of the shipped keys and does nothing: its path, and why."""
    for path in table:
        if path[0] == "style" and len(path) == 3:
            key, within = path[1], ""
        elif path[0] == "within" and len(path) == 4:
            key, within = path[2], path[1]
        else:
            continue
        if key in schema.STYLE_KEYS and (why := _why_not(path[-1], key, within)):
            yield path, why
