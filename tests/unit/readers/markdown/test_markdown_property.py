"""What holds of every text: a document comes out, no word is lost, and places are where they say."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from octavo.errors import SourceError
from octavo.readers.markdown import MarkdownReader
from octavo.readers.protocol import Parsed, Source
from octavo.tree import nodes
from octavo.tree.dump import from_json, to_json
from octavo.tree.walk import walk

# Comments hide their words by intent; all else that Markdown has is here, whole and in pieces.
MARKUP = st.sampled_from(
    (
        *"*_`[]!^~$@<>#|:-+=&\\{}()'\"",
        "**",
        "~~",
        "$$",
        "``",
        "```\n",
        "~~~\n",
        "\n",
        "\n\n",
        "\n    ",
        "\n\t",
        "  \n",
        "\\\n",
        " ",
        "> ",
        "- ",
        "1. ",
        "2) ",
        "# ",
        "\n## ",
        "\n---\n",
        "\n===\n",
        "\n: ",
        "[ ] ",
        "[^1]",
        "\n[^1]: ",
        "^[",
        "\n::: case\n",
        "\n:::: lead {#x}\n",
        "\n::: pull-quote\n",
        "\n:::\n",
        "\n::: page-break\n",
        "\n|a|b|\n|-|-|\n",
        "\n-- ",
        "<b>",
        "</b>",
        "<br>",
        "\n<div>",
        "</div>\n",
        "<https://a.b>",
        "![",
        "](u)",
        '{#y key="v"}',
        "{.z}",
        "@fig-a",
        "é",
        "中",
        "🙂",
        "\u00a0",
    )
)


def read(text: str) -> Parsed:
    return MarkdownReader().read(Source(text.encode("utf-8"), "made.md"))


@st.composite
def sources(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(st.one_of(MARKUP, st.just("WORD ")), max_size=40))
    count = 0
    for at, piece in enumerate(pieces):
        if piece == "WORD ":
            count += 1
            pieces[at] = f"qz{count}x "
    return "".join(pieces)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_becomes_a_document_or_is_refused_with_a_reason(text: str) -> None:
    try:
        parsed = read(text)
    except SourceError:
        return
    assert from_json(to_json(parsed.document)) == parsed.document


@settings(max_examples=400, deadline=None)
@given(sources())
@example("> qz1x\n> -- qz2x")
@example("<qz1x qz2x > ")
@example("[^1]: qz1x\n\n^[qz2x [^1]] qz3x")
def test_no_word_is_lost(text: str) -> None:
    parsed = read(text)
    told = to_json(parsed.document).decode() + "".join(each.message for each in parsed.diagnostics)
    lost = [word for word in re.findall(r"qz\d+x", text) if word not in told]
    assert lost == [], text


@settings(max_examples=400, deadline=None)
@given(sources())
@example("\u00a0\nqz1x ")
@example("| qz1x \\| qz2x | *qz3x* |\n|-|-|")
def test_every_text_stands_where_its_position_says(text: str) -> None:
    lines = text.split("\n")
    for node in walk(read(text).document):
        place = node.position
        if not isinstance(node, nodes.Column | nodes.TableBody):
            assert place is not None, node
        if isinstance(node, nodes.Text) and (match := re.match(r"qz\d+x", node.text)) and place:
            there = lines[place.line - 1][place.column - 1 :] if place.line <= len(lines) else ""
            assert there.startswith(match.group()) or "title" in text or '"v"' in there, (text, node)
