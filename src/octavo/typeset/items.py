"""From stretches of text to the words and spaces that lines are broken between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import add
from typing import Final

from octavo.diagnostics import Position
from octavo.fonts.characters import printable
from octavo.fonts.setting import Setting
from octavo.fonts.words import Word
from octavo.typeset.breaking import FORBIDDEN
from octavo.typeset.formula_word import FormulaWord
from octavo.typeset.frames import Picture
from octavo.typeset.inlines import Run, Stretch

_SPACES: Final = re.compile(" +")
_SPACE: Final = re.compile("[\t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_MAY_BE_ODD: Final = re.compile("  |[\u00a0\u2000-\u200b\u205f]|[^\x00-\u2dff]")
# It stays text until it is needed: most text is plain, and the pattern takes milliseconds to compile.
_ODD: Final = (
    "  |[\u00a0\u200b\u2000-\u200a\u205f"
    "\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U0001f000-\U0003ffff]"
)
_IDEOGRAPH: Final = (
    "\u2e80-\u2fff\u3040-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff10-\uffef\U00020000-\U0003ffff"
)
_CLOSING: Final = (
    "\u3001-\u3003\u3005\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3019\u301c\u309b-\u309e\u30fb-\u30fe"
    "\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d\uff60\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087"
    "\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7!),.:;?\\]}\u00bb\u2019\u201d\u2026%"
)
_WIDE_OPENING: Final = "\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301d\uff08\uff3b\uff5b\uff5f"
_OPENING: Final = _WIDE_OPENING + "(\\[{\u00ab\u2018\u201c"
# These two stay text until they are needed: it takes milliseconds to compile them.
_IDEOGRAPHS: Final = f"[{_IDEOGRAPH}]"
_PIECES: Final = (
    f"[{_OPENING}]*[{_IDEOGRAPH}](?:[{_CLOSING}]+|[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f])*"
    f"|[{_WIDE_OPENING}]+"
    f"|[^{_IDEOGRAPH}{_WIDE_OPENING}\u00a0\u200b\u2000-\u2006\u2008-\u200a\u205f]+"
    "|[\u00a0\u200b\u2000-\u2006\u2008-\u200a\u205f]"
)
LEFTWARDS: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""The blocks of all scripts that are written from right to left (Unicode, UAX 9, default Bidi_Class R and AL)."""
_NO_BREAK_SPACE: Final = "\u00a0"
_WITHIN_FORMULA: Final = 300.0
"""The cost of a line that ends within a formula."""
_INVISIBLE_BREAK: Final = "\u200b"
_OBJECT: Final = "\ufffc"


class Items:
    """The words of a paragraph up to a forced break, side by side with what follows each.

    `gap_runs[n]` is the run of the space after word n, None where there is none; `penalties[n]` the cost of ending a
    line there; `offsets[n]` where the word begins in the block's plain text. Notes, anchors and pictures stand at the
    word they belong to.
    """

    __slots__ = (
        "anchors", "formulas", "from_the_right", "gap_levels", "gap_runs", "gaps", "hard", "leftwards", "levels",
        "notes", "odd", "offsets", "penalties", "pictures", "positions", "rows", "runs", "uniform", "widths", "words",
    )  # fmt: skip

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.runs: list[Run] = []
        self.gap_runs: list[Run | None] = []
        self.penalties: list[float] = []
        self.offsets: list[int] = []
        self.notes: list[tuple[int, int]] = []
        self.anchors: list[tuple[int, int]] = []
        self.pictures: dict[int, Picture] = {}
        self.positions: list[tuple[int, Position | None]] = []
        self.hard: set[int] = set()
        """Words after which the space is a no-break space."""
        self.rows: list[int] = []
        """The words that begin a row of words in one run with a plain space of that run between any two."""
        self.leftwards = False
        """Some word may be read from right to left."""
        self.levels: list[int] = []
        self.gap_levels: list[int] = []
        """The level of each word and of the space after it, where some run to the left; see `bidi`."""
        self.from_the_right = False
        """The paragraph begins at the right."""
        self.odd = False
        """Some word is not followed by a plain space."""
        self.uniform = False
        """All words stand in one run, and none is a picture or a formula."""
        self.formulas = False
        """Some word is a formula."""
        self.widths: list[float] = []
        self.gaps: list[float] = []
        """The widths of all words, and of the spaces after them (0: none), in points; see `measure`."""

    def measure(self) -> None:
        """Fill in the widths of words and spaces."""
        words, runs = self.words, self.runs
        if self.uniform:
            scale = runs[0].scale
            self.widths = [word.width * scale for word in words]
        else:
            self.widths = [word.width * run.scale for word, run in zip(words, runs, strict=True)]
        if self.uniform and not self.odd:
            self.gaps = [runs[0].space] * len(words)
            self.gaps[-1] = 0.0
        else:
            self.gaps = [0.0 if gap is None else gap.space for gap in self.gap_runs]

    def position(self, item: int) -> Position | None:
        """Return where in the source a word stands, as nearly as is known."""
        found = None
        for first, position in self.positions:
            if first > item:
                break
            found = position or found
        return found


