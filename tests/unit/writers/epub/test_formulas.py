"""Formulas of e-books are MathML that says its LaTeX; the package says which files have some."""

from __future__ import annotations

import uharfbuzz

from octavo.environment import installed_fonts
from octavo.tree import build, nodes
from tests.unit.writers.epub.making import book

TEXT = build.document(
    build.section("One", build.math("x^2"), build.formula(r"\sum_i x_i", id="eq-a")),
    build.section("Two", "none", nodes.Paragraph(content=(nodes.Math(text=r"\foo"),))),
    title="Sums",
    language="en",
)


def test_formulas_are_mathml_with_their_source() -> None:
    shown = book(TEXT).text()
    assert 'alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math>' in shown
    assert 'displaystyle="true" alttext="\\sum_i x_i">' in shown
    assert '</math> <span class="formula-number">(1)</span></p>' in shown


def test_a_formula_that_is_not_understood_is_shown_as_its_source() -> None:
    assert '<code class="math">\\foo</code>' in book(TEXT).text()


def test_the_package_says_what_holds_formulas() -> None:
    package = book(TEXT).text("package.opf")
    assert 'properties="mathml"' in package
    assert ">MathML<" in package
    none = book(build.document(build.section("One", "text"), title="T", language="en")).text("package.opf")
    assert "mathml" not in none.lower()


def test_formulas_bring_their_typeface_with_its_measures() -> None:
    made = book(TEXT, fonts=installed_fonts())
    assert 'math { font-family: "STIX Two Math", math;' in made.text("style.css")
    face = uharfbuzz.Face(made.files["EPUB/fonts/stix-two-math-400.ttf"])
    shown = uharfbuzz.Font(face)
    assert face.has_math_data
    assert all(shown.get_nominal_glyph(ord(each)) for each in "x𝑥∑√")


def test_a_book_without_formulas_has_no_typeface_for_them() -> None:
    made = book(build.document("text", title="T", language="en"), fonts=installed_fonts())
    assert "math" not in made.text("style.css").lower()


def test_a_head_of_formulas_has_a_name() -> None:
    head = nodes.Row(
        cells=(nodes.Cell(content=(nodes.Paragraph(content=(build.math(r"\alpha"),)),), header=True),)
    )
    table = nodes.Table(columns=(nodes.Column(),), head=(head,))
    shown = book(build.document(table, build.math(r"\beta"), title="T", language="en")).text()
    assert r' aria-label="\alpha"' in shown
    assert r' aria-label="\beta"' not in shown
