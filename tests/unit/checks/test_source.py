"""What is said of a source by request: each point with its place, and nothing of a careful text."""

from __future__ import annotations

import pytest

from octavo.diagnostics import Diagnostic
from octavo.environment import MemoryEnvironment, installed_fonts
from octavo.preflight import Wish, check_file
from tests.unit.checks import shipped
from tests.unit.checks.finished import SOURCE, png

HEAD = "---\ntitle: T\nauthor: A\nlanguage: en\ndate: 2026-11-24\ndescription: D\n---\n\n"


def _checked(text: str, width: int = 900) -> tuple[Diagnostic, ...]:
    world = MemoryEnvironment(
        {"brief.md": text.encode(), "square.png": png(width)}, installed_fonts(), shipped.themes()
    )
    return check_file("brief.md", Wish(), world).diagnostics


def test_nothing_is_said_of_a_careful_text() -> None:
    assert _checked(SOURCE, 2400) == ()


@pytest.mark.parametrize(
    ("code", "text", "line"),
    [
        ("no-author", "---\ntitle: T\nlanguage: en\n---\n\nWords.\n", 0),
        ("no-date", "---\ntitle: T\nlanguage: en\n---\n\nWords.\n", 0),
        ("no-description", "---\ntitle: T\nlanguage: en\n---\n\nWords.\n", 0),
        ("no-language", "---\ntitle: T\n---\n\nWords.\n", 0),
        ("no-title", "---\nlanguage: en\n---\n\nWords.\n", 0),
        ("language-mismatch", HEAD + "Слова, которые написаны совсем на другом языке и читаются иначе.\n", 4),
        ("no-headings", HEAD + "word " * 900 + "\n", 0),
        ("repeated-heading", HEAD + "# One\n\nA.\n\n# One\n\nB.\n", 13),
        ("long-heading", HEAD + f"# {'word ' * 30}\n\nA.\n", 9),
        ("skipped-heading-level", HEAD + "# One\n\n### Three\n\nA.\n", 11),
        ("missing-alt", HEAD + "![](square.png)\n", 9),
        ("poor-alt", HEAD + "![square.png](square.png)\n", 9),
        ("poor-alt", HEAD + "![Image of a square](square.png)\n", 9),
        ("long-alt", HEAD + f"![{'word ' * 80}](square.png)\n", 9),
        ("table-without-head", HEAD + "|   |   |\n|---|---|\n| a | b |\n", 9),
        ("empty-table-head", HEAD + "| a |   |\n|---|---|\n| a | b |\n", 9),
        ("poor-link-text", HEAD + "Read [here](https://example.org/).\n", 9),
        ("bare-address", HEAD + "See [https://example.org/a](https://example.org/a).\n", 9),
        ("local-link", HEAD + "See [the list](list.md).\n", 9),
        ("same-link-text", HEAD + "[A place](https://a.org/) and [a place](https://b.org/).\n", 9),
        ("long-word", HEAD + f"A {'a' * 60} word.\n", 9),
        ("missing-glyph", HEAD + "A letter \U00012000 of old.\n", 9),
    ],
)
def test_each_point_has_its_code_and_place(code: str, text: str, line: int) -> None:
    found = [each for each in _checked(text) if each.code == code]
    assert found, sorted({each.code for each in _checked(text)})
    assert (found[0].position.line if found[0].position else 0) == line


def test_images_are_measured_at_their_size_on_the_page() -> None:
    text = HEAD + "![A square](square.png)\n"
    assert "coarse-image" in {each.code for each in _checked(text, 300)}
    assert "image-below-print" in {each.code for each in _checked(text, 1200)}
    assert not {"coarse-image", "image-below-print"} & {each.code for each in _checked(text, 2400)}


def test_contrast_is_judged_with_the_theme() -> None:
    pale = 'name = "pale"\nextends = "policy"\n[style.text]\ncolor = "#cccccc"\n'
    world = MemoryEnvironment(
        {"brief.md": (HEAD + "Words.\n").encode()}, installed_fonts(), {**shipped.themes(), "pale": pale}
    )
    found = check_file("brief.md", Wish(theme="pale"), world).diagnostics
    assert any("contrast" in each.code for each in found), found
