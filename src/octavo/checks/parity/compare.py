"""Set side by side, for every style key and property, what the theme says and what three finished editions hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from octavo.checks.parity.docx_values import DocxStyles, read_docx, read_docx_style
from octavo.checks.parity.epub_values import EpubStyles, read_epub, read_epub_style
from octavo.checks.parity.kinds import KINDS, Wanted, why_another
from octavo.checks.parity.marks import read_marks, text_of, wanted_mark
from octavo.checks.parity.page_values import (
    KEYS,
    docx_page,
    epub_page,
    pdf_page,
    tables,
    wanted_of_page,
)
from octavo.checks.parity.pdf_file import PdfPages, read_pdf
from octavo.checks.parity.pdf_lettering import undecorated
from octavo.checks.parity.pdf_values import read_pdf_style
from octavo.checks.parity.probe import HELD
from octavo.checks.parity.reasons import reason_for
from octavo.checks.parity.values import GROUPS, Value, Values, same, show, wanted
from octavo.fonts.book import FontBook
from octavo.theme import schema
from octavo.theme.effect import applies
from octavo.theme.style import Medium, Style, StyleSheet
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.typeset.titles import MOST_RAISED, SMALLER

S = StyleKey
FORMATS = ("pdf", "docx", "epub")
TOLERANCE: Mapping[str, float] = {"pdf": 0.06, "docx": 0.26, "epub": 0.12}
"""In points: a PDF is exact to a hundredth; Word counts half-points of size and eighths of rules; CSS has ratios of two
decimals."""


_OF_FACES = ("font", "weight", "italic", *KINDS)
"""Properties that depend on the typefaces at hand."""
_GROUNDS = (StyleKey.TEXT, StyleKey.HEADING, StyleKey.GROUP)
"""Keys that others are based on; nothing is set in them."""
_MASTHEAD = (StyleKey.MASTHEAD, StyleKey.MASTHEAD_SERIES)


PAIRS = (
    *((group, key) for group in schema.GROUPS if group != StyleKey.GROUP for key in HELD),
    (StyleKey.PULL_QUOTE, StyleKey.ATTRIBUTION),
    *((container, StyleKey.CAPTION) for container in schema.BESIDE),
)
"""What the probe shows within another, as (container, key)."""
_SHOWN_IN: Final[Mapping[str, str]] = {
    S.GROUP_TITLE: S.NOTICE,
    S.CAPTION: S.FIGURE,
    S.CREDIT: S.FIGURE,
}
"""What the probe shows of a key that stands in others alone."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One property of one key. `found` holds the values by format; `reasons` why one differs or is not there.

    `unexplained` names the formats that differ without a reason: there must be none.
    """

    key: str
    property: str
    wanted: str
    found: Mapping[str, str]
    reasons: Mapping[str, str]
    unexplained: tuple[str, ...]

    def __str__(self) -> str:
        """Return the row as text: the theme's value, then what each format has, and why."""
        said = "  ".join(f"{form} {self.found[form]}" for form in FORMATS)
        why = "".join(f"\n    {form}: {reason}" for form, reason in self.reasons.items())
        missing = "".join(f"\n    {form}: differs" for form in self.unexplained)
        return f"{self.key}.{self.property} {self.wanted}  |  {said}{why}{missing}"


def compare(
    sheets: Mapping[Medium, StyleSheet], editions: Mapping[str, bytes], fonts: FontBook
) -> tuple[Row, ...]:
    """Return every row. `editions` are those of the probe, by format, made with some fonts.

    Raises:
        ValueError: an edition cannot be read.
    """
    pdf, docx, epub = (
        undecorated(read_pdf(editions["pdf"])),
        read_docx(editions["docx"]),
        read_epub(editions["epub"]),
    )
    screen, office = sheets[Medium.SCREEN], sheets[Medium.OFFICE]
    base = screen.styles[StyleKey.PARAGRAPH]
    rows: list[Row] = []
    for key in StyleKey:
        if key in _GROUNDS or (key in _MASTHEAD and screen.page.masthead is None):
            continue
        if key == StyleKey.GROUP_TITLE and screen.of(StyleKey.NOTICE).label != "block":
            continue  # it runs into the text, in the mark `group-label`
        grouped = key in GROUPS
        within = _SHOWN_IN.get(key, "")
        read: dict[str, Values] = {
            "pdf": read_pdf_style(pdf, key, within, screen),
            "docx": read_docx_style(docx, key, within, office.of(key, within)),
            "epub": read_epub_style(epub, key, within, base),
        }
        if key in (StyleKey.CAPTION, StyleKey.CREDIT):
            figure = office.of(StyleKey.FIGURE)
            read["docx"] = moved(read["docx"], figure.indent_left, figure.indent_right)
        if grouped:
            text = read_epub_style(epub, StyleKey.PARAGRAPH_FIRST, key, base)
            read["epub"] = _joined(text, read["epub"])
        said = (
            wanted(screen.of(key, within), _text(screen, key)),
            wanted(office.of(key, within), _text(office, key)),
        )
        rows.extend(_rows(key, said, read))
    rows.extend(_pairs((pdf, docx, epub), screen, office))
    rows.extend(_marks((pdf, docx, epub), screen, office))
    rows.extend(_page((pdf, docx, epub), screen, office))
    rows = [_by_room(_by_fonts(row, (screen, office), fonts), screen) for row in rows]
    if screen.page.text_face == "reader":
        return tuple(_left_to_reader(row) for row in rows)
    return tuple(rows)


