"""Words in angle brackets: what looks like a tag and is none is shown, and said."""

from __future__ import annotations

import pytest

from octavo.diagnostics import Position
from octavo.readers.markdown.reader import MarkdownReader
from octavo.readers.protocol import Parsed, Source
from octavo.tree.walk import plain_text


def read(text: str) -> Parsed:
    return MarkdownReader().read(Source(text.encode(), "a.md"))


def words(text: str) -> str:
    return "|".join(plain_text(each) for each in read(text).document.content)


@pytest.mark.parametrize(
    "text",
    [
        "Run it with <message> now.",
        "Write to <Ada Moor > or <your-name>.",
        "<Your Name>",
    ],
)
def test_words_in_angle_brackets_are_shown(text: str) -> None:
    assert words(text) == text
    assert {each.code for each in read(text).diagnostics} == {"not-a-tag"}


def test_where_they_stand_is_said() -> None:
    (said,) = read("One.\n\nRun it with <message> now.\n").diagnostics
    assert said.position == Position(3, 13, "a.md")
    assert "`<message>`" in said.message


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a <mark>b</mark> c", "a b c"),
        ("a <Tab>b</Tab> c", "a b c"),
        ("<Tabs>\n\ninside\n\n</Tabs>\n", "inside"),
        ("a <Widget/> b", "a  b"),
        ('a <x-y z="1"> b', "a  b"),
        ("a <u>b", "a b"),
    ],
)
def test_tags_are_no_words(text: str, shown: str) -> None:
    assert words(text) == shown
    assert "not-a-tag" not in {each.code for each in read(text).diagnostics}


def test_what_is_escaped_or_code_is_not_said() -> None:
    parsed = read("Run \\<message> or `<message>` now.\n")
    assert parsed.diagnostics == ()
