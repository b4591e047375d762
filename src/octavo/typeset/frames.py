"""The result of typesetting: pages of frames, each owned by a node or declared an artifact.

Units are points. A page's origin is the upper left corner of its trim box, y grows downwards; the painter turns that
round. This is all that a paged writer needs to know.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

from octavo.units import Color


class Part(enum.StrEnum):
    """Which part of its owner a frame is."""

    CONTENT = "content"
    LABEL = "label"
    """A list item's marker, a heading's number, a caption's label, a note's number before its text."""
    MARK = "mark"
    """A note's mark in the text."""
    TITLE = "title"
    """The heading of a section, the title of a group."""
    ATTRIBUTION = "attribution"
    CREDIT = "credit"
    TERM = "term"
    """A definition's term."""
    PAGE = "page"
    """The leader and page number of an entry in a table of contents."""


class Artifact(enum.StrEnum):
    """What a frame is that belongs to no node (ISO 32000-1, 14.8.2.2)."""

    HEADER = "header"
    FOOTER = "footer"
    BACKGROUND = "background"
    LAYOUT = "layout"
    """Rules and borders."""


class Owner(msgspec.Struct, frozen=True):
    """The node that a frame shows: its key, and the part of it. Key 0 with `metadata` names a metadata field
    (`title`, `subtitle`, `authors`) set in the title block; `entry` is the key a contents entry points to."""

    key: int
    part: Part = Part.CONTENT
    metadata: str = ""
    entry: int = 0


Ownership: TypeAlias = Owner | Artifact


class FontUse(msgspec.Struct, frozen=True, kw_only=True):
    """A font as the document uses it: which glyphs, and what each stands for.

    A code is given per pair (glyph, text), so that every code has one text: ligatures and small capitals keep their
    letters, and the hyphen at a line's end reads as U+00AD. Codes are those of two bytes, without 0, in their order.
    Advances are in font units.
    """

    name: str
    """The PostScript name."""
    data: bytes
    face_index: int
    variations: tuple[tuple[str, float], ...]
    units_per_em: int
    codes: Mapping[int, tuple[int, str, float]]
    """code -> (glyph identifier, text, advance)"""


class GlyphRun(msgspec.Struct, frozen=True):
    """Glyphs of one font, size and colour on one baseline.

    `content` is the inside of a PDF text-showing array: hexadecimal codes of two bytes in angle brackets, with
    adjustments in thousandths of the size between them ("<00010002>-20<0003>"), word spaces included.
    """

    x: float
    """From the line's left edge."""
    rise: float
    """Above the baseline."""
    width: float
    font: int
    """Index into `Layout.fonts`."""
    size: float
    color: Color
    content: str
    owner: Ownership
    language: str = ""
    """Where it differs from the document's."""
    reads: str | None = None
    """What it reads as where its codes do not say it, together with the runs behind it whose own is empty: one word of
    letters that have several glyphs."""
    spread: float = 0.0
    """Added behind each code, in points, as the line is made to fill its measure (ISO 32000-1, 9.3.2)."""


class TextLine(msgspec.Struct, frozen=True):
    """A line of text: its runs from left to right, and rules (underline, strike) of them as (x, y, width, height)
    relative to the baseline's left end, y downwards."""

    runs: tuple[GlyphRun, ...]
    rules: tuple[tuple[float, float, float, float, Color], ...] = ()
    width: float = 0.0
    """How wide a line of a text from right to left is; of others the runs say it."""


class Rectangle(msgspec.Struct, frozen=True):
    """A filled rectangle: a background, a rule or a border. Backgrounds that touch the trim edge reach into the
    bleed when painted for print; `bleeds` says so."""

    width: float
    height: float
    color: Color
    owner: Ownership
    bleeds: bool = False


class Picture(msgspec.Struct, frozen=True):
    """An image: `source` is a key of `Resolved.media`."""

    width: float
    height: float
    source: str
    alt: str
    owner: Ownership


class LinkArea(msgspec.Struct, frozen=True):
    """A place that can be clicked: `target` is a URL, or `#id`; `owner` is the link node (or a contents entry)."""

    width: float
    height: float
    target: str
    owner: Owner
    description: str


Frame: TypeAlias = TextLine | Rectangle | Picture | LinkArea


class Placed(msgspec.Struct, frozen=True):
    """A frame on its page. For a text line (x, y) is the left end of its baseline, else the upper left corner.

    A `turned` one reads upwards, and what is above in it stands at its left: it is as wide on the page as the frame is
    high. Only text lines and pictures are turned.
    """

    x: float
    y: float
    frame: Frame
    turned: bool = False


class Anchor(msgspec.Struct, frozen=True):
    """A place that can be linked to: the node's key, and the y of its top on the page."""

    key: int
    y: float


class PageStart(msgspec.Struct, frozen=True):
    """Where in the text a page begins: the block that its first line belongs to, and how many characters of that
    block's `plain_text` stand on earlier pages (0: the page begins with the block). `part` and `entry` are those of the
    line's owner: a page may begin with the attribution of a quotation, or with an entry of a table of contents."""

    key: int
    offset: int
    part: Part = Part.CONTENT
    entry: int = 0


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page: `label` is its folio as printed, frames stand in the order of reading, artifacts first."""

    label: str
    side: Literal["recto", "verso"]
    frames: tuple[Placed, ...]
    anchors: tuple[Anchor, ...]
    start: PageStart | None
    turned: bool = False
    """All but its running heads is turned, and reads upwards."""


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """A typeset document. `page_of` gives, for the key of every block and target, the index of its first page."""

    width: float
    height: float
    bleed: float
    pages: tuple[Page, ...]
    fonts: tuple[FontUse, ...]
    page_of: Mapping[int, int]
    title_scale: float = 1.0
    """How much smaller the title is than the theme says, because it is long."""
    raised: float = 0.0
    """How much lower a title page's band is than the theme says, in points, because what stands below it is long."""
    leftwards: bool = False
    """The document is read from right to left: its pages follow each other that way, too."""

    def without_frames(self) -> Layout:
        """Return the layout for those who ask on which page something stands, and not how: it takes a tenth."""
        pages = tuple([msgspec.structs.replace(page, frames=()) for page in self.pages])
        return msgspec.structs.replace(self, pages=pages)
