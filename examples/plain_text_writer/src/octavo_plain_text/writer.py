"""The writer: title and byline, then a rule for each kind of block, then the notes.

A block becomes a list of lines. What holds blocks asks for their lines in a narrower measure and indents them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final

from octavo.diagnostics import Diagnostic, warning
from octavo.edition import Output
from octavo.theme.style import Medium
from octavo.transforms.resolved import Index
from octavo.tree import nodes
from octavo.tree.metadata import Metadata
from octavo.writers.protocol import Manuscript

WIDTH: Final = 72
Lines = list[str]


class PlainTextWriter:
    """Writes UTF-8 text. See `octavo.writers.protocol.Writer`."""

    name: ClassVar[str] = "text"
    suffix: ClassVar[str] = ".txt"
    medium: ClassVar[Medium] = Medium.SCREEN
    needs_layout: ClassVar[bool] = False

    def write(self, manuscript: Manuscript) -> Output:
        """Return the edition."""
        resolved = manuscript.resolved
        page = _Page(resolved.index)
        lines = [
            *_opening(resolved.document.metadata, resolved.index),
            *page.blocks(resolved.document.content, WIDTH),
            *page.notes(),
        ]
        return Output(("\n".join(lines).strip("\n") + "\n").encode(), tuple(page.diagnostics))


def _opening(metadata: Metadata, index: Index) -> Lines:
    issue = f"{index.terms.number} {metadata.issue}" if metadata.issue else ""
    series = " · ".join(filter(None, (metadata.publisher, metadata.series, issue, index.date)))
    byline = ", ".join(author.name for author in metadata.authors)
    head = (metadata.title.upper(), metadata.subtitle, byline)
    return [
        *_wrapped(series, WIDTH),
        "",
        *(line for each in head if each for line in _wrapped(each, WIDTH)),
        "",
    ]


class _Page:
    """Turns nodes into lines, and remembers what could not be shown."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.diagnostics: list[Diagnostic] = []

    def blocks(self, content: Iterable[nodes.Block], width: int) -> Lines:
        """Return the lines of some blocks, an empty one between any two."""
        lines: Lines = []
        for block in content:
            made = BLOCKS[type(block)](self, block, width)
            if made:
                lines += [*made, ""]
        return lines[:-1]

    def notes(self) -> Lines:
        """Return the notes, each under its mark."""
        lines: Lines = []
        for note in self.index.notes:
            lines += ["", *_hung(f"[{note.mark}] ", self.blocks(note.footnote.content, WIDTH - 5))]
        return ["", *_underlined(self.index.terms.notes, "-"), *lines] if lines else []

    def inlines(self, content: Sequence[nodes.Inline]) -> str:
        """Return the text of some inlines."""
        return "".join(self.inline(each) for each in content)

    def inline(self, inline: nodes.Inline) -> str:
        """Return the text of one inline: a note's mark, an image's alternative text, else what it holds."""
        match inline:
            case nodes.Text() | nodes.Code() | nodes.Math() | nodes.CrossReference() | nodes.Citation():
                return inline.text
            case nodes.LineBreak():
                return "\n"
            case nodes.Footnote():
                return f"[{self.index.note_by_key[inline.key].mark}]"
            case nodes.Image():
                hint = "its alternative text stands in its place"
                self.diagnostics.append(
                    warning(
                        "image-left-out", f"plain text cannot show `{inline.source}`", inline.position, hint
                    )
                )
                return "" if inline.decorative else f"[{inline.alt}]"
            case nodes.Link() if not inline.target.startswith("#"):
                words = self.inlines(inline.content)
                return words if words == inline.target else f"{words} <{inline.target}>"
            case nodes.Emphasis():
                return f"_{self.inlines(inline.content)}_"
            case _:
                return self.inlines(inline.content)

    def section(self, node: nodes.Section, width: int) -> Lines:
        number = self.index.numbers.get(node.key, "")
        title = f"{number}  {self.inlines(node.title)}" if number else self.inlines(node.title)
        rule = "=" if self.index.levels[node.key] == 1 else "-"
        return [*_underlined(title, rule), "", *self.blocks(node.content, width)]

    def paragraph(self, node: nodes.Paragraph, width: int) -> Lines:
        return _wrapped(self.inlines(node.content), width)

    def group(self, node: nodes.Group, width: int) -> Lines:
        title = [self.inlines(node.title).upper(), ""] if node.title else []
        return _boxed([*title, *self.blocks(node.content, width - 2)])

    def quote(self, node: nodes.Quote, width: int) -> Lines:
        return _indented([*self.blocks(node.content, width - 4), *self._attribution(node.attribution)], 4)

    def pull_quote(self, node: nodes.PullQuote, width: int) -> Lines:
        # Words that stand elsewhere in the text too need not be read twice.
        if node.repeats:
            return []
        return _indented(
            [*_wrapped(self.inlines(node.content), width - 8), *self._attribution(node.attribution)], 8
        )

    def list(self, node: nodes.List, width: int) -> Lines:
        lines: Lines = []
        for count, item in enumerate(node.items, start=node.start):
            task = "" if item.checked is None else "[x] " if item.checked else "[ ] "
            mark = f"{count}. {task}" if node.ordered else f"* {task}"
            lines += _hung(mark, self.blocks(item.content, width - len(mark)) or [""])
            lines += [] if node.tight else [""]
        return lines if node.tight else lines[:-1]

    def definitions(self, node: nodes.Definitions, width: int) -> Lines:
        lines: Lines = []
        for entry in node.entries:
            lines += [self.inlines(term) for term in entry.terms]
            for content in entry.content:
                lines += _indented(self.blocks(content, width - 4), 4)
        return lines

    def figure(self, node: nodes.Figure, width: int) -> Lines:
        credit = _wrapped(self.inlines(node.credit), width)
        return [*self.blocks(node.content, width), *self._caption(node.key, node.caption, width), *credit]

    def table(self, node: nodes.Table, width: int) -> Lines:
        """Give every row a paragraph, its cells separated by bars: it reads well aloud and at any width."""
        caption = self._caption(node.key, node.caption, width)
        head = [self._row(row) for row in node.head]
        rows = [self._row(row) for body in node.bodies for row in body.rows] + [
            self._row(row) for row in node.foot
        ]
        lines = [line for row in head for line in _wrapped(row, width)]
        lines += ["-" * width] if head else []
        lines += [line for row in rows for line in _wrapped(row, width)]
        return [*caption, *lines, *self.blocks(node.notes, width)]

    def code(self, node: nodes.CodeBlock, width: int) -> Lines:
        return [*_indented(node.text.split("\n"), 4), *self._caption(node.key, node.caption, width)]

    def formula(self, node: nodes.Formula, _width: int) -> Lines:
        return _indented(node.text.split("\n"), 4)

    def divider(self, _node: nodes.Divider, width: int) -> Lines:
        return ["* * *".center(width).rstrip()]

    def bibliography(self, node: nodes.Bibliography, width: int) -> Lines:
        return [
            line
            for each in node.entries
            for line in _hung("  ", _wrapped(self.inlines(each.content), width - 2))
        ]

    def contents(self, node: nodes.Contents, _width: int) -> Lines:
        title = self.inlines(node.title)
        match node.kind:
            case nodes.ContentsKind.HEADINGS:
                entries = [
                    "  " * each.level + f"{each.number} {self.inlines(each.title)}".strip()
                    for each in self.index.headings
                    if each.level <= node.depth
                ]
            case nodes.ContentsKind.FIGURES:
                entries = [f"  {each.label}: {self.inlines(each.caption)}" for each in self.index.figures]
            case nodes.ContentsKind.TABLES:
                entries = [f"  {each.label}: {self.inlines(each.caption)}" for each in self.index.tables]
            case nodes.ContentsKind.LISTINGS:
                entries = [f"  {each.label}: {self.inlines(each.caption)}" for each in self.index.listings]
        return [title, *entries]

    def nothing(self, _node: nodes.Notes | nodes.PageBreak, _width: int) -> Lines:
        """Notes stand at the end anyway, and text without pages has no page breaks."""
        return []

    def _attribution(self, content: Sequence[nodes.Inline]) -> Lines:
        return [f"— {self.inlines(content)}"] if content else []

    def _caption(self, key: int, caption: nodes.Caption | None, width: int) -> Lines:
        label = self.index.labels.get(key, "")
        words = self.inlines(caption.content) if caption else ""
        return _wrapped(". ".join(filter(None, (label, words))), width)

    def _row(self, row: nodes.Row) -> str:
        return " | ".join(" ".join(self.blocks(cell.content, WIDTH)) for cell in row.cells)


