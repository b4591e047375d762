"""Open a zipped edition from its bytes, with limits; what is too large, encrypted or broken is a finding."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any, Final

from octavo.checks.findings import Findings

MOST_UNPACKED: Final = 1_000_000_000
"""Bytes that all parts together may take once they are unpacked."""
_MOST_PARTS: Final = 50_000


class Package:
    """The parts of a zip file by their names, in the order of the file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.entries: tuple[zipfile.ZipInfo, ...] = tuple(archive.infolist())
        self.names: frozenset[str] = frozenset(entry.filename for entry in self.entries)
        self._trees: dict[str, Any] = {}

    def data(self, name: str) -> bytes:
        """Return a part's bytes; empty where there is none or it cannot be unpacked."""
        try:
            return self._archive.read(name)
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
            EOFError,
            OSError,
        ):
            return b""

    def xml(self, name: str, findings: Findings) -> Any:
        """Return the root element of a part; None, and a finding, where it is no well-formed XML."""
        from lxml import etree

        if name not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
            try:
                self._trees[name] = etree.fromstring(self.data(name), parser)
            except (etree.XMLSyntaxError, ValueError) as fault:
                findings.error("edition-part-broken", f"`{name}` is no well-formed XML: {fault}")
                self._trees[name] = None
        return self._trees[name]


def open_package(data: bytes, findings: Findings) -> Package | None:
    """Return the package in some bytes; None, and a finding, where they hold none that may be opened."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        NotImplementedError,
        EOFError,
        UnicodeDecodeError,
    ) as fault:
        findings.error("edition-not-read", f"the file is no sound zip archive: {fault}", "make it again")
        return None
    if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        findings.error(
            "edition-not-read", "the file unpacks to more than may be read", "it may be a zip bomb"
        )
        return None
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if name in seen:
            findings.error("edition-part-broken", f"`{name}` stands in the file twice")
        seen.add(name)
        if name.startswith("/") or ".." in name.split("/") or "\\" in name:
            findings.error("edition-part-broken", f"`{name}` is no name that a part may have")
        if entry.flag_bits & 1:
            findings.error("edition-not-read", f"`{name}` is encrypted")
    return Package(archive)


def joined(base: str, target: str) -> str:
    """Return the name of the part that `target` names in part `base`."""
    path = target if target.startswith("/") else posixpath.join(posixpath.dirname(base), target)
    return posixpath.normpath(path).lstrip("/")
