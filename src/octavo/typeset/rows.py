"""Table rows: cells side by side, as one box each; a row taller than a page as a row of slabs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec

from octavo.theme.style import Border, Style
from octavo.tree import nodes
from octavo.typeset.boxes import DISLIKED, Box, Boxes, height_of, merged, moved, replace
from octavo.typeset.cells import Tabulated, set_cell
from octavo.typeset.frames import Artifact, Placed, Rectangle
from octavo.typeset.setting import Setting

DEEPEST: Final = 0.5
"""A cell over several rows that take more than this share of a page stands in its first row alone."""
TALL: Final = 0.9
"""A row that takes more than this share of a page is divided."""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A run of rows with their cells: a table's head, a body, its foot."""

    rows: Sequence[nodes.Row]
    cells: Sequence[Sequence[Tabulated]]
    head: bool = False
    keys: tuple[int, ...] = ()
    """Of the table body."""
    room: float = float("inf")
    """The height of a page's text less that of a head that is repeated on it, in points."""


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What all rows of a table share: where it stands, its columns, its language."""

    left: float
    widths: Sequence[float]
    language: str = ""

    def x_of(self, column: int) -> float:
        """Return the left edge of a column."""
        return self.left + sum(self.widths[:column])

    def width_of(self, column: int, span: int) -> float:
        """Return the width of columns side by side."""
        return sum(self.widths[column : column + span])


class _Cell(msgspec.Struct):
    each: Tabulated
    boxes: Boxes
    x: float
    width: float
    height: float
    deep: int


def set_rows(section: Section, frame: Frame, setting: Setting, *, last: bool) -> Boxes:
    """Return the boxes of a run of rows; `last`: nothing of the table comes after it."""
    cells = [_set_row_cells(row, frame, setting) for row in section.cells]
    tallest = min(section.room, setting.page_height) * TALL
    _settle_spans(cells, setting.page_height)
    _part_rows(cells, tallest)
    heights = _row_heights(cells)
    covered = _covered(cells)
    boxes: Boxes = []
    closing: list[list[Placed]] = [[] for _ in heights]
    for at, row in enumerate(cells):
        _close_cells(row, at, heights, closing, bare=last)
        keys = (*(section.keys if not at else ()), section.rows[at].key)
        if heights[at] > tallest and all(cell.deep == 1 for cell in row):
            made = _slabs(row, closing[at], keys)
        else:
            made = [_row_box(row, at, heights, closing[at], keys, head=section.head)]
        if covered[at]:
            made = [merged([boxes.pop(), *made])]
        boxes += made
    return boxes


def _set_row_cells(row: Sequence[Tabulated], frame: Frame, setting: Setting) -> list[_Cell]:
    cells = []
    for each in row:
        standing = each.standing
        x, width = frame.x_of(standing.column), frame.width_of(standing.column, standing.column_span)
        boxes = set_cell(each, width, setting, frame.language)
        height = height_of(boxes) + _above(each.box) + _below(each.box)
        if not boxes:
            height += each.text.leading
        cells.append(_Cell(each, boxes, x, width, height, standing.row_span))
    return cells


def _above(style: Style) -> float:
    return style.padding.top + style.border_top.width


def _below(style: Style) -> float:
    return style.padding.bottom + style.border_bottom.width


def _settle_spans(cells: Sequence[Sequence[_Cell]], page_height: float) -> None:
    """Let a cell over more rows than a page holds stand in its first row alone."""
    for at, row in enumerate(cells):
        for cell in row:
            if cell.deep == 1:
                continue
            rows = cells[at : at + cell.deep]
            least = sum(max((each.height for each in line if each.deep == 1), default=0.0) for line in rows)
            if max(least, cell.height) > page_height * DEEPEST:
                cell.deep = 1


def _row_heights(cells: Sequence[Sequence[_Cell]]) -> list[float]:
    heights = [max((cell.height for cell in row if cell.deep == 1), default=0.0) for row in cells]
    for at, row in enumerate(cells):
        for cell in row:
            missing = cell.height - sum(heights[at : at + cell.deep])
            if cell.deep > 1 and missing > 0:
                heights[at + cell.deep - 1] += missing
    return heights


def _covered(cells: Sequence[Sequence[_Cell]]) -> list[bool]:
    """Say for each row whether a cell of a row above reaches into it."""
    covered = [False] * len(cells)
    reach = 0
    for at, row in enumerate(cells):
        covered[at] = at < reach
        reach = max([reach, *(at + cell.deep for cell in row)])
    return covered


def _part_rows(cells: Sequence[Sequence[_Cell]], tallest: float) -> None:
    """Let the cells of rows that spans tie together stand in one row each, where no page holds all those rows."""
    heights, covered = _row_heights(cells), _covered(cells)
    begins = [at for at, tied in enumerate(covered) if not tied]
    for first, stop in pairwise([*begins, len(cells)]):
        if stop - first > 1 and sum(heights[first:stop]) > tallest:
            for cell in (cell for row in cells[first:stop] for cell in row):
                cell.deep = 1


def _close_cells(
    row: Sequence[_Cell], at: int, heights: Sequence[float], closing: list[list[Placed]], *, bare: bool
) -> None:
    """Note the rules under cells in the rows where they end; the table's last row leaves that to the table."""
    for cell in row:
        end = at + cell.deep - 1
        border = cell.each.box.border_bottom
        if border.width and not (bare and end == len(heights) - 1):
            line = Rectangle(cell.width, border.width, border.color, Artifact.LAYOUT)
            closing[end].append(Placed(cell.x, heights[end] - border.width, line))


