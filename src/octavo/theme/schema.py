"""One table: every property that a theme may write; documentation and checks are made from it and from `keys.py`.

Names are written in TOML with hyphens; a property's field in `style.py` has the same name with underscores.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final

import msgspec

from octavo.theme.keys import MARKS, STYLES
from octavo.tree.nodes import ListMarker
from octavo.tree.semantics import StyleKey


class Kind(enum.StrEnum):
    """What a value is, and so how it is written."""

    FONT = "font"
    LENGTH = "length"
    LEADING = "leading"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    COLOR = "color"
    FILL = "fill"
    CHOICE = "choice"
    CHOICES = "choices"
    SIDES = "sides"
    BORDER = "border"
    STRING = "string"
    TEMPLATE = "template"
    TEMPLATES = "templates"
    PAPER = "paper"


LENGTH_UNITS: Final = "pt mm cm in pc px"


class Property(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a theme may write.

    `default` is written as in TOML. `flows`: a container hands it on to what stands in it. `em`: the length may be
    relative. `minimum` and `maximum` bound numbers, and lengths in points.
    """

    name: str
    kind: Kind
    default: object
    doc: str
    flows: bool = False
    em: bool = False
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None

    @property
    def unit(self) -> str:
        """What a number of it counts, and its bounds; "" where it is no number."""
        unit = {
            Kind.LENGTH: LENGTH_UNITS, Kind.SIDES: LENGTH_UNITS, Kind.PAPER: LENGTH_UNITS,
            Kind.LEADING: f"× size, or {LENGTH_UNITS}", Kind.NUMBER: "×", Kind.BORDER: LENGTH_UNITS,
        }.get(self.kind, "")  # fmt: skip
        return f"{unit} em" if self.em else unit

    @property
    def bounds(self) -> str:
        """The least and the most that it may be, lengths in points; "" where there is no bound."""
        low, high = self.minimum, self.maximum
        if low is None and high is None:
            return ""
        if low is not None and high is not None:
            return f"{low:g} to {high:g}"
        return f"at least {low:g}" if low is not None else f"at most {high:g}"

    @property
    def field(self) -> str:
        """The field of `Style`, `Mark`, `PageStyle` or `TextOptions` that holds the value."""
        return self.name.replace("-", "_")


def _table(*rows: Property) -> Mapping[str, Property]:
    return {row.name: row for row in rows}


def _length(name: str, doc: str, minimum: float | None = None, *, default: str = "0pt") -> Property:
    return Property(name=name, kind=Kind.LENGTH, default=default, doc=doc, minimum=minimum, em=True)


def _switch(name: str, doc: str, *, default: bool = False, flows: bool = False) -> Property:
    return Property(name=name, kind=Kind.BOOLEAN, default=default, doc=doc, flows=flows)


def _choice(name: str, choices: str, doc: str, *, flows: bool = False) -> Property:
    options = tuple(choices.split())
    return Property(name=name, kind=Kind.CHOICE, default=options[0], doc=doc, choices=options, flows=flows)


def _border(edge: str) -> Property:
    return Property(
        name=f"border-{edge}",
        kind=Kind.BORDER,
        default="none",
        doc=f"The rule along the {edge} edge of the box, outside its padding.",
    )


