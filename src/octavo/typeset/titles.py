"""The title block at the head of the text: title, subtitle, and who wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from octavo.diagnostics import info
from octavo.theme.style import PageStyle
from octavo.tree import nodes
from octavo.tree.metadata import Author
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.typeset.boxes import FORBIDDEN, Boxes, height_of, keep_with_next, replace
from octavo.typeset.frames import Owner
from octavo.typeset.geometry import text_area
from octavo.typeset.headings import set_title
from octavo.typeset.setting import Place, Setting
from octavo.typeset.text import places
from octavo.units import quantise

SMALLER: Final = (0.85, 0.72, 0.6, 0.5)
"""How much smaller a title is made that is too long, step by step."""
LONG: Final = 6
"""A title of no more lines than these is set as the theme has it, come what may."""
RAISED_AT: Final = 0.72
"""How much smaller a title is made before the band above it on a title page gives way."""
MOST_RAISED: Final = 0.45
"""What a title page's band may lose of its height."""
MOST: Final = 0.75
"""The title block takes no more than this share of a first page that holds text too."""


def raise_title(place: Place, setting: Setting) -> None:
    """Let the band on a title page be lower, and the text below it begin higher, where the title block would find no
    room there with a title that is somewhat smaller."""
    page = setting.styles.page
    if not page.title_page or page.masthead is None or page.first_margin_top <= page.masthead.height:
        return
    boxes, _ = _set_at(RAISED_AT, place, setting)
    missing = height_of(boxes) - text_area(0, page).height
    if missing <= 0:
        return
    rise = quantise(min(missing + 0.01, MOST_RAISED * page.masthead.height))
    setting.styles = msgspec.structs.replace(setting.styles, page=raised(page, rise))
    setting.raised = rise


def set_title_block(place: Place, setting: Setting) -> Boxes:
    """Set the title block, as far as the metadata go; a title that is too long for the page is made smaller."""
    page = setting.styles.page
    room = text_area(0, page).height * (1.0 if page.title_page else MOST)
    scale = 1.0
    boxes, lines = _set_at(scale, place, setting)
    if (lines > LONG or page.title_page) and height_of(boxes) > room:
        for scale in SMALLER:
            boxes, _ = _set_at(scale, place, setting)
            if height_of(boxes) <= room:
                break
    setting.title_scale = scale
    if scale < 1.0:
        message = f"the title is too long for its page; it was made {round(100 * (1 - scale))} % smaller"
        hint = "write a shorter title, or make a part of it the subtitle"
        setting.diagnostics.append(info("title-scaled", message, hint=hint))
    return keep_with_next(boxes)


def raised(page: PageStyle, rise: float) -> PageStyle:
    """Return a page whose band is lower, and whose first text begins higher, by some points."""
    band = page.masthead
    if band is None or not rise:
        return page
    lower = msgspec.structs.replace(band, height=band.height - rise)
    return msgspec.structs.replace(page, masthead=lower, first_margin_top=page.first_margin_top - rise)


def _set_at(scale: float, place: Place, setting: Setting) -> tuple[Boxes, int]:
    """Set the title block with the title so much smaller; return how many lines the title has, too."""
    about = setting.resolved.document.metadata
    parts = (
        (StyleKey.TITLE, "title", _text(about.title)),
        (StyleKey.SUBTITLE, "subtitle", _text(about.subtitle)),
        (StyleKey.BYLINE, "authors", _fitting_byline(about.authors, place, setting)),
    )
    boxes: Boxes = []
    lines = 0
    for key, field, content in parts:
        style = setting.styles.of(key)
        if key is StyleKey.TITLE and scale < 1.0:
            size, leading = round(style.size * scale, 2), round(style.leading * scale, 2)
            style = setting.changed(style, size=size, leading=leading)
        made = set_title(content, style, place, setting, Owner(0, metadata=field))
        boxes += [replace(box, penalty=FORBIDDEN) for box in made]
        if key is StyleKey.TITLE:
            lines = sum(bool(box.frames) for box in made)
    if boxes:
        boxes[0] = replace(boxes[0], penalty=0.0)
        # Where nobody is named, text is as far from the title as it would be from the names.
        boxes[-1] = replace(
            boxes[-1], after=max(boxes[-1].after, setting.styles.of(StyleKey.BYLINE).space_after)
        )
    return boxes, lines


def _text(text: str) -> tuple[nodes.Inline, ...]:
    return (nodes.Text(text=text),) if text.strip() else ()


def _fitting_byline(authors: Sequence[Author], place: Place, setting: Setting) -> tuple[nodes.Inline, ...]:
    """Return names and affiliations; the latter on lines of their own where one does not fit beside its names."""
    content = byline(authors)
    style = setting.styles.of(StyleKey.BYLINE)
    lines = setting.lines(content, style, places(style, place)[1], Owner(0, metadata="authors"))
    wanted = 1 + sum(isinstance(each, nodes.LineBreak) for each in content)
    return byline(authors, apart=True) if len(lines) > wanted else content


def byline(authors: Sequence[Author], *, apart: bool = False) -> tuple[nodes.Inline, ...]:
    """Return names and affiliations: those that share an affiliation stand on one line, before it, or above it where
    they are to stand apart."""
    houses: dict[str, list[str]] = {}
    for author in authors:
        if author.name.strip():
            houses.setdefault(author.affiliation.strip(), []).append(author.name.strip())
    content: list[nodes.Inline] = []
    for affiliation, names in houses.items():
        if content:
            content.append(nodes.LineBreak())
        content.append(nodes.Strong(content=(nodes.Text(text=", ".join(names)),)))
        if affiliation:
            content.append(nodes.LineBreak() if apart else nodes.Text(text="\N{EM SPACE}"))
            content.append(
                nodes.Span(content=(nodes.Text(text=affiliation),), style=str(MarkKey.AFFILIATION))
            )
    return tuple(content)
