"""A formula as a word of a line. It stands apart from what sets formulas, which is imported where there are any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from octavo.fonts.words import Part, Word

_OBJECT: Final = "\ufffc"


class FormulaWord(Word):
    """A formula, or an unbreakable piece of one. `rules` are its bars as (left, lower edge above the baseline, width,
    thickness), `above` and `below` how far it reaches from the baseline; all in thousandths of the size."""

    __slots__ = ("above", "below", "rules")

    def __init__(
        self, latex: str, width: float, parts: tuple[Part, ...], rules: Sequence[tuple[float, ...]]
    ) -> None:
        super().__init__(_OBJECT, None, width, parts)
        self.reads = " ".join(latex.split())
        self.rules = rules
        self.above = 0.0
        self.below = 0.0
