"""Lengths and colours, the one rounding rule, and every conversion between units.

All lengths inside octavo are points (1/72 in) rounded once to 1/100 pt. Writers convert with the functions
below and nowhere else: twips and half-points (ECMA-376-1, 17.18), English Metric Units (ECMA-376-1, 20.1.2.1).
"""

from __future__ import annotations

import math
import re
from typing import Final

import msgspec

POINTS_PER: Final[dict[str, float]] = {
    "pt": 1.0,
    "mm": 72 / 25.4,
    "cm": 720 / 25.4,
    "in": 72.0,
    "pc": 12.0,
    "px": 0.75,
}
_LENGTH: Final = re.compile(r"^\s*+([+-]?(?:\d++\.?\d*+|\.\d++))\s*+([a-z%]*+)\s*+$")
_NOISE: Final = 1e-6
"""Hundredths of a point below which a remainder is a matter of binary fractions."""
_HEX: Final = re.compile(r"^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")


def quantise(points: float) -> float:
    """Round a length in points to 1/100 pt, the one rounding rule."""
    return round(points + 0.0, 2) + 0.0


def parse_length(text: str, em: float | None = None) -> float:
    """Return points for "12pt", "22mm", "1in", "1.2em" (where `em` is given, in points), or "0".

    Raises:
        ValueError: the text is no length; the message names the units.
    """
    return quantise(_exact_length(text, em))


def parse_least_length(text: str) -> float:
    """Return points for a length that must not be fallen short of, as a bleed: rounded up to 1/100 pt.

    Raises:
        ValueError: the text is no length; the message names the units.
    """
    return quantise(math.ceil(_exact_length(text, None) * 100 - _NOISE) / 100)


def _exact_length(text: str, em: float | None) -> float:
    match = _LENGTH.match(text)
    if match:
        number, unit = float(match.group(1)), match.group(2)
        if unit in POINTS_PER:
            return number * POINTS_PER[unit]
        if unit == "em" and em is not None:
            return number * em
        if not unit and number == 0:
            return 0.0
    units = ", ".join([*POINTS_PER, *(["em"] if em is not None else [])])
    raise ValueError(f"`{text}` is no length; write a number and a unit, one of {units}")


def twips(points: float) -> int:
    """Twentieths of a point (Word's paragraph and page measures)."""
    return round(points * 20)


def half_points(points: float) -> int:
    """Half-points (Word's font sizes)."""
    return round(points * 2)


def eighth_points(points: float) -> int:
    """Eighths of a point (Word's border widths)."""
    return round(points * 8)


def emu(points: float) -> int:
    """English Metric Units (DrawingML's measure, 12,700 a point)."""
    return round(points * 12700)


class Color(msgspec.Struct, frozen=True):
    """A colour: sRGB components 0 to 255, and where the theme gives one, its ink values 0.0 to 1.0.

    `spot` names a printing ink (a Separation colour space); `cmyk` is then its alternate.
    """

    red: int
    green: int
    blue: int
    cmyk: tuple[float, float, float, float] | None = None
    spot: str = ""

    @property
    def hex(self) -> str:
        """Six lower-case hexadecimal digits without a hash."""
        return f"{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """Relative luminance, 0.0 to 1.0 (WCAG 2.2, "relative luminance")."""
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (self.red / 255, self.green / 255, self.blue / 255)
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


BLACK: Final = Color(0, 0, 0)
WHITE: Final = Color(255, 255, 255)


def parse_color(text: str) -> Color:
    """Return the colour of "#rgb" or "#rrggbb".

    Raises:
        ValueError: the text is no colour.
    """
    match = _HEX.match(text.strip())
    if not match:
        raise ValueError(f"`{text}` is no colour; write #rrggbb")
    digits = match.group(1)
    if len(digits) == 3:
        digits = "".join(each * 2 for each in digits)
    return Color(int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio, 1.0 to 21.0 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((one.luminance, other.luminance), reverse=True)
    return (light + 0.05) / (dark + 0.05)
