"""Small files made on the spot, sound ones and faulty ones, to see that each validator tells them apart."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
from docx.oxml.ns import qn
from reportlab.pdfgen.canvas import Canvas

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="id">urn:uuid:6f1f2a46-3f0b-4b57-9d59-0d0f6c1c5a10</dc:identifier>
    <dc:title>Sample</dc:title>
    <dc:language>en</dc:language>
    <meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>
    <meta property="schema:accessMode">textual</meta>
    <meta property="schema:accessModeSufficient">textual</meta>
    <meta property="schema:accessibilityFeature">tableOfContents</meta>
    <meta property="schema:accessibilityHazard">none</meta>
    <meta property="schema:accessibilitySummary">A sample with a heading and a paragraph.</meta>
  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="text" href="text.xhtml" media-type="application/xhtml+xml"/>
    <item id="dot" href="dot.svg" media-type="image/svg+xml"/>
  </manifest>
  <spine><itemref idref="text"/></spine>
</package>
"""
PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head><title>Sample</title>{head}</head>
<body>{body}</body>
</html>
"""
NAVIGATION = """
<nav epub:type="toc" role="doc-toc"><h1>Contents</h1><ol><li><a href="text.xhtml">Sample</a></li></ol></nav>
"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>'


def untagged_pdf(path: Path) -> Path:
    """A PDF file that is sound as a file and is neither PDF/UA nor PDF/A."""
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, "Untagged words")
    canvas.save()
    return path


def broken_pdf(path: Path) -> Path:
    """A PDF file that ends in the middle."""
    whole = untagged_pdf(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def word_file(path: Path, *, sound: bool = True) -> Path:
    """A Word file of one heading and one paragraph; the faulty one has run properties behind the run's text."""
    document = docx.Document()
    document.add_heading("Sample heading", 1)
    run = document.add_paragraph("Words of a paragraph").runs[0]
    if not sound:
        run._r.append(run._r.makeelement(qn("w:rPr"), {}))
    document.save(str(path))
    return path


def broken_zip(path: Path) -> Path:
    """A file that is called a Word file and is no package at all."""
    path.write_bytes(b"PK\x03\x04 and nothing of a package")
    return path


def book(path: Path, *, undeclared_file: bool = False, mute_image: bool = False) -> Path:
    """An e-book of one page.

    Args:
        path: the file to write.
        undeclared_file: link to a style sheet that the package document does not list.
        mute_image: show an image that has no alternative text.
    """
    head = '<link rel="stylesheet" href="look.css"/>' if undeclared_file else ""
    alternative = "" if mute_image else ' alt="A dot"'
    body = f'<h1>Sample</h1><p>Words <img src="dot.svg"{alternative}/></p>'
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/epub+zip")
        package.writestr("META-INF/container.xml", CONTAINER)
        package.writestr("book.opf", PACKAGE)
        package.writestr("nav.xhtml", PAGE.format(head="", body=NAVIGATION))
        package.writestr("text.xhtml", PAGE.format(head=head, body=body))
        package.writestr("dot.svg", DOT)
        if undeclared_file:
            package.writestr("look.css", "p { margin: 0 }")
    return path