TEXT_PROPERTIES: Final = _table(
    Property(
        name="font", kind=Kind.FONT, default=["Source Serif Pro", "Noto Sans"], flows=True,
        doc="Families in order of preference; a later one gives the characters that the earlier ones lack.",
    ),
    Property(
        name="size", kind=Kind.LENGTH, default="10pt", flows=True, em=True, minimum=1, maximum=500,
        doc="The size of type; `em` is the size of the parent key, or of the container.",
    ),
    Property(
        name="leading", kind=Kind.LEADING, default=1.35, flows=True, em=True, minimum=0.5, maximum=1000,
        doc="From baseline to baseline: a factor of the size, or a length. Handed on in proportion to the size.",
    ),
    Property(
        name="weight", kind=Kind.INTEGER, default=400, flows=True, minimum=100, maximum=900,
        doc="How heavy the type is: 300 light, 400 regular, 600 semibold, 700 bold. The nearest weight is used.",
    ),
    _switch("italic", "Set in italics.", flows=True),
    Property(name="color", kind=Kind.COLOR, default="#000000", flows=True, doc="The colour of the text."),
    Property(
        name="letter-spacing", kind=Kind.LENGTH, default="0pt", flows=True, em=True, minimum=-20, maximum=100,
        doc="Space added between letters.",
    ),
    _choice("case", "none upper", "`upper` sets all letters as capitals.", flows=True),
    _switch("small-caps", "Set small letters as small capitals, real ones where the font has them.", flows=True),
    _choice("figures", "lining old-style", "The shape of figures.", flows=True),
    _choice("figure-spacing", "proportional tabular", "`tabular` gives all figures one width.", flows=True),
    _switch("underline", "Underline the text.", flows=True),
    _switch("strike", "Strike the text through.", flows=True),
    _choice("align", "left right center justify", "How lines are aligned.", flows=True),
    _switch("hyphenate", "Divide words at the ends of lines.", flows=True),
)  # fmt: skip

BOX_PROPERTIES: Final = _table(
    _length("first-line-indent", "The indent of a paragraph's first line; negative lets it hang."),
    _length("indent-left", "From the text column's edge, or the container's content edge; negative reaches out."),
    _length("indent-right", "The same at the right."),
    _length(
        "space-before",
        "Above the block. Between two blocks stands the larger of the two spaces; at the head of a page none, unless "
        "`break-before` made the page.",
        0,
    ),
    _length("space-after", "Below the block.", 0),
    Property(
        name="padding", kind=Kind.SIDES, default="0pt", em=True, minimum=0,
        doc="Between the border and the content: one length, `[vertical, horizontal]`, or "
        "`[top, right, bottom, left]`.",
    ),
    Property(name="background", kind=Kind.FILL, default="none", doc="What the box is filled with, or `none`."),
    _border("top"),
    _border("right"),
    _border("bottom"),
    _border("left"),
    _switch("keep-with-next", "Stay on one page with the beginning of the next block."),
    _switch("keep-together", "Stay on one page as a whole, unless that leaves a fifth of one empty in print."),
    _switch(
        "all-columns",
        "On pages of several columns: stand over all of them. For groups, quotations, figures, tables and other blocks "
        "that stand in no other, not for headings; tables that are too wide for a column do it by themselves.",
    ),
    _choice("break-before", "auto page recto", "Begin on a new page, or on a new right-hand page."),
    _choice(
        "break-when",
        "always long",
        "When `break-before` holds: always, or only in a document whose sections fill a page and more on average, so "
        "that a short one is not left full of holes.",
    ),
    Property(
        name="columns", kind=Kind.INTEGER, default=1, minimum=1, maximum=4,
        doc="Groups: how many columns what stands in it is set in, side by side under its title. For groups that stand "
        "in no other; an e-book has them on wide screens.",
    ),
    _length("column-gap", "Between those columns.", 0, default="1.5em"),
    _choice(
        "place",
        "column margin",
        "Groups, pull quotes, captions: stand in the text column, or beside it in `page.margin-column`: a caption "
        "beside what it belongs to, the rest beside the text that follows. For what stands in no other block, on pages "
        "of one column; an e-book has it within the text.",
    ),
    Property(name="marker", kind=Kind.STRING, default="•", doc="The marker of an unordered list's items."),
    _length(
        "marker-indent",
        "List items: from the marker to the text. Headings: how far the number hangs to the left of the text; 0 lets "
        "it run in.",
        0,
    ),
    Property(
        name="drop-initial", kind=Kind.INTEGER, default=0, minimum=0, maximum=8,
        doc="Headings: how many lines deep the first letter of the text after it is; 0: like the rest.",
    ),
    _choice(
        "label",
        "block run-in none",
        "How a group shows its title: above, within the first line, or not at all; one that the source itself gives is "
        "always shown.",
    ),
)  # fmt: skip

