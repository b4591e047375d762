"""Table cells: what width they need, and their content as boxes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import msgspec

from octavo.theme.style import Style
from octavo.tree import nodes
from octavo.tree.semantics import StyleKey
from octavo.tree.walk import plain_text, walk
from octavo.typeset.boxes import Boxes, replace
from octavo.typeset.columns import SHORT, Need, need_of_all, need_of_line
from octavo.typeset.frames import Artifact
from octavo.typeset.grid import Standing
from octavo.typeset.mirror import in_language, is_leftwards
from octavo.typeset.pictures import standing_picture
from octavo.typeset.row_heights import CellText
from octavo.typeset.row_heights import Paragraph as Words
from octavo.typeset.setting import Place, Setting
from octavo.typeset.text import set_paragraph_in

NUMBER: Final = re.compile(r"^([^\d]{0,4}\d[\d\s.,'’\u00a0\u202f]*)(.*)$", re.DOTALL)
SLACK: Final = 1.0
"""What a number may stick out of its column for the sake of rounding, so that it is never broken."""
LEAST_PICTURE: Final = 36.0
"""A picture in a cell asks for at least this width, in points."""
_OTHER: Final[Mapping[str, str]] = {"left": "right", "right": "left"}
LIST_HANG: Final = 2
"""Ems that the markers of a list in a cell are reckoned with."""
CODE_SHARE: Final = 0.4
"""Lines of code in a cell can be broken to this share of their length."""


class Tabulated(msgspec.Struct, frozen=True, kw_only=True):
    """A cell with all that decides how it is set: its style without a box, its box, and its column's alignment."""

    standing: Standing
    box: Style
    text: Style
    decimal: bool = False
    whole: float = 0.0
    """How far from its column's right edge a number begins, so that all have their decimal separators under one
    another."""
    lag: float = 0.0
    """How far from there it ends."""
    named: bool = False
    """The author has said at which side the text stands."""


def cell_style(cell: nodes.Cell, setting: Setting, *, head: bool) -> Style:
    """Return the style of a cell's box."""
    return setting.style_of(cell, StyleKey.TABLE_HEAD if head else StyleKey.TABLE_CELL)


def side_padding(style: Style) -> float:
    """Return what padding and borders take of a cell's width."""
    return style.padding.left + style.padding.right + style.border_left.width + style.border_right.width


def need_of(blocks: Sequence[nodes.Block], style: Style, setting: Setting) -> Need:
    """Return the width that blocks need, without the cell's padding."""
    return need_of_all([_need_of_block(block, style, setting) for block in blocks])


def _need_of_block(block: nodes.Block, style: Style, setting: Setting) -> Need:
    match block:
        case nodes.Paragraph():
            picture = standing_picture(block)
            media = setting.resolved.media.get(picture.source) if picture else None
            if picture is not None and media is not None:
                wide = picture.width if picture.width > 0 else media.width
                return Need(min(wide, LEAST_PICTURE), wide)
            return need_of_line(*setting.setter.measure(block.content, style), style.size)
        case nodes.List():
            hang = LIST_HANG * style.size
            needs = [need_of(item.content, style, setting) for item in block.items]
            return Need(
                hang + max((need.least for need in needs), default=0.0),
                hang + max((need.most for need in needs), default=0.0),
            )
        case nodes.CodeBlock():
            longest = max(block.text.split("\n"), key=len)
            wide = setting.setter.line(
                longest, setting.style_of(block, StyleKey.CODE_BLOCK), Artifact.LAYOUT
            ).width
            return Need(wide * CODE_SHARE, wide)
        case _:
            inner = [each for each in walk(block) if isinstance(each, nodes.Paragraph)]
            return need_of(inner, style, setting)


def text_of(each: Standing, style: Style, setting: Setting, *, head: bool) -> CellText:
    """Return the text of a cell as its words; a picture or a line of code is one."""
    found: list[Words] = []
    for block in each.cell.content:
        hang = LIST_HANG * style.size if isinstance(block, nodes.List) else 0.0
        for inner in (block, *walk(block)):
            if isinstance(inner, nodes.Paragraph) and standing_picture(inner) is None:
                parted = setting.setter.words(inner.content, style)
                found += [Words(words, space, hang) for words, space in parted]
            elif isinstance(inner, nodes.Paragraph | nodes.CodeBlock):
                found.append(Words((_need_of_block(inner, style, setting).least,), 0.0))
    text = CellText(each.column, tuple(found))
    return CellText(each.column, text.paragraphs, short=not head and text.whole <= SHORT * style.size)


