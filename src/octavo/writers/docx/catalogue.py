"""The catalogue of named styles: one for every style key and mark, and for every pair (container, key) in use.

Names are `WORD_STYLES`; identifiers are made of the names. A container lends its name to its paragraphs: what stands
in a quotation is in style "Quote". Other keys in it are called after both: "Key Points Title".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from octavo.theme import schema
from octavo.theme.style import Style, StyleSheet
from octavo.tree.semantics import WORD_STYLES, MarkKey, StyleKey
from octavo.typeset.groups import stands_in_columns
from octavo.typeset.textstyle import text_style
from octavo.writers.docx.form import (
    Form,
    Panel,
    bare,
    form_of,
    has_box,
    inset,
    panel_above,
    panel_in_column,
    panel_of,
)
from octavo.writers.docx.runs import Look, RunStyler

S = StyleKey

HEADINGS: Final = (S.HEADING_1, S.HEADING_2, S.HEADING_3, S.HEADING_4, S.HEADING_5, S.HEADING_6)
FORMULA_TEXT: Final = "formula-text"
"""The mark of a formula's source; no theme sets it."""
PARAGRAPHS: Final = (S.PARAGRAPH_FIRST, S.PARAGRAPH)
_LENDS_NAME: Final = {S.FOOTNOTE, S.TABLE_CELL, S.TABLE_HEAD, S.TABLE_NOTE, S.DEFINITION, S.FIGURE, S.QUOTE}
"""Containers whose own key is a paragraph style of the same name."""
_DRAWN_AS_CELLS: Final = {S.TABLE, S.TABLE_CELL, S.TABLE_HEAD, S.MASTHEAD, S.MASTHEAD_SERIES}
"""Keys whose boxes are cells of tables, and not paragraphs."""
_HOUSE: Final = (
    S.TEXT, S.PARAGRAPH, S.PARAGRAPH_FIRST, S.VERSE, S.TITLE, S.SUBTITLE, S.BYLINE, S.HEADING, *HEADINGS, S.LIST_ITEM,
    S.PULL_QUOTE, S.CODE_BLOCK, S.FORMULA, S.DIVIDER, S.FIGURE, S.CAPTION, S.CREDIT, S.TABLE_CELL, S.TABLE_HEAD,
    S.TABLE_NOTE, S.FOOTNOTE, S.TERM, S.DEFINITION, S.BIBLIOGRAPHY_ENTRY, S.CONTENTS_TITLE, S.CONTENTS_1,
    S.CONTENTS_2, S.CONTENTS_3, S.PAGE_HEADER, S.PAGE_FOOTER, S.MASTHEAD, S.MASTHEAD_SERIES, S.GROUP,
)  # fmt: skip
_HOUSE_GROUPS: Final = (
    S.LEAD, S.ABSTRACT, S.KEY_POINTS, S.RECOMMENDATIONS, S.AUTHOR_NOTE, S.NOTICE, S.CASE, S.QUOTE,
)  # fmt: skip
_NEXT: Final[Mapping[str, str]] = {
    **dict.fromkeys((S.HEADING, *HEADINGS, S.GROUP_TITLE), S.PARAGRAPH_FIRST),
    S.PARAGRAPH_FIRST: S.PARAGRAPH,
    S.VERSE: S.PARAGRAPH_FIRST,
    S.TITLE: S.SUBTITLE,
    S.SUBTITLE: S.BYLINE,
    S.BYLINE: S.PARAGRAPH_FIRST,
    S.CAPTION: S.PARAGRAPH,
    S.FIGURE: S.CAPTION,
    S.CREDIT: S.PARAGRAPH,
    S.TERM: S.DEFINITION,
    S.ATTRIBUTION: S.PARAGRAPH_FIRST,
}
_ALONE: Final = {S.PULL_QUOTE, S.CAPTION}
"""Keys whose style at the top has the space around the whole of what it stands for."""
_ENDS: Final[Mapping[str, str]] = {S.CAPTION: S.FIGURE, S.CREDIT: S.FIGURE}
"""What stands at the end of something, and so has the space below it."""
_HOME: Final[Mapping[str, str]] = {
    MarkKey.HEADING_NUMBER: S.HEADING_1,
    MarkKey.LIST_MARKER: S.LIST_ITEM,
    MarkKey.CAPTION_LABEL: S.CAPTION,
    MarkKey.GROUP_LABEL: S.AUTHOR_NOTE,
    MarkKey.AFFILIATION: S.BYLINE,
    MarkKey.FOLIO: S.PAGE_HEADER,
    MarkKey.CODE_KEYWORD: S.CODE_BLOCK,
    MarkKey.CODE_NAME: S.CODE_BLOCK,
    MarkKey.CODE_STRING: S.CODE_BLOCK,
    MarkKey.CODE_NUMBER: S.CODE_BLOCK,
    MarkKey.CODE_COMMENT: S.CODE_BLOCK,
    MarkKey.CODE_ADDED: S.CODE_BLOCK,
    MarkKey.CODE_REMOVED: S.CODE_BLOCK,
}
"""The style that a mark stands in, where it stands in one alone: its character style says what changes there."""
_KNOWN_IDS: Final[Mapping[str, str]] = {
    "toc 1": "TOC1",
    "toc 2": "TOC2",
    "toc 3": "TOC3",
    "TOC Heading": "TOCHeading",
}


