"""Which text stands in which file."""

from __future__ import annotations

import re

from octavo.tree import Document
from octavo.tree import nodes as n
from octavo.tree.metadata import Metadata
from octavo.writers.epub import chunks
from tests.unit.writers.epub.features import paragraph, text
from tests.unit.writers.epub.making import Book, book, resolved

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


def test_a_long_text_without_sections_has_several_files() -> None:
    words = tuple(paragraph(f"{at} " + "words " * 3000) for at in range(80))
    made = book(Document(metadata=Metadata(title="Long"), content=words))
    files = [name for name in made.pages if "/text" in name]
    assert len(files) > 2
    assert "nav" not in spine(made), "it has one entry"
    assert max(len(made.pages[name]) for name in files) < 400_000
    shown = "".join(made.text(name.removeprefix("EPUB/")) for name in files)
    assert [int(each) for each in re.findall(r">(\d+) words", shown)] == list(range(80))


def test_a_long_section_goes_on_in_another_file_without_its_heading() -> None:
    words = tuple(paragraph(f"{at} " + "words " * 3000) for at in range(80))
    section = n.Section(title=text("On and on"), content=words)
    made = book(Document(content=(section, paragraph("The end."))))
    files = [name for name in made.pages if "/on-and-on" in name]
    assert files[:2] == ["EPUB/on-and-on.xhtml", "EPUB/on-and-on-2.xhtml"]
    shown = "".join(made.text(name.removeprefix("EPUB/")) for name in files)
    assert shown.count("<h1 ") == shown.count('id="on-and-on"') == shown.count("doc-chapter") == 1
    assert shown.count("<title>On and on</title>") == len(files)
    assert [int(each) for each in re.findall(r">(\d+) words", shown)] == list(range(80))
    assert "The end." in made.text(files[-1].removeprefix("EPUB/"))


def spine(made: Book) -> list[str]:
    return re.findall(r'<itemref idref="(?:item-)?([\w-]+?)(?:-xhtml)?"', made.text("package.opf"))


def test_the_contents_stand_behind_the_title_page_or_first() -> None:
    long_text = (paragraph("words " * 8000),)
    sections = tuple(n.Section(title=text(name), content=long_text) for name in ("One", "Two"))
    titled = book(Document(metadata=Metadata(title="T"), content=sections))
    assert spine(titled) == ["cover", "opening", "nav", "one", "two"]
    assert spine(book(Document(content=sections))) == ["cover", "nav", "one", "two"]
    own = book(Document(metadata=Metadata(title="T"), content=(n.Contents(title=text("In it")), *sections)))
    assert spine(own) == ["cover", "opening", "one", "two"], "one table of contents is enough"
    landmark = re.search(r'epub:type="toc" href="opening.xhtml#([\w-]+)"', own.text("nav.xhtml"))
    assert landmark is not None
    assert f'id="{landmark.group(1)}"' in own.text("opening.xhtml")
