"""What the transforms promise: ids, keys, numbers, labels, links and styles are final.

Writers and the typesetter read the index by a node's `key`; they look nothing up by text and decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from octavo.tree import Document
from octavo.tree.media import MediaFile
from octavo.tree.nodes import Footnote, Inline, List, ListMarker, Table

if TYPE_CHECKING:
    from octavo.mathematics.formula import Formula


class StyleUse(msgspec.Struct, frozen=True):
    """The style of one block: a style key (or a name the theme declares), and the container it stands in.

    `within` is the style key of the nearest group, quote or the like, empty at the top; see `StyleSheet.of`.
    """

    style: str
    within: str = ""


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """A section's heading. `level` starts at 1; `number` is empty where the section is not numbered."""

    key: int
    id: str
    level: int
    number: str
    title: tuple[Inline, ...]


class Captioned(msgspec.Struct, frozen=True, kw_only=True):
    """A figure, table or listing that a list of them shows."""

    key: int
    id: str
    label: str
    caption: tuple[Inline, ...]


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A footnote with its mark."""

    key: int
    id: str
    mark: str
    footnote: Footnote


class CodeStretch(msgspec.Struct, frozen=True):
    """A stretch of a block of code, by its character offsets, and the mark that it is set in."""

    start: int
    end: int
    mark: str


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """The words that octavo itself writes, in the document's language."""

    figure: str
    table: str
    section: str
    page: str
    contents: str
    list_of_figures: str
    list_of_tables: str
    notes: str
    references: str
    abstract: str
    key_points: str
    recommendations: str
    about_the_author: str
    notice: str
    case: str
    number: str
    """The abbreviation before an issue's number, as "No."."""
    cover: str
    title_page: str
    back_to_text: str
    appendix: str
    listing: str
    list_of_listings: str


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """All that the transforms found out, by key.

    `numbers`: sections ("2.1"), figures, tables, listings, formulas ("3"), notes ("4"); absent: not numbered.
    `labels`: what stands before a caption or is said of a thing in a reference ("Figure 3", "Section 2.1").
    `anchors`: id -> key, for every node that can be a target. `styles`: key -> style, for every block, caption, list
    item, cell and entry. `levels`: key of a section -> its depth, 1 for the outermost.
    `date` is the metadata's date as the language writes it. `highlights`: key of a block of code -> its stretches in
    order and apart; absent: all of it is plain. `formulas`: key of a formula -> its tree; absent: it is not understood,
    and shown as its source. `markers`: key of an ordered list -> how it counts. `alike`: key of a table -> all
    tables with its heads, itself among them; absent: there is no other.
    """

    numbers: Mapping[int, str]
    labels: Mapping[int, str]
    anchors: Mapping[str, int]
    styles: Mapping[int, StyleUse]
    levels: Mapping[int, int]
    headings: tuple[Heading, ...]
    figures: tuple[Captioned, ...]
    tables: tuple[Captioned, ...]
    listings: tuple[Captioned, ...]
    notes: tuple[Note, ...]
    note_by_key: Mapping[int, Note]
    terms: Terms
    date: str
    highlights: Mapping[int, tuple[CodeStretch, ...]] = {}
    formulas: Mapping[int, Formula] = {}
    markers: Mapping[int, ListMarker] = {}
    alike: Mapping[int, tuple[Table, ...]] = {}

    def marker_of(self, items: List) -> ListMarker:
        """Return how an ordered list counts."""
        return self.markers.get(items.key) or items.marker or ListMarker.DECIMAL


class Numbering(msgspec.Struct, frozen=True, kw_only=True):
    """What a theme asks of the numbers: how deep sections are numbered (0: not at all), and how ordered lists count
    that do not say it themselves, the outermost first."""

    section_depth: int = 0
    list_markers: tuple[ListMarker, ...] = (ListMarker.DECIMAL,)


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """A document ready for the typesetter and the writers. `media` maps `Image.source` to the file read.

    `language_assumed`: the source does not say its language, and the document's is a guess.
    """

    document: Document
    index: Index
    media: Mapping[str, MediaFile]
    language_assumed: bool = False
