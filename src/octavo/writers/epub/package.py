"""The package document's metadata as data: Dublin Core, what refines it, the series, identifiers, accessibility.

Sources: EPUB 3.3, 5.5 and appendix D (meta properties); ONIX code list 5 (kinds of identifiers).
"""

from __future__ import annotations

import datetime
import re
import uuid
from typing import Final

import msgspec

from octavo.tree.metadata import Author, Metadata
from octavo.writers.epub.accessibility import Contained, print_source, properties, sort_name
from octavo.writers.epub.claim import CLAIM, EVALUATOR

_POSITION: Final = re.compile(r"\d+(?:\.\d+)*")
_ISBN_10, _ISBN_13, _DOI = "02", "15", "06"


class Entry(msgspec.Struct, frozen=True):
    """One element of the metadata: `dc:name` where `name` is a Dublin Core term, else a `meta` of that property."""

    name: str
    text: str
    id: str = ""
    refines: str = ""
    scheme: str = ""
    core: bool = False


def own_identifier(printed: str) -> str:
    """Return the e-book's identifier for that of the print edition: an ISBN is taken over, a UUID makes another one,
    because each manifestation has an identifier of its own (EPUB 3.3, 5.5.3.1)."""
    if printed.startswith("urn:isbn:"):
        return printed
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{printed}#epub')}"


def metadata_entries(
    metadata: Metadata, title: str, language: str, printed: str, contained: Contained
) -> tuple[Entry, ...]:
    """Return all entries in the order they stand; the first is the unique identifier, of id `id`. `printed` is the
    print edition's identifier."""
    identifier = own_identifier(printed)
    found: list[Entry] = [Entry("identifier", identifier, id="id", core=True)]
    found += _identifiers(metadata, identifier)
    found += _titles(metadata, title)
    found.append(Entry("language", language, core=True))
    for at, author in enumerate((each for each in metadata.authors if each.name.strip()), start=1):
        found += _creator(author, at)
    for name, text in (
        ("publisher", metadata.publisher),
        ("date", metadata.date.isoformat() if metadata.date else _part_of_date(metadata.date_text)),
        *(("subject", keyword) for keyword in metadata.keywords),
        ("description", metadata.description),
        ("rights", metadata.rights),
    ):
        if text.strip():
            found.append(Entry(name, text.strip(), core=True))
    found += _series(metadata)
    if contained.pages:
        source = print_source(metadata, printed)
        found.append(Entry("source", source, id="print", core=True))
        found.append(Entry("source-of", "pagination", refines="#print"))
        found.append(Entry("pageBreakSource", source))
    found += [Entry(name, text) for name, text in properties(contained)]
    if contained.conforms:
        found.append(Entry("dcterms:conformsTo", CLAIM, id="conformance"))
        found.append(Entry("a11y:certifiedBy", EVALUATOR, refines="#conformance"))
    return tuple(found)


def _part_of_date(text: str) -> str:
    """Return a year, or a year with its month; of dates EPUB takes no other that leave something out (W3CDTF)."""
    return text if re.fullmatch(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2]))?", text) else ""


def _identifiers(metadata: Metadata, unique: str) -> list[Entry]:
    found: list[Entry] = []
    digits = re.sub(r"[^0-9Xx]", "", metadata.isbn)
    if digits:
        scheme = _ISBN_10 if len(digits) == 10 else _ISBN_13
        if unique != f"urn:isbn:{digits}":
            found.append(Entry("identifier", f"urn:isbn:{digits}", id="isbn", core=True))
            found.append(Entry("identifier-type", scheme, refines="#isbn", scheme="onix:codelist5"))
        else:
            found.append(Entry("identifier-type", scheme, refines="#id", scheme="onix:codelist5"))
    if metadata.doi.strip():
        bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)", "", metadata.doi.strip(), flags=re.IGNORECASE)
        found.append(Entry("identifier", f"doi:{bare}", id="doi", core=True))
        found.append(Entry("identifier-type", _DOI, refines="#doi", scheme="onix:codelist5"))
    if metadata.issn.strip() and not metadata.series.strip():
        found.append(Entry("identifier", f"urn:issn:{metadata.issn.strip()}", id="issn", core=True))
    return found


def _titles(metadata: Metadata, title: str) -> list[Entry]:
    found = [
        Entry("title", title, id="title", core=True),
        Entry("title-type", "main", refines="#title"),
    ]
    for name, text, kind in (
        ("subtitle", metadata.subtitle, "subtitle"),
        ("short-title", metadata.short_title, "short"),
    ):
        if text.strip() and text.strip() != title:
            found.append(Entry("title", text.strip(), id=name, core=True))
            found.append(Entry("title-type", kind, refines=f"#{name}"))
    if len(found) > 2:
        found.insert(2, Entry("display-seq", "1", refines="#title"))
    return found


def _creator(author: Author, at: int) -> list[Entry]:
    identifier = f"author-{at}"
    name = author.name.strip()
    refines = f"#{identifier}"
    found = [
        Entry("creator", name, id=identifier, core=True),
        Entry("role", "aut", refines=refines, scheme="marc:relators"),
        Entry("file-as", sort_name(name), refines=refines),
        Entry("display-seq", str(at), refines=refines),
    ]
    for property_, text in (
        ("dcterms:identifier", f"https://orcid.org/{author.orcid.strip()}" if author.orcid.strip() else ""),
        ("schema:affiliation", author.affiliation),
        ("schema:email", author.email),
        ("schema:description", author.biography),
    ):
        if text.strip():
            found.append(Entry(property_, " ".join(text.split()), refines=refines))
    return found


def _series(metadata: Metadata) -> list[Entry]:
    name = metadata.series.strip()
    if not name:
        return []
    found = [
        Entry("belongs-to-collection", name, id="series"),
        Entry("collection-type", "series", refines="#series"),
    ]
    # The position is whole numbers with points between them: issue 2023-28 is 2023.28.
    position = re.sub(r"[-/–]", ".", metadata.issue.strip())
    if _POSITION.fullmatch(position):
        found.append(Entry("group-position", position, refines="#series"))
    if metadata.issn.strip():
        found.append(Entry("dcterms:identifier", f"urn:issn:{metadata.issn.strip()}", refines="#series"))
    return found


def modified(produced: datetime.datetime) -> datetime.datetime:
    """Return the time of making in UTC, to the second."""
    return produced.astimezone(datetime.UTC).replace(microsecond=0) if produced.tzinfo else produced
