"""What a theme's `[print.…]` tables change in colour, for pages that were set once, in the style sheet of the screen.

Lengths cannot change, for the pages would break elsewhere; colours can. A screen colour becomes what the print sheet
has in the same places, where it has one colour in all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from octavo.theme.style import Mark, Style, StyleSheet
from octavo.units import Color


def color_changes(screen: StyleSheet | None, press: StyleSheet) -> Mapping[Color, Color]:
    """Return what screen colours are in print, where that differs."""
    if screen is None or screen is press:
        return {}
    printed: dict[Color, set[Color]] = {}
    there = dict(_uses(press))
    for place, color in _uses(screen):
        if place in there:
            printed.setdefault(color, set()).add(there[place])
    alone = {color: next(iter(found)) for color, found in printed.items() if len(found) == 1}
    return {color: other for color, other in alone.items() if other != color}


def _uses(sheet: StyleSheet) -> Iterator[tuple[tuple[str, ...], Color]]:
    """Yield every colour of a sheet with the place that it is used in."""
    for key, style in sheet.styles.items():
        yield from _of(("style", key), style)
    for (container, key), style in sheet.within.items():
        yield from _of(("within", container, key), style)
    for key, mark in sheet.marks.items():
        yield from _of(("mark", key), mark)
    yield ("footnote-rule",), sheet.page.footnote_rule.color


def _of(place: tuple[str, ...], one: Style | Mark) -> Iterator[tuple[tuple[str, ...], Color]]:
    if one.color is not None:
        yield (*place, "color"), one.color
    if one.background is not None:
        yield (*place, "background"), one.background
    if isinstance(one, Style):
        for edge in ("top", "right", "bottom", "left"):
            border = getattr(one, f"border_{edge}")
            if border.width:
                yield (*place, f"border-{edge}"), border.color
