"""Word files of other programs come in, made here and now: by LibreOffice, by pandoc and by python-docx.

No word of theirs may be lost, and what they are made of is known again by names of styles, lists, notes and the like.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import pytest

from octavo.api import parse
from octavo.tree import Document, nodes
from octavo.tree.walk import plain_text, walk
from tests.corpus import ROOT
from tests.external import validators
from tests.unit.readers.docx.files import words_of_file, words_of_tree

N = TypeVar("N")

CHART: Final = ROOT / "examples/images/warning-time.png"
PAGE = """<html><head><title>A page</title></head><body><h1>Häfen</h1>
<p>A <b>bold</b>, <i>slanted</i> and <code>typed</code> line, H<sub>2</sub>O, <a href="https://example.org">linked</a>.</p>
<ol><li>one<ol type="a"><li>one a</li></ol></li><li>two</li></ol><ul><li>dot</li></ul><h2>Table</h2>
<table><tr><th colspan="2">Head</th></tr><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></table>
<blockquote>Quoted.</blockquote><pre>def x():
    return 1</pre><dl><dt>Term</dt><dd>Meaning</dd></dl><hr></body></html>"""
RICH = (
    r"{\rtf1\ansi{\fonttbl{\f0 Times;}}{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}"
    r"\pard\s1\outlinelevel0 A heading\par\pard\s0 Some \b bold\b0  text{\footnote A note of words.} and more.\par"
    r"\trowd\cellx2000\cellx4000 one\cell two\cell\row\pard last\line line\par}"
)
OPEN = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.text">
<office:body><office:text><text:h text:outline-level="1">Open heading</text:h><text:list><text:list-item>
<text:p>an item</text:p></text:list-item></text:list><text:p>Words<text:note text:note-class="endnote">
<text:note-citation>i</text:note-citation><text:note-body><text:p>An endnote.</text:p></text:note-body></text:note>
 and<text:line-break/>more.</text:p><text:section text:name="s"><text:p>In a section.</text:p></text:section>
</office:text></office:body></office:document>"""
OFFICE: Final = Path(__file__).with_name("office.fodt").read_text(encoding="utf-8")
"""Tracked changes, remarks, fields, lists that go on and begin anew, tables and notes in tables, boxes, a control."""
MARKDOWN = r"""---
title: Ports and harbours
author: [Ada Moor, Bo Quay]
abstract: What the tide leaves behind.
lang: en
---

# First *chapter* {#one}

A first paragraph with **strong**, *emphasis*, `code`, ~~struck~~, H~2~O, x^2^, [a link](https://example.org/a?b=c), a
note[^n] and one more.^[Told where it is cited.]

A second paragraph, see [the table](#one). "Quoted."

[^n]: The note has two paragraphs.

    This is the second.

- tight one
- tight two
    1. inner a
    2. inner b

        A paragraph of inner b.

1. loose one

2. loose two

> A quotation of one paragraph.
>
> And another.

## Code and definitions

```python
def f(x):
    return x + 1
```

Term
:   Its meaning.

Other term
:   Its other meaning.

| Left | Right | Centre |
|:-----|------:|:------:|
| a    | 1.5   | c      |
| b    | 22    | d      |

: A caption of a table {#tbl}

![A caption of a figure](chart.png)

A formula $a^2 + b^2$ in a line, and one below:

$$ \frac{p}{q} = \sqrt{2} $$

***

| Line one
| Line two

- [ ] to do
- [x] done
"""


def by_libreoffice(text: str, suffix: str) -> Callable[[Path], Path]:
    """A way to make a Word file: LibreOffice opens a text of some kind and saves it."""

    def make(folder: Path) -> Path:
        source = folder / f"source{suffix}"
        source.write_text(text, encoding="utf-8")
        return validators.libreoffice_docx([source], folder)[source]

    return make


def by_pandoc(folder: Path) -> Path:
    pypandoc = pytest.importorskip("pypandoc", reason="pandoc is not installed: pip install 'octavo[bench]'")
    made = folder / "pandoc.docx"
    text = MARKDOWN.replace("chart.png", CHART.as_posix())
    pypandoc.convert_text(text, "docx", format="markdown", outputfile=str(made))
    return made


def by_pandoc_and_libreoffice(folder: Path) -> Path:
    made = by_pandoc(folder)
    return validators.libreoffice_docx([made], folder / "again")[made]


