"""Each validator tells a faulty file from a sound one: one that says nothing would let everything pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.external import samples, tools, validators
from tests.external.word_text import docx_words, missing_words


def codes(findings: list[validators.Finding]) -> list[str]:
    return [finding.code for finding in findings]


def test_verapdf_rejects_an_untagged_file(tmp_path: Path) -> None:
    path = samples.untagged_pdf(tmp_path / "untagged.pdf")
    found = codes(validators.verapdf([path], ("ua1", "2a"))[path])
    assert "ua1:7.1-3x1" in found, "content that is neither tagged nor an artifact"
    assert "ua1:7.21.4.1-1x1" in found, "a font that is not embedded"
    assert any(code.startswith("2a:6.6.2.1-1") for code in found), "no XMP metadata"


def test_verapdf_rejects_a_file_that_it_cannot_read(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    assert codes(validators.verapdf([path], ("ua1",))[path]) == ["ua1:unreadable"]


def test_qpdf_rejects_half_a_file(tmp_path: Path) -> None:
    assert validators.qpdf_check(samples.untagged_pdf(tmp_path / "whole.pdf")) == []
    assert validators.qpdf_check(samples.broken_pdf(tmp_path / "half.pdf"))


def test_poppler_reads_words_and_finds_no_tags(tmp_path: Path) -> None:
    path = samples.untagged_pdf(tmp_path / "untagged.pdf")
    assert validators.pdf_words(path) == ["Untagged", "words"]
    assert validators.pdf_struct_text(path).strip() == ""


def test_epubcheck_rejects_a_file_that_is_not_declared(tmp_path: Path) -> None:
    sound = samples.book(tmp_path / "sound.epub")
    faulty = samples.book(tmp_path / "faulty.epub", undeclared_file=True)
    broken = samples.broken_zip(tmp_path / "broken.epub")
    found = validators.epubcheck([sound, faulty, broken])
    assert found[sound] == []
    assert "RSC-008" in codes(found[faulty])
    assert found[broken]


@pytest.mark.parametrize("office_version", ["Office2019", "Microsoft365"])
def test_openxml_rejects_an_element_out_of_place(tmp_path: Path, office_version: str) -> None:
    assert validators.openxml(samples.word_file(tmp_path / "sound.docx"), office_version) == []
    found = validators.openxml(samples.word_file(tmp_path / "faulty.docx", sound=False), office_version)
    assert codes(found) == [f"{office_version}:Sch_UnexpectedElementContentExpectingComplex"]


def test_openxml_rejects_a_broken_package(tmp_path: Path) -> None:
    assert validators.openxml(samples.broken_zip(tmp_path / "broken.docx"))


def test_libreoffice_prints_the_words_of_a_file(tmp_path: Path) -> None:
    path = samples.word_file(tmp_path / "sound.docx")
    words = ["Sample", "heading", "Words", "of", "a", "paragraph"]
    assert docx_words(path) == words
    assert validators.pdf_words(validators.libreoffice_pdf(path, tmp_path / "out")) == words


def test_a_word_that_is_lost_on_the_page_is_noticed() -> None:
    wanted = ["Office", "rules", "re\u00adport", "twice", "twice", "12"]
    assert missing_words(wanted, ["O\ufb03ce", "ru-", "les", "REPORT", "twice", "twice"]) == []
    assert missing_words(wanted, ["Office", "rules", "report", "twice"]) == ["twice"]


def test_ace_rejects_an_image_without_alternative_text(tmp_path: Path) -> None:
    assert validators.ace(samples.book(tmp_path / "sound.epub")) == []
    assert "critical:image-alt" in codes(
        validators.ace(samples.book(tmp_path / "mute.epub", mute_image=True))
    )


def test_a_missing_tool_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_TOOLS", str(tmp_path))
    with pytest.raises(tools.ToolMissing, match=r"\.ci/install"):
        validators.openxml(tmp_path / "any.docx")
