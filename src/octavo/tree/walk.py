"""Two verbs over trees: `walk` collects, `rewrite` returns the same object where nothing changed.

Both visit nodes in reading order. Neither knows any node type: the fields of the structs say where content is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

import msgspec

from octavo.tree import Document
from octavo.tree.nodes import AnyNode, Code, CodeBlock, CrossReference, Formula, LineBreak, Math, Node, Text

_READING_ORDER = {"Table": ("caption", "columns", "head", "bodies", "foot", "notes")}
_LEAVES = frozenset({"position", "language", "id", "key", "style", "role", "numbered", "text"})

T = TypeVar("T", bound=msgspec.Struct)


def _content_fields(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    ordered = _READING_ORDER.get(kind.__name__)
    return ordered or tuple(name for name in kind.__struct_fields__ if name not in _LEAVES)


def children(node: msgspec.Struct) -> Iterator[AnyNode]:
    """Yield the nodes that stand directly in `node` (or in a document), in reading order."""
    for name in _content_fields(type(node)):
        yield from _nodes_in(getattr(node, name))


def _nodes_in(value: Any) -> Iterator[AnyNode]:
    if isinstance(value, Node):
        yield cast(AnyNode, value)
    elif isinstance(value, tuple):
        for each in value:
            yield from _nodes_in(each)


def walk(node: msgspec.Struct) -> Iterator[AnyNode]:
    """Yield every node below `node` (a node or a document), parents before children, without recursion."""
    stack = [children(node)]
    while stack:
        for child in stack[-1]:
            yield child
            stack.append(children(child))
            break
        else:
            stack.pop()


def rewrite(node: T, function: Callable[[AnyNode], AnyNode | tuple[AnyNode, ...]]) -> T:
    """Return `node` with `function` applied to every node below it, children before parents.

    `function` returns the node itself to keep it, another node, or a tuple of nodes to put in its place
    (only where the field holds a tuple of nodes).
    """
    changes: dict[str, Any] = {}
    for name in _content_fields(type(node)):
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
    changed, result = False, []
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
        return
    match value:
        case Text() | Code() | CrossReference() | Math():
            pieces.append(value.text)
        case LineBreak():
            pieces.append("\n")
        case CodeBlock() | Formula():
            pieces.append(f"{value.text}\n")
        case msgspec.Struct():
            if type(value).__name__ == "Footnote":
                return
            for child in children(value):
                _collect_text(child, pieces)
            if type(value).__name__ in _ENDS_LINE:
                pieces.append("\n")


_ENDS_LINE = frozenset({"Paragraph", "Caption", "Cell", "ListItem", "PullQuote", "Entry"})


def without_positions(document: Document) -> Document:
    """Return the document as it would be had it been built by a program: for comparing meanings."""
    bare = rewrite(document, lambda node: msgspec.structs.replace(node, position=None) if node.position else node)
    metadata = msgspec.structs.replace(bare.metadata, positions={})
    return msgspec.structs.replace(bare, metadata=metadata, source="")
