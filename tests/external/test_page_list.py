"""The page list of every e-book is that of the PDF of the same export, in all themes and at every kind of turn."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import octavo
from tests.corpus import ROOT
from tests.external.editions import assert_clean
from tests.external.page_list import compare, page_list, pdf_labels, places

THEMES = ("academic", "book", "newsletter", "plain", "policy", "report")
SAID = (
    "the harbour wind carries grain and letters over quiet water while internationalization responsibilities of "
    "the administration remember governance infrastructure transformation before evening comes and nobody in town "
    "had expected such extraordinarily comprehensive arrangements of parliamentarians"
)
WORDS = SAID.split()


def long_source(number: int) -> str:
    """A text in which pages turn in paragraphs, words, lists, tables, code, quotations, definitions and contents, and
    figures move to the head of the next page."""
    chance = random.Random(number)

    def said(count: int) -> str:
        words = [chance.choice(WORDS) for _ in range(count)]
        return " ".join([words[0].capitalize(), *words[1:]]) + "."

    def paragraph(count: int) -> str:
        return " ".join(said(chance.randint(6, 18)) for _ in range(count))

    parts = ["---", "title: Turning pages", "author: A. Writer", "language: en-GB", "---", ""]
    parts += ["::: contents {depth=2}", "", "::: contents {kind=tables}", ""]
    for at in range(1, 9):
        parts += [f"# {said(5)[:-1]}", "", f"{paragraph(5)}[^n{at}] {paragraph(4)}", ""]
        parts += [f"[^n{at}]: {paragraph(3)}", "", f"    {paragraph(2)}", ""]
        parts += [
            f"1. {paragraph(2)}",
            f"2. {paragraph(3)}",
            f"   - {paragraph(2)}",
            f"3. {paragraph(2)}",
            "",
        ]
        parts += ["| Port | Ships | What was said |", "|:--|--:|:--|"]
        parts += [f"| {said(2)} | {row * 37} | {said(9)} |" for row in range(14)]
        parts += ["", f": {said(4)} {{#tbl-{at}}}", "", paragraph(6), ""]
        parts += ["```", *(f"{said(4)[:-1]}({row}, remember, {row + at})" for row in range(12)), "```", ""]
        parts += [
            f"> {paragraph(4)}",
            ">",
            f"> -- {said(6)}",
            "",
            f"::: notice {said(2)}",
            paragraph(4),
            ":::",
            "",
        ]
        parts += [f"## {said(4)[:-1]}", "", paragraph(9), "", said(2), "", f": {paragraph(4)}", ""]
        parts += [paragraph(5), "", f"::: pull-quote\n{said(12)}\n\n-- {said(4)}\n:::", "", paragraph(7), ""]
    return "\n".join(parts)


def write_source(folder: Path, text: str) -> Path:
    from PIL import Image

    Image.new("RGB", (300, 240), (90, 60, 40)).save(folder / "wall.png")
    source = folder / "turns.md"
    source.write_text(text, encoding="utf-8")
    return source


def editions(source: Path, out: Path, theme: str) -> tuple[Path, Path]:
    made = octavo.export(octavo.read(source), out, formats=("pdf", "epub"), theme=theme)
    pdf, epub = (each.path for each in made)
    assert pdf is not None, made
    assert epub is not None, made
    return pdf, epub


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["seeds/us-china-dialogue.md", "examples/feature-tour.md"])
def test_marks_stand_where_the_pages_turn(name: str, theme: str, tmp_path: Path) -> None:
    pdf, epub = editions(ROOT / name, tmp_path, theme)
    assert_clean(compare(pdf, epub))
    assert len(list(page_list(epub))) == sum(bool(label) for label in pdf_labels(pdf)) > 1


def test_marks_stand_at_every_kind_of_turn(tmp_path: Path) -> None:
    found: set[str] = set()
    # Pages seldom end within a word; where one word fills pages, they do.
    longest = f"They said {'ships' * 1_200}.\n"
    for at, theme in enumerate(THEMES):
        source = write_source(tmp_path, f"{long_source(at)}\n{longest}")
        pdf, epub = editions(source, tmp_path / theme, theme)
        assert_clean(compare(pdf, epub))
        assert len(pdf_labels(pdf)) > 10
        found |= places(epub)
    assert found >= {"p", "li", "table", "pre", "blockquote", "dd", "nav", "word"}


def test_a_mark_in_a_wrong_place_is_found(tmp_path: Path) -> None:
    source = write_source(tmp_path, long_source(0))
    pdf, epub = editions(source, tmp_path / "right", "policy")
    source.write_text(long_source(0).replace("author: A.", "subtitle: Words\nauthor: A."), encoding="utf-8")
    _, other = editions(source, tmp_path / "wrong", "policy")
    assert not compare(pdf, epub)
    assert compare(pdf, other)
