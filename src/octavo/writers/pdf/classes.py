"""How the styles of a theme look, said in the tag tree: a class for each, with the standard attributes of layout.

Who reads a tagged PDF aloud, reflows it or turns it into something else learns there what no glyph says: how lines are
aligned, what stands between blocks, what is kept on one page. ISO 32000-1, 14.7.5.2 (classes), 14.8.5.4 (attributes of
layout) and table 340 (those of CSS2).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from octavo.theme.style import Border, Style, StyleSheet
from octavo.transforms.resolved import StyleUse
from octavo.units import Color
from octavo.writers.pdf.objects import name, number

_ALIGN: Final = {"left": "Start", "right": "End", "center": "Center", "justify": "Justify"}


def class_name(use: StyleUse) -> str:
    """Return what the class of a style is called, as a name of PDF."""
    return name(f"{use.within}--{use.style}" if use.within else use.style)


def class_map(uses: Iterable[StyleUse], sheet: StyleSheet) -> str:
    """Return the class map of the styles in use."""
    entries = []
    for use in uses:
        if use.style in sheet.styles:
            style = sheet.of(use.style, use.within)
            entries.append(f"{class_name(use)}[{_layout(style)}{_css(style)}]")
    return f"<<{''.join(entries)}>>"


def _layout(style: Style) -> str:
    """Return the attributes of layout. Where a value is what holds without being said, it is left out."""
    padding = style.padding
    sides = (padding.top, padding.bottom, padding.left, padding.right)
    edges = (style.border_top, style.border_bottom, style.border_left, style.border_right)
    # It takes one kind of line; that the text is struck through says more than that it is underlined.
    line = "LineThrough" if style.strike else "Underline" if style.underline else ""
    entries = [
        f"/TextAlign/{_ALIGN[style.align]}/LineHeight {number(style.leading)}/Color{_color(style.color)}",
        f"/TextDecorationType/{line}" if line else "",
        *(
            f"/{name} {number(length)}"
            for name, length in (
                ("SpaceBefore", style.space_before),
                ("SpaceAfter", style.space_after),
                ("StartIndent", style.indent_left),
                ("EndIndent", style.indent_right),
                ("TextIndent", style.first_line_indent),
            )
            if length
        ),
    ]
    if any(sides):
        entries.append(f"/Padding[{' '.join(map(number, sides))}]")
    if style.background is not None:
        entries.append(f"/BackgroundColor{_color(style.background)}")
    if any(edge.width for edge in edges):
        entries.append(_borders(edges))
    if style.columns > 1:
        entries.append(f"/ColumnCount {style.columns}/ColumnGap {number(style.column_gap)}")
    return f"<</O/Layout{''.join(entries)}>>"


def _borders(edges: tuple[Border, ...]) -> str:
    """Return what says of borders how they are drawn: before, after, at the start, at the end."""
    styles = "".join("/Solid" if edge.width else "/None" for edge in edges)
    widths = " ".join(number(edge.width) for edge in edges)
    colors = "".join(_color(edge.color) if edge.width else " null" for edge in edges)
    return f"/BorderStyle[{styles}]/BorderThickness[{widths}]/BorderColor[{colors}]"


def _css(style: Style) -> str:
    """Return what the attributes of layout cannot say, as CSS2 does."""
    said = (
        ("page-break-after", "avoid", style.keep_with_next),
        ("page-break-inside", "avoid", style.keep_together),
        ("page-break-before", "always", style.break_before == "page"),
        ("page-break-before", "right", style.break_before == "recto"),
        ("font-variant", "small-caps", style.small_caps),
        ("text-transform", "uppercase", style.case == "upper"),
    )
    entries = "".join(f"/{name}/{value}" for name, value, holds in said if holds)
    return f"<</O/CSS-2.00{entries}>>" if entries else ""


def _color(color: Color) -> str:
    return f"[{' '.join(f'{part / 255:.4g}' for part in (color.red, color.green, color.blue))}]"
