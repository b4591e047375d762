"""Cutting fonts down to what a document uses, by HarfBuzz's subsetter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Literal, Protocol

import msgspec
import uharfbuzz as harfbuzz

from octavo.diagnostics import error
from octavo.errors import ResourceError
from octavo.fonts.book import embedding_bits, refuse_forbidden

_LAYOUT_TABLES: Final = (
    "GSUB",
    "GPOS",
    "GDEF",
    "kern",
    "DSIG",
    "name",
    "post",
    "OS/2",
    "STAT",
    "BASE",
    "MATH",
    "meta",
)
_TAGS: Final = harfbuzz.OTMetricsTag
_FIXED_PITCH, _SERIF, _SYMBOLIC, _ITALIC, _SMALL_CAPS, _FORCE_BOLD = 1, 2, 4, 64, 131072, 262144


class UsedFont(Protocol):
    """A font as a document uses it; see `FontUse`."""

    @property
    def name(self) -> str:
        """The PostScript name."""
        ...

    @property
    def data(self) -> bytes:
        """The whole font file."""
        ...

    @property
    def face_index(self) -> int:
        """Which face of a collection."""
        ...

    @property
    def variations(self) -> tuple[tuple[str, float], ...]:
        """Where the axes of a variable font are set."""
        ...

    @property
    def codes(self) -> Mapping[int, tuple[int, str, float]]:
        """(glyph identifier, text, advance) of each code."""
        ...


class Subset(msgspec.Struct, frozen=True, kw_only=True):
    """A font cut down to the glyphs used, and what a font descriptor says of it (ISO 32000-1, 9.8).

    `data` is a TrueType font file, or an OpenType one with CFF outlines (`cff_table` is then the bare table).
    `glyph_map` leads from the old glyph identifiers to the new ones. Metrics are in thousandths of the size;
    `flags` are those of ISO 32000-1, table 123, the font counting as symbolic since it is used by glyph.
    """

    data: bytes
    format: Literal["truetype", "cff"]
    cff_table: bytes
    glyph_map: Mapping[int, int]
    bounding_box: tuple[int, int, int, int]
    ascent: float
    descent: float
    cap_height: float
    x_height: float
    italic_angle: float
    stem_v: int
    flags: int
    is_fixed_pitch: bool
    embedding: int
    """The embedding bits of the OS/2 table (`fsType`); 0: installable."""


def subset(font: UsedFont) -> Subset:
    """Return a font cut down to the glyphs that a document uses; glyph 0 is kept as the format demands.

    Raises:
        ResourceError: the font forbids embedding or subsetting (OpenType, OS/2 `fsType`), or is broken.
    """
    face = _opened(font.data, font.face_index, font.name)
    embedding = _embedding(face, font.name)
    request = harfbuzz.SubsetInput()
    for glyph, _, _ in font.codes.values():
        request.glyph_set.add(glyph)
    request.flags = harfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE | harfbuzz.SubsetFlags.NOTDEF_OUTLINE
    for tag in _LAYOUT_TABLES:
        request.drop_table_tag_set.add(int.from_bytes(tag.encode(), "big"))
    for axis, value in font.variations:
        request.pin_axis_location(face, axis, value)
    plan, data = _executed(face, request, font.name)
    tags = set(face.table_tags)
    bare = bytes(_table(harfbuzz.Face(data), "CFF ")) if "CFF " in tags else b""
    return _described(face, font, data, bare, dict(plan.old_to_new_glyph_mapping), embedding)


def subset_for_text(data: bytes, text: str, face_index: int = 0) -> bytes:
    """Return a font cut down to the characters of a text, with its OpenType layout kept: for reading systems that
    shape text themselves.

    Raises:
        ResourceError: the font forbids embedding or subsetting, or is broken.
    """
    face = _opened(data, face_index, "without a name")
    name = face.get_name(harfbuzz.OTNameIdPredefined.FULL_NAME) or "without a name"
    _embedding(face, name)
    request = harfbuzz.SubsetInput()
    for character in sorted(set(text) | {" ", "-"}):
        request.unicode_set.add(ord(character))
    request.layout_feature_tag_set.clear()
    request.layout_feature_tag_set.invert()
    request.flags = harfbuzz.SubsetFlags.NOTDEF_OUTLINE
    return _executed(face, request, name)[1]


def _opened(data: bytes, face_index: int, name: str) -> Any:
    face = harfbuzz.Face(data, face_index)
    if not face.glyph_count:
        raise ResourceError(
            error("font-not-read", f"the file of font `{name}` is no TrueType or OpenType font")
        )
    return face


def _executed(face: Any, request: Any, name: str) -> tuple[Any, bytes]:
    try:
        plan = harfbuzz.SubsetPlan(face, request)
        return plan, bytes(plan.execute().blob.data)
    except (RuntimeError, ValueError, MemoryError) as fault:
        raise not_subset(name) from fault


def not_subset(name: str) -> ResourceError:
    """Return the error for a font that HarfBuzz cannot cut down."""
    return ResourceError(
        error(
            "font-not-subset",
            f"font `{name}` is broken and cannot be cut down to what is used",
            hint="get its file anew, or name another family in the theme",
        )
    )


def _embedding(face: Any, name: str) -> int:
    """Return `fsType`; see `refuse_forbidden`."""
    bits = embedding_bits(_table(face, "OS/2"))
    refuse_forbidden(bits, name)
    return bits


def _table(face: Any, tag: str) -> bytes:
    return bytes(face.reference_table(tag).data)


def _described(
    face: Any, font: UsedFont, data: bytes, bare: bytes, glyph_map: Mapping[int, int], embedding: int
) -> Subset:
    shape = harfbuzz.Font(face)
    if font.variations:
        shape.set_variations(dict(font.variations))
    scale = 1000 / face.upem
    head, post, os2 = _table(face, "head"), _table(face, "post"), _table(face, "OS/2")
    box = _signed(head, 36), _signed(head, 38), _signed(head, 40), _signed(head, 42)
    angle = int.from_bytes(post[4:8], "big", signed=True) / 65536 if len(post) >= 8 else 0.0
    fixed = len(post) >= 16 and int.from_bytes(post[12:16], "big") != 0
    weight = int.from_bytes(os2[4:6], "big") if len(os2) >= 6 else 400
    for axis, value in font.variations:
        weight = int(value) if axis == "wght" else weight
    serif = len(os2) >= 31 and 1 <= os2[30] <= 7
    flags = (
        _SYMBOLIC
        | _FIXED_PITCH * fixed
        | _SERIF * serif
        | _ITALIC * bool(angle or re.search("Ital|Obl", font.name))
    )

    def metric(tag: Any) -> float:
        return round(float(shape.get_metric_position_with_fallback(tag) * scale), 2)

    return Subset(
        data=data,
        format="cff" if bare else "truetype",
        cff_table=bare,
        glyph_map=glyph_map,
        bounding_box=(
            round(box[0] * scale),
            round(box[1] * scale),
            round(box[2] * scale),
            round(box[3] * scale),
        ),
        ascent=metric(_TAGS.HORIZONTAL_ASCENDER),
        descent=metric(_TAGS.HORIZONTAL_DESCENDER),
        cap_height=metric(_TAGS.CAP_HEIGHT),
        x_height=metric(_TAGS.X_HEIGHT),
        italic_angle=round(angle, 3),
        stem_v=_stem(weight),
        flags=flags,
        is_fixed_pitch=fixed,
        embedding=embedding,
    )


def _signed(table: bytes, at: int) -> int:
    return int.from_bytes(table[at : at + 2], "big", signed=True)


def _stem(weight: int) -> int:
    """Guess the width of upright stems from the weight: 80 at 400, 140 at 700, as text faces have it."""
    return max(40, round(80 + (weight - 400) * 0.2))
