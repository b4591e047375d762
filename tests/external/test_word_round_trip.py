"""Word files that LibreOffice wrote anew: octavo's own come back as an equal tree."""

from __future__ import annotations

from pathlib import Path

import pytest

import octavo
from octavo.api import parse
from octavo.tree.dump import to_text
from octavo.tree.walk import without_positions
from tests.corpus import ROOT, corpus, name_of
from tests.external import validators
from tests.external.editions import Editions, export_corpus

TOUR = ROOT / "examples/feature-tour.md"


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    return export_corpus("docx", tmp_path_factory.mktemp("docx"))


def test_every_document_comes_back_from_libreoffice(editions: Editions, tmp_path: Path) -> None:
    again = validators.libreoffice_docx(editions.files.values(), tmp_path)
    changed = []
    for source, path in editions.files.items():
        before = to_text(without_positions(parse(source).document))
        if to_text(without_positions(parse(again[path]).document)) != before:
            changed.append(name_of(source))
    assert changed == []
    assert len(editions.files) == len(corpus())


def test_in_every_theme(tmp_path: Path) -> None:
    files: dict[str, Path] = {}
    for theme in ("academic", "book", "newsletter", "plain", "report"):
        (edition,) = octavo.export(octavo.read(TOUR), tmp_path / theme, formats=("docx",), theme=theme)
        assert edition.path is not None
        files[theme] = edition.path
    again = validators.libreoffice_docx(files.values(), tmp_path / "again")
    before = to_text(without_positions(parse(TOUR).document))
    changed = [
        theme
        for theme, path in files.items()
        if to_text(without_positions(parse(again[path]).document)) != before
    ]
    assert changed == []
