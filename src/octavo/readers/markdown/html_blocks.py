"""Raw HTML to blocks: headings, lists, tables, quotations, code, figures. Nothing is Markdown in it."""

from __future__ import annotations

import html as entities
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from markdown_it.token import Token

from octavo.diagnostics import Position
from octavo.readers.attributes import Attributes
from octavo.readers.markdown import html
from octavo.readers.markdown.anchors import settle_anchors
from octavo.readers.markdown.html_tables import read_table
from octavo.readers.markdown.html_tree import Child, Element, Run, tree_of
from octavo.readers.markdown.inlines import report_silent, report_tag
from octavo.readers.markdown.lines import Placement, placement_of
from octavo.readers.markdown.sections import Entry, Heading, without_headings
from octavo.tree.nodes import (
    Block,
    Caption,
    CodeBlock,
    Definition,
    Definitions,
    Divider,
    Figure,
    Image,
    Inline,
    List,
    ListItem,
    ListMarker,
    Paragraph,
    Quote,
    Span,
    Strong,
    Text,
)

if TYPE_CHECKING:
    from octavo.readers.markdown.blocks import BlockReader

_DIVISIONS: Final = """
address article aside body center details dialog div fieldset footer form head header html legend main menu nav search
section
"""
_TRANSPARENT: Final = frozenset(_DIVISIONS.split())
"""Elements whose content stands for itself."""
_MARKERS: Final = {
    "1": ListMarker.DECIMAL,
    "a": ListMarker.LOWER_ALPHA,
    "A": ListMarker.UPPER_ALPHA,
    "i": ListMarker.LOWER_ROMAN,
    "I": ListMarker.UPPER_ROMAN,
}


