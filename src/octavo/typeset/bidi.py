"""Which way each letter of a text runs that is read from right to left: the levels of the Unicode Bidirectional
Algorithm (Unicode Standard Annex 9), rules W1 to I2.

Explicit embeddings have no part in it: what is set apart is an inline of its own, and resolved by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

OBJECT: Final = "\ufffc"
"""Stands for what has no direction: a picture, a formula, text that is set apart."""
BRACKETS: Final = dict(
    zip("([{\u2045\u207d\u208d\u2308\u230a\u27e6\u27e8\u27ea\u2983\u2985\u2e28\u3008\u300a\u300c\u300e\u3010\u3014\uff08",
        ")]}\u2046\u207e\u208e\u2309\u230b\u27e7\u27e9\u27eb\u2984\u2986\u2e29\u3009\u300b\u300d\u300f\u3011\u3015\uff09",
        strict=True)
)  # fmt: skip
"""Brackets that open, and those that close them (BidiBrackets.txt)."""
_BOTH: Final = frozenset((*BRACKETS, *BRACKETS.values()))
_PAIRS: Final = (
    *BRACKETS.items(), ("<", ">"), ("\u00ab", "\u00bb"), ("\u2039", "\u203a"), ("\u2264", "\u2265"),
    ("\u226a", "\u226b"), ("\u2208", "\u220b"), ("\u2282", "\u2283"),
)  # fmt: skip
MIRRORED: Final = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
"""Signs that are shown as another where the text runs to the left (BidiMirroring.txt)."""
_MOST_OPEN: Final = 63
"""How many brackets are open at a time at most (BD16)."""
_CODES: Final = {
    "L": "L", "R": "R", "AL": "A", "EN": "E", "AN": "N", "ES": "s", "ET": "t", "CS": "c", "NSM": "m", "BN": "m",
}  # fmt: skip
"""A letter for each class of characters (UAX 9, table 4); `w` for all others, which are neutral."""


def levels(text: str, base: int) -> list[int]:
    """Return the level of each character of a paragraph whose own level is `base`: odd ones run to the left."""
    own = "R" if base % 2 else "L"
    classes = map(unicodedata.bidirectional, text)
    kinds = _weak("".join([_CODES.get(each, "w") for each in classes]), own)
    if "w" in kinds:
        kinds = _neutrals(_brackets(text, kinds, own), own)
    # I1 and I2
    above = {"R": base} if base % 2 else {"L": base, "R": base + 1}
    otherwise = base + 1 if base % 2 else base + 2
    return [above.get(kind, otherwise) for kind in kinds]


def _weak(kinds: str, own: str) -> str:
    """W1 to W7: marks, numbers and their signs. What has no width goes with what stands before it, as marks do."""

    def like(letter: str) -> Callable[[re.Match[str]], str]:
        return lambda found: letter * len(found.group())

    def changed(one: str, other: str) -> Callable[[re.Match[str]], str]:
        return lambda found: found.group().replace(one, other)

    kinds = re.sub(
        "(.)m+", lambda found: found.group(1) * len(found.group()), re.sub("^m+", like(own), kinds)
    )
    kinds = re.sub("A[^LR]*", changed("E", "N"), kinds).replace("A", "R")
    kinds = re.sub("(?<=N)c(?=N)", "N", re.sub("(?<=E)[sc](?=E)", "E", kinds))
    kinds = re.sub("(?<!t)t++(?=E)|(?<=E)t++", like("E"), kinds)
    kinds = re.sub("[stc]", "w", kinds)
    return re.sub("(?:^|L)[^R]*" if own == "L" else "L[^R]*", changed("E", "L"), kinds)


def _brackets(text: str, kinds: str, own: str) -> str:
    """N0: brackets that belong together take one direction."""
    places = [at for at, character in enumerate(text) if character in _BOTH and kinds[at] == "w"]
    if not places:
        return kinds
    open_ones: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for at in places:
        character = text[at]
        if character in BRACKETS:
            if len(open_ones) == _MOST_OPEN:
                break
            open_ones.append((BRACKETS[character], at))
        else:
            found = next((n for n in range(len(open_ones) - 1, -1, -1) if open_ones[n][0] == character), -1)
            if found >= 0:
                pairs.append((open_ones[found][1], at))
                del open_ones[found:]
    changed = list(kinds)
    for first, last in sorted(pairs):
        inside = set(map(_strength, changed[first + 1 : last])) - {""}
        if not inside:
            continue
        way = own
        if own not in inside:
            before = map(changed.__getitem__, range(first - 1, -1, -1))
            way = next(filter(None, map(_strength, before)), own)
        changed[first] = changed[last] = way
    return "".join(changed)


def _strength(kind: str) -> str:
    """Return the direction of a character as neutral ones see it: numbers count as written to the left."""
    return "R" if kind in "REN" else "L" if kind == "L" else ""


def _neutrals(kinds: str, own: str) -> str:
    """N1 and N2: what has no direction takes that of both its sides, else the paragraph's."""
    sides, other = ("L", "L") if own == "R" else ("REN", "R")
    between = f"(?<=[{sides}])w+(?=[{sides}])"
    return re.sub(between, lambda found: other * len(found.group()), kinds).replace("w", own)


def visual_order(found: Sequence[int]) -> list[int]:
    """Return the places of what has these levels, from left to right (L2)."""
    order = list(range(len(found)))
    for level in range(max(found, default=0), 0, -1):
        start = 0
        while start < len(order):
            stop = start
            while stop < len(order) and found[order[stop]] >= level:
                stop += 1
            if stop > start + 1:
                order[start:stop] = order[start:stop][::-1]
            start = stop + 1
    return order
