"""The tree of a formula: what its parts are, before any edition says how they look.

The kinds follow MathML Core and the classes of atoms of The TeXbook, chapter 17.
"""

from __future__ import annotations

import enum
from typing import TypeAlias

import msgspec


class Kind(enum.StrEnum):
    """What a symbol is, and so how much space stands around it."""

    ORDINARY = "ordinary"
    NUMBER = "number"
    LARGE = "large"
    """A large operator or a named function: ∑, ∫, lim."""
    BINARY = "binary"
    RELATION = "relation"
    OPENING = "opening"
    CLOSING = "closing"
    PUNCTUATION = "punctuation"
    TEXT = "text"


class Variant(enum.StrEnum):
    """The alphabet that letters are taken from."""

    ITALIC = "italic"
    NORMAL = "normal"
    BOLD = "bold"
    BOLD_ITALIC = "bold-italic"
    DOUBLE_STRUCK = "double-struck"
    SCRIPT = "script"
    FRAKTUR = "fraktur"
    SANS_SERIF = "sans-serif"
    MONOSPACE = "monospace"


class Part(msgspec.Struct, frozen=True):
    """What all parts of a formula are."""


class Symbol(Part, frozen=True, kw_only=True):
    """Letters, digits or a sign. `text` holds plain letters; `variant` says of which alphabet.

    `limits`: its scripts stand above and below it in displayed formulas. `stretches`: it grows to its row's height.
    `size` is the least height of a delimiter that was made large by hand, in ems; 0: as it is.
    """

    text: str
    kind: Kind = Kind.ORDINARY
    variant: Variant = Variant.NORMAL
    limits: bool = False
    stretches: bool = False
    size: float = 0.0


class Space(Part, frozen=True):
    """Room across, in ems."""

    width: float


class Row(Part, frozen=True):
    """Parts beside one another."""

    content: tuple[Node, ...]


class Fraction(Part, frozen=True, kw_only=True):
    """A fraction, or with `line` off two things one above the other; `display` fixes its size."""

    above: Node
    below: Node
    line: bool = True
    display: bool | None = None


class Radical(Part, frozen=True):
    """A root."""

    content: Node
    degree: Node | None = None


class Scripts(Part, frozen=True, kw_only=True):
    """Something with scripts below and above at its right; `stacked` puts them under and over it always."""

    base: Node
    below: Node | None = None
    above: Node | None = None
    stacked: bool = False


class Accent(Part, frozen=True, kw_only=True):
    """A sign over something, or under it; `stretches`: it is as wide as what it stands over. "_" and "¯" that stretch
    are rules."""

    base: Node
    sign: str
    under: bool = False
    stretches: bool = False


class Fenced(Part, frozen=True):
    """Something between delimiters of its height; an empty one is none."""

    left: str
    content: Row
    right: str


class Grid(Part, frozen=True, kw_only=True):
    """Rows and columns. `alignment` has a letter (l, c, r) for each column; `gap` is the room between columns in ems,
    and -1 where pairs of columns belong together as in aligned equations. `display`: cells are set as displayed."""

    rows: tuple[tuple[Row, ...], ...]
    alignment: str
    gap: float = 1.0
    display: bool = False
    small: bool = False


class Styled(Part, frozen=True):
    """Something set as displayed, or as in a line."""

    content: Row
    display: bool


class Phantom(Part, frozen=True, kw_only=True):
    """The room of something that is not shown: its width, its height and depth, or both."""

    content: Node
    wide: bool = True
    high: bool = True


Node: TypeAlias = (
    Symbol | Space | Row | Fraction | Radical | Scripts | Accent | Fenced | Grid | Styled | Phantom
)


class Formula(msgspec.Struct, frozen=True, kw_only=True):
    """A whole formula: its source, its parts, and where each of them begins in the source, in characters.

    `display`: it stands on its own. `left_out` names commands whose effect no edition shows, each with its place.
    """

    latex: str
    content: tuple[Node, ...]
    starts: tuple[int, ...]
    display: bool = False
    left_out: tuple[tuple[str, int], ...] = ()

    @property
    def defines(self) -> bool:
        """Say whether it holds definitions alone, and shows nothing."""
        return self.content == (Space(0.0),)


class FormulaError(Exception):
    """LaTeX that is not understood: what, and where in the source of the formula, in characters."""

    def __init__(self, what: str, offset: int) -> None:
        super().__init__(what)
        self.what = what
        self.offset = offset
