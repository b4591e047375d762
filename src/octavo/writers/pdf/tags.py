"""From the document tree to structure elements: one rule for every kind of block and inline.

What a node is comes from `tree.semantics`; the rules only say how its parts nest (ISO 32000-1, 14.8.4, and the
nesting that ISO 14289-1, clause 7, asks for).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any, Final, get_args

from octavo.transforms.resolved import Captioned, Heading, Resolved, StyleUse
from octavo.tree import nodes
from octavo.tree.direction import is_right_to_left
from octavo.tree.nodes import Block, ContentsKind, Inline, ListMarker
from octavo.tree.semantics import StyleKey as S
from octavo.tree.semantics import meaning_of
from octavo.tree.walk import plain_text
from octavo.typeset.frames import Part
from octavo.writers.pdf.elements import Element, Tags
from octavo.writers.pdf.metadata import cleaned, language_tag
from octavo.writers.pdf.table_tags import GridRow, lay_grid

_DEEPEST_HEADING: Final = 6

_NUMBERING: Final[Mapping[ListMarker, str]] = MappingProxyType(
    {
        ListMarker.DECIMAL: "Decimal",
        ListMarker.LOWER_ALPHA: "LowerAlpha",
        ListMarker.UPPER_ALPHA: "UpperAlpha",
        ListMarker.LOWER_ROMAN: "LowerRoman",
        ListMarker.UPPER_ROMAN: "UpperRoman",
    }
)


def build_tags(resolved: Resolved) -> Tags:
    """Return the elements of a document, without content yet, and the way from owners to them."""
    builder = _Builder(resolved)
    if is_right_to_left(builder.language):
        builder.tags.root.leftwards = True
    builder.blocks(resolved.document.content, builder.tags.root)
    return builder.tags


class _Builder:
    """Walks the tree once, with the element that it stands in and the language spoken there."""

    def __init__(self, resolved: Resolved) -> None:
        self.index = resolved.index
        self.media = resolved.media
        self.tags = Tags()
        self.language = language_tag(resolved.document.metadata.language)
        self.captions: list[str] = [""]

    def blocks(self, content: Sequence[Block], parent: Element) -> None:
        for block in content:
            self._apply(block, parent)

    def inlines(self, content: Sequence[Inline], parent: Element) -> None:
        for inline in content:
            self._apply(inline, parent)

    def _apply(self, node: Any, parent: Element) -> None:
        """Apply a node's rule; where its language differs, the element it makes says so."""
        outer = self.language
        spoken = language_tag(node.language)
        differs = bool(spoken) and spoken.casefold() != outer.casefold()
        if not differs:
            RULES[type(node)](self, node, parent)
            return
        siblings, before = parent.children, len(parent.children)
        if type(node) in _WITHOUT_ELEMENT:
            parent = self.tags.child(parent, "Span", node.key)
        self.language = spoken
        RULES[type(node)](self, node, parent)
        self.language = outer
        leftwards = is_right_to_left(spoken)
        turns = type(node) in _BLOCKS and leftwards != is_right_to_left(outer)
        for made in siblings[before:]:
            made.language = spoken
            if turns:
                made.leftwards = leftwards

    def element(self, parent: Element, node: Any, tag: str = "") -> Element:
        """Append the element that a node is, and place the node's content on it."""
        made = self.tags.child(parent, tag or meaning_of(node).pdf, node.key)
        self.tags.place(node.key, made)
        return made

    def styled(self, element: Element, node: Any, key: str, within: str = "") -> Element:
        """Give an element the style of a node; `key` is the style of what the transforms gave none."""
        element.style = self.index.styles.get(node.key) or StyleUse(str(key), within)
        return element

    def style_of(self, node: Any, key: str) -> str:
        """Return the style of a node, as what it holds names its container."""
        found = self.index.styles.get(node.key)
        return found.style if found else str(key)

    def is_shown(self, image: nodes.Image) -> bool:
        """Return whether an image is seen; the alternative text stands in the place of one that could not be read."""
        media = self.media.get(image.source)
        return media is not None and media.width > 0 and media.height > 0

    def part(self, parent: Element, tag: str, key: int, *parts: Part) -> Element:
        """Append an element for parts of a node."""
        made = self.tags.child(parent, tag, key)
        self.tags.place(key, made, parts)
        return made

    def caption(self, caption: nodes.Caption | None, key: int, parent: Element) -> None:
        """Append a caption with the label before it. `key` is that of what it belongs to."""
        made = self.tags.child(parent, "Caption", key)
        label = self.tags.child(made, "Lbl", key)
        self.tags.place(key, label, (Part.LABEL,))
        if caption is not None:
            self.tags.place(caption.key, made)
            self.styled(made, caption, S.CAPTION)
            self.tags.place(caption.key, label, (Part.LABEL,))
            self.inlines(caption.content, made)


