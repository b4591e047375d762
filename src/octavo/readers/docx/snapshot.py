"""The snapshot: the tree that a Word file was written from, kept in the file with a hash of each of its blocks.

It stands in a custom XML part (ECMA-376-1, 15.2.5) whose root is `roundtrip` in the namespace urn:octavo:roundtrip:1:
JSON, in pieces that parsers take. Word and LibreOffice keep such parts as they are. The writer makes it, the reader
opens it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, get_args

import msgspec
from lxml import etree

from octavo.readers.docx.names import ROUND_TRIP
from octavo.tree import Document, nodes
from octavo.tree.metadata import Metadata
from octavo.tree.nodes import AnyNode, Block
from octavo.tree.walk import CONTENT_FIELDS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

VERSION: Final = 1
LONGEST: Final = 2**20
"""About how many characters stand in one element: many parsers refuse a text of 10 MB."""
FORMULA_MARK: Final = "_octf{}"
"""The name of the bookmark around a formula, by the formula's key."""
_INLINES: Final = frozenset(get_args(nodes.Inline))
_LEAVES: Final = frozenset({nodes.Paragraph, nodes.PullQuote, nodes.Caption, nodes.Entry, nodes.Column})
_POSITION: Final = re.compile(
    rb',"position":\{"line":\d+(?:,"column":\d+)?(?:,"file":"[^"\\]*(?:\\.[^"\\]*)*")?\}'
)
"""A node's first field is its type, and a quotation mark in a text has a backslash: no text looks like this."""


class Stored(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a snapshot holds.

    `keys` are the keys of the document's blocks and their parts, in reading order; `ids` the anchors that nodes had in
    the file, by key. `hashes` are of every line and container with a bookmark, `loose` of the other lines, by the key
    of what they stand in (0: nothing). `parts` are the SHA-256 of parts as `part_digest` says, `images` the names
    that the tree has for image files, by the SHA-256 of these, `formulas` the LaTeX of formulas by their characters
    and by the names of their bookmarks, `around` the words written around the numbers that references show.
    """

    octavo: int = 0
    metadata: Metadata = Metadata()
    content: tuple[Block, ...] = ()
    keys: tuple[int, ...] = ()
    ids: dict[int, str] = {}
    hashes: dict[int, str] = {}
    loose: dict[int, tuple[str, ...]] = {}
    parts: dict[str, str] = {}
    images: dict[str, tuple[str, ...]] = {}
    formulas: dict[str, str] = {}
    around: tuple[str, ...] = ()

    @property
    def document(self) -> Document:
        """The document, without positions."""
        return Document(metadata=self.metadata, content=self.content)


def encode(stored: Stored) -> bytes:
    """Return a snapshot as a custom XML part. Positions are left out: they are of another file."""
    root = f'<?xml version="1.0" encoding="UTF-8"?>\n<roundtrip xmlns="{ROUND_TRIP}">'.encode()
    parts = [root]
    before = b'{"content":['
    for block in stored.content:
        # One after another: the whole, with its positions, takes more memory than all else that is written.
        parts.append(_element(before + b"".join(_POSITION.split(msgspec.json.encode(block)))))
        before = b","
    rest = msgspec.json.encode(msgspec.structs.replace(stored, content=()))
    if stored.content:
        rest = b"]," + rest[1:]
    return b"".join((*parts, _element(rest), b"</roundtrip>"))


def _element(data: bytes) -> bytes:
    """Return JSON as the text of elements. XML has no U+FFFE and U+FFFF; JSON has escapes for them."""
    if len(data) > 4 * LONGEST:
        text = data.decode()
        return b"".join([_element(text[at : at + LONGEST].encode()) for at in range(0, len(text), LONGEST)])
    if b"\xef\xbf" in data:
        data = data.replace(b"\xef\xbf\xbe", rb"\ufffe").replace(b"\xef\xbf\xbf", rb"\uffff")
    escaped = data.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    return b"".join((b"<json>", escaped, b"</json>"))


def decode(root: Element) -> Stored | None:
    """Return what `encode` put into a part; None where it is damaged, or of another version."""
    text = "".join([each.text or "" for each in root])
    try:
        stored = msgspec.json.decode(text, type=Stored)
    except (msgspec.DecodeError, RecursionError, ValueError):
        return None
    if stored.octavo != VERSION or len(stored.keys) != sum(1 for _ in block_nodes(stored.content)):
        return None
    return stored


def block_nodes(content: tuple[Block, ...]) -> Iterator[AnyNode]:
    """Yield the blocks and their parts in reading order, without those in footnotes."""
    stack: list[Any] = [content]
    while stack:
        value = stack.pop()
        if isinstance(value, tuple):
            if not value or type(value[0]) not in _INLINES:
                stack.extend(reversed(value))
            continue
        if value is None:
            continue
        yield value
        kind = type(value)
        if kind not in _LEAVES:
            stack.extend([getattr(value, name) for name in reversed(CONTENT_FIELDS[kind])])


def by_key(stored: Stored) -> dict[int, AnyNode]:
    """Return the blocks of a snapshot and their parts by their keys."""
    found = dict(zip(stored.keys, block_nodes(stored.content), strict=True))
    found.pop(0, None)
    return found


def digest_of(data: bytes | memoryview) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def part_digest(root: Element) -> str:
    """Return the SHA-256 of a part's XML, whatever wrote its text."""
    return digest_of(etree.tostring(root, encoding="UTF-8"))
