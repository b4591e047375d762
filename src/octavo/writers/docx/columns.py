"""How wide a table's columns are: as the author says, or as their words ask, measured in the table's own type."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Final

import msgspec

from octavo.theme.style import Style
from octavo.tree import nodes
from octavo.tree.semantics import StyleKey
from octavo.tree.walk import plain_text, walk
from octavo.typeset.cells import CODE_SHARE, LEAST_PICTURE, LIST_HANG, decimal_split, side_padding
from octavo.typeset.columns import (
    CRAMPED,
    SHORT,
    Need,
    column_needs,
    column_widths,
    fits,
    joint_widths,
    need_of_all,
    need_of_line,
    table_width,
)
from octavo.typeset.grid import Standing
from octavo.typeset.pictures import standing_picture
from octavo.typeset.row_heights import CellText, Paragraph, Texts
from octavo.typeset.tables import SMALLEST, scales_of
from octavo.writers.docx.job import Job

_BREAKS: Final = re.compile(r"[ \t\n]+")
LONGEST_WORD = 24
LONGEST_LINE = 200
"""Words and lines of more letters than these ask for no more room."""


_SLACK: Final = 0.5
"""Points that a text may be wider than measured: Word and LibreOffice round the widths of its letters."""


class Rows(msgspec.Struct, frozen=True):
    """A run of rows in their grid: the "head", a "body" or the "foot"."""

    grid: tuple[tuple[Standing, ...], ...]
    kind: str


class Columns(msgspec.Struct, frozen=True):
    """The widths of columns in points, and what numbers need after their decimal separator, by column."""

    widths: tuple[float, ...]
    tails: dict[int, float]
    scale: float
    """How much smaller the text is made, so that every column holds its longest word."""


class Wanted(msgspec.Struct, frozen=True):
    """What a table asks of its columns: what their text needs, what numbers need after their separators, what
    shares the author gave, and the padding of cells."""

    text: list[Need]
    tails: dict[int, float]
    shares: list[float]
    padding: float
    size: float
    """Of the text of most cells, in points."""
    rows: Callable[[], list[list[CellText]]]
    """What stands in the rows, for who has to choose among widths."""

    def texts(self, scale: float) -> Texts:
        """Return what stands in the rows with their text made smaller."""
        return Texts(self.rows(), [self.padding] * len(self.text), scale)


class _Needs:
    """What cells need, by column, as far as they were looked at."""

    def __init__(self) -> None:
        self.all: list[tuple[Standing, Need]] = []
        self.before: dict[int, float] = {}
        self.after: dict[int, float] = {}


def measure_columns(
    table: nodes.Table, parts: Sequence[Rows], columns: int, styles: tuple[Style, Style], job: Job
) -> Wanted:
    """Return what a table asks of its columns. `styles` are those of the head's cells and of the others."""
    found = _Needs()
    for part in parts:
        style = styles[0] if part.kind == "head" else styles[1]
        for row in part.grid:
            for each in row:
                if each.column < columns:
                    _look_at(each, table, style, columns, found, job)
    text = column_needs(columns, found.all)
    for column, tail in found.after.items():
        whole = found.before[column] + tail
        need = text[column]
        text[column] = Need(max(need.least, whole), max(need.most, whole), max(need.short, whole))
    padding = max(side_padding(styles[0]), side_padding(styles[1]))
    rows = cache(partial(_texts_of, parts, columns, styles, job))
    return Wanted(text, found.after, _shares(table, columns), padding, styles[1].size, rows)


def _texts_of(
    parts: Sequence[Rows], columns: int, styles: tuple[Style, Style], job: Job
) -> list[list[CellText]]:
    """Return the text of a table's rows, without cells over several columns."""
    return [
        [
            _cell_text(each, styles[0] if part.kind == "head" else styles[1], part.kind == "head", job)
            for each in row
            if each.column < columns and each.column_span == 1
        ]
        for part in parts
        for row in part.grid
    ]


def _cell_text(each: Standing, style: Style, head: bool, job: Job) -> CellText:
    measured = job.runs.typefaces.width
    space = measured(" ", style.font, style.weight) * style.size
    paragraphs = tuple(
        Paragraph(
            tuple(measured(word, style.font, style.weight) * style.size for word in _words(line)), space
        )
        for line in text_of(each.cell).split("\n")
    )
    text = CellText(each.column, paragraphs)
    return CellText(each.column, paragraphs, short=not head and text.whole <= SHORT * style.size)


def is_cramped(wanted: Wanted, measure: float) -> bool:
    """Say whether a measure is too narrow for a table: for its words, or for lines of more than a word or two."""
    needs = _padded(wanted, 1.0)
    natural = sum(need.most for need in needs)
    widths = column_widths(needs, wanted.shares, measure, partial(wanted.texts, 1.0))
    return not fits(needs, widths) or (len(needs) > 2 and natural > CRAMPED * measure)


def share_columns(wanted: Wanted, measure: float) -> Columns:
    """Share a measure out among columns."""
    widths, scale = _scaled(wanted, max(measure, len(wanted.text) * 8.0))
    tails = {column: tail * scale for column, tail in wanted.tails.items()}
    return Columns(tuple([max(6.0, each) for each in widths]), tails, scale)


def share_alike(tables: Sequence[Wanted], measure: float) -> tuple[float, ...] | None:
    """Return the widths that the columns of tables with the same heads share, as in print; None where they do not."""

    def texts() -> Texts:
        rows = [row for each in tables for row in each.rows()]
        return Texts(rows, [max(each.padding for each in tables)] * len(tables[0].text))

    widths = joint_widths([_padded(each, 1.0) for each in tables], measure, texts)
    return None if widths is None else tuple(widths)


