"""From frames to page contents: one pass over each page, every mark inside a tag or an artifact.

Text is joined, not drawn: a glyph run brings its codes ready to show, and operators are written only where something
changes (ISO 32000-1, 9.4). Where a run of frames belongs to one element it is one marked-content sequence with an
identifier (14.7.4.4); everything else is an artifact of its kind (14.8.2.2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from octavo.typeset.frames import (
    Artifact,
    GlyphRun,
    Layout,
    LinkArea,
    Owner,
    Ownership,
    Page,
    Picture,
    Placed,
    Rectangle,
    TextLine,
)
from octavo.units import Color
from octavo.writers.pdf.elements import Element, Mark, Tags
from octavo.writers.pdf.ink import Ink
from octavo.writers.pdf.objects import number, text_string
from octavo.writers.pdf.spacing import FEWEST_PIECES, FontTexts

_ARTIFACTS: Final[Mapping[Artifact, str]] = {
    Artifact.HEADER: "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC",
    Artifact.FOOTER: "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC",
    Artifact.BACKGROUND: "/Artifact<</Type/Background/BBox[{box}]>>BDC",
    Artifact.LAYOUT: "/Artifact<</Type/Layout>>BDC",
}
TOUCHES: Final = 0.02
"""How near to the trim edge (in points) a background must come to reach into the bleed."""

_NO_SPREAD: Final = 0.0005
"""Character spacing too small to be seen in a line; PDF has no exponents to write less with."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own coordinates."""


class Marked(msgspec.Struct, frozen=True):
    """A marked-content sequence: the element it belongs to, its page, and its identifier there."""

    element: Element
    page: int
    identifier: int


class PaintedLink(msgspec.Struct, frozen=True):
    """A place that can be clicked, on its page; `element` is the Link element that holds it."""

    element: Element
    page: int
    box: Box
    area: LinkArea


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What a painted page holds beside its operators: the images it shows, the owners of its marked content by their
    identifiers, where it can be clicked, and what each owner's picture covers."""

    sources: tuple[str, ...]
    owners: tuple[Owner, ...]
    links: tuple[tuple[Box, LinkArea], ...]
    boxes: tuple[tuple[Owner, Box], ...]


class PaintedPage(msgspec.Struct, frozen=True, kw_only=True):
    """The images that a page shows, and the elements of its marked content by their identifiers."""

    sources: tuple[str, ...]
    elements: tuple[Element, ...]
    links: tuple[PaintedLink, ...]


class Painted(msgspec.Struct, frozen=True, kw_only=True):
    """All pages; `boxes` gives what figures cover on the first page that shows them, by the element's number."""

    pages: tuple[PaintedPage, ...]
    boxes: Mapping[int, tuple[int, Box]]


class Canvas(msgspec.Struct, frozen=True, kw_only=True):
    """What painting depends on: the inks of areas and of text, and the images (source -> name and placement matrix).

    `margin` is the room around the trim box, `bleed` how far backgrounds reach into it, both in points; `image_state`
    is written before each image.
    """

    ink: Ink
    text_ink: Ink
    images: Mapping[str, tuple[str, str]]
    image_state: str = ""
    margin: float = 0.0
    bleed: float = 0.0


def paint(
    layout: Layout, pages: range, tags: Tags, canvas: Canvas, take: Callable[[bytes], None]
) -> tuple[Sheet, ...]:
    """Paint some pages; `take` gets the operators of each as soon as they are made."""
    painter = _Painter(layout, tags, canvas)
    sheets = []
    for at in pages:
        content, sheet = painter.paint(layout.pages[at])
        take(content)
        sheets.append(sheet)
    return tuple(sheets)


def claim(sheets: Sequence[Sheet], tags: Tags) -> Painted:
    """Give what is on all pages to the elements that it belongs to."""
    boxes: dict[int, tuple[int, Box]] = {}
    pages = []
    for at, sheet in enumerate(sheets):
        for owner, box in sheet.boxes:
            number_of_it = _found(tags, owner).number
            first, covered = boxes.get(number_of_it, (at, box))
            if first == at:
                boxes[number_of_it] = (at, _union(covered, box))
        links = []
        for box, area in sheet.links:
            element = tags.link_within(tags.find(area.owner) or tags.root)
            links.append(PaintedLink(element, at, box, area))
        elements = tuple([_found(tags, owner) for owner in sheet.owners])
        pages.append(PaintedPage(sources=sheet.sources, elements=elements, links=tuple(links)))
    return Painted(pages=tuple(pages), boxes=boxes)


def _found(tags: Tags, owner: Owner) -> Element:
    element = tags.find(owner)
    assert element is not None, "content of no element is painted as an artifact"
    return element


class _Inks(dict[Color, str]):
    """The operators of colours that have been met."""

    def __init__(self, ink: Ink) -> None:
        super().__init__()
        self._ink = ink

    def __missing__(self, color: Color) -> str:
        operator = self[color] = self._ink(color)
        return operator


