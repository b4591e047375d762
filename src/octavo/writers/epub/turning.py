"""The other direction: rules for what runs to the right in a text that runs to the left, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from octavo.writers.epub.css_values import Declarations, side

_SIDED: Final = re.compile(r"\b(left|right)\b")
_RULE: Final = re.compile(r"(?m)^(?P<selectors>[^@{}\n]+) \{ (?P<body>[^{}\n]*) \}$")
Table = dict[str, list[str]]


class Directions(msgspec.Struct, frozen=True):
    """How a book's text runs: `mirrored` from right to left, `both` if some of it the other way."""

    mirrored: bool = False
    both: bool = False


PLAIN: Final = Directions()


class Said(msgspec.Struct, frozen=True):
    """What a style sheet says of a selector, and among which rules: "rules", "wide" or "night"."""

    place: str
    selector: str
    declarations: Declarations


def opposite(own: Sequence[Said], turned: Sequence[Said], fixed: str, *, leftwards: bool) -> dict[str, Table]:
    """Return the rules, by their place, for elements that run against the text; "fixed" ones follow the "rules".

    Args:
        own: what is said for the text's own direction.
        turned: the same for the other one, in the same order.
        fixed: rules that hold for every book, as text.
        leftwards: the other direction is from right to left.
    """
    way = f'[dir="{"rtl" if leftwards else "ltr"}"]'
    found: dict[str, Table] = {"rules": {}, "fixed": {}, "wide": {}, "night": {}}
    for one, other in zip(own, turned, strict=True):
        changed = _changed(one.declarations, other.declarations)
        if changed:
            found[one.place].setdefault(joined(changed), []).extend(_within(way, [one.selector]))
    for rule in _RULE.finditer(fixed):
        selectors, body = rule["selectors"].strip().split(", "), rule["body"]
        if _SIDED.search(body):
            # The sides of cells are those that the author has named; they only must stay stronger.
            cells = selectors[0].startswith("td")
            known = _parsed(body)
            changed = known if cells else _changed(known, _parsed(_SIDED.sub(_other_side, body)))
            found["fixed"].setdefault(joined(changed), []).extend(_within(way, selectors))
    return found


def joined(declarations: Declarations) -> str:
    """Return declarations as the body of a rule."""
    return "; ".join(f"{name}: {value}" for name, value in declarations.items())


def _changed(own: Declarations, turned: Declarations) -> Declarations:
    """Return what is to be said anew, and taken back on the side where it does not hold any more."""
    changed = {name: value for name, value in turned.items() if own.get(name) != value}
    for name in own.keys() - turned.keys():
        if _SIDED.search(name) and not name.endswith("color"):
            changed[name] = "0"
    return dict(sorted(changed.items()))


def _within(way: str, selectors: Sequence[str]) -> Iterator[str]:
    """Yield selectors of elements in one of that direction, and of those that have it themselves."""
    for selector in selectors:
        yield f"{way} {selector}"
        if ":" not in selector:
            yield f"{selector}{way}"


def _parsed(body: str) -> Declarations:
    pairs = (each.partition(":") for each in body.split(";") if each.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def _other_side(match: re.Match[str]) -> str:
    return side(match.group(), mirrored=True)
