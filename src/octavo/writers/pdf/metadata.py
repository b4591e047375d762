"""What the file says of itself: the XMP packet, and the information dictionary that agrees with it.

Sources: ISO 19005-2, 6.6 (metadata, identification, extension schemas) and ISO 14289-1, clause 5 (identification).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

import msgspec

from octavo.transforms.resolved import Resolved
from octavo.tree.walk import plain_text
from octavo.writers.pdf.objects import text_string
from octavo.writers.protocol import Manuscript

PRODUCER: Final = "octavo"
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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
    return " ".join(_NOT_IN_XML.sub("", text).split())


def _title(resolved: Resolved) -> str:
    title = cleaned(resolved.document.metadata.title)
    if not title and resolved.index.headings:
        title = cleaned(plain_text(resolved.index.headings[0].title))
    return title or "Untitled"


def information(about: About) -> str:
    """Return the information dictionary (ISO 32000-1, 14.3.3)."""
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
    return f"<<{''.join(f'/{key}{text_string(value)}' for key, value in entries.items() if value)}>>"


def xmp_packet(about: About) -> bytes:
    """Return the XMP packet, which claims PDF/A-2a and PDF/UA-1."""
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
        _UA_SCHEMA,
    ]
    body = "\n".join(each for each in properties if each)
    return _PACKET.format(body=body).encode()


def _simple(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _language_alternative(name: str, value: str) -> str:
    item = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt>'
    return f"<{name}>{item}</{name}>" if value else ""


def _items(name: str, container: str, values: Iterable[str]) -> str:
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values if value)
    return f"<{name}><rdf:{container}>{items}</rdf:{container}></{name}>" if items else ""


# ISO 19005-2, 6.6.2.3.3: a schema that XMP does not know must be described in the packet itself.
_UA_SCHEMA: Final = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""

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
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
{body}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
