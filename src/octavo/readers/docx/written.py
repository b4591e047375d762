"""Stories as octavo's own writer writes them, read from their text: lines with the signatures of those that `Story`
finds, without a tree.

The writer needs the hash of each block that it wrote. What it writes is regular: most paragraphs are runs that one
pattern finds, in a fraction of the time that a tree takes. Whatever holds more (fields, pictures, formulas,
tables, contents) is parsed by itself and read by `Story`. A test compares the two on generated documents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from lxml import etree

from octavo.diagnostics import Position
from octavo.readers.docx import fields
from octavo.readers.docx.names import DRAWING, ID, INLINE, OFFICE, WORD, W
from octavo.readers.docx.names import MATH as MATHEMATICS
from octavo.readers.docx.package import Relationship
from octavo.readers.docx.pieces import NO_LOOK, Grid, GridCell, GridRow, Item, Line, Look, Piece
from octavo.readers.docx.shared import Shared
from octavo.readers.docx.signature import BREAK, SOURCE, Saying, list_mark, look_name, note_said
from octavo.readers.docx.story import Story
from octavo.readers.docx.styles import FORMULA_SOURCE, Style
from octavo.tree import nodes

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OPENING: Final = (
    f'<w:body xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:wp="{INLINE}" xmlns:a="{DRAWING}" xmlns:m="{MATHEMATICS}" '
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
_TEXT, _OTHER, _START, _END, _LINKED = 2, 3, 5, 6, 7
"""The last groups of what is found: a text, another run, a bookmark's start and end, the start of a link."""
_INNER: Final = re.compile(
    r'<w:t xml:space="preserve">([^<]*)</w:t>|<w:(tab|softHyphen|br|footnoteRef|endnoteRef)/>'
    r'|<w:(foot|end)noteReference w:id="(\d+)"/>'
)
_BETWEEN: Final = re.compile(r'<w:bookmark(?:Start w:id="(\d+)" w:name="([^"]*)"|End w:id="(\d+)")/>')
_ROW: Final = re.compile(r"<w:tr><w:trPr>(.*?)</w:trPr>(.*?)</w:tr>", re.DOTALL)
_CELL: Final = re.compile(r"<w:tc><w:tcPr>(.*?)</w:tcPr>(.*?)</w:tc>", re.DOTALL)
_SPAN: Final = re.compile(r'<w:gridSpan w:val="(\d+)"/>')
_TABLE: Final = re.compile(r"<(/?)w:tbl>")
_LINK: Final = re.compile(r'(r:id|w:anchor|w:tooltip)="([^"]*)"')
_PARSED: Final = ("<w:fldChar", "<w:drawing", "<m:oMath", "<mc:", "<w:sdt>")
"""Openings of what is not read from text."""
_ESCAPES: Final = {
    "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#10;": "\n", "&#13;": "\r", "&#9;": "\t", "&amp;": "&",
}  # fmt: skip
"""The last is `&` itself, so that nothing is read twice."""
_CHARACTERS: Final = {"tab": "\t", "softHyphen": "\N{SOFT HYPHEN}"}
_PLAIN_LOOK: Final = look_name(NO_LOOK)
_NOWHERE: Final = Position(0)
_SAID: Final = Piece("", NO_LOOK)
"""Stands for what a signature already tells."""


