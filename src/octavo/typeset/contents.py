"""Tables of contents, and lists of figures and tables: entries, leaders, and the pages that the pass before found."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

import msgspec

from octavo.theme.style import Style
from octavo.tree import nodes
from octavo.tree.nodes import ContentsKind
from octavo.tree.semantics import StyleKey
from octavo.tree.walk import plain_text
from octavo.typeset.boxes import FORBIDDEN, Box, Boxes, keep_with_next, named, replace, spaced
from octavo.typeset.frames import Artifact, LinkArea, Owner, Part, Placed, TextLine
from octavo.typeset.line import Line
from octavo.typeset.lists import with_marker
from octavo.typeset.matter import lists_that_run_on, run_on_style
from octavo.typeset.setting import UNKNOWN_PAGE, Place, Setting
from octavo.typeset.text import set_text

PAGE_ROOM: Final = 2.6
"""The room kept for page numbers, in ems."""
LEADER_STEP: Final = 0.6
"""The distance between the dots of a leader, in ems."""
NUMBER_GAP: Final = 0.8
STYLES: Final = (StyleKey.CONTENTS_1, StyleKey.CONTENTS_2, StyleKey.CONTENTS_3)


class Entry(msgspec.Struct, frozen=True):
    """A line of contents: where it leads, its level, its number or label, and what it reads."""

    key: int
    id: str
    level: int
    number: str
    content: tuple[nodes.Inline, ...]


def entries_of(contents: nodes.Contents, setting: Setting) -> Iterable[Entry]:
    """Yield what a table of contents lists."""
    index = setting.index
    match contents.kind:
        case ContentsKind.HEADINGS:
            for heading in index.headings:
                if heading.level <= contents.depth:
                    yield Entry(heading.key, heading.id, heading.level, heading.number, heading.title)
        case ContentsKind.FIGURES:
            for figure in index.figures:
                yield Entry(figure.key, figure.id, 1, figure.label, figure.caption)
        case ContentsKind.TABLES:
            for table in index.tables:
                yield Entry(table.key, table.id, 1, table.label, table.caption)
        case ContentsKind.LISTINGS:
            for listing in index.listings:
                yield Entry(listing.key, listing.id, 1, listing.label, listing.caption)


def set_contents(contents: nodes.Contents, place: Place, setting: Setting) -> Boxes:
    """Set a table of contents."""
    boxes: Boxes = []
    terms = setting.index.terms
    words = {
        ContentsKind.HEADINGS: terms.contents,
        ContentsKind.FIGURES: terms.list_of_figures,
        ContentsKind.TABLES: terms.list_of_tables,
        ContentsKind.LISTINGS: terms.list_of_listings,
    }
    entries = list(entries_of(contents, setting))
    word = words[contents.kind]
    title = contents.title or (nodes.Text(text=word),)
    if not entries and plain_text(title) == word:
        return named(contents.key, [])
    style = setting.styles.of(StyleKey.CONTENTS_TITLE)
    if contents.key in lists_that_run_on(setting.resolved.document):
        style = run_on_style(style)
    boxes += keep_with_next(set_text(title, style, place, setting, Owner(contents.key, Part.TITLE)))
    hangs = _hangs(entries, setting)
    for at, entry in enumerate(entries):
        made = _set_entry(contents.key, entry, hangs[entry.level], place, setting)
        deeper = at and entry.level > entries[at - 1].level
        if made and at and (deeper or at == len(entries) - 1):
            made[0] = replace(made[0], penalty=FORBIDDEN)
        boxes += made
    return named(contents.key, boxes)


def _hangs(entries: list[Entry], setting: Setting) -> dict[int, float]:
    """Return for each level how far its texts stand from its numbers: as the widest number needs."""
    hangs: dict[int, float] = {}
    for entry in entries:
        style = _style_of(entry, setting)
        width = 0.0
        if entry.number:
            width = setting.setter.line(entry.number, style, Artifact.LAYOUT).width + NUMBER_GAP * style.size
        hangs[entry.level] = max(hangs.get(entry.level, 0.0), width)
    return hangs


def _set_entry(key: int, entry: Entry, hang: float, place: Place, setting: Setting) -> Boxes:
    style = _style_of(entry, setting)
    outer = place.indented(style)
    folio_owner = Owner(key, Part.PAGE, entry=entry.key)
    folio = setting.setter.line(setting.labels.get(entry.key, UNKNOWN_PAGE), style, folio_owner)
    room = max(PAGE_ROOM * style.size, folio.width + style.size)
    content = entry.content or (nodes.Text(text=entry.number or entry.id),)
    owner = Owner(key, entry=entry.key)
    boxes = set_text(content, setting.bare(style), outer.inside(hang, room), setting, owner)
    boxes = [
        replace(box, penalty=FORBIDDEN if at else 0.0, notes=(), keys=()) for at, box in enumerate(boxes)
    ]
    if not boxes:
        return []
    if entry.number:
        number = setting.setter.line(entry.number, style, Owner(key, Part.LABEL, entry=entry.key))
        boxes = with_marker(boxes, number, outer.left)
    boxes[-1] = _with_page(boxes[-1], folio, outer, style, setting)
    title = plain_text(content).replace("\n", " ")
    for at, box in enumerate(boxes):
        area = Placed(outer.left, 0.0, LinkArea(outer.width, box.height, f"#{entry.id}", owner, title))
        shown = [each for each in box.frames if not isinstance(each.frame, LinkArea)]
        boxes[at] = replace(box, frames=(*shown, area) if entry.id else tuple(shown))
    return spaced(boxes, style.space_before, style.space_after)


def _with_page(box: Box, folio: Line, outer: Place, style: Style, setting: Setting) -> Box:
    """Return an entry's last line with its leader and page number."""
    baseline = _baseline(box.frames, folio.ascent)
    right = outer.left + outer.width
    begins = _right_end(box.frames, outer.left) + LEADER_STEP * style.size
    dot = setting.setter.line(".", setting.changed(style, weight=400), Artifact.LAYOUT)
    ends = right - folio.width - LEADER_STEP * style.size / 2 - dot.width
    step = LEADER_STEP * style.size
    first, last = math.ceil((right - ends) / step), math.floor((right - begins) / step)
    under: tuple[Placed, ...] = ()
    if last >= first:
        spacing = round(step - dot.width, 2)
        leader = setting.changed(style, weight=400, letter_spacing=spacing)
        dots = setting.setter.line("." * (last - first + 1), leader, Artifact.LAYOUT)
        under = (Placed(right - step * last, baseline, dots.frame),)
    page = Placed(right - folio.width + folio.x, baseline, folio.frame)
    return replace(box, frames=(*box.frames, page), under=(*box.under, *under))


def _style_of(entry: Entry, setting: Setting) -> Style:
    return setting.styles.of(STYLES[min(max(entry.level, 1), len(STYLES)) - 1])


def _baseline(frames: tuple[Placed, ...], default: float) -> float:
    return next((each.y for each in frames if isinstance(each.frame, TextLine)), default)


def _right_end(frames: tuple[Placed, ...], default: float) -> float:
    """Return where the text of a line ends."""
    ends = [
        each.x + run.x + run.width
        for each in frames
        if isinstance(each.frame, TextLine)
        for run in each.frame.runs
    ]
    return max(ends, default=default)
