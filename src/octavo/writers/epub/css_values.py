"""From a style's values to CSS declarations: lengths in ems, so that the reader's own text size rules all of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from octavo.theme.style import Border, Mark, Style
from octavo.tree.direction import pointing_left
from octavo.units import Color

Declarations: TypeAlias = dict[str, str]
_REGULAR: Final = 400

_MIRROR: Final[Mapping[str, str]] = MappingProxyType({"left": "right", "right": "left"})
_SANS: Final = ("sans", "grotesk", "gothic", "arial", "helvetica", "gill", "futura", "inter", "roboto", "go")
_MONO: Final = ("mono", "code", "courier", "consol", "typewriter")


def number(value: float) -> str:
    """Return a number with at most three decimals."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def em(points: float, size: float) -> str:
    """Return a length in ems of a size, both in points."""
    made = number(points / size)
    return made if made == "0" else f"{made}em"


def color(value: Color) -> str:
    """Return a colour."""
    return f"#{value.hex}"


def family(fonts: tuple[str, ...], roles: Mapping[str, tuple[str, ...]]) -> str:
    """Return the families with the generic one that serves where none of them is there."""
    names = ", ".join(f'"{name}"' for name in (_plain(each) for each in fonts) if name)
    return f"{names}, {generic(fonts, roles)}" if names else generic(fonts, roles)


def _plain(name: str) -> str:
    return "".join(each for each in name if each.isprintable() and each not in '"\\;{}<>')


def generic(fonts: tuple[str, ...], roles: Mapping[str, tuple[str, ...]]) -> str:
    """Return the generic family nearest to the first of some families: by its name, else by its role in the theme."""
    name = fonts[0].casefold() if fonts else ""
    if any(each in name for each in _MONO) or fonts[:1] == roles.get("mono", ())[:1]:
        return "monospace"
    if any(each in name.split() for each in _SANS) or "sans" in name:
        return "sans-serif"
    if "serif" in name or fonts[:1] == roles.get("text", ())[:1]:
        return "serif"
    return "sans-serif" if fonts[:1] == roles.get("heading", ())[:1] else "serif"


def side(name: str, mirrored: bool) -> str:
    """Return a side; left and right change places in documents that run from right to left."""
    return _MIRROR.get(name, name) if mirrored else name


def marker(style: Style, *, mirrored: bool) -> str:
    """Return what hangs before an item; what points points into the text."""
    return pointing_left(style.marker) if mirrored else style.marker


def text_declarations(
    style: Style, base: Style, roles: Mapping[str, tuple[str, ...]], *, mirrored: bool = False
) -> Declarations:
    """Return what sets a style's text apart from the body's."""
    made: Declarations = {}
    if style.font != base.font:
        made["font-family"] = family(style.font, roles)
    if style.size != base.size:
        made["font-size"] = em(style.size, base.size)
    ratio = number(round(style.leading / style.size, 2))
    if ratio != number(round(base.leading / base.size, 2)):
        made["line-height"] = ratio
    if style.weight != base.weight:
        made["font-weight"] = str(style.weight)
    if style.italic != base.italic:
        made["font-style"] = "italic" if style.italic else "normal"
    if style.letter_spacing != base.letter_spacing:
        made["letter-spacing"] = em(style.letter_spacing, style.size)
    if style.case != base.case:
        made["text-transform"] = "uppercase" if style.case == "upper" else "none"
    if style.small_caps != base.small_caps:
        made["font-variant-caps"] = "small-caps" if style.small_caps else "normal"
    if (style.figures, style.figure_spacing) != (base.figures, base.figure_spacing):
        made["font-variant-numeric"] = figures(style.figures, style.figure_spacing)
    if style.align != base.align:
        made["text-align"] = side(style.align, mirrored)
    if style.hyphenate != base.hyphenate:
        made.update(hyphenation(style.hyphenate))
    if style.underline or style.strike:
        made["text-decoration"] = lines(style.underline, style.strike)
    return made


def unusual_declarations(base: Style) -> Declarations:
    """Return what the text of a whole book has that text seldom has; the rest of the body is its reader's."""
    made: Declarations = {}
    if base.weight != _REGULAR:
        made["font-weight"] = str(base.weight)
    if base.italic:
        made["font-style"] = "italic"
    if base.letter_spacing:
        made["letter-spacing"] = em(base.letter_spacing, base.size)
    if base.case == "upper":
        made["text-transform"] = "uppercase"
    if base.small_caps:
        made["font-variant-caps"] = "small-caps"
    return made


def hyphenation(wanted: bool) -> Declarations:
    """Return the declarations that divide words, or do not."""
    value = "auto" if wanted else "manual"
    return {"-webkit-hyphens": value, "-epub-hyphens": value, "hyphens": value}