STYLE_PROPERTIES: Final[Mapping[str, Property]] = {**TEXT_PROPERTIES, **BOX_PROPERTIES}

MARK_PROPERTIES: Final = _table(
    Property(name="font", kind=Kind.FONT, default=None, doc="Families in order of preference."),
    Property(
        name="scale", kind=Kind.NUMBER, default=None, minimum=0.1, maximum=10,
        doc="The size, as a share of the text it stands in.",
    ),
    Property(
        name="weight", kind=Kind.INTEGER, default=None, minimum=100, maximum=900, doc="How heavy the type is."
    ),
    Property(name="italic", kind=Kind.BOOLEAN, default=None, doc="Set in italics, or upright."),
    Property(name="color", kind=Kind.COLOR, default=None, doc="The colour of the text."),
    Property(
        name="letter-spacing", kind=Kind.LENGTH, default=None, minimum=-20, maximum=100,
        doc="Space added between letters.",
    ),
    Property(name="case", kind=Kind.CHOICE, default=None, choices=("none", "upper"), doc="`upper`: capitals."),
    Property(name="small-caps", kind=Kind.BOOLEAN, default=None, doc="Small letters as small capitals."),
    Property(
        name="figures", kind=Kind.CHOICE, default=None, choices=("lining", "old-style"), doc="The shape of figures."
    ),
    Property(name="underline", kind=Kind.BOOLEAN, default=None, doc="Underline the text."),
    Property(name="strike", kind=Kind.BOOLEAN, default=None, doc="Strike the text through."),
    Property(name="background", kind=Kind.FILL, default=None, doc="What stands behind the text, or `none`."),
    Property(
        name="rise", kind=Kind.NUMBER, default=None, minimum=-2, maximum=2,
        doc="Upwards, as a share of the size of the text it stands in.",
    ),
)  # fmt: skip


def _page(name: str, default: str, doc: str, minimum: float | None = 0) -> Property:
    return Property(name=name, kind=Kind.LENGTH, default=default, doc=doc, minimum=minimum, maximum=14400)


PAGE_PROPERTIES: Final = _table(
    Property(
        name="size", kind=Kind.PAPER, default="A4", minimum=72, maximum=14400,
        doc="The trim size: the name of a paper, or `[width, height]`.",
    ),
    _page("margin-top", "25mm", "From the upper trim edge to the text."),
    _page("margin-bottom", "25mm", "From the lower trim edge to the text."),
    _page("margin-inner", "25mm", "The left margin; on left-hand pages that face others, the right one."),
    _page("margin-outer", "25mm", "The other one."),
    _page("first-margin-top", "25mm", "The top margin of the first page, from the trim edge; a masthead lies in it."),
    Property(name="facing", kind=Kind.BOOLEAN, default=False, doc="Left- and right-hand pages mirror one another."),
    Property(
        name="title-page", kind=Kind.BOOLEAN, default=False,
        doc="The title block has the first page to itself. What follows begins a page, a right-hand one where pages "
        "face each other.",
    ),
    Property(
        name="front-matter", kind=Kind.CHOICE, default="arabic", choices=("arabic", "roman"),
        doc="How the pages before the first chapter are counted. With `roman` those of the chapters begin again at 1; "
        "it takes a `heading-1` that begins a page.",
    ),
    Property(
        name="text-face", kind=Kind.CHOICE, default="reader", choices=("reader", "theme"),
        doc="Whose typeface the text of an e-book is set in: the one its reader has chosen, or the theme's, which the "
        "reader may still change for another.",
    ),
    Property(name="columns", kind=Kind.INTEGER, default=1, minimum=1, maximum=4, doc="How many columns of text."),
    _page("column-gap", "6mm", "Between the columns."),
    Property(
        name="column-rule", kind=Kind.BORDER, default="none",
        doc="The rule between the columns; Word draws its own, thin and black.",
    ),
    _page(
        "margin-column",
        "0mm",
        'How wide the column in the outer margin is that `place = "margin"` asks for; 0: none.',
    ),
    _page("margin-column-gap", "6mm", "Between the text and that column."),
    _page("bleed", "0mm", "How far backgrounds at the trim edge reach beyond it, in print."),
    _page("header-baseline", "15mm", "From the upper trim edge to the running head's baseline."),
    _page("footer-baseline", "15mm", "From the lower trim edge to the running foot's baseline."),
    _page("running-left", "0mm", "Where running heads and feet begin, from the left margin; may be negative.", None),
    Property(name="footnote-rule", kind=Kind.BORDER, default="none", doc="The rule above the notes at a page's foot."),
    _page("footnote-rule-width", "40mm", "How long that rule is."),
    _page("footnote-gap", "10pt", "Between the text and the notes."),
)  # fmt: skip

