"""One table: every style key and mark, what it is, and where its values come from. Properties stand in `schema.py`."""

from __future__ import annotations

from typing import Final

import msgspec

from octavo.tree.semantics import MarkKey, StyleKey

S, M = StyleKey, MarkKey


class KeyRow(msgspec.Struct, frozen=True):
    """A style key: what it is for, in a line.

    `based_on`: it takes whatever it does not set itself, its box included, from that key. `text_from`: without such a
    key its text properties come from there. `holds`: others can have a style of their own within it. `inside`: it can
    stand in a container and takes its text properties.
    """

    key: str
    doc: str
    based_on: str = ""
    text_from: str = S.TEXT
    holds: bool = False
    inside: bool = False


class MarkRow(msgspec.Struct, frozen=True):
    """A mark: what it is for, in a line."""

    key: str
    doc: str


def _heading(key: StyleKey, doc: str) -> KeyRow:
    return KeyRow(key, doc, based_on=S.HEADING, inside=True)


def _group(key: StyleKey, doc: str) -> KeyRow:
    return KeyRow(key, doc, based_on=S.GROUP, holds=True, inside=True)


STYLES: Final[tuple[KeyRow, ...]] = (
    KeyRow(S.TEXT, "The root of all text.", text_from=""),
    KeyRow(S.PARAGRAPH, "A paragraph after another one.", inside=True),
    KeyRow(S.PARAGRAPH_FIRST, "The first paragraph after anything else.", based_on=S.PARAGRAPH, inside=True),
    KeyRow(S.VERSE, "Lines that their author has ended, in the text: verse, an address.", based_on=S.PARAGRAPH_FIRST),
    KeyRow(S.TITLE, "The document's title."),
    KeyRow(S.SUBTITLE, "Its subtitle."),
    KeyRow(S.BYLINE, "Its authors."),
    KeyRow(S.HEADING, "What all headings have in common.", inside=True),
    _heading(S.HEADING_1, "The heading of a section."),
    _heading(S.HEADING_2, "Of a section within it, and so on."),
    _heading(S.HEADING_3, "The third level."),
    _heading(S.HEADING_4, "The fourth level."),
    _heading(S.HEADING_5, "The fifth level."),
    _heading(S.HEADING_6, "The sixth level and deeper ones."),
    KeyRow(S.GROUP, "What all groups have in common.", holds=True, inside=True),
    KeyRow(S.GROUP_TITLE, "The title or label of a group.", inside=True),
    _group(S.LEAD, "The opening paragraph that leads in."),
    _group(S.ABSTRACT, "The abstract."),
    _group(S.KEY_POINTS, "The panel of key points."),
    _group(S.RECOMMENDATIONS, "The recommendations."),
    _group(S.AUTHOR_NOTE, "The note about the author."),
    _group(S.NOTICE, "A notice: a box beside the argument."),
    _group(S.CASE, "A case or example, boxed."),
    KeyRow(S.QUOTE, "A quotation set off from the text.", holds=True, inside=True),
    KeyRow(S.PULL_QUOTE, "Words of the text, pulled out to attract the reader.", holds=True, inside=True),
    KeyRow(S.ATTRIBUTION, "Who is quoted.", inside=True),
    KeyRow(S.LIST, "A list as a whole.", holds=True, inside=True),
    KeyRow(S.LIST_ITEM, "An item, and the paragraphs directly in it.", holds=True, inside=True),
    KeyRow(S.TERM, "A term that is defined.", inside=True),
    KeyRow(S.DEFINITION, "Its definition.", holds=True, inside=True),
    KeyRow(S.FIGURE, "A figure with its caption.", holds=True, inside=True),
    KeyRow(S.CAPTION, "The caption of a figure, table or listing.", holds=True, inside=True),
    KeyRow(S.CREDIT, "Whose picture it is.", based_on=S.CAPTION, inside=True),
    KeyRow(S.TABLE, "A table: its outer rules, its text.", holds=True, inside=True),
    KeyRow(S.TABLE_HEAD, "A cell of the head.", based_on=S.TABLE_CELL, holds=True, inside=True),
    KeyRow(
        S.TABLE_CELL, "Any other cell; its lower border is the rule between rows.", text_from=S.TABLE, holds=True,
        inside=True,
    ),
    KeyRow(S.TABLE_NOTE, "A note under a table.", text_from=S.TABLE, holds=True, inside=True),
    KeyRow(S.FOOTNOTE, "A note at the foot of a page.", holds=True),
    KeyRow(S.CODE_BLOCK, "Lines of code.", holds=True, inside=True),
    KeyRow(S.FORMULA, "A displayed formula.", inside=True),
    KeyRow(
        S.DIVIDER, "A break of theme: its marker, or a rule of its upper border where the marker is empty.", inside=True
    ),
    KeyRow(S.BIBLIOGRAPHY_ENTRY, "A work in the list of references.", holds=True, inside=True),
    KeyRow(S.CONTENTS_TITLE, "The heading of a table of contents."),
    KeyRow(S.CONTENTS_1, "An entry of the first level."),
    KeyRow(S.CONTENTS_2, "Of the second level.", based_on=S.CONTENTS_1),
    KeyRow(S.CONTENTS_3, "Of the third level and deeper ones.", based_on=S.CONTENTS_2),
    KeyRow(S.MASTHEAD, "The band at the head of the first page, and the lines at its left."),
    KeyRow(S.MASTHEAD_SERIES, "The lines at its right.", text_from=S.MASTHEAD),
    KeyRow(S.PAGE_HEADER, "Running heads."),
    KeyRow(S.PAGE_FOOTER, "Running feet.", based_on=S.PAGE_HEADER),
)  # fmt: skip

MARKS: Final[tuple[MarkRow, ...]] = (
    MarkRow(M.EMPHASIS, "Emphasis."),
    MarkRow(M.STRONG, "Strong emphasis."),
    MarkRow(M.SMALL_CAPS, "Small capitals."),
    MarkRow(M.SUPERSCRIPT, "Superscript."),
    MarkRow(M.SUBSCRIPT, "Subscript."),
    MarkRow(M.DELETED, "Deleted text."),
    MarkRow(M.CODE, "Code within a line."),
    MarkRow(M.LINK, "Links and references."),
    MarkRow(M.FOOTNOTE_MARK, "The mark of a note."),
    MarkRow(M.HEADING_NUMBER, "The number of a section."),
    MarkRow(M.LIST_MARKER, "Bullets and numbers of lists."),
    MarkRow(M.CAPTION_LABEL, "“Figure 3” before a caption."),
    MarkRow(M.GROUP_LABEL, "The title of a group that runs into its text."),
    MarkRow(M.AFFILIATION, "Where an author works."),
    MarkRow(M.FOLIO, "The page number in a running head or foot."),
    MarkRow(M.CODE_KEYWORD, "In a block of code: the language's own words."),
    MarkRow(M.CODE_NAME, "In a block of code: what is defined or addressed: functions, classes, tags, keys."),
    MarkRow(M.CODE_STRING, "In a block of code: strings."),
    MarkRow(M.CODE_NUMBER, "In a block of code: numbers, dates, characters by their number."),
    MarkRow(M.CODE_COMMENT, "In a block of code: comments, and the prompts of a session."),
    MarkRow(M.CODE_ADDED, "In the differences of two texts: lines added."),
    MarkRow(M.CODE_REMOVED, "In the differences of two texts: lines removed."),
)
