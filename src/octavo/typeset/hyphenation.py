"""Hyphens by language; a language's patterns are loaded when its first word is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from octavo.diagnostics import Diagnostic, info
from octavo.typeset.patterns import Patterns, dictionary_name, read_dictionary

_WITHOUT: Final = "am ar as bn bo dz fa gu he hi ja kn ko ks ml mr ne or pa ps ta te ti ug ur vi yi zh"
WITHOUT_MARK: Final = frozenset({"th", "lo", "km", "my"})
"""Languages whose lines end within a row of words, or a word, without a mark."""
WITHOUT_HYPHENS: Final = frozenset(_WITHOUT.split()) | WITHOUT_MARK
"""Languages whose words are not parted by hyphens at a line's end, so that no patterns are missed."""


def bare(language: str) -> str:
    """Return a language without its script and region."""
    return language.partition("-")[0].lower()


class Hyphenator:
    """Finds hyphens in words of any language it has patterns for; each word once."""

    def __init__(self) -> None:
        self.diagnostics: dict[str, Diagnostic] = {}
        self._patterns: dict[str, Patterns | None] = {}
        self._positions: dict[tuple[str, str], Sequence[int]] = {}

    def positions(self, word: str, language: str) -> Sequence[int]:
        """Return the offsets in a word of letters before which a hyphen may stand."""
        key = (word, language)
        found = self._positions.get(key)
        if found is None:
            patterns = self._of(language)
            found = self._positions[key] = patterns.positions(word) if patterns is not None else ()
        return found

    def forget(self) -> None:
        """Forget the words."""
        self._positions.clear()

    def _of(self, language: str) -> Patterns | None:
        if language not in self._patterns:
            name = dictionary_name(language)
            data = read_dictionary(name) if name else None
            self._patterns[language] = Patterns(data) if data is not None else None
            if data is None and language and bare(language) not in WITHOUT_HYPHENS:
                self.diagnostics[language] = info(
                    "no-hyphenation",
                    f"there are no hyphenation patterns for the language `{language}`",
                    hint="its words are set whole",
                )
        return self._patterns[language]
