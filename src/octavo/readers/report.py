"""Gathers what one reading has to say."""

from __future__ import annotations

from collections.abc import Iterable

from octavo.diagnostics import Diagnostic, Position, info, warning


class Report:
    """The diagnostics of one reading, in the order of the source once they are taken out."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []
        self._again: dict[tuple[str, str], tuple[int, int]] = {}

    def add(self, *diagnostics: Diagnostic) -> None:
        """Take diagnostics as they are."""
        self._found.extend(diagnostics)

    def warning(self, code: str, message: str, position: Position | None, hint: str = "") -> None:
        """Say what may be a mistake, or was lost."""
        self._found.append(warning(code, message, position, hint))

    def info(self, code: str, message: str, position: Position | None, hint: str = "") -> None:
        """Say what was understood in a way that may not be expected."""
        self._found.append(info(code, message, position, hint))

    def once(self, diagnostic: Diagnostic) -> None:
        """Take a diagnostic, or count it where the same was said of another place."""
        same = (diagnostic.code, diagnostic.message)
        if same in self._again:
            index, count = self._again[same]
            self._again[same] = (index, count + 1)
        else:
            self._again[same] = (len(self._found), 0)
            self._found.append(diagnostic)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return everything, by line and column."""
        said = list(self._found)
        for index, count in self._again.values():
            if count:
                each = said[index]
                times = "time" if count == 1 else "times"
                message = f"{each.message} (and {count} more {times})"
                said[index] = Diagnostic(each.code, message, each.severity, each.position, each.hint)
        return tuple(sorted(said, key=_place))


def _place(diagnostic: Diagnostic) -> tuple[int, int]:
    position = diagnostic.position
    return (position.line, position.column) if position else (0, 0)


def nearest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return the hint "did you mean ...?" for a misspelt word, or another hint where nothing is near."""
    import difflib

    near = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else otherwise
