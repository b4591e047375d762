"""Link: cross-references and citations get the text that they read as, and every anchor that is named must exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from octavo.diagnostics import Diagnostic, Position, error, warning
from octavo.transforms.conventions import NO_BREAK
from octavo.transforms.identify import Identified
from octavo.transforms.number import Numbers
from octavo.transforms.survey import Survey
from octavo.tree import Document, nodes
from octavo.tree.nodes import AnyNode, ReferenceForm
from octavo.tree.walk import plain_text, rewrite

_HINTS: Final = 8
"""Looking for the nearest anchor compares with all of them: that is done for the first few only."""
_YEAR: Final = re.compile(r"\b(1[5-9]|20)\d\d[a-z]?\b")
_NAME: Final = re.compile(r"^[^\W\d]+(?:[ '’-][^\W\d]+)?")


_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_RESOLVERS: Final = {"doi": "https://doi.org/", "orcid": "https://orcid.org/"}
"""Where names lead that no program opens by themselves; IANA has registered neither scheme."""
_RESOLVED: Final = re.compile(r"^(doi|orcid):(?=\d)", re.IGNORECASE)
_SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", "urn", "ftp", "sms", "geo", "info"})
"""Schemes that lead a reader to a page, a person or a place. All others may run or open something: javascript, data,
vbscript, file, and whatever a machine has registered."""
_RUN: Final = frozenset({"javascript", "vbscript", "data", "file", "blob", "about", "view-source"})
"""Of those others, what runs something in a browser or opens a file; names that nobody registered are mere mistakes."""


def link(identified: Identified, surveyed: Survey, numbers: Numbers) -> tuple[Document, list[Diagnostic]]:
    """Return the document with every reference filled in, and errors for those that lead nowhere."""
    linker = _Linker(identified.aliases, surveyed, numbers)
    changed: dict[int, AnyNode] = {}
    for kind in _RULES:
        for old in surveyed.found[kind]:
            new = linker.node(old)
            if new is not old:
                changed[old.key] = new
    if not changed:
        return identified.document, linker.diagnostics
    document = rewrite(identified.document, lambda node: _replaced(node, changed))
    return document, linker.diagnostics


def _replaced(node: AnyNode, changed: Mapping[int, AnyNode]) -> AnyNode:
    """Return what stands in the place of a node; a link's content may have changed before it."""
    new = changed.get(node.key) if type(node) in _RULES else None
    if isinstance(new, nodes.Link) and isinstance(node, nodes.Link):
        return msgspec.structs.replace(node, target=new.target)
    if isinstance(new, nodes.Span) and isinstance(node, nodes.Link):
        return msgspec.structs.replace(new, content=node.content)
    return node if new is None else new


