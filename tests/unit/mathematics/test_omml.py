"""Formulas as Word's own: each construct becomes the element that Word has for it."""

from __future__ import annotations

from typing import get_args

import pytest
from lxml import etree

from octavo.mathematics import omml
from octavo.mathematics.formula import Node
from octavo.mathematics.latex import read_latex
from octavo.mathematics.omml import NAMESPACE, to_omml

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def tree(latex: str) -> etree._Element:
    return etree.fromstring(
        f'<w:p xmlns:m="{NAMESPACE}" xmlns:w="{WORD}">{to_omml(read_latex(latex))}</w:p>'
    )[0]


def shape(element: etree._Element) -> str:
    """The elements of a formula with their text, without what only says how they look."""
    name = etree.QName(element).localname
    if name == "r":
        return "".join(element.itertext())
    if name.endswith("Pr"):
        return "".join(f"[{value}]" for child in element for value in child.values())
    return f"{name}({' '.join(filter(None, map(shape, element)))})"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("x", "oMath(x)"),
        ("a-b", "oMath(a − b)"),
        ("x^2", "oMath(sSup(e(x) sup(2)))"),
        ("x_i^n", "oMath(sSubSup(e(x) sub(i) sup(n)))"),
        (r"\frac{p}{q}", "oMath(f(num(p) den(q)))"),
        (r"\binom{n}{k}", "oMath(d([(][)] e(f([noBar] num(n) den(k)))))"),
        (r"\sqrt{2}", "oMath(rad([1] deg() e(2)))"),
        (r"\sqrt[3]{x}", "oMath(rad(deg(3) e(x)))"),
        (r"\sum_{i}^n x = y", "oMath(nary([∑][undOvr] sub(i) sup(n) e(x)) = y)"),
        (r"\int_0 f", "oMath(nary([∫][subSup][1] sub(0) sup() e(f)))"),
        (r"\sin(x)", "oMath(func(fName(sin) e(d([(][)] e(x)))))"),
        (r"(n!)^2 [0,1)", "oMath(sSup(e(d([(][)] e(n !))) sup(2)) d([[][)] e(0 , 1)))"),
        (r"a) + (b", "oMath(a ) + ( b)"),
        (r"\sin x", "oMath(func(fName(sin) e(x)))"),
        (r"\lim_{n} a", "oMath(func(fName(limLow(e(lim) lim(n))) e(a)))"),
        (r"\hat x", "oMath(acc([\u0302] e(x)))"),
        (r"\overline{ab}", "oMath(bar([top] e(a b)))"),
        (r"\underbrace{a}_{n}", "oMath(limLow(e(groupChr([⏟][bot][top] e(a))) lim(n)))"),
        (r"\left(\frac12\right]", "oMath(d([(][]] e(f(num(1) den(2)))))"),
        (r"\begin{matrix} a & b \\ c \end{matrix}", "oMath(m(mr(e(a) e(b)) mr(e(c) e())))"),
        (r"a < b", "oMath(a < b)"),
    ],
)
def test_each_construct_is_words_own(latex: str, expected: str) -> None:
    assert shape(tree(latex)) == expected


def test_letters_are_of_their_alphabet() -> None:
    markup = to_omml(read_latex(r"\mathbb{R} \mathbf{v} \mathrm{d} \text{if }"))
    for wanted in ('m:scr m:val="double-struck"', 'm:sty m:val="b"', 'm:sty m:val="p"', "<m:nor/>"):
        assert wanted in markup


def test_every_kind_of_part_has_a_rule() -> None:
    assert set(omml.RULES) == set(get_args(Node))
