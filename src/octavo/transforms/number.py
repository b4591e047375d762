"""Number and label: sections, figures, tables, formulas and notes, counted in reading order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from octavo.transforms.resolved import Numbering, Terms
from octavo.transforms.survey import Survey
from octavo.transforms.terms import label
from octavo.tree import nodes
from octavo.tree.nodes import SectionRole

_NUMBERED_ROLES: Final = frozenset(
    {SectionRole.BODY, SectionRole.INTRODUCTION, SectionRole.CONCLUSION, SectionRole.APPENDIX}
)


class Numbers(msgspec.Struct, frozen=True):
    """Numbers and labels by key, as in `Index`."""

    numbers: Mapping[int, str]
    labels: Mapping[int, str]


def number(surveyed: Survey, numbering: Numbering, terms: Terms, language: str) -> Numbers:
    """Return the number and the label of everything that has them."""
    numbers: dict[int, str] = {}
    labels: dict[int, str] = {}
    for section, own in _section_numbers(surveyed, numbering.section_depth):
        numbers[section.key] = own
        appendix = own[0].isalpha()
        term = terms.appendix if appendix else terms.section
        labels[section.key] = label(language, term, own, section=not appendix)
    for kind, term in ((nodes.Figure, terms.figure), (nodes.Table, terms.table)):
        counted = (each for each in surveyed.found[kind] if _is_numbered(each))
        for count, each in enumerate(counted, start=1):
            numbers[each.key] = str(count)
            labels[each.key] = label(language, term, str(count))
    listings = (each for each in surveyed.found[nodes.CodeBlock] if is_listing(each))
    for count, each in enumerate(listings, start=1):
        numbers[each.key] = str(count)
        labels[each.key] = label(language, terms.listing, str(count))
    formulas = (each for each in surveyed.found[nodes.Formula] if _is_numbered_formula(each))
    for count, each in enumerate(formulas, start=1):
        numbers[each.key] = str(count)
        labels[each.key] = f"({count})"
    for count, each in enumerate(surveyed.found[nodes.Footnote], start=1):
        numbers[each.key] = str(count)
    return Numbers(numbers, labels)


def _is_numbered(node: nodes.Figure | nodes.Table) -> bool:
    return node.caption is not None if node.numbered is None else node.numbered


def is_listing(node: nodes.CodeBlock) -> bool:
    """Say whether code has a number: with a caption, and an id by which it can be referred to. A file's name above code
    is a caption as well, and not to be counted."""
    return node.caption is not None and bool(node.id)


def _is_numbered_formula(node: nodes.Formula) -> bool:
    return bool(node.id) if node.numbered is None else node.numbered


class _Open:
    """A section that is being filled, and how many of its children have been counted."""

    def __init__(self, level: int, number: str, numbered: bool) -> None:
        self.level = level
        self.number = number
        self.numbered = numbered
        self.sections = 0
        self.appendices = 0

    def next(self, role: SectionRole) -> str:
        if role is SectionRole.APPENDIX:
            self.appendices += 1
            own = _letters(self.appendices)
        else:
            self.sections += 1
            own = str(self.sections)
        return f"{self.number}.{own}" if self.number else own


def _section_numbers(surveyed: Survey, depth: int) -> list[tuple[nodes.Section, str]]:
    """Sections below an unnumbered one are unnumbered too, unless the author says otherwise. One without a title, which
    shows nothing, has no number that the next would go on from."""
    found: list[tuple[nodes.Section, str]] = []
    path = [_Open(0, "", numbered=True)]
    for section in surveyed.found[nodes.Section]:
        level = surveyed.levels[section.key]
        while path[-1].level >= level:
            path.pop()
        parent = path[-1]
        asked = parent.numbered and level <= depth and section.role in _NUMBERED_ROLES
        numbered = bool(section.title) and (asked if section.numbered is None else section.numbered)
        own = parent.next(section.role) if numbered else ""
        if own:
            found.append((section, own))
        path.append(_Open(level, own, numbered))
    return found


def _letters(count: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
