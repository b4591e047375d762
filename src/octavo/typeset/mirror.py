"""The other direction. What is written from right to left is set as if it began at the left, and then mirrored.

So no rule for a kind of block knows of directions: its left is where a line begins. Lines are told by their language,
see `paragraphs`, and are not mirrored within themselves; blocks that run against what they stand in are mirrored about
their place, and a document from right to left about its pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, assert_never

import msgspec

from octavo.theme.style import Sides, Style
from octavo.tree.direction import is_right_to_left
from octavo.typeset.boxes import Box, Boxes, Repeat, Side, Span, replace
from octavo.typeset.frames import LinkArea, Picture, Placed, Rectangle, TextLine
from octavo.typeset.line import Label, Line
from octavo.typeset.setting import Place, Setting

UNBOUNDED: Final = 1e6
"""A measure that no label fills, in points."""


def is_leftwards(place: Place, setting: Setting) -> bool:
    """Say whether text in a place runs from right to left; where it names no language, that of the document counts."""
    return is_right_to_left(place.language) if place.language else setting.leftwards


def in_language(language: str, place: Place, setting: Setting, make: Callable[[Place], Boxes]) -> Boxes:
    """Return what is made in a place for a language; mirrored where that runs against what is around it."""
    if not language or language == place.language:
        return make(place)
    inner = place.speaking(language)
    boxes = make(inner)
    if is_leftwards(inner, setting) == is_leftwards(place, setting):
        return boxes
    for note in (note for box in boxes for note in box.notes):
        setting.note_languages.setdefault(note, language)
    return mirrored(boxes, place, setting)


def label_line(label: Label, style: Style, place: Place, setting: Setting) -> Line:
    """Return a label as a line of its own, which reads as text in its place does."""
    if is_leftwards(place, setting) == setting.leftwards:
        return setting.setter.line(label.text, style, label.owner, label.mark)
    bare = setting.changed(setting.bare(style), align="left")
    (line,) = setting.setter.set((), bare, UNBOUNDED, label.owner, label=label, language=place.language)
    return line


def mirrored(boxes: Boxes, place: Place, setting: Setting) -> Boxes:
    """Return boxes with left and right in each other's place."""
    return _Mirror(place, setting).boxes(boxes)


class _Mirror:
    """Mirrors boxes about one place; what several of them share stays the same object."""

    def __init__(self, place: Place, setting: Setting) -> None:
        self._place, self._setting = place, setting
        self._spans: dict[Span, Span] = {}
        self._repeats: dict[Repeat, Repeat] = {}

    def boxes(self, boxes: Sequence[Box]) -> Boxes:
        """Return the boxes, mirrored."""
        return [self._box(box) for box in boxes]

    def _box(self, box: Box) -> Box:
        place, setting = self._place, self._setting
        width = setting.text_width if box.wide else place.width
        axis = 2 * place.left + width
        return replace(
            box,
            frames=mirrored_frames(box.frames, axis),
            under=mirrored_frames(box.under, axis),
            spans=tuple(self._span(span, axis) for span in box.spans),
            repeat=self._repeat(box.repeat) if box.repeat is not None else None,
            side=mirrored_side(box.side, setting.styles.page.margin_column) if box.side is not None else None,
            aside=tuple(mirrored(list(box.aside), Place(left=0.0, width=setting.page_height), setting)),
        )

    def _span(self, span: Span, axis: float) -> Span:
        found = self._spans.get(span)
        if found is None:
            padding = span.padding
            found = self._spans[span] = replace(
                span,
                left=axis - span.left - span.width,
                padding=Sides(padding.top, padding.left, padding.bottom, padding.right),
                right=span.left_border,
                left_border=span.right,
            )
        return found

    def _repeat(self, repeat: Repeat) -> Repeat:
        found = self._repeats.get(repeat)
        if found is None:
            found = self._repeats[repeat] = replace(repeat, boxes=tuple(self.boxes(repeat.boxes)))
        return found


def mirrored_side(side: Side, width: float) -> Side:
    """Return what stands in the margin's column, so many points wide, mirrored."""
    return replace(side, frames=mirrored_frames(side.frames, width), under=mirrored_frames(side.under, width))


def mirrored_frames(frames: Sequence[Placed], axis: float) -> tuple[Placed, ...]:
    """Return frames so that what stood at x from the left stands at x from `axis`, each as it is in itself."""
    return tuple(Placed(axis - each.x - _reach(each), each.y, each.frame, each.turned) for each in frames)


def _reach(placed: Placed) -> float:
    """Return how much further to the right than x a frame ends; what a line lacks at its left counts twice."""
    match placed.frame:
        case TextLine() as line:
            return line.width or sum(_ends(line))
        case Rectangle(width=width) | Picture(width=width) | LinkArea(width=width):
            return width
        case _:
            assert_never(placed.frame)


def _ends(line: TextLine) -> tuple[float, float]:
    """Return where a line's text begins and ends; its rules only where there is none."""
    ends = [(run.x, run.x + run.width) for run in line.runs] or [
        (x, x + wide) for x, _, wide, _, _ in line.rules
    ]
    return min((left for left, _ in ends), default=0.0), max((right for _, right in ends), default=0.0)


def turned_line(line: Line) -> Line:
    """Return a line of a text from right to left so that mirroring its frames one by one mirrors it as a whole, and
    leaves its inside as it is."""
    change, width = msgspec.structs.replace, line.width
    return change(
        line,
        frame=change(line.frame, width=width),
        links=tuple(change(each, left=width - each.right, right=width - each.left) for each in line.links),
        pictures=tuple(change(each, x=width - each.x - each.picture.width) for each in line.pictures),
    )
