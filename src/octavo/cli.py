"""The command line: arguments in, diagnostics and progress out. The only module that prints.

Exit status: 0 done; 1 errors in the source or in an edition; 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import click

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
    report = _Report(as_json=bool(options["as_json"]))
    order = _Order(names, theme, out, _pairs(settings), tuple(Path(folder) for folder in options["allow"]))
    _refuse_clash(sources)
    for source in sources:
        _export_one(source, order, report)
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


class _Order(NamedTuple):
    """What is wanted of each source."""

    formats: tuple[str, ...]
    theme: str
    out: str
    settings: tuple[tuple[str, str], ...]
    allow: tuple[Path, ...]


def _export_one(source: str, order: _Order, report: _Report) -> None:
    from octavo.api import export_each, parse
    from octavo.environment import DiskEnvironment

    environment = DiskEnvironment(order.allow)
    began = time.perf_counter()
    try:
        parsed = parse(source, settings=order.settings, environment=environment)
        report.say(parsed.diagnostics)
        editions = export_each(
            parsed.document, order.out, order.formats, theme=order.theme, environment=environment
        )
        for edition in editions:
            report.say(edition.diagnostics)
            if edition.path is not None:
                report.made(edition, edition.path, time.perf_counter() - began)
            began = time.perf_counter()
    except OctavoError as fault:
        report.failed(fault)


class _Report:
    """Gathers what is to be said, says each thing once, and keeps the exit status."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._status = _DONE
        self._said: dict[Diagnostic, None] = {}
        self._editions: list[dict[str, Any]] = []

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

    def made(self, edition: Edition, path: Path, seconds: float) -> None:
        self._editions.append(
            {
                "format": edition.format,
                "path": str(path),
                "pages": edition.pages,
                "size": edition.size,
                "seconds": round(seconds, 3),
            }
        )
        if not self._as_json:
            pages = f"{edition.pages} page{'s' if edition.pages != 1 else ''}"
            click.echo(f"{path}  {pages}  {_size(edition.size)}  {seconds:.2f} s")

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
