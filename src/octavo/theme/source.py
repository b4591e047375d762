"""A theme as written: its files, from the one the user named to the farthest that it extends.

What stands in a file is kept flat, path -> value, so that merging is one rule and every value knows where it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, TypeAlias

import msgspec

from octavo.diagnostics import Diagnostic, Position, error

Path: TypeAlias = tuple[str, ...]
"""Where a value stands: ("style", "heading-1", "color"). Overlays and `[custom.*]` are already resolved away."""


class Written(msgspec.Struct, frozen=True):
    """A value as written, and its place: `file` is an index into `Theme.files`, `place` the path in that file.

    Once tokens are substituted, `tokens` has those that the value came through, the one it names first.
    """

    value: object
    file: int
    place: Path
    tokens: tuple[Written, ...] = ()

    @property
    def said(self) -> Written:
        """What whoever wrote the theme would mend: a token that a nearer file gives, and else the value itself."""
        return max((self, *self.tokens), key=lambda each: each.file)


class ThemeFile(msgspec.Struct, frozen=True, kw_only=True):
    """One TOML file. `written` has, for each overlay (and "" for none), what stands in it."""

    path: str
    text: str
    written: Mapping[str, Mapping[Path, Written]]


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """A loaded theme: its files, the farthest ancestor first, the named one last."""

    name: str
    description: str
    files: tuple[ThemeFile, ...]


_HEADER: Final = re.compile(r"^\s*\[\[?([^\[\]]+)\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(
    r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_PART: Final = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")
_STRING: Final = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"""|\Z)|\'\'\'.*?(?:\'\'\'|\Z)|"(?:\\.|[^"\\\n])*+"?|\'[^\'\n]*+\'?|#[^\n]*+',
    re.DOTALL,
)


def position_of(file: ThemeFile, place: Path) -> Position:
    """Return where a key stands in a file: its line and column, or those of the nearest table around it."""
    around, written = _places(file.text)
    found = around.get(place) or next(
        (written[place[:size]] for size in range(len(place) - 1, 0, -1) if place[:size] in written), (0, 0)
    )
    return Position(*found, file.path)


@lru_cache(maxsize=8)
def _places(text: str) -> tuple[dict[Path, tuple[int, int]], dict[Path, tuple[int, int]]]:
    """Return where each path begins: the first key that is in it, and the first that is it. A file may have thousands
    of keys, and as many faults."""
    around: dict[Path, tuple[int, int]] = {}
    written: dict[Path, tuple[int, int]] = {}
    for path, line, column in _keys(text):
        written.setdefault(path, (line, column))
        for size in range(1, len(path) + 1):
            around.setdefault(path[:size], (line, column))
    return around, written


def _keys(text: str) -> Iterator[tuple[Path, int, int]]:
    """Find the keys and table headers of a TOML text that is known to be well formed."""
    # Strings and comments are blanked, so that brackets, hashes and equals signs within them do not mislead.
    blank = _STRING.sub(lambda found: re.sub(r"[^\n]", _blank_of(found.group()), found.group()), text)
    table: Path = ()
    depth = 0
    for number, (line, plain) in enumerate(zip(text.split("\n"), blank.split("\n"), strict=True), 1):
        if depth == 0:
            header, key = _HEADER.match(line), _KEY.match(line)
            if header and plain.lstrip().startswith("["):
                table = _parts(header.group(1))
                yield table, number, line.index("[") + 1
                continue
            if key and "=" in plain:
                yield (*table, *_parts(key.group(1))), number, len(line) - len(line.lstrip()) + 1
        depth = max(
            0, depth + sum(plain.count(each) for each in "[{") - sum(plain.count(each) for each in "]}")
        )


def _blank_of(token: str) -> str:
    return " " if token.startswith("#") else "_"


def _parts(dotted: str) -> Path:
    return tuple(each.strip("\"'") for each in _PART.findall(dotted))


class Faults:
    """Gathers what is wrong with a theme, so that all of it is told at once."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def add(self, code: str, file: ThemeFile, place: Path, what: str, hint: str = "") -> None:
        """Note a fault at a place of a file."""
        self.found.append(error(code, f"{'.'.join(place)}: {what}", position_of(file, place), hint))

    def unique(self) -> tuple[Diagnostic, ...]:
        """Return the faults, each once, in the order of their places."""
        return tuple(sorted(dict.fromkeys(self.found), key=_order))


def _order(fault: Diagnostic) -> tuple[str, int, int]:
    place = fault.position or Position(0)
    return place.file, place.line, place.column
