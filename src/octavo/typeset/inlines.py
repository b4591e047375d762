"""From nested inlines to a flat row of stretches, each with everything that its letters need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, assert_never

import msgspec

from octavo.diagnostics import Diagnostic, Position, info
from octavo.fonts.shape import Setting, Shaper
from octavo.theme.style import Mark, Style
from octavo.transforms.resolved import Resolved
from octavo.tree import nodes
from octavo.tree.semantics import MEANINGS, MarkKey
from octavo.tree.walk import plain_text
from octavo.typeset.frames import Owner, Ownership, Part, Picture
from octavo.typeset.textstyle import TextStyle, marked, text_style, type_spec

UNKNOWN_PAGE: Final = "00"
"""What stands for a page number until the pages are known: as wide as most."""


class LinkTarget(msgspec.Struct, frozen=True):
    """Where a run leads."""

    target: str
    owner: Owner
    description: str


class Run:
    """What a stretch of letters shares: compared by identity, made once per inline node."""

    __slots__ = ("language", "link", "owner", "scale", "setting", "space", "spoken", "style")

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


class Stretch(msgspec.Struct, frozen=True):
    """A row of characters in one run, or a picture, or a forced break. `offset` counts in the block's plain text."""

    run: Run
    text: str
    offset: int
    position: Position | None = None
    note: int = 0
    anchor: int = 0
    picture: Picture | None = None
    breaks: bool = False


class Inliner:
    """Flattens inlines for one pass of the typesetter. `page_labels` maps ids to folios, as far as they are known."""

    def __init__(self, resolved: Resolved, marks: Mapping[str, Mark], shaper: Shaper) -> None:
        self.page_labels: Mapping[str, str] = {}
        self.diagnostics: dict[tuple[str, Position | None], Diagnostic] = {}
        self._resolved = resolved
        self._marks = marks
        self._shaper = shaper
        self._language = resolved.document.metadata.language
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
            inner, inside = self._inside(node, run)
            if inside is not None:
                stack.append((iter(inside), inner))
                continue
            stretches.append(self._leaf(node, inner, offset, measure))
            offset += len(node.text) if isinstance(node, _SAID) else isinstance(node, nodes.LineBreak)
        return stretches

    def _inside(self, node: nodes.Inline, run: Run) -> tuple[Run, tuple[nodes.Inline, ...] | None]:
        """Return the run within a node, and its content where it holds inlines."""
        match node:
            case nodes.Text():
                return (self._within(node, run, run.style) if node.language else run), None
            case nodes.LineBreak():
                return run, None
            case (
                nodes.Emphasis()
                | nodes.Strong()
                | nodes.SmallCaps()
                | nodes.Superscript()
                | nodes.Subscript()
                | nodes.Deleted()
                | nodes.Quoted()
            ):
                return self._within(node, run, self.mark(run.style, MEANINGS[type(node)].style)), node.content
            case nodes.Span():
                return self._within(node, run, self.mark(run.style, node.style)), node.content
            case nodes.Link():
                description = node.title or plain_text(node.content) or node.target
                link = LinkTarget(node.target, _owner(node.key, run), description)
                return self._within(node, run, self.mark(run.style, MarkKey.LINK), link), node.content
            case nodes.CrossReference():
                link = LinkTarget(f"#{node.target}", _owner(node.key, run), self._shown(node))
                return self._within(node, run, self.mark(run.style, MarkKey.LINK), link), None
            case nodes.Citation():
                target = f"#{node.targets[0]}" if node.targets else ""
                link = LinkTarget(target, _owner(node.key, run), node.text) if target else None
                return self._within(node, run, self.mark(run.style, MarkKey.LINK), link), None
            case nodes.Code():
                style = msgspec.structs.replace(
                    self.mark(run.style, MarkKey.CODE), literal=True, hyphenate=False
                )
                return self._within(node, run, style), None
            case nodes.Math():
                style = msgspec.structs.replace(run.style, italic=True, hyphenate=False)
                return self._within(node, run, style), None
            case nodes.Footnote():
                style = self.mark(run.style, MarkKey.FOOTNOTE_MARK)
                owner = Owner(node.key, Part.MARK) if node.key else run.owner
                return self.run(style, owner, run.language, self._note_link(node)), None
            case nodes.Image():
                return self._within(node, run, run.style), None
            case _:
                assert_never(node)

    def _note_link(self, node: nodes.Footnote) -> LinkTarget | None:
        note = self._resolved.index.note_by_key.get(node.key)
        if note is None or not note.id:
            return None
        description = f"{self._resolved.index.terms.notes} {note.mark}"
        return LinkTarget(f"#{note.id}", Owner(node.key, Part.MARK), description)

    def _within(self, node: nodes.Inline, run: Run, style: TextStyle, link: LinkTarget | None = None) -> Run:
        language = node.language or run.language
        tag = MEANINGS[type(node)].pdf
        if isinstance(node, nodes.Span) and not node.language:
            tag = ""
        owner = _owner(node.key, run) if tag else run.owner
        return self.run(style, owner, language, link or run.link)

    def _shown(self, node: nodes.CrossReference) -> str:
        if node.form is nodes.ReferenceForm.PAGE:
            return self.page_labels.get(node.target, UNKNOWN_PAGE)
        return node.text

    def _leaf(self, node: nodes.Inline, run: Run, offset: int, measure: float) -> Stretch:
        match node:
            case nodes.Text() | nodes.Code() | nodes.Citation():
                return Stretch(run, node.text, offset, node.position)
            case nodes.Math():
                self._say_math(node)
                return Stretch(run, node.text, offset, node.position)
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
                raise AssertionError(f"{type(node).__name__} holds inlines and is no leaf")

    def _image(self, node: nodes.Image, run: Run, offset: int, measure: float) -> Stretch:
        """An image that could not be read shows its alternative text; the reader of files has said so."""
        media = self._resolved.media.get(node.source)
        if media is None or media.width <= 0 or media.height <= 0:
            return Stretch(run, node.alt, offset, node.position)
        width = node.width if node.width > 0 else -node.width * measure if node.width < 0 else media.width
        width = min(width, measure)
        picture = Picture(width, width * media.height / media.width, node.source, node.alt, run.owner)
        return Stretch(run, "", offset, node.position, picture=picture)

    def _say_math(self, node: nodes.Math) -> None:
        self.diagnostics.setdefault(
            ("math-as-source", node.position),
            info(
                "math-as-source",
                f"the formula `{node.text[:40]}` is shown as it is written",
                node.position,
                "this edition does not set LaTeX yet",
            ),
        )


_SAID = (nodes.Text, nodes.Code, nodes.CrossReference, nodes.Math)
"""The leaves whose text counts in a block's plain text (see `tree.walk.plain_text`)."""


def _owner(key: int, run: Run) -> Owner:
    """Return the owner of a node with a key of its own; text without keys (metadata) stays with its line's owner."""
    if key:
        return Owner(key)
    return run.owner if isinstance(run.owner, Owner) else Owner(0)
