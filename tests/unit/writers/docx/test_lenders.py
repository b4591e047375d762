"""Fonts for complex scripts and for East Asia: named in the document's theme, and embedded where Word can hold them."""

from __future__ import annotations

import io
import re
import uuid

import msgspec
import pytest
from fontTools.ttLib import TTFont

from octavo.fonts.book import Face, FontBook
from octavo.tree.metadata import Metadata
from octavo.writers.docx.fonts_part import masked
from octavo.writers.docx.writer import DocxWriter
from tests.unit.fonts.small_fonts import small_font
from tests.unit.writers.docx.documents import Package, W, document, manuscript, p

RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def _package(text: str, language: str, fonts: FontBook | None = None) -> Package:
    made = manuscript(document(p(text), about=Metadata(title="T", language=language)))
    return Package(DocxWriter().write(msgspec.structs.replace(made, fonts=fonts) if fonts else made))


def _theme(package: Package) -> list[tuple[str, str]]:
    """Return the theme's fonts for East Asia and for complex scripts, of headings and of text."""
    theme = package.read("word/theme/theme1.xml").decode()
    return re.findall(r'<a:ea typeface="([^"]*)"/><a:cs typeface="([^"]*)"/>', theme)


def _embedded(package: Package, family: str, slot: str) -> TTFont:
    (entry,) = package.find(f"//w:font[@w:name='{family}']/w:{slot}", "word/fontTable.xml")
    targets = {
        each.get("Id"): each.get("Target") for each in package.xml("word/_rels/fontTable.xml.rels").iter()
    }
    data = package.read(f"word/{targets[entry.get(RELATIONSHIP)].removeprefix('/word/')}")
    return TTFont(io.BytesIO(masked(data, uuid.UUID(entry.get(f"{W}fontKey")))))


@pytest.mark.parametrize(
    ("language", "text", "more"),
    [("ar", "هذا نص", "غ"), ("he", "שלום", "ץ"), ("hi", "हिन्दी", "ळ"), ("th", "ไทย", "ฮ")],
)
def test_a_font_for_complex_scripts_is_named_and_embedded(language: str, text: str, more: str) -> None:
    package = _package(f"a {text}", language)
    assert _theme(package) == [("", "FiraGO"), ("", "FiraGO")]
    for slot in ("embedRegular", "embedBold"):
        letters = _embedded(package, "FiraGO", slot).getBestCmap()
        assert set(map(ord, text + more)) <= set(letters)
    settings = package.read("word/settings.xml").decode()
    assert f'w:bidi="{language}"' in settings


def test_families_without_such_letters_leave_them_to_the_documents_font() -> None:
    package = _package("a هذا", "ar")
    named = {
        each.get(f"{W}ascii"): (each.get(f"{W}cs"), each.get(f"{W}cstheme"))
        for each in package.find("//w:rFonts[@w:ascii]", "word/styles.xml")
    }
    assert named["Source Sans Pro"] == (None, "minorBidi")
    assert named["Cascadia Mono"] == ("Cascadia Mono", None)


def test_text_without_such_letters_brings_no_font() -> None:
    package = _package("Words, слова, λόγοι → ✓", "en")
    assert _theme(package) == [("", "Source Sans Pro Semibold"), ("", "Source Serif Pro")]
    assert not package.find("//w:font[@w:name='FiraGO']", "word/fontTable.xml")


@pytest.mark.parametrize(("cff", "named"), [(False, "Eastern"), (True, "")])
def test_east_asian_text_has_a_font_that_word_can_hold_or_words_own(cff: bool, named: str) -> None:
    def face(family: str, letters: str, *, cff: bool = False) -> Face:
        data = small_font(family, letters=letters, cff=cff)
        return Face(family=family, weight=400, italic=False, load=lambda: data, origin="test")

    own = [face("Source Serif Pro", "abT"), face("Source Sans Pro", "abT"), face("Cascadia Mono", "ab")]
    package = _package("ab 日本", "ja", FontBook([*own, face("Eastern", "日本", cff=cff)]))
    assert [east_asian for east_asian, _ in _theme(package)] == [named, named]
    assert bool(package.find("//w:font[@w:name='Eastern']", "word/fontTable.xml")) is bool(named)
    theme = package.read("word/theme/theme1.xml").decode()
    assert ('<a:font script="Jpan" typeface="Yu Mincho"/>' in theme) is not bool(named)
    assert 'w:eastAsia="ja"' in package.read("word/settings.xml").decode()


def test_a_font_with_a_few_marks_of_a_writing_is_none_for_it() -> None:
    """STIX Two Math has the full stop of Japanese, and no more."""
    package = _package("日本語の本文。", "ja")
    assert [east_asian for east_asian, _ in _theme(package)] == ["", ""]
    assert not package.find("//w:font[@w:name='STIX Two Math']", "word/fontTable.xml")


def test_a_theme_whose_font_has_the_letters_keeps_it() -> None:
    def face(family: str) -> Face:
        data = small_font(family, letters="abT一日本ابهذ")
        return Face(family=family, weight=400, italic=False, load=lambda: data, origin="test")

    package = _package("ab 日本 هذا", "ja", FontBook([face("Source Serif Pro"), face("Other")]))
    assert _theme(package)[1][0] == "Source Serif Pro"
    assert not package.find("//w:font[@w:name='Other']", "word/fontTable.xml")
