"""More files that somebody may send: each becomes editions, or is refused with words, in little time.

Every case is a source, with the files beside it; what must be said of it, if anything, is the code of a diagnostic.
"""

from __future__ import annotations

import base64
import functools
import io
import os
import struct
import time
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PIL import Image

import octavo
from octavo.diagnostics import Diagnostic
from octavo.environment import DiskEnvironment
from octavo.errors import OctavoError
from octavo.plugins import find_writer
from octavo.production import prepare, write
from octavo.tree import build

HEAD = "---\ntitle: T\nlanguage: en\n---\n\n"
PICTURE = HEAD + "Before.\n\n![A picture](a.png)\n\nAfter.\n"
DRAWING = HEAD + "Before.\n\n![A drawing](a.svg)\n\nAfter.\n"
LONGEST = 600
"""How many times as long as a plain source one case may take: what has no bounds would take hours."""


def _chunk(kind: bytes, data: bytes, check: int | None = None) -> bytes:
    code = zlib.crc32(kind + data) if check is None else check
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", code)


def _png(
    rows: bytes | None = None,
    size: tuple[int, int] = (9, 9),
    extra: bytes = b"",
    kind: int = 2,
    bits: int = 8,
) -> bytes:
    """Return a PNG as it is told, sound or not; by default one that is sound."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", *size, bits, kind, 0, 0, 0))
    data = (b"\0" + b"\x40" * 27) * 9 if rows is None else rows
    return b"\x89PNG\r\n\x1a\n" + head + extra + _chunk(b"IDAT", zlib.compress(data)) + _chunk(b"IEND", b"")


def _jpeg() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "JPEG")
    return file.getvalue()


def _sized(jpeg: bytes, width: int, height: int) -> bytes:
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


def _exif_circle(jpeg: bytes) -> bytes:
    """An Exif directory that names itself as a part of it."""
    entry = b"\x87\x69\0\x04\0\0\0\x01\0\0\0\x08"
    told = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01" + entry + b"\0\0\0\x08"
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(told) + 2) + told + jpeg[2:]


PICTURES: Mapping[str, tuple[bytes, str]] = {
    "a PNG with too few rows": (_png(b"\0" * 28, size=(900, 900)), ""),
    "a PNG that unpacks to more than its rows": (_png(b"\0" * 30_000_000), ""),
    "a PNG with a text that unpacks to much": (
        _png(extra=_chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 50_000_000))), ""),
    "a PNG with a profile that unpacks to much": (
        _png(extra=_chunk(b"iCCP", b"a\0\0" + zlib.compress(b"\0" * 50_000_000))), ""),
    "a PNG with a profile that is none": (_png(extra=_chunk(b"iCCP", b"a\0\0" + zlib.compress(b"none" * 99))), ""),
    "a PNG with a palette and none": (_png((b"\0" + b"\x40" * 9) * 9, kind=3), ""),
    "a PNG with a short palette": (
        _png((b"\0" + b"\x40" * 9) * 9, kind=3, extra=_chunk(b"PLTE", b"\1\2\3") + _chunk(b"tRNS", b"\0" * 300)), ""),
    "a PNG of three bits": (_png(bits=3), "image-not-read"),
    "a PNG with filters that there are not": (_png((b"\x09" + b"\x40" * 27) * 9), ""),
    "a PNG of no width": (_png(b"", size=(0, 9)), ""),
    "a PNG of negative width": (_png(b"", size=(2**31 + 5, 9)), ""),
    "a PNG with a wrong checksum": (
        _png()[:33] + _chunk(b"IDAT", zlib.compress(b"\0" * 252), check=1) + _chunk(b"IEND", b""), "image-not-read"),
    "a PNG as high as a tower": (_png(b"\0\0" * 60_000, size=(1, 60_000), kind=0), ""),
    "a PNG of endless density": (_png(extra=_chunk(b"pHYs", struct.pack(">IIB", 2**32 - 1, 0, 1))), ""),
    "a PNG with something behind it": (_png() + b"<script>alert(1)</script>", ""),
    "a JPEG that says it is huge": (_sized(_jpeg(), 65_535, 65_535), "image-too-large"),
    "a JPEG that says it is large": (_sized(_jpeg(), 9_000, 9_000), ""),
    "a JPEG of no size": (_sized(_jpeg(), 0, 0), "image-not-read"),
    "a JPEG with Exif in a circle": (_exif_circle(_jpeg()), ""),
    "a JPEG with half a profile": (
        _jpeg()[:2] + b"\xff\xe2" + struct.pack(">H", 60) + b"ICC_PROFILE\0\x05\x02" + b"x" * 44 + _jpeg()[2:], ""),
    "a JPEG without its end": (_jpeg()[:-30], "image-not-read"),
    "a GIF of a huge screen": (
        b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0x80, 0, 0) + b"\0" * 6 + b","
        + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0;", "image-too-large"),
    "a WebP that says it is huge": (
        b"RIFF" + struct.pack("<I", 30) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + b"\xff" * 6,
        ""),
    "a TIFF whose directory is itself": (
        b"II\x2a\0\x08\0\0\0\x01\0\x00\x01\x03\0\x01\0\0\0\x05\0\0\0\x08\0\0\0", "image-not-read"),
    "a BMP that stands on its head": (
        b"BM" + struct.pack("<IHHIIiiHHIIiiII", 100, 0, 0, 54, 40, 90_000, -90_000, 1, 24, 0, 0, 0, 0, 0, 0),
        "image-too-large"),
    "a program in PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file", "image-not-read"),
    "an icon": (b"\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0\x68\4\0\0\x16\0\0\0" + b"\x55" * 1200, "image-not-read"),
}  # fmt: skip

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100">{}</svg>'
BLUR = '<feGaussianBlur stdDeviation="30"/>'
SHAPE = '<rect width="199" height="99" filter="url(#f)"/>'
INNER = base64.b64encode(SVG.format('<image width="9" height="9" href="../secret.png"/>').encode()).decode()
BOX = '<rect width="30" height="30" {}/>'


def _within(element: str, property: str, levels: int, times: int = 2) -> str:
    """Definitions each of which shows the one before it so many times, and what shows the last."""
    made = f'<{element} id="a0" width="9" height="9">{BOX.format("")}</{element}>'
    for at in range(1, levels):
        inner = BOX.format(f'{property}="url(#a{at - 1})"') * times
        made += f'<{element} id="a{at}" width="9" height="9">{inner}</{element}>'
    return made + BOX.format(f'{property}="url(#a{levels - 1})"')


def _used(levels: int, times: int) -> str:
    made = f'<g id="a0">{BOX.format("")}</g>'
    for at in range(1, levels):
        made += f'<g id="a{at}">{f"""<use href="#a{at - 1}"/>""" * times}</g>'
    return f'{made}<use href="#a{levels - 1}"/>'


def _black(width: int, height: int) -> str:
    """A PNG of so many pixels, as a drawing may hold it."""
    data = _png((b"\0" * (width + 1)) * height, size=(width, height), kind=0)
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


DRAWINGS: Mapping[str, tuple[str, str]] = {
    "use upon use without end": (_used(40, 2), "svg-cleaned"),
    "use upon use, a long way": (_used(500, 1), "svg-cleaned"),
    "masks of masks": (_within("mask", "mask", 14), "svg-cleaned"),
    "clips of clips": (_within("clipPath", "clip-path", 14), "svg-cleaned"),
    "patterns of patterns": (_within("pattern", "fill", 30), "svg-cleaned"),
    "markers of markers": (
        '<marker id="a0"><path d="M0 0L1 1"/></marker>'
        + "".join(
            f'<marker id="a{at}"><path d="M0 0{"L1 1L2 0" * 9}" marker-mid="url(#a{at - 1})"/></marker>'
            for at in range(1, 12)
        )
        + '<path d="M0 0L9 9L20 5L30 9" marker-mid="url(#a11)" stroke="red"/>',
        "svg-cleaned",
    ),
    "images of filters": (
        '<rect id="a0" width="9" height="9"/>'
        + "".join(
            f'<filter id="f{at}">{f"""<feImage href="#a{at - 1}"/>""" * 2}</filter>'
            f'<rect id="a{at}" width="9" height="9" filter="url(#f{at})"/>'
            for at in range(1, 30)
        ),
        "svg-cleaned",
    ),
    "masks by rules of style": (
        "<style>.a{mask:url(#m0)}</style>"
        + "".join(f'<mask id="m{at}"><g class="a">{BOX.format("")}</g></mask>' for at in range(3))
        + '<g class="a">' * 9
        + BOX.format("")
        + "</g>" * 9,
        "",
    ),
    "groups as deep as a file may have": ("<g>" * 250 + BOX.format("") + "</g>" * 250, "svg-cleaned"),
    "clips of many shapes": (
        f'<clipPath id="c">{BOX.format("") * 2000}</clipPath>' + BOX.format('clip-path="url(#c)"') * 2000,
        "svg-cleaned",
    ),
    "each shape of another opacity": (
        "".join(f'<rect width="9" height="9" opacity="{at / 9000:.5f}"/>' for at in range(9000)),
        "",
    ),
    "an image of too many pixels": (
        f'<image width="9" height="9" href="{_black(30_000, 6_000)}"/>',
        "image-too-large",
    ),
    "more letters than a page has": (f"<text>{'a' * 10_050}</text>", "svg-cleaned"),
    "addresses with escapes": (
        "<style>rect{fill:u\\72l(http://127.0.0.1:1/a)}</style>" + BOX.format(""),
        "svg-cleaned",
    ),
    "imports with escapes": (
        '<style>@im\\70ort "http://127.0.0.1:1/a.css";</style>' + BOX.format(""),
        "svg-cleaned",
    ),
    "turbulence without end": (
        '<filter id="f"><feTurbulence baseFrequency=".5" numOctaves="100000000"/></filter>' + SHAPE,
        "",
    ),
    "a shape made much thicker": (
        '<filter id="f"><feMorphology operator="dilate" radius="5000"/></filter>' + SHAPE,
        "svg-cleaned",
    ),
    "a large matrix": (
        f'<filter id="f"><feConvolveMatrix order="300" kernelMatrix="{"1 " * 90_000}"/></filter>{SHAPE}',
        "svg-cleaned",
    ),
    "a thousand filters": ('<filter id="f">' + BLUR * 1000 + "</filter>" + SHAPE, "svg-cleaned"),
    "many filters by style": (
        '<style>rect{filter:url(#f)}</style><filter id="f">'
        + '<feOffset dx="1"/>'
        + "</filter>"
        + '<rect width="199" height="99"/>' * 300,
        "svg-cleaned",
    ),
    "rules for all elements": (
        "<style>" + "".join(f".c{at} .d > rect{{fill:red}}" for at in range(2000)) + "</style>"
        '<g class="c1"><g class="d">' + '<rect width="1" height="1"/>' * 2000 + "</g></g>",
        "svg-cleaned",
    ),
    "a rule with many ways": (
        f'<style>.no {"g " * 12}rect{{fill:red}}</style>{"<g>" * 50}<rect width="9" height="9"/>{"</g>" * 50}',
        "",
    ),
    "use upon use": (
        '<g id="a0"><rect width="3" height="3"/></g>'
        + "".join(
            f'<g id="a{at}"><use href="#a{at - 1}"/><use href="#a{at - 1}"/></g>' for at in range(1, 14)
        )
        + '<use href="#a13"/>',
        "",
    ),
    "a pattern of itself": (
        '<pattern id="p" width="1" height="1" patternUnits="userSpaceOnUse"><rect width="9" height="9" fill="url(#p)"/>'
        '</pattern><rect width="99" height="99" fill="url(#p)"/>',
        "",
    ),
    "gradients in a circle": (
        '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>'
        '<rect width="9" height="9" fill="url(#a)"/>',
        "",
    ),
    "a mask of itself": (
        '<mask id="a" mask="url(#a)"><rect width="9" height="9" mask="url(#a)"/></mask>'
        '<rect width="9" height="9" mask="url(#a)"/>',
        "",
    ),
    "numbers that are none": (
        '<path d="M1e308 -1e308L1e999 NaN l 1 2 3 4 5 c.1.2.3z z m A 0 0 0 0 0 0 0 q" stroke="red"/>',
        "",
    ),
    "the finest dashes": ('<line x2="200" y2="99" stroke="blue" stroke-dasharray="0.00001"/>', ""),
    "scale upon scale": (
        '<g transform="scale(1e300) scale(1e300) rotate(NaN) matrix(0 0 0 0 0 0)"><rect width="9" height="9"/></g>',
        "",
    ),
    "a drawing in a drawing": (
        f'<image width="9" height="9" href="data:image/svg+xml;base64,{INNER}"/><circle r="9"/>',
        "svg-cleaned",
    ),
}

SOURCES: Mapping[str, tuple[str, str]] = {
    "thousands of columns": (f"|{'a|' * 1500}\n|{'-|' * 1500}\n|{'x|' * 1500}\n", ""),
    "cells that reach beyond": (
        '<table><tr><td colspan="1000000000" rowspan="999999999">a</td>'
        '<td colspan="-5" rowspan="0">b</td></tr></table>\n',
        "",
    ),
    "numbers of lists": (
        '99999999999999999999. a\n\n<ol start="99999999999999999999999"><li>b</li></ol>\n\n999999999. c\n',
        "",
    ),
    "notes in a circle": ("A[^a].\n\n[^a]: See[^b].\n\n[^b]: See[^a] and[^b].\n", "note-in-note"),
    "formulas without end": (
        "\n\n".join(
            f"${each}$"
            for each in (
                "\\frac{" * 900,
                "x^{" * 500 + "}" * 500,
                "\\left(" * 300,
                "\\def\\a{\\a\\a}\\a",
                "\\input{/etc/passwd}",
            )
        ),
        "formula-not-read",
    ),
    "languages of code": (
        "\n\n".join(f"```{each}\nx = 1\n```" for each in ("../../x", "a" * 5000, "java<script>")),
        "unknown-code-language",
    ),
    "letters that join": ("क" + "्क" * 3000 + " " + "👩\u200d" * 1500 + " ᄀ" * 500, ""),
    "ends of lines": (
        "a\u2028b\u2029c\x85d\u00ade\u200bf\ufeffg\ufff9h\ufffai\ufffbj\U0010ffffk\ue000l\n",
        "",
    ),
    "addresses": (
        "\n\n".join(
            f"[x](<{each}>)"
            for each in (
                "http://[::1",
                "http://a:99999999/",
                "http://%zz/",
                "mailto:a@b?body=%0d%0aX",
                "tel:",
                "//example.org",
                "#%",
            )
        ),
        "",
    ),
    "paths": (
        "\n\n".join(
            f"![A]({each})"
            for each in (
                ".",
                "./",
                "..\\\\secret.png",
                "%00a.png",
                "....//secret.png",
                "/proc/self/environ",
                "/dev/stdin",
                "~/a.png",
                "a" * 5000,
            )
        ),
        "image-outside",
    ),
    "an empty thing of each kind": (
        "#\n\n![]()\n\n[]()\n\n| |\n|-|\n\n- \n\n> \n\n1.\n\n```\n```\n\n$$\n$$\n",
        "",
    ),
}


def _beside(folder: Path, files: Mapping[str, bytes]) -> Path:
    book = folder / "book"
    book.mkdir()
    (folder / "secret.png").write_bytes(_png())
    for name, data in files.items():
        (book / name).write_bytes(data)
    return book / "source.md"


@functools.cache
def _plainly() -> float:
    """Return the seconds of this process that all editions of a plain source take, with nothing left to be loaded."""
    seconds = []
    for _ in range(2):
        began = time.process_time()
        document = build.document("Words.", title="T", language="en")
        writers = tuple(find_writer(each) for each in ("pdf", "docx", "epub"))
        ready = prepare(document, "policy", writers, DiskEnvironment())
        for writer in writers:
            write(ready, writer)
        seconds.append(time.process_time() - began)
    return min(seconds)


def _said(
    folder: Path, text: str, files: Mapping[str, bytes], theme: str = "policy"
) -> tuple[Diagnostic, ...]:
    """Make all editions and return what was said: nothing but octavo's own errors may come, and no writer fails."""
    source = _beside(folder, files)
    source.write_text(text if text.startswith("---") else HEAD + text, encoding="utf-8")
    began = time.process_time()
    try:
        parsed = octavo.parse(source)
        writers = tuple(find_writer(each) for each in ("pdf", "docx", "epub"))
        ready = prepare(parsed.document, theme, writers, DiskEnvironment())
        outputs = [write(ready, writer) for writer in writers]
        said = parsed.diagnostics + ready.diagnostics + tuple(d for each in outputs for d in each.diagnostics)
    except OctavoError as refusal:
        said = refusal.diagnostics
    assert time.process_time() - began < LONGEST * _plainly()
    assert "writer-failed" not in {each.code for each in said}
    assert all(each.message for each in said)
    return said


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_shown_or_refused(tmp_path: Path, name: str) -> None:
    data, code = PICTURES[name]
    said = _said(tmp_path, PICTURE, {"a.png": data})
    assert not code or code in {each.code for each in said}, said


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_shown_in_bounds(tmp_path: Path, name: str) -> None:
    inside, code = DRAWINGS[name]
    said = _said(tmp_path, DRAWING, {"a.svg": SVG.format(inside).encode()})
    assert not code or code in {each.code for each in said}, said


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_is_read_in_bounds(tmp_path: Path, name: str) -> None:
    text, code = SOURCES[name]
    said = _said(tmp_path, text, {})
    assert not code or code in {each.code for each in said}, said


