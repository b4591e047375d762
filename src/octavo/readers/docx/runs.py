"""Runs: the text of a paragraph, and what stands in it: fields, links, notes, pictures, tracked changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from octavo.diagnostics import Position
from octavo.readers.docx import drawings, equations, fields
from octavo.readers.docx.names import MC, RUN, RUN_PROPERTIES, TEXT, VALUE, A, M, R, W
from octavo.readers.docx.package import Relationship
from octavo.readers.docx.pieces import NO_LOOK, Around, Field, Item, Line, Look, Piece
from octavo.readers.docx.shared import SAID_OF_DELETIONS, SKIPPED, Shared
from octavo.readers.docx.styles import FORMULA_SOURCE
from octavo.readers.docx.symbols import symbol
from octavo.tree import nodes

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NOTHING_AROUND: Final = Around()
_MATH: Final = (f"{M}oMath", f"{M}oMathPara")


class Runs:
    """Reads what stands in paragraphs. A story is one that also knows blocks and bookmarks."""

    def __init__(
        self, shared: Shared, relationships: Mapping[str, Relationship], position: Position | None = None
    ) -> None:
        self._shared = shared
        self._relationships = relationships
        self._fixed = position
        """Where a note or a text box stands; the text counts its own paragraphs."""
        self._fields: list[Field] = []
        self._matched: set[Element] = set()
        self._in_note = False

    def beside(self, element: Element, relationships: Mapping[str, Relationship], line: Line) -> list[Item]:
        """Return the items of a note or a text box that a line refers to."""
        raise NotImplementedError

    def here(self) -> Position:
        """Return the place of what is being read."""
        return self._fixed or Position(self._shared.paragraph, 0, self._shared.name)

    def _bookmark(self, element: Element, line: Line, link: str, tip: str) -> None:
        raise NotImplementedError

    def _bookmark_end(self, element: Element, line: Line, link: str, tip: str) -> None:
        raise NotImplementedError

    # Runs ------------------------------------------------------------------------------------------------------------

    def _inline(self, element: Element, line: Line, link: str, tip: str) -> None:
        rule = _RULES.get(element.tag)
        if rule is not None:
            rule(self, element, line, link, tip)
        elif element.tag not in SKIPPED and isinstance(element.tag, str):
            self._inside(element, line, link, tip)

    def _inside(self, element: Element, line: Line, link: str, tip: str) -> None:
        for each in element:
            if each.tag == RUN:
                self._run(each, line, link, tip)
            elif each.tag not in SKIPPED:
                self._inline(each, line, link, tip)

    def _run(self, element: Element, line: Line, link: str, tip: str) -> None:
        hidden = False
        look = Look(link=link, tip=tip) if link else self._linked(NO_LOOK) if self._fields else NO_LOOK
        for each in element:
            tag = each.tag
            if tag == TEXT:
                if hidden:
                    self._say_hidden(line)
                if each.text:
                    self._text(each.text, look, line)
            elif tag == RUN_PROPERTIES:
                look, hidden = self._shared.looks.of(each, line.style)
                if link:
                    look = Look(look.marks, look.language, link, tip)
                elif self._fields:
                    look = self._linked(look)
            elif tag not in SKIPPED:
                rule = _RUN_RULES.get(tag)
                if rule is not None:
                    rule(self, each, look, line)
                elif isinstance(tag, str):
                    self._inside(each, line, link, tip)

    def _linked(self, look: Look) -> Look:
        """Return a look with the link that a field around it makes."""
        link = self._around().link
        return Look(look.marks, look.language, *link) if link else look

    def _say_hidden(self, line: Line) -> None:
        if not self._around().contents:
            self._shared.say(
                "hidden-text",
                "hidden text is shown like any other",
                line.position,
                "delete it in Word where it is not meant to be read",
            )

    def _source(self, text: str, look: Look, line: Line) -> None:
        """Take in the source of a formula, of which several runs may tell."""
        last = line.pieces[-1] if line.pieces else None
        if last is not None and last.kind == "source" and isinstance(last.node, nodes.Math):
            last.node = msgspec.structs.replace(last.node, text=last.node.text + text)
            return
        plain = Look(language=look.language, link=look.link, tip=look.tip)
        self._node(nodes.Math(text=text, position=line.position), plain, line, "source")

    def _text(self, text: str, look: Look, line: Line) -> None:
        if FORMULA_SOURCE in look.marks:
            self._source(text, look, line)
            return
        kind = ""
        if self._fields:
            around = self._around()
            if around.silent:
                return
            kind = "counted" if around.counted else ""
        line.pieces.append(Piece(text, look, None, kind))

    def _node(self, node: nodes.Inline, look: Look, line: Line, kind: str = "") -> None:
        if not self._around().silent:
            line.pieces.append(Piece("", look, node, kind))

    def _around(self) -> Around:
        return fields.around(self._fields[-1]) if self._fields else _NOTHING_AROUND

    # Fields ----------------------------------------------------------------------------------------------------------

    def _field_character(self, element: Element, _look: Look, line: Line) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(Field(self._around(), element in self._matched))
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
        if field.name == "TOC" and field.matched and not field.around.contents:
            line.contents = fields.contents_of(field, line)
        elif field.name == "SEQ" and field.arguments:
            line.sequence = line.sequence or field.arguments[0]
        elif field.name.isalpha() and field.name not in fields.UNDERSTOOD and not line.in_contents:
            self._shared.tell(
                "field-as-text",
                f"a field `{field.name[:20]}` stands as the text that it shows",
                line.position,
            )

    def _end_field(self, field: Field, line: Line) -> None:
        if field.name in fields.REFERENCES and not field.around.contents:
            fields.close_reference(field, line)

    def _instruction(self, element: Element, _look: Look, _line: Line) -> None:
        if self._fields and self._fields[-1].phase == "instruction":
            self._fields[-1].instruction.append(element.text or "")

    def _simple_field(self, element: Element, line: Line, link: str, tip: str) -> None:
        field = Field(self._around(), True)
        field.instruction.append(element.get(f"{W}instr") or "")
        self._fields.append(field)
        self._begin_result(field, line)
        self._inside(element, line, link, tip)
        self._fields.pop()
        self._end_field(field, line)

    # What stands among text ------------------------------------------------------------------------------------------

    def _hyperlink(self, element: Element, line: Line, link: str, tip: str) -> None:
        found = self._relationships.get(element.get(f"{R}id") or "")
        target = found.target if found is not None and found.external else ""
        anchor = element.get(f"{W}anchor") or ""
        if anchor:
            target = f"{target}#{anchor}"
        self._inside(element, line, target or link, element.get(f"{W}tooltip") or tip)

    def _deleted(self, _element: Element, line: Line | None = None, _link: str = "", _tip: str = "") -> None:
        position = line.position if line is not None else self.here()
        self._shared.tell(
            "tracked-deletion", SAID_OF_DELETIONS, position, "reject the change in Word to keep it"
        )

    def _inserted(self, element: Element, line: Line, link: str, tip: str) -> None:
        self._shared.tell(
            "tracked-insertion", "text that a tracked change inserts was taken in", line.position
        )
        self._inside(element, line, link, tip)

    def _alternate(self, element: Element, line: Line, link: str, tip: str) -> None:
        """The first choice that shows anything, else the fallback. A formula's source says more than its looks."""
        choices, fallbacks = element.findall(f"{MC}Choice"), element.findall(f"{MC}Fallback")
        if any(each[0].tag in _MATH for each in choices if len(each)) and any(
            map(self._is_source, fallbacks)
        ):
            choices = []
        for chosen in (*choices, *fallbacks):
            before = len(line.pieces) + len(line.boxes)
            for each in chosen:
                rule = _RUN_RULES.get(each.tag)
                if each.tag == RUN:
                    self._run(each, line, link, tip)
                elif rule is not None:
                    rule(self, each, Look(link=link, tip=tip), line)
                else:
                    self._inline(each, line, link, tip)
            if len(line.pieces) + len(line.boxes) > before:
                return

    def _is_source(self, fallback: Element) -> bool:
        """Say whether a fallback holds the source of a formula."""
        named = next(fallback.iter(f"{W}rStyle"), None)
        return named is not None and FORMULA_SOURCE in self._shared.styles.of(named.get(VALUE) or "").marks

    def _alternate_in_run(self, element: Element, look: Look, line: Line) -> None:
        self._alternate(element, line, look.link, look.tip)

    def _math_inline(self, element: Element, line: Line, link: str, _tip: str) -> None:
        line.math = line.math or element.tag == f"{M}oMathPara"
        self._math(element, line, Look(link=link))

    def _math(self, element: Element, line: Line, look: Look) -> None:
        text = equations.characters(element)
        if not text:
            return
        latex = self._latex(element, text)
        if not latex:
            latex = text
            self._shared.say(
                "math-as-text",
                "a formula was read as the characters in it; its build was lost",
                line.position,
                "write it again in LaTeX",
            )
        self._node(nodes.Math(text=latex, position=line.position), look, line)

    def _latex(self, element: Element, text: str) -> str:
        """Return the LaTeX of a formula that shows some characters; empty where it cannot be told."""
        known = self._shared.formulas.get(text)
        if known is not None and equations.is_formula(element, known):
            return known
        latex = equations.to_latex(element)
        return latex if equations.is_faithful(element, latex) else ""

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
        if self._around().silent:
            return
        if note is None or self._in_note:
            self._shared.say("note-not-read", "a note is missing from the file", line.position)
            return
        items = self.beside(note, self._shared.note_relationships.get(kind, {}), line)
        made = nodes.Footnote(content=(), endnote=kind == "endnote", position=line.position)
        line.pieces.append(Piece("", look, made, "note", items))

    def _comment(self, _element: Element, _look: Look, line: Line) -> None:
        self._shared.say(
            "comment-left-out",
            "a comment was left out",
            line.position,
            "answer it in Word, or put it into the text",
        )

    def _drawing(self, element: Element, look: Look, line: Line) -> None:
        if self._around().silent:
            return
        line.ruled = line.ruled or drawings.is_rule(element)
        for relationship, picture in drawings.find_pictures(element):
            found = self._relationships.get(relationship)
            image = drawings.make_image(element, picture, found, self._shared.pictures)
            if image is not None:
                line.pieces.append(Piece("", look, msgspec.structs.replace(image, position=line.position)))
            else:
                self._no_picture(element, found, look, line)
        shown = False
        for box in _boxes(element):
            line.boxes.append(self.beside(box, self._relationships, line))
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


