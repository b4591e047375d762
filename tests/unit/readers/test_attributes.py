"""Attributes in braces, and braces that are none."""

from __future__ import annotations

import pytest

from octavo.readers.attributes import Attributes, parse_attributes, split_trailing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{#a}", Attributes("a")),
        ("{.b .c}", Attributes("", ("b", "c"))),
        ("{ #a .b k=v }", Attributes("a", ("b",), {"k": "v"})),
        (
            '{width=50% alt="a \\"b\\" }" t=\'x y\'}',
            Attributes("", (), {"width": "50%", "alt": 'a "b" }', "t": "x y"}),
        ),
        ("{-}", Attributes("", (), {"numbered": "no"})),
        ("{.unnumbered decorative}", Attributes("", (), {"numbered": "no", "decorative": "yes"})),
        ("{K=v K=w}", Attributes("", (), {"k": "w"})),
        ("{#ä-1}", Attributes("ä-1")),
        ("{}", None),
        ("{ }", None),
        ("{word}", None),
        ("{1, 2}", None),
        ("{#a", None),
        ("{k=}", None),
        ('{k="open}', None),
        ("x{#a}", None),
    ],
)
def test_parsing(text: str, expected: Attributes | None) -> None:
    parsed = parse_attributes(text)
    assert (parsed[0] if parsed else None) == expected
    assert parsed is None or parsed[1] == len(text)


@pytest.mark.parametrize(
    ("text", "before", "id"),
    [
        ("Costs {#sec-costs}", "Costs", "sec-costs"),
        ("Costs {#a}  ", "Costs", "a"),
        ("{#a}", "", "a"),
        ("The set {1, 2}", "The set {1, 2}", ""),
        ("Escaped \\{#a}", "Escaped \\{#a}", ""),
        ("Middle {#a} end", "Middle {#a} end", ""),
        ('Brace in value {#b title="{x}"}', "Brace in value", "b"),
        ("The [OECD]{#b}", "The [OECD]{#b}", ""),
        ("See [there](a.html){#b}", "See [there](a.html){#b}", ""),
        ("The [OECD] {#b}", "The [OECD]", "b"),
        ("The [OECD]{.smallcaps} {#b}", "The [OECD]{.smallcaps}", "b"),
        ("Costs]{#b}", "Costs]", "b"),
    ],
)
def test_attributes_at_the_end_of_a_line(text: str, before: str, id: str) -> None:
    rest, attributes = split_trailing(text)
    assert (rest, attributes.id) == (before, id)
