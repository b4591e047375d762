"""What the rules share while they write: the index, the plan of files, the classes in use, the notes still to come.

A scribe writes one e-book from its first file to its last. It keeps what the other parts are made of: which styles,
marks and images are used, where the printed pages begin, and what was lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol, get_args

import msgspec

from octavo.diagnostics import Diagnostic, Position, warning
from octavo.theme.style import StyleSheet
from octavo.transforms.resolved import Index, Note, Resolved, StyleUse
from octavo.tree import nodes
from octavo.tree.semantics import StyleKey
from octavo.typeset.frames import Layout
from octavo.writers.epub.breaks import Cursor, PageMark, PageMarks
from octavo.writers.epub.chunks import Chunk, Plan
from octavo.writers.epub.images import Images
from octavo.writers.epub.markup import attribute, direction, fragment, is_language, quoted

PLAIN: Final = StyleUse(StyleKey.PARAGRAPH)


def css_name(name: str) -> str:
    """Return a style's name as a class (CSS Syntax 3, 4.2: an identifier)."""
    made = re.sub(r"[^\w-]", "-", name)
    return made if made[:1].isalpha() else f"s-{made}"


class Use(msgspec.Struct, frozen=True):
    """A style as an element has it. `kind`: a `text` element holds inlines and has all of its style's properties; a
    `box` holds blocks and has those of the box; `bare` holds inlines within a box of the same style."""

    element: str
    style: str
    within: str
    kind: str

    @property
    def name(self) -> str:
        """The class: the style's name, with its container's before it where the two make a style of their own."""
        base = css_name(f"{self.within}--{self.style}" if self.within else self.style)
        return f"{base}-blocks" if self.kind == "box" and self.element in ("td", "th") else base


class WriteInline(Protocol):
    """A rule for an inline: returns its markup."""

    def __call__(self, scribe: Scribe, node: Any, /) -> str:
        """Write one inline."""


_INLINES: Final = get_args(nodes.Inline)


