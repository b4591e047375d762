"""The package: a zip file of parts and of relationships between them (ECMA-376-2), opened with suspicion.

Sizes are checked before anything is unpacked, XML has no entities, nothing is fetched. Only parts that are asked for
are unpacked.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

import msgspec
from lxml import etree

from octavo.diagnostics import Position, error
from octavo.errors import SourceError
from octavo.readers.docx.names import PACKAGE, STRICT

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_PARTS: Final = 20_000
LARGEST_XML: Final = 64 * 2**20
"""A longer part of XML is refused, in bytes: five thousand pages have less."""
LARGEST_FILE: Final = 256 * 2**20
LARGEST_PACKAGE: Final = 2**30
_OLD_OFFICE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
"""The first bytes of a compound file: an encrypted package, or a document of Word 97 to 2003 ([MS-CFB], 2.2)."""
_ENCRYPTED: Final = 0x1
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))


class Relationship(msgspec.Struct, frozen=True):
    """Where a part leads to. `kind` is the end of the type's URI, `target` a part's name, or a URL when `external`."""

    kind: str
    target: str
    external: bool = False


class Package:
    """The parts of a file, by their names without a slash before them."""

    def __init__(self, data: bytes, name: str) -> None:
        self._place = Position(0, 0, name)
        if not data:
            raise self._broken("the file is empty", "save it again")
        if data.startswith(_OLD_OFFICE):
            raise self._broken(
                "the file is protected by a password, or a document of Word 97 to 2003",
                "open it in Word or LibreOffice and save it as .docx without a password",
            )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            found = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as fault:
            raise self._broken("the file is no Word document: it is no zip file", _HINT) from fault
        if len(found) > MOST_PARTS or sum(each.file_size for each in found) > LARGEST_PACKAGE:
            raise self._broken("the file unpacks to more than octavo takes", "divide the document")
        self._entries = {_key(each.filename): each for each in found}

    def _broken(self, message: str, hint: str = "") -> SourceError:
        return SourceError(error("not-a-word-file", message, self._place, hint))

    def names(self) -> list[str]:
        """Return the names of all parts, in lower case."""
        return list(self._entries)

    def has(self, name: str) -> bool:
        """Say whether there is a part."""
        return _key(name) in self._entries

    def read(self, name: str, limit: int = LARGEST_FILE) -> bytes:
        """Return a part's bytes.

        Raises:
            SourceError: it is missing, encrypted, damaged or too large.
        """
        entry = self._entries.get(_key(name))
        if entry is None:
            raise self._broken(f"the file lacks its part `{name}`", _HINT)
        if entry.flag_bits & _ENCRYPTED:
            raise self._broken("the file is encrypted", "save it without a password")
        if entry.file_size > limit:
            raise self._broken(
                f"the part `{name}` unpacks to {entry.file_size} bytes, more than octavo takes"
            )
        try:
            return self._archive.read(entry)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError) as fault:
            raise self._broken(f"the part `{name}` is damaged", _HINT) from fault

    def xml(self, name: str, *, huge: bool = False) -> Element:
        """Return a part's root element.

        Raises:
            SourceError: as `read`, or it is no well-formed XML, or declares entities.
        """
        return self.parsed(self.read(name, LARGEST_XML), name, huge=huge)

    def parsed(self, data: bytes, name: str, *, huge: bool = False) -> Element:
        """Return the root element of a part whose bytes are at hand."""
        if any(each in data for each in _DOCTYPES):
            raise self._broken(
                f"the part `{name}` declares a document type, which no Word file does", "do not trust it"
            )
        if b"http://purl.oclc.org/ooxml/" in data:
            # Where namespaces are declared, and not in a text that speaks of them.
            for old, new in STRICT:
                for quote in (b'"', b"'"):
                    data = data.replace(b"=" + quote + old + quote, b"=" + quote + new + quote)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=huge,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as fault:
            if "Excessive depth" in str(fault):
                raise SourceError(
                    error("nesting-too-deep", "the file nests too deeply", self._place)
                ) from fault
            raise self._broken(f"the part `{name}` is no well-formed XML: {fault}", _HINT) from fault

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Return a part's relationships by their identifiers; those of the package for the part "". A part without
        any, or whose list is damaged, has none."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(name):
            return {}
        found: dict[str, Relationship] = {}
        for each in self.xml(name).iter(f"{{{PACKAGE}}}Relationship"):
            external = each.get("TargetMode") == "External"
            target = each.get("Target") or ""
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            kind = (each.get("Type") or "").rpartition("/")[2]
            found[each.get("Id") or ""] = Relationship(kind, target, external)
        return found


_HINT: Final = "open it in Word or LibreOffice and save it anew"


def _key(name: str) -> str:
    """Part names are compared without regard to case (ECMA-376-2, 6.2.2.3)."""
    return name.replace("\\", "/").lstrip("/").lower()
