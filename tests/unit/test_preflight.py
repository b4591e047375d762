"""`octavo check`: sources and editions, validators that are there and that are not, evidence, exit status."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from octavo.checks.verdict import Outcome
from octavo.diagnostics import Severity
from octavo.environment import DiskEnvironment
from octavo.preflight import Wish, check_file
from octavo.validators import judges
from octavo.validators.calls import Finding
from octavo.validators.programs import ToolFailed, ToolMissing
from tests.unit.checks.finished import SOURCE, edition, png


def _octavo(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    run = subprocess.run(
        [sys.executable, "-m", "octavo.cli", *arguments], capture_output=True, text=True, check=False, cwd=cwd
    )
    assert "Traceback" not in run.stderr
    return run


def _written(folder: Path, format: str) -> Path:
    path = folder / f"brief.{format}"
    path.write_bytes(edition(format))
    return path


def _missing(path: Path, profile: str) -> list[Finding]:
    raise ToolMissing("the tool")


def _failing(path: Path, profile: str) -> list[Finding]:
    raise ToolFailed("it broke")


def _finding(path: Path, profile: str) -> list[Finding]:
    return [Finding(path, "rule-1", "something is wrong", "page 1")]


@pytest.mark.parametrize(
    ("call", "outcome", "code", "severity"),
    [
        (_missing, Outcome.NOT_INSTALLED, "validator-missing", Severity.INFO),
        (_failing, Outcome.NO_VERDICT, "validator-no-verdict", Severity.WARNING),
        (_finding, Outcome.FAILED, "validator-finding", Severity.ERROR),
    ],
)
def test_it_is_said_which_validators_ran(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: object,
    outcome: Outcome,
    code: str,
    severity: Severity,
) -> None:
    judge = judges._Judge("A judge", "python:none", ("P",), call)  # type: ignore[arg-type]
    monkeypatch.setattr(judges, "_JUDGES", {"docx": (judge,)})
    path = str(_written(tmp_path, "docx"))
    for wish, due in ((Wish(), severity), (Wish(require_validators=True), Severity.ERROR)):
        report = check_file(path, wish, DiskEnvironment())
        assert [each.outcome for each in report.verdicts] == [outcome]
        assert [each.severity for each in report.all_diagnostics() if each.code == code] == [due]


def test_a_report_knows_its_file(tmp_path: Path) -> None:
    path = _written(tmp_path, "docx")
    report = check_file(str(path), Wish(validators=False), DiskEnvironment())
    data = path.read_bytes()
    assert (report.kind, report.size, report.digest) == ("docx", len(data), hashlib.sha256(data).hexdigest())
    assert report.verdicts == ()


def test_what_is_said_of_a_whole_source_names_it(tmp_path: Path) -> None:
    (tmp_path / "bare.md").write_text("Words.\n", encoding="utf-8")
    path = str(tmp_path / "bare.md")
    said = check_file(path, Wish(), DiskEnvironment()).all_diagnostics()
    assert {"no-title", "no-author", "no-date"} <= {each.code for each in said}
    assert {each.position.file for each in said if each.position} == {path}
    assert all(each.position for each in said)


@pytest.mark.parametrize(("data", "faults"), [(b"rubbish", 1), (b"", 1), (b"%PDF-1.7\n", 0)])
def test_what_is_no_pdf_is_no_pdf_without_a_reader_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, faults: int
) -> None:
    monkeypatch.setattr("octavo.checks.pdf.has_reader", lambda: False)
    path = tmp_path / "some.pdf"
    path.write_bytes(data)
    report = check_file(str(path), Wish(validators=False), DiskEnvironment())
    assert report.count(Severity.ERROR) == faults
    assert "pdf-reader-missing" in {each.code for each in report.all_diagnostics()}


def test_a_word_file_may_be_checked_as_a_source(tmp_path: Path) -> None:
    path = str(_written(tmp_path, "docx"))
    assert check_file(path, Wish(as_source=True), DiskEnvironment()).kind == "source"


def test_the_command_checks_all_and_hands_on_evidence(tmp_path: Path) -> None:
    (tmp_path / "brief.md").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "square.png").write_bytes(png())
    (tmp_path / "broken.epub").write_bytes(b"no book")
    _written(tmp_path, "docx")
    run = _octavo(
        "check",
        "brief.md",
        "brief.docx",
        "broken.epub",
        "none.pdf",
        "--evidence",
        "kept",
        "--json",
        cwd=tmp_path,
    )
    assert run.returncode == 1
    report = json.loads(run.stdout)
    kept = json.loads((tmp_path / "kept" / "evidence.json").read_text(encoding="utf-8"))
    assert kept["files"] == report["files"]
    assert [each["kind"] for each in report["files"]] == ["source", "docx", "epub", "unread"]
    assert [each["errors"] > 0 for each in report["files"]] == [False, False, True, True]
    assert "Conformance of 4 files" in (tmp_path / "kept" / "evidence.html").read_text(encoding="utf-8")
    words = report["files"][1]["validators"]
    assert {each["name"] for each in words} == {"Open XML SDK"}


def test_evidence_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "brief.md").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "square.png").write_bytes(png())
    (tmp_path / "kept" / "evidence.json").mkdir(parents=True)
    run = _octavo("check", "brief.md", "--evidence", "kept", cwd=tmp_path)
    assert run.returncode == 1
    assert "error[target-not-written]" in run.stderr


def test_an_e_book_may_be_made_without_a_page_list(tmp_path: Path) -> None:
    import zipfile

    (tmp_path / "brief.md").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "square.png").write_bytes(png())
    run = _octavo("export", "brief.md", "--to", "epub", "--no-page-list", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    with zipfile.ZipFile(tmp_path / "editions" / "brief.epub") as book:
        told = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(("html", "opf")))
    assert "page-list" not in told
    assert "pagebreak" not in told
    assert "pageBreakMarkers" not in told
    wrong = _octavo("export", "brief.md", "--to", "pdf", "--no-page-list", cwd=tmp_path)
    assert wrong.returncode == 2