def _by_room(row: Row, sheet: StyleSheet) -> Row:
    """Say where an edition differs since the probe's own words are too long for a page, or save one."""
    explained = {form: why for form in row.unexplained if (why := _why_made_to_fit(row, form, sheet))}
    return msgspec.structs.replace(
        row,
        reasons={**row.reasons, **explained},
        unexplained=tuple(form for form in row.unexplained if form not in explained),
    )


def _why_made_to_fit(row: Row, form: str, sheet: StyleSheet) -> str:
    try:
        found, wanted = float(row.found[form]), float(row.wanted)
    except ValueError:
        return ""
    near = TOLERANCE[form]
    match (row.key, row.property):
        case (StyleKey.TITLE, "size" | "leading"):
            if any(abs(found - wanted * scale) < near for scale in SMALLER):
                return "the title is too long for its page, and is made smaller"
        case ("page.masthead", "height") | ("page", "first-margin-top"):
            lowest = sheet.page.masthead.height * MOST_RAISED if sheet.page.masthead else 0.0
            if sheet.page.title_page and 0 < wanted - found < lowest + near:
                return "the band gives way to what stands below it"
        case ("page", "margin-bottom"):
            if abs(wanted - found - sheet.styles[StyleKey.PARAGRAPH].leading) < near:
                return "pages run a line longer where that saves one"
        case _:
            return ""
    return ""


def _by_fonts(row: Row, sheets: tuple[StyleSheet, StyleSheet], fonts: FontBook) -> Row:
    """Say where an edition differs since the typefaces at hand cannot do what the theme asks for."""
    if row.property not in _OF_FACES or not row.unexplained or row.key in KEYS:
        return row
    screen, office = sheets
    found: dict[str, str] = {}
    for form in row.unexplained:
        face = _face_behind(office if form == "docx" else screen, row.key)
        found[form] = why_another(row.property, face, row.found[form], fonts)
    explained = {form: why for form, why in found.items() if why}
    return msgspec.structs.replace(
        row,
        reasons={**row.reasons, **explained},
        unexplained=tuple(form for form in row.unexplained if form not in explained),
    )


def _face_behind(sheet: StyleSheet, key: str) -> Wanted:
    """Return the face that a theme asks for in a key, a pair or a mark."""
    if key.startswith("mark."):
        mark, style = sheet.marks[key.removeprefix("mark.")], text_of(sheet, key.removeprefix("mark."))
        return Wanted(
            mark.font or style.font,
            style.weight if mark.weight is None else mark.weight,
            style.italic if mark.italic is None else mark.italic,
        )
    outer, _, inner = key.rpartition(".")
    style = sheet.of(inner, outer) if outer else _text(sheet, key)
    return Wanted(style.font, style.weight, style.italic)


def _left_to_reader(row: Row) -> Row:
    """Say of a style that names no typeface why it does not."""
    if row.property != "font" or row.found["epub"]:
        return row
    return msgspec.structs.replace(
        row,
        reasons={**row.reasons, "epub": "the theme leaves the text's typeface to the reader"},
        unexplained=tuple(form for form in row.unexplained if form != "epub"),
    )


_Read = tuple[PdfPages, DocxStyles, EpubStyles]


