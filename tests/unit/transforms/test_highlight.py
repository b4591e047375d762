"""Code read by Pygments: the marks of stretches, and what is said of languages."""

from __future__ import annotations

import pytest

from octavo.transforms.code_limits import LONGEST, LONGEST_LINE, LONGEST_MIXED, MOST_WORDS, REACH, Shortened
from octavo.transforms.highlight import cut, highlight
from octavo.transforms.resolved import CodeStretch
from octavo.tree import nodes
from tests.growth import assert_in_proportion


def read(text: str, language: str) -> list[tuple[str, str]]:
    found, said = highlight([nodes.CodeBlock(text=text, code_language=language, key=7)])
    assert not said
    return [(piece.text, piece.mark) for piece in cut(text, found.get(7, ()))]


def test_kinds_of_token_come_down_to_few_marks() -> None:
    assert read('def f():\n    return "a" * 2  # why', "python") == [
        ("def", "code-keyword"),
        (" ", ""),
        ("f", "code-name"),
        ("():\n    ", ""),
        ("return", "code-keyword"),
        (" ", ""),
        ('"a"', "code-string"),
        (" * ", ""),
        ("2", "code-number"),
        ("  ", ""),
        ("# why", "code-comment"),
    ]


@pytest.mark.parametrize("language", ["bash", "Bash", "sh", "zsh"])
def test_a_comment_ends_with_the_code(language: str) -> None:
    assert read("ls  # all", language)[-1] == ("# all", "code-comment")


def test_differences_show_what_came_and_went() -> None:
    pieces = dict(read("-old\n+new\n same", "diff"))
    assert pieces["-old"] == "code-removed"
    assert pieces["+new"] == "code-added"


def test_nothing_of_the_code_is_lost() -> None:
    text = "\tif (x) {\r\n  y = 'ü🎉';\n\n}\n\n"
    assert "".join(piece for piece, _ in read(text, "javascript")) == text


@pytest.mark.parametrize("language", ["", "text", "Plain"])
def test_code_without_a_language_is_plain(language: str) -> None:
    assert highlight([nodes.CodeBlock(text="if x:", code_language=language, key=1)]) == ({}, ())


def test_an_unknown_language_is_told_with_the_nearest() -> None:
    found, said = highlight([nodes.CodeBlock(text="x = 1", code_language="pyhton", key=1)])
    assert not found
    assert [(each.code, each.hint) for each in said] == [("unknown-code-language", "did you mean `python`?")]


def test_endless_code_is_set_plainly() -> None:
    found, said = highlight([nodes.CodeBlock(text="x\n" * LONGEST, code_language="python", key=1)])
    assert not found
    assert [each.code for each in said] == ["code-not-highlighted"]


def test_stretches_cut_code() -> None:
    cuts = cut("abcdef", (CodeStretch(1, 2, "m"), CodeStretch(4, 6, "n")))
    assert [(piece.text, piece.mark) for piece in cuts] == [("a", ""), ("b", "m"), ("cd", ""), ("ef", "n")]


def test_a_block_with_an_endless_line_is_set_plainly() -> None:
    """Java's rules look from each word of a line to its end."""
    text = "int x;\n" + "a " * LONGEST_LINE
    found, said = highlight([nodes.CodeBlock(text=text, code_language="java", key=1)])
    assert not found
    assert [each.code for each in said] == ["code-not-highlighted"]
    assert read("x = 1  # " + "a" * (LONGEST_LINE - 10), "python")[-1][1] == "code-comment"


def test_a_block_of_words_alone_is_set_plainly() -> None:
    """C#'s rules look from each line over all words that follow, for the bracket behind a function's name."""
    found, said = highlight([nodes.CodeBlock(text="a\n" * (MOST_WORDS + 1), code_language="csharp", key=1)])
    assert not found
    assert [each.code for each in said] == ["code-not-highlighted"]
    assert read("int f();\n" + "a\n" * (MOST_WORDS - 10) + "return", "csharp")[-1] == (
        "return",
        "code-keyword",
    )


def test_rules_that_come_to_no_end_set_code_plainly() -> None:
    """Pygments' rules for `mcschema` enter and leave a state for ever where a comment of XML begins a line."""
    found, said = highlight([nodes.CodeBlock(text="<!--\n", code_language="mcschema", key=1)])
    assert not found
    assert [each.code for each in said] == ["code-not-highlighted"]


def test_long_gaps_are_looked_over_and_kept() -> None:
    text = "int a;" + "\n" * 4_000 + "return 1; /* x" + " " * 3_000 + "y */\n"
    pieces = read(text, "c")
    assert "".join(piece for piece, _ in pieces) == text
    assert ("return", "code-keyword") in pieces
    assert ("/* x" + " " * 3_000 + "y */", "code-comment") in pieces


@pytest.mark.parametrize(
    "gap", ["\n" * 300, " " * 400, " \n" * 300 + "\t" * 120, "\n" + " " * 300, " " * 300 + "\n"]
)
def test_places_of_a_shortened_text_are_those_of_the_whole(gap: str) -> None:
    text = f"first{gap}second{gap}third"
    short = Shortened(text)
    assert len(short.text) < len(text)
    for word in ("first", "second", "third"):
        at = short.text.index(word)
        assert short.place(at) == text.index(word)
        assert text[short.place(at + len(word) - 1)] == word[-1]
    assert short.place(len(short.text)) == len(text)
    assert ("\n" in short.text) == ("\n" in text)


def test_long_code_has_the_colours_of_short_code() -> None:
    text = 'def f(x):\n    """Say,\n\n    and say."""\n    return x + 1  # more\n\n\n'
    marks = [mark for _, mark in read(text, "python") if mark]
    times = 3 * REACH // len(text)
    assert [mark for _, mark in read(text * times, "python") if mark] == marks * times


def test_long_code_whose_reader_minds_its_end_has_colours() -> None:
    text = "@book{key, title = {A title}}\n"
    marks = {mark for _, mark in read(text, "bibtex") if mark}
    assert {mark for _, mark in read(text * (2 * REACH // len(text)), "bibtex") if mark} == marks


def test_long_code_in_mixed_languages_is_set_plainly() -> None:
    text = "<p>{{ x }}</p>\n" * (LONGEST_MIXED // 10)
    found, said = highlight([nodes.CodeBlock(text=text, code_language="html+django", key=1)])
    assert not found
    assert [each.code for each in said] == ["code-not-highlighted"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("c", "\n"),
        ("csharp", "if;\n"),
        ("go", "/*\n"),
        ("lua", "--[[\n"),
    ],
)
def test_work_grows_as_hostile_code_does(language: str, line: str) -> None:
    def work(size: int) -> object:
        return highlight([nodes.CodeBlock(text="x;" + line * size, code_language=language, key=1)])

    work(1)
    assert_in_proportion(work, 2 * REACH // len(line))
