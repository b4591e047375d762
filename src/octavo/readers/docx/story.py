"""Stories: the document's text, its notes and its text boxes, read into lines and grids in reading order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from octavo.diagnostics import Position, info, warning
from octavo.readers.docx import drawings, fields
from octavo.readers.docx.looks import Looks
from octavo.readers.docx.names import A, MC, M, R, VALUE, W
from octavo.readers.docx.numbering import Numbering
from octavo.readers.docx.package import Relationship
from octavo.readers.docx.pieces import NO_LOOK, Field, Grid, GridCell, GridRow, Item, Line, Look, Piece, Range
from octavo.readers.docx.styles import PLAIN, Styles, is_on, number_of
from octavo.readers.docx.symbols import symbol
from octavo.readers.report import Report
from octavo.tree import nodes

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SAID_OF_DELETIONS: Final = "text that a tracked change deletes was left out"
_SKIPPED: Final = frozenset(
    f"{W}{name}"
    for name in """pPr rPr proofErr permStart permEnd bookmarkEnd commentRangeStart commentRangeEnd sectPr tblPr tblGrid
    trPr tcPr sdtPr sdtEndPr footnoteRef endnoteRef annotationRef separator continuationSeparator lastRenderedPageBreak
    delText delInstrText moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd smartTagPr customXmlPr
    customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart
    customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd tblPrEx pgNum dayShort dayLong
    monthShort monthLong yearShort yearLong fldData contentPart rubyPr""".split()
)


class Shared:
    """What all stories of one file share."""

    def __init__(
        self, *, styles: Styles, numbering: Numbering, looks: Looks, pictures: drawings.Pictures, name: str
    ) -> None:
        self.styles = styles
        self.numbering = numbering
        self.looks = looks
        self.pictures = pictures
        self.report = Report()
        self.name = name
        self.notes: dict[tuple[str, str], Element] = {}
        self.note_relationships: dict[str, Mapping[str, Relationship]] = {}
        self.paragraph = 0
        """How many paragraphs of the document's text were read: the line of a position."""

    def say(self, code: str, message: str, position: Position | None, hint: str = "") -> None:
        """Say what was lost, once for each kind."""
        self.report.once(warning(code, message, position, hint))

    def tell(self, code: str, message: str, position: Position | None, hint: str = "") -> None:
        """Say what was taken in a way that may not be expected, once for each kind."""
        self.report.once(info(code, message, position, hint))


