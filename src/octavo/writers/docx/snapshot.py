"""What a later reading needs: the tree as a custom XML part, with a hash of each block as it was written.

The hashes are made by the reader's own code, of the text as it was written: so a block that nobody changes is known
again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import msgspec
from lxml import etree

from octavo.readers.docx.drawings import Pictures
from octavo.readers.docx.looks import Looks
from octavo.readers.docx.numbering import Numbering
from octavo.readers.docx.package import Relationship as ReadRelationship
from octavo.readers.docx.shared import Shared
from octavo.readers.docx.signature import Scan
from octavo.readers.docx.snapshot import VERSION, Stored, block_nodes, digest_of, encode
from octavo.readers.docx.styles import Styles
from octavo.readers.docx.written import WrittenStory
from octavo.tree import Document
from octavo.tree.metadata import Metadata
from octavo.tree.nodes import AnyNode
from octavo.writers.docx.properties import item_id
from octavo.writers.docx.story import OFFICE, Part, Relationship
from octavo.writers.docx.xml import DECLARATION
from octavo.writers.protocol import Manuscript

_NAMESPACE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES_TYPE: Final = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_NOTES: Final[Mapping[str, str]] = {"footnote": "/word/footnotes.xml", "endnote": "/word/endnotes.xml"}


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What was written, as text: the document's blocks, and the contents of its notes by (kind, number)."""

    text: str
    notes: Mapping[tuple[str, str], str]
    formulas: Mapping[str, str]
    """The LaTeX of formulas by their characters: Word saves a formula without its source."""
    around: Collection[str] = ()
    """The words around the numbers of references."""


def snapshot_parts(
    manuscript: Manuscript,
    main: Part,
    parts: Sequence[Part],
    written: Written,
    images: Mapping[str, Sequence[str]],
) -> list[Part]:
    """Return the custom XML part and its properties.

    Args:
        manuscript: what was written.
        main: the main document, with its relationships.
        parts: the parts beside it.
        written: the text of both.
        images: the names that the tree has for images, by the name of their part.
    """
    made = {each.name: each for each in parts}
    tree, keys = _keyed(manuscript)
    scan = _scan(main, made, written, _known(manuscript, keys))
    anchors = manuscript.resolved.index.anchors
    stored = Stored(
        octavo=VERSION,
        metadata=tree.metadata,
        content=tree.content,
        keys=keys,
        ids={key: anchor for anchor, key in anchors.items()},
        hashes=scan.hashes(),
        loose={key: tuple(hashes) for key, hashes in scan.loose().items()},
        parts={each.name[1:]: _digest(each.data) for each in (main, *map(made.get, _NOTES.values())) if each},
        formulas=dict(written.formulas),
        around=tuple(sorted(written.around)),
        images={digest_of(made[name].data): tuple(names) for name, names in images.items() if name in made},
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


def _digest(data: bytes) -> str:
    """Return what `part_digest` says of a part once it is parsed: parts are written as lxml writes them."""
    return digest_of(memoryview(data)[len(DECLARATION) :])


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


def _scan(main: Part, parts: Mapping[str, Part], written: Written, known: Mapping[int, AnyNode]) -> Scan:
    """Read what was written, as the reader will."""
    styles = Styles(etree.fromstring(parts["/word/styles.xml"].data))
    shared = Shared(
        styles=styles,
        numbering=Numbering(etree.fromstring(parts["/word/numbering.xml"].data)),
        looks=Looks(styles, styles.language),
        pictures=_NoPictures(),
        name="",
    )
    shared.formulas = dict(written.formulas)
    beside = {kind: _read_relationships(parts[name]) for kind, name in _NOTES.items()}
    story = WrittenStory(shared, _read_relationships(main), written.notes, beside)
    return Scan(list(story.read_text(written.text)), story.ranges, known)


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
