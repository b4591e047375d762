"""How a colour is painted: the one place that knows the colour space of an edition."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from octavo.units import Color

Ink: TypeAlias = Callable[[Color], str]
"""Gives the operator that sets the fill colour (ISO 32000-1, 8.6.8)."""


def screen_ink(color: Color) -> str:
    """Paint in the sRGB of the output intent, greys as DeviceGray, which it covers too (ISO 19005-2, 6.2.4.3)."""
    if color.red == color.green == color.blue:
        return f"{_share(color.red)} g"
    return f"{_share(color.red)} {_share(color.green)} {_share(color.blue)} rg"


def _share(component: int) -> str:
    return f"{component / 255:.4g}"
