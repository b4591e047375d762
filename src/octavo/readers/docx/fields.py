"""Fields: what their instructions say, and what becomes of their results (ECMA-376-1, 17.16)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from octavo.readers.docx.names import BOOKMARK, W
from octavo.readers.docx.pieces import Around, Field, Line, Look, Piece
from octavo.tree import nodes
from octavo.tree.nodes import ContentsKind, ReferenceForm

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TOKEN: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_VALUED: Final = frozenset("lotcbfspnd*#@")
"""Switches that a value may follow."""
REFERENCES: Final = ("REF", "PAGEREF", "NOTEREF")
_NUMBERS: Final = "rnw"
SILENT: Final = frozenset({"XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE"})
"""Fields that show nothing."""
_KNOWN: Final = """
    ADDIN ADVANCE AUTHOR AUTONUM AUTOTEXT BIBLIOGRAPHY CITATION COMMENTS CREATEDATE DATE DOCPROPERTY
    DOCVARIABLE EDITTIME FILENAME FILESIZE FILLIN FORMCHECKBOX FORMDROPDOWN FORMTEXT GOTOBUTTON
    HYPERLINK IF INCLUDEPICTURE INCLUDETEXT INFO KEYWORDS LASTSAVEDBY LISTNUM MACROBUTTON MERGEFIELD
    NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE QUOTE REF NOTEREF REVNUM SAVEDATE SECTION
    SECTIONPAGES SEQ STYLEREF SUBJECT SYMBOL TEMPLATE TIME TITLE TOC USERADDRESS USERINITIALS USERNAME
    INDEX TOA SHAPE EMBED LINK
"""
KNOWN: Final = frozenset(_KNOWN.split())
UNDERSTOOD: Final = KNOWN | SILENT
"""Fields whose result is all that there is to know of them, or which are read otherwise."""


def matched_fields(root: Element) -> set[Element]:
    """Return the openings of fields that are closed in the same story; no other may swallow text."""
    found: set[Element] = set()
    open_fields: list[Element] = []
    for each in root.iter(f"{W}fldChar"):
        kind = each.get(f"{W}fldCharType")
        if kind == "begin":
            open_fields.append(each)
        elif kind == "end" and open_fields:
            found.add(open_fields.pop())
    return found


def understand(field: Field, instruction: str) -> None:
    """Put an instruction's name, arguments and switches into a field."""
    tokens = [(match.group(1) if match.group(2) is None else match.group(2), match.group(2) is None)
              for match in _TOKEN.finditer(instruction[:10_000])]  # fmt: skip
    if not tokens:
        return
    field.name = tokens[0][0].upper()
    at = 1
    while at < len(tokens):
        text, quoted = tokens[at]
        at += 1
        if quoted or not text.startswith("\\") or len(text) < 2:
            field.arguments.append(text.replace("\\\\", "\\") if quoted else text)
            continue
        switch = text[1:].lower()
        value = ""
        if (
            switch[:1] in _VALUED
            and at < len(tokens)
            and (tokens[at][1] or not tokens[at][0].startswith("\\"))
        ):
            value = tokens[at][0]
            at += 1
        field.switches[switch] = value


def link_of(field: Field) -> tuple[str, str]:
    """Return the target and the tip of a HYPERLINK field."""
    target = field.arguments[0] if field.arguments else ""
    anchor = field.switches.get("l", "")
    return f"{target}#{anchor}" if anchor else target, field.switches.get("o", "")


def around(field: Field) -> Around:
    """Return what a field and those that it stands in make of what is read next."""
    outer = field.around
    is_result = field.phase == "result"
    is_silent = field.matched and (not is_result or field.name == "TOC" or field.name in SILENT)
    return Around(
        silent=outer.silent or is_silent,
        contents=outer.contents or (field.matched and field.name == "TOC"),
        counted=outer.counted or field.name == "SEQ",
        link=link_of(field) if is_result and field.name == "HYPERLINK" else outer.link,
    )


def contents_of(field: Field, line: Line) -> nodes.Contents:
    """Return the table of contents that a TOC field makes."""
    sequence = field.switches.get("c", field.switches.get("a", ""))
    if sequence:
        return nodes.Contents(kind=_kind_of(sequence), position=line.position)
    levels = re.fullmatch(r"\d+-(\d)", field.switches.get("o", "1-3"))
    return nodes.Contents(depth=int(levels.group(1)) if levels else 3, position=line.position)


def _kind_of(sequence: str) -> ContentsKind:
    """Return what Word counts in a sequence: its name is the word before the numbers, in any language."""
    for kind, words in _SEQUENCES.items():
        if re.match(words, sequence, re.IGNORECASE):
            return kind
    return ContentsKind.FIGURES


_SEQUENCES: Final[Mapping[ContentsKind, str]] = {
    ContentsKind.TABLES: "tab|таб|표|表",
    ContentsKind.LISTINGS: (
        "list|código|cod|kod|kód|výpis|лист|ліст|κώδ|đoạn|कोड|نصبرمجي|קטע|کد|کوڈ|코드|リスト|代码|program"
    ),
}
"""How the names of sequences of tables and of listings begin."""


def close_reference(field: Field, line: Line) -> None:
    """Put a cross-reference in the place of a field's result, which must stand in one paragraph."""
    if field.line is not line or not field.arguments:
        return
    shown = line.pieces[field.start :]
    if any(piece.node for piece in shown) or not "".join(piece.text for piece in shown).strip():
        return
    text = "".join(piece.text for piece in shown)
    if field.name == "PAGEREF":
        form = ReferenceForm.PAGE
    elif any(switch in field.switches for switch in _NUMBERS):
        form = ReferenceForm.NUMBER
    else:
        form = ReferenceForm.TITLE
    if "p" in field.switches or field.name == "NOTEREF":
        # "Above", "below" and the marks of notes are words of the text's own.
        link = Look(shown[0].look.marks, shown[0].look.language, f"#{field.arguments[0]}")
        line.pieces[field.start :] = [Piece(text, link)]
        return
    # With words of its own around it, a reference that octavo wrote stands in a link.
    own = BOOKMARK.fullmatch(field.arguments[0]) and shown[0].look.link == f"#{field.arguments[0]}"
    look = Look(frozenset(), shown[0].look.language, shown[0].look.link if own else "")
    reference = nodes.CrossReference(target=field.arguments[0], form=form, text=text, position=line.position)
    line.pieces[field.start :] = [Piece(text, look, reference)]
