"""The schema is complete: every field, key and mark has its row, and every row its default."""

from __future__ import annotations

import pytest

from octavo.theme import schema
from octavo.theme.compute import default_of
from octavo.theme.keys import MARKS, STYLES
from octavo.theme.schema import Kind, Property
from octavo.theme.style import Mark, Masthead, PageStyle, RunningLine, Style, TextOptions
from octavo.theme.values import _READERS
from octavo.tree.semantics import WORD_STYLES, MarkKey, StyleKey


def fields(table: dict[str, Property]) -> set[str]:
    return {row.field for row in table.values()}


def test_every_field_of_a_style_has_a_property() -> None:
    assert fields(dict(schema.STYLE_PROPERTIES)) == set(Style.__struct_fields__)


def test_every_field_of_a_mark_has_a_property() -> None:
    assert fields(dict(schema.MARK_PROPERTIES)) == set(Mark.__struct_fields__)


def test_every_field_of_the_page_has_a_property() -> None:
    made_otherwise = {"width", "height", "header", "footer", "masthead"}
    assert (
        fields(dict(schema.PAGE_PROPERTIES)) - {"size"} == set(PageStyle.__struct_fields__) - made_otherwise
    )


def test_every_field_of_the_lines_masthead_and_running_heads_has_a_property() -> None:
    assert fields(dict(schema.LINE_PROPERTIES)) == set(TextOptions.__struct_fields__)
    assert fields(dict(schema.MASTHEAD_PROPERTIES)) - {"show"} == set(Masthead.__struct_fields__)
    assert fields(dict(schema.RUNNING_PROPERTIES)) == set(RunningLine.__struct_fields__)


def test_text_properties_flow_and_box_properties_do_not() -> None:
    assert all(row.flows for row in schema.TEXT_PROPERTIES.values())
    assert not any(row.flows for row in schema.BOX_PROPERTIES.values())


def test_every_kind_has_a_reader() -> None:
    assert set(_READERS) == set(Kind)


@pytest.mark.parametrize(
    "row", [*schema.STYLE_PROPERTIES.values(), *schema.PAGE_PROPERTIES.values()], ids=lambda r: r.name
)
def test_every_default_is_valid(row: Property) -> None:
    assert default_of(row) is not None or row.kind is Kind.FILL


def test_every_key_and_mark_is_described_and_has_a_word_style() -> None:
    assert [row.key for row in STYLES] == list(StyleKey)
    assert [row.key for row in MARKS] == list(MarkKey)
    assert [row.doc for row in STYLES if not row.doc.endswith(".")] == []
    assert [row.doc for row in MARKS if not row.doc.endswith(".")] == []
    assert set(WORD_STYLES) == set(StyleKey) | set(MarkKey)


def test_every_key_ends_in_the_root_without_a_circle() -> None:
    for key in schema.STYLE_KEYS:
        seen = [key]
        while seen[-1] != StyleKey.TEXT:
            seen.append(str(schema.BASED_ON.get(seen[-1]) or schema.TEXT_FROM.get(seen[-1], StyleKey.TEXT)))
            assert seen[-1] not in seen[:-1]


def test_containers_and_content_are_style_keys() -> None:
    assert {*schema.CONTAINERS, *schema.CONTENT} <= set(StyleKey)
