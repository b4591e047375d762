"""Tables: heads with their scopes, spans, captions and notes, in a frame that scrolls where a screen is narrow."""

from __future__ import annotations

from typing import Final

from octavo.tree import nodes
from octavo.tree.semantics import StyleKey
from octavo.tree.walk import plain_text, walk
from octavo.writers.epub.figures import write_caption
from octavo.writers.epub.markup import attribute, escape, quoted
from octavo.writers.epub.scribe import Scribe

SHORT: Final = 8
LONG: Final = 22
"""Letters."""
FEW: Final = 7
PROSE: Final = 40
MANY: Final = 4
"""In a table of more columns than that, a cell of so many letters keeps some width on a narrow screen."""
MAXIMUM_SPAN: Final = 1000
"""HTML, 4.9.11: wider spans are taken as 1."""


def write_table(scribe: Scribe, table: nodes.Table) -> None:
    """A table, its caption above and its notes below."""
    use = scribe.style_use(table, StyleKey.TABLE)
    box = scribe.use("figure", use.style, use.within, "space")[0]
    grid = scribe.use("table", use.style, use.within, "frame")[0]
    scribe.out.append(f"<figure{box}{scribe.common(table)}>\n")
    rows = [*table.head, *(row for body in table.bodies for row in body.rows), *table.foot]
    name = quoted(_name(scribe, table))
    if any(row.cells for row in rows):
        described = _description(scribe, table)
        scribe.out.append(
            f'<div class="scroll" role="group" aria-label="{name}" tabindex="0">\n<table{grid}{described}>\n'
        )
        if table.caption is not None or scribe.index.labels.get(table.key):
            write_caption(scribe, table.key, table.caption, (), use.within or use.style, "caption")
        _write_columns(scribe, table)
        _write_rows(scribe, table, table.head, "thead")
        for body in table.bodies:
            if any(row.cells for row in body.rows) or body.id:
                _write_rows(scribe, table, body.rows, "tbody", scribe.common(body))
        _write_rows(scribe, table, table.foot, "tfoot")
        scribe.out.append("</table>\n</div>\n")
    elif table.caption is not None:
        write_caption(scribe, table.key, table.caption, (), use.within or use.style)
    scribe.blocks(table.notes)
    scribe.out.append("</figure>\n")


def _name(scribe: Scribe, table: nodes.Table) -> str:
    """Return what a table is called by a screen reader: its label, its caption, or just a table."""
    said = plain_text(table.caption.content).replace("\n", " ").strip() if table.caption else ""
    return scribe.index.labels.get(table.key, "") or said or scribe.index.terms.table


def _description(scribe: Scribe, table: nodes.Table) -> str:
    """Write what describes a table to those who cannot see it, and return the attribute that leads there."""
    said = table.alt.strip()
    if not said:
        return ""
    identifier = scribe.new_name("table-description")
    scribe.out.append(f'<p id="{quoted(identifier)}" hidden="hidden">{escape(said)}</p>\n')
    return attribute("aria-describedby", identifier)


def _write_columns(scribe: Scribe, table: nodes.Table) -> None:
    total = sum(column.width for column in table.columns)
    if total <= 0 or any(column.width <= 0 for column in table.columns):
        return
    scale = 100 / total
    columns = "".join(f'<col style="width: {column.width * scale:.1f}%"/>' for column in table.columns)
    scribe.out.append(f"<colgroup>{columns}</colgroup>\n")


def _write_rows(
    scribe: Scribe, table: nodes.Table, rows: tuple[nodes.Row, ...], element: str, attributes: str = ""
) -> None:
    if not any(row.cells for row in rows):
        return
    scribe.out.append(f"<{element}{attributes}>\n")
    width = max(len(table.columns), 1)
    taken: list[int] = [0] * width
    for at, row in enumerate(rows):
        scribe.out.append(f"<tr{scribe.common(row)}>\n")
        column = 0
        for cell in row.cells:
            while column < width and taken[column]:
                column += 1
            # Spans stay inside of the part of the table that they begin in.
            tall = max(1, min(cell.row_span, len(rows) - at))
            wide = max(1, min(cell.column_span, max(1, width - column), MAXIMUM_SPAN))
            _write_cell(scribe, table, cell, (column, wide, tall), element)
            scribe.names_formulas = False
            for each in range(column, min(column + wide, width)):
                taken[each] = tall
            column += wide
        scribe.out.append("</tr>\n")
        taken = [max(0, each - 1) for each in taken]
    scribe.out.append(f"</{element}>\n")


