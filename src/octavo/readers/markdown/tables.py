"""Table tokens to tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec
from markdown_it.token import Token

from octavo.diagnostics import Position
from octavo.readers.attributes import Attributes
from octavo.readers.markdown.attribute_use import AttributeUse
from octavo.readers.markdown.lines import Lines
from octavo.tree.nodes import (
    Alignment,
    Block,
    Caption,
    Cell,
    Column,
    Inline,
    Paragraph,
    Row,
    Table,
    TableBody,
)

KEYS: Final = ("align", "widths", "header", "numbered", "alt")
_ALIGNMENTS: Final[dict[str, Alignment]] = {
    "left": "left",
    "center": "center",
    "centre": "center",
    "right": "right",
    "justify": "justify",
    "decimal": "decimal",
}


class TableReader:
    """Makes one table of its tokens."""

    def __init__(
        self, lines: Lines, inlines: Callable[[Token], tuple[Inline, ...]], use: AttributeUse
    ) -> None:
        self.lines = lines
        self.inlines = inlines
        self.use = use

    def read(self, tokens: list[Token]) -> Table:
        """Return the table of the tokens from `table_open` to before `table_close`."""
        opening = tokens[0]
        aligns: list[Alignment] = [_ALIGNMENTS.get(each, "") for each in opening.meta["aligns"]]
        rows = self._rows(tokens[1:], len(aligns))
        # A head without any text is how a table without a head is written.
        headless = not any(cell.content for cell in rows[0].cells)
        head, body = ((), tuple(rows[1:])) if headless else ((_as_head(rows[0]),), tuple(rows[1:]))
        return Table(
            columns=tuple(Column(align=align) for align in aligns),
            head=head,
            bodies=(TableBody(rows=body, position=body[0].position),) if body else (),
            position=self.lines.position(*opening.meta["place"]),
        )

    def _rows(self, tokens: list[Token], width: int) -> list[Row]:
        rows: list[Row] = []
        cells: list[Cell] = []
        place: Position | None = None
        for token in [*tokens, None]:
            if token is None or token.type == "row":
                if place is not None:
                    rows.append(self._row(cells, width, place))
                if token is not None and token.map:
                    place, cells = self.lines.position(token.map[0], token.meta["column"]), []
                continue
            content = self.inlines(token)
            where = self.lines.position((token.map or [0])[0], token.meta["column"])
            paragraph = (Paragraph(content=content, position=where),) if content else ()
            cells.append(Cell(content=paragraph, position=where))
        return rows

    def _row(self, cells: list[Cell], width: int, place: Position) -> Row:
        kept, more = cells[:width], cells[width:]
        if more:
            blocks = [*kept[-1].content]
            for cell in more:
                blocks.extend(cell.content)
            kept[-1] = msgspec.structs.replace(kept[-1], content=tuple(blocks))
            message = f"this row has {len(cells)} cells, and the head has {width}"
            hint = "what is too many stands in the last cell; write \\| for a bar within a cell"
            self.use.report.warning("extra-cells", message, more[0].position, hint)
        kept.extend(Cell(content=(), position=place) for _ in range(width - len(kept)))
        return Row(cells=tuple(kept), position=place)

    def attributed(self, table: Table, attributes: Attributes, place: Position | None) -> Table:
        """Return the table with what attributes say of it."""
        self.use.check(attributes, KEYS, "a table", place)
        columns = list(table.columns)
        for at, word in enumerate(_words(attributes, "align", len(columns))):
            if word.lower() in _ALIGNMENTS:
                columns[at] = msgspec.structs.replace(columns[at], align=_ALIGNMENTS[word.lower()])
            else:
                hint = f"known are {', '.join(_ALIGNMENTS)}"
                self.use.report.warning("invalid-attribute", f"`{word}` is no alignment", place, hint)
        for at, word in enumerate(_words(attributes, "widths", len(columns))):
            columns[at] = msgspec.structs.replace(columns[at], width=self.use.share(word, place))
        said = attributes.values.get("header", "")
        if said in ("column", "both"):
            columns[0] = msgspec.structs.replace(columns[0], header=True)
        elif said not in ("", "row"):
            message, hint = f"`{said}` is no kind of header", "known are row, column, both"
            self.use.report.warning("invalid-attribute", message, place, hint)
        fields = self.use.common(attributes)
        numbered = self.use.choice(attributes, "numbered", place)
        alt = attributes.values.get("alt", table.alt)
        return msgspec.structs.replace(table, columns=tuple(columns), numbered=numbered, alt=alt, **fields)


class GridReader:
    """Makes a table of the tokens of one that is drawn with lines; `cell` reads the blocks of a cell."""

    def __init__(self, lines: Lines, cell: Callable[[list[Token]], tuple[Block, ...]]) -> None:
        self.lines = lines
        self.cell = cell

    def read(self, tokens: list[Token]) -> Table:
        """Return the table of the tokens from `table_open` to before `table_close`."""
        opening = tokens[0]
        rows = self._rows(tokens[1:])
        heads, feet = opening.meta["heads"], opening.meta["feet"]
        body = tuple(rows[heads : len(rows) - feet])
        return Table(
            columns=tuple(Column(align=_ALIGNMENTS.get(each, "")) for each in opening.meta["aligns"]),
            head=tuple(_as_head(row) for row in rows[:heads]),
            bodies=(TableBody(rows=body, position=body[0].position),) if body else (),
            foot=tuple(rows[len(rows) - feet :]) if feet else (),
            position=self.lines.position(*opening.meta["place"]),
        )

    def _rows(self, tokens: list[Token]) -> list[Row]:
        rows: list[Row] = []
        start, depth = 0, 0
        for at, token in enumerate(tokens):
            depth += token.nesting
            if token.type == "row" and not depth:
                rows.append(
                    Row(cells=(), position=self.lines.position((token.map or [0])[0], token.meta["column"]))
                )
            elif token.type == "cell_open" and depth == 1:
                start = at
            elif token.type == "cell_close" and not depth:
                opening = tokens[start]
                cell = Cell(
                    content=self.cell(tokens[start + 1 : at]),
                    row_span=opening.meta["rows"],
                    column_span=opening.meta["columns"],
                    position=self.lines.position(*opening.meta["place"]),
                )
                rows[-1] = msgspec.structs.replace(rows[-1], cells=(*rows[-1].cells, cell))
        return rows


def with_caption(table: Table, caption: Caption) -> Table:
    """Return the table with its caption; one without text is none."""
    return msgspec.structs.replace(table, caption=caption) if caption.content else table


def _words(attributes: Attributes, key: str, most: int) -> list[str]:
    return attributes.values.get(key, "").replace(",", " ").split()[:most]


def _as_head(row: Row) -> Row:
    cells = tuple(msgspec.structs.replace(cell, header=True) for cell in row.cells)
    return msgspec.structs.replace(row, cells=cells)
