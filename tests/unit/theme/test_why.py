"""Why a style looks as it does: the file, the line, and the keys through which a value came."""

from __future__ import annotations

import pytest

from octavo.theme import schema
from octavo.theme.style import Medium
from octavo.theme.why import Reason, why
from tests.unit.theme.themes import book, load

THEME = """extends = "./house"
[style.notice]
color = "{color.ink}"
[style.notice.group-title]
weight = 700
[screen.style.heading]
size = "14pt"
"""
HOUSE = """extends = ""
[token.color]
ink = "#222222"
[style.text]
size = "9pt"
"""


def reasons(key: str, within: str = "") -> dict[str, Reason]:
    return {each.property: each for each in why(load(THEME, house=HOUSE), Medium.SCREEN, book(), key, within)}


def test_a_value_through_an_overlay_and_a_parent() -> None:
    reason = reasons("heading-2")["size"]
    assert (reason.value, reason.table, str(reason.position), reason.through) == (
        "14",
        "screen.style.heading",
        "my.toml:7:1",
        (),
    )


def test_a_value_that_flows_from_the_root() -> None:
    reason = reasons("table-cell")["size"]
    assert (reason.value, reason.table, reason.through) == ("9", "style.text", ("table", "text"))


def test_a_value_that_flows_from_a_container_keeps_its_token() -> None:
    found = reasons("group-title", "notice")
    assert (found["color"].value, found["color"].written, found["color"].through) == (
        "#222222",
        "{color.ink}",
        ("notice",),
    )
    assert (found["weight"].table, found["weight"].through) == ("style.notice.group-title", ())
    assert found["size"].through == ("notice", "text")


def test_a_default_has_no_place() -> None:
    reason = reasons("title")["space-before"]
    assert (reason.value, reason.written, reason.table, reason.position) == ("0", "0pt", "", None)


def test_every_property_has_a_reason_and_unknown_keys_have_none() -> None:
    assert tuple(reasons("credit", "figure")) == tuple(schema.STYLE_PROPERTIES)
    with pytest.raises(KeyError):
        reasons("nothing")


def test_tokens_are_named_with_their_places() -> None:
    (token,) = reasons("notice")["color"].tokens
    assert (token.name, str(token.position)) == ("color.ink", "house.toml:3:1")


def test_a_mark_says_what_it_sets() -> None:
    found = why(load("[mark.link]\nweight = 600"), Medium.SCREEN, book(), "link")
    assert [(each.property, each.value, each.table) for each in found] == [
        ("weight", "600", "mark.link"),
        ("color", "#1a4f8b cmyk(88 55 0 27)", "mark.link"),
    ]
    assert [each.name for each in found[1].tokens] == ["color.link"]
