"""Document properties: core (ECMA-376-2, 11), extended, and custom for what neither has a name for."""

from __future__ import annotations

import datetime
import uuid

from octavo.tree.metadata import Metadata
from octavo.writers.docx.xml import DECLARATION, escape

_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_TYPES = 'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def core_part(about: Metadata, identifier: str, produced: datetime.datetime) -> bytes:
    """Return core.xml."""
    moment = produced.strftime("%Y-%m-%dT%H:%M:%SZ")
    authors = "; ".join(author.name for author in about.authors)
    time = '<dcterms:{name} xsi:type="dcterms:W3CDTF">' + moment + "</dcterms:{name}>"
    content = (
        _element("dc:title", about.title)
        + _element("dc:subject", about.subtitle)
        + _element("dc:creator", authors)
        + _element("cp:keywords", ", ".join(about.keywords))
        + _element("dc:description", about.description)
        + _element("cp:lastModifiedBy", authors)
        + time.format(name="created")
        + time.format(name="modified")
        + _element("dc:identifier", identifier)
        + _element("dc:language", about.language)
    )
    return f"{DECLARATION}<cp:coreProperties {_CORE}>{content}</cp:coreProperties>".encode()


def extended_part(about: Metadata, pages: int) -> bytes:
    """Return app.xml; `pages` are those of octavo's own layout, 0 where there is none."""
    content = "<Template>Normal.dotm</Template><Application>Octavo</Application>"
    content += _element("Pages", str(pages) if pages else "") + _element("Company", about.publisher)
    return f'{DECLARATION}<Properties xmlns="{_EXTENDED}" {_TYPES}>{content}</Properties>'.encode()


def item_id(identifier: str) -> str:
    """Return the identifier of the custom XML part that holds the tree: one for each edition's URN."""
    return f"{{{str(uuid.uuid5(uuid.NAMESPACE_URL, f'{identifier}#roundtrip')).upper()}}}"


def custom_part(about: Metadata, identifier: str) -> bytes:
    """Return custom.xml: the identifier, and the metadata that Word has no field for."""
    named = {
        "Identifier": identifier,
        "Octavo Round Trip": item_id(identifier),
        "Publisher": about.publisher,
        "Series": about.series,
        "Issue": about.issue,
        "Date": str(about.date or about.date_text),
        "ISBN": about.isbn,
        "ISSN": about.issn,
        "DOI": about.doi,
        "Rights": about.rights,
    }
    given = [(name, value) for name, value in named.items() if value]
    content = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(given, start=2)
    )
    return f'{DECLARATION}<Properties xmlns="{_CUSTOM}" {_TYPES}>{content}</Properties>'.encode()


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""
