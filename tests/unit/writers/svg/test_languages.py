"""Drawings that speak several languages (SVG 2, 5.7)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from octavo import export
from octavo.environment import MemoryEnvironment, installed_fonts
from octavo.writers.svg.languages import in_language

SWITCH = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><switch>
<text y="9" systemLanguage="fr">fermé</text><text y="9" systemLanguage="de, en-GB">zu</text>
<text y="9" systemLanguage="en">closed</text><g><text y="9">-</text></g></switch>
<text y="19">a<tspan systemLanguage="el">β</tspan>c</text></svg>"""


def _words(data: bytes) -> str:
    return "".join("".join(etree.fromstring(data).itertext()).split())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr-CA", "ferméac"),
        ("de", "zuac"),
        ("en-GB", "zuac"),
        ("en", "closedac"),
        ("el", "-aβc"),
        ("eng", "-ac"),
    ],
)
def test_a_drawing_speaks_one_language(language: str, words: str) -> None:
    made = in_language(SWITCH.encode(), language)
    assert _words(made) == words
    assert b"systemLanguage" not in made


def test_what_needs_more_stands_before_what_is_chosen() -> None:
    given = (
        '<svg xmlns="http://www.w3.org/2000/svg"><switch><foreignObject systemLanguage="en"/>'
        '<rect systemLanguage="en"/><circle/></switch></svg>'
    )
    (switch,) = etree.fromstring(in_language(given.encode(), "en"))
    assert [etree.QName(each).localname for each in switch] == ["foreignObject", "rect"]


@pytest.mark.parametrize("data", [b"<svg systemLanguage", b"<svg><switch><g/><rect/></switch></svg>"])
def test_what_speaks_to_all_or_is_broken_stays(data: bytes) -> None:
    assert in_language(data, "en") == data


def test_editions_show_the_drawing_in_their_language() -> None:
    text = "---\ntitle: T\nlanguage: fr\n---\n\n![Porte](door.svg)\n"
    files = {"a.md": text.encode(), "door.svg": SWITCH.encode()}
    themes = {"base": (Path(__file__).parents[4] / "themes" / "base.toml").read_text("utf-8")}
    environment = MemoryEnvironment(files, installed_fonts(), themes)
    (made,) = export("a.md", formats=("epub",), theme="base", environment=environment)
    with zipfile.ZipFile(io.BytesIO(environment.files[str(made.path)])) as book:
        (drawing,) = [book.read(name) for name in book.namelist() if name.endswith(".svg")]
    assert _words(drawing) == "ferméac"
