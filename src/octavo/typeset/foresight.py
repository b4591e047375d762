"""What can be known of the words of a text before it has been read: how they are shaped, and where hyphens may stand.

While somebody else reads a long source, its words are looked at as they stand there, the most frequent first. All that
comes of it is kept as it would be found later, so that pages do not tell whether it was done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from octavo.fonts.book import FontBook
from octavo.fonts.features import TypeSpec
from octavo.fonts.shape import Shaper
from octavo.theme.style import StyleSheet
from octavo.tree.semantics import StyleKey
from octavo.typeset.gleaning import AT_A_TIME, hyphenated, language_of, words_of
from octavo.typeset.hyphenation import Hyphenator
from octavo.typeset.textstyle import text_style, type_spec


class Foresight(msgspec.Struct, frozen=True):
    """What is known: by the way a text is set, words as HarfBuzz writes them; and a hyphenator that knows words.

    `gleaned` gives what somebody else has found meanwhile of words in the `language`, see `gleaning.hyphenated`.
    """

    rows: Mapping[TypeSpec, dict[str, str]]
    hyphenator: Hyphenator
    language: str = ""
    gleaned: Callable[[], Iterable[bytes]] = tuple

    def complete(self) -> None:
        """Take over what somebody else has found by now."""
        for piece in self.gleaned():
            self.hyphenator.learn(msgspec.msgpack.decode(piece, type=dict[str, list[int]]), self.language)

    def forget(self) -> None:
        """Give back the memory, once the pages are set."""
        for row in self.rows.values():
            row.clear()
        self.hyphenator.forget()


def foresee(text: str, styles: StyleSheet, fonts: FontBook, until: Callable[[], bool]) -> Foresight:
    """Look at the words of a source until the time is up, or nothing is left."""
    language = language_of(text)
    spec = type_spec(text_style(styles.of(StyleKey.PARAGRAPH)), language)
    rows: dict[str, str] = {}
    hyphenator = Hyphenator()
    words, repeated = words_of(text)
    steps = (
        _shaped(words, spec, Shaper(fonts), rows),
        hyphenated(words[:repeated], language, hyphenator),
        # Of words that stand in a text but once, few come to a line's end.
        hyphenated(words[repeated:], language, hyphenator),
    )
    for step in steps:
        for _ in step:
            if until():
                return Foresight({spec: rows}, hyphenator, language)
    return Foresight({spec: rows}, hyphenator, language)


def _shaped(words: list[str], spec: TypeSpec, shaper: Shaper, rows: dict[str, str]) -> Iterator[None]:
    """Shape words, some at each step."""
    setting = shaper.setting(spec)
    for at in range(0, len(words), AT_A_TIME):
        rows.update(setting.written(words[at : at + AT_A_TIME]))
        yield
