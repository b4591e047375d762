"""Depth: the stages go down trees by recursion, so a tree deeper than any page can show is refused before the first."""

from __future__ import annotations

from typing import Final

from octavo.diagnostics import error
from octavo.errors import SourceError
from octavo.tree import Document
from octavo.tree.nodes import AnyNode, Text
from octavo.tree.walk import children

MAXIMUM_DEPTH: Final = 150
"""Nodes within nodes; a list in a list counts as two."""


def refuse_depth(document: Document) -> None:
    """Do nothing for a document that is nested as documents are.

    Raises:
        SourceError: it is nested deeper than `MAXIMUM_DEPTH`.
    """
    level: list[AnyNode] = children(document)
    for _ in range(MAXIMUM_DEPTH):
        level = [child for node in level if type(node) is not Text for child in children(node)]
        if not level:
            return
    raise SourceError(
        error(
            "nested-too-deep",
            f"blocks are nested more than {MAXIMUM_DEPTH} deep",
            level[0].position,
            hint="check for a list or quotation that never ends",
        )
    )
