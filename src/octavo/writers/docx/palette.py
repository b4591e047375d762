"""The theme's colours as Word's theme knows them: twelve slots, and which of them a colour is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from octavo.theme.style import StyleSheet
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.units import WHITE, Color

SLOT_NAMES: Final[Mapping[str, str]] = {
    "dk1": "text1",
    "lt1": "background1",
    "dk2": "text2",
    "lt2": "background2",
    **{f"accent{number}": f"accent{number}" for number in range(1, 7)},
    "hlink": "hyperlink",
    "folHlink": "followedHyperlink",
}
"""Slot of the theme part (ECMA-376-1, 20.1.6.2) -> what `w:themeColor` calls it (17.18.97)."""
_DARK: Final = 0.18
_LIGHT: Final = 0.7


class Palette(msgspec.Struct, frozen=True):
    """The colours of the theme part, in its order; `others` are the theme's tokens by name, for Word's own list."""

    slots: Mapping[str, Color]
    others: Mapping[str, Color]
    names: Mapping[str, str]
    """Six hexadecimal digits -> `w:themeColor`."""

    def color(self, color: Color) -> str:
        """Return the attributes of `w:color`."""
        name = self.names.get(color.hex)
        return f'w:val="{color.hex.upper()}"' + (f' w:themeColor="{name}"' if name else "")

    def border(self, color: Color) -> str:
        """Return the colour attributes of a border."""
        name = self.names.get(color.hex)
        return f'w:color="{color.hex.upper()}"' + (f' w:themeColor="{name}"' if name else "")

    def fill(self, color: Color) -> str:
        """Return the attributes of `w:shd` for a plain fill."""
        name = self.names.get(color.hex)
        return f'w:val="clear" w:color="auto" w:fill="{color.hex.upper()}"' + (
            f' w:themeFill="{name}"' if name else ""
        )


def palette_of(sheet: StyleSheet) -> Palette:
    """Sort the theme's colours into Word's slots: the text's, white, then the tokens as they were written."""
    text = sheet.styles[StyleKey.TEXT].color
    distinct: dict[str, Color] = {}
    # Colours that only code has come last: Word offers the first six.
    for _, color in sorted(sheet.palette.items(), key=lambda item: item[0].startswith("code-")):
        if color.hex not in (text.hex, WHITE.hex):
            distinct.setdefault(color.hex, color)
    found = list(distinct.values()) or [text]
    accents = [color for color in found if color.luminance < _LIGHT][:6] or found[:6]
    dark = next((color for color in found if color.luminance < _DARK), text)
    light = max(found, key=lambda color: color.luminance)
    link = sheet.marks[MarkKey.LINK].color if MarkKey.LINK in sheet.marks else None
    slots = {"dk1": text, "lt1": WHITE, "dk2": dark, "lt2": light if light.luminance > _LIGHT else WHITE}
    slots.update({f"accent{at + 1}": accents[at % len(accents)] for at in range(6)})
    slots["hlink"] = slots["folHlink"] = link or accents[0]
    names: dict[str, str] = {}
    for slot in ("dk1", "lt1", *(f"accent{number}" for number in range(1, 7)), "dk2", "lt2", "hlink"):
        names.setdefault(slots[slot].hex, SLOT_NAMES[slot])
    return Palette(slots, sheet.palette, names)
