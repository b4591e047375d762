"""The round trip: what octavo wrote comes back equal; what was edited is read anew, and the rest stays as it was."""

from __future__ import annotations

import io
import re
import zipfile

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from octavo.readers.docx import reader, snapshot
from octavo.readers.docx.package import Package
from octavo.readers.docx.signature import Scan
from octavo.readers.docx.snapshot import Stored, by_key, decode, encode
from octavo.readers.docx.story import Story
from octavo.tree import Document, nodes
from octavo.tree.dump import to_text
from octavo.tree.metadata import Metadata
from octavo.tree.walk import plain_text, walk, without_positions
from octavo.writers.docx.writer import DocxWriter
from tests.strategies import documents
from tests.unit.readers.docx.files import edited, parse
from tests.unit.writers.docx.documents import (
    document,
    everything,
    items,
    manuscript,
    media,
    p,
    png,
    ref,
    section,
    t,
)

FILES = {"map.png": media("map.png", png()), "chart.png": media("chart.png", png())}


def written(source: Document) -> bytes:
    made = msgspec.structs.replace(manuscript(source, files=FILES), document=source)
    return DocxWriter().write(made).data


def again(data: bytes) -> Document:
    return without_positions(parse(data).document)


BRIEF = document(
    nodes.Group(role=nodes.GroupRole.KEY_POINTS, content=(items("First point.", "Second point."),)),
    section(
        'The "tides"',
        nodes.Paragraph(content=(t("Rise and "), nodes.Emphasis(content=(t("fall"),)), t(".")), id="rise"),
        nodes.PageBreak(),
        p("See ", ref("harbours"), " and ", nodes.Link(target="#rise", content=(t("above"),)), "."),
        nodes.Quote(content=(p("Quoth."), p("Twice.")), attribution=(t("A Raven"),)),
    ),
    section("Harbours", p("They silt up."), id="harbours"),
    nodes.Group(role=nodes.GroupRole.AUTHOR_NOTE, content=(p("Ada Moor writes."),)),
)


@pytest.mark.parametrize("source", [BRIEF, everything()])
def test_an_unchanged_file_comes_back_equal(source: Document) -> None:
    assert to_text(again(written(source))) == to_text(without_positions(source))
    assert again(written(source)) == without_positions(source)


