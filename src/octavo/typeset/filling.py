"""Filling one column: as many boxes as fit, then back to the best place to break; notes at the foot.

Every place between two boxes can be a break; its cost is the second box's penalty, plus what the column loses by
ending early, plus what it costs to divide a note. The cheapest wins, the later of two alike. Each box is looked at
about twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from octavo.theme.style import PageStyle
from octavo.typeset.boxes import FORBIDDEN, Box, gap_between, height_of

EMPTY_PAGE: Final = 1500.0
"""The cost of a column left wholly empty; half empty costs half."""
DIVIDED_NOTE: Final = 300.0
"""The cost of a note that runs on to the next page."""
CARRIED_SHARE: Final = 0.5
"""Notes carried over take at most this share of a column while there is text to go with them."""
MOST_PADDING: Final = 72.0
"""Boxes within boxes take no more than this at a page's end, however many they are."""
TOLERANCE: Final = 0.01
"""Sums of rounded lengths may be over by this much, in points."""


class Filling(msgspec.Struct, frozen=True):
    """What a column holds: boxes from `start` up to `end`, and lines of notes; `carried` go on to the next column."""

    start: int
    end: int
    notes: tuple[Box, ...] = ()
    carried: tuple[Box, ...] = ()
    height: float = 0.0
    """Of the text, without notes."""
    overfull: bool = False
    forced: bool = False
    """It ends where nothing should: there was no better place."""


class Foot(msgspec.Struct, frozen=True):
    """What stands between text and notes, and the lines of each note, by key."""

    gap: float
    notes: Callable[[int], Sequence[Box]]


def foot_gap(page: PageStyle) -> float:
    """Return the space between the text and the first note; the rule stands in its middle."""
    return page.footnote_gap + page.footnote_rule.width


def continuing(boxes: Sequence[Box], at: int) -> tuple[float, float]:
    """Return the padding that the backgrounds which a break at `at` would cut need below and above it."""
    if not at or not boxes[at].spans or not boxes[at - 1].spans:
        return 0.0, 0.0
    shared = [span for span in boxes[at].spans if span in boxes[at - 1].spans]
    return (
        min(MOST_PADDING, sum(span.padding.bottom for span in shared)),
        min(MOST_PADDING, sum(span.padding.top for span in shared)),
    )


def top_of(boxes: Sequence[Box], at: int) -> float:
    """Return how far below a column's top the box that begins it stands."""
    repeat = boxes[at].repeat
    return continuing(boxes, at)[1] + (repeat.height if repeat else 0.0)


class _Notes:
    """The notes of a column as far as it is filled: their lines, heights, and how few of them must stand here."""

    def __init__(self, carried: Sequence[Box], height: float, foot: Foot) -> None:
        self.lines: list[Box] = list(carried)
        self.foot = foot
        self.full = height_of(self.lines)
        self.least = min(self.full, height * CARRIED_SHARE)
        self._seen: set[int] = set()

    def cite(self, keys: Sequence[int]) -> None:
        """Take in the notes cited in a box, and those that they cite."""
        waiting = [key for key in keys if key not in self._seen]
        while waiting:
            key = waiting.pop(0)
            if key in self._seen:
                continue
            self._seen.add(key)
            lines = self.foot.notes(key)
            if not lines:
                continue
            gap = gap_between(self.lines[-1], lines[0]) if self.lines else 0.0
            self.least = self.full + gap + height_of(lines[: _shortest_start(lines)])
            self.lines.extend(lines)
            self.full += gap + height_of(lines)
            waiting.extend(inner for line in lines for inner in line.notes)

    def room(self, height: float) -> float:
        """Return what notes of a height take of the column."""
        return height + self.foot.gap if self.lines else 0.0


def _shortest_start(lines: Sequence[Box]) -> int:
    """Return how many lines of a note must stand together at its beginning."""
    for at in range(1, len(lines)):
        if lines[at].penalty < FORBIDDEN and not lines[at - 1].keeps:
            return at
    return len(lines)


class _Best:
    def __init__(self) -> None:
        self.end = -1
        self.cost = 0.0
        self.text = 0.0
        self.notes = 0

    def offer(self, end: int, cost: float, text: float, notes: int) -> None:
        if self.end < 0 or cost <= self.cost:
            self.end, self.cost, self.text, self.notes = end, cost, text, notes


def fill(boxes: Sequence[Box], at: int, height: float, foot: Foot, carried: Sequence[Box] = ()) -> Filling:
    """Fill a column of a height with the boxes from `at`, and the notes carried over from the column before."""
    count = len(boxes)
    notes = _Notes(carried, height, foot)
    if at >= count:
        return _with_notes(at, at, 0.0, notes.lines, height, foot)
    best = _Best()
    text = top_of(boxes, at)
    for end in range(at, count):
        box = boxes[end]
        if end > at:
            before = boxes[end - 1]
            if _offer(best, boxes, end, text, height, notes) or box.force:
                break
            text += (
                gap_between(before, box) if before.height else max(before.before, box.before, before.after)
            )
        text += box.height
        if box.notes:
            notes.cite(box.notes)
        if text > height + TOLERANCE:
            break
    else:
        if text + notes.room(notes.full) <= height + TOLERANCE:
            return _with_notes(at, count, text, notes.lines, height, foot)
        if text + notes.room(notes.least) <= height + TOLERANCE:
            best.offer(count, DIVIDED_NOTE, text, len(notes.lines))
    if best.end < 0:
        single = _Notes(carried, height, foot)
        single.cite(boxes[at].notes)
        text = top_of(boxes, at) + boxes[at].height
        return _with_notes(at, at + 1, text, single.lines, height, foot)
    filling = _with_notes(at, best.end, best.text, notes.lines[: best.notes], height, foot)
    return msgspec.structs.replace(filling, forced=True) if best.cost >= FORBIDDEN else filling


def _offer(best: _Best, boxes: Sequence[Box], end: int, text: float, height: float, notes: _Notes) -> bool:
    """Weigh a break before a box; True where nothing that comes later can fit."""
    below = continuing(boxes, end)[0]
    box = boxes[end]
    cost = 0.0 if box.force else FORBIDDEN if boxes[end - 1].keeps else box.penalty
    taken = text + below + notes.room(notes.full)
    limit = height + TOLERANCE
    if taken <= limit:
        best.offer(end, cost + EMPTY_PAGE * (height - taken) / height, text + below, len(notes.lines))
        return False
    taken = text + below + notes.room(notes.least)
    if taken <= limit:
        best.offer(end, cost + DIVIDED_NOTE, text + below, len(notes.lines))
        return False
    return text + notes.room(notes.least) > limit


def _with_notes(
    start: int, end: int, text: float, lines: Sequence[Box], height: float, foot: Foot
) -> Filling:
    """Return a column with as many lines of its notes as there is room for; the first of them always on a page that
    has nothing else."""
    overfull = text > height + TOLERANCE
    if not lines:
        return Filling(start, end, height=text, overfull=overfull)
    room = height - text - foot.gap + TOLERANCE
    total, fits, legal = 0.0, 0, 0
    for at, line in enumerate(lines):
        total += (gap_between(lines[at - 1], line) if at else 0.0) + line.height
        if total > room:
            break
        fits = at + 1
        following = lines[fits] if fits < len(lines) else None
        if following is None or (following.penalty < FORBIDDEN and not line.keeps):
            legal = fits
    taken = legal or fits
    if start == end and not taken:
        taken = 1
    return Filling(start, end, tuple(lines[:taken]), tuple(lines[taken:]), text, overfull)
