"""What the commands `export`, `check` and `tree` do, once their arguments are known."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from octavo.batch import Order
from octavo.cli.many import export_all
from octavo.cli.orders import with_press, without_page_list
from octavo.cli.report import Report
from octavo.cli.usage import (
    limits,
    pairs,
    refuse,
    refuse_clash,
    refuse_file,
    refuse_missing_folders,
    refuse_output,
    world,
)
from octavo.environment import Environment
from octavo.errors import OctavoError


def export_sources(
    sources: tuple[str, ...],
    formats: str,
    theme: str,
    out: str,
    settings: tuple[str, ...],
    options: Mapping[str, Any],
) -> None:
    """Make editions of each source; `formats` are names with commas between, `options` those that are seldom given."""
    names = tuple(formats.replace(",", " ").split())
    if not names:
        refuse("--to names no edition", "write for example --to pdf,epub")
    if formats.rstrip().endswith(","):
        refuse(f"--to `{formats}` ends with a comma", "write no space between editions, as --to pdf,epub")
    refuse_missing_folders(options)
    refuse_output(out)
    sources = tuple(dict.fromkeys(sources))
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
    export_all(sources, order, int(options["jobs"]), report, options.get("reader"))
    report.finish()


def check_files(files: tuple[str, ...], options: Mapping[str, Any]) -> None:
    """Say what is wrong with each file."""
    from octavo.checks.verdict import unread
    from octavo.preflight import Wish, check_file

    report = Report(as_json=bool(options["as_json"]))
    environment = world(options)
    if options["evidence"]:
        refuse_file(options["evidence"], "--evidence")
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


def print_tree(source: str, settings: tuple[str, ...]) -> None:
    """Print the resolved tree of a source as JSON."""
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
        if sys.stdout is not None:  # a shell may close it (`>&-`)
            sys.stdout.buffer.write(to_json(prepared.resolved.document) + b"\n")
        report.say(parsed.diagnostics + prepared.diagnostics)
    report.finish()


def _write_evidence(folder: Path, report: Report, environment: Environment) -> None:
    from importlib.metadata import version

    from octavo.checks.evidence import evidence_json, evidence_page

    try:
        environment.write(folder / "evidence.json", evidence_json(report.files, version("octavo")))
        environment.write(folder / "evidence.html", evidence_page(report.files, version("octavo")))
    except OctavoError as fault:
        report.failed(fault)
