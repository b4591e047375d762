"""Which widths of columns make a table's rows least high.

Every column begins as wide as its longest line. While all together are too wide, the column gives way that saves the
most width for the lines that it costs: a row is as high as its highest cell, so what breaks beside a cell of more lines
costs little. A greedy descent; the exact optimum is NP-hard (Wang and Wood, "Tabular formatting", 1997).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec

MOST_ROWS: Final = 40
"""So many rows with the most text stand for all of them."""
MOST_WORDS: Final = 60
"""Of a paragraph of more words, its length is divided as if they were of no width."""
MOST_STEPS: Final = 10
"""So many widths of a column are tried."""
DEEPEST: Final = 8
"""Widths are sought at which a cell has up to so many lines."""
STEPS: Final = 7
"""Each step of a search halves what is unknown of a width."""
CLOSE: Final = 1.5
"""Two widths of a column that differ by less are one, in points."""
ALIKE: Final = 0.05
"""Two columns whose texts ask for widths that differ by no more than this share are alike."""
BESIDE: Final = 0.2
"""What a line costs, in lines, that makes its row no higher."""
SHORT_BROKEN: Final = 1.5
"""What it costs more, in lines, to break what is short: a date, a name, an amount."""


class Paragraph(msgspec.Struct, frozen=True):
    """The widths of what is not broken in a paragraph of a cell, the space between, and an indent; in points."""

    words: tuple[float, ...]
    space: float
    indent: float = 0.0

    @property
    def whole(self) -> float:
        """Its width on one line."""
        return self.indent + sum(self.words) + self.space * max(0, len(self.words) - 1)

    def lines(self, width: float) -> int:
        """Return how many lines it has in a width, each filled as far as may be."""
        width -= self.indent
        if len(self.words) > MOST_WORDS:
            return max(1, round((self.whole - self.indent) / max(width, 1.0) + 0.5))
        count, used = 1, 0.0
        for word in self.words:
            if used and used + self.space + word > width:
                count, used = count + 1, word
            else:
                used += word + (self.space if used else 0.0)
        return count


class CellText(msgspec.Struct, frozen=True):
    """The text of a cell that stands in one column."""

    column: int
    paragraphs: tuple[Paragraph, ...]
    short: bool = False
    """It is a date, a name or an amount, better not broken."""

    @property
    def whole(self) -> float:
        """The width in which no line of it is broken."""
        return max((each.whole for each in self.paragraphs), default=0.0)

    def lines(self, width: float) -> int:
        """Return how many lines it has in a width."""
        return sum(each.lines(width) for each in self.paragraphs)


class Texts(msgspec.Struct, frozen=True):
    """The text of a table's rows, how much smaller it is made, and what the padding of each column takes."""

    rows: Sequence[Sequence[CellText]]
    padding: Sequence[float]
    scale: float = 1.0


class _Column(msgspec.Struct):
    """Widths that a column may have, the widest first, and for each what it costs the rows that are looked at."""

    widths: list[float]
    lines: list[list[int]]
    own: list[float]
    """What each width costs beyond the height of rows."""
    at: int = 0


def share_out(least: Sequence[float], most: Sequence[float], width: float, texts: Texts) -> list[float]:
    """Return widths that fill `width`, which is more than all of `least` and less than all of `most`."""
    rows = sorted(texts.rows, key=lambda row: -sum(cell.whole for cell in row))[:MOST_ROWS]
    columns = [_column(at, bounds, rows, texts) for at, bounds in enumerate(zip(least, most, strict=True))]
    surplus = sum(most) - width
    while surplus > 0:
        found = _best(columns, surplus)
        if found is None:
            break
        column, step = found
        surplus -= column.widths[column.at] - column.widths[step]
        column.at = step
    _regain(columns, -surplus)
    widths = _filled([column.widths[column.at] for column in columns], most, width)
    return _evened(widths, list(zip(least, most, strict=True)), rows, texts)


def _column(
    at: int, bounds: tuple[float, float], rows: Sequence[Sequence[CellText]], texts: Texts
) -> _Column:
    least, most = bounds
    padding, scale = texts.padding[at], texts.scale
    cells = [next((cell for cell in row if cell.column == at), None) for row in rows]
    widths = {least, most}
    for cell in cells:
        if cell is not None and sum(len(each.words) for each in cell.paragraphs) > 1:
            inner = (least - padding) / scale, (most - padding) / scale
            widths.update(max(least, wide * scale + padding) for wide in _turns(cell, *inner))
    tried = _apart(sorted(widths, reverse=True), least)
    lines = [
        [cell.lines((wide - padding) / scale + 0.01) if cell is not None else 1 for cell in cells]
        for wide in tried
    ]
    own = [
        sum(
            BESIDE * (count - 1) + (SHORT_BROKEN if cell is not None and cell.short and count > 1 else 0.0)
            for cell, count in zip(cells, counts, strict=True)
        )
        for counts in lines
    ]
    return _Column(tried, lines, own)


