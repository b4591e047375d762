"""One table: what every node, role and style key means to each format.

Writers read it, so they cannot disagree about what a thing is. Sources: DPUB-ARIA 1.1, EPUB 3 Structural Semantics
Vocabulary 1.1, ISO 32000-1 14.8.4 (structure types), ECMA-376-1 17.7 (styles; built-in names as Word spells them).
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final, TypeAlias

import msgspec

from octavo.tree import nodes
from octavo.tree.nodes import GroupRole, SectionRole


class StyleKey(enum.StrEnum):
    """The closed list of styles that a theme sets. A style that Word could not name does not exist."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    PARAGRAPH_FIRST = "paragraph-first"
    VERSE = "verse"
    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    HEADING = "heading"
    HEADING_1 = "heading-1"
    HEADING_2 = "heading-2"
    HEADING_3 = "heading-3"
    HEADING_4 = "heading-4"
    HEADING_5 = "heading-5"
    HEADING_6 = "heading-6"
    GROUP = "group"
    GROUP_TITLE = "group-title"
    LEAD = "lead"
    ABSTRACT = "abstract"
    KEY_POINTS = "key-points"
    RECOMMENDATIONS = "recommendations"
    AUTHOR_NOTE = "author-note"
    NOTICE = "notice"
    CASE = "case"
    QUOTE = "quote"
    PULL_QUOTE = "pull-quote"
    ATTRIBUTION = "attribution"
    LIST = "list"
    LIST_ITEM = "list-item"
    TERM = "term"
    DEFINITION = "definition"
    FIGURE = "figure"
    CAPTION = "caption"
    CREDIT = "credit"
    TABLE = "table"
    TABLE_HEAD = "table-head"
    TABLE_CELL = "table-cell"
    TABLE_NOTE = "table-note"
    FOOTNOTE = "footnote"
    CODE_BLOCK = "code-block"
    FORMULA = "formula"
    DIVIDER = "divider"
    BIBLIOGRAPHY_ENTRY = "bibliography-entry"
    CONTENTS_TITLE = "contents-title"
    CONTENTS_1 = "contents-1"
    CONTENTS_2 = "contents-2"
    CONTENTS_3 = "contents-3"
    MASTHEAD = "masthead"
    MASTHEAD_SERIES = "masthead-series"
    PAGE_HEADER = "page-header"
    PAGE_FOOTER = "page-footer"


class MarkKey(enum.StrEnum):
    """The closed list of inline marks: each changes some properties of the text it stands in."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    SMALL_CAPS = "small-caps"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    DELETED = "deleted"
    CODE = "code"
    LINK = "link"
    FOOTNOTE_MARK = "footnote-mark"
    HEADING_NUMBER = "heading-number"
    LIST_MARKER = "list-marker"
    CAPTION_LABEL = "caption-label"
    GROUP_LABEL = "group-label"
    """A group's title where it runs into the first paragraph."""
    AFFILIATION = "affiliation"
    FOLIO = "folio"
    CODE_KEYWORD = "code-keyword"
    CODE_NAME = "code-name"
    """What code defines or addresses: functions, classes, tags, keys."""
    CODE_STRING = "code-string"
    CODE_NUMBER = "code-number"
    CODE_COMMENT = "code-comment"
    CODE_ADDED = "code-added"
    CODE_REMOVED = "code-removed"


class Meaning(msgspec.Struct, frozen=True, kw_only=True):
    """What one node type or role is, in each vocabulary. Empty: it has no term of its own there.

    `style` names a style key or mark; `pdf` is a standard structure type of ISO 32000-1, empty where the content
    belongs to the parent's element; `element` is an XHTML element, `role` an ARIA role, `epub_type` a term of the
    EPUB vocabulary.
    """

    style: str = ""
    element: str = ""
    role: str = ""
    epub_type: str = ""
    pdf: str = ""


Subject: TypeAlias = type[nodes.AnyNode] | GroupRole | SectionRole


def _row(style: str = "", element: str = "", role: str = "", epub_type: str = "", pdf: str = "") -> Meaning:
    return Meaning(style=style, element=element, role=role, epub_type=epub_type, pdf=pdf)


S, M = StyleKey, MarkKey

