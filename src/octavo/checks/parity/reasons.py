"""The one table of what a format cannot say, or says in another place than its style, each with the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from octavo.checks.parity.values import GROUPS
from octavo.diagnostics import Diagnostic, info
from octavo.theme import schema
from octavo.theme.style import StyleSheet
from octavo.transforms.resolved import Resolved
from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey

S = StyleKey
HEADINGS: Final = (S.HEADING_1, S.HEADING_2, S.HEADING_3, S.HEADING_4, S.HEADING_5, S.HEADING_6)
CONTENTS: Final = (S.CONTENTS_1, S.CONTENTS_2, S.CONTENTS_3)
RUNNING: Final = (S.PAGE_HEADER, S.PAGE_FOOTER)
MASTHEAD: Final = (S.MASTHEAD, S.MASTHEAD_SERIES)
TABLES: Final = (S.TABLE, S.TABLE_HEAD, S.TABLE_CELL)
MARKS: Final = tuple(f"mark.{key}" for key in MarkKey)
WITHIN: Final = "within"
"""Stands for every pair of a container and what it holds; a pair has its key's reasons too."""
PLACE: Final = ("space-before", "space-after", "keep-with-next", "keep-together", "break-before")
BORDERS: Final = ("border-top", "border-right", "border-bottom", "border-left")
PAGE: Final = "page"
PAGE_MASTHEAD: Final = "page.masthead"
PAGE_RUNNING: Final = tuple(
    f"page.{line}.{side}" for line in schema.RUNNING_LINES for side in schema.RUNNING_PAGES
)
PAGE_LINES: Final = "lines"
PAGE_NAMES: Final = (*schema.PAGE_PROPERTIES, "show", *schema.MASTHEAD_PROPERTIES, *schema.RUNNING_PROPERTIES)
LINE_NAMES: Final = tuple(schema.LINE_PROPERTIES)
TEXT: Final = tuple(schema.TEXT_PROPERTIES)
BOX: Final = tuple(schema.BOX_PROPERTIES)


class Reason(msgspec.Struct, frozen=True):
    """Why some properties of some keys differ in a format; no keys: of all.

    It holds where a value cannot be read back. One that is read, and is another, needs a reason that says so: `read`.
    """

    form: str
    properties: tuple[str, ...]
    keys: tuple[str, ...]
    why: str
    read: bool = False


def _either(form: str, properties: tuple[str, ...], keys: tuple[str, ...], why: str) -> tuple[Reason, Reason]:
    """Return a reason for a value that is not there, and for one that is another: it depends on the theme."""
    return Reason(form, properties, keys, why), Reason(form, properties, keys, why, read=True)


