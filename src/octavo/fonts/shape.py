"""Shaping by HarfBuzz: text in, words ready to be painted out, each shaped once in the life of a session.

A session (`Shaper`) lives within one run of the typesetter. It opens faces when they are first needed, falls back
from font to font per character, gives every pair (glyph, text) its code, and gathers what no font can show.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

import uharfbuzz as harfbuzz

from octavo.diagnostics import Diagnostic, Position, error, warning
from octavo.errors import ResourceError
from octavo.fonts.book import Face, FontBook
from octavo.fonts.features import TypeSpec, feature_switches, upper_pieces
from octavo.fonts.hanging import HANGS_LEFT, HANGS_RIGHT
from octavo.fonts.loaded import LoadedFont
from octavo.fonts.words import JOINER, Glyph, Part, Word, number, painted

SOFT_HYPHEN: Final = "\u00ad"
_REPLACEMENT: Final = "\ufffd"
_SMALL_CAPITAL_SCALE: Final = 0.8
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_UNSAYABLE: Final = re.compile("[\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]")
_ATTACHED: Final = ("Mn", "Me", "Mc")
_JOINERS: Final = "\u200c\u200d\u2060\ufe0e\ufe0f"


def printable(text: str) -> str:
    """Return the text without control characters and marks of direction, which no font can show."""
    return _UNPRINTABLE.sub("", text) if _UNPRINTABLE.search(text) else text


def _separate(content: str) -> str:
    """Return content that may follow a number: one that begins with a number gets a space before it."""
    return content if content.startswith("<") else f" {content}"


class _Words(dict[str, Word]):
    """The words of a setting; one that is asked for the first time is shaped."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self._setting = setting

    def __missing__(self, text: str) -> Word:
        word = self[text] = self._setting.shape(text)
        return word


