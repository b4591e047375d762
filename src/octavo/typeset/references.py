"""The bibliography: entries that hang, with their labels where the style has them."""

from __future__ import annotations

from functools import partial

from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.typeset.boxes import Boxes, named, spaced
from octavo.typeset.frames import Owner, Part
from octavo.typeset.lists import with_marker
from octavo.typeset.mirror import in_language
from octavo.typeset.setting import Place, Setting
from octavo.typeset.text import set_text


def set_bibliography(bibliography: nodes.Bibliography, place: Place, setting: Setting) -> Boxes:
    """Set the works cited, one entry after another."""
    boxes: Boxes = []
    for entry in bibliography.entries:
        boxes += named(
            entry.key, in_language(entry.language, place, setting, partial(_set_entry, entry, setting))
        )
    return named(bibliography.key, boxes)


def _set_entry(entry: nodes.Entry, setting: Setting, place: Place) -> Boxes:
    style = setting.style_of(entry, StyleKey.BIBLIOGRAPHY_ENTRY)
    if not entry.label:
        return set_text(entry.content, style, place, setting, Owner(entry.key))
    owner = Owner(entry.key, Part.LABEL)
    marker = setting.setter.line(entry.label, style, owner, setting.mark(MarkKey.LIST_MARKER))
    hang = max(style.marker_indent, marker.width + 0.5 * style.size)
    inner = place.inside(max(hang, style.indent_left), style.indent_right)
    held = set_text(entry.content, setting.bare(style), inner, setting, Owner(entry.key))
    return spaced(with_marker(held, marker, place.left), style.space_before, style.space_after)
