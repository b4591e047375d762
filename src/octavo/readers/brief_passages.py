"""Passages of a plain text: lines that belong together, and what their first characters say they are.

A text is either wrapped (lines of about the same length, to be joined) or has one paragraph a line; the lengths of its
lines tell which. Nothing is dropped here but marks: bullets, numbers, and the lines drawn under titles.
"""

from __future__ import annotations

import enum
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from octavo.diagnostics import Position

LONGEST_WRAPPED: Final = 120
NARROWEST_WRAPPED: Final = 40
"""Nobody wraps text wider or narrower than these."""
LONGEST_TITLE: Final = 160

_BULLET: Final = re.compile(r"(?:[►▶▸➤•●○◦▪■□‣⁃·]|\*(?!\*)|[-–—»>](?=\s))\s*(?=\S)")
_NUMBER: Final = re.compile(r"(\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}[.)]|\(\d{1,3}\))\s+(?=\S)")
_LETTER: Final = re.compile(r"(?:([a-z])\)|\(([a-z])\))\s+(?=\S)")
_RULE: Final = re.compile(r"(?:([-=~_*#])\1{2,}|(?:\* ){2,}\*|(?:- ){2,}-|⁂)$")
_FIRST_WORD: Final = re.compile(r"\S+")
_DASHES: Final = "—–"
_SURE_BULLETS: Final = frozenset("►▶▸➤•●○◦▪■□‣⁃")


class PassageKind(enum.StrEnum):
    """What the first characters of a passage say."""

    TEXT = "text"
    BULLET = "bullet"
    NUMBERED = "numbered"
    LETTERED = "lettered"
    RULE = "rule"


class Piece(msgspec.Struct, frozen=True):
    """What one line gives to a passage, without its mark."""

    text: str
    position: Position


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """Lines that belong together.

    `position` is where its mark stands, or its text where it has none. `number` is that of a numbered one ("1.2"), or
    the letter of a lettered one.
    `rule` is the character of the line drawn under it. `alone`: a blank line (or nothing) follows.
    """

    kind: PassageKind
    pieces: tuple[Piece, ...]
    position: Position
    indent: int = 0
    number: str = ""
    mark: str = ""
    rule: str = ""
    alone: bool = False

    @property
    def text(self) -> str:
        """The words, in one line."""
        return "".join(piece.text for piece in self.pieces)


class _Line(msgspec.Struct, frozen=True):
    number: int
    indent: int
    text: str


def passages(text: str, file: str) -> tuple[list[Passage], bool]:
    """Return the passages of a text, and whether its lines were joined because it is wrapped."""
    lines = [_line(count, line) for count, line in enumerate(text.split("\n"), start=1)]
    width = wrapped_width([line.text for line in lines])
    found = [_passage(block, rule, alone, file) for block, rule, alone in _blocks(lines, width)]
    return _without_lone_dashes(found), bool(width)


def _without_lone_dashes(found: list[Passage]) -> list[Passage]:
    """Return the passages, those that begin with a dash as text where they are no list: one alone says who was quoted,
    or goes on with a thought."""

    def is_dashed(at: int) -> bool:
        return 0 <= at < len(found) and found[at].mark[:1] in _DASHES and bool(found[at].mark)

    lone = {
        at for at in range(len(found)) if is_dashed(at) and not is_dashed(at - 1) and not is_dashed(at + 1)
    }
    return [_as_text(each) if at in lone else each for at, each in enumerate(found)]


def _as_text(passage: Passage) -> Passage:
    first = Piece(passage.mark + passage.pieces[0].text, passage.position)
    pieces = (first, *passage.pieces[1:])
    return msgspec.structs.replace(passage, kind=PassageKind.TEXT, mark="", pieces=pieces)