# Blocks ------------------------------------------------------------------------------------------------------------


def _section(builder: _Builder, node: nodes.Section, parent: Element) -> None:
    sect = builder.element(parent, node)
    level = min(builder.index.levels.get(node.key, 1), _DEEPEST_HEADING)
    heading = builder.part(sect, f"H{level}", node.key, Part.CONTENT, Part.TITLE)
    builder.styled(heading, node, f"heading-{level}")
    builder.part(heading, "Lbl", node.key, Part.LABEL)
    builder.inlines(node.title, heading)
    builder.blocks(node.content, sect)


def _paragraph(builder: _Builder, node: nodes.Paragraph, parent: Element) -> None:
    only = node.content[0] if len(node.content) == 1 else None
    if isinstance(only, nodes.Image) and builder.is_shown(only):
        builder.inlines(node.content, parent)
        if parent.children and parent.children[-1].tag == "Figure":
            builder.tags.place(node.key, parent.children[-1])
            parent.children[-1].in_line = False
        return
    made = builder.styled(builder.element(parent, node), node, S.PARAGRAPH)
    if made.style == parent.style:
        made.style = None  # the box of a cell or a note is drawn once
    builder.inlines(node.content, made)


def _group(builder: _Builder, node: nodes.Group, parent: Element) -> None:
    made = builder.styled(builder.element(parent, node), node, S.GROUP)
    made.title = cleaned(plain_text(node.title))
    title = builder.part(made, "P", node.key, Part.TITLE, Part.LABEL)
    title.style = StyleUse(S.GROUP_TITLE, builder.style_of(node, S.GROUP))
    builder.inlines(node.title, title)
    builder.blocks(node.content, made)


def _quote(builder: _Builder, node: nodes.Quote, parent: Element) -> None:
    made = builder.styled(builder.element(parent, node), node, S.QUOTE)
    builder.blocks(node.content, made)
    _attribution(builder, node, made, S.QUOTE)


def _attribution(
    builder: _Builder, node: nodes.Quote | nodes.PullQuote, parent: Element, within: str
) -> None:
    made = builder.part(parent, "P", node.key, Part.ATTRIBUTION)
    made.style = StyleUse(S.ATTRIBUTION, within)
    builder.inlines(node.attribution, made)


def _pull_quote(builder: _Builder, node: nodes.PullQuote, parent: Element) -> None:
    made = builder.styled(builder.element(parent, node), node, S.PULL_QUOTE)
    builder.inlines(node.content, builder.part(made, "P", node.key, Part.CONTENT))
    _attribution(builder, node, made, S.PULL_QUOTE)


def _list(builder: _Builder, node: nodes.List, parent: Element) -> None:
    made = builder.styled(builder.element(parent, node), node, S.LIST)
    made.numbering = _NUMBERING[builder.index.marker_of(node)] if node.ordered else "Disc"
    for item in node.items:
        entry = builder.element(made, item)
        builder.part(entry, "Lbl", item.key, Part.LABEL)
        body = builder.part(entry, "LBody", item.key, Part.CONTENT)
        entry.language = _language_of(builder, item)
        builder.blocks(item.content, body)


def _definitions(builder: _Builder, node: nodes.Definitions, parent: Element) -> None:
    made = builder.element(parent, node)
    made.numbering = "None"
    for definition in node.entries:
        entry = builder.element(made, definition)
        term = builder.part(entry, "Lbl", definition.key, Part.TERM, Part.LABEL)
        term.style = StyleUse(S.TERM)
        entry.language = _language_of(builder, definition)
        for each in definition.terms:
            builder.inlines(each, term)
        body = builder.part(entry, "LBody", definition.key, Part.CONTENT)
        for content in definition.content:
            builder.blocks(content, body)


def _figure(builder: _Builder, node: nodes.Figure, parent: Element) -> None:
    made = builder.styled(builder.element(parent, node), node, S.FIGURE)
    builder.captions.append(cleaned(plain_text(node.caption)) if node.caption else "")
    builder.blocks(node.content, made)
    builder.captions.pop()
    builder.caption(node.caption, node.key, made)
    credit = builder.part(made, "P", node.key, Part.CREDIT)
    use = made.style or StyleUse(S.FIGURE)
    credit.style = StyleUse(S.CREDIT, use.within or use.style)
    builder.inlines(node.credit, credit)