class WrittenLine(Line):
    """A line of which no more is known than what its signature says."""

    __slots__ = ("is_blank",)

    def __init__(self, position: Position, style: Style) -> None:
        super().__init__(position, style)
        self.is_blank = True

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see in it but white space."""
        return self.is_blank


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
        self._seen: dict[tuple[str | None, str, str], str] = {}
        """The names of looks by (run properties, font of the style, link)."""
        self._marks: dict[tuple[str, int], str] = {}

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
        if not text.startswith("<w:tbl>", at):
            end_at = _end_of_control(text, at)
            self._parse(text[at:end_at])
            return end_at
        end_at = _end_of_table(text, at)
        table = text[at:end_at]
        if table.count("<w:tbl>") > 1 or any(each in table for each in _PARSED):
            self._parse(table)
        else:
            self._table_text(table)
        return end_at

    def _parse(self, xml: str) -> None:
        """Read blocks by way of a tree."""
        root = etree.fromstring(f"{_OPENING}{xml}</w:body>")
        self._matched = fields.matched_fields(root)
        for each in root:
            self._block(each, self.items, True)

    # Tables ----------------------------------------------------------------------------------------------------------

    def _table_text(self, text: str) -> None:
        """Read a table whose cells hold paragraphs alone."""
        rows: list[GridRow] = []
        for properties, content in _ROW.findall(text):
            cells: list[GridCell] = []
            column = 0
            for cell, paragraphs in _CELL.findall(content):
                found = _SPAN.search(cell)
                span = int(found.group(1)) if found else 1
                merged, restarts = "<w:vMerge/>" in cell, '<w:vMerge w:val="restart"/>' in cell
                items = self._in_cell(paragraphs)
                cells.append(
                    GridCell(column=column, span=span, merged=merged, restarts=restarts, items=items)
                )
                column += span
            rows.append(GridRow(cells=cells, header="<w:tblHeader/>" in properties))
        self.items.append(Grid(_NOWHERE, 0, rows))

    def _in_cell(self, text: str) -> list[Item]:
        found: list[Item] = []
        at = 0
        while at < len(text):
            between = _BETWEEN.match(text, at)
            if between is None:
                last = text.find(_PARAGRAPH_END, at)
                found.append(self._line_text(text, at, last, -1))
                at = last + len(_PARAGRAPH_END)
                continue
            start, name, end = between.groups()
            if end is None:
                self._open_bookmark(start, _plain(name), -1)
            else:
                self._close_bookmark(end, len(found) - 1)
            at = between.end()
        return found

    # Paragraphs ------------------------------------------------------------------------------------------------------

    def _paragraph_text(self, text: str, start: int, end: int) -> None:
        """Read a paragraph that begins and ends at places of the text."""
        for each in _PARSED:
            if text.find(each, start, end) >= 0:
                self._parse(text[start : end + len(_PARAGRAPH_END)])
                return
        self.items.append(self._line_text(text, start, end, len(self.items)))

    def _line_text(self, text: str, start: int, end: int, item: int) -> WrittenLine:
        """Return the line of a paragraph, which will be an item; -1 within a table."""
        at = start + len(_PARAGRAPH)
        properties_end = text.find(_PROPERTIES_END, at)
        identifier: str | None = None
        if text.startswith(_STYLE, at):
            at += len(_STYLE)
            identifier = text[at : text.find('"', at)]
        styles = self._shared.styles
        style = styles.default if identifier is None else styles.of(identifier)
        line = WrittenLine(_NOWHERE, style)
        self._waiting.clear()
        number = _NUMBER.search(text, at, properties_end)
        listed = (number.group(2), int(number.group(1))) if number else style.number
        saying = Saying(style, self._list_mark(listed) if listed is not None else "")
        self._here_at = item
        self._content(text[properties_end + len(_PROPERTIES_END) : end], line, saying)
        self._here_at = -1
        line.signature, line.is_blank = saying.signature(), saying.is_blank
        return line

    def _list_mark(self, listed: tuple[str, int]) -> str:
        found = self._marks.get(listed)
        if found is None:
            place = self._shared.numbering.place(*listed)
            found = list_mark(place.level, ordered=place.kind.ordered) if place is not None else ""
            self._marks[listed] = found
        return found

    def _content(self, content: str, line: WrittenLine, saying: Saying) -> None:
        link = ""
        for piece in _PIECE.finditer(content):
            kind = piece.lastindex
            if kind in (_TEXT, _OTHER):
                properties, text, other = piece.group(1, 2, 3)
                look = self._look(properties, line.style, link) if properties or link else _PLAIN_LOOK
                if text is None:
                    self._mixed(other, look, line, saying)
                elif text:
                    _say(_plain(text), look, line, saying)
            elif kind == _START:
                self._mark(piece.group(4), _plain(piece.group(5)), line)
            elif kind == _END:
                self._mark_end(piece.group(6), line)
            else:
                link = self._link(piece.group(_LINKED)) if kind == _LINKED else ""

    def _look(self, properties: str | None, style: Style, link: str) -> str:
        """Return the name of a look."""
        key = properties, style.font, link
        found = self._seen.get(key)
        if found is None:
            look = NO_LOOK
            if properties:
                element = etree.fromstring(f"{_OPENING}{properties}</w:body>")[0]
                look = self._shared.looks.of(element, style)[0]
            found = look_name(Look(look.marks, look.language, link))
            found = self._seen[key] = SOURCE if FORMULA_SOURCE in look.marks else found
        return found

    def _link(self, attributes: str) -> str:
        found = {name: _plain(value) for name, value in _LINK.findall(attributes)}
        related = self._relationships.get(found.get("r:id", ""))
        target = related.target if related is not None and related.external else ""
        anchor = found.get("w:anchor")
        return f"{target}#{anchor}" if anchor else target

    def _mixed(self, content: str, look: str, line: WrittenLine, saying: Saying) -> None:
        """Read a run that holds more than one text."""
        for text, name, kind, number in _INNER.findall(content):
            if name in _CHARACTERS:
                _say(_CHARACTERS[name], look, line, saying)
            elif name == "br":
                saying.node(BREAK)
                line.pieces.append(_SAID)
            elif kind:
                saying.node(note_said(self._cited(f"{kind}note", number)))
                line.pieces.append(_SAID)
            elif text:
                _say(_plain(text), look, line, saying)

    def _latex(self, _element: Element, text: str) -> str:
        return self._shared.formulas[text]

    def _note(self, element: Element, look: Look, line: Line) -> None:
        kind = "footnote" if element.tag == f"{W}footnoteReference" else "endnote"
        items = self._cited(kind, element.get(ID) or "")
        note = nodes.Footnote(content=(), endnote=kind == "endnote", position=line.position)
        line.pieces.append(Piece("", look, note, "note", items))

    def _cited(self, kind: str, number: str) -> list[Item]:
        """Return what stands in a note."""
        inner = WrittenStory(self._shared, self._beside.get(kind, {}), {}, {})
        inner._fixed, inner._in_note, inner._seen, inner._marks = _NOWHERE, True, self._seen, self._marks
        return list(inner.read_text(self._notes[kind, number]))


def _say(text: str, look: str, line: WrittenLine, saying: Saying) -> None:
    """Take in a text."""
    if look != SOURCE:
        saying.text(look, text)
        line.pieces.append(_SAID)
    elif saying.source(text):
        line.pieces.append(_SAID)


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