class _Linker:
    def __init__(self, aliases: Mapping[str, str], surveyed: Survey, numbers: Numbers) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._aliases = aliases
        self._targets = surveyed.targets
        self._numbers = numbers
        self._sections: dict[str, str] | None = None
        self._serial = {
            entry.key: str(count) for count, entry in enumerate(surveyed.found[nodes.Entry], start=1)
        }

    def node(self, node: Any) -> Any:
        """Return a reference with its text, or as it was."""
        return _RULES[type(node)](self, node)

    def reference(self, node: nodes.CrossReference) -> nodes.CrossReference:
        """Fill in a cross-reference. Where the page is asked for, its text serves editions without pages."""
        anchor = self._aliases.get(node.target, node.target)
        target = self._targets.get(anchor)
        if target is None:
            self._dangling("dangling-reference", node.target, node.position)
            return msgspec.structs.replace(node, text=f"[{node.target}]")
        title, label = _title_of(target), self._label_of(target)
        text = (title or label) if node.form is ReferenceForm.TITLE else (label or title)
        if not text:
            self.diagnostics.append(
                warning(
                    "reference-without-text",
                    f"`{node.target}` has neither a number nor a title to be referred by",
                    node.position,
                    hint=f"write a link with words of its own: [these words](#{node.target})",
                )
            )
        return msgspec.structs.replace(node, target=anchor, text=text or f"[{node.target}]")

    def link(self, node: nodes.Link) -> nodes.Link | nodes.Span:
        """Check a link into the document, and resolve the name of a work; of an unsafe link the text stays."""
        if node.target == "#":
            said = warning("empty-link", "a link leads nowhere", node.position, hint="write its address")
            self.diagnostics.append(said)
            return _unlinked(node)
        if not node.target.startswith("#"):
            resolved = _RESOLVED.sub(lambda match: _RESOLVERS[match[1].lower()], node.target)
            if resolved.startswith("//"):
                # An address without a scheme has that of the page it stands on; a document stands on none.
                resolved = f"https:{resolved}"
            if resolved != node.target:
                return msgspec.structs.replace(node, target=resolved)
            return node if is_safe(node.target) else self._without_link(node)
        anchor = self._aliases.get(node.target[1:], node.target[1:])
        if anchor not in self._targets:
            alike = self._alike(anchor)
            if not alike:
                self._dangling("dangling-link", node.target[1:], node.position)
            anchor = alike or anchor
        return node if node.target == f"#{anchor}" else msgspec.structs.replace(node, target=f"#{anchor}")

    def _alike(self, anchor: str) -> str:
        """Return the heading whose anchor has the same letters and figures, empty for none or several.

        Each renderer of Markdown makes anchors of titles in its own way: `Linux/Unix` is `linuxunix` here and
        `linux-unix` there, some keep capitals, and what begins with a figure has `s-` before it only here.
        """
        if self._sections is None:
            self._sections = {}
            for each, target in self._targets.items():
                if isinstance(target, nodes.Section):
                    for letters in {_letters(each), _letters(each.removeprefix("s-"))}:
                        self._sections[letters] = "" if letters in self._sections else each
        return self._sections.get(_letters(anchor), "")

    def _without_link(self, node: nodes.Link) -> nodes.Span:
        hint = "link to an address that begins with https:// or mailto:"
        message = f"a link to `{node.target[:80]}` is not made; its text is kept"
        dangerous = _scheme(node.target) in _RUN
        self.diagnostics.append(
            error("unsafe-link", message, node.position, hint=hint)
            if dangerous
            else warning("unknown-scheme", message, node.position, hint=hint)
        )
        return _unlinked(node)

    def citation(self, node: nodes.Citation) -> nodes.Citation:
        """Fill in a citation, as "[3]", "[3, 5, p. 7]" or "[Li 2020]"."""
        anchors = tuple(self._aliases.get(each, each) for each in node.targets)
        labels = []
        for anchor in anchors:
            target = self._targets.get(anchor)
            if isinstance(target, nodes.Entry):
                labels.append(self._entry_label(target))
            else:
                self._dangling("dangling-citation", anchor, node.position)
                labels.append(anchor)
        text = node.text or f"[{', '.join([*labels, *([node.locator] if node.locator else [])])}]"
        return msgspec.structs.replace(node, targets=anchors, text=text)

    def _entry_label(self, entry: nodes.Entry) -> str:
        """An entry without a label is called by its first name and its year, else by its place in the list."""
        if entry.label:
            return entry.label
        words = plain_text(entry)
        name, year = _NAME.match(words), _YEAR.search(words)
        return f"{name.group()} {year.group()}" if name and year else self._serial[entry.key]

    def _label_of(self, target: AnyNode) -> str:
        if isinstance(target, nodes.Entry):
            return f"[{self._entry_label(target)}]"
        found = self._numbers.labels.get(target.key) or self._numbers.numbers.get(target.key, "")
        return found.replace(" ", NO_BREAK)

    def _dangling(self, code: str, anchor: str, position: Position | None) -> None:
        near = []
        if len(self.diagnostics) < _HINTS:
            import difflib

            near = difflib.get_close_matches(anchor, self._targets, n=1)
        guess = f"did you mean `{near[0]}`?" if near else f"give the thing meant the anchor {{#{anchor}}}"
        self.diagnostics.append(error(code, f"nothing here has the anchor `{anchor}`", position, hint=guess))


def _letters(anchor: str) -> str:
    return "".join(each for each in anchor.casefold() if each.isalnum())


def citation_parts(node: nodes.Citation) -> tuple[tuple[str, str], ...]:
    """Return the text of a citation in parts, as (text, target): a part for each work cited, and without a target
    what stands between them. A text whose parts cannot be told belongs to the first work as a whole."""
    first = node.targets[0] if node.targets else ""
    end = f", {node.locator}]" if node.locator else "]"
    labels = node.text[1 : -len(end)].split(", ")
    if len(node.targets) < 2 or node.text != f"[{', '.join(labels)}{end}" or len(labels) != len(node.targets):
        return ((node.text, first),)
    parts = [("[", "")]
    for label, target in zip(labels, node.targets, strict=True):
        parts += [(label, target), (", ", "")]
    return (*parts[:-1], (end, ""))


_RULES: Final[Mapping[type[AnyNode], Callable[[_Linker, Any], Any]]] = {
    nodes.Link: _Linker.link,
    nodes.CrossReference: _Linker.reference,
    nodes.Citation: _Linker.citation,
}


def is_safe(target: str) -> bool:
    """Say whether an address has a scheme that no program runs, or none at all.

    Reading systems pass over controls and spaces in a scheme (WHATWG URL, 4.4), so they are passed over here too.
    """
    scheme = _scheme(target)
    return not scheme or scheme in _SAFE_SCHEMES


def _scheme(target: str) -> str:
    bare = "".join(each for each in target[:2000] if each.isprintable() and not each.isspace())
    found = _SCHEME.match(bare)
    return found.group(1).lower() if found else ""


def _unlinked(node: nodes.Link) -> nodes.Span:
    return nodes.Span(
        content=node.content, position=node.position, language=node.language, id=node.id, key=node.key
    )


def _title_of(target: AnyNode) -> str:
    match target:
        case nodes.Section() | nodes.Group() | nodes.Contents():
            return plain_text(target.title).replace("\n", " ")
        case nodes.Figure() | nodes.Table() | nodes.CodeBlock():
            return plain_text(target.caption.content).replace("\n", " ") if target.caption else ""
        case _:
            return ""
