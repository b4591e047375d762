"""Small documents, one for each kind of node, made of words that stand nowhere else."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, get_args

from octavo.diagnostics import Position
from octavo.tree import Document, nodes
from octavo.tree.metadata import Author, Metadata
from octavo.tree.nodes import Block, Inline

PICTURE: Final = "square.png"
PLACE: Final = Position(7, 3, "sample.md")
"""Where every node of a sample stands: a writer that cannot render one says so of this place."""


class Words:
    """Hands out words that are all different, none a part of another, and remembers them in order."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def text(self, count: int = 1) -> nodes.Text:
        """Return a text of some new words."""
        return nodes.Text(text=" ".join(self.word() for _ in range(count)), position=PLACE)

    def word(self) -> str:
        """Return a new word, to be found in what is written."""
        number = len(self.said)
        letters = "".join(
            "bdfgklmnprstvz"[number // 14**each % 14] + "aeiou"[number % 5] for each in range(3)
        )
        self.said.append(f"qu{letters}x")
        return self.said[-1]


Maker = Callable[[Words], Any]


def _paragraph(words: Words) -> nodes.Paragraph:
    return nodes.Paragraph(content=(words.text(2),), position=PLACE)


def _wrapping(kind: Any) -> Maker:
    return lambda words: kind(content=(words.text(),), position=PLACE)


def _row(words: Words, width: int = 2) -> nodes.Row:
    cells = tuple(nodes.Cell(content=(_paragraph(words),), position=PLACE) for _ in range(width))
    return nodes.Row(cells=cells, position=PLACE)


def _table(words: Words) -> nodes.Table:
    caption = nodes.Caption(content=(words.text(),), position=PLACE)
    head = (_row(words),)
    body = nodes.TableBody(rows=(_row(words), _row(words)), position=PLACE)
    return nodes.Table(
        columns=(nodes.Column(), nodes.Column()), caption=caption, head=head, bodies=(body,), position=PLACE
    )


def _figure(words: Words) -> nodes.Figure:
    image = nodes.Image(source=PICTURE, alt="a square", position=PLACE)
    caption = nodes.Caption(content=(words.text(2),), position=PLACE)
    return nodes.Figure(
        content=(nodes.Paragraph(content=(image,), position=PLACE),),
        caption=caption,
        credit=(words.text(),),
        position=PLACE,
    )


def _definitions(words: Words) -> nodes.Definitions:
    entry = nodes.Definition(terms=((words.text(),),), content=((_paragraph(words),),), position=PLACE)
    return nodes.Definitions(entries=(entry,), position=PLACE)


def _bibliography(words: Words) -> nodes.Bibliography:
    entry = nodes.Entry(content=(words.text(3),), id="work", position=PLACE)
    return nodes.Bibliography(entries=(entry,), position=PLACE)


BLOCKS: Final[Mapping[Any, Maker]] = {
    nodes.Section: lambda words: nodes.Section(
        title=(words.text(2),), content=(_paragraph(words),), id="sec", position=PLACE
    ),
    nodes.Paragraph: _paragraph,
    nodes.Group: lambda words: nodes.Group(
        role=nodes.GroupRole.NOTICE, title=(words.text(),), content=(_paragraph(words),), position=PLACE
    ),
    nodes.Quote: lambda words: nodes.Quote(
        content=(_paragraph(words),), attribution=(words.text(),), position=PLACE
    ),
    nodes.PullQuote: lambda words: nodes.PullQuote(content=(words.text(2),), position=PLACE),
    nodes.List: lambda words: nodes.List(
        items=tuple(nodes.ListItem(content=(_paragraph(words),), position=PLACE) for _ in range(2)),
        ordered=True,
        position=PLACE,
    ),
    nodes.Definitions: _definitions,
    nodes.Figure: _figure,
    nodes.Table: _table,
    nodes.CodeBlock: lambda words: nodes.CodeBlock(text=words.word(), position=PLACE),
    nodes.Formula: lambda words: nodes.Formula(text=words.word(), position=PLACE),
    nodes.Divider: lambda _words: nodes.Divider(position=PLACE),
    nodes.Bibliography: _bibliography,
    nodes.Notes: lambda _words: nodes.Notes(position=PLACE),
    nodes.Contents: lambda _words: nodes.Contents(position=PLACE),
    nodes.PageBreak: lambda _words: nodes.PageBreak(position=PLACE),
}
"""A sample of each kind of block."""

INLINES: Final[Mapping[Any, Maker]] = {
    nodes.Text: lambda words: words.text(),
    nodes.Emphasis: _wrapping(nodes.Emphasis),
    nodes.Strong: _wrapping(nodes.Strong),
    nodes.SmallCaps: _wrapping(nodes.SmallCaps),
    nodes.Superscript: _wrapping(nodes.Superscript),
    nodes.Subscript: _wrapping(nodes.Subscript),
    nodes.Deleted: _wrapping(nodes.Deleted),
    nodes.Quoted: _wrapping(nodes.Quoted),
    nodes.Span: _wrapping(nodes.Span),
    nodes.Code: lambda words: nodes.Code(text=words.word(), position=PLACE),
    nodes.Link: lambda words: nodes.Link(
        target="https://example.org/", content=(words.text(),), position=PLACE
    ),
    nodes.CrossReference: lambda _words: nodes.CrossReference(target="sec", position=PLACE),
    nodes.Citation: lambda _words: nodes.Citation(targets=("work",), position=PLACE),
    nodes.Footnote: lambda words: nodes.Footnote(content=(_paragraph(words),), position=PLACE),
    nodes.Image: lambda _words: nodes.Image(source=PICTURE, alt="a square", position=PLACE),
    nodes.Math: lambda words: nodes.Math(text=words.word(), position=PLACE),
    nodes.LineBreak: lambda _words: nodes.LineBreak(position=PLACE),
}
"""A sample of each kind of inline."""


def samples() -> Iterator[tuple[str, Document, tuple[str, ...]]]:
    """Yield (kind, document, words in order) for each kind of node; what is only held by one is not told by itself."""
    for kind in get_args(Block):
        words = Words()
        yield kind.__name__, document((BLOCKS[kind](words), *_targets(words))), tuple(words.said)
    for kind in get_args(Inline):
        words = Words()
        content = (words.text(), nodes.Text(text=" "), INLINES[kind](words))
        paragraph = nodes.Paragraph(content=content, position=PLACE)
        yield kind.__name__, document((paragraph, *_targets(words))), tuple(words.said)


def whole() -> tuple[Document, tuple[str, ...]]:
    """Return a document with every kind of block in it, and its words in order."""
    words = Words()
    kinds = [kind for kind in get_args(Block) if kind not in (nodes.Contents, nodes.Notes)]
    return document(tuple(BLOCKS[kind](words) for kind in kinds)), tuple(words.said)


def document(content: tuple[Any, ...]) -> Document:
    """Return a document with metadata."""
    about = Metadata(
        title="A sample",
        authors=(Author(name="A. Author"),),
        language="en",
        date=datetime.date(2026, 11, 24),
        description="A document to try a writer on.",
    )
    return Document(metadata=about, content=content, source="sample.md")


def picture() -> bytes:
    """Return the image that the samples show."""
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (40, 40), (0, 120, 120)).save(file, "PNG")
    return file.getvalue()


def _targets(words: Words) -> tuple[Any, ...]:
    """What references and citations of a sample lead to."""
    del words
    section = nodes.Section(title=(nodes.Text(text="Target"),), id="sec", position=PLACE)
    entry = nodes.Entry(content=(nodes.Text(text="A work."),), id="work", position=PLACE)
    return section, nodes.Bibliography(entries=(entry,), position=PLACE)
