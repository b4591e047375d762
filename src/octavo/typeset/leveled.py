"""The words of a paragraph of which some are read from right to left, parted so that each runs one way, with their
levels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from octavo.fonts.characters import reads_leftwards
from octavo.fonts.words import Word
from octavo.tree.direction import is_right_to_left
from octavo.typeset.bidi import BRACKETS, MIRRORED, OBJECT, levels
from octavo.typeset.breaking import FORBIDDEN
from octavo.typeset.formula_word import FormulaWord
from octavo.typeset.inlines import Run, Stretch
from octavo.typeset.items import Items, gather

_LETTERS: Final = frozenset({"R", "AL"})
_CLINGING: Final = frozenset({"NSM", "BN"})
_FIRST, _LAST = "\u0590", "\u08ff"
"""The blocks of scripts that run to the left, whose signs of punctuation are in the fonts of their letters."""
_IN_BLOCKS: Final = re.compile(f"[{_FIRST}-{_LAST}]").match

_Piece = tuple[str, int]
"""Text that runs one way, and its level."""


def gathered(stretches: Sequence[Stretch], base: Run) -> list[Items]:
    """Return the words of a paragraph, a batch for each forced break, with their levels where some are read from right
    to left. One whose language is not begins at the right, too, if its first letter does."""
    batches = gather(stretches)
    if is_right_to_left(base.language):
        return [leveled(items, 1, base.language) for items in batches]
    return [
        leveled(items, int(_begins_leftwards(items)), base.language) if items.leftwards else items
        for items in batches
    ]


def _begins_leftwards(items: Items) -> bool:
    first = next((word.text for word in items.words if any(map(str.isalpha, word.text))), "")
    return reads_leftwards(first)


def leveled(items: Items, base: int, language: str = "") -> Items:
    """Return the words of a paragraph of the level `base` (1: from right to left, 0: from left to right) with their
    levels; one that runs both ways becomes several, which nothing parts. What names a language that is written from
    left to right, and is not the paragraph's, is set apart."""
    found = _levels(items, base, language)
    made = Items()
    made.from_the_right = bool(base)
    begins: list[int] = []
    for at, word in enumerate(items.words):
        begins.append(len(made.words))
        own, gap = found[2 * at : 2 * at + 2]
        run, offset = items.runs[at], items.offsets[at]
        whole = _is_whole(items, at) or _runs_one_way(word.text, own)
        for piece, level in [(word.text, own[0])] if whole else _pieces(word.text, own):
            made.words.append(word if whole else _word(piece, level, run))
            made.runs.append(run)
            made.gap_runs.append(None)
            made.penalties.append(FORBIDDEN)
            made.offsets.append(offset)
            made.levels.append(level)
            made.gap_levels.append(level)
            offset += len(piece)
        made.gap_runs[-1] = items.gap_runs[at]
        made.penalties[-1] = items.penalties[at]
        made.gap_levels[-1] = gap[0] if gap else made.levels[-1]
    begins.append(len(made.words))
    _move_marks(items, made, begins)
    return made


def _is_whole(items: Items, at: int) -> bool:
    """Say whether an item is never parted: a picture, a formula, nothing at all."""
    return at in items.pictures or isinstance(items.words[at], FormulaWord) or not items.words[at].text


def _runs_one_way(text: str, found: Sequence[int]) -> bool:
    """Say whether a word is of one level, and of letters alone where that runs to the left."""
    if found.count(found[0]) < len(found):
        return False
    return found[0] % 2 == 0 or all(map(_IN_BLOCKS, text))


def _move_marks(items: Items, made: Items, begins: Sequence[int]) -> None:
    made.notes = [(begins[at], key) for at, key in items.notes]
    made.anchors = [(begins[at], key) for at, key in items.anchors]
    made.positions = [(begins[at], position) for at, position in items.positions]
    made.pictures = {begins[at]: picture for at, picture in items.pictures.items()}
    made.hard = {begins[at + 1] - 1 for at in items.hard}
    made.rows = list(range(len(made.words)))
    made.leftwards = made.odd = True
    made.uniform, made.formulas = items.uniform, items.formulas


def _levels(items: Items, base: int, language: str) -> list[list[int]]:
    """Return the levels of the characters of every word, and of the space behind it, by turns."""
    texts: list[tuple[str, object]] = []
    for at, word in enumerate(items.words):
        run, gap = items.runs[at], items.gap_runs[at]
        formula = isinstance(word, FormulaWord)
        key = ("formula", run.owner) if formula else _apart(run, language)
        texts.append((OBJECT if formula or at in items.pictures else word.text or OBJECT, key))
        space = "\N{NO-BREAK SPACE}" if at in items.hard else " "
        texts.append((space, _apart(gap, language)) if gap is not None else ("", key))
    groups = [(key, [text for text, _ in group]) for key, group in groupby(texts, key=itemgetter(1))]
    outer = iter(levels("".join(OBJECT if key else "".join(group) for key, group in groups), base))
    found: list[list[int]] = []
    for key, group in groups:
        if key:
            next(outer)
        inner = iter(levels("".join(group), 2 * base)) if key else outer
        found += [[next(inner) for _ in text] for text in group]
    return found


def _apart(run: Run, language: str) -> object:
    """Return what tells text that is set apart from its surroundings, None where it is not: code, and what names
    another language that is written from left to right."""
    if run.style.literal:
        return ("code", run.owner)
    return run.language if run.language != language and not is_right_to_left(run.language) else None


def _pieces(text: str, found: Sequence[int]) -> list[_Piece]:
    """Part a word where its direction changes; signs that run to the left stand alone, for fonts know them only to the
    right."""
    pieces: list[_Piece] = []
    last = ""
    for character, level in zip(text, found, strict=True):
        kind = unicodedata.bidirectional(character)
        one = "letter" if level % 2 == 0 or kind in _LETTERS or _FIRST <= character <= _LAST else character
        joins = bool(pieces) and pieces[-1][1] == level
        if joins and (kind in _CLINGING or (one == last and one not in MIRRORED)):
            pieces[-1] = (pieces[-1][0] + character, level)
            continue
        pieces.append((character, level))
        last = one
    return _with_brackets(pieces)


def _with_brackets(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Let brackets around what runs to the right run with it: they look the same, and are one word to programs that go
    by where letters stand."""
    found: list[_Piece] = []
    for text, level in pieces:
        found.append((text, level))
        if level % 2 == 0 or len(found) < 3:
            continue
        (opening, outer), (inner, deeper), _ = found[-3:]
        if BRACKETS.get(opening) == text and outer == level and deeper == level + 1:
            found[-3:] = [(opening + inner + text, deeper)]
    return found


def _word(text: str, level: int, run: Run) -> Word:
    if level % 2 and text in MIRRORED:
        return run.setting.mirrored(text, MIRRORED[text])
    return run.setting.words[text]
