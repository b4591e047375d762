"""Styles by their names: what a paragraph or a run in a style is. Identifiers differ from program to program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from octavo.readers.docx.names import VALUE, W
from octavo.tree.semantics import WORD_STYLES, MarkKey, StyleKey

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

S, M = StyleKey, MarkKey

FORMULA_SOURCE: Final = "formula-text"
"""Marks the source of a formula, as octavo writes it for programs that show no formulas."""
DATE: Final = "date"
"""The role of the date in a title block, which is no style of the tree."""
_ROLES: Final[Mapping[str, str]] = {
    **{
        WORD_STYLES[key].lower(): str(key)
        for key in (
            S.TITLE, S.SUBTITLE, S.BYLINE, S.GROUP_TITLE, S.LEAD, S.ABSTRACT, S.KEY_POINTS, S.RECOMMENDATIONS,
            S.AUTHOR_NOTE, S.NOTICE, S.CASE, S.QUOTE, S.PULL_QUOTE, S.ATTRIBUTION, S.TERM, S.DEFINITION, S.FIGURE,
            S.CAPTION, S.CREDIT, S.CODE_BLOCK, S.FORMULA, S.DIVIDER, S.BIBLIOGRAPHY_ENTRY, S.CONTENTS_TITLE,
            S.TABLE_NOTE,
        )
    },
    "author": S.BYLINE,
    "authors": S.BYLINE,
    "block text": S.QUOTE,
    "intense quote": S.QUOTE,
    "quotations": S.QUOTE,
    "quotation": S.QUOTE,
    "block quotation": S.QUOTE,
    "zitat": S.QUOTE,
    "image caption": S.CAPTION,
    "table caption": S.CAPTION,
    "figure caption": S.CAPTION,
    "illustration": S.CAPTION,
    "drawing": S.CAPTION,
    "beschriftung": S.CAPTION,
    "captioned figure": S.FIGURE,
    "source code": S.CODE_BLOCK,
    "html preformatted": S.CODE_BLOCK,
    "preformatted text": S.CODE_BLOCK,
    "macro": S.CODE_BLOCK,
    "code": S.CODE_BLOCK,
    "equation": S.FORMULA,
    "horizontal line": S.DIVIDER,
    "definition term": S.TERM,
    "list heading": S.TERM,
    "list contents": S.DEFINITION,
    "contents heading": S.CONTENTS_TITLE,
    "titel": S.TITLE,
    "titre": S.TITLE,
    "título": S.TITLE,
    "titolo": S.TITLE,
    "untertitel": S.SUBTITLE,
    "date": DATE,
    "datum": DATE,
    "sous-titre": S.SUBTITLE,
}  # fmt: skip
_HEADING: Final = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|otsikko|nagłówek|заголовок|标题|見出し|제목)"
    r" ?([1-9])"
)
_LIST: Final = re.compile(r"list (bullet|number|continue|paragraph)(?: ([2-9]))?")
_CONTENTS: Final = re.compile(r"(?:toc|contents|verzeichnis) ?\d|table of figures|user index \d|index \d")
_CONTAINERS: Final[Mapping[str, str]] = {
    WORD_STYLES[key].lower(): str(key)
    for key in (
        S.LEAD, S.ABSTRACT, S.KEY_POINTS, S.RECOMMENDATIONS, S.AUTHOR_NOTE, S.NOTICE, S.CASE, S.QUOTE, S.PULL_QUOTE,
    )
}  # fmt: skip
_STANDING: Final = re.compile(
    r"(?: (?:first|last|only|middle|alone|kept|loose|spaced|spaced above|spaced below|left|right|center|justified"
    r"|decimal|after table|before table|between tables|\d\d))+"
)
"""How a paragraph stands that is of another style: octavo's writer has styles of their own for that."""
_MARKS: Final[Mapping[str, str]] = {
    "emphasis": M.EMPHASIS,
    "subtle emphasis": M.EMPHASIS,
    "intense emphasis": M.EMPHASIS,
    "book title": M.EMPHASIS,
    "citation": M.EMPHASIS,
    "strong": M.STRONG,
    "strong emphasis": M.STRONG,
    "small caps": M.SMALL_CAPS,
    "superscript": M.SUPERSCRIPT,
    "subscript": M.SUBSCRIPT,
    "deleted": M.DELETED,
    "code": M.CODE,
    "code char": M.CODE,
    "html code": M.CODE,
    "verbatim char": M.CODE,
    "source text": M.CODE,
    "html keyboard": M.CODE,
    "html typewriter": M.CODE,
    "html sample": M.CODE,
    "teletype": M.CODE,
    "hyperlink": "",
    "followedhyperlink": "",
    "internet link": "",
    "visited internet link": "",
    "footnote reference": "",
    "endnote reference": "",
    "footnote characters": "",
    "endnote characters": "",
    "footnote anchor": "",
    "endnote anchor": "",
    "page number": "",
    "default paragraph font": "",
    "formula text": FORMULA_SOURCE,
    **{
        WORD_STYLES[key].lower(): str(key)
        for key in (
            M.HEADING_NUMBER, M.LIST_MARKER, M.CAPTION_LABEL, M.GROUP_LABEL, M.AFFILIATION,
        )
    },
}  # fmt: skip
"""Character styles that mean something; empty: their look comes from what they stand on, and means nothing."""
MONOSPACED: Final = re.compile(
    r"courier|consolas|mono\b|monospace|menlo|monaco|lucida console|andale|typewriter|fixed", re.IGNORECASE
)

