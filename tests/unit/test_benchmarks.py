"""What the measurements rest on: texts like English, the same on every machine, and tables that hide nothing."""

from __future__ import annotations

import re

import pytest

from benchmarks import contenders, report, text
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
    assert ("[^n" in book) is rich
    assert book == text.book(100_000, rich=rich)


def test_a_peer_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contenders, "version_of", lambda name: "" if name == "typst" else "1")
    assert not any("typst" in each.packages for each in contenders.present())
    assert [each for each in contenders.absent() if "typst" in each] == [
        "typst, from .typ (pdf; lacks typst)",
        "pandoc and typst (pdf; lacks typst)",
    ]


def test_tables_hold_medians_ratios_and_failures() -> None:
    octavo, typst = contenders.CONTENDERS[1], contenders.CONTENDERS[2]
    broken = contenders.CONTENDERS[3]
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


def test_a_job_that_fails_says_why() -> None:
    import sys

    with pytest.raises(JobError, match="no such thing"):
        measure([(sys.executable, "-c", "raise SystemExit('no such thing')")])
    assert measure([(sys.executable, "-c", "pass")]).megabytes > 1
