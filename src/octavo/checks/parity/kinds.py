"""What the typefaces at hand cannot do: a family that is not there, a weight that it lacks, figures of one kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from octavo.fonts.book import Face, FontBook

KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "figures": ("onum", "lnum"),
    "figure-spacing": ("tnum", "pnum"),
}
"""By property: the features that ask for one kind and for the other (OpenType Layout tag registry)."""


class Wanted(msgspec.Struct, frozen=True):
    """The face that a theme asks for: families in order of preference, weight and slope."""

    families: tuple[str, ...]
    weight: int
    italic: bool


def why_another(name: str, wanted: Wanted, found: str, fonts: FontBook) -> str:
    """Return why an edition has another value of a property of type than the theme says, "" where it must not.

    Args:
        name: a property.
        wanted: the face that the theme asks for.
        found: the value that the edition has, as text.
        fonts: those at hand.
    """
    family = next(filter(fonts.has, wanted.families), "")
    face = fonts.match(family, wanted.weight, wanted.italic)
    if face is None:
        return ""
    if name == "font" and family != wanted.families[0] and found.casefold() == family.casefold():
        return f"`{wanted.families[0]}` is not at hand, and `{family}` stands in for it"
    if name == "weight" and found == str(face.weight) != str(wanted.weight):
        return f"`{family}` has no weight that is nearer"
    if name == "italic" and found == str(face.italic).lower() != str(wanted.italic).lower():
        return f"`{family}` has no such slope"
    if name in KINDS and not has_both(face, name):
        return "the typeface has figures of one kind alone"
    return ""


def has_both(face: Face, name: str) -> bool:
    """Say whether a face has other figures for one value of a property than for the other."""
    import uharfbuzz

    font = uharfbuzz.Font(uharfbuzz.Face(face.load(), face.face_index))
    shown = []
    for feature in KINDS[name]:
        buffer = uharfbuzz.Buffer()
        buffer.add_str("0123456789")
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer, {feature: True})
        infos, places = buffer.glyph_infos, buffer.glyph_positions
        shown.append([(info.codepoint, place.x_advance) for info, place in zip(infos, places, strict=True)])
    return shown[0] != shown[1]
