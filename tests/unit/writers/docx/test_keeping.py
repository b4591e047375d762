"""What Word keeps on one page with what follows it."""

from __future__ import annotations

from octavo.tree import nodes
from tests.unit.writers.docx.documents import Package, W, items, p, t, written


def keeps(package: Package, text: str) -> bool:
    """Say whether a paragraph stays with the next, by itself or by its style."""
    for paragraph in package.xml().iter(f"{W}p"):
        if "".join(each.text or "" for each in paragraph.iter(f"{W}t")) == text:
            if paragraph.find(f"{W}pPr/{W}keepNext") is not None:
                return True
            name = str(paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val"))
            return bool(package.find(f"//w:style[@w:styleId='{name}']/w:pPr/w:keepNext", "word/styles.xml"))
    raise AssertionError(text)


def test_a_line_that_leads_to_a_list_stays_with_it() -> None:
    package = written(p("Do this:"), items("a", "b"), p("Done."), items("c"), p("Also:"), p("More."))
    assert keeps(package, "Do this:")
    assert not keeps(package, "Done.")
    assert not keeps(package, "Also:")


def test_a_question_in_bold_stays_with_its_answer() -> None:
    question = nodes.Paragraph(content=(nodes.Strong(content=(t("Why?"),)),))
    package = written(p("Before."), question, p("Because."), question)
    assert keeps(package, "Why?")
    assert not keeps(package, "Before.")