def _turns(cell: CellText, least: float, most: float) -> list[float]:
    """Return the least widths at which a cell has no more than one, two, three … lines in each paragraph."""
    found: list[float] = []
    floor = len(cell.paragraphs)
    high = min(most, cell.whole)
    for lines in range(floor, floor + DEEPEST):
        low = least
        if high <= least or cell.lines(least) <= lines:
            found.append(least)
            break
        for _ in range(STEPS + 1):
            middle = (low + high) / 2
            if cell.lines(middle) > lines:
                low = middle
            else:
                high = middle
        found.append(high)
    return [*found, min(most, cell.whole)]


def _apart(widths: Sequence[float], least: float) -> list[float]:
    """Return widths, given from the widest down, without those that differ by little, and no more than are tried."""
    kept = [widths[0]]
    for wide in widths[1:]:
        if kept[-1] - wide >= CLOSE:
            kept.append(wide)
    if kept[-1] > least:
        kept.append(least)
    while len(kept) > MOST_STEPS:
        gaps = [(one - other, at) for at, (one, other) in enumerate(pairwise(kept)) if at]
        # Of two that are close the wider stays: it holds the lines of both.
        del kept[min(gaps)[1] + 1 if min(gaps)[1] + 1 < len(kept) - 1 else min(gaps)[1]]
    return kept


def _best(columns: Sequence[_Column], surplus: float) -> tuple[_Column, int] | None:
    """Return the column that gives way at the least cost for the width it saves, and to which of its widths."""
    best: tuple[float, float] | None = None
    found: tuple[_Column, int] | None = None
    for column in columns:
        costs = _costs(column, columns)
        for step in range(column.at + 1, len(column.widths)):
            saved = min(surplus, column.widths[column.at] - column.widths[step])
            rank = (max(costs[step] - costs[column.at], 0.0) / saved, -column.widths[column.at])
            if best is None or rank < best:
                best, found = rank, (column, step)
    return found


def _costs(column: _Column, columns: Sequence[_Column]) -> list[float]:
    """Return what the rows cost with each width of a column, the others as they are."""
    others = [each.lines[each.at] for each in columns if each is not column]
    beside = [max(counts) for counts in zip(*others, strict=True)] or [1] * len(column.lines[0])
    return [sum(map(max, beside, lines)) + own for lines, own in zip(column.lines, column.own, strict=True)]


def _regain(columns: Sequence[_Column], left: float) -> None:
    """Give width that is left to columns that with it cost less."""
    while True:
        best, found = 0.0, None
        for column in columns:
            costs = _costs(column, columns)
            for step in range(column.at):
                asked = column.widths[step] - column.widths[column.at]
                gain = (costs[column.at] - costs[step]) / asked
                if asked <= left and gain > best:
                    best, found = gain, (column, step)
        if found is None:
            return
        column, step = found
        left -= column.widths[step] - column.widths[column.at]
        column.at = step


def _filled(widths: list[float], most: Sequence[float], width: float) -> list[float]:
    """Return widths that fill a width, what is left given to those that lack the most."""
    left = width - sum(widths)
    lacks = [wanted - wide for wanted, wide in zip(most, widths, strict=True)]
    whole = sum(lacks)
    return [wide + left * lack / whole for wide, lack in zip(widths, lacks, strict=True)] if whole else widths


def _evened(
    widths: list[float],
    bounds: Sequence[tuple[float, float]],
    rows: Sequence[Sequence[CellText]],
    texts: Texts,
) -> list[float]:
    """Return widths that are the same for columns which are alike, where that makes no row higher, breaks nothing short
    and costs each of the columns a line at most, as in its head."""
    height, short, lines = _broken(rows, widths, texts)
    for alike in _groups_alike(bounds):
        mean = sum(widths[at] for at in alike) / len(alike)
        if mean < max(bounds[at][0] for at in alike):
            continue
        tried = [mean if at in alike else wide for at, wide in enumerate(widths)]
        found = _broken(rows, tried, texts)
        if found[0] <= height and found[1] <= short and found[2] <= lines + len(alike):
            widths, (height, short, lines) = tried, found
    return widths


def _groups_alike(bounds: Sequence[tuple[float, float]]) -> list[list[int]]:
    """Return the columns that ask for about the same widths, by their numbers; none that is like no other."""
    groups: list[list[int]] = []
    for at, own in enumerate(bounds):
        for group in groups:
            first = bounds[group[0]]
            if all(abs(a - b) <= ALIKE * max(a, b) for a, b in zip(first, own, strict=True)):
                group.append(at)
                break
        else:
            groups.append([at])
    return [group for group in groups if len(group) > 1]


def _broken(
    rows: Sequence[Sequence[CellText]], widths: Sequence[float], texts: Texts
) -> tuple[int, int, int]:
    """Return (lines of the rows, short cells that are broken, lines of all cells) in columns of some widths."""
    height = short = lines = 0
    for row in rows:
        counts = [
            cell.lines((widths[cell.column] - texts.padding[cell.column]) / texts.scale + 0.01)
            for cell in row
        ]
        height += max(counts, default=0)
        lines += sum(counts)
        short += sum(cell.short and count > 1 for cell, count in zip(row, counts, strict=True))
    return height, short, lines
