"""Lists: markers and numbers that hang beside their items, task boxes, and definitions."""

from __future__ import annotations

from functools import partial
from typing import Final

from octavo.theme.style import Style
from octavo.tree import nodes
from octavo.tree.direction import pointing_left
from octavo.tree.nodes import ListMarker
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.typeset.boxes import Box, Boxes, decorated, inset, keep_with_next, named, replace, spaced
from octavo.typeset.frames import Owner, Part, Placed, TextLine
from octavo.typeset.line import Label, Line
from octavo.typeset.mirror import in_language, is_leftwards, label_line
from octavo.typeset.setting import Place, Setting
from octavo.typeset.text import set_paragraph_in, set_text

TASK_OPEN: Final = "☐"
TASK_DONE: Final = "☑"
LOOSE: Final = 0.4
"""The least space between the items of a loose list, and between an item's paragraphs, as a share of the leading."""
MARKER_GAP: Final = 0.4
"""The least space between a marker and the text, in ems."""
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """Return a number from 1 to 3999 in lower-case Roman numerals; others stay in digits."""
    if not 0 < number < 4000:
        return str(number)
    letters = []
    for value, letter in _ROMAN:
        count, number = divmod(number, value)
        letters.append(letter * count)
    return "".join(letters)


def alphabetic(number: int) -> str:
    """Return 1 as a, 26 as z, 27 as aa; zero and less stay in digits."""
    if number < 1:
        return str(number)
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def ordinal(number: int, marker: ListMarker) -> str:
    """Return an item's number as its list counts."""
    match marker:
        case ListMarker.DECIMAL:
            return str(number)
        case ListMarker.LOWER_ALPHA:
            return alphabetic(number)
        case ListMarker.UPPER_ALPHA:
            return alphabetic(number).upper()
        case ListMarker.LOWER_ROMAN:
            return roman(number)
        case ListMarker.UPPER_ROMAN:
            return roman(number).upper()


def marker_text(items: nodes.List, at: int, style: Style, marker: ListMarker) -> str:
    """Return what stands before an item; `marker` is how an ordered list counts."""
    item = items.items[at]
    if item.checked is not None:
        return TASK_DONE if item.checked else TASK_OPEN
    if items.ordered:
        return f"{ordinal(items.start + at, marker)}."
    return style.marker or "•"


def set_list(items: nodes.List, place: Place, setting: Setting) -> Boxes:
    """Set a list. All its items begin at one edge, as far from their markers as the widest of them needs."""
    style = setting.style_of(items, StyleKey.LIST)
    outer = place.indented(style)
    inner = outer.inside(*inset(style))
    mark = setting.mark(MarkKey.LIST_MARKER)
    counted = setting.index.marker_of(items)
    markers: list[Line] = []
    styles: list[Style] = []
    for at, item in enumerate(items.items):
        item_style = setting.style_of(item, StyleKey.LIST_ITEM)
        text = marker_text(items, at, item_style, counted)
        if is_leftwards(place, setting):
            text = pointing_left(text)
        label = Label(text=text, owner=Owner(item.key, Part.LABEL), mark=mark)
        markers.append(label_line(label, item_style, place, setting))
        styles.append(item_style)
    need = max(
        (line.width + MARKER_GAP * each.size for line, each in zip(markers, styles, strict=True)), default=0.0
    )
    boxes: Boxes = []
    for item, marker, item_style in zip(items.items, markers, styles, strict=True):
        make = partial(_set_item, item, marker, item_style, max(need, item_style.marker_indent), setting)
        held = in_language(item.language, inner, setting, make)
        boxes += spaced(held, 0.0 if items.tight or not boxes else item_style.leading * LOOSE, 0.0)
    return named(items.key, decorated(boxes, style, outer.left, outer.width))


def _set_item(
    item: nodes.ListItem, marker: Line, style: Style, hang: float, setting: Setting, place: Place
) -> Boxes:
    outer = place.indented(style)
    left, right = inset(style)
    wider = max(0.0, hang - max(style.marker_indent, 0.0))
    inner = outer.inside(left + wider, right)
    boxes = _set_text_blocks(item.content, style, inner, setting, loose=True)
    boxes = with_marker(boxes, marker, inner.left - hang)
    return named(item.key, decorated(boxes, style, outer.left, outer.width))


def set_definitions(definitions: nodes.Definitions, place: Place, setting: Setting) -> Boxes:
    """Set terms, each with its definitions below."""
    boxes: Boxes = []
    for entry in definitions.entries:
        boxes += in_language(entry.language, place, setting, partial(_set_definition, entry, setting))
    return named(definitions.key, boxes)


def _set_definition(entry: nodes.Definition, setting: Setting, place: Place) -> Boxes:
    use = setting.index.styles.get(entry.key)
    within = use.within if use else ""
    term_style = setting.within(StyleKey.TERM, within)
    boxes: Boxes = []
    for at, term in enumerate(entry.terms):
        style = setting.changed(term_style, space_before=0.0) if at else term_style
        boxes += keep_with_next(set_text(term, style, place, setting, Owner(entry.key, Part.TERM)))
    if not any(entry.content) and boxes:
        boxes[-1] = replace(boxes[-1], keeps=False)
    style = setting.style_of(entry, StyleKey.DEFINITION)
    for blocks in entry.content:
        outer = place.indented(style)
        left, right = inset(style)
        inner = outer.inside(left, right)
        held = _set_text_blocks(blocks, style, inner, setting, loose=False)
        boxes += decorated(held, style, outer.left, outer.width)
    return named(entry.key, boxes)


def _set_text_blocks(
    blocks: tuple[nodes.Block, ...], style: Style, place: Place, setting: Setting, *, loose: bool
) -> Boxes:
    """Set the blocks of an item: its paragraphs in the item's own style, all else in its own."""
    text = setting.bare(style)
    boxes: Boxes = []
    for at, block in enumerate(blocks):
        if isinstance(block, nodes.List) and block.tight and loose:
            # Between an item and the short ones within it stands no more than between those.
            between = max(style.space_before, style.space_after)
            boxes += _close(setting.blocks((block,), place), between)
            continue
        if not isinstance(block, nodes.Paragraph):
            boxes += setting.blocks((block,), place)
            continue
        held = set_paragraph_in(block, text, place, setting)
        boxes += spaced(held, style.leading * LOOSE if at and loose else 0.0, 0.0)
    return boxes


def _close(boxes: Boxes, before: float) -> Boxes:
    """Return the boxes with so much space above the first, and none below the last."""
    if not boxes:
        return boxes
    boxes = [replace(boxes[0], before=before), *boxes[1:]]
    return [*boxes[:-1], replace(boxes[-1], after=0.0)]


def with_marker(boxes: Boxes, marker: Line, x: float) -> Boxes:
    """Return the boxes with a marker on the baseline of the first line; a line of its own where there is none."""
    at = next((at for at, box in enumerate(boxes) if box.frames), -1)
    if at < 0:
        alone = Box(height=marker.height, frames=(Placed(x + marker.x, marker.ascent, marker.frame),))
        return [alone, *boxes]
    box = boxes[at]
    first = box.frames[0]
    baseline = first.y if isinstance(first.frame, TextLine) else marker.ascent
    boxes[at] = replace(box, frames=(Placed(x + marker.x, baseline, marker.frame), *box.frames))
    return boxes
