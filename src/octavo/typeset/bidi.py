"""Which way each letter of a text runs that is read from right to left: the levels of the Unicode Bidirectional
Algorithm (Unicode Standard Annex 9), rules W1 to I2.

Explicit embeddings have no part in it: what is set apart is an inline of its own, and resolved by itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

OBJECT: Final = "\ufffc"
"""Stands for what has no direction: a picture, a formula, text that is set apart."""
BRACKETS: Final = dict(
    zip("([{\u2045\u207d\u208d\u2308\u230a\u27e6\u27e8\u27ea\u2983\u2985\u2e28\u3008\u300a\u300c\u300e\u3010\u3014\uff08",
        ")]}\u2046\u207e\u208e\u2309\u230b\u27e7\u27e9\u27eb\u2984\u2986\u2e29\u3009\u300b\u300d\u300f\u3011\u3015\uff09",
        strict=True)
)  # fmt: skip
"""Brackets that open, and those that close them (BidiBrackets.txt)."""
_PAIRS: Final = (
    *BRACKETS.items(), ("<", ">"), ("\u00ab", "\u00bb"), ("\u2039", "\u203a"), ("\u2264", "\u2265"),
    ("\u226a", "\u226b"), ("\u2208", "\u220b"), ("\u2282", "\u2283"),
)  # fmt: skip
MIRRORED: Final = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
"""Signs that are shown as another where the text runs to the left (BidiMirroring.txt)."""
_NEUTRAL: Final = frozenset(
    {"B", "S", "WS", "ON", "BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
)
_MOST_OPEN: Final = 63
"""How many brackets are open at a time at most (BD16)."""


def levels(text: str, base: int) -> list[int]:
    """Return the level of each character of a paragraph whose own level is `base`: odd ones run to the left."""
    own = "R" if base % 2 else "L"
    kinds = list(map(unicodedata.bidirectional, text))
    if not text or (all(kind in ("R", "AL", "WS") for kind in kinds) and own == "R"):
        return [base] * len(kinds)
    _weak(kinds, own)
    _brackets(text, kinds, own)
    _neutrals(kinds, own)
    return [base + _above(kind, base) for kind in kinds]


def _above(kind: str, base: int) -> int:
    """I1 and I2: how far a character's level is above that of the paragraph."""
    if base % 2:
        return 0 if kind == "R" else 1
    return {"L": 0, "R": 1}.get(kind, 2)


def _weak(kinds: list[str], own: str) -> None:
    """W1 to W7: marks, numbers and their signs, in place."""
    before = own
    for at, kind in enumerate(kinds):
        # What has no width goes with what stands before it, as marks do.
        if kind in ("NSM", "BN"):
            kinds[at] = before
        before = kinds[at]
    strong = own
    for at, kind in enumerate(kinds):
        if kind in ("R", "L", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for at in range(1, len(kinds) - 1):
        left, kind, right = kinds[at - 1 : at + 2]
        if left == right and ((kind == "CS" and left in ("EN", "AN")) or (kind == "ES" and left == "EN")):
            kinds[at] = left
    for start, stop in _runs(kinds, lambda kind: kind == "ET"):
        if kinds[start - 1 : start] == ["EN"] or kinds[stop : stop + 1] == ["EN"]:
            kinds[start:stop] = ["EN"] * (stop - start)
    strong = own
    for at, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[at] = "ON"
        elif kind in ("R", "L"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"


def _brackets(text: str, kinds: list[str], own: str) -> None:
    """N0: brackets that belong together take one direction, in place."""
    open_ones: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for at, character in enumerate(text):
        if kinds[at] != "ON":
            continue
        if character in BRACKETS:
            if len(open_ones) == _MOST_OPEN:
                break
            open_ones.append((BRACKETS[character], at))
        else:
            found = next((n for n in range(len(open_ones) - 1, -1, -1) if open_ones[n][0] == character), -1)
            if found >= 0:
                pairs.append((open_ones[found][1], at))
                del open_ones[found:]
    for first, last in sorted(pairs):
        inside = {_strength(kind) for kind in kinds[first + 1 : last]} - {""}
        if not inside:
            continue
        way = own
        if own not in inside:
            before = next(filter(None, map(_strength, reversed(kinds[:first]))), own)
            way = before if before != own else own
        kinds[first] = kinds[last] = way


def _strength(kind: str) -> str:
    """Return the direction of a character as neutral ones see it: numbers count as written to the left."""
    if kind in ("R", "EN", "AN"):
        return "R"
    return "L" if kind == "L" else ""


def _neutrals(kinds: list[str], own: str) -> None:
    """N1 and N2: what has no direction takes that of both its sides, else the paragraph's, in place."""
    for start, stop in _runs(kinds, _NEUTRAL.__contains__):
        before = _strength(kinds[start - 1]) if start else own
        after = _strength(kinds[stop]) if stop < len(kinds) else own
        kinds[start:stop] = [before if before == after else own] * (stop - start)


def _runs(kinds: Sequence[str], fits: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Return where each longest run of fitting kinds begins and ends."""
    marks = [0, *(int(fits(kind)) for kind in kinds), 0]
    edges = [at for at, (one, other) in enumerate(pairwise(marks)) if one != other]
    return list(zip(edges[::2], edges[1::2], strict=True))


def visual_order(found: Sequence[int]) -> list[int]:
    """Return the places of what has these levels, from left to right (L2)."""
    order = list(range(len(found)))
    for level in range(max(found, default=0), 0, -1):
        for start, stop in _runs([str(found[at] >= level) for at in order], "True".__eq__):
            order[start:stop] = order[start:stop][::-1]
    return order
