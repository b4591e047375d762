"""The fast breaker beside an exact one, and its behaviour where no good lines exist."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import pytest

from octavo.typeset import breaking, paragraphs
from octavo.typeset.breaking import (
    FORBIDDEN,
    LAST_FRAGMENT,
    LAST_HYPHEN,
    LINE_COST,
    STACKED_HYPHENS,
    Break,
    Breakable,
    Limits,
    Point,
    break_lines,
    last_line_cost,
)
from tests.unit.typeset import lines as make

SEED = Path(__file__).parents[3] / "seeds" / "us-china-dialogue.md"
LIMITS = Limits(first=300.0, rest=318.0, shrink=0.25, stretch=0.6, slack=0.0, hyphen_lines=2)
NARROW = Limits(first=150.0, rest=165.0, shrink=0.25, stretch=0.6, slack=0.0, hyphen_lines=2)
RAGGED = Limits(first=240.0, rest=240.0, shrink=0.0, stretch=0.0, slack=26.0, hyphen_lines=2)


def words(lengths: Sequence[int], gap: float = 2.6, letter: float = 5.0) -> Breakable:
    """Words of so many letters, each of which may be broken at every second letter from the third on."""

    def points(item: int) -> list[Point]:
        return [Point(at, at * letter, 3.0, 50.0, True) for at in range(3, lengths[item] - 2, 2)]

    def anywhere(item: int) -> list[Point]:
        return [Point(at, at * letter, 0.0, 0.0, False) for at in range(1, lengths[item])]

    return Breakable(
        widths=[length * letter for length in lengths],
        gaps=[gap] * (len(lengths) - 1) + [0.0],
        penalties=None,
        hang_left=None,
        hang_right=None,
        points=points,
        anywhere=anywhere,
    )


def line_cost(text: Breakable, limits: Limits, start: Break, end: Break, measure: float) -> float:
    """The cost of one line from a break to another, infinite where it cannot be."""
    first = start.item if start.offset else start.item + 1
    begin = text.hang_left[first] if text.hang_left else 0.0
    end_x = spaces = 0.0
    if start.offset:
        begin = next(point.before for point in text.points(first) if point.offset == start.offset)
    penalty = 0.0
    for item in range(first, end.item + 1):
        if item < end.item:
            end_x += text.widths[item] + text.gaps[item]
            spaces += text.gaps[item]
        elif end.offset:
            point = next(point for point in text.points(item) if point.offset == end.offset)
            end_x += point.before + point.hyphen
            penalty = point.penalty
        else:
            end_x += text.widths[item] - (text.hang_right[item] if text.hang_right else 0.0)
            penalty = text.penalties[item] if text.penalties and item < len(text.widths) - 1 else 0.0
    if penalty >= FORBIDDEN:
        return float("inf")
    room = measure - (end_x - begin)
    last = end.item == len(text.widths) - 1 and not end.offset
    ratio = 0.0
    if room < 0:
        give = limits.shrink * spaces
        if -room > give + 0.005:
            return float("inf")
        ratio = min(-room / give, 1.0) if give else 0.0
    elif not last:
        give = limits.stretch * spaces + limits.slack
        if give <= 0:
            return float("inf")
        ratio = room / give
    cost = (LINE_COST + 100 * ratio**3) ** 2 + penalty**2
    if end.stacks and start.stacks:
        cost += STACKED_HYPHENS
    if last and start.item >= 0:
        if start.offset:
            cost += LAST_FRAGMENT if first == end.item else LAST_HYPHEN
        single = first == end.item and not start.offset
        cost += last_line_cost(end_x - begin, measure, single=single)
    return cost


def total_cost(text: Breakable, limits: Limits, breaks: Sequence[Break]) -> float:
    total, start = 0.0, Break(-1)
    for at, end in enumerate(breaks):
        total += line_cost(text, limits, start, end, limits.rest if at else limits.first)
        start = end
    return total


def exact_cost(text: Breakable, limits: Limits) -> float:
    """The least cost there is: every break tried after every other, hyphens in a row counted."""
    ends: list[Break] = []
    for item in range(len(text.widths)):
        ends.extend(Break(item, point.offset, point.hyphen > 0, point.stacks) for point in text.points(item))
        ends.append(Break(item))
    widest = max(limits.first, limits.rest)
    before = [0.0, *accumulate(text.widths)]
    states: dict[tuple[Break, int], float] = {(Break(-1), 0): 0.0}
    for end in ends:
        # No line holds words that are wider than it even without spaces.
        states = {
            key: cost for key, cost in states.items() if before[end.item] - before[key[0].item + 1] <= widest
        }
        for (start, hyphens), cost in list(states.items()):
            count = hyphens + 1 if end.stacks else 0
            if count > limits.hyphen_lines:
                continue
            measure = limits.rest if start.item >= 0 else limits.first
            total = cost + line_cost(text, limits, start, end, measure)
            if total < states.get((end, count), float("inf")):
                states[end, count] = total
    last = Break(len(text.widths) - 1)
    return min((cost for (end, _), cost in states.items() if end == last), default=float("inf"))


@pytest.mark.parametrize("limits", [LIMITS, NARROW, RAGGED], ids=["wide", "narrow", "ragged"])
@pytest.mark.parametrize("seed", [*range(5), 102, 105, 108])
def test_total_cost_is_within_one_percent_of_the_exact_optimum(seed: int, limits: Limits) -> None:
    drawn = random.Random(seed)
    lengths = [drawn.choice((1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12)) for _ in range(110)]
    text = words(lengths)
    found = total_cost(text, limits, break_lines(text, limits))
    assert found <= exact_cost(text, limits) * 1.01


@pytest.mark.parametrize("seed", range(150))
def test_no_paragraph_of_any_kind_costs_more_than_the_exact_optimum(seed: int) -> None:
    drawn = random.Random(seed)
    longest = drawn.choice((8, 11, 17))
    lengths = [drawn.randint(1, longest) for _ in range(drawn.choice((20, 40, 60)))]
    text = words(lengths, gap=drawn.choice((2.0, 2.6, 3.5)))
    measure = drawn.uniform(110, 420)
    ragged = drawn.random() < 0.3
    limits = Limits(
        first=measure - drawn.choice((0, 12, 18)),
        rest=measure,
        shrink=0.0 if ragged else drawn.choice((0.1, 0.25, 0.3)),
        stretch=0.0 if ragged else drawn.choice((0.4, 0.6, 1.0)),
        slack=26.0 if ragged else 0.0,
        hyphen_lines=drawn.choice((0, 1, 2, 2, 3)),
    )
    least = exact_cost(text, limits)
    if least < float("inf"):
        assert total_cost(text, limits, break_lines(text, limits)) <= least * 1.000_001


@pytest.mark.parametrize(("align", "measure"), [("justify", 318.0), ("justify", 200.0), ("left", 240.0)])
def test_prose_costs_no_more_than_one_percent_over_the_exact_optimum(
    align: str, measure: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: list[tuple[Breakable, Limits, list[Break]]] = []

    def spy(text: Breakable, limits: Limits) -> list[Break]:
        broken.append((text, limits, break_lines(text, limits)))
        return broken[-1][2]

    monkeypatch.setattr(paragraphs, "break_lines", spy)
    blocks = [" ".join(block.split()) for block in SEED.read_text(encoding="utf-8").split("\n\n")]
    prose = [block for block in blocks if block[0].isalpha() and 60 < len(block.split()) < 100]
    assert len(prose) >= 5
    setter = make.setter()
    for block in prose[:6]:
        setter.set(make.text(block), make.style(align=align), measure, make.OWNER)
    found = sum(total_cost(text, limits, breaks) for text, limits, breaks in broken)
    assert found < float("inf")
    assert found <= 1.01 * sum(exact_cost(text, limits) for text, limits, _ in broken)


def test_hardly_a_paragraph_of_prose_ends_in_one_short_word() -> None:
    blocks = [" ".join(block.split()) for block in SEED.read_text(encoding="utf-8").split("\n\n")]
    prose = [block for block in blocks if block[0].isalpha() and len(block.split()) > 60]
    setter = make.setter()
    style = make.style()
    short = count = 0
    for block in prose:
        spoken = block.split()
        for length in range(30, 60):
            for measure in (250.0, 318.0, 340.0):
                lines = setter.set(make.text(" ".join(spoken[:length])), style, measure, make.OWNER)
                last = len(make.reads(lines[-1], setter.fonts()).split())
                count += 1
                short += last == 1 and lines[-1].width < 0.25 * measure
    assert count > 1000
    assert short < count / 100


@pytest.mark.parametrize("limits", [LIMITS, NARROW, RAGGED], ids=["wide", "narrow", "ragged"])
@pytest.mark.parametrize("seed", range(20))
def test_leaving_out_hopeless_ways_changes_nothing(
    seed: int, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = random.Random(seed)
    text = words([drawn.randint(1, 11) for _ in range(150)])
    found = break_lines(text, limits)
    monkeypatch.setattr(breaking, "HOPELESS", float("inf"))
    assert found == break_lines(text, limits)
