"""What groups have that other containers lack: a title that runs in, and columns of their own."""

from __future__ import annotations

import msgspec

from octavo.theme.style import Style
from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.tree.walk import plain_text, walk
from octavo.writers.docx.bookmarks import bookmark
from octavo.writers.docx.form import panel_above, panel_in_column
from octavo.writers.docx.ink import Ink
from octavo.writers.docx.job import Job
from octavo.writers.docx.place import Band, Paragraph, Pieces, Place, paragraphs, reform, visible
from octavo.writers.docx.text import in_box, inside_of, text_paragraph


def run_in(group: nodes.Group, pieces: Pieces, place: Place, job: Job) -> None:
    """Put a title at the start of the first paragraph; where there is none, it has one of its own."""
    text = plain_text(group.title).replace("\n", " ").strip()
    text = text if not text or text[-1] in ".:?!…。：？！" else f"{text}."
    starts = bool(group.content) and isinstance(group.content[0], nodes.Paragraph)
    if not starts:
        use = StyleKey.PARAGRAPH_FIRST, job.use_of(group, StyleKey.GROUP)[0]
        pieces.insert(0, text_paragraph((), use, place, job))
        reform(paragraphs(pieces)[0], keep_next=True)
    first = paragraphs(pieces)[0]
    label = job.well.text(text, Ink(first.style, (MarkKey.GROUP_LABEL,), place.language))
    gap = job.well.text(" ", Ink(first.style)) if starts else ""
    # Its text alone is shown, but what references lead to in it is found all the same.
    inside = [each for top in group.title for each in (top, *walk(top)) if each.id and each.key]
    places = "".join(["".join(bookmark(each.key)) for each in inside])
    first.content = places + label + gap + first.content


def write_in_columns(group: nodes.Group, use: tuple[str, Style], place: Place, job: Job) -> Pieces:
    """Write a group whose content stands in columns: a section of its own in Word, below the title over all of them.

    Word draws no box around columns: its ground stands behind each, and its upper rule above the title.
    """
    key, style = use
    inner = inside_of(style, msgspec.structs.replace(place, width=job.page_measure))
    width = (inner.measure - style.column_gap * (style.columns - 1)) / style.columns
    panel = panel_in_column(style)
    column = msgspec.structs.replace(inner, width=width, left=0.0, right=0.0, panel=panel)
    pieces = job.blocks(group.content, column)
    if group.title and style.label == "run-in":
        run_in(group, pieces, column, job)
    band = Band(style.columns, style.column_gap, inner.left, inner.right)
    for piece in visible(pieces):
        piece.band = band
        if isinstance(piece, Paragraph) and panel is not None:
            reform(piece, panel=panel)
    if group.title and style.label != "run-in":
        head = panel_above(inner.panel)
        title = text_paragraph(
            group.title, (StyleKey.GROUP_TITLE, key), msgspec.structs.replace(inner, panel=head), job
        )
        reform(title, keep_next=True)
        title.band = Band(1)
        pieces.insert(0, title)
    return in_box(pieces, style, job)
