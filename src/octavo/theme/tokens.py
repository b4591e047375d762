"""Aliases: `"{color.accent}"` stands for the token of that name, as a whole value; there is no arithmetic.

Tokens may stand for other tokens. Unknown names and circles are noted with their place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from octavo.theme.source import Faults, Path, Theme, Written, nearest

_ALIAS: Final = re.compile(r"^\{([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\}$")


def substitute(table: Mapping[Path, Written], theme: Theme, faults: Faults) -> dict[Path, Written]:
    """Return the table with every alias replaced by what it stands for; a value that fails is left out."""
    done: dict[Path, Written] = {}
    for path, written in table.items():
        try:
            value = _resolve(written.value, table, ())
        except _AliasError as fault:
            faults.add(fault.code, theme.files[written.file], written.place, str(fault), fault.hint)
            continue
        done[path] = written if value is written.value else Written(value, written.file, written.place)
    return done


class _AliasError(Exception):
    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.hint = code, hint


def _resolve(value: object, table: Mapping[Path, Written], passed: tuple[str, ...]) -> object:
    if isinstance(value, list):
        return [_resolve(each, table, passed) for each in value]
    if isinstance(value, dict):
        return {key: _resolve(each, table, passed) for key, each in value.items()}
    match = _ALIAS.match(value) if isinstance(value, str) and value.startswith("{") else None
    if match is None:
        return value
    name = f"{match.group(1)}.{match.group(2)}"
    if name in passed:
        circle = " -> ".join((*passed, name))
        raise _AliasError(
            "theme-token-cycle", f"token `{name}` stands for itself: {circle}", "give one of them a value"
        )
    found = table.get(("token", match.group(1), match.group(2)))
    if found is None:
        known = [".".join(path[1:]) for path in table if path[0] == "token"]
        raise _AliasError("theme-unknown-token", f"unknown token `{name}`", nearest(name, known))
    return _resolve(found.value, table, (*passed, name))
