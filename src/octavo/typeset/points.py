"""Where a word may be broken: at hyphens, slashes and dashes that it has, and at hyphens by the language's patterns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, TypeAlias

from octavo.fonts.characters import SOFT_HYPHEN
from octavo.fonts.setting import Setting
from octavo.fonts.words import Word
from octavo.typeset.breaking import Point
from octavo.typeset.hyphenation import WITHOUT_MARK, Hyphenator, bare
from octavo.typeset.inlines import Run

HYPHEN: Final = 50.0
NAME: Final = 200.0
"""Words with a capital may be names: they are hyphenated when little else helps."""
OWN_HYPHEN: Final = 50.0
COMPOUND: Final = 5000.0
"""The same where words are not divided: in titles, captions and tables."""
DASH: Final = 10.0
SLASH: Final = 60.0
ADDRESS: Final = 40.0
_ADDRESS: Final = re.compile(
    r"://|^www\.|^10\.\d{4,}/|^[^@]*+@.+\.|^(?=.{24})(?=[^/_.?&=]*+[/_.?&=])[\w.~/?#&=%+:;,-]++$"
)
# Not after a hyphen: a reader could not tell whether it is part of the address.
_ADDRESS_ENDS: Final = re.compile(r"(?<=[/?&=_.#%:~])(?=[^/?&=_.#%:~])")
_OWN: Final = re.compile(
    "(?<=[^\\W\\d_])(?:[-\u2010]|[\u2013\u2014]|/)(?=\\w)|\u2014(?=\\w)|(?<=\\w)\u2026(?=\\w)"
)
_LETTERS: Final = re.compile("[^\\W\\d_](?:[^\\W\\d_]|[\u00ad\u0300-\u036f])*")
_HYPHENS: Final = "-\u2010"
_AROUND: Final = ".,;:!?()[]{}'\"\u2018\u2019\u201c\u201d\u201e\u201a\u00ab\u00bb\u2026\u2013\u2014"

_SHORTEST: Final = 4

_Place: TypeAlias = tuple[int, float, float, float, bool]
"""Offset, width before it, width of the hyphen, penalty, and whether the line then ends in a hyphen."""


def plain_core(text: str) -> str:
    """Return the letters of a word with nothing but punctuation around them; nothing where it is none."""
    core = text.strip(_AROUND) if len(text) >= _SHORTEST else ""
    return core if core.isalpha() else ""


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
        cached = word.hyphen_points if hyphenates else word.plain_points
        if cached is not None and cached[0] == run.scale:
            return cached[1]
        found = _sized(self._found(word, run, hyphenates), run.scale)
        if hyphenates:
            word.hyphen_points = (run.scale, found)
        else:
            word.plain_points = (run.scale, found)
        return found

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

    def _found(self, word: Word, run: Run, hyphenates: bool) -> list[_Place]:
        text = word.text
        if len(text) < _SHORTEST or word.width == 0.0:
            return []
        core = plain_core(text)
        if core and not run.style.literal:
            return self._hyphens(word, core, run) if hyphenates else []
        places: dict[int, tuple[float, bool]] = {}
        if run.style.literal or is_address(text):
            places = {match.start(): (ADDRESS, False) for match in _ADDRESS_ENDS.finditer(text)}
            places.pop(0, None)
        else:
            for match in _OWN.finditer(text):
                places[match.end()] = (_own_penalty(match.group(), hyphenates), False)
            if SOFT_HYPHEN in text:
                for match in re.finditer(f"(?<=\\w){SOFT_HYPHEN}(?=\\w)", text):
                    places[match.end()] = (HYPHEN, True)
            elif hyphenates and not any(letter.isdigit() for letter in text):
                compound = HYPHEN if not places else NAME
                marked = bare(run.language) not in WITHOUT_MARK
                for match in _LETTERS.finditer(text):
                    penalty = (
                        NAME if match.group()[0].isupper() and match.start() + 1 < match.end() else compound
                    )
                    for at in self._hyphenator.positions(match.group(), run.language):
                        places.setdefault(match.start() + at, (penalty if marked else DASH, marked))
        ordered = [(at, penalty, hyphen) for at, (penalty, hyphen) in sorted(places.items())]
        return self._measured(text, ordered, run.setting)

    def _hyphens(self, word: Word, core: str, run: Run) -> list[_Place]:
        """Find hyphens in a plain word; widths are those of its letters, made to fit the width of the whole."""
        offsets = self._hyphenator.positions(core, run.language)
        if not offsets:
            return []
        setting = run.setting
        start = word.text.index(core)
        before = setting.letter_widths(word.text)
        fit = word.width / before[-1] if before[-1] else 0.0
        if bare(run.language) in WITHOUT_MARK:
            return [(start + at, before[start + at] * fit, 0.0, DASH, False) for at in offsets]
        hyphen = setting.hyphen_width
        penalty = NAME if core[0].isupper() else HYPHEN
        return [(start + at, before[start + at] * fit, hyphen, penalty, True) for at in offsets]

    def _measured(
        self, text: str, places: Sequence[tuple[int, float, bool]], setting: Setting
    ) -> list[_Place]:
        if not places:
            return []
        widths = setting.prefix_widths(text)
        hyphen = setting.hyphen_width
        return [
            (at, widths[at], hyphen if hyphenated else 0.0, penalty, hyphenated or text[at - 1] in _HYPHENS)
            for at, penalty, hyphenated in places
        ]


def _own_penalty(mark: str, hyphenates: bool) -> float:
    """Return the cost of a line's end behind a mark."""
    if mark == "/":
        return SLASH
    if mark in _HYPHENS:
        return OWN_HYPHEN if hyphenates else COMPOUND
    return DASH


def _sized(found: Sequence[_Place], scale: float) -> list[Point]:
    return [
        Point(at, before * scale, hyphen * scale, penalty, stacks)
        for at, before, hyphen, penalty, stacks in found
    ]
