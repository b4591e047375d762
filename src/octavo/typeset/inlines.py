"""From nested inlines to a flat row of stretches, each with everything that its letters need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

import msgspec

from octavo.diagnostics import Diagnostic, Position, warning
from octavo.fonts.setting import Setting
from octavo.fonts.shape import Shaper
from octavo.theme.style import Mark, Style
from octavo.transforms.resolved import Resolved
from octavo.tree import nodes
from octavo.tree.semantics import MEANINGS, MarkKey
from octavo.tree.walk import plain_text
from octavo.typeset.formula_word import FormulaWord
from octavo.typeset.frames import Owner, Ownership, Part, Picture
from octavo.typeset.textstyle import TextStyle, marked, text_style, type_spec

if TYPE_CHECKING:
    from octavo.typeset.formulas.words import FormulaSetter

UNKNOWN_PAGE: Final = "00"
"""What stands for a page number until the pages are known: as wide as most."""


class LinkTarget(msgspec.Struct, frozen=True):
    """Where a run leads."""

    target: str
    owner: Owner
    description: str


class Run:
    """What a stretch of letters shares: compared by identity, made once per inline node."""

    __slots__ = ("bare", "language", "link", "owner", "scale", "setting", "space", "spoken", "style")

    def __init__(
        self,
        style: TextStyle,
        setting: Setting,
        owner: Ownership,
        language: str,
        spoken: str,
        link: LinkTarget | None,
    ) -> None:
        self.style = style
        self.setting = setting
        self.owner = owner
        self.language = language
        """The language of the text, for hyphens and shaping."""
        self.spoken = spoken
        """The language where it differs from the document's, for the page."""
        self.link = link
        self.scale = style.size / 1000
        self.space = setting.space.width * self.scale
        self.bare = link is None and style.background is None and not style.underline and not style.strike
        """It leads nowhere, and nothing is painted behind or along its letters."""


class Stretch(msgspec.Struct, frozen=True):
    """A row of characters in one run, or a picture, a formula, a forced break. `offset` counts in the block's plain
    text."""

    run: Run
    text: str
    offset: int
    position: Position | None = None
    note: int = 0
    anchor: int = 0
    picture: Picture | None = None
    formula: tuple[FormulaWord, ...] = ()
    breaks: bool = False


