"""Raster images of every kind that people have, in all three editions: made by Pillow, read back by others."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms

from octavo import export
from octavo.environment import MemoryEnvironment, installed_fonts

_SIZE = (12, 8)
_THEMES = Path(__file__).parents[3] / "themes"


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@cache
def _colors() -> Image.Image:
    return Image.frombytes("RGB", _SIZE, bytes((7 * at) % 256 for at in range(3 * _SIZE[0] * _SIZE[1])))


def _turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return _saved(_colors(), "JPEG", exif=exif)


def _clear_palette() -> bytes:
    return _saved(_colors().quantize(16), "PNG", transparency=bytes(range(0, 256, 16)))


def _profiled_inks() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return _saved(_colors().convert("CMYK"), "JPEG", icc_profile=profile)


KINDS: dict[str, bytes] = {
    "plain.jpg": _saved(_colors(), "JPEG"),
    "progressive.jpg": _saved(_colors(), "JPEG", progressive=True),
    "grey.jpg": _saved(_colors().convert("L"), "JPEG"),
    "inks.jpg": _saved(_colors().convert("CMYK"), "JPEG"),
    "strange-profile.jpg": _profiled_inks(),
    "turned.jpg": _turned(),
    "plain.png": _saved(_colors(), "PNG"),
    "deep.png": _saved(Image.new("I;16", _SIZE, 40_000), "PNG"),
    "two.png": _saved(_colors().convert("1"), "PNG"),
    "palette.png": _saved(_colors().quantize(7), "PNG"),
    "clear-palette.png": _clear_palette(),
    "clear.png": _saved(_colors().convert("RGBA"), "PNG"),
    "grey-clear.png": _saved(_colors().convert("LA"), "PNG"),
    "a.gif": _saved(_colors().quantize(16), "GIF"),
    "moving.gif": _saved(_colors(), "GIF", save_all=True, append_images=[Image.new("RGB", _SIZE)]),
    "a.webp": _saved(_colors(), "WEBP", lossless=True),
    "a.tif": _saved(_colors(), "TIFF"),
    "inks.tif": _saved(_colors().convert("CMYK"), "TIFF"),
    "a.bmp": _saved(_colors(), "BMP"),
}
"""Files by their names."""


@cache
def _editions(name: str) -> dict[str, bytes]:
    text = f"---\ntitle: T\nlanguage: en\n---\n\n![Colours]({name})\n"
    themes = {path.stem: path.read_text("utf-8") for path in _THEMES.glob("*.toml")}
    environment = MemoryEnvironment({"a.md": text.encode(), name: KINDS[name]}, installed_fonts(), themes)
    made = export("a.md", formats=("pdf", "press", "docx", "epub"), environment=environment)
    codes = {each.code for edition in made for each in edition.diagnostics}
    assert "image-not-rendered" not in codes
    assert "image-not-read" not in codes
    return {edition.format: environment.files[str(edition.path)] for edition in made}


def _pictures(data: bytes, suffixes: tuple[str, ...]) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [
            archive.read(name)
            for name in archive.namelist()
            if name.endswith(suffixes) and "cover" not in name
        ]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("edition", ["pdf", "press"])
def test_pages_show_every_kind(name: str, edition: str) -> None:
    with pikepdf.open(io.BytesIO(_editions(name)[edition])) as pdf:
        (image,) = pdf.pages[0]["/Resources"]["/XObject"].values()
        assert {int(image["/Width"]), int(image["/Height"])} == set(_SIZE)
        spaces = str(image["/ColorSpace"]) if isinstance(image["/ColorSpace"], pikepdf.Name) else "by a table"
        assert spaces in (
            {"/DeviceGray", "/DeviceCMYK"}
            if edition == "press"
            else {"/DeviceGray", "/DeviceRGB", "by a table"}
        )


@pytest.mark.parametrize("name", ["plain.jpg", "progressive.jpg", "grey.jpg", "turned.jpg"])
def test_jpegs_pass_through_untouched(name: str) -> None:
    made = _editions(name)
    with pikepdf.open(io.BytesIO(made["pdf"])) as pdf:
        (image,) = pdf.pages[0]["/Resources"]["/XObject"].values()
        assert image.read_raw_bytes() == KINDS[name]
    assert KINDS[name] in _pictures(made["docx"], (".jpeg", ".jpg"))
    assert KINDS[name] in _pictures(made["epub"], (".jpeg", ".jpg"))


def test_inks_pass_through_to_the_press() -> None:
    with pikepdf.open(io.BytesIO(_editions("inks.jpg")["press"])) as pdf:
        (image,) = pdf.pages[0]["/Resources"]["/XObject"].values()
        assert image.read_raw_bytes() == KINDS["inks.jpg"]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("edition", ["docx", "epub"])
def test_books_and_word_files_hold_every_kind(name: str, edition: str) -> None:
    found = _pictures(_editions(name)[edition], (".png", ".jpeg", ".jpg", ".gif", ".webp"))
    assert found
    with Image.open(io.BytesIO(found[-1])) as shown:
        assert shown.size == _SIZE
        shown.load()


@pytest.mark.parametrize("name", ["clear.png", "grey-clear.png", "clear-palette.png"])
def test_what_is_clear_stays_clear(name: str) -> None:
    if name == "clear-palette.png":
        with pikepdf.open(io.BytesIO(_editions(name)["pdf"])) as pdf:
            (image,) = pdf.pages[0]["/Resources"]["/XObject"].values()
            assert "/SMask" in image
    for found in _pictures(_editions(name)["docx"], (".png",)):
        with Image.open(io.BytesIO(found)) as shown:
            assert shown.has_transparency_data
