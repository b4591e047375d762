"""What the words of a source tell before they are set: their language, which are frequent, and where hyphens may stand.

It needs neither fonts nor a theme, so that who has read a source can go on with it while others make ready to set it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from octavo.typeset.hyphenation import Hyphenator, plain_core
from octavo.typeset.patterns import dictionary_name

AT_A_TIME: Final = 100
"""Words that are looked at together."""
_HEAD: Final = 4_000
_LANGUAGE: Final = re.compile(r"(?m)^lang(?:uage)?[ \t]*:[ \t]*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\b")
_FALLBACK: Final = "en"


def language_of(text: str) -> str:
    """Return the language that the head of a source names, as far as that can be told at a glance."""
    found = _LANGUAGE.search(text, 0, _HEAD)
    return found.group(1) if found else _FALLBACK


def words_of(text: str) -> tuple[list[str], int]:
    """Return the words of a source, the most frequent first, and how many of them stand in it more than once."""
    counted = Counter(text.split()).most_common()
    return [word for word, _ in counted], sum(count > 1 for _, count in counted)


def hyphenated(
    words: Sequence[str], language: str, hyphenator: Hyphenator
) -> Iterator[dict[str, Sequence[int]]]:
    """Yield where hyphens may stand, in some words at each step; where there are no patterns, that is not the time to
    say so."""
    if not dictionary_name(language):
        return
    for at in range(0, len(words), AT_A_TIME):
        cores = filter(None, map(plain_core, words[at : at + AT_A_TIME]))
        yield {core: hyphenator.positions(core, language) for core in cores}
