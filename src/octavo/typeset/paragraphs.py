"""Setting paragraphs: inlines in, lines out. The only door of line setting; blocks and pages know nothing below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, repeat
from operator import mul
from typing import Final

import msgspec

from octavo.diagnostics import Diagnostic, Position, warning
from octavo.fonts.book import FontBook
from octavo.fonts.loaded import LoadedFont
from octavo.fonts.shape import Shaper
from octavo.fonts.words import Word
from octavo.theme.style import Mark, Style, StyleSheet
from octavo.transforms.resolved import Resolved
from octavo.tree.direction import is_right_to_left
from octavo.tree.nodes import Image, Inline
from octavo.typeset.breaking import FORBIDDEN, Break, Breakable, Limits, break_lines, looser
from octavo.typeset.foresight import Foresight
from octavo.typeset.formula_word import FormulaWord
from octavo.typeset.frames import Artifact, FontUse, Owner, Ownership, TextLine
from octavo.typeset.geometry import TALLEST_PICTURE, text_area
from octavo.typeset.hyphenation import Hyphenator
from octavo.typeset.inlines import Inliner, Run, Stretch
from octavo.typeset.items import Items
from octavo.typeset.justify import Painted, Spacing, line_words, paint_line, reading_whole
from octavo.typeset.lead import LONGEST_LABEL, Lead, label_style, moved_run, set_behind
from octavo.typeset.leveled import gathered
from octavo.typeset.line import Highlight, InlinePicture, Label, Line
from octavo.typeset.mirror import turned_line
from octavo.typeset.points import WordPoints
from octavo.typeset.preformatted import Colored, code_lines
from octavo.typeset.textstyle import marked

LOOSEST: Final = 4.0
"""How many times their width spaces are stretched at most; a line that would need more is left ragged."""
_RAGGED_SLACK: Final = 2.5
"""What a ragged line may fall short of the measure, in ems, before it counts as bad."""
_LONG: Final = 6.0
"""Words longer than this, in ems, are looked at for places to break them when a table's columns are measured."""
_STICKS_OUT: Final = 0.5
_PICTURE_CLEARANCE: Final = 1.0
_FORMULA_CLEARANCE: Final = 0.5


class _Frame(msgspec.Struct, frozen=True):
    """What all lines of a paragraph share."""

    style: Style
    width: float
    ascent: float
    spacing: Spacing
    hangs: bool
    leftwards: bool = False


