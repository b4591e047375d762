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
from octavo.typeset.textstyle import text_style
from octavo.writers.docx.form import Form, Panel, bare, form_of, has_box, inset, panel_of
from octavo.writers.docx.runs import Look, RunStyler

S = StyleKey

HEADINGS: Final = (S.HEADING_1, S.HEADING_2, S.HEADING_3, S.HEADING_4, S.HEADING_5, S.HEADING_6)
PARAGRAPHS: Final = (S.PARAGRAPH_FIRST, S.PARAGRAPH)
_LENDS_NAME: Final = {S.FOOTNOTE, S.TABLE_CELL, S.TABLE_HEAD, S.TABLE_NOTE, S.DEFINITION, S.FIGURE, S.QUOTE}
"""Containers whose own key is a paragraph style of the same name."""
_DRAWN_AS_CELLS: Final = {S.TABLE, S.TABLE_CELL, S.TABLE_HEAD, S.MASTHEAD, S.MASTHEAD_SERIES}
"""Keys whose boxes are cells of tables, and not paragraphs."""
_HOUSE: Final = (
    S.TEXT, S.PARAGRAPH, S.PARAGRAPH_FIRST, S.TITLE, S.SUBTITLE, S.BYLINE, S.HEADING, *HEADINGS, S.LIST_ITEM,
    S.PULL_QUOTE, S.CODE_BLOCK, S.FORMULA, S.DIVIDER, S.FIGURE, S.CAPTION, S.CREDIT, S.TABLE_CELL, S.TABLE_HEAD,
    S.TABLE_NOTE, S.FOOTNOTE, S.TERM, S.DEFINITION, S.BIBLIOGRAPHY_ENTRY, S.CONTENTS_TITLE, S.CONTENTS_1,
    S.CONTENTS_2, S.CONTENTS_3, S.PAGE_HEADER, S.PAGE_FOOTER, S.MASTHEAD, S.MASTHEAD_SERIES,
)  # fmt: skip
_HOUSE_GROUPS: Final = (
    S.LEAD, S.ABSTRACT, S.KEY_POINTS, S.RECOMMENDATIONS, S.AUTHOR_NOTE, S.NOTICE, S.CASE, S.QUOTE,
)  # fmt: skip
_NEXT: Final[Mapping[str, str]] = {
    **dict.fromkeys((S.HEADING, *HEADINGS, S.GROUP_TITLE), S.PARAGRAPH_FIRST),
    S.PARAGRAPH_FIRST: S.PARAGRAPH,
    S.TITLE: S.SUBTITLE,
    S.SUBTITLE: S.BYLINE,
    S.BYLINE: S.PARAGRAPH_FIRST,
    S.CAPTION: S.PARAGRAPH,
    S.FIGURE: S.CAPTION,
    S.CREDIT: S.PARAGRAPH,
    S.TERM: S.DEFINITION,
}
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


class Entry(msgspec.Struct, frozen=True, eq=False):
    """What a pair (key, container) comes to. `boxed`: it draws a box; `flush`: its text fills the measure."""

    named: WordStyle
    style: Style
    boxed: bool
    flush: bool


class Catalogue:
    """Hands out named styles, making each when it is first asked for."""

    def __init__(self, sheet: StyleSheet, runs: RunStyler) -> None:
        self.sheet = sheet
        self.runs = runs
        self.styles: dict[str, WordStyle] = {}
        """By identifier, in the order of asking."""
        self._found: dict[tuple[str, str, str], WordStyle] = {}
        self._names: set[str] = set()
        self._entries: dict[tuple[str, str], Entry] = {}
        self._normal = self._add(
            ("", S.TEXT, ""), "Normal", S.TEXT, self._form(sheet.styles[S.TEXT], ""), None
        )
        for key in _HOUSE:
            self.paragraph(key)
        for key in _HOUSE_GROUPS:
            self.paragraph(S.PARAGRAPH_FIRST, key)
        for mark in (*MarkKey, *sorted(set(runs.marks()) - set(MarkKey))):
            self._mark(mark)

    def paragraph(self, key: str, within: str = "") -> WordStyle:
        """Return the style of a key, in a container where that makes a difference."""
        found = self._found.get(("", key, within))
        if found is None:
            found = self._found["", key, within] = self._make(key, within)
        return found

    def entry(self, use: tuple[str, str]) -> Entry:
        """Return the named style of a pair (key, container) with the theme's; the same object each time."""
        found = self._entries.get(use)
        if found is None:
            style = self.style_of(*use)
            flush = not (any(inset(style)) or style.indent_left or style.indent_right)
            found = self._entries[use] = Entry(self.paragraph(*use), style, has_box(style), flush)
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

    def content_edges(self, within: str) -> tuple[float, float, Panel | None]:
        """Return where the content of a container at the top begins and ends, and the box around it."""
        if not within or within not in self.sheet.styles or within in _DRAWN_AS_CELLS:
            return 0.0, 0.0, None
        style = self.sheet.styles[within]
        left, right = inset(style)
        left, right = style.indent_left + left, style.indent_right + right
        return left, right, panel_of(style, left, right)

    def _form(self, style: Style, within: str) -> Form:
        left, right, panel = self.content_edges(within)
        own_left, own_right = inset(style)
        indents = style.indent_left, style.indent_right
        if within:
            indents = max(0.0, indents[0]), max(0.0, indents[1])
        left, right = left + indents[0] + own_left, right + indents[1] + own_right
        return form_of(style, left, right, panel_of(style, left, right) or panel)

    def _make(self, key: str, within: str) -> WordStyle:
        style = self.style_of(key, within)
        form, look = self._form(style, within), Look(text_style(style))
        if key in HEADINGS:
            form = msgspec.structs.replace(form, outline=HEADINGS.index(S(key)))
        if not within:
            if key == S.TEXT:
                return self._normal
            base_key = schema.BASED_ON.get(key, S.TEXT)
            base = self.paragraph(base_key) if base_key != key else self._normal
            return self._add(("", key, ""), _top_name(key), key, form, base)
        plain = self.paragraph(key)
        if plain.form == form and plain.look == look:
            return plain
        if key in PARAGRAPHS:
            return self._in_container(key, within, form, look)
        return self._add(("", key, within), f"{_top_name(within)} {_short_name(key)}", key, form, plain, look)

    def _in_container(self, key: str, within: str, form: Form, look: Look) -> WordStyle:
        """Return the style of a container's paragraphs: the container's own, or one beside it where they differ."""
        if within in _LENDS_NAME and ("", within, "") in self._found:
            first = self._found["", within, ""]
        elif key == S.PARAGRAPH_FIRST:
            return self._add(("", key, within), _top_name(within), within, form, self._normal, look)
        else:
            first = self.paragraph(S.PARAGRAPH_FIRST, within)
        if first.form == form and first.look == look:
            return first
        return self._add(("", key, within), f"{_top_name(within)} {_top_name(key)}", key, form, first, look)

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
            next=_identify(_top_name(follows)) if follows and not wanted[2] else "",
        )
        self._found[wanted] = self.styles[made.id] = made
        return made

    def _mark(self, mark: str) -> None:
        name = self._unique(WORD_STYLES[MarkKey(mark)] if mark in set(MarkKey) else _title(mark))
        look = self.runs.mark(self.runs.plain, mark)
        made = WordStyle(
            id=self._identifier(name),
            name=name,
            kind="character",
            key=mark,
            form=self._normal.form,
            look=look,
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
