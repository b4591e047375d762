"""Tables: Word's own, with repeated header rows, spans, widths, a caption above and notes below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from octavo.theme.style import Style
from octavo.tree import nodes
from octavo.tree.direction import is_right_to_left
from octavo.tree.semantics import StyleKey
from octavo.tree.walk import plain_text
from octavo.typeset.cells import decimal_split
from octavo.typeset.grid import Standing, make_grid
from octavo.typeset.tables import READABLE
from octavo.units import twips
from octavo.writers.docx.columns import (
    Columns,
    Rows,
    Wanted,
    holds,
    is_cramped,
    is_decimal,
    measure_columns,
    share_alike,
    share_columns,
    text_of,
)
from octavo.writers.docx.figures import write_caption
from octavo.writers.docx.form import TabStop, border_xml
from octavo.writers.docx.job import Job
from octavo.writers.docx.place import (
    TURNED,
    Band,
    Paragraph,
    Pieces,
    Place,
    Table,
    keep_with_next,
    paragraphs,
    reform,
    visible,
    with_space,
    without_space,
)
from octavo.writers.docx.styles_part import TABLE_STYLE
from octavo.writers.docx.xml import attribute

_LETTER: Final = 0.5
"""The width of a letter, in ems: enough to share out columns; Word and readers break lines themselves."""
_SUNK: Final = '<w:vAlign w:val="bottom"/>'
"""A head's words stand above what they head, as in print."""
_LOOK: Final = (
    '<w:tblLook w:val="{value:04X}" w:firstRow="{head}" w:lastRow="{foot}" w:firstColumn="{column}" w:lastColumn="0" '
    'w:noHBand="1" w:noVBand="1"/>'
)
_FIRST_ROW, _LAST_ROW, _FIRST_COLUMN, _NO_BANDS = 0x0020, 0x0040, 0x0080, 0x0600
SMALL: Final = 1 / 3
"""A table that takes no more than this of a page is kept whole."""
MOST_COLUMNS: Final = 63
"""Word opens no table with more columns."""


class _Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A cell as it is written: `more` are cells that find no column, `rule_above` and `rule_below` part the table."""

    standing: Standing
    span: int
    kind: str
    rule_above: bool
    rule_below: bool
    styled: bool
    """It is in a head of one row, whose rules and fill are the table style's."""
    keeps: bool
    """The row stays with the next one."""
    more: tuple[nodes.Cell, ...] = ()


class _Grid(msgspec.Struct, frozen=True, kw_only=True):
    """What the rows of one table share."""

    table: nodes.Table
    widths: list[int]
    """In twips."""
    tails: dict[int, float]
    """What numbers need after their decimal separator, by column, in points."""
    place: Place
    head: Style
    cell: Style
    scale: float = 1.0
    """How much smaller its text is made."""
    whole: bool = False
    """It is small, and stays on one page."""


def write_table(table: nodes.Table, place: Place, job: Job) -> Pieces:
    """Write a table with its caption and notes."""
    place = place.speaking(table.language)
    use = job.use_of(table, StyleKey.TABLE)
    style = job.sheet.of(*use)
    parts, columns = _parts(table)
    styles = job.sheet.of(StyleKey.TABLE_HEAD, use[1]), job.sheet.of(StyleKey.TABLE_CELL, use[1])
    wanted = measure_columns(table, parts, min(columns, MOST_COLUMNS), styles, job)
    column = place
    place = _over_margin(wanted, _over_columns(wanted, place, job), job)
    turned = bool(parts) and columns <= MOST_COLUMNS and _must_turn(table, wanted, place, job)
    if turned:
        place = msgspec.structs.replace(place, width=job.text_height, left=0.0, right=0.0)
    outer = place.indented(style)
    pieces: Pieces = []
    if table.caption is not None:
        pieces = keep_with_next(write_caption(table.key, table.caption, job.index.terms.table, outer, job))
    if parts:
        if columns > MOST_COLUMNS:
            _say_too_wide(table, columns, job)
        shares = _shared(table, wanted, styles, outer.measure, job)
        widths = [twips(width) for width in shares.widths]
        shared = _Grid(
            table=table,
            widths=widths,
            tails=shares.tails,
            place=outer,
            head=styles[0],
            cell=styles[1],
            scale=shares.scale,
        )
        pieces.append(Table(_table(parts, shared, job)))
    pieces += job.blocks(table.notes, outer)
    if place.panel is not None:
        job.say(
            "panel-interrupted",
            "a table stands in a panel, which Word draws above and below it only",
            table.position,
        )
    with_space(pieces, style.space_before, style.space_after)
    if table.caption is not None and isinstance(pieces[0], Paragraph):
        _, within = job.use_of(table.caption, StyleKey.CAPTION)
        above = pieces[0]
        if within != StyleKey.TABLE:
            above.style = job.catalogue.variant("Table Caption", StyleKey.CAPTION, within, above.form)
    if turned or (job.sheet.page.columns > 1 and place.width > column.width):
        for piece in visible(pieces):
            piece.band = TURNED if turned else Band(1)
    return job.bookmarked(table, pieces, place)


