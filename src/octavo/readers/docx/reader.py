"""The DOCX reader: a Word file becomes a document; one that octavo wrote comes back as it was, with what was edited.

A position's line is the number of the paragraph in the file, counting those in tables; notes and text boxes stand where
the text refers to them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

import msgspec

from octavo.diagnostics import Position, error
from octavo.errors import SourceError
from octavo.readers.docx import metadata
from octavo.readers.docx.assemble import Assembler
from octavo.readers.docx.drawings import Pictures
from octavo.readers.docx.looks import Looks, document_language
from octavo.readers.docx.merge import Merge
from octavo.readers.docx.names import BOOKMARK, ROUND_TRIP, W
from octavo.readers.docx.numbering import Numbering
from octavo.readers.docx.package import Package
from octavo.readers.docx.pieces import Grid, Item, Line
from octavo.readers.docx.shared import Shared
from octavo.readers.docx.snapshot import Stored, by_key, decode, digest_of, part_digest
from octavo.readers.docx.story import Story
from octavo.readers.docx.styles import Styles
from octavo.readers.protocol import Parsed, Source
from octavo.tree import Document, nodes
from octavo.tree.metadata import Metadata
from octavo.tree.nodes import AnyNode, Block
from octavo.tree.walk import plain_text, rewrite, walk

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LABEL: Final = "_Ref"


class DocxReader:
    """Reads Word files (.docx): octavo's own, and those of others by their styles."""

    name: ClassVar[str] = "docx"
    suffixes: ClassVar[tuple[str, ...]] = (".docx",)

    def read(self, source: Source) -> Parsed:
        """Return the document.

        Raises:
            SourceError: the source is no Word file, protected, damaged, or larger than octavo takes.
        """
        try:
            return _read(Package(source.data, source.name), source.name)
        except RecursionError as fault:
            place = Position(0, 0, source.name)
            raise SourceError(error("nesting-too-deep", "the file nests too deeply", place)) from fault


class _Parts:
    """The parts of a Word file that are read."""

    def __init__(self, package: Package, name: str) -> None:
        self.package = package
        main = [each for each in package.relationships("").values() if each.kind == "officeDocument"]
        self.main = main[0].target if main else "word/document.xml"
        self.relationships = package.relationships(self.main)
        self._roots: dict[str, Element] = {}
        root = self.xml(self.main)
        body = root.find(f"{W}body")
        if root.tag != f"{W}document" or body is None:
            place = Position(0, 0, name)
            hint = "octavo reads .docx files"
            raise SourceError(error("not-a-word-file", "the file holds no text document", place, hint))
        self.body = body

    def xml(self, name: str) -> Element:
        """Return the root of a part."""
        if name not in self._roots:
            self._roots[name] = self.package.xml(name)
        return self._roots[name]

    def name_of(self, kind: str) -> str:
        """Return the name of the part of a kind; empty where there is none."""
        found = [
            each.target for each in self.relationships.values() if each.kind == kind and not each.external
        ]
        return found[0] if found and self.package.has(found[0]) else ""

    def root_of(self, kind: str) -> Element | None:
        """Return the root of the part of a kind; None where there is none."""
        name = self.name_of(kind)
        return self.xml(name) if name else None

    def core(self) -> Element | None:
        """Return the root of the core properties."""
        found = [each for each in self.package.relationships("").values() if each.kind == "core-properties"]
        return self.package.xml(found[0].target) if found and self.package.has(found[0].target) else None

    def snapshot(self) -> tuple[Stored | None, bool]:
        """Return octavo's snapshot, and whether there is one that cannot be read."""
        for name in self.package.names():
            if (
                name.startswith("customxml/item")
                and not name.startswith("customxml/itemprops")
                and name.endswith(".xml")
            ):
                data = self.package.read(name)
                if ROUND_TRIP.encode() not in data[:1000]:
                    continue
                try:
                    root = self.package.parsed(data, name, huge=True)
                except SourceError:
                    return None, True
                stored = decode(root)
                return stored, stored is None
        return None, False


def _read(package: Package, name: str) -> Parsed:
    parts = _Parts(package, name)
    stored, damaged = parts.snapshot()
    if stored is not None and _is_unchanged(stored, parts):
        return Parsed(_with_media(stored.document, stored, parts))
    shared = _shared(parts, stored, name)
    if damaged:
        shared.say(
            "snapshot-not-read",
            "octavo's own copy of the document in the file is damaged",
            Position(0, 0, name),
        )
    story = Story(shared, parts.relationships)
    items = story.read(parts.body)
    maker = Assembler(_referenced(items))
    about, content = _merged(stored, story, items, maker) if stored else _foreign(items, maker, parts)
    if stored is None:
        about, content = _with_title(about, content, shared)
        _say_of_running(parts, shared)
    content = _linked(content, maker.anchors)
    if stored is None and not about.language:
        about = msgspec.structs.replace(about, language=_language(parts, shared))
    document = Document(metadata=about, content=content, embedded=_embedded(stored, shared.pictures))
    return Parsed(document, shared.report.diagnostics())


