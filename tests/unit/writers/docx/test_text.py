"""Words, marks, links, references and notes in Word's terms."""

from __future__ import annotations

import msgspec
import pytest

from octavo.tree import nodes
from octavo.tree.metadata import Metadata
from octavo.tree.walk import walk
from octavo.writers.docx.inlines import clean_target
from octavo.writers.docx.writer import DocxWriter
from tests.unit.writers.docx.documents import (
    Package,
    W,
    document,
    everything,
    items,
    manuscript,
    note,
    p,
    ref,
    section,
    t,
    table_small,
    written,
)


def test_no_word_of_a_document_is_lost() -> None:
    source = everything()
    package = written(*source.content)
    shown = "".join((package.text() + package.text("word/footnotes.xml")).split())
    for node in walk(source):
        if isinstance(node, nodes.Text | nodes.Code | nodes.CodeBlock):
            for word in node.text.replace("\u00ad", "").replace("\x00", "").replace('"', "").split():
                assert word in shown, word


def test_special_characters_are_escaped_and_spaces_kept() -> None:
    package = written(p("a < b & c  > d "), nodes.CodeBlock(text="  if a < b:\n\tpass"))
    assert "a < b & c  > d" in package.text()
    assert "  if a < b:    pass" in package.text()
    assert len(package.find("//w:p[w:pPr/w:pStyle/@w:val='CodeBlock']/w:r/w:br")) == 1


def test_nested_marks_are_one_character_style_and_the_rest() -> None:
    package = written(p(nodes.Emphasis(content=(nodes.Strong(content=(t("both"),)),))))
    (run,) = package.find("//w:r[w:t='both']")
    assert run.find(f"{W}rPr/{W}rStyle").get(f"{W}val") == "Emphasis"
    assert run.find(f"{W}rPr/{W}b") is not None


def test_strong_words_in_a_bold_style_stay_bold() -> None:
    """Word turns a toggle off that both the paragraph's and the character's style have."""
    from octavo.writers.docx.runs import layered, toggle

    shown = layered({"b": toggle("b", True)}, {"b": toggle("b", True)})
    assert shown["b"] == toggle("b", False)
    package = written(p(nodes.Emphasis(content=(t("outer "), nodes.Emphasis(content=(t("inner"),))))))
    runs = package.find("//w:r[w:rPr/w:rStyle/@w:val='Emphasis']")
    assert [run.find(f"{W}rPr/{W}i") is None for run in runs] == [True, True]


def test_links_lead_out_and_in() -> None:
    package = written(
        section("Tides", p("x"), id="tides"),
        p(nodes.Link(target="https://example.org/?a=1&b=<2>", content=(t("out"),), title='a "tip"')),
        p(nodes.Link(target="#tides", content=(t("in"),))),
    )
    out, inside = package.find("//w:hyperlink")
    assert out.get(f"{W}tooltip") == 'a "tip"'
    assert b"https://example.org/?a=1&amp;b=%3C2%3E" in package.read("word/_rels/document.xml.rels")
    names = package.find("//w:bookmarkStart/@w:name")
    assert inside.get(f"{W}anchor") in names