MEANINGS: Final[Mapping[Subject, Meaning]] = {
    # Blocks; a section's heading level and style follow from its depth.
    nodes.Section: _row(S.HEADING, "section", pdf="Sect"),
    nodes.Paragraph: _row(S.PARAGRAPH, "p", pdf="P"),
    nodes.Group: _row(S.GROUP, "div", pdf="Div"),
    nodes.Quote: _row(S.QUOTE, "blockquote", pdf="BlockQuote"),
    nodes.PullQuote: _row(S.PULL_QUOTE, "aside", "doc-pullquote", "pullquote", pdf="BlockQuote"),
    nodes.List: _row(S.LIST, "ul", pdf="L"),
    nodes.Definitions: _row(S.DEFINITION, "dl", pdf="L"),
    nodes.Figure: _row(S.FIGURE, "figure", pdf="Sect"),
    nodes.Table: _row(S.TABLE, "table", pdf="Table"),
    nodes.CodeBlock: _row(S.CODE_BLOCK, "pre", pdf="Code"),
    nodes.Formula: _row(S.FORMULA, "div", pdf="Formula"),
    nodes.Divider: _row(S.DIVIDER, "hr"),
    nodes.Bibliography: _row(S.BIBLIOGRAPHY_ENTRY, "section", "doc-bibliography", "bibliography", pdf="L"),
    nodes.Notes: _row(S.FOOTNOTE, "section", "doc-endnotes", "endnotes", pdf="Sect"),
    nodes.Contents: _row(S.CONTENTS_1, "nav", "doc-toc", "toc", pdf="TOC"),
    nodes.PageBreak: _row(),
    # Parts
    nodes.Caption: _row(S.CAPTION, "figcaption", pdf="Caption"),
    nodes.ListItem: _row(S.LIST_ITEM, "li", pdf="LI"),
    nodes.Definition: _row(S.DEFINITION, "dd", pdf="LI"),
    nodes.Column: _row(),
    nodes.Cell: _row(S.TABLE_CELL, "td", pdf="TD"),
    nodes.Row: _row(S.TABLE, "tr", pdf="TR"),
    nodes.TableBody: _row(S.TABLE, "tbody", pdf="TBody"),
    nodes.Entry: _row(S.BIBLIOGRAPHY_ENTRY, "li", pdf="LI"),
    # Inlines
    nodes.Text: _row(),
    nodes.Emphasis: _row(M.EMPHASIS, "em"),
    nodes.Strong: _row(M.STRONG, "strong"),
    nodes.SmallCaps: _row(M.SMALL_CAPS, "span"),
    nodes.Superscript: _row(M.SUPERSCRIPT, "sup"),
    nodes.Subscript: _row(M.SUBSCRIPT, "sub"),
    nodes.Deleted: _row(M.DELETED, "del"),
    nodes.Code: _row(M.CODE, "code", pdf="Code"),
    nodes.Quoted: _row("", "q", pdf="Quote"),
    nodes.Link: _row(M.LINK, "a", pdf="Link"),
    nodes.CrossReference: _row(M.LINK, "a", pdf="Link"),
    nodes.Citation: _row(M.LINK, "a", "doc-biblioref", "biblioref", pdf="Link"),
    nodes.Footnote: _row(S.FOOTNOTE, "aside", "doc-footnote", "footnote", pdf="Note"),
    nodes.Image: _row("", "img", pdf="Figure"),
    nodes.Math: _row("", "span", pdf="Formula"),
    nodes.LineBreak: _row("", "br"),
    nodes.Span: _row("", "span", pdf="Span"),
    # Group roles. No vocabulary has a term for key points: `doc-abstract` fits its text ("of the work, or of a
    # section or excerpt within it"), with the visible title as its name.
    GroupRole.LEAD: _row(S.LEAD, "div", pdf="Div"),
    GroupRole.ABSTRACT: _row(S.ABSTRACT, "section", "doc-abstract", "abstract", pdf="Sect"),
    GroupRole.KEY_POINTS: _row(S.KEY_POINTS, "section", "doc-abstract", "abstract", pdf="Sect"),
    GroupRole.RECOMMENDATIONS: _row(S.RECOMMENDATIONS, "section", pdf="Sect"),
    GroupRole.AUTHOR_NOTE: _row(S.AUTHOR_NOTE, "aside", pdf="Sect"),
    GroupRole.NOTICE: _row(S.NOTICE, "section", "doc-notice", "notice", pdf="Sect"),
    GroupRole.CASE: _row(S.CASE, "section", pdf="Sect"),
    GroupRole.CUSTOM: _row(S.GROUP, "div", pdf="Div"),
    # Section roles
    SectionRole.BODY: _row(S.HEADING, "section", pdf="Sect"),
    SectionRole.INTRODUCTION: _row(S.HEADING, "section", "doc-introduction", "introduction", pdf="Sect"),
    SectionRole.CONCLUSION: _row(S.HEADING, "section", "doc-conclusion", "conclusion", pdf="Sect"),
    SectionRole.NOTES: _row(S.HEADING, "section", "doc-endnotes", "endnotes", pdf="Sect"),
    SectionRole.REFERENCES: _row(S.HEADING, "section", "doc-bibliography", "bibliography", pdf="Sect"),
    SectionRole.ACKNOWLEDGMENTS: _row(
        S.HEADING, "section", "doc-acknowledgments", "acknowledgments", pdf="Sect"
    ),
    SectionRole.APPENDIX: _row(S.HEADING, "section", "doc-appendix", "appendix", pdf="Sect"),
}