class Inliner:
    """Flattens inlines for one pass of the typesetter. `page_labels` maps ids to folios, as far as they are known;
    `tallest` is the greatest height of a picture, in points."""

    def __init__(self, resolved: Resolved, marks: Mapping[str, Mark], shaper: Shaper, tallest: float) -> None:
        self.page_labels: Mapping[str, str] = {}
        self.diagnostics: dict[tuple[str, Position | None], Diagnostic] = {}
        self._resolved = resolved
        self._marks = marks
        self._shaper = shaper
        self._tallest = tallest
        self._language = resolved.document.metadata.language
        self._formulas = _formula_setter(resolved, shaper)
        self._settings: dict[tuple[TextStyle, str], Setting] = {}
        self._marked: dict[tuple[TextStyle, str], TextStyle] = {}
        self._base: dict[int, tuple[Style, TextStyle]] = {}

    def base_style(self, style: Style) -> TextStyle:
        """Return a block style's text properties; the same object each time."""
        found = self._base.get(id(style))
        if found is None:
            found = self._base[id(style)] = (style, text_style(style))
        return found[1]

    def run(self, style: TextStyle, owner: Ownership, language: str, link: LinkTarget | None = None) -> Run:
        """Return a new run. An empty language is the document's."""
        language = language or self._language
        setting = self._settings.get((style, language))
        if setting is None:
            setting = self._settings[style, language] = self._shaper.setting(type_spec(style, language))
        return Run(style, setting, owner, language, "" if language == self._language else language, link)

    def mark(self, style: TextStyle, key: str, mark: Mark | None = None) -> TextStyle:
        """Return the style within a mark; a mark that the theme does not know changes nothing."""
        if mark is not None:
            return marked(style, mark)
        found = self._marked.get((style, key))
        if found is None:
            known = self._marks.get(key)
            found = self._marked[style, key] = marked(style, known) if known is not None else style
        return found

    def flatten(self, content: tuple[nodes.Inline, ...], base: Run, measure: float) -> list[Stretch]:
        """Return the stretches of a paragraph's content; pictures are made to fit the measure, in points."""
        if len(content) == 1 and type(content[0]) is nodes.Text:
            only = content[0]
            return [Stretch(base, only.text, 0, only.position)]
        stretches: list[Stretch] = []
        offset = 0
        stack: list[tuple[Iterator[nodes.Inline], Run]] = [(iter(content), base)]
        while stack:
            inlines, run = stack[-1]
            node = next(inlines, None)
            if node is None:
                stack.pop()
                continue
            if node.id and node.key:
                stretches.append(Stretch(run, "", offset, node.position, anchor=node.key))
            inner = self._inside(node, run)
            if isinstance(node, _HOLDERS):
                stack.append((iter(node.content), inner))
                continue
            stretches.append(self._leaf(node, inner, offset, measure))
            offset += len(node.text) if isinstance(node, _SAID) else isinstance(node, nodes.LineBreak)
        return stretches

    def _inside(self, node: nodes.Inline, run: Run) -> Run:
        """Return the run within a node: its style, its owner, its language, and where it leads."""
        if isinstance(node, nodes.Text | nodes.LineBreak) and not node.language:
            return run
        owner = run.owner
        if isinstance(node, nodes.Footnote):
            owner = Owner(node.key, Part.MARK) if node.key else run.owner
        elif node.language or (MEANINGS[type(node)].pdf and not isinstance(node, nodes.Span)):
            owner = _owner(node.key, run)
        link = self._link(node, owner)
        return self.run(self._styled(node, run.style), owner, node.language or run.language, link or run.link)

    def _styled(self, node: nodes.Inline, style: TextStyle) -> TextStyle:
        match node:
            case nodes.Span():
                return self.mark(style, node.style) if node.style else style
            case nodes.Code():
                code = self.mark(style, MarkKey.CODE)
                return msgspec.structs.replace(code, literal=True, hyphenate=False)
            case nodes.Math() if self._formulas is None or self._formulas.find(node.key, node.text) is None:
                return msgspec.structs.replace(style, italic=True, hyphenate=False)
            case nodes.Footnote():
                return self.mark(style, MarkKey.FOOTNOTE_MARK)
            case _:
                key = MEANINGS[type(node)].style
                return self.mark(style, key) if key else style

    def _link(self, node: nodes.Inline, owner: Ownership) -> LinkTarget | None:
        if not isinstance(owner, Owner):
            return None
        match node:
            case nodes.Link():
                description = node.title or plain_text(node.content) or node.target
                return LinkTarget(node.target, owner, description)
            case nodes.CrossReference():
                return LinkTarget(f"#{node.target}", owner, self._shown(node))
            case nodes.Citation() if node.targets:
                return LinkTarget(f"#{node.targets[0]}", owner, node.text)
            case nodes.Footnote():
                note = self._resolved.index.note_by_key.get(node.key)
                if note is not None and note.id:
                    return LinkTarget(f"#{note.id}", owner, f"{self._resolved.index.terms.notes} {note.mark}")
                return None
            case _:
                return None

    def _shown(self, node: nodes.CrossReference) -> str:
        index = self._resolved.index
        if node.form is nodes.ReferenceForm.PAGE and node.target in index.anchors:
            return f"{index.terms.page}\N{NO-BREAK SPACE}{self.page_labels.get(node.target, UNKNOWN_PAGE)}"
        return node.text

    def _leaf(self, node: _Leaf, run: Run, offset: int, measure: float) -> Stretch:
        match node:
            case nodes.Text() | nodes.Code() | nodes.Citation():
                return Stretch(run, node.text, offset, node.position)
            case nodes.Math():
                return self._math(node, run, offset)
            case nodes.CrossReference():
                return Stretch(run, self._shown(node), offset, node.position)
            case nodes.LineBreak():
                return Stretch(run, "", offset, node.position, breaks=True)
            case nodes.Footnote():
                note = self._resolved.index.note_by_key.get(node.key)
                return Stretch(run, note.mark if note else "*", offset, node.position, note=node.key)
            case nodes.Image():
                return self._image(node, run, offset, measure)
            case _:
                assert_never(node)

    def _image(self, node: nodes.Image, run: Run, offset: int, measure: float) -> Stretch:
        """An image that could not be read shows its alternative text; the reader of files has said so."""
        media = self._resolved.media.get(node.source)
        if media is None or media.width <= 0 or media.height <= 0:
            return Stretch(run, node.alt, offset, node.position)
        width = node.width if node.width > 0 else -node.width * measure if node.width < 0 else media.width
        width = min(width, measure, self._tallest * media.width / media.height)
        picture = Picture(width, width * media.height / media.width, node.source, node.alt, run.owner)
        return Stretch(run, "", offset, node.position, picture=picture)

    def _math(self, node: nodes.Math, run: Run, offset: int) -> Stretch:
        """A formula; its source where it was not understood, which the transforms have said, or cannot be set."""
        formula = self._formulas.find(node.key, node.text) if self._formulas is not None else None
        if formula is None or self._formulas is None:
            return Stretch(run, node.text, offset, node.position)
        words = self._formulas.words(formula, run.setting)
        if not words:
            self.diagnostics.setdefault(
                ("no-math-font", None),
                warning(
                    "no-math-font",
                    "formulas are shown as their source, for no font for mathematics is at hand",
                    node.position,
                    "install the package ziamath, which carries STIX Two Math, or give one by --fonts",
                ),
            )
        return Stretch(run, "" if words else node.text, offset, node.position, formula=words)


def _formula_setter(resolved: Resolved, shaper: Shaper) -> FormulaSetter | None:
    if not resolved.index.formulas:
        return None
    from octavo.typeset.formulas.words import FormulaSetter

    return FormulaSetter(shaper, resolved.index.formulas)


_Leaf: TypeAlias = (
    nodes.Text
    | nodes.Code
    | nodes.CrossReference
    | nodes.Citation
    | nodes.Footnote
    | nodes.Image
    | nodes.Math
    | nodes.LineBreak
)
_HOLDERS = (
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
_SAID = (nodes.Text, nodes.Code, nodes.CrossReference, nodes.Math)
"""The leaves whose text counts in a block's plain text (see `tree.walk.plain_text`)."""


def _owner(key: int, run: Run) -> Owner:
    """Return the owner of a node with a key of its own; text without keys (metadata) stays with its line's owner."""
    if key:
        return Owner(key)
    return run.owner if isinstance(run.owner, Owner) else Owner(0)