def _shared(
    table: nodes.Table, wanted: Wanted, styles: tuple[Style, Style], measure: float, job: Job
) -> Columns:
    """Share a measure out among columns, alike in all tables with the same heads where that can be."""
    alike = job.index.alike.get(table.key)
    if alike is None:
        return share_columns(wanted, measure)
    key = (alike[0].key, measure)
    if key not in job.alike:
        found = [(each, *_parts(each)) for each in alike]
        needs = [
            measure_columns(each, parts, min(columns, MOST_COLUMNS), styles, job)
            for each, parts, columns in found
        ]
        job.alike[key] = share_alike(needs, measure)
    widths = job.alike[key]
    return share_columns(wanted, measure) if widths is None else Columns(widths, wanted.tails, 1.0)


def _must_turn(table: nodes.Table, wanted: Wanted, place: Place, job: Job) -> bool:
    """Say whether no page holds a table upright in type that can be read, and one on its side does, as in print."""
    if place.nested or place.cell or place.panel is not None:
        return False
    style = job.style_of(table, StyleKey.TABLE)
    upright = place.indented(style).measure
    aside = msgspec.structs.replace(place, width=job.text_height, left=0.0, right=0.0).indented(style).measure
    readable = READABLE * job.sheet.of(StyleKey.TABLE_NOTE, job.use_of(table, StyleKey.TABLE)[1]).size
    if aside <= upright or holds(wanted, upright, readable):
        return False
    return holds(wanted, aside, readable) or (not holds(wanted, upright) and holds(wanted, aside))


def _over_columns(wanted: Wanted, place: Place, job: Job) -> Place:
    """Return the place over all columns of the page for a table that is too wide for one of them."""
    if place.nested or place.cell or place.note or place.panel is not None or job.sheet.page.columns <= 1:
        return place
    if place.width >= job.page_measure or not is_cramped(wanted, place.measure):
        return place
    return msgspec.structs.replace(place, width=job.page_measure)


def _over_margin(wanted: Wanted, place: Place, job: Job) -> Place:
    """Return the place over the column and the margin beside it for a table that is too wide for the column; without
    such a margin that from where running heads begin."""
    page = job.sheet.page
    if place.nested or place.cell or page.columns > 1 or not is_cramped(wanted, place.measure):
        return place
    if page.facing or not page.margin_column:
        return msgspec.structs.replace(place, left=place.left + min(0.0, page.running_left))
    return msgspec.structs.replace(place, width=place.width + page.margin_column_gap + page.margin_column)


def _parts(table: nodes.Table) -> tuple[list[Rows], int]:
    columns = max(1, len(table.columns))
    found: list[Rows] = []
    sources = [(table.head, "head"), *((body.rows, "body") for body in table.bodies), (table.foot, "foot")]
    for rows, kind in sources:
        if rows:
            grid = make_grid(rows, columns)
            columns = max(columns, grid.columns)
            found.append(Rows(grid.rows, kind))
    return found, columns