class Story:
    """One story. `ranges` are its bookmarks."""

    def __init__(
        self, shared: Shared, relationships: Mapping[str, Relationship], position: Position | None = None
    ) -> None:
        self._shared = shared
        self._relationships = relationships
        self._fixed = position
        """Where a note or a text box stands; the text counts its own paragraphs."""
        self.items: list[Item] = []
        self.ranges: dict[str, Range] = {}
        self._open: dict[str, Range] = {}
        self._names: list[str] = []
        self._line: Line | None = None
        self._fields: list[Field] = []
        self._matched: set[Element] = set()
        self._in_note = False

    def read(self, root: Element) -> list[Item]:
        """Return the lines and grids below an element."""
        self._matched = fields.matched_fields(root)
        self.items = self._blocks(root, outermost=True)
        for each in self._open.values():
            if each.last < 0:
                each.first = -each.first - 2 if each.first < 0 else each.first
                each.last = each.first
        return self.items

    # Blocks ----------------------------------------------------------------------------------------------------

    def _blocks(self, parent: Element, *, outermost: bool = False, into: list[Item] | None = None) -> list[Item]:
        found: list[Item] = [] if into is None else into
        if outermost:
            self.items = found
        for each in parent:
            self._block(each, found, outermost)
        return found

    def _block(self, each: Element, found: list[Item], outermost: bool) -> None:
        tag = each.tag
        if tag == f"{W}p":
            self._paragraph(each, found, outermost)
        elif tag == f"{W}tbl":
            found.append(self._table(each))
        elif tag == f"{W}bookmarkStart":
            self._open_bookmark(each, len(found) if outermost else -1)
        elif tag == f"{W}bookmarkEnd":
            self._close_bookmark(each, len(found) - 1)
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
                self._here(),
                "open the file in Word and save it: Word takes the inserted text in",
            )
        elif tag in (f"{M}oMathPara", f"{M}oMath"):
            line = self._new_line()
            line.math = True
            self._math(each, line, NO_LOOK)
            found.append(line)
        elif tag not in _SKIPPED and isinstance(tag, str) and next(each.iter(f"{W}t"), None) is not None:
            self._inner(each, found) if outermost else self._blocks(each, into=found)

    def _inner(self, parent: Element, found: list[Item]) -> None:
        for each in parent:
            self._block(each, found, True)

    def _here(self) -> Position:
        return self._fixed or Position(self._shared.paragraph, 0, self._shared.name)

    def _new_line(self) -> Line:
        if self._fixed is None:
            self._shared.paragraph += 1
        return Line(self._here())

    def _paragraph(self, element: Element, found: list[Item], outermost: bool) -> None:
        line = self._new_line()
        properties = element.find(f"{W}pPr")
        shared = self._shared
        line.style = shared.styles.default
        if properties is not None:
            self._properties(properties, line)
        number = number_of(properties) or line.style.number
        if number is not None:
            line.list = shared.numbering.place(*number)
        at = len(found)
        outer, self._line = self._line, line
        line.in_contents = self._swallows()
        for each in element:
            tag = each.tag
            if tag == f"{W}r":
                self._run(each, line, "", "")
            elif tag == f"{W}bookmarkStart":
                name = each.get(f"{W}name") or ""
                line.bookmarks.append(name)
                self._open_bookmark(each, (at if not line.pieces else -2) if outermost else -1, at)
            elif tag == f"{W}bookmarkEnd":
                last = at if line.pieces or line.in_contents else at - 1
                self._close_bookmark(each, last if outermost else len(self.items), at if outermost else -1)
            elif tag not in _SKIPPED:
                self._inline(each, line, "", "")
        self._line = outer
        found.append(line)

    def _properties(self, properties: Element, line: Line) -> None:
        shared = self._shared
        named = properties.find(f"{W}pStyle")
        if named is not None:
            line.style = shared.styles.of(named.get(VALUE) or "")
        outline = properties.find(f"{W}outlineLvl")
        if outline is not None and (outline.get(VALUE) or "").isdigit():
            level = int(outline.get(VALUE) or 9) + 1
            line.style = _with_outline(line.style, level if level <= 9 else 0)
        before = properties.find(f"{W}pageBreakBefore")
        line.breaks_page = before is not None and is_on(before)
        justified = properties.find(f"{W}jc")
        line.align = (justified.get(VALUE) or "") if justified is not None else line.style.align
        border = properties.find(f"{W}pBdr")
        line.ruled = border is not None and len(border) == 1
        mark = properties.find(f"{W}rPr")
        if mark is not None:
            line.deleted = mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None

    def _table(self, element: Element) -> Grid:
        position = self._here()
        grid = element.find(f"{W}tblGrid")
        columns = len(grid) if grid is not None else 0
        rows: list[GridRow] = []
        self._rows(element, rows)
        widest = max((cell.column + cell.span for row in rows for cell in row.cells), default=0)
        made = Grid(position, max(columns, widest) if widest else columns, rows)
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
            elif each.tag == f"{W}bookmarkStart":
                self._open_bookmark(each, -1)
            elif each.tag == f"{W}bookmarkEnd":
                self._close_bookmark(each, len(self.items))
            elif each.tag not in _SKIPPED:
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
            elif each.tag == f"{W}bookmarkStart":
                self._open_bookmark(each, -1)
            elif each.tag == f"{W}bookmarkEnd":
                self._close_bookmark(each, len(self.items))
            elif each.tag not in _SKIPPED:
                column = self._cells(each, cells, column)
        return column

    # Bookmarks -------------------------------------------------------------------------------------------------------

    def _open_bookmark(self, element: Element, first: int, line: int = -1) -> None:
        """Open a bookmark at an item; -1: within a table, -2: after the text of paragraph `line`."""
        name = element.get(f"{W}name") or ""
        if first == -1 or not name:
            return
        made = Range(line if first == -2 else first)
        if first == -2:
            made.first = -line - 2
        known = self.ranges.setdefault(name, made)
        if known is not made and known.last < 0:
            # LibreOffice names a bookmark over several paragraphs twice, and closes the second one only.
            made = known
        self._open[element.get(f"{W}id") or ""] = made

    def _close_bookmark(self, element: Element, last: int, line: int = -1) -> None:
        found = self._open.pop(element.get(f"{W}id") or "", None)
        if found is None:
            return
        if found.first < 0:
            # It begins after the text of a paragraph: editors put the start of the next block there.
            begun = -found.first - 2
            found.first = begun if line in (begun, -1) and last <= begun else begun + 1
        found.last = max(found.first, last)

    # Runs ------------------------------------------------------------------------------------------------------------

    def _inline(self, element: Element, line: Line, link: str, tip: str) -> None:
        rule = _RULES.get(element.tag)
        if rule is not None:
            rule(self, element, line, link, tip)
        elif element.tag not in _SKIPPED and isinstance(element.tag, str):
            self._inside(element, line, link, tip)

    def _inside(self, element: Element, line: Line, link: str, tip: str) -> None:
        for each in element:
            if each.tag == f"{W}r":
                self._run(each, line, link, tip)
            elif each.tag not in _SKIPPED or each.tag == f"{W}bookmarkEnd":
                self._inline(each, line, link, tip)

    def _run(self, element: Element, line: Line, link: str, tip: str) -> None:
        properties = element.find(f"{W}rPr")
        look, hidden = self._shared.looks.of(properties, line.style)
        if properties is not None and properties.find(f"{W}del") is not None and len(element) == 1:
            return
        if self._fields:
            for field in reversed(self._fields):
                if field.phase == "result" and field.name == "HYPERLINK" and not link:
                    link, tip = fields.link_of(field)
        if link:
            look = Look(look.marks, look.language, link, tip)
        if hidden and element.find(f"{W}t") is not None and not self._swallows():
            self._shared.say(
                "hidden-text",
                "hidden text is shown like any other",
                line.position,
                "delete it in Word where it is not meant to be read",
            )
        for each in element:
            tag = each.tag
            if tag == f"{W}t":
                if each.text:
                    self._text(each.text, look, line)
            elif tag not in _SKIPPED:
                rule = _RUN_RULES.get(tag)
                if rule is not None:
                    rule(self, each, look, line)
                elif isinstance(tag, str):
                    self._inside(each, line, link, tip)

    def _text(self, text: str, look: Look, line: Line, kind: str = "") -> None:
        if self._fields and self._is_silent():
            return
        line.pieces.append(Piece(text, look, None, kind or self._counted()))

    def _node(self, node: nodes.Inline, look: Look, line: Line, kind: str = "") -> None:
        if self._fields and self._is_silent():
            return
        line.pieces.append(Piece("", look, node, kind))

    def _counted(self) -> str:
        return "counted" if any(field.name == "SEQ" for field in self._fields) else ""

    def _is_silent(self) -> bool:
        """Say whether what is read is an instruction, or the entries of a table of contents."""
        return any(
            field.matched and (field.phase == "instruction" or field.name == "TOC" or field.name in fields.SILENT)
            for field in self._fields
        )

    def _swallows(self) -> bool:
        return any(field.matched and field.name == "TOC" for field in self._fields)

    # Fields ----------------------------------------------------------------------------------------------------------

    def _field_character(self, element: Element, look: Look, line: Line) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(Field(element, element in self._matched))
        elif kind == "separate" and self._fields:
            self._begin_result(self._fields[-1], line)
        elif kind == "end" and self._fields:
            field = self._fields[-1]
            if field.phase == "instruction":
                self._begin_result(field, line)
            self._fields.pop()
            self._end_field(field, line)

    def _begin_result(self, field: Field, line: Line) -> None:
        if field.phase == "result":
            return
        fields.understand(field, "".join(field.instruction))
        field.phase = "result"
        field.line, field.start = line, len(line.pieces)
        if field.name == "TOC" and field.matched and not self._swallows_above(field):
            line.contents = fields.contents_of(field, line)
        elif field.name == "SEQ" and field.arguments:
            line.sequence = line.sequence or field.arguments[0]
        elif field.name == "EQ" or (field.name and field.name not in fields.KNOWN | fields.SILENT and not line.in_contents):
            if field.name.isalpha():
                self._shared.tell(
                    "field-as-text", f"a field `{field.name[:20]}` stands as the text that it shows", line.position
                )

    def _swallows_above(self, field: Field) -> bool:
        return any(each is not field and each.matched and each.name == "TOC" for each in self._fields)

    def _end_field(self, field: Field, line: Line) -> None:
        if field.name in fields.REFERENCES and not self._swallows():
            fields.close_reference(field, line)

    def _instruction(self, element: Element, _look: Look, _line: Line) -> None:
        if self._fields and self._fields[-1].phase == "instruction":
            self._fields[-1].instruction.append(element.text or "")

    def _simple_field(self, element: Element, line: Line, link: str, tip: str) -> None:
        field = Field(None, True)
        field.instruction.append(element.get(f"{W}instr") or "")
        self._fields.append(field)
        self._begin_result(field, line)
        self._inside(element, line, link, tip)
        self._fields.pop()
        self._end_field(field, line)

    # What stands among text ------------------------------------------------------------------------------------------

    def _bookmark(self, element: Element, line: Line, _link: str, _tip: str) -> None:
        line.bookmarks.append(element.get(f"{W}name") or "")

    def _hyperlink(self, element: Element, line: Line, link: str, tip: str) -> None:
        found = self._relationships.get(element.get(f"{R}id") or "")
        target = found.target if found is not None and found.external else ""
        anchor = element.get(f"{W}anchor") or ""
        if anchor:
            target = f"{target}#{anchor}"
        self._inside(element, line, target or link, element.get(f"{W}tooltip") or tip)

    def _deleted(self, _element: Element, line: Line | None = None, _link: str = "", _tip: str = "") -> None:
        position = line.position if line is not None else self._here()
        self._shared.tell("tracked-deletion", SAID_OF_DELETIONS, position, "reject the change in Word to keep it")

    def _inserted(self, element: Element, line: Line, link: str, tip: str) -> None:
        self._shared.tell(
            "tracked-insertion", "text that a tracked change inserts was taken in", line.position
        )
        self._inside(element, line, link, tip)

    def _alternate(self, element: Element, line: Line, link: str, tip: str) -> None:
        """The first choice that shows anything, else the fallback: the two say the same."""
        for chosen in (*element.findall(f"{MC}Choice"), *element.findall(f"{MC}Fallback")):
            before = len(line.pieces) + len(line.boxes)
            for each in chosen:
                rule = _RUN_RULES.get(each.tag)
                if rule is not None:
                    rule(self, each, Look(link=link, tip=tip), line)
                else:
                    self._inline(each, line, link, tip)
            if len(line.pieces) + len(line.boxes) > before:
                return

    def _alternate_in_run(self, element: Element, look: Look, line: Line) -> None:
        self._alternate(element, line, look.link, look.tip)

    def _math_inline(self, element: Element, line: Line, link: str, _tip: str) -> None:
        line.math = line.math or element.tag == f"{M}oMathPara"
        self._math(element, line, Look(link=link))

    def _math(self, element: Element, line: Line, look: Look) -> None:
        text = "".join(each.text or "" for each in element.iter(f"{M}t", f"{W}t")).strip()
        if text:
            self._node(nodes.Math(text=text, position=line.position), look, line)
            self._shared.say(
                "math-as-text",
                "a formula was read as the characters in it; its build was lost",
                line.position,
                "write it again in LaTeX",
            )

    def _ruby(self, element: Element, line: Line, link: str, tip: str) -> None:
        base, above = element.find(f"{W}rubyBase"), element.find(f"{W}rt")
        if base is not None:
            self._inside(base, line, link, tip)
        if above is not None:
            self._text("(", Look(link=link), line)
            self._inside(above, line, link, tip)
            self._text(")", Look(link=link), line)

    def _ruby_in_run(self, element: Element, look: Look, line: Line) -> None:
        self._ruby(element, line, look.link, look.tip)

    def _tab(self, _element: Element, look: Look, line: Line) -> None:
        self._text("\t", look, line)

    def _break(self, element: Element, look: Look, line: Line) -> None:
        kind = element.get(f"{W}type") or ""
        if kind == "page":
            self._node(nodes.LineBreak(position=line.position), look, line, "page-break")
        else:
            self._node(nodes.LineBreak(position=line.position), look, line)

    def _hyphen(self, _element: Element, look: Look, line: Line) -> None:
        self._text("\N{NON-BREAKING HYPHEN}", look, line)

    def _soft_hyphen(self, _element: Element, look: Look, line: Line) -> None:
        self._text("\N{SOFT HYPHEN}", look, line)

    def _symbol(self, element: Element, look: Look, line: Line) -> None:
        text = symbol(element.get(f"{W}font") or "", element.get(f"{W}char") or "")
        if not text:
            self._shared.say(
                "symbol-not-read",
                f"a symbol of the font `{element.get(f'{W}font')}` has no character",
                line.position,
                "put the character itself in its place",
            )
        self._text(text or "\N{REPLACEMENT CHARACTER}", look, line)

    def _note(self, element: Element, look: Look, line: Line) -> None:
        kind = "footnote" if element.tag == f"{W}footnoteReference" else "endnote"
        note = self._shared.notes.get((kind, element.get(f"{W}id") or ""))
        if self._fields and self._is_silent():
            return
        if note is None or self._in_note:
            self._shared.say("note-not-read", "a note is missing from the file", line.position)
            return
        story = Story(self._shared, self._shared.note_relationships.get(kind, {}), line.position)
        story._in_note = True
        items = story.read(note)
        line.pieces.append(Piece("", look, nodes.Footnote(content=(), position=line.position), "note", items))

    def _comment(self, _element: Element, _look: Look, line: Line) -> None:
        self._shared.say(
            "comment-left-out",
            "a comment was left out",
            line.position,
            "answer it in Word, or put it into the text",
        )

    def _drawing(self, element: Element, look: Look, line: Line) -> None:
        if self._fields and self._is_silent():
            return
        for relationship, picture in drawings.find_pictures(element):
            found = self._relationships.get(relationship)
            image = drawings.make_image(element, picture, found, self._shared.pictures)
            if image is not None:
                line.pieces.append(Piece("", look, _placed(image, line.position)))
            else:
                self._no_picture(element, found, look, line)
        shown = False
        for box in _boxes(element):
            story = Story(self._shared, self._relationships, line.position)
            story._in_note = self._in_note
            items = story.read(box)
            line.boxes.append(items)
            shown = True
        text = drawings.own_text(element)
        if text and not shown:
            line.boxes.append([_text_line(each, line.position) for each in text.split("\n")])
        graphic = next(element.iter(f"{A}graphicData"), None)
        kind = (graphic.get("uri") or "").rpartition("/")[2] if graphic is not None else ""
        if kind in ("chart", "diagram", "chartex", "ink"):
            alt = drawings.described(element)[0]
            if alt:
                self._text(alt, look, line)
            self._shared.say(
                "drawing-not-read",
                f"a drawing (`{kind}`) cannot be read; its alternative text stands",
                line.position,
                "put a picture of it in its place",
            )

    def _no_picture(self, element: Element, found: Relationship | None, look: Look, line: Line) -> None:
        alt = drawings.described(element)[0]
        if alt:
            self._text(alt, look, line)
        what = f"`{found.target}`" if found is not None else "a picture"
        self._shared.say(
            "picture-not-read",
            f"{what} is missing or of a kind that no edition can show; its alternative text stands",
            line.position,
            "put a PNG, JPEG or SVG in its place",
        )


