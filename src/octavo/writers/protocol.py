"""What a writer is: a name, a suffix, its options, and one method."""

from __future__ import annotations

import datetime
from typing import ClassVar, Protocol

import msgspec

from octavo.edition import Output
from octavo.fonts.book import FontBook
from octavo.theme.style import Medium, StyleSheet
from octavo.transforms.resolved import Resolved
from octavo.tree import Document
from octavo.typeset.frames import Layout
from octavo.workers import NOBODY, Workers


class Manuscript(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a writer may use; all of it is final.

    `layout` is None only for writers that say they need no pages (`needs_layout`). `produced` stands in the edition's
    metadata as the time of making, in UTC; `identifier` is a URN that is the same for the same content. `document` is
    the document as it was read, before the transforms, for editions that keep it to be read again.
    """

    resolved: Resolved
    styles: StyleSheet
    layout: Layout | None
    fonts: FontBook
    produced: datetime.datetime
    identifier: str
    document: Document | None = None
    layout_styles: StyleSheet | None = None
    """The sheet that the layout was set in, where it is not `styles`."""
    workers: Workers = NOBODY
    """Who may help. What a writer returns must not tell whether anybody did."""


class Writer(Protocol):
    """Translates a manuscript into one format. It decides nothing, reads nothing and keeps nothing between calls.

    A writer that asks a layout for the pages of nodes alone, and not for what stands on them, says so by a class
    attribute `needs_frames` that is False: where all writers do, the frames need not be kept.

    A writer that can be told more than the manuscript has a class attribute `options`, the type of a frozen
    `msgspec.Struct`, and takes one, or nothing, when it is made.
    """

    name: ClassVar[str]
    suffix: ClassVar[str]
    """With its dot, as ".pdf"."""
    medium: ClassVar[Medium]

    @property
    def needs_layout(self) -> bool:
        """Whether it reads the layout; mostly a class attribute."""
        ...

    def write(self, manuscript: Manuscript) -> Output:
        """Return the edition.

        Raises:
            EditionError: the edition cannot be made.
        """
        ...


__all__ = ["Manuscript", "Output", "Writer"]
