from __future__ import annotations

import msgspec
import pytest
from lxml import etree

from octavo.tree.metadata import Author, Metadata
from octavo.writers.pdf.metadata import describe, information, language_tag, xmp_packet
from tests.unit.writers.pdf.handmade import manuscript_of, resolved_of
from tests.unit.writers.pdf.samples import paragraph

NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
}
METADATA = Metadata(
    title="Tea & <biscuits>\0",
    subtitle="Under it",
    authors=(Author(name="Ada Writer"), Author(name="Bé Second")),
    keywords=("tea", "biscuits"),
    language="en_GB",
    publisher="A House",
    rights="All of them",
)


def packet(metadata: Metadata = METADATA) -> etree._Element:
    about = describe(manuscript_of(resolved_of(paragraph("Text."), metadata=metadata)))
    return etree.fromstring(xmp_packet(about))


def texts(tree: etree._Element, path: str) -> list[str]:
    return [each.text for each in tree.findall(f".//{path}", NAMES)]


def test_the_packet_says_what_the_metadata_say() -> None:
    tree = packet()
    assert texts(tree, "dc:title//rdf:li") == ["Tea & <biscuits>"]
    assert texts(tree, "dc:creator//rdf:li") == ["Ada Writer", "Bé Second"]
    assert texts(tree, "dc:subject//rdf:li") == ["tea", "biscuits"]
    assert texts(tree, "dc:language//rdf:li") == ["en-GB"]
    assert texts(tree, "dc:publisher//rdf:li") == ["A House"]
    assert texts(tree, "pdf:Keywords") == ["tea, biscuits"]


def test_the_packet_claims_both_standards() -> None:
    tree = packet()
    assert texts(tree, "pdfaid:part") + texts(tree, "pdfaid:conformance") == ["2", "A"]
    assert texts(tree, "pdfuaid:part") == ["1"]


def test_the_information_dictionary_agrees_with_the_packet() -> None:
    about = describe(manuscript_of(resolved_of(paragraph("Text."), metadata=METADATA)))
    assert texts(packet(), "xmp:CreateDate") == ["2026-11-24T12:00:00Z"]
    assert "/CreationDate(D:20261124120000Z)" in information(about)
    assert "/Title(Tea & <biscuits>)" in information(about)
    assert "/Keywords(tea, biscuits)" in information(about)


def test_what_is_not_given_is_not_there() -> None:
    tree = packet(Metadata(title="Bare", language="en"))
    for absent in ("dc:creator", "dc:subject", "dc:rights", "dc:publisher", "pdf:Keywords"):
        assert texts(tree, absent) == []


def test_a_document_without_a_title_is_called_by_its_first_heading() -> None:
    resolved = resolved_of(paragraph("Text."), metadata=Metadata(language="en"))
    assert describe(manuscript_of(resolved)).title == "Untitled"


@pytest.mark.parametrize(
    ("given", "tag"),
    [("en", "en"), ("pt_BR", "pt-BR"), (" de ", "de"), ("not a tag", ""), ("", ""), ("日本", "")],
)
def test_language_tags(given: str, tag: str) -> None:
    assert language_tag(given) == tag


def test_a_document_without_a_language_says_that_it_is_unknown() -> None:
    manuscript = manuscript_of(resolved_of(paragraph("Text."), metadata=Metadata(title="x", language="en")))
    document = msgspec.structs.replace(manuscript.resolved.document, metadata=Metadata(title="x"))
    resolved = msgspec.structs.replace(manuscript.resolved, document=document)
    assert describe(msgspec.structs.replace(manuscript, resolved=resolved)).language == "und"
