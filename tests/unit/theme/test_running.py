"""Templates of running heads, folios and mastheads."""

from __future__ import annotations

import datetime
from typing import NamedTuple

import pytest

from octavo.theme.running import DOCUMENT_FIELDS, FIELDS, Piece, check_template, fields, fill, pieces
from octavo.tree.metadata import Author, Metadata

KNOWN = {"title": "On [Tea] {and} Coffee", "issue": "7", "date": "May 2026", "page": "3", "series": ""}


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{title}", "On [Tea] {and} Coffee"),
        ("– {page} –", "– 3 –"),
        ("[No. {issue}][ · {date}]", "No. 7 · May 2026"),
        ("[{series} ][No. {issue}]", "No. 7"),
        ("[{series}][ · {date}]", "May 2026"),
        ("[{date} · ][{series}]", "May 2026"),
        ("[{issue}[, {series}]]", "7"),
        ("[{series}[, {issue}]]", ""),
        ("{series} · ", " · "),
        (r"\[{page}\] \{page\} \n", r"[3] {page} \n"),
        ("{page}\n{issue}", "3\n7"),
        ("{nowhere}", ""),
        ("", ""),
        ("[{title", "{title"),
        ("]", "]"),
    ],
)
def test_templates_are_filled(template: str, expected: str) -> None:
    assert fill(template, KNOWN) == expected


def test_pieces_tell_the_folio_from_the_rest() -> None:
    assert pieces("Page {page}", KNOWN) == (Piece("Page "), Piece("3", "page"))


@pytest.mark.parametrize(
    ("template", "faults"),
    [
        ("{title}[ · {page}]", []),
        (r"\{x\} \[y\]", []),
        ("{tilte}", ["unknown field `{tilte}`"]),
        ("{}", ["unknown field `{}`"]),
        ("{title", ["`{` stands alone in `{title`"]),
        ("[[a][b]]", []),
        ("[a]]", ["brackets are not in pairs in `[a]]`"]),
        ("[{title}", ["brackets are not in pairs in `[{title}`"]),
        ("]{title}[", ["brackets are not in pairs in `]{title}[`"]),
    ],
)
def test_templates_are_checked(template: str, faults: list[str]) -> None:
    assert [what for what, _ in check_template(template)] == faults


class Terms(NamedTuple):
    number: str


class Known(NamedTuple):
    terms: Terms
    date: str


def test_fields_come_from_the_metadata() -> None:
    metadata = Metadata(
        title="Tea",
        authors=(Author(name="Ann"), Author(name="Bo")),
        issue="2",
        date=datetime.date(2026, 5, 4),
    )
    found = fields(metadata, Known(Terms("Nr."), "4. Mai 2026"))
    assert tuple(found) == DOCUMENT_FIELDS
    assert {name: value for name, value in found.items() if value} == {
        "title": "Tea",
        "short-title": "Tea",
        "author": "Ann",
        "authors": "Ann, Bo",
        "issue": "2",
        "number-term": "Nr.",
        "date": "4. Mai 2026",
        "year": "2026",
    }


def test_a_short_title_goes_before_the_title() -> None:
    known = Known(Terms("No."), "")
    assert fields(Metadata(title="Long", short_title="Short"), known)["short-title"] == "Short"


def test_no_field_is_named_twice() -> None:
    assert len(set(FIELDS)) == len(FIELDS)


@pytest.mark.parametrize(
    ("issue", "said"),
    [
        ("7", "No. 7"),
        ("24/3", "No. 24/3"),
        ("IV", "No. IV"),
        ("B12", "No. B12"),
        ("Heft 7", "Heft 7"),
        ("Vol. 3, 2", "Vol. 3, 2"),
        ("Winter", "Winter"),
        ("", ""),
    ],
)
def test_an_issue_that_says_what_it_is_gets_no_term(issue: str, said: str) -> None:
    known = {"number-term": "No.", "issue": issue, "series": "Notes"}
    assert fill("[{number-term} {issue}]", known) == said
    assert fill("[{series}][, {number-term} {issue}]", known) == (f"Notes, {said}" if said else "Notes")