def _say_too_wide(table: nodes.Table, columns: int, job: Job) -> None:
    job.say(
        "table-too-wide",
        f"a table has {columns} columns; Word opens at most {MOST_COLUMNS}, and the cells beyond stand in the last",
        table.position,
        "divide the table",
    )


def _table(parts: list[Rows], shared: _Grid, job: Job) -> str:
    limit = job.text_height * SMALL
    if _height(parts, shared, limit) < limit:
        shared = msgspec.structs.replace(shared, whole=True)
    rows: list[str] = []
    for at, part in enumerate(parts):
        part_opens = at > 0 and parts[at - 1].kind != "head"
        rows += _rows(part, shared, job, opens=part_opens, final=at == len(parts) - 1)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in shared.widths)
    properties = _properties(shared, bool(shared.table.head), job)
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _properties(shared: _Grid, has_head: bool, job: Job) -> str:
    table = shared.table
    column = bool(table.columns) and table.columns[0].header
    foot = len(table.foot) == 1
    value = _NO_BANDS | _FIRST_ROW * has_head | _LAST_ROW * foot | _FIRST_COLUMN * column
    look = _LOOK.format(value=value, head=int(has_head), foot=int(foot), column=int(column))
    caption = plain_text(table.caption.content).replace("\n", " ") if table.caption else ""
    described = f'<w:tblCaption w:val="{attribute(caption[:255])}"/>' if caption else ""
    if alt := table.alt.strip():
        job.check_characters(alt, table.position)
        described += f'<w:tblDescription w:val="{attribute(alt)}"/>'
    leftwards = "<w:bidiVisual/>" if is_right_to_left(shared.place.language or job.language) else ""
    return (
        f'<w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/>{leftwards}<w:tblW w:w="{sum(shared.widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{twips(shared.place.left)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"{look}{described}</w:tblPr>"
    )


def _height(parts: list[Rows], shared: _Grid, limit: float) -> float:
    """Return about how high a table is, in points, or the limit where it is higher for certain."""
    style = shared.cell
    size, leading = style.size * shared.scale, style.leading * shared.scale
    total = 0.0
    if sum(len(part.grid) for part in parts) * leading > limit:
        return limit
    for part in parts:
        for row in part.grid:
            lines = 1
            for each in row:
                width = sum(shared.widths[each.column : each.column + each.column_span]) / 20 or 1.0
                text = text_of(each.cell)
                lines = max(lines, text.count("\n") + 1 + int(len(text) * size * _LETTER / width))
            total += lines * leading + style.padding.top + style.padding.bottom
    return total


