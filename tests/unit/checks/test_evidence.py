"""The bundle of evidence: the same bytes each time, complete, and safe to show."""

from __future__ import annotations

import json

from lxml import html

from octavo.checks.evidence import evidence_json, evidence_page
from octavo.checks.verdict import FileReport, Outcome, Verdict, unread
from octavo.diagnostics import Position, error, warning

EVIL = '<script>alert("x")</script>&.pdf'
REPORT = FileReport(
    path=EVIL,
    kind="pdf",
    digest="ab" * 32,
    size=12345,
    diagnostics=(warning("pdf-boxes", "a <b>box</b>", Position(0, 0, EVIL), "a hint"),),
    verdicts=(
        Verdict(
            validator="veraPDF",
            version="1.31",
            profile="ua1,2a",
            outcome=Outcome.FAILED,
            findings=(error("validator-finding", "clause 7.1", Position(3, 4, EVIL)),),
        ),
        Verdict(
            validator="Other", version="", profile="P", outcome=Outcome.NOT_INSTALLED, reason="it is missing"
        ),
    ),
)


def test_programs_find_hashes_versions_and_results() -> None:
    content = json.loads(evidence_json([REPORT, unread("b.pdf", (error("file-not-found", "none"),))], "9.9"))
    assert (content["format"], content["octavo"]) == (1, "9.9")
    first, second = content["files"]
    assert (first["sha256"], first["size"], first["errors"], first["warnings"]) == ("ab" * 32, 12345, 1, 1)
    assert [each["outcome"] for each in first["validators"]] == ["failed", "not installed"]
    assert first["validators"][0]["findings"][0]["line"] == 3
    assert first["validators"][1]["reason"] == "it is missing"
    assert (second["kind"], second["errors"]) == ("unread", 1)


def test_people_find_the_same_and_nothing_runs() -> None:
    page = evidence_page([REPORT], "9.9")
    tree = html.document_fromstring(page.decode())
    assert not tree.findall(".//script")
    text = tree.text_content()
    for each in (
        EVIL,
        "veraPDF",
        "1.31",
        "not installed: it is missing",
        "clause 7.1",
        "a <b>box</b>",
        "ab" * 32,
    ):
        assert each in text
    assert all(head.get("scope") == "col" for head in tree.iter("th"))


def test_the_bytes_are_the_same_each_time() -> None:
    assert evidence_json([REPORT], "1") == evidence_json([REPORT], "1")
    assert evidence_page([REPORT], "1") == evidence_page([REPORT], "1")
