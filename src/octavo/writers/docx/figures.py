"""Figures and captions: what is shown, then its caption with a counted label, then its credit."""

from __future__ import annotations

import re

from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.writers.docx.bookmarks import label_bookmark
from octavo.writers.docx.fields import field
from octavo.writers.docx.form import inset
from octavo.writers.docx.ink import Ink
from octavo.writers.docx.inlines import write_inlines
from octavo.writers.docx.job import Job
from octavo.writers.docx.place import Pieces, Place, keep_with_next, paragraphs, reform
from octavo.writers.docx.text import in_box, inside_of, text_paragraph

LABEL_GAP = "\N{EN SPACE}"


def write_figure(figure: nodes.Figure, place: Place, job: Job) -> Pieces:
    """Write a figure: its content, caption and credit, kept on one page."""
    place = place.speaking(figure.language)
    use = job.use_of(figure, StyleKey.FIGURE)
    style = job.catalogue.style_of(*use)
    inner = inside_of(style, place)
    pieces: Pieces = []
    for block in figure.content:
        if is_picture(block):
            assert isinstance(block, nodes.Paragraph)
            picture = text_paragraph(block.content, use, place, job, block.key)
            # The space around is the figure's, and stands around its caption too.
            reform(picture, before=0.0, after=0.0)
            pieces.append(picture)
        else:
            pieces += job.blocks((block,), inner)
    if figure.caption is not None:
        keep_with_next(pieces)
        pieces += write_caption(figure.key, figure.caption, job.index.terms.figure, inner, job)
    if figure.credit:
        keep_with_next(pieces)
        pieces.append(text_paragraph(figure.credit, (StyleKey.CREDIT, use[1] or use[0]), inner, job))
    for paragraph in paragraphs(pieces)[:-1]:
        reform(paragraph, keep_next=True)
    return job.bookmarked(figure, in_box(pieces, style, job), place)


def is_picture(block: nodes.Block) -> bool:
    """Say whether a block is a picture and nothing else."""
    return (
        isinstance(block, nodes.Paragraph)
        and len(block.content) == 1
        and isinstance(block.content[0], nodes.Image)
    )


def write_caption(key: int, caption: nodes.Caption, term: str, place: Place, job: Job) -> Pieces:
    """Write a caption. Its label is a text and a SEQ field, in a bookmark that references name."""
    place = place.speaking(caption.language)
    use = job.use_of(caption, StyleKey.CAPTION)
    named, style = job.catalogue.paragraph(*use), job.catalogue.style_of(*use)
    inner = place.indented(style).inside(*inset(style))
    label = job.index.labels.get(key, "")
    content = write_inlines(caption.content, Ink(named, language=place.language), inner, job)
    if label:
        ink = Ink(named, (MarkKey.CAPTION_LABEL,), place.language)
        start, end = label_bookmark(key)
        gap = job.well.text(LABEL_GAP, Ink(named)) if content else ""
        content = f"{start}{_label(key, label, term, ink, job)}{end}{gap}{content}"
    return [job.paragraph(named, style, place, job.marked(caption.key, content, place))]


def _label(key: int, label: str, term: str, ink: Ink, job: Job) -> str:
    """A number that Word will not count to is set once, by the field's own switch; one that is no number is text."""
    number = job.index.numbers.get(key, "")
    head, found, tail = label.rpartition(number) if number else (label, "", "")
    if not found or not number.isascii() or not number.isdecimal() or not term:
        return job.well.text(label, ink)
    name = sequence_name(term)
    expected = job.sequences.get(name, 0) + 1
    job.sequences[name] = int(number)
    reset = "" if int(number) == expected else f" \\r {number}"
    well = job.well
    counted = field(f"SEQ {name} \\* ARABIC{reset}", well.text(number, ink), well.properties(ink))
    return f"{well.text(head, ink)}{counted}{well.text(tail, ink)}"


def sequence_name(term: str) -> str:
    """Return the name by which Word counts captions: the label's word, as Word itself has it."""
    return re.sub(r"[^\w]", "", term)[:40] or "Figure"
