"""Where a paragraph is broken into lines: the whole paragraph at once, by a forward dynamic programme.

The cost is that of Knuth and Plass ("Breaking Paragraphs into Lines", 1981): a line stretched or shrunk by the share
r of what it can give has the badness 100 r^3 and costs (10 + badness)^2; a break costs the square of its penalty more.
Prefix sums and bisection find the words at which a line can end. A quick search asks for places within words only in
those that stand across the end of a full line; where it finds no good lines, a thorough one asks for all.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final

import msgspec

FORBIDDEN: Final = 10_000.0
"""The penalty of a place where no line may end."""
LINE_COST: Final = 10.0
FAIR: Final = 5.0
"""Badness of a line's best end at a space above which places before it are tried too."""
BAD: Final = 800.0
"""Badness of a line that makes a thorough search worth its time: it is stretched twice as far as it should be."""
STACKED_HYPHENS: Final = 15_000.0
LAST_HYPHEN: Final = 7_500.0
LAST_FRAGMENT: Final = 1_000_000.0
LAST_WORD: Final = 250_000.0
"""The cost of a last line of one word, where that word is short; nought where it fills `WORD_SHARE` of the measure."""
WORD_SHARE: Final = 0.4
LAST_SHORT: Final = 100_000.0
"""The cost of a last line of several words that is hardly longer than an indent."""
SHORT_SHARE: Final = 0.12
EMERGENCY: Final = 1e8
_TOLERANCE: Final = 0.005
_INFINITE: Final = float("inf")


class Point(msgspec.Struct, frozen=True):
    """A place within a word where a line may end. `before` is the width of the word up to it, in points, `hyphen`
    that of the hyphen it then gets (0: none); `stacks`: the line then ends in a hyphen, its own or another."""

    offset: int
    before: float
    hyphen: float
    penalty: float
    stacks: bool


