"""What holds for the e-book of any document: sound XML, links that lead somewhere, and every letter of the tree."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import unquote

import msgspec
from hypothesis import HealthCheck, given, settings
from lxml import etree

from octavo.tree import Document, nodes
from octavo.tree.metadata import Metadata
from octavo.tree.walk import rewrite, walk
from tests.strategies import documents
from tests.unit.writers.epub.features import DOCUMENT
from tests.unit.writers.epub.making import Book, book, layout, raster, resolved

XHTML = "{http://www.w3.org/1999/xhtml}"
MATH = "{http://www.w3.org/1998/Math/MathML}math"
SPEAKING = (
    nodes.Text,
    nodes.Code,
    nodes.CodeBlock,
    nodes.Citation,
    nodes.CrossReference,
    nodes.Math,
    nodes.Formula,
)
PAGES = layout(("i", 1, 0), ("2", 3, 2), ("3",), ("4", 9, 5), ("5", 30, 1))


def trees(made: Book) -> dict[str, etree._Element]:
    return {name: etree.fromstring(text.encode("utf-8")) for name, text in made.pages.items()}


def letters(text: str) -> Counter[str]:
    return Counter(each for each in text if not each.isspace())


def said_by(document: Document) -> Counter[str]:
    found: Counter[str] = Counter()
    for node in walk(document):
        if isinstance(node, SPEAKING):
            found += letters(node.text)
    return found


def assert_sound(made: Book) -> None:
    """All XHTML files are well-formed, identifiers are unique, and every link inside the e-book leads somewhere."""
    parsed = trees(made)
    places: dict[str, set[str]] = {}
    for name, root in parsed.items():
        identifiers = [element.get("id") for element in root.iter() if element.get("id") is not None]
        assert len(identifiers) == len(set(identifiers)), name
        assert all(identifiers)
        places[name] = set(identifiers)
    for name, root in parsed.items():
        for link in root.iter(f"{XHTML}a"):
            address = link.get("href")
            assert (
                "".join(link.itertext()).strip()
                or link.get("aria-label")
                or link.find(f".//{XHTML}img") is not None
            )
            assert not list(link.iterdescendants(f"{XHTML}a")), "a link within a link"
            if re.match(r"[a-z]+:", address):
                continue
            file, _, fragment = address.partition("#")
            target = f"EPUB/{file}" if file else name
            assert target in parsed, address
            assert not fragment or unquote(fragment) in places[target], address
        for image in root.iter(f"{XHTML}img"):
            assert f"EPUB/{image.get('src')}" in made.files
            assert image.get("alt") is not None
    etree.fromstring(made.files["EPUB/package.opf"])
    etree.fromstring(made.files["EPUB/toc.ncx"])


def spoken(element: etree._Element) -> str:
    """Return the text of an element; a formula says its LaTeX."""
    if element.tag == MATH:
        return str(element.get("alttext"))
    return (element.text or "") + "".join(spoken(child) + (child.tail or "") for child in element)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(documents())
def test_any_document_becomes_a_sound_book_without_a_lost_letter(document: Document) -> None:
    media = {"chart.png": raster()}
    made = book(document, media=media)
    assert_sound(made)
    shown: Counter[str] = Counter()
    for name, root in trees(made).items():
        if name not in ("EPUB/nav.xhtml", "EPUB/cover.xhtml"):
            shown += letters(spoken(root.find(f"{XHTML}body")))
    lost = said_by(resolved(document, media=media).document) - shown
    assert not lost


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(documents(control_characters=True))
def test_page_marks_stand_in_any_document_once_and_in_order(document: Document) -> None:
    made = book(document, layout=PAGES)
    assert_sound(made)
    found = [
        element.get("aria-label")
        for name, root in trees(made).items()
        if name not in ("EPUB/nav.xhtml", "EPUB/cover.xhtml")
        for element in root.iter()
        if element.get("role") == "doc-pagebreak"
    ]
    assert found == ["i", "2", "3", "4", "5"]


def test_every_word_arrives_exactly_once() -> None:
    count = 0

    def tokenise(node: nodes.AnyNode) -> nodes.AnyNode:
        nonlocal count
        if isinstance(node, nodes.Text | nodes.Code | nodes.CodeBlock | nodes.Math | nodes.Formula):
            count += 1
            return msgspec.structs.replace(node, text=f"w{count:04}w")
        return node

    content = rewrite(DOCUMENT, tokenise).content
    kept = tuple(block for block in content if not isinstance(block, nodes.Contents))
    made = book(Document(metadata=Metadata(title="Words", language="en"), content=kept))
    root = trees(made)["EPUB/text.xhtml"]
    found = re.findall(r"w\d{4}w", "".join(root.find(f"{XHTML}body").itertext()))
    words = re.findall(r"w\d{4}w", str(msgspec.json.encode(kept)))
    assert sorted(found) == sorted(words)


def test_the_same_document_gives_the_same_bytes() -> None:
    media = {"chart.png": raster()}
    assert book(DOCUMENT, media=media).data == book(DOCUMENT, media=media).data