def figures(shape: str, spacing: str) -> str:
    """Return the figures' features."""
    shaped = "oldstyle-nums" if shape == "old-style" else "lining-nums"
    return f"{shaped} {'tabular-nums' if spacing == 'tabular' else 'proportional-nums'}"


def lines(underline: bool, strike: bool) -> str:
    """Return the lines at text."""
    found = [name for name, wanted in (("underline", underline), ("line-through", strike)) if wanted]
    return " ".join(found) or "none"


def border(value: Border, size: float) -> str:
    """Return a border; a screen shows the thinnest as one pixel (CSS Backgrounds 3, 3.3)."""
    return f"{em(value.width, size)} solid {color(value.color)}"


def box_declarations(style: Style, size: float, *, mirrored: bool = False) -> Declarations:
    """Return a box's own properties in ems of `size`; an indent that reaches out is left to `reach_declarations`."""
    made = space_declarations(style, size, mirrored=mirrored)
    made.update(frame_declarations(style, size, mirrored=mirrored))
    return made


def space_declarations(style: Style, size: float, *, mirrored: bool = False) -> Declarations:
    """Return what stands around a box, and where pages may break."""
    made: Declarations = {}
    edges = (style.space_before, style.indent_right, style.space_after, style.indent_left)
    right, left = max(0.0, edges[1]), max(0.0, edges[3])
    right, left = (left, right) if mirrored else (right, left)
    if edges[0] or right or edges[2] or left:
        made["margin"] = _four(edges[0], right, edges[2], left, size)
    if style.keep_with_next:
        made.update({"page-break-after": "avoid", "break-after": "avoid"})
    if style.keep_together:
        made.update({"page-break-inside": "avoid", "break-inside": "avoid"})
    if style.break_before != "auto":
        made.update({"page-break-before": "always", "break-before": "page"})
    return made


def frame_declarations(style: Style, size: float, *, mirrored: bool = False) -> Declarations:
    """Return a box's padding, background and borders."""
    made: Declarations = {}
    inner = style.padding
    if inner.top or inner.right or inner.bottom or inner.left:
        right, left = (inner.left, inner.right) if mirrored else (inner.right, inner.left)
        made["padding"] = _four(inner.top, right, inner.bottom, left, size)
    if style.background is not None:
        made["background-color"] = color(style.background)
    for name in ("top", "right", "bottom", "left"):
        edge: Border = getattr(style, f"border_{name}")
        if edge.width:
            made[f"border-{side(name, mirrored)}"] = border(edge, size)
    return made


def reach_declarations(style: Style, size: float, *, mirrored: bool = False) -> Declarations:
    """Return the margins of a box that reaches out of the text column; they hold on wide screens only."""
    made: Declarations = {}
    if style.indent_left < 0:
        made[f"margin-{side('left', mirrored)}"] = em(style.indent_left, size)
    return made


def is_decorated(style: Style) -> bool:
    """Say whether a box has an edge of its own, which keeps the margins of what it holds inside."""
    edges = (style.border_top, style.border_bottom)
    return (
        style.background is not None
        or any(each.width for each in edges)
        or bool(style.padding.top or style.padding.bottom)
    )


def mark_declarations(mark: Mark, roles: Mapping[str, tuple[str, ...]]) -> Declarations:
    """Return what an inline mark changes."""
    made: Declarations = {}
    if mark.font is not None:
        made["font-family"] = family(mark.font, roles)
    if mark.scale is not None:
        made["font-size"] = f"{number(mark.scale)}em"
    if mark.weight is not None:
        made["font-weight"] = str(mark.weight)
    if mark.italic is not None:
        made["font-style"] = "italic" if mark.italic else "normal"
    if mark.letter_spacing is not None:
        made["letter-spacing"] = em(mark.letter_spacing, 10.0)
    if mark.case is not None:
        made["text-transform"] = "uppercase" if mark.case == "upper" else "none"
    if mark.small_caps is not None:
        made["font-variant-caps"] = "small-caps" if mark.small_caps else "normal"
    if mark.figures is not None:
        made["font-variant-numeric"] = figures(mark.figures, "proportional")
    if mark.underline is not None or mark.strike is not None:
        made["text-decoration"] = lines(bool(mark.underline), bool(mark.strike))
    if mark.rise is not None:
        made["vertical-align"] = f"{number(mark.rise / (mark.scale or 1.0))}em"
        made["line-height"] = "0"
    if mark.color is not None:
        made["color"] = color(mark.color)
    if mark.background is not None:
        made["background-color"] = color(mark.background)
    return made


def _four(top: float, right: float, bottom: float, left: float, size: float) -> str:
    values = [em(each, size) for each in (top, right, bottom, left)]
    if values[1] == values[3]:
        values.pop()
        if values[0] == values[2]:
            values.pop()
            if values[0] == values[1]:
                values.pop()
    return " ".join(values)
