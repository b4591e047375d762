"""Tables: caption above, columns as wide as their content asks, a head that every page repeats, notes below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Final

import msgspec

from octavo.diagnostics import info, warning
from octavo.theme.style import Style
from octavo.tree import nodes
from octavo.tree.semantics import StyleKey
from octavo.typeset.boxes import (
    DISLIKED,
    FORBIDDEN,
    LONELY,
    SOFT,
    UNWANTED,
    Box,
    Boxes,
    Repeat,
    Span,
    decorated,
    height_of,
    inset,
    keep,
    keep_with_next,
    named,
    over_all_columns,
    replace,
)
from octavo.typeset.cells import Tabulated, cell_style, decimal_widths, need_of, side_padding, text_of
from octavo.typeset.columns import (
    CRAMPED,
    Need,
    column_needs,
    column_widths,
    fits,
    joint_widths,
    need_of_all,
    table_width,
)
from octavo.typeset.frames import Artifact, Placed, TextLine
from octavo.typeset.grid import Standing, make_grid
from octavo.typeset.margin import with_caption
from octavo.typeset.row_heights import CellText, Texts
from octavo.typeset.rows import Frame, Section, set_rows
from octavo.typeset.setting import Place, Setting
from octavo.typeset.text import caption_place, set_caption

SCALES: Final = (1.0, 0.93, 0.86, 0.8, 0.74)
"""How much smaller the text of a table that is too wide is made, step by step."""
SMALLER: Final = (0.66, 0.58, 0.5)
"""How much smaller large type is made then, rather than divide words, while it is still as large as small type is."""
LARGE: Final = 7.0
"""Of so many points at least."""
ROUNDED: Final = 1.001
"""Sizes of type are whole hundredths of a point, so that a word made smaller may be wider by so much than it should."""
SMALLEST: Final = 6.0
"""Below this size nobody reads a table, in points."""
READABLE: Final = 0.93
"""Type smaller than this share of the notes' under tables is too small where the table can be turned instead."""
SMALL: Final = 1 / 3
"""A table that takes no more than this of a page is kept whole, unless that leaves as much of one empty as it costs."""
VERY_SMALL: Final = 1 / 6
"""One that takes no more than this is kept whole in any case."""
WAITS: Final = 2 / 3
"""A table that has a number and takes no more than this may wait for the next page, and text goes before it."""
HIGH_ROW: Final = 3.0
"""A row higher than so many lines may stand alone at a page's foot or head."""
REPEATED: Final = 1 / 3
"""A head that takes more than this of a page is not repeated."""


class _Part(msgspec.Struct, frozen=True):
    """Rows as the source has them, and in their grid."""

    rows: Sequence[nodes.Row]
    grid: Sequence[Sequence[Standing]]
    head: bool
    keys: tuple[int, ...] = ()


def set_table(table: nodes.Table, place: Place, setting: Setting) -> Boxes:
    """Set a table."""
    whole = setting.over_columns(place)
    parts, columns = _parts_of(table)
    measured = _measured(table, parts, columns, setting)
    over_all = whole is not None and _is_cramped(measured, place.width)
    place = whole if whole is not None and over_all else place
    beyond = setting.over_margin(place) or setting.over_outdent(place)
    if beyond is not None and _is_cramped(measured, place.width):
        place = beyond
    if not place.nested and _must_turn(table, measured, place, setting):
        return _set_turned(table, parts, measured, place, setting)
    boxes = _set_table(table, parts, measured, place, setting)
    return over_all_columns(boxes) if over_all else boxes


def _must_turn(table: nodes.Table, measured: _Measured, place: Place, setting: Setting) -> bool:
    """Say whether a table is too wide for its place however small its text is made, and turning it helps.

    It helps where its text can be larger so than the smallest that is readable, and where it has to be smaller; also
    where many columns are too wide for any page; where one column alone is, it would be so on a turned page too.
    """
    style = setting.style_of(table, StyleKey.TABLE)
    readable = READABLE * setting.within(StyleKey.TABLE_NOTE, setting.container_of(table)).size

    def has_room(width: float, least: float = 0.0) -> bool:
        inner = msgspec.structs.replace(place, width=width).indented(style).inside(*inset(style))
        return _fitting(style, measured, inner.width, least) is not None

    if setting.page_height <= place.width or has_room(place.width, readable):
        return False
    if has_room(setting.page_height, readable):
        return True
    if has_room(place.width):
        return False
    least = sorted(need.least for need in measured.needs(scales_of(style.size)[-1]))
    return sum(least[:-1]) > place.width or has_room(setting.page_height)


