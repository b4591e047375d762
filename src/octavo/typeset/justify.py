"""From the words of one line to its frame: spaces stretched or shrunk, runs painted, rules and links placed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

import msgspec

from octavo.fonts.setting import Setting
from octavo.fonts.words import Word, number
from octavo.typeset.bidi import visual_order
from octavo.typeset.breaking import Break
from octavo.typeset.decorations import Rule, Segment, decorations
from octavo.typeset.formula_word import FormulaWord
from octavo.typeset.frames import GlyphRun
from octavo.typeset.inlines import Run
from octavo.typeset.items import Items
from octavo.typeset.line import InlinePicture, LinkSpan

_NO_BREAK_SPACE = "\u00a0"
_TOUCHING: Final = 1e-6
_CODES: Final = re.compile("<([0-9A-F]*)>")


class Spacing(msgspec.Struct, frozen=True, kw_only=True):
    """How a line fills its measure: `fills` stretches its spaces up to `most` times their width, and any line may
    shrink them to `least`. Where they are wider than `good` or can shrink no further, letters are moved apart or closer
    by up to so many ems."""

    fills: bool
    least: float
    most: float
    good: float = 1.0
    closest: float = 0.0
    widest: float = 0.0

    def keeps(self, extra: float, room: float) -> bool:
        """Say whether a line is well filled by its spaces alone: they are so much wider, and so much room is left."""
        if room < 0:
            return not self.closest
        return not self.widest or not self.fills or (not room and extra <= self.good - 1)


class Painted(msgspec.Struct, frozen=True, kw_only=True):
    """A line painted from x = 0: `width` without what hangs over at the end, `room` what is left of the measure
    (negative: it sticks out)."""

    runs: tuple[GlyphRun, ...]
    rules: tuple[Rule, ...]
    links: tuple[LinkSpan, ...]
    pictures: tuple[InlinePicture, ...]
    width: float
    room: float


def line_words(items: Items, first: int, offset: int, end: Break) -> list[Word]:
    """Return the words of a line, the first and the last one cut where the line begins and ends within them."""
    words = items.words[first : end.item + 1]
    if offset:
        text = words[0].text
        setting = items.runs[first].setting
        if end.item == first and end.offset:
            piece = text[offset : end.offset]
            return [setting.fragment(piece, end.hyphen)]
        words[0] = setting.words[text[offset:]]
    if end.offset:
        piece = words[-1].text[: end.offset]
        setting = items.runs[end.item].setting
        words[-1] = setting.fragment(piece, end.hyphen)
    return words


def paint_line(
    items: Items, words: Sequence[Word], first: int, end: Break, measure: float, spacing: Spacing
) -> Painted:
    """Paint the words of a line, from item `first` to `end`, into a measure that already counts what hangs."""
    run = items.runs[first]
    contents = [word.content for word in words]
    if items.odd or None in contents or not items.uniform:
        return _Painter(items, words, first, end, measure, spacing).painted()
    count = len(words) - 1
    width = run.scale * sum([word.width for word in words]) + count * run.space
    extra, room = _extra(measure - width, count * run.space, spacing)
    spread = 0.0
    if not spacing.keeps(extra, room):
        letters = (sum(map(_codes, contents)) + count - 1) * run.style.size  # type: ignore[arg-type]
        extra, spread, room = _spread(measure - width, count * run.space, letters, spacing)
        width += spread * letters
    setting = run.setting
    code = setting.code(" ")
    gap = extra * setting.space.width + setting.spec.tracking
    separator = f"{code}{number(-gap)}" if abs(gap) >= 0.05 else code
    content = separator.join(contents)  # type: ignore[arg-type]
    if not end.offset:
        content += code
    width += extra * count * run.space
    style = run.style
    glyphs = GlyphRun(
        0.0, style.rise, width, setting.primary.index, style.size, style.color, content, run.owner, run.spoken
    )
    if spread:
        glyphs = msgspec.structs.replace(glyphs, spread=spread * style.size)
    rules, links = ((), ()) if run.bare else decorations([Segment(run, 0.0, width)])
    return Painted(runs=(glyphs,), rules=rules, links=links, pictures=(), width=width, room=room)


def _extra(room: float, spaces: float, spacing: Spacing) -> tuple[float, float]:
    """Return the share of their width that spaces gain or lose, and the room that is left then."""
    if spaces <= 0 or (room > 0 and not spacing.fills):
        return 0.0, room
    extra = max(room / spaces, spacing.least - 1)
    if extra > spacing.most - 1:
        return 0.0, room
    left = room - extra * spaces
    return extra, left if abs(left) > 1e-6 else 0.0


def _spread(room: float, spaces: float, letters: float, spacing: Spacing) -> tuple[float, float, float]:
    """Return what spaces gain or lose as a share of their width, what is put between letters in ems, and the room that
    is left then. `letters` is how many points one em between them takes."""
    if letters <= 0:
        extra, left = _extra(room, spaces, spacing)
        return extra, 0.0, left
    if room < 0:
        left = room + (1 - spacing.least) * spaces
        between = max(left / letters, spacing.closest)
        left -= between * letters
        return spacing.least - 1, between, left if abs(left) > 1e-6 else 0.0
    good = max(0.0, spacing.good - 1) * spaces
    between = min((room - good) / letters, spacing.widest)
    extra, left = _extra(room - between * letters, spaces, spacing)
    return (extra, 0.0, room) if spaces > 0 and left > 0 else (extra, between, left)


def _codes(content: str) -> int:
    """Return how many codes of two bytes there are in content."""
    return sum(map(len, _CODES.findall(content))) // 4


class _Painter:
    """Paints a line of several runs, fonts or kinds of space."""

    def __init__(
        self, items: Items, words: Sequence[Word], first: int, end: Break, measure: float, spacing: Spacing
    ) -> None:
        self.items = items
        self.words = words
        self.first = first
        self.end = end
        self.glyphs: list[GlyphRun] = []
        self.segments: list[Segment] = []
        self.pictures: list[InlinePicture] = []
        self.bars: list[Rule] = []
        self.x = 0.0
        self.open: list[str] = []
        self.begin = 0.0
        self.run: Run | None = None
        self.spaces: dict[tuple[Setting, str], str] = {}
        runs = items.runs
        last = first + len(words) - 1
        if items.widths:
            # Those of whole words; what is broken off at either end is measured by itself.
            widths = items.widths[first : last + 1]
            widths[0] = words[0].width * runs[first].scale
            widths[-1] = words[-1].width * runs[last].scale
            spaces = sum(items.gaps[first:last])
        else:
            widths = [word.width * runs[at].scale for at, word in enumerate(words, first)]
            spaces = sum(gap.space for gap in items.gap_runs[first:last] if gap is not None)
        room = measure - sum(widths) - spaces
        self.extra, self.room = _extra(room, spaces, spacing)
        self.spread = 0.0
        """Put between letters, in ems."""
        if not items.leftwards and not spacing.keeps(self.extra, self.room):
            self.extra, self.spread, self.room = _spread(room, spaces, self._letters(), spacing)

    def _letters(self) -> float:
        """Return how many points one em between all letters takes."""
        items, first = self.items, self.first
        words = sum(_spreads(word) * items.runs[at].style.size for at, word in enumerate(self.words, first))
        gaps = items.gap_runs[first : first + len(self.words) - 1]
        return words + sum(gap.style.size for gap in gaps if gap is not None)

    def _spread_by(self, codes: int, run: Run) -> float:
        return self.spread * run.style.size * codes if self.spread else 0.0

    def painted(self) -> Painted:
        items, last = self.items, self.first + len(self.words) - 1
        at = self.first
        if items.levels:
            width = self._by_levels()
            at = last + 1
        while at <= last:
            stop = self._row_end(at, last)
            self._row(at, stop)
            self._gap_after(stop - 1, last)
            at = stop
        if not items.levels:
            width = self.x
        ends_word = not self.end.offset and (items.gap_runs[last] is not None or last == len(items.words) - 1)
        if ends_word and last not in items.pictures:
            run = items.gap_runs[last] or items.runs[last]
            run = items.runs[last] if run is not self.run else run
            self._open(run)
            self.open.append(run.setting.code(" "))
        self._flush(self.x)
        rules, links = decorations(self.segments)
        return Painted(
            runs=tuple(self.glyphs),
            rules=(*rules, *self.bars),
            links=links,
            pictures=tuple(self.pictures),
            width=width,
            room=self.room,
        )

    def _row_end(self, at: int, last: int) -> int:
        """Return the end of the row of words that an item stands in."""
        rows = self.items.rows
        following = bisect_right(rows, at)
        return min(rows[following], last + 1) if following < len(rows) else last + 1

    def _row(self, start: int, stop: int) -> None:
        """Paint words of one run, with plain spaces between them."""
        words = self.words[start - self.first : stop - self.first]
        contents = [word.content for word in words]
        if None in contents:
            for at, word in enumerate(words, start):
                if at in self.items.pictures:
                    self._picture(at, word)
                else:
                    self._word(word, self.items.runs[at])
                self._gap_after(at, stop - 1)
            return
        run = self.items.runs[start]
        content = (self._space(run, " ") if len(contents) > 1 else "").join(contents)  # type: ignore[arg-type]
        if content:
            self._open(run)
            self.open.append(content)
        spaces = (len(words) - 1) * run.space * (1 + self.extra)
        spread = self._spread_by(_codes(content), run) if self.spread else 0.0
        self._cover(run, sum([word.width for word in words]) * run.scale + spaces + spread)

    def _gap_after(self, at: int, last: int) -> None:
        """Paint the space after a word, where it has one and is not the last."""
        gap = self.items.gap_runs[at]
        if gap is not None and at < last:
            self._gap(gap, _NO_BREAK_SPACE if at in self.items.hard else " ")

    def _by_levels(self) -> float:
        """Paint words that do not all run to the right, in the order of reading, each where its level puts it; return
        how wide they are. In a paragraph from right to left, what follows them stands at the left."""
        items, first = self.items, self.first
        found: list[int] = []
        widths: list[float] = []
        for at, word in enumerate(self.words, first):
            gap = items.gap_runs[at]
            found += (items.levels[at], items.gap_levels[at])
            widths += (
                word.width * items.runs[at].scale,
                gap.space * (1 + self.extra) if gap is not None else 0.0,
            )
        del found[-1], widths[-1]
        lefts = [0.0] * len(found)
        right = 0.0
        for place in visual_order(found):
            lefts[place] = right
            right += widths[place]
        for place, left in enumerate(lefts):
            at, after = first + place // 2, place % 2
            gap = items.gap_runs[at]
            if after and gap is None:
                continue
            if abs(left - self.x) > _TOUCHING:
                self._flush(self.x)
                self.x = left
            before, self.segments = self.segments, []
            if after and gap is not None:
                self._gap(gap, _NO_BREAK_SPACE if at in items.hard else " ")
            elif at in items.pictures:
                self._picture(at, self.words[at - first])
            else:
                self._word(self.words[at - first], items.runs[at])
            self._add_segments(before)
        self._flush(self.x)
        self.x = right
        if items.from_the_right:
            self.x = -items.runs[first + len(self.words) - 1].space
        return right

    def _add_segments(self, before: list[Segment]) -> None:
        """Put segments behind others; one that touches the last in the same run makes that wider."""
        added = self.segments
        if added and before and before[-1].run is added[0].run:
            last, new = before[-1], added[0]
            if min(abs(last.left - new.right), abs(last.right - new.left)) < _TOUCHING:
                last.left, last.right = min(last.left, new.left), max(last.right, new.right)
                added = added[1:]
        self.segments = [*before, *added]

    def _word(self, word: Word, run: Run) -> None:
        width = word.width * run.scale + self._spread_by(_spreads(word), run)
        if word.content is not None:
            if word.content:
                self._open(run)
                self.open.append(word.content)
        else:
            self._flush(self.x)
            style = run.style
            reads = word.reads or None
            spread = self.spread * style.size if _spreads(word) else 0.0
            moved = 0.0
            for part in word.parts:
                more = spread * _codes(part.content) if spread else 0.0
                self.glyphs.append(
                    GlyphRun(
                        self.x + part.x * run.scale + moved,
                        style.rise + part.rise * run.scale,
                        part.width * run.scale + more,
                        part.font,
                        style.size * part.scale,
                        style.color,
                        part.content,
                        run.owner,
                        run.spoken,
                        reads,
                        spread,
                    )
                )
                reads = reads and ""
                moved += more
            if isinstance(word, FormulaWord):
                self._bars(word, run)
        self._cover(run, width)

    def _bars(self, word: FormulaWord, run: Run) -> None:
        """Draw the bars of a formula: those of fractions and roots."""
        scale, style = run.scale, run.style
        for left, foot, width, thickness in word.rules:
            top = -(style.rise + (foot + thickness) * scale)
            self.bars.append((self.x + left * scale, top, width * scale, thickness * scale, style.color))

    def _gap(self, run: Run, space: str) -> None:
        self._open(run)
        self.open.append(self._space(run, space))
        self._cover(run, run.space * (1 + self.extra) + self._spread_by(1, run))

    def _space(self, run: Run, space: str) -> str:
        """Return the code of a space, and what is added to it in this line."""
        setting = run.setting
        found = self.spaces.get((setting, space))
        if found is None:
            added = self.extra * setting.space.width + setting.spec.tracking
            code = setting.code(space)
            found = f"{code}{number(-added)}" if abs(added) >= 0.05 else code
            self.spaces[setting, space] = found
        return found

    def _picture(self, at: int, word: Word) -> None:
        self._flush(self.x)
        run = self.items.runs[at]
        self.pictures.append(InlinePicture(self.x, run.style.rise, self.items.pictures[at]))
        self._cover(run, word.width * run.scale)

    def _cover(self, run: Run, width: float) -> None:
        if self.segments and self.segments[-1].run is run:
            self.segments[-1].right += width
        else:
            self.segments.append(Segment(run, self.x, self.x + width))
        self.x += width

    def _open(self, run: Run) -> None:
        if self.run is not run:
            self._flush(self.x)
            self.run = run
            self.begin = self.x

    def _flush(self, x: float) -> None:
        """Close the open glyph run at x."""
        run = self.run
        if run is not None and self.open:
            style = run.style
            self.glyphs.append(
                GlyphRun(
                    self.begin,
                    style.rise,
                    x - self.begin,
                    run.setting.primary.index,
                    style.size,
                    style.color,
                    "".join(self.open),
                    run.owner,
                    run.spoken,
                    None,
                    self.spread * style.size,
                )
            )
        self.open = []
        self.run = None


def _spreads(word: Word) -> int:
    """Return how many codes of a word may be spread: none of a formula's, and none where marks stand on letters."""
    if word.content is not None:
        return _codes(word.content)
    if word.reads or isinstance(word, FormulaWord):
        return 0
    return sum(_codes(part.content) for part in word.parts)


def reading_whole(runs: Sequence[GlyphRun], initial: str, first: Word, width: float) -> tuple[GlyphRun, ...]:
    """Return the runs of a line that begins with a drop initial, with it and the rest of its word reading as one.

    `first` is that rest, `width` points wide.
    """
    begins, *others = runs
    if not others or not first.content or not others[0].content.startswith(first.content):
        return tuple(runs)
    rest, *more = others
    content = rest.content.removeprefix(first.content)
    width += rest.spread * _codes(first.content)
    replace = msgspec.structs.replace
    whole = [
        replace(begins, reads=initial + first.text),
        replace(rest, width=width, content=first.content, reads=""),
    ]
    if content:
        whole.append(replace(rest, x=rest.x + width, width=rest.width - width, content=content))
    return (*whole, *more)
