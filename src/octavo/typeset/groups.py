"""Groups of blocks: key points, notices, leads, notes on authors; with a title above, run in, or none."""

from __future__ import annotations

from typing import Final

import msgspec

from octavo.theme.style import PageStyle, Style
from octavo.tree import nodes
from octavo.tree.nodes import GroupRole
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.tree.walk import plain_text
from octavo.typeset.boxes import (
    FORBIDDEN,
    KEPT,
    SOFT,
    Boxes,
    decorated,
    has_decoration,
    height_of,
    inset,
    keep,
    keep_with_next,
    named,
    replace,
)
from octavo.typeset.frames import Owner, Part
from octavo.typeset.line import Label
from octavo.typeset.matter import run_on_style, runs_on
from octavo.typeset.setting import Place, Setting
from octavo.typeset.side_by_side import set_side_by_side
from octavo.typeset.text import set_paragraph_in, set_text

SMALL: Final = 1 / 3
"""A group in a box is kept whole when it takes no more than this of a page."""


def group_title(group: nodes.Group, setting: Setting) -> tuple[nodes.Inline, ...]:
    """Return a group's own title, or what its role is called; a lead and a group of no role have none."""
    if group.title:
        return group.title
    terms = setting.index.terms
    word = {
        GroupRole.ABSTRACT: terms.abstract,
        GroupRole.KEY_POINTS: terms.key_points,
        GroupRole.RECOMMENDATIONS: terms.recommendations,
        GroupRole.AUTHOR_NOTE: terms.about_the_author,
        GroupRole.NOTICE: terms.notice,
        GroupRole.CASE: terms.case,
    }.get(group.role, "")
    return (nodes.Text(text=word),) if word else ()


def set_group(group: nodes.Group, place: Place, setting: Setting) -> Boxes:
    """Set a group in its box."""
    style = setting.style_of(group, StyleKey.GROUP)
    if style.break_before != "auto" and runs_on(group, setting.resolved.document):
        style = run_on_style(style)
    outer = place.indented(style)
    inner = outer.inside(*inset(style))
    title = group_title(group, setting) if style.label != "none" or group.title else ()
    use = setting.index.styles.get(group.key)
    container = use.style if use else StyleKey.GROUP
    parted = stands_in_columns(style, nested=place.nested, page=setting.styles.page)
    flow = style if parted else setting.changed(style, columns=1)
    column = _column(flow, inner)
    if style.label == "run-in" and title:
        boxes = _in_columns(_with_run_in(group, title, column, setting), flow, inner, setting)
    else:
        boxes = []
        if title:
            title_style = setting.styles.of(StyleKey.GROUP_TITLE, container)
            boxes = set_text(title, title_style, inner, setting, Owner(group.key, Part.TITLE))
            boxes = keep_with_next(
                [replace(box, penalty=FORBIDDEN) if at else box for at, box in enumerate(boxes)]
            )
        content = setting.blocks(group.content, column)
        boxes += _in_columns(content, flow, inner, setting, height_of(boxes))
    boxes = named(group.key, boxes)
    height = height_of(boxes)
    if style.keep_together and height < setting.page_height:
        boxes = keep(boxes, KEPT)
    elif has_decoration(style) and height < setting.page_height * SMALL:
        boxes = keep(boxes, SOFT)
    return named(group.key, decorated(boxes, style, outer.left, outer.width))


def stands_in_columns(style: Style, *, nested: bool, page: PageStyle) -> bool:
    """Say whether a group's columns hold: not within other blocks, nor within a column of the page."""
    return style.columns > 1 and not nested and (page.columns <= 1 or style.all_columns)


def _column(style: Style, place: Place) -> Place:
    """Return the first of a group's columns, or all of its place where it has one."""
    if style.columns < 2:
        return place
    width = (place.width - style.column_gap * (style.columns - 1)) / style.columns
    return msgspec.structs.replace(place, width=max(width, place.width / style.columns / 2), nested=True)


def _in_columns(boxes: Boxes, style: Style, place: Place, setting: Setting, head: float = 0.0) -> Boxes:
    """Return a group's content in its columns, below a title of the height `head`."""
    if style.columns < 2 or not boxes:
        return boxes
    step = (place.width + style.column_gap) / style.columns
    padding = style.padding.top + style.padding.bottom
    room = (
        setting.page_height - head - padding - (style.space_before if style.break_before != "auto" else 0.0)
    )
    if style.break_before == "auto" and height_of(boxes) > style.columns * room:
        room = setting.page_height * SMALL
    return set_side_by_side(boxes, style.columns, step, max(room, style.leading))


def _with_run_in(
    group: nodes.Group, title: tuple[nodes.Inline, ...], inner: Place, setting: Setting
) -> Boxes:
    """Set a group whose title begins its first paragraph; where that is no paragraph, the title has its own line."""
    if not all(isinstance(each, nodes.Text | nodes.LineBreak) and not each.language for each in title):
        return _with_marked_title(group, title, inner, setting)
    mark = setting.mark(MarkKey.GROUP_LABEL)
    owner = Owner(group.key, Part.TITLE)
    text = run_in_text(title)
    first = group.content[0] if group.content else None
    if isinstance(first, nodes.Paragraph):
        style = setting.style_of(first)
        label = Label(text=text, owner=owner, mark=mark, gap=0.35 * style.size)
        boxes = set_paragraph_in(first, style, inner, setting, label)
        return boxes + setting.blocks(group.content[1:], inner)
    style = setting.style_of(group, StyleKey.GROUP)
    label = Label(text=text, owner=owner, mark=mark)
    boxes = keep_with_next(set_text((), setting.bare(style), inner, setting, owner, label))
    return boxes + setting.blocks(group.content, inner)


def _with_marked_title(
    group: nodes.Group, title: tuple[nodes.Inline, ...], inner: Place, setting: Setting
) -> Boxes:
    """Set a title with notes, links or other languages in it on lines of its own: a label is plain text."""
    said = plain_text(title).strip()
    stop = () if run_in_text(title) == said else (nodes.Text(text="."),)
    style = setting.style_of(group, StyleKey.GROUP)
    strong = (nodes.Strong(content=(*title, *stop)),)
    undivided = setting.changed(style, hyphenate=False)
    boxes = keep_with_next(set_text(strong, undivided, inner, setting, Owner(group.key, Part.TITLE)))
    return boxes + setting.blocks(group.content, inner)


def run_in_text(title: tuple[nodes.Inline, ...]) -> str:
    """Return a title as it runs into a paragraph: with a full stop, unless it ends with a mark of its own."""
    text = plain_text(title).replace("\n", " ").strip()
    return text if not text or text[-1] in ".:?!…。：？！" else f"{text}."
