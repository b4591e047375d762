"""The Word file beside the PDF file of one export: what LibreOffice prints of the one says what the other says."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

import octavo
from tests.corpus import ROOT, corpus, name_of
from tests.external import tagged_text, validators
from tests.external.tagged_text import Tagged
from tests.external.word_text import W, docx_words, formula_words, missing_words, notes_in_tables

TOUR = ROOT / "examples/feature-tour.md"
WANTED = [(source, "policy") for source in corpus()] + [
    (TOUR, theme) for theme in ("academic", "book", "newsletter", "plain", "report")
]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path, Path]]:
    """Name -> the PDF file, the Word file, and the PDF file that LibreOffice printed of that."""
    folder = tmp_path_factory.mktemp("beside")
    made: dict[str, tuple[Path, Path]] = {}
    for number, (source, theme) in enumerate(WANTED):
        editions = octavo.export(
            octavo.read(source), folder / str(number), formats=("pdf", "docx"), theme=theme
        )
        pdf, docx = (each.path for each in editions)
        assert pdf is not None
        assert docx is not None
        made[f"{name_of(source)} ({theme})"] = pdf, docx
    printed = validators.libreoffice_pdfs([docx for _, docx in made.values()], folder / "out", tagged=True)
    return {name: (pdf, docx, printed[docx]) for name, (pdf, docx) in made.items()}


@pytest.fixture(scope="module")
def tagged(pairs: dict[str, tuple[Path, Path, Path]]) -> dict[str, tuple[Tagged, Tagged]]:
    """Name -> what the PDF file says, and what LibreOffice printed."""
    return {
        name: (
            tagged_text.read(validators.pdf_struct_text(pdf)),
            tagged_text.read(validators.pdf_struct_text(printed)),
        )
        for name, (pdf, _, printed) in pairs.items()
    }


def test_they_have_the_same_headings(tagged: dict[str, tuple[Tagged, Tagged]]) -> None:
    assert sum(len(ours.headings) for ours, _ in tagged.values()) > len(tagged)
    differing = {
        name: (ours.headings, printed.headings)
        for name, (ours, printed) in tagged.items()
        if len(ours.headings) != len(printed.headings)
        or not all(map(is_same_heading, ours.headings, printed.headings))
    }
    assert differing == {}


def is_same_heading(ours: tuple[int, str], printed: tuple[int, str]) -> bool:
    """An appendix has its letter as text in Word, which counts in figures alone."""
    return ours[0] == printed[0] and printed[1].endswith(ours[1]) and len(printed[1]) - len(ours[1]) <= 1


def test_they_have_the_same_notes(
    pairs: dict[str, tuple[Path, Path, Path]], tagged: dict[str, tuple[Tagged, Tagged]]
) -> None:
    """All notes of the one, which begin alike and hold the same words; one that goes on on a page counts twice."""
    assert sum(len(ours.notes) for ours, _ in tagged.values()) > 3
    differing: dict[str, object] = {}
    for name, (ours, printed) in tagged.items():
        page_words = validators.pdf_words(pairs[name][2])
        stream = tagged_text.letters("".join(page_words))
        starts = [each for each in ours.notes if tagged_text.letters(each)[:25] not in stream]
        lost = missing_words(" ".join(ours.notes).split(), page_words)
        untagged = notes_in_tables(pairs[name][1])
        if len(ours.notes) > len(printed.notes) + untagged or starts or lost:
            differing[name] = len(ours.notes), len(printed.notes), starts, lost
    assert differing == {}


def test_every_word_in_print_stands_in_the_word_file(
    pairs: dict[str, tuple[Path, Path, Path]], tagged: dict[str, tuple[Tagged, Tagged]]
) -> None:
    missing: dict[str, list[str]] = {}
    for name, (ours, _) in tagged.items():
        _, docx, printed = pairs[name]
        page_words = [*validators.pdf_words(printed), *running_words(docx), *formula_words(docx)]
        if lost := missing_words(" ".join(ours.paragraphs).split(), page_words):
            missing[name] = lost
    assert missing == {}


def test_every_word_of_the_word_file_is_printed_by_both(pairs: dict[str, tuple[Path, Path, Path]]) -> None:
    missing: dict[str, list[str]] = {}
    for name, (pdf, docx, printed) in pairs.items():
        words = docx_words(docx)
        assert words, name
        for path in (pdf, printed):
            if lost := missing_words(words, validators.pdf_words(path)):
                missing[f"{name}: {path.name}"] = lost
    assert missing == {}


def running_words(path: Path) -> list[str]:
    """Return the words of a Word file's headers and footers."""
    with zipfile.ZipFile(path) as package:
        names = [each for each in package.namelist() if each.startswith(("word/header", "word/footer"))]
        roots = [etree.fromstring(package.read(each)) for each in names]
    texts = [
        "".join(text.text or "" for text in each.iter(f"{W}t"))
        for root in roots
        for each in root.iter(f"{W}p")
    ]
    return " ".join(texts).split()
