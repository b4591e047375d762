"""Footnotes: set once, as boxes that the pages place at their foot."""

from __future__ import annotations

from functools import partial
from typing import Final

from octavo.theme.style import Style
from octavo.transforms.resolved import Note
from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.typeset.boxes import Box, Boxes, named, replace
from octavo.typeset.frames import Owner, Part
from octavo.typeset.line import Label
from octavo.typeset.mirror import in_language
from octavo.typeset.setting import Place, Setting
from octavo.typeset.text import set_text

MARK_GAP: Final = 0.3
"""Between a note's mark and its text, in ems."""


def set_note(key: int, place: Place, setting: Setting) -> Boxes:
    """Return a note's boxes: its mark before its first paragraph, all in the footnote's style."""
    note = setting.index.note_by_key.get(key)
    if note is None:
        return []
    style = setting.styles.of(StyleKey.FOOTNOTE)
    outer = place.indented(style).inside(0.0, 0.0)
    language = note.footnote.language or setting.note_languages.get(key, "")
    boxes = in_language(language, outer, setting, partial(_set_content, note, style, setting))
    boxes = named(key, boxes)
    if boxes:
        boxes[0] = replace(boxes[0], before=style.space_before, penalty=0.0)
        boxes[-1] = replace(boxes[-1], after=style.space_after)
    return [_unforced(box) for box in boxes]


def _set_content(note: Note, style: Style, setting: Setting, place: Place) -> Boxes:
    key = note.footnote.key
    text = setting.bare(style)
    mark = setting.mark(MarkKey.FOOTNOTE_MARK)
    owner = Owner(key, Part.LABEL)
    label: Label | None = Label(text=note.mark, owner=owner, mark=mark, gap=MARK_GAP * style.size)
    boxes: Boxes = []
    for block in note.footnote.content:
        if isinstance(block, nodes.Paragraph):
            made = partial(_set_paragraph, block, text, label, setting)
            boxes += named(block.key, in_language(block.language, place, setting, made))
            label = None
            continue
        if label is not None:
            line = setting.setter.line(note.mark, text, owner, mark)
            from octavo.typeset.boxes import line_boxes

            boxes += line_boxes((line,), place.left, key)
            label = None
        boxes += setting.blocks((block,), place)
    return boxes


def _set_paragraph(
    paragraph: nodes.Paragraph, style: Style, label: Label | None, setting: Setting, place: Place
) -> Boxes:
    return set_text(paragraph.content, style, place, setting, Owner(paragraph.key), label)


def _unforced(box: Box) -> Box:
    return replace(box, force="", repeat=None, floats=0) if box.force or box.repeat or box.floats else box
