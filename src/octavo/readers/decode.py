"""Bytes of a source to text: UTF-8 and nothing else, lines ended by a line feed, no characters that XML forbids."""

from __future__ import annotations

import re
from typing import Final

from octavo.diagnostics import Diagnostic, Position, error, warning
from octavo.errors import SourceError
from octavo.readers.protocol import Source

_BYTE_ORDER_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_KNOWN_FILES: Final = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive, perhaps a Word file or an e-book"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
)
_SAVE_AGAIN: Final = "save the file as UTF-8"
# XML 1.0, production 2 (Char): these cannot stand in any edition.
_FORBIDDEN: Final = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

_UNSAYABLE: Final = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"


def sayable(text: str) -> str:
    """Return a text with U+FFFD for what no edition can hold: it may have come by an escape, or from a shell."""
    return text if text.isprintable() else re.sub(_UNSAYABLE, "\ufffd", text)


def decode(source: Source) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the text of a source without its byte order mark, and what had to be replaced in it.

    Raises:
        SourceError: the bytes are not text in UTF-8; the diagnostic names the first bad byte's line and column.
    """
    data = source.data
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            place = Position(1, 1, source.name)
            hint = f"{_SAVE_AGAIN}; it begins like {encoding}"
            raise SourceError(error("not-utf8", "the source is not encoded in UTF-8", place, hint))
    for start, kind in _KNOWN_FILES:
        if data.startswith(start):
            hint = "octavo reads Markdown, plain text and JSON"
            raise SourceError(
                error("not-text", f"the source is {kind}, not text", Position(1, 1, source.name), hint)
            )
    if b"\0" in data:
        raise SourceError(_nul(source))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise SourceError(_bad_byte(source, fault.start)) from None
    return _without_forbidden(text.replace("\r\n", "\n").replace("\r", "\n"), source.name)


def _nul(source: Source) -> Diagnostic:
    data = source.data
    sample = data[:4096]
    place = _place_of_byte(source, data.index(b"\0"))
    if 3 * sample.count(b"\0") > len(sample):
        hint = f"{_SAVE_AGAIN}; it looks like UTF-16"
    else:
        hint = "is it a text file? remove the NUL characters if it is"
    return error("not-text", "the source holds a NUL byte, which no text has", place, hint)


def _bad_byte(source: Source, at: int) -> Diagnostic:
    # Windows-1252 leaves five of its bytes undefined; other control characters hint at something else altogether.
    try:
        guess = source.data.decode("cp1252")
    except UnicodeDecodeError:
        guess = "\x01"
    hint = f"{_SAVE_AGAIN}; it may be in Windows-1252" if not _FORBIDDEN.search(guess) else _SAVE_AGAIN
    found = f"the byte 0x{source.data[at]:02x} is not UTF-8"
    return error("not-utf8", found, _place_of_byte(source, at), hint)


def _place_of_byte(source: Source, at: int) -> Position:
    before = source.data[:at].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n") + 1
    return Position(line, len(before) - (before.rfind("\n") + 1) + 1, source.name)


def _without_forbidden(text: str, name: str) -> tuple[str, tuple[Diagnostic, ...]]:
    first = _FORBIDDEN.search(text)
    if not first:
        return text, ()
    before = text[: first.start()]
    place = Position(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1, name)
    clean, count = _FORBIDDEN.subn(lambda match: " " if match.group() in "\x0b\x0c" else "\ufffd", text)
    what = f"the control character U+{ord(first.group()):04X}"
    more = f" (and {count - 1} more)" if count > 1 else ""
    hint = "remove it; no edition can hold it"
    return clean, (warning("control-character", f"{what}{more} was replaced", place, hint),)
