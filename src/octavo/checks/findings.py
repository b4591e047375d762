"""Gathers what is found in a finished edition, and keeps a fault that stands a thousand times from filling it all."""

from __future__ import annotations

from typing import Final

from octavo.diagnostics import Diagnostic, Position, Severity

MOST_OF_A_KIND: Final = 10


class Findings:
    """The findings of one file. Places inside it (a part, a page, an object) stand in the message."""

    def __init__(self, file: str) -> None:
        self._position = Position(0, 0, file)
        self._found: dict[str, list[Diagnostic]] = {}

    def error(self, code: str, message: str, hint: str = "") -> None:
        """Say what makes the edition wrong or unreadable for somebody."""
        self._add(code, message, Severity.ERROR, hint)

    def warning(self, code: str, message: str, hint: str = "") -> None:
        """Say what should be better."""
        self._add(code, message, Severity.WARNING, hint)

    def info(self, code: str, message: str, hint: str = "") -> None:
        """Say what is worth knowing."""
        self._add(code, message, Severity.INFO, hint)

    def _add(self, code: str, message: str, severity: Severity, hint: str) -> None:
        self._found.setdefault(code, []).append(Diagnostic(code, message, severity, self._position, hint))

    def all(self) -> tuple[Diagnostic, ...]:
        """Return what was found, by code in the order found; at most ten of a kind are told, the rest counted."""
        told: list[Diagnostic] = []
        for code, found in self._found.items():
            different = list(dict.fromkeys(found))
            told += different[:MOST_OF_A_KIND]
            more = len(different) - MOST_OF_A_KIND
            if more > 0:
                message = f"{more} more of the same"
                told.append(Diagnostic(code, message, different[-1].severity, self._position))
        return tuple(told)


def shortened(text: str, most: int = 60) -> str:
    """Return a text in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def check_levels(levels: list[tuple[int, str]], findings: Findings, where: str = "") -> None:
    """Report headings that stand more than one level below the one before; (level, title) in reading order."""
    above = 0
    for level, title in levels:
        if level > above + 1:
            before = f"after a heading of level {above}" if above else "at the start"
            findings.warning(
                "edition-heading-order",
                f"{where}the heading `{shortened(title)}` of level {level} stands {before}",
                "headings go down one level at a time",
            )
        above = level
