"""Stories: the parts of a package that hold text, and what each relates to."""

from __future__ import annotations

from typing import Final

import msgspec

OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HYPERLINK: Final = f"{OFFICE}/hyperlink"
IMAGE: Final = f"{OFFICE}/image"


class Relationship(msgspec.Struct, frozen=True):
    """A part's relationship. `target` is a part's name from the package's root, or a URL when `external`."""

    id: str
    kind: str
    target: str
    external: bool = False


class Relationships:
    """The relationships of one part, numbered as they are asked for; asking again gives the same."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, bool], Relationship] = {}

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """Return the identifier of a relationship."""
        wanted = (kind, target, external)
        found = self._found.get(wanted)
        if found is None:
            found = self._found[wanted] = Relationship(f"rId{len(self._found) + 1}", kind, target, external)
        return found.id

    def all(self) -> tuple[Relationship, ...]:
        """Return the relationships in the order of asking."""
        return tuple(self._found.values())


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the package: its name from the root, its content type, its bytes, and what it relates to."""

    name: str
    content_type: str
    data: bytes
    relationships: tuple[Relationship, ...] = ()
    kind: str = ""
    """How the main document relates to it; empty where nothing but its own users do."""
