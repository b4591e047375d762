"""What the rules for blocks share: the document's index, the styles, the setter of lines, and where a block stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, Protocol

import msgspec

from octavo.diagnostics import Diagnostic
from octavo.theme.style import Mark, Sides, Style, StyleSheet
from octavo.transforms.resolved import Resolved
from octavo.tree import nodes
from octavo.tree.direction import is_right_to_left
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.tree.walk import walk
from octavo.typeset.boxes import NO_BORDER, Boxes
from octavo.typeset.frames import FontUse, Owner, Ownership, Part
from octavo.typeset.geometry import text_area
from octavo.typeset.line import Highlight, Label, Line

NARROWEST: Final = 40.0
"""No indent makes a measure narrower than this, in points."""


class LineSetter(Protocol):
    """What sets text in lines; `typeset.paragraphs.ParagraphSetter` does."""

    def set(
        self,
        content: tuple[nodes.Inline, ...],
        style: Style,
        width: float,
        owner: Owner,
        *,
        label: Label | None = None,
        language: str = "",
    ) -> tuple[Line, ...]:
        """Set inlines as a paragraph."""
        ...

    def line(self, text: str, style: Style, owner: Ownership, mark: Mark | None = None) -> Line:
        """Set text as one line, as wide as it is."""
        ...

    def preformatted(
        self, text: str, style: Style, width: float, owner: Owner, highlights: Sequence[Highlight] = ()
    ) -> tuple[Line, ...]:
        """Set lines of code; `highlights` stand in order and do not overlap."""
        ...

    def measure(self, content: tuple[nodes.Inline, ...], style: Style) -> tuple[float, float]:
        """Return the width of the widest word, and of all of it on one line."""
        ...

    def words(
        self, content: tuple[nodes.Inline, ...], style: Style
    ) -> tuple[tuple[tuple[float, ...], float], ...]:
        """Return how wide everything is that no line ends in, and the space between, for each forced line."""
        ...

    def use_page_labels(self, labels: Mapping[str, str]) -> None:
        """Let references to pages read as the folios given, by id."""
        ...

    def fonts(self) -> tuple[FontUse, ...]:
        """Return the fonts as used until now."""
        ...

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """What there is to say of the text set until now."""
        ...


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where blocks stand: `left` from the column's edge, `width` of what is free there.

    `nested`: within a container, out of which nothing reaches.
    """

    left: float
    width: float
    nested: bool = False
    language: str = ""

    def inside(self, left: float, right: float) -> Place:
        """Return the place within indents, which give way where the measure would become too narrow."""
        spare = max(0.0, self.width - min(NARROWEST, self.width))
        left = min(left, spare)
        right = min(right, spare - max(left, 0.0))
        return Place(
            left=self.left + left, width=self.width - left - right, nested=True, language=self.language
        )

    def indented(self, style: Style) -> Place:
        """Return the place within a style's own indents."""
        left, right = style.indent_left, style.indent_right
        if self.nested:
            left, right = max(0.0, left), max(0.0, right)
        if left or right:
            return self.inside(left, right)
        return self

    def speaking(self, language: str) -> Place:
        """Return the place, with text in another language where one is named."""
        if not language or language == self.language:
            return self
        return msgspec.structs.replace(self, language=language)


Rule = Callable[[Any, Place, "Setting"], Boxes]


