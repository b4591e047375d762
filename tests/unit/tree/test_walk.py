"""The two verbs over trees."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings

from octavo.tree import Document, build, nodes
from octavo.tree.nodes import AnyNode, Text
from octavo.tree.walk import plain_text, rewrite, walk
from tests.strategies import documents


@settings(max_examples=60, deadline=None)
@given(documents())
def test_rewriting_nothing_returns_the_same_object(document: Document) -> None:
    assert rewrite(document, lambda node: node) is document


@settings(max_examples=60, deadline=None)
@given(documents())
def test_rewriting_sees_every_node_that_walking_sees(document: Document) -> None:
    seen: list[AnyNode] = []

    def note(node: AnyNode) -> AnyNode:
        seen.append(node)
        return node

    rewrite(document, note)
    assert len(seen) == len(list(walk(document)))
    assert {id(node) for node in seen} == {id(node) for node in walk(document)}


def test_walking_goes_in_reading_order() -> None:
    document = build.document(
        build.group("case", "three", title="two"),
        build.table(["five"], ["six"], caption="four", notes="seven"),
        build.figure("a.png", "eight", alt="x", credit="nine"),
    )
    texts = [node.text for node in walk(document) if isinstance(node, Text)]
    assert texts == ["two", "three", "four", "five", "six", "seven", "eight", "nine"]


def test_a_node_may_be_replaced_by_several_or_none() -> None:
    def change(node: AnyNode) -> AnyNode | tuple[AnyNode, ...]:
        if isinstance(node, nodes.Divider):
            return ()
        if isinstance(node, Text):
            return node, msgspec.structs.replace(node, text="!")
        return node

    changed = rewrite(build.document("a", build.divider(), "b"), change)
    assert plain_text(changed) == "a!\nb!"
    assert len(changed.content) == 2