def _is_unchanged(stored: Stored, parts: _Parts) -> bool:
    """Say whether the text and its notes are as octavo wrote them."""
    return bool(stored.parts) and all(
        parts.package.has(name) and part_digest(parts.xml(name)) == known
        for name, known in stored.parts.items()
    )


def _shared(parts: _Parts, stored: Stored | None, name: str) -> Shared:
    styles = Styles(parts.root_of("styles"))
    stories = [
        each
        for each in (parts.body, parts.root_of("footnotes"), parts.root_of("endnotes"))
        if each is not None
    ]
    # What octavo wrote says its language once, and marks all that is in another.
    language = styles.language if stored else document_language(stories, styles.language)
    made = Shared(
        styles=styles,
        numbering=Numbering(parts.root_of("numbering")),
        looks=Looks(styles, language),
        pictures=Pictures(parts.package, stored.images if stored else {}),
        name=name,
    )
    if stored:
        made.formulas = dict(stored.formulas)
        known = by_key(stored)
        made.paragraphs = frozenset(key for key, node in known.items() if isinstance(node, nodes.Paragraph))
    for kind in ("footnote", "endnote"):
        root = parts.root_of(f"{kind}s")
        if root is not None:
            made.note_relationships[kind] = parts.package.relationships(parts.name_of(f"{kind}s"))
            for each in root.iterchildren(f"{W}{kind}"):
                if each.get(f"{W}type") in (None, "normal"):
                    made.notes[kind, each.get(f"{W}id") or ""] = each
    return made


def _language(parts: _Parts, shared: Shared) -> str:
    return shared.looks.language or metadata.core_language(parts.core())


def _foreign(items: list[Item], maker: Assembler, parts: _Parts) -> tuple[Metadata, tuple[Block, ...]]:
    block = metadata.title_block(items)
    about = metadata.core_metadata(parts.core())
    return metadata.with_title_block(about, block), maker.document(block.items)


def _with_title(
    about: Metadata, content: tuple[Block, ...], shared: Shared
) -> tuple[Metadata, tuple[Block, ...]]:
    """Make the heading above all of a document its title where none is given; see `markdown.sections.take_title`."""
    first = content[0] if len(content) == 1 else None
    if about.title or not isinstance(first, nodes.Section) or first.id:
        return about, content
    text = " ".join(plain_text(first.title).split())
    held = walk(nodes.Paragraph(content=first.title))
    if not text or any(
        isinstance(each, nodes.CrossReference | nodes.Footnote | nodes.Image) for each in held
    ):
        return about, content
    shared.report.info(
        "title-from-heading", f"the only heading of level 1 is taken as the title: `{text}`", first.position
    )
    positions = {**about.positions, "title": first.position}
    return msgspec.structs.replace(about, title=text, positions=positions), first.content


def _merged(
    stored: Stored, story: Story, items: list[Item], maker: Assembler
) -> tuple[Metadata, tuple[Block, ...]]:
    merge = Merge(stored, items, story.ranges, maker)
    block = metadata.title_block(merge.items())
    about = metadata.with_title_block(stored.metadata, block)
    content = merge.document(block.items)
    wanted: set[int] = set()

    def named(node: AnyNode) -> AnyNode:
        target = node.target if isinstance(node, nodes.CrossReference | nodes.Link) else ""
        match = BOOKMARK.fullmatch(target.lstrip("#").replace(_LABEL, "_oct")) if target else None
        anchor = stored.ids.get(int(match.group(1)), "") if match else ""
        if not match or not anchor:
            return node
        wanted.add(int(match.group(1)))
        return _as_written(node, anchor, stored.around)

    content = _rewritten(content, named)
    return about, merge.finished(content, frozenset(wanted))


def _as_written(node: AnyNode, anchor: str, around: Collection[str]) -> AnyNode:
    """Return a reference or a link with another target; a link of a reference with the words that octavo writes around
    its number is that reference."""
    found = _towards(node, anchor)
    inner = [each for each in walk(found) if isinstance(each, nodes.CrossReference)]
    if not isinstance(found, nodes.Link) or not inner:
        return found
    words = plain_text(found.content)
    if len(inner) == 1 and inner[0].text and "".join(words.rsplit(inner[0].text, 1)) in around:
        return msgspec.structs.replace(inner[0], text="")
    return rewrite(found, _in_words)


def _in_words(node: AnyNode) -> AnyNode:
    return nodes.Text(text=node.text) if isinstance(node, nodes.CrossReference) else node


def _towards(node: AnyNode, anchor: str) -> AnyNode:
    """Return a reference or a link with another target; the form of a reference follows from its field."""
    if isinstance(node, nodes.Link):
        return msgspec.structs.replace(node, target=f"#{anchor}")
    return msgspec.structs.replace(node, target=anchor)