_ALL: Final = ("pdf", "docx", "epub")
_FRAME: Final = (*BORDERS, "background")
_PDF: Final[tuple[Reason, ...]] = (
    Reason("pdf", TEXT, (S.LIST, S.TABLE, S.DIVIDER), "has no text of its own: what stands in it has"),
    Reason("pdf", BOX, (S.DIVIDER,), "a divider is no text: nothing of it is in the tag tree"),
    Reason("pdf", TEXT, RUNNING, "the theme sets nothing there, or the folio alone, which is a mark"),
    Reason("pdf", BOX, RUNNING, "running lines are not in the tag tree, and have no box"),
    Reason("pdf", TEXT, MASTHEAD, "its lines are too short to tell"),
    Reason("pdf", BOX, MASTHEAD, "the masthead is one band, and has no class in the tag tree"),
    Reason("pdf", _FRAME, MASTHEAD, "the band is one for both sides", read=True),
    Reason("pdf", TEXT, (S.BYLINE,), "names are in the mark `strong`", read=True),
    Reason("pdf", ("hyphenate",), (), "has too few lines to tell"),
    Reason(
        "pdf", ("figures",), (), "small capitals have figures of their own, and formulas those of mathematics"
    ),
    Reason(
        "pdf",
        ("figure-spacing",),
        (),
        "in a typewriter's face, and in a formula, all figures are of one width",
    ),
    Reason("pdf", ("label",), (), "a title that the source gives is always shown", read=True),
    Reason("pdf", ("marker-indent",), HEADINGS, "has no number here, or one that does not begin the line"),
    Reason("pdf", ("marker-indent",), (WITHIN, S.LIST_ITEM), "a centred line begins where its words let it"),
    Reason(
        "pdf", _FRAME, (S.LIST, S.TABLE, S.DIVIDER, S.FIGURE), "has no text of its own beside which to look"
    ),
    Reason("pdf", BORDERS, (S.TABLE_HEAD, S.TABLE_CELL), "the table is divided there"),
    Reason("pdf", (*_FRAME, "padding"), (S.GROUP_TITLE,), "what is seen there is its group's", read=True),
    Reason("pdf", (*_FRAME, "padding"), (WITHIN,), "what is seen there is its container's", read=True),
    Reason(
        "pdf",
        ("letter-spacing",),
        ("mark.small-caps",),
        "small capitals that a font lacks are smaller letters, and their spacing shrinks with them",
        read=True,
    ),
    Reason("pdf", ("place",), GROUPS, "the margin is taken there by what reaches into it", read=True),
    Reason("pdf", ("all-columns",), (), "the page has one column, or it has no text of its own"),
    Reason("pdf", ("margin-outer",), (PAGE,), "no line of text ends at the edge of its column"),
    Reason(
        "pdf",
        ("margin-inner", "margin-top", "columns", "facing"),
        (PAGE,),
        "no line begins at its column's edge",
    ),
    Reason("pdf", ("text-face",), (PAGE,), "is said to e-books alone"),
    Reason(
        "pdf", ("bleed",), (PAGE,), "is in the PDF for the press: the other ends at the trim edge", read=True
    ),
    Reason("pdf", ("column-gap", "column-rule"), (PAGE,), "the page has one column"),
    Reason("pdf", ("margin-column", "margin-column-gap"), (PAGE,), "nothing stands there"),
    Reason(
        "pdf",
        ("header-baseline", "footer-baseline", "running-left", "footnote-rule-width", "footnote-gap"),
        (PAGE,),
        "nothing of it is on the pages",
    ),
    Reason(
        "pdf", ("height", "inset-bottom"), (PAGE_MASTHEAD,), "neither a band nor a rule shows where it ends"
    ),
    Reason(
        "pdf",
        tuple(name for name in LINE_NAMES if name != "hanging-punctuation"),
        (PAGE_LINES,),
        "is a limit: no line says what else it might have been",
    ),
    Reason(
        "pdf",
        ("hanging-punctuation",),
        (PAGE_LINES,),
        "lines that end as they like have no edge to hang from",
    ),
)
_DOCX: Final[tuple[Reason, ...]] = (
    Reason(
        "docx", ("first-margin-top",), (PAGE,), "is in the first page's header, which holds the text down"
    ),
    Reason("docx", ("text-face",), (PAGE,), "is said to e-books alone"),
    Reason("docx", ("bleed",), (PAGE,), "a Word file has no room around its pages"),
    Reason("docx", ("footnote-rule", "footnote-rule-width", "footnote-gap"), (PAGE,), "Word draws its own"),
    Reason("docx", ("column-rule",), (PAGE,), "Word draws its own, thin and black"),
    Reason("docx", ("column-gap",), (PAGE,), "the page has one column"),
    Reason("docx", ("margin-column", "margin-column-gap"), (PAGE,), "nothing stands there"),
    Reason("docx", ("running-left",), (PAGE,), "is in the indents of running lines"),
    Reason("docx", ("inset-bottom",), (PAGE_MASTHEAD,), "is in the lower margins of the band's cells"),
    *_either("docx", LINE_NAMES, (PAGE_LINES,), "Word fills lines as it does, and keeps two lines together"),
    Reason("docx", ("place",), GROUPS, "the margin is taken there by what reaches into it", read=True),
    Reason(
        "docx",
        ("place",),
        (S.CAPTION,),
        "LibreOffice loses what references lead to in frames, so a caption stays above or below what it belongs to",
        read=True,
    ),
    Reason(
        "docx",
        (*_FRAME, "padding"),
        (WITHIN, S.CAPTION, S.CREDIT),
        "Word has no boxes: the paragraphs of a container have its ground and its rules in their own styles",
        read=True,
    ),
    Reason("docx", ("scale", "rise"), MARKS, "Word raises and lowers type by a measure of its own"),
    Reason("docx", (*_FRAME, "padding"), (S.GROUP_TITLE,), "what is seen there is its group's", read=True),
    Reason("docx", (*TEXT, *BOX), (S.LIST,), "a list is no thing in Word: its items are paragraphs"),
    Reason("docx", (*TEXT, *BOX), (S.TABLE,), "a table has rules; its text is in the styles of its cells"),
    Reason("docx", BOX, (S.TABLE_HEAD, S.TABLE_CELL), "is said of the cell, or by the table style"),
    *_either("docx", BOX, MASTHEAD, "is a cell of the first page's header"),
    Reason(
        "docx",
        ("indent-left", "indent-right"),
        (S.GROUP_TITLE,),
        "stands in its group's box, and is measured from the margin",
        read=True,
    ),
    Reason(
        "docx",
        ("indent-left", "first-line-indent"),
        (*HEADINGS, *CONTENTS, S.LIST_ITEM),
        "the number or the marker hangs by it",
        read=True,
    ),
    Reason(
        "docx", PLACE, GROUPS, "is said of the group's first and last paragraphs, where it stands", read=True
    ),
    Reason(
        "docx",
        PLACE,
        (WITHIN, S.GROUP_TITLE),
        "the first and the last paragraph of a container have its spaces and what keeps it in their own styles",
        read=True,
    ),
    Reason(
        "docx",
        ("space-before", "space-after", "keep-with-next"),
        (S.FIGURE, S.CAPTION, S.CREDIT),
        "the styles of a figure's paragraphs hold it together, and the last has the space after the whole",
        read=True,
    ),
    Reason(
        "docx",
        ("indent-left", "indent-right", "space-before", "space-after"),
        RUNNING,
        "where running lines stand on the page is in their styles",
        read=True,
    ),
    Reason(
        "docx",
        ("drop-initial",),
        (),
        "Word would make the letter a paragraph of its own, and tear the first word apart",
    ),
    Reason("docx", ("all-columns",), (), "the page has one column"),
    Reason(
        "docx",
        ("padding",),
        (),
        "Word pads only within a rule or a ground, and no more than 31 pt",
        read=True,
    ),
    Reason("docx", ("marker-indent",), HEADINGS, "has no number here"),
    Reason("docx", ("label",), (), "a title that the source gives is always shown", read=True),
)
_EPUB: Final[tuple[Reason, ...]] = (
    Reason(
        "epub", PAGE_NAMES, (PAGE, PAGE_MASTHEAD, *PAGE_RUNNING), "the pages of an e-book are its reader's"
    ),
    Reason("epub", LINE_NAMES, (PAGE_LINES,), "a reading system fills lines as it likes"),
    Reason("epub", tuple(schema.MARK_PROPERTIES), ("mark.folio",), "an e-book has no running lines"),
    Reason("epub", (*TEXT, *BOX), RUNNING, "an e-book has no running lines: its pages are the reader's"),
    *_either(
        "epub", TEXT, (S.LIST, S.TABLE, S.FIGURE, S.DIVIDER), "has no text of its own: what stands in it has"
    ),
    Reason("epub", ("indent-right",), (), "an e-book has no outer margin to reach into", read=True),
    Reason("epub", TEXT, MASTHEAD, "nothing stands there"),
    *_either("epub", BOX, MASTHEAD, "the band is as high as its lines, and as wide as the screen"),
    Reason("epub", ("break-before",), (), "a screen has no right-hand pages", read=True),
    Reason("epub", ("all-columns",), (), "an e-book has one column"),
    Reason(
        "epub",
        ("marker-indent",),
        (),
        "where a marker stands is the reading system's; a number has its own rule on wide screens",
    ),
    Reason("epub", ("label",), (), "a title that the source gives is always shown", read=True),
    Reason("epub", ("place",), (), "an e-book has no outer margin: it stands within the text"),
)
REASONS: Final[tuple[Reason, ...]] = (
    *_PDF,
    *_DOCX,
    *_EPUB,
    *(
        Reason(form, ("break-when",), (), "has been decided for the whole: see `break-before`")
        for form in _ALL
    ),
    *(Reason(form, ("column-gap",), (), "there is one column") for form in _ALL),
)
"""What is looked for from the first on."""