class Setting:
    """Everything a rule may look up, and the places where it leaves diagnostics. One for each pass over a document."""

    def __init__(
        self,
        resolved: Resolved,
        styles: StyleSheet,
        setter: LineSetter,
        set_blocks: Callable[[Sequence[nodes.Block], Place, Setting], Boxes],
        page_height: float,
    ) -> None:
        self.resolved = resolved
        self.index = resolved.index
        self.styles = styles
        self.setter = setter
        self.page_height = page_height
        """The height of a page's text, in points."""
        self.leftwards = is_right_to_left(resolved.document.metadata.language)
        """The document is written from right to left."""
        self.note_languages: dict[int, str] = {}
        """The language of notes that are cited in what runs against the document; see `mirror`."""
        self.labels: Mapping[int, str] = {}
        """The folio of the page where a key begins, as the pass before found it."""
        self.diagnostics: list[Diagnostic] = []
        self.title_scale = 1.0
        """How much smaller the title is made than the theme says."""
        self.raised = 0.0
        """How much lower the band of a title page is made than the theme says, in points."""
        self.text_width = text_area(1, styles.page).width
        """The width of a page's text over all its columns, in points."""
        self._set_blocks = set_blocks
        self._lines: dict[object, tuple[Line, ...]] = {}
        self._boxes: dict[object, tuple[Boxes, list[Diagnostic]]] = {}
        self._keeping = False
        # By identity, which is quick; the style itself is kept beside, so that no other can take its place.
        self._changed: dict[object, tuple[Style, Style]] = {}
        self._bare: dict[int, tuple[Style, Style]] = {}
        self.repeated = False
        """Whether there may be another pass, so that set lines are worth keeping."""
        self.serial = 0
        self.alike: dict[object, list[float] | None] = {}
        """The widths that the columns of tables with the same heads share, by these tables and their place."""

    def blocks(self, blocks: Sequence[nodes.Block], place: Place) -> Boxes:
        """Return the boxes of blocks that follow one another."""
        return self._set_blocks(blocks, place, self)

    def style_of(self, node: nodes.AnyNode, default: StyleKey = StyleKey.PARAGRAPH) -> Style:
        """Return the style that the transforms gave a node."""
        use = self.index.styles.get(node.key)
        return self.styles.of(use.style, use.within) if use else self.styles.of(default)

    def within(self, key: StyleKey, container: str = "") -> Style:
        """Return a style of octavo's own, within a container."""
        return self.styles.of(key, container)

    def container_of(self, node: nodes.AnyNode) -> str:
        """Return the style key of the container that a node stands in."""
        use = self.index.styles.get(node.key)
        return use.within if use else ""

    def over_columns(self, place: Place) -> Place | None:
        """Return the place over all columns; None where there is one, or where a block stands in another."""
        if self.styles.page.columns <= 1 or place.nested:
            return None
        return msgspec.structs.replace(place, width=self.text_width)

    @contextmanager
    def turned(self) -> Iterator[Place]:
        """Set for a page that is turned: as high as the text is wide; return the place over all of it."""
        height = self.page_height
        self.page_height = self.text_width
        try:
            yield Place(left=0.0, width=height)
        finally:
            self.page_height = height

    def in_margin(self, place: Place) -> Place | None:
        """Return the margin's column; None where there is none, or for a block in another."""
        page = self.styles.page
        if page.margin_column <= 0 or page.columns > 1 or place.nested or place.width > self.text_width:
            return None
        return Place(left=0.0, width=page.margin_column, nested=True, language=place.language)

    def over_margin(self, place: Place) -> Place | None:
        """Return the place over the column and the margin beside it, where all pages have that at the right."""
        page = self.styles.page
        if self.in_margin(place) is None or page.facing:
            return None
        width = place.width + page.margin_column_gap + page.margin_column
        return msgspec.structs.replace(place, width=width)

    def over_outdent(self, place: Place) -> Place | None:
        """Return the place from where running heads begin, where that is outside of the text column."""
        outdent = self.styles.page.running_left
        if outdent >= 0 or self.styles.page.columns > 1 or place.nested or place.width > self.text_width:
            return None
        return msgspec.structs.replace(place, left=place.left + outdent, width=place.width - outdent)

    def mark(self, key: MarkKey) -> Mark | None:
        """Return an inline mark."""
        return self.styles.marks.get(key)

    def next_serial(self) -> int:
        """Return a number that no other call returns."""
        self.serial += 1
        return self.serial

    def lines(
        self,
        content: tuple[nodes.Inline, ...],
        style: Style,
        place: Place,
        owner: Owner,
        label: Label | None = None,
    ) -> tuple[Line, ...]:
        """Return a paragraph's lines; references to pages read as the pass before found them."""
        if not self.repeated or self._keeping or any(map(shows_pages, content)):
            return self.setter.set(content, style, place.width, owner, label=label, language=place.language)
        kept = (owner, style, place.width, label, content)
        lines = self._lines.get(kept)
        if lines is None:
            lines = self.setter.set(content, style, place.width, owner, label=label, language=place.language)
            self._lines[kept] = lines
        return lines

    def kept(self, key: object, content: Iterable[nodes.AnyNode], make: Callable[[], Boxes]) -> Boxes:
        """Return the boxes that `make` makes of some content, with what there is to say of them: those of the pass
        before where there was one, unless the content shows pages. The key stands for the content and its place."""
        if not self.repeated or self._keeping:
            return make()
        found = self._boxes.get(key)
        if found is None:
            if any(map(shows_pages, content)):
                return make()
            before = len(self.diagnostics)
            self._keeping = True
            boxes = make()
            self._keeping = False
            self._boxes[key] = boxes, self.diagnostics[before:]
        else:
            boxes = found[0]
            self.diagnostics += found[1]
        return list(boxes)

    def bare(self, style: Style) -> Style:
        """Return a style with no box of its own, for text whose container has drawn it; the same one each time."""
        found = self._bare.get(id(style))
        if found is None:
            found = self._bare[id(style)] = (style, msgspec.structs.replace(style, **_BARE))
        return found[1]

    def changed(self, style: Style, **changes: Any) -> Style:
        """Return a style with other values; the same object each time."""
        key = (id(style), *changes.items())
        found = self._changed.get(key)
        if found is None:
            found = self._changed[key] = (style, msgspec.structs.replace(style, **changes))
        return found[1]

    def use_labels(self, labels: Mapping[int, str]) -> None:
        """Take the folios that the pass before has found: for contents, and for references to pages."""
        self.labels = labels
        known = {anchor: labels[key] for anchor, key in self.index.anchors.items() if key in labels}
        self.setter.use_page_labels(known)


UNKNOWN_PAGE: Final = "00"
"""What stands for a page number until the pages are known."""
_BARE: Final[Mapping[str, Any]] = {
    "first_line_indent": 0.0,
    "indent_left": 0.0,
    "indent_right": 0.0,
    "space_before": 0.0,
    "space_after": 0.0,
    "padding": Sides(),
    "background": None,
    "border_top": NO_BORDER,
    "border_right": NO_BORDER,
    "border_bottom": NO_BORDER,
    "border_left": NO_BORDER,
    "keep_with_next": False,
    "break_before": "auto",
}


def shows_pages(node: nodes.AnyNode) -> bool:
    """Say whether a node is or holds what shows page numbers: contents, or a reference to a page."""
    return _shows_page(node) or any(map(_shows_page, walk(node)))


def _shows_page(node: nodes.AnyNode) -> bool:
    return isinstance(node, nodes.Contents) or _is_page_reference(node)


def _is_page_reference(node: nodes.AnyNode) -> bool:
    return isinstance(node, nodes.CrossReference) and node.form is nodes.ReferenceForm.PAGE


def has_page_references(resolved: Resolved) -> bool:
    """Say whether the document shows page numbers of its own: contents, or references to pages."""
    return any(map(_shows_page, walk(resolved.document)))


__all__ = ["LineSetter", "Part", "Place", "Rule", "Setting"]
