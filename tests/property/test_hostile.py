"""Hostile and broken input: nothing outside the source's folder is read, nothing is fetched, nothing gets in, all ends.

Each test is one thing that somebody may try. What a source says must come out as words, never as markup of a format.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pikepdf
import pytest
from lxml import etree
from PIL import Image

import octavo
from octavo.diagnostics import Diagnostic, Severity
from octavo.environment import DiskEnvironment
from octavo.errors import SourceError, ThemeError
from octavo.limits import Limits
from octavo.media import MAXIMUM_PIXELS, recognise
from octavo.plugins import find_writer
from octavo.production import prepare, write

HEAD = "---\ntitle: T\nlanguage: en\n---\n\n"
FORMATS = ("pdf", "docx", "epub")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("something tried to reach a network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def _png(width: int = 4, height: int = 4) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    return file.getvalue()


def _made(folder: Path, text: str, *formats: str) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    source = folder / "book" / "source.md"
    source.parent.mkdir(exist_ok=True)
    source.write_text(text if text.startswith("---") else HEAD + text, encoding="utf-8")
    parsed = octavo.parse(source)
    writers = tuple(find_writer(each) for each in formats or FORMATS)
    ready = prepare(parsed.document, "policy", writers, DiskEnvironment())
    outputs = {each.name: write(ready, each) for each in writers}
    said = parsed.diagnostics + ready.diagnostics
    said += tuple(each for output in outputs.values() for each in output.diagnostics)
    return {name: output.data for name, output in outputs.items()}, said


def _errors(said: tuple[Diagnostic, ...]) -> set[str]:
    return {each.code for each in said if each.severity is Severity.ERROR}


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            yield name, package.read(name)


# Where files come from -----------------------------------------------------------------------------------------------


def _link_out(folder: Path) -> str:
    (folder / "book" / "link.png").symlink_to(folder / "secret.png")
    return "link.png"


def _folder_link(folder: Path) -> str:
    (folder / "book" / "images").symlink_to(folder)
    return "images/secret.png"


def _circle(folder: Path) -> str:
    (folder / "book" / "a.png").symlink_to(folder / "book" / "b.png")
    (folder / "book" / "b.png").symlink_to(folder / "book" / "a.png")
    return "a.png"


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        (lambda _: "../secret.png", {"image-outside"}),
        (lambda _: "x/../../secret.png", {"image-outside"}),
        (lambda folder: str(folder / "secret.png"), {"image-outside"}),
        (lambda _: "%2e%2e/secret.png", {"image-outside", "missing-image"}),
        (lambda _: "..%2fsecret.png", {"image-outside", "missing-image"}),
        (_link_out, {"image-outside"}),
        (_folder_link, {"image-outside"}),
        (_circle, {"file-not-read", "missing-image"}),
        (lambda _: "/etc/passwd", {"image-outside"}),
        (lambda _: "/dev/zero", {"image-outside"}),
        (lambda _: "http://127.0.0.1:1/a.png", {"image-remote"}),
        (lambda _: "HTTPS://example.org/a.png", {"image-remote"}),
        (lambda _: "ftp://example.org/a.png", {"image-remote"}),
        (lambda _: "data:image/png;base64,AAAA", {"image-not-read"}),
        (lambda _: "//example.org/a.png", {"image-outside", "image-remote", "missing-image"}),
    ],
)
def test_images_come_from_the_sources_folder_alone(
    tmp_path: Path, name: Callable[[Path], str], codes: set[str]
) -> None:
    (tmp_path / "secret.png").write_bytes(_png(33, 33))
    (tmp_path / "book").mkdir()
    made, said = _made(tmp_path, f"![A picture](<{name(tmp_path)}>)\n")
    assert {each.code for each in said if each.severity is not Severity.INFO} & codes, said
    for format in ("docx", "epub"):
        assert not any(content == _png(33, 33) for _, content in _parts(made[format]))


def test_a_cover_comes_from_the_sources_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(_png(33, 33))
    text = "---\ntitle: T\nlanguage: en\ncover: ../secret.png\n---\n\nWords.\n"
    assert "image-outside" in _errors(_made(tmp_path, text, "epub")[1])


def test_an_allowed_folder_is_read_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "a.png").write_bytes(_png())
    (tmp_path / "other.png").write_bytes(_png())
    (tmp_path / "book").mkdir()
    source = tmp_path / "book" / "source.md"
    source.write_text(HEAD + "![A](../shared/a.png)\n\n![B](../other.png)\n\n![C](../shared/../other.png)\n")
    world = DiskEnvironment([tmp_path / "shared"])
    output = octavo.render(source, "epub", environment=world)
    assert [each.code for each in output.diagnostics if each.severity is Severity.ERROR] == [
        "image-outside"
    ] * 2


def test_a_file_address_is_no_image_and_its_text_stands(tmp_path: Path) -> None:
    made, said = _made(tmp_path, "![A picture](<file:///etc/passwd>)\n", "epub")
    assert [each.code for each in said] == ["image-remote"]
    assert any(b"A picture" in content for _, content in _parts(made["epub"]))
    assert not any(b"root:" in content for _, content in _parts(made["epub"]))


def test_a_pipe_is_no_image(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    os.mkfifo(tmp_path / "book" / "pipe.png")
    assert _errors(_made(tmp_path, "![A](pipe.png)\n", "epub")[1])


# Depth ---------------------------------------------------------------------------------------------------------------


def _deep(kind: str, levels: int) -> bytes:
    if kind == "md":
        return (HEAD + ">" * levels + " deep\n").encode()
    block = '{"type":"paragraph","content":[{"type":"text","text":"deep"}]}'
    for _ in range(levels):
        block = f'{{"type":"quote","content":[{block}]}}'
    return f'{{"octavo":1,"metadata":{{"title":"T","language":"en"}},"content":[{block}]}}'.encode()


@pytest.mark.parametrize("kind", ["md", "json"])
def test_depth_is_a_setting(tmp_path: Path, kind: str) -> None:
    source = tmp_path / f"source.{kind}"
    source.write_bytes(_deep(kind, 30))
    assert octavo.render(source, "epub").data
    with pytest.raises(SourceError, match="too deep") as found:
        octavo.render(source, "epub", environment=DiskEnvironment(limits=Limits(depth=9)))
    said = found.value.diagnostics[0]
    assert (said.code, "at most 9 levels" in said.hint) == ("nesting-too-deep", True)
    for depth in (0, -1, 101):
        with pytest.raises(ValueError, match="from 1 to 100"):
            Limits(depth=depth)


@pytest.mark.parametrize("format", FORMATS)
def test_the_deepest_that_may_be_set_can_be_made(tmp_path: Path, format: str) -> None:
    source = tmp_path / "source.json"
    source.write_bytes(_deep("json", 108))
    assert octavo.render(source, format).data
    source.write_bytes(_deep("json", 120))
    with pytest.raises(SourceError, match="too deep"):
        octavo.render(source, format)


# Images --------------------------------------------------------------------------------------------------------------


def _png_head(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + head
        + struct.pack(">I", zlib.crc32(head))
        + _png()[33:]
    )


def test_an_image_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "bomb.png").write_bytes(_png_head(60_000, 60_000))
    assert "image-too-large" in _errors(_made(tmp_path, "![A](bomb.png)\n")[1])
    assert MAXIMUM_PIXELS < 60_000 * 60_000


def test_limits_are_settings(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(_png(200, 200))
    source = tmp_path / "source.md"
    source.write_text(HEAD + "![A](a.png)\n", encoding="utf-8")
    for limits, code in (
        (Limits(), ""),
        (Limits(pixels=39_999), "image-too-large"),
    ):
        output = octavo.render(source, "epub", environment=DiskEnvironment(limits=limits))
        assert {each.code for each in output.diagnostics if each.severity is Severity.ERROR} == {code} - {""}
    with pytest.raises(octavo.OctavoError, match="larger than"):
        octavo.render(source, "epub", environment=DiskEnvironment(limits=Limits(file=10)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        _png()[:40],
        b"GIF89a" + b"\xff" * 40,
        b"%PDF-1.7\n",
        b"MZ" + b"\x00" * 100,
        b"<html><script>alert(1)</script></html>",
        b"RIFF\xff\xff\xff\xffWEBP" + b"\x00" * 30,
        b"PK\x03\x04" + b"\x00" * 60,
        b"#!/bin/sh\necho no\n",
        b"\xff\xd8\xff\xe0" + b"\x00" * 50,
    ],
)
def test_what_is_no_image_is_said_and_not_carried(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "a.png").write_bytes(data)
    made, said = _made(tmp_path, "Before.\n\n![A picture](a.png)\n\nAfter.\n")
    assert "image-not-read" in _errors(said)
    if data:
        for format in ("docx", "epub"):
            assert not any(content == data for _, content in _parts(made[format]))


def test_an_image_of_another_kind_than_its_name_is_carried_as_what_it_is(tmp_path: Path) -> None:
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, "JPEG")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "a.png").write_bytes(file.getvalue())
    made, _ = _made(tmp_path, "![A picture](a.png)\n", "epub")
    names = [name for name, content in _parts(made["epub"]) if content[:3] == b"\xff\xd8\xff"]
    assert names
    assert all(name.endswith((".jpg", ".jpeg")) for name in names)


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40">'
    "{}</svg>"
)
EVIL_SVG = (
    "<script>alert(1)</script>",
    '<rect width="9" height="9" onload="alert(1)" onclick="alert(1)"/>',
    '<a xlink:href="javascript:alert(1)"><rect width="9" height="9"/></a>',
    '<image xlink:href="http://127.0.0.1:1/a.png" width="9" height="9"/>',
    '<image href="file:///etc/passwd" width="9" height="9"/>',
    '<image href="../../secret.png" width="9" height="9"/>',
    '<use href="http://127.0.0.1:1/a.svg#x"/>',
    '<style>@import url("http://127.0.0.1:1/a.css"); rect{fill:url(http://127.0.0.1:1/b)}</style><rect width="9"/>',
    '<foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="http://127.0.0.1:1/"/></foreignObject>',
    '<set attributeName="href" to="javascript:alert(1)"/>',
    '<rect width="9" height="9" style="fill:url(http://127.0.0.1:1/c)"/>',
)


@pytest.mark.parametrize("inside", EVIL_SVG)
def test_an_svg_brings_neither_scripts_nor_references(tmp_path: Path, inside: str) -> None:
    (tmp_path / "secret.png").write_bytes(_png(33, 33))
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "a.svg").write_text(SVG.format(inside + '<circle r="9"/>'), encoding="utf-8")
    made, _ = _made(tmp_path, "![A drawing](a.svg)\n")
    for format in ("docx", "epub"):
        for name, content in _parts(made[format]):
            if name.endswith(".svg"):
                assert not re.search(rb"script|127\.0\.0\.1|passwd|secret|onload|onclick|iframe", content), (
                    content
                )
    assert b"127.0.0.1" not in made["pdf"]
    assert b"/JavaScript" not in made["pdf"]


XXE = (
    '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" width="40" '
    'height="40"><text y="20">&x;</text></svg>'
)
_LAUGH = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 21))
LAUGHS = (
    f"<!DOCTYPE svg [<!ENTITY a0 'ha'>{_LAUGH}]>"
    "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'><text>&a20;</text></svg>"
)


@pytest.mark.parametrize("text", [XXE, LAUGHS], ids=["outside", "laughs"])
def test_entities_of_an_svg_are_not_resolved(tmp_path: Path, text: str) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "a.svg").write_text(f'<?xml version="1.0"?>\n{text}', encoding="utf-8")
    made, _ = _made(tmp_path, "![A drawing](a.svg)\n")
    for format in ("docx", "epub"):
        for _, content in _parts(made[format]):
            assert b"root:" not in content
            assert b"ENTITY" not in content
            assert len(content) < 3_000_000


def test_a_deep_svg_ends(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    deep = SVG.format("<g>" * 3000 + "</g>" * 3000)
    (tmp_path / "book" / "a.svg").write_text(deep, encoding="utf-8")
    _made(tmp_path, "![A drawing](a.svg)\n", "pdf")


def test_a_svg_of_senseless_sizes_ends() -> None:
    for size in ("1e99", "-4", "0", "9" * 400, "NaN", "1" + "0" * 60 + "in"):
        text = f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {size} {size}"/>'
        try:
            found = recognise("a.svg", text.encode())
        except octavo.OctavoError:
            continue
        assert 0 < found.width < 1e7
        assert 0 < found.height < 1e7


# What the text may not become ----------------------------------------------------------------------------------------

EVIL_TEXT = (
    "</w:t></w:r></w:p></w:body>",
    "]]></script><script>alert(1)</script>",
    "&lt;&amp;&#x3c;&notanentity;",
    "*/ body{display:none} /*",
    ") Tj ET EMC endstream endobj 1 0 obj << /S /JavaScript /JS (app.alert(1)) >> (",
    "\\) \\( \\n <</OpenAction 5 0 R>>",
    "<?php echo 1 ?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    '" onmouseover="alert(1)" x="',
    "' style='position:fixed",
    "{ INCLUDETEXT /etc/passwd } { DDEAUTO c:\\\\cmd.exe }",
    "\u202egnp.exe\u2066\u2069\u200f",
)


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]()#+\-.!<>&|~^$@\"':])", r"\\\1", text)


@pytest.mark.parametrize("evil", EVIL_TEXT)
def test_text_stays_text_in_every_place(tmp_path: Path, evil: str) -> None:
    """In the metadata, a heading, a paragraph, a link's title, an alternative text, a table, code, a note, a class."""
    told = evil.replace("\\", "\\\\").replace('"', '\\"')
    text = (
        f'---\ntitle: "{told}"\nsubtitle: "{told}"\nauthor: "{told}"\nlanguage: en\nkeywords: ["{told}"]\n'
        f'description: "{told}"\npublisher: "{told}"\nrights: "{told}"\n---\n\n# {_escaped(evil)}\n\n'
        f"A {_escaped(evil)} word.[^1] [link](https://example.org/?q={evil.split(maxsplit=1)[0].strip('<>()')[:9]})\n\n"
        f"| {_escaped(evil)} | b |\n|---|---|\n| {_escaped(evil)} | d |\n\n```\n{evil}\n```\n\n[^1]: {_escaped(evil)}\n"
    )
    made, _ = _made(tmp_path, text)
    for format in ("docx", "epub"):
        for name, content in _parts(made[format]):
            if name.endswith((".xml", ".rels", ".xhtml", ".opf", ".ncx", ".svg")):
                root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
                tags = {str(each.tag).rpartition("}")[2] for each in root.iter() if isinstance(each.tag, str)}
                assert "script" not in tags
                instructions = "".join(
                    each.text or "" for each in root.iter() if str(each.tag).endswith("}instrText")
                )
                assert not re.search(r"INCLUDETEXT|DDE", instructions)
                for each in root.iter():
                    assert not any(str(key).startswith("on") for key in each.attrib), each.attrib
            if name.endswith(".css"):
                assert b"display:none} /*" not in content
    with pikepdf.open(io.BytesIO(made["pdf"])) as pdf:
        assert "/OpenAction" not in pdf.Root or pdf.Root.OpenAction.get("/S") != "/JavaScript"
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary):
                assert each.get("/S") != "/JavaScript"


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "vbscript:x", "data:text/html,<script>1</script>", "file:///etc/passwd",
     "\x01javascript:alert(1)", "java\tscript:alert(1)"],
)  # fmt: skip
def test_a_link_that_runs_something_is_none(tmp_path: Path, target: str) -> None:
    made, _ = _made(tmp_path, f"A [link](<{target}>) here, and <a href='{target}'>one</a>.\n")
    bare = re.compile(rb"(?:href|Target)=[\"']\s*(?:javascript|vbscript|data:text|file:)", re.IGNORECASE)
    for format in ("docx", "epub"):
        for name, content in _parts(made[format]):
            assert not bare.search(content), name
    with pikepdf.open(io.BytesIO(made["pdf"])) as pdf:
        for page in pdf.pages:
            annotations: Any = page.obj.get("/Annots", [])
            for each in annotations:
                address = str(each.get("/A", {}).get("/URI", "")).strip().lower()
                assert not address.startswith(("javascript", "vbscript", "data:text", "file:"))