BLOCKS: Final[Mapping[type[nodes.Block], Callable[[_Page, Any, int], Lines]]] = {
    nodes.Section: _Page.section,
    nodes.Paragraph: _Page.paragraph,
    nodes.Group: _Page.group,
    nodes.Quote: _Page.quote,
    nodes.PullQuote: _Page.pull_quote,
    nodes.List: _Page.list,
    nodes.Definitions: _Page.definitions,
    nodes.Figure: _Page.figure,
    nodes.Table: _Page.table,
    nodes.CodeBlock: _Page.code,
    nodes.Formula: _Page.formula,
    nodes.Divider: _Page.divider,
    nodes.Bibliography: _Page.bibliography,
    nodes.Notes: _Page.nothing,
    nodes.Contents: _Page.contents,
    nodes.PageBreak: _Page.nothing,
}
"""One rule for every kind of block; octavo's tests hold the like of it complete against the union."""


def _wrapped(text: str, width: int) -> Lines:
    """Break text into lines; a no-break space holds, for `textwrap` breaks at ASCII spaces only."""
    return [
        line
        for part in text.split("\n")
        for line in textwrap.wrap(part, max(width, 20), break_long_words=False, break_on_hyphens=False)
    ]


def _indented(lines: Lines, count: int) -> Lines:
    return [f"{' ' * count}{line}" if line else "" for line in lines]


def _hung(mark: str, lines: Lines) -> Lines:
    return [mark + lines[0], *_indented(lines[1:], len(mark))] if lines else [mark.rstrip()]


def _boxed(lines: Lines) -> Lines:
    return [f"| {line}".rstrip() for line in lines]


def _underlined(title: str, character: str) -> Lines:
    lines = _wrapped(title, WIDTH)
    return [*lines, character * max(map(len, lines), default=0)]
