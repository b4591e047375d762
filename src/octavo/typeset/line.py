"""What setting a paragraph gives: lines, ready to be placed on a page."""

from __future__ import annotations

import msgspec

from octavo.theme.style import Mark
from octavo.typeset.frames import Owner, Picture, TextLine


class LinkSpan(msgspec.Struct, frozen=True):
    """A stretch of a line that can be clicked, from the line's left edge."""

    left: float
    right: float
    target: str
    owner: Owner
    description: str


class InlinePicture(msgspec.Struct, frozen=True):
    """An image within a line; `rise` is how far its lower edge stands above the baseline."""

    x: float
    rise: float
    picture: Picture


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a paragraph. `x` is where its frame begins, from the left edge of the measure (alignment and
    first-line indent included); `height` is what it takes of the page (the leading, or more where an image is
    taller), `ascent` how far its baseline is below its top.

    `notes` are the keys of the footnotes cited in it, `anchors` those of inline targets, `offset` the number of
    characters of the block's `plain_text` before the line.
    """

    frame: TextLine
    x: float
    width: float
    height: float
    ascent: float
    offset: int
    hyphenated: bool = False
    notes: tuple[int, ...] = ()
    anchors: tuple[int, ...] = ()
    links: tuple[LinkSpan, ...] = ()
    pictures: tuple[InlinePicture, ...] = ()


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """Text that octavo puts before a paragraph's own, on its first line: "Figure 1", a run-in title, a note's number.

    `gap` is the space after it, in points; with `tab` the text begins at least that far from the measure's edge. A
    label of more than one line is a drop initial: `deep` lines stand beside it, and its letters are as high as they.
    """

    text: str
    owner: Owner
    mark: Mark | None = None
    gap: float = 0.0
    tab: float = 0.0
    deep: int = 1


class Highlight(msgspec.Struct, frozen=True):
    """How a stretch of code, by its character offsets, is set off from the rest."""

    start: int
    end: int
    mark: Mark
