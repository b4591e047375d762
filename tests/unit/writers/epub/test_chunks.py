"""Which text stands in which file."""

from __future__ import annotations

from octavo.tree import Document
from octavo.tree import nodes as n
from octavo.tree.metadata import Metadata
from octavo.writers.epub import chunks
from tests.unit.writers.epub.features import paragraph, text
from tests.unit.writers.epub.making import book, resolved

LONG = paragraph("word " * 10_000)


def section(title: str, *content: n.Block, role: n.SectionRole = n.SectionRole.BODY) -> n.Section:
    return n.Section(title=text(title), content=content, role=role)


def names(*content: n.Block, title: str = "Title") -> list[str]:
    found = chunks.plan(resolved(Document(metadata=Metadata(title=title), content=content)))
    return [chunk.name for chunk in found.chunks]


def test_a_brief_is_one_file() -> None:
    assert names(section("One", paragraph("short")), section("Two")) == ["text.xhtml"]


def test_a_long_text_has_a_file_for_each_section() -> None:
    assert names(paragraph("lead"), section("One", LONG), section("Two"), paragraph("after")) == [
        "opening.xhtml",
        "one.xhtml",
        "two.xhtml",
    ]


def test_a_text_that_opens_with_a_section_has_no_empty_file_before_it() -> None:
    assert names(section("One", LONG), section("Two"), title="") == ["one.xhtml", "two.xhtml"]


def test_names_are_told_apart() -> None:
    assert names(section("Opening", LONG), section("第一"), section("第二")) == [
        "opening.xhtml",
        "opening-2.xhtml",
        "section.xhtml",
        "section-2.xhtml",
    ]


def test_a_very_long_section_is_divided_at_its_own() -> None:
    parts = tuple(section(f"Part {at}", *(paragraph("word " * 2_000) for _ in range(20))) for at in range(4))
    whole = section("Whole", paragraph("before"), *parts)
    assert names(whole, section("Next")) == [
        "opening.xhtml",
        "whole.xhtml",
        *(f"part-{at}.xhtml" for at in range(4)),
        "next.xhtml",
    ]
    made = book(Document(metadata=Metadata(title="Title"), content=(whole,)))
    assert "<h2" in made.text("whole.xhtml")
    assert "<h3" in made.text("part-0.xhtml")


def test_links_and_notes_find_their_files() -> None:
    note = n.Footnote(content=(paragraph("noted"),))
    content = (
        section("One", LONG, paragraph("x", note, n.Link(target="#two", content=text("on")))),
        section("Two", n.Notes()),
    )
    made = book(Document(metadata=Metadata(title="Title"), content=content))
    assert 'href="two.xhtml#two"' in made.text("one.xhtml")
    assert 'href="#fn-1"' in made.text("one.xhtml"), "a note stands at the end of its chapter"
    assert 'href="#ref-fn-1"' in made.text("one.xhtml")


def test_matter_is_told_apart() -> None:
    content = (section("One", LONG), section("Works", role=n.SectionRole.REFERENCES))
    found = chunks.plan(resolved(Document(metadata=Metadata(title="Title"), content=content)))
    assert [chunk.matter for chunk in found.chunks] == ["frontmatter", "bodymatter", "backmatter"]


def test_what_is_nothing_else_is_a_chapter_in_a_book_and_in_nothing_shorter() -> None:
    long_text = (n.Paragraph(content=(n.Text(text="words " * 8000),)),)
    sections = (
        n.Section(title=(n.Text(text="One"),), content=long_text),
        n.Section(title=(n.Text(text="End"),), content=long_text, role=n.SectionRole.APPENDIX),
    )
    made = book(Document(content=sections))
    assert '<section epub:type="chapter" role="doc-chapter" id="one">' in made.text("one.xhtml")
    assert 'role="doc-appendix"' in made.text("end.xhtml")
    assert "doc-chapter" not in book(Document(content=(n.Section(title=(n.Text(text="One"),)),))).text()
