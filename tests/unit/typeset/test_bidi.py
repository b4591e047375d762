"""Levels of the Unicode Bidirectional Algorithm. Capital letters stand for Hebrew ones, as in its own examples."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.typeset.bidi import BRACKETS, MIRRORED, levels, visual_order
from tests.growth import assert_in_proportion

HEBREW = {chr(ord("A") + at): chr(0x5D0 + at) for at in range(26)}


def shown(text: str, base: int) -> str:
    """What a text looks like from left to right, mirrored signs as they look."""
    real = "".join(HEBREW.get(each, each) for each in text)
    found = levels(real, base)
    return "".join(
        MIRRORED.get(text[at], text[at]) if found[at] % 2 else text[at] for at in visual_order(found)
    )


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("ABC DEF", "FED CBA"),
        ("ABC abc DEF", "FED abc CBA"),
        ("abc.", ".abc"),
        ("ABC abc def, DEF.", ".FED ,abc def CBA"),
        ("A 12.5 B", "B 12.5 A"),
        ("A 2010-2020 B", "B 2010-2020 A"),
        ("A 12% B", "B 12% A"),
        ("1.", ".1"),
        ("1.2", "1.2"),
        ("A (abc) B", "B (abc) A"),
        ("A (B c) d", "d (c B) A"),
        ("abc (d) E", "E abc (d)"),
        ("A v1 2 B", "B v1 2 A"),
        ("A $5 B", "B $5 A"),
        ("A, B; C?", "?C ;B ,A"),
    ],
)
def test_a_text_from_the_right(text: str, seen: str) -> None:
    assert shown(text, 1) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [("abc ABC DEF ghi", "abc FED CBA ghi"), ("abc AB.", "abc BA."), ("a AB 12 CD b", "a DC 12 BA b")],
)
def test_a_text_from_the_left(text: str, seen: str) -> None:
    assert shown(text, 0) == seen


def test_figures_after_arabic_letters_are_arabic_ones() -> None:
    """UAX 9, W2 and W5: a sign of percent stands at the left of them."""
    text = "\u0646\u0633\u0628\u0629 12%"
    assert levels(text, 1) == [1, 1, 1, 1, 1, 2, 2, 1]


def test_marks_and_joiners_go_with_what_they_follow() -> None:
    assert levels("a\u0301 \u05d0\u05b8 \u0645\u06cc\u200c\u062e", 1) == [2, 2, 1, 1, 1, 1, 1, 1, 1, 1]


def test_brackets_and_mirrored_signs_are_those_of_unicode() -> None:
    assert all(unicodedata.mirrored(each) for each in MIRRORED)
    assert {*BRACKETS, *BRACKETS.values()} <= MIRRORED.keys()
    assert all(MIRRORED[MIRRORED[each]] == each for each in MIRRORED)


@given(st.text(max_size=40), st.sampled_from([0, 1, 2]))
def test_any_text_has_a_level_for_each_character(text: str, base: int) -> None:
    found = levels(text, base)
    assert len(found) == len(text)
    assert all(base <= level <= base + 2 for level in found)
    assert sorted(visual_order(found)) == list(range(len(text)))
    for character, level in zip(text, found, strict=True):
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            assert level % 2
        elif kind == "L":
            assert not level % 2


@pytest.mark.parametrize("base", [0, 1])
@pytest.mark.parametrize("piece", ["\u05d0 (b) ", "(\u05d0", "(b [\u05d0] 1) ", "a\u0627 1,5% - "])
def test_the_work_of_finding_levels_grows_as_the_text_does(piece: str, base: int) -> None:
    assert_in_proportion(lambda size: levels(piece * size, base), 4_000)