def gather(stretches: Sequence[Stretch]) -> list[Items]:
    """Return the words of a paragraph, a batch for each forced break; empty batches are empty lines."""
    _learn(stretches)
    batches = [Items()]
    for stretch in stretches:
        items = batches[-1]
        if stretch.breaks:
            batches.append(Items())
            batches[-1].anchors.extend((0, key) for at, key in items.anchors if at >= len(items.words))
            continue
        items.positions.append((len(items.words), stretch.position))
        if stretch.anchor:
            items.anchors.append((len(items.words), stretch.anchor))
        stretch.run.setting.shaper.position = stretch.position
        if stretch.picture is not None:
            _add_picture(items, stretch, stretch.picture)
        elif stretch.formula:
            _add_formula(items, stretch, stretch.formula)
        elif stretch.text:
            _hold_closing(items, stretch)
            if stretch.note:
                items.notes.append((len(items.words), stretch.note))
            _add_text(items, stretch)
    if len(batches) > 1 and not batches[-1].words:
        batches.pop()
    for items in batches:
        _close(items)
    return batches


def _learn(stretches: Sequence[Stretch]) -> None:
    """Shape the words of a paragraph, those of all stretches in one setting together."""
    rows: dict[int, tuple[Setting, list[str]]] = {}
    for stretch in stretches:
        if stretch.text:
            setting = stretch.run.setting
            known = rows.get(id(setting))
            if known is None:
                rows[id(setting)] = (setting, stretch.text.split(" "))
            else:
                known[1].extend(stretch.text.split(" "))
    for setting, words in rows.values():
        if len(words) > 1:
            setting.learn(words)


def side_by_side(pieces: Iterable[tuple[str, Run]]) -> Items:
    """Return pieces of text with nothing between them, each a word."""
    items = Items()
    for text, run in pieces:
        _join(items, run.setting.words[text], run, 0)
    _close(items)
    items.odd = True
    return items


def _add_text(items: Items, stretch: Stretch) -> None:
    text, run = stretch.text, stretch.run
    if not text.isprintable():
        text = printable(_SPACE.sub(" ", text))
    if run.style.literal:
        _add_literal(items, stretch, text)
        return
    if _MAY_BE_ODD.search(text) and re.search(_ODD, text):
        _add_odd(items, stretch, text)
        return
    pieces = text.split(" ")
    offset = stretch.offset
    if not pieces[0]:
        _space(items, run)
        offset += 1
        del pieces[0]
    ends_open = not pieces[-1] if pieces else False
    if ends_open:
        pieces.pop()
    count = len(pieces)
    if not count:
        return
    if not text.isascii() and LEFTWARDS.search(text):
        items.leftwards = True
    get = run.setting.words.__getitem__
    items.rows.append(len(items.words))
    items.words.extend(map(get, pieces))
    items.runs.extend([run] * count)
    items.gap_runs.extend([run] * count)
    items.penalties.extend([0.0] * count)
    lengths = list(map(len, pieces))
    lengths.pop()
    items.offsets.extend(map(add, accumulate(lengths, initial=offset), range(count)))
    if not ends_open:
        items.gap_runs[-1] = None
        items.penalties[-1] = FORBIDDEN