TOGGLES: Final[Mapping[str, str]] = {
    f"{W}b": M.STRONG,
    f"{W}i": M.EMPHASIS,
    f"{W}smallCaps": M.SMALL_CAPS,
    f"{W}strike": M.DELETED,
    f"{W}dstrike": M.DELETED,
}


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """A named style with what it inherits.

    `role` is a style key, "heading", "list", "contents" or "" for plain text; `within` the container that its name
    begins with; `level` the heading's or list's level from 1; `kind` of a list is "bullet", "number", "continue",
    "paragraph". `marks` are those that a character style stands for; `fonts` the direct font of the style.
    """

    name: str = ""
    role: str = ""
    within: str = ""
    level: int = 0
    kind: str = ""
    outline: int = 0
    """From 1; 0: none."""
    number: tuple[str, int] | None = None
    marks: frozenset[str] = frozenset()
    means: bool = False
    """A character style whose name says what it is."""
    language: str = ""
    font: str = ""
    align: str = ""


PLAIN: Final = Style()


class Styles:
    """The styles of a document, found by identifier."""

    def __init__(self, root: Element | None) -> None:
        self._raw: dict[str, Element] = {}
        self._found: dict[str, Style] = {}
        self.language = ""
        """What runs are in where they say nothing."""
        self.default = PLAIN
        if root is None:
            return
        language = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        if language is not None:
            self.language = language.get(VALUE) or ""
        for each in root.iterchildren(f"{W}style"):
            identifier = each.get(f"{W}styleId") or ""
            self._raw.setdefault(identifier, each)
            if each.get(f"{W}default") in ("1", "true", "on") and each.get(f"{W}type") == "paragraph":
                self.default = self.of(identifier)
        self.language = self.default.language or self.language

    def of(self, identifier: str) -> Style:
        """Return a style; a plain one for an identifier that is unknown."""
        found = self._found.get(identifier)
        if found is None:
            found = self._found[identifier] = self._make(identifier, set())
        return found

    def _make(self, identifier: str, seen: set[str]) -> Style:
        element = self._raw.get(identifier)
        if element is None or identifier in seen:
            return Style(name=identifier.lower())
        seen.add(identifier)
        name = (_value(element, "name") or identifier).strip().lower()
        parent = _value(element, "basedOn")
        base = (self._found.get(parent) or self._make(parent, seen)) if parent else PLAIN
        if element.get(f"{W}type") == "character":
            return _character(name, base, element)
        role, within, level, kind = named_role(name)
        stands = base.name and name.startswith(base.name) and _STANDING.fullmatch(name[len(base.name) :])
        if stands or not role:
            role, within, level, kind = base.role, base.within, base.level, base.kind
        if stands:
            name = base.name
        properties = element.find(f"{W}pPr")
        outline = _value(properties, "outlineLvl")
        deep = int(outline) + 1 if _is_short(outline) else base.outline
        return Style(
            name=name,
            role=role,
            within=within,
            level=level,
            kind=kind,
            outline=deep if deep <= 9 else 0,
            number=number_of(properties) or base.number,
            language=_language(element) or base.language,
            font=font_of(element.find(f"{W}rPr")) or base.font,
            align=_value(properties, "jc") or base.align,
        )


