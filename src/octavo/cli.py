"""The command line: arguments in, diagnostics and progress out. The only module that prints.

Exit status: 0 done; 1 errors in the source or in an edition; 2 wrong usage.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from octavo.batch import Order, Result, export_many
from octavo.checks.verdict import FileReport
from octavo.diagnostics import Diagnostic, Severity
from octavo.edition import Edition
from octavo.environment import Environment
from octavo.errors import OctavoError, PluginError, ResourceError, ThemeError

if TYPE_CHECKING:
    from octavo.environment import DiskEnvironment

_Command = TypeVar("_Command", bound=Callable[..., Any])
_DONE, _ERRORS, _USAGE = 0, 1, 2
_NEW_OBJECTS = 1_000_000
"""How many objects are made between two searches for garbage."""
_ALIKE = 20
"""How many diagnostics of one code are printed for one file: a manual may have a thousand links to its neighbours."""


def _fonts_options(command: _Command) -> _Command:
    """Add the options that say where fonts of one's own are."""
    folder = click.option(
        "--fonts", multiple=True, metavar="FOLDER", help="A folder of fonts of your own; may be repeated."
    )
    system = click.option("--system-fonts", is_flag=True, help="Use the fonts that this system has, too.")
    return folder(system(command))


def _world(options: Mapping[str, Any]) -> DiskEnvironment:
    """Return the disk with the folders that the options name."""
    from octavo.environment import DiskEnvironment

    return DiskEnvironment(
        [Path(folder) for folder in options.get("allow", ())],
        [Path(folder) for folder in options["fonts"]],
        system_fonts=options["system_fonts"],
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="octavo")
def main() -> None:
    """One brief in, every edition out: PDF, Word and EPUB from one source and one theme."""
    _collect_seldom()


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
@_fonts_options
@click.option(
    "--jobs", default=1, show_default=True, metavar="N", help="Sources to export side by side; 0: one a core."
)
@click.option("--icc", metavar="FILE", help="Press: the print shop's CMYK profile.")
@click.option("--printer", metavar="NAME|FILE", help="Press: what the print shop asks for.")
@click.option("--marks/--no-marks", default=None, help="Press: crop and registration marks, or none.")
@click.option(
    "--page-list/--no-page-list", default=True, help="E-book: mark and list the printed pages, or not."
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
    """Make editions of each SOURCE (.md, .txt, .json): pdf, press, docx, epub."""
    names = tuple(each.strip() for each in formats.split(",") if each.strip())
    if not names:
        _refuse("--to names no edition", "write for example --to pdf,epub")
    order = Order(
        out=out,
        formats=names,
        theme=theme,
        settings=_pairs(settings),
        allow=tuple(options["allow"]),
        fonts=tuple(options["fonts"]),
        system_fonts=bool(options["system_fonts"]),
    )
    report = _Report(as_json=bool(options["as_json"]))
    order = _with_press(order, report, **{key: options[key] for key in ("icc", "printer", "marks")})
    if not options["page_list"]:
        order = _without_page_list(order)
    _refuse_clash(sources)
    _export_all(sources, order, int(options["jobs"]), report)
    report.finish()


@main.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--theme", default="policy", show_default=True, help="A shipped theme's name, or a TOML file.")
@click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE", help="Metadata, as title=…; author repeats."
)
@click.option("--allow", multiple=True, metavar="FOLDER", help="A further folder that images may come from.")
@_fonts_options
@click.option("--as-source", is_flag=True, help="Check a .docx as a source rather than as an edition.")
@click.option("--require-validators", is_flag=True, help="A validator that is not installed is an error.")
@click.option(
    "--evidence", metavar="FOLDER", help="Write hashes, versions and results there, to be handed on."
)
@click.option("--json", "as_json", is_flag=True, help="Report as JSON on standard output.")
def check(files: tuple[str, ...], **options: Any) -> None:
    """Say what is wrong with each FILE: a source, or a finished .pdf, .docx or .epub."""
    from octavo.checks.verdict import unread
    from octavo.preflight import Wish, check_file

    report = _Report(as_json=bool(options["as_json"]))
    environment = _world(options)
    wish = Wish(
        theme=options["theme"],
        settings=_pairs(options["settings"]),
        as_source=options["as_source"],
        require_validators=options["require_validators"],
    )
    for file in files:
        try:
            report.checked(check_file(file, wish, environment))
        except OctavoError as fault:
            report.files.append(unread(file, fault.diagnostics))
            report.failed(fault)
    if options["evidence"]:
        _write_evidence(Path(options["evidence"]), report, environment)
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


class _Themes(click.Group):
    """`octavo themes NAME` shows a theme: whatever is no subcommand is a theme's name."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the subcommand, or the one that shows a theme."""
        return super().resolve_command(ctx, args if args[0] in self.commands else ["show", *args])


