"""What begins a page in long documents only."""

from __future__ import annotations

from octavo.environment import DiskEnvironment
from octavo.plugins import find_writer
from octavo.production import prepare
from octavo.theme.breaks import asks_for_length, letters_on_page, without_breaks
from octavo.theme.style import Medium
from octavo.transforms.length import has_long_sections
from octavo.tree import build
from tests.unit.theme.themes import resolve as sheet

LONG = '[style.heading-1]\nbreak-before = "page"\nbreak-when = "long"\n'


def test_a_break_for_long_documents_falls_away_in_short_ones() -> None:
    styles = sheet(LONG)
    assert asks_for_length(styles)
    assert styles.styles["heading-1"].break_before == "page"
    assert without_breaks(styles).styles["heading-1"].break_before == "auto"
    assert without_breaks(styles).styles["title"] is styles.styles["title"]


def test_a_break_for_all_documents_stays() -> None:
    styles = sheet('[style.heading-1]\nbreak-before = "page"\n')
    assert not asks_for_length(styles)
    assert without_breaks(styles).styles["heading-1"].break_before == "page"


def test_the_mean_of_the_sections_decides() -> None:
    long, short = build.section("A", "word " * 300), build.section("B", "word")
    assert has_long_sections(build.document(long, title="T"), 1400)
    assert has_long_sections(build.document(long, short, title="T"), 700)
    assert not has_long_sections(build.document(long, short, title="T"), 800)
    assert not has_long_sections(build.document("word " * 9000, title="T"), 100)


def test_a_page_holds_some_thousand_letters() -> None:
    assert 2000 < letters_on_page(sheet("")) < 5000


def test_all_media_of_an_edition_agree() -> None:
    writers = [find_writer(name) for name in ("pdf", "docx", "epub")]
    for words, wanted in ((50, "auto"), (3000, "page")):
        document = build.document(build.section("A", "word " * words), title="T")
        prepared = prepare(document, "report", writers, DiskEnvironment())
        found = {
            prepared.sheets[medium].styles["heading-1"].break_before
            for medium in Medium
            if medium in prepared.sheets
        }
        assert found == {wanted}
