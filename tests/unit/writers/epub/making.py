"""What the tests of the EPUB writer share: manuscripts from documents, and the files of the e-books made of them."""

from __future__ import annotations

import datetime
import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from octavo.diagnostics import Diagnostic, error
from octavo.environment import installed_fonts
from octavo.errors import ThemeError
from octavo.fonts.book import FontBook
from octavo.theme.load import load_theme
from octavo.theme.resolve import resolve_theme
from octavo.theme.style import Medium, StyleSheet
from octavo.transforms.resolve import resolve
from octavo.transforms.resolved import Numbering, Resolved
from octavo.tree import Document
from octavo.tree.media import MediaFile
from octavo.typeset.frames import Layout, Page, PageStart
from octavo.writers.epub.writer import EpubWriter
from octavo.writers.protocol import Manuscript

SHIPPED = Path(__file__).parents[4] / "themes"
PRODUCED = datetime.datetime(2024, 2, 29, 12, 30, 15, tzinfo=datetime.UTC)
IDENTIFIER = "urn:uuid:7d0f9a52-2c35-5a7a-9c1e-6a2f9e0c4b11"
FONTS = installed_fonts()


def read_theme(name: str, _relative_to: str) -> tuple[str, str]:
    path = SHIPPED / f"{name}.toml"
    if not path.is_file():
        raise ThemeError(error("unknown-theme", f"there is no theme `{name}`"))
    return str(path), path.read_text("utf-8")


def styles(name: str = "policy", text: str = "") -> StyleSheet:
    """A shipped theme resolved for the screen, or one given as a TOML text."""

    def read(each: str, relative_to: str) -> tuple[str, str]:
        return ("own.toml", text) if text and each == "own" else read_theme(each, relative_to)

    sheet, _ = resolve_theme(load_theme("own" if text else name, read), Medium.SCREEN, FONTS)
    return sheet


POLICY = styles()


def resolved(
    document: Document, sheet: StyleSheet = POLICY, media: Mapping[str, MediaFile] | None = None
) -> Resolved:
    numbering = Numbering(section_depth=sheet.section_depth)
    found, _ = resolve(document, numbering=numbering, media=media or {}, declared=frozenset(sheet.styles))
    return found


def manuscript(
    document: Document,
    *,
    sheet: StyleSheet = POLICY,
    media: Mapping[str, MediaFile] | None = None,
    layout: Layout | None = None,
    fonts: FontBook | None = None,
) -> Manuscript:
    return Manuscript(
        resolved=resolved(document, sheet, media),
        styles=sheet,
        layout=layout,
        fonts=FontBook(()) if fonts is None else fonts,
        produced=PRODUCED,
        identifier=IDENTIFIER,
    )


class Book:
    """An e-book taken apart."""

    def __init__(self, made: Manuscript) -> None:
        output = EpubWriter().write(made)
        self.data = output.data
        self.diagnostics: tuple[Diagnostic, ...] = output.diagnostics
        with zipfile.ZipFile(io.BytesIO(output.data)) as package:
            self.files = {name: package.read(name) for name in package.namelist()}

    def text(self, name: str = "text.xhtml") -> str:
        return self.files[f"EPUB/{name}"].decode("utf-8")

    @property
    def pages(self) -> dict[str, str]:
        """All XHTML files."""
        return {name: data.decode("utf-8") for name, data in self.files.items() if name.endswith(".xhtml")}


def book(
    document: Document,
    *,
    sheet: StyleSheet = POLICY,
    media: Mapping[str, MediaFile] | None = None,
    layout: Layout | None = None,
    fonts: FontBook | None = None,
) -> Book:
    return Book(manuscript(document, sheet=sheet, media=media, layout=layout, fonts=fonts))


Start: TypeAlias = tuple[str, int, int] | tuple[str, PageStart] | tuple[str]


def layout(*starts: Start, page_of: Mapping[int, int] | None = None) -> Layout:
    """Pages by (folio, key, offset) or (folio, start), or by their folio alone where nothing begins on them."""
    pages = tuple(
        Page(
            label=start[0],
            side="recto",
            frames=(),
            anchors=(),
            start=_begin(start),
        )
        for start in starts
    )
    return Layout(width=595, height=842, bleed=0, pages=pages, fonts=(), page_of=page_of or {})


def _begin(start: Start) -> PageStart | None:
    match start:
        case (_, int(key), int(offset)):
            return PageStart(key, offset)
        case (_, PageStart() as begin):
            return begin
        case _:
            return None


def raster(source: str = "chart.png", kind: str = "PNG") -> MediaFile:
    """A small image file."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (40, 20), (11, 60, 102)).save(out, kind)
    return MediaFile(
        source=source,
        data=out.getvalue(),
        media_type=f"image/{kind.lower()}",
        digest=hashlib.sha256(out.getvalue()).hexdigest(),
        pixel_width=40,
        pixel_height=20,
        width=30.0,
        height=15.0,
    )
