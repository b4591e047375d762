"""Attributes in braces: `{#id .class key="value" flag}`, as Pandoc and Djot write them.

A value stands in double or single quotes, or is bare where it has no space, quote or brace. Bare words other than the
flags below make the braces ordinary text, so that `{1, 2}` and `{name}` stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec

FLAGS: Final[Mapping[str, tuple[str, str]]] = {
    "decorative": ("decorative", "yes"),
    "repeats": ("repeats", "yes"),
    "unnumbered": ("numbered", "no"),
    "-": ("numbered", "no"),
}
"""Bare words, and the key and value that each stands for. Written as classes they mean the same."""

# Most sources have no attributes: the pattern stays text until it is needed.
_ITEM: Final = r"""(?sx)[ \t\n]*(?:
        \#(?P<id>[^\s{}\#"'=]+)
      | \.(?P<name>[^\s{}.\#"'=]+)
      | (?P<key>[A-Za-z_][\w:.-]*)=(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^'\\]|\\.)*)'|(?P<bare>[^\s{}"'=]+))
      | (?P<flag>decorative|repeats|unnumbered|-)(?=[\s}])
    )"""
_END: Final = re.compile(r"[ \t\n]*\}")
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_BRACKETED: Final = re.compile(r"\[[^\[\]]+\](?:\([^()\s]*\))?$")
_MAXIMUM: Final = 4000
"""Longest attribute block, in characters; a limit keeps broken ones from costing time."""


class Attributes(msgspec.Struct, frozen=True):
    """What a pair of braces says. A key that is given twice keeps its last value."""

    id: str = ""
    classes: tuple[str, ...] = ()
    values: Mapping[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self.id or self.classes or self.values)

    def merged(self, other: Attributes) -> Attributes:
        """Return both together; the other's id and values win."""
        return Attributes(other.id or self.id, self.classes + other.classes, {**self.values, **other.values})


def parse_attributes(text: str, start: int = 0, end: int | None = None) -> tuple[Attributes, int] | None:
    """Return the attributes whose opening brace is at `start`, and the offset behind their closing brace.

    None where no braces stand there, or they hold something else, or nothing.
    """
    end = min(len(text) if end is None else end, start + _MAXIMUM)
    if start >= end or text[start] != "{":
        return None
    # Kramdown and Python-Markdown write `{: #id .class}`.
    at, found, classes = start + (2 if text.startswith("{:", start) else 1), "", []
    values: dict[str, str] = {}
    item = re.compile(_ITEM)
    while match := item.match(text, at, end):
        at = match.end()
        key, flag = match["key"], match["flag"]
        if match["id"]:
            found = match["id"]
        elif match["name"] in FLAGS:
            values.update((FLAGS[match["name"]],))
        elif match["name"]:
            classes.append(match["name"])
        elif flag:
            values.update((FLAGS[flag],))
        else:
            quoted = match["double"] if match["double"] is not None else match["single"]
            values[key.lower()] = match["bare"] if quoted is None else _ESCAPE.sub(r"\1", quoted)
    close = _END.match(text, at, end)
    if not close or not (found or classes or values):
        return None
    return Attributes(found, tuple(classes), values), close.end()


def split_trailing(text: str) -> tuple[str, Attributes]:
    """Return a line without the attributes at its end, and those. What stands close behind brackets, as in
    `[words]{.smallcaps}` and `[words](target){lang=fr}`, belongs to them."""
    if text.rstrip().endswith("}"):
        at = text.rfind("{")
        # A brace inside a quoted value is rare; the last one that parses to the end of the line wins.
        while at >= 0:
            parsed = parse_attributes(text, at)
            if parsed and not text[parsed[1] :].strip() and not _escaped(text, at):
                if _BRACKETED.search(text[:at]):
                    break
                return text[:at].rstrip(), parsed[0]
            at = text.rfind("{", max(0, at - 200), at) if at else -1
    return text, Attributes()


def _escaped(text: str, at: int) -> bool:
    return (len(text[:at]) - len(text[:at].rstrip("\\"))) % 2 == 1
