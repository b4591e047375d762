"""Octavo's Markdown, a rule at a time: the tree that comes out, written as its text dump."""

from __future__ import annotations

import re

import pytest

from octavo.errors import SourceError
from octavo.readers.markdown import MarkdownReader
from octavo.readers.protocol import Parsed, Source
from octavo.tree import Document, nodes
from octavo.tree.dump import to_text
from octavo.tree.walk import plain_text, walk


def read(text: str) -> Parsed:
    return MarkdownReader().read(Source(text.encode("utf-8"), "a.md"))


def tree(text: str, places: bool = False) -> str:
    """The dump on one line, without places, and without paragraphs' names."""
    dump = to_text(read(f"---\ntitle: T\n---\n{text}").document).split("\n", 2)[2]
    if not places:
        dump = re.sub(r" @\d+:\d+$", "", dump, flags=re.MULTILINE)
    return " / ".join(line.strip() for line in dump.splitlines())


def codes(text: str) -> list[str]:
    return [each.code for each in read(text).diagnostics]


def only(text: str, kind: type[nodes.Node]) -> list[nodes.AnyNode]:
    return [node for node in walk(read(text).document) if isinstance(node, kind)]


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("$x$ and $$y$$", ["x", "y"]),
        ("$20 and $30", []),
        ("$20,000 and $30,000", []),
        ("US$5 and A$7", []),
        ("$5 million and 10$", []),
        ("$5 (US$) in all", []),
        ("$ x$ and $x $", []),
        ("\\$x$ and $x\\$", []),
        ("$2x + 3$", ["2x + 3"]),
        ("$5 \\text{million}$", ["5 \\text{million}"]),
        ("$a$5", []),
        ("`$x$`", []),
        ("$$ $$", []),
    ],
)
def test_formulas_and_money(text: str, formulas: list[str]) -> None:
    assert [node.text for node in only(text, nodes.Math) if isinstance(node, nodes.Math)] == formulas


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("@fig-a, (@sec-b) and @tbl-c.", ["fig-a", "sec-b", "tbl-c"]),
        ("[@fig-a]s", ["fig-a"]),
        ("@page:fig-a @title:sec-b_2", ["fig-a", "sec-b_2"]),
        ("a@fig-a.org, x.@fig-b, @@fig-c", []),
        ("\\@fig-a `@fig-b`", []),
        ("@someone @figure-a @fig-", []),
        ("[@fig-a](u)", ["fig-a"]),
        ("كما في و@fig-a وفي ب@tbl-b، ولـ@sec-c", ["fig-a", "tbl-b", "sec-c"]),
        ("كما يظهر في@fig-aو@page:fig-b", ["fig-a", "fig-b"]),
        ("ראו ב@fig-a, וב־@tbl-b ושב@eq-c.", ["fig-a", "tbl-b", "eq-c"]),
        ("如@fig-a所示，见@tbl-b-2和@page:fig-c。", ["fig-a", "tbl-b-2", "fig-c"]),
        ("図は@fig-aを、表は@tbl-bのとおり。", ["fig-a", "tbl-b"]),
        ("그림은 @fig-a에서, 표는@tbl-b는", ["fig-a", "tbl-b"]),
        ("ดู@fig-aและ@tbl-bครับ", ["fig-a", "tbl-b"]),
        ("如@fig-图所示 ![图](x.png){#fig-图}", ["fig-图"]),
        ("如@fig-a图所示 ![图](x.png){#fig-a图}", ["fig-a图"]),
        ("如@fig-图1所示", ["fig-图1所示"]),
        ("如[@fig-a图]所示", ["fig-a图"]),
        ("имя@fig-a όνομα@fig-b name@fig-c é@fig-d 5@fig-e", []),
        ("محمد@fig-a.example 王@fig-b.cn", []),
    ],
)
def test_cross_references(text: str, targets: list[str]) -> None:
    found = only(text, nodes.CrossReference)
    assert [node.target for node in found if isinstance(node, nodes.CrossReference)] == targets


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::: lead\na\n:::", 'group role=lead / paragraph / text "a"'),
        ("::: {.lead #x}\na\n:::", 'group #x role=lead / paragraph / text "a"'),
        ("::: lead :::\na\n:::", 'group role=lead / paragraph / text "a"'),
        ("::: own\na\n:::", 'group role=custom style="own" / paragraph / text "a"'),
        (
            "a\n::: lead\nb\n:::\nc",
            'paragraph / text "a" / group role=lead / paragraph / text "b" / paragraph / text "c"',
        ),
        (
            "::: case\n::: notice\na\n:::\nb\n:::\nc",
            'group role=case / group role=notice / paragraph / text "a" / paragraph / text "b" / paragraph / text "c"',
        ),
        (
            "::: case\n:::: notice\na\n::::\n- b\n:::\nc",
            'group role=case / group role=notice / paragraph / text "a" / list / list-item / paragraph / text "b"'
            ' / paragraph / text "c"',
        ),
        (
            "::: case\n```\n:::\n```\n:::\nc",
            'group role=case / code-block ":::" / paragraph / text "c"',
        ),
        (
            "> ::: case\n> a\n> :::\n>\n> b",
            'quote / group role=case / paragraph / text "a" / paragraph / text "b"',
        ),
        (
            "- a\n\n  ::: case\n  b\n  :::\n- c",
            'list tight=False / list-item / paragraph / text "a" / group role=case / paragraph / text "b"'
            ' / list-item / paragraph / text "c"',
        ),
        ("::: case\n<div>x</div>\n:::\ny", 'group role=case / paragraph / text "x" / paragraph / text "y"'),
        ("::: page-break\n\na", 'page-break / paragraph / text "a"'),
        ("::: case\n::: page-break\n:::\na", 'group role=case / page-break / paragraph / text "a"'),
        (
            "::: case\n::: page-break\n:::\nb\n:::\na",
            'group role=case / page-break / paragraph / text "b" / paragraph / text "a"',
        ),
        ("::: pull-quote\na\n\nb\n:::", 'pull-quote / text "a" / line-break / text "b"'),
    ],
)
def test_containers(text: str, expected: str) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> a\n> -- B", 'quote / content: / paragraph / text "a" / attribution: / text "B"'),
        ("> a\n>\n> — *B*", 'quote / content: / paragraph / text "a" / attribution: / emphasis / text "B"'),
        ("> -- B", 'quote / paragraph / text "-- B"'),
        ("> a -- B", 'quote / paragraph / text "a -- B"'),
        ("> a  \n> -- B", 'quote / content: / paragraph / text "a" / attribution: / text "B"'),
    ],
)
def test_attributions(text: str, expected: str) -> None:
    assert tree(text).replace("content: / ", "") == expected.replace("content: / ", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("H<sub>2</sub>O", 'text "H" / subscript / text "2" / text "O"'),
        ("<b>a *b*</b>", 'strong / text "a " / emphasis / text "b"'),
        ("*<b>a*</b>", 'emphasis / text "a"'),
        ("<b>a</i>", 'text "a"'),
        ("<kbd>Ctrl</kbd> <a href='u'>v</a>", 'code "Ctrl" / text " " / link target="u" / text "v"'),
        ('<span lang="fr">a</span> <span>b</span>', 'span lang=fr / text "a" / text " b"'),
        ('a <img src="b%20c.png" alt="d"> e', 'text "a " / image source="b c.png" alt="d" / text " e"'),
        ("中文\n字 a\nb", 'text "中文字 a b"'),
        ("a\\ b", 'text "a\\\\ b"'),
        ("&copy; \\* &lt;", 'text "© * <"'),
        ("x^a\\ b^ a^b and c^d", 'text "x" / superscript / text "a\u00a0b" / text " a^b and c^d"'),
        ("~~a~~ ~b~", 'deleted / text "a" / text " " / subscript / text "b"'),
        ("[a]{.smallcaps .s lang=de}", 'span lang=de style="s" / small-caps / text "a"'),
        ("{not, attributes} `c`{}", 'text "{not, attributes} " / code "c" / text "{}"'),
    ],
)
def test_inlines(text: str, expected: str) -> None:
    assert tree(text).removeprefix("paragraph / ").replace("\\u00a0", "\u00a0") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "> - a **b**",
            'quote @4:1 / list @4:3 / list-item @4:3 / paragraph @4:5 / text "a " @4:5 / strong @4:7 / text "b" @4:9',
        ),
        (">\ta\n>\t*b*", 'quote @4:1 / paragraph @4:3 / text "a " @4:3 / emphasis @5:3 / text "b" @5:4'),
        (
            "-\ta\n\n\t`b`",
            'list tight=False @4:1 / list-item @4:1 / paragraph @4:3 / text "a" @4:3 / paragraph @6:2 / code "b" @6:2',
        ),
        (
            "a[^x]\n\n[^x]: b\n\n    *c*",
            'paragraph @4:1 / text "a" @4:1 / footnote @4:2 / paragraph @6:7 / text "b" @6:7'
            ' / paragraph @8:5 / emphasis @8:5 / text "c" @8:6',
        ),
        ("***a** b*", 'paragraph @4:1 / emphasis @4:1 / strong @4:2 / text "a" @4:4 / text " b" @4:7'),
        (
            "Head *a*\n  b\n---",
            'section @4:1 / text "Head " @4:1 / emphasis @4:6 / text "a" @4:7 / text " b" @5:3',
        ),
        ("##   a {#b}", 'section #b @4:1 / text "a" @4:6'),
        (
            "![a *b*](c)",
            'figure @4:1 / paragraph @4:1 / image source="c" alt="a b" @4:1'
            ' / caption @4:3 / text "a " @4:3 / emphasis @4:5 / text "b" @4:6',
        ),
    ],
)
def test_places(text: str, expected: str) -> None:
    assert tree(text, places=True).replace("title: / ", "").replace("content: / ", "") == expected


