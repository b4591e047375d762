"""Typesetting: from a resolved document and a style sheet to pages of frames.

    blocks -> boxes -> sheets -> pages, again while page numbers that the text shows have changed

A document without a table of contents and without references to pages takes one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final

import msgspec

from octavo.diagnostics import Diagnostic, warning
from octavo.fonts.book import FontBook
from octavo.theme.running import fields
from octavo.theme.style import PageStyle, StyleSheet
from octavo.transforms.resolved import Resolved
from octavo.tree import nodes
from octavo.tree.semantics import StyleKey
from octavo.tree.walk import walk
from octavo.typeset.ahead import AidedSetter
from octavo.typeset.assembly import Spread, assemble
from octavo.typeset.blocks import set_blocks
from octavo.typeset.boxes import FORBIDDEN, Boxes, Force, height_of, over_all_columns, replace
from octavo.typeset.filling import Foot, foot_gap
from octavo.typeset.foresight import Foresight
from octavo.typeset.frames import FontUse, Layout, Page
from octavo.typeset.geometry import column_width, side_of, text_area
from octavo.typeset.margin import settle
from octavo.typeset.matter import main_matter, page_labels
from octavo.typeset.mirror import mirrored_frames
from octavo.typeset.notes import set_note
from octavo.typeset.pages import Flow, Sheet, paginate, stretches
from octavo.typeset.paragraphs import ParagraphSetter
from octavo.typeset.running import PageFacts, masthead_frames, page_sections, running_frames
from octavo.typeset.setting import LineSetter, Place, Setting, has_page_references
from octavo.typeset.shares import Share, standing
from octavo.typeset.titles import raise_title, set_title_block
from octavo.workers import NOBODY, Workers

MOST_PASSES: Final = 5
SHORT_PAGE: Final = 1 / 3
"""A last page that is filled no more than this is better saved."""


class _Pages(msgspec.Struct, frozen=True):
    sheets: list[Sheet]
    spreads: list[Spread]
    page_of: Mapping[int, int]
    labels: tuple[str, ...]


def typeset(
    resolved: Resolved,
    styles: StyleSheet,
    fonts: FontBook,
    workers: Workers = NOBODY,
    foresight: Foresight | None = None,
) -> tuple[Layout, tuple[Diagnostic, ...]]:
    """Return the pages of a document, and what there is to say of them. Workers may help with a long one,
    and something may be known of its words."""
    setter = ParagraphSetter(resolved, styles, fonts, foresight)
    if not workers.count:
        return typeset_with(setter, resolved, styles)
    aided = AidedSetter(setter)
    place = Place(left=0.0, width=column_width(styles.page))

    def set_part(share: Share, noting: LineSetter) -> None:
        setting = _setting(noting, resolved, styles)
        blocks, notes = share
        for block, where in blocks:
            setting.blocks((block,), where)
        # Notes are set when the pages are filled, after all that stands above them.
        for note in notes:
            set_note(note.key, place, setting)

    try:
        aided.begin(list(standing(resolved.document.content, place)), workers, set_part)
        return typeset_with(aided, resolved, styles)
    finally:
        aided.close()


def typeset_with(
    setter: LineSetter, resolved: Resolved, styles: StyleSheet
) -> tuple[Layout, tuple[Diagnostic, ...]]:
    """Return the pages that a setter of lines makes of a document."""
    setting = _setting(setter, resolved, styles)
    setting.repeated = has_page_references(resolved)
    raise_title(_title_place(setting), setting)
    pages, converged = _passes(setting)
    found = list(setter.diagnostics)
    found += setting.diagnostics
    if not converged:
        hint = "a page number that grows moves the text it counts; shorten a title, or break a page by hand"
        found.append(
            warning("not-converged", f"page numbers still changed after {MOST_PASSES} passes", hint=hint)
        )
    found += _overfull(pages)
    layout = _layout(pages, setting, setter.fonts)
    return layout, tuple(dict.fromkeys(found))


def _setting(setter: LineSetter, resolved: Resolved, styles: StyleSheet) -> Setting:
    return Setting(resolved, styles, setter, set_blocks, text_area(1, styles.page).height)


def _passes(setting: Setting) -> tuple[_Pages, bool]:
    """Set the document until the page numbers in it are those of its pages."""
    for _ in range(MOST_PASSES):
        setting.diagnostics.clear()
        setting.use_labels(setting.labels)
        pages = _set_pages(setting)
        labels = {key: pages.labels[at] for key, at in pages.page_of.items()}
        if not setting.repeated or labels == setting.labels:
            return pages, True
        setting.labels = labels
    return pages, False


def _set_pages(setting: Setting) -> _Pages:
    """Make one pass: blocks to boxes, boxes to sheets, sheets to frames."""
    page = setting.styles.page
    place = Place(left=0.0, width=column_width(page))
    notes: dict[int, Boxes] = {}

    def note(key: int) -> Boxes:
        if key not in notes:
            notes[key] = _note(key, place, setting)
        return notes[key]

    head = set_title_block(_title_place(setting), setting)
    body = setting.blocks(setting.resolved.document.content, place)
    opening = main_matter(setting.resolved, setting.styles)
    _open_pages(head, body, opening, page)
    if page.margin_column and page.columns <= 1:
        body = settle(body, place.width, setting.page_height)
    flows = [Flow(head + body)] if page.columns <= 1 else _flows(over_all_columns(head) + body)
    sheets = _filled(flows, setting, Foot(foot_gap(page), note))
    spreads = assemble(sheets, page, leftwards=setting.leftwards)
    page_of: dict[int, int] = {}
    for at, spread in enumerate(spreads):
        for anchor in spread.anchors:
            page_of.setdefault(anchor.key, at)
    return _Pages(sheets, spreads, page_of, page_labels(len(spreads), page_of.get(opening, 0)))


def _title_place(setting: Setting) -> Place:
    return Place(left=0.0, width=text_area(0, setting.styles.page).width)


def _note(key: int, place: Place, setting: Setting) -> Boxes:
    found = setting.index.note_by_key.get(key)
    content = found.footnote.content if found is not None else ()
    return setting.kept(("note", key), content, lambda: set_note(key, place, setting))


def _filled(flows: Sequence[Flow], setting: Setting, foot: Foot) -> list[Sheet]:
    """Return the pages of flows. Where the last page of a stretch, as of a chapter, would hold a few lines, all pages
    of the stretch run a line longer if that saves it; what an author's own page break ends stays as it is."""
    page = setting.styles.page
    sheets = paginate(_copied(flows), page, foot)
    line = setting.styles.of(StyleKey.PARAGRAPH).leading
    if page.margin_bottom - line < page.footer_baseline + line:
        return sheets
    longer = msgspec.structs.replace(page, margin_bottom=page.margin_bottom - line)
    before = stretches(sheets)
    short = [at for at, found in before.items() if len(found) > 1 and _is_short(found[-1])]
    if any(at + 1 in before for at in short):
        breaks = _page_breaks(setting.resolved)
        short = [at for at in short if not _begins_with(before.get(at + 1), breaks)]
    if not short:
        return sheets
    tried = paginate(_copied(flows), page, foot, dict.fromkeys(short, longer))
    trial = stretches(tried)
    saved = [at for at in short if len(trial.get(at, before[at])) < len(before[at])]
    if saved == short:
        return tried
    return paginate(_copied(flows), page, foot, dict.fromkeys(saved, longer)) if saved else sheets