def _table(builder: _Builder, node: nodes.Table, parent: Element) -> None:
    outer = builder.tags.child(parent, "Div", node.key) if node.notes else parent
    made = builder.styled(builder.element(outer, node), node, S.TABLE)
    made.summary = cleaned(node.alt)
    builder.caption(node.caption, node.key, made)
    rows = iter(lay_grid(node))
    # A head needs a body beside it (ISO 32000-1, 14.8.4.3.4); where there is none, the rows stand alone.
    grouped = any(body.rows for body in node.bodies)
    _rows(builder, tuple(islice(rows, len(node.head))), made, "THead" if grouped else "")
    for body in node.bodies:
        _rows(builder, tuple(islice(rows, len(body.rows))), made, "TBody")
    _rows(builder, tuple(rows), made, "TFoot" if grouped else "")
    builder.blocks(node.notes, outer)


def _rows(builder: _Builder, rows: Sequence[GridRow], table: Element, tag: str) -> None:
    """Append a run of rows, in a group of their own where one is named."""
    if not rows:
        return
    group = builder.tags.child(table, tag, table.node) if tag else table
    for row in rows:
        line = builder.tags.child(group, "TR", row.key)
        builder.tags.place(row.key, line)
        line.kept = True
        for place in row.places:
            made = builder.tags.child(
                line, "TH" if place.scope else "TD", place.cell.key if place.cell else 0
            )
            made.kept, made.scope = True, place.scope
            made.row_span, made.column_span = place.row_span, place.column_span
            if place.cell is not None:
                builder.tags.place(place.cell.key, made)
                builder.styled(made, place.cell, S.TABLE_HEAD if tag == "THead" else S.TABLE_CELL)
                made.language = _language_of(builder, place.cell)
                builder.blocks(place.cell.content, made)


def _code_block(builder: _Builder, node: nodes.CodeBlock, parent: Element) -> None:
    outer = parent
    if node.caption is not None:
        outer = builder.tags.child(parent, "Div", node.key)
        builder.caption(node.caption, node.key, outer)
    line = builder.styled(builder.tags.child(outer, "P", node.key), node, S.CODE_BLOCK)
    if is_right_to_left(builder.language) and not node.language:
        line.leftwards = False
    builder.element(line, node)


def _formula(builder: _Builder, node: nodes.Formula, parent: Element) -> None:
    line = builder.styled(builder.part(parent, "P", node.key, Part.LABEL), node, S.FORMULA)
    builder.element(line, node).alternative = cleaned(node.text)


def _decoration(builder: _Builder, node: nodes.Divider | nodes.PageBreak, parent: Element) -> None:  # noqa: ARG001
    builder.tags.place(node.key, None)


def _bibliography(builder: _Builder, node: nodes.Bibliography, parent: Element) -> None:
    made = builder.element(parent, node)
    made.numbering = "None"
    for each in node.entries:
        entry = builder.element(made, each)
        entry.language = _language_of(builder, each)
        builder.part(entry, "Lbl", each.key, Part.LABEL)
        body = builder.styled(
            builder.part(entry, "LBody", each.key, Part.CONTENT), each, S.BIBLIOGRAPHY_ENTRY
        )
        builder.inlines(each.content, body)


def _notes(builder: _Builder, node: nodes.Notes, parent: Element) -> None:
    builder.part(builder.element(parent, node), "P", node.key, Part.TITLE)


def _contents(builder: _Builder, node: nodes.Contents, parent: Element) -> None:
    title = builder.part(parent, "P", node.key, Part.TITLE)
    title.style = StyleUse(S.CONTENTS_TITLE)
    builder.inlines(node.title, title)
    lists: list[Element] = [builder.element(parent, node)]
    items: list[Element] = []
    for key, level in _listed(builder, node):
        while len(lists) > level:
            lists.pop()
            items.pop()
        while len(lists) < level:
            lists.append(builder.tags.child(items[-1], "TOC", node.key))
        item = builder.tags.child(lists[-1], "TOCI", key)
        item.style = StyleUse((S.CONTENTS_1, S.CONTENTS_2, S.CONTENTS_3)[min(level, 3) - 1])
        link = builder.tags.child(builder.tags.child(item, "Reference", key), "Link", key)
        builder.tags.place_entry(node.key, key, link)
        items[level - 1 :] = [item]


