"""What is fuzzed: for each target what takes the bytes, what it may say of them, and what it starts from.

Each function takes any bytes and returns, or lets through what is a fault of octavo's.
"""

from __future__ import annotations

import contextlib
import functools
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec
from lxml import etree

import octavo
from octavo.environment import DiskEnvironment, MemoryEnvironment
from octavo.errors import OctavoError
from octavo.mathematics.formula import FormulaError
from octavo.mathematics.latex import read_latex
from octavo.media import recognise
from octavo.plugins import find_reader, find_writer
from octavo.production import Dress, Prepared, dress, prepare, prepare_dressed, write
from octavo.readers.protocol import Source
from octavo.theme.load import load_theme
from octavo.theme.resolve import resolve_media
from octavo.theme.style import Medium
from octavo.tree.dump import from_json, to_json
from octavo.writers.protocol import Writer
from tests.corpus import ROOT, corpus
from tests.unit.checks import shipped
from tests.unit.checks.finished import edition, png

FORMATS: Final = ("pdf", "docx", "epub")
HEAD: Final = b"---\ntitle: T\nlanguage: en\n---\n\n"
MARKS: Final = (
    "---\\x0a", ":::", "::: key-points\\x0a", "```", "$$", "[^1]", "[^1]: ", "![](a.png)", "{#a .b}", "<div>", "</div>",
    "<table><tr><td>", "| a | b |\\x0a|---|---|\\x0a", "> ", "- ", "1. ", "# ", ": ", "[@a]", "@fig-a", "^[a]", "\\x5c",
    "&amp;", "\\xe2\\x80\\xae", "\\x0a\\x0a", "**", "~~", "[a]: b", "<!--", "-->", "title:", "authors:", "date:",
    "&a ", "*a",
    "\\x5cfrac{", "\\x5cleft(", "\\x5cbegin{matrix}", "\\x5cend{matrix}", "extends = ", "[style.text]", "[token.color]",
    "{color.a}", "1pt", "#123456", "<w:p>", "<w:r>", "<w:t>", "<w:tbl>", "<w:fldChar w:fldCharType=\\x22begin\\x22/>",
    "<path d=\\x22M0 0\\x22/>", "<use href=\\x22#a\\x22/>", "transform=\\x22scale(0)\\x22", "{\\x22octavo\\x22:1,",
)  # fmt: skip
"""Pieces that mean something in some source, as libFuzzer's dictionary has them."""


class Target(msgspec.Struct, frozen=True):
    """Something that takes bytes; `seeds` are those that a run begins with, `longest` the most that it tries."""

    run: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]
    longest: int = 4096


def _read(name: str, data: bytes) -> None:
    """A source is read into a document that JSON can hold, or refused with words."""
    with _refusals():
        document = find_reader(name).read(Source(data, "fuzzed")).document
        if from_json(to_json(document)) != document:
            raise AssertionError("the document does not survive as JSON")


@contextlib.contextmanager
def _refusals() -> Iterator[None]:
    """A refusal is no fault where it says why; a writer that fails is one."""
    try:
        yield
    except OctavoError as fault:
        said = fault.diagnostics
        if not said or not all(each.code and each.message for each in said):
            raise AssertionError("it is refused without words") from fault
        if any(each.code == "writer-failed" for each in said):
            raise


@functools.cache
def _world() -> MemoryEnvironment:
    return MemoryEnvironment({}, DiskEnvironment().fonts(), shipped.themes())


_WORD_PARTS: Final = (
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/footnotes.xml",
    "docProps/core.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
)


@functools.cache
def _word_parts() -> dict[str, bytes]:
    """The parts of a Word file, without the tree that it carries."""
    with zipfile.ZipFile(io.BytesIO(edition("docx"))) as package:
        return {name: package.read(name) for name in package.namelist() if "customXml" not in name}


def _word_part(data: bytes) -> None:
    """A Word file in which one part is what was drawn, made well-formed: the first byte says which."""
    try:
        root = etree.fromstring(data[1:], etree.XMLParser(recover=True, resolve_entities=False))
    except etree.XMLSyntaxError:
        return
    if root is None:
        return
    parts = {**_word_parts(), _WORD_PARTS[data[0] % len(_WORD_PARTS)]: etree.tostring(root)}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    _read("docx", made.getvalue())


def _word_seeds() -> list[bytes]:
    return [bytes([at]) + _word_parts()[name] for at, name in enumerate(_WORD_PARTS)]


