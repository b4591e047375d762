"""What Word holds a file to besides its schema: that octavo's keep to it, and that the rules find what does not."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from octavo.tree import Document, nodes
from octavo.writers.docx.writer import DocxWriter
from tests.strategies import documents
from tests.unit.readers.docx.files import edited
from tests.unit.writers.docx.documents import (
    document,
    everything,
    manuscript,
    media,
    note,
    p,
    png,
    row,
    section,
    t,
)
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


@settings(max_examples=15, suppress_health_check=list(HealthCheck), database=None, deadline=None)
@given(documents(), st.sampled_from(["policy", "book", "newsletter"]))
def test_nor_in_any_document(source: Document, theme: str) -> None:
    assert faults(DocxWriter().write(manuscript(source, theme=theme)).data) == []


def test_what_ends_with_contents_ends_with_a_paragraph() -> None:
    contents = nodes.Contents()
    source = document(section("One", _table(contents), p("x")), contents)
    assert faults(DocxWriter().write(manuscript(source)).data) == []


@pytest.mark.parametrize("theme", ["policy", "report"])
def test_what_contents_list_can_be_found_wherever_it_stands(theme: str) -> None:
    picture = p(nodes.Image(source="map.png", alt="A map"))
    figure = nodes.Figure(content=(picture,), caption=nodes.Caption(content=(t("A figure"),)))
    inner = _table(section("In a cell", p("x")), figure, caption=nodes.Caption(content=(t("A table"),)))
    source = document(
        *(nodes.Contents(kind=kind) for kind in nodes.ContentsKind),
        nodes.Section(title=(), content=(p("without a title"),)),
        _table(inner),
        p("cited", note(section("In a note", p("x")), figure, inner)),
        nodes.Quote(content=(section("In a quotation", p("x")),)),
    )
    assert faults(DocxWriter().write(manuscript(source, theme=theme, files=FILES)).data) == []


@pytest.mark.parametrize(
    "shown",
    [
        nodes.Contents(kind=nodes.ContentsKind.FIGURES, id="here"),
        nodes.Section(title=(), content=(), id="here"),
        nodes.Section(title=(), content=(nodes.List(items=()),), id="here"),
        nodes.Section(title=(), content=(section("In it", p("x")),), id="here"),
        nodes.Section(title=(), content=(nodes.Divider(), nodes.PageBreak()), id="here"),
        nodes.List(items=(), id="here"),
        nodes.Quote(content=(), id="here"),
        nodes.Bibliography(entries=(), id="here"),
        nodes.Notes(id="here"),
        nodes.PageBreak(id="here"),
        p(nodes.Image(source="missing.png", decorative=True, id="here")),
        p(
            nodes.Link(
                target="https://example.org", content=(nodes.Link(target="#here", content=(), id="here"),)
            )
        ),
        nodes.Group(
            role=nodes.GroupRole.AUTHOR_NOTE,
            title=(nodes.Emphasis(content=(t("Us"),), id="here"),),
            content=(),
        ),
    ],
    ids=lambda node: type(node).__name__,
)
def test_what_shows_little_or_nothing_can_be_found_if_something_leads_there(shown: nodes.Block) -> None:
    leads = p(nodes.Link(target="#here", content=(t("there"),)))
    inner = nodes.List(items=(nodes.ListItem(content=(shown,)),))
    for source in (
        document(leads, shown),
        document(leads, nodes.Quote(content=(shown,)), p("x")),
        document(leads, inner),
    ):
        assert faults(DocxWriter().write(manuscript(source)).data) == []


def _table(*content: nodes.Block, caption: nodes.Caption | None = None) -> nodes.Table:
    body = nodes.TableBody(rows=(row(nodes.Cell(content=content)),))
    return nodes.Table(columns=(nodes.Column(),), bodies=(body,), caption=caption)