def _row_box(
    row: Sequence[_Cell],
    at: int,
    heights: Sequence[float],
    closing: Sequence[Placed],
    keys: tuple[int, ...],
    *,
    head: bool,
) -> Box:
    frames: list[Placed] = []
    under: list[Placed] = []
    found = list(keys)
    notes: list[int] = []
    for cell in row:
        style = cell.each.box
        height = sum(heights[at : at + cell.deep])
        under += _cell_paint(style, (cell.x, cell.width, height))
        y = _above(style)
        if head:
            y += height - cell.height
        found.append(cell.each.standing.cell.key)
        for box_at, box in enumerate(cell.boxes):
            if box_at:
                y += max(cell.boxes[box_at - 1].after, box.before)
            frames += moved(box.frames, cell.x, y)
            under += [*_span_paint(box, cell.x, y), *moved(box.under, cell.x, y)]
            found += box.keys
            notes += box.notes
            y += box.height
    return Box(
        height=heights[at],
        frames=tuple(frames),
        under=(*under, *closing),
        keys=tuple(found),
        notes=tuple(notes),
        key=keys[-1],
    )


def _span_paint(box: Box, x: float, y: float) -> list[Placed]:
    """Return the backgrounds behind a box in a cell; there they are painted box by box."""
    found = []
    for span in box.spans:
        if span.background is not None:
            area = Rectangle(span.width, box.height, span.background, Artifact.BACKGROUND)
            found.append(Placed(x + span.left, y, area))
        if span.left_border.width:
            line = Rectangle(span.left_border.width, box.height, span.left_border.color, Artifact.LAYOUT)
            found.append(Placed(x + span.left, y, line))
    return found


def _cell_paint(style: Style, place: tuple[float, float, float]) -> list[Placed]:
    """Return a cell's background and its borders other than the lower one; `place` is (x, width, height)."""
    x, width, height = place
    found: list[Placed] = []
    if style.background is not None:
        found.append(Placed(x, 0.0, Rectangle(width, height, style.background, Artifact.BACKGROUND)))

    def edge(border: Border, left: float, size: tuple[float, float]) -> None:
        if border.width:
            found.append(Placed(left, 0.0, Rectangle(*size, border.color, Artifact.LAYOUT)))

    edge(style.border_top, x, (width, style.border_top.width))
    edge(style.border_left, x, (style.border_left.width, height))
    edge(style.border_right, x + width - style.border_right.width, (style.border_right.width, height))
    return found


def _slabs(row: Sequence[_Cell], closing: Sequence[Placed], keys: tuple[int, ...]) -> Boxes:
    """Return a row that no page can hold as slabs of a line or so, between which it may be broken."""
    queues = [list(cell.boxes) for cell in row]
    after = [0.0] * len(row)
    boxes: Boxes = []
    found = [*keys, *(cell.each.standing.cell.key for cell in row)]
    while any(queues) or not boxes:
        first = not boxes
        tops = [_above(cell.each.box) if first else 0.0 for cell in row]
        height = max(
            (tops[at] + max(after[at], queue[0].before) * (not first) + queue[0].height
             for at, queue in enumerate(queues) if queue),
            default=0.0,
        )  # fmt: skip
        frames: list[Placed] = []
        under: list[Placed] = []
        notes: list[int] = []
        start: tuple[int, int] = (0, 0)
        for at, cell in enumerate(row):
            y, queue = tops[at], queues[at]
            while queue:
                gap = 0.0 if first and y == tops[at] else max(after[at], queue[0].before)
                if y + gap + queue[0].height > height + 0.01:
                    break
                box = queue.pop(0)
                y += gap
                frames += moved(box.frames, cell.x, y)
                under += [*_span_paint(box, cell.x, y), *moved(box.under, cell.x, y)]
                found += box.keys
                notes += box.notes
                start = start if start[0] else (box.key, box.offset)
                after[at] = box.after
                y += box.height
        if not any(queues):
            height += max(_below(cell.each.box) for cell in row)
        paint = [
            placed for cell in row for placed in _cell_paint(cell.each.box, (cell.x, cell.width, height))
        ]
        boxes.append(
            Box(
                height=height,
                frames=tuple(frames),
                under=(*paint, *under),
                keys=tuple(found),
                notes=tuple(notes),
                key=keys[-1] if first else start[0],
                offset=0 if first else start[1],
                penalty=DISLIKED if len(boxes) == 1 or not any(queues) else 0.0,
            )
        )
        found = []
    last = boxes[-1]
    rules = [
        Placed(each.x, last.height - each.frame.height, each.frame)
        for each in closing
        if isinstance(each.frame, Rectangle)
    ]
    boxes[-1] = replace(last, under=(*last.under, *rules))
    return boxes
