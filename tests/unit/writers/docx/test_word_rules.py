"""What Word holds a file to besides its schema: that octavo's keep to it, and that the rules find what does not."""

from __future__ import annotations

import pytest

from octavo.writers.docx.writer import DocxWriter
from tests.unit.readers.docx.files import edited
from tests.unit.writers.docx.documents import everything, manuscript, media, png
from tests.word_rules import faults

FILES = {"map.png": media("map.png", png())}


def made(theme: str = "policy") -> bytes:
    return DocxWriter().write(manuscript(everything(), theme=theme, files=FILES)).data


@pytest.mark.parametrize("theme", ["policy", "book", "report", "newsletter"])
def test_word_objects_to_nothing(theme: str) -> None:
    assert faults(made(theme)) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "rule"),
    [
        ("[Content_Types].xml", 'PartName="/word/styles.xml"', 'PartName="/word/style.xml"', "package"),
        ("word/_rels/document.xml.rels", "numbering.xml", "lists.xml", "relationships"),
        ("word/styles.xml", 'mc:Ignorable="w14"', "", "namespaces"),
        ("word/document.xml", 'w:name="_oct', 'w:name="oct of ', "bookmarks"),
        ("word/document.xml", "<w:bookmarkEnd", "<w:proofErr", "bookmarks"),
        ("word/document.xml", 'w:anchor="_oct', 'w:anchor="_other', "links"),
        ("word/document.xml", ' w:fldCharType="separate"', ' w:fldCharType="end"', "fields"),
        ("word/document.xml", "> TOC ", "> ASK ", "fields"),
        ("word/document.xml", '<w:footnoteReference w:id="1"/>', "", "notes"),
        ("word/document.xml", '<wp:docPr id="1"', '<wp:docPr id="0"', "pictures"),
        ("word/styles.xml", '<w:basedOn w:val="Normal"/>', '<w:basedOn w:val="None"/>', "styles"),
        ("word/header-default.xml", "> PAGE ", '> STYLEREF "Title" ', "styles"),
        ("word/numbering.xml", '<w:lvl w:ilvl="8">', '<w:lvl w:ilvl="7">', "lists"),
        ("word/document.xml", '<w:gridCol w:w="', '<w:gridCol w:w="1', "tables"),
        ("word/document.xml", '<w:pgMar w:top="', '<w:pgMar w:top="19', "sections"),
        ("word/styles.xml", '<w:ind w:left="', '<w:ind w:left="99999', "measures"),
        ("word/settings.xml", "<w:evenAndOddHeaders/>", "", "settings"),
        (
            "word/settings.xml",
            '<w:defaultTabStop w:val="360"/>',
            '<w:updateFields w:val="true"/>',
            "settings",
        ),
        ("docProps/core.xml", "T00:00:00Z", "", "properties"),
    ],
)
def test_what_word_would_object_to_is_found(part: str, old: str, new: str, rule: str) -> None:
    found = faults(edited(made("book"), {old: new}, part))
    assert any(each.startswith(f"{rule}: ") for each in found), found