def test_the_only_first_heading_becomes_the_title_and_sections_move_up() -> None:
    document = read("# A *title*\n\nText.\n\n## One\n\n### Two\n\n## Three").document
    assert document.metadata.title == "A title"
    assert str(document.metadata.positions["title"]) == "a.md:1:1"
    sections = [plain_text(block.title) for block in document.content if isinstance(block, nodes.Section)]
    assert sections == ["One", "Three"]


@pytest.mark.parametrize(
    "text", ["# A\n\n# B", "Text\n\n# A", "# A {#id}", "# A^[note]", "## A", "---\ntitle: T\n---\n# A"]
)
def test_other_first_headings_stay_sections(text: str) -> None:
    assert any(isinstance(block, nodes.Section) for block in read(text).document.content)


def test_skipped_levels_nest_by_one_and_are_reported() -> None:
    parsed = read("# A\n\n### B\n\n# C\n\n## D\n\n#### E")
    assert [str(each.position) for each in parsed.diagnostics] == ["a.md:3:1", "a.md:9:1"]
    assert {each.code for each in parsed.diagnostics} == {"skipped-heading-level"}


def test_a_cell_too_many_is_kept() -> None:
    text = "| a |\n|---|\n| b | c \\| d |\n| |"
    assert plain_text(read(text).document).split() == ["a", "b", "c", "|", "d"]
    assert codes(text) == ["extra-cells"]


