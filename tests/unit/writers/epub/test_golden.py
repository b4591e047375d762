"""Accepted dumps of the files that a document with everything in it becomes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.writers.epub.features import DOCUMENT
from tests.unit.writers.epub.making import Book, book, layout, raster, styles

THEME = """
name = "Small"
[token.color]
ink = "#222222"
[token.font]
text = ["Source Serif Pro"]
heading = ["Source Sans Pro"]
mono = ["Cascadia Mono"]
[numbering]
section-depth = 2
[page.masthead]
show = true
left = ["{publisher}"]
right = ["[{series} ]{issue}"]
[style.text]
size = "10pt"
leading = "14pt"
align = "justify"
hyphenate = true
[style.masthead]
background = "#0b3c66"
color = "#ffffff"
[style.title]
font = "Source Sans Pro"
size = "20pt"
leading = 1.2
weight = 600
align = "left"
indent-left = "-20pt"
[style.heading-1]
font = "Source Sans Pro"
weight = 600
marker-indent = "20pt"
space-before = "18pt"
space-after = "4pt"
keep-with-next = true
[style.key-points]
font = "Source Sans Pro"
background = "#edf3f8"
border-left = { width = "3pt", color = "#0b4f8a" }
padding = ["10pt", "12pt"]
[style.key-points.list-item]
marker = "▸"
indent-left = "12pt"
marker-indent = "12pt"
[style.author-note]
label = "run-in"
[style.quote]
indent-left = "15pt"
color = "#555555"
[style.table-cell]
padding = "3pt"
border-bottom = { width = "0.5pt", color = "#999999" }
[mark.emphasis]
italic = true
[mark.strong]
weight = 700
[mark.small-caps]
small-caps = true
[mark.superscript]
scale = 0.7
rise = 0.35
[mark.link]
color = "#0b4f8a"
[mark.heading-number]
color = "#a85a14"
[mark.code]
font = "Cascadia Mono"
scale = 0.9
"""
NAMES = ("text.xhtml", "style.css", "package.opf", "nav.xhtml", "toc.ncx", "cover.xhtml")


@pytest.fixture(scope="module")
def features() -> Book:
    media = {"chart.png": raster()}
    pages = layout(("1", 1, 0), ("2", 14, 8), ("iii",), ("4", 60, 0))
    return book(DOCUMENT, sheet=styles(text=THEME), media=media, layout=pages)


@pytest.mark.parametrize("name", NAMES)
def test_files_are_as_accepted(features: Book, golden: Callable[[Path, str], None], name: str) -> None:
    golden(Path("epub") / "features" / name, features.text(name))


def test_parts_are_as_accepted(features: Book, golden: Callable[[Path, str], None]) -> None:
    listing = [f"{name}" for name in features.files]
    listing += [f"{each.severity}[{each.code}] {each.message}" for each in features.diagnostics]
    golden(Path("epub") / "features" / "parts.txt", "\n".join(listing))