MASTHEAD_PROPERTIES: Final = _table(
    Property(name="show", kind=Kind.BOOLEAN, default=False, doc="Whether the first page has a masthead."),
    _page(
        "height",
        "30mm",
        "The band's height from the trim edge; the rule of `masthead.border-bottom` is under it.",
    ),
    _page("inset-bottom", "7mm", "From the last line's baseline to the band's lower edge."),
    Property(name="left", kind=Kind.TEMPLATES, default=[], doc="Lines at the left, in the style `masthead`."),
    Property(name="right", kind=Kind.TEMPLATES, default=[], doc="Lines at the right, in `masthead-series`."),
)

RUNNING_PROPERTIES: Final = _table(
    *(
        Property(name=place, kind=Kind.TEMPLATE, default="", doc=f"What stands at the {where}.")
        for place, where in (("left", "left"), ("center", "centre"), ("right", "right"))
    )
)
RUNNING_LINES: Final = ("header", "footer")
RUNNING_PAGES: Final = ("first", "recto", "verso")

LINE_PROPERTIES: Final = _table(
    Property(
        name="word-space-minimum", kind=Kind.NUMBER, default=0.75, minimum=0.3, maximum=1,
        doc="The narrowest word space in justified lines, as a factor of the font's own.",
    ),
    Property(
        name="word-space-maximum", kind=Kind.NUMBER, default=1.6, minimum=1, maximum=10,
        doc="The widest one that is still called good; in columns narrower than 30 ems wider ones are, so that fewer "
        "words are divided.",
    ),
    Property(
        name="letter-space-minimum", kind=Kind.NUMBER, default=0, minimum=-0.1, maximum=0,
        doc="How much closer letters may stand where word spaces can shrink no further, as a factor of the size: "
        "`-0.01` is a hundredth.",
    ),
    Property(
        name="letter-space-maximum", kind=Kind.NUMBER, default=0, minimum=0, maximum=0.1,
        doc="How much further apart letters may stand where word spaces are as wide as is good.",
    ),
    Property(
        name="hyphen-lines", kind=Kind.INTEGER, default=2, minimum=0, maximum=20,
        doc="How many lines in a row may end in a hyphen.",
    ),
    Property(
        name="orphans", kind=Kind.INTEGER, default=2, minimum=1, maximum=10,
        doc="The fewest lines of a paragraph at the foot of a page.",
    ),
    Property(
        name="widows", kind=Kind.INTEGER, default=2, minimum=1, maximum=10,
        doc="The fewest lines of a paragraph at the head of a page.",
    ),
    Property(
        name="hanging-punctuation", kind=Kind.BOOLEAN, default=True,
        doc="Hyphens and points at a line's end stand a little outside of it.",
    ),
)  # fmt: skip

NUMBERING_PROPERTIES: Final = _table(
    Property(
        name="section-depth", kind=Kind.INTEGER, default=0, minimum=0, maximum=6,
        doc="How deep sections are numbered; 0: not at all.",
    ),
    Property(
        name="list-markers", kind=Kind.CHOICES, default=["decimal", "lower-alpha", "lower-roman"],
        choices=tuple(str(marker) for marker in ListMarker),
        doc="How ordered lists count that do not say it themselves: a list takes the first way that no list around it "
        "has; deeper down they come again, the outermost first. Languages without Latin letters have figures alone.",
    ),
)  # fmt: skip

