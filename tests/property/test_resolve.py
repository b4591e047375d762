"""What holds of every document that is resolved."""

from __future__ import annotations

import re

import msgspec
from hypothesis import HealthCheck, given, settings

from octavo.transforms.resolve import resolve
from octavo.transforms.resolved import Numbering, Resolved
from octavo.tree import Document, nodes
from octavo.tree.nodes import Column, LineBreak, Text
from octavo.tree.walk import walk
from tests.strategies import documents

NUMBERING = Numbering(section_depth=2)
# Drawing a whole document takes long, and that is no fault of what is tested.
thorough = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def resolved(document: Document) -> Resolved:
    return resolve(document, numbering=NUMBERING, media={}, declared=frozenset({"lead"}))[0]


@thorough
@given(documents(control_characters=True))
def test_resolving_twice_is_resolving_once(document: Document) -> None:
    once = resolved(document)
    twice = resolved(once.document)
    # A guessed language is the document's own from then on.
    assert msgspec.structs.replace(twice, language_assumed=once.language_assumed) == once


@thorough
@given(documents())
def test_keys_are_serial_and_anchors_are_names_of_one_node_each(document: Document) -> None:
    done = resolved(document)
    everything = list(walk(done.document))
    keys = [each.key for each in everything if not isinstance(each, Text | LineBreak | Column)]
    assert keys == list(range(1, len(keys) + 1))
    anchors = [each.id for each in everything if each.id]
    assert len(set(anchors)) == len(anchors)
    assert all(re.fullmatch(r"[^\W\d][\w.\-\u0300-\u036f]*", anchor) for anchor in anchors)
    assert done.index.anchors == {each.id: each.key for each in everything if each.id}


@thorough
@given(documents())
def test_no_letter_is_lost_or_added(document: Document) -> None:
    assert letters(document) == letters(resolved(document).document)


def letters(document: Document) -> str:
    """The letters and figures of every text outside the titles of groups and contents, which may be made."""
    titles = {
        id(text)
        for node in walk(document)
        if isinstance(node, nodes.Group | nodes.Contents)
        for inline in node.title
        for text in (inline, *walk(inline))
    }
    texts = (each.text for each in walk(document) if isinstance(each, Text) and id(each) not in titles)
    return "".join(character for text in texts for character in text if character.isalnum())


@thorough
@given(documents(control_characters=True))
def test_no_text_is_empty_or_holds_a_control_character(document: Document) -> None:
    for node in walk(resolved(document).document):
        if isinstance(node, Text):
            assert node.text
            assert not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", node.text)


@thorough
@given(documents())
def test_every_reference_reads_as_something(document: Document) -> None:
    for node in walk(resolved(document).document):
        if isinstance(node, nodes.CrossReference | nodes.Citation):
            assert node.text