@main.group(cls=_Themes, invoke_without_command=True, subcommand_metavar="[NAME | COMMAND ...]")
@click.option("--parity", "proved", metavar="NAME", help="The same as the command `parity NAME`.")
@click.pass_context
def themes(context: click.Context, proved: str | None) -> None:
    """List the shipped themes, print the TOML of one, or look into it."""
    from octavo.environment import DiskEnvironment

    if proved is not None:
        context.invoke(themes_parity, name=proved)
    elif context.invoked_subcommand is None:
        for each in DiskEnvironment().themes():
            click.echo(each)


@themes.command("show", hidden=True)
@click.argument("name")
def themes_show(name: str) -> None:
    """Print the TOML of a theme."""
    from octavo.environment import DiskEnvironment

    with _Report(as_json=False).around() as report:
        path, text = DiskEnvironment().read_theme(name, "")
        click.echo(f"# {path}\n{text.rstrip()}")
    report.finish()


@themes.command("why")
@click.argument("name")
@click.argument("key")
@click.option("--within", default="", metavar="KEY", help="The container that it stands in, as key-points.")
@click.option(
    "--medium", type=click.Choice(["screen", "print", "office"]), default="screen", show_default=True
)
def themes_why(name: str, key: str, within: str, medium: str) -> None:
    """Say where each value of a style or a mark comes from: file, table, parent, token."""
    from octavo.environment import DiskEnvironment
    from octavo.theme.load import load_theme
    from octavo.theme.names import nearest
    from octavo.theme.schema import MARK_KEYS, STYLE_KEYS
    from octavo.theme.style import Medium
    from octavo.theme.why import why

    environment = DiskEnvironment()
    with _Report(as_json=False).around() as report:
        theme = load_theme(name, environment.read_theme)
        try:
            reasons = why(theme, Medium(medium), environment.fonts(), key, within)
        except KeyError as fault:
            name = str(fault.args[0])
            hint = nearest(name, (*STYLE_KEYS, *MARK_KEYS)) or "docs/themes.md lists them"
            _refuse(f"`{name}` is no style key and no mark", hint)
        for each in reasons:
            place = f"{each.position}  [{each.table}]" if each.position else "the default"
            through = f"  through {', '.join(each.through)}" if each.through else ""
            tokens = "".join(f"  {{{token.name}}} {token.position}" for token in each.tokens)
            click.echo(f"{each.property:<18} {each.value:<34} {place}{through}{tokens}")
    report.finish()


@themes.command("check")
@click.argument("name")
def themes_check(name: str) -> None:
    """Tell all faults of a theme and all that is doubtful in it, in every medium."""
    from octavo.environment import DiskEnvironment
    from octavo.theme.load import load_theme
    from octavo.theme.resolve import resolve_theme
    from octavo.theme.style import Medium

    environment = DiskEnvironment()
    with _Report(as_json=False).around() as report:
        theme = load_theme(name, environment.read_theme)
        sheets = [resolve_theme(theme, medium, environment.fonts()) for medium in Medium]
        said = tuple(dict.fromkeys(each for _, doubts in sheets for each in doubts))
        report.say(said)
        click.echo(f"{theme.name}: no fault, {len(said) or 'nothing'} doubtful")
    report.finish()


@themes.command("fonts")
@click.argument("name", default="")
@_fonts_options
def themes_fonts(name: str, **options: Any) -> None:
    """List the fonts at hand: weights, origin, what their embedding bits and their licence allow.

    With a theme's NAME: the families of each of its roles, in the order in which they are asked, and those at hand.
    """
    from octavo.specimen import faces, roles

    environment = _world(options)
    with _Report(as_json=False).around() as report:
        for role in roles(name, environment) if name else ():
            click.echo(f"{role.name:<10} {role.family:<24} {role.origin or 'not at hand'}")
        for each in () if name else faces(environment):
            face = f"{each.family} {each.weight}{' italic' if each.italic else ''}"
            click.echo(f"{face:<34} {each.origin:<24} {each.embedding:<18} {each.licence}")
    report.finish()


@themes.command("parity")
@click.argument("name")
@click.option("--differences", is_flag=True, help="Only what differs in a format, or cannot be read back.")
def themes_parity(name: str, differences: bool = False) -> None:
    """Compare every style in finished PDF, Word and EPUB files with what the theme says."""
    from octavo.environment import DiskEnvironment
    from octavo.specimen import parity

    with _Report(as_json=False).around() as report:
        rows = parity(name, DiskEnvironment())
        for row in rows:
            if row.reasons or row.unexplained or not differences:
                click.echo(str(row))
        open_rows = sum(len(row.unexplained) for row in rows)
        known = sum(len(row.reasons) for row in rows)
        click.echo(
            f"{3 * len(rows) - known - open_rows} values alike, {known} with a reason, {open_rows} without"
        )
        if open_rows:
            report.blame()
    report.finish()


@themes.command("specimen")
@click.argument("name")
@click.option("--out", default="specimen", show_default=True, help="The folder that everything goes to.")
@click.option(
    "--source", default="", metavar="FILE", help="Your own sample instead of the one that octavo has."
)
def themes_specimen(name: str, out: str, source: str) -> None:
    """Set a sample in all editions, with a sheet of pictures of their pages."""
    from octavo.environment import DiskEnvironment
    from octavo.specimen import SAMPLE, specimen

    with _Report(as_json=False).around() as report:
        made, said = specimen(name, Path(out), Path(source) if source else SAMPLE, DiskEnvironment())
        for edition in made:
            report.say(edition.diagnostics)
            if edition.path is not None:
                report.made(edition, edition.path)
        report.say(said)
        if (sheet := Path(out) / "sheet.png").is_file():
            click.echo(str(sheet))
    report.finish()


