"""What a command says, as lines or as JSON: diagnostics, editions, a table of many sources; and its exit status."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TextIO

import click
import msgspec

from octavo.batch import Result
from octavo.cli.garbage import collect_no_more
from octavo.cli.usage import USAGE
from octavo.diagnostics import Diagnostic, Position, Severity, on_one_line
from octavo.edition import Edition
from octavo.errors import OctavoError, PluginError, ResourceError, ThemeError, UsageError

if TYPE_CHECKING:
    from octavo.checks.verdict import FileReport

_DONE: Final = 0
_ERRORS: Final = 1
_ALIKE: Final = 20
"""How many diagnostics of one code are printed for one file: a manual may have a thousand links to its neighbours."""


_HALVES: Final = re.compile("[\ud800-\udfff]")
"""Halves of characters, which stand for the bytes of a file's name that are not UTF-8 (RFC 8259, 7)."""


class Row(NamedTuple):
    """What became of one source of many."""

    source: str
    editions: tuple[str, ...]
    pages: int
    errors: int
    warnings: int
    seconds: float

    @classmethod
    def of(cls, result: Result) -> Row:
        """Return the row of a result."""
        severities = [each.severity for each in result.diagnostics]
        made = [each for each in result.editions if each.path is not None]
        return cls(
            source=result.source,
            editions=tuple(each.format for each in made),
            pages=max((each.pages for each in made), default=0),
            errors=severities.count(Severity.ERROR),
            warnings=severities.count(Severity.WARNING),
            seconds=round(result.seconds, 3),
        )


class Report:
    """Gathers what is to be said, says each thing once, and keeps the exit status."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._status = _DONE
        self._said: dict[Diagnostic, None] = {}
        self._alike: dict[tuple[str, str], int] = {}
        self._editions: list[dict[str, Any]] = []
        self._sources: list[Row] = []
        self.files: list[FileReport] = []

    def say(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Say each thing once."""
        for each in diagnostics:
            if each in self._said:
                continue
            self._said[each] = None
            if each.severity is Severity.ERROR:
                self._status = max(self._status, _ERRORS)
            if not self._as_json:
                self._print(each)

    def _print(self, diagnostic: Diagnostic) -> None:
        """Print a diagnostic; of those that are alike in one file only so many, the rest are counted at the end."""
        alike = (diagnostic.code, diagnostic.position.file if diagnostic.position else "")
        self._alike[alike] = self._alike.get(alike, 0) + 1
        if self._alike[alike] <= _ALIKE:
            click.echo(str(diagnostic), err=True)

    def _print_rest(self) -> None:
        for (code, file), count in self._alike.items():
            if count > _ALIKE:
                where = f"{file}: " if file else ""
                click.echo(f"{where}{count - _ALIKE} more of [{code}]; --json tells all", err=True)
        self._alike.clear()

    @contextmanager
    def around(self) -> Iterator[Report]:
        """Say what goes wrong within, in place of a traceback."""
        try:
            yield self
        except OctavoError as fault:
            self.failed(fault)

    def blame(self) -> None:
        """Leave with the status of errors."""
        self._status = max(self._status, _ERRORS)

    def failed(self, fault: OctavoError) -> None:
        """Say what stopped the work."""
        self.say(fault.diagnostics)
        self._judge(fault)

    def _judge(self, fault: OctavoError) -> None:
        """What the command names and is not there is wrong usage, what a file names is a fault of the file.

        The worst of all that went wrong is the exit status.
        """
        first = fault.diagnostics[0]
        unknown = isinstance(fault, PluginError | ThemeError | ResourceError | UsageError) and (
            first.code.startswith("unknown-") and not first.position
        )
        self._status = max(self._status, USAGE if unknown else _ERRORS)

    def result(self, result: Result, *, of_many: bool = False) -> None:
        """Tell what became of one source; of many, each has a row of the table, and what is said names it."""
        said = result.diagnostics
        if of_many:
            said = tuple(each if each.position else _about(each, result.source) for each in said)
        self._sources.append(Row.of(result))
        self.say(said)
        if result.failure is not None:
            self._judge(result.failure)
        for edition in result.editions:
            if edition.path is not None:
                self.made(edition, edition.path, quietly=of_many)

    def made(self, edition: Edition, path: Path, *, quietly: bool = False) -> None:
        """Tell of an edition."""
        self._editions.append(
            {
                "format": edition.format,
                "path": str(path),
                "pages": edition.pages,
                "size": edition.size,
                "seconds": round(edition.seconds, 3),
            }
        )
        if not self._as_json and not quietly:
            pages = f"{edition.pages} page{'s' if edition.pages != 1 else ''}"
            click.echo(f"{on_one_line(str(path))}  {pages}  {_size(edition.size)}  {edition.seconds:.2f} s")

    def checked(self, file: FileReport) -> None:
        """Tell what was found in one file, and which validators said so."""
        self.files.append(file)
        self.say(file.all_diagnostics())
        if self._as_json:
            return
        errors, warnings = file.count(Severity.ERROR), file.count(Severity.WARNING)
        click.echo(f"{on_one_line(file.path)}  {file.kind}  {errors} errors  {warnings} warnings")
        for each in file.verdicts:
            named = " ".join(
                part for part in (each.validator, each.version, f"({each.profile})") if part not in ("", "()")
            )
            click.echo(f"  {named}: {each.outcome}")

    def summary(self) -> None:
        """Print a table of many sources, by their names, and their sums."""
        if not self._as_json:
            faulty = sum(row.errors > 0 for row in self._sources)
            click.echo("\n".join(_table(self._sources)))
            click.echo(f"{len(self._sources)} sources, {len(self._editions)} editions, {faulty} with errors")

    def finish(self) -> None:
        """Print the report where it is wanted as JSON, and leave with the exit status."""
        self._print_rest()
        if self._as_json:
            import json

            from octavo.checks.evidence import diagnostic_as_dict, report_as_dict

            content: dict[str, Any] = {
                "editions": self._editions,
                "diagnostics": [diagnostic_as_dict(each) for each in self._said],
            }
            if len(self._sources) > 1:
                content["sources"] = [row._asdict() for row in _sorted(self._sources)]
            if self.files:
                content["files"] = [report_as_dict(each) for each in self.files]
            text = json.dumps(content, indent=2, ensure_ascii=not _can_show_all(sys.stdout))
            click.echo(_HALVES.sub(_escaped, text))
        collect_no_more()
        sys.exit(self._status)


def _can_show_all(stream: TextIO) -> bool:
    """Say whether every character can be written to a stream. An escape in its place is no loss in JSON."""
    return (stream.encoding or "").lower().replace("-", "") == "utf8"


def _escaped(half: re.Match[str]) -> str:
    return f"\\u{ord(half.group()):04x}"


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


def _about(diagnostic: Diagnostic, source: str) -> Diagnostic:
    """Return a diagnostic without a place as one of its source."""
    return msgspec.structs.replace(diagnostic, position=Position(0, 0, source))


def _sorted(rows: Iterable[Row]) -> list[Row]:
    """Sources finish in any order; a report has them by their names."""
    return sorted(rows, key=lambda row: row.source)


def _table(rows: Iterable[Row]) -> list[str]:
    """Return the lines of a table, its numbers to the right."""
    heads = ("source", "editions", "pages", "errors", "warnings", "seconds")
    cells = [
        (on_one_line(row.source), " ".join(row.editions) or "none", *map(str, row[2:5]), f"{row.seconds:.2f}")
        for row in _sorted(rows)
    ]
    widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if at < 2 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in (heads, *cells)
    ]
