"""What groups have that other containers lack: a title that runs in, and columns of their own."""

from __future__ import annotations

import msgspec

from octavo.theme.style import Style
from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.tree.walk import walk
from octavo.writers.docx.bookmarks import bookmark
from octavo.writers.docx.form import panel_above, panel_in_column
from octavo.writers.docx.ink import Ink
from octavo.writers.docx.job import Job
from octavo.writers.docx.place import Band, Paragraph, Pieces, Place, paragraphs, reform, visible
from octavo.writers.docx.text import in_box, inside_of, text_paragraph


def run_in(group: nodes.Group, pieces: Pieces, place: Place, job: Job) -> None:
    """Put a title at the start of the first paragraph; where there is none, it has one of its own."""
    spoken = _stopped(_spoken(group.title, place.language), place.language)
    starts = bool(group.content) and isinstance(group.content[0], nodes.Paragraph)
    if not starts:
        use = StyleKey.PARAGRAPH_FIRST, job.use_of(group, StyleKey.GROUP)[0]
        pieces.insert(0, text_paragraph((), use, place, job))
        reform(paragraphs(pieces)[0], keep_next=True)
    first = paragraphs(pieces)[0]
    mark = (MarkKey.GROUP_LABEL,)
    label = "".join([job.well.text(text, Ink(first.style, mark, language)) for text, language in spoken])
    gap = job.well.text(" ", Ink(first.style)) if starts else ""
    # Its text alone is shown, but what references lead to in it is found all the same.
    inside = [each for top in group.title for each in (top, *walk(top)) if each.id and each.key]
    places = "".join(["".join(bookmark(each.key)) for each in inside])
    first.content = places + label + gap + first.content


def _spoken(content: tuple[nodes.Inline, ...], language: str) -> list[tuple[str, str]]:
    """Return the text of inlines, notes left out, in stretches of one language."""
    found: list[tuple[str, str]] = []
    for each in content:
        speaks = each.language or language
        match each:
            case nodes.Footnote() | nodes.Image():
                inner = []
            case nodes.LineBreak():
                inner = [(" ", speaks)]
            case nodes.Text() | nodes.Code() | nodes.CrossReference() | nodes.Citation() | nodes.Math():
                inner = [(each.text.replace("\n", " "), speaks)]
            case _:
                inner = _spoken(each.content, speaks)
        for text, tag in inner:
            before = found.pop()[0] if found and found[-1][1] == tag else ""
            found.append((before + text, tag))
    return found


def _stopped(spoken: list[tuple[str, str]], language: str) -> list[tuple[str, str]]:
    """Return text without spaces around it, and with a full stop, in a language, where it has none; empty text stays
    so."""
    kept = [*spoken]
    while kept and not kept[0][0].strip():
        kept.pop(0)
    while kept and not kept[-1][0].strip():
        kept.pop()
    if kept:
        kept[0] = kept[0][0].lstrip(), kept[0][1]
        text, speaks = kept.pop()
        text = text.rstrip()
        if text[-1] in ".:?!…。：？！":
            kept.append((text, speaks))
        else:
            kept += [(f"{text}.", speaks)] if speaks == language else [(text, speaks), (".", language)]
    return kept


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
