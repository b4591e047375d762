"""Octavo's own checks of a PDF: nothing is said of a sound one, and each harm has its code."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from octavo.checks.pdf import check_pdf, declared_standards
from octavo.diagnostics import Severity
from tests.unit.checks.finished import edition

Harm = Callable[[Any], None]


def _harmed(harm: Harm) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(edition("pdf"))) as pdf:
        harm(pdf)
        pdf.save(made)
    return made.getvalue()


def _elements(pdf: Any, kind: str) -> list[Any]:
    return [
        each
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and str(each.get("/S", "")) == kind
    ]


def _drop(key: str) -> Harm:
    def harm(pdf: Any) -> None:
        del pdf.Root[key]

    return harm


def _drop_fonts(pdf: Any) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor":
            for key in ("/FontFile2", "/FontFile3"):
                if key in each:
                    del each[key]


def _drop_text(pdf: Any) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each:
            del each["/ToUnicode"]


def _drop_alternatives(pdf: Any) -> None:
    for each in _elements(pdf, "/Figure"):
        del each["/Alt"]


def _turn_heads(pdf: Any) -> None:
    for each in _elements(pdf, "/TH"):
        each["/S"] = pikepdf.Name("/TD")


def _lower_headings(pdf: Any) -> None:
    for each in _elements(pdf, "/H1"):
        each["/S"] = pikepdf.Name("/H4")


def _break_links(pdf: Any) -> None:
    for page in pdf.pages:
        for each in page.obj.get("/Annots", []):
            if "/Dest" in each:
                each["/Dest"] = pikepdf.String("nowhere")


def _silence_links(pdf: Any) -> None:
    for page in pdf.pages:
        for each in page.obj.get("/Annots", []):
            if "/Contents" in each:
                del each["/Contents"]


def _untitled(pdf: Any) -> None:
    del pdf.Root["/Metadata"]
    del pdf.trailer["/Info"]


def _shrink(pdf: Any) -> None:
    pdf.pages[0].obj["/TrimBox"] = pikepdf.Array([-50, -50, 9000, 9000])


def _script(pdf: Any) -> None:
    pdf.Root["/OpenAction"] = pikepdf.Dictionary(
        S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)")
    )


def _retitled(pdf: Any) -> None:
    pdf.docinfo["/Title"] = "Another title"


HARMS: tuple[tuple[str, Harm], ...] = (
    ("pdf-untagged", _drop("/StructTreeRoot")),
    ("edition-without-language", _drop("/Lang")),
    ("pdf-title-not-shown", _drop("/ViewerPreferences")),
    ("pdf-without-xmp", _drop("/Metadata")),
    ("pdf-no-standard", _drop("/Metadata")),
    ("edition-without-title", _untitled),
    ("pdf-metadata-differs", _retitled),
    ("pdf-no-output-intent", _drop("/OutputIntents")),
    ("pdf-font-not-embedded", _drop_fonts),
    ("pdf-font-without-text", _drop_text),
    ("edition-without-alt", _drop_alternatives),
    ("edition-table-head", _turn_heads),
    ("edition-heading-order", _lower_headings),
    ("edition-link-broken", _break_links),
    ("pdf-link-without-text", _silence_links),
    ("pdf-boxes", _shrink),
    ("edition-active-content", _script),
)


def test_a_sound_pdf_is_found_sound() -> None:
    assert [each for each in check_pdf(edition("pdf"), "a.pdf") if each.severity is not Severity.INFO] == []
    assert declared_standards(edition("pdf")) == ("2a", "ua1")


@pytest.mark.parametrize(
    ("code", "harm"), [pytest.param(*case, id=f"{case[0]}-{at}") for at, case in enumerate(HARMS)]
)
def test_a_harmed_pdf_is_found_out(code: str, harm: Harm) -> None:
    assert code in {each.code for each in check_pdf(_harmed(harm), "a.pdf")}


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no pdf at all", b"%PDF-1.7\n" + b"\xff" * 5000])
def test_what_is_no_pdf_is_said(data: bytes) -> None:
    found = check_pdf(data, "a.pdf")
    assert {each.code for each in found} == {"edition-not-read"}
    assert not any(" at 0x" in each.message for each in found)


def test_a_locked_pdf_is_said() -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(edition("pdf"))) as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(owner="one", user="two"))
    (found,) = check_pdf(made.getvalue(), "a.pdf")
    assert found.code == "edition-not-read"
    assert "encrypted" in found.message


def test_no_cut_ends_in_a_traceback() -> None:
    whole = edition("pdf")
    for at in range(0, len(whole), max(1, len(whole) // 40)):
        check_pdf(whole[:at], "cut")
        check_pdf(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :], "turned")
