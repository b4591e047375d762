"""LaTeX is read into a tree, or refused with the place of what is not known."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from octavo.mathematics import mathml
from octavo.mathematics.formula import FormulaError, Node, Variant
from octavo.mathematics.latex import read_latex
from octavo.mathematics.mathml import to_mathml
from octavo.mathematics.symbols import in_alphabet


def written(latex: str) -> str:
    markup = to_mathml(read_latex(latex))
    return markup[markup.index(">") + 1 :].removesuffix("</math>")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("x", "<mi>x</mi>"),
        (r"\mathrm{d}x", '<mi mathvariant="normal">d</mi><mi>x</mi>'),
        (r"\mathrm{max}", "<mi>max</mi>"),
        ("3.14", "<mn>3.14</mn>"),
        ("1,2", "<mn>1</mn><mo>,</mo><mn>2</mn>"),
        ("a-b", "<mi>a</mi><mo>−</mo><mi>b</mi>"),
        ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
        ("x^23", "<msup><mi>x</mi><mn>2</mn></msup><mn>3</mn>"),
        ("x_i^{n}", "<msubsup><mi>x</mi><mi>i</mi><mi>n</mi></msubsup>"),
        ("f''", '<msup><mi>f</mi><mrow><mo stretchy="false">′</mo><mo stretchy="false">′</mo></mrow></msup>'),
        (r"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"a \over b", "<mfrac><mi>a</mi><mi>b</mi></mfrac>"),
        (r"\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>"),
        (r"\sum_{i}", "<munder><mo>∑</mo><mi>i</mi></munder>"),
        (r"\int_0", "<msub><mo>∫</mo><mn>0</mn></msub>"),
        (r"\sin x", "<mi>sin</mi><mo>\u2061</mo><mi>x</mi>"),
        (r"a \not= b", "<mi>a</mi><mo>≠</mo><mi>b</mi>"),
        (r"\mathbb{R}", "<mi>ℝ</mi>"),
        (r"a < b \& c", '<mi>a</mi><mo>&lt;</mo><mi>b</mi><mi mathvariant="normal">&amp;</mi><mi>c</mi>'),
        (r"\text{if } x", "<mtext>if\u00a0</mtext><mi>x</mi>"),
        (r"\hat x", '<mover accent="true"><mi>x</mi><mo stretchy="false">^</mo></mover>'),
        (r"x\,% a comment", '<mi>x</mi><mspace width="0.167em"/>'),
        (r"\bigl( x", '<mo stretchy="true" minsize="1.2em" maxsize="1.2em">(</mo><mi>x</mi>'),
    ],
)
def test_what_is_read_is_what_is_meant(latex: str, expected: str) -> None:
    assert written(latex) == expected


def test_equations_are_aligned_in_pairs_of_columns() -> None:
    table = etree.fromstring(written(r"\begin{aligned} a &= b \\ c &= d \\ \end{aligned}"))
    assert [len(row) for row in table] == [2, 2]
    assert table.get("columnalign") == "right left"


def test_cases_and_matrices_stand_between_delimiters() -> None:
    for latex, signs in (
        (r"\begin{cases}1&a\\0&b\end{cases}", ["{"]),
        (r"\begin{pmatrix}1\end{pmatrix}", ["(", ")"]),
    ):
        row = etree.fromstring(f"<r>{written(latex)}</r>")
        assert [each.text for each in row.iter("mo") if each.get("fence")] == signs


@pytest.mark.parametrize(
    ("latex", "what", "offset"),
    [
        (r"x + \foo{y}", r"`\foo` is not known", 4),
        (r"\frac{1", "`}` is missing", 7),
        ("x}", "`}` closes nothing", 1),
        ("x^", "`^` wants something behind it", 2),
        ("x^2^3", "there are two superscripts", 3),
        ("x_1_2", "there are two subscripts", 3),
        (r"\left( x", r"`\right` is missing", 8),
        (r"\left x \right)", r"`\left` wants a delimiter", 6),
        (r"\begin{matrix}a\end{pmatrix}", r"`\begin{matrix}` is not closed", 15),
        (r"\begin{tikzpicture}", "the environment `tikzpicture` is not known", 0),
        ("a & b", "`&` closes nothing", 2),
        ("", "there is nothing in it", 0),
        ("{" * 100 + "}" * 100, "it is nested too deep", 60),
    ],
)
def test_what_is_not_known_is_refused_with_its_place(latex: str, what: str, offset: int) -> None:
    with pytest.raises(FormulaError) as fault:
        read_latex(latex)
    assert (fault.value.what, fault.value.offset) == (what, offset)


PIECES = (*r"\{}[]^_&' abx12+=(|", r"\frac", r"\left", r"\right", r"\begin{matrix}", r"\end{matrix}", "\\\\")


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_whatever_stands_there_is_read_or_refused(latex: str) -> None:
    try:
        markup = to_mathml(read_latex(latex, display=True))
    except FormulaError:
        return
    etree.fromstring(markup)


def test_every_part_of_a_formula_has_a_rule() -> None:
    assert set(mathml.RULES) == set(get_args(Node))


def test_letters_of_other_alphabets() -> None:
    found = {
        variant: in_alphabet("hRα1", variant)
        for variant in (Variant.ITALIC, Variant.DOUBLE_STRUCK, Variant.BOLD)
    }
    assert list(found.values()) == ["ℎ𝑅𝛼1", "𝕙ℝα𝟙", "𝐡𝐑𝛂𝟏"]


@pytest.mark.parametrize(
    "command", [r"\frac", r"\sqrt", r"\hat", r"\not", r"\mathbf", r"x^\frac", r"\sqrt[", r"\left("]
)
def test_commands_that_take_one_another_nest_too(command: str) -> None:
    with pytest.raises(FormulaError):
        read_latex(command * 3_000)
    assert written(r"\sqrt" * 50 + " x").count("<msqrt>") == 50
