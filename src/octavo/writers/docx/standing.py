"""How a paragraph stands in its list, its group or its table, as styles of their own: "List Bullet First" has the
space above the list, "Table Cell Right" the alignment of its column. What no style says is left to the paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from octavo.tree.semantics import StyleKey
from octavo.writers.docx.catalogue import HEADINGS, Catalogue, WordStyle
from octavo.writers.docx.form import Form

_FIELDS: Final = tuple(field.name for field in msgspec.structs.fields(Form))
_SPACE: Final = frozenset({"before", "after"})
_KEEPING: Final = frozenset({"keep_next", "keep_lines"})
_GROWING: Final = frozenset({"rule"})
"""Lines before a table in a note may grow, see `notes`; that says nothing of where a paragraph stands."""
_OWN: Final = frozenset({"number", "page_break", "tops", "ends", "recto", "outline", "beside"})
"""What a paragraph says for itself, whatever its style."""
_CELLS: Final = frozenset({StyleKey.TABLE_CELL, StyleKey.TABLE_HEAD})
_CELL_FIELDS: Final = frozenset({"align", "tabs"})
_ALIGNED: Final = {
    "left": "Left",
    "right": "Right",
    "decimal": "Right",
    "center": "Center",
    "justify": "Justified",
}
_TABLES: Final = {
    frozenset({"before"}): "After Table",
    frozenset({"after"}): "Before Table",
    frozenset({"before", "after"}): "Between Tables",
}
_LOOSE: Final = {frozenset({"before"}): "Spaced", frozenset({"before", "after"}): "Spaced Before Table"}


class Standing:
    """Finds the style that says most of how a paragraph of a style stands; it adds styles as they are needed."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._made: dict[tuple[str, str], WordStyle] = {}
        self._found: dict[tuple[str, Form, Form | None, bool], WordStyle] = {}

    def of(
        self, style: WordStyle, form: Form, natural: Form | None = None, *, loose: bool = False
    ) -> WordStyle:
        """Return the style for a paragraph of a form; the style itself where none says more.

        `natural` is what the form was before it took the space of a table beside it, or of a `loose` list.
        """
        if form is style.form or style.key in HEADINGS:
            # Running heads look for headings by the names that Word has for them.
            return style
        found = self._found.get((style.id, form, natural, loose))
        if found is None:
            ground = style if natural is None else self.of(style, natural)
            words = _LOOSE if loose else _TABLES
            found = self._find(style, form) if natural is None else self._spaced(ground, form, words)
            self._found[style.id, form, natural, loose] = found
        return found

    def _spaced(self, style: WordStyle, form: Form, words: Mapping[frozenset[str], str]) -> WordStyle:
        differing = _differing(form, style.form) - _OWN
        word = words.get(differing - _GROWING)
        if word is None:
            return style
        known = self._made.get((style.id, word))
        if known is None:
            return self._make(style, word, form, differing)
        return style if _differing(form, known.form) - _OWN else known

    def _find(self, style: WordStyle, form: Form) -> WordStyle:
        in_cell = style.key in _CELLS
        taken = _CELL_FIELDS if in_cell else _SPACE | _KEEPING
        differing = _differing(form, style.form) - _OWN - (_KEEPING if in_cell else frozenset())
        word = _word(style, form, differing & taken)
        if not word:
            return style
        best, least = style, differing
        for name in (word, f"{word} {'Kept' if form.keep_next else 'Loose'}"):
            known = self._made.get((style.id, name))
            if known is None:
                # What stands in something else besides is no model for others.
                return best if differing - taken else self._make(style, name, form, differing)
            left = (_differing(form, known.form) & taken) | (differing - taken)
            if len(left) < len(least):
                best, least = known, left
            if not left & taken or left & taken - _KEEPING:
                break
        return best

    def _make(self, style: WordStyle, name: str, form: Form, differing: frozenset[str]) -> WordStyle:
        changed = msgspec.structs.replace(style.form, **{field: getattr(form, field) for field in differing})
        made = self._made[style.id, name] = self._catalogue.standing(style, name, changed)
        return made


def _differing(one: Form, other: Form) -> frozenset[str]:
    return frozenset([name for name in _FIELDS if getattr(one, name) != getattr(other, name)])


def _word(style: WordStyle, form: Form, differing: frozenset[str]) -> str:
    """Return what is added to the style's name: where the paragraph stands; empty where nothing differs."""
    if "tabs" in differing:
        return "Decimal"
    if "align" in differing:
        return _ALIGNED[form.align]
    if style.key == StyleKey.FIGURE and not form.keep_next:
        return "Alone"
    spaces = "before" in differing, "after" in differing
    if any(spaces):
        return _PLACES[_kind(style)][spaces]
    if differing & _KEEPING:
        return (
            "Kept"
            if form.keep_next > style.form.keep_next or form.keep_lines > style.form.keep_lines
            else "Loose"
        )
    return ""


def _kind(style: WordStyle) -> str:
    if style.alone:
        return "alone"
    return "inner" if style.contained or style.key == StyleKey.LIST_ITEM else "plain"


_PLACES: Final = {
    "alone": {(False, True): "First", (True, False): "Last", (True, True): "Middle"},
    "inner": {(True, False): "First", (False, True): "Last", (True, True): "Only"},
    "plain": {(True, False): "Spaced Above", (False, True): "Spaced Below", (True, True): "Spaced"},
}
"""(differs in the space before, in the space after) -> where it stands, by what the style's own form is."""