def _rewritten(content: tuple[Block, ...], function: Any) -> tuple[Block, ...]:
    return rewrite(nodes.Group(role=nodes.GroupRole.CUSTOM, content=content), function).content


# Links within the document -------------------------------------------------------------------------------------------


def _referenced(items: Sequence[Item]) -> frozenset[str]:
    """Return the names of bookmarks that links and references lead to."""
    found: set[str] = set()
    for line in _lines(items):
        for piece in line.pieces:
            if piece.look.link.startswith("#"):
                found.add(piece.look.link[1:])
            if isinstance(piece.node, nodes.CrossReference):
                found.add(piece.node.target)
    return frozenset(each for each in found if not BOOKMARK.fullmatch(each))


def _lines(items: Sequence[Item]) -> Iterator[Line]:
    """Yield all lines, those in tables, notes and text boxes too."""
    for item in items:
        if isinstance(item, Grid):
            for row in item.rows:
                for cell in row.cells:
                    yield from _lines(cell.items)
        elif isinstance(item, Line):
            yield item
            for piece in item.pieces:
                if piece.items:
                    yield from _lines(piece.items)
            for box in item.boxes:
                yield from _lines(box)


def _linked(content: tuple[Block, ...], anchors: Mapping[str, str]) -> tuple[Block, ...]:
    """Return blocks in which every link within the document leads somewhere; others are plain text."""
    holder = nodes.Group(role=nodes.GroupRole.CUSTOM, content=content)
    ids: dict[str, AnyNode] = {}
    references = 0
    for node in walk(holder):
        if node.id:
            ids.setdefault(node.id, node)
        if isinstance(node, nodes.CrossReference) or (
            isinstance(node, nodes.Link) and node.target.startswith("#")
        ):
            references += 1
    if not references:
        return content

    def settled(node: AnyNode) -> Any:
        if isinstance(node, nodes.Link) and node.target.startswith("#"):
            anchor = anchors.get(node.target[1:], node.target[1:])
            return _towards(node, anchor) if anchor in ids or node.target[1:2] != "_" else node.content
        if isinstance(node, nodes.CrossReference) and node.position is not None and node.text:
            anchor = anchors.get(node.target, node.target)
            target = ids.get(anchor)
            if target is None:
                return nodes.Text(text=node.text, position=node.position)
            return _reference(node, anchor, target)
        return node

    return rewrite(holder, settled).content


def _reference(node: nodes.CrossReference, anchor: str, target: AnyNode) -> AnyNode:
    """Return a reference where octavo would write what stands there, else a link with the words that do."""
    form = node.form
    if isinstance(target, nodes.Figure | nodes.Table | nodes.Formula) and form is nodes.ReferenceForm.TITLE:
        form = nodes.ReferenceForm.NUMBER
    counted = isinstance(target, nodes.Section | nodes.Figure | nodes.Table | nodes.Formula)
    if isinstance(target, nodes.Section) and form is nodes.ReferenceForm.NUMBER:
        # Octavo would write "Section" before it, which the words around most often say already.
        counted = False
    if form is nodes.ReferenceForm.PAGE or not counted:
        text = nodes.Text(text=node.text, position=node.position)
        return nodes.Link(target=f"#{anchor}", content=(text,), position=node.position)
    return nodes.CrossReference(target=anchor, form=form, text=node.text, position=node.position)


# Images --------------------------------------------------------------------------------------------------------------


def _embedded(stored: Stored | None, pictures: Pictures) -> dict[str, bytes]:
    if stored is None:
        return dict(pictures.embedded)
    found: dict[str, bytes] = {}
    for name, data in pictures.embedded.items():
        for each in (name, *stored.images.get(digest_of(data), ())):
            found[each] = data
    return found


def _with_media(document: Document, stored: Stored, parts: _Parts) -> Document:
    found: dict[str, bytes] = {}
    for each in parts.relationships.values():
        if each.kind == "image" and not each.external and parts.package.has(each.target):
            data = parts.package.read(each.target)
            for name in stored.images.get(digest_of(data), ()):
                found[name] = data
    return msgspec.structs.replace(document, embedded=found) if found else document


# Headers and footers -------------------------------------------------------------------------------------------------


def _say_of_running(parts: _Parts, shared: Shared) -> None:
    """Say what headers and footers hold besides fields: octavo's themes make their own."""
    for each in parts.relationships.values():
        if each.kind in ("header", "footer") and parts.package.has(each.target):
            root = parts.package.xml(each.target)
            text = " ".join("".join(node.text or "" for node in root.iter(f"{W}t")).split())
            if text and not text.isdigit():
                shared.report.info(
                    "running-text-left-out",
                    f"the {each.kind} `{text[:60]}` was left out",
                    Position(0, 0, shared.name),
                    "a theme says what stands at the head and the foot of pages",
                )
