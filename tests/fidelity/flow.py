"""What an edition says, in its order: the common form in which a tree and its editions are compared.

Spaces, soft hyphens and characters that show nothing are left out on both sides; every other character counts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

NOTE = "\ue000"
"""Stands in the text where a note is cited."""
ANY = "*"
"""The language of code, of formulas and of words that octavo writes: an edition may say it or not."""


@dataclass(slots=True)
class Flow:
    """Everything of one document or edition.

    Attributes:
        runs: the text in pieces, each with its language; notes are told apart, and `NOTE` stands for their marks.
        headings: level (0: not said) and text of each heading.
        links: target and text of each link; a target inside the document begins with `#`.
        notes: the text of each note, in the order of their marks.
        images: the alternative text of each image that has one.
        cells: the text of each table cell; tables within cells are told within them too.
        numbers: what the edition itself writes before headings, captions, items and notes, as far as it is text.
    """

    runs: list[tuple[str, str]] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that is said outside of notes."""
        return "".join(text for text, _ in self.runs)

    @property
    def languages(self) -> list[str]:
        """The language of each character of the text."""
        return [language for text, language in self.runs for _ in text]


class Recorder:
    """Makes a flow while a tree is gone through."""

    def __init__(self) -> None:
        self.flow = Flow()
        self._streams: list[list[tuple[str, str]]] = [self.flow.runs]

    def say(self, text: str, language: str) -> None:
        """Hear some text."""
        shown = squeezed(text)
        if shown:
            self._streams[-1].append((shown, language.lower()))

    def cite(self, language: str) -> None:
        """Hear a note's mark."""
        self._streams[-1].append((NOTE, language.lower()))

    @contextmanager
    def heard(self) -> Iterator[list[str]]:
        """Gather what is said meanwhile; the list holds it as one text afterwards."""
        stream = self._streams[-1]
        start, found = len(stream), [""]
        yield found
        found[0] = "".join(text for text, _ in stream[start:])

    @contextmanager
    def note(self) -> Iterator[None]:
        """Hear a note's text."""
        place = len(self.flow.notes)
        self.flow.notes.append("")
        self._streams.append([])
        yield
        self.flow.notes[place] = "".join(text for text, _ in self._streams.pop())

    @contextmanager
    def table(self) -> Iterator[None]:
        """Hear a table; one whose cells show nothing is none."""
        place, images = len(self.flow.cells), len(self.flow.images)
        yield
        if not any(self.flow.cells[place:]) and len(self.flow.images) == images:
            del self.flow.cells[place:]

    @contextmanager
    def cell(self) -> Iterator[None]:
        """Hear a table cell."""
        place = len(self.flow.cells)
        self.flow.cells.append("")
        with self.heard() as found:
            yield
        self.flow.cells[place] = found[0]

    @contextmanager
    def link(self, target: str) -> Iterator[None]:
        """Hear a link's text; one that shows nothing is none."""
        with self.heard() as found:
            yield
        if found[0].replace(NOTE, ""):
            self.flow.links.append((target, found[0].replace(NOTE, "")))

    @contextmanager
    def heading(self, level: int) -> Iterator[None]:
        """Hear a heading; one that shows nothing is none."""
        with self.heard() as found:
            yield
        if found[0]:
            self.flow.headings.append((level, found[0]))


def squeezed(text: str) -> str:
    """Return the characters that show something, composed; NOTE stays."""
    shown = "".join(each for each in text if unicodedata.category(each) not in ("Cc", "Cf", "Zs", "Zl", "Zp"))
    return unicodedata.normalize("NFC", shown)
