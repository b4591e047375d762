"""What Word will count by itself: which headings it numbers as octavo did, and which captions have labels to refer to.

Where Word's counting would not give octavo's number ("A" of an appendix among figures), the number is written as text.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from octavo.transforms.resolved import Captioned, Heading, Index

LEVELS = 9


class Counts(msgspec.Struct, frozen=True):
    """Keys of headings that Word's list numbers, of captions with a label and a counted number; headings by key."""

    headings: dict[int, Heading]
    counted_headings: frozenset[int]
    depth: int
    """How many levels the list of headings has."""
    labelled: frozenset[int]


def count(index: Index) -> Counts:
    """Return what Word will count."""
    counted = frozenset(_counted(index.headings))
    depth = max((each.level for each in index.headings if each.key in counted), default=0)
    labelled = frozenset(
        each.key
        for each in (*index.figures, *index.tables, *index.listings)
        if _has_number(each, index.numbers.get(each.key, ""))
    )
    return Counts({each.key: each for each in index.headings}, counted, depth, labelled)


def _counted(headings: Iterable[Heading]) -> Iterable[int]:
    """Count as Word does: a heading adds one to its level, and begins the deeper ones anew.

    A heading that is skipped leaves the counts as they are, so those after it are compared with the counts it left.
    """
    counts = [0] * LEVELS
    for heading in headings:
        if not heading.number or heading.level > LEVELS:
            continue
        at = heading.level - 1
        tried = [*counts[:at], counts[at] + 1, *([0] * (LEVELS - at - 1))]
        if ".".join(str(each) for each in tried[: at + 1]) == heading.number:
            counts = tried
            yield heading.key


def _has_number(captioned: Captioned, number: str) -> bool:
    return bool(number) and number in captioned.label
