"""Typographic punctuation for a run of plain text: marks, dashes, ellipses, and spaces that hold.

A paragraph's text is read as a whole, whatever inlines it is made of, so that `"*word*"` opens and closes as `"word"`
does. What is not text (code, images, references) stands in it as `ATOM`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from octavo.transforms.conventions import NO_BREAK, Convention

ATOM: Final = "\ufffc"
"""U+FFFC OBJECT REPLACEMENT CHARACTER: something that is read as a word but is not text."""

Replacement = tuple[int, int, str]
"""From (inclusive), to (exclusive), and the characters to put there."""

APOSTROPHE: Final = "’"
_OPENERS: Final = frozenset("([{<«‹“‘„‚¡¿/–—-=+")
_DASHES: Final = frozenset("–—-")
_SIGNS: Final = frozenset(".§º°№")
# Every alternative starts with a literal, which lets the engine skip quickly to the next candidate.
_PLAIN: Final = r""""|'|--+|\.\.\.+|\ (?<=[.§º°№]\ )(?=\S)|\ (?<=[0-9]\ )(?=[%‰€£$°])"""
_UNITS: Final = (
    r"|\ (?<=[0-9]\ )(?=(?:[kcmµn]?m[²³]?|[kmµ]?g|t|ha|[hm]?l|[kMGT]?Wh?|[kMG]?Hz|[kMGT]?B|[kmM]?V|m?A|k?J|[kh]?Pa"
    r"|kcal|m?s|min|h|dB|pt|px|dpi|ppm|K|[ap]\.m\.)(?![\w’'-]))"
)
"""Signs of units behind a number: no line begins with one."""
_THOUSANDS: Final = r"|\ (?<=[0-9]\ )(?=[0-9]{3}(?![0-9]))"
_HIGH_MARKS: Final = r"|\ (?=[;:!?»])|\ (?<=«\ )"
_LAST_CLOSE: Final = re.compile(r"(?<=\S)'(?!\w)")
_LAST_WORD: Final = re.compile(r"\S{1,8}$")
_NEXT_WORD: Final = re.compile(r"\w+")


def pattern_for(convention: Convention) -> re.Pattern[str]:
    """Return the pattern of all that a convention may change."""
    pattern = _PLAIN + _UNITS
    if convention.spaced_thousands:
        pattern += _THOUSANDS
    if convention.spaced_marks:
        pattern += _HIGH_MARKS
    # A word that ends in no sign is looked for by itself.
    for word in sorted(each for each in convention.numbered if each[-1] not in _SIGNS):
        pattern += rf"|\ (?<=\b{word}\ )(?=[0-9])"
    if convention.short_words:
        pattern += rf"|\ (?<=\b[{convention.short_words}]\ )(?=\S)"
    return re.compile(pattern)


def replacements(text: str, convention: Convention, pattern: re.Pattern[str]) -> list[Replacement]:
    """Return what to change in a paragraph's text, in order; linear in its length."""
    reading = _Reading(text, convention)
    found: list[Replacement] = []
    for match in pattern.finditer(text):
        old = match.group()
        new = _RULES[old[0]](reading, match)
        if new != old:
            found.append((match.start(), match.end(), new))
    return found


class _Reading:
    """What is open at a point of the text."""

    def __init__(self, text: str, convention: Convention) -> None:
        self.text = text
        self.convention = convention
        self.doubles = 0
        self.singles = 0
        self.opened_at = -1
        """Where the last opening mark ended: a mark right after it opens too."""
        self.last_close = -1
        """Where the last `'` stands that could close a quotation."""
        if "'" in text:
            for match in _LAST_CLOSE.finditer(text):
                self.last_close = match.start()

    def around(self, match: re.Match[str]) -> tuple[str, str]:
        """The characters before and after; a space stands for the edges of the text."""
        start, end = match.span()
        before = "(" if self.opened_at == start else self.text[start - 1 : start] or " "
        return before, self.text[end : end + 1] or " "

    def open(self, mark: str, end: int) -> str:
        self.opened_at = end
        return mark


def _double(reading: _Reading, match: re.Match[str]) -> str:
    before, after = reading.around(match)
    opening, closing = reading.convention.double
    if _opens(before, after):
        reading.doubles += 1
        return reading.open(opening, match.end())
    if reading.doubles:
        reading.doubles -= 1
        return closing
    if before.isspace():
        return '"'
    return "″" if before.isdigit() else closing


def _single(reading: _Reading, match: re.Match[str]) -> str:
    before, after = reading.around(match)
    opening, closing = reading.convention.single
    if before.isdigit() and not reading.singles and (after.isdigit() or after.isspace()):
        return "′"
    if before.isalnum() and after.isalnum():
        return APOSTROPHE
    if _opens(before, after):
        if match.start() >= reading.last_close or _is_elision(reading, match.end()):
            return APOSTROPHE
        reading.singles += 1
        return reading.open(opening, match.end())
    if before.isspace() and after.isspace() and not reading.singles:
        return "'"
    if reading.singles:
        reading.singles -= 1
        return closing
    return APOSTROPHE


def _opens(before: str, after: str) -> bool:
    if after.isspace() or not (before.isspace() or before in _OPENERS):
        return False
    return before not in _DASHES or after.isalnum() or after in _OPENERS or after in (ATOM, "'", '"')


def _is_elision(reading: _Reading, start: int) -> bool:
    """Tell whether a leading `'` stands for letters or figures that are left out, as in '90s or 'tis."""
    word = _NEXT_WORD.match(reading.text, start)
    if not word:
        return False
    letters = word.group().lower()
    return (letters[:2].isdigit() and not letters[2:3].isdigit()) or letters in reading.convention.elisions


def _dash(_reading: _Reading, match: re.Match[str]) -> str:
    return {2: "–", 3: "—"}.get(len(match.group()), match.group())


def _dots(_reading: _Reading, match: re.Match[str]) -> str:
    return "…" if len(match.group()) == 3 else match.group()


def _space(reading: _Reading, match: re.Match[str]) -> str:
    start, end = match.span()
    before, after = reading.text[start - 1 : start], reading.text[end : end + 1]
    if before not in _SIGNS:
        return NO_BREAK
    convention = reading.convention
    if convention.spaced_marks and after in ";:!?»":
        return NO_BREAK
    word = _LAST_WORD.search(reading.text, max(0, start - 9), start)
    last = word.group().lstrip("([“‘„«\"'") if word else ""
    holds = last in convention.abbreviations or (last in convention.numbered and after.isdigit())
    return NO_BREAK if holds else " "


_RULES: Final[Mapping[str, Callable[[_Reading, re.Match[str]], str]]] = {
    '"': _double,
    "'": _single,
    "-": _dash,
    ".": _dots,
    " ": _space,
}
