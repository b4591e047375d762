"""The command line: arguments in, diagnostics and progress out. The only module that prints.

Exit status: 0 done; 1 errors in the source or in an edition; 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from octavo.batch import Order, Result, export_many
from octavo.diagnostics import Diagnostic, Severity
from octavo.edition import Edition
from octavo.errors import OctavoError, PluginError, ThemeError

_DONE, _ERRORS, _USAGE = 0, 1, 2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="octavo")
def main() -> None:
    """One brief in, every edition out: PDF, Word and EPUB from one source and one theme."""


@main.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--to", "formats", default="pdf,docx,epub", show_default=True, help="Editions to make, by commas."
)
@click.option("--theme", default="policy", show_default=True, help="A shipped theme's name, or a TOML file.")
@click.option("--out", default="editions", show_default=True, help="The folder that the editions go to.")
@click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE", help="Metadata, as title=…; author repeats."
)
@click.option("--allow", multiple=True, metavar="FOLDER", help="A further folder that images may come from.")
@click.option(
    "--jobs", default=1, show_default=True, metavar="N", help="Sources to export side by side; 0: one a core."
)
@click.option("--json", "as_json", is_flag=True, help="Report as JSON on standard output.")
def export(
    sources: tuple[str, ...],
    formats: str,
    theme: str,
    out: str,
    settings: tuple[str, ...],
    **options: Any,
) -> None:
    """Make editions of each SOURCE (.md, .txt, .json)."""
    names = tuple(each.strip() for each in formats.split(",") if each.strip())
    if not names:
        _refuse("--to names no edition", "write for example --to pdf,epub")
    order = Order(
        out=out,
        formats=names,
        theme=theme,
        settings=_pairs(settings),
        allow=tuple(options["allow"]),
    )
    report = _Report(as_json=bool(options["as_json"]))
    _refuse_clash(sources)
    _export_all(sources, order, int(options["jobs"]), report)
    report.finish()


@main.command()
@click.argument("sources", metavar="FILE...", nargs=-1, required=True)
@click.option("--theme", default="policy", show_default=True, help="A shipped theme's name, or a TOML file.")
@click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE", help="Metadata, as title=…; author repeats."
)
@click.option("--allow", multiple=True, metavar="FOLDER", help="A further folder that images may come from.")
@click.option("--json", "as_json", is_flag=True, help="Report as JSON on standard output.")
def check(
    sources: tuple[str, ...], theme: str, settings: tuple[str, ...], allow: tuple[str, ...], as_json: bool
) -> None:
    """Say what is wrong with each source, without making anything."""
    from octavo.api import parse
    from octavo.environment import DiskEnvironment
    from octavo.plugins import find_writer
    from octavo.production import prepare

    report = _Report(as_json=as_json)
    environment = DiskEnvironment([Path(folder) for folder in allow])
    for source in sources:
        try:
            parsed = parse(source, settings=_pairs(settings), environment=environment)
            prepared = prepare(parsed.document, theme, (find_writer("pdf"),), environment)
        except OctavoError as fault:
            report.failed(fault)
        else:
            report.say(parsed.diagnostics + prepared.diagnostics)
    report.finish()


@main.command()
@click.argument("source")
@click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE", help="Metadata, as title=…; author repeats."
)
def tree(source: str, settings: tuple[str, ...]) -> None:
    """Print the resolved tree of SOURCE as JSON."""
    from octavo.api import parse
    from octavo.environment import DiskEnvironment
    from octavo.production import prepare
    from octavo.tree.dump import to_json

    report = _Report(as_json=False)
    try:
        parsed = parse(source, settings=_pairs(settings))
        prepared = prepare(parsed.document, "base", (), DiskEnvironment())
    except OctavoError as fault:
        report.failed(fault)
    else:
        sys.stdout.buffer.write(to_json(prepared.resolved.document) + b"\n")
        report.say(parsed.diagnostics + prepared.diagnostics)
    report.finish()


@main.command()
@click.argument("name", required=False)
def themes(name: str | None) -> None:
    """List the shipped themes, or print the TOML of one."""
    from octavo.environment import DiskEnvironment

    environment = DiskEnvironment()
    if name is None:
        for each in environment.themes():
            click.echo(each)
        return
    report = _Report(as_json=False)
    try:
        path, text = environment.read_theme(name, "")
    except OctavoError as fault:
        report.failed(fault)
    else:
        click.echo(f"# {path}\n{text.rstrip()}")
    report.finish()


def _export_all(sources: tuple[str, ...], order: Order, jobs: int, report: _Report) -> None:
    """Export each source, side by side where more than one job is wanted, with one bar for all on a terminal."""
    with ExitStack() as stack:
        executor = None
        if jobs != 1 and len(sources) > 1:
            from concurrent.futures import ProcessPoolExecutor

            executor = stack.enter_context(ProcessPoolExecutor(jobs if jobs > 0 else None))
        results: Iterable[Result] = export_many(sources, order, executor=executor)
        if len(sources) > 1 and sys.stderr.isatty():
            results = stack.enter_context(
                click.progressbar(results, length=len(sources), label="exporting", file=sys.stderr)
            )
        for result in results:
            report.result(result)
    if len(sources) > 1:
        report.summary()


class _Report:
    """Gathers what is to be said, says each thing once, and keeps the exit status."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._status = _DONE
        self._said: dict[Diagnostic, None] = {}
        self._editions: list[dict[str, Any]] = []
        self._sources: list[bool] = []

    def say(self, diagnostics: Iterable[Diagnostic]) -> None:
        for each in diagnostics:
            if each in self._said:
                continue
            self._said[each] = None
            if each.severity is Severity.ERROR:
                self._status = max(self._status, _ERRORS)
            if not self._as_json:
                click.echo(str(each), err=True)

    def failed(self, fault: OctavoError) -> None:
        self.say(fault.diagnostics)
        unknown = isinstance(fault, PluginError | ThemeError) and fault.diagnostics[0].code.startswith(
            "unknown-"
        )
        self._status = _USAGE if unknown else _ERRORS

    def result(self, result: Result) -> None:
        """Tell what became of one source."""
        self._sources.append(result.failed)
        if result.failure is not None:
            self.failed(result.failure)
        self.say(result.diagnostics)
        for edition in result.editions:
            if edition.path is not None:
                self.made(edition, edition.path)

    def made(self, edition: Edition, path: Path) -> None:
        self._editions.append(
            {
                "format": edition.format,
                "path": str(path),
                "pages": edition.pages,
                "size": edition.size,
                "seconds": round(edition.seconds, 3),
            }
        )
        if not self._as_json:
            pages = f"{edition.pages} page{'s' if edition.pages != 1 else ''}"
            click.echo(f"{path}  {pages}  {_size(edition.size)}  {edition.seconds:.2f} s")

    def summary(self) -> None:
        """Count what was made of many sources."""
        if not self._as_json:
            faulty = sum(self._sources)
            click.echo(f"{len(self._sources)} sources, {len(self._editions)} editions, {faulty} with errors")

    def finish(self) -> None:
        """Print the report where it is wanted as JSON, and leave with the exit status."""
        if self._as_json:
            diagnostics = [_as_dict(each) for each in self._said]
            click.echo(
                json.dumps(
                    {"editions": self._editions, "diagnostics": diagnostics}, indent=2, ensure_ascii=False
                )
            )
        sys.exit(self._status)


def _as_dict(diagnostic: Diagnostic) -> dict[str, Any]:
    place = diagnostic.position
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "file": place.file if place else "",
        "line": place.line if place else 0,
        "column": place.column if place else 0,
        "hint": diagnostic.hint,
    }


def _pairs(settings: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    for each in settings:
        if "=" not in each:
            _refuse(
                f"--set `{each}` has no value", "write --set key=value, for example --set title='A title'"
            )
    return tuple((key.strip(), value.strip()) for key, _, value in (each.partition("=") for each in settings))


def _refuse_clash(sources: tuple[str, ...]) -> None:
    """Two sources of one stem would overwrite each other's editions."""
    stems: dict[str, str] = {}
    for source in sources:
        other = stems.setdefault(Path(source).stem, source)
        if other != source:
            _refuse(
                f"`{other}` and `{source}` would make editions of the same name", "export them to two folders"
            )


def _refuse(message: str, hint: str) -> None:
    click.echo(f"error[wrong-usage]: {message}\n  hint: {hint}", err=True)
    sys.exit(_USAGE)


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


if __name__ == "__main__":
    main()
