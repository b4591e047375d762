"""Raster images of every kind that people have, in all three editions: made by Pillow, read back by others."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms

from octavo import export
from octavo.environment import MemoryEnvironment, installed_fonts
from octavo.media import recognise
from octavo.writers.epub.rasters import fitting

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
    return _exported(name, KINDS[name])


def _exported(name: str, data: bytes) -> dict[str, bytes]:
    text = f"---\ntitle: T\nlanguage: en\n---\n\n![Colours]({name})\n"
    themes = {path.stem: path.read_text("utf-8") for path in _THEMES.glob("*.toml")}
    environment = MemoryEnvironment({"a.md": text.encode(), name: data}, installed_fonts(), themes)
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


@pytest.mark.parametrize("name", ["plain.jpg", "progressive.jpg", "grey.jpg"])
def test_jpegs_pass_through_untouched(name: str) -> None:
    made = _editions(name)
    with pikepdf.open(io.BytesIO(made["pdf"])) as pdf:
        (image,) = pdf.pages[0]["/Resources"]["/XObject"].values()
        assert image.read_raw_bytes() == KINDS[name]
    assert KINDS[name] in _pictures(made["docx"], (".jpeg", ".jpg"))
    assert KINDS[name] in _pictures(made["epub"], (".jpeg", ".jpg"))


def _quarters(kind: str, **options: object) -> bytes:
    """A picture with one dark quarter, at the upper left, on its side: whoever turns it has that at the upper right."""
    picture = Image.new("RGB", (60, 40), "white")
    picture.paste((10, 20, 30), (0, 0, 30, 20))
    exif = Image.Exif()
    exif[0x0112] = 6
    return _saved(picture, kind, exif=exif, **options)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("camera.jpg", _quarters("JPEG", quality=95)),
        ("camera.webp", _quarters("WEBP", lossless=True)),
        ("scan.tif", _quarters("TIFF")),
    ],
    ids=["JPEG", "WebP", "TIFF"],
)
def test_photographs_stand_upright_in_every_edition(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "a.md").write_text(f"---\ntitle: T\nlanguage: en\n---\n\n![Quarters]({name}){{width=40pt}}\n")
    made = export(tmp_path / "a.md", tmp_path, ("pdf", "press", "docx", "epub"), theme="plain")
    files = {each.format: each.path.read_bytes() for each in made if each.path}
    for edition in ("pdf", "press"):
        with pikepdf.open(io.BytesIO(files[edition])) as pdf:
            pdf.pages[0].contents_coalesce()
            assert re.search(rb"\b40 0 0 60 [\d.]+ [\d.]+ cm", pdf.pages[0].Contents.read_bytes())
    for edition in ("docx", "epub"):
        (found,) = _pictures(files[edition], (".png", ".jpeg", ".jpg"))
        with Image.open(io.BytesIO(found)) as shown:
            assert shown.size == (40, 60)
            assert shown.getexif().get(0x0112, 1) == 1
            corners = shown.convert("L").resize((2, 2), Image.Resampling.BOX).tobytes()
            assert [each < 100 for each in corners] == [False, True, False, False]


def test_a_large_photograph_keeps_its_turn_and_its_profile() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = Image.Exif()
    exif[0x0112] = 8
    data = _saved(Image.new("RGB", (3000, 2000), "white"), "JPEG", exif=exif, icc_profile=profile)
    made = fitting(recognise("a.jpg", data))
    with Image.open(io.BytesIO(made.data)) as shown:
        assert shown.width < shown.height
        assert shown.info["icc_profile"] == profile


def test_greys_of_sixteen_bits_keep_their_shades_in_word_and_book() -> None:
    ramp = Image.frombytes(
        "I;16", (256, 16), b"".join(at.to_bytes(2, "little") for at in range(0, 65536, 256)) * 16
    )
    made = _exported("deep.tif", _saved(ramp, "TIFF"))
    for edition in ("docx", "epub"):
        (data,) = _pictures(made[edition], (".png",))
        with Image.open(io.BytesIO(data)) as shown:
            assert shown.convert("L").tobytes()[:256] == bytes(range(256))


def test_a_profile_of_inks_stays_with_inks() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()  # any that cannot be of inks
    made = _exported("inks.tif", _saved(_colors().convert("CMYK"), "TIFF", icc_profile=profile))
    for edition in ("docx", "epub"):
        (data,) = _pictures(made[edition], (".png",))
        with Image.open(io.BytesIO(data)) as shown:
            assert shown.mode == "RGB"
            assert "icc_profile" not in shown.info


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
        assert shown.size == (_SIZE[::-1] if name == "turned.jpg" else _SIZE)
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
