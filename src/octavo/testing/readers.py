"""Hold a reader to its contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from octavo.errors import SourceError
from octavo.readers.protocol import Parsed, Reader, Source
from octavo.testing.elsewhere import elsewhere
from octavo.testing.faults import ConformanceError, all_text, missing_words
from octavo.testing.watch import watched
from octavo.tree import Document, nodes
from octavo.tree.dump import from_json, to_json
from octavo.tree.walk import walk

_RUBBISH: Final = (
    b"",
    b"\x00",
    b"\xff\xfe\xfa" * 40,
    b"\x1b[31m\x00\x07" * 20,
    "\u202e\u2066\u200b\ufeff".encode() * 30,
    b"[" * 3000,
    b"<" * 3000,
    b"{" * 3000,
    b"PK\x03\x04" + b"\x00" * 60,
)
_CUTS: Final = 40
"""How many beginnings of each sample are tried."""


def check_reader(make: Callable[[], Reader], samples: Mapping[bytes, str], *, places: bool = True) -> None:
    """Try a reader on sources and on rubbish.

    Args:
        make: makes a reader; mostly its class.
        samples: sources, each with the words that its document must hold, in their order.
        places: every block has the line that it stands on; False for formats that have no lines.

    Raises:
        ConformanceError: it breaks its contract; all faults are told.
        ValueError: there is no sample.
    """
    if not samples:
        raise ValueError("a reader is tried on samples, and there is none")
    reader = make()
    faults = list(_members(reader))
    if not faults:
        for data, words in samples.items():
            faults += _sample(make, data, words, places=places)
            faults += _cuts(make, data)
        for rubbish in _RUBBISH:
            faults += _survives(make, rubbish, repr(rubbish[:12]))
    if faults:
        raise ConformanceError(getattr(reader, "name", type(reader).__name__), faults)


def _members(reader: Reader) -> Iterator[str]:
    name, suffixes = getattr(reader, "name", None), getattr(reader, "suffixes", None)
    if not isinstance(name, str) or not name or name != name.strip().lower():
        yield f"`name` is {name!r}, and should be a word in lower case"
    if not isinstance(suffixes, tuple) or not suffixes:
        yield f"`suffixes` is {suffixes!r}, and should be a tuple"
    else:
        wrong = [each for each in suffixes if not each.startswith(".") or each != each.lower()]
        yield from (f"suffix {each!r} should be in lower case, with its dot" for each in wrong)
    if not callable(getattr(reader, "read", None)):
        yield "there is no method `read`"


def _sample(make: Callable[[], Reader], data: bytes, words: str, *, places: bool) -> Iterator[str]:
    with watched() as touched:
        try:
            parsed = make().read(Source(data, "sample"))
        except SourceError as fault:
            yield f"a sound sample is refused: {fault}"
            return
    yield from (f"it {each}" for each in touched)
    if not isinstance(getattr(parsed, "document", None), Document):
        yield "`read` returns no Parsed with a Document"
        return
    lost = missing_words(words.split(), all_text(parsed.document))
    yield from (f"`{each}` is lost, or not in its place" for each in lost)
    if make().read(Source(data, "sample")) != parsed:
        yield "reading the same source again gives another document or other diagnostics"
    with elsewhere():
        again = make().read(Source(data, "sample"))
    if again != parsed:
        yield "at another time and place the same source gives another document or other diagnostics"
    if from_json(to_json(parsed.document)) != parsed.document:
        yield "the document does not survive a dump as JSON: it holds values that are not of the tree"
    yield from _places(parsed, data, places=places)


def _places(parsed: Parsed, data: bytes, *, places: bool) -> Iterator[str]:
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for node in walk(parsed.document):
        position = node.position
        if (
            places
            and isinstance(node, nodes.Paragraph | nodes.Section)
            and (not position or not position.line)
        ):
            yield f"a {type(node).__name__} has no place"
        if places and position and position.line > lines:
            yield f"a {type(node).__name__} stands on line {position.line}, and the source has {lines}"
    for each in parsed.diagnostics:
        if not each.code or not each.message:
            yield "a diagnostic has no code or no message"


def _cuts(make: Callable[[], Reader], data: bytes) -> Iterator[str]:
    for at in range(0, len(data), max(1, len(data) // _CUTS)):
        yield from _survives(make, data[:at], f"a sample cut at byte {at}")


def _survives(make: Callable[[], Reader], data: bytes, said: str) -> Iterator[str]:
    """Whatever the bytes are, there is a document or a SourceError."""
    try:
        make().read(Source(data, "rubbish"))
    except SourceError as fault:
        if not fault.diagnostics:
            yield f"{said}: a SourceError says nothing"
    except Exception as fault:  # whatever it is, it is the reader's fault, and told as such
        yield f"{said}: {type(fault).__name__}: {fault}"
