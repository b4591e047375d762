"""Fonts as Word names them: a family holds regular and bold only, any other weight is a family of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from octavo.fonts.book import Face, FontBook

_FAMILY: Final = 1
_SUBFAMILY: Final = 2
BOLD_WEIGHT: Final = 600
_LETTER: Final = 0.55
"""The width of a letter that no face at hand has, in ems."""


class WordFace(msgspec.Struct, frozen=True):
    """What `w:rFonts`, `w:b` and `w:i` say to get a face. `name` is the name table's family (OpenType, name ID 1)."""

    name: str
    bold: bool
    italic: bool


class Typefaces:
    """Finds Word's names of faces, and remembers which faces were asked for."""

    def __init__(self, book: FontBook) -> None:
        self._book = book
        self._known: dict[tuple[tuple[str, ...], int, bool], WordFace] = {}
        self._advances: dict[tuple[tuple[str, ...], int], Callable[[str], float]] = {}
        self._writes: dict[tuple[str, str], bool] = {}
        self.used: dict[WordFace, Face] = {}
        """The faces at hand that were asked for, in the order of asking."""

    def of(self, families: tuple[str, ...], weight: int, italic: bool) -> WordFace:
        """Return Word's name of the nearest face of the first family that is at hand."""
        wanted = (families, weight, italic)
        known = self._known.get(wanted)
        if known is None:
            known = self._known[wanted] = self._find(families, weight, italic)
        return known

    def _find(self, families: tuple[str, ...], weight: int, italic: bool) -> WordFace:
        for family in families:
            face = self._book.match(family, weight, italic)
            if face is not None:
                name, subfamily = names_of(face)
                found = WordFace(name or family, "Bold" in subfamily, italic)
                self.used.setdefault(found, face)
                return found
        return WordFace(families[0] if families else "Calibri", weight >= BOLD_WEIGHT, italic)

    def writes(self, name: str, letters: str) -> bool:
        """Say whether a family, as Word names it, has any of some letters; False where it is not at hand."""
        asked = (name, letters)
        if asked not in self._writes:
            import uharfbuzz

            face = next((face for known, face in self.used.items() if known.name == name), None)
            font = None if face is None else uharfbuzz.Font(uharfbuzz.Face(face.load(), face.face_index))
            self._writes[asked] = font is not None and any(
                font.get_nominal_glyph(ord(each)) for each in letters
            )
        return self._writes[asked]

    def knows(self, name: str) -> bool:
        """Say whether a family, as Word names it, is at hand."""
        return any(known.name == name for known in self.used)

    def width(self, text: str, families: tuple[str, ...], weight: int) -> float:
        """Return how wide a text is on one line, in ems: the sum of its letters, without kerning."""
        wanted = (families, weight)
        advance = self._advances.get(wanted)
        if advance is None:
            advance = self._advances[wanted] = self._measuring(families, weight)
        return sum(map(advance, text))

    def _measuring(self, families: tuple[str, ...], weight: int) -> Callable[[str], float]:
        """Return a function from letters to their widths; those that the face lacks have a usual one."""
        import uharfbuzz

        face = next((found for each in families if (found := self._book.match(each, weight))), None)
        if face is None:
            return lambda _letter: _LETTER
        opened = uharfbuzz.Face(face.load(), face.face_index)
        font = uharfbuzz.Font(opened)
        units = opened.upem
        known: dict[str, float] = {}

        def advance(letter: str) -> float:
            found = known.get(letter)
            if found is None:
                glyph = font.get_nominal_glyph(ord(letter))
                found = known[letter] = font.get_glyph_h_advance(glyph) / units if glyph else _LETTER
            return found

        return advance

    def holding(self, text: str, families: tuple[str, ...]) -> str:
        """Return the name of the first family that has all the characters; that of the first where none has."""
        import uharfbuzz

        others = tuple(each for each in self._book.families if each not in families)
        for family in (*families, *others):
            face = self._book.match(family)
            if face is None:
                continue
            font = uharfbuzz.Font(uharfbuzz.Face(face.load(), face.face_index))
            if all(font.get_nominal_glyph(ord(each)) for each in text):
                return self.of((family,), 400, False).name
        return self.of(families, 400, False).name


def names_of(face: Face) -> tuple[str, str]:
    """Return the name table's family and subfamily of a face; both empty where it has none."""
    import uharfbuzz

    opened = uharfbuzz.Face(face.load(), face.face_index)
    return opened.get_name(_FAMILY) or "", opened.get_name(_SUBFAMILY) or ""
