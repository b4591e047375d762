"""Polish: typographic punctuation by language, quotation marks for `Quoted`, and text that every format can hold.

In comes a document, out comes the same one with other characters in its `Text`s. Code, formulas and addresses keep
theirs.
After it no text is empty or holds a control character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, TypeVar, cast, get_args

import msgspec

from octavo.diagnostics import Diagnostic, Position, warning
from octavo.transforms.conventions import Convention, convention_for
from octavo.transforms.punctuation import ATOM, Replacement, pattern_for, replacements
from octavo.tree import Document, nodes
from octavo.tree.metadata import Author, Metadata
from octavo.tree.nodes import Inline, Node, QuoteLevel
from octavo.tree.walk import CONTENT_FIELDS

N = TypeVar("N", bound=Node)

_INLINES: Final = frozenset(get_args(Inline))
# Outside of these no character may stand in XML 1.0 (production 2); the rest of the controls have no meaning in text.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LINE_ENDS: Final = re.compile("[\t\n\r\x85\u2028\u2029]+")
_SPOKEN: Final = ("title", "subtitle", "short_title", "publisher", "series", "issue", "rights", "description")


def polish(document: Document) -> tuple[Document, list[Diagnostic]]:
    """Return the document with its characters as they are to be printed, and what was taken out."""
    polisher = _Polisher()
    language = document.metadata.language
    metadata = _polished_metadata(document.metadata, polisher)
    content = polisher.sequence(document.content, language)
    return msgspec.structs.replace(document, metadata=metadata, content=content), polisher.diagnostics


def _polished_metadata(metadata: Metadata, polisher: _Polisher) -> Metadata:
    def plain(text: str) -> str:
        return polisher.plain(text, metadata.language)

    def author(one: Author) -> Author:
        return msgspec.structs.replace(
            one, name=plain(one.name), affiliation=plain(one.affiliation), biography=plain(one.biography)
        )

    spoken = {name: plain(getattr(metadata, name)) for name in _SPOKEN}
    authors = tuple(author(one) for one in metadata.authors)
    return msgspec.structs.replace(
        metadata, authors=authors, keywords=tuple(map(plain, metadata.keywords)), **spoken
    )


class _Polisher:
    """Goes through a tree once, top down, with the language that holds at each node."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._rules: dict[str, tuple[Convention, re.Pattern[str]] | None] = {}

    def plain(self, text: str, language: str) -> str:
        """Return a plain string polished."""
        clean = self.clean(text, None, lines=False)
        return _apply(clean, self._replacements(clean, language))

    def clean(self, text: str, position: Position | None, *, lines: bool) -> str:
        """Return a text without control characters; with `lines`, its line ends and tabs stay."""
        if not text.isprintable():
            if not lines:
                text = _LINE_ENDS.sub(" ", text)
            text, count = _FORBIDDEN.subn("", text)
            if count:
                noun = "character" if count == 1 else "characters"
                hint = "no edition can hold it; delete it in the source"
                self.diagnostics.append(
                    warning("control-character", f"{count} control {noun} left out", position, hint)
                )
        return text

    def node(self, node: N, language: str) -> N:
        """Return a block, a part of one, or an inline that is polished on its own."""
        language = node.language or language
        changes: dict[str, Any] = {}
        for name in CONTENT_FIELDS[type(node)]:
            old = getattr(node, name)
            new = self.node(old, language) if isinstance(old, Node) else old and self.sequence(old, language)
            if new is not old:
                changes[name] = new
        if isinstance(node, nodes.CodeBlock | nodes.Formula):
            text = self.clean(node.text, node.position, lines=True)
            if text != node.text:
                changes["text"] = text
        return msgspec.structs.replace(node, **changes) if changes else node

    def sequence(self, value: tuple[Any, ...], language: str) -> tuple[Any, ...]:
        """Return a tuple of blocks, of parts, of tuples, or a run of inlines."""
        if not value:
            return value
        if type(value[0]) in _INLINES:
            return self.run(cast("tuple[Inline, ...]", value), language)
        each = self.sequence if isinstance(value[0], tuple) else self.node
        new = tuple([each(one, language) for one in value])
        return new if any(map(_differs, new, value)) else value

    def run(self, inlines: tuple[Inline, ...], language: str) -> tuple[Inline, ...]:
        """Return the inlines of one paragraph, title, caption or the like."""
        if len(inlines) == 1 and type(inlines[0]) is nodes.Text and inlines[0].text.isprintable():
            only = inlines[0]
            changes = self._replacements(only.text, only.language or language)
            if not only.text or not changes:
                return inlines if only.text else ()
            return (msgspec.structs.replace(only, text=_apply(only.text, changes)),)
        prepared = self._prepared(inlines, language)
        pieces: list[tuple[str, bool]] = []
        _flatten(prepared, language, pieces)
        text = "".join(piece for piece, _ in pieces)
        changed = _distribute(pieces, self._replacements(text, language))
        return _rebuilt(prepared, language, changed)

    def _prepared(self, inlines: tuple[Inline, ...], language: str) -> tuple[Inline, ...]:
        """Do all that needs no context: clean texts, polish notes and foreign words, put marks around quotations."""
        new = tuple([self._prepared_one(inline, language) for inline in inlines])
        return new if any(map(_differs, new, inlines)) else inlines

    def _prepared_one(self, inline: Inline, language: str) -> Inline:
        kind = type(inline)
        if _is_foreign(inline, language):
            alone = self.run((inline,), inline.language)
            return alone[0] if alone else nodes.Text(text="")
        if kind is nodes.Text or kind is nodes.Code or kind is nodes.Math:
            text = self.clean(inline.text, inline.position, lines=kind is not nodes.Text)  # type: ignore[union-attr]
            return inline if text == inline.text else msgspec.structs.replace(inline, text=text)  # type: ignore[union-attr]
        if kind is nodes.Image:
            return self._prepared_image(cast(nodes.Image, inline), language)
        if kind is nodes.Footnote:
            return self.node(inline, language)
        if "content" not in kind.__struct_fields__:
            return inline
        held = cast(nodes.Emphasis, inline)
        changes: dict[str, Any] = {}
        content = self._prepared(held.content, language)
        if isinstance(inline, nodes.Quoted):
            content = self._marked(inline, content, language)
        if isinstance(inline, nodes.Link) and not inline.target.isprintable():
            changes["target"] = self.clean(inline.target, inline.position, lines=False)
        if content is not held.content:
            changes["content"] = content
        return msgspec.structs.replace(inline, **changes) if changes else inline

    def _prepared_image(self, image: nodes.Image, language: str) -> Inline:
        alt, title = self.plain(image.alt, language), self.plain(image.title, language)
        same = (alt, title) == (image.alt, image.title)
        return image if same else msgspec.structs.replace(image, alt=alt, title=title)

    def _marked(self, quoted: nodes.Quoted, content: tuple[Inline, ...], language: str) -> tuple[Inline, ...]:
        rule = self._rule(language)
        double = quoted.level is QuoteLevel.DOUBLE
        curly = ("“", "”") if double else ("‘", "’")
        opening, closing = (rule[0].double if double else rule[0].single) if rule else curly
        first = content[0] if content else None
        if isinstance(first, nodes.Text) and first.text == opening:
            return content
        position = quoted.position
        return (
            nodes.Text(text=opening, position=position),
            *content,
            nodes.Text(text=closing, position=position),
        )

    def _replacements(self, text: str, language: str) -> list[Replacement]:
        rule = self._rule(language)
        return replacements(text, *rule) if rule else []

    def _rule(self, language: str) -> tuple[Convention, re.Pattern[str]] | None:
        if language not in self._rules:
            convention = convention_for(language)
            self._rules[language] = (convention, pattern_for(convention)) if convention else None
        return self._rules[language]


