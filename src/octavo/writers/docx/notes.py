"""footnotes.xml: Word's own footnotes, with the separators that it wants (ECMA-376-1, 17.11)."""

from __future__ import annotations

from typing import Final

import msgspec

from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.writers.docx.ink import Ink
from octavo.writers.docx.job import Job
from octavo.writers.docx.place import Paragraph, Place, visible
from octavo.writers.docx.xml import part

_PLAIN: Final = (
    '<w:pPr><w:spacing w:before="0" w:after="{after}" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:firstLine="0"/></w:pPr>'
)
_GAP: Final = "\N{EN SPACE}"


def add_note(note: nodes.Footnote, place: Place, job: Job) -> int:
    """Write a note, and return the number by which the text refers to it."""
    number = len(job.notes) + 1
    job.notes.append("")
    here = Place(
        relationships=job.note_relationships, width=job.measure, language=note.language or place.language
    )
    pieces = job.blocks(note.content, msgspec.structs.replace(here, note=True, cell=True))
    ink = Ink(job.catalogue.paragraph(StyleKey.FOOTNOTE), (MarkKey.FOOTNOTE_MARK,))
    mark = f"<w:r>{job.well.properties(ink)}<w:footnoteRef/></w:r>{job.well.text(_GAP, Ink(ink.style))}"
    shown = visible(pieces)
    if shown and isinstance(shown[0], Paragraph):
        shown[0].content = mark + shown[0].content
    else:
        pieces.insert(0, Paragraph(ink.style, ink.style.form, mark))
    job.notes[number - 1] = f'<w:footnote w:id="{number}">{job.xml(pieces)}</w:footnote>'
    return number


def footnotes_part(job: Job) -> bytes:
    """Return footnotes.xml; Word wants the separators even where there is no note."""
    return part("w:footnotes", _separators("footnote", job.sheet.page.footnote_gap) + "".join(job.notes))


def endnotes_part() -> bytes:
    """Return endnotes.xml, which holds the separators alone."""
    return part("w:endnotes", _separators("endnote", 0.0))


def _separators(tag: str, gap: float) -> str:
    kinds = (("separator", -1, gap / 2), ("continuationSeparator", 0, gap / 2))
    return "".join(
        f'<w:{tag} w:type="{kind}" w:id="{number}"><w:p>{_PLAIN.format(after=round(after * 20))}'
        f"<w:r><w:{kind}/></w:r></w:p></w:{tag}>"
        for kind, number, after in kinds
    )
