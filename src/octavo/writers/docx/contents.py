"""Tables of contents: real fields, filled with entries and the page numbers of octavo's own layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from octavo.transforms.resolved import Captioned
from octavo.tree import nodes
from octavo.tree.nodes import ContentsKind, Inline
from octavo.tree.semantics import StyleKey
from octavo.typeset.matter import lists_that_run_on, run_on_style
from octavo.writers.docx import fields
from octavo.writers.docx.catalogue import WordStyle
from octavo.writers.docx.figures import sequence_name
from octavo.writers.docx.form import TabStop
from octavo.writers.docx.ink import Ink
from octavo.writers.docx.inlines import write_inlines
from octavo.writers.docx.job import Job
from octavo.writers.docx.place import Paragraph, Pieces, Place, Raw, keep_with_next, reform
from octavo.writers.docx.text import text_paragraph
from octavo.writers.docx.xml import attribute

STYLES = (StyleKey.CONTENTS_1, StyleKey.CONTENTS_2, StyleKey.CONTENTS_3)
LIST_STYLE = "table of figures"
_DIGIT = 0.56
_GAP = 0.8


class Entry(msgspec.Struct, frozen=True):
    """A line of contents: where it leads, its level from 1, its number or label, and what it reads."""

    key: int
    level: int
    number: str
    content: tuple[Inline, ...]


def entries_of(contents: nodes.Contents, job: Job) -> Iterator[Entry]:
    """Yield what a table of contents lists."""
    index = job.index
    match contents.kind:
        case ContentsKind.HEADINGS:
            for heading in index.headings:
                if heading.level <= contents.depth:
                    yield Entry(heading.key, heading.level, heading.number, heading.title)
        case ContentsKind.FIGURES:
            yield from _captioned(index.figures)
        case ContentsKind.TABLES:
            yield from _captioned(index.tables)
        case ContentsKind.LISTINGS:
            yield from _captioned(index.listings)


def _captioned(listed: Iterable[Captioned]) -> Iterator[Entry]:
    return (Entry(each.key, 1, each.label, each.caption) for each in listed)


def write_contents(contents: nodes.Contents, place: Place, job: Job) -> Pieces:
    """Write a table of contents within the content control that Word's own menus make."""
    place = place.speaking(contents.language)
    entries = list(entries_of(contents, job))
    if not entries:
        return []
    pieces: Pieces = []
    if contents.title:
        title = text_paragraph(contents.title, (StyleKey.CONTENTS_TITLE, ""), place, job)
        if contents.key in lists_that_run_on(job.resolved.document):
            before = run_on_style(job.catalogue.style_of(StyleKey.CONTENTS_TITLE)).space_before
            reform(title, page_break=False, recto=False, before=before)
        pieces = keep_with_next([title])
    hangs = _hangs(entries, job)
    lines = [_entry(entry, hangs[_rank(entry)], contents.kind, place, job) for entry in entries]
    lines[0].content = fields.begin(_instruction(contents, job)) + lines[0].content
    lines[-1].content += fields.end()
    name = attribute("Table of Contents" if contents.kind is ContentsKind.HEADINGS else "Table of Figures")
    control = (
        f'<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="{name}"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent>"
    )
    inner = [Raw(control), *pieces, *lines, Raw("</w:sdtContent></w:sdt>")]
    return job.bookmarked(contents, inner, place)


def _instruction(contents: nodes.Contents, job: Job) -> str:
    match contents.kind:
        case ContentsKind.HEADINGS:
            return f'TOC \\o "1-{min(max(contents.depth, 1), 9)}" \\h \\z \\u'
        case ContentsKind.FIGURES:
            return f'TOC \\h \\z \\c "{sequence_name(job.index.terms.figure)}"'
        case ContentsKind.TABLES:
            return f'TOC \\h \\z \\c "{sequence_name(job.index.terms.table)}"'
        case ContentsKind.LISTINGS:
            return f'TOC \\h \\z \\c "{sequence_name(job.index.terms.listing)}"'


def _rank(entry: Entry) -> int:
    return min(max(entry.level, 1), len(STYLES))


def _hangs(entries: list[Entry], job: Job) -> dict[int, float]:
    """Return for each level how far its texts stand from its numbers: as the widest number needs."""
    hangs: dict[int, float] = {}
    for entry in entries:
        size = job.catalogue.style_of(STYLES[_rank(entry) - 1]).size
        width = (len(entry.number) * _DIGIT + _GAP) * size if entry.number else 0.0
        hangs[_rank(entry)] = max(hangs.get(_rank(entry), 0.0), width)
    return hangs


def _style(entry: Entry, kind: ContentsKind, hang: float, place: Place, job: Job) -> WordStyle:
    """Return the style of an entry's level; the first table of contents gives it its tab stops."""
    key = STYLES[_rank(entry) - 1]
    named = job.catalogue.paragraph(key)
    left = job.catalogue.style_of(key).indent_left
    if kind is not ContentsKind.HEADINGS:
        named = job.catalogue.variant(LIST_STYLE, key, "", msgspec.structs.replace(named.form, tabs=()))
    if not named.form.tabs:
        right = TabStop(place.width - place.right, "right", "dot")
        tabs = (TabStop(left + hang), right) if hang else (right,)
        job.catalogue.change_form(named, tabs=tabs, left=left + hang, first=-hang)
    return named


def _entry(entry: Entry, hang: float, kind: ContentsKind, place: Place, job: Job) -> Paragraph:
    named = _style(entry, kind, hang, place, job)
    ink = Ink(named, language=place.language, linked=True, silent=True)
    well = job.well
    title = entry.content or (nodes.Text(text=entry.number or "…"),)
    number = f"{well.text(entry.number, ink)}<w:r><w:tab/></w:r>" if entry.number and entry.content else ""
    tab = "<w:r><w:tab/></w:r>" if hang and not number else ""
    if kind is ContentsKind.HEADINGS and not entry.content:
        # A section without a title begins with no heading that something could lead to.
        return Paragraph(named, named.form, f"{tab}{write_inlines(title, ink, place, job)}")
    page = job.page_label(entry.key)
    folio = ""
    if page:
        folio = "<w:r><w:tab/></w:r>" + fields.field(f"PAGEREF _oct{entry.key} \\h", well.text(page, ink))
    runs = f"{number or tab}{write_inlines(title, ink, place, job)}{folio}"
    link = f'<w:hyperlink w:anchor="_oct{entry.key}" w:history="1">{runs}</w:hyperlink>'
    return Paragraph(named, named.form, link)
