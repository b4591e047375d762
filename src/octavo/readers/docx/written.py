"""Stories as octavo's own writer writes them, read from their text: the same lines as `Story` finds, without a tree.

The writer needs the hash of each block that it wrote. What it writes is regular: most paragraphs are runs that one
pattern finds, in a third of the time that a tree takes. Whatever holds more (fields, pictures, formulas,
tables, contents) is parsed by itself and read by `Story`. A test compares the two on generated documents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from lxml import etree

from octavo.readers.docx import fields
from octavo.readers.docx.names import DRAWING, ID, INLINE, MATH, OFFICE, WORD, W
from octavo.readers.docx.package import Relationship
from octavo.readers.docx.pieces import NO_LOOK, Item, Line, Look, Piece
from octavo.readers.docx.shared import Shared
from octavo.readers.docx.story import Story
from octavo.readers.docx.styles import FORMULA_SOURCE, Style
from octavo.tree import nodes

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OPENING: Final = (
    f'<w:body xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:wp="{INLINE}" xmlns:a="{DRAWING}" xmlns:m="{MATH}" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
)
_PARAGRAPH: Final = "<w:p><w:pPr>"
_STYLE: Final = '<w:pStyle w:val="'
_PROPERTIES_END: Final = "</w:pPr>"
_PARAGRAPH_END: Final = "</w:p>"
_NUMBER: Final = re.compile(r'<w:numPr><w:ilvl w:val="(\d)"/><w:numId w:val="(\d+)"/></w:numPr>')
_PIECE: Final = re.compile(
    r'<w:r>(<w:rPr>.*?</w:rPr>)?(?:<w:t xml:space="preserve">([^<]*)</w:t></w:r>|(.*?)</w:r>)'
    r'|<w:bookmark(?:Start w:id="(\d+)" w:name="([^"]*)"|End w:id="(\d+)")/>'
    r"|<w:hyperlink ([^>]*)>|(</w:hyperlink>)",
    re.DOTALL,
)
"""(properties, text, other content of a run; a bookmark's start and its name, its end; a link's attributes, its end)"""
_INNER: Final = re.compile(
    r'<w:t xml:space="preserve">([^<]*)</w:t>|<w:(tab|softHyphen|br|footnoteRef|endnoteRef)/>'
    r'|<w:(foot|end)noteReference w:id="(\d+)"/>'
)
_BETWEEN: Final = re.compile(r'<w:bookmark(?:Start w:id="(\d+)" w:name="([^"]*)"|End w:id="(\d+)")/>')
_TABLE: Final = re.compile(r"<(/?)w:tbl>")
_LINK: Final = re.compile(r'(r:id|w:anchor|w:tooltip)="([^"]*)"')
_PARSED: Final = ("<w:fldChar", "<w:drawing", "<m:oMath", "<mc:")
"""Openings of what is not read from text."""
_ESCAPES: Final = {
    "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#10;": "\n", "&#13;": "\r", "&#9;": "\t", "&amp;": "&",
}  # fmt: skip
"""The last is `&` itself, so that nothing is read twice."""
_CHARACTERS: Final = {"tab": "\t", "softHyphen": "\N{SOFT HYPHEN}"}


class WrittenStory(Story):
    """A story that octavo wrote. `notes` are the contents of its notes, as XML, by (kind, number)."""

    def __init__(
        self,
        shared: Shared,
        relationships: Mapping[str, Relationship],
        notes: Mapping[tuple[str, str], str],
        note_relationships: Mapping[str, Mapping[str, Relationship]],
    ) -> None:
        super().__init__(shared, relationships)
        self._notes = notes
        self._beside = note_relationships
        self._seen: dict[tuple[str, str], Look] = {}

    def read_text(self, text: str) -> Sequence[Item]:
        """Return the lines and grids of a story's content."""
        if "\r" in text:
            # As a parser takes the ends of lines (XML 1.0, 2.11).
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        at = 0
        while at < len(text):
            at = self._next(text, at)
        self._close_all()
        return self.items

    def _next(self, text: str, at: int) -> int:
        """Read one block, and return where the next begins."""
        if text.startswith(_PARAGRAPH, at):
            last = text.find(_PARAGRAPH_END, at)
            self._paragraph_text(text, at, last)
            return last + len(_PARAGRAPH_END)
        between = _BETWEEN.match(text, at)
        if between is not None:
            start, name, end = between.groups()
            if end is None:
                self._waiting.append(_plain(name))
                self._open_bookmark(start, _plain(name), len(self.items))
            else:
                self._close_bookmark(end, len(self.items) - 1)
            return between.end()
        end_at = _end_of_table(text, at) if text.startswith("<w:tbl>", at) else _end_of_control(text, at)
        self._parse(text[at:end_at])
        return end_at

    def _parse(self, xml: str) -> None:
        """Read blocks by way of a tree."""
        root = etree.fromstring(f"{_OPENING}{xml}</w:body>")
        self._matched = fields.matched_fields(root)
        for each in root:
            self._block(each, self.items, True)

    # Paragraphs ------------------------------------------------------------------------------------------------------

    def _paragraph_text(self, text: str, start: int, end: int) -> None:
        """Read a paragraph that begins and ends at places of the text."""
        at = start + len(_PARAGRAPH)
        properties_end = text.find(_PROPERTIES_END, at)
        content = text[properties_end + len(_PROPERTIES_END) : end]
        for each in _PARSED:
            if each in content:
                self._parse(text[start : end + len(_PARAGRAPH_END)])
                return
        style: str | None = None
        if text.startswith(_STYLE, at):
            at += len(_STYLE)
            style = text[at : text.find('"', at)]
        properties = text[at:properties_end]
        line = self._new_line()
        if self._waiting:
            line.bookmarks, self._waiting = self._waiting, []
        styles = self._shared.styles
        line.style = styles.default if style is None else styles.of(style)
        number = _NUMBER.search(properties) if properties else None
        listed = (number.group(2), int(number.group(1))) if number else line.style.number
        if listed is not None:
            line.list = self._shared.numbering.place(*listed)
        self._here_at = len(self.items)
        self._content(content, line)
        self._here_at = -1
        self.items.append(line)

    def _content(self, content: str, line: Line) -> None:
        link = tip = ""
        for piece in _PIECE.finditer(content):
            properties, text, other, start, name, end, attributes, closes = piece.groups()
            if text is not None or other is not None:
                look = self._look(properties, line.style) if properties else NO_LOOK
                if link:
                    look = Look(look.marks, look.language, link, tip)
                if text is None:
                    self._mixed(other, look, line)
                elif text and FORMULA_SOURCE not in look.marks:
                    line.pieces.append(Piece(_plain(text), look))
                elif text:
                    self._source(_plain(text), look, line)
            elif start is not None:
                self._mark(start, _plain(name), line)
            elif end is not None:
                self._mark_end(end, line)
            elif closes:
                link = tip = ""
            else:
                link, tip = self._link(attributes)

    def _look(self, properties: str, style: Style) -> Look:
        key = properties, style.font
        found = self._seen.get(key)
        if found is None:
            element = etree.fromstring(f"{_OPENING}{properties}</w:body>")[0]
            found = self._seen[key] = self._shared.looks.of(element, style)[0]
        return found

    def _link(self, attributes: str) -> tuple[str, str]:
        found = {name: _plain(value) for name, value in _LINK.findall(attributes)}
        related = self._relationships.get(found.get("r:id", ""))
        target = related.target if related is not None and related.external else ""
        if anchor := found.get("w:anchor"):
            target = f"{target}#{anchor}"
        return target, found.get("w:tooltip", "")

    def _mixed(self, content: str, look: Look, line: Line) -> None:
        """Read a run that holds more than one text."""
        for text, name, kind, number in _INNER.findall(content):
            if name in _CHARACTERS:
                self._text(_CHARACTERS[name], look, line)
            elif name == "br":
                self._node(nodes.LineBreak(position=line.position), look, line)
            elif kind:
                self._cite(f"{kind}note", number, look, line)
            elif text:
                self._text(_plain(text), look, line)

    def _latex(self, _element: Element, text: str) -> str:
        return self._shared.formulas[text]

    def _note(self, element: Element, look: Look, line: Line) -> None:
        kind = "footnote" if element.tag == f"{W}footnoteReference" else "endnote"
        self._cite(kind, element.get(ID) or "", look, line)

    def _cite(self, kind: str, number: str, look: Look, line: Line) -> None:
        inner = WrittenStory(self._shared, self._beside.get(kind, {}), {}, {})
        inner._fixed, inner._in_note, inner._seen = line.position, True, self._seen
        items = list(inner.read_text(self._notes[kind, number]))
        note = nodes.Footnote(content=(), endnote=kind == "endnote", position=line.position)
        line.pieces.append(Piece("", look, note, "note", items))


def _plain(text: str) -> str:
    """Return text without the escapes that the writer makes."""
    if "&" in text:
        for escape, character in _ESCAPES.items():
            text = text.replace(escape, character)
    return text


def _end_of_table(text: str, at: int) -> int:
    depth = 0
    for found in _TABLE.finditer(text, at):
        depth += -1 if found.group(1) else 1
        if not depth:
            return found.end()
    return len(text)


def _end_of_control(text: str, at: int) -> int:
    """Return where a content control ends; what begins with anything else is read as a whole."""
    end = text.find("</w:sdt>", at) if text.startswith("<w:sdt>", at) else -1
    return len(text) if end < 0 else end + len("</w:sdt>")
