"""The tag tree of a PDF: whether there is one, and what a screen reader finds in it.

Sources: ISO 32000-1, 14.7 (logical structure), 14.8.4 (standard types); ISO 14289-1, 7.3 (graphics), 7.4 (headings),
7.5 (tables), 7.18 (annotations).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from octavo.checks.findings import Findings, check_levels

_HEADING: Final = re.compile(r"/H([1-6])$")
_MOST_ELEMENTS: Final = 2_000_000


def check_structure(pdf: Any, for_press: bool, findings: Findings) -> None:
    """Report what the tags of a file lack; a file for the press needs none."""
    root = pdf.Root
    tree = root.get("/StructTreeRoot")
    if tree is None or not root.get("/MarkInfo", {}).get("/Marked", False):
        if not for_press:
            message = "the file is not tagged, so a screen reader has to guess its order and headings"
            findings.error("pdf-untagged", message)
        return
    roles = {str(key): str(value) for key, value in dict(tree.get("/RoleMap", {})).items()}
    page_of = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    levels: list[tuple[int, str]] = []
    counts: dict[str, int] = {}
    for element, page in _elements(tree, page_of):
        kind = str(element.get("/S", ""))
        for _ in range(10):
            kind = roles.get(kind, kind)
        counts[kind] = counts.get(kind, 0) + 1
        where = f"page {page}: " if page else ""
        heading = _HEADING.match(kind)
        if heading:
            levels.append(
                (int(heading.group(1)), str(element.get("/T", "")) or f"{counts[kind]} of {kind[1:]}")
            )
        elif kind in ("/Figure", "/Formula") and not _has_alternative(element):
            message = f"{where}a {kind[1:].lower()} has no alternative text"
            findings.error("edition-without-alt", message, "say what it shows, or that it decorates")
        elif kind == "/Table" and not _holds(element, "/TH", roles):
            findings.warning("edition-table-head", f"{where}a table has no head cells")
    check_levels(levels, findings)
    if not levels and len(page_of) > 3:
        findings.warning("edition-no-headings", "no heading is tagged as one")
    if not counts:
        findings.error("pdf-untagged", "the tag tree is empty")


def _elements(tree: Any, page_of: dict[Any, int]) -> Iterator[tuple[Any, int]]:
    """Yield (element, page or 0) in reading order, without recursion, each once."""
    import pikepdf

    stack: list[tuple[Any, int]] = [(each, 0) for each in reversed(_kids(tree))]
    seen: set[Any] = set()
    while stack and len(seen) < _MOST_ELEMENTS:
        element, page = stack.pop()
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            continue
        if element.is_indirect:
            if element.objgen in seen:
                continue
            seen.add(element.objgen)
        named = element.get("/Pg")
        page = page_of.get(named.objgen, page) if named is not None else page
        yield element, page
        stack.extend((each, page) for each in reversed(_kids(element)))


def _kids(element: Any) -> list[Any]:
    import pikepdf

    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _has_alternative(element: Any) -> bool:
    return any(str(element.get(key, "")).strip() for key in ("/Alt", "/ActualText"))


def _holds(element: Any, wanted: str, roles: dict[str, str]) -> bool:
    return any(
        roles.get(str(each.get("/S", "")), str(each.get("/S", ""))) == wanted
        for each, _ in _elements(element, {})
    )
