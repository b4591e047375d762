"""Stories: the document's text, its notes and its text boxes, read into lines and grids in reading order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from octavo.diagnostics import Position
from octavo.readers.docx import fields
from octavo.readers.docx.names import (
    BOOKMARK,
    BOOKMARK_END,
    BOOKMARK_START,
    ID,
    MC,
    NAME,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    RUN,
    VALUE,
    M,
    W,
)
from octavo.readers.docx.package import Relationship
from octavo.readers.docx.pieces import NO_LOOK, Grid, GridCell, GridRow, Item, Line, Range
from octavo.readers.docx.runs import Runs
from octavo.readers.docx.shared import SKIPPED, Shared
from octavo.readers.docx.styles import Style, is_on, number_of
from octavo.tree import nodes
from octavo.tree.semantics import StyleKey

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_STYLE: Final = f"{W}pStyle"
_ALIGNMENT: Final = f"{W}jc"
_OUTLINE: Final = f"{W}outlineLvl"
_BREAK: Final = f"{W}pageBreakBefore"
_BORDER: Final = f"{W}pBdr"


class Story(Runs):
    """One story. `ranges` are its bookmarks."""

    def __init__(
        self, shared: Shared, relationships: Mapping[str, Relationship], position: Position | None = None
    ) -> None:
        super().__init__(shared, relationships, position)
        self.items: list[Item] = []
        self.ranges: dict[str, Range] = {}
        self._open: dict[str, Range] = {}
        self._formula_marks: dict[str, tuple[str, Line, int]] = {}
        """Open bookmarks of formulas, by identifier: (LaTeX, paragraph, how many of its pieces stand before)."""
        self._waiting: list[str] = []
        """Bookmarks that stand before the next paragraph."""
        self._here_at = -1
        """The item that the paragraph being read will be; -1 within a table."""
        self._divided: Line | None = None
        """A paragraph that was divided where a page ends, and goes on in the next one."""

    def read(self, root: Element) -> list[Item]:
        """Return the lines and grids below an element."""
        self._matched = fields.matched_fields(root)
        self.items = self._blocks(root, outermost=True)
        self._close_all()
        return self.items

    def _close_all(self) -> None:
        """Close the bookmarks that nothing closed."""
        for each in self._open.values():
            if each.last < 0:
                each.first = -each.first - 2 if each.first < 0 else each.first
                each.last = each.first

    def beside(self, element: Element, relationships: Mapping[str, Relationship], line: Line) -> list[Item]:
        """Return the items of a note or a text box that a line refers to."""
        story = Story(self._shared, relationships, line.position)
        story._in_note = self._in_note or element.tag in (f"{W}footnote", f"{W}endnote")
        return story.read(element)

    # Blocks ----------------------------------------------------------------------------------------------------

    def _blocks(
        self, parent: Element, *, outermost: bool = False, into: list[Item] | None = None
    ) -> list[Item]:
        found: list[Item] = [] if into is None else into
        if outermost:
            self.items = found
        for each in parent:
            self._block(each, found, outermost)
        return found

    def _block(self, each: Element, found: list[Item], outermost: bool) -> None:
        tag = each.tag
        if tag == PARAGRAPH:
            self._paragraph(each, found, outermost)
        elif tag == f"{W}tbl":
            found.append(self._table(each))
        elif tag == BOOKMARK_START:
            self._waiting.append(each.get(NAME) or "")
            self._open_bookmark(each.get(ID) or "", each.get(NAME) or "", len(found) if outermost else -1)
        elif tag == BOOKMARK_END:
            self._close_bookmark(each.get(ID) or "", len(found) - 1)
        elif tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}smartTag", f"{W}ins", f"{W}moveTo"):
            self._blocks(each, outermost=False, into=found) if not outermost else self._inner(each, found)
        elif tag in (f"{W}del", f"{W}moveFrom"):
            self._deleted(each)
        elif tag == f"{MC}AlternateContent":
            chosen = each.find(f"{MC}Choice")
            chosen = chosen if chosen is not None else each.find(f"{MC}Fallback")
            if chosen is not None:
                self._inner(chosen, found) if outermost else self._blocks(chosen, into=found)
        elif tag == f"{W}altChunk":
            self._shared.say(
                "part-not-read",
                "a document that is inserted as a whole was left out",
                self.here(),
                "open the file in Word and save it: Word takes the inserted text in",
            )
        elif tag in (f"{M}oMathPara", f"{M}oMath"):
            line = self._new_line()
            line.math = True
            self._math(each, line, NO_LOOK)
            found.append(line)
        elif tag not in SKIPPED and isinstance(tag, str) and next(each.iter(f"{W}t"), None) is not None:
            self._inner(each, found) if outermost else self._blocks(each, into=found)

    def _inner(self, parent: Element, found: list[Item]) -> None:
        for each in parent:
            self._block(each, found, True)

    def _new_line(self) -> Line:
        if self._fixed is None:
            self._shared.paragraph += 1
        return Line(self.here())

    def _paragraph(self, element: Element, found: list[Item], outermost: bool) -> None:
        properties = element.find(PARAGRAPH_PROPERTIES)
        line, self._divided = self._divided, None
        if line is None or not found or found[-1] is not line:
            line = self._new_line()
            self._begin(line, properties)
            found.append(line)
        at = len(found) - 1
        outer, self._here_at = self._here_at, at if outermost else -1
        line.in_contents = self._around().contents
        for each in element:
            tag = each.tag
            if tag == RUN:
                self._run(each, line, "", "")
            elif tag not in SKIPPED:
                self._inline(each, line, "", "")
        self._here_at = outer
        if outermost and properties is not None and properties.find(f"{W}sectPr") is not None:
            self._divided = line if self._goes_on(at) else None

    def _begin(self, line: Line, properties: Element | None) -> None:
        if self._waiting:
            line.bookmarks, self._waiting = self._waiting, []
        shared = self._shared
        line.style = shared.styles.default
        if properties is not None:
            self._properties(properties, line)
        number = number_of(properties) or line.style.number
        if number is not None:
            line.list = shared.numbering.place(*number)

    def _goes_on(self, at: int) -> bool:
        """Say whether a section ends within a paragraph that octavo wrote as one: LibreOffice divides those that go
        over a page whose running heads are not those of the next."""
        return any(
            each.first == at and each.last < 0 and int(match.group(1)) in self._shared.paragraphs
            for name, each in self.ranges.items()
            if (match := BOOKMARK.fullmatch(name))
        )

    def _properties(self, properties: Element, line: Line) -> None:
        level = 0
        for each in properties:
            tag = each.tag
            if tag == _STYLE:
                line.style = self._shared.styles.of(each.get(VALUE) or "")
                line.align = line.align or line.style.align
            elif tag == _ALIGNMENT:
                line.align = each.get(VALUE) or ""
            elif tag == _OUTLINE:
                level = _integer(each, -1) + 1
            elif tag == _BREAK:
                line.breaks_page = is_on(each)
            elif tag == _BORDER:
                line.ruled = len(each) == 1
        if level:
            line.style = _with_outline(line.style, level if level <= 9 else 0)

    def _table(self, element: Element) -> Grid:
        position = self.here()
        grid = element.find(f"{W}tblGrid")
        columns = len(grid) if grid is not None else 0
        rows: list[GridRow] = []
        self._rows(element, rows)
        widest = max((cell.column + cell.span for row in rows for cell in row.cells), default=0)
        made = Grid(position, max(columns, widest) if widest else columns, rows)
        properties = element.find(f"{W}tblPr")
        if properties is not None:
            made.caption = _said(properties, f"{W}tblCaption")
            made.alt = _said(properties, f"{W}tblDescription")
        return made

    def _rows(self, element: Element, rows: list[GridRow]) -> None:
        for each in element:
            if each.tag == f"{W}tr":
                properties = each.find(f"{W}trPr")
                if properties is not None and properties.find(f"{W}del") is not None:
                    self._deleted(each)
                    continue
                header = properties.find(f"{W}tblHeader") if properties is not None else None
                skipped = properties.find(f"{W}gridBefore") if properties is not None else None
                cells: list[GridCell] = []
                self._cells(each, cells, _integer(skipped, 0))
                rows.append(GridRow(cells=cells, header=header is not None and is_on(header)))
            elif each.tag == BOOKMARK_START:
                self._open_bookmark(each.get(ID) or "", each.get(NAME) or "", -1)
            elif each.tag == BOOKMARK_END:
                self._close_bookmark(each.get(ID) or "", len(self.items))
            elif each.tag not in SKIPPED:
                self._rows(each, rows)

    def _cells(self, element: Element, cells: list[GridCell], column: int) -> int:
        for each in element:
            if each.tag == f"{W}tc":
                properties = each.find(f"{W}tcPr")
                span = max(1, _integer(properties.find(f"{W}gridSpan"), 1)) if properties is not None else 1
                span = min(span, 1000)
                merge = properties.find(f"{W}vMerge") if properties is not None else None
                restarts = merge is not None and merge.get(VALUE) == "restart"
                cell = GridCell(
                    column=column,
                    span=span,
                    merged=merge is not None and not restarts,
                    restarts=restarts,
                    items=self._blocks(each),
                )
                cells.append(cell)
                column += span
            elif each.tag == BOOKMARK_START:
                self._open_bookmark(each.get(ID) or "", each.get(NAME) or "", -1)
            elif each.tag == BOOKMARK_END:
                self._close_bookmark(each.get(ID) or "", len(self.items))
            elif each.tag not in SKIPPED:
                column = self._cells(each, cells, column)
        return column

    # Bookmarks -------------------------------------------------------------------------------------------------------

    def _open_bookmark(
        self, identifier: str, name: str, first: int, line: int = -1, pieces: int = -1
    ) -> None:
        """Open a bookmark at an item; -1: within a table, -2: after the text of paragraph `line`."""
        if not name:
            return
        if name.startswith("_oct"):
            # LibreOffice writes a frame's text from a copy.
            name = name.partition("_Copy_")[0]
        # Within a table, a bookmark is one of the table's: the item that is yet to be added.
        made = Range(line if first == -2 else len(self.items) if first == -1 else first)
        if first == -2:
            made.first = -line - 2
        made.pieces = pieces
        known = self.ranges.setdefault(name, made)
        if known is not made and (known.last < 0 or known.is_empty):
            # LibreOffice names a bookmark over several paragraphs twice, and closes the first at once or never.
            made = known
            made.is_empty = False
        self._open[identifier] = made

    def _close_bookmark(self, identifier: str, last: int, line: int = -1, pieces: int = -2) -> None:
        found = self._open.pop(identifier, None)
        if found is None:
            return
        if found.first < 0:
            # It begins after the text of a paragraph: editors put the start of the next block there.
            begun = -found.first - 2
            found.first = begun if line in (begun, -1) and last <= begun else begun + 1
        found.is_empty = found.last < 0 and found.pieces == pieces and found.first in (line, last)
        found.last = max(found.first, last)

    def _bookmark(self, element: Element, line: Line, _link: str, _tip: str) -> None:
        self._mark(element.get(ID) or "", element.get(NAME) or "", line)

    def _bookmark_end(self, element: Element, line: Line, _link: str, _tip: str) -> None:
        self._mark_end(element.get(ID) or "", line)

    def _mark(self, identifier: str, name: str, line: Line) -> None:
        """Open a bookmark within a paragraph."""
        at = self._here_at
        if name in self._shared.formulas:
            self._formula_marks[identifier] = self._shared.formulas[name], line, len(line.pieces)
            return
        line.bookmarks.append(name)
        self._open_bookmark(identifier, name, -2 if line.pieces and at >= 0 else at, at, len(line.pieces))

    def _mark_end(self, identifier: str, line: Line) -> None:
        """Close a bookmark within a paragraph; one of a formula that is empty has lost it to a program without any."""
        at = self._here_at
        formula = self._formula_marks.pop(identifier, None)
        if formula is not None and formula[1:] == (line, len(line.pieces)):
            self._node(nodes.Math(text=formula[0], position=line.position), NO_LOOK, line)
        last = (
            at
            if line.pieces
            or line.in_contents
            or line.contents is not None
            or line.style.role == StyleKey.DIVIDER
            else at - 1
        )
        self._close_bookmark(identifier, last if at >= 0 else len(self.items), at, len(line.pieces))


def _with_outline(style: Style, level: int) -> Style:
    return msgspec.structs.replace(style, outline=level) if level != style.outline else style


def _said(properties: Element, tag: str) -> str:
    found = properties.find(tag)
    return (found.get(VALUE) or "").strip() if found is not None else ""


def _integer(element: Element | None, otherwise: int) -> int:
    value = (element.get(VALUE) or "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 6 else otherwise
