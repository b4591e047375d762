"""Where a paragraph is broken into lines: the whole paragraph at once, by a forward dynamic programme.

The cost is that of Knuth and Plass ("Breaking Paragraphs into Lines", 1981): a line stretched or shrunk by the share
r of what it can give has the badness 100 r^3 and costs (10 + badness)^2; a break costs the square of its penalty more.
Prefix sums and bisection find the words at which a line can end. A way to a line's end is left where another one that
ends its line near there costs far less: how much less is told so that no way that was left could have come cheaper.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final

import msgspec

FORBIDDEN: Final = 10_000.0
"""The penalty of a place where no line may end."""
LINE_COST: Final = 10.0
STACKED_HYPHENS: Final = 15_000.0
LAST_HYPHEN: Final = 7_500.0
LAST_FRAGMENT: Final = 20_000_000.0
LAST_WORD: Final = 15_000_000.0
"""The cost of a last line of one word, where that word is short; nought where it fills `WORD_SHARE` of the measure."""
WORD_SHARE: Final = 0.4
LAST_SHORT: Final = 100_000.0
"""The cost of a last line of several words that is hardly longer than an indent."""
SHORT_SHARE: Final = 0.12
EMERGENCY: Final = 1e8
LOOSEST: Final = 100.0
"""How many times its stretch a line may be stretched, where it has another end at all."""
HOPELESS: Final = 80_000.0
"""A way is not followed further, at first, where another one that ends its line near there costs so much less. A
solution whose stretches cost less than this is the best there is: no way that was left out could come so cheap."""
STRETCH: Final = 12
"""Lines after which all good ways have met again. What other lines cost has no say in which ways are hopeless."""
NEAR: Final = 0.4
"""How far apart the ends of two such ways may be, in measures."""
NARROW: Final = (25.0, 30.0)
"""Measures, in ems, up to which lines are hard to fill, and from which on they are not."""
LOOSER: Final = 2.5
"""How much more spaces may stretch in narrow measures: they are wide there anyway, and fewer words are divided."""
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
    as shares of their width, and all else in the line `slack` points: its end in ragged text, and the spaces between
    letters, which can also `squeeze` so much."""

    first: float
    """Of the first `first_lines` lines."""
    rest: float
    shrink: float
    stretch: float
    slack: float
    hyphen_lines: int
    squeeze: float = 0.0
    first_lines: int = 1


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
    search = _Search(text, limits, HOPELESS)
    breaks = search.run()
    dearest = search.dearest_stretch()
    return _Search(text, limits, dearest).run() if dearest > HOPELESS else breaks


def looser(measure: float) -> float:
    """Return by how much more than the theme says spaces may stretch in a measure of so many ems."""
    narrow, wide = NARROW
    share = min(1.0, max(0.0, (wide - measure) / (wide - narrow)))
    return 1.0 + (LOOSER - 1.0) * share


def last_line_cost(width: float, measure: float, *, single: bool) -> float:
    """Return what it costs that a paragraph's last line is no wider than this; `single`: it is one word."""
    if single:
        return LAST_WORD * max(0.0, 1 - width / (WORD_SHARE * measure))
    return LAST_SHORT * max(0.0, 1 - width / (SHORT_SHARE * measure))


