"""Figures and tables that wait: text behind one that does not fit goes before it, and it begins the next page.

Several may wait, in their order. The boxes of the flow are put into the order in which they are set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from octavo.theme.style import PageStyle
from octavo.typeset.boxes import FORBIDDEN, SOFT, Box, Boxes, height_of
from octavo.typeset.filling import Filling, Foot, fill
from octavo.typeset.geometry import Area
from octavo.typeset.margin import reaches

FLOAT_FROM: Final = 0.12
"""A figure moves on to the next page when it would leave more than this share of its page empty."""
FLOAT_REACH: Final = 200
"""How many boxes of text may come before a figure that they followed."""
MOST_WAITING: Final = 4
"""So many figures wait at most: the last of them is then set so many pages on, at the latest."""
BEHIND: Final = 0.9
"""What goes on on the next page and the figure below it take no more than this share of it."""
MOST_LEADING: Final = 8
"""How many boxes, as the lines of headings, may stand between the text of a page and a figure that they lead to."""


class _Waiting(msgspec.Struct, frozen=True):
    """The figure that a page has no room for, from `first` to `stop`; what stands before `first` stays on the page."""

    first: int
    stop: int
    torn: bool
    """The page would end within it."""


class _Order(msgspec.Struct, frozen=True):
    """A column whose text goes before what waits: `taken` pieces of the text that follows stand in it, and `ahead`
    of them come before what waits."""

    filling: Filling
    taken: int
    ahead: int


def floated(boxes: Boxes, filling: Filling, area: Area, foot: Foot, page: PageStyle) -> Filling:
    """Let text move up before a figure or table that does not fit, so that it begins the next page.

    Returns the filling as it was where there is none, or where that leaves more of the column empty.
    """
    waiting = _waiting(boxes, filling)
    if waiting is None:
        return filling
    enough = (1 - FLOAT_FROM) * area.height
    if not waiting.torn and filling.height > enough:
        return filling
    follow = _following(boxes, waiting, page, area.width)
    orders = _orders(boxes, filling, (waiting, follow), area.height, foot)
    best: _Order | None = None
    for order in orders:
        if best is None or (
            _taken(best.filling, foot) < enough and order.filling.height > best.filling.height
        ):
            best = order
    if best is None:
        return filling
    if _taken(best.filling, foot) < enough if waiting.torn else best.filling.height <= filling.height:
        return filling
    ahead = follow[: best.ahead]
    moved, last = set(ahead), ahead[-1] + 1
    rest = [boxes[at] for at in range(waiting.first, last) if at not in moved]
    boxes[waiting.first : last] = [*(boxes[at] for at in ahead), *rest]
    end = filling.start + best.filling.end
    return msgspec.structs.replace(best.filling, start=filling.start, end=end)


def _orders(
    boxes: Boxes, filling: Filling, found: tuple[_Waiting, Sequence[int]], height: float, foot: Foot
) -> Iterator[_Order]:
    """Yield the columns that text before what waits can make: first as it begins the next page, then as it stands
    below the rest of a panel, of a listing or a table, that goes on there."""
    waiting, follow = found
    above = boxes[filling.start : waiting.first]
    carried = _carried_in(filling, boxes)

    def tried(count: int) -> Filling:
        return fill([*above, *(boxes[at] for at in follow[:count])], 0, height, foot, carried)

    def lessened(count: int, ends: Callable[[Boxes, int], bool]) -> tuple[Filling, int] | None:
        """Rather less text than a divided note."""
        while count > 0:
            trial = tried(count)
            count = trial.end - len(above)
            if count > 0 and not trial.carried and not trial.overfull and ends(boxes, follow[count - 1] + 1):
                return trial, count
            count -= 1
            while count > 0 and not ends(boxes, follow[count - 1] + 1):
                count -= 1
        return None

    begins = lessened(len(follow), _may_end)
    if begins is not None:
        yield _Order(begins[0], begins[1], begins[1])
    within = lessened(len(follow), lambda all_, at: not _is_tied(all_, at))
    if within is not None:
        ahead = within[1]
        while ahead < len(follow) and not _may_end(boxes, follow[ahead - 1] + 1):
            ahead += 1
        rest = [boxes[at] for at in follow[within[1] : ahead]]
        waits = boxes[waiting.first : waiting.stop]
        unbroken = follow[ahead - 1] - follow[within[1] - 1] == ahead - within[1]
        if unbroken and height_of(rest) + height_of(waits) < BEHIND * height:
            yield _Order(within[0], within[1], ahead)


def _taken(filling: Filling, foot: Foot) -> float:
    return filling.height + (height_of(filling.notes) + foot.gap if filling.notes else 0.0)


def _waiting(boxes: Boxes, filling: Filling) -> _Waiting | None:
    """Return the figure that a column ends before, or within; it may stand under a heading that has text besides."""
    start, end = filling.start, filling.end
    if end >= len(boxes) or end == start or filling.carried or boxes[end].force:
        return None
    first = end
    while not boxes[first].floats:
        if not _is_tied(boxes, first + 1) or first - end >= MOST_LEADING:
            return None
        first += 1
    while first > start and boxes[first - 1].floats == boxes[first].floats:
        first -= 1
    if first == start or boxes[first].force or _shares(boxes, first):
        return None
    if first < end and boxes[end].penalty < SOFT:
        return None  # a long table, which is divided anyway
    stop = _end_of(boxes, first)
    if boxes[first - 1].keeps and not _is_text(boxes, stop):
        return None
    return _Waiting(first, stop, first < end)


def _following(boxes: Boxes, waiting: _Waiting, page: PageStyle, width: float) -> list[int]:
    """Return the text that may go before what waits, without other figures, which then wait too."""
    found: list[int] = []
    at, count = waiting.stop, 1
    while at < len(boxes) and len(found) < FLOAT_REACH:
        box = boxes[at]
        if box.force or (page.margin_column and reaches(box, width)):
            break
        if not box.floats:
            found.append(at)
            at += 1
            continue
        count += 1
        stop = _end_of(boxes, at)
        if count > MOST_WAITING or _shares(boxes, at) or (boxes[at - 1].keeps and not _is_text(boxes, stop)):
            break
        at = stop
    while found and _is_tied(boxes, found[-1] + 1):
        found.pop()
    return found


def _end_of(boxes: Sequence[Box], at: int) -> int:
    """Return where the figure ends that stands at a box."""
    serial = boxes[at].floats
    while at < len(boxes) and boxes[at].floats == serial:
        at += 1
    return at


def _is_tied(boxes: Sequence[Box], at: int) -> bool:
    """Say whether no page may end before a box."""
    return at < len(boxes) and not boxes[at].force and (boxes[at - 1].keeps or boxes[at].penalty >= FORBIDDEN)


def _shares(boxes: Sequence[Box], at: int) -> bool:
    """Say whether a box stands in one panel with the box above it."""
    return at < len(boxes) and any(span in boxes[at - 1].spans for span in boxes[at].spans)


def _may_end(boxes: Sequence[Box], at: int) -> bool:
    """Say whether a figure may stand before a box: not behind a heading, nor within a panel."""
    return not _is_tied(boxes, at) and not _shares(boxes, at)


def _is_text(boxes: Sequence[Box], at: int) -> bool:
    """Say whether what begins at a box may stand below a heading: no other heading, and nothing that waits too."""
    return at < len(boxes) and not (boxes[at].force or boxes[at].heads or boxes[at].floats)


def _carried_in(filling: Filling, boxes: Boxes) -> tuple[Box, ...]:
    """Return the notes that a column began with: those that nothing in it cites."""
    cited = {key for box in boxes[filling.start : filling.end] for key in box.notes}
    if not filling.notes:
        return ()
    own = next(
        (at for at, line in enumerate(filling.notes) if cited.intersection(line.keys)), len(filling.notes)
    )
    return filling.notes[:own]