class HtmlReader:
    """Reads one block of raw HTML."""

    def __init__(self, owner: BlockReader, token: Token) -> None:
        self.owner = owner
        self.source = token.content
        line = (token.map or [0])[0]
        self.where: Placement = placement_of(owner.lines, self.source.rstrip("\n"), line)
        self._fragments: Mapping[int, list[Token]] = token.meta.get("fragments", {})
        self._ranges: Sequence[tuple[int, int]] = token.meta.get("ranges", ())

    def read(self) -> list[Entry]:
        """Return the blocks and headings, and report what shows nothing or is not understood."""
        tree = tree_of(self.source)
        for offset, part in tree.silent:
            if any(start <= offset < end for start, end in self._ranges):
                continue
            report_silent(self.owner.report, part, self.where.at(offset))
        return self.entries(tree.children)

    def entries(self, children: Sequence[Child]) -> list[Entry]:
        """Return the blocks and headings of some children."""
        found: list[Entry] = []
        for child in children:
            if isinstance(child, Run):
                found.extend(self._paragraph(child))
            else:
                found.extend(self._identified(child, _READERS.get(child.name, _unknown)(self, child)))
        return settle_anchors(found)

    def blocks(self, element: Element, where: str) -> tuple[Block, ...]:
        """Return the blocks of an element that holds no sections; what has empty lines in it is Markdown."""
        tokens = self._fragments.get(element.inside)
        if tokens is not None:
            return without_headings(self.owner.entries(tokens), self.owner.report, where)
        return without_headings(self.entries(element.children), self.owner.report, where)

    def inlines(self, tokens: list[Token]) -> tuple[Inline, ...]:
        """Return the nodes of a run."""
        return self.owner.inline_reader.read(tokens, self.where)

    def line(self, element: Element) -> tuple[Inline, ...]:
        """Return all text of an element as one run."""
        return self.inlines(list(_tokens(element)))

    def place(self, element: Element) -> Position:
        """Return where an element begins."""
        return self.where.at(element.offset)

    def common(self, element: Element) -> dict[str, Any]:
        """Return the fields that every node has."""
        return self.owner.use.common(Attributes(element.attributes.get("id", ""), (), element.attributes))

    def _identified(self, element: Element, entries: list[Entry]) -> list[Entry]:
        """Put the id of an element without a node of its own before what it holds."""
        anchor = element.attributes.get("id", "")
        if not anchor or any(each.id == anchor for each in entries):
            return entries
        place = self.place(element)
        mark = Paragraph(content=(Span(content=(), id=anchor, position=place),), position=place)
        return [mark, *entries]

    def _paragraph(self, run: Run) -> list[Entry]:
        content = self.inlines(run.tokens)
        if not any(not isinstance(each, Text) or each.text.strip() for each in content):
            return []
        return [Paragraph(content=content, position=self.where.at(run.tokens[0].meta["at"]))]

    # Elements -----------------------------------------------------------------------------------------------------

    def _transparent(self, element: Element) -> list[Entry]:
        return self.entries(element.children)

    def _summary(self, element: Element) -> list[Entry]:
        content, place = self.line(element), self.place(element)
        strong = Strong(content=content, position=place)
        return [Paragraph(content=(strong,), position=place, **self.common(element))] if content else []

    def _heading(self, element: Element) -> list[Entry]:
        title, level = self.line(element), int(element.name[1])
        if not title:
            return []
        return [Heading(level=level, title=title, position=self.place(element), **self.common(element))]

    def _divider(self, element: Element) -> list[Entry]:
        return [Divider(position=self.place(element))]

    def _quote(self, element: Element) -> list[Entry]:
        content = self.blocks(element, "a quotation")
        return (
            [Quote(content=content, position=self.place(element), **self.common(element))] if content else []
        )

    def _items(self, element: Element) -> list[Entry]:
        items: list[ListItem] = []
        for child in element.children:
            if isinstance(child, Element) and child.name == "li":
                content, place = self.blocks(child, "a list"), self.place(child)
                items.append(ListItem(content=content, position=place, **self.common(child)))
            else:
                stray = without_headings(self.entries([child]), self.owner.report, "a list")
                items.extend([ListItem(content=stray, position=stray[0].position)] if stray else [])
        if not items:
            return []
        start = element.attributes.get("start", "")
        return [
            List(
                items=tuple(items),
                ordered=element.name == "ol",
                start=int(start) if start.isdecimal() and len(start) < 9 else 1,
                marker=_MARKERS.get(element.attributes.get("type", "")),
                position=self.place(element),
                **self.common(element),
            )
        ]

    def _definitions(self, element: Element) -> list[Entry]:
        found: list[tuple[Position, list[tuple[Inline, ...]], list[tuple[Block, ...]]]] = []
        for child in _parts(element, "div"):
            if isinstance(child, Element) and child.name == "dt":
                if not found or found[-1][2]:
                    found.append((self.place(child), [], []))
                found[-1][1].append(self.line(child))
                continue
            content = without_headings(
                self.entries(child.children if isinstance(child, Element) else [child]),
                self.owner.report,
                "a definition",
            )
            if content and not found:
                found.append((content[0].position or self.place(element), [()], []))
            if content:
                found[-1][2].append(content)
        entries = tuple(
            Definition(terms=tuple(terms), content=tuple(content), position=place)
            for place, terms, content in found
        )
        if not entries:
            return []
        return [Definitions(entries=entries, position=self.place(element), **self.common(element))]

    def _code(self, element: Element) -> list[Entry]:
        text = self.source[element.inside : element.end]
        shown = "".join(
            entities.unescape(part) if kind == "text" else "\n" if part[:3].lower() == "<br" else ""
            for kind, _, part in html.pieces(text)
        )
        language = ""
        for kind, _, part in html.pieces(text):
            tag = html.tag_of(part) if kind == "tag" and "class" in part.lower() else None
            for each in tag.attributes.get("class", "").split() if tag else ():
                if each.startswith(("language-", "lang-")):
                    language = language or each.partition("-")[2]
        return [
            CodeBlock(
                text=shown.removeprefix("\n").rstrip("\n"),
                code_language=language,
                position=self.place(element),
                **self.common(element),
            )
        ]

    def _figure(self, element: Element) -> list[Entry]:
        captions = [
            each for each in element.children if isinstance(each, Element) and each.name == "figcaption"
        ]
        content = without_headings(
            self.entries([each for each in element.children if each not in captions]),
            self.owner.report,
            "a figure",
        )
        caption = tuple(each for one in captions for each in self.line(one))
        images = [one for each in content if isinstance(each, Paragraph) for one in each.content]
        if not images or not all(isinstance(each, Image) for each in images):
            place = self.place(element)
            return [*content, *([Paragraph(content=caption, position=place)] if caption else [])]
        return [
            Figure(
                content=content,
                caption=Caption(content=caption, position=self.place(captions[0])) if caption else None,
                numbered=None if caption else False,
                position=self.place(element),
                **self.common(element),
            )
        ]

    def _table(self, element: Element) -> list[Entry]:
        return read_table(self, element)


def _unknown(reader: HtmlReader, element: Element) -> list[Entry]:
    report_tag(reader.owner.report, element.name, reader.place(element))
    return reader.entries(element.children)


def _parts(element: Element, through: str) -> list[Child]:
    """Return the children of an element, those of the elements of one name within it among them."""
    found: list[Child] = []
    for child in element.children:
        found.extend(child.children if isinstance(child, Element) and child.name == through else [child])
    return found


def _tokens(element: Element) -> list[Token]:
    found: list[Token] = []
    for child in element.children:
        more = child.tokens if isinstance(child, Run) else _tokens(child)
        if more and found:
            found.append(Token("text", "", 0, content=" ", meta={"at": more[0].meta["at"]}))
        found.extend(more)
    return found


_READERS: Final[Mapping[str, Callable[[HtmlReader, Element], list[Entry]]]] = {
    **dict.fromkeys(_TRANSPARENT, HtmlReader._transparent),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), HtmlReader._heading),
    # Parts that stand alone, outside of what they are parts of.
    **dict.fromkeys(
        ("li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "figcaption"),
        HtmlReader._transparent,
    ),
    "p": HtmlReader._transparent,
    "summary": HtmlReader._summary,
    "hr": HtmlReader._divider,
    "blockquote": HtmlReader._quote,
    "ul": HtmlReader._items,
    "ol": HtmlReader._items,
    "dir": HtmlReader._items,
    "dl": HtmlReader._definitions,
    "pre": HtmlReader._code,
    "figure": HtmlReader._figure,
    "table": HtmlReader._table,
    "colgroup": HtmlReader._transparent,
    "col": HtmlReader._transparent,
}
