"""Bounds for the reading of code: what a lexer is given, so that its work grows as the code does.

The rules of many languages look over ends of lines: from every line of blank ones to the last, from every word to the
bracket that would make it a function's name, from every opening of a comment to a close that never comes. On most code
that is a few characters; on a block made to be slow, or by accident, it is all of it, from each of its places.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pygments.lexer import Lexer

LONGEST: Final = 500_000
"""Blocks of more characters than this are set plainly: reading them would take seconds."""
LONGEST_LINE: Final = 5_000
"""So are blocks with a line of more: many languages' rules look from each place of a line to its end."""
MOST_WORDS: Final = 100
"""So are blocks with more words in a row, and no mark between: no code has that, and C#'s rules look over them all."""
REACH: Final = 5_000
"""How many characters on from its place a rule sees."""
LONGEST_MIXED: Final = 10_000
"""Blocks of more characters, in a language whose reader is made of others and cannot be bounded so, are set plainly."""
MOST_IDLE: Final = 1_000
"""How many tokens without a character a lexer may find in a row."""
_GAP: Final = re.compile(r"\s{251,}")
_MARKS: Final = re.compile(r"[^\w\s]+")


def unreadable(text: str) -> str:
    """Say why a block of code is not to be read, or nothing."""
    if len(text) > LONGEST:
        return f"a block of {len(text):,} characters of code is set without colours"
    if max(map(len, text.split("\n"))) > LONGEST_LINE:
        return f"a block of code with a line of over {LONGEST_LINE:,} characters has no colours"
    # A word has a character, and another stands between two.
    if len(text) > 2 * MOST_WORDS and max(len(each.split()) for each in _MARKS.split(text)) > MOST_WORDS:
        return (
            f"a block of code with over {MOST_WORDS} words in a row and no mark between them has no colours"
        )
    return ""


class Shortened:
    """A text whose long gaps are made short; `place` tells where in the whole text a place of the short one is."""

    def __init__(self, text: str) -> None:
        pieces: list[str] = []
        self._ends: list[int] = []
        self._missing = [0]
        at = length = 0
        for gap in _GAP.finditer(text):
            lines, _, last = gap.group().rpartition("\n")
            kept = ("\n" * min(2, lines.count("\n") + 1) if len(last) < len(gap.group()) else "") + last[
                -100:
            ]
            pieces += (text[at : gap.start()], kept)
            length += gap.start() - at + len(kept)
            at = gap.end()
            self._ends.append(length)
            self._missing.append(at - length)
        self.text = "".join((*pieces, text[at:])) if pieces else text

    def place(self, short: int) -> int:
        """Return a place in the whole text."""
        return short + self._missing[bisect_right(self._ends, short)]


def bounded(lexer: Lexer) -> Lexer | None:
    """Return a lexer none of whose rules sees further than `REACH`; none where a lexer cannot be made so."""
    from pygments.lexer import RegexLexer

    rules = getattr(lexer, "_tokens", None)
    if not isinstance(lexer, RegexLexer) or not isinstance(rules, dict):
        return None
    made = type(lexer)(**lexer.options)
    near = {state: [(_near(each[0]), *each[1:]) for each in some] for state, some in rules.items()}
    setattr(made, "_tokens", near)  # noqa: B010 - Pygments keeps the rules that it has compiled under a private name
    return made


def _near(match: Callable[..., Any]) -> Callable[..., Any]:
    pattern = getattr(match, "__self__", None)
    if not isinstance(pattern, re.Pattern):
        return match
    look = pattern.match

    def near(text: str, place: int, end: int = LONGEST + 1) -> re.Match[str] | None:
        return look(text, place, min(place + REACH, end))

    return near
