"""The text of a Word file, and the question whether a PDF file holds the same words."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
STORIES = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
BREAKS = {f"{W}tab", f"{W}br", f"{W}cr", f"{W}p"}


def docx_words(path: Path) -> list[str]:
    """The words of a Word file's body and notes; running heads and feet are left out, for pages repeat them."""
    with zipfile.ZipFile(path) as package:
        present = set(package.namelist())
        texts = [_story(package.read(name)) for name in STORIES if name in present]
    return " ".join(texts).split()


def formula_words(path: Path) -> list[str]:
    """The letters of a Word file's formulas: LibreOffice prints them only where its Math is installed."""
    with zipfile.ZipFile(path) as package:
        formulas = etree.fromstring(package.read("word/document.xml")).iter(f"{M}oMath")
        return ["".join(each.text or "" for each in formula.iter(f"{M}t")) for formula in formulas]


def notes_in_tables(path: Path) -> int:
    """How many notes a Word file's tables cite: LibreOffice prints those without a tag."""
    with zipfile.ZipFile(path) as package:
        tables = etree.fromstring(package.read("word/document.xml")).iterfind(f"{W}body/{W}tbl")
        return sum(1 for table in tables for _ in table.iter(f"{W}footnoteReference"))


def _story(data: bytes) -> str:
    return "".join(_pieces(etree.fromstring(data)))


def _pieces(element: etree._Element) -> Iterator[str]:
    if element.tag == FALLBACK:  # says again, for old readers, what its sibling says
        return
    if element.tag in BREAKS:
        yield " "
    if element.tag == f"{W}t":
        yield element.text or ""
    for child in element:
        yield from _pieces(child)


def missing_words(wanted: Iterable[str], page_words: Iterable[str]) -> list[str]:
    """The words that occur less often on the pages than they should.

    Figures are left out, for a word processor counts pages and notes in its own way. Letters are compared without
    case, ligatures and hyphens, as running text, for a line may break inside a word and capitals may be a style.
    """
    stream = "".join(_letters(word) for word in page_words)
    counts = Counter(part for word in wanted for part in re.split(r"[\W\d_]+", _plain(word)) if part)
    return [word for word, count in counts.items() if stream.count(word) < count]


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).replace("\u00ad", "").casefold()


def _letters(word: str) -> str:
    return re.sub(r"[\W\d_]+", "", _plain(word))
