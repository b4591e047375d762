"""What a run of text is written with: the paragraph's style, the marks around it, its language."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from octavo.tree.semantics import MarkKey
from octavo.writers.docx import runs
from octavo.writers.docx.catalogue import Catalogue, WordStyle
from octavo.writers.docx.runs import Look
from octavo.writers.docx.styles_part import character_properties
from octavo.writers.docx.xml import attribute, escape

_FIRST: Final = (MarkKey.FOOTNOTE_MARK, MarkKey.LINK, MarkKey.CODE)
"""Marks whose character style a run has before all others around it: a run can have only one."""
_RIGHT_TO_LEFT: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_FIRST_LEFTWARDS: Final = "\u0590"
# These stay text until they are needed: they take milliseconds to compile.
_HAS_RIGHT_TO_LEFT: Final = f"[{_RIGHT_TO_LEFT}]"
_DIRECTIONS: Final = f"[{_RIGHT_TO_LEFT}](?:[^A-Za-z\u00c0-\u024f]*[{_RIGHT_TO_LEFT}])?"
_ODD: Final = re.compile(
    "[^ !-%'-;=?-~\u00a0-\u00ac\u00ae-\u058f\u1e00-\u1fff\u2010-\u2027\u202f-\u205f\u20a0-\u20bf]"
)
"""Anything but letters from left to right that need no escape: most text has none of it."""
_BREAKS: Final = re.compile("([\t\u00ad])")
_WHITE: Final = re.compile("[\n\r\x85\u2028\u2029]+")


class Ink(msgspec.Struct, frozen=True):
    """The state of a run. `marks` are names of marks from the outermost in; `linked` is within a hyperlink."""

    style: WordStyle
    marks: tuple[str, ...] = ()
    language: str = ""
    linked: bool = False
    silent: bool = False
    """Text that stands a second time: without notes, anchors and links."""
    italic: bool = False

    def within(self, mark: str, language: str = "") -> Ink:
        """Return the ink within a mark, in another language where one is named."""
        marks = (*self.marks, mark) if mark else self.marks
        return Ink(self.style, marks, language or self.language, self.linked, self.silent, self.italic)


class InkWell:
    """Turns ink into `w:rPr`, and text into runs."""

    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self._catalogue = catalogue
        self._language = language
        self._properties: dict[tuple[WordStyle, tuple[str, ...], str, bool, bool], str] = {}

    def properties(self, ink: Ink, *, right_to_left: bool = False) -> str:
        """Return `w:rPr`, empty where the paragraph's style says it all."""
        key = (ink.style, ink.marks, ink.language, ink.italic, right_to_left)
        try:
            return self._properties[key]
        except KeyError:
            found = self._properties[key] = self._compute(ink, right_to_left)
            return found

    def _compute(self, ink: Ink, right_to_left: bool) -> str:
        styler = self._catalogue.runs
        base = styler.properties(ink.style.look)
        look = ink.style.look
        for mark in ink.marks:
            look = styler.mark(look, mark)
            if mark == MarkKey.CODE:
                look = Look(msgspec.structs.replace(look.text, literal=True), look.vertical)
        if ink.italic:
            look = Look(msgspec.structs.replace(look.text, italic=True), look.vertical)
        wanted: runs.Properties = {}
        character = self._character(ink)
        if character is not None:
            base = runs.layered(base, character_properties(character, self._catalogue))
            wanted["rStyle"] = f'<w:rStyle w:val="{character.id}"/>'
        wanted.update(runs.differences(styler.properties(look), base))
        if right_to_left:
            wanted["rtl"] = "<w:rtl/>"
            if look.text.letter_spacing:
                # Letters that join are not moved apart.
                wanted["spacing"] = '<w:spacing w:val="0"/>'
        if ink.language and ink.language != self._language:
            tag = attribute(ink.language)
            wanted["lang"] = f'<w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="{tag}"/>'
        return f"<w:rPr>{runs.joined(wanted)}</w:rPr>" if wanted else ""

    def _character(self, ink: Ink) -> WordStyle | None:
        for mark in (*(first for first in _FIRST if first in ink.marks), *ink.marks):
            found = self._catalogue.character(mark)
            if found is not None:
                return found
        return None

    def text(self, text: str, ink: Ink) -> str:
        """Return text as runs."""
        if not _ODD.search(text):
            return f'<w:r>{self.properties(ink)}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
        text = _WHITE.sub(" ", text)
        if max(text) < _FIRST_LEFTWARDS or not re.search(_HAS_RIGHT_TO_LEFT, text):
            return self._run(text, self.properties(ink))
        parts: list[str] = []
        at = 0
        for match in re.finditer(_DIRECTIONS, text):
            if match.start() > at:
                parts.append(self._run(text[at : match.start()], self.properties(ink)))
            parts.append(self._run(match.group(), self.properties(ink, right_to_left=True)))
            at = match.end()
        if at < len(text):
            parts.append(self._run(text[at:], self.properties(ink)))
        return "".join(parts)

    def literal(self, text: str, ink: Ink) -> str:
        """Return a line of code as a run: every space counts, and its letters go from left to right."""
        return self._run(text, self.properties(ink)) if text else ""

    def _run(self, text: str, properties: str) -> str:
        if "\t" in text or "\u00ad" in text:
            return f"<w:r>{properties}{''.join(_piece(each) for each in _BREAKS.split(text) if each)}</w:r>"
        return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _piece(text: str) -> str:
    if text == "\t":
        return "<w:tab/>"
    if text == "\u00ad":
        return "<w:softHyphen/>"
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'
