"""Backgrounds and borders behind boxes that stand under one another: as high as those that name them."""

from __future__ import annotations

from collections.abc import Sequence

from octavo.theme.style import Border
from octavo.typeset.boxes import Box, Span, gap_between
from octavo.typeset.frames import Artifact, Placed, Rectangle


class Extent:
    """How far a background reaches down a column."""

    __slots__ = ("bottom", "opens", "top")

    def __init__(self, top: float, *, opens: bool) -> None:
        self.top = top
        self.bottom = top
        self.opens = opens


def painted(span: Span, left: float, extent: Extent, *, closes: bool) -> list[Placed]:
    """Return the rectangles of a background and its borders on one page."""
    opens = extent.opens
    top = extent.top if opens else extent.top - span.padding.top
    bottom = extent.bottom if closes else extent.bottom + span.padding.bottom
    x, width, height = left + span.left, span.width, bottom - top
    found: list[Placed] = []
    if height <= 0:
        return found
    if span.background is not None:
        found.append(Placed(x, top, Rectangle(width, height, span.background, Artifact.BACKGROUND)))

    def edge(border: Border, place: tuple[float, float], size: tuple[float, float]) -> None:
        if border.width:
            found.append(Placed(*place, Rectangle(*size, border.color, Artifact.LAYOUT)))

    edge(span.left_border, (x, top), (span.left_border.width, height))
    edge(span.right, (x + width - span.right.width, top), (span.right.width, height))
    if opens or span.repeats:
        edge(span.top, (x, top), (width, span.top.width))
    if closes or span.repeats:
        edge(span.bottom, (x, bottom - span.bottom.width), (width, span.bottom.width))
    return found


def grounds(boxes: Sequence[Box], left: float = 0.0) -> list[Placed]:
    """Return the backgrounds and borders of boxes that stand together under one another, from the top of the first."""
    extents: dict[Span, Extent] = {}
    y = 0.0
    for at, box in enumerate(boxes):
        y += gap_between(boxes[at - 1], box) if at else 0.0
        for span in box.spans:
            extent = extents.get(span)
            if extent is None:
                extent = extents[span] = Extent(y, opens=True)
            extent.bottom = y + box.height
        y += box.height
    return [placed for span, extent in extents.items() for placed in painted(span, left, extent, closes=True)]
