"""Titles, authors and dates of Word files of others."""

from __future__ import annotations

import datetime

import pytest

from octavo.tree import nodes
from octavo.tree.walk import plain_text
from tests.unit.readers.docx.files import STYLES, codes, p, read

PANDOC = STYLES + "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="Titel"/></w:style>'
    for name in ("Author", "Date")
)
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Ana Novak; Quay, Bo</dc:creator></cp:coreProperties>'
)


@pytest.mark.parametrize(
    ("written", "date", "text"),
    [
        ("30 June 2025", datetime.date(2025, 6, 30), ""),
        ("Spring 2025", None, "Spring 2025"),
        ("31 February 2025", None, "31 February 2025"),
    ],
)
def test_a_date_below_the_title_is_metadata(written: str, date: datetime.date | None, text: str) -> None:
    body = p("The Title", "Titel") + p("Ada Moor", "Author") + p(written, "Date") + p("One", "berschrift1")
    document = read(body, styles=PANDOC)
    assert (document.metadata.date, document.metadata.date_text) == (date, text)
    assert [each.name for each in document.metadata.authors] == ["Ada Moor"]
    assert len(document.content) == 1


def test_a_date_above_a_letter_stays_in_it() -> None:
    document = read(p("3 May 2025", "Date") + p("Dear Ada,"), styles=PANDOC)
    assert document.metadata.date is None
    assert [plain_text(each) for each in document.content] == ["3 May 2025", "Dear Ada,"]


def test_a_name_with_a_comma_is_one_where_each_author_has_a_paragraph() -> None:
    body = p("The Title", "Titel") + p("Ana Novak", "Author") + p("Quay, Bo", "Author") + p("Text.")
    assert [each.name for each in read(body, styles=PANDOC, core=CORE).metadata.authors] == [
        "Ana Novak",
        "Quay, Bo",
    ]
    together = p("The Title", "Titel") + p("Ana Novak, Bo Quay", "Author") + p("Text.")
    assert [each.name for each in read(together, styles=PANDOC, core=CORE).metadata.authors] == [
        "Ana Novak",
        "Bo Quay",
    ]


def test_the_one_heading_above_all_is_the_title() -> None:
    body = p("All of it", "berschrift1") + p("a") + p("Part", "berschrift2") + p("b")
    document = read(body)
    assert document.metadata.title == "All of it"
    assert [type(each) for each in document.content] == [nodes.Paragraph, nodes.Section]
    assert "title-from-heading" in codes(body)


@pytest.mark.parametrize(
    "body",
    [
        p("One", "berschrift1") + p("a") + p("Two", "berschrift1") + p("b"),
        p("a") + p("One", "berschrift1") + p("b"),
        p("The Title", "Titel") + p("One", "berschrift1") + p("b"),
    ],
)
def test_other_headings_stay(body: str) -> None:
    assert "title-from-heading" not in codes(body)
    assert any(isinstance(each, nodes.Section) for each in read(body).content)