def _page_breaks(resolved: Resolved) -> frozenset[int]:
    """Return the keys of an author's own page breaks."""
    return frozenset(node.key for node in walk(resolved.document) if isinstance(node, nodes.PageBreak))


def _begins_with(sheets: Sequence[Sheet] | None, keys: frozenset[int]) -> bool:
    """Say whether pages begin with one of some nodes."""
    if not sheets:
        return False
    first = sheets[0].columns[0]
    return any(
        not keys.isdisjoint(box.keys) for box in first.boxes[first.filling.start : first.filling.start + 1]
    )


def _copied(flows: Sequence[Flow]) -> list[Flow]:
    """Return the flows with boxes of their own: pages put figures where they fit."""
    return [msgspec.structs.replace(flow, boxes=list(flow.boxes)) for flow in flows]


def _is_short(sheet: Sheet) -> bool:
    """Say whether a page holds little, and did not begin by force."""
    if not sheet.columns:
        return False
    first = sheet.columns[0]
    begun = first.filling.start < first.filling.end and first.boxes[first.filling.start].force
    return not begun and all(
        column.filling.height + height_of(column.filling.notes) < SHORT_PAGE * column.area.height
        for column in sheet.columns
    )


def _flows(boxes: Boxes) -> list[Flow]:
    """Return boxes as flows, of what stands in a column and what stands over all of them by turns; a heading goes with
    what comes after it."""
    boxes = list(boxes)
    for at in range(len(boxes) - 1, 0, -1):
        above, box = boxes[at - 1], boxes[at]
        if box.wide and not above.wide and (above.keeps or box.penalty >= FORBIDDEN):
            boxes[at - 1] = replace(above, wide=True)
    return [Flow(list(made), wide=wide) for wide, made in groupby(boxes, key=attrgetter("wide"))]


