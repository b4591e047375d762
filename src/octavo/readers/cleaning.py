"""Documents that did not come as text: made by a program, by another's reader, or from JSON, which has escapes.

Text is cleaned as it is decoded; here the same is done for the strings of a tree.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from octavo.diagnostics import Position, error, warning
from octavo.errors import SourceError
from octavo.readers.decode import sayable
from octavo.readers.protocol import Parsed
from octavo.tree import Document
from octavo.tree.metadata import Metadata
from octavo.tree.nodes import Block

_UNSAYABLE: Final = re.compile(rb"(?<!\\)(?:\\\\)*+\\(?:[bf]|u00[01]|u007f)|\x7f|\xef\xbf[\xbe\xbf]")
"""What no edition can hold, as JSON writes it (RFC 8259, 7); tabs and ends of lines have escapes of their own."""
_STRANGE: Final = re.compile(r"Encoding objects of type (.+) is unsupported")
"""How msgspec calls what it does not know."""
_NO_WIDTH: Final = b"\xa5width\xcb" + bytes(8)
"""A width of 0, as MessagePack has it. It is left out where it is the very default, which a copy of a document is not;
two equal documents would else make Word files of other bytes, for those keep the tree."""


def sound(document: Document) -> Document:
    """Return a document that a program has made, with tuples where it has lists.

    Raises:
        SourceError: it is no tree of octavo's: something stands where it may not; the diagnostic says what and where.
    """
    try:
        data = msgspec.msgpack.encode(document)
        if _NO_WIDTH in data:
            data = msgspec.msgpack.encode(_without_no_width(msgspec.msgpack.decode(data)))
        return msgspec.msgpack.decode(data, type=Document)
    except UnicodeEncodeError:
        return document  # halves of characters, which `cleaned` replaces
    except RecursionError:
        hint = "check for a list or quotation that never ends"
        raise SourceError(error("nesting-too-deep", "the document nests too deeply", hint=hint)) from None
    except (msgspec.ValidationError, TypeError, ValueError, OverflowError) as fault:
        reason, hint = (
            str(fault)[:300],
            "make it with octavo.tree.build, and let a checker of types look at the program",
        )
        strange = _STRANGE.fullmatch(reason)
        if strange:
            reason, hint = f"it holds a {strange[1]}", "make a tuple or a text of it"
        said = error("not-a-document", f"what the program made is no document: {reason}", hint=hint)
        raise SourceError(said) from fault


def _without_no_width(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_no_width(each) for key, each in value.items() if key != "width" or each != 0}
    return [_without_no_width(each) for each in value] if isinstance(value, list) else value


def cleaned(parsed: Parsed) -> Parsed:
    """Return a document with U+FFFD for the characters that no edition can hold, and say so where there are any."""
    document = parsed.document
    metadata = _clean(document.metadata, Metadata)
    content = tuple(_clean(block, Block) for block in document.content)
    if metadata is document.metadata and all(map(_same, content, document.content)):
        return parsed
    said = warning(
        "control-character",
        "control characters, or halves of characters, were replaced",
        Position(0, 0, document.source) if document.source else None,
        "remove them; no edition can hold them",
    )
    clean = msgspec.structs.replace(document, metadata=metadata, content=content)
    return Parsed(clean, (*parsed.diagnostics, said))


def _same(one: object, other: object) -> bool:
    return one is other


def _clean(value: Any, kind: Any) -> Any:
    """Return a value of a kind, the same where nothing had to be replaced in it."""
    try:
        if not _UNSAYABLE.search(msgspec.json.encode(value)):
            return value
    except UnicodeEncodeError:
        pass  # a half of a character, which JSON in UTF-8 cannot hold either
    return msgspec.convert(_replaced(msgspec.to_builtins(value)), kind)


def _replaced(value: Any) -> Any:
    if isinstance(value, str):
        return sayable(value)
    if isinstance(value, dict):
        return {key: _replaced(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(each) for each in value]
    return value
