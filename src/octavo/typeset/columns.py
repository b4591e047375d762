"""How wide a table's columns are: as their content asks, within what there is (CSS 2.2, 17.5.2.2, in spirit)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from octavo.typeset.grid import Standing
from octavo.typeset.row_heights import Texts, share_out

EPSILON: Final = 0.01
LEAST_PART: Final = 0.5
"""Where words must be broken anyway, no column that needs it gets less than this share of an equal part."""

SHORT: Final = 9.0
"""A cell of no more than so many ems, as a date, a name or an amount, is not to be broken while there is room."""
STEPS: Final = 40
CRAMPED: Final = 2.0
"""A table whose text would fill so many columns side by side stands over all columns of the page, or its margin."""

LEAST_SHARE: Final = 0.5
"""A table whose content needs less than this share of the measure is not stretched to all of it."""


class Need(msgspec.Struct, frozen=True):
    """What a cell or a column needs: `least` for its longest word, `most` to stand on one line, `short` for what is
    short to stand on one; padding included."""

    least: float
    most: float
    short: float = 0.0


def need_of_line(least: float, most: float, size: float) -> Need:
    """Return what a text needs whose longest word and whole length are given, in type of a size."""
    return Need(least, most, most if most <= SHORT * size else least)


def need_of_all(needs: Sequence[Need]) -> Need:
    """Return what blocks need that stand one below the other."""
    return Need(
        max((need.least for need in needs), default=0.0),
        max((need.most for need in needs), default=0.0),
        max((need.short for need in needs), default=0.0),
    )


def column_needs(columns: int, cells: Sequence[tuple[Standing, Need]]) -> list[Need]:
    """Return what each column needs; what a spanning cell needs beyond its columns is shared among them."""
    least, most, short = [0.0] * columns, [0.0] * columns, [0.0] * columns
    spanning: list[tuple[Standing, Need]] = []
    for standing, need in cells:
        if standing.column_span > 1:
            spanning.append((standing, need))
            continue
        at = standing.column
        least[at] = max(least[at], need.least)
        most[at] = max(most[at], need.most)
        short[at] = max(short[at], need.short)
    for standing, need in sorted(spanning, key=lambda each: each[0].column_span):
        reach = range(standing.column, standing.column + standing.column_span)
        _share(least, reach, need.least)
        _share(most, reach, need.most)
    return [
        Need(low, max(low, high), max(low, middle))
        for low, high, middle in zip(least, most, short, strict=True)
    ]


def _share(widths: list[float], reach: range, need: float) -> None:
    have = sum(widths[at] for at in reach)
    missing = need - have
    if missing <= 0:
        return
    for at in reach:
        widths[at] += missing * (widths[at] / have if have else 1 / len(reach))


def column_widths(
    needs: Sequence[Need], shares: Sequence[float], width: float, texts: Callable[[], Texts] | None = None
) -> list[float]:
    """Return the columns' widths, which fill `width` where that is at least what they need.

    Args:
        needs: what each column needs.
        shares: the share of the table's width that the author gives a column, 0 where the content decides.
        width: of the table, in points.
        texts: what stands in the rows; asked for only where not all of it can stand on one line.

    Where all cannot stand on one line, the rows become as little higher as may be. Where the rows are not known, what
    is short still stands on one line, and the widest give way first: a table that is a little too wide has one column
    with broken lines, not all of them.
    """
    given = sum(shares)
    scale = 1.0 / given if given > 1.0 or (given and all(shares)) else 1.0
    widths = [share * scale * width for share in shares]
    free = [at for at, share in enumerate(shares) if not share]
    if not free:
        return widths
    rest = max(0.0, width - sum(widths))
    least = sum(needs[at].least for at in free)
    most = sum(needs[at].most for at in free)
    shared: list[float] = []
    if rest >= most > EPSILON:
        shared = [needs[at].most * rest / most for at in free]
    elif rest >= least and most > least and texts is not None and len(free) == len(shares):
        shared = share_out([need.least for need in needs], [need.most for need in needs], rest, texts())
    elif rest >= least and most > least:
        shorts = [max(needs[at].least, needs[at].short) for at in free]
        if rest >= sum(shorts):
            shared = _between(shorts, [needs[at].most for at in free], rest)
        else:
            shared = _between([needs[at].least for at in free], shorts, rest)
    if shared:
        for at, share in zip(free, shared, strict=True):
            widths[at] = share
        return widths
    part = rest / len(free) * LEAST_PART
    floors = sum(min(needs[at].least, part) for at in free)
    over = least - floors
    for at in free:
        need = needs[at]
        floor = min(need.least, part)
        widths[at] = (
            floor + (need.least - floor) * (rest - floors) / over if over > EPSILON else rest / len(free)
        )
    return widths


def _between(least: Sequence[float], most: Sequence[float], width: float) -> list[float]:
    """Share out a width among columns that want `most` and can do with `least`: as the root of what they want, so that
    long text gets more, but not at the cost of what is nearly satisfied."""
    low, high = 0.0, max(most) ** 0.5

    def widths(factor: float) -> list[float]:
        return [
            min(most_, max(least_, factor * most_**0.5)) for least_, most_ in zip(least, most, strict=True)
        ]

    for _ in range(STEPS):
        middle = (low + high) / 2
        if sum(widths(middle)) > width:
            high = middle
        else:
            low = middle
    found = widths(low)
    left = width - sum(found)
    widest = max(range(len(found)), key=lambda at: most[at] - found[at])
    found[widest] += left
    return found


def table_width(needs: Sequence[Need], shares: Sequence[float], measure: float) -> float:
    """Return how wide a table is: as its place, unless its content needs far less."""
    natural = sum(need.most for need in needs)
    return measure if any(shares) or natural >= LEAST_SHARE * measure else LEAST_SHARE * measure


def fits(needs: Sequence[Need], widths: Sequence[float]) -> bool:
    """Say whether every column holds its longest word."""
    return all(width + EPSILON >= need.least for need, width in zip(needs, widths, strict=True))


def joint_widths(
    tables: Sequence[Sequence[Need]], measure: float, texts: Callable[[], Texts]
) -> list[float] | None:
    """Return widths for the columns of several tables with the same heads.

    Args:
        tables: what the columns of each need.
        measure: the width of their place, in points.
        texts: what stands in the rows of all of them.

    None where they do not hold every word, or break lines of a table that has room for all of them.
    """
    if len(set(map(len, tables))) > 1:
        return None
    needs = [need_of_all(column) for column in zip(*tables, strict=True)]
    free = [0.0] * len(needs)
    widths = column_widths(needs, free, table_width(needs, free, measure), texts)
    roomy = [each for each in tables if sum(need.most for need in each) <= measure]
    broken = any(
        need.most > width + EPSILON for each in roomy for need, width in zip(each, widths, strict=True)
    )
    return widths if fits(needs, widths) and not broken else None
