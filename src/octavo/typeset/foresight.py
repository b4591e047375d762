"""What can be known of the words of a text before it has been read: how they are shaped, and where hyphens may stand.

While somebody else reads a long source, its words are looked at as they stand there, the most frequent first. All that
comes of it is kept as it would be found later, so that pages do not tell whether it was done.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import msgspec

from octavo.fonts.book import FontBook
from octavo.fonts.features import TypeSpec
from octavo.fonts.shape import Shaper
from octavo.theme.style import StyleSheet
from octavo.tree.semantics import StyleKey
from octavo.typeset.hyphenation import Hyphenator
from octavo.typeset.patterns import dictionary_name
from octavo.typeset.points import plain_core
from octavo.typeset.textstyle import text_style, type_spec

_HEAD: Final = 4_000
_LANGUAGE: Final = re.compile(r"(?m)^lang(?:uage)?[ \t]*:[ \t]*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\b")
_FALLBACK: Final = "en"
_AT_A_TIME: Final = 100
"""Words between two looks at whether the time is up."""


class Foresight(msgspec.Struct, frozen=True):
    """What is known: by the way a text is set, words as HarfBuzz writes them; and a hyphenator that knows words."""

    rows: Mapping[TypeSpec, dict[str, str]]
    hyphenator: Hyphenator

    def forget(self) -> None:
        """Give back the memory, once the pages are set."""
        for row in self.rows.values():
            row.clear()
        self.hyphenator.forget()


def foresee(text: str, styles: StyleSheet, fonts: FontBook, until: Callable[[], bool]) -> Foresight:
    """Look at the words of a source until the time is up, or nothing is left."""
    found = _LANGUAGE.search(text, 0, _HEAD)
    language = found.group(1) if found else _FALLBACK
    spec = type_spec(text_style(styles.of(StyleKey.PARAGRAPH)), language)
    rows: dict[str, str] = {}
    hyphenator = Hyphenator()
    counted = Counter(text.split()).most_common()
    words = [word for word, _ in counted]
    repeated = sum(count > 1 for _, count in counted)
    steps = (
        _shaped(words, spec, Shaper(fonts), rows),
        _hyphenated(words[:repeated], language, hyphenator),
        # Of words that stand in a text but once, few come to a line's end.
        _hyphenated(words[repeated:], language, hyphenator),
    )
    for step in steps:
        for _ in step:
            if until():
                return Foresight({spec: rows}, hyphenator)
    return Foresight({spec: rows}, hyphenator)


def _shaped(words: list[str], spec: TypeSpec, shaper: Shaper, rows: dict[str, str]) -> Iterator[None]:
    """Shape words, some at each step."""
    setting = shaper.setting(spec)
    for at in range(0, len(words), _AT_A_TIME):
        rows.update(setting.written(words[at : at + _AT_A_TIME]))
        yield


def _hyphenated(words: list[str], language: str, hyphenator: Hyphenator) -> Iterator[None]:
    """Find hyphens, in some words at each step; where there are no patterns, that is not the time to say so."""
    if not dictionary_name(language):
        return
    for at, word in enumerate(words):
        core = plain_core(word)
        if core:
            hyphenator.positions(core, language)
        if at % _AT_A_TIME == 0:
            yield