class Setting:
    """Text in one typeface with one set of features, at any size: `words[text]` is a shaped word."""

    def __init__(self, shaper: Shaper, spec: TypeSpec) -> None:
        self.shaper = shaper
        self.spec = spec
        self.fonts = shaper.stack(spec)
        self.primary = self.fonts[0]
        self.words = _Words(self)
        self._fragments: dict[str, Word] = {}
        self._switches = feature_switches(spec)
        self._simple = not (spec.small_caps or spec.upper)
        self._letters: dict[str, float] = {}
        self._chosen: dict[str, LoadedFont | None] = {}
        self.space = self.words[" "]

    def fragment(self, text: str) -> Word:
        """Return the first part of a word broken at a line's end, with its hyphen, which reads as U+00AD."""
        found = self._fragments.get(text)
        if found is None:
            whole = f"{printable(text).replace(SOFT_HYPHEN, '')}-"
            word = self._shaped_simply(whole, True) if self._simple else None
            found = word or self._assembled(whole, self._glyphs(whole, True))
            self._fragments[text] = self._hang(found)
        return found

    def code(self, space: str) -> str:
        """Return the code, in angle brackets, of a space character in the first font."""
        glyph = self.primary.font.get_nominal_glyph(32) or 0
        return (
            f"<{self.primary.codes.get((glyph, space)) or self.shaper.new_code(self.primary, glyph, space)}>"
        )

    @property
    def hyphen_width(self) -> float:
        """The width of a hyphen, in thousandths of the size."""
        return self.words["-"].width

    def letter_widths(self, text: str) -> list[float]:
        """Return the width before each character by the letters' own widths alone: nearly that of shaped text."""
        letters = self._letters
        return list(accumulate([letters.get(each) or self._letter(each) for each in text], initial=0.0))

    def _letter(self, character: str) -> float:
        width = self._letters[character] = self.words[character].width
        return width

    def prefix_widths(self, text: str) -> list[float]:
        """Return the width of what stands before each character, and that of the whole, in thousandths.

        A ligature's letters share its width.
        """
        bare = printable(text).replace(SOFT_HYPHEN, "")
        steps = (self._simple_steps(bare) if self._simple else None) or self._steps(bare)
        if len(bare) == len(text):
            return list(accumulate(steps, initial=0.0))
        shown = iter(steps)
        hidden = (letter == SOFT_HYPHEN or _UNPRINTABLE.match(letter) for letter in text)
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
        glyphs = self._glyphs(text, False)
        steps = [0.0] * len(text)
        starts = sorted({glyph.character for glyph in glyphs} | {len(text)})
        following = dict(pairwise(starts))
        for glyph in glyphs:
            end = following[glyph.character]
            for at in range(glyph.character, end):
                steps[at] += glyph.advance / (end - glyph.character)
        return steps

    def shape(self, text: str) -> Word:
        """Shape a word, without the cache. Soft hyphens in it show nothing."""
        bare = printable(text)
        if SOFT_HYPHEN in bare:
            bare = bare.replace(SOFT_HYPHEN, "")
        if not bare:
            return Word(text, "", 0.0)
        word = self._shaped_simply(bare) if self._simple else None
        if word is None:
            word = self._assembled(bare, self._glyphs(bare, False))
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

    def _shaped_simply(self, text: str, hyphenated: bool = False) -> Word | None:
        """Shape a word that its first font shows from left to right without raised marks; None where it does not.

        With `hyphenated` its last character reads as a soft hyphen.
        """
        font, tracking = self.primary, self.spec.tracking
        infos, positions, direction = self.shaper.run(font, text, self._switches, self.spec.language)
        if direction != "ltr":
            return None
        scale, codes, advances = font.per_mille, font.codes, font.advances
        pieces: list[str] = []
        open_codes = ""
        back = 0.0
        width = 0
        starts = [info.cluster for info in infos]
        starts.append(len(text))
        if hyphenated:
            text = f"{text[:-1]}{SOFT_HYPHEN}"
        for at, (info, position) in enumerate(zip(infos, positions, strict=True)):
            glyph = info.codepoint
            if not glyph or position.y_offset:
                return None
            said = text[starts[at] : starts[at + 1]] or JOINER
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

    def _assembled(self, text: str, glyphs: Sequence[Glyph]) -> Word:
        width = sum(glyph.advance for glyph in glyphs)
        for glyph in glyphs:
            if (glyph.identifier, glyph.text) not in glyph.font.codes:
                self.shaper.new_code(glyph.font, glyph.identifier, glyph.text)
        parts = painted(glyphs, width)
        if len(parts) == 1:
            part: Part = parts[0]
            if part.font == self.primary.index and not part.rise and part.scale == 1 and abs(part.x) < 0.05:
                return Word(text, _separate(part.content), width)
        return Word(text, None, width, parts)

    def _glyphs(self, text: str, hyphenated: bool) -> list[Glyph]:
        """Return the glyphs of any word, in reading order. With `hyphenated` the last reads as a soft hyphen."""
        glyphs: list[Glyph] = []
        x = 0.0
        at = 0
        for font, stretch, reads in self._by_font(text):
            says = [reads] if reads else list(stretch)
            if hyphenated and at + len(stretch) == len(text):
                says[-1] = SOFT_HYPHEN
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
        found: list[tuple[int, int, float, float, float]] = []
        for info, position in zip(infos, positions, strict=True):
            advance = position.x_advance * factor + self.spec.tracking
            left = x + position.x_offset * factor
            found.append((info.cluster, info.codepoint, left, position.y_offset * factor, advance))
            x += advance
        if direction == "rtl":
            found.reverse()
        glyphs = []
        for at, (cluster, glyph, left, rise, advance) in enumerate(found):
            following = found[at + 1][0] if at + 1 < len(found) else len(text)
            said = "".join(says[cluster:following]) or JOINER
            glyphs.append(Glyph(font, glyph, said, left, rise, scale, advance, places[cluster]))
        return glyphs

    def _by_font(self, text: str) -> list[tuple[LoadedFont, str, str]]:
        """Split a word into (font, text, what it reads as where that is another text)."""
        runs: list[tuple[LoadedFont, str, str]] = []
        for character in text:
            attached = character in _JOINERS or unicodedata.category(character) in _ATTACHED
            if attached and runs and not runs[-1][2]:
                font, before, _ = runs[-1]
                runs[-1] = (font, before + character, "")
                continue
            chosen = self._chosen.get(character)
            if character not in self._chosen:
                chosen = self._chosen[character] = self._choose(character)
            if chosen is None:
                font, shown = self._replacement()
                self.shaper.report_missing(character)
                runs.append((font, shown, _UNSAYABLE.sub(_REPLACEMENT, character)))
            elif runs and runs[-1][0] is chosen and not runs[-1][2]:
                runs[-1] = (chosen, runs[-1][1] + character, "")
            else:
                runs.append((chosen, character, ""))
        return runs

    def _choose(self, character: str) -> LoadedFont | None:
        """Return the first font that has a character, or can compose it; None where none has."""
        if _UNSAYABLE.match(character):
            return None
        shown = upper_pieces(character, self.spec.language)[0] if self.spec.upper else character
        for font in self.fonts:
            if all(font.has(each) for each in shown):
                return font
            infos, _, _ = self.shaper.run(font, shown, self._switches, self.spec.language)
            if infos and all(info.codepoint for info in infos):
                return font
        for face in self.shaper.others(self.spec):
            font = self.shaper.load(face)
            if all(font.has(each) for each in shown):
                return font
        return None

    def _replacement(self) -> tuple[LoadedFont, str]:
        """Return a font and a character to show in place of one that no font has."""
        for shown in (_REPLACEMENT, "\u25a1", "?"):
            chosen = self._choose(shown)
            if chosen is not None:
                return chosen, shown
        raise ResourceError(error("font-without-letters", "no font at hand shows as much as a question mark"))