def test_a_caption_belongs_to_its_table_also_after_a_paragraph() -> None:
    for text in (
        "Before.\n\n: Cap {#tbl-a}\n\n|a|b|\n|-|-|",
        "Before.\n\n|a|b|\n|-|-|\n: Cap {#tbl-a}\n\nAfter.",
    ):
        (table,) = only(text, nodes.Table)
        assert isinstance(table, nodes.Table)
        assert table.caption is not None
        assert (plain_text(table.caption), table.id) == ("Cap", "tbl-a")
        assert only(text, nodes.Definitions) == []


def test_a_caption_without_a_table_is_kept_as_text() -> None:
    assert plain_text(read(": Nothing here").document) == ": Nothing here"


def test_notes_in_notes_are_told_at_the_end_of_the_outer_one() -> None:
    parsed = read("a[^1]\n\n[^1]: b[^2] ^[c]\n[^2]: d[^1]")
    (note,) = only("a[^1]\n\n[^1]: b[^2] ^[c]\n[^2]: d[^1]", nodes.Footnote)
    assert isinstance(note, nodes.Footnote)
    assert plain_text(note.content).split() == ["b", "c", "d[^1]"]
    assert {each.code for each in parsed.diagnostics} == {"note-in-note"}


def test_a_note_that_nothing_cites_stays_with_what_it_cites() -> None:
    document = read("Text.\n\n[^a]: b[^c]\n\n[^c]: d").document
    assert plain_text(document).split() == ["Text.", "[^a]:", "b"]
    (note,) = (node for node in walk(document) if isinstance(node, nodes.Footnote))
    assert plain_text(note.content) == "d"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[^x]", "undefined-footnote"),
        ("[^x]: a", "unused-footnote"),
        ("[x]: u", "unused-reference"),
        ("[x]\n\n[x]: u\n[x]: v", "repeated-reference"),
        ("::: case\na", "unclosed-block"),
        ("a\n\n:::", "stray-fence"),
        ("```\na", "unclosed-code"),
        ("```py more\n```", "code-info"),
        ("<u>a</u>", "html-tag"),
        ("<iframe>\na\n</iframe>", "html-tag"),
        ("a <!-- b -->", "html-comment"),
        ("<script>a</script>", "html-left-out"),
        ("# a {key=v}", "unknown-attribute"),
        ("![a](b){width=wide}", "invalid-attribute"),
        ("- # a", "heading-without-section"),
        ("::: pull-quote\n- a\n:::", "pull-quote-content"),
        ("*a " * 60 + "b*" * 60, "nesting-too-deep"),
    ],
)
def test_what_is_odd_is_reported(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize("text", ["> " * 101 + "a", "- " * 60 + "a", "::: a\n" * 101, "[^a]: " * 101])
def test_too_deep_nesting_is_an_error_with_a_place(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(text)
    (said,) = caught.value.diagnostics
    assert said.code == "nesting-too-deep"
    assert said.position is not None


@pytest.mark.parametrize(
    "piece", ["[", "![", "^[", "*a ", "<b>", "$a ", "{", "`a", "@fig-", "| ", "<!-- ", ": a\n", "a" * 50]
)
def test_long_runs_are_read(piece: str) -> None:
    assert isinstance(read(piece * 20_000).document, Document)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a name="x"></a>\n\n# H\n', 'section / title: / span #x / text "H"'),
        ('# H <a id="x"></a>\n', 'section / title: / text "H " / span #x'),
        ('<a id="x"></a>\n\ntext', 'paragraph / span #x / text "text"'),
        ('<a id="x"/>\n\n```\na\n```', 'code-block #x "a"'),
        ('text\n\n<span id="x"></span>', 'paragraph / text "text" / span #x'),
        ('<a name="x"></a>', "paragraph / span #x"),
        ('<a href="#y" name="x">y</a>', 'paragraph / link #x target="#y" / text "y"'),
    ],
)
def test_anchors_in_html_mark_the_block_they_stand_at(text: str, expected: str) -> None:
    assert tree(text) == expected