def test_raw_html_runs_nothing(tmp_path: Path) -> None:
    text = "<script>alert(1)</script>\n\n<iframe src='http://127.0.0.1:1/'></iframe>\n\n<img src=x onerror=alert(1)>\n"
    made, _ = _made(tmp_path, text)
    for _, content in _parts(made["epub"]):
        assert not re.search(rb"<(?:script|iframe)|onerror=", content)


def test_bidirectional_controls_stay_balanced_and_xml_stays_sound(tmp_path: Path) -> None:
    made, _ = _made(tmp_path, "A\x07B and \u202eturned\u202c, \u2066apart\u2069, \ufffe and \x7f.\n")
    for format in ("docx", "epub"):
        for name, content in _parts(made[format]):
            if name.endswith((".xml", ".xhtml")):
                etree.fromstring(content)
                assert b"\x07" not in content


def test_escapes_bring_no_half_characters(tmp_path: Path) -> None:
    """YAML may escape what UTF-8 cannot hold, and a shell may hand it on."""
    head = '---\ntitle: "a\\u0000b\\uD800"\ndoi: "\\uDFFF"\ndate: "\\uD800"\nlanguage: en\n---\n\nWords.\n'
    made, said = _made(tmp_path, head)
    assert "control-character" in {each.code for each in said}
    assert set(made) == set(FORMATS)
    source = tmp_path / "book" / "source.md"
    told = octavo.parse(source, settings=[("subtitle", "a\udcffb")]).document
    assert told.metadata.subtitle == "a\ufffdb"


