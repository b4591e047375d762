"""How much a drawing asks for: references let a few lines of SVG stand for more shapes than any machine can paint.

A `use` is painted as what it leads to, and so are patterns, masks, clips, markers and filters, which may lead to others
(SVG 2, 5.6, 13.7 and 14.3; CSS Masking 1; Filter Effects 1). What is counted is never less than what is painted.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from octavo.writers.svg.cascade import flatten_styles, local
from octavo.writers.svg.clean import DEEPEST
from octavo.writers.svg.paints import href

MOST_PAINTED: Final = 200_000
"""Elements that the references of a drawing may come to; what stands in the file itself is bounded by its size."""
MOST_APPLIED: Final = 1_000
"""Masks, clips, patterns and filters that references may come to: each may take a canvas of its own."""
_DEFINED: Final = frozenset({"pattern", "mask", "clipPath", "marker", "filter"})
_LEADING: Final = frozenset({"use", "feImage", "pattern"})
_OWN: Final = frozenset({"clip-path", "mask", "filter"})
"""Properties whose references hold for an element as a whole; those of others are handed on to all within it."""
_NAMED: Final = re.compile(r"url\(\s*+['\"]?\s*+#([^'\")]++)")
_NUMBER: Final = re.compile(r"[\d.]++")


def tame_references(root: Any) -> bool:
    """Take all references out of a drawing that asks for too much by them; say whether they had to go."""
    if _is_bounded(root):
        return False
    # Rules of style were counted as if they held for everything.
    flat = copy.deepcopy(root)
    flatten_styles(flat)
    if _is_bounded(flat):
        return False
    for each in [each for each in root.iter("*") if local(each) in _DEFINED or local(each) == "use"]:
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)
    return True


def _is_bounded(root: Any) -> bool:
    by_id = {each.get("id"): each for each in root.iter("*") if each.get("id")}
    elements = list(root.iter("*"))
    if _is_plain(elements, by_id):
        return True
    applied = {each: count for each in elements if (count := _applied(each, by_id))}
    return (
        painted(root, by_id, dict.fromkeys(elements, 1)) <= max(MOST_PAINTED, len(elements))
        and painted(root, by_id, applied) <= max(MOST_APPLIED, 2 * sum(applied.values()))
        and _folded(root, by_id, partial(_depth, by_id))[root] <= 2 * DEEPEST
    )


def _is_plain(elements: Sequence[Any], by_id: Mapping[str, Any]) -> bool:
    """Say whether few shapes are led to, and none of them leads on: so it is in nearly all drawings, and soon seen."""
    sizes: dict[Any, int] = {}
    leading: set[Any] = set()
    count = 0
    for each in elements:
        if local(each) == "style" and "url(" in (each.text or ""):
            return False
        for target, handed_on in _targets(each, by_id):
            if handed_on and (len(each) or local(target) == "marker"):
                return False
            if target not in sizes:
                sizes[target] = sum(1 for _ in target.iter("*"))
            count += sizes[target]
            leading.add(each)
    return count <= MOST_PAINTED and not any(
        inner in leading for target in sizes for inner in target.iter("*")
    )


def painted(root: Any, by_id: Mapping[str, Any], own: Mapping[Any, int]) -> int:
    """Return how much is gone through where a drawing is painted, references and all, by what each element is worth.

    What leads back to itself is not followed, as no renderer does.
    """
    weights = _folded(root, by_id, partial(_weight, by_id, own))
    sheets = " ".join(each.text or "" for each in root.iter("*") if local(each) == "style")
    named = {by_id[name] for name in _NAMED.findall(sheets) if name in by_id}
    return weights[root] * (1 + sum(weights.get(each, 1) for each in named if local(each) in _DEFINED))


def _folded(
    root: Any, by_id: Mapping[str, Any], value: Callable[[Any, Mapping[Any, int]], int]
) -> dict[Any, int]:
    """Return a value for each element, made of the values of those that it holds and leads to."""
    values: dict[Any, int] = {}
    entered: set[Any] = set()
    waiting = [root]
    while waiting:
        element = waiting[-1]
        if element in entered:
            waiting.pop()
            if element not in values:
                values[element] = value(element, values)
            continue
        entered.add(element)
        waiting.extend(
            each
            for each in (*element.iterchildren("*"), *(target for target, _ in _targets(element, by_id)))
            if each not in entered
        )
    return values


def _depth(by_id: Mapping[str, Any], element: Any, depths: Mapping[Any, int]) -> int:
    below = (*element.iterchildren("*"), *(target for target, _ in _targets(element, by_id)))
    return 1 + max((depths.get(each, 0) for each in below), default=0)


def _weight(
    by_id: Mapping[str, Any], own: Mapping[Any, int], element: Any, weights: Mapping[Any, int]
) -> int:
    inner = own.get(element, 0) + sum(weights.get(each, 1) for each in element.iterchildren("*"))
    times = 1
    for target, handed_on in _targets(element, by_id):
        if handed_on:
            times += weights.get(target, 1)
        else:
            inner += weights.get(target, 1)
    if "marker-mid" in element.attrib or "marker" in element.get("style", ""):
        # One for each point of a line.
        times *= max(1, len(_NUMBER.findall(element.get("d") or element.get("points") or "")) // 2)
    return inner * times


def _applied(element: Any, by_id: Mapping[str, Any]) -> int:
    """Return how many masks, clips, patterns and the like an element asks for: each may take a canvas of its own."""
    return sum(local(target) in _DEFINED for target, _ in _targets(element, by_id))


def _targets(element: Any, by_id: Mapping[str, Any]) -> Iterator[tuple[Any, bool]]:
    """Yield what an element leads to, and whether that holds for all within it."""
    if local(element) in _LEADING and href(element)[1:] in by_id:
        yield by_id[href(element)[1:]], False
    for name, value in element.attrib.items():
        for identifier in _NAMED.findall(value) if "url(" in value else ():
            target = by_id.get(identifier.strip())
            if target is not None and local(target) in _DEFINED:
                yield target, name not in _OWN
