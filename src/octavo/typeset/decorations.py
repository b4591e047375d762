"""What is painted behind and along the letters of a line, and where it can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from octavo.typeset.inlines import LinkTarget, Run
from octavo.typeset.line import LinkSpan
from octavo.units import Color

Rule = tuple[float, float, float, float, Color]


class Segment(msgspec.Struct):
    """A stretch of a line in one run, from left to right."""

    run: Run
    left: float
    right: float


def decorations(segments: Sequence[Segment]) -> tuple[tuple[Rule, ...], tuple[LinkSpan, ...]]:
    """Return the rules and link areas of a line. Backgrounds come first, so that lines stand upon them."""
    backgrounds: list[Rule] = []
    lines: list[Rule] = []
    spans: list[tuple[LinkTarget, float, float]] = []
    for segment in segments:
        run = segment.run
        style = run.style
        width = segment.right - segment.left
        if run.link is not None and width > 0:
            if spans and spans[-1][0] is run.link:
                _, left, right = spans[-1]
                spans[-1] = (run.link, min(left, segment.left), max(right, segment.right))
            else:
                spans.append((run.link, segment.left, segment.right))
        if style.background is not None:
            up, down = run.setting.primary.ascent * run.scale, run.setting.primary.descent * run.scale
            side = 0.15 * style.size
            top = -style.rise - up
            backgrounds.append((segment.left - side, top, width + 2 * side, up + down, style.background))
        if style.underline:
            position, thickness = run.setting.primary.underline
            top = -style.rise + position * run.scale
            lines.append((segment.left, top, width, thickness * run.scale, style.color))
        if style.strike:
            position, thickness = run.setting.primary.strikeout
            top = -style.rise - position * run.scale
            lines.append((segment.left, top, width, thickness * run.scale, style.color))
    links = tuple(
        LinkSpan(left, right, link.target, link.owner, link.description) for link, left, right in spans
    )
    return tuple(backgrounds + lines), links