def _pairs(read: _Read, screen: StyleSheet, office: StyleSheet) -> Iterator[Row]:
    """Return the rows of what stands within a group, as `key-points.list-item`."""
    pdf, docx, epub = read
    base = screen.styles[StyleKey.PARAGRAPH]
    for outer, key in PAIRS:
        if key == StyleKey.GROUP_TITLE and screen.of(outer).label != "block":
            continue  # it is not shown, or runs into the text in the mark `group-label`
        box = office.of(outer)
        inset = box.indent_left + box.padding.left + box.border_left.width
        beside = box.indent_right + box.padding.right + box.border_right.width
        if outer in schema.BESIDE:
            inset = beside = 0.0
        if box.columns > 1 and key != StyleKey.GROUP_TITLE:
            inset = beside = 0.0  # its columns are a section of its own, with margins of its own
        found: dict[str, Values] = {
            "pdf": read_pdf_style(pdf, key, outer, screen),
            "docx": moved(read_docx_style(docx, key, outer, office.of(key, outer)), inset, beside),
            "epub": read_epub_style(epub, key, outer, base),
        }
        said = (
            wanted(screen.of(key, outer), screen.of(key, outer)),
            wanted(office.of(key, outer), office.of(key, outer)),
        )
        yield from _rows(f"{outer}.{key}", said, found)


def moved(values: Values, left: float, right: float = 0.0) -> Values:
    """Return values with their indents taken from a container's content edges rather than from the column's."""
    by = {"indent-left": left, "indent-right": right}
    return {
        name: value - by[name] if name in by and isinstance(value, float) else value
        for name, value in values.items()
    }


def _marks(read: _Read, screen: StyleSheet, office: StyleSheet) -> Iterator[Row]:
    """Return the rows of what each mark sets."""
    for key in MarkKey:
        if key == MarkKey.HEADING_NUMBER and not screen.section_depth:
            continue  # this theme numbers no sections
        values = read_marks(*read, screen, key)
        yield from _rows(
            f"mark.{key}", (wanted_mark(screen.marks[key]), wanted_mark(office.marks[key])), values
        )


def _page(read: _Read, screen: StyleSheet, office: StyleSheet) -> Iterator[Row]:
    """Return the rows of the page, of its running lines, and of the limits of lines."""
    pdf, docx, epub = read
    found = {
        "pdf": pdf_page(pdf, screen),
        "docx": docx_page(docx, office),
        "epub": epub_page(epub, screen),
    }
    for key, values in tables(found):
        yield from _rows(key, (wanted_of_page(screen, key), wanted_of_page(office, key)), values)


def _text(sheet: StyleSheet, key: str) -> Style:
    if key in _SHOWN_IN:
        return sheet.of(key, _SHOWN_IN[key])
    return sheet.of(StyleKey.PARAGRAPH_FIRST, key) if key in GROUPS else sheet.of(key)


def _joined(text: Values, box: Values) -> Values:
    flowing = {name: value for name, value in text.items() if name in schema.TEXT_PROPERTIES}
    return {**box, **flowing}


def _rows(key: str, sheets: tuple[Values, Values], read: Mapping[str, Values]) -> Iterator[Row]:
    on_screen, in_office = sheets
    for name in {**on_screen, **in_office}:
        if not _means_anything(name, key):
            continue
        said = {"pdf": on_screen.get(name), "epub": on_screen.get(name), "docx": in_office.get(name)}
        found: dict[str, str] = {}
        reasons: dict[str, str] = {}
        unexplained: list[str] = []
        for form in FORMATS:
            values = read[form]
            if said[form] is None and key.startswith("mark."):
                found[form] = "not set"
                continue
            found[form] = show(values[name]) if name in values else "-"
            if name in values and same(said[form], values[name], _tolerance(form, name, said[form])):
                continue
            reason = reason_for(form, name, key, read=name in values)
            if reason:
                reasons[form] = reason.why
            else:
                unexplained.append(form)
        yield Row(
            key=key,
            property=name,
            wanted=show(on_screen.get(name, in_office.get(name))),
            found=found,
            reasons=reasons,
            unexplained=tuple(unexplained),
        )


def _means_anything(name: str, key: str) -> bool:
    """Say whether a property means anything for a key, or for a pair of a container and a key."""
    if key in KEYS or key.startswith("mark."):
        return True
    within, _, inner = key.rpartition(".")
    return applies(name, inner, within)


def _tolerance(form: str, name: str, value: Value) -> float:
    """Ratios of two decimals weigh more in a large size; Word has the padding of borders in whole points."""
    least = 0.51 if (form, name) == ("docx", "padding") else TOLERANCE[form]
    return max(least, 0.006 * value) if form == "epub" and isinstance(value, float) else least