def _add_odd(items: Items, stretch: Stretch, text: str) -> None:
    """Add text with white space other than single spaces, no-break spaces, or writing without spaces."""
    run = stretch.run
    words = run.setting.words
    pieces, ideograph = re.compile(_PIECES), re.compile(_IDEOGRAPHS)
    place = 0
    while place < len(text):
        space = _SPACES.match(text, place)
        if space:
            _space(items, run)
            place = space.end()
            continue
        end = _SPACES.search(text, place)
        stop = end.start() if end else len(text)
        for piece in pieces.finditer(text, place, stop):
            said = piece.group()
            if said == _NO_BREAK_SPACE:
                _no_break_space(items, run)
            elif said == _INVISIBLE_BREAK:
                _allow_break(items)
            elif said.isspace() and items.words:
                _join(items, words[said], run, stretch.offset + piece.start())
                _allow_break(items)
            else:
                ideographs = ideograph.search(said)
                if ideographs and not _ends_open(items):
                    _allow_break(items)
                _join(items, words[said], run, stretch.offset + piece.start())
                if ideographs:
                    _allow_break(items)
        place = stop


def _add_literal(items: Items, stretch: Stretch, text: str) -> None:
    """Add code: every space counts."""
    run = stretch.run
    offset = stretch.offset
    for at, piece in enumerate(text.split(" ")):
        if at:
            if not items.words or items.gap_runs[-1] is not None:
                _join(items, run.setting.words[""], run, offset)
            _space(items, run)
            offset += 1
        if piece:
            _join(items, run.setting.words[piece], run, offset)
        offset += len(piece)


def _add_picture(items: Items, stretch: Stretch, picture: Picture) -> None:
    _allow_break(items)
    items.pictures[len(items.words)] = picture
    word = Word(_OBJECT, None, picture.width / stretch.run.scale if stretch.run.scale else 0.0)
    _join(items, word, stretch.run, stretch.offset)
    _allow_break(items)


def _add_formula(items: Items, stretch: Stretch, words: tuple[FormulaWord, ...]) -> None:
    """Add a formula; between the pieces of a long one a line may end, but rather elsewhere."""
    items.formulas = True
    for at, word in enumerate(words):
        if at:
            items.penalties[-1] = _WITHIN_FORMULA
        _join(items, word, stretch.run, stretch.offset)


def _join(items: Items, word: Word, run: Run, offset: int) -> None:
    if not word.text.isascii() and LEFTWARDS.search(word.text):
        items.leftwards = True
    items.rows.append(len(items.words))
    items.words.append(word)
    items.runs.append(run)
    items.gap_runs.append(None)
    items.penalties.append(FORBIDDEN)
    items.offsets.append(offset)


def _space(items: Items, run: Run) -> None:
    if items.words and items.gap_runs[-1] is None:
        items.gap_runs[-1] = run
        items.penalties[-1] = 0.0


def _no_break_space(items: Items, run: Run) -> None:
    if not items.words or items.gap_runs[-1] is not None:
        _join(items, run.setting.words[""], run, items.offsets[-1] if items.offsets else 0)
    items.gap_runs[-1] = run
    items.penalties[-1] = FORBIDDEN
    items.hard.add(len(items.words) - 1)


def _allow_break(items: Items) -> None:
    if items.words and items.penalties[-1] >= FORBIDDEN and len(items.words) - 1 not in items.hard:
        items.penalties[-1] = 0.0


def _ends_open(items: Items) -> bool:
    """Say whether the text so far ends with a mark that no line may end with."""
    last = items.words[-1].text[-1:] if items.words and items.gap_runs[-1] is None else ""
    return bool(last) and re.match(f"[{_OPENING}]", last) is not None


def _hold_closing(items: Items, stretch: Stretch) -> None:
    """Let no line begin with a note's mark, or a mark that closes, that comes in another setting than what it follows.

    Unicode Standard Annex 14, LB13 and LB9.
    """
    if (
        items.words
        and items.penalties[-1] == 0.0
        and items.gap_runs[-1] is None
        and (stretch.note or re.match(f"[{_CLOSING}]", stretch.text))
    ):
        items.penalties[-1] = FORBIDDEN


def _close(items: Items) -> None:
    """Nothing follows the last word."""
    if not items.words:
        return
    items.gap_runs[-1] = None
    items.penalties[-1] = 0.0
    items.hard.discard(len(items.words) - 1)
    items.odd = None in items.gap_runs[:-1] or bool(items.hard)
    plain = not items.pictures and not items.formulas
    items.uniform = plain and items.runs.count(items.runs[0]) == len(items.runs)