@pytest.mark.parametrize("source", [BRIEF, everything()])
def test_so_it_does_block_by_block(source: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_is_unchanged", lambda *_: False)
    assert to_text(again(written(source))) == to_text(without_positions(source))


@settings(max_examples=20, suppress_health_check=list(HealthCheck), database=None, deadline=None)
@given(documents())
def test_any_document_comes_back_equal(source: Document) -> None:
    assert again(written(source)) == without_positions(source)


@given(documents())
@settings(max_examples=25, suppress_health_check=list(HealthCheck), database=None, deadline=None)
def test_the_writer_and_the_reader_make_the_same_hashes_of_any_document(source: Document) -> None:
    assert_same_hashes(source)


@pytest.mark.parametrize("source", [BRIEF, everything()], ids=["brief", "everything"])
def test_the_writer_and_the_reader_make_the_same_hashes(source: Document) -> None:
    assert_same_hashes(source)


def assert_same_hashes(source: Document) -> None:
    """The writer reads what it wrote from its text, the reader from a tree of the finished file."""
    data = written(source)
    parts = reader._Parts(Package(data, "made.docx"), "made.docx")
    stored, damaged = parts.snapshot()
    assert stored is not None
    assert not damaged
    assert reader._is_unchanged(stored, parts)
    story = Story(reader._shared(parts, stored, "made.docx"), parts.relationships)
    scan = Scan(story.read(parts.body), story.ranges, by_key(stored))
    assert scan.hashes() == stored.hashes
    assert {key: tuple(hashes) for key, hashes in scan.loose().items()} == stored.loose


def test_images_come_back_under_their_own_names() -> None:
    # Both names are of one file: whoever asks for either gets it.
    assert parse(written(everything())).document.embedded == {"map.png": png(), "chart.png": png()}


def test_an_edited_paragraph_is_read_anew_and_keeps_its_anchor() -> None:
    now = again(edited(written(BRIEF), {"Rise and ": "They rise and "}))
    found = next(node for node in walk(now) if node.id == "rise")
    assert plain_text(found) == "They rise and fall."
    assert isinstance(found, nodes.Paragraph)
    assert isinstance(found.content[1], nodes.Emphasis)
    before = to_text(without_positions(BRIEF)).replace("Rise and", "They rise and")
    assert to_text(now) == before


def test_an_edited_item_leaves_the_list_a_list_in_its_group() -> None:
    now = again(edited(written(BRIEF), {"Second point.": "Second, better."}))
    assert to_text(now) == to_text(without_positions(BRIEF)).replace("Second point.", "Second, better.")


def test_a_changed_heading_keeps_the_anchor_that_links_name() -> None:
    now = again(edited(written(BRIEF), {"The “tides”": "The currents"}))
    first = now.content[1]
    assert isinstance(first, nodes.Section)
    assert (plain_text(first.title), first.id) == ("The currents", "the-tides")
    assert len(first.content) == 4


def test_an_edited_reference_still_leads_to_its_target() -> None:
    now = again(edited(written(BRIEF), {">See <": ">Do see <"}))
    reference = next(node for node in walk(now) if isinstance(node, nodes.CrossReference))
    assert reference.target == "harbours"
    link = next(node for node in walk(now) if isinstance(node, nodes.Link))
    assert link.target == "#rise"


def test_a_paragraph_that_a_section_ends_within_is_one() -> None:
    data = written(BRIEF)
    whole = paragraph_of(data, "They silt up.")
    properties = re.search(r"<w:pPr>.*?</w:pPr>", whole)
    assert properties is not None
    second = f'</w:t></w:r></w:p><w:p>{properties.group()}<w:r><w:t xml:space="preserve">'
    parted = whole.replace("They silt ", f"They silt {second}")
    ended = parted.replace("</w:pPr>", "<w:sectPr/></w:pPr>", 1)
    assert to_text(again(edited(data, {whole: ended}))) == to_text(without_positions(BRIEF))
    said = [
        plain_text(node)
        for node in walk(again(edited(data, {whole: parted})))
        if isinstance(node, nodes.Paragraph)
    ]
    assert [each for each in said if each in ("They silt", "up.")] == ["They silt", "up."]
    changed = [plain_text(node) for node in walk(again(edited(data, {whole: ended.replace("up.", "down.")})))]
    assert "They silt down." in changed


def test_the_words_around_a_number_are_the_references_own_until_somebody_changes_them() -> None:
    data = written(BRIEF)
    assert ">Section" in data_text(data)
    now = again(edited(data, {">See <": ">Do see <"}))
    (reference,) = [node for node in walk(now) if isinstance(node, nodes.CrossReference)]
    assert (reference.form, reference.text) == (nodes.ReferenceForm.NUMBER, "")
    paragraph = next(
        node for node in walk(now) if isinstance(node, nodes.Paragraph) and reference in node.content
    )
    assert plain_text(paragraph) == "Do see  and above."
    words = re.search(r">(Section\s)<", data_text(data))
    assert words is not None
    changed = again(edited(data, {f">{words.group(1)}<": ">Part <"}))
    assert [node for node in walk(changed) if isinstance(node, nodes.CrossReference)] == []
    assert "See Part 2 and above." in [
        plain_text(node) for node in walk(changed) if isinstance(node, nodes.Paragraph)
    ]


def data_text(data: bytes) -> str:
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()


def paragraph_of(data: bytes, text: str) -> str:
    import io
    import zipfile

    body = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    return next(match.group() for match in re.finditer(r"<w:p>.*?</w:p>", body) if text in match.group())


def test_a_new_paragraph_is_new_and_a_deleted_one_gone() -> None:
    data = written(BRIEF)
    silt = paragraph_of(data, "They silt up.")
    fresh = re.sub(r"<w:bookmark\w+ [^>]*/>", "", silt).replace("They silt up.", "They are dredged.")
    added = again(edited(data, {silt: silt + fresh}))
    expected = to_text(without_positions(BRIEF))
    old = '    paragraph\n      text "They silt up."\n'
    assert to_text(added) == expected.replace(old, old + old.replace("They silt up.", "They are dredged."))
    assert to_text(again(edited(data, {silt: ""}))) == expected.replace(old, "")


def test_a_copy_with_the_same_bookmark_has_no_anchor_of_its_own() -> None:
    data = written(BRIEF)
    rise = paragraph_of(data, "Rise and ")
    now = again(edited(data, {rise: rise + rise}))
    assert [plain_text(node) for node in walk(now) if node.id == "rise"] == ["Rise and fall."]
    assert to_text(now).count("Rise and") == 2


def test_the_title_follows_its_paragraph_and_other_metadata_stay() -> None:
    now = again(edited(written(BRIEF), {">Ports &amp; &lt;harbours&gt;<": ">Ports alone<"}))
    assert now.metadata == msgspec.structs.replace(BRIEF.metadata, title="Ports alone")


def test_an_edited_quotation_keeps_what_it_is() -> None:
    now = again(edited(written(BRIEF), {"Twice.": "Thrice."}))
    assert to_text(now) == to_text(without_positions(BRIEF)).replace("Twice.", "Thrice.")


def test_the_same_document_gives_the_same_bytes() -> None:
    assert written(BRIEF) == written(BRIEF)


def test_a_damaged_copy_of_the_tree_is_said_and_the_text_read() -> None:
    data = edited(written(BRIEF), {'"octavo":': '"octave":'}, "customXml/item1.xml")
    parsed = parse(data)
    assert "snapshot-not-read" in [each.code for each in parsed.diagnostics]
    assert "They silt up." in plain_text(parsed.document)


def test_what_is_no_snapshot_is_none() -> None:
    for text in (
        "",
        "<json>AAAA</json>",
        "<json>{}</json>",
        "<json>[]</json>",
        '<json>{"octavo":1,"keys":[1]}</json>',
    ):
        assert decode(etree.fromstring(f"<roundtrip>{text}</roundtrip>")) is None
    assert Stored().octavo == 0


def test_a_snapshot_holds_what_xml_does_not_and_more_than_parsers_take_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(snapshot, "LONGEST", 100)
    text = (
        "\x01 \ufffe\uffff <&> ]]> \r\n\t \x85\u2028 \U0001f600 http://purl.oclc.org/ooxml/drawingml/main"
        * 20
    )
    stored = Stored(octavo=snapshot.VERSION, content=(p(text),), keys=(7,))
    root = etree.fromstring(encode(stored))
    assert len(root) > 10
    found = decode(root)
    assert found is not None
    assert found.content == stored.content


def test_formulas_come_back_as_latex_when_word_has_saved_them_without_it() -> None:
    source = Document(
        metadata=Metadata(title="T", language="en"),
        content=(
            nodes.Paragraph(
                content=(nodes.Text(text="Let "), nodes.Math(text=r"\frac{1}{2}"), nodes.Text(text=" be."))
            ),
        ),
    )
    data = written(source)
    changed = again(edited(data, {" be.": " be one half."}))
    (math,) = [each for each in walk(changed) if isinstance(each, nodes.Math)]
    assert math.text == r"\frac{1}{2}"


def test_what_a_link_leads_to_in_a_cell_or_a_note_has_its_bookmark() -> None:
    def paragraph(text: str, anchor: str = "") -> nodes.Paragraph:
        return nodes.Paragraph(content=(nodes.Text(text=text),), id=anchor)

    links = tuple(nodes.Link(target=f"#{each}", content=(nodes.Text(text=each),)) for each in ("c", "l", "n"))
    items = nodes.List(items=(nodes.ListItem(content=(paragraph("item"),)),), id="l")
    cells = (nodes.Cell(content=(paragraph("cell", "c"), items)), nodes.Cell(content=(paragraph("other"),)))
    source = Document(
        metadata=Metadata(title="T", language="en"),
        content=(
            nodes.Paragraph(content=(*links, nodes.Footnote(content=(paragraph("note", "n"),)))),
            nodes.Table(
                columns=(nodes.Column(), nodes.Column()),
                bodies=(nodes.TableBody(rows=(nodes.Row(cells=cells),)),),
            ),
        ),
    )
    data = written(source)
    parts = zipfile.ZipFile(io.BytesIO(data))
    text = parts.read("word/document.xml").decode() + parts.read("word/footnotes.xml").decode()
    assert set(re.findall(r'w:anchor="(\w+)"', text)) <= set(re.findall(r'w:name="(\w+)"', text))
    assert again(data) == source
    changed = again(edited(data, {"other": "another"}))
    table = changed.content[1]
    assert isinstance(table, nodes.Table)
    assert "another" in plain_text(table.bodies[0].rows[0].cells[1].content)


def test_notes_at_the_end_stay_there_and_are_words_own() -> None:
    def note(text: str, end: bool) -> nodes.Footnote:
        return nodes.Footnote(content=(p(text),), endnote=end)

    source = document(
        p("Here", note("at the foot", False), " and ", note("at the end", True), "."), p("Last.")
    )
    data = written(source)
    parts = zipfile.ZipFile(io.BytesIO(data))
    assert "at the foot" in parts.read("word/footnotes.xml").decode()
    ends = parts.read("word/endnotes.xml").decode()
    assert "at the end" in ends
    assert '<w:pStyle w:val="EndnoteText"/>' in ends
    assert '<w:rStyle w:val="EndnoteReference"/>' in ends
    assert "numFmt" not in parts.read("word/settings.xml").decode()
    assert again(data) == source
    changed = again(edited(data, {"Here": "There"}))
    assert [each.endnote for each in walk(changed) if isinstance(each, nodes.Footnote)] == [False, True]
    alone = written(document(p("Here", note("at the end", True))))
    assert 'numFmt w:val="decimal"' in zipfile.ZipFile(io.BytesIO(alone)).read("word/settings.xml").decode()


def test_what_describes_a_table_comes_back_and_may_be_changed() -> None:
    table = nodes.Table(
        columns=(nodes.Column(),),
        bodies=(nodes.TableBody(rows=(nodes.Row(cells=(nodes.Cell(content=(p("9"),)),)),)),),
        caption=nodes.Caption(content=(t("Visits"),)),
        alt='One "figure"',
    )
    source = document(p("Before."), table)
    data = written(source)
    assert again(data) == source
    known = '<w:tblDescription w:val="One &quot;figure&quot;"/>'
    (told,) = [each for each in walk(again(edited(data, {known: known.replace("One", "A")})))
               if isinstance(each, nodes.Table)]  # fmt: skip
    assert told == msgspec.structs.replace(table, alt='A "figure"')
    (kept,) = [
        each
        for each in walk(again(edited(data, {known: "", ">9<": ">10<"})))
        if isinstance(each, nodes.Table)
    ]
    assert kept.alt == 'One "figure"'


def test_abbreviations_of_formulas_stay_though_no_edition_shows_them() -> None:
    source = document(
        nodes.Formula(text=r"\newcommand{\R}{\mathbb{R}}"),
        p("Over ", nodes.Math(text=r"\R"), "."),
        p("More."),
    )
    data = written(source)
    assert again(data) == source
    changed = again(edited(data, {"More.": "Less."}))
    assert changed.content[:2] == source.content[:2]
