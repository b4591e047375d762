"""From blocks to boxes: one small rule for each kind of block, in a table that is complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from octavo.tree import nodes
from octavo.tree.following import heads, introduces
from octavo.typeset.boxes import DISLIKED, LONELY, Box, Boxes, over_all_columns, replace
from octavo.typeset.contents import set_contents
from octavo.typeset.figures import set_figure
from octavo.typeset.groups import set_group
from octavo.typeset.headings import set_section
from octavo.typeset.lists import set_definitions, set_list
from octavo.typeset.margin import GAP, MOST, alone, hung, reaches
from octavo.typeset.mirror import in_language
from octavo.typeset.references import set_bibliography
from octavo.typeset.setting import Place, Rule, Setting
from octavo.typeset.tables import set_table
from octavo.typeset.text import (
    set_code,
    set_divider,
    set_formula,
    set_paragraph,
    set_pull_quote,
    set_quote,
)


def _nothing(node: nodes.Notes, place: Place, setting: Setting) -> Boxes:  # noqa: ARG001
    """Notes stand at the foot of the pages, so there is nothing to collect."""
    return []


def _break(node: nodes.PageBreak, place: Place, setting: Setting) -> Boxes:  # noqa: ARG001
    """A page break holds nothing; what follows begins a page."""
    return [Box(height=0.0, keys=(node.key,), key=node.key, force="page")]


RULES: Final[Mapping[type[nodes.Block], Rule]] = {
    nodes.Section: set_section,
    nodes.Paragraph: set_paragraph,
    nodes.Group: set_group,
    nodes.Quote: set_quote,
    nodes.PullQuote: set_pull_quote,
    nodes.List: set_list,
    nodes.Definitions: set_definitions,
    nodes.Figure: set_figure,
    nodes.Table: set_table,
    nodes.CodeBlock: set_code,
    nodes.Formula: set_formula,
    nodes.Divider: set_divider,
    nodes.Bibliography: set_bibliography,
    nodes.Notes: _nothing,
    nodes.Contents: set_contents,
    nodes.PageBreak: _break,
}


_ASIDE: Final = (nodes.Group, nodes.PullQuote)
"""What may stand in the margin as a whole; captions go there by the rule of what they belong to."""


def set_blocks(blocks: Sequence[nodes.Block], place: Place, setting: Setting) -> Boxes:
    """Return the boxes of blocks in their order. What has no height hands its key to what follows."""
    boxes: Boxes = []
    waiting: list[Box] = []
    beside = _Beside(place, setting)
    for at, block in enumerate(blocks):
        made = _set_block(block, place, setting)
        if made and made[0].side is not None and not made[0].height:
            beside.add(block, made[0])
            continue
        if len(made) == 1 and not made[0].height and not made[0].frames and not made[0].under:
            if made[0].force:
                waiting = _without_asides(waiting, boxes)
            waiting.append(made[0])
            continue
        if not made:
            continue
        if beside.waiting:
            made = beside.hang(made)
        beside.above = len(boxes)
        if waiting:
            if made[0].force:
                waiting = _without_asides(waiting, boxes)
            made[0] = _with_waiting(made[0], waiting)
            waiting = []
        if at and introduces(blocks[at - 1], block) and made[0].penalty < DISLIKED and not made[0].floats:
            made[0] = replace(made[0], penalty=DISLIKED)
        if at and heads(blocks[at - 1], block) and made[0].penalty < LONELY:
            made[0] = replace(made[0], penalty=LONELY)
        boxes += made
    if beside.waiting:
        boxes = [*boxes[: beside.above], *beside.hang(boxes[beside.above :])]
    if waiting:
        keys = tuple(key for box in waiting for key in box.keys)
        if not boxes:
            return [replace(waiting[0], keys=keys, aside=_asides(waiting))]
        boxes[-1] = replace(
            boxes[-1], keys=(*boxes[-1].keys, *keys), aside=(*boxes[-1].aside, *_asides(waiting))
        )
    return boxes


class _Beside:
    """Blocks that wait for the one in the column that they stand beside: the next one, at the end the one before."""

    def __init__(self, place: Place, setting: Setting) -> None:
        self.waiting: list[tuple[nodes.Block, Box]] = []
        self.above = 0
        """Where the boxes of the last block begin."""
        self._place, self._setting = place, setting

    def add(self, block: nodes.Block, box: Box) -> None:
        self.waiting.append((block, box))

    def hang(self, made: Boxes) -> Boxes:
        """Return boxes with what waits beside the first; where the margin is taken there, it stands in the column."""
        waiting, self.waiting = self.waiting, []
        boxes, group = made, list[Box]()
        for block, box in reversed(waiting):
            if boxes and self._fits([box, *group]) and not reaches(boxes[0], self._place.width):
                group.insert(0, box)
                continue
            if group:
                boxes, group = [hung(boxes[0], group), *boxes[1:]], []
            boxes = [*_set_by_rule(block, self._place, self._setting), *boxes]
        return [hung(boxes[0], group), *boxes[1:]] if group else boxes

    def _fits(self, group: Sequence[Box]) -> bool:
        height = sum(box.side.height + GAP for box in group if box.side is not None)
        return height < MOST * self._setting.page_height


def _set_block(block: nodes.Block, place: Place, setting: Setting) -> Boxes:
    """Set a block in its column, or over all of them where its style says so."""
    if isinstance(block, nodes.Section):
        return _set_by_rule(block, place, setting)
    if place.nested or not block.key:
        return _set_content(block, place, setting)
    return setting.kept((block.key, place), (block,), lambda: _set_content(block, place, setting))


def _set_content(block: nodes.Block, place: Place, setting: Setting) -> Boxes:
    margin = setting.in_margin(place)
    if margin is not None and isinstance(block, _ASIDE) and setting.style_of(block).place == "margin":
        return alone(_set_by_rule(block, margin, setting))
    whole = setting.over_columns(place)
    if whole is not None and setting.style_of(block).all_columns:
        return over_all_columns(_set_by_rule(block, whole, setting))
    return _set_by_rule(block, place, setting)


def _set_by_rule(block: nodes.Block, place: Place, setting: Setting) -> Boxes:
    rule = RULES[type(block)]
    if not block.language:
        return rule(block, place, setting)
    return in_language(block.language, place, setting, lambda inner: rule(block, inner, setting))


def _with_waiting(box: Box, waiting: Sequence[Box]) -> Box:
    keys = tuple(key for each in waiting for key in each.keys)
    force = box.force or next((each.force for each in waiting if each.force), "")
    return replace(box, keys=(*keys, *box.keys), force=force, aside=(*_asides(waiting), *box.aside))


def _asides(waiting: Sequence[Box]) -> tuple[Box, ...]:
    return tuple(box for each in waiting for box in each.aside)


def _without_asides(waiting: Sequence[Box], boxes: Boxes) -> list[Box]:
    """Hand what stands on pages of its own to the box before what begins a page; return what else is waiting."""
    asides = _asides(waiting)
    if asides and boxes:
        boxes[-1] = replace(boxes[-1], aside=(*boxes[-1].aside, *asides))
    elif asides:
        boxes.append(Box(height=0.0, key=waiting[0].key, aside=asides))
    return [replace(box, aside=()) for box in waiting]
