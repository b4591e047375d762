"""Tables of a plain text: lines whose cells are parted by tabs, as web pages and spreadsheets give them, or by gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from octavo.diagnostics import Diagnostic, Position, info
from octavo.readers.brief_passages import Passage, PassageKind
from octavo.tree import Document
from octavo.tree.nodes import Alignment, Cell, Column, Paragraph, Row, Table, TableBody, Text
from octavo.tree.walk import walk

_GAP: Final = re.compile(r" *\t *| {3,}")
_FIGURE: Final = re.compile(
    r"[^\w\s]{0,2}\s?\d[\d.,' \u00a0\u202f]*\s?(?:[%‰]|[^\w\s]{1,2}|[A-Z]{3})?$|[–—-]?$"
)
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d(?:[/–-]\d{2,4})?")
_SHORTEST: Final = 3
"""Rows of a table of two columns; of more columns, two rows are enough to show them."""


def rows_from(found: Sequence[Passage], at: int) -> int:
    """Return how many passages from a place on are the rows of one table; 0 where there is none."""
    count = _columns(found[at])
    end = at
    while count > 1 and end < len(found) and _columns(found[end]) == count:
        end += 1
        if found[end - 1].alone:
            break
    rows = end - at
    return rows if rows >= (_SHORTEST if count == 2 else 2) else 0


def _columns(passage: Passage) -> int:
    if passage.kind is not PassageKind.TEXT or len(passage.pieces) != 1 or passage.rule:
        return 0
    return len(_GAP.findall(passage.pieces[0].text)) + 1


def table(run: Sequence[Passage]) -> Table:
    """Return a table; its first row is the head where it may be one and a column below it holds nothing but figures."""
    cells = [_cells(each) for each in run]
    words = [[text for text, _ in row] for row in cells]
    figures = [all(_FIGURE.match(row[at]) for row in words[1:]) for at in range(len(words[0]))]
    has_head = any(figures) and _is_head(words[0])
    if not has_head:
        figures = [mark and bool(_FIGURE.match(words[0][at])) for at, mark in enumerate(figures)]
    columns = tuple(Column(align=_alignment(mark)) for mark in figures)
    rows = tuple(
        Row(cells=tuple(map(_cell, row)), position=passage.position)
        for row, passage in zip(cells, run, strict=True)
    )
    head, body = (rows[:1], rows[1:]) if has_head else ((), rows)
    return Table(columns=columns, head=head, bodies=(TableBody(rows=body),), position=run[0].position)


def _is_head(words: Sequence[str]) -> bool:
    """Tell whether the cells of a first row may head their columns: they hold no figures, but years beside a corner."""
    named = [text for text in words if text]
    return not any(map(_FIGURE.match, named)) or (not words[0] and all(map(_YEAR.fullmatch, named)))


def said_of(document: Document) -> Iterable[Diagnostic]:
    """Tell of the tables that were found."""
    for node in walk(document):
        if isinstance(node, Table):
            yield info("guessed-table", "lines whose cells gaps part are taken as a table", node.position)


def _alignment(figures: bool) -> Alignment:
    return "right" if figures else ""


def _cells(passage: Passage) -> list[tuple[str, Position]]:
    (piece,) = passage.pieces
    found, start = [], 0
    for match in (*_GAP.finditer(piece.text), None):
        end = match.start() if match else len(piece.text)
        place = Position(piece.position.line, piece.position.column + start, piece.position.file)
        found.append((piece.text[start:end], place))
        start = match.end() if match else end
    return found


def _cell(cell: tuple[str, Position]) -> Cell:
    text, place = cell
    words = (Paragraph(content=(Text(text=text, position=place),), position=place),) if text else ()
    return Cell(content=words, position=place)
