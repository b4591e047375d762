"""Every document of the repository as EPUB, before EPUBCheck and Ace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus import ROOT
from tests.external import validators
from tests.external.editions import Editions, assert_clean, assert_complete, export_corpus


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    return export_corpus("epub", tmp_path_factory.mktemp("epub"))


@pytest.fixture(scope="module")
def files(editions: Editions) -> dict[Path, Path]:
    assert editions.files, "no document became an e-book"
    return editions.files


def test_every_document_becomes_an_e_book(editions: Editions) -> None:
    assert_complete(editions)


def test_epub_passes_epubcheck_without_a_warning(files: dict[Path, Path]) -> None:
    found = validators.epubcheck(files.values())
    assert_clean(finding for findings in found.values() for finding in findings)


def test_epub_passes_ace(files: dict[Path, Path]) -> None:
    # Ace takes seconds for each book, so it sees the whole documents only, not the cases of single features.
    whole = [ROOT / "seeds", ROOT / "examples"]
    books = [path for source, path in files.items() if any(map(source.is_relative_to, whole))]
    assert len(books) > 1, "neither seeds nor examples became e-books"
    assert_clean(finding for path in books for finding in validators.ace(path))


def test_every_theme_makes_an_e_book_that_passes(tmp_path: Path) -> None:
    import octavo

    tour = octavo.read(ROOT / "examples" / "feature-tour.md")
    books = []
    for theme in ("academic", "book", "newsletter", "plain", "report"):
        (made,) = octavo.export(tour, tmp_path / theme, formats=("epub",), theme=theme)
        assert made.path is not None, made.diagnostics
        books.append(made.path)
    found = validators.epubcheck(books)
    assert_clean(finding for findings in found.values() for finding in findings)
    # Ace takes its time; the two that differ most from the theme of the corpus go before it.
    assert_clean(finding for path in books[1:3] for finding in validators.ace(path))
