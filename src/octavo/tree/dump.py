"""A document out and in again: JSON without any loss, and an indented text for people and for golden files.

The JSON is an object with `octavo` (the version of this form, 1), `metadata`, `content`, `source` and, where there are
any, `embedded` files in base64; a node is an object with its `type` and the fields that differ from their defaults.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from octavo.diagnostics import Position, error
from octavo.errors import SourceError
from octavo.tree import Document
from octavo.tree.metadata import Metadata
from octavo.tree.nodes import Block, Node
from octavo.tree.walk import CONTENT_FIELDS

VERSION: Final = 1
_INDENT: Final = "  "
_COMMON: Final = ("position", "language", "id", "key")


class _Envelope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The outermost object of the JSON form."""

    octavo: int
    metadata: Metadata = Metadata()
    content: tuple[Block, ...] = ()
    source: str = ""
    embedded: Mapping[str, bytes] | msgspec.UnsetType = msgspec.UNSET


class _Version(msgspec.Struct, frozen=True):
    octavo: int = 0


def to_json(document: Document) -> bytes:
    """Return the document as JSON in UTF-8, indented, with a line end at its end. Same document, same bytes."""
    envelope = _Envelope(
        octavo=VERSION,
        metadata=document.metadata,
        content=document.content,
        source=document.source,
        embedded=document.embedded or msgspec.UNSET,
    )
    try:
        data = msgspec.json.encode(envelope)
    except UnicodeEncodeError:
        data = msgspec.json.encode(_without_surrogates(msgspec.to_builtins(envelope)))
    return msgspec.json.format(data, indent=1) + b"\n"


def _without_surrogates(value: Any) -> Any:
    """Return plain values with U+FFFD for lone surrogates, which UTF-8 cannot hold and only a program can make."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(each) for each in value]
    return value


def from_json(data: bytes, name: str = "") -> Document:
    """Return the document that `to_json` wrote; `name` is how diagnostics call it.

    Raises:
        SourceError: the JSON is malformed, of another version, or no document; the diagnostic says where.
    """
    try:
        version = msgspec.json.decode(data, type=_Version).octavo
        if version != VERSION:
            found = f"of version {version}" if version else "without a version"
            hint = f'octavo reads {{"octavo": {VERSION}, "metadata": …, "content": …}}, as `octavo tree` writes it'
            message = f"the JSON is a document {found}"
            raise SourceError(error("unknown-version", message, Position(1, 1, name), hint))
        envelope = msgspec.json.decode(data, type=_Envelope)
    except msgspec.ValidationError as fault:
        place, hint = Position(0, 0, name), "compare it with what `octavo tree` writes"
        said = str(fault)[:300]
        raise SourceError(error("not-a-document", f"the JSON is no document: {said}", place, hint)) from None
    except (msgspec.DecodeError, RecursionError) as fault:
        raise SourceError(_malformed(data, fault, name)) from None
    return Document(
        metadata=envelope.metadata,
        content=envelope.content,
        source=envelope.source,
        embedded=envelope.embedded or {},
    )


def _malformed(data: bytes, fault: Exception, name: str) -> Any:
    if isinstance(fault, RecursionError):
        return error("nesting-too-deep", "the JSON nests too deeply", Position(1, 1, name))
    text = str(fault).removeprefix("JSON is malformed: ")
    place = Position(1, 1, name)
    digits = text.rpartition("(byte ")[2].rstrip(")")
    if digits.isdigit():
        before = data[: int(digits)].decode("utf-8", "replace")
        place = Position(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1, name)
    return error(
        "broken-json", f"the JSON is malformed: {text}", place, "check the brackets and commas there"
    )


def to_text(document: Document) -> str:
    """Return the document as indented lines: a node a line, with its fields, its text and `@line:column`.

    Fields that have their default are left out, and so is the file's name: what remains reads the same anywhere.
    """
    return "".join(f"{line}\n" for line in _document_lines(document))


def _document_lines(document: Document) -> Iterator[str]:
    yield "document"
    metadata = document.metadata
    for name in metadata.__struct_fields__:
        value = getattr(metadata, name)
        if name != "positions" and value:
            place = _place(metadata.positions.get(name))
            if name == "authors":
                yield f"{_INDENT}authors{place}"
                for author in value:
                    yield f"{_INDENT * 2}author{_scalars(author, {})}"
            else:
                yield f"{_INDENT}{name.replace('_', '-')} {_quoted(value)}{place}"
    for block in document.content:
        yield from _node_lines(block, 1)


def _node_lines(node: Node, depth: int) -> Iterator[str]:
    tag = str(node.__struct_config__.tag)
    named = f" #{node.id}" if node.id else ""
    language = f" lang={node.language}" if node.language else ""
    key = f" key={node.key}" if node.key else ""
    fields = CONTENT_FIELDS.get(type(node), ())
    skipped = dict.fromkeys((*fields, *_COMMON))
    yield f"{_INDENT * depth}{tag}{named}{language}{key}{_scalars(node, skipped)}{_place(node.position)}"
    for name in fields:
        value = getattr(node, name)
        if not value:
            continue
        if isinstance(value, Node):
            yield from _node_lines(value, depth + 1)
        elif name in _PLAIN or (len(fields) == 1 and all(isinstance(each, Node) for each in value)):
            for each in value:
                yield from _value_lines(each, name, depth + 1)
        else:
            yield f"{_INDENT * (depth + 1)}{name}:"
            for each in value:
                yield from _value_lines(each, name, depth + 2)


_PLAIN: Final = frozenset({"content", "items", "bodies", "rows", "cells", "columns", "entries"})


def _value_lines(value: Any, name: str, depth: int) -> Iterator[str]:
    if isinstance(value, Node):
        yield from _node_lines(value, depth)
        return
    yield f"{_INDENT * depth}-"
    for each in value:
        yield from _value_lines(each, name, depth + 1)


def _scalars(value: msgspec.Struct, skipped: Mapping[str, None]) -> str:
    """Return the fields that differ from their defaults, the text of a node first and without its name."""
    parts: list[str] = []
    for field in msgspec.structs.fields(value):
        if field.name in skipped:
            continue
        said = getattr(value, field.name)
        if said == field.default and field.name != "text":
            continue
        shown = _quoted(said) if isinstance(said, str) and not hasattr(said, "value") else str(said)
        parts.append(shown if field.name == "text" else f"{field.name.replace('_', '-')}={shown}")
    return "".join(f" {part}" for part in parts)


def _quoted(value: Any) -> str:
    if isinstance(value, str):
        return msgspec.json.encode(_without_surrogates(value)).decode()
    if isinstance(value, tuple):
        return ", ".join(_quoted(each) for each in value)
    return str(value)


def _place(position: Position | None) -> str:
    return f" @{position.line}:{position.column}" if position else ""
