"""The one door to EbookLib, which packs the files and writes the frame of the package document.

Our bytes go in as they are: EbookLib's own chapters, navigation and NCX rewrite what they are given. EbookLib is
licensed AGPL-3.0-or-later; everything that knows it is in this module, so that it can be replaced.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from ebooklib import epub
from lxml import etree

from octavo.writers.epub.package import Entry

FOLDER: Final = "EPUB"
NAV_NAME: Final = "nav.xhtml"
NCX_NAME: Final = "toc.ncx"
_OPF: Final = "http://www.idpf.org/2007/opf"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_STORED: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_PREFIXES: Final = (
    ("onix", "http://www.editeur.org/ONIX/book/codelists/current.html#"),
    ("ibooks", "http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"),
)
_CONTAINER: Final = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\n'
    '<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>\n'
    "</container>\n"
)


class Resource(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the e-book. `linear` is None for what is not in the spine."""

    name: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    id: str = ""
    in_spine: bool = False
    linear: bool = True


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """All that goes into the container, in the order it stands there."""

    entries: Sequence[Entry]
    resources: Sequence[Resource]
    language: str
    direction: str
    modified: datetime.datetime


def pack(book: Book) -> bytes:
    """Return the e-book's file (EPUB 3.3, 4); the same bytes for the same book."""
    made = epub.EpubBook()
    made.metadata = {}
    made.FOLDER_NAME = FOLDER
    made.IDENTIFIER_ID = "id"
    made.direction = book.direction if book.direction == "rtl" else None
    made.prefixes = []
    for resource, identifier in zip(book.resources, _identifiers(book.resources), strict=True):
        item = epub.EpubItem(
            uid=identifier, file_name=resource.name, media_type=resource.media_type, content=resource.data
        )
        item.properties = list(resource.properties)
        made.add_item(item)
        if resource.in_spine:
            made.spine.append((identifier, "yes" if resource.linear else "no"))
    stream = io.BytesIO()
    _Packer(stream, made, book).write()
    return stream.getvalue()


def _identifiers(resources: Iterable[Resource]) -> list[str]:
    """Return an identifier for each file, made of its name."""
    found: list[str] = []
    for resource in resources:
        made = "".join(each if each.isalnum() or each == "-" else "-" for each in resource.name)
        found.append(resource.id or f"item-{made}")
    return found


class _Packer(epub.EpubWriter):  # type: ignore[misc]
    """Writes the package document with what EbookLib leaves out, and a zip file that is the same each time."""

    def __init__(self, stream: io.BytesIO, made: epub.EpubBook, book: Book) -> None:
        super().__init__(stream, made, {"epub2_guide": False, "epub3_pages": False, "mtime": book.modified})
        self._content = book

    def write(self) -> None:
        """Write the whole file. `mimetype` is first and not compressed (EPUB 3.3, 4.2.3.2)."""
        with _SteadyZip(self.file_name, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as self.out:
            self.out.store("mimetype", b"application/epub+zip")
            self.out.writestr("META-INF/container.xml", _CONTAINER)
            self._write_opf()
            for resource in self._content.resources:
                name = f"{FOLDER}/{resource.name}"
                if resource.media_type in _STORED:
                    self.out.store(name, resource.data)
                else:
                    self.out.writestr(name, resource.data)

    def _write_opf_file(self, root: Any) -> None:
        root.set(_XML_LANG, self._content.language)
        if self._content.direction == "rtl":
            root.set("dir", "rtl")
        root.set("prefix", " ".join(f"{name}: {address}" for name, address in _PREFIXES))
        fonts = False
        metadata = root.find("metadata")
        changed = metadata[0]
        metadata.clear()
        for entry in self._content.entries:
            metadata.append(_element(entry))
        metadata.append(changed)
        for resource, identifier in zip(
            self._content.resources, _identifiers(self._content.resources), strict=True
        ):
            if "cover-image" in resource.properties:
                # Kindle, and readers of EPUB 2, know the cover by this alone.
                etree.SubElement(metadata, "meta", name="cover", content=identifier)
            elif resource.media_type.startswith("font/") and not fonts:
                # Apple Books sets a book in its own faces only where it says that it has some.
                fonts = True
                etree.SubElement(metadata, "meta", property="ibooks:specified-fonts").text = "true"
        etree.indent(root, space="  ")
        data = etree.tostring(root, encoding="utf-8", xml_declaration=True)
        self.out.writestr(f"{FOLDER}/package.opf", data)


def _element(entry: Entry) -> Any:
    if entry.core:
        element = etree.Element(f"{{{_DC}}}{entry.name}")
    else:
        element = etree.Element("meta", property=entry.name)
        if entry.refines:
            element.set("refines", entry.refines)
        if entry.scheme:
            element.set("scheme", entry.scheme)
    if entry.id:
        element.set("id", entry.id)
    element.text = entry.text
    return element


class _SteadyZip(zipfile.ZipFile):
    """A zip file without the time of day."""

    def writestr(
        self, name: Any, data: Any, compress_type: int | None = None, compresslevel: int | None = None
    ) -> None:
        """Write a file under a fixed date."""
        info = zipfile.ZipInfo(str(name), _EARLIEST)
        info.compress_type = zipfile.ZIP_DEFLATED if compress_type is None else compress_type
        info.external_attr = 0o644 << 16
        info.create_system = 3
        super().writestr(
            info, data, compress_type=info.compress_type, compresslevel=compresslevel or self.compresslevel
        )

    def store(self, name: str, data: bytes) -> None:
        """Write a file without compressing it."""
        self.writestr(name, data, compress_type=zipfile.ZIP_STORED)
