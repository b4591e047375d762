"""Formulas as words of a line, in the sizes and colours of the text around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from octavo.fonts.setting import Setting
from octavo.fonts.shape import Shaper
from octavo.fonts.words import Part
from octavo.mathematics.formula import Formula
from octavo.typeset.formula_word import FormulaWord
from octavo.typeset.formulas.boxes import Box
from octavo.typeset.formulas.layout import set_formula
from octavo.typeset.formulas.metrics import MathFont

_SPACES: Final = re.compile("( +)")
_TEXT_HEIGHT, _TEXT_DEPTH = 700.0, 220.0
"""How high and deep words in a formula are, in thousandths of the size: nearly that of any letters."""


class FormulaSetter:
    """Sets the formulas of a document, each once for each kind of text that it stands in."""

    def __init__(self, shaper: Shaper, formulas: Mapping[int, Formula]) -> None:
        self._shaper = shaper
        self._formulas = formulas
        self._by_text: dict[str, Formula] | None = None
        self._font: MathFont | None = None
        self._set: dict[tuple[str, bool, int], tuple[FormulaWord, ...]] = {}

    def find(self, key: int, latex: str) -> Formula | None:
        """Return a formula that was understood. One without a key stands in the contents, and is known by its text."""
        if key or not self._formulas:
            return self._formulas.get(key)
        if self._by_text is None:
            self._by_text = {each.latex: each for each in self._formulas.values() if not each.display}
        return self._by_text.get(latex)

    def words(self, formula: Formula, setting: Setting) -> tuple[FormulaWord, ...]:
        """Return a formula as words, more than one where it is long; none where there is no font for it."""
        font = self._math_font()
        if font is None:
            return ()
        key = (formula.latex, formula.display, id(setting))
        found = self._set.get(key)
        if found is None:
            pieces = set_formula(formula, font, _writer(setting))
            found = self._set[key] = tuple(_word(latex, box) for latex, box in pieces)
        return found

    def _math_font(self) -> MathFont | None:
        if self._font is None:
            loaded = self._shaper.math_font()
            self._font = None if loaded is None else MathFont(self._shaper, loaded)
        return self._font


def _word(latex: str, box: Box) -> FormulaWord:
    made = FormulaWord(latex, box.width, box.parts, box.rules)
    made.above, made.below = box.height, box.depth
    return made


def _writer(setting: Setting) -> Callable[[str], Box]:
    """Return what sets words in the font of the text."""

    def write(text: str) -> Box:
        parts: list[Part] = []
        x = 0.0
        for piece in filter(None, _SPACES.split(text.replace("\N{NO-BREAK SPACE}", " "))):
            if piece.isspace():
                x += len(piece) * setting.space.width
                continue
            word = setting.words[piece]
            if word.content is not None:
                parts.append(Part(setting.primary.index, word.content, x, word.width))
            else:
                parts += (msgspec.structs.replace(part, x=part.x + x) for part in word.parts)
            x += word.width
        return Box(width=x, height=_TEXT_HEIGHT, depth=_TEXT_DEPTH, parts=tuple(parts))

    return write
