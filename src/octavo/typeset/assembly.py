"""From sheets to pages: frames in their places, artifacts first; anchors, and where each page begins in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

import msgspec

from octavo.theme.style import PageStyle
from octavo.typeset.boxes import Box, Span, gap_between, height_of
from octavo.typeset.filling import foot_gap, top_of
from octavo.typeset.frames import (
    Anchor,
    Artifact,
    LinkArea,
    Owner,
    PageStart,
    Picture,
    Placed,
    Rectangle,
    TextLine,
)
from octavo.typeset.geometry import Area, side_of, text_area
from octavo.typeset.grounds import Extent, painted
from octavo.typeset.margin import GAP, margin_left, place_side, reaches
from octavo.typeset.mirror import mirrored_frames
from octavo.typeset.pages import Column, Sheet


class Spread(msgspec.Struct):
    """What is gathered for one page."""

    artifacts: list[Placed]
    content: list[Placed]
    anchors: list[Anchor]
    reached: int = 0
    """The key of the last text so far that stands in its order."""
    start: PageStart | None = None
    opens: bool = False
    """Whether what begins the page has asked for a new one, as a chapter does."""
    turned: bool = False
    margin: Margin | None = None


class Margin(msgspec.Struct):
    """The margin's column of a page: its left edge, the width of the text beside it, where both end; `floor` is down to
    where it is taken."""

    left: float
    width: float
    bottom: float
    floor: float = 0.0


def assemble(sheets: Sequence[Sheet], page: PageStyle, *, leftwards: bool = False) -> list[Spread]:
    """Return every page's frames, without running heads; mirrored where the document runs from right to left."""
    spreads: list[Spread] = []
    reached = 0
    for at, sheet in enumerate(sheets):
        spread = Spread([], [], [], reached)
        if page.margin_column and page.columns <= 1 and sheet.columns:
            spread.margin = _margin(sheet.columns[0], page, len(spreads))
        for column in sheet.columns:
            if column.turned:
                _place_turned(column, page, text_area(at, page), spread, leftwards=leftwards)
            else:
                _place_column(column, page, spread)
        reached = spread.reached
        if page.columns > 1 and page.column_rule.width:
            _rule_columns(sheet.columns, page, spread)
        if leftwards and not spread.turned:
            spread.artifacts = [*mirrored_frames(spread.artifacts, page.width)]
            spread.content = [*mirrored_frames(spread.content, page.width)]
        spreads.append(spread)
    return spreads


def _margin(column: Column, page: PageStyle, at: int) -> Margin:
    area = column.area
    left = margin_left(page, area.left, verso=side_of(at, page) == "verso")
    return Margin(left, area.width, area.top + area.height, area.top)


def _rule_columns(columns: Sequence[Column], page: PageStyle, spread: Spread) -> None:
    """Draw the rule between columns that stand side by side, as high as the higher of them."""
    rows: dict[float, list[Column]] = {}
    for column in columns:
        rows.setdefault(column.area.top, []).append(column)
    rule = page.column_rule
    for top, row in rows.items():
        bottom = max(_height(column) for column in row)
        for column in row[1:]:
            x = column.area.left - (page.column_gap + rule.width) / 2
            line = Rectangle(rule.width, bottom, rule.color, Artifact.LAYOUT)
            spread.artifacts.append(Placed(x, top, line))


def _height(column: Column) -> float:
    return column.area.height if column.filling.notes else column.filling.height


def _place_column(column: Column, page: PageStyle, spread: Spread) -> None:
    filling, area, boxes = column.filling, column.area, column.boxes
    if filling.end > filling.start:
        if spread.start is None:
            spread.opens = bool(boxes[filling.start].force)
            spread.start = _start(boxes[filling.start : filling.end], spread.reached)
        texts = (
            boxes[at].key for at in range(filling.end - 1, filling.start - 1, -1) if not boxes[at].floats
        )
        spread.reached = max(spread.reached, next(filter(None, texts), 0))
        _place(boxes, filling.start, filling.end, (area.left, area.top), spread)
    if filling.notes:
        height = height_of(filling.notes)
        top = area.top + area.height - height
        if page.footnote_rule.width:
            width = min(page.footnote_rule_width or area.width, area.width)
            rule = Rectangle(width, page.footnote_rule.width, page.footnote_rule.color, Artifact.LAYOUT)
            spread.artifacts.append(Placed(area.left, top - foot_gap(page) / 2, rule))
        _place(filling.notes, 0, len(filling.notes), (area.left, top), spread)


