"""What a later reading needs: the tree as a custom XML part, with a hash of each block as it was written.

The hashes are made by the reader's own code, of the parts as they are: so a block that nobody changes is known again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import msgspec
from lxml import etree

from octavo.readers.docx.drawings import Pictures
from octavo.readers.docx.looks import Looks
from octavo.readers.docx.names import MC, M, W
from octavo.readers.docx.numbering import Numbering
from octavo.readers.docx.package import Relationship as ReadRelationship
from octavo.readers.docx.shared import Shared
from octavo.readers.docx.signature import Scan
from octavo.readers.docx.snapshot import VERSION, Stored, block_nodes, digest_of, encode, part_digest
from octavo.readers.docx.story import Story
from octavo.readers.docx.styles import Styles
from octavo.tree import Document
from octavo.tree.metadata import Metadata
from octavo.tree.nodes import AnyNode
from octavo.writers.docx.properties import item_id
from octavo.writers.docx.story import OFFICE, Part, Relationship
from octavo.writers.docx.xml import DECLARATION
from octavo.writers.protocol import Manuscript

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NAMESPACE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES_TYPE: Final = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_NOTES: Final = "/word/footnotes.xml"


def snapshot_parts(
    manuscript: Manuscript, main: Part, parts: Sequence[Part], images: Mapping[str, Sequence[str]]
) -> list[Part]:
    """Return the custom XML part and its properties.

    Args:
        manuscript: what was written.
        main: the main document, with its relationships.
        parts: the parts beside it.
        images: the names that the tree has for images, by the name of their part.
    """
    made = {each.name: each.data for each in parts}
    tree, keys = _keyed(manuscript)
    known = _known(manuscript, keys)
    anchors = manuscript.resolved.index.anchors
    read = _read_again(main, parts, known)
    stored = Stored(
        octavo=VERSION,
        metadata=tree.metadata,
        content=tree.content,
        keys=keys,
        ids={key: anchor for anchor, key in anchors.items()},
        hashes=read.hashes,
        loose=read.loose,
        parts=read.parts,
        formulas=read.formulas,
        images={digest_of(made[name]): tuple(names) for name, names in images.items() if name in made},
    )
    properties = (
        f'{DECLARATION}<ds:datastoreItem xmlns:ds="{_NAMESPACE}" ds:itemID="{item_id(manuscript.identifier)}">'
        '<ds:schemaRefs><ds:schemaRef ds:uri="urn:octavo:roundtrip:1"/></ds:schemaRefs></ds:datastoreItem>'
    )
    related = Relationship("rId1", f"{OFFICE}/customXmlProps", "/customXml/itemProps1.xml")
    return [
        Part(
            name="/customXml/item1.xml",
            content_type="application/xml",
            data=encode(stored),
            relationships=(related,),
            kind=f"{OFFICE}/customXml",
        ),
        Part(name="/customXml/itemProps1.xml", content_type=_PROPERTIES_TYPE, data=properties.encode()),
    ]


class _Reread(msgspec.Struct, frozen=True):
    """What the reader will find in the parts: hashes of blocks and of other lines, and digests of whole parts."""

    hashes: dict[int, str]
    loose: dict[int, tuple[str, ...]]
    parts: dict[str, str]
    formulas: dict[str, str]


def _read_again(main: Part, parts: Sequence[Part], known: Mapping[int, AnyNode]) -> _Reread:
    """Read what was written; the trees that this takes are gone when it is done."""
    made = {each.name: each.data for each in parts}
    text, notes = etree.fromstring(main.data), etree.fromstring(made[_NOTES])
    digests = {main.name[1:]: part_digest(text), _NOTES[1:]: part_digest(notes)}
    scan = _scan(main, text, notes, parts, known)
    loose = {key: tuple(hashes) for key, hashes in scan.loose().items()}
    return _Reread(scan.hashes(), loose, digests, {**_formulas(text), **_formulas(notes)})


def _formulas(root: Element) -> dict[str, str]:
    """Return the sources of formulas by their characters: Word saves a formula without its source."""
    found: dict[str, str] = {}
    for choice in root.iter(f"{MC}Choice"):
        characters = "".join(each.text or "" for each in choice.iter(f"{M}t")).strip()
        fallback = choice.getnext()
        if characters and fallback is not None:
            found[characters] = "".join(each.text or "" for each in fallback.iter(f"{W}t"))
    return found


def _keyed(manuscript: Manuscript) -> tuple[Document, tuple[int, ...]]:
    """Return the document as it was read and the keys that its blocks were given; as it was resolved where the
    transforms took blocks away or put some in."""
    resolved = manuscript.resolved.document
    shown = list(block_nodes(resolved.content))
    keys = tuple([each.key for each in shown])
    source = manuscript.document
    if source is not None and [*map(type, block_nodes(source.content))] == [*map(type, shown)]:
        metadata = source.metadata
        return Document(metadata=_without_places(metadata), content=source.content), keys
    return Document(metadata=_without_places(resolved.metadata), content=resolved.content), keys


def _without_places(metadata: Metadata) -> Metadata:
    return msgspec.structs.replace(metadata, positions={})


def _known(manuscript: Manuscript, keys: tuple[int, ...]) -> dict[int, AnyNode]:
    found = dict(zip(keys, block_nodes(manuscript.resolved.document.content), strict=True))
    found.pop(0, None)
    return found


def _scan(
    main: Part, text: Element, notes: Element, parts: Sequence[Part], known: Mapping[int, AnyNode]
) -> Scan:
    """Read what was written, as the reader will."""
    made = {each.name: each.data for each in parts}
    styles = Styles(etree.fromstring(made["/word/styles.xml"]))
    shared = Shared(
        styles=styles,
        numbering=Numbering(etree.fromstring(made["/word/numbering.xml"])),
        looks=Looks(styles, styles.language),
        pictures=_NoPictures(),
        name="",
    )
    for each in notes.iterchildren(f"{W}footnote"):
        shared.notes["footnote", each.get(f"{W}id") or ""] = each
    holder = next(each for each in parts if each.name == _NOTES)
    shared.note_relationships["footnote"] = _read_relationships(holder)
    story = Story(shared, _read_relationships(main))
    return Scan(story.read(text[0]), story.ranges, known)


def _read_relationships(part: Part) -> dict[str, ReadRelationship]:
    return {
        each.id: ReadRelationship(each.kind.rpartition("/")[2], each.target, each.external)
        for each in part.relationships
    }


class _NoPictures(Pictures):
    """Pictures by the names of their parts: a signature holds alternative texts alone."""

    def __init__(self) -> None:
        self.embedded = {}

    def name_of(self, part: str) -> str:
        return part
