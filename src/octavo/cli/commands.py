"""The commands `export`, `check` and `tree`, and the group that holds them and `themes`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from octavo.batch import Order
from octavo.cli.many import collect_seldom, export_all
from octavo.cli.orders import with_press, without_page_list
from octavo.cli.report import Report
from octavo.cli.themes import themes
from octavo.cli.usage import fonts_options, limits, limits_options, pairs, refuse, refuse_clash, world
from octavo.environment import Environment
from octavo.errors import OctavoError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="octavo")
def main() -> None:
    """One brief in, every edition out: PDF, Word and EPUB from one source and one theme."""
    collect_seldom()


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
@fonts_options
@limits_options
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
        refuse("--to names no edition", "write for example --to pdf,epub")
    order = Order(
        out=out,
        formats=names,
        theme=theme,
        settings=pairs(settings),
        allow=tuple(options["allow"]),
        fonts=tuple(options["fonts"]),
        system_fonts=bool(options["system_fonts"]),
        limits=limits(options),
    )
    report = Report(as_json=bool(options["as_json"]))
    order = with_press(order, report, **{key: options[key] for key in ("icc", "printer", "marks")})
    if not options["page_list"]:
        order = without_page_list(order)
    refuse_clash(sources)
    export_all(sources, order, int(options["jobs"]), report)
    report.finish()


@main.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--theme", default="policy", show_default=True, help="A shipped theme's name, or a TOML file.")
@click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE", help="Metadata, as title=…; author repeats."
)
@click.option("--allow", multiple=True, metavar="FOLDER", help="A further folder that images may come from.")
@fonts_options
@limits_options
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

    report = Report(as_json=bool(options["as_json"]))
    environment = world(options)
    wish = Wish(
        theme=options["theme"],
        settings=pairs(options["settings"]),
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

    report = Report(as_json=False)
    try:
        parsed = parse(source, settings=pairs(settings))
        prepared = prepare(parsed.document, "base", (), DiskEnvironment())
    except OctavoError as fault:
        report.failed(fault)
    else:
        sys.stdout.buffer.write(to_json(prepared.resolved.document) + b"\n")
        report.say(parsed.diagnostics + prepared.diagnostics)
    report.finish()


main.add_command(themes)


def _write_evidence(folder: Path, report: Report, environment: Environment) -> None:
    from importlib.metadata import version

    from octavo.checks.evidence import evidence_json, evidence_page

    try:
        environment.write(folder / "evidence.json", evidence_json(report.files, version("octavo")))
        environment.write(folder / "evidence.html", evidence_page(report.files, version("octavo")))
    except OctavoError as fault:
        report.failed(fault)
