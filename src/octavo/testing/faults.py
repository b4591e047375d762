"""What a reader or writer is blamed for."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from octavo.tree.walk import walk


class ConformanceError(AssertionError):
    """A reader or writer breaks its contract; `faults` tells how, each in a line."""

    def __init__(self, name: str, faults: Iterable[str]) -> None:
        self.faults: tuple[str, ...] = tuple(dict.fromkeys(faults))
        super().__init__(f"{name} breaks its contract:\n" + "\n".join(f"- {each}" for each in self.faults))


def missing_words(wanted: Iterable[str], told: str) -> list[str]:
    """Return the words that a text does not hold in the order wanted, after those found before them."""
    lost: list[str] = []
    at = 0
    for word in wanted:
        found = told.find(word, at)
        if found < 0:
            lost.append(word)
        else:
            at = found + len(word)
    return lost


def all_text(node: msgspec.Struct) -> str:
    """Return everything that is said below a node, its notes too, in the order of the tree."""
    return " ".join(text for each in walk(node) if (text := getattr(each, "text", "")))
