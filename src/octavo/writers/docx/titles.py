"""The title block at the head of the text: title, subtitle, and who wrote it."""

from __future__ import annotations

from octavo.tree import nodes
from octavo.tree.semantics import StyleKey
from octavo.typeset.titles import byline
from octavo.writers.docx.job import Job
from octavo.writers.docx.place import Pieces, Place, reform
from octavo.writers.docx.text import text_paragraph


def write_title_block(place: Place, job: Job) -> Pieces:
    """Write the title block, as far as the metadata go."""
    about = job.resolved.document.metadata
    parts = (
        (StyleKey.TITLE, _text(about.title)),
        (StyleKey.SUBTITLE, _text(about.subtitle)),
        (StyleKey.BYLINE, byline(about.authors)),
    )
    block = [text_paragraph(content, (key, ""), place, job) for key, content in parts if content]
    if block:
        # Where nobody is named, text is as far from the title as it would be from the names; the style says so too.
        last = block[-1]
        after = max(last.form.after, job.sheet.of(StyleKey.BYLINE).space_after)
        job.catalogue.change_form(last.style, after=after)
        reform(last, after=after)
    return [*block]


def _text(text: str) -> tuple[nodes.Inline, ...]:
    return (nodes.Text(text=text),) if text.strip() else ()
