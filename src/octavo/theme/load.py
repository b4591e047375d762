"""Read a theme and all that it extends, and check that it says only what the schema knows.

    name -> files of the chain -> flat tables -> Theme

Raises `ThemeError` with every fault of form; faults of value are found by `theme.resolve`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from octavo.diagnostics import Diagnostic, Position, error
from octavo.errors import ThemeError
from octavo.fonts.book import FontBook
from octavo.theme.flatten import flatten
from octavo.theme.source import Faults, Theme, ThemeFile, position_of

ROOT: Final = "base"
"""The theme that one extends which names none."""
_LONGEST_CHAIN: Final = 16
_AT: Final = re.compile(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)

_BARE: Final = re.compile(r"^[^=#]+=\s*(\d[\d.]*[A-Za-z%]+|#[0-9A-Fa-f]{3,6}|[A-Za-z][A-Za-z-]*)\s*$")

Read = Callable[[str, str], tuple[str, str]]


def load_theme(name: str, read: Read, fonts: FontBook | None = None) -> Theme:
    """Read a theme with what it extends.

    Args:
        name: the name of a shipped theme, or a path.
        read: returns (path, TOML text) for a name and the path of the theme that names it, "" for none.
        fonts: those at hand, so that what is wrong with a theme's fonts is told together with the rest.

    Raises:
        ThemeError: a file cannot be read, is no TOML, extends itself, or says what the schema does not know.
    """
    chain = _read_chain(name, read)
    customs = frozenset(key for _, _, data in chain for key in _customs(data))
    faults = Faults()
    files = tuple(
        flatten(ThemeFile(path=path, text=text, written={}), data, index, customs, faults)
        for index, (path, text, data) in enumerate(chain)
    )
    last = chain[-1][2]
    theme = Theme(
        name=str(last.get("name") or re.sub(r"^.*[/\\]|\.toml$", "", name)),
        description=str(last.get("description", "")),
        files=files,
    )
    if faults.found:
        from octavo.theme.resolve import add_value_faults

        add_value_faults(theme, faults, fonts)
        raise ThemeError(*faults.unique())
    return theme


Parsed = tuple[str, str, dict[str, Any]]


def _read_chain(name: str, read: Read) -> list[Parsed]:
    if not name:
        raise ThemeError(
            error("unknown-theme", "the theme's name is empty", hint="leave it out, or name one")
        )
    chain: list[Parsed] = []
    wanted, relative_to, implied = name, "", False
    while wanted:
        path, text = _read(wanted, chain, read) if chain and not implied else read(wanted, relative_to)
        seen = [each[0] for each in chain]
        if path in seen and implied:
            break  # the root theme itself, named by its path
        if path in seen or len(chain) >= _LONGEST_CHAIN:
            raise ThemeError(_circle([path, *seen], chain[-1][1]))
        data = _parse(path, text)
        chain.insert(0, (path, text, data))
        parent = data.get("extends")
        implied = parent is None and wanted != ROOT
        wanted, relative_to = (parent if isinstance(parent, str) else ROOT if implied else ""), path
    return chain


def _read(name: str, chain: list[Parsed], read: Read) -> tuple[str, str]:
    """Read what the first theme of a chain extends; a fault stands where it says so."""
    path, text, _ = chain[0]
    try:
        return read(name, path)
    except ThemeError as fault:
        place = position_of(ThemeFile(path=path, text=text, written={}), ("extends",))
        raise ThemeError(
            *(msgspec.structs.replace(each, position=place) for each in fault.diagnostics)
        ) from fault


def _circle(paths: list[str], text: str) -> Diagnostic:
    """Return what is said of a circle at the theme that was named, whose text is `text`."""
    circle = " -> ".join(reversed(paths[:6]))
    return error(
        "theme-cycle",
        f"extends: themes extend one another in a circle: {circle}",
        position_of(ThemeFile(path=paths[-1], text=text, written={}), ("extends",)),
        "let the first of them extend `base`",
    )


def _parse(path: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    # A number of more digits than Python reads is a ValueError, and no TOMLDecodeError.
    except ValueError as fault:
        match = _AT.match(str(fault))
        what = match.group(1) if match else str(fault)
        line, column = (int(match.group(2) or 0), int(match.group(3) or 0)) if match else (0, 0)
        if not line:
            line = text.count("\n") + 1
        what = what[:1].lower() + what[1:]
        raise ThemeError(
            error(
                "theme-syntax",
                f"this is no TOML: {what}",
                Position(line, column, path),
                _syntax_hint(text, line),
            )
        ) from fault
    except RecursionError as fault:
        raise ThemeError(error("theme-syntax", "tables nest too deeply", Position(0, 0, path))) from fault


def _syntax_hint(text: str, line: int) -> str:
    """Return what is most often meant: TOML has neither lengths nor colours, so both are strings."""
    lines = text.split("\n")
    bare = _BARE.match(lines[line - 1]) if 0 < line <= len(lines) else None
    if bare:
        return f'lengths, colours and words stand in quotes: "{bare.group(1)}"'
    return "see https://toml.io"


def _customs(data: Mapping[str, Any]) -> tuple[str, ...]:
    custom = data.get("custom")
    return tuple(custom) if isinstance(custom, dict) else ()
