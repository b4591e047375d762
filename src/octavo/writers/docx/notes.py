"""footnotes.xml and endnotes.xml: Word's own notes, with the separators that it wants (ECMA-376-1, 17.11)."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.writers.docx.catalogue import WordStyle
from octavo.writers.docx.ink import Ink
from octavo.writers.docx.job import Job
from octavo.writers.docx.note_shelf import NoteKind
from octavo.writers.docx.place import Paragraph, Pieces, Place, Table, paragraphs, reform, visible
from octavo.writers.docx.xml import part

_PLAIN: Final = (
    '<w:pPr><w:spacing w:before="0" w:after="{after}" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:firstLine="0"/></w:pPr>'
)
_GAP: Final = "\N{EN SPACE}"


def add_note(note: nodes.Footnote, mark: str, place: Place, job: Job) -> str:
    """Write a note, and return the element by which the text refers to it.

    `mark` are the run properties of its mark.
    """
    kind: NoteKind = "endnote" if note.endnote else "footnote"
    number = job.notes.reserve(kind)
    here = Place(
        relationships=job.notes.relationships[kind],
        width=job.measure,
        language=note.language or place.language,
        note=True,
        cell=True,
    )
    pieces = job.blocks(note.content, here)
    named = job.catalogue.paragraph(StyleKey.FOOTNOTE)
    if note.endnote:
        named = _as_endnote(pieces, named, job)
    begin = f"<w:r>{mark}<w:{kind}Ref/></w:r>{job.well.text(_GAP, Ink(named))}"
    shown = visible(pieces)
    if shown and isinstance(shown[0], Paragraph):
        shown[0].content = begin + shown[0].content
    else:
        pieces.insert(0, Paragraph(named, named.form, begin))
    _let_grow_before_tables(pieces)
    job.notes.put(kind, number, job.xml(pieces))
    return f'<w:{kind}Reference w:id="{number}"/>'


def _let_grow_before_tables(pieces: Pieces) -> None:
    """Give the paragraphs before the tables of a note lines of no exact height.

    LibreOffice puts a table of a note into a line like those before it; of one of an exact height it shows only
    the foot, which is the table's last row.
    """
    for above, below in pairwise(visible(pieces)):
        if isinstance(above, Paragraph) and isinstance(below, Table):
            above.natural["rule"] = above.form.rule
            reform(above, rule="atLeast")


def note_mark(note: nodes.Footnote, style: WordStyle, job: Job) -> str:
    """Return the run properties of a note's mark in a paragraph of a style; Word has a style for those of endnotes."""
    marked = job.well.properties(Ink(style, (MarkKey.FOOTNOTE_MARK,)))
    if note.endnote:
        plain, own = job.catalogue.character(MarkKey.FOOTNOTE_MARK), job.catalogue.endnote_mark()
        assert plain is not None
        return marked.replace(f'w:val="{plain.id}"', f'w:val="{own.id}"')
    return marked


def _as_endnote(pieces: Pieces, named: WordStyle, job: Job) -> WordStyle:
    """Set the paragraphs of a note in Word's own style for those at the end."""
    own = job.catalogue.variant("endnote text", StyleKey.FOOTNOTE, "", named.form)
    for each in paragraphs(pieces):
        if each.style is named:
            each.style = own
    return own


def notes_part(kind: NoteKind, job: Job) -> bytes:
    """Return the part of a kind of notes; Word wants the separators even where there is no note."""
    gap = job.sheet.page.footnote_gap if kind == "footnote" or job.notes.contents[kind] else 0.0
    written = "".join(
        f'<w:{kind} w:id="{number}">{xml}</w:{kind}>'
        for number, xml in enumerate(job.notes.contents[kind], start=1)
    )
    return part(f"w:{kind}s", _separators(kind, gap) + written)


def _separators(tag: str, gap: float) -> str:
    kinds = (("separator", -1, gap / 2), ("continuationSeparator", 0, gap / 2))
    return "".join(
        f'<w:{tag} w:type="{kind}" w:id="{number}"><w:p>{_PLAIN.format(after=round(after * 20))}'
        f"<w:r><w:{kind}/></w:r></w:p></w:{tag}>"
        for kind, number, after in kinds
    )
