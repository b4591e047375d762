"""What leads to what follows it, and what stands over it as a heading does."""

from __future__ import annotations

import pytest

from octavo.tree import nodes
from octavo.tree.following import heads, introduces

LIST = nodes.List(items=(nodes.ListItem(content=(nodes.Paragraph(content=(nodes.Text("a"),)),)),))
FORMULA = nodes.Formula(text="x")
PLAIN = nodes.Paragraph(content=(nodes.Text("More."),))


def said(words: str) -> nodes.Paragraph:
    return nodes.Paragraph(content=(nodes.Text(words),))


@pytest.mark.parametrize(
    ("words", "following", "leads"),
    [
        ("Do this:", LIST, True),
        ("Do this: ", LIST, True),
        ("请看：", LIST, True),
        ("Do this.", LIST, False),
        ("Do this:", PLAIN, False),
        ("as soon as", FORMULA, True),
    ],
)
def test_a_colon_leads_to_a_block_and_a_sentence_goes_on_in_a_formula(
    words: str, following: nodes.Block, leads: bool
) -> None:
    assert introduces(said(words), following) is leads


def test_a_paragraph_all_in_bold_is_a_heading_over_text_but_not_over_a_section() -> None:
    bold = nodes.Paragraph(content=(nodes.Strong(content=(nodes.Text("Why?"),)), nodes.Text(" ")))
    half = nodes.Paragraph(content=(nodes.Strong(content=(nodes.Text("Why?"),)), nodes.Text(" Because.")))
    section = nodes.Section(title=(nodes.Text("Next"),), content=(PLAIN,))
    assert heads(bold, PLAIN)
    assert not heads(half, PLAIN)
    assert not heads(bold, section)