def by_python_docx(folder: Path) -> Path:
    """The default template of python-docx is one that Word made, with the names that Word gives its styles."""
    import docx

    document = docx.Document()
    document.add_heading("The title", 0)
    document.add_heading("A heading", 1)
    document.add_paragraph("Some text, then ").add_run("bold").bold = True
    document.add_heading("A deeper heading", 2)
    for text in ("first", "second"):
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph("deep", style="List Bullet 2")
    for text in ("one", "two", "three"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Said by somebody.", style="Intense Quote")
    table = document.add_table(rows=2, cols=3, style="Light Grid Accent 1")
    for number, cell in enumerate(table._cells):
        cell.text = f"cell {number}"
    table.rows[1].cells[0].merge(table.rows[1].cells[1])
    document.add_picture(str(CHART))
    document.add_paragraph("What the picture shows", style="Caption")
    document.add_page_break()  # type: ignore[no-untyped-call]
    remarked = document.add_paragraph("Remarked upon.")
    document.add_comment(remarked.runs, text="Is that so?", author="An editor")
    stream = io.BytesIO()
    document.save(stream)
    made = folder / "python.docx"
    made.write_bytes(stream.getvalue())
    return made


WAYS: Final[dict[str, tuple[Callable[[Path], Path], dict[type, int]]]] = {
    "a web page by LibreOffice": (
        by_libreoffice(PAGE, ".html"),
        {nodes.Section: 2, nodes.List: 3, nodes.Table: 1, nodes.Quote: 1, nodes.CodeBlock: 1, nodes.Link: 1},
    ),
    "rich text by LibreOffice": (
        by_libreoffice(RICH, ".rtf"),
        # The only heading is the title.
        {nodes.Section: 0, nodes.Footnote: 1, nodes.Table: 1, nodes.Strong: 1},
    ),
    "an open document by LibreOffice": (
        by_libreoffice(OPEN, ".fodt"),
        {nodes.Section: 0, nodes.List: 1, nodes.Footnote: 1},
    ),
    "what an office makes by LibreOffice": (
        by_libreoffice(OFFICE, ".fodt"),
        {nodes.Section: 4, nodes.List: 5, nodes.Table: 2, nodes.Footnote: 2, nodes.CrossReference: 1, nodes.Link: 1},
    ),
    "Markdown by pandoc": (
        by_pandoc,
        {
            nodes.Section: 2, nodes.List: 4, nodes.Footnote: 2, nodes.Table: 1, nodes.Figure: 1, nodes.Quote: 1,
            nodes.CodeBlock: 1, nodes.Definitions: 1, nodes.Formula: 1, nodes.Divider: 1, nodes.Link: 2,
        },
    ),
    "Markdown by pandoc and LibreOffice": (
        by_pandoc_and_libreoffice,
        {nodes.Section: 2, nodes.Footnote: 2, nodes.Table: 1, nodes.Figure: 1, nodes.Quote: 1, nodes.CodeBlock: 1},
    ),
    "Word's own template by python-docx": (
        by_python_docx,
        {nodes.Section: 2, nodes.List: 3, nodes.Quote: 1, nodes.Table: 1, nodes.Figure: 1, nodes.PageBreak: 1},
    ),
}  # fmt: skip
"""How a Word file is made, and how many nodes of some kinds its document has."""


@pytest.mark.parametrize("way", WAYS)
def test_a_file_of_another_program_comes_in_with_all_its_words(way: str, tmp_path: Path) -> None:
    make, wanted = WAYS[way]
    made = make(tmp_path)
    words = words_of_file(made.read_bytes())
    assert words.total() > 10
    document = parse(made).document
    assert not words - words_of_tree(document)
    counts = Counter(type(node) for node in walk(document))
    assert {kind: counts[kind] for kind in wanted} == wanted


def test_pandocs_title_block_lists_and_links(tmp_path: Path) -> None:
    document = parse(by_pandoc(tmp_path)).document
    assert document.metadata.title == "Ports and harbours"
    assert [author.name for author in document.metadata.authors] == ["Ada Moor", "Bo Quay"]
    first = one_of(document, nodes.Section)
    assert (first.id, plain_text(first.title)) == ("one", "First chapter")
    inner = next(each for each in found(document, nodes.List) if each.ordered)
    assert [len(item.content) for item in inner.items] == [1, 2]
    tasks = found(document, nodes.List)[-1]
    assert [item.checked for item in tasks.items] == [False, True]


def test_lists_of_an_office_go_on_and_begin_anew(tmp_path: Path) -> None:
    lists = found(parse(by_libreoffice(OFFICE, ".fodt")(tmp_path)).document, nodes.List)
    assert [(each.start, len(each.items)) for each in lists] == [(1, 2), (1, 2), (3, 1), (1, 2), (1, 1)]


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    said = [each.code for each in parse(by_python_docx(tmp_path)).diagnostics]
    assert "comment-left-out" in said


def found(document: Document, kind: type[N]) -> list[N]:
    return [node for node in walk(document) if isinstance(node, kind)]


def one_of(document: Document, kind: type[N]) -> N:
    return found(document, kind)[0]
