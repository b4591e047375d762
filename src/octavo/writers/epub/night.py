"""Colours by night: the same hues, light on dark, with the contrast that reading needs."""

from __future__ import annotations

import colorsys
from typing import Final

from octavo.units import Color, contrast

DARK: Final = Color(0x12, 0x12, 0x12)
PALE: Final = Color(0xE6, 0xE6, 0xE6)
"""Text on a panel by night."""
_READABLE: Final = 7.0
_VISIBLE: Final = 3.0
_FAINT: Final = 0.5
"""Rules of more luminance than this are hairlines on paper."""
_LIGHT: Final = 0.4
"""Backgrounds of more luminance than this are turned dark."""


def night_background(color: Color) -> Color:
    """Return a panel's background by night; one that is dark already stays as it is."""
    if color.luminance < _LIGHT:
        return color
    hue, lightness, saturation = colorsys.rgb_to_hls(color.red / 255, color.green / 255, color.blue / 255)
    return _from_hls(hue, 0.11 + 0.5 * (1.0 - lightness), min(saturation, 0.35))


def night_text(color: Color, background: Color = DARK) -> Color:
    """Return a text's colour by night, light enough for the background it stands on."""
    return _lightened(color, background, _READABLE)


def night_rule(color: Color, background: Color = DARK) -> Color:
    """Return a border's colour by night. What is faint on paper is faint by night too, and no glaring line."""
    if color.luminance > _FAINT:
        hue, lightness, saturation = colorsys.rgb_to_hls(color.red / 255, color.green / 255, color.blue / 255)
        made = color
        while contrast(made, background) > _VISIBLE and lightness > 0.04:
            lightness -= 0.04
            made = _from_hls(hue, lightness, saturation * 0.7)
        color = made
    return _lightened(color, background, _VISIBLE)


def _lightened(color: Color, background: Color, wanted: float) -> Color:
    if contrast(color, background) >= wanted:
        return color
    hue, lightness, saturation = colorsys.rgb_to_hls(color.red / 255, color.green / 255, color.blue / 255)
    # Bright saturated letters shimmer on a dark ground.
    saturation *= 0.7
    while lightness < 1.0:
        lightness = min(1.0, lightness + 0.04)
        made = _from_hls(hue, lightness, saturation)
        if contrast(made, background) >= wanted:
            return made
    return Color(255, 255, 255)


def _from_hls(hue: float, lightness: float, saturation: float) -> Color:
    red, green, blue = colorsys.hls_to_rgb(hue, min(1.0, lightness), saturation)
    return Color(round(red * 255), round(green * 255), round(blue * 255))
