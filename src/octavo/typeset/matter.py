"""Front matter and main matter: where the text proper begins, and what its pages are called.

Front matter is the title block and whatever stands before the first chapter: an abstract, a lead, the contents. Its
pages are counted in Roman numerals where the theme says so; those of the main matter then begin again at 1.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import msgspec

from octavo.theme.style import Style, StyleSheet
from octavo.transforms.resolved import Resolved
from octavo.tree import Document, nodes
from octavo.tree.nodes import GroupRole, SectionRole
from octavo.tree.semantics import StyleKey
from octavo.typeset.lists import roman

BEFORE_THE_TEXT = frozenset((SectionRole.ACKNOWLEDGMENTS,))
"""Sections that belong to the front matter where they stand before the first chapter."""

SUMMARIES: Final = frozenset((GroupRole.ABSTRACT, GroupRole.KEY_POINTS, GroupRole.LEAD))
"""Groups that say at the head of a document what is in it."""
MOST_SUMMARIES: Final = 8
"""So many blocks at the head of a document are looked at."""


def main_matter(resolved: Resolved, styles: StyleSheet) -> int:
    """Return the key of the section with which the main matter begins; 0 where all pages are counted alike.

    It is the first section at the top that begins a page.
    """
    if styles.page.front_matter != "roman":
        return 0
    for block in resolved.document.content:
        if isinstance(block, nodes.Section) and block.role not in BEFORE_THE_TEXT:
            use = resolved.index.styles.get(block.key)
            style = styles.of(use.style, use.within) if use else styles.of(StyleKey.HEADING_1)
            return block.key if block.title and style.break_before != "auto" else 0
    return 0


def lists_that_run_on(document: Document) -> frozenset[int]:
    """Return the keys of lists of figures and tables that stand behind the contents, or behind another list: they go on
    below them, where those begin a page."""
    found: set[int] = set()
    sections = (block.content for block in document.content if isinstance(block, nodes.Section))
    for blocks in (document.content, *sections):
        for before, block in pairwise(blocks):
            if isinstance(before, nodes.Contents) and isinstance(block, nodes.Contents):
                found.add(block.key)
    return frozenset(found)


def runs_on(group: nodes.Group, document: Document) -> bool:
    """Say whether a group stands behind another summary at the head of the document, or in a section: it goes on below
    that, where it would begin a page, since neither fills one."""
    if group.role not in SUMMARIES:
        return False
    if all(block.key != group.key for block in document.content):
        return True
    for before, block in pairwise(document.content[:MOST_SUMMARIES]):
        if not isinstance(before, nodes.Group) or before.role not in SUMMARIES:
            return False
        if block.key == group.key:
            return True
    return False


def run_on_style(style: Style) -> Style:
    """Return the style of the title of such a list, or of such a group.

    It begins no page, and stands no lower than what follows it.
    """
    before = min(style.space_before, max(style.space_after, 2 * style.leading))
    return msgspec.structs.replace(style, break_before="auto", space_before=before)


def page_labels(count: int, opening: int) -> tuple[str, ...]:
    """Return the folios of so many pages, of which the one at the index `opening` is the first of the main matter."""
    return tuple(roman(at + 1) if at < opening else str(at - opening + 1) for at in range(count))
