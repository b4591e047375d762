"""What is done to raster images so that every store takes them."""

from __future__ import annotations

import io
from typing import Any

import pytest

from octavo.media import recognise
from octavo.tree import Document
from octavo.tree import nodes as n
from octavo.tree.metadata import Metadata
from octavo.writers.epub.rasters import LARGEST, fitting
from tests.unit.writers.epub.features import paragraph
from tests.unit.writers.epub.making import book


def file(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new(mode, size, 1 if mode in ("L", "1", "P") else (10,) * len(mode)).save(out, kind, **options)
    return out.getvalue()


def moving(kind: str) -> bytes:
    from PIL import Image

    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg"), ("GIF", "a.gif")])
def test_what_is_as_it_should_be_is_copied(kind: str, name: str) -> None:
    data = file(kind)
    made = fitting(recognise(name, data))
    assert made.data == data
    assert not made.changes
    assert not made.moves


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.webp", file("WEBP"), "image/jpeg"),
        ("a.webp", file("WEBP", lossless=True), "image/png"),
        ("a.webp", file("WEBP", "RGBA"), "image/png"),
        ("a.bmp", file("BMP"), "image/png"),
        ("a.tif", file("TIFF"), "image/png"),
        ("a.tif", file("TIFF", "CMYK"), "image/png"),
        ("a.tif", file("TIFF", "L"), "image/png"),
    ],
)
def test_what_stores_do_not_take_becomes_what_they_do(name: str, data: bytes, kind: str) -> None:
    from PIL import Image

    made = fitting(recognise(name, data))
    assert made.media_type == kind
    with Image.open(io.BytesIO(made.data)) as picture:
        assert picture.mode in ("L", "RGB", "RGBA", "P", "1")
        assert picture.size == (40, 20)


def test_ink_becomes_light() -> None:
    from PIL import Image

    made = fitting(recognise("a.jpg", file("JPEG", "CMYK")))
    assert made.changes == ("turned from CMYK to RGB",)
    with Image.open(io.BytesIO(made.data)) as picture:
        assert picture.mode == "RGB"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_what_is_too_large_is_made_smaller_and_keeps_its_shape(kind: str) -> None:
    from PIL import Image

    made = fitting(recognise("a", file(kind, size=(4000, 2000))))
    assert made.media_type == f"image/{kind.lower()}"
    with Image.open(io.BytesIO(made.data)) as picture:
        assert 0.95 * LARGEST < picture.width * picture.height <= LARGEST
        assert picture.width / picture.height == pytest.approx(2, rel=0.01)


@pytest.mark.parametrize("kind", ["GIF", "PNG"])
def test_moving_images_are_told_and_keep_the_book_from_the_claim(kind: str) -> None:
    media = {"a": recognise("a", moving(kind))}
    image = n.Image(source="a", alt="Three lights, one after another")
    made = book(
        Document(metadata=Metadata(title="T", language="en"), content=(paragraph(image),)), media=media
    )
    package = made.text("package.opf")
    assert ">unknown</meta>" in package
    assert "Some images move" in package
    assert "conformsTo" not in package
    assert "1 image moves" in made.diagnostics[0].message


def test_a_drawing_that_moves_is_told_too() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9">'
    drawing += b'<animate attributeName="width" to="3" dur="1s"/></rect></svg>'
    image = n.Image(source="a.svg", alt="A wall that shrinks")
    made = book(Document(content=(paragraph(image),)), media={"a.svg": recognise("a.svg", drawing)})
    assert ">unknown</meta>" in made.text("package.opf")


def test_what_cannot_be_read_leaves_its_alternative_text() -> None:
    broken = recognise("a.bmp", file("BMP"))
    import msgspec

    media = {"a.bmp": msgspec.structs.replace(broken, data=broken.data[:20])}
    made = book(Document(content=(paragraph(n.Image(source="a.bmp", alt="Told")),)), media=media)
    assert '<span class="missing-image">Told</span>' in made.text()
