"""Identify: a serial key for every node in reading order, and an anchor for everything that can be referred to.

Keys start at 1; texts, line breaks and table columns have none. An author's anchor is kept where it is unique and can
stand in XML (Namespaces in XML 1.0, NCName); others get one from their title or their kind: `fig-1`, `tbl-1`, `fn-1`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import msgspec

from octavo.diagnostics import Diagnostic, warning
from octavo.tree import Document, nodes
from octavo.tree.nodes import Node
from octavo.tree.walk import CONTENT_FIELDS, plain_text, walk

N = TypeVar("N", bound=Node)

# Namespaces in XML 1.0, production 4, by way of XML 1.0 (fifth edition), productions 4 and 4a.
_START: Final = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_FOLLOWING: Final = _START + ".0-9\xb7\u0300-\u036f\u203f-\u2040-"
_NAME: Final = f"[{_START}][{_FOLLOWING}]*"
_NOT_IN_NAME: Final = f"[^{_FOLLOWING}]"
"""Kept as text: it takes ten milliseconds to compile these, and most anchors are ASCII."""
_PLAIN_NAME: Final = re.compile("[A-Z_a-z][A-Z_a-z.0-9-]*")

_WITHOUT_KEY: Final = frozenset({nodes.Text, nodes.LineBreak, nodes.Column})
_SERIAL: Final[Mapping[type[Node], str]] = {nodes.Figure: "fig", nodes.Table: "tbl", nodes.Footnote: "fn"}


class Identified(msgspec.Struct, frozen=True):
    """A document with final keys and anchors. `aliases` maps an author's anchor that had to change to the new one."""

    document: Document
    aliases: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


def identify(document: Document) -> Identified:
    """Return the document with keys and anchors."""
    namer = _Namer([node.id for node in walk(document) if node.id])
    content = tuple([namer.node(block) for block in document.content])
    identified = msgspec.structs.replace(document, content=content)
    return Identified(identified, namer.aliases, tuple(namer.diagnostics))


def slug(text: str) -> str:
    """Return an anchor made of a title: lower case, letters and figures of every script, hyphens between words."""
    words: list[str] = []
    letters: list[str] = []
    for each in unicodedata.normalize("NFKC", text).lower():
        if each.isalnum() or (letters and unicodedata.category(each)[0] == "M"):
            letters.append(each)
        elif letters and each not in "'’.":
            words.append("".join(letters))
            letters = []
    if letters:
        words.append("".join(letters))
    joined = "-".join(words)
    made = joined if _PLAIN_NAME.fullmatch(joined) else re.sub(_NOT_IN_NAME, "", joined)
    made = made[:80].rstrip("-")
    return made if not made or _is_name(made) else f"s-{made}"


class _Namer:
    """Gives out keys and anchors on one way through the tree."""

    def __init__(self, anchors: list[str]) -> None:
        self.aliases: dict[str, str] = {}
        self.diagnostics: list[Diagnostic] = []
        self._key = 0
        self._reserved = set(anchors)
        """Anchors of the author and those given out: a made one may be none of them."""
        self._used: set[str] = set()
        self._counts: dict[str, int] = {}
        self._serials = dict.fromkeys(_SERIAL, 0)

    def node(self, node: N) -> N:
        """Return a node with its key and anchor, and all below it with theirs."""
        kind = type(node)
        changes: dict[str, Any] = {}
        if kind not in _WITHOUT_KEY:
            self._key += 1
            if node.key != self._key:
                changes["key"] = self._key
            anchor = self._anchor(node, kind)
            if anchor != node.id:
                changes["id"] = anchor
        elif node.id:
            changes["id"] = ""
        for name in CONTENT_FIELDS[kind]:
            old = getattr(node, name)
            if old:
                new = self.node(old) if isinstance(old, Node) else self._sequence(old)
                if new is not old:
                    changes[name] = new
        return msgspec.structs.replace(node, **changes) if changes else node

    def _sequence(self, old: tuple[Any, ...]) -> tuple[Any, ...]:
        if not old or (len(old) == 1 and type(old[0]) is nodes.Text and not old[0].id):
            return old
        each: Callable[[Any], Any] = self._sequence if isinstance(old[0], tuple) else self.node
        return tuple([each(one) for one in old])

    def _anchor(self, node: Node, kind: type[Node]) -> str:
        prefix = _SERIAL.get(kind, "")
        if prefix:
            self._serials[kind] += 1
        if node.id:
            return self._authors(node)
        if prefix:
            return self._unique(f"{prefix}-{self._serials[kind]}")
        if isinstance(node, nodes.Section):
            return self._unique(slug(plain_text(node.title)) or "section")
        return ""

    def _authors(self, node: Node) -> str:
        """Return an author's anchor where it is the first of its name, else one like it."""
        anchor = node.id
        if not _is_name(anchor):
            anchor = self._unique(slug(anchor) or "anchor")
            self.aliases.setdefault(node.id, anchor)
            self.diagnostics.append(
                warning(
                    "bad-id",
                    f"`{node.id}` can be no anchor and was made `{anchor}`",
                    node.position,
                    hint="start it with a letter, and use letters, figures, hyphens and full stops",
                )
            )
        elif anchor in self._used:
            anchor = self._unique(anchor)
            self.diagnostics.append(
                warning(
                    "duplicate-id",
                    f"the anchor `{node.id}` is given twice; the second was made `{anchor}`",
                    node.position,
                    hint="rename one of them; references lead to the first",
                )
            )
        self._used.add(anchor)
        return anchor

    def _unique(self, base: str) -> str:
        """Return the base, or the first of `base-1`, `base-2`, … that is free, which is how links elsewhere count."""
        anchor = base
        while anchor in self._reserved:
            self._counts[base] = self._counts.get(base, 0) + 1
            anchor = f"{base}-{self._counts[base]}"
        self._reserved.add(anchor)
        self._used.add(anchor)
        return anchor


def _is_name(anchor: str) -> bool:
    return _PLAIN_NAME.fullmatch(anchor) is not None or re.fullmatch(_NAME, anchor) is not None