def named_role(name: str) -> tuple[str, str, int, str]:
    """Return (role, container, level, kind of list) of a style by its name in lower case."""
    if match := _HEADING.fullmatch(name):
        return "heading", "", int(match.group(1)), ""
    if match := _LIST.fullmatch(name):
        return "list", "", int(match.group(2) or 1), match.group(1)
    if _CONTENTS.fullmatch(name):
        return "contents", "", 0, ""
    if name in _ROLES:
        return _ROLES[name], "", 0, ""
    for prefix, container in _CONTAINERS.items():
        if name.startswith(f"{prefix} "):
            rest = name[len(prefix) + 1 :]
            if rest == "title":
                return S.GROUP_TITLE, container, 0, ""
            role, _, level, kind = named_role(rest)
            return role or container, container, level, kind
    return "", "", 0, ""


def _character(name: str, base: Style, element: Element) -> Style:
    properties = element.find(f"{W}rPr")
    known = _MARKS.get(name)
    if known is not None:
        marks = frozenset({known} if known else ())
    else:
        marks = base.marks
        for tag, mark in TOGGLES.items():
            found = properties.find(tag) if properties is not None else None
            if found is not None:
                marks = marks | {mark} if is_on(found) else marks - {mark}
        if properties is not None and MONOSPACED.search(font_of(properties)):
            marks |= {M.CODE}
        marks |= raised(properties)
    return Style(
        name=name,
        marks=marks,
        means=known is not None or base.means,
        language=_language(element) or base.language,
        font=font_of(properties) or base.font,
    )


def raised(properties: Element | None) -> frozenset[str]:
    """Return the mark of raised or lowered text."""
    value = _value(properties, "vertAlign")
    if value in ("superscript", "subscript"):
        return frozenset({value})
    # Smaller text that is set higher or lower by hand, as LibreOffice writes it.
    moved = _value(properties, "position")
    if properties is None or not re.fullmatch(r"-?[1-9]\d?", moved) or properties.find(f"{W}sz") is None:
        return frozenset()
    return frozenset({M.SUBSCRIPT if moved.startswith("-") else M.SUPERSCRIPT})


def is_on(element: Element) -> bool:
    """Say whether a toggle property is on (ECMA-376-1, 17.17.4)."""
    return element.get(VALUE, "1") not in ("0", "false", "off", "none")


def font_of(properties: Element | None) -> str:
    """Return the font that run properties name, or the role of a theme font."""
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    return "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}asciiTheme") or ""


def number_of(properties: Element | None) -> tuple[str, int] | None:
    """Return (list, level from 0) that paragraph properties name; ("0", 0) where they take a paragraph out of lists."""
    found = properties.find(f"{W}numPr") if properties is not None else None
    if found is None:
        return None
    level = _value(found, "ilvl")
    return _value(found, "numId"), min(int(level), 8) if _is_short(level) else 0


def _is_short(number: str) -> bool:
    """Say whether a text is a number that a level may be."""
    return number.isdecimal() and len(number) < 6


def _language(element: Element) -> str:
    found = element.find(f"{W}rPr/{W}lang")
    return (found.get(VALUE) or "") if found is not None else ""


def _value(element: Element | None, name: str) -> str:
    found = element.find(f"{W}{name}") if element is not None else None
    return (found.get(VALUE) or "") if found is not None else ""
