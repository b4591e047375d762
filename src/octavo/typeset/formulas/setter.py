"""What sets a formula: sizes, the axis, delimiters, and rows spaced by their parts (The TeXbook, appendix G)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import msgspec

from octavo.mathematics.formula import Node, Space, Symbol
from octavo.typeset.formulas.boxes import Box, Class, shifted, together
from octavo.typeset.formulas.metrics import C, MathFont

EM: Final = 1000.0
_THIN, _MEDIUM, _THICK = EM * 3 / 18, EM * 4 / 18, EM * 5 / 18
_GAPS: Final = (0.0, _THIN, _MEDIUM, _THICK)
# What stands between two classes; in capitals where it stands in scripts too (The TeXbook, chapter 18).
_SPACING: Final = (
    "0Tmk000t",
    "TT0k000t",
    "mm00m00m",
    "kk00k00k",
    "00000000",
    "0Tmk000t",
    "tt0ttttt",
    "tTmkt0tt",
)
_SIZES: Final = {"0": 0, "t": 1, "T": 1, "m": 2, "k": 3}
_NO_OPERAND: Final = (Class.BINARY, Class.OPERATOR, Class.RELATION, Class.OPENING, Class.PUNCTUATION)
_DELIMITER_SHARE: Final = 0.901
"""How much of its content a delimiter covers at least (The TeXbook, chapter 17: 901 thousandths)."""
_DELIMITER_SHORTFALL: Final = 0.5 * EM


class Look(msgspec.Struct, frozen=True):
    """How large a part is set: as displayed or not, and its level, 0 for text, 1 and 2 for scripts."""

    display: bool
    level: int = 0

    @property
    def script(self) -> Look:
        """The look of a script."""
        return Look(False, min(self.level + 1, 2))


class Setter:
    """Sets the parts of formulas; `write` sets text in the font of the text around, at full size. `rules` has one for
    each kind of part."""

    def __init__(self, font: MathFont, write: Callable[[str], Box], rules: Rules) -> None:
        self.font = font
        self.write = write
        self._rules = rules

    def scale(self, look: Look) -> float:
        """Return the size of a look, as a share of the text's."""
        return float(self.font.scales[look.level])

    def measure(self, name: Any, look: Look) -> float:
        """Return one of the font's measures for a look."""
        return self.font.constant(name) * self.scale(look)

    def set(self, node: Node, look: Look) -> Box:
        """Return a part as a box."""
        return self._rules[type(node)](self, node, look)

    def axis(self, look: Look) -> float:
        """Return how high above the baseline fractions and delimiters are centred."""
        return self.measure(C.AXIS_HEIGHT, look)

    def centred(self, box: Box, look: Look) -> Box:
        """Return a box centred on the axis."""
        return shifted(box, self.axis(look) - (box.height - box.depth) / 2)

    def delimiter(self, sign: str, content: Box, look: Look) -> Box:
        """Return a delimiter of about the height of what it stands beside."""
        axis = self.axis(look)
        half = max(content.height - axis, content.depth + axis)
        length = max(2 * half * _DELIMITER_SHARE, 2 * half - _DELIMITER_SHORTFALL * self.scale(look))
        return self.centred(self.font.stretched(sign, length, self.scale(look)), look)

    # Rows ----------------------------------------------------------------------------------------------------------

    def kinds(self, content: Sequence[Node], look: Look) -> list[Class | None]:
        """Return the classes of parts as they are in a row; None for mere space."""
        return _settled(
            [None if isinstance(node, Space) else self.set(node, look).kind for node in content], None
        )

    def row(
        self,
        content: Sequence[Node],
        look: Look,
        before: Class | None = None,
        kinds: Sequence[Class | None] = (),
    ) -> Box:
        """Return parts beside one another, spaced by what they are; `before` is what stands before the first.

        `kinds` are the classes of the parts where they are known.
        """
        placed: list[tuple[Box, float, float]] = []
        boxes = [(each, self.set(each, look)) for each in content]
        boxes = [(node, self._stretched(node, box, boxes, look)) for node, box in boxes]
        kinds = kinds or _settled(
            [None if isinstance(node, Space) else box.kind for node, box in boxes], before
        )
        x = 0.0
        last = before
        for (_, box), kind in zip(boxes, kinds, strict=True):
            if kind is not None:
                x += self.gap(last, kind, look)
                last = kind
            placed.append((box, x, 0.0))
            x += box.width
        whole = together(placed, x)
        if len(boxes) == 1:
            only = boxes[0][1]
            return msgspec.structs.replace(
                whole, kind=only.kind, italic=only.italic, accented=only.accented, is_letter=only.is_letter
            )
        return msgspec.structs.replace(whole, italic=boxes[-1][1].italic if boxes else 0.0)

    def _stretched(self, node: Node, box: Box, boxes: Sequence[tuple[Node, Box]], look: Look) -> Box:
        """Return a delimiter in the middle of others as high as what stands beside it."""
        if not (isinstance(node, Symbol) and node.stretches):
            return box
        around = together([(other, 0.0, 0.0) for each, other in boxes if each is not node], 0.0)
        made = self.delimiter(node.text, around, look)
        return msgspec.structs.replace(made, kind=box.kind)

    def gap(self, left: Class | None, right: Class, look: Look) -> float:
        """Return the space between two classes."""
        if left is None:
            return 0.0
        sign = _SPACING[left][right]
        if look.level and not sign.isupper():
            return 0.0
        return _GAPS[_SIZES[sign]] * self.scale(look)


def _settled(kinds: Sequence[Class | None], before: Class | None) -> list[Class | None]:
    """Return the classes with binary operators that have nothing to join made ordinary ones."""
    found: list[Class | None] = []
    last = before
    for at, kind in enumerate(kinds):
        if kind is None:
            found.append(None)
            continue
        following = next((each for each in kinds[at + 1 :] if each is not None), None)
        lonely = last is None or last in _NO_OPERAND
        if kind is Class.BINARY and (
            lonely or following in (None, Class.RELATION, Class.CLOSING, Class.PUNCTUATION)
        ):
            kind = Class.ORDINARY  # noqa: PLW2901
        found.append(kind)
        last = kind
    return found


Rules: TypeAlias = Mapping[type[Any], Callable[[Setter, Any, Look], Box]]