_RULES: Final[Mapping[str, Callable[..., None]]] = {
    f"{W}hyperlink": Runs._hyperlink,
    f"{W}fldSimple": Runs._simple_field,
    f"{W}bookmarkStart": lambda self, *rest: self._bookmark(*rest),
    f"{W}bookmarkEnd": lambda self, *rest: self._bookmark_end(*rest),
    f"{W}del": Runs._deleted,
    f"{W}moveFrom": Runs._deleted,
    f"{W}ins": Runs._inserted,
    f"{W}moveTo": Runs._inserted,
    f"{M}oMath": Runs._math_inline,
    f"{M}oMathPara": Runs._math_inline,
    f"{MC}AlternateContent": Runs._alternate,
    f"{W}ruby": Runs._ruby,
}
_RUN_RULES: Final[Mapping[str, Callable[..., None]]] = {
    f"{W}fldChar": Runs._field_character,
    f"{W}instrText": Runs._instruction,
    f"{W}tab": Runs._tab,
    f"{W}ptab": Runs._tab,
    f"{W}br": Runs._break,
    f"{W}cr": Runs._break,
    f"{W}noBreakHyphen": Runs._hyphen,
    f"{W}softHyphen": Runs._soft_hyphen,
    f"{W}sym": Runs._symbol,
    f"{W}footnoteReference": lambda self, *rest: self._note(*rest),
    f"{W}endnoteReference": lambda self, *rest: self._note(*rest),
    f"{W}commentReference": Runs._comment,
    f"{W}drawing": Runs._drawing,
    f"{W}pict": Runs._drawing,
    f"{W}object": Runs._drawing,
    f"{MC}AlternateContent": Runs._alternate_in_run,
    f"{W}ruby": Runs._ruby_in_run,
}
