"""Hyphens by language, from pyphen's dictionaries; a dictionary is loaded when its first word is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from octavo.diagnostics import Diagnostic, info

_PREFERRED: Final = {
    "en": "en_US",
    "de": "de_DE",
    "pt": "pt_PT",
    "no": "nb_NO",
    "sr": "sr",
    "zh": "",
    "ja": "",
    "ko": "",
}
_LEAST_BEFORE: Final = 2
_LEAST_AFTER: Final = 3


class Hyphenator:
    """Finds hyphens in words of any language it has patterns for."""

    def __init__(self) -> None:
        self.diagnostics: dict[str, Diagnostic] = {}
        self._dictionaries: dict[str, Any] = {}
        self._positions: dict[tuple[str, str], Sequence[int]] = {}

    def positions(self, word: str, language: str) -> Sequence[int]:
        """Return the offsets in a word of letters before which a hyphen may stand."""
        if len(word) < _LEAST_BEFORE + _LEAST_AFTER:
            return ()
        found = self._positions.get((word, language))
        if found is None:
            dictionary = self._dictionary(language)
            places = dictionary.positions(word) if dictionary is not None else ()
            latest = len(word) - _LEAST_AFTER
            found = self._positions[word, language] = [
                int(at) for at in places if _LEAST_BEFORE <= at <= latest
            ]
        return found

    def _dictionary(self, language: str) -> Any:
        if language not in self._dictionaries:
            import pyphen

            name = dictionary_name(language, frozenset(pyphen.LANGUAGES))
            self._dictionaries[language] = pyphen.Pyphen(lang=name) if name else None
            if not name and language:
                self.diagnostics[language] = info(
                    "no-hyphenation",
                    f"there are no hyphenation patterns for the language `{language}`",
                    hint="its words are set whole",
                )
        return self._dictionaries[language]


def dictionary_name(language: str, known: frozenset[str]) -> str:
    """Return pyphen's name of the dictionary for a BCP 47 tag: the nearest there is, empty for none."""
    parts = language.replace("_", "-").split("-")
    primary = parts[0].lower()
    for subtag in parts[1:]:
        name = f"{primary}_{subtag.title() if len(subtag) == 4 else subtag.upper()}"
        if name in known:
            return name
    preferred = _PREFERRED.get(primary, primary)
    if preferred in known:
        return preferred
    return next((name for name in sorted(known) if name.startswith(f"{primary}_")), "") if primary else ""
