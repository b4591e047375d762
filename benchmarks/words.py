"""A made-up language with the statistics of English prose, so that no cache is flattered by text that repeats itself.

Half of the words are the short words of grammar; the others are drawn from 40,000 made-up words whose frequencies
fall with their rank (Zipf). 100,000 words of text hold some 10,000 different ones, of five letters on average, as an
English book does. Everything is drawn from one seed: the same call gives the same text on every machine.
"""

from __future__ import annotations

import bisect
import itertools
import random

_GRAMMAR = (
    ("the", 60), ("of", 31), ("and", 28), ("to", 26), ("a", 22), ("in", 20), ("that", 11), ("is", 11), ("was", 10),
    ("it", 9), ("for", 9), ("as", 7), ("with", 7), ("on", 7), ("be", 6), ("by", 6), ("at", 5), ("this", 5),
    ("had", 5), ("not", 5), ("are", 4), ("but", 4), ("from", 4), ("or", 4), ("have", 4), ("an", 4), ("they", 4),
    ("which", 4), ("one", 3), ("were", 3), ("her", 3), ("all", 3), ("she", 3), ("there", 3), ("would", 3),
    ("their", 3), ("we", 3), ("him", 3), ("been", 3), ("has", 3), ("when", 2), ("who", 2), ("will", 2), ("more", 2),
    ("no", 2), ("if", 2), ("out", 2), ("so", 2), ("what", 2), ("up", 2), ("its", 2), ("about", 2), ("into", 2),
    ("than", 2), ("them", 2), ("can", 2), ("only", 2), ("other", 2), ("new", 1), ("some", 1), ("could", 1),
    ("time", 1), ("these", 1), ("two", 1), ("may", 1), ("then", 1), ("do", 1), ("first", 1), ("any", 1), ("my", 1),
    ("now", 1), ("such", 1), ("like", 1), ("our", 1), ("over", 1), ("me", 1), ("even", 1), ("most", 1), ("made", 1),
    ("after", 1), ("also", 1), ("did", 1), ("many", 1), ("before", 1), ("must", 1), ("through", 1), ("back", 1),
)  # fmt: skip
_ONSETS = ("b", "br", "d", "dr", "f", "fl", "g", "gr", "h", "k", "l", "m", "n", "p", "pl", "pr", "r", "s", "sl",
    "sp", "st", "t", "th", "tr", "v", "w", "", "")  # fmt: skip
_VOWELS = ("a", "e", "i", "o", "u", "a", "e", "i", "o", "ea", "ai")
_CODAS = ("", "", "", "", "l", "n", "r", "m", "nd", "rn", "lm", "st")
_ENDINGS = (
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "s",
    "s",
    "s",
    "ed",
    "ed",
    "ing",
    "er",
    "ly",
    "ment",
    "tion",
    "al",
    "able",
)
_COINED = 40_000
_GRAMMAR_SHARE = 0.5
_FALL = 1.18
"""The exponent with which a word's frequency falls with its rank."""


class Tongue:
    """A source of words, sentences and paragraphs; `seed` decides all of them."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self._grammar = [word for word, _ in _GRAMMAR]
        self._grammar_weights = list(itertools.accumulate(weight for _, weight in _GRAMMAR))
        self._lexicon = self._coined()
        self._lexicon_weights = list(
            itertools.accumulate(1 / (rank + 12) ** _FALL for rank in range(_COINED))
        )

    def _coined(self) -> list[str]:
        """Return different words, the short ones first, as frequent words are short."""
        found: dict[str, None] = {}
        while len(found) < _COINED:
            syllables = 1 + (len(found) > 400) + (self.chance.random() < len(found) / _COINED)
            stem = "".join(self._syllable() for _ in range(syllables))
            found[stem + self.chance.choice(_ENDINGS)] = None
        return list(found)

    def _syllable(self) -> str:
        return self.chance.choice(_ONSETS) + self.chance.choice(_VOWELS) + self.chance.choice(_CODAS)

    def word(self) -> str:
        """Return a word."""
        if self.chance.random() < _GRAMMAR_SHARE:
            return self._drawn(self._grammar, self._grammar_weights)
        return self._drawn(self._lexicon, self._lexicon_weights)

    def _drawn(self, words: list[str], weights: list[float] | list[int]) -> str:
        return words[bisect.bisect(weights, self.chance.random() * weights[-1])]

    def words(self, count: int) -> list[str]:
        """Return some words."""
        return [self.word() for _ in range(count)]

    def title(self, count: int) -> str:
        """Return some words as a title."""
        return " ".join(self.words(count)).capitalize()

    def sentence(self) -> list[str]:
        """Return the words of a sentence of 6 to 34 words, with its stops."""
        words = self.words(max(6, min(34, round(self.chance.gauss(19, 7)))))
        words[0] = words[0].capitalize()
        for at in range(5, len(words) - 2, 7):
            if self.chance.random() < 0.6:
                words[at] += ","
        words[-1] += self.chance.choice((".", ".", ".", ".", ".", ".", "?", "!"))
        return words
