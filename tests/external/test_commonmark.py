"""Octavo's Markdown against CommonMark's published examples, which are read from an npm package and not kept here."""

from __future__ import annotations

import pytest

from octavo.readers.markdown import MarkdownReader
from octavo.readers.protocol import Source
from tests.external.commonmark import (
    Example,
    examples,
    outline_of_html,
    outline_of_tree,
    words_of_html,
    words_of_tree,
)

HEAD = b"---\ntitle: Example\n---\n"
"""So that neither a first heading becomes the title, nor a first `---` the beginning of front matter."""

WORDS_ONLY = ("HTML blocks", "Raw HTML")
"""Sections whose raw HTML octavo reads for its text."""

CHANGED = {
    21: "a raw `<a>` that nothing closes is no link",
    31: "a raw `<a>` that nothing closes is no link",
    148: "raw HTML goes on over empty lines until its tags are closed, with Markdown in its cells",
    150: "what is no element of HTML and nothing closes is shown, for it may be words",
    180: "a processing instruction shows nothing; the parser of this test shows its rest",
    191: "raw HTML goes on over empty lines until its tags are closed, with Markdown in its cells",
    201: "what is no element of HTML and nothing closes is shown, for it may be words",
    300: "a heading in a list is strong text, for no section can stand there",
    344: "a raw `<a>` that nothing closes is no link",
    476: "a raw `<a>` that nothing closes is no link",
    477: "a raw `<a>` that nothing closes is no link",
    491: "what is no element of HTML and nothing closes is shown, for it may be words",
    548: "a name in two pairs of brackets is a link between pages, as wikis write it, and shows the name",
    602: "an address without angle brackets is a link, as GitHub reads it",
    608: "an address without angle brackets is a link, as GitHub reads it",
    611: "an address without angle brackets is a link, as GitHub reads it",
    612: "an e-mail address without angle brackets is a link, as GitHub reads it",
    613: "what is no element of HTML and nothing closes is shown, for it may be words",
    626: "`<!-->` is a whole comment, which the parser of this test does not know",
    642: "a raw `<a>` that nothing closes is no link",
    643: "a raw `<a>` that nothing closes is no link",
}
"""Examples that octavo reads otherwise, by number in version 0.31.2, with the reason."""


@pytest.fixture(scope="session")
def published() -> list[Example]:
    return examples()


def agrees(example: Example) -> bool:
    document = MarkdownReader().read(Source(HEAD + example.markdown.encode(), "example.md")).document
    if example.section in WORDS_ONLY:
        return words_of_tree(document) == words_of_html(example.html)
    return outline_of_tree(document) == outline_of_html(example.html)


def test_all_published_examples_are_there(published: list[Example]) -> None:
    assert len(published) == 652


def test_the_published_examples_are_read_as_they_say(published: list[Example]) -> None:
    differing = {example.number for example in published if not agrees(example)}
    assert differing - CHANGED.keys() == set(), "not read as CommonMark says"
    assert CHANGED.keys() - differing == set(), "read as CommonMark says after all"
