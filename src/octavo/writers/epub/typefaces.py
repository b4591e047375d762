"""Fonts: the faces that the styles in use ask for, cut down to the characters set in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from octavo.diagnostics import Diagnostic
from octavo.errors import OctavoError
from octavo.fonts.book import Face, FontBook
from octavo.theme.style import StyleSheet
from octavo.tree.semantics import StyleKey
from octavo.writers.epub.markup import file_stem
from octavo.writers.epub.scribe import Use

_MEDIA_TYPES: Final[Mapping[bytes, tuple[str, str]]] = {
    b"\x00\x01\x00\x00": ("ttf", "font/ttf"),
    b"true": ("ttf", "font/ttf"),
    b"OTTO": ("otf", "font/otf"),
}


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


def embed(
    styles: StyleSheet, voices: Mapping[tuple[Use, tuple[str, ...]], set[str]], book: FontBook
) -> tuple[tuple[EmbeddedFace, ...], tuple[Diagnostic, ...]]:
    """Return the faces to embed, and why others cannot be."""
    wanted: dict[tuple[str, int, bool], tuple[Face, set[str]]] = {}
    # Text in the reader's own face names no other, so the theme's would lie in the file for nothing.
    unnamed = styles.of(StyleKey.PARAGRAPH).font if styles.page.text_face == "reader" else None
    for (use, chain), characters in voices.items():
        families, weight, italic = _wanted(styles, use, chain)
        known_as = next(filter(book.has, families), None)
        face = None if known_as is None or families == unnamed else book.match(known_as, weight, italic)
        if face is None:
            continue
        _, known = wanted.setdefault((face.family, face.weight, face.italic), (face, set()))
        known |= characters
    found: list[EmbeddedFace] = []
    said: dict[Diagnostic, None] = {}
    for key in sorted(wanted):
        face, characters = wanted[key]
        try:
            made = _embedded(face, characters)
        except OctavoError as fault:
            said.update(dict.fromkeys(fault.diagnostics))
            continue
        if made is not None:
            found.append(made)
    return tuple(found), tuple(said)


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
