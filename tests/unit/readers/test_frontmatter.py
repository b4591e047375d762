"""Front matter: where it is, what its keys become, and what is said of faults."""

from __future__ import annotations

import datetime

import pytest

from octavo.errors import SourceError
from octavo.readers.frontmatter import FrontMatter, find_front_matter, read_front_matter
from octavo.readers.report import Report
from octavo.tree.metadata import Author, Metadata


def read(yaml: str) -> tuple[Metadata, list[str]]:
    report = Report()
    metadata, _ = read_front_matter(find_front_matter(f"---\n{yaml}\n---\n", "a.md"), "a.md", report)
    said = [f"{each.position}: {each.code}: {each.hint}" for each in report.diagnostics()]
    return metadata, said


def test_every_key_becomes_a_typed_field() -> None:
    metadata, said = read(
        """title: "Trade: a primer"
subtitle: 12:30
short_title: Trade
author: [{name: "KIM, Hankwon", affiliation: KNDA, email: k@x.kr, orcid: "https://orcid.org/0000-0002-1825-0097",
  bio: Professor}, Second]
date: 2023-12-05
lang: ko
publisher: no
series: IFANS
issue: 007
keywords: [a, "b c"]
isbn: ISBN 978-3-16-148410-0
issn: 2049-3630
doi: https://doi.org/10.1000/182
rights: © 2023
cover: cover.png
description: >
  Folded
  text."""
    )
    assert said == []
    assert metadata.authors == (
        Author(
            name="KIM, Hankwon",
            affiliation="KNDA",
            email="k@x.kr",
            orcid="0000-0002-1825-0097",
            biography="Professor",
        ),
        Author(name="Second"),
    )
    texts = (metadata.title, metadata.subtitle, metadata.short_title, metadata.publisher, metadata.issue)
    assert texts == ("Trade: a primer", "12:30", "Trade", "no", "007")
    assert metadata.date == datetime.date(2023, 12, 5)
    assert (metadata.language, metadata.keywords) == ("ko", ("a", "b c"))
    assert (metadata.isbn, metadata.issn, metadata.doi) == ("978-3-16-148410-0", "2049-3630", "10.1000/182")
    assert (metadata.cover, metadata.description) == ("cover.png", "Folded text.")
    assert str(metadata.positions["issue"]) == "a.md:11:1"


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("titel: x", "a.md:2:1: unknown-key: did you mean `title`?"),
        ("title: x\ntitle: y", "a.md:3:1: repeated-key: keep one of them; the last one counts"),
        ("title: [x]", "a.md:2:8: ill-typed-key: write `title: …` on one line"),
        ("date: Spring 2024", "a.md:2:7: invalid-date: write year, month and day as 2023-12-05"),
        ("date: 05/12/2023", "a.md:2:7: invalid-date: write year, month and day as 2023-12-05"),
        ("date: 2023-02-30", "a.md:2:7: invalid-date: check the month and the day"),
        ("language: English", "a.md:2:11: invalid-language: write `en`"),
        ("isbn: 978-3-16-148410-1", "a.md:2:7: invalid-isbn: check its digits"),
        ("issn: 2049-3631", "a.md:2:7: invalid-issn: check its digits"),
        ("doi: 182", "a.md:2:6: invalid-doi: write it as 10.1234/abc"),
        ("authors:\n- {nam: x, name: y}", "a.md:3:4: unknown-key: did you mean `name`?"),
        ("authors:\n- [x]", "a.md:3:3: ill-typed-key: write `- name: Ada Lovelace`"),
        ("authors: {affiliation: x}", "a.md:2:10: ill-typed-key: add `name: …`"),
    ],
)
def test_faults_are_reported_with_their_place(yaml: str, expected: str) -> None:
    assert expected in read(yaml)[1]


def test_a_fault_in_digits_keeps_the_value_and_one_in_a_date_does_not() -> None:
    metadata, _ = read("isbn: 978-3-16-148410-1\ndate: soon\nlanguage: en_GB\nsubtitle:")
    assert metadata.isbn == "978-3-16-148410-1"
    assert metadata.date is None
    assert (metadata.language, metadata.subtitle) == ("en-GB", "")


@pytest.mark.parametrize(
    "text",
    [
        "# No head",
        "---\n\nA line between\n\n---\n",
        "---\nJust words\n---\n",
        "--- \nwords without an end",
        "\n---\ntitle: too late\n---\n",
        "",
    ],
)
def test_a_line_of_dashes_alone_is_no_head(text: str) -> None:
    assert find_front_matter(text) == FrontMatter()


def test_a_head_may_be_empty_or_end_in_dots() -> None:
    assert find_front_matter("---\n---\ntext") == FrontMatter("", 2)
    assert find_front_matter("---\n# only a comment\ntitle: x\n...\ntext") == FrontMatter(
        "# only a comment\ntitle: x", 4
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\ntitle: x\n\n# Text", (1, 1)),
        ("---\ntitle: [x\n---\n", (2, 10)),
        ("---\nseries: a\ntitle: a: b\n---\n", (3, 9)),
        ("---\ntitle: @x\n---\n", (2, 8)),
        ("---\ntitle: " + "[" * 3000 + "\n---\n", (2, 1)),
    ],
)
def test_a_broken_head_is_an_error_at_its_place(text: str, place: tuple[int, int]) -> None:
    with pytest.raises(SourceError) as caught:
        read_front_matter(find_front_matter(text, "a.md"), "a.md", Report())
    (said,) = caught.value.diagnostics
    assert said.code == "broken-front-matter"
    assert said.position is not None
    assert (said.position.line, said.position.column) == place
    assert said.hint


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2023/12/05", datetime.date(2023, 12, 5)),
        ("2023-12-05T10:30:00Z", datetime.date(2023, 12, 5)),
        ("5 December 2023", datetime.date(2023, 12, 5)),
        ("December 5th, 2023", datetime.date(2023, 12, 5)),
        ("Dec. 5, 2023", datetime.date(2023, 12, 5)),
        ("5. Dezember 2023", datetime.date(2023, 12, 5)),
        ("1er mars 2024", datetime.date(2024, 3, 1)),
        ("5 de diciembre de 2023", datetime.date(2023, 12, 5)),
    ],
)
def test_dates_are_read_as_people_write_them(said: str, meant: datetime.date) -> None:
    metadata, faults = read(f"date: {said}")
    assert (metadata.date, metadata.date_text, faults) == (meant, "", [])


@pytest.mark.parametrize("said", ["2024", "2024-03", "Spring 2024", "5/12/2023", "5 Foo 2023", "forthcoming"])
def test_a_date_that_is_no_full_one_is_kept_as_it_stands(said: str) -> None:
    metadata, faults = read(f"date: {said}")
    assert (metadata.date, metadata.date_text) == (None, said)
    assert "invalid-date" in faults[0]


def test_a_tab_in_the_head_is_said_to_be_one() -> None:
    with pytest.raises(SourceError) as raised:
        read("title: A\n\tauthors: B")
    assert raised.value.diagnostics[0].hint == "put spaces where the tab is: YAML takes none"