class ParagraphSetter:
    """Sets lines for one run of the typesetter, which may go over the document several times.

    `use_page_labels` tells the folios that are known, before each pass. When all is set, `fonts` says which fonts and
    glyphs the lines use, and `diagnostics` what there is to say.
    """

    def __init__(
        self, resolved: Resolved, styles: StyleSheet, fonts: FontBook, foresight: Foresight | None = None
    ) -> None:
        self._styles = styles
        self._shaper = Shaper(fonts, foresight.rows) if foresight is not None else Shaper(fonts)
        self._hyphenator = foresight.hyphenator if foresight is not None else Hyphenator()
        self._points = WordPoints(self._hyphenator)
        tallest = text_area(1, styles.page).height * TALLEST_PICTURE
        self._inliner = Inliner(resolved, styles.marks, self._shaper, tallest)
        self._overfull: dict[tuple[str, str], Diagnostic] = {}
        self._ascents: dict[int, tuple[Style, float]] = {}

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What setting had to say so far, each thing once."""
        return (
            *self._shaper.diagnostics,
            *self._hyphenator.diagnostics.values(),
            *self._inliner.diagnostics.values(),
            *self._overfull.values(),
        )

    @property
    def used(self) -> Sequence[LoadedFont]:
        """The fonts that the lines set so far use."""
        return self._shaper.used

    @property
    def codes_given(self) -> int:
        """How many codes were given to glyphs; see `FontUse`."""
        return self._shaper.codes_given

    @property
    def said(self) -> int:
        """A number that grows whenever setting finds something to say."""
        told = len(self._hyphenator.diagnostics) + len(self._inliner.diagnostics) + len(self._overfull)
        return self._shaper.missed + told

    def give_code(self, font: LoadedFont, glyph: int, text: str) -> str:
        """Give a code as setting a line would."""
        return self._shaper.new_code(font, glyph, text)

    def use_page_labels(self, labels: Mapping[str, str]) -> None:
        """Let references to pages read as the folios given: id -> label."""
        self._inliner.page_labels = labels

    def fonts(self) -> tuple[FontUse, ...]:
        """Return the fonts that the lines set so far use; `GlyphRun.font` counts in it."""
        return tuple(
            FontUse(
                name=font.name,
                data=font.data,
                face_index=font.face.face_index,
                variations=font.variations,
                units_per_em=font.units,
                codes=dict(sorted(font.entries.items())),
            )
            for font in self._shaper.used
        )

    def set(
        self,
        content: tuple[Inline, ...],
        style: Style,
        width: float,
        owner: Owner,
        *,
        label: Label | None = None,
        language: str = "",
    ) -> tuple[Line, ...]:
        """Return the lines of a paragraph in a measure of `width` points; none where there is no text at all.

        `owner` owns the text that has no nearer owner of its own (a link, a note's mark, a fragment of code).
        """
        base = self._inliner.run(self._inliner.base_style(style), owner, language)
        lead = self._lead(style, label, base)
        # A picture that opens a paragraph stands beside its indent, or is made as much smaller.
        beside = lead.width if content and isinstance(content[0], Image) and not content[0].width else 0.0
        stretches = self._inliner.flatten(content, base, width - max(0.0, beside))
        if label is not None and label.deep == 1 and lead.width > LONGEST_LABEL * width:
            lead = Lead(style.first_line_indent)
            stretches = [*self._running_in(label, base), *stretches]
        batches = gathered(stretches, base)
        frame = self._frame(style, width, base)
        lines: list[Line] = []
        for items in batches:
            if items.words:
                lines.extend(self._batch(items, frame, lead))
            elif len(batches) > 1 or lead.label is not None:
                lines.append(self._empty(frame, lead, lines))
            lead = Lead(0.0)
        return tuple(map(turned_line, lines)) if frame.leftwards else tuple(lines)

    def line(self, text: str, style: Style, owner: Ownership, mark: Mark | None = None) -> Line:
        """Return one line of plain text at its natural width: a marker, a number, a running head, a folio."""
        base = self._inliner.run(self._inliner.base_style(style), owner, "")
        run = base if mark is None else self._inliner.run(marked(base.style, mark), owner, "")
        frame = self._frame(style, 0.0, base)
        painted = self._painted(text, run)
        line = Line(
            frame=TextLine(painted.runs, painted.rules),
            x=0.0,
            width=painted.width,
            height=style.leading,
            ascent=frame.ascent,
            offset=0,
        )
        return turned_line(line) if frame.leftwards else line

    def preformatted(
        self, text: str, style: Style, width: float, owner: Owner, highlights: Sequence[Highlight] = ()
    ) -> tuple[Line, ...]:
        """Return the lines of code: spaces kept, tabs to every fourth column, long lines continued behind a sign.

        `highlights` stand in order and do not overlap.
        """
        plain = msgspec.structs.replace(self._inliner.base_style(style), literal=True, hyphenate=False)
        base = self._inliner.run(plain, owner, "")
        colored = [
            Colored(each.start, each.end, self._inliner.run(marked(plain, each.mark), owner, ""))
            for each in highlights
        ]
        sign = self._inliner.run(plain, Artifact.LAYOUT, "")
        ascent = self._frame(style, width, base).ascent
        lines: list[Line] = []
        for each in code_lines(text, base, colored, width, sign):
            if each.painted.room < -_STICKS_OUT:
                self._say_overfull(None, text.strip(), -each.painted.room)
            runs = tuple(moved_run(run, each.left) for run in each.painted.runs)
            rules = tuple(
                (x + each.left, y, wide, high, color) for x, y, wide, high, color in each.painted.rules
            )
            lines.append(
                Line(
                    frame=TextLine((*each.sign, *runs), rules),
                    x=0.0,
                    width=each.painted.width + each.left,
                    height=style.leading,
                    ascent=ascent,
                    offset=each.offset,
                )
            )
        return tuple(lines)

    def measure(
        self, content: tuple[Inline, ...], style: Style, label: Label | None = None
    ) -> tuple[float, float]:
        """Return (minimum, maximum): the width of the widest thing that cannot be broken, and that of all on one
        line; in points."""
        owner = Owner(0)
        base = self._inliner.run(self._inliner.base_style(style), owner, "")
        lead = self._lead(style, label, base).width
        least = most = 0.0
        for items in gathered(self._inliner.flatten(content, base, 1e6), base):
            unbroken = whole = lead
            for at, word in enumerate(items.words):
                gap = items.gap_runs[at]
                space = gap.space if gap is not None else 0.0
                word_width = word.width * items.runs[at].scale
                longest = word_width
                if word_width > _LONG * style.size:
                    longest = self._longest_part(word, items.runs[at])
                whole += word_width + space
                least = max(least, unbroken + longest)
                unbroken += word_width if longest == word_width else longest
                unbroken = unbroken + space if items.penalties[at] else 0.0
            most = max(most, whole)
            lead = 0.0
        return least, max(least, most)

    def words(self, content: tuple[Inline, ...], style: Style) -> tuple[tuple[tuple[float, ...], float], ...]:
        """Return how wide all is that no line ends in, and the space between, for each forced line; in points. The
        space is the mean of those that there are, so that all together is as wide as `measure` says."""
        base = self._inliner.run(self._inliner.base_style(style), Owner(0), "")
        found: list[tuple[tuple[float, ...], float]] = []
        for items in gathered(self._inliner.flatten(content, base, 1e6), base):
            pieces, spaces, last = [0.0], 0.0, len(items.words) - 1
            if items.words:
                items.measure()
            for at, (wide, gap, penalty) in enumerate(
                zip(items.widths, items.gaps, items.penalties, strict=True)
            ):
                pieces[-1] += wide
                if at == last:
                    break
                if penalty < FORBIDDEN:
                    pieces.append(0.0)
                    spaces += gap
                else:
                    pieces[-1] += gap
            parted = tuple(filter(None, pieces))
            found.append((parted, spaces / (len(parted) - 1) if len(parted) > 1 else 0.0))
        return tuple(found)

    def _longest_part(self, word: Word, run: Run) -> float:
        """Return the width of the widest part of a word that is never broken but at places of its own."""
        whole = word.width * run.scale
        places = [point.before for point in self._points.of(word, run) if not point.hyphen]
        cuts = [0.0, *places, whole]
        return max(right - left for left, right in pairwise(cuts))

    # The steps of `set` ----------------------------------------------------------------------------------------

    def _frame(self, style: Style, width: float, base: Run) -> _Frame:
        known = self._ascents.get(id(style))
        if known is None:
            font = base.setting.primary
            up, down = font.ascent * style.size / 1000, font.descent * style.size / 1000
            known = self._ascents[id(style)] = (style, (style.leading - up - down) / 2 + up)
        text = self._styles.text
        justified = style.align == "justify"
        spacing = Spacing(
            fills=justified,
            least=text.word_space_minimum if justified else 1.0,
            most=LOOSEST if justified else 1.0,
            good=text.word_space_maximum,
            closest=text.letter_space_minimum if justified else 0.0,
            widest=text.letter_space_maximum if justified else 0.0,
        )
        leftwards = is_right_to_left(base.language)
        hangs = text.hanging_punctuation and style.align in ("justify", "left") and not leftwards
        return _Frame(style, width, known[1], spacing, hangs, leftwards)

    def _painted(self, text: str, run: Run, measure: float = 0.0) -> Painted:
        items = gathered([Stretch(run, text, 0)], run)[0]
        if not items.words:
            return Painted(runs=(), rules=(), links=(), pictures=(), width=0.0, room=measure)
        end = Break(len(items.words) - 1)
        return paint_line(items, items.words, 0, end, measure, Spacing(fills=False, least=1.0, most=1.0))

    def _lead(self, style: Style, label: Label | None, base: Run) -> Lead:
        indent = style.first_line_indent
        if label is None:
            return Lead(indent)
        if label.deep > 1:
            return self._initial(style, label, base)
        text = base.style if label.mark is None else marked(base.style, label.mark)
        painted = self._painted(label.text, self._inliner.run(text, label.owner, base.language))
        return Lead(max(indent + painted.width + label.gap, label.tab), painted, indent)

    def _running_in(self, label: Label, base: Run) -> tuple[Stretch, ...]:
        """Return a label as text, whose lines end between its words; it counts before the text of the paragraph."""
        run = self._inliner.run(label_style(base.style, label.mark), label.owner, base.language)
        return Stretch(run, label.text, -1 - len(label.text)), Stretch(base, " ", -1)

    def _initial(self, style: Style, label: Label, base: Run) -> Lead:
        """Return an initial whose head is level with the capitals of the first line, and its foot with the last."""
        down = (label.deep - 1) * style.leading
        capital = base.setting.primary.capital
        scale = 1 + down * 1000 / (capital * style.size)
        text = marked(base.style, Mark(scale=scale, rise=-down / style.size, letter_spacing=0.0))
        run = self._inliner.run(text, label.owner, base.language)
        items = gathered([Stretch(run, label.text, 0)], run)[0]
        # As a part of a word, so that no space comes between it and the rest of that.
        end = Break(len(items.words) - 1, len(label.text))
        painted = paint_line(items, items.words, 0, end, 0.0, Spacing(fills=False, least=1.0, most=1.0))
        return Lead(painted.width + label.gap, painted, 0.0, label.deep, label.text)

    def _batch(self, items: Items, frame: _Frame, lead: Lead) -> list[Line]:
        """Return the lines of the text up to a forced break."""
        words, runs = items.words, items.runs
        items.measure()
        hang_left = hang_right = None
        if frame.hangs:
            scales: Iterable[float] = repeat(runs[0].scale) if items.uniform else [run.scale for run in runs]
            hang_left = _sized([word.hang_left for word in words], scales)
            if frame.spacing.fills:
                hang_right = _sized([word.hang_right for word in words], scales)
        text = Breakable(
            widths=items.widths,
            gaps=items.gaps,
            penalties=items.penalties if items.odd else None,
            hang_left=hang_left,
            hang_right=hang_right,
            points=lambda at: self._points.of(words[at], runs[at]),
            anywhere=lambda at: self._points.anywhere(words[at], runs[at]),
        )
        letters = 0.0 if items.leftwards else _letters_of_a_line(words, text, frame)
        breaks = break_lines(text, self._limits(frame, lead, letters))
        deep = lead.deep
        lines: list[Line] = []
        first = offset = 0
        for at, end in enumerate(breaks):
            is_last = at == len(breaks) - 1
            fills = frame.spacing if not is_last else msgspec.structs.replace(frame.spacing, fills=False)
            lines.append(self._line(items, (first, offset), end, frame, lead, fills))
            lead = Lead(lead.width) if at + 1 < deep else Lead(0.0)
            first, offset = (end.item, end.offset) if end.offset else (end.item + 1, 0)
        return lines

    def _limits(self, frame: _Frame, lead: Lead, letters: float) -> Limits:
        """Return the limits of lines; one em between all letters of a full line takes so many points."""
        text = self._styles.text
        justified = frame.spacing.fills
        return Limits(
            first=frame.width - lead.width,
            rest=frame.width,
            shrink=1 - text.word_space_minimum if justified else 0.0,
            stretch=(text.word_space_maximum - 1) * looser(frame.width / frame.style.size)
            if justified
            else 0.0,
            slack=frame.spacing.widest * letters if justified else _RAGGED_SLACK * frame.style.size,
            squeeze=-frame.spacing.closest * letters,
            hyphen_lines=text.hyphen_lines,
            first_lines=lead.deep,
        )

    def _line(
        self, items: Items, start: tuple[int, int], end: Break, frame: _Frame, lead: Lead, spacing: Spacing
    ) -> Line:
        first, offset = start
        words = line_words(items, first, offset, end)
        left = right = 0.0
        if frame.hangs:
            left = 0.0 if offset else words[0].hang_left * items.runs[first].scale
            right = words[-1].hang_right * items.runs[end.item].scale if frame.spacing.fills else 0.0
        measure = frame.width - lead.width + left + right
        painted = paint_line(items, words, first, end, measure, spacing)
        if painted.room < -_STICKS_OUT:
            self._say_overfull(items.position(first), words[0].reads or words[0].text, -painted.room)
        align = frame.style.align
        if items.from_the_right and not frame.leftwards:
            align = "right"
        shift = self._shift(align, painted.room)
        height, ascent = _heights(painted.pictures, frame)
        if items.formulas:
            height, ascent = _with_formulas(words, items.runs[first:], height, ascent)
        joined = set_behind(lead, painted, shift - left, leftwards=frame.leftwards)
        if lead.initial:
            width = words[0].width * items.runs[first].scale
            spoken = reading_whole(joined[0].runs, lead.initial, words[0], width)
            joined = (TextLine(spoken, joined[0].rules), *joined[1:])
        notes, anchors = _marks(items, first, offset, end)
        return Line(
            frame=joined[0],
            x=joined[1],
            width=joined[2],
            height=height,
            ascent=ascent,
            offset=max(0, items.offsets[first] + offset),
            hyphenated=end.stacks,
            notes=notes,
            anchors=anchors,
            links=joined[3],
            pictures=joined[4],
        )

    @staticmethod
    def _shift(align: str, room: float) -> float:
        if align == "center":
            return room / 2
        return room if align == "right" else 0.0

    def _empty(self, frame: _Frame, lead: Lead, before: Sequence[Line]) -> Line:
        """A line without text: between two forced breaks, or behind a label."""
        blank = Painted(runs=(), rules=(), links=(), pictures=(), width=0.0, room=frame.width - lead.width)
        shift = self._shift(frame.style.align, blank.room)
        text, x, width, links, pictures = set_behind(lead, blank, shift, leftwards=frame.leftwards)
        return Line(
            frame=text,
            x=x,
            width=width,
            height=frame.style.leading,
            ascent=frame.ascent,
            offset=before[-1].offset if before else 0,
            links=links,
            pictures=pictures,
        )

    def _say_overfull(self, position: Position | None, word: str, excess: float) -> None:
        shown = "an image" if word == "\N{OBJECT REPLACEMENT CHARACTER}" else f"`{word[:40]}`"
        self._overfull.setdefault(
            (str(position), word),
            warning(
                "overfull-line",
                f"a line with {shown} sticks out of its measure by {excess:.1f} pt",
                position,
                "make the column wider, the text smaller, or word it otherwise",
            ),
        )


def _sized(lengths: Sequence[float], scales: Iterable[float]) -> list[float] | None:
    """Return lengths in points; None where all are nought."""
    return list(map(mul, lengths, scales)) if any(lengths) else None


def _letters_of_a_line(words: Sequence[Word], text: Breakable, frame: _Frame) -> float:
    """Return how many points one em between all letters of a full line takes, nought where none may come there."""
    spacing = frame.spacing
    if not (spacing.closest or spacing.widest):
        return 0.0
    whole = sum(text.widths) + sum(text.gaps)
    letters = sum(len(word.text) + 1 for word in words)
    return letters * frame.style.size * frame.width / whole if whole > frame.width else 0.0


def _marks(items: Items, first: int, offset: int, end: Break) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the keys of the notes and anchors in a line."""
    notes: tuple[int, ...] = ()
    anchors: tuple[int, ...] = ()
    if items.notes:
        notes = tuple(
            key for at, key in items.notes if first <= at <= end.item and not (at == first and offset)
        )
    if items.anchors:
        ends_all = end.item == len(items.words) - 1 and not end.offset
        anchors = tuple(
            key
            for at, key in items.anchors
            if (first <= at <= end.item and not (at == first and offset)) or (ends_all and at > end.item)
        )
    return notes, anchors


def _heights(pictures: Sequence[InlinePicture], frame: _Frame) -> tuple[float, float]:
    """Return (height, ascent) of a line: more than its leading where a picture is taller."""
    height, ascent = frame.style.leading, frame.ascent
    for each in pictures:
        excess = each.picture.height + each.rise + _PICTURE_CLEARANCE - ascent
        if excess > 0:
            height, ascent = height + excess, ascent + excess
    return height, ascent


def _with_formulas(
    words: Sequence[Word], runs: Sequence[Run], height: float, ascent: float
) -> tuple[float, float]:
    """Return (height, ascent) of a line that has room for its formulas above the baseline and below."""
    above = below = 0.0
    for word, run in zip(words, runs, strict=False):
        if isinstance(word, FormulaWord):
            above = max(above, word.above * run.scale + run.style.rise)
            below = max(below, word.below * run.scale - run.style.rise)
    more = max(0.0, above + _FORMULA_CLEARANCE - ascent) if above else 0.0
    less = max(0.0, below + _FORMULA_CLEARANCE - (height - ascent)) if below else 0.0
    return height + more + less, ascent + more