@pytest.mark.parametrize(
    ("target", "clean"),
    [
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/ä?x=[1]", "https://example.org/%C3%A4?x=%5B1%5D"),
        ("https://example.org/#a#b", "https://example.org/#a%23b"),
        ("report.pdf", "report.pdf"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("http://", ""),
        ("https://exa mple.org:port/", ""),
        ("https://[bad", ""),
        ("mailto:", ""),
        ("https://example.org/" + "x" * 3000, ""),
    ],
)
def test_addresses_are_what_word_accepts(target: str, clean: str) -> None:
    assert clean_target(target) == clean


def test_a_link_that_word_would_refuse_is_reported_and_keeps_its_words() -> None:
    package = written(p(nodes.Link(target="http://", content=(t("nowhere"),))))
    assert "link-not-written" in package.codes
    assert "nowhere" in package.text()
    assert package.find("//w:hyperlink") == []


def test_references_are_fields_with_their_result() -> None:
    figure = nodes.Figure(id="fig", content=(p("shown"),), caption=nodes.Caption(content=(t("A map"),)))
    package = written(section("Tides", figure, p("See ", ref("fig"), " in ", ref("tides"), "."), id="tides"))
    instructions = [str(each).split() for each in package.find("//w:instrText/text()")]
    bookmarks = package.find("//w:bookmarkStart/@w:name")
    assert [each[0] for each in instructions] == ["SEQ", "REF", "REF"]
    assert all(each[1] in bookmarks for each in instructions[1:])
    assert instructions[2][2] == "\\r"
    assert "See Figure\u00a01 in Section\u00a01." in package.text()


def test_a_note_is_a_footnote_of_word_with_its_mark() -> None:
    package = written(p("Text", note(p("First."), items("in a list")), "."), p("More", note(p("Second."))))
    numbers = package.find("//w:footnoteReference/@w:id")
    assert numbers == ["1", "2"]
    notes = package.find("//w:footnote[not(@w:type)]", "word/footnotes.xml")
    assert [each.get(f"{W}id") for each in notes] == ["1", "2"]
    assert all(len(each.findall(f".//{W}footnoteRef")) == 1 for each in notes)
    assert len(package.find("//w:footnote[@w:type]", "word/footnotes.xml")) == 2


def test_a_note_within_a_note_stands_in_brackets() -> None:
    package = written(p("Text", note(p("Outer", note(p("inner", note(p("innermost"))))))))
    assert "nested-note" in package.codes
    assert "Outer [inner innermost]" in package.text("word/footnotes.xml")


def test_a_note_that_begins_with_a_table_has_a_paragraph_for_its_mark() -> None:
    package = written(p("Text", note(table_small())))
    (found,) = package.find("//w:footnote[@w:id='1']", "word/footnotes.xml")
    blocks = [child.tag.removeprefix(W) for child in found if "bookmark" not in child.tag]
    assert blocks == ["p", "tbl", "p"]


def test_other_languages_and_directions_are_marked() -> None:
    package = written(p("In ", nodes.Span(content=(t("Köln"),), language="de"), " and שלום עולם too."))
    assert package.find("//w:r[w:t='Köln']/w:rPr/w:lang/@w:val") == ["de"]
    (run,) = package.find("//w:r[w:rPr/w:rtl]")
    assert "".join(run.itertext()) == "שלום עולם"


def test_soft_hyphens_are_words_own() -> None:
    package = written(p("Donau\u00addampf"))
    assert len(package.find("//w:softHyphen")) == 1


def test_characters_that_xml_cannot_hold_are_replaced_and_reported() -> None:
    clean = manuscript(document(p("x")))
    dirty = msgspec.structs.replace(clean.resolved.document, metadata=Metadata(title="a\x0bb"))
    resolved = msgspec.structs.replace(clean.resolved, document=dirty)
    package = Package(DocxWriter().write(msgspec.structs.replace(clean, resolved=resolved)))
    assert "illegal-character" in package.codes
    assert "a\ufffdb" in package.text()


def test_a_formula_that_ends_a_document_is_not_its_last_paragraph() -> None:
    formula = nodes.Formula(text="a^2")
    assert len(written(p("x"), formula).find("//w:body/w:p")) == len(
        written(p("x"), formula, p("y")).find("//w:body/w:p")
    )
    assert written(p("x"), formula).text().endswith("x\n\n")


def test_a_formula_is_words_own_and_one_that_is_not_understood_its_source() -> None:
    package = written(
        p("Let ", nodes.Math(text=r"\frac{1}{2}"), "."),
        nodes.Formula(text="x^2", numbered=False),
        nodes.Formula(text=r"\nonsense"),
    )
    assert len(package.find("//w:p/*[local-name()='oMath']//*[local-name()='f']")) == 1
    assert len(package.find("//w:p/*[local-name()='oMathPara']/*[local-name()='oMath']")) == 1
    assert not package.find("//*[local-name()='AlternateContent']")
    sources = [str(each) for each in package.find("//w:r[w:rPr/w:rStyle/@w:val='FormulaText']/w:t/text()")]
    assert sources == [r"\nonsense"]


def test_lines_before_a_table_in_a_note_have_no_exact_height() -> None:
    """LibreOffice shows no more than one row of the table else."""
    content = (p("Before."), table_small(), p("Between."), p("Before another."), table_small())
    package = written(nodes.Paragraph(content=(t("Words."), note(*content))))
    rules = {}
    for name in package.find("//w:footnote[@w:id='1']/w:p/w:pPr/w:pStyle/@w:val", "word/footnotes.xml"):
        (style,) = package.find(f"//w:style[@w:styleId='{name}']", "word/styles.xml")
        rules[str(name)] = style.find(f".//{W}spacing").get(f"{W}lineRule")
    assert rules == {
        "FootnoteTextBeforeTable": "atLeast",
        "FootnoteTextAfterTable": "exact",
    }
