"""Asking only the rules that may read what begins at a character finds what asking all of them does."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it.parser_inline import ParserInline
from markdown_it.token import Token

from octavo.readers.markdown.inline_state import BEGINNINGS, PlacedParser
from octavo.readers.markdown.parser import make_parser


class AllRules(PlacedParser):
    """Asks every rule at every character, as markdown-it does."""

    tokenize = ParserInline.tokenize
    skipToken = ParserInline.skipToken  # noqa: N815


PARTS = (
    *"\n!#$%&*+-:<=>@[\\]^_`{}~() .,1aé",
    "**", "~~", "``", "](", "[^", "![", "[[", "]]", "^[", "$$", "\\(", "\\)", "\\[", "{#id}", "{.small}", "<b>",
    "http://a.b/c", "www.a.bc", "me@a.bc", "&amp;", "@fig-a", "[@fig-a]", "[one]", "word ", "`a`{.x}",
)  # fmt: skip


def tokens_of(text: str, parser: PlacedParser | None) -> list[MutableMapping[str, Any]]:
    markdown = make_parser()
    if parser is not None:
        parser.ruler, parser.ruler2 = markdown.inline.ruler, markdown.inline.ruler2
        markdown.inline = parser
    made: list[Token] = []
    environment = {"references": {"ONE": {"title": "", "href": "x", "map": [0, 1]}}}
    markdown.inline.parse(text, markdown, environment, made)
    return [each.as_dict() for each in made]


@given(st.lists(st.sampled_from(PARTS), max_size=25).map("".join))
@example("[a [b](c) d](e)")
@example("**a *b** c*")
@example("x-y: <me@a.bc> $a^2$, ~~no~~ \\* ![^1]")
def test_the_rules_asked_find_what_all_rules_do(text: str) -> None:
    assert tokens_of(text, None) == tokens_of(text, AllRules())


def test_every_rule_says_what_it_begins_with() -> None:
    assert set(make_parser().inline.ruler.get_active_rules()) == set(BEGINNINGS)
