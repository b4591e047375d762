"""Text in one typeface: words shaped by HarfBuzz, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, filterfalse, pairwise
from typing import TYPE_CHECKING, Final

from octavo.fonts.characters import (
    SOFT_HYPHEN,
    UNPRINTABLE,
    has_marks,
    is_sayable,
    joins,
    printable,
    sayable,
)
from octavo.fonts.fallback import Fallback
from octavo.fonts.features import TypeSpec, feature_switches, upper_pieces
from octavo.fonts.hanging import HANGS_LEFT, HANGS_RIGHT
from octavo.fonts.loaded import LoadedFont
from octavo.fonts.words import SILENT, Glyph, Part, Word, number, painted

if TYPE_CHECKING:
    from octavo.fonts.shape import Shaper

_SHORT: Final = 64
"""Words of ASCII up to this length are read from HarfBuzz as one string."""
_PLAIN: Final = "!-~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027"
_IN_ROWS: Final = re.compile(f"(?=[^A-Za-z\u00c0-\u024f]*+[A-Za-z\u00c0-\u024f])[{_PLAIN}]++")
"""Words that may be shaped side by side with others: Latin letters and their punctuation, so that HarfBuzz finds the
same script for all."""
_BETWEEN: Final = "\n"
_BETWEEN_GLYPHS: Final = f"|{_BETWEEN}|"
"""What stands between words that are put together from their pieces in one go."""
_SMALL_CAPITAL_SCALE: Final = 0.8


def _separate(content: str) -> str:
    """Return content that may follow a number: one that begins with a number gets a space before it."""
    return content if content.startswith("<") else f" {content}"


def _bracketed(codes: str) -> str:
    """Return codes in brackets; an adjustment at their end has closed them and opened others."""
    return f"<{codes[:-1]}" if codes.endswith("<") else f"<{codes}>"


class _Words(dict[str, Word]):
    """The words of a setting; one that is asked for the first time is shaped."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self._setting = setting

    def __missing__(self, text: str) -> Word:
        word = self[text] = self._setting.shape(text)
        return word


