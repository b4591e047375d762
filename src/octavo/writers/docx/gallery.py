"""The order of Word's style gallery, by `w:uiPriority` (ECMA-376-1, 17.7.4.19), then by name; and what it offers.

First what text is written in, then headings, titles, lists, quotations and groups, then what stands around figures and
tables; what stands in a group comes last. Priorities are Word's own where Word has one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from octavo.tree.semantics import MarkKey, StyleKey
from octavo.writers.docx.catalogue import FORMULA_TEXT, HEADINGS, WordStyle

_PRIORITY: Final[Mapping[str, int]] = {
    StyleKey.TEXT: 0,
    **dict.fromkeys((StyleKey.PARAGRAPH, StyleKey.PARAGRAPH_FIRST), 1),
    **dict.fromkeys((StyleKey.HEADING, *HEADINGS), 9),
    StyleKey.TITLE: 10,
    StyleKey.SUBTITLE: 11,
    StyleKey.BYLINE: 12,
    **dict.fromkeys((StyleKey.LEAD, StyleKey.ABSTRACT), 13),
    StyleKey.LIST_ITEM: 14,
    StyleKey.QUOTE: 15,
    StyleKey.PULL_QUOTE: 16,
    **dict.fromkeys(
        (
            StyleKey.KEY_POINTS,
            StyleKey.RECOMMENDATIONS,
            StyleKey.NOTICE,
            StyleKey.CASE,
            StyleKey.AUTHOR_NOTE,
        ),
        17,
    ),
    **dict.fromkeys((StyleKey.FIGURE, StyleKey.CAPTION, StyleKey.CREDIT), 19),
    MarkKey.EMPHASIS: 20,
    MarkKey.STRONG: 22,
    **dict.fromkeys((StyleKey.TABLE_HEAD, StyleKey.TABLE_CELL, StyleKey.TABLE_NOTE), 25),
    **dict.fromkeys((StyleKey.CODE_BLOCK, StyleKey.FORMULA), 26),
    **dict.fromkeys((StyleKey.CONTENTS_1, StyleKey.CONTENTS_2, StyleKey.CONTENTS_3), 39),
    **dict.fromkeys((StyleKey.PAGE_HEADER, StyleKey.PAGE_FOOTER, StyleKey.FOOTNOTE), 99),
    **dict.fromkeys((MarkKey.LINK, MarkKey.FOOTNOTE_MARK), 99),
}
_OF_THE_THEME, _MARK, _OTHER, _CONTAINED, _LAST = 18, 24, 30, 31, 99
_KEYS: Final = frozenset((*StyleKey, *MarkKey))
_NOT_FOR_HAND: Final = {
    StyleKey.CONTENTS_1, StyleKey.CONTENTS_2, StyleKey.CONTENTS_3, StyleKey.PAGE_HEADER, StyleKey.PAGE_FOOTER,
    StyleKey.FOOTNOTE, StyleKey.MASTHEAD, StyleKey.MASTHEAD_SERIES, StyleKey.LIST_ITEM, MarkKey.FOOTNOTE_MARK,
    MarkKey.HEADING_NUMBER, MarkKey.LIST_MARKER, MarkKey.FOLIO, MarkKey.LINK, MarkKey.CAPTION_LABEL,
    MarkKey.GROUP_LABEL, MarkKey.CODE_KEYWORD, MarkKey.CODE_NAME, MarkKey.CODE_STRING, MarkKey.CODE_NUMBER,
    MarkKey.CODE_COMMENT, MarkKey.CODE_ADDED, MarkKey.CODE_REMOVED, FORMULA_TEXT,
}  # fmt: skip
"""Not offered: Word applies them itself, or octavo does where it colours code and numbers captions."""


def priority(style: WordStyle) -> int:
    """Return the place of a style among others, from 0 to 99."""
    if style.variant:
        return _LAST
    if style.key not in _KEYS:
        return _OF_THE_THEME if style.kind == "paragraph" else _MARK
    known = _PRIORITY.get(style.key, _MARK if style.kind == "character" else _OTHER)
    # The style of a container's own paragraphs, as Key Points, is `alone`.
    return _CONTAINED if style.contained and not style.alone else known


def is_ground(style: WordStyle) -> bool:
    """Say whether a style is there for others to be based on, and not to be seen."""
    return style.name in ("Heading", "Group") or (
        style.key == StyleKey.LIST_ITEM and style.name.endswith(" List Paragraph")
    )


def is_offered(style: WordStyle) -> bool:
    """Say whether the gallery offers a style: to be applied by hand."""
    listed = style.key == StyleKey.LIST_ITEM and not style.name.endswith("List Paragraph")
    return not is_ground(style) and not style.variant and (listed or style.key not in _NOT_FOR_HAND)
