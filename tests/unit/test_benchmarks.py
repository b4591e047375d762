"""What the measurements rest on: texts like English, the same on every machine, and tables that hide nothing."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from benchmarks import contenders, many, page, report, text, writer
from benchmarks.measure import JobError, Measured, Run, measure


def _words(source: str) -> list[str]:
    return re.findall(r"[a-z]+", source.lower())


def test_the_brief_has_as_many_words_as_is_said() -> None:
    assert 1_650 <= len(text.brief().split()) <= 1_850


@pytest.mark.parametrize("rich", [False, True])
def test_a_book_has_the_vocabulary_of_a_book(rich: bool) -> None:
    book = text.book(100_000, rich=rich)
    words = _words(book)
    assert 99_000 <= len(words) <= 115_000
    assert 8_000 <= len(set(words)) <= 12_000
    assert 4.3 <= sum(map(len, words)) / len(words) <= 5.2
    assert "[^n" in book
    assert ("```" in book) is rich
    assert book == text.book(100_000, rich=rich)


def test_a_peer_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contenders, "version_of", lambda name: "" if name == "typst" else "1")
    assert not any("typst" in each.packages for each in contenders.present())
    assert [each for each in contenders.absent() if "typst" in each] == [
        "typst, from .typ (pdf; lacks typst)",
        "typst, from .typ, as PDF/UA-1 and PDF/A-2a (pdf; lacks typst)",
        "pandoc and typst (pdf; lacks typst)",
    ]


def test_tables_hold_medians_ratios_and_failures() -> None:
    octavo, typst = contenders.CONTENDERS[1], contenders.CONTENDERS[2]
    broken = next(each for each in contenders.CONTENDERS if each.name == "pandoc and typst")
    table = report.side_by_side(
        "A text",
        [
            Measured(octavo, (Run(1.0, 40), Run(2.0, 50), Run(9.0, 45)), 7),
            Measured(typst, (Run(3.0, 90),), 8),
            Measured(broken, (), 0, "it stops"),
        ],
    )
    assert "| pdf | octavo | 1.00 | 2.00 | 50 | 7 |" in table
    assert "| pdf | typst, from .typ | 1.50 | 3.00 | 90 | 8 |" in table
    assert "| pdf | pandoc and typst | failed: it stops |" in table


def test_growth_has_the_exponent_of_time_over_words() -> None:
    octavo = contenders.CONTENDERS[1]
    rows = [(1_000, Measured(octavo, (Run(1.0, 1),), 1)), (100_000, Measured(octavo, (Run(100.0, 1),), 1))]
    assert "| octavo | 100,000 | 100.0 | 1.00 | 100.00 | 1 | 1 |" in report.growth(rows)


def test_briefs_are_not_alike() -> None:
    found = list(text.briefs(5))
    assert len(set(found)) == 5
    assert found == list(text.briefs(5))
    assert all(900 <= len(each.split()) <= 2_900 for each in found)


def test_many_briefs_are_compared_with_one_job() -> None:
    told = many.report([many.Batch(10, 1, 20.0, 19.0, 80), many.Batch(10, 2, 10.0, 20.0, 81)])
    assert "| 10 | 2 | 0.50 | 1.05 | 10.0 | 1.00 | 81 |" in told


def test_parts_that_were_not_measured_stay_on_the_page() -> None:
    first = page.merged("", "# Page\n", "A machine.\n", ["## One\n\na\n", "## Two\n\nb\n"])
    assert first == "# Page\n\nA machine.\n\n## One\n\na\n\n## Two\n\nb\n"
    same = page.merged(first, "# Page\n", "A machine.\n", ["## Two\n\nc\n", "## Three\n\nd\n"])
    assert same == first.replace("b\n", "c\n") + "\n## Three\n\nd\n"
    other = page.merged(first, "# Page\n", "Another.\n", ["## One\n\nz\n"])
    assert other == first.replace("## One\n\na\n", "## One\n\nAnother.\n\nz\n")
    assert page.merged(first, "# New\n", "Another.\n", ["## One\n\nx\n", "## Two\n\ny\n"]).startswith("# New")


def test_a_job_that_fails_says_why() -> None:
    import sys

    with pytest.raises(JobError, match="no such thing"):
        measure([(sys.executable, "-c", "raise SystemExit('no such thing')")])
    assert measure([(sys.executable, "-c", "pass")]).megabytes > 1


def test_the_word_writer_is_measured_as_a_share_of_pandocs_time() -> None:
    table = writer.report([writer.Share("prose", 0.25, 0.5, 2.0)])
    assert "| prose | 0.12 | 0.25 | 0.25 | 2.00 |" in table


def test_one_word_file_is_timed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "source.md"
    source.write_text(text.brief(), encoding="utf-8")
    for more in ([], ["paged"]):
        monkeypatch.setattr(sys, "argv", ["writer", str(source), *more])
        writer.main()
        assert 0 < float(capsys.readouterr().out) < 60