def _rows(part: Rows, shared: _Grid, job: Job, *, opens: bool, final: bool) -> Iterator[str]:
    """Yield rows. `covered` holds, by its first column, the cell above that still reaches down."""
    columns = len(shared.widths)
    covered: dict[int, Standing] = {}
    for at, standing in enumerate(part.grid):
        cells: list[str] = []
        starts = {each.column: each for each in standing}
        beyond = tuple(each.cell for each in standing if each.column >= columns)
        rule = (
            at == 0 and (opens or part.kind == "foot") and not (part.kind == "foot" and len(part.grid) == 1)
        )
        keeps = part.kind == "head" or (shared.whole and not (final and at == len(part.grid) - 1))
        column = 0
        while column < columns:
            each = starts.get(column)
            above = covered.get(column)
            span = 1
            if each is not None:
                span = max(1, min(each.column_span, columns - column))
                if each.row_span > 1:
                    covered[column] = each
                styled = part.kind == "head" and len(part.grid) == 1
                ends = part.kind == "head" and not styled and each.row + each.row_span >= len(part.grid)
                more = beyond if column + span >= columns else ()
                spot = _Spot(
                    standing=each,
                    span=span,
                    kind=part.kind,
                    rule_above=rule,
                    rule_below=ends,
                    styled=styled,
                    keeps=keeps,
                    more=more,
                )
                cells.append(_cell(spot, shared, job))
            elif above is not None and above.row + above.row_span > at:
                span = max(1, min(above.column_span, columns - column))
                ends = (
                    part.kind == "head" and at == len(part.grid) - 1 and shared.head.border_bottom.width > 0
                )
                rule_below = border_xml("bottom", shared.head.border_bottom, 0, job.palette) if ends else ""
                borders = f"<w:tcBorders>{rule_below}</w:tcBorders>" if rule_below else ""
                cells.append(_blank(column, span, f"<w:vMerge/>{borders}", shared, job))
            else:
                cells.append(_blank(column, span, "", shared, job))
            column += span
        mark = "<w:tblHeader/>" if part.kind == "head" else ""
        yield f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(spot: _Spot, shared: _Grid, job: Job) -> str:
    each, cell = spot.standing, spot.standing.cell
    column = shared.table.columns[each.column] if each.column < len(shared.table.columns) else None
    is_head = spot.kind == "head"
    style = shared.head if is_head else shared.cell
    align = cell.align or (column.align if column else "")
    width = sum(shared.widths[each.column : each.column + spot.span]) / 20
    place = Place(
        relationships=shared.place.relationships,
        width=max(12.0, width - style.padding.left - style.padding.right),
        language=cell.language or shared.place.language,
        cell=True,
        note=shared.place.note,
        align={"justify": "", "decimal": "right"}.get(align, align),
        scale=shared.scale,
    )
    pieces = job.blocks([block for one in (cell, *spot.more) for block in one.content], place)
    without_space(pieces)
    if not is_head and is_decimal(each, shared.table) and decimal_split(cell):
        _on_separator(pieces, place.width - shared.tails.get(each.column, 0.0))
    if not visible(pieces):
        key = StyleKey.TABLE_HEAD if is_head else StyleKey.TABLE_CELL
        named = job.catalogue.entry((key, ""), shared.scale).named
        pieces.append(Paragraph(named, named.form, ""))
    if spot.keeps:
        for paragraph in paragraphs(pieces):
            reform(paragraph, keep_next=True)
    merge = '<w:vMerge w:val="restart"/>' if each.row_span > 1 else ""
    formats = merge + _cell_format(spot, style, shared, job)
    return f"<w:tc>{_cell_properties(twips(width), spot.span, formats)}{job.xml(pieces)}</w:tc>"


def _on_separator(pieces: Pieces, position: float) -> None:
    """Let a number stand with its separator at a place: Word needs no tab to go to a decimal stop in a cell."""
    for paragraph in paragraphs(pieces):
        reform(paragraph, align="left", tabs=(TabStop(position, "decimal"),), right_to_left=False)


def _cell_format(spot: _Spot, style: Style, shared: _Grid, job: Job) -> str:
    """Return what the table style cannot know: borders, fill and place of heads of several rows, parts of a table."""
    rule = shared.head.border_bottom
    borders = border_xml("top", rule, 0, job.palette) if spot.rule_above and rule.width else ""
    if spot.rule_below and rule.width:
        borders += border_xml("bottom", rule, 0, job.palette)
    fill = (
        f"<w:shd {job.palette.fill(style.background)}/>"
        if spot.kind == "head" and style.background and not spot.styled
        else ""
    )
    sunk = _SUNK if spot.kind == "head" and not spot.styled else ""
    return (f"<w:tcBorders>{borders}</w:tcBorders>" if borders else "") + fill + sunk


def _cell_properties(width: int, span: int, formats: str) -> str:
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{formats}</w:tcPr>'


def _blank(column: int, span: int, merge: str, shared: _Grid, job: Job) -> str:
    """Return a cell without content: one that a cell above covers, or one that the row lacks."""
    named = job.catalogue.entry((StyleKey.TABLE_CELL, ""), shared.scale).named
    properties = _cell_properties(sum(shared.widths[column : column + span]), span, merge)
    return f'<w:tc>{properties}<w:p><w:pPr><w:pStyle w:val="{named.id}"/></w:pPr></w:p></w:tc>'