class Loss(msgspec.Struct, frozen=True):
    """What a format cannot show at all. `property` is its path in the theme; `matters` says whether a document looks
    different by it."""

    form: str
    property: str
    why: str
    matters: Callable[[StyleSheet, Resolved], bool]


_WORD_RULE: Final = 0.75
"""A rule between columns that is no thicker than this, and black, is about what Word draws, in points."""


def _own_column_rule(sheet: StyleSheet, _: Resolved) -> bool:
    rule = sheet.page.column_rule
    return (
        sheet.page.columns > 1 and rule.width > 0 and (rule.width > _WORD_RULE or rule.color.luminance > 0.02)
    )


def _own_note_rule(sheet: StyleSheet, resolved: Resolved) -> bool:
    return bool(resolved.index.notes) and sheet.page.footnote_rule.color.luminance > 0.02


def _spreads_letters(sheet: StyleSheet, _: Resolved) -> bool:
    given = sheet.text.letter_space_minimum or sheet.text.letter_space_maximum
    return bool(given) and sheet.styles[S.PARAGRAPH].align == "justify"


def _endnotes(_: StyleSheet, resolved: Resolved) -> bool:
    return any(note.footnote.endnote for note in resolved.index.notes)


def _collected(_: StyleSheet, resolved: Resolved) -> bool:
    return bool(resolved.index.notes) and _collects(resolved.document.content)


