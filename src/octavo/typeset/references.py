"""The bibliography: entries that hang, with their labels where the style has them."""

from __future__ import annotations

from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.typeset.boxes import Boxes, named
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
        held = set_text(entry.content, style, here.inside(hang, 0.0), setting, Owner(entry.key))
        boxes += named(entry.key, with_marker(held, marker, here.indented(style).left))
    return named(bibliography.key, boxes)