def wrapped_width(lines: Sequence[str]) -> int:
    """Return the width that a text is wrapped to, 0 where every line is a paragraph.

    A wrapped line is full: the next line's first word would not have fitted. Most lines that are followed by another
    are so in wrapped text, few are where a line is a paragraph.
    """
    ruled = [line if line and not _RULE.match(line) else "" for line in lines]
    pairs = [(one, other) for one, other in itertools.pairwise(ruled) if one and other]
    lengths = sorted(len(one) for one, _ in pairs if len(one) <= LONGEST_WRAPPED)
    if len(lengths) < 3 or len(lengths) < 0.9 * len(pairs):
        return 0
    width = lengths[-1]
    if width < NARROWEST_WRAPPED:
        return 0
    full = sum(_is_full(one, other, width) for one, other in pairs)
    return width if full >= 0.6 * len(pairs) else 0


def _line(number: int, raw: str) -> _Line:
    stripped = raw.strip()
    if "\t" in stripped and _kind(stripped)[0] is PassageKind.TEXT:
        # The cells of a row may be empty, the first and the last too.
        return _Line(number, len(raw) - len(raw.lstrip(" ")), raw.strip(" \r"))
    return _Line(number, len(raw) - len(raw.lstrip()), stripped)


def _is_full(line: str, following: str, width: int) -> bool:
    word = _FIRST_WORD.match(following)
    return len(line) + 1 + (word.end() if word else 0) > width - width // 8


def _blocks(lines: list[_Line], width: int) -> Iterator[tuple[list[_Line], str, bool]]:
    """Yield the lines of each passage, the character it is underlined with, and whether a blank line follows."""
    block: list[_Line] = []
    for line in lines:
        if not line.text:
            if block:
                yield block, "", True
            block = []
        elif not block:
            block = [line]
        elif _RULE.match(line.text):
            if len(block) == 1 and _may_be_title(block[0].text):
                yield block, line.text[0], True
                block = []
            else:
                yield block, "", False
                block = [line]
        elif _continues(block[-1], line, width):
            block.append(line)
        else:
            yield block, "", False
            block = [line]
    if block:
        yield block, "", True


def _may_be_title(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and not _RULE.match(text)


def _continues(before: _Line, line: _Line, width: int) -> bool:
    """Tell whether a line goes on with the passage of the line before it."""
    text = line.text
    if _RULE.match(before.text) or (text[0] in _SURE_BULLETS and _BULLET.match(text)):
        return False
    if "\t" in text and text.count("\t") == before.text.count("\t"):
        return False
    ended = before.text.rstrip("\"'”’)»").endswith((".", "!", "?", ":", ";", "…"))
    full = bool(width) and _is_full(before.text, text, width)
    if _BULLET.match(text) or _NUMBER.match(text) or _LETTER.match(text):
        return full and not ended and line.indent <= before.indent
    return full or (not ended and text[0].islower())


def _passage(block: list[_Line], rule: str, alone: bool, file: str) -> Passage:
    first = block[0]
    position = Position(first.number, first.indent + 1, file)
    kind, skipped, number = _kind(first.text)
    pieces = []
    for index, line in enumerate(block):
        start = skipped if index == 0 else 0
        words = line.text[start:]
        # A hyphen at a line's end stays: whether it belongs to the word only a reader can tell.
        if index < len(block) - 1 and not words.endswith("-"):
            words += " "
        pieces.append(Piece(words, Position(line.number, line.indent + start + 1, file)))
    return Passage(
        kind=kind,
        pieces=tuple(pieces),
        position=position,
        indent=first.indent,
        number=number,
        mark=first.text[:skipped],
        rule=rule,
        alone=alone,
    )


def _kind(text: str) -> tuple[PassageKind, int, str]:
    """Return what a passage is by its first line, the length of its mark, and its number."""
    if _RULE.match(text):
        return PassageKind.RULE, 0, ""
    if match := _BULLET.match(text):
        return PassageKind.BULLET, match.end(), ""
    if match := _NUMBER.match(text):
        return PassageKind.NUMBERED, match.end(), match.group(1).strip("().")
    if match := _LETTER.match(text):
        return PassageKind.LETTERED, match.end(), match[1] or match[2]
    return PassageKind.TEXT, 0, ""