class Scribe:
    """Writes blocks into `out`. `blocks` and `inlines` are the tables of rules, handed in so that rules may nest."""

    def __init__(
        self,
        resolved: Resolved,
        styles: StyleSheet,
        plan: Plan,
        layout: Layout | None,
        rules: tuple[Mapping[type, Callable[[Scribe, Any], None]], Mapping[type, WriteInline]],
    ) -> None:
        self.resolved = resolved
        self.index: Index = resolved.index
        self.styles = styles
        self.plan = plan
        self.layout = layout
        self.chunk: Chunk = plan.chunks[0]
        self.out: list[str] = []
        self.images = Images(resolved.media)
        self.uses: dict[Use, None] = {}
        self.voices: dict[tuple[Use, tuple[str, ...]], set[str]] = {}
        """The characters set in each style, and in the marks nested in it: what fonts are asked for."""
        self.diagnostics: dict[Diagnostic, None] = {}
        self.pictures: list[nodes.Image] = []
        """The images shown that are not mere decoration."""
        self.pending: list[Note] = []
        self.cited_in: dict[int, Chunk] = {}
        self.note_places: dict[int, tuple[Chunk, str]] = {}
        """Where the notes stand, by their keys, once they are written."""
        self.contents_place = ""
        """The address of the first table of contents in the text."""
        self.landmarks: dict[tuple[str, str], int] = {}
        """How many groups of a name each file has so far: what has a name is a landmark, and those are told apart."""
        self.level = 0
        self.shift = 1 if resolved.document.metadata.title else 0
        """Section headings stand below the document's title, which is the first heading."""
        self.label = ""
        """The label of the figure that is being written, for images without a text of their own."""
        self.opening = (0, 0)
        """The key of the paragraph that begins with a drop initial, and how many lines deep that is."""
        self.within_references = False
        self.names_formulas = False
        """Whether formulas bear their source as a label too: where nothing else has a name."""
        self.formula_letters: set[str] = set()
        """The characters of all formulas."""
        self.language = resolved.document.metadata.language
        self.leftwards = direction(self.language) == "rtl"
        self.turns = self.leftwards
        self.both = False
        """Whether some block runs against the text's direction."""
        self.cursor: Cursor | None = None
        self.chain: tuple[str, ...] = ()
        self.leaf = Use("p", StyleKey.PARAGRAPH, "", "text")
        self.linking = False
        self.deferred: list[str] = []
        """Marks of notes that are cited within a link: they follow it, because links do not nest."""
        self._rules, self._inline_rules = rules
        self._classes: dict[tuple[str, str, str, str], tuple[str, Use]] = {}
        self._names = set(resolved.index.anchors)
        self._links: dict[str, str] = {}
        self.marks = PageMarks(())

    # Names and addresses -------------------------------------------------------------------------------------------

    def new_name(self, base: str) -> str:
        """Return an identifier that nothing else has, `base` if it is free."""
        base = "".join(each if each.isalnum() or each in "-_." else "-" for each in base)
        name, count = base, 1
        while name in self._names:
            count += 1
            name = f"{base}-{count}"
        self._names.add(name)
        return name

    def address(self, anchor: str) -> str:
        """Return the escaped address of an anchor from the file being written; empty where there is no such anchor."""
        key = self.index.anchors.get(anchor)
        return "" if key is None else self.address_of(self.plan.chunk_of(key), anchor)

    def address_of(self, chunk: Chunk, identifier: str) -> str:
        """Return the escaped address of an identifier in a file."""
        here = "" if chunk is self.chunk else chunk.name
        return f"{here}#{fragment(identifier)}"

    def backlink_name(self, note: str) -> str:
        """Return the identifier of the place that cites a note."""
        name = self._links.get(note)
        if name is None:
            name = self._links[note] = self.new_name(f"ref-{note}")
        return name

    # Attributes ----------------------------------------------------------------------------------------------------

    def common(self, node: nodes.AnyNode) -> str:
        """Return the attributes that any node may have: its identifier and its language."""
        if not node.id and not node.language:
            return ""
        identifier = f' id="{quoted(node.id)}"' if node.id else ""
        if node.language and not isinstance(node, _INLINES):
            self.both = self.both or (direction(node.language) == "rtl") != self.leftwards
        return identifier + self.speaking(node.language)

    def speaking(self, language: str) -> str:
        """Return the attributes of a language, where one is named."""
        if not language or not is_language(language):
            return ""
        way = direction(language)
        self.turns = self.turns or way == "rtl"
        turned = f' dir="{way}"' if self.turns else ""
        return f' lang="{language}" xml:lang="{language}"{turned}'

    def rightwards(self, common: str) -> str:
        """Return the attributes of code, with its direction where text runs to the left: code runs to the right, unless
        its language says otherwise."""
        return f'{common} dir="ltr"' if self.leftwards and " dir=" not in common else common

    def style_use(self, node: nodes.AnyNode, default: StyleKey = StyleKey.PARAGRAPH) -> StyleUse:
        """Return the style that the transforms gave a node."""
        return self.index.styles.get(node.key) or StyleUse(default)

    def use(self, element: str, style: str, within: str = "", kind: str = "text") -> tuple[str, Use]:
        """Take a style into use and return the class attribute for it."""
        key = (element, style, within, kind)
        known = self._classes.get(key)
        if known is None:
            pair = within if (within, style) in self.styles.within else ""
            use = Use(element, style, pair, kind)
            self.uses[use] = None
            known = self._classes[key] = (f' class="{quoted(use.name)}"', use)
        return known

    def class_of(self, element: str, node: nodes.AnyNode, default: StyleKey, kind: str = "box") -> str:
        """Return the class attribute for a node's element."""
        style = self.style_use(node, default)
        return self.use(element, style.style, style.within, kind)[0]

    # Writing -------------------------------------------------------------------------------------------------------

    def blocks(self, blocks: tuple[nodes.Block, ...]) -> None:
        """Write blocks one after another."""
        rules = self._rules
        for block in blocks:
            rules[type(block)](self, block)

    def inlines(self, content: tuple[nodes.Inline, ...]) -> str:
        """Return the markup of inlines."""
        rules = self._inline_rules
        if len(content) == 1:
            only = content[0]
            return rules[type(only)](self, only)
        return "".join([rules[type(node)](self, node) for node in content])

    def text(
        self,
        content: tuple[nodes.Inline, ...],
        known: tuple[str, Use],
        *,
        key: int = 0,
        attributes: str = "",
        around: tuple[str, str] = ("", ""),
    ) -> None:
        """Write one element of text, with the marks of printed pages that begin at or within it.

        `around` is markup that octavo puts before and after the content: numbers, labels, the inner element.
        """
        before, after = around
        class_attribute, use = known
        element = use.element
        self.leaf, self.chain = use, ()
        if key and self.marks.next_key <= key:
            markup = self._with_marks(content, key, before)
        else:
            markup = before + self.inlines(content)
        self.say(use, (), markup)
        self.out.append(f"<{element}{class_attribute}{attributes}>{markup}{after}</{element}>\n")

    def say(self, use: Use, chain: tuple[str, ...], text: str) -> None:
        """Take account of the characters that stand in a style, within marks."""
        known = self.voices.get((use, chain))
        if known is None:
            known = self.voices[use, chain] = set()
        known.update(text)

    def _with_marks(self, content: tuple[nodes.Inline, ...], key: int, before: str) -> str:
        """Return the markup of a text in which printed pages begin."""
        outside, inside = self.marks_at(key)
        if not inside:
            return outside + before + self.inlines(content)
        self.cursor = Cursor(inside)
        markup = self.inlines(content)
        left = self.cursor.rest()
        self.cursor = None
        return outside + before + markup + left

    def marks_at(self, key: int) -> tuple[str, list[PageMark]]:
        """Take the marks at a block: the markup of those before it, and those inside of it."""
        taken = self.marks.before(key, self.chunk.name, within=True)
        inside = [mark for mark in taken if mark.key == key and mark.offset]
        outside = "".join(mark.markup() for mark in taken if not (mark.key == key and mark.offset))
        return outside, inside

    def marks_between(self, key: int) -> None:
        """Write the marks that stand before a block as blocks of their own: a heading's name must not hold them."""
        if self.marks.next_key <= key:
            taken = self.marks.before(key, self.chunk.name)
            self.out.extend(f"{mark.markup('div')}\n" for mark in taken)

    def marks_below(self, key: int) -> str:
        """Return the marks that stand before the attribution of a quotation, or before the credit of a figure."""
        taken = self.marks.below(key, self.chunk.name)
        return "".join(mark.markup() for mark in taken)

    def heading_element(self, below: int = 0) -> str:
        """Return the element of a heading at the present depth."""
        return f"h{min(6, max(1, self.level + self.shift + below))}"

    def anchor(self, node: nodes.AnyNode) -> None:
        """Write nothing but the place of a node that has nothing to show, where something may refer to it."""
        if node.id:
            self.out.append(f'<div id="{quoted(node.id)}"></div>\n')

    def lose(self, code: str, message: str, position: Position | None, hint: str = "") -> None:
        """Report a loss."""
        self.diagnostics.setdefault(warning(code, message, position, hint))

    def named(self, node: nodes.AnyNode, prefix: str) -> tuple[str, str]:
        """Return an identifier for a part of a node, and the attribute that sets it."""
        name = self.new_name(f"{prefix}-{node.id or node.key}")
        return name, attribute("id", name)


def initial_class(deep: int) -> str:
    """Return the class of a paragraph whose first letter is so many lines deep."""
    return f"drop-initial-{deep}"
