"""Setting code: lines kept as they are, spaces included; a line that is too long runs on visibly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

import msgspec

from octavo.typeset.breaking import Break
from octavo.typeset.frames import Artifact, GlyphRun
from octavo.typeset.inlines import Run
from octavo.typeset.items import side_by_side
from octavo.typeset.justify import Painted, Spacing, paint_line
from octavo.typeset.leveled import leveled

CONTINUED: Final = "\u21aa"
"""Stands before a line that runs on; not part of the code."""
_TAB: Final = 4
_BREAKS_AFTER: Final = (frozenset(" ,;"), frozenset(":.([{=+-*/|&_"))
"""Where a long line is broken at best, and else."""
_LEAST_SHARE: Final = 0.5
"""A line is broken after a space or a sign only where at least this share of the measure is filled by then."""
_DEEPEST_SHARE: Final = 0.4
"""How far a continued line may be indented, as a share of the measure."""
_NATURAL: Final = Spacing(fills=False, least=1.0, most=1.0)


class CodeLine(msgspec.Struct, frozen=True):
    """A line of code as painted: `left` is its indent where it continues another, `offset` where it begins."""

    painted: Painted
    left: float
    offset: int
    sign: tuple[GlyphRun, ...] = ()


class Colored(msgspec.Struct, frozen=True):
    """A stretch of code, by its character offsets, and the run it is set in."""

    start: int
    end: int
    run: Run


def code_lines(text: str, base: Run, colored: Sequence[Colored], width: float, sign: Run) -> list[CodeLine]:
    """Return the lines of a block of code; `colored` stretches stand in order and do not overlap.

    `sign` is the run of the sign before a continued line; its owner is an artifact.
    """
    lines: list[CodeLine] = []
    offset = first = 0
    for source in text.split("\n"):
        end = offset + len(source)
        while first < len(colored) and colored[first].end <= offset:
            first += 1
        last = first
        while last < len(colored) and colored[last].start < end:
            last += 1
        pieces = _pieces(source, offset, base, colored[first:last])
        starts = list(accumulate((len(piece) for piece, _ in pieces), initial=0))
        for start, stop, left in _cuts(pieces, width):
            painted = _painted(_cut(pieces, starts, start, stop), width - left, stop == starts[-1])
            lines.append(CodeLine(painted, left, offset + start, _sign(sign, left) if start else ()))
        offset = end + 1
    return lines


def _pieces(source: str, offset: int, base: Run, colored: Sequence[Colored]) -> list[tuple[str, Run]]:
    """Split a line into (text, run), with tabs made spaces."""
    cuts: list[tuple[int, int, Run]] = []
    place = 0
    for each in colored:
        start, end = max(each.start - offset, place), min(each.end - offset, len(source))
        if start < end:
            if start > place:
                cuts.append((place, start, base))
            cuts.append((start, end, each.run))
            place = end
    if place < len(source):
        cuts.append((place, len(source), base))
    pieces: list[tuple[str, Run]] = []
    column = 0
    for start, end, run in cuts:
        shown = ""
        for character in source[start:end]:
            width = _TAB - column % _TAB if character == "\t" else 1
            shown += " " * width if character in "\t\r\x0b\x0c" else character
            column += width
        pieces.append((shown, run))
    return pieces


def _cuts(pieces: Sequence[tuple[str, Run]], width: float) -> list[tuple[int, int, float]]:
    """Return (start, end, indent) of each line that a line of code becomes."""
    text = "".join(piece for piece, _ in pieces)
    before = [0.0]
    for piece, run in pieces:
        so_far = before[-1]
        before.extend(so_far + each * run.scale for each in run.setting.prefix_widths(piece)[1:])
    if before[-1] <= width + 0.01 or len(text) < 2:
        return [(0, len(text), 0.0)]
    indent = len(text) - len(text.lstrip(" "))
    deeper = before[indent] + 2 * pieces[0][1].space
    hang = min(max(deeper, 2 * pieces[0][1].style.size), _DEEPEST_SHARE * width)
    cuts: list[tuple[int, int, float]] = []
    start, left = 0, 0.0
    while start < len(text):
        end = _end(text, before, start, width - left)
        cuts.append((start, end, left))
        start, left = end, hang
    return cuts


def _end(text: str, before: Sequence[float], start: int, room: float) -> int:
    limit = before[start] + room + 0.01
    if before[-1] <= limit:
        return len(text)
    end = start + 1
    while end < len(text) and before[end + 1] <= limit:
        end += 1
    for signs in _BREAKS_AFTER:
        for at in range(end, start, -1):
            if before[at] - before[start] < _LEAST_SHARE * room:
                break
            if text[at - 1] in signs:
                return at
    return end


def _cut(
    pieces: Sequence[tuple[str, Run]], starts: Sequence[int], start: int, stop: int
) -> list[tuple[str, Run]]:
    """Return what stands from `start` to `stop`; `starts` says where each piece begins, and where the last one ends."""
    found: list[tuple[str, Run]] = []
    for at in range(max(bisect_right(starts, start) - 1, 0), len(pieces)):
        place = starts[at]
        if place >= stop:
            break
        piece, run = pieces[at]
        part = piece[max(start - place, 0) : stop - place]
        if part:
            found.append((part, run))
    return found


def _painted(pieces: Sequence[tuple[str, Run]], width: float, whole: bool) -> Painted:
    if not pieces:
        return Painted(runs=(), rules=(), links=(), pictures=(), width=0.0, room=width)
    items = side_by_side(pieces)
    if items.leftwards:
        items = leveled(items, 0, pieces[0][1].language)
    end = Break(len(items.words) - 1, 0 if whole else len(items.words[-1].text))
    return paint_line(items, items.words, 0, end, width, _NATURAL)


def _sign(run: Run, left: float) -> tuple[GlyphRun, ...]:
    """Return the sign of a continued line, ending a little before its text."""
    items = side_by_side([(CONTINUED, run)])
    painted = paint_line(items, items.words, 0, Break(0, 1), left, _NATURAL)
    by = max(0.0, left - painted.width - 0.2 * run.style.size)
    return tuple(msgspec.structs.replace(each, x=each.x + by, owner=Artifact.LAYOUT) for each in painted.runs)
