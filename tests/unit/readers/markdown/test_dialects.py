"""What other dialects of Markdown write, a rule at a time: the tree, the places, and what is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from octavo.errors import SourceError
from octavo.readers.markdown import MarkdownReader
from octavo.readers.protocol import Parsed, Source
from octavo.tree import nodes
from octavo.tree.walk import plain_text, walk
from tests.growth import assert_in_proportion


def read(text: str) -> Parsed:
    return MarkdownReader().read(Source(text.encode("utf-8"), "a.md"))


def codes(text: str) -> list[str]:
    return [each.code for each in read(text).diagnostics]


def tables(text: str) -> list[nodes.Table]:
    return [node for node in walk(read(text).document) if isinstance(node, nodes.Table)]


def cells(table: nodes.Table) -> list[list[str]]:
    rows = [*table.head, *(row for body in table.bodies for row in body.rows), *table.foot]
    return [[plain_text(cell.content) for cell in row.cells] for row in rows]


GRID = """\
+-----+-----+
| a   | b   |
+=====+:===:+
| c   | - d |
|     | - e |
+-----+-----+
"""


def test_a_drawn_table_has_head_alignment_and_blocks_in_its_cells() -> None:
    (table,) = tables(GRID)
    assert [column.align for column in table.columns] == ["", "center"]
    assert [plain_text(cell.content) for cell in table.head[0].cells] == ["a", "b"]
    (row,) = table.bodies[0].rows
    (found,) = row.cells[1].content
    assert isinstance(found, nodes.List)
    assert len(found.items) == 2
    place = found.items[1].content[0].position
    assert place is not None
    assert (place.line, place.column) == (5, 11)


def test_cells_with_no_line_between_them_are_one() -> None:
    (table,) = tables("+---+---+\n| a     |\n+---+---+\n| b | c |\n|   +---+\n|   | d |\n+---+---+\n")
    first, second, third = table.bodies[0].rows
    assert [(cell.row_span, cell.column_span) for cell in first.cells] == [(1, 2)]
    assert [(cell.row_span, cell.column_span) for cell in second.cells] == [(2, 1), (1, 1)]
    assert cells(table) == [["a"], ["b", "c"], ["d"]]
    assert third.cells[0].position is not None


def test_ideographs_take_two_places() -> None:
    (table,) = tables("+------+---+\n| 漢字 | x |\n+------+---+\n")
    assert cells(table) == [["漢字", "x"]]
    (counted,) = tables("+----+---+\n| 漢字 | x |\n+----+---+\n")
    assert cells(counted) == [["漢字", "x"]]


@pytest.mark.parametrize(
    "text",
    [
        "+---+---+\n| a | b |\n",
        "+---+\n",
        "+--+--+\n|ab   |\n+--+--+\n   |x|\n+--+",
    ],
)
def test_what_is_not_drawn_to_its_end_stays_text(text: str) -> None:
    shown = plain_text(read(text).document.content).replace(" ", "")
    assert shown == "".join(text.split())


def test_a_drawn_table_may_stand_in_a_list_or_a_quotation() -> None:
    listed = "\n".join(("  " if at else "- ") + line for at, line in enumerate(GRID.splitlines()))
    quoted = "\n".join("> " + line for line in GRID.splitlines())
    for text in (listed, quoted):
        (table,) = tables(text)
        assert cells(table) == [["a", "b"], ["c", "d\ne"]]


def test_a_head_over_dashes_tells_how_columns_are_set() -> None:
    text = """\
  Right     Left     Center     Default
-------     ------ ----------   -------
     12     12        12            12