def test_a_container_without_a_name_keeps_id_and_language() -> None:
    assert tree("::: {#x lang=fr}\nBonjour\n:::") == (
        'group #x lang=fr role=custom / paragraph / text "Bonjour"'
    )
    assert codes("::: {#x}\na\n:::") == []
    assert tree(":::: {}\n::: {}\na\n:::\n::::") == 'paragraph / text "a"'


def test_a_container_around_sections_is_opened() -> None:
    text = "::: {#x .part}\n# A\n\na\n\n## B\n\nb\n:::\n\nafter"
    assert tree(text) == (
        'section / title: / span #x / text "A" / paragraph / text "a" / '
        'section / title: / text "B" / paragraph / text "b" / paragraph / text "after"'
    )
    assert codes(f"---\ntitle: T\n---\n{text}") == ["opened-block"]
    assert tree("::: {lang=fr}\n# A\n\na\n:::").startswith("section lang=fr")
    assert tree("::: part\n# A\n\na\n:::").startswith("section")
    assert tree("::: part\n## A\n:::") == 'section / title: / text "A"'
    assert tree("::: part\n## A\n\na\n:::").startswith('group role=custom style="part"')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<h2 id="x" align="center">A <b>b</b></h2>', 'section #x / title: / text "A " / strong / text "b"'),
        ("<ul><li>a<li>b</ul>", 'list / list-item / paragraph / text "a" / list-item / paragraph / text "b"'),
        ('<ol type="a" start="3"><li>a</li></ol>', "list ordered=True start=3 marker=lower-alpha"),
        (
            "<dl><dt>t<dd>m</dl>",
            'definitions / definition / terms: / - / text "t" / - / paragraph / text "m"',
        ),
        ('<pre><code class="language-c">a &lt;\n b</code></pre>', 'code-block "a <\\n b" code-language="c"'),
        ("<blockquote>a<p>b</blockquote>", 'quote / paragraph / text "a" / paragraph / text "b"'),
        ('<div id="x">a</div>', 'paragraph / span #x / text "a"'),
        ("a\n\n<hr>", 'paragraph / text "a" / divider'),
        ("<div><ul>\n\n- *a*\n\n</ul></div>", 'list / list-item / paragraph / emphasis / text "a"'),
        (
            "<details>\n<summary>More</summary>\n\n*a*\n\n</details>",
            'paragraph / strong / text "More" / paragraph / emphasis / text "a"',
        ),
        (
            '<figure><img src="a.png" alt="A"><figcaption>C</figcaption></figure>',
            'figure / paragraph / image source="a.png" alt="A" / caption / text "C"',
        ),
        (
            "<p>a<ul></ul><li>stray</li></table><td>cell",
            'paragraph / text "a" / paragraph / text "stray" / paragraph / text "cell"',
        ),
    ],
)
def test_blocks_of_html_are_blocks(text: str, expected: str) -> None:
    assert tree(text).startswith(expected)
    assert codes(f"---\ntitle: T\n---\n{text}") == []


