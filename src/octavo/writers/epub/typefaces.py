"""Fonts: the faces that the styles in use ask for, cut down to the characters set in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import msgspec

from octavo.diagnostics import Diagnostic
from octavo.errors import OctavoError
from octavo.fonts.book import Face, FontBook
from octavo.fonts.lending import Lenders
from octavo.theme.style import Style, StyleSheet
from octavo.tree.semantics import StyleKey
from octavo.writers.epub.markup import file_stem
from octavo.writers.epub.scribe import Use

_MEDIA_TYPES: Final[Mapping[bytes, tuple[str, str]]] = {
    b"\x00\x01\x00\x00": ("ttf", "font/ttf"),
    b"true": ("ttf", "font/ttf"),
    b"OTTO": ("otf", "font/otf"),
}


_BOLD: Final = 600
"""From this weight on, a face stands for bold (CSS Fonts 4, 5.2: the nearest weight above 500 is looked for above)."""
_IMPLIED: Final = "√"
"""What a reading system draws that no formula names: the sign of roots."""


class EmbeddedFace(msgspec.Struct, frozen=True):
    """A font file of the e-book."""

    family: str
    weight: int
    italic: bool
    name: str
    media_type: str
    data: bytes

    def rule(self) -> str:
        """Return its @font-face rule."""
        style = "italic" if self.italic else "normal"
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight}; font-style: {style}; '
            f'src: url("{self.name}"); }}\n'
        )


class Embedded(msgspec.Struct, frozen=True):
    """The faces to embed, the families among them that lend the theme's their letters, and why others cannot be."""

    faces: tuple[EmbeddedFace, ...]
    lenders: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def embed(
    styles: StyleSheet,
    voices: Mapping[tuple[Use, tuple[str, ...]], set[str]],
    book: FontBook,
    language: str,
) -> Embedded:
    """Return what to embed for the characters set in each style."""
    wanted: dict[tuple[str, int, bool], tuple[Face, set[str]]] = {}
    lenders, lending = Lenders(book, language), dict[str, None]()
    said: dict[Diagnostic, None] = {}
    # Text in the reader's own face names no other, so the theme's would lie in the file for nothing.
    unnamed = styles.of(StyleKey.PARAGRAPH).font if styles.page.text_face == "reader" else None
    for (use, chain), characters in voices.items():
        families, weight, italic = _wanted(styles, use, chain)
        known_as = next(filter(book.has, families), None)
        face = None if known_as is None or families == unnamed else book.match(known_as, weight, italic)
        if face is None:
            continue
        _want(wanted, face, characters)
        try:
            lent = lenders.lent(families, weight, italic, characters)
        except OctavoError as fault:
            said.update(dict.fromkeys(fault.diagnostics))
            continue
        for lender, shown in lent:
            _want(wanted, lender, shown)
            lending[lender.family] = None
    found: list[EmbeddedFace] = []
    for key in sorted(wanted):
        try:
            made = _embedded(wanted[key][0], _exchanged(key, wanted))
        except OctavoError as fault:
            said.update(dict.fromkeys(fault.diagnostics))
            continue
        if made is not None:
            found.append(made)
    return Embedded(tuple(found), tuple(lending), tuple(said))


def _exchanged(
    key: tuple[str, int, bool], wanted: Mapping[tuple[str, int, bool], tuple[Face, set[str]]]
) -> set[str]:
    """Return the letters of a face, and those of the faces of its family that a reading system which knows normal and
    bold alone shows it for."""
    family, weight, italic = key
    return {
        letter
        for (other, heaviness, slope), (_, letters) in wanted.items()
        if (other, slope) == (family, italic) and (heaviness >= _BOLD) == (weight >= _BOLD)
        for letter in letters
    }


def _want(
    wanted: dict[tuple[str, int, bool], tuple[Face, set[str]]], face: Face, characters: Collection[str]
) -> None:
    _, known = wanted.setdefault((face.family, face.weight, face.italic), (face, set()))
    known.update(characters)


def with_lenders(styles: StyleSheet, lenders: tuple[str, ...]) -> StyleSheet:
    """Return a style sheet whose families are followed by those that lend them letters."""
    if not lenders:
        return styles

    def more(fonts: tuple[str, ...]) -> tuple[str, ...]:
        return (*fonts, *(each for each in lenders if each not in fonts))

    def wider(style: Style) -> Style:
        return msgspec.structs.replace(style, font=more(style.font))

    return msgspec.structs.replace(
        styles,
        styles={key: wider(style) for key, style in styles.styles.items()},
        within={pair: wider(style) for pair, style in styles.within.items()},
        marks={
            key: mark if mark.font is None else msgspec.structs.replace(mark, font=more(mark.font))
            for key, mark in styles.marks.items()
        },
    )


def embed_mathematics(letters: set[str], book: FontBook) -> tuple[EmbeddedFace, ...]:
    """Return the face that formulas are set in, with its measures; none where there are no formulas or no such font.

    A letter that stands alone is shown in italics, which are signs of their own (MathML Core, text-transform).
    """
    if not letters:
        return ()
    import uharfbuzz

    from octavo.mathematics.formula import Variant
    from octavo.mathematics.symbols import in_alphabet

    shown = {*letters, *_IMPLIED, *in_alphabet("".join(sorted(letters)), Variant.ITALIC)}
    for face in book.mathematics():
        if uharfbuzz.Face(face.load(), face.face_index).has_math_data:
            made = _embedded(face, shown)
            return () if made is None else (made,)
    return ()


def _wanted(styles: StyleSheet, use: Use, chain: tuple[str, ...]) -> tuple[tuple[str, ...], int, bool]:
    """Return the families, the weight and the slope of a text in a style, with marks on it."""
    style = styles.of(use.style, use.within)
    fonts, weight, italic = style.font, style.weight, style.italic
    for name in chain:
        mark = styles.marks.get(name)
        if mark is not None:
            fonts = mark.font if mark.font is not None else fonts
            weight = mark.weight if mark.weight is not None else weight
            italic = mark.italic if mark.italic is not None else italic
    return fonts, weight, italic


def _embedded(face: Face, characters: set[str]) -> EmbeddedFace | None:
    from octavo.fonts.subset import subset_for_text

    text = "".join(sorted(characters))
    # Capitals too: a style may set its text in them.
    data = subset_for_text(face.load(), "".join(sorted({*text, *text.upper()})), face.face_index)
    kind = _MEDIA_TYPES.get(data[:4])
    if kind is None:
        return None
    slope = "-italic" if face.italic else ""
    name = f"fonts/{file_stem(face.family, 'font')}-{face.weight}{slope}.{kind[0]}"
    return EmbeddedFace(face.family, face.weight, face.italic, name, kind[1], data)
