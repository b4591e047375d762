"""Every document of the repository, in every edition, before every judge.

The tests of one format share its editions, which are made once in a session; the group marks keep them in one
process when pytest runs in several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.corpus import ROOT, corpus, name_of
from tests.external import validators
from tests.external.validators import Finding
from tests.external.word_text import docx_words, missing_words

THEME = "policy"
FORMATS = ("pdf", "docx", "epub")
ACE_SOURCES = "seeds"
"""Ace takes seconds for each book, so it sees the whole documents only, not the single features."""


@dataclass(frozen=True, slots=True)
class Made:
    """The editions of the corpus in one format: source -> file, and a line for each document that failed."""

    files: dict[Path, Path]
    failures: tuple[str, ...]


Editions = Callable[[str], Made]
Files = Callable[[str], dict[Path, Path]]


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    """Export the whole corpus to one format, once: `exported("pdf")`."""
    folder = tmp_path_factory.mktemp("editions")

    @cache
    def made(edition_format: str) -> Made:
        files: dict[Path, Path] = {}
        failures: list[str] = []
        for source in corpus():
            try:
                files[source] = export(source, folder, edition_format)
            except (
                Exception
            ) as fault:  # a fault in one document must not hide what the judges say of the others
                failures.append(f"{name_of(source)}: {type(fault).__name__}: {fault}")
        return Made(files, tuple(failures))

    return made


@pytest.fixture
def editions(exported: Editions) -> Files:
    """Give the files of one format; none at all is a failure, for a judge of nothing finds nothing."""

    def files(edition_format: str) -> dict[Path, Path]:
        made = exported(edition_format).files
        assert made, f"no document became a {edition_format} edition"
        return made

    return files


def export(source: Path, folder: Path, edition_format: str) -> Path:
    """Export one document to one format, through the public functions, to a folder of its own."""
    import octavo

    out = folder / name_of(source).replace("/", "-")
    (edition,) = octavo.export(octavo.read(source), out, formats=(edition_format,), theme=THEME)
    assert edition.path is not None, edition.diagnostics
    assert edition.path.is_file()
    assert edition.path.suffix == f".{edition_format}"
    return edition.path


def assert_clean(findings: Iterable[Finding]) -> None:
    """Fail with one line for each finding."""
    lines = [str(finding) for finding in findings]
    assert not lines, f"{len(lines)} findings:\n" + "\n".join(lines)


@pytest.mark.parametrize(
    "edition_format", [pytest.param(each, marks=pytest.mark.xdist_group(each)) for each in FORMATS]
)
def test_every_document_becomes_an_edition(exported: Editions, edition_format: str) -> None:
    assert exported(edition_format).failures == ()


@pytest.mark.xdist_group("pdf")
def test_pdf_is_pdf_ua_1_and_pdf_a_2a(editions: Files) -> None:
    found = validators.verapdf(editions("pdf").values(), ("ua1", "2a"))
    assert_clean(finding for findings in found.values() for finding in findings)


@pytest.mark.xdist_group("pdf")
def test_pdf_is_sound_as_a_file(editions: Files) -> None:
    assert_clean(finding for path in editions("pdf").values() for finding in validators.qpdf_check(path))


@pytest.mark.xdist_group("pdf")
def test_pdf_has_a_tag_tree_that_poppler_reads(editions: Files) -> None:
    bare = [
        name_of(source)
        for source, path in editions("pdf").items()
        if not validators.pdf_struct_text(path).strip()
    ]
    assert bare == []


@pytest.mark.xdist_group("epub")
def test_epub_passes_epubcheck_without_a_warning(editions: Files) -> None:
    found = validators.epubcheck(editions("epub").values())
    assert_clean(finding for findings in found.values() for finding in findings)


@pytest.mark.xdist_group("epub")
def test_epub_passes_ace(editions: Files) -> None:
    books = [path for source, path in editions("epub").items() if source.is_relative_to(ROOT / ACE_SOURCES)]
    assert_clean(finding for path in books for finding in validators.ace(path))


@pytest.mark.xdist_group("docx")
@pytest.mark.parametrize("office_version", ["Office2019", "Microsoft365"])
def test_docx_passes_the_open_xml_sdk(editions: Files, office_version: str) -> None:
    paths = editions("docx").values()
    assert_clean(finding for path in paths for finding in validators.openxml(path, office_version))


@pytest.mark.xdist_group("docx")
def test_docx_opens_in_libreoffice_with_all_its_words(editions: Files, tmp_path: Path) -> None:
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
    assert sorted(edition.path.suffix for edition in made if edition.path) == [".docx", ".epub", ".pdf"]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".epub", ".pdf"]
