"""Text properties alone: what a run of letters needs of a style, and how inline marks change it."""

from __future__ import annotations

from typing import Literal

import msgspec

from octavo.fonts.features import TypeSpec
from octavo.theme.style import Mark, Style
from octavo.units import Color


class TextStyle(msgspec.Struct, frozen=True, kw_only=True):
    """The text properties of a run; lengths in points. `rise` is above the line's baseline."""

    font: tuple[str, ...]
    size: float
    weight: int
    italic: bool
    color: Color
    letter_spacing: float
    case: Literal["none", "upper"]
    small_caps: bool
    figures: Literal["lining", "old-style"]
    figure_spacing: Literal["proportional", "tabular"]
    underline: bool
    strike: bool
    hyphenate: bool
    background: Color | None = None
    rise: float = 0.0
    literal: bool = False
    """Code: no ligatures, no hyphens, spaces kept."""


def text_style(style: Style) -> TextStyle:
    """Return the text properties of a block's style."""
    return TextStyle(
        font=style.font,
        size=style.size,
        weight=style.weight,
        italic=style.italic,
        color=style.color,
        letter_spacing=style.letter_spacing,
        case=style.case,
        small_caps=style.small_caps,
        figures=style.figures,
        figure_spacing=style.figure_spacing,
        underline=style.underline,
        strike=style.strike,
        hyphenate=style.hyphenate,
    )


def marked(style: TextStyle, mark: Mark) -> TextStyle:
    """Return the style of text that a mark changes."""
    scale = 1.0 if mark.scale is None else mark.scale
    spacing = style.letter_spacing * scale if mark.letter_spacing is None else mark.letter_spacing
    return msgspec.structs.replace(
        style,
        font=style.font if mark.font is None else mark.font,
        size=style.size * scale,
        weight=style.weight if mark.weight is None else mark.weight,
        italic=style.italic if mark.italic is None else mark.italic,
        color=style.color if mark.color is None else mark.color,
        letter_spacing=spacing,
        case=style.case if mark.case is None else mark.case,
        small_caps=style.small_caps if mark.small_caps is None else mark.small_caps,
        figures=style.figures if mark.figures is None else mark.figures,
        underline=style.underline if mark.underline is None else mark.underline,
        strike=style.strike if mark.strike is None else mark.strike,
        background=style.background if mark.background is None else mark.background,
        rise=style.rise if mark.rise is None else style.rise + mark.rise * style.size,
    )


def type_spec(style: TextStyle, language: str) -> TypeSpec:
    """Return what the fonts need to know of a text style."""
    return TypeSpec(
        families=style.font,
        weight=style.weight,
        italic=style.italic,
        small_caps=style.small_caps,
        upper=style.case == "upper",
        old_style_figures=style.figures == "old-style",
        tabular_figures=style.figure_spacing == "tabular",
        ligatures=not style.literal,
        tracking=round(style.letter_spacing / style.size * 1000, 1) if style.size else 0.0,
        language=language,
    )
