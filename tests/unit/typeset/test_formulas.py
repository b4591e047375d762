"""Formulas set as words of a line: where their parts stand, how large they are, and where they may be broken."""

from __future__ import annotations

import math
from functools import cache
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.environment import installed_fonts
from octavo.fonts.book import FontBook
from octavo.fonts.features import TypeSpec
from octavo.fonts.setting import Setting
from octavo.fonts.shape import Shaper
from octavo.mathematics.formula import FormulaError, Node
from octavo.mathematics.latex import read_latex
from octavo.typeset.formula_word import FormulaWord
from octavo.typeset.formulas.layout import RULES
from octavo.typeset.formulas.words import FormulaSetter

SERIF = TypeSpec(families=("Source Serif Pro",))


@cache
def hand() -> tuple[FormulaSetter, Setting]:
    shaper = Shaper(installed_fonts())
    return FormulaSetter(shaper, {}), shaper.setting(SERIF)


def words(latex: str, *, display: bool = False) -> tuple[FormulaWord, ...]:
    setter, setting = hand()
    return setter.words(read_latex(latex, display=display), setting)


def word(latex: str, *, display: bool = False) -> FormulaWord:
    (only,) = words(latex, display=display)
    return only


def test_every_part_of_a_formula_has_a_rule() -> None:
    assert set(RULES) == set(get_args(Node))


def test_a_formula_reads_as_its_latex() -> None:
    assert word("x^2\n + y").reads == "x^2 + y"


def test_a_superscript_is_smaller_and_higher_and_a_subscript_lower() -> None:
    base, above = word("x^2").parts
    assert (base.rise, base.scale) == (0.0, 1.0)
    assert above.rise > 250
    assert above.scale == 0.7
    below = word("x_2").parts[1]
    assert below.rise < -100
    smallest = word("x^{2^2}").parts[2]
    assert (smallest.scale, smallest.rise > above.rise) == (0.55, True)


def test_a_fraction_has_a_bar_between_its_parts() -> None:
    made = word(r"\frac{a}{b}")
    ((left, foot, width, thickness),) = made.rules
    above, below = made.parts
    assert above.rise > foot + thickness > foot > below.rise
    assert left <= above.x
    assert above.x + above.width <= left + width + 1


def test_limits_stand_above_and_below_when_displayed_and_beside_in_a_line() -> None:
    sign, under = word(r"\sum_i", display=True).parts
    assert under.x + under.width / 2 == pytest.approx(sign.x + sign.width / 2, abs=1)
    sign, beside = word(r"\sum_i").parts
    assert beside.x >= sign.x + sign.width - 1


def test_large_signs_are_larger_when_displayed() -> None:
    assert word(r"\int", display=True).above > 1.5 * word(r"\int").above


@pytest.mark.parametrize("signs", ["()", "[]", "||"])
def test_delimiters_grow_with_what_stands_between(signs: str) -> None:
    low, high = (
        word(rf"\left{signs[0]} {inside} \right{signs[1]}") for inside in ("x", r"\frac{\frac ab}{\frac cd}")
    )
    assert high.above > 1.3 * low.above
    assert high.below > 1.3 * low.below


def test_a_very_high_delimiter_is_put_together() -> None:
    rows = r"\\".join("x" * 20)
    made = word(rf"\begin{{pmatrix}}{rows}\end{{pmatrix}}")
    assert made.above + made.below > 20_000
    assert len(made.parts) > 30


def test_operators_stand_apart_and_signs_do_not() -> None:
    sum_of, product, minus = word("a+b"), word("ab"), word("-b")
    assert sum_of.width - product.width > sum_of.parts[1].width + 400
    assert minus.width == pytest.approx(sum(part.width for part in minus.parts), abs=1)


def test_a_root_covers_what_stands_under_it() -> None:
    made = word(r"\sqrt{x+1}")
    ((left, foot, width, _),) = made.rules
    assert left + width == pytest.approx(made.width, abs=1)
    assert foot > 600


def test_an_accent_stands_over_the_middle() -> None:
    base, mark = word(r"\hat{x}").parts
    assert abs(mark.rise) < 100
    assert base.x <= mark.x + mark.width <= base.width + 600


def test_words_in_a_formula_are_set_in_the_font_of_the_text() -> None:
    setter, setting = hand()
    made = word(r"\text{if any }x")
    assert [setting.shaper.used[part.font].face.family for part in made.parts] == [
        *["Source Serif Pro"] * 2,
        "STIX Two Math",
    ]
    assert setter.find(0, "x") is None


def test_columns_of_aligned_equations_meet_at_the_sign() -> None:
    made = word(r"\begin{aligned} a &= b \\ ccc &= d \end{aligned}", display=True)
    equals = [part.x for part in made.parts if part.width == word("=").parts[0].width]
    assert equals[0] == pytest.approx(equals[1])


def test_a_long_formula_may_be_broken_behind_its_signs() -> None:
    found = words("a_1 + a_2 + a_3 + a_4 + a_5 = b_1 + b_2")
    assert [each.reads for each in found] == ["a_1 +", "a_2 +", "a_3 +", "a_4 +", "a_5 =", "b_1 +", "b_2"]
    whole = sum(each.width for each in found)
    assert whole > 7000
    beside = words(r"abcdefg = hijklmn, \quad opqrstu")
    assert [each.reads for each in beside] == ["abcdefg =", r"hijklmn, \quad", "opqrstu"]


def test_a_formula_is_set_once_for_a_kind_of_text() -> None:
    setter, setting = hand()
    formula = read_latex("x")
    assert setter.words(formula, setting) is setter.words(formula, setting)


def test_without_a_font_for_mathematics_there_are_no_words() -> None:
    shaper = Shaper(FontBook(face for face in installed_fonts().faces if "Math" not in face.family))
    assert FormulaSetter(shaper, {}).words(read_latex("x"), shaper.setting(SERIF)) == ()


PIECES = (
    *"{}[]^_&' abx12+=(|,",
    *(
        r"\frac",
        r"\sqrt",
        r"\left(",
        r"\right)",
        r"\sum",
        r"\hat",
        r"\overline",
        r"\underbrace",
        r"\text{of ß}",
    ),
    *(
        r"\begin{matrix}",
        r"\end{matrix}",
        r"\begin{cases}",
        r"\end{cases}",
        "\\\\",
        r"\quad",
        r"\!",
        "ж",
        "中",
    ),
)


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.booleans())
def test_whatever_is_understood_can_be_set(latex: str, display: bool) -> None:
    try:
        formula = read_latex(latex, display=display)
    except FormulaError:
        return
    setter, setting = hand()
    for each in setter.words(formula, setting):
        assert all(map(math.isfinite, (each.width, each.above, each.below)))
        assert all(math.isfinite(part.x) and part.scale > 0 for part in each.parts)
