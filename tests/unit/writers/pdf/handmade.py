"""Layouts made by hand: one line for each stretch of text, so that the writer can be tested without the typesetter."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar, get_args

import uharfbuzz as harfbuzz

from octavo.fonts.book import FontBook
from octavo.transforms.resolve import resolve
from octavo.transforms.resolved import Numbering, Resolved
from octavo.tree import Document, nodes
from octavo.tree.media import MediaFile
from octavo.tree.metadata import Author, Metadata
from octavo.tree.walk import children, walk
from octavo.typeset.frames import (
    Anchor,
    Artifact,
    FontUse,
    Frame,
    GlyphRun,
    Layout,
    LinkArea,
    Owner,
    Ownership,
    Page,
    Part,
    Picture,
    Placed,
    Rectangle,
    TextLine,
)
from octavo.units import BLACK, Color
from octavo.writers.protocol import Manuscript

WIDTH, HEIGHT, MARGIN, LEADING, SIZE = 300.0, 400.0, 36.0, 14.0, 10.0
PRODUCED = datetime.datetime(2026, 11, 24, 12, 0, tzinfo=datetime.UTC)


@cache
def serif() -> bytes:
    from octavo.environment import DiskEnvironment

    face = DiskEnvironment().fonts().match("Source Serif Pro")
    assert face is not None
    return face.load()


class Pen:
    """Shapes text and keeps the codes that it has given."""

    def __init__(self, data: bytes, name: str = "SourceSerifPro-Regular") -> None:
        self.data, self.name = data, name
        self.face = harfbuzz.Face(data)
        self.font = harfbuzz.Font(self.face)
        self.codes: dict[tuple[int, str, float], int] = {}

    def shape(self, text: str) -> tuple[str, float]:
        """Return the inside of a text-showing array and the width at the size of all tests."""
        buffer = harfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        harfbuzz.shape(self.font, buffer, {"kern": True, "liga": True})
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        ends = [info.cluster for info in infos[1:]] + [len(text)]
        pieces, width = [], 0.0
        for info, position, end in zip(infos, positions, ends, strict=True):
            advance = float(self.font.get_glyph_h_advance(info.codepoint))
            code = self.codes.setdefault(
                (info.codepoint, text[info.cluster : end], advance), len(self.codes) + 1
            )
            pieces.append(f"<{code:04X}>")
            if position.x_advance != advance:
                pieces.append(f"{(advance - position.x_advance) * 1000 / self.face.upem:.0f}")
            width += position.x_advance
        return "".join(pieces), width * SIZE / self.face.upem

    def use(self) -> FontUse:
        """Return the font as used until now."""
        return FontUse(
            name=self.name,
            data=self.data,
            face_index=0,
            variations=(),
            units_per_em=self.face.upem,
            codes={code: entry for entry, code in self.codes.items()},
        )


class HandPress:
    """Puts stretches of text on pages, in the order they come."""

    def __init__(self, pen: Pen, resolved: Resolved) -> None:
        self.pen, self.resolved = pen, resolved
        self.y = HEIGHT
        self.pages: list[tuple[list[Placed], list[Anchor]]] = []
        self.page_of: dict[int, int] = {}
        self.foot: list[nodes.Footnote] = []

    def place(self, frame: Frame, x: float = MARGIN, y: float | None = None) -> None:
        self.pages[-1][0].append(Placed(x, self.y if y is None else y, frame))

    def line(self, *stretches: tuple[Ownership, str], color: Color = BLACK) -> None:
        if self.y + 2 * LEADING > HEIGHT - MARGIN:
            self.turn()
        self.y += LEADING
        self.place(self.text(stretches, color))

    def text(self, stretches: Sequence[tuple[Ownership, str]], color: Color = BLACK) -> TextLine:
        runs, x = [], 0.0
        for owner, text in stretches:
            content, width = self.pen.shape(text)
            runs.append(GlyphRun(x, 0.0, width, 0, SIZE, color, content, owner))
            x += width
        return TextLine(tuple(runs))

    def turn(self) -> None:
        """Begin a page, with a running head."""
        self.pages.append(([], []))
        self.y = MARGIN
        head = self.text([(Artifact.HEADER, f"Running head {len(self.pages)}")])
        self.place(head, y=MARGIN / 2)
        self.place(Rectangle(WIDTH, 4, Color(20, 60, 100), Artifact.BACKGROUND, bleeds=True), x=0, y=0)

    def start(self, key: int) -> None:
        self.page_of[key] = len(self.pages) - 1
        self.pages[-1][1].append(Anchor(key, self.y))

    def picture(self, node: nodes.Image) -> None:
        if self.y + 60 > HEIGHT - MARGIN:
            self.turn()
        self.place(Picture(80, 40, node.source, node.alt, Owner(node.key)), y=self.y + 4)
        self.y += 48

    def link(self, owner: Owner, target: str, description: str) -> None:
        """Make the last line clickable."""
        self.place(LinkArea(60, LEADING, target, owner, description), y=self.y - 10)

    def layout(self) -> Layout:
        return Layout(
            width=WIDTH,
            height=HEIGHT,
            bleed=0.0,
            pages=tuple(
                Page(label=str(at), side="recto", frames=tuple(frames), anchors=tuple(anchors), start=None)
                for at, (frames, anchors) in enumerate(self.pages, 1)
            ),
            fonts=(self.pen.use(),),
            page_of=self.page_of,
        )


def typeset_by_hand(resolved: Resolved, pen: Pen | None = None) -> Layout:
    press = HandPress(pen or Pen(serif()), resolved)
    press.turn()
    metadata = resolved.document.metadata
    if metadata.title:
        press.line((Owner(0, metadata="title"), metadata.title))
    for author in metadata.authors:
        press.line((Owner(0, metadata="authors"), author.name))
    for block in resolved.document.content:
        _set(press, block)
    return press.layout()


def _set(press: HandPress, node: Any) -> None:
    press.start(node.key)
    before, index = len(press.foot), press.resolved.index
    if isinstance(node, _TEXTS):
        _set_text(press, node)
    else:
        _set_opening(press, node)
        for child in children(node):
            if isinstance(child, _BLOCKS):
                _set(press, child)
    if isinstance(node, nodes.Quote | nodes.PullQuote):
        press.line(*_stretches(press, node.attribution, Owner(node.key, Part.ATTRIBUTION)))
    if isinstance(node, nodes.Figure):
        press.line(*_stretches(press, node.credit, Owner(node.key, Part.CREDIT)))
    for note in press.foot[before:]:
        press.foot.remove(note)
        press.line((Owner(note.key, Part.LABEL), f"{index.numbers.get(note.key, '?')} "))
        for block in note.content:
            _set(press, block)


def _set_text(press: HandPress, node: Any) -> None:
    label = [(Owner(node.key, Part.LABEL), "Label ")] if isinstance(node, nodes.Caption) else []
    for each in node.content:
        if isinstance(each, nodes.Image):
            press.picture(each)
    stretches = _stretches(press, node.content, Owner(node.key))
    while stretches:
        press.line(*label, *stretches[:4])
        for owner, text in stretches[:4]:
            _link(press, owner, text)
        label, stretches = [], stretches[4:]


def _set_opening(press: HandPress, node: Any) -> None:
    """Set what stands before the blocks that a node holds."""
    index = press.resolved.index
    match node:
        case nodes.Section():
            press.line(
                (Owner(node.key, Part.LABEL), f"{index.numbers.get(node.key, '•')} "),
                *_stretches(press, node.title, Owner(node.key, Part.TITLE)),
            )
        case nodes.Group():
            press.line(*_stretches(press, node.title, Owner(node.key, Part.TITLE)))
        case nodes.ListItem():
            press.line((Owner(node.key, Part.LABEL), "– "))
        case nodes.Definition():
            for term in node.terms:
                press.line(*_stretches(press, term, Owner(node.key, Part.TERM)))
        case nodes.CodeBlock() | nodes.Formula():
            for line in node.text.splitlines():
                press.line((Owner(node.key), line))
        case nodes.Divider():
            press.line((Owner(node.key), "* * *"))
        case nodes.Contents():
            press.line((Owner(node.key, Part.TITLE), "Contents"))
            for heading in index.headings:
                owner = Owner(node.key, entry=heading.key)
                page = Owner(node.key, Part.PAGE, entry=heading.key)
                press.line((owner, f"Entry {heading.level} "), (page, "7"))
                press.link(owner, f"#{heading.id}", "Entry")
        case _:
            return


def _link(press: HandPress, owner: Ownership, text: str) -> None:
    links = {each.key: each for each in walk(press.resolved.document) if isinstance(each, nodes.Link)}
    references = {
        each.key: each for each in walk(press.resolved.document) if isinstance(each, nodes.CrossReference)
    }
    if isinstance(owner, Owner) and owner.key in links:
        press.link(owner, links[owner.key].target, text)
    if isinstance(owner, Owner) and owner.key in references:
        press.link(owner, f"#{references[owner.key].target}", text)
    if isinstance(owner, Owner) and owner.part is Part.MARK:
        press.link(owner, "https://example.org/note", "note")


def _stretches(press: HandPress, content: Sequence[Any], owner: Owner) -> list[tuple[Ownership, str]]:
    found: list[tuple[Ownership, str]] = []
    for node in content:
        inner = Owner(node.key) if isinstance(node, _OWNERS) else owner
        match node:
            case nodes.Text() | nodes.Code() | nodes.CrossReference() | nodes.Citation() | nodes.Math():
                found.append((inner, node.text or " "))
            case nodes.Footnote():
                found.append((Owner(node.key, Part.MARK), press.resolved.index.numbers.get(node.key, "?")))
                press.foot.append(node)
            case nodes.Image() | nodes.LineBreak():
                pass
            case _:
                found.extend(_stretches(press, node.content, inner))
    return found


_TEXTS = (nodes.Paragraph, nodes.Caption, nodes.Entry, nodes.PullQuote)
_BLOCKS = (*get_args(nodes.Block), *get_args(nodes.Part))
_OWNERS = (
    nodes.Code,
    nodes.Quoted,
    nodes.Link,
    nodes.CrossReference,
    nodes.Citation,
    nodes.Math,
    nodes.Span,
    nodes.Emphasis,
)


def resolved_of(
    *content: nodes.Block, metadata: Metadata | None = None, media: Sequence[MediaFile] = ()
) -> Resolved:
    about = metadata or Metadata(title="By hand", language="en", authors=(Author(name="Ada Writer"),))
    document = Document(metadata=about, content=content)
    files = {each.source: each for each in media}
    return resolve(document, numbering=Numbering(section_depth=2), media=files, declared=frozenset())[0]


def manuscript_of(resolved: Resolved, layout: Layout | None = None) -> Manuscript:
    return Manuscript(
        resolved=resolved,
        styles=_NO_STYLES,
        layout=layout or typeset_by_hand(resolved),
        fonts=FontBook(()),
        produced=PRODUCED,
        identifier="urn:uuid:00000000-0000-5000-8000-000000000000",
    )


def media_of(source: str, data: bytes, media_type: str, size: tuple[int, int] = (8, 4)) -> MediaFile:
    return MediaFile(
        source=source,
        data=data,
        media_type=media_type,
        digest=hashlib.sha256(data).hexdigest(),
        pixel_width=size[0],
        pixel_height=size[1],
        width=size[0] * 0.75,
        height=size[1] * 0.75,
    )


class _NoStyles:
    """A style sheet without styles."""

    styles: ClassVar[dict[str, object]] = {}


_NO_STYLES: Any = _NoStyles()