def _listed(builder: _Builder, node: nodes.Contents) -> list[tuple[int, int]]:
    """Return key and level of what a table of contents lists; levels begin at 1 and never skip."""
    index = builder.index
    found: tuple[Heading | Captioned, ...]
    match node.kind:
        case ContentsKind.HEADINGS:
            found = tuple(each for each in index.headings if each.level <= node.depth)
        case ContentsKind.FIGURES:
            found = index.figures
        case ContentsKind.TABLES:
            found = index.tables
        case ContentsKind.LISTINGS:
            found = index.listings
    listed: list[tuple[int, int]] = []
    for each in found:
        level = each.level if isinstance(each, Heading) else 1
        listed.append((each.key, min(level, listed[-1][1] + 1 if listed else 1)))
    return listed


# Inlines -----------------------------------------------------------------------------------------------------------


def _leaf(builder: _Builder, node: Any, parent: Element) -> None:
    builder.tags.place(node.key, parent)


def _mark(builder: _Builder, node: Any, parent: Element) -> None:
    """A mark changes the look of its text and stays in the element around it."""
    builder.tags.place(node.key, parent)
    builder.inlines(node.content, parent)


def _inline(builder: _Builder, node: Any, parent: Element) -> None:
    builder.inlines(node.content, builder.element(parent, node))


def _code(builder: _Builder, node: nodes.Code, parent: Element) -> None:
    builder.element(parent, node)


def _reference(builder: _Builder, node: nodes.CrossReference | nodes.Citation, parent: Element) -> None:
    builder.element(builder.tags.child(parent, "Reference", node.key), node)


def _footnote(builder: _Builder, node: nodes.Footnote, parent: Element) -> None:
    """The note follows the reference to it, wherever on the page it is painted (ISO 14289-1, 7.9)."""
    mark = builder.tags.child(parent, "Reference", node.key)
    builder.part(mark, "Link", node.key, Part.MARK)
    note = builder.element(parent, node)
    note.identifier, note.kept = f"note-{node.key}", True
    note.style = StyleUse(S.FOOTNOTE)
    builder.part(note, "Lbl", node.key, Part.LABEL)
    builder.blocks(node.content, note)


def _image(builder: _Builder, node: nodes.Image, parent: Element) -> None:
    if node.decorative:
        builder.tags.place(node.key, None)
        return
    if not builder.is_shown(node):
        builder.element(parent, node, "Span")
        return
    made = builder.element(parent, node)
    made.in_line = True
    made.alternative = cleaned(node.alt) or builder.captions[-1]
    if not made.alternative:
        made.alternative = cleaned(node.source) or "image"
        builder.tags.unnamed.append(made)


def _math(builder: _Builder, node: nodes.Math, parent: Element) -> None:
    builder.element(parent, node).alternative = cleaned(node.text)


def _language_of(builder: _Builder, node: nodes.AnyNode) -> str:
    spoken = language_tag(node.language)
    return "" if spoken.casefold() == builder.language.casefold() else spoken


Rule = Callable[[_Builder, Any, Element], None]

RULES: Final[Mapping[type[Any], Rule]] = MappingProxyType(
    {
        nodes.Section: _section,
        nodes.Paragraph: _paragraph,
        nodes.Group: _group,
        nodes.Quote: _quote,
        nodes.PullQuote: _pull_quote,
        nodes.List: _list,
        nodes.Definitions: _definitions,
        nodes.Figure: _figure,
        nodes.Table: _table,
        nodes.CodeBlock: _code_block,
        nodes.Formula: _formula,
        nodes.Divider: _decoration,
        nodes.Bibliography: _bibliography,
        nodes.Notes: _notes,
        nodes.Contents: _contents,
        nodes.PageBreak: _decoration,
        nodes.Text: _leaf,
        nodes.Emphasis: _mark,
        nodes.Strong: _mark,
        nodes.SmallCaps: _mark,
        nodes.Superscript: _mark,
        nodes.Subscript: _mark,
        nodes.Deleted: _mark,
        nodes.Code: _code,
        nodes.Quoted: _inline,
        nodes.Link: _inline,
        nodes.CrossReference: _reference,
        nodes.Citation: _reference,
        nodes.Footnote: _footnote,
        nodes.Image: _image,
        nodes.Math: _math,
        nodes.LineBreak: _leaf,
        nodes.Span: _inline,
    }
)
"""A rule for each kind of block and inline; a test holds it complete."""

_BLOCKS: Final = frozenset(get_args(Block))
_WITHOUT_ELEMENT: Final = frozenset(kind for kind, rule in RULES.items() if rule in (_leaf, _mark))
