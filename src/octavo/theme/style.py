"""What a theme resolves to: one closed style sheet of complete, typed, absolute values.

Lengths are points, rounded once to 1/100 pt; colours are `Color`s. Three words are kept apart: *written* (in the TOML),
*computed* (a `Style` here), *used* (in a frame of a page).
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Literal

import msgspec

from octavo.tree.nodes import ListMarker
from octavo.units import BLACK, Color


class Medium(enum.StrEnum):
    """Where an edition is read; each may lay an overlay over the theme."""

    PRINT = "print"
    SCREEN = "screen"
    OFFICE = "office"


class Border(msgspec.Struct, frozen=True):
    """A rule along one edge of a box; none where `width` is 0."""

    width: float
    color: Color


class Sides(msgspec.Struct, frozen=True):
    """Four lengths in points."""

    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    left: float = 0.0


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """The complete computed style of one style key, within one container or at the top."""

    # Text properties: a container hands them on to what it holds.
    font: tuple[str, ...]
    size: float
    leading: float
    """The distance between baselines, in points."""
    weight: int
    italic: bool
    color: Color
    letter_spacing: float
    case: Literal["none", "upper"]
    small_caps: bool
    figures: Literal["lining", "old-style"]
    figure_spacing: Literal["proportional", "tabular"]
    underline: bool
    strike: bool
    align: Literal["left", "right", "center", "justify"]
    hyphenate: bool

    # Box properties: they hold for the box itself and are never handed on.
    first_line_indent: float
    indent_left: float
    """From the text column's edge, or from the container's content edge; negative reaches out."""
    indent_right: float
    space_before: float
    """Between two blocks stands the larger of the one's space after and the other's space before."""
    space_after: float
    padding: Sides
    background: Color | None
    border_top: Border
    border_right: Border
    border_bottom: Border
    border_left: Border
    keep_with_next: bool
    keep_together: bool
    all_columns: bool
    break_before: Literal["auto", "page", "recto"]
    break_when: Literal["always", "long"] = "always"
    """`long`: in short documents `break_before` does not hold; see `theme.breaks`."""
    columns: int = 1
    """Of groups: how many columns their content stands in."""
    column_gap: float = 0.0
    place: Literal["column", "margin"] = "column"
    """Of groups, pull quotes and captions: in the text column, or beside it in the page's margin column."""

    # Generated content
    marker: str
    """The marker of an unordered list's items."""
    marker_indent: float
    """List items: from the marker to the item's text. Headings: how far the number hangs to the left of the text;
    0 lets the number run into the heading."""
    drop_initial: int
    """Of headings: how many lines deep the first letter of the text after one is; 0: as the others."""
    label: Literal["block", "run-in", "none"]
    """How a group shows its title: above, at the start of the first paragraph, or not at all."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What an inline mark changes; None leaves a property as it is. Marks are folded from the outermost in."""

    font: tuple[str, ...] | None = None
    scale: float | None = None
    """Size, as a share of the text it stands in."""
    weight: int | None = None
    italic: bool | None = None
    color: Color | None = None
    letter_spacing: float | None = None
    case: Literal["none", "upper"] | None = None
    small_caps: bool | None = None
    figures: Literal["lining", "old-style"] | None = None
    underline: bool | None = None
    strike: bool | None = None
    background: Color | None = None
    rise: float | None = None
    """Upwards, as a share of the size of the text it stands in."""


class RunningLine(msgspec.Struct, frozen=True, kw_only=True):
    """Templates for the three places of a running head or foot; see `theme.running.fill`."""

    left: str = ""
    center: str = ""
    right: str = ""


class RunningLines(msgspec.Struct, frozen=True, kw_only=True):
    """A running head or foot on the first page, on other recto pages, and on verso pages."""

    first: RunningLine = RunningLine()
    recto: RunningLine = RunningLine()
    verso: RunningLine = RunningLine()


class Masthead(msgspec.Struct, frozen=True, kw_only=True):
    """A band over the full width at the head of the first page, with lines of text to its left and right.

    Text is set in the styles `masthead` (left) and `masthead-series` (right); `masthead.background` fills the
    band, and `masthead.border_bottom` is the rule under it. Lines stand `inset_bottom` above the band's lower edge.
    """

    height: float
    inset_bottom: float
    left: tuple[str, ...]
    right: tuple[str, ...]


class PageStyle(msgspec.Struct, frozen=True, kw_only=True):
    """The page. Margins are from the trim edge; `inner` is the left one on recto pages and on one-sided pages."""

    width: float
    height: float
    margin_top: float
    margin_bottom: float
    margin_inner: float
    margin_outer: float
    first_margin_top: float
    """The top margin of the first page, below its masthead."""
    facing: bool
    title_page: bool = False
    """The title block has the first page to itself."""
    front_matter: Literal["arabic", "roman"] = "arabic"
    """How the pages before the first chapter are counted."""
    text_face: Literal["reader", "theme"] = "reader"
    """Whose typeface the text of an e-book is set in."""
    columns: int
    column_gap: float
    column_rule: Border = Border(0.0, BLACK)
    """Between the columns, in the middle of the gap."""
    margin_column: float = 0.0
    """The width of the column in the outer margin; 0: none."""
    margin_column_gap: float = 0.0
    bleed: float
    header: RunningLines
    footer: RunningLines
    header_baseline: float
    """From the upper trim edge down to the running head's baseline."""
    footer_baseline: float
    """From the lower trim edge up to the running foot's baseline."""
    running_left: float
    """Where running heads and feet begin, from the left margin; negative reaches out."""
    masthead: Masthead | None
    footnote_rule: Border
    footnote_rule_width: float
    footnote_gap: float


class TextOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Theme-wide limits of line breaking. Word space factors are of the font's own word space."""

    word_space_minimum: float = 0.75
    word_space_maximum: float = 1.6
    letter_space_minimum: float = 0.0
    letter_space_maximum: float = 0.0
    """What lines may take from between their letters and put there, in shares of the size."""
    hyphen_lines: int = 2
    orphans: int = 2
    widows: int = 2
    hanging_punctuation: bool = True


class StyleSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A resolved theme for one medium.

    `styles` holds every style key and every name the theme declares; `within` holds the pairs (container, key) in
    which the theme, or the container's text properties, make a difference.
    """

    name: str
    medium: Medium
    styles: Mapping[str, Style]
    within: Mapping[tuple[str, str], Style]
    marks: Mapping[str, Mark]
    page: PageStyle
    text: TextOptions
    section_depth: int
    """How deep sections are numbered; 0: not at all."""
    list_markers: tuple[ListMarker, ...] = (ListMarker.DECIMAL,)
    """How ordered lists count that do not say it themselves: the first way that no list around them has."""
    palette: Mapping[str, Color]
    """The theme's colour tokens, in the order written."""
    fonts: Mapping[str, tuple[str, ...]]
    """The theme's font roles (`text`, `heading`, `mono` at least): families in order of preference."""

    def of(self, key: str, within: str = "") -> Style:
        """Return the style of `key`, within a container where that makes a difference.

        Raises:
            KeyError: the key is neither a style key nor declared by the theme (transforms check this first).
        """
        return self.within.get((within, key)) or self.styles[key]
