"""Hyphens are those that pyphen finds with the same patterns."""

from __future__ import annotations

import pyphen
import pytest

from octavo.typeset.hyphenation import Hyphenator
from octavo.typeset.patterns import DICTIONARIES, Patterns, dictionary_name, read_dictionary

WORDS = {
    "en_US": "hyphenation associate computer project present representative government international",
    "de_DE": "Silbentrennung Bundesverfassungsgericht Zusammenarbeit Donaudampfschiff",
    "fr": "développement gouvernement extraordinaire international",
    "nb_NO": "regjeringen departementet utdanningsinstitusjon",
}


def test_the_table_of_dictionaries_is_that_of_pyphen() -> None:
    assert {
        path.name.removeprefix("hyph_").removesuffix(".dic") for path in pyphen.LANGUAGES.values()
    } == DICTIONARIES


@pytest.mark.parametrize("name", sorted(WORDS))
def test_positions_are_those_of_pyphen(name: str) -> None:
    data = read_dictionary(name)
    assert data is not None
    patterns, reference = Patterns(data), pyphen.Pyphen(lang=name)
    for word in WORDS[name].split():
        allowed = range(patterns.least_before, len(word) - patterns.least_after + 1)
        assert patterns.positions(word) == [at for at in map(int, reference.positions(word)) if at in allowed]
    assert patterns.positions(max(WORDS[name].split(), key=len))


@pytest.mark.parametrize("name", sorted(DICTIONARIES))
def test_every_dictionary_can_be_read(name: str) -> None:
    data = read_dictionary(name)
    assert data is not None
    assert isinstance(Patterns(data).positions("konstitution"), list)


def test_breaks_that_would_change_letters_are_forbidden() -> None:
    patterns = Patterns(b"UTF-8\nLEFTHYPHENMIN 2\nRIGHTHYPHENMIN 2\nas3szony/sz=,2,1\na1d\n")
    assert patterns.positions("asszonyadok") == [8]


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "en_US"),
        ("en-GB", "en_GB"),
        ("en-AU", "en_US"),
        ("de-CH-1901", "de_CH"),
        ("nl", "nl_NL"),
        ("sr-Latn-RS", "sr_Latn"),
        ("no", "nb_NO"),
        ("zh-Hans", ""),
        ("", ""),
    ],
)
def test_a_language_finds_its_nearest_dictionary(language: str, name: str) -> None:
    assert dictionary_name(language) == name


def test_short_words_and_unknown_languages_get_no_hyphens() -> None:
    hyphenator = Hyphenator()
    assert list(hyphenator.positions("only", "en")) == []
    assert list(hyphenator.positions("hyphenation", "tlh")) == []
    assert list(hyphenator.diagnostics) == ["tlh"]


def test_the_first_words_and_all_later_ones_are_hyphenated_alike() -> None:
    data = read_dictionary("en_GB")
    assert data is not None
    words = [
        "hyphenation",
        "patterns",
        "of",
        "many",
        "a",
        "length",
        "stand",
        "ready",
        "for",
        "extraordinary",
        "words",
    ]
    early = Patterns(data)
    first = [early.positions(word) for word in words]
    assert any(first)
    for _ in range(100):
        assert [early.positions(word) for word in words] == first
