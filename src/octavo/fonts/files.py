"""Which faces a font file holds: its names, weight and slope, and instances of a variable font as faces of their own.

OpenType 1.9: name (identifiers 1 and 16), OS/2 (usWeightClass, usWidthClass, fsSelection), head (macStyle), fvar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

import msgspec
import uharfbuzz as harfbuzz

from octavo.fonts.book import Face, FontBook, embedding_bits

FONT_SUFFIXES: Final = (".ttf", ".otf", ".ttc", ".otc")
_OUTLINES: Final = frozenset({"glyf", "CFF "})
_FAMILY, _TYPOGRAPHIC_FAMILY = 1, 16
_WEIGHTS: Final = range(100, 1000, 100)
_NORMAL_WIDTH: Final = 5


def faces_in(opened: Any, load: Callable[[], bytes], origin: str) -> tuple[Face, ...]:
    """Return the faces of a font file, none where octavo cannot use it.

    Fonts without outlines that PDF knows are left out: bitmaps, colour alone, and CFF of the second version.

    Args:
        opened: a `harfbuzz.Blob` of the file; only the tables that are looked at are read.
        load: returns the file's bytes.
        origin: the folder it comes from, for reports.
    """
    found: list[Face] = []
    for index in range(harfbuzz.Face(opened).count):
        face = harfbuzz.Face(opened, index)
        family = _family(face)
        if family and face.glyph_count and _OUTLINES & set(face.table_tags):
            found.extend(_faces(face, family, load, origin))
    return tuple(found)


def with_rights(book: FontBook) -> FontBook:
    """Return a book that knows the embedding bits of all its faces: their files are read for that."""
    return FontBook(
        (
            msgspec.structs.replace(face, embedding=embedding_bits(_table(opened, "OS/2")))
            for face in book.faces
            for opened in (harfbuzz.Face(face.load(), face.face_index),)
        ),
        book.diagnostics,
    )


def _faces(face: Any, family: str, load: Callable[[], bytes], origin: str) -> Iterator[Face]:
    index, shown = face.index, harfbuzz.Font(face)

    def has(character: str) -> bool:
        return bool(shown.get_nominal_glyph(ord(character)))

    weight, italic, embedding = _weight(face), _is_italic(face), embedding_bits(_table(face, "OS/2"))
    axes = {axis.tag: axis for axis in face.axis_infos}
    if not axes:
        yield Face(
            family=family,
            weight=weight,
            italic=italic,
            load=load,
            origin=origin,
            face_index=index,
            has=has,
            embedding=embedding,
        )
        return
    span = axes.get("wght")
    low, high = (span.min_value, span.max_value) if span else (weight, weight)
    weights = [each for each in _WEIGHTS if low <= each <= high] or [weight]
    slopes = (False, True) if {"ital", "slnt"} & axes.keys() else (italic,)
    for slope in slopes:
        for each in weights:
            places = {tag: _place(axis, each, slope) for tag, axis in axes.items()}
            yield Face(
                family=family,
                weight=each,
                italic=slope,
                load=_pinned(load, index, places),
                origin=origin,
                has=has,
                embedding=embedding,
            )


def _place(axis: Any, weight: int, italic: bool) -> float:
    """Return where an axis stands for a weight and slope."""
    wanted = axis.default_value
    if axis.tag == "wght":
        wanted = weight
    elif axis.tag == "ital":
        wanted = axis.max_value if italic else axis.min_value
    elif axis.tag == "slnt" and italic:
        # Slant is in degrees, and a lean to the right is negative (OpenType 1.9, registered axis slnt).
        wanted = axis.min_value
    return float(min(max(wanted, axis.min_value), axis.max_value))


def _pinned(load: Callable[[], bytes], index: int, places: Mapping[str, float]) -> Callable[[], bytes]:
    @cache
    def pinned() -> bytes:
        return static_instance(load(), index, places)

    return pinned


def static_instance(data: bytes, index: int, places: Mapping[str, float]) -> bytes:
    """Return a variable font with its axes pinned, as a font like any other; all glyphs and features stay."""
    face = harfbuzz.Face(data, index)
    request = harfbuzz.SubsetInput()
    request.keep_everything()
    for tag, value in places.items():
        request.pin_axis_location(face, tag, value)
    return bytes(harfbuzz.SubsetPlan(face, request).execute().blob.data)


def _family(face: Any) -> str:
    """Return the family's name; condensed and expanded faces keep that of their own family."""
    own = face.get_name(_FAMILY) or ""
    wide = _table(face, "OS/2")[6:8]
    if wide and int.from_bytes(wide, "big") != _NORMAL_WIDTH:
        return own
    return face.get_name(_TYPOGRAPHIC_FAMILY) or own


def _weight(face: Any) -> int:
    table = _table(face, "OS/2")
    weight = int.from_bytes(table[4:6], "big") if len(table) >= 6 else 400
    # Some old fonts count from 1 to 9.
    return weight * 100 if 1 <= weight <= 9 else min(max(weight, 1), 1000)


def _is_italic(face: Any) -> bool:
    table, head = _table(face, "OS/2"), _table(face, "head")
    slanted = len(table) >= 64 and int.from_bytes(table[62:64], "big") & 0x0201
    return bool(slanted or (len(head) >= 46 and int.from_bytes(head[44:46], "big") & 2))


def _table(face: Any, tag: str) -> bytes:
    return bytes(face.reference_table(tag).data)
