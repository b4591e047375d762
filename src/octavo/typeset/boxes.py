"""Boxes: what blocks become before they have pages, and all that the page breaker knows of them.

A box is never split. Its frames are placed from the upper left corner of the column it stands in; lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from octavo.theme.style import Border, Sides, Style
from octavo.typeset.frames import Artifact, LinkArea, Placed, Rectangle
from octavo.typeset.line import Line
from octavo.units import Color

FORBIDDEN: Final = 10_000.0
"""The cost of a break that is made only where there is no other."""
KEPT: Final = 320.0
"""The cost of a break in what the theme wants kept whole: as much as a fifth of a page left empty."""
LONELY: Final = 500.0
"""The cost of a row of a table, or what is like a heading, alone at a page's end: a third of a page left empty."""
UNWANTED: Final = 2_000.0
"""The cost of a break in a figure or a very small table: more than any space left empty, see `filling.EMPTY_PAGE`."""
SOFT: Final = 300.0
"""The cost of a break in a small panel, table or listing: as much as a fifth of a page left empty."""
DISLIKED: Final = 250.0
"""The cost of a break that a reader notices, as between a sentence that ends in a colon and its list."""
HYPHENATED: Final = 400.0
"""The cost of a word that is divided between two pages: as much as a good quarter of a page left empty."""

NO_BORDER: Final = Border(0.0, Color(0, 0, 0))
Force: TypeAlias = Literal["", "page", "recto"]