def test_tables_of_html_keep_spans_heads_and_captions() -> None:
    rows = '<tr><th>A<th>B</tr><tr><td rowspan="9">1<td align=right>2</tr><tr><td>3</tr><tr><td colspan=99>4</tr>'
    (table,) = only(f'<table id="t"><caption>C</caption>{rows}</table>', nodes.Table)
    assert isinstance(table, nodes.Table)
    assert (table.id, len(table.columns), plain_text(table.caption or table)) == ("t", 2, "C")
    assert [[plain_text(cell) for cell in row.cells] for row in table.head] == [["A", "B"]]
    cells = [cell for body in table.bodies for row in body.rows for cell in row.cells]
    assert [(plain_text(each), each.row_span, each.column_span, each.align) for each in cells] == [
        ("1", 3, 1, ""),
        ("2", 1, 1, "right"),
        ("3", 1, 1, ""),
        ("4", 1, 2, ""),
    ]


def test_html_nests_as_deep_as_it_likes() -> None:
    assert plain_text(read("<div>" * 5000 + "a" + "</div>" * 5000).document) == "a"
    assert plain_text(read("<ul><li>" * 5000 + "a").document) == "a"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://example.org/a_b(c)?x=1&y=2, or", ["https://example.org/a_b(c)?x=1&y=2"]),
        ("(www.example.org/x).", ["http://www.example.org/x"]),
        ("**https://example.org/**", ["https://example.org/"]),
        ('"https://example.org/te"', ["https://example.org/te"]),
        ("见https://example.org/路径。", ["https://example.org/%E8%B7%AF%E5%BE%84"]),
        ("[https://example.org](https://example.net)", ["https://example.net"]),
        ("`https://example.org` xhttps://example.org http://localhost https\\://example.org", []),
        ("![https://example.org](a.png) b", []),
        ("[https://example.org/a](https://example.net)", ["https://example.net"]),
        ("[see https://example.org/a_b][x]\n\n[x]: https://example.net", ["https://example.net"]),
        ("https://example.org/a[^n].\n\n[^n]: note", ["https://example.org/a"]),
        ("[at https://example.org/a]", ["https://example.org/a"]),
        ("https://example.org/?a[]=1&b[2]=c", ["https://example.org/?a%5B%5D=1&b%5B2%5D=c"]),
        ("[[OECD]{.smallcaps}](https://example.net)", ["https://example.net"]),
        ("[A claim[^n]](https://example.net)\n\n[^n]: note", ["https://example.net"]),
        (
            "[a [b](https://example.org) c](https://example.net)",
            ["https://example.org", "https://example.net"],
        ),
    ],
)
def test_addresses_without_brackets_are_links(text: str, links: list[str]) -> None:
    assert [node.target for node in only(text, nodes.Link) if isinstance(node, nodes.Link)] == links


