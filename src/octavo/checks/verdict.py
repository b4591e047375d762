"""What is known of a checked file: octavo's own findings, and what each reference validator said, or why it did not."""

from __future__ import annotations

import enum

import msgspec

from octavo.diagnostics import Diagnostic, Severity


class Outcome(enum.StrEnum):
    """How asking a validator ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_INSTALLED = "not installed"
    NO_VERDICT = "no verdict"
    """It is installed and could not examine the file, which says nothing about the file."""
    NOT_APPLICABLE = "not applicable"


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One validator on one file. `profile` is what it held the file against; `reason` tells why it did not run."""

    validator: str
    version: str
    profile: str
    outcome: Outcome
    findings: tuple[Diagnostic, ...] = ()
    reason: str = ""


class FileReport(msgspec.Struct, frozen=True, kw_only=True):
    """One file. `kind` is `source`, `pdf`, `docx` or `epub`; `digest` is the SHA-256 of its bytes in hexadecimal."""

    path: str
    kind: str
    digest: str
    size: int
    diagnostics: tuple[Diagnostic, ...]
    verdicts: tuple[Verdict, ...] = ()

    def all_diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return octavo's findings, then the validators'."""
        return self.diagnostics + tuple(each for verdict in self.verdicts for each in verdict.findings)

    def count(self, severity: Severity) -> int:
        """Return how many findings are of a severity."""
        return sum(each.severity is severity for each in self.all_diagnostics())


def unread(path: str, diagnostics: tuple[Diagnostic, ...]) -> FileReport:
    """Return the report of a file that could not be read as what it should be."""
    return FileReport(path=path, kind="unread", digest="", size=0, diagnostics=diagnostics)
