"""Abbreviations are put in where they are used, also in later formulas, and broken ones are told."""

from __future__ import annotations

from pathlib import Path

import pytest

import octavo
from octavo.mathematics.formula import FormulaError, Space
from octavo.mathematics.latex import read_latex, read_with
from octavo.mathematics.mathml import to_mathml

DEFINITIONS = r"""
\newcommand{\R}{\mathbb{R}} \newcommand\norm[2][2]{\|#2\|_{#1}} \def\pair#1#2{(#1, #2)}
\DeclareMathOperator*{\argmin}{arg\,min} \newcommand*{\half}{\frac12} \providecommand{\R}{Z}
"""


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (r"x \in \R^n", r"x \in \mathbb{R}^n"),
        (r"\norm{x + y}", r"\|x + y\|_{2}"),
        (r"\norm[\infty]{x}", r"\|x\|_{\infty}"),
        (r"\pair{a}b", r"(a, b)"),
        (r"\argmin_x f", r"\operatorname*{arg min}_x f"),
        (r"\norm{\half}", r"\|\frac12\|_{2}"),
    ],
)
def test_an_abbreviation_reads_as_what_it_stands_for(short: str, long: str) -> None:
    _, macros = read_with(DEFINITIONS, {})
    formula, after = read_with(short, macros)
    assert after is macros
    assert formula.content == read_latex(long).content
    assert formula.latex == short
    assert max(formula.starts) < len(short)


def test_an_abbreviation_can_be_defined_where_it_is_used_and_anew() -> None:
    assert read_latex(r"\def\a{b}\a\renewcommand{\a}[1]{#1_1}\a c").content == read_latex("b c_1").content


def test_a_formula_of_definitions_shows_nothing() -> None:
    assert read_with(DEFINITIONS, {})[0].content == (Space(0.0),)


@pytest.mark.parametrize(
    "latex",
    [
        r"\def\a{\a\a}\a",
        r"\newcommand{\a}{\b}\newcommand{\b}{x\a}\a",
        r"\newcommand{a}{b}",
        r"\newcommand{\a}[x]{b}",
        r"\newcommand{\a}[1]{#2}\a x",
        r"\newcommand{\a}[1]{#}\a x",
        r"\newcommand{\a}[1]{#1}\a",
        r"\newcommand{\a}",
        r"\newcommand{\a}{b",
        r"\def\a#x{b}",
        r"\def",
        r"\newcommand",
    ],
)
def test_broken_definitions_and_calls_are_told_with_their_place(latex: str) -> None:
    with pytest.raises(FormulaError) as caught:
        read_latex(latex)
    assert 0 <= caught.value.offset <= len(latex)


def test_room_is_left_for_a_phantom() -> None:
    assert "<mphantom><mi>b</mi></mphantom>" in to_mathml(read_latex(r"a\phantom{b}"))
    assert '<mpadded width="0"><mphantom>' in to_mathml(read_latex(r"\vphantom{b}\mathstrut a"))
    assert '<mpadded height="0" depth="0"><mphantom>' in to_mathml(read_latex(r"a\hphantom{b}"))


def test_a_number_given_by_hand_stands_behind_its_formula() -> None:
    assert to_mathml(read_latex(r"a \tag{3}")).endswith("<mtext>(3)</mtext></mrow></math>")
    assert to_mathml(read_latex(r"a \tag*{A}")).endswith("<mtext>A</mtext></mrow></math>")


def test_colours_are_left_out_and_told() -> None:
    formula = read_latex(r"\color{red} x + \textcolor[rgb]{1,0,0}{y}")
    assert formula.content == read_latex("x + {y}").content
    assert [command for command, _ in formula.left_out] == [r"\color", r"\textcolor"]


def test_abbreviations_hold_from_where_they_stand(tmp_path: Path) -> None:
    source = tmp_path / "short.md"
    source.write_text(
        "$\\a$ too early\n\n$$\n\\newcommand{\\a}{x}\n$$\n\n$\\a$ and $\\color{red}\\a$\n", encoding="utf-8"
    )
    parsed = octavo.parse(source)
    output = octavo.render(parsed.document, "pdf")
    said = [(each.code, each.position and each.position.line) for each in output.diagnostics]
    assert [each for each in said if each[0].startswith("formula")] == [
        ("formula-not-read", 1),
        ("formula-simplified", 7),
    ]
    assert b"newcommand" not in octavo.render(parsed.document, "epub").data
