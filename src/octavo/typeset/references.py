"""The bibliography: entries that hang, with their labels where the style has them."""

from __future__ import annotations

from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.typeset.boxes import Boxes, named, spaced
from octavo.typeset.frames import Owner, Part
from octavo.typeset.lists import with_marker
from octavo.typeset.setting import Place, Setting
from octavo.typeset.text import set_text


def set_bibliography(bibliography: nodes.Bibliography, place: Place, setting: Setting) -> Boxes:
    """Set the works cited, one entry after another."""
    place = place.speaking(bibliography.language)
    boxes: Boxes = []
    for entry in bibliography.entries:
        style = setting.style_of(entry, StyleKey.BIBLIOGRAPHY_ENTRY)
        here = place.speaking(entry.language)
        if not entry.label:
            boxes += named(entry.key, set_text(entry.content, style, here, setting, Owner(entry.key)))
            continue
        owner = Owner(entry.key, Part.LABEL)
        marker = setting.setter.line(entry.label, style, owner, setting.mark(MarkKey.LIST_MARKER))
        hang = max(style.marker_indent, marker.width + 0.5 * style.size)
        inner = here.inside(max(hang, style.indent_left), style.indent_right)
        held = set_text(entry.content, setting.bare(style), inner, setting, Owner(entry.key))
        held = spaced(with_marker(held, marker, here.left), style.space_before, style.space_after)
        boxes += named(entry.key, held)
    return named(bibliography.key, boxes)
