"""Paragraphs of text, and the boxes of what holds them: indents, padding, space around, what is kept together."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from octavo.diagnostics import Severity
from octavo.theme.style import Style
from octavo.tree import nodes
from octavo.writers.docx.form import FARTHEST, has_box, inset, panel_of
from octavo.writers.docx.ink import Ink
from octavo.writers.docx.inlines import write_inlines
from octavo.writers.docx.job import Job
from octavo.writers.docx.place import (
    Paragraph,
    Pieces,
    Place,
    framed,
    keep_with_next,
    kept,
    paragraphs,
    reform,
    with_space,
)


def text_paragraph(
    content: Sequence[nodes.Inline], use: tuple[str, str], place: Place, job: Job, node: int = 0
) -> Paragraph:
    """Return inlines as a paragraph in the style of a pair (key, container), within the bookmark of a node."""
    entry = job.catalogue.entry(use, place.scale)
    named, style = entry.named, entry.style
    if entry.boxed:
        check_padding(style, job)
    inner = place if entry.flush else place.indented(style).inside(*inset(style))
    runs = write_inlines(content, Ink(named, language=place.language), inner, job)
    paragraph = job.paragraph(named, style, place, job.marked(node, runs, place))
    paragraph.boxed = entry.boxed
    return paragraph


def inside_of(style: Style, place: Place) -> Place:
    """Return the place within a container: its indents, its padding, its box."""
    outer = place.indented(style)
    inner = outer.inside(*inset(style))
    if not has_box(style):
        return inner
    return msgspec.structs.replace(inner, panel=panel_of(style, inner.left, inner.right))


def in_box(pieces: Pieces, style: Style, job: Job) -> Pieces:
    """Give pieces the space around a container, and keep them together where the theme asks."""
    if has_box(style):
        framed(pieces, style)
        check_padding(style, job)
    else:
        with_space(pieces, style.space_before, style.space_after)
    if style.keep_together:
        kept(pieces)
    if style.break_before != "auto" and (found := paragraphs(pieces)):
        reform(found[0], page_break=style.break_before == "page", recto=style.break_before == "recto")
    return keep_with_next(pieces) if style.keep_with_next else pieces


def check_nesting(node: nodes.Block, style: Style, place: Place, job: Job) -> None:
    """Say that a box within a box interrupts it: a paragraph in Word has one box."""
    if place.panel is not None and has_box(style):
        job.say(
            "panel-interrupted",
            "a box stands in a box; Word draws the outer one above and below it only",
            node.position,
            "set it without a box of its own in the theme's [office.style]",
            Severity.INFO,
        )


def check_padding(style: Style, job: Job) -> None:
    """Say what of a box's padding Word cannot draw."""
    padding = style.padding
    widest = max(padding.top, padding.right, padding.bottom, padding.left)
    if widest > FARTHEST:
        job.say(
            "padding-reduced",
            f"a box asks for {widest:g} pt of padding; Word draws a border at most {FARTHEST:g} pt from its text",
            hint="give the theme's [office.style] a smaller padding",
            severity=Severity.INFO,
        )
