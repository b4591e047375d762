"""What a reader is: bytes in, a document and what was noticed out."""

from __future__ import annotations

from typing import ClassVar, Protocol

import msgspec

from octavo.diagnostics import Diagnostic
from octavo.nesting import DEEPEST, DEEPEST_MARKS
from octavo.tree import Document


class Source(msgspec.Struct, frozen=True):
    """A source as it lies on disk. `name` is how diagnostics call it: the path as the user gave it.

    `depth` is how deep its blocks may nest: a reader that goes down them by recursion refuses what is deeper, and the
    transforms refuse it in any case. `marks` is how deep emphasis, links and spans may nest; a reader may keep the text
    of what is deeper, and say so.
    """

    data: bytes
    name: str = ""
    depth: int = DEEPEST
    marks: int = DEEPEST_MARKS


class Parsed(msgspec.Struct, frozen=True):
    """A document with all that the reader has to say of its source."""

    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()


class Reader(Protocol):
    """Turns one source format into a document. Nothing of the text is lost; what is not understood is reported."""

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    """Lower case, with their dots."""

    def read(self, source: Source) -> Parsed:
        """Return the document.

        Raises:
            SourceError: the source is not text in UTF-8, or too broken to make anything of.
        """
        ...
