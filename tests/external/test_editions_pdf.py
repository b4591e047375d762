"""Every document of the repository as PDF, before veraPDF, qpdf and poppler."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus import name_of
from tests.external import validators
from tests.external.editions import Editions, assert_clean, assert_complete, export_corpus


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    return export_corpus("pdf", tmp_path_factory.mktemp("pdf"))


@pytest.fixture(scope="module")
def files(editions: Editions) -> dict[Path, Path]:
    assert editions.files, "no document became a PDF file"
    return editions.files


def test_every_document_becomes_a_pdf_file(editions: Editions) -> None:
    assert_complete(editions)


def test_pdf_is_pdf_ua_1_and_pdf_a_2a(files: dict[Path, Path]) -> None:
    found = validators.verapdf(files.values(), ("ua1", "2a"))
    assert_clean(finding for findings in found.values() for finding in findings)


def test_pdf_is_sound_as_a_file(files: dict[Path, Path]) -> None:
    assert_clean(finding for path in files.values() for finding in validators.qpdf_check(path))


def test_pdf_has_a_tag_tree_that_poppler_reads(files: dict[Path, Path]) -> None:
    trees = {name_of(source): validators.pdf_struct_text(path) for source, path in files.items()}
    assert [name for name, tree in trees.items() if not tree.strip()] == []