"""
    (table,) = tables(f"{text}\nTable: Numbers\n")
    assert [column.align for column in table.columns] == ["right", "left", "center", ""]
    assert cells(table) == [["Right", "Left", "Center", "Default"], ["12"] * 4]
    assert table.caption is not None
    assert plain_text(table.caption.content) == "Numbers"


def test_a_ruled_table_without_a_head_ends_with_dashes() -> None:
    (table,) = tables("--- ---\n1   one\n22  two\n--- ---\n\nText.\n")
    assert table.head == ()
    assert cells(table) == [["1", "one"], ["22", "two"]]


def test_rows_of_several_lines_are_parted_by_empty_ones() -> None:
    text = "-----------\n a    b\n      c\n---- ------\n one  two\n      more\n\n 1    2\n-----------\n"
    (table,) = tables(text)
    assert cells(table) == [["a", "b c"], ["one", "two more"], ["1", "2"]]


def test_dashes_below_a_line_of_text_are_a_heading_still() -> None:
    (section,) = read("A heading\n---------\n\nText.\n").document.content
    assert isinstance(section, nodes.Section)
    assert not tables("a - b\n- - -\ntext\n")


def test_a_caption_word_alone_stays_text() -> None:
    assert (
        plain_text(read("Table: of contents, in words.\n").document.content)
        == "Table: of contents, in words."
    )


def test_a_verse_keeps_its_lines_and_their_indentation() -> None:
    (verse,) = read("| one\n|   two\n  goes on\n|\n| three\n").document.content
    assert isinstance(verse, nodes.Paragraph)
    assert sum(isinstance(each, nodes.LineBreak) for each in verse.content) == 3
    assert "\u00a0\u00a0two goes on" in plain_text(verse.content)
    (row,) = read("| a | b |\n").document.content
    assert plain_text((row,)) == "| a | b |"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("!!! note\n    Text.\n", "Note"),
        ('!!! warning "Mind it"\n    Text.\n', "Mind it"),
        ('!!! tip ""\n    Text.\n', ""),
        ("??? Question\n\n    Text.\n", "Question"),
        ("!!! custom\n    Text.\n", "Custom"),
        (":::note\nText.\n:::\n", "Note"),
        (":::tip[Of *mine*]\nText.\n:::\n", "Of mine"),
        ("::: {.callout-note title='Told'}\nText.\n:::\n", "Told"),
        ("::: {.callout-tip}\n# Head\nText.\n:::\n", "Head"),
        (":::{seealso} There\n:class: x\nText.\n:::\n", "There"),
        ("> [!danger] Obsidian's\n> Text.\n", "Obsidian's"),
        ("> [!NOTE]\n> Text.\n", "Note"),
    ],
)
def test_notes_to_the_reader_of_many_programs(text: str, title: str) -> None:
    (group,) = read(text).document.content
    assert isinstance(group, nodes.Group)
    assert (group.role, plain_text(group.title)) == (nodes.GroupRole.NOTICE, title)
    assert plain_text(group.content) == "Text."
    assert not read(f"---\ntitle: T\n---\n{text}").diagnostics


def test_exclamation_marks_are_no_note_without_indented_text() -> None:
    assert plain_text(read("!!! note\nText.\n").document.content) == "!!! note Text."


@pytest.mark.parametrize(
    "head",
    [
        "% A title\n% Ada; Grace\n% 2024-05-06\n",
        '+++\ntitle = "A title"\nauthors = ["Ada", "Grace"]\ndate = 2024-05-06\n+++\n',
        '{\n  "title": "A title",\n  "authors": ["Ada", "Grace"],\n  "date": "2024-05-06"\n}\n',
        "Title: A title\nAuthor: Ada\ndate: 2024-05-06\n",
        "---\ntitle: A title\nauthor: [Ada, Grace]\ndate: 2024-05-06\n---\n",
    ],
)
def test_heads_of_other_programs(head: str) -> None:
    parsed = read(f"{head}\nText.\n")
    about = parsed.document.metadata
    assert about.title == "A title"
    assert about.authors[0].name == "Ada"
    assert str(about.date) == "2024-05-06"
    assert plain_text(parsed.document.content) == "Text."
    assert parsed.diagnostics == ()


def test_places_in_other_heads_are_those_of_the_source() -> None:
    (said,) = read('+++\ntitle = "T"\n\nfoo = 1\n+++\n').diagnostics
    assert (said.code, said.position and said.position.line) == ("unknown-key", 4)
    (other,) = read("Title: T\nlayout: page\n\nText.").diagnostics
    assert (other.code, other.position and other.position.line) == ("foreign-key", 2)


def test_broken_toml_is_told_with_its_place() -> None:
    with pytest.raises(SourceError) as fault:
        read('+++\ntitle = "T\n+++\n')
    (said,) = fault.value.diagnostics
    assert (said.code, said.position and said.position.line) == ("broken-front-matter", 2)


@pytest.mark.parametrize(
    "text", ["Note: this is text.\nMore.\n", "{name} is text\n", "%\n50 % of it\n", "+++\n"]
)
def test_text_that_looks_like_a_head_is_text(text: str) -> None:
    shown = plain_text(read(text).document.content)
    assert shown.split() == text.split()


def test_attributes_as_kramdown_writes_them() -> None:
    document = read(
        "## Title {: #one}\n\nText.\n{: #two}\n\n{: #three}\nMore.\n\n> q\n\n![a](b.png){: width='50%' }\n"
    ).document
    assert {node.id for node in walk(document) if node.id} == {"one", "two", "three"}
    (image,) = [node for node in walk(document) if isinstance(node, nodes.Image)]
    assert image.width == -0.5


def test_a_list_over_toc_is_a_table_of_contents() -> None:
    (found,) = read("* replaced\n{:toc}\n").document.content
    assert isinstance(found, nodes.Contents)


def test_bare_mail_addresses_are_links() -> None:
    text = "To a.b_c+d@mail.example.org, (x@y.de). Not a@b, git@host.org:x, @me, or me@here/there, `c@d.org`."
    links = [node.target for node in walk(read(text).document) if isinstance(node, nodes.Link)]
    assert links == ["mailto:a.b_c+d@mail.example.org", "mailto:x@y.de"]
    assert plain_text(read(text).document.content) == text.replace("`", "")
    (link,) = [
        node for node in walk(read("[a@b.org](mailto:a@b.org)").document) if isinstance(node, nodes.Link)
    ]
    assert link.target == "mailto:a@b.org"


def test_wiki_links_are_their_text_and_said() -> None:
    parsed = read("See [[Page]], [[Page|here]]; x[[1]], [[ -f y ]], [[ref]].\n\n[ref]: http://x.org\n")
    assert plain_text(parsed.document.content) == "See Page, here; x[[1]], [[ -f y ]], [ref]."
    assert [each.code for each in parsed.diagnostics] == ["wiki-link"]


def test_headings_are_what_reference_links_name() -> None:
    text = (
        "See [Costs and gains], [it][costs and gains], [Twice told], [Word].\n\n# Costs *and* gains\n\nX\n\n"
    )
    text = text.replace("*and*", "and") + "# Twice told\n\nX\n\n# Twice told\n\nX\n\n# Word\n\nX\n"
    parsed = read(text)
    links = [node.target for node in walk(parsed.document) if isinstance(node, nodes.Link)]
    assert links == ["#costs-and-gains", "#costs-and-gains"]
    assert "[Twice told], [Word]." in plain_text(parsed.document.content)
    assert "unused-reference" not in codes(text)
    pandoc = [node.target for node in walk(read(f"% T\n\n{text}").document) if isinstance(node, nodes.Link)]
    assert pandoc[-1] == "#word"
    defined = read(f"{text}\n[Costs and gains]: http://x.org\n").document
    assert {node.target for node in walk(defined) if isinstance(node, nodes.Link)} == {"http://x.org"}


@pytest.mark.parametrize(
    ("text", "marker", "start", "items"),
    [
        ("a) one\nb) two\n", "lower-alpha", 1, ["one", "two"]),
        ("(a) one\n    more\n(b) two\n", "lower-alpha", 1, ["one more", "two"]),
        ("(1) one\n\n(2) two\n", "decimal", 1, ["one", "two"]),
        ("i. one\nii. two\niii. three\n", "lower-roman", 1, ["one", "two", "three"]),
        ("C. one\nD. two\n", "upper-alpha", 3, ["one", "two"]),
        ("#. one\n#. two\n", "decimal", 1, ["one", "two"]),
    ],
)
def test_lists_with_letters_and_brackets(text: str, marker: str, start: int, items: list[str]) -> None:
    (found,) = read(text).document.content
    assert isinstance(found, nodes.List)
    assert (str(found.marker), found.start, found.ordered) == (marker, start, True)
    assert [plain_text(item.content) for item in found.items] == items
    assert found.tight == ("\n\n" not in text)


@pytest.mark.parametrize(
    "text",
    ["A. Smith\n", "a) one\nc) three\n", "I. am\nHere. too\n", "Text:\na) one\nb) two\n", "e. g. this\n"],
)
def test_what_only_begins_like_a_list_is_text(text: str) -> None:
    (found,) = read(text).document.content
    assert isinstance(found, nodes.Paragraph)
    assert plain_text((found,)) == " ".join(text.split())


def test_marks_in_brackets_begin_a_list_behind_a_line_of_text() -> None:
    kinds = [type(each) for each in read("The aims:\n(a) one;\n(b) two.\n").document.content]
    assert kinds == [nodes.Paragraph, nodes.List]
    for text in ("as in\n(b) this and\n(c) that\n", "see\n(a) alone\n"):
        assert [type(each) for each in read(text).document.content] == [nodes.Paragraph]


def test_items_with_letters_hold_blocks_in_their_places() -> None:
    (found,) = read("(a) one\n\n    - nested\n\n(b) two\n").document.content
    assert isinstance(found, nodes.List)
    (_, nested) = found.items[0].content
    assert isinstance(nested, nodes.List)
    assert nested.items[0].content[0].position is not None
    assert (nested.items[0].content[0].position.line, nested.items[0].content[0].position.column) == (3, 7)


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("\\[ x^2 \\]\n", "x^2"),
        ("\\begin{equation}\na = b\n\\end{equation}\n", "a = b"),
        ("\\begin{align*}\na &= b\n\\end{align*}\n", "\\begin{aligned}\na &= b\n\\end{aligned}"),
    ],
)
def test_formulas_as_latex_has_them(text: str, formula: str) -> None:
    (found,) = read(text).document.content
    assert isinstance(found, nodes.Formula)
    assert found.text == formula


def test_a_bracket_with_a_backslash_may_be_a_bracket() -> None:
    document = read("\\(y^2\\), \\(x\\) and \\(not so\\), \\[as here\\].\n").document
    assert [node.text for node in walk(document) if isinstance(node, nodes.Math)] == ["y^2", "x"]
    assert plain_text(document.content) == "y^2, x and (not so), [as here]."
    assert plain_text(read("\\[ open\n\n\\begin{align}\n").document.content) == "[ open\n\\begin{align}"


def test_line_breaks_alone_are_no_paragraph() -> None:
    assert read("<br/><br>\n\nText\n").document.content[0] == read("\n\nText\n").document.content[0]


def test_abbreviations_are_terms() -> None:
    (found,) = read("*[HTML]: Hypertext\n*[W3C]: The *web*\n").document.content
    assert isinstance(found, nodes.Definitions)
    assert [plain_text(entry.terms[0]) for entry in found.entries] == ["HTML", "W3C"]
    assert plain_text(found.entries[1].content[0]) == "The web"


@pytest.mark.parametrize(
    ("text", "language", "caption", "said"),
    [
        ("```{r setup, include=FALSE}\nx\n```\n", "r", "", ["chunk-not-run"]),
        ("```{python}\nx\n```\n", "python", "", ["chunk-not-run"]),
        ("```rust,ignore\nx\n```\n", "rust", "", ["code-info"]),
        ('```js title="a.js"\nx\n```\n', "js", "a.js", []),
        ("```{.python .numberLines startFrom=5}\nx\n```\n", "python", "", []),
        ("```mermaid\nx\n```\n", "mermaid", "", ["diagram-as-source"]),
        ("{% highlight ruby linenos %}\nx\n{% endhighlight %}\n", "ruby", "", []),
        ('{{< highlight go "x=1" >}}\nx\n{{< /highlight >}}\n', "go", "", []),
    ],
)
def test_code_as_other_programs_open_it(text: str, language: str, caption: str, said: list[str]) -> None:
    parsed = read(text)
    (code,) = parsed.document.content
    assert isinstance(code, nodes.CodeBlock)
    assert (code.text, code.code_language) == ("x", language)
    assert (plain_text(code.caption.content) if code.caption else "") == caption
    assert [each.code for each in parsed.diagnostics] == said


def test_tags_of_templates_are_text_and_said() -> None:
    text = "A {% include x %} and {{< fig >}}, not `{% raw %}`, not {{ x }}."
    parsed = read(text)
    assert plain_text(parsed.document.content) == text.replace("`", "")
    (said,) = parsed.diagnostics
    assert (said.code, said.position and said.position.column) == ("template-tag", 3)


PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def test_an_image_in_the_source_itself_is_read_from_it() -> None:
    text = f"![A](data:image/png;base64,{PIXEL}) <img src='data:image/svg+xml,%3Csvg/%3E' alt='B'>\n"
    document = read(text).document
    first, second = [node for node in walk(document) if isinstance(node, nodes.Image)]
    assert document.embedded[first.source].startswith(b"\x89PNG")
    assert document.embedded[second.source] == b"<svg/>"
    (broken,) = [
        n for n in walk(read("![A](data:image/png;base64,!)").document) if isinstance(n, nodes.Image)
    ]
    assert broken.source.startswith("data:")


def test_an_address_that_no_link_may_have_is_told_by_a_later_stage() -> None:
    svg = "data:image/svg+xml;base64,PHN2Zy8+"
    (image,) = [node for node in walk(read(f"![]({svg})").document) if isinstance(node, nodes.Image)]
    assert image.source == "image-1-in-the-source.svg"
    (link,) = [node for node in walk(read("[x](javascript:a)").document) if isinstance(node, nodes.Link)]
    assert link.target == "javascript:a"


def test_a_title_below_logos_and_badges_is_the_title() -> None:
    parsed = read("![Logo](a.png)\n\n[![b](b.svg)](x) ![c](c.svg)\n\n# Title\n\nText.\n")
    assert parsed.document.metadata.title == "Title"
    assert [type(each) for each in parsed.document.content] == [
        nodes.Figure,
        nodes.Paragraph,
        nodes.Paragraph,
    ]
    assert read("Words.\n\n# Title\n").document.metadata.title == ""


HTML_TABLE = """\
<table>
<tr><th>a</th>

