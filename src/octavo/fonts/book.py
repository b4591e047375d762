"""The fonts at hand: families, weights and slopes, and where their bytes come from.

A book is made above `api` (the environment knows the packages and folders) and handed down as a value. Bytes are
loaded when they are first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from octavo.diagnostics import Diagnostic, error
from octavo.errors import ResourceError

_MATH_FAMILY: Final = "STIX Two Math"


class Face(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One font file of a family. `load` returns its bytes, the same each time."""

    family: str
    weight: int
    italic: bool
    load: Callable[[], bytes]
    origin: str
    """The package or folder it comes from, for reports."""
    face_index: int = 0
    has: Callable[[str], bool] | None = None
    """Says whether the font has a character, without loading it; None where only the loaded font can tell."""
    embedding: int = 0
    """What its licence allows, see `forbidden`; of octavo's own fonts it is read when they are opened."""


def embedding_bits(table: bytes) -> int:
    """Return fsType of an OS/2 table (OpenType 1.9); 0, installable, where the font has no such table."""
    return int.from_bytes(table[8:10], "big") if len(table) >= 10 else 0


def forbidden(bits: int) -> str:
    """Return what a font's embedding bits forbid, "" where an edition may hold the font (OpenType 1.9, OS/2, fsType):
    embedding (bit 1), subsets (bit 8), all but bitmaps (bit 9)."""
    if bits & 0x000F == 0x0002:
        return "being embedded"
    return "being embedded in part" if bits & 0x0300 else ""


def may_be_edited(bits: int) -> bool:
    """Say whether a file that holds the font may be changed: one for preview and print alone (bit 2) makes it a file to
    be read (OpenType 1.9, OS/2, fsType)."""
    return not bits & 0x000F or bool(bits & 0x0008)


def refuse_forbidden(bits: int, name: str) -> None:
    """Refuse a font that no edition may hold.

    Raises:
        ResourceError: its licence forbids embedding, or subsets.
    """
    if reason := forbidden(bits):
        raise ResourceError(
            error(
                "font-not-embeddable",
                f"the licence of font `{name}` forbids {reason} (fsType {bits})",
                hint="name another family in the theme, or get a licence that allows it",
            )
        )


class FontBook:
    """Finds a face by family, weight and slope. Family names compare without regard to case.

    Of two faces alike the earlier is taken. `diagnostics` tells of files that hold no font.
    """

    def __init__(self, faces: Iterable[Face], diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        self.diagnostics = diagnostics
        self._families: dict[str, list[Face]] = {}
        for face in faces:
            self._families.setdefault(face.family.casefold(), []).append(face)

    @property
    def families(self) -> tuple[str, ...]:
        """The names of all families, sorted."""
        return tuple(sorted(faces[0].family for faces in self._families.values()))

    @property
    def faces(self) -> tuple[Face, ...]:
        """All faces, family by family."""
        return tuple(face for faces in self._families.values() for face in faces)

    def has(self, family: str) -> bool:
        """Say whether a family is at hand."""
        return family.casefold() in self._families

    def forbidden(self, family: str) -> str:
        """Return what the licence of some face of a family forbids; "" where editions may hold all of them."""
        return next(
            filter(None, (forbidden(face.embedding) for face in self._families.get(family.casefold(), ()))),
            "",
        )

    def mathematics(self) -> tuple[Face, ...]:
        """Return the faces that may have the measures of mathematics, by their names, octavo's own first."""
        names = sorted(name for name in self.families if "math" in name.casefold())
        found = (self.match(name) for name in sorted(names, key=lambda name: name != _MATH_FAMILY))
        return tuple(face for face in found if face is not None)

    def match(self, family: str, weight: int = 400, italic: bool = False) -> Face | None:
        """Return the face nearest in weight (CSS Fonts 4, 5.2: slope first, then weight), or None for an unknown
        family."""
        faces = self._families.get(family.casefold())
        if not faces:
            return None
        same_slope = [face for face in faces if face.italic == italic] or faces
        return min(
            same_slope,
            key=lambda face: (abs(face.weight - weight), -face.weight if weight > 500 else face.weight),
        )