def _placed(image: nodes.Image, position: Position) -> nodes.Image:
    return nodes.Image(
        source=image.source,
        alt=image.alt,
        title=image.title,
        decorative=image.decorative,
        width=image.width,
        position=position,
    )


def _boxes(element: Element) -> list[Element]:
    """Return the text boxes of a drawing, without those within others."""
    found: list[Element] = []
    stack = [element]
    while stack:
        each = stack.pop()
        if each.tag == f"{W}txbxContent":
            found.append(each)
        elif each.tag == f"{MC}AlternateContent":
            chosen = each.find(f"{MC}Choice")
            chosen = chosen if chosen is not None else each.find(f"{MC}Fallback")
            if chosen is not None:
                stack.append(chosen)
        else:
            stack.extend(reversed(each))
    return found


def _text_line(text: str, position: Position) -> Line:
    line = Line(position)
    line.pieces.append(Piece(text, NO_LOOK))
    return line


def _with_outline(style: Any, level: int) -> Any:
    import msgspec

    return msgspec.structs.replace(style, outline=level) if level != style.outline else style


def _integer(element: Element | None, otherwise: int) -> int:
    value = (element.get(VALUE) or "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 6 else otherwise


_RULES: Final[Mapping[str, Callable[..., None]]] = {
    f"{W}hyperlink": Story._hyperlink,
    f"{W}fldSimple": Story._simple_field,
    f"{W}bookmarkStart": Story._bookmark,
    f"{W}del": Story._deleted,
    f"{W}moveFrom": Story._deleted,
    f"{W}ins": Story._inserted,
    f"{W}moveTo": Story._inserted,
    f"{M}oMath": Story._math_inline,
    f"{M}oMathPara": Story._math_inline,
    f"{MC}AlternateContent": Story._alternate,
    f"{W}ruby": Story._ruby,
}
_RUN_RULES: Final[Mapping[str, Callable[..., None]]] = {
    f"{W}fldChar": Story._field_character,
    f"{W}instrText": Story._instruction,
    f"{W}tab": Story._tab,
    f"{W}ptab": Story._tab,
    f"{W}br": Story._break,
    f"{W}cr": Story._break,
    f"{W}noBreakHyphen": Story._hyphen,
    f"{W}softHyphen": Story._soft_hyphen,
    f"{W}sym": Story._symbol,
    f"{W}footnoteReference": Story._note,
    f"{W}endnoteReference": Story._note,
    f"{W}commentReference": Story._comment,
    f"{W}drawing": Story._drawing,
    f"{W}pict": Story._drawing,
    f"{W}object": Story._drawing,
    f"{MC}AlternateContent": Story._alternate_in_run,
    f"{W}ruby": Story._ruby_in_run,
}
