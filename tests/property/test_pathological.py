"""Text that is made to take long takes no longer than its length asks for."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest

import octavo
from octavo.environment import MemoryEnvironment, installed_fonts
from octavo.errors import SourceError
from octavo.plugins import find_reader
from octavo.readers.protocol import Source
from tests.growth import assert_in_proportion
from tests.unit.checks import shipped

HEAD = "---\ntitle: T\nlanguage: en\n---\n\n"
Shape = Callable[[int], str]
SHAPES: dict[str, Shape] = {
    "one word": lambda n: "a" * 20 * n,
    "one word with hyphens": lambda n: "abcdefghij-" * n,
    "letters without spaces": lambda n: "漢字" * 5 * n,
    "one paragraph": lambda n: "word " * 5 * n,
    "emphasis": lambda n: "*word* " * n,
    "open emphasis": lambda n: "*a " * n,
    "two kinds of emphasis": lambda n: "_a *b " * n,
    "asterisks": lambda n: "*" * 10 * n,
    "backquotes": lambda n: "`" * 10 * n,
    "backquotes of all lengths": lambda n: " ".join("`" * each for each in range(1, int((20 * n) ** 0.5))),
    "open brackets": lambda n: "[" * 5 * n,
    "images begun": lambda n: "![" * 2 * n,
    "links begun": lambda n: "[a](" * n,
    "addresses begun": lambda n: "[a](<b" * n,
    "tags begun": lambda n: "<a " * n,
    "comments begun": lambda n: "<!--" * n,
    "ampersands": lambda n: "&" * 5 * n,
    "dollars": lambda n: "$a " * n,
    "braces": lambda n: "{" * 5 * n,
    "attributes": lambda n: "[a]{.b} " * n,
    "references": lambda n: "@a " * n,
    "fences": lambda n: ":::\n" * n,
    "tildes": lambda n: "~~a " * n,
    "carets": lambda n: "^a " * n,
    "quotation marks": lambda n: "\"'" * 3 * n,
    "backslashes": lambda n: "\\" * 10 * n,
    "marks on one letter": lambda n: "e" + "\u0301" * 5 * n,
    "bidirectional controls": lambda n: "\u202e\u2066" * 3 * n + "x",
    "empty lines": lambda n: "\n" * 50 * n,
    "definitions of links": lambda n: (
        "".join(f"[l{each}]: http://e.org/{each}\n" for each in range(n)) + "\n[l1]\n"
    ),
    "headings": lambda n: "\n\n".join(f"# H{each}" for each in range(n)),
    "headings that are alike": lambda n: "\n\n".join("# Same" for _ in range(n)),
    "items": lambda n: "- item\n" * n,
    "rows": lambda n: "|a|b|\n|-|-|\n" + "|x|y|\n" * n,
    "columns": lambda n: f"|{'a|' * n}\n|{'-|' * n}\n|{'x|' * n}\n",
    "footnotes": lambda n: "\n\n".join(f"T[^{each}]\n\n[^{each}]: Note." for each in range(n)),
    "code": lambda n: "```python\n" + "x = 1 # c\n" * n + "```\n",
    "raw HTML": lambda n: "<div>" * n,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_work_of_reading_grows_as_the_text_does(shape: str) -> None:
    reader = find_reader("markdown")

    def work(size: int) -> None:
        with contextlib.suppress(SourceError):  # refused, which is quick
            reader.read(Source((HEAD + SHAPES[shape](size)).encode(), "source.md"))

    assert_in_proportion(work, 1_000)


@pytest.mark.parametrize("shape", ["one word", "one word with hyphens", "letters without spaces"])
def test_the_work_of_setting_a_word_grows_as_the_word_does(shape: str) -> None:
    def work(size: int) -> None:
        files = {"source.md": (HEAD + SHAPES[shape](size)).encode()}
        world = MemoryEnvironment(files, installed_fonts(), shipped.themes())
        assert octavo.render("source.md", "pdf", environment=world).data

    assert_in_proportion(work, 2_000)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_becomes_an_edition_or_is_refused(shape: str) -> None:
    world = MemoryEnvironment(
        {"source.md": (HEAD + SHAPES[shape](120)).encode()}, installed_fonts(), shipped.themes()
    )
    try:
        parsed = octavo.parse("source.md", environment=world)
    except SourceError as refusal:
        assert {each.code for each in refusal.diagnostics} <= {"nesting-too-deep"}  # noqa: PT017
        return
    for format in ("pdf", "docx", "epub"):
        assert octavo.render(parsed.document, format, environment=world).data


def test_nesting_is_refused_with_its_place() -> None:
    for text in (">" * 3_000 + " deep", "\n".join("  " * each + "- x" for each in range(200))):
        with pytest.raises(SourceError, match="nest too deeply"):
            find_reader("markdown").read(Source((HEAD + text).encode(), "source.md"))