def _collects(content: Sequence[nodes.Block]) -> bool:
    return any(
        isinstance(each, nodes.Notes) or (isinstance(each, nodes.Section) and _collects(each.content))
        for each in content
    )


def _captions_beside(sheet: StyleSheet, resolved: Resolved) -> bool:
    captioned = bool(resolved.index.figures or resolved.index.tables)
    styles = (sheet.of(S.CAPTION, container) for container in ("", S.FIGURE, S.TABLE))
    return captioned and sheet.page.margin_column > 0 and any(style.place == "margin" for style in styles)


def _anything_beside(sheet: StyleSheet, _: Resolved) -> bool:
    beside = any(style.place == "margin" for style in sheet.styles.values())
    return beside and sheet.page.margin_column > 0


def _drawn_columns(sheet: StyleSheet, _: Resolved) -> bool:
    return any(
        style.columns > 1 and (style.background is not None or style.border_bottom.width > 0)
        for style in sheet.styles.values()
    )


LOSSES: Final[tuple[Loss, ...]] = (
    Loss(
        "docx",
        "style.caption.place",
        "captions stand above or below what they belong to, since references to them are lost in frames",
        _captions_beside,
    ),
    Loss(
        "docx",
        "style.columns",
        "Word draws no box around columns: a ground stands behind each, a lower rule falls away",
        _drawn_columns,
    ),
    Loss(
        "epub",
        "page.margin-column",
        "an e-book has no outer margin: what stands there in print stands within the text",
        _anything_beside,
    ),
    Loss(
        "docx",
        "page.column-rule",
        "Word draws a thin black rule of its own between columns",
        _own_column_rule,
    ),
    Loss(
        "docx", "page.footnote-rule", "Word draws a short black rule of its own above notes", _own_note_rule
    ),
    Loss(
        "docx",
        "style.heading.drop-initial",
        "a drop initial would tear its word apart in Word; the text begins like the rest",
        lambda sheet, _: any(sheet.styles[key].drop_initial for key in HEADINGS),
    ),
    *(
        Loss(form, "endnotes", "print has every note at the foot of its page", _endnotes)
        for form in ("pdf", "press")
    ),
    *(
        Loss(form, "notes", "notes stand at the foot of their pages; e-books alone collect them", _collected)
        for form in ("pdf", "press", "docx")
    ),
    Loss(
        "docx",
        "lines.letter-space-minimum, lines.letter-space-maximum",
        "Word fills lines by their word spaces alone",
        _spreads_letters,
    ),
    Loss(
        "epub",
        "lines.letter-space-minimum, lines.letter-space-maximum",
        "CSS has no limits of spaces: the reading system fills lines as it likes",
        _spreads_letters,
    ),
    Loss(
        "epub",
        "page.columns",
        "an e-book has one column, as wide as the screen lets it be",
        lambda sheet, _: sheet.page.columns > 1,
    ),
)


def losses(form: str, sheet: StyleSheet, resolved: Resolved) -> tuple[Diagnostic, ...]:
    """Return what a document's reader will see otherwise in a format than the theme says."""
    return tuple(
        info("theme-not-in-format", f"{each.property}: {each.why}")
        for each in LOSSES
        if each.form == form and each.matters(sheet, resolved)
    )


_TABLES: Final = frozenset((PAGE, PAGE_MASTHEAD, *PAGE_RUNNING, PAGE_LINES, "numbering"))


def reason_for(form: str, name: str, key: str, *, read: bool) -> Reason | None:
    """Return why a property of a key is another in a format, or cannot be `read`; None: it must not."""
    alone = key.startswith("mark.") or key in _TABLES
    names = (key, *((WITHIN, key.partition(".")[2]) if "." in key and not alone else ()))
    for each in REASONS:
        general = not each.keys and not alone
        if (
            (each.form, each.read) == (form, read)
            and name in each.properties
            and (general or not set(names).isdisjoint(each.keys))
        ):
            return each
    return None
