"""Blocks in columns side by side, of equal width and about equal height, as the content of a group.

What one page can hold is one box; more is divided into as many as it takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from octavo.typeset.boxes import Box, Boxes, gap_between, moved, replace
from octavo.typeset.filling import Foot, fill
from octavo.typeset.frames import Placed
from octavo.typeset.grounds import grounds

_STEPS: Final = 12
_NO_FOOT: Final = Foot(0.0, lambda _: ())


def set_side_by_side(boxes: Boxes, count: int, step: float, room: float) -> Boxes:
    """Return boxes that were set for one column as boxes of `count` columns.

    Args:
        boxes: set at the place of the first column.
        count: how many columns.
        step: from one column's left edge to the next one's, in points.
        room: how high a column may be.
    """
    boxes = [replace(box, force="", floats=0, repeat=None) for box in boxes]
    found: Boxes = []
    at = 0
    while at < len(boxes):
        ends = _balanced(boxes, at, count, room)
        found.append(_beside(boxes, (at, *ends), step))
        at = ends[-1]
    return found


def _balanced(boxes: Boxes, at: int, count: int, room: float) -> tuple[int, ...]:
    """Return where each column ends: as low as can be where all that is left fits, else at the room's end."""
    full = _ends(boxes, at, count, room)
    if full[-1] < len(boxes):
        return full
    low, high, best = 0.0, room, full
    for _ in range(_STEPS):
        middle = (low + high) / 2
        ends = _ends(boxes, at, count, middle) if middle > 0 else full
        if ends[-1] >= len(boxes) and _fits(boxes, (at, *ends), middle):
            high, best = middle, ends
        else:
            low = middle
    return best


def _ends(boxes: Boxes, at: int, count: int, height: float) -> tuple[int, ...]:
    ends = []
    for _ in range(count):
        at = fill(boxes, at, height, _NO_FOOT).end if at < len(boxes) else at
        ends.append(at)
    return tuple(ends)


def _fits(boxes: Boxes, ends: Sequence[int], height: float) -> bool:
    """Say whether no column is higher than it may be, or ends where nothing should."""
    for start, end in pairwise(ends):
        filling = fill(boxes, start, height, _NO_FOOT) if start < end else None
        if filling is not None and (filling.overfull or filling.forced):
            return False
    return True


def _beside(boxes: Boxes, ends: Sequence[int], step: float) -> Box:
    """Return one box with columns of boxes side by side."""
    frames: list[Placed] = []
    under: list[Placed] = []
    keys: list[int] = []
    notes: list[int] = []
    height = 0.0
    for column, (start, end) in enumerate(pairwise(ends)):
        y, x = 0.0, column * step
        under += grounds(boxes[start:end], x)
        for at in range(start, end):
            box = boxes[at]
            y += gap_between(boxes[at - 1], box) if at > start else 0.0
            frames += moved(box.frames, x, y)
            under += moved(box.under, x, y)
            keys += box.keys
            notes += box.notes
            y += box.height
        height = max(height, y)
    first, last = boxes[ends[0]], boxes[ends[-1] - 1]
    return Box(
        height=height,
        frames=tuple(frames),
        under=tuple(under),
        before=first.before,
        after=last.after,
        penalty=first.penalty,
        keys=tuple(keys),
        notes=tuple(notes),
        key=first.key,
        offset=first.offset,
    )