def _open_pages(head: Boxes, body: Boxes, opening: int, page: PageStyle) -> None:
    """Let what follows a title page begin a page, and the main matter a right-hand one where pages face each other."""
    force: Force = "recto" if page.facing else "page"
    if head and body and page.title_page:
        head[-1] = replace(head[-1], keeps=False)
        body[0] = replace(body[0], force=force)
    if opening and page.facing:
        at = next((at for at, box in enumerate(body) if opening in box.keys), 0)
        body[at] = replace(body[at], force=force)


def _layout(pages: _Pages, setting: Setting, fonts: Callable[[], tuple[FontUse, ...]]) -> Layout:
    """Put running heads and the masthead on the pages."""
    page = setting.styles.page
    count = len(pages.spreads)
    about = dict(fields(setting.resolved.document.metadata, setting.index))
    about["pages"] = str(count)
    sections = page_sections(setting, pages.page_of, count)
    made: list[Page] = []
    for at, spread in enumerate(pages.spreads):
        artifacts, content = spread.artifacts, spread.content
        title, number = sections[at]
        if at == 0:
            band, words = masthead_frames(about, setting)
            if setting.leftwards:
                band, words = ([*mirrored_frames(frames, page.width)] for frames in (band, words))
            artifacts, content = band + artifacts, words + content
        if spread.content or at == 0:
            label = pages.labels[at]
            facts = PageFacts(at, label) if spread.opens else PageFacts(at, label, title, number)
            running = running_frames(facts, about, setting)
            if setting.leftwards:
                running = [*mirrored_frames(running, page.width)]
            artifacts = artifacts + running
        made.append(
            Page(
                label=pages.labels[at],
                side=side_of(at, page),
                frames=(*artifacts, *content),
                anchors=tuple(spread.anchors),
                start=spread.start,
                turned=spread.turned,
            )
        )
    return Layout(
        width=page.width,
        height=page.height,
        bleed=page.bleed,
        pages=tuple(made),
        fonts=fonts(),
        page_of=pages.page_of,
        title_scale=setting.title_scale,
        raised=setting.raised,
        leftwards=setting.leftwards,
    )


def _overfull(pages: _Pages) -> list[Diagnostic]:
    found = []
    for at, sheet in enumerate(pages.sheets):
        if any(column.filling.overfull for column in sheet.columns):
            hint = "make what stands there smaller, or the margins"
            message = f"page {pages.labels[at]} holds something taller than it is"
            found.append(warning("overfull-page", message, hint=hint))
    return found
