"""Text in scripts that the theme's families lack: editions with the fonts that lend them their letters stay valid, and
LibreOffice shows the Word file in those fonts."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

import octavo
from octavo.tree import build
from tests.external import validators
from tests.external.editions import assert_clean
from tests.external.word_text import docx_words, missing_words

TEXTS = {
    "ar": ("كتاب في البحر", "هذا نص مهم فيه 12 كلمة"),
    "he": ("ספר על הים", "שלום עולם וספר חשוב"),
    "hi": ("हिन्दी की किताब", "यह हिन्दी में लिखा पाठ है"),
    "th": ("รายงาน", "ข้อความ ภาษาไทย"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """The Word file and the e-book of each language, with a table in a note."""
    folder = tmp_path_factory.mktemp("scripts")
    found: dict[str, tuple[Path, Path]] = {}
    for language, (title, text) in TEXTS.items():
        rows = [[str(row), text] for row in range(3)]
        note = build.footnote(text, build.table([title, text], *rows))
        body = build.section(title, build.paragraph(text, note), build.bullets(build.strong(text), text))
        document = build.document(body, title=title, language=language, authors="A. Author")
        word, book = octavo.export(document, folder, ["docx", "epub"], name=language)
        assert word.path is not None
        assert book.path is not None
        found[language] = word.path, book.path
    return found


def test_e_books_are_valid(made: dict[str, tuple[Path, Path]]) -> None:
    found = validators.epubcheck(book for _, book in made.values())
    assert_clean(finding for findings in found.values() for finding in findings)


@pytest.mark.parametrize("language", TEXTS)
def test_word_files_are_valid_and_shown_in_the_fonts_that_they_bring(
    made: dict[str, tuple[Path, Path]], language: str, tmp_path: Path
) -> None:
    word, _ = made[language]
    for version in ("Office2019", "Microsoft365"):
        assert_clean(validators.openxml(word, version))
    pages = validators.libreoffice_pdf(word, tmp_path)
    assert missing_words(docx_words(word), validators.pdf_words(pages)) == []
    fonts = subprocess.run(["pdffonts", str(pages)], capture_output=True, text=True, check=True).stdout
    assert re.search(r"FiraGO-(?:Regular|Bold)", fonts), fonts
