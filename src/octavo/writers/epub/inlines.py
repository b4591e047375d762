"""The rules for inlines: one for each type, from a node to its markup."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import msgspec

from octavo.transforms.link import citation_parts
from octavo.tree import nodes
from octavo.tree.nodes import ReferenceForm
from octavo.tree.semantics import MEANINGS, MarkKey
from octavo.writers.epub.markup import attribute, escape, quoted, safe_address
from octavo.writers.epub.scribe import Scribe, WriteInline, css_name

_TAGS: Final = re.compile("<[^<>]*+>")


def write_text(scribe: Scribe, node: nodes.Text) -> str:
    """Characters; a span around them only where their language is another."""
    if scribe.cursor is not None:
        markup = scribe.cursor.write(node.text, escape)
    else:
        markup = node.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span{scribe.common(node)}>{markup}</span>" if node.language or node.id else markup


def marked(scribe: Scribe, mark: str, node: Any, element: str, attributes: str = "") -> str:
    """Write content within a mark."""
    chain = scribe.chain
    scribe.chain = (*chain, mark)
    inside = scribe.inlines(node.content)
    scribe.say(scribe.leaf, scribe.chain, inside)
    scribe.chain = chain
    return f"<{element}{attributes}{scribe.common(node)}>{inside}</{element}>"


def _simple(kind: type[nodes.Inline]) -> WriteInline:
    """Return the rule for a mark that is its meaning's element and nothing more."""
    meaning = MEANINGS[kind]

    def write(scribe: Scribe, node: Any, /) -> str:
        return marked(scribe, meaning.style, node, meaning.element)

    return write


def write_small_caps(scribe: Scribe, node: nodes.SmallCaps) -> str:
    """Small capitals have no element of their own."""
    return marked(scribe, MarkKey.SMALL_CAPS, node, "span", f' class="{MarkKey.SMALL_CAPS}"')


def write_quoted(scribe: Scribe, node: nodes.Quoted) -> str:
    """A quotation; its marks stand in the text already."""
    return f"<q{scribe.common(node)}>{scribe.inlines(node.content)}</q>"


def write_span(scribe: Scribe, node: nodes.Span) -> str:
    """A style of the theme's own, or another language; neither: no element at all."""
    if node.style in scribe.styles.marks:
        return marked(scribe, node.style, node, "span", attribute("class", css_name(node.style)))
    common = scribe.common(node)
    inside = scribe.inlines(node.content)
    return f"<span{common}>{inside}</span>" if common else inside


def write_code(scribe: Scribe, node: nodes.Code) -> str:
    """Code within a line."""
    scribe.say(scribe.leaf, (*scribe.chain, MarkKey.CODE), node.text)
    return f"<code{scribe.rightwards(scribe.common(node))}>{_characters(scribe, node.text)}</code>"


def write_math(scribe: Scribe, node: nodes.Math) -> str:
    """A formula as MathML; as its source where it was not understood."""
    formula = scribe.index.formulas.get(node.key)
    if formula is not None:
        from octavo.mathematics.mathml import to_mathml

        label = " ".join(node.text.split()) if scribe.names_formulas else ""
        markup = to_mathml(formula, attribute("id", node.id) + attribute("aria-label", label))
        from html import unescape

        scribe.formula_letters.update(unescape(_TAGS.sub("", markup)))
        return markup if scribe.cursor is None else scribe.cursor.whole(node.text, markup)
    scribe.say(scribe.leaf, (*scribe.chain, MarkKey.CODE), node.text)
    return f'<code class="math"{scribe.common(node)}>{_characters(scribe, node.text)}</code>'


def _characters(scribe: Scribe, text: str) -> str:
    return escape(text) if scribe.cursor is None else scribe.cursor.write(text, escape)


def write_link(scribe: Scribe, node: nodes.Link) -> str:
    """A link; one that leads nowhere safe is kept as text."""
    if node.target.startswith("#"):
        address = scribe.address(node.target[1:])
    else:
        address = safe_address(node.target)
        if not address:
            scribe.lose(
                "link-not-made",
                f"`{node.target[:80]}` is no address that an e-book may link to; its text is kept",
                node.position,
                hint="write a whole address, beginning with https:// or mailto:",
            )
    if not address or scribe.linking:
        common = scribe.common(node)
        inside = scribe.inlines(node.content)
        return f"<span{common}>{inside}</span>" if common else inside
    title = attribute("title", node.title)
    if not _says_something(node.content):
        # A link must have a name (WCAG 2.2, 2.4.4).
        title += attribute("aria-label", node.title or node.target)
    scribe.linking = True
    markup = marked(scribe, MarkKey.LINK, node, "a", f' href="{address}"{title}')
    scribe.linking = False
    notes, scribe.deferred = scribe.deferred, []
    return markup + "".join(notes)