HEADER_PROPERTIES: Final = _table(
    Property(name="name", kind=Kind.STRING, default="", doc="The theme's name, for people."),
    Property(name="description", kind=Kind.STRING, default="", doc="What it is for, in a sentence."),
    Property(
        name="extends", kind=Kind.STRING, default="",
        doc="The theme that this one changes: a shipped one's name, or a path from this file, as `./house.toml`.",
    ),
)  # fmt: skip

TOKEN_COLORS: Final = "color"
TOKEN_FONTS: Final = "font"
FONT_ROLES: Final = ("text", "heading", "mono")
"""Every theme names at least these families, in `[token.font]`."""

S = StyleKey

BASED_ON: Final[Mapping[str, str]] = {row.key: row.based_on for row in STYLES if row.based_on}
"""A key takes whatever it does not set itself, boxes included, from the key it is based on."""

TEXT_FROM: Final[Mapping[str, str]] = {
    row.key: row.text_from for row in STYLES if row.text_from not in ("", S.TEXT)
}
"""A key that is based on none takes its text properties from here, and else from `text`; its box has the defaults."""

GROUPS: Final = (str(S.GROUP), *(key for key, based_on in BASED_ON.items() if based_on == S.GROUP))

CONTAINERS: Final[tuple[str, ...]] = tuple(row.key for row in STYLES if row.holds)
"""Keys within which others can have a style of their own; so can the groups that a theme declares."""

BESIDE: Final = (S.TABLE, S.CODE_BLOCK)
"""Containers whose caption stands beside their box: it takes what is written for it there, and nothing else."""

LENT: Final[Mapping[str, frozenset[str]]] = {
    S.FIGURE: frozenset((S.CAPTION, S.CREDIT)),
    S.TABLE: frozenset((S.CAPTION,)),
    S.CODE_BLOCK: frozenset((S.CAPTION,)),
    S.PULL_QUOTE: frozenset((S.ATTRIBUTION,)),
    **dict.fromkeys((S.LIST, S.LIST_ITEM, S.DEFINITION, S.CAPTION, S.BIBLIOGRAPHY_ENTRY), frozenset()),
}
"""Containers that are one to some keys alone: a group, a note or a cell around them is that of all else."""

CONTENT: Final[tuple[str, ...]] = tuple(row.key for row in STYLES if row.inside)
"""Keys that can stand in a container and take its text properties."""

PAPERS: Final[Mapping[str, tuple[str, str]]] = {
    "A3": ("297mm", "420mm"),
    "A4": ("210mm", "297mm"),
    "A5": ("148mm", "210mm"),
    "A6": ("105mm", "148mm"),
    "B5": ("176mm", "250mm"),
    "letter": ("8.5in", "11in"),
    "legal": ("8.5in", "14in"),
    "tabloid": ("11in", "17in"),
    "executive": ("7.25in", "10.5in"),
    "trade": ("6in", "9in"),
    "digest": ("5.5in", "8.5in"),
    "royal": ("156mm", "234mm"),
    "demy": ("138mm", "216mm"),
}

FIELD_OF: Final[Mapping[str, str]] = {row.name: row.field for row in STYLE_PROPERTIES.values()}
STYLE_KEYS: Final[tuple[str, ...]] = tuple(row.key for row in STYLES)
MARK_KEYS: Final[tuple[str, ...]] = tuple(row.key for row in MARKS)


def based_on(key: str, customs: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys that `key` is based on, the farthest first, itself last; `customs` maps name to `like`."""
    chain = [key]
    while (parent := customs.get(chain[-1]) or BASED_ON.get(chain[-1])) and parent not in chain:
        chain.append(str(parent))
    return tuple(reversed(chain))
