"""Every document of the repository, in every edition, before every judge.

The tests of one format share its editions, which are made once in a session; the group marks keep them in one
process when pytest runs in several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from tests.corpus import ROOT, corpus, name_of
from tests.external import validators
from tests.external.validators import Finding
from tests.external.word_text import docx_words, missing_words

Editions = Callable[[str], dict[Path, Path]]

THEME = "policy"
FORMATS = ("pdf", "docx", "epub")
ACE_SOURCES = "seeds"
"""Ace takes seconds for each book, so it sees the whole documents only, not the single features."""


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    """Make the editions of the whole corpus in one format: `editions("pdf")` gives source -> file."""
    folder = tmp_path_factory.mktemp("editions")

    @cache
    def made(edition_format: str) -> dict[Path, Path]:
        sources = corpus()
        if not sources:
            pytest.fail("the repository holds no document to export")
        return {source: export(source, folder, edition_format) for source in sources}

    return made


def export(source: Path, folder: Path, edition_format: str) -> Path:
    """Export one document to one format through the public functions, each document to a folder of its own."""
    import octavo

    out = folder / name_of(source).replace("/", "-")
    (edition,) = octavo.export(octavo.read(source), out, formats=(edition_format,), theme=THEME)
    path = Path(edition.path)
    assert path.is_file(), f"{name_of(source)}: no {edition_format} edition; {edition.diagnostics}"
    assert path.suffix == f".{edition_format}"
    return path


def assert_clean(findings: Iterable[Finding]) -> None:
    """Fail with one line for each finding."""
    lines = [str(finding) for finding in findings]
    assert not lines, f"{len(lines)} findings:\n" + "\n".join(lines)


@pytest.mark.xdist_group("pdf")
def test_pdf_is_pdf_ua_1_and_pdf_a_2a(editions: Editions) -> None:
    found = validators.verapdf(editions("pdf").values(), ("ua1", "2a"))
    assert_clean(finding for findings in found.values() for finding in findings)


@pytest.mark.xdist_group("pdf")
def test_pdf_is_sound_as_a_file(editions: Editions) -> None:
    assert_clean(finding for path in editions("pdf").values() for finding in validators.qpdf_check(path))


@pytest.mark.xdist_group("pdf")
def test_pdf_has_a_tag_tree_that_poppler_reads(editions: Editions) -> None:
    bare = [
        name_of(source)
        for source, path in editions("pdf").items()
        if not validators.pdf_struct_text(path).strip()
    ]
    assert bare == []


@pytest.mark.xdist_group("epub")
def test_epub_passes_epubcheck_without_a_warning(editions: Editions) -> None:
    found = validators.epubcheck(editions("epub").values())
    assert_clean(finding for findings in found.values() for finding in findings)


@pytest.mark.xdist_group("epub")
def test_epub_passes_ace(editions: Editions) -> None:
    books = [path for source, path in editions("epub").items() if source.is_relative_to(ROOT / ACE_SOURCES)]
    assert_clean(finding for path in books for finding in validators.ace(path))


@pytest.mark.xdist_group("docx")
@pytest.mark.parametrize("office_version", ["Office2019", "Microsoft365"])
def test_docx_passes_the_open_xml_sdk(editions: Editions, office_version: str) -> None:
    paths = editions("docx").values()
    assert_clean(finding for path in paths for finding in validators.openxml(path, office_version))


@pytest.mark.xdist_group("docx")
def test_docx_opens_in_libreoffice_with_all_its_words(editions: Editions, tmp_path: Path) -> None:
    files = editions("docx")
    printed = validators.libreoffice_pdfs(files.values(), tmp_path)
    lost: dict[str, list[str]] = {}
    for source, path in files.items():
        wanted = docx_words(path)
        assert wanted, f"{name_of(source)}: the Word file holds no words"
        missing = missing_words(wanted, validators.pdf_words(printed[path]))
        if missing:
            lost[name_of(source)] = missing
    assert lost == {}


def test_one_call_makes_all_editions_of_a_document(tmp_path: Path) -> None:
    import octavo

    document = next(path for path in corpus() if path.is_relative_to(ROOT / "seeds"))
    made = octavo.export(octavo.read(document), tmp_path, formats=FORMATS, theme=THEME)
    assert sorted(Path(edition.path).suffix for edition in made) == [".docx", ".epub", ".pdf"]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".epub", ".pdf"]
