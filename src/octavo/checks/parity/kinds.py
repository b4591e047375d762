"""Whether a typeface has figures of both kinds: old-style and lining, of one width and each of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from octavo.fonts.book import Face

KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "figures": ("onum", "lnum"),
    "figure-spacing": ("tnum", "pnum"),
}
"""By property: the features that ask for one kind and for the other (OpenType Layout tag registry)."""


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