def _says_something(content: tuple[nodes.Inline, ...]) -> bool:
    for node in content:
        match node:
            case nodes.Text() | nodes.Code() | nodes.Math() | nodes.CrossReference() | nodes.Citation():
                if node.text.strip():
                    return True
            case nodes.Image():
                if node.alt:
                    return True
            case nodes.LineBreak() | nodes.Footnote():
                pass
            case _:
                if _says_something(node.content):
                    return True
    return False


def write_reference(scribe: Scribe, node: nodes.CrossReference) -> str:
    """A cross-reference; to a page where the pages of the printed edition are known."""
    said = node.text
    if node.form is ReferenceForm.PAGE:
        said = _page_text(scribe, node.target) or said
    return _reference(scribe, node, node.target, said, "")


def _page_text(scribe: Scribe, anchor: str) -> str:
    layout, key = scribe.layout, scribe.index.anchors.get(anchor, 0)
    page = layout.page_of.get(key) if layout else None
    if layout is None or page is None or not layout.pages[page].label:
        return ""
    return f"{scribe.index.terms.page}\N{NO-BREAK SPACE}{layout.pages[page].label}"


def write_citation(scribe: Scribe, node: nodes.Citation) -> str:
    """A citation leads to each of the works it cites."""
    kind = ' epub:type="biblioref" role="doc-biblioref"'
    parts = citation_parts(node)
    if len(parts) == 1:
        known = [target for target in node.targets if target in scribe.index.anchors]
        return _reference(scribe, node, known[0] if known else "", node.text, kind)
    bare = msgspec.structs.replace(node, id="", language="")
    common = scribe.common(node)
    inside = "".join(_reference(scribe, bare, target, said, kind) for said, target in parts)
    return f"<span{common}>{inside}</span>" if common else inside


def _reference(scribe: Scribe, node: nodes.Inline, target: str, said: str, attributes: str) -> str:
    address = scribe.address(target) if target else ""
    markup = escape(said) if scribe.cursor is None else scribe.cursor.whole(said, escape(said))
    common = scribe.common(node)
    if not address or not said.strip() or scribe.linking:
        return f"<span{common}>{markup}</span>" if common else markup
    scribe.say(scribe.leaf, (*scribe.chain, MarkKey.LINK), said)
    if scribe.cursor is not None:
        # A mark before the reference stands outside of the link.
        at = len(markup) - len(escape(said))
        return f'{markup[:at]}<a href="{address}"{attributes}{common}>{markup[at:]}</a>'
    return f'<a href="{address}"{attributes}{common}>{markup}</a>'


def write_footnote(scribe: Scribe, node: nodes.Footnote) -> str:
    """A note's mark; the note itself stands at the end of the file, or where the document collects its notes."""
    note = scribe.index.note_by_key.get(node.key)
    if note is None:
        return ""
    scribe.pending.append(note)
    scribe.cited_in[note.key] = scribe.chunk
    scribe.say(scribe.leaf, (*scribe.chain, MarkKey.FOOTNOTE_MARK), note.mark)
    name = quoted(scribe.backlink_name(note.id))
    markup = (
        f'<sup class="{MarkKey.FOOTNOTE_MARK}"><a epub:type="noteref" role="doc-noteref" id="{name}" '
        f'href="\x00{note.key}\x00">{escape(note.mark)}</a></sup>'
    )
    if not scribe.linking:
        return markup
    scribe.deferred.append(markup)
    return ""


def write_image(scribe: Scribe, node: nodes.Image) -> str:
    """An image; where there is none to show, its alternative text."""
    name = scribe.images.name_of(node.source, node.position)
    if not name:
        said, common = escape(node.alt), scribe.common(node)
        return f'<span class="missing-image"{common}>{said}</span>' if said or common else ""
    if not node.decorative:
        scribe.pictures.append(node)
    alt = "" if node.decorative else node.alt or scribe.label
    hidden = ' role="presentation"' if not alt else ""
    style = attribute("style", scribe.images.size_of(node, scribe.styles))
    title = attribute("title", node.title)
    return f'<img src="{name}" alt="{quoted(alt)}"{hidden}{title}{style}{scribe.common(node)}/>'


def write_line_break(scribe: Scribe, _node: nodes.LineBreak) -> str:
    """A forced line break."""
    return "<br/>" if scribe.cursor is None else scribe.cursor.whole("\n", "<br/>")


INLINE_RULES: Final[Mapping[type, WriteInline]] = MappingProxyType(
    {
        nodes.Text: write_text,
        nodes.Emphasis: _simple(nodes.Emphasis),
        nodes.Strong: _simple(nodes.Strong),
        nodes.SmallCaps: write_small_caps,
        nodes.Superscript: _simple(nodes.Superscript),
        nodes.Subscript: _simple(nodes.Subscript),
        nodes.Deleted: _simple(nodes.Deleted),
        nodes.Code: write_code,
        nodes.Quoted: write_quoted,
        nodes.Link: write_link,
        nodes.CrossReference: write_reference,
        nodes.Citation: write_citation,
        nodes.Footnote: write_footnote,
        nodes.Image: write_image,
        nodes.Math: write_math,
        nodes.LineBreak: write_line_break,
        nodes.Span: write_span,
    }
)
