"""Which blocks begin pages: what a theme asks of long documents only falls away in short ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

import msgspec

from octavo.theme.style import Style, StyleSheet
from octavo.tree.semantics import StyleKey

Key = TypeVar("Key")

_LETTER: Final = 0.46
"""About how wide a letter of running text is, in ems."""


def asks_for_length(sheet: StyleSheet) -> bool:
    """Say whether anything in a style sheet depends on how long a document is."""
    return any(map(_depends, (*sheet.styles.values(), *sheet.within.values())))


def letters_on_page(sheet: StyleSheet) -> int:
    """Return about how many letters of running text a page holds."""
    page, text = sheet.page, sheet.styles[StyleKey.PARAGRAPH]
    across = (page.width - page.margin_inner - page.margin_outer) / (_LETTER * text.size)
    down = (page.height - page.margin_top - page.margin_bottom) / text.leading
    return max(1, round(across * down))


def without_breaks(sheet: StyleSheet) -> StyleSheet:
    """Return a style sheet for a short document: what begins a page in long ones only does not."""
    return msgspec.structs.replace(sheet, styles=_short(sheet.styles), within=_short(sheet.within))


def _short(styles: Mapping[Key, Style]) -> dict[Key, Style]:
    return {
        key: msgspec.structs.replace(style, break_before="auto") if _depends(style) else style
        for key, style in styles.items()
    }


def _depends(style: Style) -> bool:
    return style.break_when == "long" and style.break_before != "auto"
