"""Figures: pictures as large as they may be, with their caption and credit below."""

from __future__ import annotations

from octavo.tree import nodes
from octavo.tree.semantics import StyleKey
from octavo.typeset.boxes import (
    FORBIDDEN,
    UNWANTED,
    Boxes,
    decorated,
    height_of,
    inset,
    keep,
    keep_with_next,
    named,
    replace,
)
from octavo.typeset.frames import Owner, Part
from octavo.typeset.margin import with_caption
from octavo.typeset.pictures import set_picture, standing_picture
from octavo.typeset.setting import Place, Setting
from octavo.typeset.text import caption_place, set_caption, set_text


def set_figure(figure: nodes.Figure, place: Place, setting: Setting) -> Boxes:
    """Set a figure: what it shows, its caption and its credit, kept together where a page can hold them."""
    style = setting.style_of(figure, StyleKey.FIGURE)
    outer = place.indented(style)
    inner = outer.inside(*inset(style))
    boxes: Boxes = []
    for block in figure.content:
        picture = standing_picture(block) if isinstance(block, nodes.Paragraph) else None
        shown = set_picture(picture, setting.bare(style), inner, setting) if picture else []
        boxes += named(block.key, shown) if shown else setting.blocks((block,), inner)
    margin = caption_place(figure.caption, place, boxes, setting)
    below = _below(figure, margin or inner, setting)
    if below and margin is not None:
        boxes = with_caption(boxes, below)
    elif below:
        below = [replace(box, penalty=FORBIDDEN) for box in below]
        boxes = keep_with_next(boxes) + below
    if height_of(boxes) < setting.page_height:
        serial = setting.next_serial() if figure.key in setting.index.labels else 0
        boxes = [replace(box, floats=serial) for box in keep(boxes, UNWANTED)]
    return named(figure.key, decorated(boxes, style, outer.left, outer.width))


def _below(figure: nodes.Figure, place: Place, setting: Setting) -> Boxes:
    """Set a figure's caption and credit."""
    boxes = set_caption(figure.key, figure.caption, place, setting) if figure.caption else []
    if figure.credit:
        use = setting.index.styles.get(figure.key)
        credit = setting.within(StyleKey.CREDIT, (use.within or use.style) if use else "")
        boxes += set_text(figure.credit, credit, place, setting, Owner(figure.key, Part.CREDIT))
    return boxes
