"""Text that stands in columns: a line as a row of places, each as wide as one letter of a fixed width.

Ideographs take two places (UAX #11: W and F), marks over other letters none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


class Row:
    """A line of text by places. `line` and `column` are where it begins in the source, from 0."""

    __slots__ = ("_offsets", "column", "line", "places", "text")

    def __init__(self, text: str, line: int, column: int, *, wide: bool = True) -> None:
        self.text = text
        self.line = line
        self.column = column
        if text.isascii() or not wide:
            self.places: Sequence[str] = text
            self._offsets: Sequence[int] = range(len(text))
            return
        places: list[str] = []
        offsets: list[int] = []
        for at, character in enumerate(text):
            if unicodedata.combining(character) and places:
                places[-1] += character
                continue
            places.append(character)
            offsets.append(at)
            if unicodedata.east_asian_width(character) in "WF":
                places.append("")
                offsets.append(at)
        self.places, self._offsets = places, offsets

    def at(self, place: int) -> str:
        """Return the character at a place, a space behind the line's end."""
        return self.places[place] if place < len(self.places) else " "

    def between(self, start: int, end: int | None = None) -> str:
        """Return the text from one place to before another."""
        return "".join(self.places[start:end])

    def source_column(self, place: int) -> int:
        """Return the column in the source of a place."""
        if place < len(self._offsets):
            return self.column + self._offsets[place]
        return self.column + len(self.text)
