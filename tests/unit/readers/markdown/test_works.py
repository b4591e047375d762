"""Works that a document names: the paragraphs of a section of references."""

from __future__ import annotations

import pytest

import octavo
from octavo.readers.markdown.reader import MarkdownReader
from octavo.readers.protocol import Source
from octavo.tree import Document
from octavo.tree.nodes import Bibliography, Paragraph, Section
from octavo.tree.walk import plain_text

WORKS = "Moor, A. (2019). *Ports*. Kiel.\n\nQuay, B. (2021). *Piers*. <https://example.org/piers>\n"


def read(source: str) -> Document:
    return MarkdownReader().read(Source(source.encode(), "works.md")).document


def section(source: str) -> Section:
    found = next(each for each in read(source).content if isinstance(each, Section))
    assert isinstance(found, Section)
    return found


def kinds(source: str) -> list[type]:
    return [type(each) for each in section(source).content]


@pytest.mark.parametrize(
    "heading",
    [
        "Sources {role=references}",
        "References",
        "BIBLIOGRAPHY",
        "Works Cited",
        "Literaturverzeichnis",
        "Références",
    ],
)
def test_paragraphs_below_such_a_heading_are_works(heading: str) -> None:
    (works,) = section(f"Text.\n\n# {heading}\n\n{WORKS}\n# Next\n\nText.\n").content
    assert isinstance(works, Bibliography)
    assert [plain_text(each.content) for each in works.entries] == [
        "Moor, A. (2019). Ports. Kiel.",
        "Quay, B. (2021). Piers. https://example.org/piers",
    ]
    assert works.entries[1].position is not None
    assert works.entries[1].position.line == 7


@pytest.mark.parametrize(
    "source",
    [
        f"# Sources\n\n{WORKS}\n# Next\n",
        "# References\n\nThree friends would speak for me.\n\nAsk them in 2021, or before.\n\nOr not.\n\n# Next\n",
        "# References {role=references}\n\nOne alone (2019).\n\n# Next\n",
    ],
)
def test_other_paragraphs_stay_paragraphs(source: str) -> None:
    assert set(kinds(source)) == {Paragraph}


def test_what_leads_to_works_and_other_blocks_stay() -> None:
    source = f"# References {{role=references}}\n\nThese were read:\n\n{WORKS}\n- more (2020)\n\n# Next\n"
    first, works, last = kinds(source)
    assert (first, works, last.__name__) == (Paragraph, Bibliography, "List")


def test_a_work_can_be_linked_to_and_keeps_its_language() -> None:
    source = f"[Moor](#moor)\n\n# References\n\n{{#moor lang=de}}\n{WORKS}\n# Next\n\nText.\n"
    (works,) = section(source).content
    assert isinstance(works, Bibliography)
    assert (works.entries[0].id, works.entries[0].language) == ("moor", "de")
    output = octavo.render(read(f"---\ntitle: T\nlang: en\n---\n\n{source}"), "epub")
    assert "dangling-reference" not in [each.code for each in output.diagnostics]
