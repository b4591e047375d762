"""How long a document is, as far as its look depends on that."""

from __future__ import annotations

from octavo.tree import Document, nodes
from octavo.tree.walk import plain_text


def has_long_sections(document: Document, letters: int) -> bool:
    """Say whether the sections at the top have that many letters on average; no sooner looked at than needed."""
    sections = [block for block in document.content if isinstance(block, nodes.Section) and block.title]
    wanted = letters * len(sections)
    found = 0
    for section in sections:
        for block in section.content:
            found += len(plain_text((block,)))
            if found >= wanted:
                return True
    return False
