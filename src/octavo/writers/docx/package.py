"""The package: parts put into a python-docx package once, and written byte for byte the same on every run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Final

from docx.opc.packuri import PackURI
from docx.opc.part import Part as OpcPart
from docx.package import Package

from octavo.writers.docx.story import OFFICE, Part, Relationship

_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold; python-docx would write the clock's."""
_LEVEL: Final = 4
"""Level 5 takes more than half as long again for a thirtieth less."""
_STORED: Final = (".png", ".jpeg", ".gif")
_CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_DEFAULTS: Final = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
}
_BY_EXTENSION: Final = ("png", "jpeg", "gif", "svg", "odttf")


def pack(document: Part, parts: Sequence[Part], outside: Sequence[Part]) -> bytes:
    """Return the package's bytes.

    Args:
        document: the main document.
        parts: all other parts below it; the relationships of parts name them.
        outside: parts that the package itself relates to: the document's properties.

    The text goes in as it was written: reading it into python-docx's tree would only double what it takes.
    """
    package = Package()
    main = OpcPart(PackURI(document.name), document.content_type, document.data, package)
    made: dict[str, OpcPart] = {
        each.name: OpcPart(PackURI(each.name), each.content_type, each.data, package)
        for each in (*parts, *outside)
    }
    _relate(main, document.relationships, made)
    for each in parts:
        _relate(made[each.name], each.relationships, made)
    package.load_rel(f"{OFFICE}/officeDocument", main, "rId1")
    for number, each in enumerate(outside, start=2):
        package.load_rel(each.kind, made[each.name], f"rId{number}")
    return write_package(package)


def _relate(part: OpcPart, relationships: Sequence[Relationship], made: dict[str, OpcPart]) -> None:
    for each in relationships:
        part.load_rel(each.kind, each.target if each.external else made[each.target], each.id, each.external)


def write_package(package: Package) -> bytes:
    """Return a python-docx package as a zip file that is the same for the same parts (ECMA-376-2, 9)."""
    parts = list(package.iter_parts())
    entries: list[tuple[str, bytes]] = [
        ("[Content_Types].xml", _content_types(parts)),
        ("_rels/.rels", package.rels.xml.encode() if isinstance(package.rels.xml, str) else package.rels.xml),
    ]
    for each in parts:
        name = str(each.partname)[1:]
        entries.append((name, each.blob))
        if len(each.rels):
            related = each.rels.xml
            entries.append(
                (str(each.partname.rels_uri)[1:], related.encode() if isinstance(related, str) else related)
            )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in entries:
            information = zipfile.ZipInfo(name, _TIME)
            information.create_system = 3
            information.external_attr = 0o644 << 16
            information.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
            archive.writestr(information, data, compresslevel=_LEVEL)
    return stream.getvalue()


def _content_types(parts: Sequence[OpcPart]) -> bytes:
    defaults = dict(_DEFAULTS)
    overrides: list[str] = []
    for each in parts:
        extension = str(each.partname).rpartition(".")[2]
        if extension in _BY_EXTENSION:
            defaults[extension] = each.content_type
        else:
            overrides.append(f'<Override PartName="{each.partname}" ContentType="{each.content_type}"/>')
    known = "".join(
        f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in sorted(defaults.items())
    )
    declared = f'<Types xmlns="{_CONTENT_TYPES}">{known}{"".join(overrides)}</Types>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{declared}'.encode()
