"""Where a word may be broken: at hyphens, slashes and dashes that it has, and at hyphens by the language's patterns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from octavo.fonts.shape import SOFT_HYPHEN, Setting
from octavo.fonts.words import Word
from octavo.typeset.breaking import Point
from octavo.typeset.hyphenation import Hyphenator
from octavo.typeset.inlines import Run

HYPHEN: Final = 50.0
NAME: Final = 200.0
"""Words with a capital may be names: they are hyphenated when little else helps."""
OWN_HYPHEN: Final = 30.0
DASH: Final = 10.0
SLASH: Final = 60.0
ADDRESS: Final = 40.0
_ADDRESS: Final = re.compile(
    r"://|^www\.|^10\.\d{4,}/|@.+\.|^(?=.{24,}$)[\w.~/?#&=%+:;,-]*[/_.?&=][\w.~/?#&=%+:;,-]*$"
)
_ADDRESS_ENDS: Final = re.compile(r"(?<=[/?&=_.#%:~-])(?=[^/?&=_.#%:~-])")
_OWN: Final = re.compile(
    "(?<=[^\\W\\d_])(?:[-\u2010]|[\u2013\u2014]|/)(?=\\w)|\u2014(?=\\w)|(?<=\\w)\u2026(?=\\w)"
)
_LETTERS: Final = re.compile("[^\\W\\d_](?:[^\\W\\d_]|[\u00ad\u0300-\u036f])*")
_EVERY: Final = "*"


def is_address(text: str) -> bool:
    """Say whether a word is a web address, an e-mail address, a DOI or a path."""
    return bool(_ADDRESS.search(text))


class WordPoints:
    """Finds the places within words, in points of a run's size; keeps what it found with the shaped word."""

    def __init__(self, hyphenator: Hyphenator) -> None:
        self._hyphenator = hyphenator

    def of(self, word: Word, run: Run) -> Sequence[Point]:
        """Return the places where a line may end within a word."""
        hyphenates = run.style.hyphenate
        found = word.hyphen_points if hyphenates else word.plain_points
        if found is None:
            found = self._found(word, run, hyphenates)
            if hyphenates:
                word.hyphen_points = found
            else:
                word.plain_points = found
        return _sized(found, run.scale)

    def anywhere(self, word: Word, run: Run) -> Sequence[Point]:
        """Return every place between two letters, for words that are wider than a line."""
        text = word.text
        places = [
            (at, 0.0, False)
            for at in range(1, len(text))
            if not unicodedata.combining(text[at])
            and text[at] not in "\u200d\ufe0f\u00ad"
            and text[at - 1] != "\u200d"
        ]
        return _sized(self._measured(text, places, run.setting), run.scale)

    def _found(self, word: Word, run: Run, hyphenates: bool) -> list[tuple[int, float, float, float]]:
        text = word.text
        if len(text) < 4 or word.width == 0.0:
            return []
        places: dict[int, tuple[float, bool]] = {}
        if run.style.literal or is_address(text):
            places = {match.start(): (ADDRESS, False) for match in _ADDRESS_ENDS.finditer(text)}
            places.pop(0, None)
        else:
            for match in _OWN.finditer(text):
                places[match.end()] = (_own_penalty(match.group()), False)
            if SOFT_HYPHEN in text:
                for match in re.finditer(f"(?<=\\w){SOFT_HYPHEN}(?=\\w)", text):
                    places[match.end()] = (HYPHEN, True)
            elif hyphenates and not any(letter.isdigit() for letter in text):
                compound = HYPHEN if not places else NAME
                for match in _LETTERS.finditer(text):
                    penalty = (
                        NAME if match.group()[0].isupper() and match.start() + 1 < match.end() else compound
                    )
                    for at in self._hyphenator.positions(match.group(), run.language):
                        places.setdefault(match.start() + at, (penalty, True))
        ordered = [(at, penalty, hyphen) for at, (penalty, hyphen) in sorted(places.items())]
        return self._measured(text, ordered, run.setting)

    def _measured(
        self, text: str, places: Sequence[tuple[int, float, bool]], setting: Setting
    ) -> list[tuple[int, float, float, float]]:
        if not places:
            return []
        widths = setting.prefix_widths(text)
        hyphen = setting.hyphen_width
        return [
            (at, widths[at], hyphen if hyphenated else 0.0, penalty) for at, penalty, hyphenated in places
        ]


def _own_penalty(mark: str) -> float:
    if mark == "/":
        return SLASH
    return OWN_HYPHEN if mark in "-\u2010" else DASH


def _sized(found: object, scale: float) -> list[Point]:
    assert isinstance(found, list)
    return [Point(at, before * scale, hyphen * scale, penalty) for at, before, hyphen, penalty in found]
