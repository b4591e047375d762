"""Sections: headings in Word's own styles, numbered by a list that belongs to those styles."""

from __future__ import annotations

from octavo.theme.style import Style
from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.typeset.headings import NUMBER_GAP
from octavo.typeset.matter import main_matter
from octavo.writers.docx.catalogue import HEADINGS
from octavo.writers.docx.ink import Ink
from octavo.writers.docx.job import Job
from octavo.writers.docx.numbering import Level
from octavo.writers.docx.place import Paragraph, Pieces, Place, reform
from octavo.writers.docx.text import text_paragraph


def number_headings(job: Job) -> None:
    """Define the list of headings and bind each heading style that it numbers to its level."""
    depth = min(job.counts.depth, len(HEADINGS))
    if not depth:
        return
    abstract = job.numbering.abstract("headings", multilevel=True)
    instance = job.numbering.base(abstract)
    for at in range(depth):
        named = job.catalogue.paragraph(HEADINGS[at])
        style = job.catalogue.style_of(HEADINGS[at])
        hang = style.marker_indent
        form = job.catalogue.change_form(named, number=(instance, at), first=-hang if hang else 0.0)
        level = Level(
            format="decimal",
            text=".".join(f"%{number + 1}" for number in range(at + 1)),
            left=form.left,
            first=form.first,
            run=job.marker_run(named, MarkKey.HEADING_NUMBER),
            suffix="tab",
            stop=None if hang else form.left + _widest(at + 1, style, job),
            style=named.id,
        )
        job.numbering.define(abstract, at, level)


def _widest(level: int, style: Style, job: Job) -> float:
    """Return what the widest number of a level takes, with the gap after it."""
    counted = job.counts.counted_headings
    numbers = [each.number for each in job.index.headings if each.level == level and each.key in counted]
    measured = [job.runs.typefaces.width(number, style.font, style.weight) for number in numbers]
    return (max(measured, default=0.0) + NUMBER_GAP) * style.size


def write_section(section: nodes.Section, place: Place, job: Job) -> Pieces:
    """Write a section: its heading, then its content."""
    place = place.speaking(section.language)
    if not section.title:
        pieces = job.blocks(section.content, place)
        return job.bookmarked(section, pieces, place) if job.is_target(section) else pieces
    heading = _heading(section, place, job)
    heading.opens = section.key == main_matter(job.resolved, job.sheet)
    return [heading, *job.blocks(section.content, place)]


def _heading(section: nodes.Section, place: Place, job: Job) -> Paragraph:
    level = min(max(job.index.levels.get(section.key, 1), 1), len(HEADINGS))
    use = job.use_of(section, HEADINGS[level - 1])
    place = job.beside_margin(job.style_of(section, HEADINGS[level - 1]), place)
    heading = text_paragraph(section.title, use, place, job, section.key)
    job.pass_margin([heading], place)
    counted, number = section.key in job.counts.counted_headings, job.index.numbers.get(section.key, "")
    bound = heading.style.form.number
    if counted and bound and use[1] == "":
        return heading
    hang = job.style_of(section, StyleKey.HEADING_1).marker_indent
    if heading.form.number is not None or heading.form.first:
        reform(heading, number=None, first=0.0)
    if number:
        label = job.well.text(number, Ink(heading.style, (MarkKey.HEADING_NUMBER,)))
        if hang:
            reform(heading, first=-hang)
            label += "<w:r><w:tab/></w:r>"
        else:
            label += job.well.text("\N{EN SPACE}", Ink(heading.style))
        heading.content = label + heading.content
    return heading