def _theme(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    world = MemoryEnvironment({}, _world().fonts(), {**shipped.themes(), "fuzzed": text})
    with _refusals():
        resolve_media(load_theme("fuzzed", world.read_theme), tuple(Medium), world.fonts())


@functools.cache
def _shown() -> tuple[Prepared, tuple[Writer, ...]]:
    """A document with one image, ready to be written."""
    world = MemoryEnvironment(
        {"a.md": HEAD + b"![A](a.png)\n", "a.png": png(40)}, _world().fonts(), shipped.themes()
    )
    writers = tuple(find_writer(each) for each in FORMATS)
    return prepare(octavo.read("a.md", environment=world), "plain", writers, world), writers


def _image(data: bytes) -> None:
    """An image is known or refused; what is known is shown in every edition."""
    with _refusals():
        media = recognise("a.png", data)
        ready, writers = _shown()
        resolved = msgspec.structs.replace(ready.resolved, media={"a.png": media})
        for writer in writers:
            write(msgspec.structs.replace(ready, resolved=resolved), writer)


def _editions(data: bytes) -> None:
    """A text in Markdown becomes a PDF, a Word file and an e-book, or is refused."""
    world = MemoryEnvironment({"a.md": HEAD + data}, _world().fonts(), shipped.themes())
    with _refusals():
        document = octavo.read("a.md", environment=world)
        dressed, writers = _dressed()
        ready = prepare_dressed(document, dressed, writers, world)
        for writer in writers:
            write(ready, writer)


@functools.cache
def _dressed() -> tuple[Dress, tuple[Writer, ...]]:
    """A theme, resolved once: it is no part of what is tried."""
    writers = tuple(find_writer(each) for each in FORMATS)
    return dress("plain", writers, _world()), writers


def _formula(data: bytes) -> None:
    with contextlib.suppress(FormulaError):
        read_latex(data.decode("utf-8", "replace"))


def _files(*patterns: str, longest: int = 4096) -> Callable[[], list[bytes]]:
    return lambda: [
        path.read_bytes()[:longest]
        for pattern in patterns
        for path in sorted(ROOT.glob(pattern))
        if path.is_file()
    ]


def _tables() -> list[bytes]:
    """Small themes, each with one table of a theme of the repository: the less there is, the more can be tried."""
    found: list[bytes] = []
    for path in (*sorted((ROOT / "themes").glob("*.toml")), *sorted((ROOT / "examples").glob("*.toml"))):
        tables = re.split(r"(?m)^(?=\[)", path.read_text(encoding="utf-8"))
        found += [f'name = "fuzzed"\nextends = "base"\n{each}'.encode() for each in tables[1:]]
    return list(dict.fromkeys(found))


def _formulas() -> list[bytes]:
    """The formulas of the repository's documents."""
    found = [rb"\frac{a}{b} + \sum_{i=1}^{n} x_i^2 \left( \sqrt[3]{y} \right)"]
    for path in corpus():
        if path.suffix == ".md":
            text = path.read_text(encoding="utf-8")
            pieces = re.findall(r"\$\$(.+?)\$\$|\$([^\s$][^$\n]*)\$", text, re.DOTALL)
            found += [(shown or inline).strip().encode()[:400] for shown, inline in pieces]
    return list(dict.fromkeys(found))


def _markdown() -> list[bytes]:
    return [path.read_bytes()[:4096] for path in corpus() if path.suffix == ".md"]


def _trees() -> list[bytes]:
    found = []
    for data in _markdown():
        with contextlib.suppress(OctavoError):
            found.append(to_json(find_reader("markdown").read(Source(data[:1500], "a")).document))
    return found


def _pictures() -> list[bytes]:
    from PIL import Image

    found = [path.read_bytes() for path in ROOT.glob("tests/cases/**/*.svg")]
    found += [path.read_bytes() for path in ROOT.glob("examples/**/*.svg")]
    for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"):
        file = io.BytesIO()
        Image.new("RGB", (5, 4), "teal").save(file, kind)
        found.append(file.getvalue())
    return [each for each in found if len(each) < 20_000]


TARGETS: Final[dict[str, Target]] = {
    "markdown": Target(functools.partial(_read, "markdown"), _markdown),
    "brief": Target(functools.partial(_read, "brief"), _files("seeds/*.txt", "tests/cases/brief/**/*.txt")),
    "json": Target(functools.partial(_read, "json"), _trees, 16_384),
    "docx": Target(functools.partial(_read, "docx"), lambda: [edition("docx")], 600_000),
    "docx-part": Target(_word_part, _word_seeds, 60_000),
    "theme": Target(_theme, _tables, 3_000),
    "image": Target(_image, _pictures, 20_000),
    "formula": Target(_formula, _formulas, 400),
    "editions": Target(_editions, lambda: [each[:1200] for each in _markdown()], 1200),
}


def folder(name: str) -> Path:
    """Where a target's inputs and findings are kept."""
    return ROOT / "build" / "fuzz" / name
