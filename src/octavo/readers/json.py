"""Reads the JSON form of a document, as `octavo tree` and `octavo.tree.dump` write it."""

from __future__ import annotations

from typing import ClassVar

from octavo.readers.decode import decode
from octavo.readers.protocol import Parsed, Source
from octavo.tree.dump import from_json


class JsonReader:
    """Reads a document's dump; nodes keep the positions that they had in the first source."""

    name: ClassVar[str] = "json"
    suffixes: ClassVar[tuple[str, ...]] = (".json",)

    def read(self, source: Source) -> Parsed:
        """Return the document.

        Raises:
            SourceError: the source is not UTF-8, malformed, of another version, or no document.
        """
        text, diagnostics = decode(source)
        return Parsed(from_json(text.encode("utf-8"), source.name), diagnostics)
