"""Code read by Pygments: the marks of stretches, and what is said of languages."""

from __future__ import annotations

import pytest

from octavo.transforms.highlight import LONGEST, LONGEST_LINE, cut, highlight
from octavo.transforms.resolved import CodeStretch
from octavo.tree import nodes


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
