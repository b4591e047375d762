"""`octavo check`: everything that can be said of one file, a source or a finished edition.

source  -> read, prepare, and the checks that are made by request only
edition -> octavo's own checks of its kind, and the reference validators that are installed
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from octavo.checks.verdict import FileReport, Outcome, Verdict
from octavo.diagnostics import Diagnostic, Position, Severity, error
from octavo.environment import Environment

EDITIONS: Final[Mapping[str, str]] = {".pdf": "pdf", ".docx": "docx", ".epub": "epub"}
"""The kinds of finished editions, by their suffix."""
_HEAD: Final = 1024
"""Bytes within which a PDF says what it is, as viewers take it."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What is wanted of a check: the theme and metadata for sources, and whether every validator must have run."""

    theme: str = "policy"
    settings: Sequence[tuple[str, str]] = ()
    as_source: bool = False
    """Check a file as a source even where it looks like an edition (a Word file)."""
    validators: bool = True
    require_validators: bool = False


def check_file(path: str, wish: Wish, environment: Environment) -> FileReport:
    """Return what is to be said of a file.

    Raises:
        ResourceError: it cannot be read.
        SourceError, ThemeError, PluginError: a source cannot be prepared; see `octavo.parse`.
    """
    kind = "" if wish.as_source else EDITIONS.get(Path(path).suffix.lower(), "")
    data = environment.read(Path(path))
    if kind:
        diagnostics, verdicts = _check_edition(path, kind, data, wish)
    else:
        diagnostics, verdicts = _check_source(path, wish, environment), ()
    return FileReport(
        path=path,
        kind=kind or "source",
        digest=hashlib.sha256(data).hexdigest(),
        size=len(data),
        diagnostics=tuple(dict.fromkeys(diagnostics)),
        verdicts=verdicts,
    )


def _check_source(path: str, wish: Wish, environment: Environment) -> tuple[Diagnostic, ...]:
    from octavo.api import parse
    from octavo.checks.source import check_source
    from octavo.plugins import find_writer
    from octavo.production import prepare

    parsed = parse(path, settings=wish.settings, environment=environment)
    prepared = prepare(parsed.document, wish.theme, (find_writer("pdf"),), environment)
    asked = check_source(prepared.resolved, prepared.layout)
    said = parsed.diagnostics + prepared.diagnostics + asked
    whole = Position(0, 0, path)
    return tuple(each if each.position else msgspec.structs.replace(each, position=whole) for each in said)


def _check_edition(
    path: str, kind: str, data: bytes, wish: Wish
) -> tuple[tuple[Diagnostic, ...], tuple[Verdict, ...]]:
    from octavo.checks.pdf import declared_standards
    from octavo.validators.judges import judge

    found = _own_check(kind, wish)(data, path)
    if not wish.validators:
        return found, ()
    verdicts = judge(Path(path), kind, declared_standards(data) if kind == "pdf" else ())
    return found + tuple(_silence(path, each, wish) for each in verdicts if _is_silent(each)), verdicts


def _own_check(kind: str, wish: Wish) -> Callable[[bytes, str], tuple[Diagnostic, ...]]:
    if kind == "docx":
        from octavo.checks.docx import check_docx

        return check_docx
    if kind == "epub":
        from octavo.checks.epub import check_epub

        return check_epub
    from octavo.checks.pdf import check_pdf, has_reader

    return check_pdf if has_reader() else lambda data, path: _without_reader(data, path, wish)


def _is_silent(verdict: Verdict) -> bool:
    return verdict.outcome in (Outcome.NOT_INSTALLED, Outcome.NO_VERDICT)


def _silence(path: str, verdict: Verdict, wish: Wish) -> Diagnostic:
    """A validator that said nothing is told of, for silence is no pass."""
    absent = verdict.outcome is Outcome.NOT_INSTALLED
    return Diagnostic(
        code="validator-missing" if absent else "validator-no-verdict",
        message=f"{verdict.validator} ({verdict.profile}) did not run: {verdict.reason}",
        severity=Severity.ERROR if wish.require_validators else Severity.INFO if absent else Severity.WARNING,
        position=Position(0, 0, path),
        hint="docs/checking.md tells how to install the validators" if absent else "",
    )


def _without_reader(data: bytes, path: str, wish: Wish) -> tuple[Diagnostic, ...]:
    missing = Diagnostic(
        code="pdf-reader-missing",
        message="octavo's own checks of a PDF did not run: the package `pikepdf` is missing",
        severity=Severity.ERROR if wish.require_validators else Severity.WARNING,
        position=Position(0, 0, path),
        hint="pip install 'octavo[check]'",
    )
    if b"%PDF-" in data[:_HEAD]:
        return (missing,)
    return (
        error(
            "edition-not-read",
            "the file is no PDF: it does not begin as one",
            Position(0, 0, path),
            "make it again",
        ),
        missing,
    )
