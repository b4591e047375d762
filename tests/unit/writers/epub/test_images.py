"""Images: which go in, under which names, and what an SVG may hold."""

from __future__ import annotations

import pytest

from octavo.media import recognise
from octavo.tree import Document
from octavo.tree import nodes as n
from octavo.tree.metadata import Metadata
from octavo.writers.svg.clean import clean_svg
from tests.unit.writers.epub.features import paragraph
from tests.unit.writers.epub.making import Book, book, raster

HEAD = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
)


def showing(source: str, data: bytes | None = None, *, width: float = 0.0, decorative: bool = False) -> Book:
    media = {source: recognise(source, data) if data else raster(source)}
    image = n.Image(source=source, alt="Told", width=width, decorative=decorative)
    return book(Document(metadata=Metadata(language="en"), content=(paragraph(image),)), media=media)


def test_an_image_is_stored_once_however_often_it_is_shown() -> None:
    image = n.Image(source="a.png", alt="Told")
    made = book(
        Document(content=(paragraph(image, image), paragraph(image))), media={"a.png": raster("a.png")}
    )
    assert len([name for name in made.files if name.startswith("EPUB/images/") and "cover" not in name]) == 1
    assert made.text().count("<img ") == 3


def test_rasters_that_no_reader_knows_become_png() -> None:
    media = {"a.tif": raster("a.tif", "TIFF")}
    made = book(Document(content=(paragraph(n.Image(source="a.tif", alt="Told")),)), media=media)
    (name,) = [name for name in made.files if name.startswith("EPUB/images/") and "cover" not in name]
    assert name.endswith(".png")
    assert made.files[name].startswith(b"\x89PNG")


def test_widths_are_shares_or_ems() -> None:
    assert 'style="width: 50%"' in showing("a.png", width=-0.5).text()
    assert 'style="width: 2em"' in showing("a.png", width=21.0).text()
    assert "style=" not in showing("a.png").text()


def test_decorative_images_are_silent() -> None:
    assert 'alt="" role="presentation"' in showing("a.png", decorative=True).text()


@pytest.mark.parametrize(
    "inside",
    [
        b"<script>alert(1)</script>",
        b'<rect onclick="alert(1)"/>',
        b'<image href="https://example.org/x.png"/>',
        b'<image xlink:href="file:///etc/passwd"/>',
        b'<use href="other.svg#a"/>',
        b'<a href="javascript:alert(1)"><rect/></a>',
        b"<style>@import url(https://example.org/x.css);</style>",
        b'<rect fill="url(https://example.org/p.svg#p)"/>',
        b"<rect style=\"fill: url( 'http://example.org/x' )\"/>",
        b"<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
    ],
)
def test_what_reaches_out_of_an_svg_is_taken_out_and_reported(inside: bytes) -> None:
    cleaned, lost = clean_svg(HEAD + inside + b"</svg>")
    assert lost
    for forbidden in (
        b"script",
        b"onclick",
        b"http://example",
        b"https://",
        b"file:",
        b"other.svg",
        b"foreign",
    ):
        assert forbidden not in cleaned


def test_a_harmless_svg_keeps_its_vectors() -> None:
    inside = (
        b'<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>'
        b'<rect fill="url(#g)" style="stroke:url(\'#g\')"/><use xlink:href="#g"/><text>words</text>'
    )
    cleaned, lost = clean_svg(HEAD + inside + b"</svg>")
    assert not lost
    for kept in (b'viewBox="0 0 9 9"', b"linearGradient", b'fill="url(#g)"', b'xlink:href="#g"', b"words"):
        assert kept in cleaned


def test_document_types_comments_and_editors_data_go_without_a_word() -> None:
    data = (
        b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="urn:editor" i:x="1"><!-- c --><i:view/><metadata/><g/></svg>'
    )
    cleaned, lost = clean_svg(data)
    assert not lost
    for gone in (b"DOCTYPE", b"editor", b"metadata", b"<!--"):
        assert gone not in cleaned


def test_a_broken_svg_leaves_its_alternative_text() -> None:
    assert clean_svg(b"<svg")[0] == b""
    assert clean_svg(b"<html/>")[0] == b""
    made = showing("a.svg", HEAD + b"<script>x</script><rect/></svg>")
    assert "svg-cleaned" in {each.code for each in made.diagnostics}
    assert "<img " in made.text()


def test_a_missing_image_leaves_its_alternative_text() -> None:
    made = book(Document(content=(paragraph(n.Image(source="gone.png", alt="What it showed")),)))
    assert '<span class="missing-image">What it showed</span>' in made.text()


def test_the_document_s_own_cover_is_used() -> None:
    media = {"front.png": raster("front.png")}
    made = book(
        Document(metadata=Metadata(title="T", cover="front.png"), content=(paragraph("x"),)), media=media
    )
    assert "EPUB/images/cover.png" not in made.files
    assert made.text("package.opf").count('properties="cover-image"') == 1
