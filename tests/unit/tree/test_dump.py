"""Dumps: JSON without loss and always the same, text that reads well."""

from __future__ import annotations

from hypothesis import given, settings

from octavo.tree import Document, build
from octavo.tree.dump import from_json, to_json, to_text
from tests.strategies import documents


@settings(max_examples=60, deadline=None)
@given(documents())
def test_json_comes_back_without_loss(document: Document) -> None:
    data = to_json(document)
    assert from_json(data) == document
    assert to_json(from_json(data)) == data


@settings(max_examples=60, deadline=None)
@given(documents(control_characters=True))
def test_text_is_a_line_for_each_node(document: Document) -> None:
    lines = to_text(document).split("\n")
    assert lines[0] == "document"
    assert lines[-1] == ""
    assert all(line.startswith("  ") and line.strip() for line in lines[1:-1])


def test_json_holds_control_characters_and_replaces_what_no_file_can_hold() -> None:
    document = build.document("a\x00\x1b\u2028b", "c\ud800d 🙂")
    assert from_json(to_json(document)) == build.document("a\x00\x1b\u2028b", "c\ufffdd 🙂")


def test_text_of_a_small_document() -> None:
    document = build.document(
        build.section(
            "One",
            build.paragraph("A ", build.emphasis("b"), build.footnote("Note.")),
            build.table(["x", "y"], ["1", build.cell("2", rows=2)], caption="Costs", id="tbl-a"),
            build.definitions(("term", "meaning")),
            numbered=False,
        ),
        title="T",
        authors=[build.author("Ada", email="a@b.c")],
        date="2023-12-05",
    )
    assert (
        to_text(document)
        == """document
  title "T"
  authors
    author name="Ada" email="a@b.c"
  date 2023-12-05
  section numbered=False
    title:
      text "One"
    paragraph
      text "A "
      emphasis
        text "b"
      footnote
        paragraph
          text "Note."
    table #tbl-a
      caption
        text "Costs"
      column
      column
      head:
        row
          cell header=True
            paragraph
              text "x"
          cell header=True
            paragraph
              text "y"
      table-body
        row
          cell
            paragraph
              text "1"
          cell row-span=2
            paragraph
              text "2"
    definitions
      definition
        terms:
          -
            text "term"
        -
          paragraph
            text "meaning"
"""
    )
