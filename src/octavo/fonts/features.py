"""What is asked of a font besides its glyphs: OpenType features, tracking, case and language.

Tags are those of the OpenType Layout registry. Nothing here depends on the size of the text, so that a word shaped
once serves at every size.
"""

from __future__ import annotations

import unicodedata

import msgspec


class TypeSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A way to set text: families in order of preference, and how their glyphs are chosen and spaced.

    `tracking` is added after every glyph, in thousandths of the size. `language` is a BCP 47 tag.
    """

    families: tuple[str, ...]
    weight: int = 400
    italic: bool = False
    small_caps: bool = False
    upper: bool = False
    old_style_figures: bool = False
    tabular_figures: bool = False
    ligatures: bool = True
    tracking: float = 0.0
    language: str = ""


def feature_switches(spec: TypeSpec) -> dict[str, bool]:
    """Return the OpenType features to switch on or off for text set so."""
    joined = spec.ligatures and spec.tracking <= 0
    switches = {
        "kern": True,
        "liga": joined,
        "clig": joined,
        "onum" if spec.old_style_figures else "lnum": True,
        "tnum" if spec.tabular_figures else "pnum": True,
    }
    if not spec.ligatures:
        switches["calt"] = False
    if spec.small_caps:
        switches["smcp"] = True
    return switches


def upper_pieces(text: str, language: str) -> tuple[str, list[str]]:
    """Return the text in capitals, and for each capital the original letter it stands for.

    Where one letter becomes two capitals (ß), the second stands for nothing. Turkish and Azeri keep the dot of i;
    Greek capitals carry no accents (Unicode 16, 5.18 and SpecialCasing).
    """
    primary = language.split("-", maxsplit=1)[0].lower()
    shown: list[str] = []
    pieces: list[str] = []
    for letter in text:
        if letter == "i" and primary in ("tr", "az"):
            capitals = "\u0130"
        elif primary == "el":
            bare = [
                each
                for each in unicodedata.normalize("NFD", letter)
                if each not in "\u0301\u0313\u0314\u0342\u0300"
            ]
            capitals = unicodedata.normalize("NFC", "".join(bare).upper()) or letter
        else:
            capitals = letter.upper()
        shown.append(capitals)
        pieces.extend([letter] + [""] * (len(capitals) - 1))
    return "".join(shown), pieces
