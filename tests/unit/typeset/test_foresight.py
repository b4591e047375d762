"""What is known of words beforehand changes nothing but the time it takes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.text import book
from octavo.environment import DiskEnvironment, installed_fonts
from octavo.fonts.shape import Shaper
from octavo.plugins import find_reader
from octavo.readers.protocol import Source
from octavo.theme.load import load_theme
from octavo.theme.resolve import resolve_theme
from octavo.theme.style import Medium, StyleSheet
from octavo.transforms.resolve import resolve
from octavo.transforms.resolved import Numbering
from octavo.typeset.foresight import foresee
from octavo.typeset.typeset import typeset

HEAD = "---\ntitle: Words\nlanguage: {}\n---\n\n"


def styles_of(theme: str) -> StyleSheet:
    loaded = load_theme(theme, DiskEnvironment().read_theme)
    return resolve_theme(loaded, Medium.SCREEN, installed_fonts())[0]


def never() -> bool:
    return False


def after(count: int) -> Callable[[], bool]:
    asked = iter(range(count))
    return lambda: next(asked, None) is None


@pytest.mark.parametrize("theme", ["policy", "book"])
def test_pages_are_the_same_with_words_that_were_known(theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = book(3_000, rich=True)
    styles, fonts = styles_of(theme), installed_fonts()
    document = find_reader("markdown").read(Source(text.encode(), "book.md")).document
    numbering = Numbering(section_depth=styles.section_depth)
    declared, marks = frozenset(styles.styles), frozenset(styles.marks)
    resolved, _ = resolve(document, numbering=numbering, media={}, declared=declared, marks=marks)
    foresight = foresee(text, styles, fonts, never)
    shaped: list[int] = []
    written_row = Shaper.written_row

    def counted(self: Shaper, font: object, words: list[str], *args: object) -> dict[str, str]:
        shaped.append(len(words))
        return written_row(self, font, words, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Shaper, "written_row", counted)
    alone = typeset(resolved, styles, fonts)
    all_shaped = sum(shaped)
    shaped.clear()
    assert typeset(resolved, styles, fonts, foresight=foresight) == alone
    assert sum(shaped) < 0.5 * all_shaped


@pytest.mark.parametrize(
    ("language", "hyphens"), [("en-GB", [3]), ("en-US", [3, 6]), ("fr", [5]), ("xx", ())]
)
def test_the_head_says_in_which_language_words_are_read(language: str, hyphens: object) -> None:
    text = f"{HEAD.format(language)}It considers."
    foresight = foresee(text, styles_of("policy"), installed_fonts(), never)
    (spec,) = foresight.rows
    assert spec.language == language
    assert "considers." in foresight.rows[spec]
    assert foresight.hyphenator.positions("considers", language) == hyphens


def test_nothing_is_said_of_a_language_that_only_the_head_names() -> None:
    foresight = foresee(HEAD.format("xx"), styles_of("policy"), installed_fonts(), never)
    assert not foresight.hyphenator.diagnostics


def test_words_are_looked_at_until_the_time_is_up() -> None:
    text = " ".join(
        f"{first}{second}word" for first in "abcdeghijklmnopqrstu" for second in "abcdeghijklmnopqrstu"
    )
    found = [
        sum(map(len, foresee(text, styles_of("policy"), installed_fonts(), until).rows.values()))
        for until in (after(0), after(1), never)
    ]
    assert found == [100, 200, 400]
