"""Every document of the repository as a Word file, before the Open XML SDK and LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus import name_of
from tests.external import validators
from tests.external.editions import Editions, assert_clean, assert_complete, export_corpus
from tests.external.word_text import docx_words, missing_words
from tests.word_rules import faults


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    return export_corpus("docx", tmp_path_factory.mktemp("docx"))


@pytest.fixture(scope="module")
def files(editions: Editions) -> dict[Path, Path]:
    assert editions.files, "no document became a Word file"
    return editions.files


def test_every_document_becomes_a_word_file(editions: Editions) -> None:
    assert_complete(editions)


@pytest.mark.parametrize("office_version", ["Office2019", "Microsoft365"])
def test_docx_passes_the_open_xml_sdk(files: dict[Path, Path], office_version: str) -> None:
    assert_clean(finding for path in files.values() for finding in validators.openxml(path, office_version))


def test_word_objects_to_nothing(files: dict[Path, Path]) -> None:
    found = {name_of(source): faults(path.read_bytes()) for source, path in files.items()}
    assert {name: said for name, said in found.items() if said} == {}


def test_docx_opens_in_libreoffice_with_all_its_words(files: dict[Path, Path], tmp_path: Path) -> None:
    printed = validators.libreoffice_pdfs(files.values(), tmp_path)
    lost: dict[str, list[str]] = {}
    for source, path in files.items():
        wanted = docx_words(path)
        assert wanted, f"{name_of(source)}: the Word file holds no words"
        missing = missing_words(wanted, validators.pdf_words(printed[path]))
        if missing:
            lost[name_of(source)] = missing
    assert lost == {}
