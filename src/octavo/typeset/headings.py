"""Titles and headings: lines of about equal length, numbers that hang or run in, and what must stay with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from octavo.theme.style import Style
from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.tree.walk import plain_text
from octavo.typeset.boxes import FORBIDDEN, Boxes, inset, keep_with_next, named, replace
from octavo.typeset.frames import Owner, Part, Placed
from octavo.typeset.initials import initial_of, set_with_initial
from octavo.typeset.line import Label, Line
from octavo.typeset.setting import Place, Setting
from octavo.typeset.text import boxed, places

NUMBER_GAP: Final = 0.6
"""Between a number that runs in and the text after it, in ems."""
HEADING_STYLES: Final = (
    StyleKey.HEADING_1,
    StyleKey.HEADING_2,
    StyleKey.HEADING_3,
    StyleKey.HEADING_4,
    StyleKey.HEADING_5,
    StyleKey.HEADING_6,
)
TWO_LINES: Final = 1.5
"""What follows a heading stands alone with it only if it is higher than this many lines."""
HIGH: Final = 4.0
"""What is as high as so many lines of text, as a picture, stands alone with a heading, whatever follows."""
MOST_BALANCED: Final = 5
"""Titles of more lines than this are not balanced."""
BALANCE_STEPS: Final = 6
WIDER: Final = (1.08, 1.16, 1.24, 1.32)
"""How much wider than it must be a title may be set for the sake of its line ends."""
PAUSES: Final = frozenset(".,:;!?\N{EN DASH}\N{EM DASH}\N{HORIZONTAL ELLIPSIS}")


HYPHENS: Final = frozenset("-\N{HYPHEN}")


def set_title(
    content: tuple[nodes.Inline, ...],
    style: Style,
    place: Place,
    setting: Setting,
    owner: Owner,
    label: Label | None = None,
) -> Boxes:
    """Return the boxes of a title: like `set_text`, with lines that are about equally long."""
    if not content and label is None:
        return []
    outer, inner = places(style, place)
    lines = setting.lines(content, style, inner, owner, label)
    if 1 < len(lines) <= MOST_BALANCED and style.align in ("left", "center"):
        inner, lines = balanced(content, style, inner, setting, owner, label)
    return boxed(lines, style, (outer, inner), setting, owner)


def balanced(
    content: tuple[nodes.Inline, ...],
    style: Style,
    place: Place,
    setting: Setting,
    owner: Owner,
    label: Label | None = None,
) -> tuple[Place, tuple[Line, ...]]:
    """Return the place in which a title takes no more lines than it must, and its lines there.

    It is the narrowest, or a little wider where lines then end with a mark of punctuation.
    """
    lines = setting.lines(content, style, place, owner, label)
    least, _ = setting.setter.measure(content, style)

    def attempt(width: float) -> tuple[Place, tuple[Line, ...]]:
        shift = (place.width - width) / 2 if style.align == "center" else 0.0
        narrow = msgspec.structs.replace(place, left=place.left + shift, width=width)
        return narrow, setting.lines(content, style, narrow, owner, label)

    text = plain_text(content)
    whole = not _divides(lines, text)
    low, high, found = max(least, place.width / len(lines)), place.width, (place, lines)
    for _ in range(BALANCE_STEPS):
        if high - low < style.size / 2:
            break
        width = (low + high) / 2
        tried = attempt(width)
        if len(tried[1]) > len(lines) or (whole and _divides(tried[1], text)):
            low = width
        else:
            high, found = width, tried
    for share in WIDER:
        if _ends_well(found[1], text) or high * share > place.width:
            break
        tried = attempt(high * share)
        if len(tried[1]) == len(lines) and _ends_well(tried[1], text):
            return tried
    return found


def _divides(lines: Sequence[Line], text: str) -> bool:
    """Say whether a line but the last ends with a hyphen that a word has."""
    return any(text[: line.offset][-1:] in HYPHENS for line in lines[1:])


def _ends_well(lines: Sequence[Line], text: str) -> bool:
    """Say whether every line but the last ends with a mark of punctuation."""
    return all(text[: line.offset].rstrip()[-1:] in PAUSES for line in lines[1:])


def heading_style(section: nodes.Section, setting: Setting) -> Style:
    """Return the style of a section's heading."""
    use = setting.index.styles.get(section.key)
    if use is not None:
        return setting.styles.of(use.style, use.within)
    level = min(max(setting.index.levels.get(section.key, 1), 1), len(HEADING_STYLES))
    return setting.styles.of(HEADING_STYLES[level - 1])


def set_heading(section: nodes.Section, place: Place, setting: Setting) -> Boxes:
    """Set a section's heading, with its number before the text or hanging to the left of it."""
    style = heading_style(section, setting)
    number = setting.index.numbers.get(section.key, "")
    owner = Owner(section.key, Part.TITLE)
    mark = setting.mark(MarkKey.HEADING_NUMBER)
    label = None
    if number and style.marker_indent <= 0:
        gap = NUMBER_GAP * style.size
        label = Label(text=number, owner=Owner(section.key, Part.LABEL), mark=mark, gap=gap)
    boxes = set_title(section.title, style, place, setting, owner, label)
    if boxes and number and label is None:
        line = setting.setter.line(number, style, Owner(section.key, Part.LABEL), mark)
        text_left = place.indented(style).left + inset(style)[0]
        hang = max(style.marker_indent, line.width + NUMBER_GAP * style.size)
        at = next((at for at, box in enumerate(boxes) if box.frames), 0)
        first = boxes[at]
        baseline = first.frames[0].y if first.frames else line.ascent
        boxes[at] = replace(
            first, frames=(Placed(text_left - hang + line.x, baseline, line.frame), *first.frames)
        )
    boxes = [
        replace(box, penalty=FORBIDDEN if at else box.penalty, heads=True) for at, box in enumerate(boxes)
    ]
    return keep_with_next(named(section.key, boxes))


def set_section(section: nodes.Section, place: Place, setting: Setting) -> Boxes:
    """Set a section: its heading, then its content."""
    if not section.title and not section.content:
        return named(section.key, [])
    heading = set_heading(section, place, setting) if section.title else []
    deep = heading_style(section, setting).drop_initial if section.title else 0
    content = _opening(section, deep, place, setting) if deep > 1 else setting.blocks(section.content, place)
    if not content or (len(content) == 1 and not content[0].height):
        return named(section.key, _free(heading) + content)
    if heading and len(content) > 1 and _is_low(content, setting):
        content[1] = replace(content[1], penalty=FORBIDDEN)
    return named(section.key, heading + content)


def _is_low(content: Boxes, setting: Setting) -> bool:
    """Say whether what comes first under a heading, as a single line, is too little to stand alone with it."""
    high = HIGH * setting.styles.of(StyleKey.PARAGRAPH).leading
    return content[0].height < min(TWO_LINES * content[1].height, high)


def _opening(section: nodes.Section, deep: int, place: Place, setting: Setting) -> Boxes:
    """Set a section's content with a drop initial, where that can be."""
    initial = initial_of(section)
    first = section.content[0] if section.content else None
    if initial and isinstance(first, nodes.Paragraph):
        style = setting.style_of(first)
        if boxes := set_with_initial(first, initial, deep, style, place, setting):
            return boxes + setting.blocks(section.content[1:], place)
    return setting.blocks(section.content, place)


def _free(boxes: Boxes) -> Boxes:
    """Return a heading that nothing follows, free to end a page."""
    return [*boxes[:-1], replace(boxes[-1], keeps=False)] if boxes else boxes
