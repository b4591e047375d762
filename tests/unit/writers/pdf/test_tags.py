from __future__ import annotations

from typing import get_args

import pytest

from octavo.transforms.resolved import Resolved
from octavo.tree import nodes
from octavo.tree.nodes import Block, Inline
from octavo.tree.semantics import MEANINGS
from octavo.typeset.frames import Owner, Part
from octavo.writers.pdf.elements import ROLES, Element
from octavo.writers.pdf.tags import RULES, build_tags
from tests.unit.writers.pdf.handmade import media_of, resolved_of
from tests.unit.writers.pdf.samples import RICH_TEXT, paragraph, words

# ISO 32000-1, tables 333 to 340
STANDARD = {
    *(
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "P",
        "L",
        "LI",
        "Lbl",
        "LBody",
    ),
    *(
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "Table",
        "THead",
        "TBody",
        "TFoot",
        "TR",
        "TH",
        "TD",
        "Span",
        "Quote",
    ),
    *("Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Figure", "Formula"),
}
# What may stand in them, as ISO 14289-1, clause 7, and ISO 32000-1, 14.8.4, have it
CHILDREN = {
    "L": {"LI"},
    "LI": {"Lbl", "LBody"},
    "Table": {"Caption", "THead", "TBody", "TFoot"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "TOC": {"TOCI"},
    "TOCI": {"Reference", "TOC", "P"},
}


def elements(resolved: Resolved) -> list[Element]:
    return build_tags(resolved).elements


def test_every_kind_of_node_has_a_rule() -> None:
    assert set(RULES) == {*get_args(Block), *get_args(Inline)}


def test_all_types_are_standard_or_have_a_role() -> None:
    used = {each.tag for each in elements(resolved_of(*RICH_TEXT))} | {each.pdf for each in MEANINGS.values()}
    assert used - {""} <= STANDARD | ROLES.keys()
    assert set(ROLES.values()) <= STANDARD


def test_elements_nest_as_the_standard_has_it() -> None:
    for element in elements(resolved_of(*RICH_TEXT)):
        allowed = CHILDREN.get(element.tag)
        if allowed:
            assert {child.tag for child in element.children} <= allowed


def test_a_head_without_a_body_is_rows_alone() -> None:
    head = nodes.Row(cells=(nodes.Cell(content=(paragraph("a"),), header=True),))
    found = elements(resolved_of(nodes.Table(columns=(nodes.Column(),), head=(head,))))
    (table,) = [each for each in found if each.tag == "Table"]
    assert [child.tag for child in table.children if child.tag != "Caption"] == ["TR"]
    assert [child.tag for child in table.children[-1].children] == ["TH"]


def test_heading_levels_follow_the_depth_and_end_at_six() -> None:
    section = nodes.Section(title=words("7"))
    for level in range(6, 0, -1):
        section = nodes.Section(title=words(str(level)), content=(section,))
    tags = [each.tag for each in elements(resolved_of(section)) if each.tag.startswith("H")]
    assert tags == ["H1", "H2", "H3", "H4", "H5", "H6", "H6"]


def test_owners_find_their_elements() -> None:
    resolved = resolved_of(nodes.Section(title=words("One"), content=(paragraph("Text."),)))
    tags = build_tags(resolved)
    section = resolved.document.content[0]
    assert isinstance(section, nodes.Section)
    found = {
        "title": tags.find(Owner(section.key, Part.TITLE)),
        "label": tags.find(Owner(section.key, Part.LABEL)),
        "text": tags.find(Owner(section.content[0].key)),
        "document": tags.find(Owner(0, metadata="title")),
        "nobody": tags.find(Owner(999_999)),
    }
    assert {what: each.tag for what, each in found.items() if each} == {
        "title": "H1",
        "label": "Lbl",
        "text": "P",
        "document": "Title",
        "nobody": "P",
    }
    assert tags.find(Owner(0, metadata="title")) is found["document"]


@pytest.mark.parametrize(
    ("block", "carrier"),
    [
        (nodes.List(items=(nodes.ListItem(content=(paragraph("x"),)),)), "LBody"),
        (nodes.Contents(), "P"),
        (nodes.Quote(content=(paragraph("x"),)), "P"),
    ],
)
def test_content_of_what_holds_elements_only_gets_an_element_of_its_own(block: Block, carrier: str) -> None:
    resolved = resolved_of(block)
    tags = build_tags(resolved)
    found = tags.find(Owner(resolved.document.content[0].key))
    assert found is not None
    assert found.tag == carrier


def test_a_language_is_said_where_it_changes() -> None:
    content = (
        nodes.Quote(language="fr", content=(nodes.Paragraph(language="fr", content=words("déjà")),)),
        nodes.Paragraph(content=(nodes.Strong(language="la", content=words("vox")), nodes.Text(text="x"))),
        nodes.Paragraph(language="EN", content=words("same")),
    )
    spoken = [(each.tag, each.language) for each in elements(resolved_of(*content)) if each.language]
    assert spoken == [("BlockQuote", "fr"), ("Span", "la")]


def test_a_language_within_another_is_said_even_where_it_is_the_document_s() -> None:
    inner = nodes.Span(language="en", content=words("in"))
    content = (
        nodes.Paragraph(content=(nodes.Strong(language="fr", content=(nodes.Text(text="dans"), inner)),)),
    )
    spoken = [(each.tag, each.language) for each in elements(resolved_of(*content)) if each.language]
    assert spoken == [("Span", "fr"), ("Span", "en")]


def test_an_image_is_named_by_its_alternative_its_caption_or_its_file() -> None:
    def figure(alt: str, caption: str) -> nodes.Figure:
        image = nodes.Image(source="chart.png", alt=alt)
        shown = nodes.Caption(content=words(caption)) if caption else None
        return nodes.Figure(content=(nodes.Paragraph(content=(image,)),), caption=shown)

    content = figure("A chart", "About it"), figure("", "About it"), figure("", "")
    tags = build_tags(resolved_of(*content, media=[media_of("chart.png", b"", "image/png")]))
    found = [each.alternative for each in tags.elements if each.tag == "Figure"]
    assert found == ["A chart", "About it", "chart.png"]
    assert [each.alternative for each in tags.unnamed] == ["chart.png"]


def test_text_in_the_place_of_an_image_that_is_missing_is_text() -> None:
    image = nodes.Image(source="gone.png", alt="A chart")
    alone, within = nodes.Paragraph(content=(image,)), nodes.Paragraph(content=(*words("See "), image))
    tags = build_tags(resolved_of(alone, within))
    assert [each.tag for each in tags.elements] == ["Document", "P", "Span", "P", "Span"]
    assert not any(each.alternative for each in tags.elements)


def test_decoration_has_no_element() -> None:
    resolved = resolved_of(
        nodes.Paragraph(content=(nodes.Image(source="x.png", decorative=True),)), nodes.Divider()
    )
    tags = build_tags(resolved)
    one, other = resolved.document.content
    assert isinstance(one, nodes.Paragraph)
    assert tags.find(Owner(one.content[0].key)) is None
    assert tags.find(Owner(other.key)) is None
