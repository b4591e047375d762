"""Hypothesis strategies for whole documents: any tree that a reader or a program may make.

    @given(documents())
    def test_writes_every_document(document: Document) -> None: ...

Everything is valid: tables are rectangular with their spans, list items and cells hold blocks, references name ids that
may or may not exist. Text has quotes, dashes, several scripts, marks and long words, and no control characters
(`documents(control_characters=True)` has them).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from octavo.diagnostics import Position
from octavo.tree import Document, nodes
from octavo.tree.metadata import Author, Metadata

IDS = ("", "", "", "sec-one", "fig-costs", "tbl-costs", "note", "schlüssel", "2023", "a b", "one")
LANGUAGES = ("", "", "", "en", "en-US", "de", "fr", "es", "ko", "ar", "tlh")
WORDS = ("trade", "policy", "the", "and", "naïve", "Łódź", '"so"', "don't")
ODD_TEXTS = (
    "",
    " ",
    "…",
    "'",
    '"',
    "'90s",
    'a 6" nail',
    '"it\'s -- "quoted" -- yes"',
    "word---word",
    "...",
    "10 000 km",
    "p. 7",
    "Mr. K",
    "\u00ad\u200b\u2060",
    "שלום עולם",
    "العربية 123",
    "漢字かな交じり文",
    "한국어",
    "👩‍👩‍👧‍👦 🇰🇷",
    "e\u0301\u0323",
    "supercalifragilistic" * 8,
    "https://example.org/a/very/long/address?with=parameters&and=more#fragment",
    "<b>&amp;</b>",
    "]]>",
    "ﬁ ǆ ß İ",
)


def texts(control_characters: bool = False) -> st.SearchStrategy[str]:
    """Texts: ordinary ones and odd ones."""
    excluded: tuple[Any, ...] = () if control_characters else ("Cc", "Cs", "Cn", "Co", "Zl", "Zp")
    alphabet = st.characters(exclude_categories=excluded)
    words = st.lists(st.sampled_from(WORDS), max_size=12)
    return st.one_of(words.map(" ".join), st.sampled_from(ODD_TEXTS), st.text(alphabet, max_size=12))


@st.composite
def documents(draw: st.DrawFn, depth: int = 3, control_characters: bool = False) -> Document:
    """Whole documents, nested to about `depth`."""
    maker = _Maker(draw, texts(control_characters))
    return Document(metadata=draw(metadata()), content=maker.blocks(depth, sections=True), source="made.md")


def metadata() -> st.SearchStrategy[Metadata]:
    """Metadata, from empty to complete."""
    short = texts()
    people = st.builds(Author, name=short.filter(str.strip), affiliation=short, biography=short)
    return st.builds(
        Metadata,
        title=short,
        subtitle=short,
        short_title=short,
        authors=st.lists(people, max_size=2).map(tuple),
        publisher=short,
        series=short,
        issue=st.sampled_from(("", "2023-28", "12")),
        date=st.none() | st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 12, 31)),
        language=st.sampled_from(LANGUAGES),
        keywords=st.lists(short, max_size=3).map(tuple),
        rights=short,
    )


class _Maker:
    """Draws nodes; each method makes one kind."""

    def __init__(self, draw: st.DrawFn, text: st.SearchStrategy[str]) -> None:
        self.draw = draw
        self.text = text

    def one(self, *values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def some(self, least: int, most: int) -> range:
        return range(self.draw(st.integers(least, most)))

    def common(self) -> dict[str, Any]:
        position = self.draw(st.none() | st.builds(Position, st.integers(1, 99), st.integers(1, 99)))
        return {"position": position, "id": self.one(*IDS), "language": self.one(*LANGUAGES)}

    def inlines(self, depth: int, notes: bool = True, least: int = 0) -> tuple[nodes.Inline, ...]:
        return tuple(self.inline(depth, notes) for _ in self.some(least, 4))

    def inline(self, depth: int, notes: bool) -> nodes.Inline:
        text = self.draw(self.text)
        if depth <= 0 or self.one(True, False):
            return nodes.Text(text=text)
        common = self.common()
        kind = self.one(*PLAIN_INLINES, *WRAPPING_INLINES, nodes.Footnote)
        if kind is nodes.Footnote:
            if not notes:
                return nodes.Text(text=text)
            return nodes.Footnote(content=self.blocks(depth - 1, notes=False), **common)
        if kind in PLAIN_INLINES:
            return self.plain_inline(kind, text, common)
        content = self.inlines(depth - 1, notes)
        if kind is nodes.Link:
            target = self.one("https://example.org/?a=b&c", "#sec-one", "#none")
            return nodes.Link(target=target, content=content, **common)
        if kind is nodes.Quoted:
            return nodes.Quoted(content=content, level=self.one(*nodes.QuoteLevel), **common)
        return kind(content=content, **common)  # type: ignore[no-any-return]

    def plain_inline(self, kind: Any, text: str, common: dict[str, Any]) -> nodes.Inline:
        if kind is nodes.CrossReference:
            target = self.one("sec-one", "fig-costs", "tbl-costs", "nowhere")
            return nodes.CrossReference(target=target, form=self.one(*nodes.ReferenceForm), **common)
        if kind is nodes.Citation:
            return nodes.Citation(
                targets=(self.one("one", "nowhere"),), locator=self.one("", "p. 3"), **common
            )
        if kind is nodes.Image:
            return nodes.Image(source="chart.png", alt=text, decorative=self.one(True, False), **common)
        if kind is nodes.LineBreak:
            return nodes.LineBreak()
        return kind(text=text, **common)  # type: ignore[no-any-return]

    def blocks(self, depth: int, *, notes: bool = True, sections: bool = False) -> tuple[nodes.Block, ...]:
        return tuple(self.block(depth, notes, sections) for _ in self.some(0, 4))

    def block(self, depth: int, notes: bool, sections: bool) -> nodes.Block:
        common = self.common()
        kinds = (nodes.Paragraph, nodes.Paragraph, nodes.Section, nodes.Section, *DEEP_BLOCKS, *DEEP_BLOCKS)
        kind = self.one(*kinds) if depth > 0 else nodes.Paragraph
        if kind is nodes.Section and sections:
            return nodes.Section(
                title=self.inlines(1, notes),
                content=self.blocks(depth - 1, notes=notes, sections=True),
                role=self.one(*nodes.SectionRole),
                numbered=self.one(None, True, False),
                **common,
            )
        if kind in (nodes.Paragraph, nodes.Section):
            return nodes.Paragraph(content=self.inlines(depth, notes), **common)
        return self.deep_block(kind, depth - 1, notes, common)

    def deep_block(self, kind: Any, depth: int, notes: bool, common: dict[str, Any]) -> nodes.Block:
        makers: dict[Any, Callable[[int, bool], dict[str, Any]]] = {
            nodes.Group: self.group,
            nodes.Quote: lambda depth, notes: {
                "content": self.blocks(depth, notes=notes),
                "attribution": self.inlines(0),
            },
            nodes.PullQuote: lambda _, notes: {
                "content": self.inlines(1, notes),
                "repeats": self.one(True, False),
            },
            nodes.List: self.listing,
            nodes.Definitions: lambda depth, notes: {
                "entries": tuple(self.definition(depth, notes) for _ in self.some(0, 2))
            },
            nodes.Figure: self.figure,
            nodes.Table: self.table,
            nodes.Bibliography: lambda *_: {
                "entries": tuple(self.entry(number) for number in self.some(0, 3))
            },
            nodes.Contents: lambda *_: {"kind": self.one(*nodes.ContentsKind), "title": self.inlines(0)},
            nodes.CodeBlock: lambda *_: {
                "text": self.draw(self.text),
                "code_language": self.one("", "python"),
            },
            nodes.Formula: lambda *_: {"text": self.draw(self.text)},
        }
        fields = makers[kind](depth, notes) if kind in makers else {}
        return kind(**fields, **common)  # type: ignore[no-any-return]

    def group(self, depth: int, notes: bool) -> dict[str, Any]:
        role = self.one(*nodes.GroupRole)
        return {
            "role": role,
            "style": "lead" if role is nodes.GroupRole.CUSTOM else "",
            "title": self.inlines(1, notes),
            "content": self.blocks(depth, notes=notes),
        }

    def figure(self, depth: int, notes: bool) -> dict[str, Any]:
        image = nodes.Image(source="chart.png", alt=self.draw(self.text))
        content = (nodes.Paragraph(content=(image,)), *self.blocks(depth - 1, notes=notes))
        return {"content": content, "caption": self.caption(notes), "credit": self.inlines(0)}

    def entry(self, number: int) -> nodes.Entry:
        return nodes.Entry(
            content=self.inlines(1, False), id=f"work-{number}", label=self.one("", "3", "Li 2020")
        )

    def caption(self, notes: bool) -> nodes.Caption | None:
        return nodes.Caption(content=self.inlines(1, notes)) if self.one(True, False) else None

    def listing(self, depth: int, notes: bool) -> dict[str, Any]:
        items = tuple(
            nodes.ListItem(content=self.blocks(depth, notes=notes), checked=self.one(None, None, True, False))
            for _ in self.some(0, 3)
        )
        marker = self.one(*nodes.ListMarker)
        return {"items": items, "ordered": self.one(True, False), "start": self.one(1, 7), "marker": marker}

    def definition(self, depth: int, notes: bool) -> nodes.Definition:
        terms = tuple(self.inlines(1, notes) for _ in self.some(1, 2))
        return nodes.Definition(
            terms=terms, content=tuple(self.blocks(depth, notes=notes) for _ in self.some(1, 2))
        )

    def table(self, depth: int, notes: bool) -> dict[str, Any]:
        width = self.one(1, 2, 3)
        return {
            "columns": tuple(nodes.Column(align=self.one("", "left", "decimal")) for _ in range(width)),
            "head": self.rows(width, 0, notes) if self.one(True, False) else (),
            "bodies": tuple(nodes.TableBody(rows=self.rows(width, depth, notes)) for _ in self.some(0, 2)),
            "caption": self.caption(notes),
        }

    def rows(self, width: int, depth: int, notes: bool) -> tuple[nodes.Row, ...]:
        height = self.one(1, 2, 3)
        free = [[True] * width for _ in range(height)]
        rows = []
        for line in range(height):
            cells = []
            for column in range(width):
                if not free[line][column]:
                    continue
                wide = self.one(1, 1, 2)
                wide = wide if column + wide <= width and all(free[line][column : column + wide]) else 1
                tall = min(self.one(1, 1, 2), height - line)
                for below in range(line, line + tall):
                    free[below][column : column + wide] = [False] * wide
                cells.append(
                    nodes.Cell(content=self.blocks(depth, notes=notes), row_span=tall, column_span=wide)
                )
            rows.append(nodes.Row(cells=tuple(cells)))
        return tuple(rows)


PLAIN_INLINES = (nodes.Code, nodes.CrossReference, nodes.Citation, nodes.Image, nodes.Math, nodes.LineBreak)
WRAPPING_INLINES = (
    nodes.Emphasis,
    nodes.Strong,
    nodes.SmallCaps,
    nodes.Superscript,
    nodes.Subscript,
    nodes.Deleted,
    nodes.Quoted,
    nodes.Link,
    nodes.Span,
)
DEEP_BLOCKS = (
    nodes.Group,
    nodes.Quote,
    nodes.PullQuote,
    nodes.List,
    nodes.Definitions,
    nodes.Figure,
    nodes.Table,
    nodes.CodeBlock,
    nodes.Formula,
    nodes.Divider,
    nodes.Bibliography,
    nodes.Notes,
    nodes.Contents,
    nodes.PageBreak,
)