def _place_turned(
    column: Column, page: PageStyle, area: Area, spread: Spread, *, leftwards: bool = False
) -> None:
    """Place a column along the page; its head is at the left of the text area."""
    along = Spread([], [], [])
    _place_column(column, page, along)
    spread.turned, spread.start = True, along.start
    artifacts, content = along.artifacts, along.content
    if leftwards:
        area = msgspec.structs.replace(area, left=page.width - area.left - area.width)
        artifacts, content = (
            [*mirrored_frames(frames, column.area.width)] for frames in (artifacts, content)
        )
    spread.artifacts += [_turned(placed, area) for placed in artifacts]
    spread.content += [_turned(placed, area) for placed in content]
    spread.anchors += [Anchor(anchor.key, area.top) for anchor in along.anchors]


def _turned(placed: Placed, area: Area) -> Placed:
    """Return a frame turned to the left with the text area that it stands in."""
    frame = placed.frame
    x, y = area.left + placed.y, area.top + area.height - placed.x
    match frame:
        case TextLine():
            return Placed(x, y, frame, turned=True)
        case Picture():
            return Placed(x, y - frame.width, frame, turned=True)
        case Rectangle() | LinkArea():
            lying = msgspec.structs.replace(frame, width=frame.height, height=frame.width)
            return Placed(x, y - frame.width, lying)
        case _:
            assert_never(frame)


def _start(boxes: Sequence[Box], reached: int) -> PageStart | None:
    """Return where a page begins in the text; a figure that has moved up to its head counts only where it stands in
    the text before what the page goes on with, and behind what the pages before have `reached`."""
    named = [box for box in boxes if box.key]
    if not named:
        return None
    text = next((box for box in named if not box.floats), None)
    limit = text.key if text else named[-1].key + 1
    moved = (box for box in named if box.floats and reached < box.key < limit)
    chosen = min(moved, key=lambda box: box.key, default=text or named[0])
    beside = chosen.side.frames if chosen.side is not None else ()
    first = min((owner.key for owner in _owners(beside) if owner.key > reached), default=chosen.key)
    if first < chosen.key:
        return PageStart(
            first, 0
        )  # what stands in the margin beside the first line, and before it in the text
    owner = next(_owners(chosen.frames), None)
    if owner is None or owner.key != chosen.key:
        return PageStart(chosen.key, chosen.offset)
    return PageStart(chosen.key, chosen.offset, owner.part, owner.entry)


def _owners(frames: Sequence[Placed]) -> Iterator[Owner]:
    """Yield the owners of what is written in some frames."""
    for placed in frames:
        if isinstance(placed.frame, TextLine):
            yield from (run.owner for run in placed.frame.runs if isinstance(run.owner, Owner))


def _place(boxes: Sequence[Box], start: int, end: int, corner: tuple[float, float], spread: Spread) -> None:
    """Place boxes below one another from a corner."""
    left, top = corner
    y = top + top_of(boxes, start)
    extents: dict[Span, Extent] = {}
    content, artifacts, anchors = spread.content, spread.artifacts, spread.anchors
    under: list[Placed] = []
    for at in range(start, end):
        box = boxes[at]
        begins = y
        if at > start:
            y += gap_between(boxes[at - 1], box)
            begins = y
        elif box.repeat:
            begins = y - box.repeat.height
            _place_repeated(box.repeat.boxes, (left, begins), under)
        for span in box.spans:
            extent = extents.get(span)
            if extent is None:
                continues = at == start and at > 0 and span in boxes[at - 1].spans
                extent = extents[span] = Extent(begins, opens=not continues)
            extent.bottom = y + box.height
        if spread.margin is not None:
            _place_beside(box, y, spread.margin, spread)
        for placed in box.under:
            under.append(Placed(left + placed.x, y + placed.y, placed.frame))
        for placed in box.frames:
            content.append(Placed(left + placed.x, y + placed.y, placed.frame))
        for key in box.keys:
            anchors.append(Anchor(key, y))
        y += box.height
    for span, extent in extents.items():
        closes = end >= len(boxes) or span not in boxes[end].spans
        artifacts.extend(painted(span, left, extent, closes=closes))
    artifacts.extend(under)


def _place_beside(box: Box, y: float, margin: Margin, spread: Spread) -> None:
    """Place what stands in the margin beside a box, and note how far down the margin is taken."""
    side = box.side
    if side is None:
        if reaches(box, margin.width):
            margin.floor = max(margin.floor, y + box.height + GAP)
        return
    top = place_side(side, y, margin.floor, margin.bottom)
    spread.artifacts += [Placed(margin.left + each.x, top + each.y, each.frame) for each in side.under]
    spread.content += [Placed(margin.left + each.x, top + each.y, each.frame) for each in side.frames]
    margin.floor = top + side.height + GAP


def _place_repeated(boxes: Sequence[Box], corner: tuple[float, float], under: list[Placed]) -> None:
    left, y = corner
    for at, box in enumerate(boxes):
        if at:
            y += gap_between(boxes[at - 1], box)
        for placed in (*box.under, *box.frames):
            under.append(Placed(left + placed.x, y + placed.y, placed.frame))
        y += box.height
