"""The one table of what a format cannot say, or says in another place than its style, each with the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from octavo.checks.parity.values import GROUPS
from octavo.diagnostics import Diagnostic, info
from octavo.theme import schema
from octavo.theme.style import StyleSheet
from octavo.transforms.resolved import Resolved
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
    """Why some properties of some keys differ in a format; no keys: of all."""

    form: str
    properties: tuple[str, ...]
    keys: tuple[str, ...]
    why: str


REASONS: Final[tuple[Reason, ...]] = (
    # PDF: a page holds where glyphs stand, not the rule that put them there.
    Reason("pdf", TEXT, (S.LIST, S.TABLE, S.DIVIDER), "has no text of its own: what stands in it has"),
    Reason(
        "pdf", (*TEXT, *BOX), RUNNING, "the theme sets nothing there, or the folio alone, which is a mark"
    ),
    Reason("pdf", ("leading",), (), "the probe stands on one line, and leading is a distance between two"),
    Reason("pdf", ("weight",), (S.BYLINE,), "names are in the mark `strong`"),
    Reason(
        "pdf",
        ("case", "small-caps", "figures", "figure-spacing"),
        (),
        "is in the glyphs chosen: the text stays as it is",
    ),
    Reason("pdf", ("underline", "strike"), (), "is a rule beside the glyphs, which belongs to no style"),
    Reason("pdf", ("align", "hyphenate"), (), "has been decided line by line"),
    Reason(
        "pdf",
        ("keep-with-next", "keep-together", "break-before", "all-columns"),
        (),
        "has been decided page by page",
    ),
    Reason(
        "pdf",
        ("space-before", "space-after"),
        (),
        "is in the distance between neighbours, of which the larger space wins",
    ),
    Reason(
        "pdf",
        ("padding", "indent-right"),
        (),
        "is in the distance from text to edges; ragged lines end before it",
    ),
    Reason("pdf", ("drop-initial",), (), "is in the first lines of the text after the heading"),
    Reason("pdf", ("label",), (), "is a run of text before the block, in a mark"),
    Reason("pdf", ("marker",), (S.DIVIDER,), "is a line of text of its own, or a rule"),
    Reason(
        "pdf",
        ("marker-indent",),
        (f"{S.LEAD}.{S.LIST_ITEM}",),
        "a centred line begins where its words let it",
    ),
    Reason("pdf", ("marker-indent",), HEADINGS, "is a run of text before the heading, in a mark"),
    Reason(
        "pdf",
        ("indent-left", "first-line-indent"),
        (),
        "the first line is shared with a label or number, or stands alone",
    ),
    Reason(
        "pdf",
        (*BORDERS, "background"),
        (S.LIST, S.TABLE, S.DIVIDER, S.FIGURE),
        "has no text of its own beside which to look",
    ),
    Reason(
        "pdf",
        BORDERS,
        (S.TABLE_HEAD, S.TABLE_CELL, S.TABLE_NOTE),
        "neighbouring cells share their rules, and the table has its own at its ends",
    ),
    Reason(
        "pdf",
        ("background", *BORDERS),
        MASTHEAD,
        "the band is one for both sides, and its rule is drawn from edge to edge",
    ),
    Reason("pdf", (*BORDERS, "background"), (S.GROUP_TITLE,), "what is seen there is its group's"),
    Reason("pdf", (*BORDERS, "background"), (WITHIN,), "what is seen there is its container's"),
    Reason(
        "pdf",
        ("case", "small-caps", "figures"),
        MARKS,
        "is in the glyphs chosen: the text stays as it is",
    ),
    Reason(
        "pdf",
        ("letter-spacing",),
        ("mark.small-caps",),
        "small capitals that a font lacks are smaller letters, and their spacing shrinks with them",
    ),
    Reason("pdf", ("underline", "strike"), MARKS, "is a rule beside the glyphs"),
    *(
        Reason(form, ("break-when",), (), "has been decided for the document as a whole: see `break-before`")
        for form in ("pdf", "docx", "epub")
    ),
    *(Reason(form, ("column-gap",), (), "there is one column") for form in ("pdf", "docx", "epub")),
    Reason(
        "pdf", ("margin-outer",), (PAGE,), "lines that end as they like do not show where their column does"
    ),
    Reason("pdf", ("margin-bottom",), (PAGE,), "a page ends with a whole line"),
    Reason("pdf", ("footnote-gap",), (PAGE,), "is in what a page has left between its text and its notes"),
    *(Reason(form, ("text-face",), (PAGE,), "is said to e-books alone") for form in ("pdf", "docx")),
    Reason("pdf", ("column-gap",), (PAGE,), "no rule stands in the middle of it"),
    Reason("docx", ("column-gap",), (PAGE,), "the page has one column"),
    Reason("pdf", ("title-page",), (PAGE,), "the probe's title fills the first page"),
    Reason(
        "pdf",
        ("header-baseline", "footer-baseline", "running-left", "footnote-rule-width"),
        (PAGE,),
        "nothing of it is on the pages",
    ),
    *(
        Reason(form, ("margin-column", "margin-column-gap"), (PAGE,), "nothing stands there")
        for form in ("pdf", "docx")
    ),
    Reason(
        "pdf", ("height", "inset-bottom"), (PAGE_MASTHEAD,), "neither a band nor a rule shows where it ends"
    ),
    Reason("pdf", LINE_NAMES, (PAGE_LINES,), "no line says what else it might have been"),
    # Word
    Reason(
        "docx",
        ("first-margin-top",),
        (PAGE,),
        "is in the first page's header, which holds the text down",
    ),
    Reason("docx", ("bleed",), (PAGE,), "a Word file has no room around its pages"),
    Reason("docx", ("footnote-rule", "footnote-rule-width", "footnote-gap"), (PAGE,), "Word draws its own"),
    Reason("docx", ("column-rule",), (PAGE,), "Word draws its own, thin and black"),
    Reason("docx", ("running-left",), (PAGE,), "is in the indents of running lines"),
    Reason("docx", ("inset-bottom",), (PAGE_MASTHEAD,), "is in the lower margins of the band's cells"),
    Reason("docx", LINE_NAMES, (PAGE_LINES,), "Word fills lines as it does, and keeps two lines together"),
    Reason(
        "docx",
        ("place",),
        (S.CAPTION,),
        "LibreOffice loses what references lead to in frames, so a caption stays above or below what it belongs to",
    ),
    Reason(
        "docx",
        (*BORDERS, "background", "padding"),
        (WITHIN,),
        "Word has no boxes: the paragraphs of a container have its ground and its rules in their own styles",
    ),
    Reason(
        "docx",
        ("scale", "rise"),
        MARKS,
        "Word raises and lowers type by a measure of its own",
    ),
    Reason(
        "docx", (*BORDERS, "background", "padding"), (S.GROUP_TITLE,), "what is seen there is its group's"
    ),
    Reason("docx", (*TEXT, *BOX), (S.LIST,), "a list is no thing in Word: its items are paragraphs"),
    Reason("docx", (*TEXT, *BOX), (S.TABLE,), "a table has rules; its text is in the styles of its cells"),
    Reason("docx", BOX, (S.TABLE_HEAD, S.TABLE_CELL), "is said of the cell, or by the table style"),
    Reason("docx", BOX, MASTHEAD, "is a cell of the first page's header"),
    Reason("docx", ("hyphenate",), (S.TABLE_HEAD, S.TABLE_CELL), "is said of the paragraph"),
    Reason(
        "docx",
        ("indent-left", "indent-right"),
        (S.GROUP_TITLE,),
        "stands in its group's box, and is measured from the margin",
    ),
    Reason("docx", ("indent-left", "first-line-indent"), (*HEADINGS, *CONTENTS), "the number hangs by it"),
    Reason("docx", ("indent-left", "first-line-indent"), (S.LIST_ITEM,), "is said by the numbering"),
    Reason(
        "docx",
        PLACE,
        GROUPS,
        "is said of the group's first and last paragraphs, where it stands",
    ),
    Reason(
        "docx",
        PLACE,
        (WITHIN, S.GROUP_TITLE),
        "the first and the last paragraph of a container have its spaces and what keeps it in their own styles",
    ),
    Reason(
        "docx",
        ("space-before", "space-after", "keep-with-next"),
        (S.FIGURE, S.CAPTION, S.CREDIT),
        "the styles of a figure's paragraphs hold it together, and the last has the space after the whole",
    ),
    Reason(
        "docx",
        ("indent-left", "indent-right", "space-before", "space-after"),
        RUNNING,
        "where running lines stand on the page is in their styles",
    ),
    Reason("docx", ("break-before",), (), "a right-hand page begins a section"),
    Reason(
        "docx",
        ("drop-initial",),
        (),
        "Word would make the letter a paragraph of its own, and tear the first word apart",
    ),
    Reason("docx", ("all-columns",), (), "what stands over all columns is a section of its own"),
    Reason("docx", ("padding",), (), "Word pads only within a rule or a ground, and no more than 31 pt"),
    Reason("docx", ("marker",), (S.DIVIDER,), "is a paragraph's text, or its rule"),
    Reason("docx", ("marker-indent",), HEADINGS, "is said by the numbering"),
    Reason("docx", ("label",), (), "is text that is there or not"),
    # EPUB
    Reason(
        "epub", PAGE_NAMES, (PAGE, PAGE_MASTHEAD, *PAGE_RUNNING), "the pages of an e-book are its reader's"
    ),
    Reason("epub", LINE_NAMES, (PAGE_LINES,), "a reading system fills lines as it likes"),
    Reason("epub", tuple(schema.MARK_PROPERTIES), ("mark.folio",), "an e-book has no running lines"),
    Reason("epub", (*TEXT, *BOX), RUNNING, "an e-book has no running lines: its pages are the reader's"),
    Reason(
        "epub", TEXT, (S.LIST, S.TABLE, S.FIGURE, S.DIVIDER), "has no text of its own: what stands in it has"
    ),
    Reason("epub", ("indent-right",), (), "an e-book has no outer margin to reach into"),
    Reason("epub", BOX, MASTHEAD, "the band is as high as its lines, and as wide as the screen"),
    Reason("epub", ("break-before",), (), "a screen has no right-hand pages"),
    Reason("epub", ("drop-initial",), (), "is said of the paragraph after the heading"),
    Reason("epub", ("all-columns",), (), "an e-book has one column"),
    Reason("epub", ("marker",), (S.DIVIDER,), "is said by `::before`, or is the rule's own"),
    Reason(
        "epub",
        ("marker-indent",),
        (),
        "where a marker stands is the reading system's; a number has its own rule on wide screens",
    ),
    Reason("epub", ("label",), (), "is text that is there or not"),
    Reason("epub", ("place",), (), "an e-book has no outer margin: it stands within the text"),
)


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


def _captions_beside(sheet: StyleSheet, resolved: Resolved) -> bool:
    captioned = bool(resolved.index.figures or resolved.index.tables)
    return captioned and sheet.page.margin_column > 0 and sheet.styles[S.CAPTION].place == "margin"


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


def reason_for(form: str, name: str, key: str) -> Reason | None:
    """Return why a property of a key differs in a format, or None: it must not."""
    alone = key.startswith("mark.") or key in _TABLES
    names = (key, *((WITHIN, key.partition(".")[2]) if "." in key and not alone else ()))
    for each in REASONS:
        general = not each.keys and not alone
        if (
            each.form == form
            and name in each.properties
            and (general or not set(names).isdisjoint(each.keys))
        ):
            return each
    return None
