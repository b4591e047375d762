"""Notes: they pop up where a reader's program can do that, and stand at the end of their chapter where it cannot.

The mark links to the note and the note back to its mark; `epub:type` makes Apple Books and Kindle show it in place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from octavo.tree import nodes
from octavo.tree.semantics import MEANINGS, StyleKey
from octavo.writers.epub.chunks import Chunk
from octavo.writers.epub.markup import attribute, escape, fragment, quoted
from octavo.writers.epub.scribe import Scribe

_TARGET: Final = re.compile("\x00(\\d+)\x00")


def write_notes(scribe: Scribe, node: nodes.Notes) -> None:
    """The place where the document collects its notes: all that were cited and not written yet."""
    scribe.anchor(node)
    write_pending(scribe)


def write_pending(scribe: Scribe) -> None:
    """Write the notes that wait, and those that are cited within them."""
    if not scribe.pending:
        return
    name = attribute("aria-label", scribe.index.terms.notes)
    scribe.out.append(f'<section class="notes" epub:type="footnotes"{name}>\n')
    while scribe.pending:
        waiting, scribe.pending = scribe.pending, []
        for note in waiting:
            _write_note(scribe, note.footnote, note.mark, note.id)
    scribe.out.append("</section>\n")


def _write_note(scribe: Scribe, footnote: nodes.Footnote, mark: str, identifier: str) -> None:
    meaning = MEANINGS[nodes.Footnote]
    scribe.note_places[footnote.key] = (scribe.chunk, identifier)
    use = scribe.style_use(footnote, StyleKey.FOOTNOTE)
    box = scribe.use(meaning.element, use.style, use.within, "box")[0]
    scribe.out.append(
        f'<{meaning.element}{box} epub:type="{meaning.epub_type}" role="{meaning.role}" '
        f'id="{quoted(identifier)}"{scribe.speaking(footnote.language)}>\n'
    )
    place = scribe.cited_in.get(footnote.key, scribe.chunk)
    back = f"{'' if place is scribe.chunk else place.name}#{fragment(scribe.backlink_name(identifier))}"
    label = attribute("aria-label", f"{mark}: {scribe.index.terms.back_to_text}")
    number = f'<a class="note-number" role="doc-backlink" href="{back}"{label}>{escape(mark)}</a> '
    known = scribe.use("p", use.style, use.within, "bare")
    first = footnote.content[0] if footnote.content else None
    rest = footnote.content
    content: tuple[nodes.Inline, ...] = ()
    common = ""
    if isinstance(first, nodes.Paragraph):
        content, rest, common = first.content, rest[1:], scribe.common(first)
    scribe.text(content, known, attributes=common, around=(number, ""))
    scribe.blocks(rest)
    scribe.out.append(f"</{meaning.element}>\n")


def resolve_notes(markup: str, chunk: Chunk, places: Mapping[int, tuple[Chunk, str]]) -> str:
    """Return a file's markup with the addresses of its notes filled in."""

    def address(match: re.Match[str]) -> str:
        where, identifier = places[int(match.group(1))]
        return f"{'' if where is chunk else where.name}#{fragment(identifier)}"

    return _TARGET.sub(address, markup)
