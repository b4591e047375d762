"""The claim that an e-book is accessible: it stands only where nothing that octavo can check is missing.

Sources: EPUB Accessibility 1.1, 4.5 (how conformance is reported); WCAG 2.1, the criteria named below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from octavo.diagnostics import Diagnostic, info
from octavo.theme.check import pale_texts
from octavo.theme.style import StyleSheet
from octavo.transforms.resolved import Resolved
from octavo.tree import nodes
from octavo.tree.walk import plain_text, walk
from octavo.writers.epub.markup import is_language

CLAIM: Final = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
"""Written exactly so (EPUB Accessibility 1.1, 4.5.2)."""
EVALUATOR: Final = "octavo (automatic checks)"


def missing(
    resolved: Resolved, pictures: Sequence[nodes.Image], styles: StyleSheet, moving: int = 0
) -> tuple[str, ...]:
    """Return what keeps an e-book from the claim, in words; `pictures` are the images shown that say something, and
    `moving` how many images move.

    Order of headings, targets of links and scopes of head cells are right by construction.
    """
    found = list(_missing(resolved, pictures, styles))
    if moving:
        found.append(_counted(moving, "image moves", "images move", "and cannot be stopped"))  # 2.2.2
    return tuple(found)


def _missing(resolved: Resolved, pictures: Sequence[nodes.Image], styles: StyleSheet) -> Iterator[str]:
    about = resolved.document.metadata
    if not about.title.strip():
        yield "there is no title"  # 2.4.2
    if resolved.language_assumed or not is_language(about.language):
        yield "the language is not said"  # 3.1.1
    if count := sum(not each.alt.strip() for each in pictures):
        yield _counted(count, "image has", "images have", "no alternative text")  # 1.1.1
    headless = nameless = 0
    for node in walk(resolved.document):
        if isinstance(node, nodes.Table):
            headless += not _is_headed(node)
        elif isinstance(node, nodes.Section):
            nameless += not _is_named(node)
    if headless:
        yield _counted(headless, "table has", "tables have", "no head")  # 1.3.1
    if nameless:
        yield _counted(nameless, "section has", "sections have", "no title")  # 2.4.6
    if pale := pale_texts(styles):
        yield _counted(
            len(pale), "colour of the theme has", "colours of the theme have", "too little contrast"
        )  # 1.4.3


def _counted(count: int, one: str, many: str, what: str) -> str:
    return f"{count} {one if count == 1 else many} {what}"


def _is_headed(table: nodes.Table) -> bool:
    headed = table.head or any(column.header for column in table.columns)
    return bool(headed) or not any(body.rows for body in table.bodies)


def _is_named(section: nodes.Section) -> bool:
    shown = (each for inline in section.title for each in (inline, *walk(inline)))
    return bool(plain_text(section.title).strip()) or any(isinstance(each, nodes.Image) for each in shown)


def not_claimed(reasons: Sequence[str]) -> Diagnostic:
    """Say why an e-book makes no claim."""
    return info(
        "accessibility-not-claimed",
        f"the e-book does not claim `{CLAIM}`: {'; '.join(reasons)}",
        hint="mend these, and the claim is made",
    )
