"""The notes of a document while it is written: what stands in each, by kind and number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from octavo.writers.docx.story import Relationships

NoteKind: TypeAlias = Literal["footnote", "endnote"]
KINDS: Final[tuple[NoteKind, ...]] = ("footnote", "endnote")


class NoteShelf:
    """Holds notes as they are written. `contents` are their blocks as XML, in the order of their numbers from 1."""

    def __init__(self) -> None:
        self.contents: Mapping[NoteKind, list[str]] = {kind: [] for kind in KINDS}
        self.relationships: Mapping[NoteKind, Relationships] = {kind: Relationships() for kind in KINDS}

    def reserve(self, kind: NoteKind) -> int:
        """Return the number of the next note: it has its place before what stands in it is written."""
        self.contents[kind].append("")
        return len(self.contents[kind])

    def put(self, kind: NoteKind, number: int, xml: str) -> None:
        """Keep what a note holds."""
        self.contents[kind][number - 1] = xml

    def by_number(self) -> dict[tuple[str, str], str]:
        """Return what notes hold, by kind and number."""
        return {
            (kind, str(number)): xml
            for kind, found in self.contents.items()
            for number, xml in enumerate(found, start=1)
        }