<th>b</th></tr>

<tr>
  <td>

  *one*[^n]

  - two

  </td><td>three</td>
</tr>

</table>

[^n]: The note.
"""


def test_a_table_of_html_reaches_over_empty_lines() -> None:
    parsed = read(HTML_TABLE)
    (table,) = [node for node in parsed.document.content if isinstance(node, nodes.Table)]
    assert [plain_text(cell.content) for cell in table.head[0].cells] == ["a", "b"]
    (row,) = table.bodies[0].rows
    assert [type(each) for each in row.cells[0].content] == [nodes.Paragraph, nodes.List]
    assert any(isinstance(each, nodes.Footnote) for each in walk(table))
    assert parsed.diagnostics == ()


def test_an_element_that_is_not_closed_ends_at_an_empty_line() -> None:
    found = read("<table><tr><td>one\n\n*two*\n").document.content
    assert [plain_text((each,)) for each in found] == ["one", "two"]


SHAPES: dict[str, Callable[[int], str]] = {
    "tables of HTML": lambda n: "<table>\n\n" * 2 * n,
    "grid tables": lambda n: "+---+\n| a\n" * 4 * n,
    "a grid table of many columns": lambda n: (
        "+" + "-+" * 3 * n + "\n" + "| " * 3 * n + "|\n+" + "-+" * 3 * n
    ),
    "simple tables": lambda n: "----- -----\na b\n" * 3 * n,
    "multiline tables": lambda n: "-----\na\n\n" * 3 * n,
    "admonitions": lambda n: "!!! a\n" * 5 * n,
    "highlights": lambda n: "{% highlight a %}\n" * 3 * n,
    "addresses": lambda n: "a@" * 20 * n,
    "wiki links": lambda n: "[[a" * 10 * n,
    "line blocks": lambda n: "| a\n" * 5 * n,
    "abbreviations": lambda n: "*[a]: b\n" * 3 * n,
    "letters in brackets": lambda n: "(a) b\n" * 3 * n,
    "lists by letters": lambda n: "a) b\n\n  c) d\n\n" * (3 * n // 2),
    "displayed formulas": lambda n: "\\[ a\n" * 3 * n,
    "displayed formulas, escaped twice": lambda n: "\\\\[ a\n" * 3 * n,
    "formulas in lines": lambda n: "\\( a" * 5 * n,
    "formulas in lines, escaped twice": lambda n: "\\\\( a" * 5 * n,
    "environments": lambda n: "\\begin{align}\n" * 3 * n,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_dialect_costs_time_out_of_proportion(shape: str) -> None:
    assert_in_proportion(lambda size: read(SHAPES[shape](size)), 250)