def holds(wanted: Wanted, measure: float, least: float = 0.0) -> bool:
    """Say whether a measure holds a table's words, made smaller where they must be, though no smaller than `least`."""
    widths, scale = _scaled(wanted, measure, least)
    return fits(_padded(wanted, scale), widths)


def _shares(table: nodes.Table, columns: int) -> list[float]:
    shares = [column.width for column in table.columns[:columns]]
    return shares + [0.0] * (columns - len(shares))


def _scaled(wanted: Wanted, measure: float, least: float = 0.0) -> tuple[list[float], float]:
    """Return widths and the scale of the text by the steps that print has: as the author says, else as words ask."""
    shares, free = wanted.shares, [0.0] * len(wanted.shares)
    scale, needs = 1.0, wanted.text
    for tried in scales_of(wanted.size):
        if tried < 1.0 and wanted.size * tried < least:
            break
        scale = tried
        needs = _padded(wanted, scale)
        for asked in (shares, free) if any(shares) else (free,):
            whole = table_width(needs, asked, measure)
            widths = column_widths(needs, asked, whole, partial(wanted.texts, scale))
            if fits(needs, widths):
                return widths, scale
        if wanted.size * scale < SMALLEST:
            break
    return column_widths(needs, free, measure, partial(wanted.texts, scale)), scale


def _padded(wanted: Wanted, scale: float) -> list[Need]:
    """Return what columns need whose text needs so much, made smaller, within the padding of their cells."""
    padding = wanted.padding
    return [
        Need(each.least * scale + padding, each.most * scale + padding, each.short * scale + padding)
        if each.most
        else each
        for each in wanted.text
    ]


def _look_at(each: Standing, table: nodes.Table, style: Style, columns: int, found: _Needs, job: Job) -> None:
    content = each.cell.content
    if all(isinstance(block, nodes.Paragraph) and standing_picture(block) is None for block in content):
        text = text_of(each.cell)
        if text == "":
            return
        need = _need_of_text(text, style, job)
    else:
        need = _need_of(content, style, job)
    reach = min(each.column_span, columns - each.column)
    kept = each if reach == each.column_span else msgspec.structs.replace(each, column_span=reach)
    found.all.append((kept, need))
    parted = decimal_split(each.cell) if is_decimal(each, table) else None
    if parted:
        for known, piece in ((found.before, parted[0]), (found.after, parted[1])):
            wide = job.runs.typefaces.width(piece, style.font, style.weight) * style.size
            known[each.column] = max(known.get(each.column, 0.0), wide)


def _need_of_text(text: str, style: Style, job: Job) -> Need:
    measured, size = job.runs.typefaces.width, style.size
    longest = max(_words(text), key=len, default="")[:LONGEST_WORD]
    line = (max(text.split("\n"), key=len) if "\n" in text else text)[:LONGEST_LINE]
    face = style.font, style.weight
    return need_of_line(measured(longest, *face) * size + _SLACK, measured(line, *face) * size + _SLACK, size)


def _need_of(blocks: Sequence[nodes.Block], style: Style, job: Job) -> Need:
    """Return what blocks need as print has it, see `typeset.cells`: pictures their width, lists room for markers."""
    return need_of_all([_need_of_block(block, style, job) for block in blocks])


def _need_of_block(block: nodes.Block, style: Style, job: Job) -> Need:
    match block:
        case nodes.Paragraph():
            picture = standing_picture(block)
            media = job.media.find(picture.source) if picture else None
            if picture is not None and media is not None:
                wide = picture.width if picture.width > 0 else media.width
                return Need(min(wide, LEAST_PICTURE), wide)
            return _need_of_text(plain_text(block), style, job)
        case nodes.List():
            hang = LIST_HANG * style.size
            needs = [_need_of(item.content, style, job) for item in block.items]
            return Need(
                hang + max((need.least for need in needs), default=0.0),
                hang + max((need.most for need in needs), default=0.0),
            )
        case nodes.CodeBlock():
            code = job.style_of(block, StyleKey.CODE_BLOCK)
            longest = max(block.text.split("\n"), key=len)[:LONGEST_LINE]
            wide = job.runs.typefaces.width(longest, code.font, code.weight) * code.size
            return Need(wide * CODE_SHARE, wide)
        case _:
            inner = [each for each in walk(block) if isinstance(each, nodes.Paragraph)]
            return _need_of(inner, style, job)


def _words(text: str) -> list[str]:
    """Return what no line ends in; `str.split` would part at spaces that hold words together, too."""
    return [word for word in _BREAKS.split(text) if word]


def is_decimal(each: Standing, table: nodes.Table) -> bool:
    """Say whether a cell's number stands with its decimal separator below the one above."""
    if each.column_span > 1:
        return False
    column = table.columns[each.column] if each.column < len(table.columns) else None
    return (each.cell.align or (column.align if column else "")) == "decimal"


def text_of(cell: nodes.Cell) -> str:
    """Return a cell's text; most cells are one paragraph of one run."""
    if len(cell.content) == 1 and isinstance(cell.content[0], nodes.Paragraph):
        inlines = cell.content[0].content
        if len(inlines) == 1 and isinstance(inlines[0], nodes.Text):
            return inlines[0].text
    return plain_text(cell.content)
