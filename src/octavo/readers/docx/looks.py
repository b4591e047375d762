"""What run properties say: marks, language, and whether text is hidden."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from octavo.readers.docx.names import VALUE, W
from octavo.readers.docx.pieces import NO_LOOK, Look
from octavo.readers.docx.styles import MONOSPACED, TOGGLES, Style, Styles, font_of, is_on, raised
from octavo.tree.semantics import MarkKey

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BOLD_FACE: Final = re.compile(r"bold|black|heavy", re.IGNORECASE)
_HIDDEN: Final = f"{W}vanish"


class Looks:
    """Turns `w:rPr` into looks; the same properties give the same look."""

    def __init__(self, styles: Styles, language: str) -> None:
        self._styles = styles
        self.language = language
        self._primary = primary(language)
        self._known: dict[tuple[bytes, str], tuple[Look, bool]] = {}

    def of(self, properties: Element | None, within: Style) -> tuple[Look, bool]:
        """Return (look, whether it is hidden) of a run in a paragraph of a style."""
        if properties is None or not len(properties):
            return NO_LOOK, False
        key = (etree.tostring(properties, with_tail=False), within.font)
        found = self._known.get(key)
        if found is None:
            typewriter, bold = MONOSPACED.search(within.font), _BOLD_FACE.search(within.font)
            found = self._known[key] = self._make(properties, bool(typewriter), bool(bold))
        return found

    def _make(self, properties: Element, typewriter: bool, bold: bool) -> tuple[Look, bool]:
        marks: frozenset[str] = frozenset()
        named = properties.find(f"{W}rStyle")
        if named is not None:
            marks = self._styles.of(named.get(VALUE) or "").marks
        for tag, mark in TOGGLES.items():
            toggle = properties.find(tag)
            if toggle is not None:
                marks = marks | {mark} if is_on(toggle) else marks - {mark}
        font = font_of(properties)
        if font and not typewriter and MONOSPACED.search(font):
            marks |= {MarkKey.CODE}
        if font and not bold and _BOLD_FACE.search(font):
            marks |= {MarkKey.STRONG}
        marks |= raised(properties)
        hidden = properties.find(_HIDDEN)
        return Look(marks, self._language(properties)), hidden is not None and is_on(hidden)

    def _language(self, properties: Element) -> str:
        found = properties.find(f"{W}lang")
        if found is None:
            return ""
        right_to_left = properties.find(f"{W}rtl") is not None
        tag = found.get(f"{W}bidi" if right_to_left else VALUE) or ""
        return tag if primary(tag) not in ("", self._primary) and is_tag(tag) else ""


def primary(tag: str) -> str:
    """Return the language of a tag, without its region."""
    return re.split("[-_]", tag.lower(), maxsplit=1)[0]


def is_tag(tag: str) -> bool:
    """Say whether a language tag names a language: Word writes x-none where there is none."""
    return bool(re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag)) and tag.lower() not in ("zxx", "und")


def document_language(roots: list[Element], default: str) -> str:
    """Return the language that most of the text is marked as; the default where little is marked."""
    counts: dict[str, int] = {}
    total = 0
    for root in roots:
        for text in root.iter(f"{W}t"):
            total += len(text.text or "")
        for each in root.iter(f"{W}lang"):
            properties = each.getparent()
            run = properties.getparent() if properties is not None else None
            tag = each.get(VALUE) or ""
            if run is not None and run.tag == f"{W}r" and is_tag(tag):
                length = sum(len(text.text or "") for text in run.iterchildren(f"{W}t"))
                counts[tag] = counts.get(tag, 0) + length
    if counts:
        best = max(counts, key=lambda tag: counts[tag])
        if counts[best] * 2 > total:
            return best
    return default if is_tag(default) else ""
