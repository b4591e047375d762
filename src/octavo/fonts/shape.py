"""Shaping by HarfBuzz: text in, words ready to be painted out, each shaped once in the life of a session.

A session (`Shaper`) lives within one run of the typesetter. It opens faces when they are first needed, falls back
from font to font per character, gives every pair (glyph, text) its code, and gathers what no font can show.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

import uharfbuzz as harfbuzz

from octavo.diagnostics import Diagnostic, Position, error, warning
from octavo.errors import ResourceError
from octavo.fonts.book import Face, FontBook
from octavo.fonts.characters import has_letters_from_the_right, is_sayable
from octavo.fonts.features import TypeSpec
from octavo.fonts.loaded import LoadedFont
from octavo.fonts.scripts import extra_for
from octavo.fonts.setting import Setting

_MISSING_SHOWN: Final = 10
_BARE: Final = harfbuzz.BufferSerializeFlags.NO_GLYPH_NAMES | harfbuzz.BufferSerializeFlags.NO_CLUSTERS
_NO_CHARACTER: Final = "\uffff"
_NOTHING: Final[Mapping[TypeSpec, Mapping[str, str]]] = {}
_LONGEST_RUN: Final = 100_000
"""HarfBuzz refuses to shape more than 2^19 characters at once; longer runs go to it piece by piece."""


def _cure(character: str) -> str:
    extra = extra_for(character)
    brought = f"`pip install 'octavo[{extra}]'` brings one; or " if extra else ""
    return (
        f"{brought}give a folder with a font that has it by --fonts, or use the machine's with --system-fonts"
    )


class Shaper:
    """A shaping session: open fonts, settings, and what was missing. `position` is where the text in hand stands.

    `known` gives words that were shaped before, as `written_row` does.
    """

    def __init__(self, book: FontBook, known: Mapping[TypeSpec, Mapping[str, str]] = _NOTHING) -> None:
        self.known = known
        self.position: Position | None = None
        self.used: list[LoadedFont] = []
        self._book = book
        self._loaded: dict[int, LoadedFont] = {}
        self._settings: dict[TypeSpec, Setting] = {}
        self._stacks: dict[tuple[tuple[str, ...], int, bool], list[Face]] = {}
        self._others: dict[tuple[tuple[str, ...], int, bool], list[Face]] = {}
        self._missing: dict[str, Diagnostic] = {}
        self._buffer = harfbuzz.Buffer()
        self._buffer.cluster_level = harfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        self._buffer.flags = harfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What the session has to say: characters that no font has, each once; after many, how many more."""
        found = tuple(self._missing.values())
        if len(found) <= _MISSING_SHOWN:
            return found
        characters = sorted(self._missing)[:200]
        rest = warning(
            "missing-glyph",
            f"no font at hand has {len(found) - _MISSING_SHOWN} more characters; "
            f"all that are missing: `{''.join(characters)}`",
            found[_MISSING_SHOWN].position,
            found[0].hint,
        )
        return (*found[:_MISSING_SHOWN], rest)

    @property
    def codes_given(self) -> int:
        """How many codes were given."""
        return sum([len(font.entries) for font in self.used])

    @property
    def missed(self) -> int:
        """How many characters were found missing."""
        return len(self._missing)

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
        if len(text) <= _LONGEST_RUN:
            return self._run(font, text, switches, language, 0)
        runs = [self._run(font, text, switches, language, at) for at in range(0, len(text), _LONGEST_RUN)]
        direction = runs[0][2]
        if direction == "rtl":
            runs.reverse()
        infos = [info for run in runs for info in run[0]]
        return infos, [position for run in runs for position in run[1]], direction

    def written(
        self, font: LoadedFont, text: str, switches: dict[str, bool], language: str
    ) -> list[str] | None:
        """Shape a short word in one font, and return each character's glyph as HarfBuzz writes it: "glyph+advance".

        None where the word is not shown so plainly: a glyph is missing or moved, or letters share one. Reading one
        string takes half the time of asking each glyph.
        """
        written = self._written(font, text, switches, language)
        if "@" in written or "[0+" in written or "|0+" in written:
            return None
        glyphs: list[str] = written[1:-1].split("|")
        return glyphs if len(glyphs) == len(text) else None

    def written_row(
        self, font: LoadedFont, words: Sequence[str], switches: dict[str, bool], language: str
    ) -> dict[str, str]:
        """Shape short words of one script in one go, and return the glyphs of those that are shown plainly, see
        `written`, with "|" between them.

        A character that no font has stands between two words, so that they do not change each other.
        """
        if not words or font.has(_NO_CHARACTER):
            return {}
        separator = f"|0+{font.advance(0)}|"
        rows = self._written(font, _NO_CHARACTER.join(words), switches, language)[1:-1].split(separator)
        if len(rows) != len(words):
            return {}
        return {
            word: row
            for word, row in zip(words, rows, strict=True)
            if row.count("|") + 1 == len(word) and "@" not in row and not row.startswith("0+")
        }

    def _written(self, font: LoadedFont, text: str, switches: dict[str, bool], language: str) -> str:
        buffer = self._buffer
        buffer.clear_contents()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        if language:
            buffer.language = language
        harfbuzz.shape(font.font, buffer, switches)
        return str(buffer.serialize(font.font, flags=_BARE))

    def _run(
        self, font: LoadedFont, text: str, switches: dict[str, bool], language: str, start: int
    ) -> tuple[list[harfbuzz.GlyphInfo], list[harfbuzz.GlyphPosition], str]:
        buffer = self._buffer
        buffer.clear_contents()
        if start or len(text) > _LONGEST_RUN:
            buffer.add_str(text, start, min(_LONGEST_RUN, len(text) - start))
        else:
            buffer.add_str(text)
        buffer.guess_segment_properties()
        if buffer.direction == "rtl" and not has_letters_from_the_right(text):
            # Figures of these scripts are read from left to right.
            buffer.direction = "ltr"
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

    def math_font(self) -> LoadedFont | None:
        """Return a font with the measures of mathematics, None where there is none at hand."""
        loaded = map(self.load, self._book.mathematics())
        return next((font for font in loaded if font.harfbuzz_face.has_math_data), None)

    def stack(self, spec: TypeSpec) -> list[Face]:
        """Return the faces of a style's own families, upright ones after italic ones of the same family.

        None is opened: most of a text never asks for more than the first.

        Raises:
            ResourceError: no font at all is at hand.
        """
        key = (spec.families, spec.weight, spec.italic)
        found = self._stacks.get(key)
        if found is None:
            found = self._stacks[key] = self._own_faces(spec)
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
        """Return faces of all other families that editions may hold, those most like the style's first."""
        key = (spec.families, spec.weight, spec.italic)
        found = self._others.get(key)
        if found is None:
            own = {family.casefold() for family in spec.families}
            first = spec.families[0] if spec.families else ""
            names = sorted(
                (
                    name
                    for name in self._book.families
                    if name.casefold() not in own and not self._book.forbidden(name)
                ),
                key=lambda name: (
                    ("mono" in name.casefold()) != ("mono" in first.casefold()),
                    "cjk" in name.casefold() or "emoji" in name.casefold(),
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
        shown = "" if not is_sayable(character) else f" `{character}`"
        name = unicodedata.name(character, "a character without a name").lower()
        self._missing[character] = warning(
            "missing-glyph",
            f"no font at hand has the character{shown} U+{ord(character):04X} ({name})",
            self.position,
            _cure(character),
        )
