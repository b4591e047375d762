"""Filters kept within bounds: a drawing may ask for work that no page can show, and that would never end.

The renderer goes over all pixels for each primitive that is applied, and for some of them as often as an attribute says
(Filter Effects Module Level 1, chapters 9.8, 9.16 and 9.23).
"""

from __future__ import annotations

from typing import Any, Final

from octavo.writers.svg.cascade import local
from octavo.writers.svg.geometry import numbers
from octavo.writers.svg.paints import reference

_APPLIED: Final = 40
"""Primitives that are applied in one drawing; a soft shadow has three to five."""
_OCTAVES: Final = 9
"""Of turbulence: what more of them add is less than a colour of eight bits can tell (9.23)."""
_WIDEST: Final = 100.0
"""Units by which shapes are made thicker or thinner."""
_ORDER: Final = 400.0
"""Numbers in a matrix of convolution."""


def tame_filters(root: Any) -> bool:
    """Bound the filters of a drawing whose styles are flat; say whether some had to go."""
    filters = {each.get("id", ""): each for each in root.iter("*") if local(each) == "filter"}
    if not filters:
        return False
    lost = False
    for each in root.iter("*"):
        if local(each) == "feTurbulence" and max(numbers(each.get("numOctaves", "")), default=0) > _OCTAVES:
            each.set("numOctaves", str(_OCTAVES))
    endless = {name for name, each in filters.items() if any(map(_is_endless, each))}
    applied = 0
    for each in root.iter("*"):
        name, _ = reference(each.get("filter"))
        if not name:
            continue
        applied += len(filters[name]) if name in filters else 0
        if name in endless or applied > _APPLIED:
            del each.attrib["filter"]
            lost = True
    return lost


def _is_endless(primitive: Any) -> bool:
    if local(primitive) == "feMorphology":
        return max(numbers(primitive.get("radius", "")), default=0) > _WIDEST
    if local(primitive) == "feConvolveMatrix":
        order = numbers(primitive.get("order", ""))[:2] or [3.0]
        return order[0] * order[-1] > _ORDER
    return False
