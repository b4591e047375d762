from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

import pikepdf
import pytest
from PIL import Image, ImageCms

from octavo.writers.pdf.icc import srgb_profile
from octavo.writers.pdf.images import WrittenImage, read_jpeg, read_png, write_image
from octavo.writers.pdf.objects import PdfFile
from tests.unit.writers.pdf.handmade import media_of
from tests.unit.writers.pdf.samples import picture

_OPEN: list[pikepdf.Pdf] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Keep files open as long as a test looks at their objects."""
    yield
    while _OPEN:
        _OPEN.pop().close()


def written(data: bytes, media_type: str) -> tuple[WrittenImage | None, pikepdf.Stream | None, list[str]]:
    """Write an image into a file of its own, and read it back."""
    file = PdfFile((1, 7), bytes(16))
    image, said = write_image(file, media_of("x", data, media_type))
    page = file.add(f"<</Type/Page/Parent {file.pages_number} 0 R/MediaBox[0 0 9 9]/Resources<<>>>>")
    file.add_page(page)
    pdf = pikepdf.open(io.BytesIO(file.to_bytes(file.add("<<>>"))))
    _OPEN.append(pdf)
    found = pdf.get_object(image.object_number, 0) if image else None
    assert found is None or isinstance(found, pikepdf.Stream)
    return image, found, [each.code for each in said]


def shown(stream: pikepdf.Stream | None) -> Image.Image:
    assert stream is not None
    return pikepdf.PdfImage(stream).as_pil_image()


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "P"])
def test_plain_png_rows_pass_through(mode: str) -> None:
    data = picture(mode)
    plain = read_png(data)
    assert plain is not None
    _, stream, said = written(data, "image/png")
    assert stream is not None
    assert stream.read_raw_bytes() == plain.rows
    assert said == []
    expected = Image.open(io.BytesIO(data)).convert("RGB")
    assert shown(stream).convert("RGB").tobytes() == expected.tobytes()


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparency_becomes_a_soft_mask(mode: str) -> None:
    image, stream, _ = written(picture(mode) if mode == "RGBA" else _grey_with_alpha(), "image/png")
    assert image is not None
    assert stream is not None
    assert image.transparent
    assert stream.SMask.ColorSpace == "/DeviceGray"
    assert (int(stream.SMask.Width), int(stream.SMask.Height)) == (8, 4)


def _grey_with_alpha() -> bytes:
    grey = Image.linear_gradient("L").resize((8, 4))
    stream = io.BytesIO()
    Image.merge("LA", (grey, grey)).save(stream, "PNG")
    return stream.getvalue()


def test_an_opaque_alpha_channel_leaves_no_mask() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (8, 4), (1, 2, 3, 255)).save(stream, "PNG")
    image, _, _ = written(stream.getvalue(), "image/png")
    assert image is not None
    assert not image.transparent


def test_deep_greys_keep_their_upper_byte() -> None:
    stream = io.BytesIO()
    Image.frombytes("I;16", (2, 1), b"\x00\x80\xff\xff").save(stream, "TIFF")
    _, found, _ = written(stream.getvalue(), "image/tiff")
    assert shown(found).convert("L").tobytes() == b"\x80\xff"


def test_a_profile_in_a_png_is_kept() -> None:
    _, stream, _ = written(picture("RGB", icc_profile=srgb_profile()), "image/png")
    assert stream is not None
    assert stream.ColorSpace[0] == "/ICCBased"
    assert stream.ColorSpace[1].read_bytes() == srgb_profile()


def test_a_png_cut_short_is_not_passed_through() -> None:
    data = picture(size=(80, 40))
    assert read_png(data[:-20]) is None
    whole = data.replace(b"IDAT", b"IDAX")
    assert read_png(whole) is None


def test_png_rows_that_are_too_few_are_not_passed_through() -> None:
    data = bytearray(picture(size=(8, 4)))
    header = b"IHDR" + (8).to_bytes(4, "big") + (400).to_bytes(4, "big") + data[24:29]
    data[12:29] = header
    data[29:33] = zlib.crc32(header).to_bytes(4, "big")
    assert read_png(bytes(data)) is None


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_jpeg_passes_through(mode: str) -> None:
    data = picture(mode, "JPEG")
    _, stream, said = written(data, "image/jpeg")
    assert stream is not None
    assert stream.read_raw_bytes() == data
    assert stream.ColorSpace == {"L": "/DeviceGray", "RGB": "/DeviceRGB"}[mode]
    assert said == []


def test_jpeg_with_inks_and_no_profile_is_converted() -> None:
    _, stream, said = written(picture("CMYK", "JPEG"), "image/jpeg")
    assert stream is not None
    assert stream.ColorSpace == "/DeviceRGB"
    assert said == ["image-converted"]


def test_a_profile_for_other_colours_is_not_used() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    _, stream, _ = written(picture("RGB", "JPEG", icc_profile=lab), "image/jpeg")
    assert stream is not None
    assert stream.ColorSpace == "/DeviceRGB"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_is_turned_as_its_camera_was(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    jpeg = read_jpeg(picture("RGB", "JPEG", exif=exif))
    assert jpeg is not None
    assert jpeg.orientation == orientation


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "BMP"])
def test_other_kinds_are_unpacked(kind: str) -> None:
    _, stream, said = written(picture("RGB", kind), f"image/{kind}")
    assert shown(stream).size == (8, 4)
    assert said == []


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg", "image/gif", "image/svg+xml"])
@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0\0", b"<svg/>", b"\0" * 99])
def test_what_is_no_image_is_reported(data: bytes, media_type: str) -> None:
    image, _, said = written(data, media_type)
    assert image is None
    assert said == ["image-not-rendered"]