class Span(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A background with its borders, behind all boxes that name it; painted anew on each page it reaches.

    `repeats`: the upper and lower border are painted at every page's end of it, not only at its own.
    """

    left: float
    width: float
    padding: Sides = Sides()
    background: Color | None = None
    top: Border = NO_BORDER
    right: Border = NO_BORDER
    bottom: Border = NO_BORDER
    left_border: Border = NO_BORDER
    repeats: bool = False


class Repeat(msgspec.Struct, frozen=True, eq=False):
    """A table's head, set again at the top of each page that begins with one of its rows."""

    boxes: tuple[Box, ...]
    height: float


class Side(msgspec.Struct, frozen=True, eq=False):
    """What stands in the outer margin beside a box, from the upper left corner of the margin's column."""

    height: float
    frames: tuple[Placed, ...]
    under: tuple[Placed, ...]


class Box(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """An unbreakable piece of a column.

    Between two boxes stands the larger of the one's `after` and the other's `before`; both fall away at a page's top.
    `penalty` is the cost of a page break before the box, `keeps` forbids one after it. `keys` name the nodes that begin
    in it, `notes` the footnotes cited in it; (`key`, `offset`) say what stands first in it, see `frames.PageStart`.
    """

    height: float
    frames: tuple[Placed, ...] = ()
    """Content, in the order of reading."""
    under: tuple[Placed, ...] = ()
    """Artifacts: backgrounds and rules."""
    before: float = 0.0
    after: float = 0.0
    penalty: float = 0.0
    keeps: bool = False
    spans: tuple[Span, ...] = ()
    """Outermost first."""
    keys: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    key: int = 0
    offset: int = 0
    force: Force = ""
    repeat: Repeat | None = None
    floats: int = 0
    """Not 0: the boxes of one figure or table that has a number, so that it may move to the top of the next page."""
    heads: bool = False
    """It is a heading's, which never stands above another one alone."""
    wide: bool = False
    """It stands over all columns."""
    aside: tuple[Box, ...] = ()
    """What stands turned, on pages of its own, after the page of this box."""
    side: Side | None = None


Boxes: TypeAlias = list[Box]
replace = msgspec.structs.replace


def gap_between(above: Box, below: Box) -> float:
    """Return the space between two boxes that follow each other on a page."""
    return max(above.after, below.before)


def height_of(boxes: Sequence[Box]) -> float:
    """Return the height of boxes that stand under one another."""
    total, after = 0.0, 0.0
    for at, box in enumerate(boxes):
        if at:
            total += max(after, box.before)
        total += box.height
        after = box.after
    return total


def named(key: int, boxes: Boxes) -> Boxes:
    """Return the boxes with `key` beginning at the first of them; an empty box carries it where there is none."""
    if not boxes:
        return [Box(height=0.0, keys=(key,), key=key)]
    first = boxes[0]
    if key and key not in first.keys:
        boxes[0] = replace(first, keys=(key, *first.keys), key=first.key or key)
    return boxes


def spaced(boxes: Boxes, before: float, after: float) -> Boxes:
    """Return the boxes with at least that much space around them."""
    if boxes:
        if before > boxes[0].before:
            boxes[0] = replace(boxes[0], before=before)
        if after > boxes[-1].after:
            boxes[-1] = replace(boxes[-1], after=after)
    return boxes


def keep(boxes: Boxes, penalty: float) -> Boxes:
    """Return the boxes with no break between them that costs less than `penalty`."""
    return [
        replace(box, penalty=penalty) if at and box.penalty < penalty else box for at, box in enumerate(boxes)
    ]


def keep_with_next(boxes: Boxes) -> Boxes:
    """Return the boxes with the last kept with what follows."""
    if boxes:
        boxes[-1] = replace(boxes[-1], keeps=True)
    return boxes


def over_all_columns(boxes: Boxes) -> Boxes:
    """Return the boxes as such that stand over all columns."""
    return [replace(box, wide=True) for box in boxes]


def frames_of(line: Line, x: float, y: float = 0.0) -> list[Placed]:
    """Return a line's frames: its text, its pictures, its links; `x` is the left edge of the measure."""
    left, baseline = x + line.x, y + line.ascent
    frames = [Placed(left, baseline, line.frame)] if line.frame.runs or line.frame.rules else []
    for each in line.pictures:
        top = baseline - each.rise - each.picture.height
        frames.append(Placed(left + each.x, top, each.picture))
    for link in line.links:
        area = LinkArea(link.right - link.left, line.height, link.target, link.owner, link.description)
        frames.append(Placed(left + link.left, y, area))
    return frames


def line_boxes(lines: Sequence[Line], x: float, key: int, *, orphans: int = 2, widows: int = 2) -> Boxes:
    """Return one box for each line of a paragraph, with the costs of widows, orphans and divided words."""
    count = len(lines)
    boxes: Boxes = []
    hyphenated = False
    for at, line in enumerate(lines):
        penalty = 0.0
        if at:
            if at < orphans or count - at < widows:
                penalty = FORBIDDEN
            elif hyphenated:
                penalty = HYPHENATED
        simple = not line.links and not line.pictures and line.frame.runs
        frames = (Placed(x + line.x, line.ascent, line.frame),) if simple else tuple(frames_of(line, x))
        boxes.append(
            Box(
                height=line.height,
                frames=frames,
                penalty=penalty,
                notes=line.notes,
                keys=line.anchors,
                key=key,
                offset=line.offset,
            )
        )
        hyphenated = line.hyphenated
    return boxes


def moved(frames: Iterable[Placed], x: float, y: float) -> list[Placed]:
    """Return frames shifted to the right and down."""
    return [Placed(each.x + x, each.y + y, each.frame) for each in frames]


def merged(boxes: Sequence[Box]) -> Box:
    """Return one box that holds several that stand under one another."""
    frames: list[Placed] = []
    under: list[Placed] = []
    keys: list[int] = []
    notes: list[int] = []
    y, after = 0.0, 0.0
    for at, box in enumerate(boxes):
        y += max(after, box.before) if at else 0.0
        frames.extend(moved(box.frames, 0.0, y))
        under.extend(moved(box.under, 0.0, y))
        keys.extend(box.keys)
        notes.extend(box.notes)
        y += box.height
        after = box.after
    first = boxes[0]
    return replace(
        first,
        height=y,
        frames=tuple(frames),
        under=tuple(under),
        keys=tuple(keys),
        notes=tuple(notes),
        after=after,
    )


def rule(x: float, y: float, width: float, border: Border) -> Placed:
    """Return a horizontal rule as an artifact."""
    return Placed(x, y, Rectangle(width, border.width, border.color, Artifact.LAYOUT))


def has_decoration(style: Style) -> bool:
    """Say whether a style paints anything behind or around its text, or pads it."""
    borders = (style.border_top, style.border_right, style.border_bottom, style.border_left)
    padding = style.padding
    return (
        style.background is not None
        or any(border.width for border in borders)
        or bool(padding.top or padding.right or padding.bottom or padding.left)
    )


def inset(style: Style) -> tuple[float, float]:
    """Return how far a style's content stands from the left and right edges of its box."""
    return (
        style.padding.left + style.border_left.width,
        style.padding.right + style.border_right.width,
    )


def decorated(boxes: Boxes, style: Style, left: float, width: float) -> Boxes:
    """Return boxes inside the background, borders and padding of a style, whose box is `width` wide from `left`.

    The content already stands inside the padding, see `inset`.
    """
    if not boxes:
        return boxes
    if has_decoration(style):
        boxes = _framed(boxes, style, left, width)
    if style.break_before != "auto":
        boxes = _sunk(boxes, style.space_before)
        boxes[0] = replace(boxes[0], force=style.break_before)
    boxes = spaced(boxes, style.space_before, style.space_after)
    return keep_with_next(boxes) if style.keep_with_next else boxes


def _sunk(boxes: Boxes, height: float) -> Boxes:
    """Keep the space above boxes that begin a page by force, as Word and CSS do (CSS Fragmentation 3, 5.2)."""
    if not height:
        return boxes
    first = boxes[0]
    boxes[0] = replace(first, before=0.0, penalty=FORBIDDEN)
    return [Box(height=height, keys=first.keys, key=first.key, offset=first.offset), *boxes]


def _framed(boxes: Boxes, style: Style, left: float, width: float) -> Boxes:
    span = Span(
        left=left,
        width=width,
        padding=style.padding,
        background=style.background,
        top=style.border_top,
        right=style.border_right,
        bottom=style.border_bottom,
        left_border=style.border_left,
    )
    head = style.padding.top + style.border_top.width
    foot = style.padding.bottom + style.border_bottom.width
    first = boxes[0]
    if head:
        boxes[0] = replace(first, before=0.0, penalty=FORBIDDEN)
        boxes.insert(0, Box(height=head, keys=first.keys, key=first.key, offset=first.offset))
    if foot:
        boxes[-1] = replace(boxes[-1], after=0.0)
        boxes.append(Box(height=foot, penalty=FORBIDDEN, key=boxes[-1].key, offset=boxes[-1].offset))
    return [replace(box, spans=(span, *box.spans)) for box in boxes]