def decimal_split(cell: nodes.Cell) -> tuple[str, str] | None:
    """Return a number's text up to its decimal separator, and the rest; None where the cell holds no number."""
    if len(cell.content) != 1 or not isinstance(cell.content[0], nodes.Paragraph):
        return None
    text = plain_text(cell.content[0]).strip()
    match = NUMBER.match(text)
    if not match or "\n" in text:
        return None
    digits = match.group(1).rstrip()
    at = max(digits.rfind("."), digits.rfind(","))
    grouped = at >= 0 and len(digits) - at == 4 and digits.count(digits[at]) >= 1 and not _mixed(digits)
    if at < 0 or (grouped and digits[at] == "," and "." not in digits[at:]):
        return digits, text[len(digits) :]
    return text[:at], text[at:]


def decimal_widths(cell: nodes.Cell, style: Style, setting: Setting) -> tuple[float, float] | None:
    """Return how wide a number is up to its decimal separator, and from there on, in the type that it is set in, with a
    note's mark that stands behind it; None where the cell holds no number."""
    parted = decimal_split(cell)
    if parted is None:
        return None
    (paragraph,) = cell.content
    assert isinstance(paragraph, nodes.Paragraph)
    text = plain_text(paragraph)
    blank = len(text) - len(text.lstrip())
    before, after, _ = _cut(paragraph.content, blank + len(parted[0]))
    return _width(before, style, setting), _width(after, style, setting)


def _width(content: tuple[nodes.Inline, ...], style: Style, setting: Setting) -> float:
    return setting.setter.measure(content, style)[1] if content else 0.0


def _cut(
    content: tuple[nodes.Inline, ...], at: int
) -> tuple[tuple[nodes.Inline, ...], tuple[nodes.Inline, ...], int]:
    """Return what stands before the character `at` of a text, what after it, and how many of `at` are left."""
    before: list[nodes.Inline] = []
    for place, each in enumerate(content):
        if at <= 0:
            return tuple(before), content[place:], 0
        length = len(plain_text(each))
        if length <= at:
            before.append(each)
            at -= length
            continue
        parts = _halves(each, at)
        return (*before, *parts[:1]), (*parts[1:], *content[place + 1 :]), 0
    return tuple(before), (), at


def _halves(each: nodes.Inline, at: int) -> tuple[nodes.Inline, ...]:
    """Return an inline in two, or as one where it cannot be cut."""
    if isinstance(each, nodes.Text | nodes.Code):
        one, other = each.text[:at], each.text[at:]
        return msgspec.structs.replace(each, text=one), msgspec.structs.replace(each, text=other)
    content = getattr(each, "content", None)
    if not content:
        return (each,)
    first, second, _ = _cut(content, at)
    return msgspec.structs.replace(each, content=first), msgspec.structs.replace(each, content=second)


def _mixed(digits: str) -> bool:
    return "." in digits and "," in digits


def set_cell(each: Tabulated, width: float, setting: Setting, language: str) -> Boxes:
    """Return a cell's boxes, from the left edge of the cell; `width` is that of the cell with its padding."""
    box = each.box
    left = box.padding.left + box.border_left.width
    inner = max(4.0, width - side_padding(box))
    place = Place(left=left, width=inner, nested=True, language=language)
    return in_language(each.standing.cell.language, place, setting, partial(_set_content, each, setting))


def _set_content(each: Tabulated, setting: Setting, place: Place) -> Boxes:
    text = each.text
    if each.decimal:
        shift = max(0.0, each.lag if is_leftwards(place, setting) else place.width - each.whole)
        place = replace(place, left=place.left + shift, width=place.width - shift + SLACK)
    elif is_leftwards(place, setting) and each.named:
        # The author has named a side of the page.
        text = setting.changed(text, align=_OTHER.get(text.align, text.align))
    boxes: Boxes = []
    for block in each.standing.cell.content:
        if isinstance(block, nodes.Paragraph):
            boxes += set_paragraph_in(block, text, place, setting)
        else:
            boxes += setting.blocks((block,), place)
    return boxes
