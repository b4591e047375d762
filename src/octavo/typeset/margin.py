"""What stands in the outer margin, beside the text: it takes no room in the column, and nothing lies on it.

A side hangs from a box of the column. On a page that ends too soon for it, it moves up as far as the margin is free
there; where it is not, `settle` forbids the break. What reaches into the margin further down keeps clear of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from octavo.theme.style import PageStyle
from octavo.typeset.boxes import (
    FORBIDDEN,
    Box,
    Boxes,
    Side,
    gap_between,
    height_of,
    merged,
    moved,
    replace,
)
from octavo.typeset.frames import LinkArea, Picture, Placed, Rectangle, TextLine
from octavo.typeset.grounds import grounds

GAP: Final = 12.0
"""Between two things in the margin, one below the other, in points."""
_TOLERANCE: Final = 1.0
_LEAST: Final = 0.01
HANGING: Final = 0.4
"""How far a sign at a line's end may stand outside of it, in ems."""
MOST: Final = 0.6
"""No more than this share of a page's height stands in the margin beside one box."""


def side_of(boxes: Boxes) -> Side:
    """Return boxes that were set in the margin's column as one side."""
    whole = merged(boxes)
    return Side(height=whole.height, frames=whole.frames, under=(*grounds(boxes), *whole.under))


def stacked(sides: Sequence[Side]) -> Side:
    """Return sides below one another as one."""
    frames: list[Placed] = []
    under: list[Placed] = []
    y = 0.0
    for side in sides:
        frames += moved(side.frames, 0.0, y)
        under += moved(side.under, 0.0, y)
        y += side.height + GAP
    return Side(height=y - GAP, frames=tuple(frames), under=tuple(under))


def alone(boxes: Boxes) -> Boxes:
    """Return boxes that were set in the margin's column as one without height, for `hung` to put beside another."""
    side = side_of(boxes)
    keys = tuple(dict.fromkeys(key for box in boxes for key in box.keys))
    notes = tuple(note for box in boxes for note in box.notes)
    return [Box(height=0.0, side=side, keys=keys, notes=notes, key=boxes[0].key)]


def hung(host: Box, waiting: Sequence[Box]) -> Box:
    """Return a box with those that are `alone` in the margin beside it."""
    sides = [box.side for box in waiting if box.side is not None]
    keys = tuple(key for box in waiting for key in box.keys)
    notes = tuple(note for box in waiting for note in box.notes)
    return replace(host, side=stacked(sides), keys=(*keys, *host.keys), notes=(*notes, *host.notes))


def with_caption(boxes: Boxes, caption: Boxes) -> Boxes:
    """Return the boxes of a figure or table with its caption in the margin beside it, which it is as high as."""
    found = [hung(boxes[0], alone(caption)), *boxes[1:]]
    side = found[0].side
    missing = (side.height if side else 0.0) - height_of(found)
    if missing > 0:
        last = found[-1]
        found[-1] = replace(last, after=0.0)
        found.append(Box(height=missing, penalty=FORBIDDEN, key=last.key, offset=last.offset))
    return found


def reaches(box: Box, width: float) -> bool:
    """Say whether a box reaches out of a column of that width, or has something beside it."""
    if box.side is not None:
        return True
    edges = [(span.left, span.left + span.width) for span in box.spans]
    edges += [_edges(placed) for placed in (*box.under, *box.frames)]
    return any(left < -_TOLERANCE or right > width + _TOLERANCE for left, right in edges)


def _edges(placed: Placed) -> tuple[float, float]:
    match placed.frame:
        case TextLine(runs=runs):
            # A hyphen or a point that hangs at the line's end reaches into nothing.
            return placed.x, placed.x + max(
                (run.x + run.width - HANGING * run.size for run in runs), default=0.0
            )
        case Rectangle(width=width) | Picture(width=width) | LinkArea(width=width):
            return placed.x, placed.x + width


def settle(boxes: Boxes, width: float, height: float) -> Boxes:
    """Return the boxes of a column, on pages of a height, so that nothing comes to lie on what stands beside them."""
    if all(box.side is None for box in boxes):
        return boxes
    found: Boxes = []
    clear = since = 0.0  # how far what is last in the margin ends above here; how far it may be moved up
    taken = False  # whether anything stands in the margin above
    chain = 0.0  # how high is what no page may end within
    for at, each in enumerate(boxes):
        box = each
        if box.force:
            found += _last(found, -clear - since)
            clear, taken = 0.0, False
        gap = 0.0
        if at:
            gap = gap_between(found[-1], box)
            if -clear > gap and reaches(box, width):
                below = _filler(found, -clear - since)
                box = replace(box, before=(since if below else -clear) + GAP)
                if not below and -clear > since:
                    # A page that ended here would end without the space below its last box, and too soon for the side.
                    box = replace(box, penalty=FORBIDDEN)
                found += below
                gap = GAP - clear
            elif -clear > since and box.penalty < FORBIDDEN:
                if chain > MOST * height:
                    below = _last(found, -clear - since)
                    clear += found[-1].after + below[0].height
                    found += below
                    gap = gap_between(found[-1], box)
                else:
                    box = replace(box, penalty=FORBIDDEN)
            clear += gap
        chain = box.height + (chain + gap if box.penalty >= FORBIDDEN else 0.0)
        if box.side is not None:
            since = max(0.0, clear - GAP)
            pushed = max(0.0, GAP - clear) if taken else 0.0
            clear, taken = box.height - box.side.height - pushed, True
        elif reaches(box, width):
            clear, taken = 0.0, True
        else:
            clear += box.height
        found.append(box)
    return found + _last(found, -clear - since)


def _last(boxes: Boxes, height: float) -> Boxes:
    """Return what keeps that room where a page ends by force. The space below a last box does not hold a page, so there
    is a box even where that space would do."""
    if height <= 0 or not boxes:
        return []
    kept = _filler(boxes, height)
    return kept or [Box(height=_LEAST, penalty=FORBIDDEN, key=boxes[-1].key, offset=boxes[-1].offset)]


def _filler(boxes: Boxes, height: float) -> Boxes:
    """Return what keeps the room below the last box that a side beside it needs on its page."""
    missing = height - boxes[-1].after if boxes else 0.0
    if missing <= 0:
        return []
    return [Box(height=missing, penalty=FORBIDDEN, key=boxes[-1].key, offset=boxes[-1].offset)]


def margin_left(page: PageStyle, left: float, *, verso: bool) -> float:
    """Return where the margin's column begins beside a text column that begins at `left`."""
    measure = page.width - page.margin_inner - page.margin_outer
    if verso:
        return left - page.margin_column_gap - page.margin_column
    return left + measure + page.margin_column_gap


def place_side(side: Side, top: float, floor: float, bottom: float) -> float:
    """Return the y of a side that should stand at `top`, within a page's text area that ends at `bottom`; it stays
    below `floor`."""
    return max(floor, min(top, bottom - side.height))
