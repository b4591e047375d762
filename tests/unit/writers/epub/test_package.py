"""The container, the package document, accessibility metadata, and documents with next to nothing in them."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise

import msgspec
import pytest
from lxml import etree

from octavo.tree import Document
from octavo.tree import nodes as n
from octavo.tree.metadata import Author, Metadata
from octavo.writers.epub.accessibility import Contained, properties, sort_name
from octavo.writers.epub.package import metadata_entries
from tests.unit.writers.epub.features import DOCUMENT, paragraph, text
from tests.unit.writers.epub.making import FONTS, IDENTIFIER, book, layout, raster

NOTHING = Contained(images=False, described=True, pages=False, headings=False, notes=False, tables=False)


def entries(metadata: Metadata, contained: Contained = NOTHING) -> list[tuple[str, str]]:
    found = metadata_entries(metadata, metadata.title or "T", "en", "urn:uuid:1", contained)
    return [(entry.name, entry.text) for entry in found]


def test_the_container_is_laid_out_as_the_standard_asks() -> None:
    data = book(DOCUMENT).data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert package.read("mimetype") == b"application/epub+zip"
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert data[30:58] == b"mimetypeapplication/epub+zip"


def test_every_file_is_declared_once_and_the_text_is_in_the_spine() -> None:
    made = book(DOCUMENT, media={"chart.png": raster()}, fonts=FONTS)
    root = etree.fromstring(made.files["EPUB/package.opf"])
    items = root.findall(".//{*}item")
    declared = sorted(item.get("href") for item in items)
    held = [name.removeprefix("EPUB/") for name in made.files if name.startswith("EPUB/")]
    assert declared == sorted(set(held) - {"package.opf"})
    assert len({item.get("id") for item in items}) == len(items)
    identifiers = {item.get("id"): item.get("href") for item in items}
    assert [identifiers[each.get("idref")] for each in root.findall(".//{*}itemref")] == [
        "cover.xhtml",
        "text.xhtml",
    ]


@pytest.mark.parametrize(
    "document",
    [
        Document(),
        Document(content=(paragraph(""),)),
        Document(content=(n.Section(title=(), content=()),)),
        Document(content=(n.Section(title=text(" "), content=(n.Contents(),)),)),
        Document(metadata=Metadata(title=" ", language="not a language")),
        Document(
            content=(n.Table(columns=()), n.List(items=()), n.Figure(content=()), n.Bibliography(entries=()))
        ),
    ],
)
def test_documents_with_nothing_in_them_are_books_all_the_same(document: Document) -> None:
    made = book(document)
    navigation = etree.fromstring(made.files["EPUB/nav.xhtml"])
    links = navigation.findall(".//{*}nav[1]//{*}a")
    assert links
    assert all("".join(link.itertext()).strip() for link in links)
    package = etree.fromstring(made.files["EPUB/package.opf"])
    assert package.findtext(".//{*}title")
    assert package.findtext(".//{*}language") == "en"
    for text_ in made.pages.values():
        assert etree.fromstring(text_.encode()).findtext(".//{*}title").strip()


def test_a_document_without_a_title_is_called_by_its_first_heading() -> None:
    made = book(Document(content=(n.Section(title=text("First")),)))
    assert ">1 First</dc:title>" in made.text("package.opf")
    assert "<h1 " in made.text()


def test_headings_step_down_one_by_one() -> None:
    deep: tuple[n.Block, ...] = (paragraph("bottom"),)
    for level in range(9, 0, -1):
        deep = (n.Section(title=text(f"Level {level}"), content=deep),)
    root = etree.fromstring(book(Document(metadata=Metadata(title="T"), content=deep)).text().encode())
    levels = [
        int(element.get("aria-level") or etree.QName(element).localname[1])
        for element in root.iter()
        if etree.QName(element).localname in {f"h{at}" for at in range(1, 7)}
    ]
    assert all(after - before == 1 for before, after in pairwise(levels))
    assert levels == list(range(1, 11))


def test_identifiers_have_their_schemes() -> None:
    found = entries(Metadata(title="T", isbn="3-16-148410-X", doi="https://doi.org/10.1/x", issn="1234-5678"))
    assert ("identifier", "urn:isbn:316148410X") in found
    assert ("identifier-type", "02") in found
    assert ("identifier", "doi:10.1/x") in found
    assert ("identifier", "urn:issn:1234-5678") in found


def test_an_issue_is_a_position_only_where_it_is_a_number() -> None:
    assert ("group-position", "2023.28") in entries(Metadata(series="S", issue="2023-28"))
    assert not [each for each in entries(Metadata(series="S", issue="Spring")) if each[0] == "group-position"]


def test_the_issn_is_the_series_s_where_there_is_one() -> None:
    found = entries(Metadata(series="S", issn="1234-5678"))
    assert ("dcterms:identifier", "urn:issn:1234-5678") in found
    assert ("identifier", "urn:issn:1234-5678") not in found


def test_authors_are_in_order() -> None:
    found = entries(Metadata(authors=(Author(name="B A"), Author(name="A B"))))
    assert [text_ for name, text_ in found if name == "creator"] == ["B A", "A B"]
    assert [text_ for name, text_ in found if name == "file-as"] == ["A, B", "B, A"]


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Ada Lovelace", "Lovelace, Ada"),
        ("Lovelace, Ada", "Lovelace, Ada"),
        ("KIM Hankwon", "KIM, Hankwon"),
        ("Plato", "Plato"),
        ("李 明", "李 明"),
        ("J. R. R. Tolkien", "Tolkien, J. R. R."),
        ("U.S. NAVY", "NAVY, U.S."),
        ("José García Márquez", "Márquez, José García"),
        ("Мария Иванова", "Иванова, Мария"),
        ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
        ("Anna Lee, PhD", "Anna Lee, PhD"),
        ("محمد علي", "محمد علي"),
    ],
)
def test_names_are_filed_under_the_surname(name: str, filed: str) -> None:
    assert sort_name(name) == filed


def test_all_that_is_known_of_an_author_stands_beside_the_name() -> None:
    author = Author(
        name="Ada Lee",
        affiliation="House of Grain",
        email="a@b.example",
        orcid="0000-0002-1825-0097",
        biography="Writes.",
    )
    found = entries(Metadata(authors=(author,)))
    assert ("dcterms:identifier", "https://orcid.org/0000-0002-1825-0097") in found
    assert ("schema:affiliation", "House of Grain") in found
    assert ("schema:email", "a@b.example") in found
    assert ("schema:description", "Writes.") in found


def test_the_print_edition_has_another_identifier_and_is_named() -> None:
    made = book(DOCUMENT, layout=layout(("1", 1, 0))).text("package.opf")
    assert made.count(IDENTIFIER) == 0, "its ISBN serves where it has one"
    plain = book(Document(metadata=Metadata(title="T")), layout=layout(("1", 1, 0)))
    package = etree.fromstring(plain.files["EPUB/package.opf"])
    assert package.findtext(".//{*}source") == IDENTIFIER
    assert package.findtext(".//{*}meta[@property='pageBreakSource']") == IDENTIFIER
    own = package.findtext(".//{*}identifier")
    assert own != IDENTIFIER
    assert own.startswith("urn:uuid:")
    assert f'content="{own}"' in plain.text("toc.ncx")


def test_old_readers_find_the_cover_and_apple_books_the_fonts() -> None:
    package = etree.fromstring(book(DOCUMENT, fonts=FONTS).files["EPUB/package.opf"])
    (cover,) = package.findall(".//{*}meta[@name='cover']")
    (item,) = package.findall(f".//{{*}}item[@id='{cover.get('content')}']")
    assert item.get("properties") == "cover-image"
    assert package.findtext(".//{*}meta[@property='ibooks:specified-fonts']") == "true"
    bare = etree.fromstring(book(DOCUMENT).files["EPUB/package.opf"])
    assert bare.find(".//{*}meta[@property='ibooks:specified-fonts']") is None


def test_accessibility_is_claimed_as_far_as_it_goes() -> None:
    plain = properties(NOTHING)
    assert ("schema:accessModeSufficient", "textual") in plain
    assert ("schema:accessibilityFeature", "alternativeText") not in plain
    mute = properties(msgspec.structs.replace(NOTHING, images=True, described=False))
    assert ("schema:accessModeSufficient", "textual") not in mute
    assert ("schema:accessMode", "visual") in mute
    assert ("schema:accessibilityFeature", "alternativeText") not in mute
    full = properties(msgspec.structs.replace(NOTHING, images=True, pages=True, headings=True))
    features = {value for name, value in full if name == "schema:accessibilityFeature"}
    assert features >= {
        "alternativeText",
        "pageBreakMarkers",
        "pageNavigation",
        "structuralNavigation",
        "tableOfContents",
    }
