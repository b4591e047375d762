"""Word's formulas come back as a LaTeX that makes the same formula."""

from __future__ import annotations

import pytest
from lxml import etree

from octavo.mathematics.latex import read_latex
from octavo.mathematics.omml import to_omml
from octavo.readers.docx.equations import is_faithful, is_formula, to_latex
from octavo.readers.docx.names import MATH, WORD


def omml(content: str) -> etree._Element:
    return etree.fromstring(f'<m:oMath xmlns:m="{MATH}" xmlns:w="{WORD}">{content}</m:oMath>')


def r(text: str, look: str = "") -> str:
    return f"<m:r><m:rPr>{look}</m:rPr><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    "source",
    [
        r"E = mc^2",
        r"\alpha_i^{n+1}",
        r"\sqrt[3]{x} + \sqrt{2}",
        r"\lim_{n\to\infty} a_n",
        r"\hat x + \vec v",
        r"\mathbb{R} \mathrm{d}x \mathbf{v} \mathcal{L}",
        r"\overline{ab}",
        r"\sum_{i=1}^n \frac{a_i}{b_i} = \int_0^1 f(x)\,dx",
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix} \left( \frac{1}{2} \right]",
        r"\underbrace{a+b}_{n} \binom{n}{k}",
        r"f(x) = \begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}",
        r"\sin(x) \ne \log_2 n",
        r"\operatorname{rank} A",
        r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
        r"x' + \{1,2\} 100\% n!",
        r"\overset{!}{=} {}_1^2 X",
        r"\limsup_{n} x",
        r"\prod_{p} \left(1-p^{-s}\right)^{-1} \left\langle \frac ab \right\rangle",
    ],
)
def test_what_octavo_writes_is_the_same_formula_again(source: str) -> None:
    written = to_omml(read_latex(source, display=True))
    formula = omml(written)[0]
    assert to_omml(read_latex(to_latex(formula), display=True)) == written
    assert is_formula(formula, source)


def test_what_authors_build_in_word() -> None:
    rows = f"<m:eqArr><m:e>{r('a&amp;=b')}</m:e><m:e>{r('c&amp;=d')}</m:e></m:eqArr>"
    assert to_latex(omml(rows)) == r"\begin{aligned} a&=b \\ c&=d \end{aligned}"
    lengths = f"<m:d><m:dPr><m:begChr m:val='|'/><m:endChr m:val='|'/></m:dPr><m:e>{r('𝑥')}</m:e></m:d>"
    assert to_latex(omml(lengths)) == r"\left| x \right|"
    linear = f"<m:f><m:fPr><m:type m:val='lin'/></m:fPr><m:num>{r('1')}</m:num><m:den>{r('2')}</m:den></m:f>"
    assert to_latex(omml(linear)) == "{1}/{2}"
    assert to_latex(omml(r("if so", "<m:nor/>"))) == r"\text{if so}"
    assert to_latex(omml(f"<m:box><m:e>{r('≤')}</m:e></m:box>")) == r"\leq"


def test_a_source_that_would_lose_a_letter_is_not_taken() -> None:
    name = f"<m:func><m:fName>{r('log2')}</m:fName><m:e>{r('x')}</m:e></m:func>"
    assert not is_faithful(omml(name), r"\log x")
    assert is_faithful(omml(name), to_latex(omml(name)))
    assert not is_faithful(omml(name), r"\nonsense")