class Breakable(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph to be broken: words, and the spaces after them; lengths in points.

    `penalties` holds the cost of ending a line after each word. `points` gives the places within a word, `anywhere`
    those to be used when all else fails.
    """

    widths: Sequence[float]
    gaps: Sequence[float]
    penalties: Sequence[float] | None
    hang_left: Sequence[float] | None
    hang_right: Sequence[float] | None
    points: Callable[[int], Sequence[Point]]
    anywhere: Callable[[int], Sequence[Point]]


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The measure of the first line and of the others, and what lines can give: word spaces `shrink` and `stretch`
    as shares of their width, and `slack` points at the line's end in ragged text. `hyphenates`: words may be divided
    by the patterns of their language."""

    first: float
    rest: float
    shrink: float
    stretch: float
    slack: float
    hyphen_lines: int
    hyphenates: bool = True


class Care(msgspec.Struct, frozen=True):
    """How thoroughly to search.

    `reach` is how many times its stretch a line may be stretched before it is held to be impossible. With
    `everywhere` hyphens are looked for in all words in reach of a line's end, not only in those that stand across it:
    the search is then exact.
    """

    reach: float
    everywhere: bool


QUICK: Final = Care(2.0, False)
RAGGED: Final = Care(2.0, True)
"""Lines that need not be full can end in more places, so that the words across their ends do not tell them all."""
THOROUGH: Final = Care(8.0, True)


class Break(msgspec.Struct, frozen=True):
    """The end of a line: after word `item`, or where `offset` is not 0, within it."""

    item: int
    offset: int = 0
    hyphen: bool = False
    stacks: bool = False
    """The line ends in a hyphen, be it the word's own."""


class _Within(msgspec.Struct):
    """A line's end within a word, and the best way to it."""

    item: int
    point: Point
    hyphens: int
    cost: float
    origin: int


def break_lines(text: Breakable, limits: Limits) -> list[Break]:
    """Return the ends of the lines of a paragraph that has at least one word; the last one is its last word."""
    if sum(text.widths) + sum(text.gaps) <= limits.first + _TOLERANCE:
        return [Break(len(text.widths) - 1)]
    search = _Search(text, limits, RAGGED if limits.slack and limits.hyphenates else QUICK)
    breaks = search.run()
    if len(breaks) > 1 and (
        search.ends_short(breaks)
        or (search.costs[-1] > (LINE_COST + BAD) ** 2 and search.worst(breaks) > BAD)
    ):
        breaks = _Search(text, limits, THOROUGH).run()
    return breaks


def last_line_cost(width: float, measure: float, *, single: bool) -> float:
    """Return what it costs that a paragraph's last line is no wider than this; `single`: it is one word."""
    if single:
        return LAST_WORD * max(0.0, 1 - width / (WORD_SHARE * measure))
    return LAST_SHORT * max(0.0, 1 - width / (SHORT_SHARE * measure))


class _Search:
    """One paragraph's search. A node is a word's number (a line may begin with it), or `-1 - n` for `within[n]`."""

    def __init__(self, text: Breakable, limits: Limits, care: Care) -> None:
        self.care = care
        self.text = text
        self.limits = limits
        widths, gaps = text.widths, text.gaps
        self.count = len(widths)
        self.lefts = [0.0, *accumulate(map(float.__add__, widths, gaps))]
        self.spaces = [0.0, *accumulate(gaps)]
        ends = list(map(float.__add__, self.lefts, widths))
        self.ends = list(map(float.__sub__, ends, text.hang_right)) if text.hang_right else ends
        self.costs = [_INFINITE] * (self.count + 1)
        self.origins = [0] * (self.count + 1)
        self.costs[0] = 0.0
        self.within: list[_Within] = []
        self.within_at: dict[int, dict[tuple[int, int], int]] = {}
        self.places: dict[int, Sequence[Point]] = {}
        self.anywhere: dict[int, Sequence[Point]] = {}
        self.waiting: dict[int, list[tuple[int, int, int]]] = {}

    def run(self) -> list[Break]:
        shrink = self.limits.shrink
        ends, spaces = self.ends, self.spaces
        full = [end - shrink * space for end, space in zip(ends, spaces, strict=False)] if shrink else ends
        for item in range(self.count):
            if self.costs[item] < _INFINITE:
                self._extend(item, item, 0.0, full)
            waiting = self.waiting.get(item)
            while waiting:
                number = heapq.heappop(waiting)[2]
                self._extend(-1 - number, item, self.within[number].point.before, full)
        return self._traced()

    def _extend(self, node: int, item: int, before: float, full: Sequence[float]) -> None:
        """Try every end of the line that begins at a node: word `item`, `before` points into it."""
        text, limits, costs = self.text, self.limits, self.costs
        cost = costs[node] if node >= 0 else self.within[-1 - node].cost
        measure = limits.rest if node else limits.first
        left = self.lefts[item] + before
        if node >= 0 and text.hang_left:
            left += text.hang_left[item]
        space = self.spaces[item]
        edge = left + measure
        shrink, stretch, slack = limits.shrink, limits.stretch, limits.slack
        past = bisect_right(full, edge - shrink * space + _TOLERANCE, item)
        if past == self.count:
            self._finish(node, item, cost, edge, measure)
        last = self.count - 1
        best = _INFINITE
        penalties = text.penalties
        ends, spaces = self.ends, self.spaces
        reach = self.care.reach
        first = past if past < last else last
        for end in range(first - 1, item - 1, -1):
            room = edge - ends[end]
            give = spaces[end] - space
            if room > reach * (stretch * give + slack):
                break
            first = end
            penalty = penalties[end] if penalties else 0.0
            if penalty >= FORBIDDEN:
                continue
            if room >= 0:
                give = stretch * give + slack
                ratio = room / give if give > 0 else 20.0
            else:
                ratio = -room / (shrink * give) if shrink * give > 0 else 20.0
            badness = 100 * ratio * ratio * ratio
            if badness < best:  # noqa: PLR1730 - half as fast again as min()
                best = badness
            total = LINE_COST + badness
            total = cost + total * total + penalty * penalty
            if total < costs[end + 1]:
                costs[end + 1] = total
                self.origins[end + 1] = node
        if past < self.count or ends[last] > edge:
            reach = reach if best < _INFINITE else _INFINITE
            found = self._split(node, past, edge, space, cost, reach) if past < self.count else False
            if self.care.everywhere:
                each = range(max(first, item), past)
                found = True in [self._split(node, at, edge, space, cost, reach) for at in each] or found
            elif past > item and (best > FAIR or ends[past - 1] > edge):
                found = self._split(node, past - 1, edge, space, cost, reach) or found
            if best == _INFINITE and not found and past < self.count:
                self._force(node, item, past, edge, cost)

    def _finish(self, node: int, item: int, cost: float, edge: float, measure: float) -> None:
        """End the paragraph with the line that begins at a node."""
        last = self.count - 1
        room = edge - self.ends[last]
        ratio = 0.0
        if room < 0:
            give = self.limits.shrink * (self.spaces[last] - self.spaces[item])
            ratio = min(-room / give, 1.0) if give > 0 else 1.0
        badness = 100 * ratio**3
        total = cost + (LINE_COST + badness) ** 2
        if node < 0:
            total += (
                LAST_FRAGMENT if item == last else LAST_HYPHEN if self.within[-1 - node].point.hyphen else 0.0
            )
        if node:
            total += last_line_cost(measure - room, measure, single=node > 0 and item == last)
        if total < self.costs[self.count]:
            self.costs[self.count] = total
            self.origins[self.count] = node

    def _split(self, node: int, item: int, edge: float, space: float, cost: float, reach: float) -> bool:
        """Try to end the line within a word; say whether there is any place for it."""
        points = self.places.get(item)
        if points is None:
            points = self.places[item] = self.text.points(item)
        if not points:
            return False
        limits = self.limits
        start = self.lefts[item]
        give = self.spaces[item] - space
        hyphens, least = 0, -1
        if node < 0:
            origin = self.within[-1 - node]
            hyphens = origin.hyphens
            least = origin.point.offset if origin.item == item else -1
        found = False
        for point in points[bisect_right(points, least, key=_offset) :] if least >= 0 else points:
            room = edge - start - point.before - point.hyphen
            if room >= -_TOLERANCE:
                able = limits.stretch * give + limits.slack
            else:
                able = limits.shrink * give
                if -room > able + _TOLERANCE:
                    break
            ratio = abs(room) / able if able > 0 else 20.0
            if ratio > reach:
                continue
            total = cost + (LINE_COST + 100 * ratio**3) ** 2 + point.penalty * point.penalty
            count = 0
            if point.stacks:
                count = hyphens + 1
                if count > limits.hyphen_lines:
                    continue
                if hyphens:
                    total += STACKED_HYPHENS
            self._reach(item, point, count, total, node)
            found = True
        return found

    def _reach(self, item: int, point: Point, hyphens: int, cost: float, origin: int) -> None:
        places = self.within_at.setdefault(item, {})
        number = places.get((point.offset, hyphens))
        if number is None:
            places[point.offset, hyphens] = len(self.within)
            heapq.heappush(self.waiting.setdefault(item, []), (point.offset, hyphens, len(self.within)))
            self.within.append(_Within(item, point, hyphens, cost, origin))
        elif cost < self.within[number].cost:
            self.within[number].cost = cost
            self.within[number].origin = origin

    def _force(self, node: int, item: int, past: int, edge: float, cost: float) -> None:
        """Break a line that has no proper end: too loose after its last word that fits, else anywhere."""
        penalties = self.text.penalties
        for end in range(past - 1, item - 1, -1):
            if not penalties or penalties[end] < FORBIDDEN:
                room = max(edge - self.ends[end], 0.0)
                give = self.limits.stretch * (self.spaces[end] - self.spaces[item]) + self.limits.slack
                ratio = room / give if give > 0 else 20.0
                self._reach_word(end + 1, cost + (LINE_COST + 100 * ratio**3) ** 2, node)
                return
        least = self.within[-1 - node].point.offset if node < 0 else 0
        begun = past if past > item else item
        room = edge - self.lefts[begun]
        points = self.anywhere.get(begun)
        if points is None:
            points = self.anywhere[begun] = self.text.anywhere(begun)
        beyond = bisect_right(points, least, key=_offset) if begun == item else 0
        fitting = bisect_right(points, room + _TOLERANCE, key=_before)
        if fitting > beyond or (begun == item and beyond < len(points)):
            self._reach(begun, points[max(fitting - 1, beyond)], 0, cost + EMERGENCY, node)
        else:
            self._reach_word(begun if begun > item else item + 1, cost + EMERGENCY, node)

    def _reach_word(self, item: int, cost: float, origin: int) -> None:
        if cost < self.costs[item]:
            self.costs[item] = cost
            self.origins[item] = origin

    def ends_short(self, breaks: Sequence[Break]) -> bool:
        """Say whether the last line of a solution is one short word."""
        last = self.count - 1
        return breaks[-2] == Break(last - 1) and self.text.widths[last] < WORD_SHARE * self.limits.rest

    def worst(self, breaks: Sequence[Break]) -> float:
        """Return the badness of the loosest line of a solution, the last one left out."""
        worst = 0.0
        left = space = 0.0
        measure = self.limits.first
        for end in breaks[:-1]:
            room = measure - (self.ends[end.item] - left)
            give = self.limits.stretch * (self.spaces[end.item] - space) + self.limits.slack
            if end.offset:
                point = next((each for each in self.text.points(end.item) if each.offset == end.offset), None)
                if point is None:
                    return _INFINITE
                at = self.lefts[end.item] + point.before
                room = measure - (at + point.hyphen - left)
                left, space = at, self.spaces[end.item]
            else:
                left, space = self.lefts[end.item + 1], self.spaces[end.item + 1]
            measure = self.limits.rest
            if room > 0:
                worst = max(worst, 100 * (room / give) ** 3 if give > 0 else _INFINITE)
        return worst

    def _traced(self) -> list[Break]:
        breaks = [Break(self.count - 1)]
        node = self.origins[self.count]
        while node:
            if node > 0:
                breaks.append(Break(node - 1))
                node = self.origins[node]
            else:
                within = self.within[-1 - node]
                point = within.point
                breaks.append(Break(within.item, point.offset, point.hyphen > 0, point.stacks))
                node = within.origin
        breaks.reverse()
        return breaks


def _offset(point: Point) -> int:
    return point.offset


def _before(point: Point) -> float:
    return point.before