def test_an_address_is_placed_where_it_stands() -> None:
    assert tree("a https://b.de c", places=True).split(" / ")[1:] == [
        'text "a " @4:1',
        'link target="https://b.de" @4:3',
        'text "https://b.de" @4:3',
        'text " c" @4:15',
    ]


def test_notices_as_github_writes_them() -> None:
    assert tree("> [!NOTE]\n> Mind *this*.") == (
        'group role=notice / title: / text "Note" / paragraph / text "Mind " / emphasis / text "this" / text "."'
    )
    assert tree("> [!WARNING]\n>\n> - a").startswith('group role=notice / title: / text "Warning" / list')
    assert tree("> [!ODD]\n> a").startswith("quote")


def test_signs_for_contents_and_new_pages() -> None:
    assert tree("[TOC]\n\n\\newpage\n\na") == 'contents / page-break / paragraph / text "a"'
    assert tree("see [TOC]") == 'paragraph / text "see [TOC]"'


def test_an_abstract_of_the_head_opens_the_text_and_shares_its_notes() -> None:
    head = (
        "---\nlang: en\nabstract: |\n  A *b*.[^n]\n\n  [c]\nkeywords: d\n---\n# Title\n\nText\n\n[^n]: note\n"
    )
    parsed = read(f"{head}\n[c]: https://example.org\n")
    (abstract, rest) = parsed.document.content
    assert isinstance(abstract, nodes.Group)
    assert (abstract.role, parsed.document.metadata.title) == (nodes.GroupRole.ABSTRACT, "Title")
    assert plain_text(rest) == "Text"
    (emphasis,) = [node for node in walk(abstract) if isinstance(node, nodes.Emphasis)]
    assert str(emphasis.position) == "a.md:4:5"
    assert sum(isinstance(each, nodes.Footnote) for each in walk(abstract)) == 1
    assert [each.target for each in walk(abstract) if isinstance(each, nodes.Link)] == ["https://example.org"]
    assert [each.code for each in parsed.diagnostics] == ["title-from-heading"]


@pytest.mark.parametrize(
    "text", ["| a | b |\n|---|\n| 1 | 2 |\n", "a | b | c\n--|--\n1 | 2 | 3\n", "> | a |\n> |---|---|\n"]
)
def test_a_table_whose_lines_differ_is_told(text: str) -> None:
    assert codes(text) == ["table-not-made"]


@pytest.mark.parametrize(
    "text", ["a | b\nc | d\n", "| a | b |\n", "a | b\n---\n", "x\n|--|--|\n", "| a | b |\n|---|---|\n"]
)
def test_bars_that_were_not_meant_for_a_table_are_not(text: str) -> None:
    assert codes(text) == []