class _Painter:
    """Paints page after page. Keeps the graphics state that the operators of a page so far have made."""

    def __init__(self, layout: Layout, tags: Tags, canvas: Canvas) -> None:
        self.layout, self.tags, self.canvas = layout, tags, canvas
        self.left, self.top = canvas.margin, layout.height + canvas.margin
        self.ink, self.text_ink = _Inks(canvas.ink), _Inks(canvas.text_ink)
        self.texts = FontTexts(layout.fonts)
        # Most lines stand under the one before, at the leading's distance.
        self.moves: dict[tuple[float, float], str] = {}
        self._begin()

    def _begin(self) -> None:
        self.out: list[str] = []
        self.open: Mark | Artifact | None = None
        self.in_text = self.in_word = False
        self.font, self.size, self.spread, self.color = -1, 0.0, 0.0, ""
        self.pen = (0.0, 0.0)
        self.owners: list[Owner] = []
        self.sources: dict[str, None] = {}
        self.links: list[tuple[Box, LinkArea]] = []
        self.boxes: dict[Owner, Box] = {}

    def paint(self, page: Page) -> tuple[bytes, Sheet]:
        """Return the operators of a page, and what else it holds."""
        self._begin()
        for placed, pictures in _by_line(page.frames):
            match placed.frame:
                case TextLine():
                    self._text_line(placed, placed.frame, pictures)
                case Rectangle():
                    self._rectangle(placed, placed.frame)
                case Picture():
                    self._picture(placed, placed.frame)
                case LinkArea():
                    self._link(placed, placed.frame)
        self._end_mark()
        sheet = Sheet(
            sources=tuple(self.sources),
            owners=tuple(self.owners),
            links=tuple(self.links),
            boxes=tuple(self.boxes.items()),
        )
        return "\n".join(self.out).encode("latin-1"), sheet

    def _end_mark(self) -> None:
        """Close the open marked-content sequence."""
        self._leave_text()
        if self.open is not None:
            self.out.append("EMC")

    def _mark(self, target: Mark | Artifact, owner: Ownership, box: str = "", said: str = "") -> None:
        """Close the open marked-content sequence and begin the one that `target`, found for an owner, wants.

        `said` is what its text reads as where that is not what the codes say. It stands in the sequence's own
        properties, for programs lose their way in sequences within sequences, and only a Span is looked into for it.
        """
        self._end_mark()
        self.open, self.in_word = target, bool(said)
        actual = f"/ActualText{text_string(said)}" if said else ""
        if isinstance(target, Mark):
            assert isinstance(owner, Owner)
            tag = "Span" if said else target.tag
            self.out.append(f"/{tag}<</MCID {len(self.owners)}{actual}>>BDC")
            self.owners.append(owner)
        else:
            self.out.append(_ARTIFACTS[target].format(box=box) if box else _ARTIFACTS[target])

    def _target(self, owner: Ownership) -> Mark | Artifact:
        if isinstance(owner, Owner):
            return self.tags.mark(owner) or Artifact.LAYOUT
        return owner

    def _text_line(self, placed: Placed, line: TextLine, pictures: Sequence[Placed]) -> None:
        """Paint a line; the pictures in it are painted where they stand, for that is the order of reading."""
        # Rules come first, so that a background lies under its text.
        for x, y, width, height, color in line.rules:
            self._mark(Artifact.LAYOUT, Artifact.LAYOUT)
            if placed.turned:
                box = self._box(placed.x + y, placed.y - x - width, height, width)
            else:
                box = self._box(placed.x + x, placed.y + y, width, height)
            self._fill(box, color)
        y = self.top - placed.y
        waiting = list(pictures)
        for run in line.runs:
            while waiting and waiting[0].x <= placed.x + run.x + TOUCHES:
                self._show_picture(waiting.pop(0))
            target = self._target(run.owner)
            if target is Artifact.BACKGROUND:
                target = Artifact.LAYOUT
            said = run.reads
            if said is None:
                content = run.content
                # Asked here, since few runs have so many pieces.
                apart = content.count("<") >= len(content) * FEWEST_PIECES
                said = self.texts.spaced_text(run) if apart else ""
            goes_on = self.in_word and run.reads == ""
            if said or (not goes_on and (self.in_word or target is not self.open)):
                self._mark(target, run.owner, said=said)
            if placed.turned:
                self._run(run, self.left + placed.x - run.rise, y + run.x, turned=True)
            else:
                self._run(run, self.left + placed.x + run.x, y + run.rise)
        for each in waiting:
            self._show_picture(each)

    def _run(self, run: GlyphRun, x: float, y: float, *, turned: bool = False) -> None:
        out = self.out
        if not self.in_text:
            out.append("BT")
            self.in_text, self.pen = True, (0.0, 0.0)
        if run.font != self.font or run.size != self.size:
            out.append(f"/F{run.font} {number(run.size)} Tf")
            self.font, self.size = run.font, run.size
        if run.spread != self.spread:
            out.append(f"{run.spread:.4g} Tc" if abs(run.spread) >= _NO_SPREAD else "0 Tc")
            self.spread = run.spread
        ink = self.text_ink[run.color]
        if ink != self.color:
            out.append(ink)
            self.color = ink
        if turned:
            out.append(f"0 1 -1 0 {number(x)} {number(y)} Tm[{run.content}]TJ")
            self._leave_text()
            return
        # What is written is rounded; the next step starts where this one really ended, so errors do not add up.
        old_x, old_y = self.pen
        across, up = round(x - old_x, 2), round(y - old_y, 2)
        self.pen = (old_x + across, old_y + up)
        move = self.moves.get((across, up))
        if move is None:
            move = self.moves[across, up] = f"{number(across)} {number(up)} Td"
        out.append(f"{move}[{run.content}]TJ")

    def _color(self, operator: str) -> None:
        if operator != self.color:
            self.out.append(operator)
            self.color = operator

    def _box(self, x: float, y: float, width: float, height: float) -> Box:
        """Turn a box given by its upper left corner into the page's coordinates, y upwards."""
        left, top = self.left + x, self.top - y
        return (left, top - height, left + width, top)

    def _fill(self, box: Box, color: Color) -> None:
        self._color(self.ink[color])
        left, bottom, right, top = box
        self.out.append(f"{number(left)} {number(bottom)} {number(right - left)} {number(top - bottom)} re f")

    def _rectangle(self, placed: Placed, frame: Rectangle) -> None:
        """Paint a rectangle. Even where a node owns it, it is decoration: what it says is said by the structure."""
        box = self._box(placed.x, placed.y, frame.width, frame.height)
        if frame.bleeds:
            box = self._bled(box)
        kind = frame.owner if isinstance(frame.owner, Artifact) else Artifact.LAYOUT
        if kind is not self.open or kind is Artifact.BACKGROUND:
            self._mark(kind, kind, " ".join(map(number, box)))
        self._leave_text()
        self._fill(box, frame.color)

    def _leave_text(self) -> None:
        if self.in_text:
            self.out.append("ET")
            self.in_text = False

    def _bled(self, box: Box) -> Box:
        """Let a background that touches the trim edge reach to the end of the bleed."""
        bleed, (left, bottom, right, top) = self.canvas.bleed, box
        return (
            left - bleed if left <= self.left + TOUCHES else left,
            bottom - bleed if bottom <= self.left + TOUCHES else bottom,
            right + bleed if right >= self.left + self.layout.width - TOUCHES else right,
            top + bleed if top >= self.top - TOUCHES else top,
        )

    def _show_picture(self, placed: Placed) -> None:
        assert isinstance(placed.frame, Picture)
        self._picture(placed, placed.frame)

    def _picture(self, placed: Placed, frame: Picture) -> None:
        target = self._target(frame.owner)
        if target is Artifact.BACKGROUND:
            target = Artifact.LAYOUT
        size = (frame.height, frame.width) if placed.turned else (frame.width, frame.height)
        box = self._box(placed.x, placed.y, *size)
        if isinstance(target, Mark):
            assert isinstance(frame.owner, Owner)
            self.boxes[frame.owner] = _union(self.boxes.get(frame.owner), box)
        self._mark(target, frame.owner)
        left, bottom, right, top = box
        name, matrix = self.canvas.images.get(frame.source, ("", ""))
        if not name:
            self._fill(box, MISSING)
            return
        self.sources[frame.source] = None
        if placed.turned:
            place = f"0 {number(top - bottom)} {number(left - right)} 0 {number(right)} {number(bottom)} cm"
        else:
            place = f"{number(right - left)} 0 0 {number(top - bottom)} {number(left)} {number(bottom)} cm"
        turn = f"\n{matrix} cm" if matrix else ""
        state = f"{self.canvas.image_state}\n" if self.canvas.image_state else ""
        self.out.append(f"q\n{state}{place}{turn}\n/{name} Do\nQ")

    def _link(self, placed: Placed, frame: LinkArea) -> None:
        self.links.append((self._box(placed.x, placed.y, frame.width, frame.height), frame))


MISSING: Final = Color(230, 230, 230)
"""Stands where an image cannot be shown."""


def _by_line(frames: Sequence[Placed]) -> Iterator[tuple[Placed, Sequence[Placed]]]:
    """Yield the frames of a page, each line of text with the pictures that follow it and reach above its baseline."""
    at = 0
    while at < len(frames):
        placed, at = frames[at], at + 1
        start = at
        if isinstance(placed.frame, TextLine) and not placed.turned:
            while at < len(frames) and isinstance(frames[at].frame, Picture) and frames[at].y < placed.y:
                at += 1
        yield placed, frames[start:at]


def _union(one: Box | None, other: Box) -> Box:
    if one is None:
        return other
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))


def sequences(pages: Sequence[PaintedPage]) -> tuple[Marked, ...]:
    """Return all marked-content sequences in the order of painting."""
    return tuple(
        Marked(element, at, identifier)
        for at, page in enumerate(pages)
        for identifier, element in enumerate(page.elements)
    )