def _set_turned(
    table: nodes.Table, parts: Sequence[_Part], measured: _Measured, place: Place, setting: Setting
) -> Boxes:
    """Set a table along the page, on one of its own. What comes after it fills the page that it was met on."""
    message = "a table is too wide for its place; it stands turned, on a page of its own"
    setting.diagnostics.append(info("table-turned", message, table.position))
    with setting.turned() as along:
        boxes = _set_table(table, parts, measured, along.speaking(place.language), setting)
    boxes[0] = replace(boxes[0], force="")
    return [Box(height=0.0, key=table.key, aside=tuple(boxes))]


def _set_table(
    table: nodes.Table, parts: Sequence[_Part], measured: _Measured, place: Place, setting: Setting
) -> Boxes:
    style = setting.style_of(table, StyleKey.TABLE)
    outer = place.indented(style)
    inner = outer.inside(*inset(style))
    body, wide = _set_body(table, parts, measured, inner, setting) if parts else ([], 0.0)
    span = Span(
        left=outer.left,
        width=wide + outer.width - inner.width,
        background=style.background,
        top=style.border_top,
        right=style.border_right,
        bottom=style.border_bottom,
        left_border=style.border_left,
        repeats=True,
    )
    body = [replace(box, spans=(span, *box.spans)) for box in body]
    notes = setting.blocks(table.notes, outer)
    if notes and body:
        notes[0] = replace(notes[0], penalty=FORBIDDEN)
    margin = caption_place(table.caption, place, body, setting)
    caption = set_caption(table.key, table.caption, margin or outer, setting) if table.caption else []
    above = with_caption(body, caption) if margin else keep_with_next(caption) + body
    boxes = above + notes
    height = height_of(boxes)
    if height < setting.page_height * SMALL:
        boxes = keep(boxes, UNWANTED if height < setting.page_height * VERY_SMALL else SOFT)
    if height < setting.page_height * WAITS and table.key in setting.index.labels:
        serial = setting.next_serial()
        boxes = [replace(box, floats=serial) for box in boxes]
    unboxed = setting.changed(
        setting.bare(style), space_before=style.space_before, space_after=style.space_after
    )
    return named(table.key, decorated(boxes, unboxed, outer.left, outer.width))


def _parts_of(table: nodes.Table) -> tuple[list[_Part], int]:
    """Return head, bodies and foot with the column of every cell, and how many columns there are."""
    columns = max(1, len(table.columns))
    parts: list[_Part] = []
    sources = [(table.head, True, ()), *((body.rows, False, (body.key,)) for body in table.bodies)]
    for rows, head, keys in [*sources, (table.foot, False, ())]:
        if rows:
            grid = make_grid(rows, columns)
            columns = max(columns, grid.columns)
            parts.append(_Part(rows, grid.rows, head, keys))
    return parts, columns


def _set_body(
    table: nodes.Table, parts: Sequence[_Part], measured: _Measured, place: Place, setting: Setting
) -> tuple[Boxes, float]:
    """Return the boxes of all rows, and how wide they are."""
    widths, fitted = _widths(table, measured, place, setting)
    frame = Frame(left=place.left, widths=widths, language=place.language)
    head: Boxes = []
    boxes: Boxes = []
    for at, part in enumerate(parts):
        cells = [[_tabulated(each, table, part.head, fitted, setting) for each in row] for row in part.grid]
        section = Section(
            rows=part.rows,
            cells=cells,
            head=part.head,
            keys=part.keys,
            room=setting.page_height - _taken(head, setting),
        )
        made = set_rows(section, frame, setting, last=at == len(parts) - 1)
        if part.head:
            head = keep(made, FORBIDDEN) if height_of(made) < setting.page_height * REPEATED * 2 else made
            head[-1] = replace(head[-1], keeps=len(parts) > 1)
        else:
            boxes += made
    if len(boxes) > 2:
        high = HIGH_ROW * setting.style_of(table, StyleKey.TABLE).leading
        for at, alone in ((1, boxes[0]), (len(boxes) - 1, boxes[-1])):
            cost = DISLIKED if alone.height > high else LONELY
            boxes[at] = replace(boxes[at], penalty=max(boxes[at].penalty, cost))
    height = _taken(head, setting)
    if height:
        repeat = Repeat(tuple(_as_artifact(box) for box in head), height)
        least = setting.page_height - height
        boxes = [replace(box, repeat=repeat) if box.height <= least else box for box in boxes]
    return head + boxes, sum(widths)


