"""What the file says of itself: the XMP packet, and the information dictionary that agrees with it.

Sources: ISO 19005-2, 6.6 (metadata, identification, extension schemas) and ISO 14289-1, clause 5 (identification).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Final, NamedTuple

import msgspec

from octavo.transforms.resolved import Resolved
from octavo.tree.walk import plain_text
from octavo.writers.pdf.objects import text_string
from octavo.writers.protocol import Manuscript

PRODUCER: Final = "octavo"
# It stays text until it is needed: it takes milliseconds to compile.
_NOT_IN_XML: Final = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
UNDETERMINED: Final = "und"


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What the file says of itself; XMP and the information dictionary are both made of this.

    `identifier` is a URN; `language` is never empty.
    """

    title: str
    authors: tuple[str, ...]
    subject: str
    keywords: tuple[str, ...]
    language: str
    publisher: str
    rights: str
    identifier: str
    produced: datetime.datetime


def describe(manuscript: Manuscript) -> About:
    """Return what the file says of itself.

    A document without a title is called by its first heading: ISO 14289-1, 7.1 wants a title.
    """
    metadata = manuscript.resolved.document.metadata
    return About(
        title=_title(manuscript.resolved),
        authors=tuple(cleaned(author.name) for author in metadata.authors if cleaned(author.name)),
        subject=cleaned(metadata.description or metadata.subtitle),
        keywords=tuple(cleaned(word) for word in metadata.keywords if cleaned(word)),
        language=language_tag(metadata.language) or UNDETERMINED,
        publisher=cleaned(metadata.publisher),
        rights=cleaned(metadata.rights),
        identifier=manuscript.identifier,
        produced=manuscript.produced,
    )


def language_tag(text: str) -> str:
    """Return a language as BCP 47 writes it, empty where it is none (ISO 32000-1, 14.9.2.2)."""
    if not text:
        return ""
    tag = text.strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else ""


def cleaned(text: str) -> str:
    """Return a text as metadata may hold it: on one line, without characters that XML does not know."""
    if not text.isprintable():
        text = re.sub(_NOT_IN_XML, "", text)
    return " ".join(text.split())


def _title(resolved: Resolved) -> str:
    title = cleaned(resolved.document.metadata.title)
    if not title and resolved.index.headings:
        title = cleaned(plain_text(resolved.index.headings[0].title))
    return title or "Untitled"


def information(about: About, *, press: bool = False) -> str:
    """Return the information dictionary (ISO 32000-1, 14.3.3). A file for the press says whether it is trapped."""
    date = f"{about.produced.astimezone(datetime.UTC):D:%Y%m%d%H%M%SZ}"
    entries = {
        "Title": about.title,
        "Author": "; ".join(about.authors),
        "Subject": about.subject,
        "Keywords": ", ".join(about.keywords),
        "Creator": PRODUCER,
        "Producer": PRODUCER,
        "CreationDate": date,
        "ModDate": date,
    }
    trapped = "/Trapped/False" if press else ""
    written = "".join(f"/{key}{text_string(value)}" for key, value in entries.items() if value)
    return f"<<{written}{trapped}>>"


def xmp_packet(about: About, *, press: bool = False) -> bytes:
    """Return the XMP packet, which claims PDF/A-2a and PDF/UA-1, and for the press PDF/X-4."""
    date = f"{about.produced.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"
    properties = [
        _language_alternative("dc:title", about.title),
        _items("dc:creator", "Seq", about.authors),
        _language_alternative("dc:description", about.subject),
        _items("dc:subject", "Bag", about.keywords),
        _items("dc:language", "Bag", (about.language,)),
        _items("dc:publisher", "Bag", (about.publisher,)),
        _language_alternative("dc:rights", about.rights),
        _simple("dc:identifier", about.identifier),
        _simple("dc:format", "application/pdf"),
        _simple("pdf:Keywords", ", ".join(about.keywords)),
        _simple("pdf:Producer", PRODUCER),
        _simple("xmp:CreatorTool", PRODUCER),
        _simple("xmp:CreateDate", date),
        _simple("xmp:ModifyDate", date),
        _simple("xmp:MetadataDate", date),
        _simple("xmpMM:DocumentID", about.identifier),
        _simple("pdfaid:part", "2"),
        _simple("pdfaid:conformance", "A"),
        _simple("pdfuaid:part", "1"),
        *(_PRESS if press else ()),
        _schemas(_SCHEMAS if press else _SCHEMAS[:1]),
    ]
    body = "\n".join(each for each in properties if each)
    return _PACKET.format(body=body).encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _simple(name: str, value: str) -> str:
    return f"<{name}>{_escaped(value)}</{name}>" if value else ""


def _language_alternative(name: str, value: str) -> str:
    item = f'<rdf:Alt><rdf:li xml:lang="x-default">{_escaped(value)}</rdf:li></rdf:Alt>'
    return f"<{name}>{item}</{name}>" if value else ""


def _items(name: str, container: str, values: Iterable[str]) -> str:
    items = "".join(f"<rdf:li>{_escaped(value)}</rdf:li>" for value in values if value)
    return f"<{name}><rdf:{container}>{items}</rdf:{container}></{name}>" if items else ""


class _Schema(NamedTuple):
    """A property that PDF/A-2 does not know of itself, and what it is."""

    title: str
    address: str
    prefix: str
    property: str
    type: str
    meaning: str


_SCHEMAS: Final = (
    _Schema(
        "PDF/UA identification schema",
        "http://www.aiim.org/pdfua/ns/id/",
        "pdfuaid",
        "part",
        "Integer",
        "Part of ISO 14289 that the file conforms to",
    ),
    _Schema(
        "PDF/X identification schema",
        "http://www.npes.org/pdfx/ns/id/",
        "pdfxid",
        "GTS_PDFXVersion",
        "Text",
        "Standard for the exchange of printing data that the file conforms to",
    ),
    _Schema(
        "Adobe PDF schema",
        "http://ns.adobe.com/pdf/1.3/",
        "pdf",
        "Trapped",
        "Text",
        "Whether the file has been trapped",
    ),
)
"""The first is every edition's, the others are the press's."""

# ISO 15930-7, 6.3 and 6.4: the version, an identity, and whether the file is trapped.
_PRESS: Final = (
    "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
    "<pdf:Trapped>False</pdf:Trapped>",
    "<xmpMM:VersionID>1</xmpMM:VersionID>",
    "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
)


def _schemas(schemas: Iterable[_Schema]) -> str:
    """Describe schemas that XMP does not know in the packet itself (ISO 19005-2, 6.6.2.3.3)."""
    items = "\n".join(
        f"""<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>{each.title}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{each.address}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>{each.prefix}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>{each.property}</pdfaProperty:name>
<pdfaProperty:valueType>{each.type}</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>{each.meaning}</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li>"""
        for each in schemas
    )
    return f"<pdfaExtension:schemas><rdf:Bag>{items}</rdf:Bag></pdfaExtension:schemas>"


_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
{body}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
