"""The package: parts, relationships, properties, and the same bytes on every run."""

from __future__ import annotations

import datetime
import posixpath
import zipfile

from lxml import etree

from octavo.tree import nodes
from octavo.tree.metadata import Metadata
from octavo.writers.docx.writer import DocxWriter
from tests.unit.writers.docx.documents import (
    Package,
    document,
    everything,
    manuscript,
    media,
    p,
    png,
    section,
    written,
)

RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
FILES = {"map.png": media("map.png", png())}


def test_the_same_manuscript_gives_the_same_bytes() -> None:
    first = DocxWriter().write(manuscript(everything(), files=FILES))
    second = DocxWriter().write(manuscript(everything(), files=FILES))
    assert first.data == second.data
    assert first.diagnostics == second.diagnostics


def test_python_docx_opens_what_was_written() -> None:
    import io

    import docx

    opened = docx.Document(io.BytesIO(written(section("Tides", p("Words."))).output.data))
    styled = [(paragraph.text, paragraph.style) for paragraph in opened.paragraphs]
    assert ("Tides", "Heading 1") in [(text, style.name) for text, style in styled if style is not None]
    assert opened.core_properties.title == "Ports & <harbours>"
    assert opened.core_properties.created == datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC)


def test_every_relationship_leads_to_a_part_and_every_part_has_a_type() -> None:
    package = Package(DocxWriter().write(manuscript(everything(), files=FILES)))
    names = set(package.names)
    for name in package.names:
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for each in package.xml(name).iter(RELATIONSHIP):
            if each.get("TargetMode") != "External":
                target = str(each.get("Target"))
                place = (
                    target[1:]
                    if target.startswith("/")
                    else posixpath.normpath(posixpath.join(folder, target))
                )
                assert place in names, (name, target)
    types = package.xml("[Content_Types].xml")
    overrides = {each.get("PartName") for each in types if each.get("PartName")}
    defaults = {each.get("Extension") for each in types if each.get("Extension")}
    loose = [
        name for name in names if f"/{name}" not in overrides and name.rpartition(".")[2] not in defaults
    ]
    assert loose == []


def test_every_relationship_that_the_text_names_exists() -> None:
    package = Package(DocxWriter().write(manuscript(everything(), files=FILES)))
    for name in ("document", "footnotes", "fontTable"):
        named = set(package.find("//@r:id | //@r:embed", f"word/{name}.xml"))
        known = {
            str(each.get("Id")) for each in package.xml(f"word/_rels/{name}.xml.rels").iter(RELATIONSHIP)
        }
        assert named <= known, name


def test_parts_carry_no_time_of_the_clock() -> None:
    import io

    data = written(p("Words.")).output.data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_image_is_stored_once() -> None:
    picture = p(nodes.Image(source="a.png", alt="one"))
    files = {"a.png": media("a.png", png()), "b.png": media("b.png", png())}
    package = written(picture, p(nodes.Image(source="b.png", alt="two")), files=files)
    assert len([name for name in package.names if name.startswith("word/media/")]) == 1
    assert package.find("//*[local-name()='docPr']/@descr") == ["one", "two"]


def test_metadata_stand_in_the_properties() -> None:
    package = written(p("Words."))
    core = etree.tostring(package.xml("docProps/core.xml"), encoding="unicode")
    for words in ("Ada Moor; Bo Quay", "ports, tides", "en-GB", "2026-03-04T00:00:00Z", "urn:uuid:1234"):
        assert words in core
    custom = etree.tostring(package.xml("docProps/custom.xml"), encoding="unicode")
    assert "978-3-16-148410-0" in custom
    assert "Sea Institute" in etree.tostring(package.xml("docProps/app.xml"), encoding="unicode")


def test_an_empty_document_is_a_file_all_the_same() -> None:
    package = Package(DocxWriter().write(manuscript(document(about=Metadata()))))
    assert len(package.find("//w:body/w:p")) == 1
    assert package.text() == ""
