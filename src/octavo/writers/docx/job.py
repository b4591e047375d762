"""What the rules for blocks and inlines share while one document is written."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from octavo.diagnostics import Diagnostic, Position, Severity
from octavo.theme import schema
from octavo.theme.style import Style, StyleSheet
from octavo.tree import nodes
from octavo.tree.direction import is_right_to_left
from octavo.tree.following import heads, introduces
from octavo.tree.semantics import StyleKey
from octavo.typeset.frames import Layout
from octavo.typeset.titles import raised
from octavo.units import twips
from octavo.writers.docx import runs
from octavo.writers.docx.bookmarks import bookmark, mark_in_cell, part_after_table
from octavo.writers.docx.catalogue import Catalogue, WordStyle
from octavo.writers.docx.counts import Counts, count
from octavo.writers.docx.form import Beside, Form, FormWriter, form_of, in_line, inset, panel_of
from octavo.writers.docx.ink import InkWell
from octavo.writers.docx.media import MediaShelf
from octavo.writers.docx.note_shelf import NoteShelf
from octavo.writers.docx.numbering import NumberingBook
from octavo.writers.docx.palette import Palette, palette_of
from octavo.writers.docx.place import (
    Band,
    Break,
    Paragraph,
    Piece,
    Pieces,
    Place,
    Raw,
    Table,
    are_to_part,
    begin_page,
    keep_with_next,
    paragraphs,
    reform,
    visible,
)
from octavo.writers.docx.runs import RunStyler
from octavo.writers.docx.standing import Standing
from octavo.writers.docx.typefaces import Typefaces
from octavo.writers.docx.xml import ILLEGAL
from octavo.writers.protocol import Manuscript

BlockRule = Callable[[Any, Place, "Job"], Pieces]

_OTHER_SIDE: Final = {"left": "right", "right": "left"}


class Job:
    """One document being written: what is known of it, what was handed out, and what there is to say."""

    def __init__(self, manuscript: Manuscript) -> None:
        self.manuscript = manuscript
        self.resolved = manuscript.resolved
        self.index = manuscript.resolved.index
        captioned = (*self.index.figures, *self.index.tables, *self.index.listings)
        listed = {each.key for each in self.index.headings} | {each.key for each in captioned}
        self._targets = frozenset(self.index.anchors.values()) | listed
        self.sheet = _loosened(manuscript.styles, manuscript.layout)
        self.layout: Layout | None = manuscript.layout
        self.palette: Palette = palette_of(self.sheet)
        self.runs = RunStyler(self.sheet, self.palette, Typefaces(manuscript.fonts))
        self.forms = FormWriter(self.palette)
        self.language = manuscript.resolved.document.metadata.language
        self.leftwards = is_right_to_left(self.language)
        self.catalogue = Catalogue(self.sheet, self.runs, leftwards=self.leftwards)
        self.standing = Standing(self.catalogue)
        self.numbering = NumberingBook(self.sheet.list_markers)
        self.media = MediaShelf(manuscript.resolved.media, manuscript.fonts, self.sheet)
        self.well = InkWell(self.catalogue, self.language)
        self.counts: Counts = count(self.index)
        self.targets: dict[str, str] = {}
        """Addresses of links as they are written, by the source's."""
        self.notes = NoteShelf()
        self.formulas: dict[str, str] = {}
        """The LaTeX of formulas, by their characters as they are written."""
        self.around: set[str] = set()
        """The words that references have around their numbers."""
        self.alike: dict[object, tuple[float, ...] | None] = {}
        """The widths of columns that tables with the same heads share, by these tables and their measure."""
        self._forms_found: dict[object, tuple[Form, Style]] = {}
        self._taken = 0.0
        """How far down what stands in the margin reaches from here, about."""
        self.sequences: dict[str, int] = {}
        """How far Word's own counting of captions has come, by sequence."""
        page = self.sheet.page
        text_width = page.width - page.margin_inner - page.margin_outer
        gaps = page.column_gap * (page.columns - 1)
        self.page_measure = text_width
        """The width between the margins, in points."""
        self.measure = (text_width - gaps) / page.columns
        """The width of a column, in points."""
        self.text_height = page.height - page.margin_top - page.margin_bottom
        self._said: dict[tuple[str, Position | None, str], Diagnostic] = {}
        self._rules: Mapping[type, BlockRule] = {}

    def use_rules(self, rules: Mapping[type, BlockRule]) -> None:
        """Take the table of rules for blocks; it stands above this module."""
        self._rules = rules

    # Blocks ----------------------------------------------------------------------------------------------------

    def blocks(self, blocks: Sequence[nodes.Block], place: Place) -> Pieces:
        """Return the pieces of blocks that follow one another."""
        pieces: Pieces = []
        for at, block in enumerate(blocks):
            below = blocks[at + 1] if at + 1 < len(blocks) else None
            made = self._block(block, place, below)
            if below is not None and (introduces(block, below) or heads(block, below)):
                keep_with_next(made)
            pieces += made or self.place_of(block)
        return pieces

    def place_of(self, node: nodes.AnyNode) -> Pieces:
        """Return the bookmark of what shows nothing, as contents of figures where there are none, if a reference leads
        there."""
        return [Raw("".join(bookmark(node.key)))] if node.key and self.is_target(node) else []

    def is_target(self, node: nodes.AnyNode) -> bool:
        """Return whether a reference or an entry of a table of contents leads to a node."""
        return node.key in self._targets

    def _block(self, block: nodes.Block, place: Place, below: nodes.Block | None) -> Pieces:
        """Return the pieces of a block; what its style lets stand over all columns is marked so."""
        rule = self._rules[type(block)]
        if isinstance(block, nodes.Group | nodes.PullQuote) and self.style_of(block).place == "margin":
            margin = None if self._reaches_out(below) else self._in_margin(place)
            if margin is not None and self._taken <= 0 and block.key not in self._targets:
                pieces = rule(block, margin, self)
                if all(map(_is_paragraph, visible(pieces))):
                    self._taken = _height(pieces, margin.width)
                    return self._aside(pieces)
                return rule(block, place, self)
        if self._taken > 0 and not place.nested and not isinstance(block, nodes.Section):
            return self.pass_margin(rule(block, self.beside_margin(self.style_of(block), place), self), place)
        if place.nested or self.sheet.page.columns <= 1 or isinstance(block, nodes.Section):
            return rule(block, place, self)
        if not self.style_of(block).all_columns:
            return rule(block, place, self)
        pieces = rule(block, msgspec.structs.replace(place, width=self.page_measure), self)
        for piece in visible(pieces):
            piece.band = piece.band or Band(1)
        return pieces

    def beside_margin(self, style: Style, place: Place) -> Place:
        """Return where a block of a style stands beside what is in the margin: it does not reach out there."""
        if self._taken <= 0 or place.nested:
            return place
        left = max(0.0, -style.indent_left) if self.sheet.page.facing else 0.0
        right = max(0.0, -style.indent_right)
        return msgspec.structs.replace(place, left=place.left + left, right=place.right + right)

    def pass_margin(self, pieces: Pieces, place: Place) -> Pieces:
        """Return pieces that go down beside what is in the margin."""
        self._taken -= 0.0 if place.nested else _height(pieces, place.width)
        return pieces

    def _reaches_out(self, block: nodes.Block | None) -> bool:
        """Say whether a block takes some of the margin, so that nothing can stand beside it there."""
        if block is None or isinstance(block, nodes.Section):
            return False
        style = self.style_of(block)
        return style.indent_left < 0 or style.indent_right < 0

    def _in_margin(self, place: Place) -> Place | None:
        """Return the margin's column; None where there is none, or for a block that stands in another."""
        page = self.sheet.page
        taken = place.nested or place.cell or place.note or place.width > self.measure
        if taken or page.margin_column <= 0 or page.columns > 1:
            return None
        return msgspec.structs.replace(place, width=page.margin_column, nested=True)

    def _aside(self, pieces: Pieces) -> Pieces:
        """Put pieces in the outer margin, beside what follows.

        LibreOffice loses bookmarks in frames, so nothing goes there that something leads to; captions never do.
        """
        page = self.sheet.page
        beside = Beside(page.margin_column, page.width - page.margin_outer + page.margin_column_gap)
        if self.leftwards:
            beside = Beside(
                page.margin_column, page.margin_outer - page.margin_column_gap - page.margin_column
            )
        inset = 0.0
        if page.facing:
            # Word takes odd pages for right-hand ones.
            beside = Beside(page.margin_outer, 0.0, facing="inside" if self.leftwards else "outside")
            inset = max(0.0, (page.margin_outer - page.margin_column) / 2)
        found = paragraphs(pieces)
        for paragraph in found:
            form = paragraph.form
            reform(
                paragraph, beside=beside, left=form.left + inset, right=form.right + inset, page_break=False
            )
        if found:
            reform(found[0], before=0.0)
            reform(found[-1], after=0.0)
        for paragraph in found:
            paragraph.style = self.catalogue.in_margin(paragraph.style, paragraph.form)
        return pieces

    def style_of(self, node: nodes.AnyNode, default: str = StyleKey.PARAGRAPH) -> Style:
        """Return the theme's style of a node."""
        key, within = self.use_of(node, default)
        return self.catalogue.style_of(key, within)

    def use_of(self, node: nodes.AnyNode, default: str = StyleKey.PARAGRAPH) -> tuple[str, str]:
        """Return the style key of a node and the container it stands in."""
        use = self.index.styles.get(node.key)
        if use is None:
            return default, ""
        # What stands beside a box is in a container only where the theme says something of it there.
        lent = use.within in schema.BESIDE and (use.within, use.style) not in self.sheet.within
        return use.style, "" if lent else use.within

    def paragraph(self, named: WordStyle, style: Style, place: Place, content: str) -> Paragraph:
        """Return a paragraph in a named style, standing where its place says."""
        return Paragraph(named, self.form(named, style, place, content), content)

    def form(self, named: WordStyle, style: Style, place: Place, content: str) -> Form:
        """Return the form of a paragraph of a style in a place; the named style's own where they are the same."""
        geometry = (
            place.left,
            place.right,
            place.width,
            place.nested,
            place.panel,
            place.align,
            place.language,
        )
        wanted = named.id, id(style), grows(content), geometry
        found = self._forms_found.get(wanted)
        if found is None:
            # The style is kept beside its form, so that no other can come to have its identity.
            found = self._forms_found[wanted] = self._form(named, style, place, content), style
        return found[0]

    def _form(self, named: WordStyle, style: Style, place: Place, content: str) -> Form:
        outer = place.indented(style)
        left, right = inset(style)
        inner = outer.inside(left, right) if left or right else outer
        panel = panel_of(style, inner.left, inner.right) or place.panel
        known = named.form
        made = msgspec.structs.replace(form_of(style, inner.left, inner.right, panel), rule=known.rule)
        if known.outline != -1 or known.tabs:
            made = msgspec.structs.replace(made, outline=known.outline, tabs=known.tabs)
        if known.number:
            made = msgspec.structs.replace(made, number=known.number, first=known.first)
        made = self.adapted(made, place, content)
        return known if made == known else made

    def adapted(self, form: Form, place: Place, content: str, **changes: object) -> Form:
        """Return a form as its place and content ask: with room for images, aligned as the cell, in its direction."""
        if changes and form.panel is not place.panel:
            changes["panel"] = place.panel
        if grows(content):
            changes["rule"] = "atLeast"
        leftwards = is_right_to_left(place.language) if place.language else self.leftwards
        if place.align:
            # The author has named a side of the page, Word those of the line (17.3.1.13).
            changes["align"] = _OTHER_SIDE.get(place.align, place.align) if leftwards else place.align
        if leftwards != form.right_to_left:
            changes["right_to_left"] = leftwards
        if not changes:
            return form
        made = msgspec.structs.replace(form, **changes)
        return form if made == form else made

    def marker_run(self, named: WordStyle, mark: str) -> str:
        """Return the run properties of a number or marker before text in a style."""
        base = named.look
        wanted = self.runs.properties(self.runs.mark(base, mark))
        return runs.joined(runs.differences(wanted, self.runs.properties(base)))

    def bookmarked(self, node: nodes.AnyNode, pieces: Pieces, place: Place) -> Pieces:
        """Return the pieces of a block that holds others between the ends of its hidden bookmark.

        The ends stand in its first and last paragraph: LibreOffice loses those that stand between blocks after a table.
        A table with a caption has its bookmark there.
        """
        shown = visible(pieces)
        if not shown:
            return [*pieces, *self.place_of(node)]
        if not self._has_bookmark(node.key, place):
            return pieces
        start, end = bookmark(node.key)
        first, last = shown[0], shown[-1]
        if isinstance(first, Paragraph):
            first.content = start + first.content
        else:
            pieces = [Raw(start), *pieces]
        if isinstance(node, nodes.Table) and isinstance(first, Paragraph) and shown[1:] == [last]:
            last = first
        if isinstance(last, Paragraph):
            last.content += end
            return pieces
        return [*pieces, Raw(end)]

    def _has_bookmark(self, key: int, place: Place) -> bool:
        """Say whether a block has a bookmark: in cells and notes only one that something can lead to."""
        return bool(key) and (not place.cell or key in self._targets)

    def marked(self, key: int, content: str, place: Place) -> str:
        """Return a paragraph's content within its hidden bookmark."""
        if not self._has_bookmark(key, place):
            return content
        start, end = bookmark(key)
        return f"{start}{content}{end}"

    def xml(self, pieces: Sequence[Piece], *, closed: bool = True) -> str:
        """Return pieces as XML; what Word would run together is kept apart.

        `closed`: they are all that their story, cell or note holds, so that Word wants a paragraph at their end.
        """
        parts: list[str] = []
        breaks = open_ended = False
        skipped = -1
        above: Paragraph | Table | None = None
        pieces = _parted(pieces)
        for at, piece in enumerate(_spaced(pieces)):
            if isinstance(piece, Paragraph):
                if isinstance(above, Table):
                    part_after_table(piece, pieces[at + 1 :])
                if breaks:
                    begin_page(piece, page_break=True)
                parts.append(self._paragraph_xml(piece))
            elif isinstance(piece, Table):
                if breaks or isinstance(above, Table):
                    start = parts.pop() if parts and parts[-1].startswith("<w:bookmarkStart") else ""
                    height = above.after if isinstance(above, Table) else 0.0
                    parts.append(separator(height, new_page=breaks))
                    inside = mark_in_cell(piece, start, pieces[at + 1] if at + 1 < len(pieces) else "")
                    parts.append("" if inside else start)
                    skipped = at + 1 if inside else -1
                parts.append(piece.xml)
            elif isinstance(piece, Break):
                breaks = True
                continue
            else:
                parts.append("" if at == skipped else piece)
                open_ended = open_ended or piece.endswith("</w:sdt>") or piece.startswith("<w:bookmarkStart")
                continue
            above, breaks, open_ended = piece, False, False
        if closed and (isinstance(above, Table) or open_ended):
            parts.append(separator())
        return "".join(parts)

    def _paragraph_xml(self, paragraph: Paragraph) -> str:
        form, tab = in_line(paragraph.form)
        natural = msgspec.structs.replace(form, **paragraph.natural) if paragraph.natural else None
        style = self.standing.of(paragraph.style, form, natural, loose=paragraph.loose)
        own = self.forms.direct(form, style.form)
        named = f'<w:pStyle w:val="{style.id}"/>'
        lead = "<w:r><w:tab/></w:r>" if tab else ""
        return f"<w:p><w:pPr>{named}{own}{paragraph.section}</w:pPr>{lead}{paragraph.content}</w:p>"

    # Pages and diagnostics -----------------------------------------------------------------------------------------

    def page_label(self, key: int) -> str:
        """Return the folio of the page on which a node begins; empty where there is no layout."""
        if self.layout is None or key not in self.layout.page_of:
            return ""
        return self.layout.pages[self.layout.page_of[key]].label

    def say(
        self,
        code: str,
        message: str,
        position: Position | None = None,
        hint: str = "",
        severity: Severity = Severity.WARNING,
    ) -> None:
        """Note something for the user, once."""
        self._said.setdefault((code, position, message), Diagnostic(code, message, severity, position, hint))

    def check_characters(self, text: str, position: Position | None) -> None:
        """Note characters that XML cannot hold."""
        if not text.isprintable() and re.search(ILLEGAL, text):
            message = "a control character that no Word file can hold was replaced by U+FFFD"
            self.say("illegal-character", message, position, "delete it from the source")

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was said."""
        return tuple(self._said.values())


def _height(pieces: Pieces, width: float) -> float:
    """Return about how high pieces are, in points; a table is high enough for anything beside it."""
    height = 0.0
    for piece in visible(pieces):
        if isinstance(piece, Table):
            return _TALL
        letters = sum(map(len, _SAID.findall(piece.content)))
        measure = max(width - piece.form.left - piece.form.right, 36.0)
        lines = math.ceil(letters * piece.style.look.text.size * _LETTER / measure)
        height += lines * piece.form.line + max(piece.form.before, piece.form.after)
    return height


_SAID: Final = re.compile(r"<w:t[ >][^<]*")
_TALL: Final = 1000.0
_LETTER: Final = 0.5
"""About how wide a letter is, in ems."""


def _is_paragraph(piece: Paragraph | Table) -> bool:
    """Say whether a piece can stand in a frame."""
    return isinstance(piece, Paragraph)


def _loosened(sheet: StyleSheet, layout: Layout | None) -> StyleSheet:
    """Return a style sheet whose groups in columns may be divided: paragraphs that all stay with the next would stand
    in one column. The title's type is as much smaller, and a title page's band as much lower, as in print."""
    title_scale, rise = (layout.title_scale, layout.raised) if layout else (1.0, 0.0)
    if rise:
        sheet = msgspec.structs.replace(sheet, page=raised(sheet.page, rise))
    parted = {
        key: msgspec.structs.replace(style, keep_together=False)
        for key, style in sheet.styles.items()
        if style.columns > 1 and style.keep_together
    }
    if title_scale < 1.0:
        title = sheet.styles[StyleKey.TITLE]
        size, leading = title.size * title_scale, title.leading * title_scale
        parted[StyleKey.TITLE] = msgspec.structs.replace(
            title, size=round(size, 2), leading=round(leading, 2)
        )
    return msgspec.structs.replace(sheet, styles={**sheet.styles, **parted}) if parted else sheet


_HIGH: Final = re.compile("<m:(?:f|nary|limLow|limUpp|m|groupChr|acc|bar|rad)>")


def grows(content: str) -> bool:
    """Say whether something in a paragraph may be higher than its lines: a picture, or a formula of several storeys."""
    return "<w:drawing>" in content or ("<m:oMath>" in content and _HIGH.search(content) is not None)


def separator(height: float = 1.0, *, new_page: bool = False, section: str = "") -> str:
    """Return a paragraph that cannot be seen: between two tables, after one that ends a story, before one on a page."""
    start = "<w:pageBreakBefore/>" if new_page else ""
    line = twips(max(1.0, height))
    spacing = f'<w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{start}{spacing}{section}</w:pPr></w:p>"


def _parted(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return pieces with something between boxes that Word would draw as one."""
    found: list[Piece] = []
    above: Piece | None = None
    for piece in pieces:
        if isinstance(piece, Paragraph) and isinstance(above, Paragraph) and are_to_part(above, piece):
            found.append(Raw(separator(above.form.after - piece.form.before)))
            reform(above, ends=True)
        found.append(piece)
        above = above if isinstance(piece, Raw) else piece
    return found


def _spaced(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Give the space around tables, which have none of their own in Word, to the paragraphs beside them."""
    above: Paragraph | Table | None = None
    for piece in pieces:
        if isinstance(piece, Paragraph) and piece.form.beside:
            continue  # it stands beside the others, not between them
        if isinstance(piece, Table):
            if isinstance(above, Paragraph) and above.form.after < piece.before:
                above.natural.setdefault("after", above.form.after)
                reform(above, after=piece.before)
            elif isinstance(above, Table):
                above.after = max(above.after, piece.before)
        elif isinstance(piece, Paragraph):
            if isinstance(above, Table) and piece.form.before < above.after:
                piece.natural.setdefault("before", piece.form.before)
                reform(piece, before=above.after)
        else:
            continue
        above = piece
    return pieces
