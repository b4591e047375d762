"""Tables in raw HTML, with their spans, heads and captions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from octavo.readers.markdown.html_tree import Child, Element, Run
from octavo.tree.nodes import Alignment, Caption, Cell, Column, Row, Table, TableBody

if TYPE_CHECKING:
    from octavo.readers.markdown.html_blocks import HtmlReader
    from octavo.readers.markdown.sections import Entry

_WIDEST: Final = 1000
"""The limit of `colspan` (HTML Standard, 4.9.11)."""
_ALIGN: Final = re.compile(r"text-align\s*:\s*(left|center|right|justify)", re.IGNORECASE)
_ALIGNMENTS: Final[dict[str, Alignment]] = {
    "left": "left",
    "center": "center",
    "right": "right",
    "justify": "justify",
}


def read_table(reader: HtmlReader, element: Element) -> list[Entry]:
    """Return the table, and before it what stands in it and in none of its cells."""
    rows: dict[str, list[Row]] = {"thead": [], "tbody": [], "tfoot": []}
    caption: Caption | None = None
    stray: list[Entry] = []
    for part, child in _children(element, "tbody"):
        if isinstance(child, Element) and child.name == "tr":
            row, beside = _row(reader, child)
            stray.extend(beside)
            rows[part].extend([row] if row.cells else [])
        elif isinstance(child, Element) and child.name == "caption" and caption is None:
            content = reader.line(child)
            caption = Caption(content=content, position=reader.place(child)) if content else None
        else:
            stray.extend(reader.entries([child]))
    if not any(rows.values()):
        return stray
    head, body = rows["thead"], rows["tbody"]
    if not head:
        count = next((at for at, row in enumerate(body) if not all(each.header for each in row.cells)), 0)
        head, body = body[:count], body[count:]
    width = _width([row for part in rows.values() for row in part])
    heads_rows = bool(body) and all(row.cells[0].header for row in body)
    place = reader.place(element)
    table = Table(
        columns=tuple(Column(header=heads_rows and not at) for at in range(width)),
        head=_within(head, width, header=True),
        bodies=(TableBody(rows=_within(body, width, header=False), position=body[0].position),)
        if body
        else (),
        foot=_within(rows["tfoot"], width, header=False),
        caption=caption,
        alt=element.attributes.get("summary", "").strip(),
        position=place,
        **reader.common(element),
    )
    return [*stray, table]


def _children(element: Element, part: str) -> Iterator[tuple[str, Child]]:
    for child in element.children:
        if isinstance(child, Element) and child.name in ("thead", "tbody", "tfoot"):
            yield from _children(child, child.name)
        elif not isinstance(child, Element) or child.name not in ("colgroup", "col"):
            yield part, child


def _row(reader: HtmlReader, element: Element) -> tuple[Row, list[Entry]]:
    cells: list[Cell] = []
    beside: list[Entry] = []
    for child in element.children:
        if isinstance(child, Run) or child.name not in ("td", "th"):
            beside.extend(reader.entries([child]))
            continue
        said = child.attributes
        style = _ALIGN.search(said.get("style", ""))
        align = _ALIGNMENTS.get((style[1] if style else said.get("align", "")).lower(), "")
        cells.append(
            Cell(
                content=reader.blocks(child, "a table"),
                row_span=_span(said.get("rowspan", "")),
                column_span=_span(said.get("colspan", "")),
                align=align,
                header=child.name == "th",
                position=reader.place(child),
                **reader.common(child),
            )
        )
    return Row(cells=tuple(cells), position=reader.place(element)), beside


def _span(said: str) -> int:
    return min(max(int(said), 1), _WIDEST) if said.strip().isdecimal() and len(said) < 6 else 1


def _width(rows: list[Row]) -> int:
    """Return how many columns there are; a cell alone in its row often claims more than the table has."""
    several = [row for row in rows if len(row.cells) > 1]
    return max((sum(each.column_span for each in row.cells) for row in several), default=1)


def _within(rows: list[Row], width: int, *, header: bool) -> tuple[Row, ...]:
    """Return rows whose cells reach no further than the table's width and the rows of their part."""
    kept = []
    for at, row in enumerate(rows):
        cells = tuple(
            msgspec.structs.replace(
                each,
                row_span=min(each.row_span, len(rows) - at),
                column_span=min(each.column_span, width),
                header=each.header or header,
            )
            for each in row.cells
        )
        kept.append(msgspec.structs.replace(row, cells=cells))
    return tuple(kept)
