"""Lengths, colours and the one rounding rule."""

from __future__ import annotations

import pytest

from octavo import units


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("12pt", 12.0),
        ("25.4mm", 72.0),
        ("1in", 72.0),
        ("2.54cm", 72.0),
        ("1pc", 12.0),
        ("4px", 3.0),
        ("0", 0.0),
    ],
)
def test_lengths_are_points(text: str, points: float) -> None:
    assert units.parse_length(text) == points


def test_em_needs_a_size() -> None:
    assert units.parse_length("1.2em", 10.5) == 12.6
    with pytest.raises(ValueError, match="pt, mm"):
        units.parse_length("1.2em")


@pytest.mark.parametrize("text", ["", "12", "mm", "1 furlong", "1e3pt", "nan"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no length"):
        units.parse_length(text)


def test_a_least_length_never_falls_short() -> None:
    assert (units.parse_length("3mm"), units.parse_least_length("3mm")) == (8.5, 8.51)
    assert units.parse_least_length("0.125in") == 9.0


def test_rounding_is_to_a_hundredth_and_knows_no_negative_nought() -> None:
    assert units.quantise(10.5 * 1.8) == 18.9
    assert str(units.quantise(-0.001)) == "0.0"


def test_word_counts_in_its_own_units() -> None:
    assert (units.twips(14.5), units.half_points(10.5), units.eighth_points(0.5), units.emu(1)) == (
        290,
        21,
        4,
        12700,
    )


def test_colours_and_their_contrast() -> None:
    assert units.parse_color("#FfF") == units.WHITE
    assert units.parse_color("#0b3c66").hex == "0b3c66"
    assert round(units.contrast(units.BLACK, units.WHITE), 2) == 21.0
    with pytest.raises(ValueError, match="is no colour"):
        units.parse_color("red")
