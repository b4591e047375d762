"""Two verbs over trees: `walk` collects, `rewrite` returns the same object where nothing changed.

Both visit nodes in reading order. Neither knows any node type: the fields of the structs say where content is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar, cast, get_args

import msgspec

from octavo.tree import Document, nodes
from octavo.tree.nodes import (
    AnyNode,
    Citation,
    Code,
    CodeBlock,
    CrossReference,
    Footnote,
    Formula,
    LineBreak,
    Math,
    Node,
    Text,
)

T = TypeVar("T", bound=msgspec.Struct)

_READING_ORDER: Final[Mapping[type[msgspec.Struct], tuple[str, ...]]] = {
    nodes.Group: ("title", "content"),
    nodes.Table: ("caption", "columns", "head", "bodies", "foot", "notes"),
}


def _holds_nodes(annotation: str) -> bool:
    return annotation.startswith(("tuple[", "Caption")) and "str" not in annotation


CONTENT_FIELDS: Final[Mapping[type[msgspec.Struct], tuple[str, ...]]] = {
    kind: _READING_ORDER.get(kind)
    or tuple(name for name, annotation in kind.__annotations__.items() if _holds_nodes(annotation))
    for kind in (Document, *get_args(nodes.AnyNode))
}
"""The fields of each type that hold nodes, in reading order."""


def children(node: msgspec.Struct) -> list[AnyNode]:
    """Return the nodes that stand directly in `node` (or in a document), in reading order."""
    found: list[AnyNode] = []
    for name in CONTENT_FIELDS[type(node)]:
        _gather(getattr(node, name), found)
    return found


def _gather(value: Any, found: list[AnyNode]) -> None:
    if isinstance(value, tuple):
        if value and isinstance(value[0], Node):
            found.extend(value)
        else:
            for each in value:
                _gather(each, found)
    elif value is not None:
        found.append(value)


def walk(node: msgspec.Struct) -> Iterator[AnyNode]:
    """Yield every node below `node` (a node or a document), parents before children, without recursion."""
    stack = children(node)[::-1]
    while stack:
        child = stack.pop()
        yield child
        fields = CONTENT_FIELDS[type(child)]
        if len(fields) == 1:
            # Most that holds nodes holds them in one field, as one row.
            value = getattr(child, fields[0])
            if value and type(value) is tuple and isinstance(value[0], Node):
                stack.extend(value[::-1])
                continue
        if fields:
            stack.extend(reversed(children(child)))


def rewrite(node: T, function: Callable[[AnyNode], AnyNode | tuple[AnyNode, ...]]) -> T:
    """Return `node` with `function` applied to every node below it, children before parents.

    `function` returns the node itself to keep it, another node, or a tuple of nodes to put in its place
    (only where the field holds a tuple of nodes).
    """
    changes: dict[str, Any] = {}
    for name in CONTENT_FIELDS[type(node)]:
        old = getattr(node, name)
        new = _rewritten(old, function)
        if new is not old:
            changes[name] = new
    return msgspec.structs.replace(node, **changes) if changes else node


def _rewritten(value: Any, function: Callable[[AnyNode], AnyNode | tuple[AnyNode, ...]]) -> Any:
    if isinstance(value, Node):
        return function(cast(AnyNode, rewrite(value, function)))
    if not isinstance(value, tuple):
        return value
    changed = False
    result: list[Any] = []
    for each in value:
        new = _rewritten(each, function)
        changed = changed or new is not each
        if isinstance(new, tuple) and isinstance(each, Node):
            result.extend(new)
        else:
            result.append(new)
    return tuple(result) if changed else value


def plain_text(node: AnyNode | Document | tuple[Any, ...]) -> str:
    """Return the characters a reader sees, notes left out; blocks are separated by a line end."""
    pieces: list[str] = []
    _collect_text(node, pieces)
    return "".join(pieces).strip("\n")


def _collect_text(value: Any, pieces: list[str]) -> None:
    if isinstance(value, tuple):
        for each in value:
            _collect_text(each, pieces)
    elif isinstance(value, Text | Code | CrossReference | Citation | Math):
        pieces.append(value.text)
    elif isinstance(value, LineBreak):
        pieces.append("\n")
    elif isinstance(value, CodeBlock | Formula):
        pieces.append(f"{value.text}\n")
    elif value is not None and not isinstance(value, Footnote):
        ends_lines = type(value) not in _INLINES
        for name in CONTENT_FIELDS[type(value)]:
            content = getattr(value, name)
            runs = content if name == "terms" else (content,)
            for run in runs:
                _collect_text(run, pieces)
                if ends_lines and isinstance(run, tuple) and run and type(run[0]) in _INLINES:
                    pieces.append("\n")


_INLINES: Final = frozenset(get_args(nodes.Inline))


def without_positions(document: Document) -> Document:
    """Return the document as it would be had it been built by a program, without the files that came with it: for
    comparing meanings."""
    bare = rewrite(
        document, lambda node: msgspec.structs.replace(node, position=None) if node.position else node
    )
    metadata = msgspec.structs.replace(bare.metadata, positions={})
    return msgspec.structs.replace(bare, metadata=metadata, source="", embedded={})
