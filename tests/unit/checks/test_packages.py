"""Octavo's own checks of Word files and e-books: nothing is said of sound ones, and each harm has its code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from octavo.checks.docx import check_docx
from octavo.checks.epub import check_epub
from octavo.diagnostics import Diagnostic, Severity
from tests.unit.checks.finished import edition, replaced, rezipped, without

Harm = Callable[[bytes], bytes]


def _serious(found: tuple[Diagnostic, ...]) -> set[str]:
    return {each.code for each in found if each.severity is not Severity.INFO}


def _bomb(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(11):
            package.writestr(f"part{number}", bytes(100_000_000))
    return made.getvalue()


COMMON: tuple[tuple[str, Harm], ...] = (
    ("edition-not-read", lambda data: data[:0] + b"no archive"),
    ("edition-not-read", lambda data: data[: len(data) // 2]),
    ("edition-not-read", _bomb),
    ("edition-part-broken", lambda data: rezipped(data, lambda parts: {**parts, "../evil": b""})),
)
WORD: tuple[tuple[str, Harm], ...] = (
    *COMMON,
    ("edition-part-missing", lambda data: without(data, "[Content_Types].xml")),
    ("edition-part-missing", lambda data: without(data, "footnotes.xml")),
    ("edition-part-broken", lambda data: replaced(data, "word/document.xml", "</w:body>", "")),
    ("edition-without-title", lambda data: replaced(data, "core.xml", "A sound brief", "")),
    ("edition-without-language", lambda data: replaced(data, "styles.xml", "w:lang ", "w:noLang ")),
    ("edition-without-alt", lambda data: replaced(data, "document.xml", "A plain square, all teal", "")),
    ("edition-table-head", lambda data: replaced(data, "document.xml", "w:tblHeader", "w:noHeader")),
    (
        "docx-style-missing",
        lambda data: replaced(data, "document.xml", 'w:val="Heading1"', 'w:val="Nowhere"'),
    ),
    ("edition-heading-order", lambda data: replaced(data, "document.xml", '"Heading1"', '"Heading3"')),
    ("edition-link-broken", lambda data: replaced(data, "document.xml", "w:bookmarkStart", "w:permStart")),
)
BOOK: tuple[tuple[str, Harm], ...] = (
    *COMMON,
    ("epub-mimetype", lambda data: replaced(data, "mimetype", "epub+zip", "zip")),
    ("epub-mimetype", lambda data: without(data, "mimetype")),
    ("edition-part-missing", lambda data: without(data, "container.xml")),
    ("edition-part-missing", lambda data: without(data, ".png")),
    ("edition-without-title", lambda data: replaced(data, ".opf", "dc:title", "dc:subject")),
    ("edition-without-language", lambda data: replaced(data, ".opf", "dc:language", "dc:subject")),
    ("epub-without-identifier", lambda data: replaced(data, ".opf", "dcterms:modified", "dcterms:created")),
    ("epub-without-navigation", lambda data: replaced(data, ".opf", 'properties="nav"', "")),
    ("epub-unlisted-part", lambda data: rezipped(data, lambda parts: {**parts, "EPUB/extra.xhtml": b"<p/>"})),
    ("epub-accessibility-missing", lambda data: replaced(data, ".opf", "schema:accessMode", "schema:other")),
    ("epub-false-claim", lambda data: replaced(data, ".opf", ">alternativeText<", ">MathML<")),
    (
        "edition-table-head",
        lambda data: replaced(replaced(data, ".xhtml", "<th ", "<td "), ".xhtml", "</th>", "</td>"),
    ),
    ("edition-without-alt", lambda data: replaced(data, ".xhtml", 'alt="A plain', 'title="A plain')),
    ("edition-link-broken", lambda data: replaced(data, ".xhtml", 'id="sec-second"', 'id="sec-third"')),
    ("edition-active-content", lambda data: replaced(data, ".xhtml", "</body>", "<script/></body>")),
    ("epub-page-list", lambda data: replaced(data, "nav.xhtml", "page-list", "page-no-list")),
    ("edition-part-broken", lambda data: replaced(data, ".xhtml", "</body>", "")),
)


def _named(cases: tuple[tuple[str, Harm], ...]) -> list[object]:
    return [pytest.param(code, harm, id=f"{code}-{number}") for number, (code, harm) in enumerate(cases)]


def test_sound_editions_are_found_sound() -> None:
    assert _serious(check_docx(edition("docx"), "brief.docx")) == set()
    assert _serious(check_epub(edition("epub"), "brief.epub")) == set()


@pytest.mark.parametrize(("code", "harm"), _named(WORD))
def test_a_harmed_word_file_is_found_out(code: str, harm: Harm) -> None:
    found = check_docx(harm(edition("docx")), "brief.docx")
    assert code in {each.code for each in found}
    assert all(each.position is not None and each.position.file == "brief.docx" for each in found)


@pytest.mark.parametrize(("code", "harm"), _named(BOOK))
def test_a_harmed_e_book_is_found_out(code: str, harm: Harm) -> None:
    assert code in {each.code for each in check_epub(harm(edition("epub")), "brief.epub")}


@pytest.mark.parametrize(("check", "format"), [(check_docx, "docx"), (check_epub, "epub")])
def test_no_harm_at_all_ends_in_a_traceback(
    check: Callable[[bytes, str], tuple[Diagnostic, ...]], format: str
) -> None:
    whole = edition(format)
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        check(whole[:at], "cut")
        check(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :], "turned")