def _is_formula(cell: nodes.Cell) -> bool:
    """Say whether a cell holds formulas and no other text."""
    said = [
        node for node in walk(cell) if isinstance(node, nodes.Text | nodes.Code | nodes.Math | nodes.Formula)
    ]
    formulas = [node for node in said if isinstance(node, nodes.Math | nodes.Formula)]
    return bool(formulas) and all(node in formulas or not node.text.strip() for node in said)


def _write_cell(
    scribe: Scribe, table: nodes.Table, cell: nodes.Cell, place: tuple[int, int, int], part: str
) -> None:
    column, wide, tall = place
    heading = table.columns[column] if column < len(table.columns) else nodes.Column()
    align = cell.align or heading.align
    element, attributes = "td", ""
    if part == "thead":
        element, attributes = "th", f' scope="{"colgroup" if wide > 1 else "col"}"'
    elif cell.header or heading.header:
        element, attributes = "th", f' scope="{"rowgroup" if tall > 1 else "row"}"'
    if wide > 1:
        attributes += f' colspan="{wide}"'
    if tall > 1:
        attributes += f' rowspan="{tall}"'
    default = StyleKey.TABLE_HEAD if part == "thead" else StyleKey.TABLE_CELL
    use = scribe.style_use(cell, default)
    common = scribe.common(cell)
    content = cell.content
    if element == "th" and not plain_text(cell).strip():
        # A head must say something (axe, empty-table-header): an empty corner is a plain cell.
        element, attributes = "td", attributes.replace(' scope="col"', "").replace(' scope="row"', "")
        attributes = attributes.replace(' scope="colgroup"', "").replace(' scope="rowgroup"', "")
    # Formulas alone say nothing to those who look for the text of a head (axe, empty-table-header).
    scribe.names_formulas = element == "th" and _is_formula(cell)
    only = content[0] if len(content) == 1 else None
    if not content or (isinstance(only, nodes.Paragraph) and not only.id and not only.language):
        known = scribe.use(element, use.style, use.within)
        key, inlines = (only.key, only.content) if isinstance(only, nodes.Paragraph) else (0, ())
        wraps = _wrapping(inlines, few=part != "thead" and len(table.columns) <= FEW)
        kinds = " ".join(filter(None, (align, wraps, _prose(cell, element, wide, table))))
        if kinds:
            known = (f'{known[0][:-1]} {kinds}"', known[1])
        scribe.text(inlines, known, key=key, attributes=attributes + common)
        return
    box = scribe.use(element, use.style, use.within, "box")[0]
    long = "long" if _longest(plain_text(cell)) > LONG else ""
    kinds = " ".join(filter(None, (align, long, _prose(cell, element, wide, table))))
    turned = f'{box[:-1]} {kinds}"' if kinds else box
    scribe.out.append(f"<{element}{turned}{attributes}{common}>\n")
    scribe.blocks(content)
    scribe.out.append(f"</{element}>\n")


def _wrapping(inlines: tuple[nodes.Inline, ...], *, few: bool) -> str:
    """Return how a cell's text may break: in a table of a few columns some letters stay on one line, and a word that no
    screen has room for breaks anywhere."""
    said = plain_text(inlines)
    if few and len(said) <= SHORT and " " in said.strip():
        return "short"
    return "long" if _longest(said) > LONG else ""


def _prose(cell: nodes.Cell, element: str, wide: int, table: nodes.Table) -> str:
    """Return the class of a cell of running text among many columns, which would be one of single words."""
    many = element == "td" and wide == 1 and len(table.columns) > MANY
    return "prose" if many and len(plain_text(cell)) > PROSE else ""


def _longest(said: str) -> int:
    return max(map(len, said.split()), default=0)