class WordStyle(msgspec.Struct, kw_only=True, eq=False):
    """A named paragraph or character style. Its form is final before the first paragraph is written in it."""

    id: str
    name: str
    kind: Literal["paragraph", "character"]
    key: str
    form: Form
    look: Look
    based_on: str = ""
    """The identifier of the style that it names only its differences from."""
    next: str = ""
    plain: Look | None = None
    """A character style's: the look that it changes."""
    alone: bool = False
    """Its form is that of a paragraph that is all there is of its container: with the space around that."""
    contained: bool = False
    """It is for what stands in a container."""
    kept: bool = False
    """Its form keeps it with the next paragraph of its container, which stays on one page."""
    variant: bool = False
    """It says how a paragraph of the style that it is based on stands, see `standing`."""


class Entry(msgspec.Struct, frozen=True, eq=False):
    """What a pair (key, container) comes to. `boxed`: it draws a box; `flush`: its text fills the measure."""

    named: WordStyle
    style: Style
    boxed: bool
    flush: bool


class Catalogue:
    """Hands out named styles, making each when it is first asked for."""

    def __init__(self, sheet: StyleSheet, runs: RunStyler, *, leftwards: bool = False) -> None:
        self.sheet = sheet
        self.leftwards = leftwards
        """Whether the document's language is written from right to left: its styles say so then."""
        self.runs = runs
        self.styles: dict[str, WordStyle] = {}
        """By identifier, in the order of asking."""
        self._inner: dict[str, Form] = {}
        """The form of a paragraph between others of its container, for styles that are `alone`."""
        self._found: dict[tuple[str, str, str], WordStyle] = {}
        self._names: set[str] = set()
        self._entries: dict[tuple[tuple[str, str], float], Entry] = {}
        self._normal = self._add(
            ("", S.TEXT, ""), "Normal", S.TEXT, self._form(sheet.styles[S.TEXT], ""), None
        )
        for key in _HOUSE:
            self.paragraph(key)
        for key in _HOUSE_GROUPS:
            self.paragraph(S.PARAGRAPH_FIRST, key)
        for mark in (*MarkKey, *sorted(set(runs.marks()) - set(MarkKey))):
            self._mark(mark)
        self._mark(FORMULA_TEXT)

    def paragraph(self, key: str, within: str = "") -> WordStyle:
        """Return the style of a key, in a container where that makes a difference."""
        found = self._found.get(("", key, within))
        if found is None:
            found = self._found["", key, within] = self._make(key, within)
        return found

    def entry(self, use: tuple[str, str], scale: float = 1.0) -> Entry:
        """Return the named style of a pair (key, container) with the theme's; the same object each time.

        With its text made smaller it is a style beside the plain one, as "Table Cell 86".
        """
        found = self._entries.get((use, scale))
        if found is None:
            style = self.style_of(*use)
            flush = not (any(inset(style)) or style.indent_left or style.indent_right)
            named = self.paragraph(*use)
            if scale != 1.0:
                style = msgspec.structs.replace(
                    style, size=round(style.size * scale, 2), leading=round(style.leading * scale, 2)
                )
                named = self._smaller(named, style, use[1], scale)
            found = self._entries[use, scale] = Entry(named, style, has_box(style), flush)
        return found

    def _smaller(self, plain: WordStyle, style: Style, within: str, scale: float) -> WordStyle:
        wanted = "smaller", plain.id, str(scale)
        found = self._found.get(wanted)
        if found is None:
            around = "" if plain.key in _DRAWN_AS_CELLS else within
            form = msgspec.structs.replace(plain.form, line=self._form(style, around).line)
            name = f"{plain.name} {round(100 * scale)}"
            found = self._add(wanted, name, plain.key, form, plain, Look(text_style(style)))
            found.contained, found.next = True, found.id
        return found

    def variant(self, name: str, key: str, within: str, form: Form) -> WordStyle:
        """Return a style of Word's own without a key, as "List Bullet 2"; the first to ask gives its form."""
        wanted = (name, key, within)
        found = self._found.get(wanted)
        if found is None:
            base = self.paragraph(key, within)
            full = name if not within else f"{_top_name(within)} {name}"
            found = self._add(wanted, full, key, form, base)
        return found

    def standing(self, style: WordStyle, word: str, form: Form) -> WordStyle:
        """Add a style for paragraphs of a style that stand in some way, as "List Bullet First"."""
        name = f"{style.name[:1].upper()}{style.name[1:]} {word}"
        made = self._add(("standing", style.id, word), name, style.key, form, style, style.look)
        made.variant, made.next = True, style.next
        if style.key == S.LIST_ITEM and word.startswith("First"):
            made.next = style.id
        return made

    def in_margin(self, style: WordStyle, form: Form) -> WordStyle:
        """Return the style for paragraphs of a style that stand in the margin; the first to ask gives its form."""
        return self._found.get(("standing", style.id, "Margin")) or self.standing(style, "Margin", form)

    def change_form(self, style: WordStyle, **changes: object) -> Form:
        """Change the form of a style that nothing has been written in yet, and return it."""
        style.form = msgspec.structs.replace(style.form, **changes)
        return style.form

    def character(self, mark: str) -> WordStyle | None:
        """Return the style of a mark; None for one that the theme does not know."""
        return self._found.get(("mark", mark, ""))

    def style_of(self, key: str, within: str = "") -> Style:
        """Return the theme's style of a key as a paragraph has it; an unknown one is set as text."""
        if key not in self.sheet.styles:
            key = S.TEXT
        found = self.sheet.of(key, within)
        return bare(found) if key in _DRAWN_AS_CELLS else found

    def endnote_mark(self) -> WordStyle:
        """Return the character style of the marks of endnotes: Word's own, which looks as that of footnotes."""
        wanted = ("mark", "endnote reference", "")
        found = self._found.get(wanted)
        if found is None:
            plain = self._found["mark", MarkKey.FOOTNOTE_MARK, ""]
            name = self._unique("endnote reference")
            found = msgspec.structs.replace(plain, id=self._identifier(name), name=name)
            self._found[wanted] = self.styles[found.id] = found
        return found

    def content_edges(self, within: str, key: str = "") -> tuple[float, float, Panel | None]:
        """Return where the content of a container at the top begins and ends, and the box around it.

        In a group of columns it begins and ends where the column does; only the title stands over all of them.
        """
        if not within or within not in self.sheet.styles or within in _DRAWN_AS_CELLS:
            return 0.0, 0.0, None
        style = self.sheet.styles[within]
        left, right = inset(style)
        left, right = style.indent_left + left, style.indent_right + right
        if not stands_in_columns(style, nested=False, page=self.sheet.page):
            return left, right, panel_of(style, left, right)
        if key == S.GROUP_TITLE:
            return left, right, panel_above(panel_of(style, left, right))
        return 0.0, 0.0, panel_in_column(style)

    def _form(self, style: Style, within: str, key: str = "") -> Form:
        left, right, panel = self.content_edges(within, key)
        own_left, own_right = inset(style)
        indents = style.indent_left, style.indent_right
        if within:
            indents = max(0.0, indents[0]), max(0.0, indents[1])
        left, right = left + indents[0] + own_left, right + indents[1] + own_right
        form = form_of(style, left, right, panel_of(style, left, right) or panel)
        # Code runs to the right, whatever the text around it does.
        leftwards = self.leftwards and key != S.CODE_BLOCK
        return msgspec.structs.replace(form, right_to_left=True) if leftwards else form

    def _make(self, key: str, within: str) -> WordStyle:
        style = self.style_of(key, within)
        around = "" if key in _DRAWN_AS_CELLS or within in schema.BESIDE else within or _ENDS.get(key, "")
        form, look = self._form(style, around, key), Look(text_style(style))
        if key in HEADINGS:
            form = msgspec.structs.replace(form, outline=HEADINGS.index(S(key)))
        form = self._in_its_place(key, within, form)
        if not within:
            if key == S.TEXT:
                return self._normal
            base_key = schema.BASED_ON.get(key, S.TEXT)
            base = self.paragraph(base_key) if base_key != key else self._normal
            made = self._add(("", key, ""), _top_name(key), key, form, base)
            made.alone = key in _ALONE
            return made
        plain = self.paragraph(key)
        if plain.form == form and plain.look == look:
            return plain
        if key in PARAGRAPHS:
            return self._in_container(key, within, form, look)
        container = "Table" if within == S.TABLE else _top_name(within)
        made = self._add(("", key, within), f"{container} {_short_name(key)}", key, form, plain, look)
        if key == S.GROUP_TITLE:
            made.next = self.paragraph(S.PARAGRAPH_FIRST, within).id
        return made

    def _in_its_place(self, key: str, within: str, form: Form) -> Form:
        """Return the form of what always begins or ends something: it has the space above or below that."""
        if key == S.FORMULA:
            # Word cuts off what is higher than a line of an exact height.
            return msgspec.structs.replace(form, rule="atLeast")
        if key == S.FIGURE:
            # A picture's caption follows it, and no line is as high as a picture.
            return msgspec.structs.replace(form, rule="atLeast", after=0.0, keep_next=True)
        if key == S.CAPTION and within in schema.BESIDE:
            before = max(form.before, self.sheet.styles[within].space_before)
            return msgspec.structs.replace(form, before=before, keep_next=True)
        end = _ENDS.get(key, within if key == S.ATTRIBUTION else "")
        if not end and (key != S.GROUP_TITLE or not within):
            return form
        container = self.sheet.styles[end or within]
        kept = form.keep_lines or container.keep_together
        if end:
            after = container.space_after if has_box(container) else max(form.after, container.space_after)
            return msgspec.structs.replace(form, after=after, keep_lines=kept)
        before = container.space_before if has_box(container) else max(form.before, container.space_before)
        breaks = form.page_break or container.break_before == "page"
        return msgspec.structs.replace(
            form, before=before, keep_lines=kept, keep_next=True, page_break=breaks
        )

    def _in_container(self, key: str, within: str, form: Form, look: Look) -> WordStyle:
        """Return the style of a container's paragraphs: the container's own, or one beside it where they differ."""
        if within in _LENDS_NAME and ("", within, "") in self._found:
            first = self._found["", within, ""]
        elif key == S.PARAGRAPH_FIRST:
            base = self._normal if within in (S.QUOTE, S.PULL_QUOTE) else self.paragraph(S.GROUP)
            made = self._add(
                ("", key, within), _top_name(within), within, self._alone(form, within), base, look
            )
            made.alone = True
            self._inner[made.id] = form
            return made
        else:
            first = self.paragraph(S.PARAGRAPH_FIRST, within)
        if self._inner.get(first.id, first.form) == form and first.look == look:
            return first
        return self._add(("", key, within), f"{_top_name(within)} {_top_name(key)}", key, form, first, look)

    def _alone(self, form: Form, within: str) -> Form:
        """Return the form of a paragraph that is all that a container holds."""
        container = self.sheet.styles.get(within)
        if container is None:
            return form
        before, after = container.space_before, container.space_after
        if not has_box(container):
            before, after = max(before, form.before), max(after, form.after)
        return msgspec.structs.replace(
            form,
            before=before,
            after=after,
            keep_lines=form.keep_lines or container.keep_together,
            keep_next=form.keep_next or container.keep_with_next,
        )

    def _add(
        self,
        wanted: tuple[str, str, str],
        name: str,
        key: str,
        form: Form,
        base: WordStyle | None,
        look: Look | None = None,
    ) -> WordStyle:
        if look is None:
            look = Look(text_style(self.style_of(key, wanted[2])))
        name = self._unique(name)
        follows = _NEXT.get(key, "")
        made = WordStyle(
            id=self._identifier(name),
            name=name,
            kind="paragraph",
            key=key,
            form=form,
            look=look,
            based_on=base.id if base else "",
            contained=bool(wanted[2]),
            next=_identify(_top_name(follows)) if follows and not wanted[2] else "",
        )
        self._found[wanted] = self.styles[made.id] = made
        return made

    def _mark(self, mark: str) -> None:
        name = self._unique(WORD_STYLES[MarkKey(mark)] if mark in set(MarkKey) else _title(mark))
        home = _HOME.get(mark)
        plain = Look(text_style(self.style_of(home))) if home else self.runs.plain
        look = self.runs.mark(plain, mark)
        if mark == FORMULA_TEXT:
            look = Look(msgspec.structs.replace(plain.text, italic=True))
        if mark == MarkKey.CODE:
            look = Look(msgspec.structs.replace(look.text, literal=True), look.vertical)
        made = WordStyle(
            id=self._identifier(name),
            name=name,
            kind="character",
            key=mark,
            form=self._normal.form,
            look=look,
            plain=plain,
        )
        self._found["mark", mark, ""] = self.styles[made.id] = made

    def _unique(self, name: str) -> str:
        unique, count = name, 1
        while unique.casefold() in self._names:
            count += 1
            unique = f"{name} ({count})"
        self._names.add(unique.casefold())
        return unique

    def _identifier(self, name: str) -> str:
        made = _identify(name)
        return made if made and made not in self.styles else f"Style{len(self.styles)}"


def _top_name(key: str) -> str:
    return WORD_STYLES[S(key)] if key in set(S) else _title(key)


def _short_name(key: str) -> str:
    return "Title" if key == S.GROUP_TITLE else _title(_top_name(key))


def _title(name: str) -> str:
    """Return a theme's name for a style as Word's menus show names; commas would part aliases."""
    words = re.split(r"[\s,;_-]+", name.strip())
    return " ".join(word[:1].upper() + word[1:] for word in words if word)[:200] or "Custom"


def _identify(name: str) -> str:
    if name in _KNOWN_IDS:
        return _KNOWN_IDS[name]
    letters = re.sub(r"[^A-Za-z0-9 ]", "", name)
    return "".join(word[:1].upper() + word[1:] for word in letters.split())
