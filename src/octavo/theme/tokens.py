"""Aliases: `"{color.accent}"` stands for the token of that name, as a whole value; there is no arithmetic.

Tokens may stand for other tokens. An unknown name is noted where it is written, a circle once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from octavo.theme.names import nearest
from octavo.theme.source import Faults, Path, Theme, Written

_ALIAS: Final = re.compile(r"^\{([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\}$")


_DEEPEST: Final = 50
"""How many tokens may stand for one another in a row."""


def substitute(table: Mapping[Path, Written], theme: Theme, faults: Faults) -> dict[Path, Written]:
    """Return the table with every alias replaced by what it stands for; a value that fails is left out."""
    done: dict[Path, Written] = {}
    circles: set[frozenset[str]] = set()
    # Tokens first, so that a circle is told where it is, and not where it is used.
    for path, written in sorted(table.items(), key=lambda item: item[0][0] != "token"):
        if not _may_hold_alias(written.value):
            done[path] = written
            continue
        start = (".".join(path[1:]),) if path[0] == "token" else ()
        try:
            value, tokens = _resolve(written.value, table, start)
        except _CircleError as fault:
            # Of rows that are too long, which hold one another, the first is told.
            known = frozenset(fault.names if len(fault.names) <= _DEEPEST else ())
            if known not in circles:
                circles.add(known)
                circle = " -> ".join((*fault.names, fault.names[0]))
                what = f"tokens stand for one another in a circle: {circle}"
                if len(fault.names) > _DEEPEST:
                    what = f"tokens stand for one another, more than {_DEEPEST} in a row: {circle[:80]} …"
                file = theme.files[written.file]
                faults.add("theme-token-cycle", file, written.place, what, "give one of them a value")
            continue
        except _UnknownError as fault:
            if fault.within != start:
                continue  # what is unknown is told at the token that names it
            file = theme.files[written.file]
            faults.add(
                "theme-unknown-token", file, written.place, f"unknown token `{fault.name}`", fault.hint
            )
            continue
        done[path] = msgspec.structs.replace(written, value=value, tokens=tokens) if tokens else written
    return done


def _may_hold_alias(value: object) -> bool:
    return isinstance(value, list | dict) or (isinstance(value, str) and value.startswith("{"))


class _CircleError(Exception):
    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self.names = names


class _UnknownError(Exception):
    def __init__(self, name: str, hint: str, within: tuple[str, ...]) -> None:
        super().__init__()
        self.name, self.hint, self.within = name, hint, within


_Resolved = tuple[object, tuple[Written, ...]]


def _resolve(value: object, table: Mapping[Path, Written], passed: tuple[str, ...]) -> _Resolved:
    """Return what a value stands for, and the tokens that it came through."""
    if isinstance(value, list):
        items = [_resolve(each, table, passed) for each in value]
        return [each for each, _ in items], tuple(token for _, tokens in items for token in tokens)
    if isinstance(value, dict):
        fields = {key: _resolve(each, table, passed) for key, each in value.items()}
        tokens = tuple(token for _, tokens in fields.values() for token in tokens)
        return {key: each for key, (each, _) in fields.items()}, tokens
    match = _ALIAS.match(value) if isinstance(value, str) and value.startswith("{") else None
    if match is None:
        return value, ()
    name = f"{match.group(1)}.{match.group(2)}"
    if name in passed or len(passed) > _DEEPEST:
        raise _CircleError(passed[passed.index(name) :] if name in passed else passed)
    found = table.get(("token", match.group(1), match.group(2)))
    if found is None:
        known = [".".join(path[1:]) for path in table if path[0] == "token"]
        raise _UnknownError(name, nearest(name, known), passed)
    inner, tokens = _resolve(found.value, table, (*passed, name))
    return inner, (found, *tokens)
