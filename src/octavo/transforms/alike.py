"""Tables with the same heads: who reads the one after the other looks for the same columns in the same places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from octavo.transforms.resolved import StyleUse
from octavo.tree import nodes
from octavo.tree.walk import plain_text

MOST: Final = 12
"""More tables than these with the same heads are not compared: they stand far apart, and each would have to be measured
before the first is set."""


def alike_tables(
    tables: Sequence[nodes.Table], styles: Mapping[int, StyleUse]
) -> dict[int, tuple[nodes.Table, ...]]:
    """Return, by key, all tables that have the heads of a table and look as it does; only where there are several.

    A table without a head, or whose author gives widths, is like no other, and so is one of more than `MOST`.
    """
    groups: dict[object, list[nodes.Table]] = {}
    for table in tables:
        if table.head and not any(column.width for column in table.columns):
            heads = tuple(
                tuple((plain_text(cell).strip(), cell.row_span, cell.column_span) for cell in row.cells)
                for row in table.head
            )
            groups.setdefault((len(table.columns), heads, styles.get(table.key)), []).append(table)
    return {each.key: tuple(group) for group in groups.values() if 1 < len(group) <= MOST for each in group}