class Shaper:
    """A shaping session: open fonts, settings, and what was missing. `position` is where the text in hand stands."""

    def __init__(self, book: FontBook) -> None:
        self.position: Position | None = None
        self.used: list[LoadedFont] = []
        self._book = book
        self._loaded: dict[int, LoadedFont] = {}
        self._settings: dict[TypeSpec, Setting] = {}
        self._stacks: dict[tuple[tuple[str, ...], int, bool], list[LoadedFont]] = {}
        self._others: dict[tuple[tuple[str, ...], int, bool], list[Face]] = {}
        self._missing: dict[str, Diagnostic] = {}
        self._buffer = harfbuzz.Buffer()
        self._buffer.cluster_level = harfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        self._buffer.flags = harfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What the session has to say: characters that no font has, each once."""
        return tuple(self._missing.values())

    def setting(self, spec: TypeSpec) -> Setting:
        """Return the setting for a way to set text; the same one each time."""
        found = self._settings.get(spec)
        if found is None:
            found = self._settings[spec] = Setting(self, spec)
        return found

    def run(
        self, font: LoadedFont, text: str, switches: dict[str, bool], language: str
    ) -> tuple[list[harfbuzz.GlyphInfo], list[harfbuzz.GlyphPosition], str]:
        """Shape a text in one font; return HarfBuzz's glyphs and positions, left to right, and the direction."""
        buffer = self._buffer
        buffer.clear_contents()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        if language:
            buffer.language = language
        harfbuzz.shape(font.font, buffer, switches)
        return buffer.glyph_infos, buffer.glyph_positions, buffer.direction

    def new_code(self, font: LoadedFont, glyph: int, text: str) -> str:
        """Give a pair its code, and its font a place among those used."""
        if font.index < 0:
            font.index = len(self.used)
            self.used.append(font)
        return font.new_code(glyph, text)

    def load(self, face: Face) -> LoadedFont:
        """Open a face, once."""
        found = self._loaded.get(id(face))
        if found is None:
            found = self._loaded[id(face)] = LoadedFont(face)
        return found

    def stack(self, spec: TypeSpec) -> list[LoadedFont]:
        """Return the fonts of a style's own families, upright ones after italic ones of the same family.

        Raises:
            ResourceError: no font at all is at hand.
        """
        key = (spec.families, spec.weight, spec.italic)
        found = self._stacks.get(key)
        if found is None:
            found = self._stacks[key] = [self.load(face) for face in self._own_faces(spec)]
        return found

    def _own_faces(self, spec: TypeSpec) -> list[Face]:
        faces: list[Face] = []
        for family in (
            *spec.families,
            *(() if any(map(self._book.has, spec.families)) else self._book.families),
        ):
            for italic in (spec.italic, not spec.italic):
                face = self._book.match(family, spec.weight, italic)
                if face is not None and not any(face is each for each in faces):
                    faces.append(face)
        if not faces:
            raise ResourceError(
                error("no-font", f"none of the fonts `{', '.join(spec.families)}` is at hand, nor any other")
            )
        return faces

    def others(self, spec: TypeSpec) -> list[Face]:
        """Return faces of all other families, those most like the style's first."""
        key = (spec.families, spec.weight, spec.italic)
        found = self._others.get(key)
        if found is None:
            own = {family.casefold() for family in spec.families}
            first = spec.families[0] if spec.families else ""
            names = sorted(
                (name for name in self._book.families if name.casefold() not in own),
                key=lambda name: (
                    ("mono" in name.casefold()) != ("mono" in first.casefold()),
                    name.split(" ")[0] != first.split(" ")[0],
                    "symbol" in name.casefold() or "math" in name.casefold(),
                    name,
                ),
            )
            matched = (self._book.match(name, spec.weight, spec.italic) for name in names)
            found = self._others[key] = [face for face in matched if face is not None]
        return found

    def report_missing(self, character: str) -> None:
        """Say, once per character, that no font has it."""
        if character in self._missing:
            return
        shown = "" if _UNSAYABLE.match(character) else f" `{character}`"
        name = unicodedata.name(character, "a character without a name").lower()
        self._missing[character] = warning(
            "missing-glyph",
            f"no font at hand has the character{shown} U+{ord(character):04X} ({name})",
            self.position,
            "install a font that has it and name it in the theme's font stack, or write it otherwise",
        )