def test_control_characters_are_said_and_a_nul_is_refused(tmp_path: Path) -> None:
    assert "control-character" in {each.code for each in _made(tmp_path, "A\x07B.\n", "epub")[1]}
    with pytest.raises(SourceError, match="NUL"):
        _made(tmp_path, "A\x00B.\n", "epub")


# Themes ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "theme",
    [
        b"\x00\xff",
        b"name = ",
        b'name = "a"\nextends = "../../../etc/passwd"\n',
        b'name = "a"\nextends = "a.toml"\n',
        b'name = "a"\n[token.color]\na = "{color.b}"\nb = "{color.a}"\n',
        b'name = "a"\nextends = "policy"\n[style.text]\nsize = "1e999pt"\n',
        b'name = "a"\nextends = "policy"\n[style.text]\nfont = "x; } body { display: none"\n',
        b'name = "a"\nextends = "policy"\n[page]\nwidth = "0mm"\nheight = "-4mm"\n',
        b"[" * 5000,
        b"a." * 3000 + b"b = 1\n",
        b'name = "a"\nx = ' + b"[" * 3000 + b"]" * 3000,
    ],
)  # fmt: skip
def test_a_broken_theme_is_told_and_none_ends_in_a_traceback(tmp_path: Path, theme: bytes) -> None:
    (tmp_path / "a.toml").write_bytes(theme)
    (tmp_path / "source.md").write_text(HEAD + "Words.\n", encoding="utf-8")
    with pytest.raises(ThemeError) as found:
        octavo.render(tmp_path / "source.md", "epub", theme=tmp_path / "a.toml")
    assert all(each.message for each in found.value.diagnostics)


# Sources --------------------------------------------------------------------------------------------------------------

YAML_LAUGHS = b"---\na0: &a0 [x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 12)
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", b"[" * 100_000),
        ("a.json", b'{"content": [{"type": "quote", "content": ' * 3000),
        ("a.json", b'{"content": [{"type": "image", "source": 5}]}'),
        ("a.docx", b"PK\x03\x04"),
        ("a.md", b"---\na: &a [*a, *a]\n---\n"),
        ("a.md", YAML_LAUGHS),
        ("a.md", b"---\ntitle: !!python/object/apply:os.system ['true']\n---\n\nWords.\n"),
        ("a.md", b"---\n" + b"[" * 5000 + b"\n---\n\nWords.\n"),
        ("a.md", b"\xef\xbb\xbf\xef\xbb\xbf"),
    ],
)  # fmt: skip
def test_a_broken_source_is_refused_or_read(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with contextlib.suppress(SourceError):
        octavo.read(tmp_path / name)