def _taken(head: Boxes, setting: Setting) -> float:
    """Return what a repeated head takes of a page; nought where it is too high to be repeated."""
    height = height_of(head)
    return height if height < setting.page_height * REPEATED else 0.0


def _text_style(each: Standing, table: nodes.Table, box: Style, scale: float, setting: Setting) -> Style:
    """Return the style of a cell's text: aligned as the cell or its column asks."""
    align = _alignment(each, table)
    align = "right" if align == "decimal" else align or box.align
    return setting.changed(
        setting.bare(box), align=align, size=round(box.size * scale, 2), leading=round(box.leading * scale, 2)
    )


def _alignment(each: Standing, table: nodes.Table) -> nodes.Alignment:
    """Return the side that a cell's author has named, or that of its column."""
    column = table.columns[each.column] if each.column < len(table.columns) else None
    return each.cell.align or (column.align if column else "")


def _is_decimal(each: Standing, table: nodes.Table, *, head: bool) -> bool:
    if head or each.column_span > 1:
        return False
    return _alignment(each, table) == "decimal"


def _tabulated(
    each: Standing, table: nodes.Table, head: bool, fitted: _Fitted, setting: Setting
) -> Tabulated:
    box = cell_style(each.cell, setting, head=head)
    text = _text_style(each, table, box, fitted.scale, setting)
    if not fitted.whole:
        text = setting.changed(text, hyphenate=True)
    named = bool(_alignment(each, table))
    tail = lag = 0.0
    parted = decimal_widths(each.cell, text, setting) if _is_decimal(each, table, head=head) else None
    if parted:
        after = fitted.after.get(each.column, 0.0) * fitted.scale
        tail, lag = after + parted[0], after - parted[1]
        text = setting.changed(text, align="left")
    return Tabulated(
        standing=each, box=box, text=text, decimal=bool(parted), whole=tail, lag=lag, named=named
    )


class _Fitted(msgspec.Struct, frozen=True):
    """How the text of a table is set: how much smaller, whether its columns hold all words whole, which must be divided
    else, and what numbers have after their decimal separators, by column."""

    scale: float
    whole: bool
    after: dict[int, float]


class _Measured(msgspec.Struct, frozen=True):
    """What the columns of a table need: their text, their padding, and what stands after decimal separators; and what
    stands in its rows, for who has to choose among widths."""

    text: Sequence[Need]
    padding: Sequence[Need]
    shares: Sequence[float]
    after: dict[int, float]
    rows: Callable[[], list[list[CellText]]]

    def texts(self, scale: float) -> Texts:
        """Return what stands in the rows with their text made smaller."""
        return Texts(self.rows(), [each.most for each in self.padding], scale)

    def needs(self, scale: float) -> list[Need]:
        """Return what the columns need with their text made smaller."""
        wider = scale * ROUNDED if scale < 1.0 else 1.0
        return [
            Need(
                text.least * wider + padding.least,
                text.most * wider + padding.most,
                text.short * wider + padding.short,
            )
            for text, padding in zip(self.text, self.padding, strict=True)
        ]

    def widths(self, scale: float, measure: float) -> list[float] | None:
        """Return widths that hold every word, the author's own if they do; None where there are none."""
        needs = self.needs(scale)
        for asked in (self.shares, [0.0] * len(self.shares)) if any(self.shares) else (self.shares,):
            whole = table_width(needs, asked, measure)
            widths = column_widths(needs, asked, whole, partial(self.texts, scale))
            if fits(needs, widths):
                return widths
        return None


def _measured(table: nodes.Table, parts: Sequence[_Part], columns: int, setting: Setting) -> _Measured:
    needs: list[tuple[Standing, Need]] = []
    paddings: list[tuple[Standing, Need]] = []
    after: dict[int, float] = {}
    before: dict[int, float] = {}
    for part in parts:
        for row in part.grid:
            for each in row:
                box = cell_style(each.cell, setting, head=part.head)
                text = _text_style(each, table, box, 1.0, setting)
                needs.append((each, need_of(each.cell.content, text, setting)))
                padding = side_padding(box)
                paddings.append((each, Need(padding, padding, padding)))
                if _is_decimal(each, table, head=part.head) and (
                    parted := decimal_widths(each.cell, text, setting)
                ):
                    for found, wide in zip((before, after), parted, strict=True):
                        found[each.column] = max(found.get(each.column, 0.0), wide)
    bare = column_needs(columns, needs)
    for column, wide in before.items():
        whole = wide + after[column]
        need = bare[column]
        bare[column] = Need(max(need.least, whole), max(need.most, whole), max(need.short, whole))
    shares = [each.width for each in table.columns] + [0.0] * (columns - len(table.columns))
    rows = cache(partial(_texts_of, table, parts, setting))
    return _Measured(bare, column_needs(columns, paddings), shares, after, rows)


