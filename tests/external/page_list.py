"""The page list of an e-book beside the PDF of the same export: as many entries as pages with a folio, the same
labels, and at each mark the words that stand at the turn of the page.

Words are compared as their letters alone: line ends, hyphens at them, figures of lists and marks of notes differ by
the nature of the formats. Poppler reads the PDF, so that neither of the writers under test is believed.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
from lxml import etree

from octavo.validators.calls import Finding
from tests.external import tools

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
TYPE = "{http://www.idpf.org/2007/ops}type"
LETTERS = 18
"""How many letters on either side of a break are compared."""
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Break:
    """A mark in an e-book: its label, and the letters before and after it, once with figures and once without."""

    label: str
    before: tuple[str, str]
    after: tuple[str, str]


def compare(pdf: Path, epub: Path) -> list[Finding]:
    """Return what differs between the pages of a PDF and the page list of an e-book; nothing if all is well."""
    labels = pdf_labels(pdf)
    numbered = [at for at, label in enumerate(labels) if label]
    listed = list(page_list(epub))
    found = []
    if [label for label, _ in listed] != [labels[at] for at in numbered]:
        found.append(Finding(epub, "page-labels", f"{listed} is not {labels}"))
        return found
    pages = pdf_pages(pdf)
    marks = {mark.label: mark for mark in breaks(epub)}
    for at in numbered:
        mark = marks[labels[at]]
        if not pages[at] or not any(mark.after):
            continue
        if not any(after in pages[at] for after in mark.after):
            found.append(Finding(epub, "page-begin", f"{mark.label}: {mark.after} is not on its page"))
        earlier = "".join(pages[:at])
        if at and not any(before in earlier for before in mark.before):
            found.append(Finding(epub, "page-end", f"{mark.label}: {mark.before} is not before its page"))
    return found


def pdf_labels(path: Path) -> list[str]:
    """Return the label of each page of a PDF file; empty where it has none (ISO 32000-1, 12.4.2)."""
    with pikepdf.open(path) as pdf:
        tree = pdf.Root.get("/PageLabels")
        if tree is None:
            return [str(at + 1) for at in range(len(pdf.pages))]
        ranges = [*_numbers(tree), (len(pdf.pages), None)]
        return [
            _label(first, at - start)
            for (start, first), (end, _) in pairwise(ranges)
            for at in range(start, end)
        ]


def _numbers(tree: Any) -> Iterator[tuple[int, Any]]:
    row = list(tree.get("/Nums", ()))
    yield from zip((int(each) for each in row[::2]), row[1::2], strict=True)
    for kid in tree.get("/Kids", ()):
        yield from _numbers(kid)


def _label(entry: Any, offset: int) -> str:
    number = int(entry.get("/St", 1)) + offset
    prefix, style = str(entry.get("/P", "")), str(entry.get("/S", ""))
    if style in ("/r", "/R"):
        made = _roman(number)
        return prefix + (made.upper() if style == "/R" else made)
    return prefix + (str(number) if style == "/D" else "")


def _roman(number: int) -> str:
    made = ""
    for value, letters in _ROMAN:
        made += letters * (number // value)
        number %= value
    return made


def pdf_pages(path: Path) -> list[str]:
    """Return the letters of each page of a PDF file, in the order in which it draws them."""
    text = tools.run([tools.command("pdftotext"), "-raw", "-enc", "UTF-8", path, "-"])
    return [letters(page) for page in text.split("\f")[:-1]]


def letters(text: str) -> str:
    """Return the letters of a text."""
    return "".join(each for each in text.casefold() if each.isalpha())


def page_list(path: Path) -> Iterator[tuple[str, str]]:
    """Yield label and address of each entry of an e-book's page list."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("EPUB/nav.xhtml"))
        files = {
            name: {each.get("id") for each in etree.fromstring(package.read(name)).iter()}
            for name in package.namelist()
            if name.endswith(".xhtml")
        }
    for nav in root.iter(f"{XHTML}nav"):
        if nav.get(TYPE) == "page-list":
            for link in nav.iter(f"{XHTML}a"):
                file, _, identifier = link.get("href").partition("#")
                assert identifier in files[f"EPUB/{file}"], link.get("href")
                yield "".join(link.itertext()), link.get("href")


def breaks(path: Path) -> Iterator[Break]:
    """Yield the marks of an e-book in the order of its spine."""
    whole, bare = (_windows(*_stream(path, figures=figures)) for figures in (True, False))
    for (label, before, after), (_, bare_before, bare_after) in zip(whole, bare, strict=True):
        yield Break(label, (before, bare_before), (after, bare_after))


def _windows(text: str, marks: list[tuple[str, int]]) -> Iterator[tuple[str, str, str]]:
    """Yield for each mark its label, and the letters before and after it, as far as the marks beside it."""
    bounds = [0, *(at for _, at in marks), len(text)]
    for (label, at), low, high in zip(marks, bounds, bounds[2:], strict=False):
        yield label, text[max(low, at - LETTERS) : at], text[at : min(high, at + LETTERS)]


def _stream(path: Path, *, figures: bool) -> tuple[str, list[tuple[str, int]]]:
    """Return the letters of an e-book's text, and where among them each mark stands."""
    text, marks, length = [], [], 0
    with zipfile.ZipFile(path) as package:
        for name in _spine(package):
            body = etree.fromstring(package.read(name)).find(f"{XHTML}body")
            for piece in _pieces(body, figures=figures):
                if isinstance(piece, str):
                    kept = letters(piece)
                    text.append(kept)
                    length += len(kept)
                else:
                    marks.append((piece[0], length))
    return "".join(text), marks


def _spine(package: zipfile.ZipFile) -> Iterable[str]:
    root = etree.fromstring(package.read("EPUB/package.opf"))
    files = {item.get("id"): item.get("href") for item in root.iter(f"{OPF}item")}
    names = [files[each.get("idref")] for each in root.iter(f"{OPF}itemref")]
    return [f"EPUB/{name}" for name in names if name not in ("cover.xhtml", "nav.xhtml")]


def _pieces(element: Any, *, figures: bool) -> Iterator[str | tuple[str]]:
    """Yield the text of an element in its order, and the labels of the marks in it; notes are not among it."""
    if element.get("role") == "doc-pagebreak":
        yield (element.get("aria-label"),)
    skipped = element.get(TYPE) == "footnotes" or (
        not figures and element.tag == f"{XHTML}figure" and element.find(f".//{XHTML}img") is not None
    )
    if not skipped:
        yield element.text or ""
    for child in element:
        for piece in _pieces(child, figures=figures):
            if not skipped or not isinstance(piece, str):
                yield piece
        if not skipped:
            yield child.tail or ""


def places(path: Path) -> set[str]:
    """Return in which elements the marks of an e-book stand, and "word" where one stands within a word."""
    found: set[str] = set()
    with zipfile.ZipFile(path) as package:
        for name in _spine(package):
            for mark in etree.fromstring(package.read(name)).iter():
                if mark.get("role") != "doc-pagebreak":
                    continue
                found.update(etree.QName(each).localname for each in mark.iterancestors())
                above = mark.getprevious()
                before = (mark.getparent().text if above is None else above.tail) or " "
                if before[-1].isalpha() and (mark.tail or " ")[0].isalpha():
                    found.add("word")
    return found
