"""Inline tokens to inline nodes, each with its line and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, Protocol
from urllib.parse import unquote

import msgspec
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from octavo.diagnostics import Position, info, warning
from octavo.readers.attributes import Attributes
from octavo.readers.markdown import html
from octavo.readers.markdown.attribute_use import AttributeUse
from octavo.readers.markdown.images_within import ImagesWithin
from octavo.readers.markdown.lines import Placement
from octavo.readers.report import Report
from octavo.tree.nodes import (
    Code,
    CrossReference,
    Deleted,
    Emphasis,
    Footnote,
    Image,
    Inline,
    LineBreak,
    Link,
    Math,
    Paragraph,
    ReferenceForm,
    Span,
    Strong,
    Subscript,
    Superscript,
    Text,
)

_PLAIN_ADDRESS: Final = re.compile(r"[A-Za-z0-9:/?#&=._~+@,;-]*$")
_SIMPLE: Final[Mapping[str, Callable[..., Inline]]] = {
    "em_open": Emphasis,
    "strong_open": Strong,
    "s_open": Deleted,
    "sup_open": Superscript,
    "sub_open": Subscript,
}
_WIDE: Final = (
    (0x2E80, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF00, 0xFF60),
    (0x20000, 0x3FFFF),
)


class NoteSource(Protocol):
    """Where the content of footnotes comes from."""

    def footnote(self, label: str, place: Position) -> Footnote | str:
        """Return the note, or the text that stands in its stead."""
        ...

    def inline_note(self, read: Callable[[], Paragraph], place: Position) -> Footnote | None:
        """Return the note, None where it has gone elsewhere."""
        ...


class _Frame:
    """An element that is still open: its tokens, and its nodes so far."""

    __slots__ = ("nodes", "tag", "text", "text_at", "token")

    def __init__(self, token: Token | None, tag: html.Tag | None = None) -> None:
        self.token = token
        self.tag = tag
        self.nodes: list[Inline] = []
        self.text: list[str] = []
        self.text_at = 0


class InlineReader:
    """Reads the children of inline tokens."""

    def __init__(self, report: Report, notes: NoteSource, deepest: int) -> None:
        self.report = report
        self.deepest = deepest
        self.use = AttributeUse(report)
        self.notes = notes
        self.images = ImagesWithin()

    def read(self, tokens: list[Token], place: Placement) -> tuple[Inline, ...]:
        """Return the nodes of inline content."""
        if len(tokens) == 1 and tokens[0].type == "text":
            token = tokens[0]
            return (Text(text=token.content, position=place.at(token.meta["at"])),)
        return _Reading(self, tokens, place).run()

    def image(self, token: Token, place: Placement) -> Image:
        """Return the image of a token; its text is the alternative text."""
        source = str(token.attrs.get("src", ""))
        if "://" not in source and not source.startswith("data:"):
            source = unquote(source)
        return Image(
            source=self.images.named(source),
            alt=plain(token.children or []),
            title=str(token.attrs.get("title", "")),
            position=place.at(token.meta["at"]),
        )


class _Reading:
    """One pass over one list of tokens."""

    def __init__(self, owner: InlineReader, tokens: list[Token], place: Placement) -> None:
        self.owner = owner
        self.tokens = tokens
        self.place = place
        self.frame = _Frame(None)
        self.stack: list[_Frame] = []
        self.index = 0
        self.flat = 0
        self.paired: dict[int, html.Tag] = (
            html.pairs(tokens) if any(token.type == "html_inline" for token in tokens) else {}
        )

    def run(self) -> tuple[Inline, ...]:
        for index, token in enumerate(self.tokens):
            kind = token.type
            if kind in ("text", "text_special"):
                self.add_text(token.content, token.meta["at"])
            elif token.nesting == 1:
                self.open(token, None)
            elif token.nesting == -1:
                self.close()
            else:
                self.index = index
                _LEAVES[kind](self, token)
        self.flush()
        return tuple(self.frame.nodes)

    def add_text(self, text: str, at: int) -> None:
        frame = self.frame
        if text:
            if not frame.text:
                frame.text_at = at
            frame.text.append(text)

    def flush(self) -> None:
        frame = self.frame
        if frame.text:
            frame.nodes.append(Text(text="".join(frame.text), position=self.place.at(frame.text_at)))
            frame.text.clear()

    def add(self, node: Inline) -> None:
        self.flush()
        self.frame.nodes.append(node)

    def position(self, token: Token) -> Position:
        at = token.meta["at"]
        return self.place.at(at - 1 if token.type == "strong_open" else at)

    def open(self, token: Token, tag: html.Tag | None) -> None:
        if self.flat or len(self.stack) >= self.owner.deepest:
            self.flat += 1
            hint = f"at most {self.owner.deepest} levels; the text is kept without the markup"
            said = warning(
                "nesting-too-deep", "emphasis, links or spans nest too deeply", self.position(token), hint
            )
            self.owner.report.once(said)
            return
        self.flush()
        self.stack.append(self.frame)
        self.frame = _Frame(token, tag)

    def close(self) -> None:
        if self.flat:
            self.flat -= 1
            return
        self.flush()
        frame = self.frame
        self.frame = self.stack.pop()
        if frame.token is not None:
            self.frame.nodes.append(self.element(frame, frame.token, tuple(frame.nodes)))

    def element(self, frame: _Frame, token: Token, content: tuple[Inline, ...]) -> Inline:
        """Return the node of an element that is complete."""
        place = self.position(token)
        if frame.tag is not None:
            return self.html_element(frame.tag, content, place)
        if token.type == "link_open":
            title = str(token.attrs.get("title", ""))
            return Link(
                target=_target(str(token.attrs.get("href", ""))), content=content, title=title, position=place
            )
        if token.type == "span_open":
            return self.owner.use.span(content, token.meta["attributes"], place)
        return _SIMPLE[token.type](content=content, position=place)

    def html_element(self, tag: html.Tag, content: tuple[Inline, ...], place: Position) -> Inline:
        common = self.owner.use.common(Attributes(html.anchor_of(tag), (), tag.attributes))
        if tag.name in html.CODES:
            return msgspec.structs.replace(html.plain_code(content), position=place, **common)
        if tag.name == "a" and tag.attributes.get("href"):
            target, title = _target(tag.attributes["href"]), tag.attributes.get("title", "")
            return Link(target=target, content=content, title=title, position=place, **common)
        if tag.name in html.SIMPLE:
            node: Inline = html.SIMPLE[tag.name](content=content, position=place, **common)
            return node
        return Span(content=content, position=place, **common)

    # Tokens without content ---------------------------------------------------------------------------------------

    def softbreak(self, token: Token) -> None:
        before = self.frame.text[-1][-1] if self.frame.text else ""
        after = self.tokens[self.index + 1].content[:1] if self.index + 1 < len(self.tokens) else ""
        # No space stands between ideographs, so the end of a line between two is none either.
        if not (before and after and _is_wide(before) and _is_wide(after)):
            following = self.tokens[self.index + 1] if self.index + 1 < len(self.tokens) else token
            self.add_text(" ", following.meta["at"])

    def hardbreak(self, token: Token) -> None:
        self.add(LineBreak(position=self.position(token)))

    def code(self, token: Token) -> None:
        self.add(Code(text=token.content, position=self.position(token)))

    def math(self, token: Token) -> None:
        self.add(Math(text=token.content, position=self.position(token)))

    def reference(self, token: Token) -> None:
        form = ReferenceForm(token.meta["form"])
        self.add(CrossReference(target=token.meta["target"], form=form, position=self.position(token)))

    def image(self, token: Token) -> None:
        self.add(self.owner.image(token, self.place))

    def attributes(self, token: Token) -> None:
        place = self.position(token)
        if self.frame.nodes and not self.flat:
            node = self.frame.nodes[-1]
            self.frame.nodes[-1] = self.owner.use.inline(node, token.meta["attributes"], place)

    def wiki_link(self, token: Token) -> None:
        place = self.position(token)
        message = "a wiki link is shown as its text, for octavo knows no other pages"
        hint = f"write [{token.content}](#anchor) or [{token.content}](address)"
        self.owner.report.once(warning("wiki-link", message, place, hint))
        self.add_text(token.content, token.meta["at"])

    def note(self, token: Token) -> None:
        found = self.owner.notes.footnote(token.content, self.position(token))
        if isinstance(found, str):
            self.add_text(found, token.meta["at"])
        else:
            self.add(found)

    def inline_note(self, token: Token) -> None:
        inner = self.place.shifted(token.meta["at"] + 2)

        def read() -> Paragraph:
            content = self.owner.read(token.children or [], inner)
            return Paragraph(content=content, position=inner.at(0))

        note = self.owner.notes.inline_note(read, self.position(token))
        if note is not None:
            self.add(note)

    def html_inline(self, token: Token) -> None:
        tag = self.paired.get(self.index)
        if tag is not None and tag.closing:
            self.close()
        elif tag is not None:
            self.open(token, tag)
        else:
            self.single_tag(token)

    def single_tag(self, token: Token) -> None:
        tag = html.tag_of(token.content)
        place = self.position(token)
        if tag is None:
            report_silent(self.owner.report, token.content, place)
        elif tag.name == "br":
            self.add(LineBreak(position=place))
        elif tag.name == "wbr":
            self.add_text("\u200b", token.meta["at"])
        elif tag.name in ("a", "span") and not tag.closing and html.anchor_of(tag):
            # An anchor that nothing closes, as `<a name="here"/>`.
            self.add(Span(content=(), id=html.anchor_of(tag), position=place))
        elif tag.name == "img" and tag.attributes.get("src"):
            said = tag.attributes
            source = (
                self.owner.images.named(said["src"])
                if said["src"].startswith("data:")
                else unquote(said["src"])
            )
            image = Image(source=source, alt=said.get("alt", ""), position=place)
            kept = {key: said[key] for key in ("width", "title") if key in said}
            self.add(self.owner.use.image(image, Attributes(said.get("id", ""), (), kept), place))
        elif html.is_placeholder(tag, token.content) and not self.place.closes(tag.name):
            self.add_text(token.content, token.meta["at"])
            message = f"`{' '.join(token.content.split())}` is no tag of HTML, and is shown as it stands"
            hint = "write it as code, or with a backslash before it, and this is not said"
            self.owner.report.once(info("not-a-tag", message, place, hint))
        else:
            self.report_tag(tag, token)

    def report_tag(self, tag: html.Tag, token: Token) -> None:
        # What divides a page, and what marks nothing by itself, loses nothing.
        if not (tag.closing or tag.name in html.DIVIDING or tag.name in ("a", "span")):
            report_tag(self.owner.report, tag.name, self.position(token))


_LEAVES: Final[Mapping[str, Callable[[_Reading, Token], None]]] = {
    "softbreak": _Reading.softbreak,
    "hardbreak": _Reading.hardbreak,
    "code_inline": _Reading.code,
    "math": _Reading.math,
    "reference": _Reading.reference,
    "image": _Reading.image,
    "attributes": _Reading.attributes,
    "note": _Reading.note,
    "inline_note": _Reading.inline_note,
    "html_inline": _Reading.html_inline,
    "wiki_link": _Reading.wiki_link,
}


def report_tag(report: Report, name: str, place: Position) -> None:
    """Say that a tag is not understood."""
    hint = "octavo keeps the text between tags; write the meaning in Markdown"
    report.once(warning("html-tag", f"the HTML tag `<{name}>` is not understood", place, hint))


def report_silent(report: Report, text: str, place: Position) -> None:
    """Say that a comment, or HTML that shows nothing, is left out."""
    if text.startswith("<!--"):
        report.once(info("html-comment", "an HTML comment is left out", place))
    else:
        shown = text if len(text) <= 30 else f"{text[:30]}…"
        report.warning(
            "html-left-out", f"HTML that shows no text is left out: `{' '.join(shown.split())}`", place
        )


def plain(tokens: list[Token]) -> str:
    """Return the characters that inline tokens show."""
    shown: list[str] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            shown.append(" ")
        elif token.type == "image":
            shown.append(plain(token.children or []))
        elif token.type in ("text", "text_special", "code_inline", "math", "wiki_link"):
            shown.append(token.content)
    return "".join(shown)


def _target(address: str) -> str:
    if address.startswith("#"):
        return unquote(address)
    return address if _PLAIN_ADDRESS.match(address) else normalizeLink(address)


def _is_wide(character: str) -> bool:
    code = ord(character)
    return code >= 0x2E80 and any(first <= code <= last for first, last in _WIDE)
