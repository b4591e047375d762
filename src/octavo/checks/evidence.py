"""A conformance bundle: what was checked, by what, with which result; as JSON, and as a page to read.

It holds no time and no name of a machine: the same files, octavo and validators give the same bytes, so that anyone
can make it again and compare.
"""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from typing import Any, Final

from octavo.checks.verdict import FileReport, Verdict
from octavo.diagnostics import Diagnostic, Severity

FORMAT: Final = 1
_STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "caption{text-align:left;font-weight:600;padding:.3rem 0}"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #c8c8c8}"
    "code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}"
)


def evidence_json(reports: Sequence[FileReport], version: str) -> bytes:
    """Return the bundle for programs; `version` is octavo's."""
    content = {
        "format": FORMAT,
        "octavo": version,
        "files": [report_as_dict(report) for report in reports],
    }
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def report_as_dict(report: FileReport) -> dict[str, Any]:
    """Return a file's report as plain values."""
    return {
        "path": report.path,
        "kind": report.kind,
        "sha256": report.digest,
        "size": report.size,
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "findings": [diagnostic_as_dict(each) for each in report.diagnostics],
        "validators": [
            {
                "name": verdict.validator,
                "version": verdict.version,
                "profile": verdict.profile,
                "outcome": str(verdict.outcome),
                "reason": verdict.reason,
                "findings": [diagnostic_as_dict(each) for each in verdict.findings],
            }
            for verdict in report.verdicts
        ],
    }


def diagnostic_as_dict(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return a diagnostic as plain values; line and column are 0 where they are unknown."""
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


def evidence_page(reports: Sequence[FileReport], version: str) -> bytes:
    """Return the bundle for people: an HTML page that needs nothing else."""
    told = "".join(_file(report) for report in reports)
    number = "one file" if len(reports) == 1 else f"{len(reports)} files"
    page = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Conformance of {number}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{_STYLE}</style>\n</head>\n'
        f"<body>\n<main>\n<h1>Conformance of {number}</h1>\n"
        f"<p>Checked by octavo {_safe(version)} and the validators named below.</p>\n{told}</main>\n</body>\n</html>\n"
    )
    return page.encode()


def _file(report: FileReport) -> str:
    facts = (
        f"<h2>{_safe(report.path)}</h2>\n"
        f"<p>{_safe(report.kind)}, {report.size:,} bytes, SHA-256 <code>{report.digest}</code>. "
        f"{report.count(Severity.ERROR)} errors, {report.count(Severity.WARNING)} warnings.</p>\n"
    )
    findings = report.all_diagnostics()
    rows = [(str(each.severity), each.code, str(each.position or ""), each.message) for each in findings]
    told = _table("Findings", ("Severity", "Code", "Place", "Message"), rows)
    return facts + _validators(report.verdicts) + (told if rows else "<p>Nothing was found.</p>\n")


def _validators(verdicts: tuple[Verdict, ...]) -> str:
    if not verdicts:
        return ""
    rows = [
        (
            each.validator,
            each.version,
            each.profile,
            f"{each.outcome}{': ' if each.reason else ''}{each.reason}",
        )
        for each in verdicts
    ]
    return _table("Validators", ("Name", "Version", "Profile", "Result"), rows)


def _table(caption: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    head = "".join(f'<th scope="col">{each}</th>' for each in heads)
    body = "".join(f"<tr>{''.join(f'<td>{_safe(cell)}</td>' for cell in row)}</tr>\n" for row in rows)
    return f"<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def _safe(text: str) -> str:
    return html.escape(text)
