"""What octavo says to its user: a place, a code, a message, and a hint that says what to do.

Stages gather diagnostics and hand them on; only the command line prints them.
"""

from __future__ import annotations

import enum
import re
from typing import Final

import msgspec


class Position(msgspec.Struct, frozen=True):
    """A place in a source, as an editor counts: line and column start at 1; 0 means unknown."""

    line: int
    column: int = 0
    file: str = ""

    def __str__(self) -> str:
        parts = [self.file or "<source>"]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class Severity(enum.StrEnum):
    """How bad it is. An error means that an edition is refused or not what was asked for."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Diagnostic(msgspec.Struct, frozen=True):
    """One thing said to the user. Codes are stable and in kebab-case.

    The message is lower case and has no full stop; names of the source stand in backticks.
    """

    code: str
    message: str
    severity: Severity = Severity.WARNING
    position: Position | None = None
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.position}: " if self.position else ""
        line = on_one_line(f"{place}{self.severity}[{self.code}]: {_shown(self.message)}")
        return f"{line}\n  hint: {on_one_line(_shown(self.hint))}" if self.hint else line


_ENDLESS: Final = re.compile("`([^`]{120})[^`]{20,}`")


def _shown(text: str) -> str:
    """Return a text whose names are short enough to be read; programs have them whole."""
    return _ENDLESS.sub(r"`\1…`", text) if len(text) > _LONG else text


_LONG: Final = 160
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What a terminal obeys, or cannot show; names of files and texts may hold it."""


def on_one_line(text: str) -> str:
    """Return a text with escapes for what would end the line, or would make a terminal do something."""
    if text.isprintable():
        return text
    return _UNSEEN.sub(lambda found: found.group().encode("unicode_escape").decode("ascii"), text)


def error(code: str, message: str, position: Position | None = None, hint: str = "") -> Diagnostic:
    """Make a diagnostic of severity ERROR."""
    return Diagnostic(code, message, Severity.ERROR, position, hint)


def warning(code: str, message: str, position: Position | None = None, hint: str = "") -> Diagnostic:
    """Make a diagnostic of severity WARNING."""
    return Diagnostic(code, message, Severity.WARNING, position, hint)


def info(code: str, message: str, position: Position | None = None, hint: str = "") -> Diagnostic:
    """Make a diagnostic of severity INFO."""
    return Diagnostic(code, message, Severity.INFO, position, hint)
