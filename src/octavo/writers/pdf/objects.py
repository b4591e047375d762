"""PDF syntax, and the file: ReportLab's document, which keeps the objects, written in a compact and repeatable form.

ReportLab numbers the objects and resolves references between them. What octavo adds: bodies given as text, because
thousands of structure elements would be slow as dictionaries; object streams and a cross-reference stream
(ISO 32000-1, 7.5.7 and 7.5.8), because a tag tree is large and compresses well; an end-of-line marker before
`endstream` (ISO 19005-2, 6.1.7.1); and no use of the clock or of ReportLab's settings files.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Sequence
from typing import Final

from reportlab.pdfbase import pdfdoc

_COMPRESSION: Final = 5
"""Level 6 makes files smaller by a thirtieth, and takes half as long again."""
_OBJECTS_PER_STREAM: Final = 200
_SPECIAL: Final = re.compile(r"[\\()]")
_PLAIN: Final = re.compile(r"[\x20-\x7e]*")
_NOT_IN_NAME: Final = re.compile(r"[^A-Za-z0-9+\-_.]")


def number(value: float) -> str:
    """Write a number with at most two decimals."""
    text = f"{value:.2f}"
    if text[-1] != "0":
        return text
    text = text[:-3] if text[-2] == "0" else text[:-1]
    return "0" if text == "-0" else text


def text_string(text: str) -> str:
    """Write a text string (ISO 32000-1, 7.9.2.2): as it is where it is ASCII, else as UTF-16."""
    if _PLAIN.fullmatch(text):
        return f"({_SPECIAL.sub(lambda match: chr(92) + match.group(), text)})"
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def byte_string(data: bytes) -> str:
    """Write a byte string in hexadecimal."""
    return f"<{data.hex().upper()}>"


def name(text: str) -> str:
    """Write a name (ISO 32000-1, 7.3.5) with its slash."""
    return "/" + _NOT_IN_NAME.sub(
        lambda match: "".join(f"#{byte:02X}" for byte in match.group().encode()), text
    )


def reference(object_number: int) -> str:
    """Write a reference to an indirect object."""
    return f"{object_number} 0 R"


def array(items: Iterable[str]) -> str:
    """Write an array."""
    return f"[{' '.join(items)}]"


def name_tree(entries: Sequence[tuple[bytes, str]]) -> str:
    """Write the root of a name tree (ISO 32000-1, 7.9.6) with all its entries in it, sorted by key."""
    pairs = (f"{byte_string(key)}{value}" for key, value in sorted(entries))
    return f"<</Names[{' '.join(pairs)}]>>"


def deflate(data: bytes) -> bytes:
    """Compress data for FlateDecode."""
    return zlib.compress(data, _COMPRESSION)


class Body(pdfdoc.PDFObject):  # type: ignore[misc]
    """An indirect object whose text is at hand."""

    __RefOnly__ = 1

    def __init__(self, text: str = "") -> None:
        self.text = text

    def format(self, document: object) -> bytes:  # noqa: ARG002
        """Return the object as it stands in the file."""
        return self.text.encode("latin-1")


class Stream(pdfdoc.PDFObject):  # type: ignore[misc]
    """A stream: entries of its dictionary as text, and data that are already filtered."""

    __RefOnly__ = 1

    def __init__(self, entries: str, data: bytes) -> None:
        self.entries = entries
        self.data = data

    def format(self, document: object) -> bytes:  # noqa: ARG002
        """Return the object as it stands in the file."""
        head = f"<<{self.entries}/Length {len(self.data)}>>\nstream\n".encode("latin-1")
        return b"".join((head, self.data, b"\nendstream"))


class Catalog(pdfdoc.PDFCatalog):  # type: ignore[misc]
    """The catalogue (ISO 32000-1, 7.7.2): its entries as text, by name."""

    def __init__(self) -> None:
        self.entries: dict[str, str] = {}

    def format(self, document: object) -> bytes:  # noqa: ARG002
        """Return the object as it stands in the file."""
        entries = "".join(f"/{key}{_apart(value)}" for key, value in self.entries.items())
        return f"<</Type/Catalog{entries}>>".encode("latin-1")


class Pages(pdfdoc.PDFPages):  # type: ignore[misc]
    """The page tree, of one level."""

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """Return the object as it stands in the file."""
        kids = b" ".join(each.format(document) for each in self.pages)
        return b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self.pages), kids)


def _apart(value: str) -> str:
    return value if value[:1] in "/<[(" else f" {value}"


class PdfFile(pdfdoc.PDFDocument):  # type: ignore[misc]
    """A PDF file in the making: objects are added and get numbers; `to_bytes` gives the file.

    `identifier` becomes the trailer's ID (ISO 32000-1, 14.4): 16 bytes. `catalog` takes the catalogue's entries.
    """

    def __init__(self, version: tuple[int, int], identifier: bytes) -> None:
        super().__init__(dummyoutline=1, compression=1, invariant=1, pdfVersion=version)
        self.identifier = identifier
        self.Catalog = self._catalog = Catalog()
        self.Pages = Pages()
        self.pages_number = self._number_of(self.Pages)
        self.catalog: dict[str, str] = self.Catalog.entries
        self.catalog["Pages"] = reference(self.pages_number)
        # ReportLab's own dictionary of fonts came first; the pages refer to it.
        self.idToObject[pdfdoc.BasicFonts] = Body("<<>>")
        self.fonts_number = int(self.idToObjectNumberAndVersion[pdfdoc.BasicFonts][0])

    def add(self, body: str = "") -> int:
        """Add an object and return its number; without a body it is reserved for `fill`."""
        return self._number_of(Body(body))

    def fill(self, object_number: int, body: str) -> None:
        """Give a reserved object its body."""
        self.idToObject[self.numberToId[object_number]].text = body

    def add_stream(self, data: bytes, entries: str = "", *, compress: bool = True) -> int:
        """Add a stream and return its number; with `compress` it is deflated here."""
        if compress:
            data, entries = deflate(data), f"{entries}/Filter/FlateDecode"
        return self._number_of(Stream(entries, data))

    def add_page(self, object_number: int) -> None:
        """Append a page, added before as an object, to the page tree."""
        self.Pages.addPage(pdfdoc.PDFObjectReference(self.numberToId[object_number]))

    def _number_of(self, thing: object) -> int:
        self.Reference(thing)
        return int(self.idToObjectNumberAndVersion[thing.__InternalName__][0])  # type: ignore[attr-defined]

    def to_bytes(self, information: int) -> bytes:
        """Return the file; `information` is the number of the document information dictionary."""
        root = self._number_of(self.Catalog)
        bodies, streams = self._formatted()
        pieces, places = _Pieces(self._pdfVersion), {}
        for at, data in streams:
            places[at] = (1, pieces.offset, 0)
            pieces.add(b"%d 0 obj\n%s\nendobj\n" % (at, data))
        following = len(bodies) + len(streams) + 1
        groups = [
            bodies[start : start + _OBJECTS_PER_STREAM]
            for start in range(0, len(bodies), _OBJECTS_PER_STREAM)
        ]
        for group, packed in zip(groups, map(_object_stream, groups), strict=True):
            places[following] = (1, pieces.offset, 0)
            places.update({at: (2, following, index) for index, (at, _) in enumerate(group)})
            pieces.add(b"%d 0 obj\n%s\nendobj\n" % (following, packed))
            following += 1
        places[following] = (1, pieces.offset, 0)
        identifier = byte_string(self.identifier)
        entries = f"/Root {root} 0 R/Info {information} 0 R/ID[{identifier}{identifier}]"
        pieces.add(b"%d 0 obj\n%s\nendobj\n" % (following, _cross_references(places, entries)))
        pieces.add(b"startxref\n%d\n%%%%EOF\n" % places[following][1])
        return b"".join(pieces.parts)

    def _formatted(self) -> tuple[list[tuple[int, bytes]], list[tuple[int, bytes]]]:
        """Return the objects that may be packed and those that are streams, each with its number."""
        bodies: list[tuple[int, bytes]] = []
        streams: list[tuple[int, bytes]] = []
        at = 1
        # Formatting one object may register another, so the end is not known before it is reached.
        while at in self.numberToId:
            thing = self.idToObject[self.numberToId[at]]
            data = thing.format(self)
            (streams if isinstance(thing, Stream) else bodies).append((at, data))
            at += 1
        return bodies, streams


class _Pieces:
    """The parts of a file, and how long they are together."""

    def __init__(self, version: tuple[int, int]) -> None:
        # Four bytes over 127 tell transfer programs that the file is binary (ISO 19005-2, 6.1.2).
        head = b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % version
        self.parts = [head]
        self.offset = len(head)

    def add(self, data: bytes) -> None:
        self.parts.append(data)
        self.offset += len(data)


def _object_stream(group: Sequence[tuple[int, bytes]]) -> bytes:
    heads, offset = [], 0
    for at, data in group:
        heads.append(f"{at} {offset}")
        offset += len(data) + 1
    head = " ".join(heads).encode("latin-1") + b"\n"
    packed = deflate(head + b"\n".join(data for _, data in group))
    entries = f"/Type/ObjStm/N {len(group)}/First {len(head)}/Filter/FlateDecode"
    return Stream(entries, packed).format(None)


def _cross_references(places: dict[int, tuple[int, int, int]], entries: str) -> bytes:
    rows = [b"\x00\x00\x00\x00\x00\xff\xff"]
    rows.extend(struct.pack(">BIH", *places[at]) for at in range(1, len(places) + 1))
    # Predictor 12 ("up") keeps only what differs from the row before.
    steps = _bytes_less(b"".join(rows), b"".join((bytes(7), *rows[:-1])))
    filtered = b"".join(b"\x02" + steps[at : at + 7] for at in range(0, len(steps), 7))
    head = f"/Type/XRef/Size {len(rows)}/W[1 4 2]{entries}/DecodeParms<</Predictor 12/Columns 7>>/Filter/FlateDecode"
    return Stream(head, deflate(filtered)).format(None)


def _bytes_less(these: bytes, those: bytes) -> bytes:
    """Return each byte of one row less that of another as long, modulo 256: all in one subtraction of large numbers,
    in which the upper bit of each byte stands aside so that nothing is borrowed from a neighbour."""
    one, other = int.from_bytes(these), int.from_bytes(those)
    upper = int.from_bytes(b"\x80" * len(these))
    lower = int.from_bytes(b"\x7f" * len(these))
    return (((one | upper) - (other & lower)) ^ ((one ^ other ^ upper) & upper)).to_bytes(len(these))