class _Letters(dict[str, float]):
    """The widths of single characters, in thousandths of the size."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self._setting = setting

    def __missing__(self, character: str) -> float:
        width = self[character] = self._setting.words[character].width
        return width


class _Pieces(dict[tuple[str, str], tuple[str, int]]):
    """What a glyph without offsets adds to a word: its codes (an adjustment behind them closes and opens the brackets)
    and its advance in font units; by the glyph as HarfBuzz writes it ("glyph+advance") and what it reads as."""

    def __init__(self, setting: Setting) -> None:
        super().__init__({(_BETWEEN, _BETWEEN): (_BETWEEN, 0)})
        self._setting = setting

    def __missing__(self, key: tuple[str, str]) -> tuple[str, int]:
        shown, said = key
        glyph, advance = map(int, shown.split("+"))
        font = self._setting.primary
        code = font.codes.get((glyph, said)) or self._setting.shaper.new_code(font, glyph, said)
        back = (font.advances[glyph] - advance) * font.per_mille - self._setting.spec.tracking
        piece = self[key] = (f"{code}>{number(back)}<" if abs(back) >= 0.05 else code, advance)
        return piece


class Setting:
    """Text in one typeface with one set of features, at any size: `words[text]` is a shaped word."""

    def __init__(self, shaper: Shaper, spec: TypeSpec) -> None:
        self.shaper = shaper
        self.spec = spec
        self.faces = shaper.stack(spec)
        self.primary = shaper.load(self.faces[0])
        self.words = _Words(self)
        self._pieces = _Pieces(self)
        self._spaces: dict[str, str] = {}
        self._fragments: dict[tuple[str, bool], Word] = {}
        self._mirrored: dict[str, Word] = {}
        self._switches = feature_switches(spec)
        self._known = shaper.known.get(spec, {})
        self._simple = not (spec.small_caps or spec.upper)
        self._letters = _Letters(self)
        self._fallback = Fallback(shaper, spec, self.faces, self._switches)
        self.space = self.words[" "]

    def fragment(self, text: str, hyphen: bool) -> Word:
        """Return the first part of a word that is broken at a line's end.

        With `hyphen` it gets one, which reads as U+00AD. Without, its last character reads as itself and U+00AD, so
        that programs which join lines at hyphens make the word whole again, and leave a hyphen of its own.
        """
        found = self._fragments.get((text, hyphen))
        if found is None:
            bare = printable(text).replace(SOFT_HYPHEN, "")
            last = SOFT_HYPHEN if hyphen else f"{sayable(bare[-1:])}{SOFT_HYPHEN}"
            found = self._ending(f"{bare}-" if hyphen else bare, last) if bare or hyphen else self.words[text]
            self._fragments[text, hyphen] = found
        return found

    def _ending(self, text: str, last: str) -> Word:
        """Shape a part of a word whose last character reads as `last`."""
        word = self._shaped_simply(text, last) if self._simple else None
        return self._hang(word or self._assembled(text, self._glyphs(text, last)))

    def mirrored(self, sign: str, shown: str) -> Word:
        """Return a sign that is shown as another, as brackets are in a text that is read from right to left."""
        found = self._mirrored.get(sign)
        if found is None:
            found = self._mirrored[sign] = self._ending(shown, sign)
            found.text = sign
        return found

    def code(self, space: str) -> str:
        """Return the code, in angle brackets, of a space character in the first font."""
        found = self._spaces.get(space)
        if found is None:
            font = self.primary
            glyph = font.font.get_nominal_glyph(32) or 0
            code = font.codes.get((glyph, space)) or self.shaper.new_code(font, glyph, space)
            found = self._spaces[space] = f"<{code}>"
        return found

    @property
    def hyphen_width(self) -> float:
        """The width of a hyphen, in thousandths of the size."""
        return self.words["-"].width

    def letter_widths(self, text: str) -> list[float]:
        """Return the width before each character by the letters' own widths alone: nearly that of shaped text."""
        return list(accumulate(map(self._letters.__getitem__, text), initial=0.0))

    def prefix_widths(self, text: str) -> list[float]:
        """Return the width of what stands before each character, and that of the whole, in thousandths.

        A ligature's letters share its width.
        """
        bare = printable(text).replace(SOFT_HYPHEN, "")
        steps = (self._simple_steps(bare) if self._simple else None) or self._steps(bare)
        if len(bare) == len(text):
            return list(accumulate(steps, initial=0.0))
        shown = iter(steps)
        hidden = (letter == SOFT_HYPHEN or UNPRINTABLE.match(letter) for letter in text)
        return list(accumulate((0.0 if skip else next(shown) for skip in hidden), initial=0.0))

    def _simple_steps(self, text: str) -> list[float] | None:
        """Return the width of each character where the first font shows all from left to right, else None."""
        font, tracking = self.primary, self.spec.tracking
        infos, positions, direction = self.shaper.run(font, text, self._switches, self.spec.language)
        if direction != "ltr":
            return None
        steps = [0.0] * len(text)
        ends = [info.cluster for info in infos]
        ends.append(len(text))
        for at, (info, position) in enumerate(zip(infos, positions, strict=True)):
            if not info.codepoint:
                return None
            start, end = ends[at], ends[at + 1]
            width = position.x_advance * font.per_mille + tracking
            if end - start > 1:
                steps[start:end] = [width / (end - start)] * (end - start)
            else:
                steps[start] += width
        return steps

    def _steps(self, text: str) -> list[float]:
        glyphs = self._glyphs(text)
        steps = [0.0] * len(text)
        starts = sorted({glyph.character for glyph in glyphs} | {len(text)})
        following = dict(pairwise(starts))
        for glyph in glyphs:
            end = following[glyph.character]
            for at in range(glyph.character, end):
                steps[at] += glyph.advance / (end - glyph.character)
        return steps

    def learn(self, row: Iterable[str]) -> None:
        """Shape the new words of a row in one go where they are plain; nothing else depends on whether this is done."""
        words = self.words
        new = list(filterfalse(words.__contains__, dict.fromkeys(row)))
        if len(new) < 2 or not self._simple:
            return
        written = self.written(new)
        if written:
            self._keep(written)

    def written(self, words: Sequence[str]) -> dict[str, str]:
        """Return those words that are shown plainly as HarfBuzz writes them; see `Shaper.written_row`. No code is given
        for it."""
        if not self._simple:
            return {}
        plain = [text for text in words if len(text) <= _SHORT and _IN_ROWS.fullmatch(text)]
        known = self._known
        found = {text: known[text] for text in plain if text in known} if known else {}
        if found:
            plain = [text for text in plain if text not in found]
        found.update(self.shaper.written_row(self.primary, plain, self._switches, self.spec.language))
        return found

    def _keep(self, written: Mapping[str, str]) -> None:
        """Keep the words that HarfBuzz has written, all of them in one go: their pieces are joined and parted again."""
        texts = list(written)
        glyphs = _BETWEEN_GLYPHS.join(written.values()).split("|")
        pieces = map(self._pieces.__getitem__, zip(glyphs, _BETWEEN.join(texts), strict=True))
        contents, advances = zip(*pieces, strict=True)
        widths = list(accumulate(advances, initial=0))
        scale, tracking = self.primary.per_mille, self.spec.tracking
        start = 0
        for text, content in zip(texts, "".join(contents).split(_BETWEEN), strict=True):
            end = start + len(text)
            width = (widths[end] - widths[start]) * scale + tracking * len(text)
            word = self.words[text] = Word(text, _bracketed(content), width)
            if not text.isalpha():
                self._hang(word)
            start = end + 1

    def shape(self, text: str) -> Word:
        """Shape a word, without the cache. Soft hyphens in it show nothing."""
        bare = text if text.isprintable() else printable(text).replace(SOFT_HYPHEN, "")
        if not bare:
            return Word(text, "", 0.0)
        word = self._shaped_simply(bare) if self._simple else None
        if word is None:
            word = self._assembled(bare, self._glyphs(bare))
        word.text = text
        return self._hang(word)

    def _hang(self, word: Word) -> Word:
        text = word.text
        if not text[-1].isalnum():
            share = HANGS_RIGHT.get(text[-1], 0.0)
            if share and len(text) > 1:
                word.hang_right = share * self.primary.character_width(text[-1])
        if not text[0].isalnum():
            share = HANGS_LEFT.get(text[0], 0.0)
            if share and len(text) > 1:
                word.hang_left = share * self.primary.character_width(text[0])
        return word

    def _shaped_simply(self, text: str, last: str = "") -> Word | None:
        """Shape a word that its first font shows from left to right without raised marks; None where it does not.

        Its last character reads as `last` where that is given.
        """
        if not is_sayable(text) or has_marks(text):
            return None
        font, tracking = self.primary, self.spec.tracking
        if text.isascii() and len(text) <= _SHORT:
            glyphs = self.shaper.written(font, text, self._switches, self.spec.language)
            if glyphs is not None:
                return self._plain_word(glyphs, (*text[:-1], last) if last else text)
        infos, positions, direction = self.shaper.run(font, text, self._switches, self.spec.language)
        if direction != "ltr":
            return None
        scale, codes, advances = font.per_mille, font.codes, font.advances
        pieces: list[str] = []
        open_codes = ""
        back = 0.0
        width = 0
        starts = [info.cluster for info in infos]
        starts.append(len(text) + len(last))
        if last:
            text = f"{text[:-1]}{last}"
        for at, (info, position) in enumerate(zip(infos, positions, strict=True)):
            glyph = info.codepoint
            if not glyph or position.y_offset:
                return None
            said = text[starts[at] : starts[at + 1]]
            if not said:
                return None
            key = (glyph, said)
            code = codes.get(key) or self.shaper.new_code(font, glyph, said)
            shift = position.x_offset * scale
            before = back - shift
            if before >= 0.05 or before <= -0.05:
                if open_codes:
                    pieces.append(f"<{open_codes}>")
                    open_codes = ""
                pieces.append(number(before))
            open_codes += code
            advance = position.x_advance
            width += advance
            back = (advances[glyph] - advance) * scale + shift - tracking
        pieces.append(f"<{open_codes}>")
        if back >= 0.05 or back <= -0.05:
            pieces.append(number(back))
        content = _separate("".join(pieces))
        return Word(text, content, width * scale + tracking * len(infos))

    def _plain_word(self, glyphs: Sequence[str], said: Sequence[str]) -> Word:
        """Return the word of glyphs as HarfBuzz writes them, each with what it reads as."""
        found = list(map(self._pieces.__getitem__, zip(glyphs, said, strict=True)))
        content = "".join([piece for piece, _ in found])
        width = sum([advance for _, advance in found])
        return Word(
            "".join(said),
            _bracketed(content),
            width * self.primary.per_mille + self.spec.tracking * len(found),
        )

    def _assembled(self, text: str, glyphs: Sequence[Glyph]) -> Word:
        width = sum(glyph.advance for glyph in glyphs)
        for glyph in glyphs:
            if (glyph.identifier, glyph.text) not in glyph.font.codes:
                self.shaper.new_code(glyph.font, glyph.identifier, glyph.text)
        parts = painted(glyphs, width)
        if has_marks(text) or any(glyph.rise or not glyph.text for glyph in glyphs):
            word = Word(text, None, width, parts)
            word.reads = "".join(glyph.text for glyph in glyphs)
            return word
        if len(parts) == 1:
            part: Part = parts[0]
            if part.font == self.primary.index and not part.rise and part.scale == 1 and abs(part.x) < 0.05:
                return Word(text, _separate(part.content), width)
        return Word(text, None, width, parts)

    def _glyphs(self, text: str, last: str = "") -> list[Glyph]:
        """Return the glyphs of any word, in reading order. The last character reads as `last` where that is given."""
        glyphs: list[Glyph] = []
        x = 0.0
        at = 0
        for font, stretch, reads in self._fallback.by_font(text):
            says = [reads] if reads else list(stretch)
            if last and at + len(stretch) == len(text):
                says[-1] = last
            for piece, scale, spoken, begins in self._by_size(font, stretch, says):
                placed = self._placed(font, piece, spoken, scale, x, [at + each for each in begins])
                x += sum(glyph.advance for glyph in placed)
                glyphs.extend(placed)
            at += len(stretch) if not reads else len(reads)
        return glyphs

    def _by_size(
        self, font: LoadedFont, text: str, says: list[str]
    ) -> list[tuple[str, float, list[str], list[int]]]:
        """Split into (text as shaped, scale, what each character reads as, where each stands) for capitals."""
        places = list(range(len(text)))
        if self.spec.upper and len(says) == len(text):
            shown, spoken, begins = "", [], []
            for at, letter in enumerate(text):
                capitals, pieces = upper_pieces(letter, self.spec.language)
                shown += capitals
                spoken.extend([says[at] if piece else "" for piece in pieces])
                begins.extend([at] * len(pieces))
            return [(shown, 1.0, spoken, begins)]
        if not self.spec.small_caps or len(says) != len(text) or self._has_small_capitals(font, text):
            return [(text, 1.0, says, places)]
        split: list[tuple[str, float, list[str], list[int]]] = []
        for at, letter in enumerate(text):
            capitals, pieces = upper_pieces(letter, self.spec.language)
            small = capitals != letter
            scale = _SMALL_CAPITAL_SCALE if small else 1.0
            shown = capitals if small else letter
            spoken = [says[at] if piece else "" for piece in pieces] if small else [says[at]]
            if split and split[-1][1] == scale:
                last = split[-1]
                split[-1] = (last[0] + shown, scale, last[2] + spoken, last[3] + [at] * len(spoken))
            else:
                split.append((shown, scale, spoken, [at] * len(spoken)))
        return split

    def _has_small_capitals(self, font: LoadedFont, text: str) -> bool:
        letter = next((each for each in text if each.islower()), "")
        if not letter:
            return True
        infos, _, _ = self.shaper.run(font, letter, self._switches, self.spec.language)
        return bool(infos[0].codepoint != font.font.get_nominal_glyph(ord(letter)))

    def _placed(
        self, font: LoadedFont, text: str, says: list[str], scale: float, x: float, places: list[int]
    ) -> list[Glyph]:
        infos, positions, direction = self.shaper.run(font, text, self._switches, self.spec.language)
        factor = font.per_mille * scale
        # Letters that join are not moved apart (CSS Text 3, 8.2.1).
        tracking = 0.0 if direction == "rtl" and joins(text) else self.spec.tracking
        found: list[tuple[int, int, float, float, float]] = []
        for info, position in zip(infos, positions, strict=True):
            advance = position.x_advance * factor + tracking
            left = x + position.x_offset * factor
            found.append((info.cluster, info.codepoint, left, position.y_offset * factor, advance))
            x += advance
        if direction == "rtl":
            found.reverse()
        glyphs = []
        for at, (cluster, glyph, left, rise, advance) in enumerate(found):
            following = found[at + 1][0] if at + 1 < len(found) else len(text)
            said = "".join(says[cluster:following]) or SILENT
            shown = (font, glyph)
            if not glyph:
                self.shaper.report_missing(text[cluster])
                other, replacement = self._fallback.replacement()
                shown = (other, other.font.get_nominal_glyph(ord(replacement)) or 0)
            glyphs.append(Glyph(*shown, said, left, rise, scale, advance, places[cluster]))
        return glyphs
