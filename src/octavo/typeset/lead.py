"""What stands before a paragraph's text on its first line: an indent, a label, a drop initial."""

from __future__ import annotations

from typing import Final

import msgspec

from octavo.theme.style import Mark
from octavo.typeset.frames import GlyphRun, TextLine
from octavo.typeset.justify import Painted
from octavo.typeset.line import InlinePicture, LinkSpan
from octavo.typeset.textstyle import TextStyle, marked

LONGEST_LABEL: Final = 0.7
"""What a label may take of a line, as a share of the measure; a longer one runs over lines as text does."""


class Lead(msgspec.Struct, frozen=True):
    """What stands before the text on the first line: how wide it is, and its painted label."""

    width: float
    label: Painted | None = None
    left: float = 0.0
    deep: int = 1
    """How many lines stand beside it."""
    initial: str = ""


def label_style(style: TextStyle, mark: Mark | None) -> TextStyle:
    """Return the style of a label that runs over lines; its words are not divided."""
    return msgspec.structs.replace(style if mark is None else marked(style, mark), hyphenate=False)


def set_behind(
    lead: Lead, painted: Painted, shift: float, *, leftwards: bool
) -> tuple[TextLine, float, float, tuple[LinkSpan, ...], tuple[InlinePicture, ...]]:
    """Return the frame of a line with its label, its x and width, and its links and pictures."""
    label = lead.label
    if label is None:
        frame = TextLine(painted.runs, painted.rules)
        return frame, lead.width + shift, painted.width, painted.links, painted.pictures
    by = lead.width - lead.left
    if leftwards:
        # The label stands at the right of the text.
        aside = by + painted.width - label.width
        moved = tuple(moved_run(run, aside) for run in label.runs)
        bars = ((x + aside, y, width, height, color) for x, y, width, height, color in label.rules)
        rules = (*bars, *painted.rules)
        frame = TextLine((*moved, *painted.runs), rules)
        return frame, lead.left + shift, painted.width + by, painted.links, painted.pictures
    runs = (*label.runs, *(moved_run(run, by) for run in painted.runs))
    rules = (
        *label.rules,
        *((x + by, y, width, height, color) for x, y, width, height, color in painted.rules),
    )
    replace = msgspec.structs.replace
    links = tuple(replace(span, left=span.left + by, right=span.right + by) for span in painted.links)
    pictures = tuple(replace(each, x=each.x + by) for each in painted.pictures)
    return TextLine(runs, rules), lead.left + shift, painted.width + by, links, pictures


def moved_run(run: GlyphRun, by: float) -> GlyphRun:
    """Return a run further to the right."""
    return msgspec.structs.replace(run, x=run.x + by)
