"""The fonts of the document's theme for complex scripts and for East Asia (ECMA-376-1, 20.1.4.1.16).

Word chooses a font by the writing that a letter belongs to. Where the theme's own family has none of such letters, the
family that lends them in print is the document's for that writing, as long as Word can hold it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

import msgspec

from octavo.errors import OctavoError
from octavo.fonts.lending import Lenders
from octavo.fonts.writing import COMPLEX, EAST_ASIAN, writing_of
from octavo.typeset.textstyle import TextStyle
from octavo.writers.docx.fonts_part import why_not
from octavo.writers.docx.runs import COMPLEX_LETTERS, EAST_ASIAN_LETTERS, RunStyler

_REGULAR: Final = 400
_BOLD: Final = 700
_BLOCK: Final = 0x80
"""The letters of a block of Unicode, about."""


class ThemeFont(msgspec.Struct, frozen=True):
    """A font of the document's theme: its families as Word names them; an empty one is for Word to choose."""

    latin: str
    east_asian: str
    complex: str


def theme_font(
    name: str, text: TextStyle, runs: RunStyler, lenders: Lenders, letters: frozenset[int]
) -> ThemeFont:
    """Return the font of a role, whose text has some letters; lenders are put among the faces to embed."""
    faces = runs.typefaces
    lent = _lent(text, lenders, letters)

    def family_for(writing: str, some: str, otherwise: str) -> str:
        if faces.writes(name, some) or writing not in lent:
            return name if faces.writes(name, some) else otherwise
        regular, _bold = (faces.of((lent[writing],), weight, False) for weight in (_REGULAR, _BOLD))
        return regular.name

    return ThemeFont(
        latin=name,
        east_asian=family_for(EAST_ASIAN, EAST_ASIAN_LETTERS, ""),
        complex=family_for(COMPLEX, COMPLEX_LETTERS, name),
    )


def with_scripts(letters: frozenset[int]) -> frozenset[int]:
    """Return some letters with all others of their complex scripts, so that an editor can go on typing."""
    blocks = {each // _BLOCK for each in letters if writing_of(chr(each)) == COMPLEX}
    return letters.union(*(range(block * _BLOCK, (block + 1) * _BLOCK) for block in blocks))


def _lent(text: TextStyle, lenders: Lenders, letters: Iterable[int]) -> dict[str, str]:
    """Return the family that lends most letters of each writing, of those that Word can hold.

    One that has less than half of them is none for that writing: fonts of symbols have some marks of many.
    """
    wanted = {letter: writing for each in letters if (writing := writing_of(letter := chr(each)))}
    if not wanted:
        return {}
    try:
        lent = lenders.lent(text.font, text.weight, text.italic, wanted)
    except OctavoError:
        return {}  # whoever embeds the font says why it cannot be had
    all_of = Counter(wanted.values())
    counts: dict[str, Counter[str]] = {writing: Counter() for writing in all_of}
    for face, shown in lent:
        if why_not(face.load()):
            continue
        for letter in shown & wanted.keys():
            counts[wanted[letter]][face.family] += 1
    most = {writing: found.most_common(1)[0] for writing, found in counts.items() if found}
    return {writing: family for writing, (family, count) in most.items() if 2 * count >= all_of[writing]}