class _Search:
    """One paragraph's search. A node is a word's number (a line may begin with it), or `-1 - n` for `within[n]`."""

    def __init__(self, text: Breakable, limits: Limits, hopeless: float) -> None:
        self.hopeless = hopeless
        self.text = text
        self.limits = limits
        widths, gaps = text.widths, text.gaps
        self.count = len(widths)
        self.lefts = [0.0, *accumulate(map(float.__add__, widths, gaps))]
        self.spaces = [0.0, *accumulate(gaps)]
        ends = list(map(float.__add__, self.lefts, widths))
        self.ends = list(map(float.__sub__, ends, text.hang_right)) if text.hang_right else ends
        # What the words up to each end take when their spaces are shrunk as far as they can be.
        shrink = limits.shrink
        self.full = [end - shrink * space for end, space in zip(self.ends, self.spaces, strict=False)]
        self.costs = [_INFINITE] * (self.count + 1)
        self.origins = [0] * (self.count + 1)
        self.costs[0] = 0.0
        self.within: list[_Within] = []
        self.within_at: dict[tuple[int, int, int], int] = {}
        self.places: dict[int, Sequence[Point]] = {}
        self.anywhere: dict[int, Sequence[Point]] = {}
        self.waiting: dict[int, list[tuple[int, int, int]]] = {}

    def run(self) -> list[Break]:
        costs, waiting, near, hopeless = self.costs, self.waiting, self._near(), self.hopeless
        for item in range(self.count):
            cost = costs[item]
            if cost == _INFINITE and item not in waiting:
                continue
            limit = min(costs[max(item - near, 0) : item + near + 1]) + hopeless
            if cost <= limit and cost < _INFINITE:
                self._extend(item, item, 0.0, cost, limit - cost)
            # Only now: a line that begins with the word may end within it.
            numbers = waiting.get(item)
            while numbers:
                number = heapq.heappop(numbers)[2]
                within = self.within[number]
                if within.cost <= limit:
                    self._extend(-1 - number, item, within.point.before, within.cost, limit - within.cost)
        return self._traced()

    def _near(self) -> int:
        """Return how many words on either side are near: a way that ends a line there may do as well as another."""
        if not self.lefts[-1]:
            return 0
        return max(1, int(NEAR * self.limits.rest * self.count / self.lefts[-1]))

    def _measure(self, node: int) -> float:
        """Return the measure of the line that begins at a node. Which line that is, the best way to it tells: the first
        lines of a paragraph are too few for another way to have another number of them."""
        limits = self.limits
        if not node:
            return limits.first
        for _ in range(limits.first_lines - 1):
            node = self.origins[node] if node > 0 else self.within[-1 - node].origin
            if not node:
                return limits.first
        return limits.rest

    def _extend(self, node: int, item: int, before: float, cost: float, budget: float) -> None:
        """Try every end of the line that begins at a node: word `item`, `before` points into it, reached at a cost."""
        text, limits = self.text, self.limits
        measure = limits.rest if node and limits.first_lines == 1 else self._measure(node)
        left = self.lefts[item] + before
        if node >= 0 and text.hang_left:
            left += text.hang_left[item]
        ends, count = self.ends, self.count
        space = self.spaces[item]
        edge = left + measure
        past = bisect_right(self.full, edge + limits.squeeze - limits.shrink * space + _TOLERANCE, item)
        if past == count:
            self._finish(node, item, cost, edge, measure)
        # The share of its stretch for which a line would cost the whole budget.
        reach = min(LOOSEST, (max(math.sqrt(budget) - LINE_COST, 0.0) / 100) ** (1 / 3))
        first, best = self._between(node, item, edge, cost, past if past < count else count - 1, reach)
        if past < count or ends[count - 1] > edge:
            found = False
            line = (edge, space, cost, reach if best < _INFINITE else _INFINITE)
            places = self.places
            for at in range(max(first, item), past + 1 if past < count else count):
                points = places.get(at)
                if points is None:
                    points = places[at] = text.points(at)
                if points:
                    found = self._split(node, at, points, line) or found
            if best == _INFINITE and not found and past < count:
                self._force(node, item, past, edge, cost)

    def _between(
        self, node: int, item: int, edge: float, cost: float, past: int, reach: float
    ) -> tuple[int, float]:
        """Try to end the line after words before `past`; return the first that is in reach and the least badness."""
        limits, costs, penalties = self.limits, self.costs, self.text.penalties
        shrink, stretch, slack, squeeze = limits.shrink, limits.stretch, limits.slack, limits.squeeze
        ends, spaces = self.ends, self.spaces
        space, best = spaces[item], _INFINITE
        penalty = 0.0
        for end in range(past - 1, item - 1, -1):
            # Where no line may end, how loose one would be tells nothing: words before may yet be divided.
            if penalties:
                penalty = penalties[end]
                if penalty >= FORBIDDEN:
                    continue
            room = edge - ends[end]
            give = stretch * (spaces[end] - space) + slack
            if room > reach * give:
                return end + 1, best
            if room < 0:
                room, give = -room, shrink * (spaces[end] - space) + squeeze
            # A line without anything that gives may be full all the same, but for what rounding leaves.
            ratio = room / give if give > 0 else 20.0 if abs(room) > _TOLERANCE else 0.0
            badness = 100 * ratio * ratio * ratio
            if badness < best:  # noqa: PLR1730 - half as fast again as min()
                best = badness
            total = LINE_COST + badness
            total = cost + total * total + penalty * penalty
            if total < costs[end + 1]:
                costs[end + 1] = total
                self.origins[end + 1] = node
        return item, best

    def _finish(self, node: int, item: int, cost: float, edge: float, measure: float) -> None:
        """End the paragraph with the line that begins at a node."""
        last = self.count - 1
        room = edge - self.ends[last]
        ratio = 0.0
        if room < 0:
            give = self.limits.shrink * (self.spaces[last] - self.spaces[item]) + self.limits.squeeze
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

    def _split(
        self, node: int, item: int, points: Sequence[Point], line: tuple[float, float, float, float]
    ) -> bool:
        """Try to end a line within a word; say whether there is any place for it.

        The `line` is told by its right edge, the spaces before it, the cost of its beginning, and its reach.
        """
        edge, space, cost, reach = line
        limits = self.limits
        give = self.spaces[item] - space
        room_here = edge - self.lefts[item]
        hyphens = begin = 0
        if node < 0:
            origin = self.within[-1 - node]
            hyphens = origin.hyphens
            if origin.item == item:
                begin = bisect_right(points, origin.point.offset, key=_offset)
        found = False
        # A word may have a hundred thousand places: what is left of it is not copied for each line.
        for point in map(points.__getitem__, range(begin, len(points))) if begin else points:
            room = room_here - point.before - point.hyphen
            if room >= -_TOLERANCE:
                able = limits.stretch * give + limits.slack
            else:
                able = limits.shrink * give + limits.squeeze
                if -room > able + _TOLERANCE:
                    break
            ratio = abs(room) / able if able > 0 else 20.0 if abs(room) > _TOLERANCE else 0.0
            if ratio > reach:
                continue
            total = LINE_COST + 100 * ratio * ratio * ratio
            total = cost + total * total + point.penalty * point.penalty
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
        place = (item, point.offset, hyphens)
        number = self.within_at.get(place)
        if number is None:
            number = self.within_at[place] = len(self.within)
            heapq.heappush(self.waiting.setdefault(item, []), (point.offset, hyphens, number))
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

    def dearest_stretch(self) -> float:
        """Return what those lines of the solution cost that cost most, so many in a row as a stretch has."""
        costs, node = [self.costs[self.count]], self.origins[self.count]
        while node:
            costs.append(self.costs[node] if node > 0 else self.within[-1 - node].cost)
            node = self.origins[node] if node > 0 else self.within[-1 - node].origin
        costs.append(0.0)
        return max(map(float.__sub__, costs, costs[min(STRETCH, len(costs) - 1) :]))

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
