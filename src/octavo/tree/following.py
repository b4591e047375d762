"""What stays with what follows it, on a page of any edition, though neither is a heading nor marked as one piece."""

from __future__ import annotations

from typing import Final

from octavo.tree import nodes
from octavo.tree.walk import plain_text

_INTRODUCED: Final = (
    nodes.List, nodes.CodeBlock, nodes.Formula, nodes.Quote, nodes.Definitions, nodes.Table
)  # fmt: skip


def introduces(block: nodes.Block, following: nodes.Block) -> bool:
    """Say whether what follows a paragraph belongs to it: it ends in a colon, or goes on in a formula."""
    if not isinstance(following, _INTRODUCED) or not isinstance(block, nodes.Paragraph) or not block.content:
        return False
    last = block.content[-1]
    colon = isinstance(last, nodes.Text) and last.text.rstrip().endswith((":", "："))
    return colon or isinstance(following, nodes.Formula)


def heads(block: nodes.Block, following: nodes.Block) -> bool:
    """Say whether a paragraph stands as a heading over what follows: it is all strong, as a question is in an
    interview."""
    if not isinstance(block, nodes.Paragraph) or isinstance(following, nodes.Section):
        return False
    strong = False
    for each in block.content:
        if isinstance(each, nodes.Strong):
            strong = True
        elif not isinstance(each, nodes.Footnote) and any(map(str.isalnum, plain_text((each,)))):
            return False
    return strong