def _texts_of(table: nodes.Table, parts: Sequence[_Part], setting: Setting) -> list[list[CellText]]:
    """Return the text of a table's rows, without cells over several columns."""
    return [
        [
            text_of(
                each,
                _text_style(each, table, cell_style(each.cell, setting, head=part.head), 1.0, setting),
                setting,
                head=part.head,
            )
            for each in row
            if each.column_span == 1
        ]
        for part in parts
        for row in part.grid
    ]


def _is_cramped(measured: _Measured, measure: float) -> bool:
    """Say whether a column is too narrow for a table: for its words, or for lines of more than a word or two."""
    natural = sum(need.most for need in measured.needs(1.0))
    return measured.widths(1.0, measure) is None or (len(measured.text) > 2 and natural > CRAMPED * measure)


def _widths(
    table: nodes.Table, measured: _Measured, place: Place, setting: Setting
) -> tuple[list[float], _Fitted]:
    """Return the columns' widths, and how their text is set."""
    shared = _shared_widths(table, place, setting)
    if shared is not None:
        return shared, _Fitted(1.0, True, measured.after)
    found = _fitting(setting.style_of(table, StyleKey.TABLE), measured, place.width)
    if found is not None:
        _say_scaled(table, found[1], setting)
        return found[0], _Fitted(found[1], True, measured.after)
    hint = "give it fewer columns, shorter words, or a page of its own"
    setting.diagnostics.append(
        warning(
            "table-too-wide", "a table is wider than its place; long words are broken", table.position, hint
        )
    )
    scale = scales_of(setting.style_of(table, StyleKey.TABLE).size)[-1]
    free = [0.0] * len(measured.text)
    widths = column_widths(measured.needs(scale), free, place.width, partial(measured.texts, scale))
    return widths, _Fitted(scale, False, measured.after)


def _shared_widths(table: nodes.Table, place: Place, setting: Setting) -> list[float] | None:
    """Return the widths that the columns of all tables with the same heads have in a place; None where there is but
    one, or where its text has to be made smaller for them or would stand in more lines."""
    alike = setting.index.alike.get(table.key)
    if alike is None:
        return None
    key = (alike[0].key, place.width)
    if key not in setting.alike:
        measured = [_measured(each, *_parts_of(each), setting) for each in alike]

        def texts() -> Texts:
            padding = map(need_of_all, zip(*(each.padding for each in measured), strict=True))
            return Texts([row for each in measured for row in each.rows()], [each.most for each in padding])

        setting.alike[key] = joint_widths([each.needs(1.0) for each in measured], place.width, texts)
    return setting.alike[key]


def scales_of(size: float) -> tuple[float, ...]:
    """Return how much smaller the text of a table may be made, whose type is of a size."""
    return (*SCALES, *(scale for scale in SMALLER if size * scale >= LARGE))


def _fitting(
    style: Style, measured: _Measured, measure: float, least: float = 0.0
) -> tuple[list[float], float] | None:
    """Return widths that hold every word, and the scale of the text for which they do; None where there is none, or
    where type would have to be smaller than the least size."""
    for scale in scales_of(style.size):
        if scale < 1.0 and style.size * scale < least:
            break
        widths = measured.widths(scale, measure)
        if widths is not None:
            return widths, scale
        if style.size * scale < SMALLEST:
            break
    return None


def _say_scaled(table: nodes.Table, scale: float, setting: Setting) -> None:
    if scale < 1.0:
        message = f"a table is too wide for its place; its text was made {round(100 * (1 - scale))} % smaller"
        setting.diagnostics.append(info("table-scaled", message, table.position))


def _as_artifact(box: Box) -> Box:
    """Return a head's row as it stands on the pages after its first: without keys, notes, or a place in the text."""
    frames: list[Placed] = []
    for placed in box.frames:
        if isinstance(placed.frame, TextLine):
            runs = tuple(replace(run, owner=Artifact.LAYOUT) for run in placed.frame.runs)
            frames.append(replace(placed, frame=replace(placed.frame, runs=runs)))
    return replace(
        box, frames=(), under=(*box.under, *frames), keys=(), notes=(), key=0, spans=(), keeps=False
    )