def _collect_seldom() -> None:
    """Let Python look for cycles of garbage seldom: documents hold none, and looking costs a tenth of an export."""
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])


def _export_all(sources: tuple[str, ...], order: Order, jobs: int, report: _Report) -> None:
    """Export each source, side by side where more than one job is wanted, with one bar for all on a terminal."""
    with ExitStack() as stack:
        executor = None
        if jobs != 1 and len(sources) > 1:
            from concurrent.futures import ProcessPoolExecutor

            executor = stack.enter_context(
                ProcessPoolExecutor(jobs if jobs > 0 else None, initializer=_collect_seldom)
            )
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
        self._alike: dict[tuple[str, str], int] = {}
        self._editions: list[dict[str, Any]] = []
        self._sources: list[bool] = []
        self.files: list[FileReport] = []

    def say(self, diagnostics: Iterable[Diagnostic]) -> None:
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
    def around(self) -> Iterator[_Report]:
        """Say what goes wrong within, in place of a traceback."""
        try:
            yield self
        except OctavoError as fault:
            self.failed(fault)

    def blame(self) -> None:
        """Leave with the status of errors."""
        self._status = max(self._status, _ERRORS)

    def failed(self, fault: OctavoError) -> None:
        self.say(fault.diagnostics)
        unknown = isinstance(fault, PluginError | ThemeError | ResourceError) and fault.diagnostics[
            0
        ].code.startswith("unknown-")
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

    def checked(self, file: FileReport) -> None:
        """Tell what was found in one file, and which validators said so."""
        self.files.append(file)
        self.say(file.all_diagnostics())
        if self._as_json:
            return
        errors, warnings = file.count(Severity.ERROR), file.count(Severity.WARNING)
        click.echo(f"{file.path}  {file.kind}  {errors} errors  {warnings} warnings")
        for each in file.verdicts:
            named = " ".join(
                part for part in (each.validator, each.version, f"({each.profile})") if part != "()"
            )
            click.echo(f"  {named}: {each.outcome}")

    def summary(self) -> None:
        """Count what was made of many sources."""
        if not self._as_json:
            faulty = sum(self._sources)
            click.echo(f"{len(self._sources)} sources, {len(self._editions)} editions, {faulty} with errors")

    def finish(self) -> None:
        """Print the report where it is wanted as JSON, and leave with the exit status."""
        self._print_rest()
        if self._as_json:
            from octavo.checks.evidence import diagnostic_as_dict, report_as_dict

            content: dict[str, Any] = {
                "editions": self._editions,
                "diagnostics": [diagnostic_as_dict(each) for each in self._said],
            }
            if self.files:
                content["files"] = [report_as_dict(each) for each in self.files]
            click.echo(json.dumps(content, indent=2, ensure_ascii=False))
        sys.exit(self._status)


def _with_press(
    order: Order, report: _Report, *, icc: str | None, printer: str | None, marks: bool | None
) -> Order:
    """Add the options of the press edition to an order."""
    if icc is None and printer is None and marks is None:
        return order
    if "press" not in order.formats:
        _refuse("--icc, --printer and --marks are for the press edition", "name it, as --to pdf,press")
    from octavo.environment import DiskEnvironment
    from octavo.writers.pdf.press import PressOptions, parse_printer, shipped_printer

    environment = DiskEnvironment()
    chosen = PressOptions(marks=marks)
    try:
        if icc is not None:
            chosen = msgspec.structs.replace(chosen, icc=environment.read(Path(icc)))
        if printer is not None:
            found = (
                parse_printer(environment.read(Path(printer)), printer)
                if printer.endswith(".toml")
                else shipped_printer(printer)
            )
            chosen = msgspec.structs.replace(chosen, printer=found)
    except OctavoError as fault:
        report.failed(fault)
        report.finish()
    return msgspec.structs.replace(order, options={"press": chosen})


def _without_page_list(order: Order) -> Order:
    """Ask for an e-book that does not know the pages of the print."""
    from octavo.writers.epub.options import EpubOptions

    if "epub" not in order.formats:
        _refuse("--no-page-list is for the e-book", "name it, as --to pdf,epub")
    return msgspec.structs.replace(order, options={**order.options, "epub": EpubOptions(page_list=False)})


def _write_evidence(folder: Path, report: _Report, environment: Environment) -> None:
    from importlib.metadata import version

    from octavo.checks.evidence import evidence_json, evidence_page

    try:
        environment.write(folder / "evidence.json", evidence_json(report.files, version("octavo")))
        environment.write(folder / "evidence.html", evidence_page(report.files, version("octavo")))
    except OctavoError as fault:
        report.failed(fault)


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
