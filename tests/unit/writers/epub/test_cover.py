"""The drawn cover: as large as stores ask, the same each time, with the words of any title in their right order."""

from __future__ import annotations

import io

import pytest

from octavo.media import recognise
from octavo.tree import Document
from octavo.tree.metadata import Author, Metadata
from octavo.tree.semantics import StyleKey
from octavo.units import WHITE
from octavo.writers.epub.cover import HEIGHT, WIDTH, draw_cover
from octavo.writers.epub.lettering import Letterer, Lettering
from tests.unit.writers.epub.features import DOCUMENT
from tests.unit.writers.epub.making import FONTS, POLICY, book, styles

THEMES = ("academic", "base", "book", "newsletter", "plain", "policy", "report")


def test_a_drawn_cover_is_large_and_the_same_each_time() -> None:
    from PIL import Image

    made = book(DOCUMENT, fonts=FONTS)
    data = made.files["EPUB/images/cover.png"]
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (WIDTH, HEIGHT) == (1600, 2560)
        assert len(picture.convert("RGB").getcolors(100_000) or ()) > 20, (
            "letters are drawn, with smooth edges"
        )
    assert book(DOCUMENT, fonts=FONTS).files["EPUB/images/cover.png"] == data


@pytest.mark.parametrize("title", ["word " * 3000, "x" * 3000, "漢字" * 500, "שלום", ""])
def test_a_cover_bears_any_title(title: str) -> None:
    made = book(Document(metadata=Metadata(title=title.strip(), language="en")), fonts=FONTS)
    assert "EPUB/images/cover.png" in made.files


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_draws_a_cover_of_its_own_that_differs_by_title(name: str) -> None:
    made = [draw_cover(Metadata(title=title), "", "No.", styles(name), FONTS) for title in ("Dust", "Rust")]
    assert made[0].data != made[1].data
    assert not made[0].undrawn


def test_a_cover_is_full_of_ink_and_keeps_to_its_edges() -> None:
    from PIL import Image

    about = Metadata(title="word " * 90, authors=(Author(name="A. Writer"),), publisher="House")
    drawn = draw_cover(about, "", "No.", styles("plain"), FONTS)
    with Image.open(io.BytesIO(drawn.data)) as picture:
        lines = picture.convert("RGB").crop((0, 200, WIDTH, HEIGHT - 200))
        white = Image.new("RGB", lines.size, (WHITE.red, WHITE.green, WHITE.blue))
        from PIL import ImageChops

        left, _, right, _ = ImageChops.difference(lines, white).getbbox() or (0, 0, 0, 0)
    assert left >= 100
    assert right <= WIDTH - 100


def test_a_title_that_no_font_can_draw_is_reported() -> None:
    made = book(Document(metadata=Metadata(title="\U00013000\U00013001", language="egy")), fonts=FONTS)
    assert "cover-without-words" in {each.code for each in made.diagnostics}


def test_a_document_without_a_title_has_a_cover_by_its_first_words() -> None:
    untitled = book(Document(content=DOCUMENT.content), fonts=FONTS).files["EPUB/images/cover.png"]
    titled = book(Document(metadata=Metadata(title="1 First things")), fonts=FONTS)
    assert untitled == titled.files["EPUB/images/cover.png"]


def lines_of(text: str, language: str = "en", room: int = 900) -> tuple[str, ...]:
    from PIL import Image

    letterer = Letterer(Image.new("L", (10, 10)), FONTS, POLICY, language)
    lettering = Lettering(style=POLICY.of(StyleKey.TITLE), size=100, value=127, lines=9)
    return letterer.set(text, lettering, room).rows


def test_lines_are_balanced_and_lose_no_word() -> None:
    said = "What the new dialogue with China means for the United States and its allies"
    rows = lines_of(said)
    assert " ".join(rows) == said
    assert max(map(len, rows)) - min(map(len, rows)) < 10


def test_a_word_wider_than_the_room_is_cut() -> None:
    assert "".join(lines_of("x" * 300)) == "x" * 300


def test_pieces_that_run_the_other_way_have_their_place() -> None:
    from PIL import Image

    picture = Image.new("L", (10, 10))
    rightwards, leftwards = (Letterer(picture, FONTS, POLICY, each) for each in ("en", "he"))
    assert rightwards._in_order("one two") == ["one two"]
    assert leftwards._in_order("שלום 2024 עולם") == [" עולם", "2024", "שלום "]


def test_a_cover_given_as_a_drawing_becomes_pixels() -> None:
    from PIL import Image

    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 16">'
    drawing += b'<rect width="10" height="16" fill="red"/></svg>'
    about = Metadata(title="T", language="en", cover="front.svg")
    made = book(Document(metadata=about), media={"front.svg": recognise("front.svg", drawing)}, fonts=FONTS)
    assert not [name for name in made.files if name.endswith(".svg")]
    with Image.open(io.BytesIO(made.files["EPUB/images/cover.png"])) as picture:
        assert picture.width >= 1600
        assert picture.height >= 2560
        assert picture.convert("RGB").getpixel((800, 900)) == (255, 0, 0)
