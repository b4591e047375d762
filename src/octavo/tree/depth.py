"""Depth: the stages go down trees by recursion, so a tree deeper than any page can show is refused before the first."""

from __future__ import annotations

from typing import Final, get_args

from octavo.diagnostics import error
from octavo.errors import SourceError
from octavo.nesting import DEEPEST, DEEPEST_MARKS
from octavo.tree import Document
from octavo.tree.nodes import AnyNode, Inline, Text
from octavo.tree.walk import children

_SECTIONS: Final = 10
"""What may come on top in a tree: headings of six levels, a paragraph, the parts of a table."""
_INLINES: Final = frozenset(get_args(Inline))


def refuse_depth(document: Document, deepest: int = DEEPEST, marks: int = DEEPEST_MARKS) -> None:
    """Do nothing for a document that is nested as documents are.

    Raises:
        SourceError: its blocks, or its blocks with their marks, are nested deeper than that.
    """
    level: list[AnyNode] = children(document)
    for depth in range(1, deepest + _SECTIONS + marks + 1):
        if depth > deepest + _SECTIONS:
            _refuse(next((node for node in level if type(node) not in _INLINES), None), deepest)
        level = [child for node in level if type(node) is not Text for child in children(node)]
        if not level:
            return
    _refuse(level[0], deepest)


def _refuse(node: AnyNode | None, deepest: int) -> None:
    if node is not None:
        hint = f"at most {deepest} levels; check for a list or quotation that never ends"
        raise SourceError(error("nesting-too-deep", "the document nests too deeply", node.position, hint))
