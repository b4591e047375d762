"""Drop initials: the first letter of a chapter, as high as its first lines, which stand beside it."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

import msgspec

from octavo.theme.style import Style
from octavo.tree import nodes
from octavo.tree.walk import walk
from octavo.typeset.boxes import Boxes, named
from octavo.typeset.frames import Owner
from octavo.typeset.line import Label
from octavo.typeset.mirror import in_language
from octavo.typeset.setting import Place, Setting
from octavo.typeset.text import boxed, places

GAP: Final = 0.12
"""Between an initial and the text beside it, as a share of the height of its lines."""
LEAST_LINES: Final = 1
"""An initial stands only where the paragraph has so many lines more than it is deep."""
WIDEST: Final = 0.3
"""An initial takes no more than about this share of the measure."""
# Few themes have initials: the pattern stays text until it is needed.
_INITIAL: Final = "[\"'\u00ab\u2018\u201c\u201e\u00bf\u00a1(]?[^\\W\\d_][\u0300-\u036f]*(?=\\S|\\s\\S)"


def initial_of(section: nodes.Section) -> str:
    """Return the letter that a section's text begins with, with a mark of quotation before it; "" where it begins with
    anything but a capital letter of plain text."""
    first = section.content[0] if section.content else None
    if (
        not isinstance(first, nodes.Paragraph)
        or not first.content
        or not isinstance(first.content[0], nodes.Text)
    ):
        return ""
    found = re.match(_INITIAL, first.content[0].text)
    if found is None or not any(map(str.isupper, found.group())):
        return ""
    return "" if any(isinstance(each, nodes.LineBreak) for each in walk(first)) else found.group()


def set_with_initial(
    paragraph: nodes.Paragraph, initial: str, deep: int, style: Style, place: Place, setting: Setting
) -> Boxes:
    """Set a paragraph with a drop initial; no boxes where there is no room for one."""
    make = partial(_set, paragraph, initial, deep, style, setting)
    return in_language(paragraph.language, place, setting, make)


def _set(
    paragraph: nodes.Paragraph, initial: str, deep: int, style: Style, setting: Setting, place: Place
) -> Boxes:
    outer, inner = places(style, place)
    if deep * style.leading > WIDEST * inner.width:
        return []
    owner = Owner(paragraph.key)
    label = Label(text=initial, owner=owner, gap=GAP * deep * style.leading, deep=deep)
    first, *others = paragraph.content
    assert isinstance(first, nodes.Text)
    rest = msgspec.structs.replace(first, text=first.text[len(initial) :])
    lines = setting.lines((rest, *others), style, inner, owner, label)
    if len(lines) < deep + LEAST_LINES:
        return []
    moved = [
        msgspec.structs.replace(line, offset=line.offset + len(initial)) if at else line
        for at, line in enumerate(lines)
    ]
    return named(paragraph.key, boxed(moved, style, (outer, inner), setting, owner, together=deep))