def _differs(one: object, other: object) -> bool:
    return one is not other


def _is_foreign(inline: Inline, language: str) -> bool:
    return inline.language not in ("", language)


def _flatten(inlines: tuple[Inline, ...], language: str, pieces: list[tuple[str, bool]]) -> None:
    """Gather the characters of a run; False stands beside those that are no text of this run."""
    for inline in inlines:
        if _is_foreign(inline, language):
            pieces.append((ATOM, False))
            continue
        match inline:
            case nodes.Text():
                pieces.append((inline.text, True))
            case nodes.LineBreak():
                pieces.append(("\n", False))
            case nodes.Footnote():
                pass
            case nodes.Code() | nodes.Math() | nodes.Image() | nodes.CrossReference() | nodes.Citation():
                pieces.append((ATOM, False))
            case _:
                _flatten(inline.content, language, pieces)


def _apply(text: str, changes: list[Replacement]) -> str:
    if not changes:
        return text
    parts: list[str] = []
    at = 0
    for start, end, new in changes:
        parts += (text[at:start], new)
        at = end
    return "".join([*parts, text[at:]])


def _distribute(pieces: list[tuple[str, bool]], changes: list[Replacement]) -> Iterator[str]:
    """Yield each text of a run with the changes that lie inside it; one that crosses an edge is left undone."""
    begin = following = 0
    for piece, is_text in pieces:
        end = begin + len(piece)
        inside: list[Replacement] = []
        while following < len(changes) and changes[following][0] < end:
            start, stop, new = changes[following]
            if stop <= end and start >= begin:
                inside.append((start - begin, stop - begin, new))
            following += 1
        begin = end
        if is_text:
            yield _apply(piece, inside)


def _rebuilt(inlines: tuple[Inline, ...], language: str, texts: Iterator[str]) -> tuple[Inline, ...]:
    """Put the texts back, in the order of `_flatten`; empty ones fall away."""
    new: list[Inline] = []
    changed = False
    for inline in inlines:
        one: Inline | None = inline
        if _is_foreign(inline, language):
            pass
        elif type(inline) is nodes.Text:
            text = next(texts)
            if text != inline.text:
                one = msgspec.structs.replace(inline, text=text)
            if not text:
                one = None
        elif type(inline) is not nodes.Footnote and "content" in inline.__struct_fields__:
            held = cast(nodes.Emphasis, inline)
            content = _rebuilt(held.content, language, texts)
            if content is not held.content:
                one = cast(Inline, msgspec.structs.replace(held, content=content))
        changed = changed or one is not inline
        if one is not None:
            new.append(one)
    return tuple(new) if changed else inlines