THEME = 'name = "a"\nextends = "policy"\n'


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (f"[page]\ncolumns = {'9' * 5000}\n", "theme-syntax"),
        ("[page]\ncolumns = 1000000\n", "theme-value"),
        ("[style.text]\nsize = nan\n", "theme-value"),
        ("x = 1979-05-27T07:32:00Z\n", "theme-unknown-key"),
        ("page = 5\n", "theme-value"),
        (f"a{'.a' * 900} = 1\n", "theme-unknown-key"),
        ("".join(f"[style.x{at}]\nsize = '9pt'\n" for at in range(500)), "theme-unknown-key"),
        (
            "[token.color]\n"
            + "".join(f'a{at} = "{{color.a{at + 1}}}"\n' for at in range(1500))
            + 'a1500 = "#123456"\n[style.text]\ncolor = "{color.a0}"\n',
            "theme-token-cycle",
        ),
    ],
    ids=["digits", "columns", "no number", "a date", "no table", "deep", "styles", "aliases"],
)
def test_a_theme_is_refused_with_its_place(tmp_path: Path, more: str, code: str) -> None:
    theme = tmp_path / "a.toml"
    theme.write_text(THEME + more, encoding="utf-8")
    said = _said(tmp_path, "Words.\n", {}, str(theme))
    assert code in {each.code for each in said}, said
    assert all(each.position and each.position.file == str(theme) for each in said)


def _links(folder: Path) -> None:
    (folder / "env.png").symlink_to("/proc/self/environ")
    (folder / "in.png").symlink_to("/dev/fd/0")
    (folder / "up").symlink_to("..")


def _folder(folder: Path) -> None:
    (folder / "a.png").mkdir()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such links")
@pytest.mark.parametrize(
    ("make", "names", "codes"),
    [
        (_links, ("env.png", "in.png", "up/secret.png"), {"image-outside"}),
        (_folder, ("a.png",), {"file-is-folder"}),
    ],
)
def test_a_name_that_is_no_file_is_refused(
    tmp_path: Path, make: Callable[[Path], None], names: tuple[str, ...], codes: set[str]
) -> None:
    source = _beside(tmp_path, {})
    make(source.parent)
    source.write_text(HEAD + "\n\n".join(f"![A picture]({name})" for name in names), encoding="utf-8")
    output = octavo.render(source, "epub")
    assert {each.code for each in output.diagnostics if each.code != "missing-image"} >= codes