WORD_STYLES: Final[Mapping[StyleKey | MarkKey, str]] = {
    S.TEXT: "Normal",
    S.PARAGRAPH: "Body Text",
    S.PARAGRAPH_FIRST: "First Paragraph",
    S.VERSE: "Verse",
    S.TITLE: "Title",
    S.SUBTITLE: "Subtitle",
    S.BYLINE: "Byline",
    S.HEADING: "Heading",
    S.HEADING_1: "heading 1",
    S.HEADING_2: "heading 2",
    S.HEADING_3: "heading 3",
    S.HEADING_4: "heading 4",
    S.HEADING_5: "heading 5",
    S.HEADING_6: "heading 6",
    S.GROUP: "Group",
    S.GROUP_TITLE: "Group Title",
    S.LEAD: "Lead",
    S.ABSTRACT: "Abstract",
    S.KEY_POINTS: "Key Points",
    S.RECOMMENDATIONS: "Recommendations",
    S.AUTHOR_NOTE: "Author Note",
    S.NOTICE: "Notice",
    S.CASE: "Case",
    S.QUOTE: "Quote",
    S.PULL_QUOTE: "Pull Quote",
    S.ATTRIBUTION: "Attribution",
    S.LIST: "List",
    S.LIST_ITEM: "List Paragraph",
    S.TERM: "Term",
    S.DEFINITION: "Definition",
    S.FIGURE: "Figure",
    S.CAPTION: "caption",
    S.CREDIT: "Credit",
    S.TABLE: "Octavo Table",
    S.TABLE_HEAD: "Table Head",
    S.TABLE_CELL: "Table Cell",
    S.TABLE_NOTE: "Table Note",
    S.FOOTNOTE: "footnote text",
    S.CODE_BLOCK: "Code Block",
    S.FORMULA: "Formula",
    S.DIVIDER: "Divider",
    S.BIBLIOGRAPHY_ENTRY: "Bibliography",
    S.CONTENTS_TITLE: "TOC Heading",
    S.CONTENTS_1: "toc 1",
    S.CONTENTS_2: "toc 2",
    S.CONTENTS_3: "toc 3",
    S.MASTHEAD: "Masthead",
    S.MASTHEAD_SERIES: "Masthead Series",
    S.PAGE_HEADER: "header",
    S.PAGE_FOOTER: "footer",
    M.EMPHASIS: "Emphasis",
    M.STRONG: "Strong",
    M.SMALL_CAPS: "Small Caps",
    M.SUPERSCRIPT: "Superscript",
    M.SUBSCRIPT: "Subscript",
    M.DELETED: "Deleted",
    M.CODE: "Code",
    M.LINK: "Hyperlink",
    M.FOOTNOTE_MARK: "footnote reference",
    M.HEADING_NUMBER: "Heading Number",
    M.LIST_MARKER: "List Marker",
    M.CAPTION_LABEL: "Caption Label",
    M.GROUP_LABEL: "Group Label",
    M.AFFILIATION: "Affiliation",
    M.FOLIO: "page number",
    M.CODE_KEYWORD: "Code Keyword",
    M.CODE_NAME: "Code Name",
    M.CODE_STRING: "Code String",
    M.CODE_NUMBER: "Code Number",
    M.CODE_COMMENT: "Code Comment",
    M.CODE_ADDED: "Code Added",
    M.CODE_REMOVED: "Code Removed",
}


def meaning_of(node: nodes.AnyNode) -> Meaning:
    """Return the meaning of a node: by its role where it has one, else by its type."""
    match node:
        case nodes.Group():
            return MEANINGS[node.role]
        case nodes.Section():
            return MEANINGS[node.role]
        case _:
            return MEANINGS[type(node)]
