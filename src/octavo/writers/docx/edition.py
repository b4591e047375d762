"""A Word file in the making: its story, the parts around that, and the package that holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from octavo.diagnostics import Severity
from octavo.edition import Output
from octavo.fonts.lending import Lenders
from octavo.tree.semantics import StyleKey
from octavo.typeset.textstyle import text_style
from octavo.writers.docx.body import RULES
from octavo.writers.docx.division import divide
from octavo.writers.docx.fonts_part import font_table, left_out
from octavo.writers.docx.headings import number_headings
from octavo.writers.docx.job import Job, separator
from octavo.writers.docx.lenders import ThemeFont, theme_font, with_scripts
from octavo.writers.docx.note_shelf import KINDS
from octavo.writers.docx.notes import notes_part
from octavo.writers.docx.package import pack
from octavo.writers.docx.place import Paragraph, Pieces, Place, Raw, visible
from octavo.writers.docx.properties import core_part, custom_part, extended_part
from octavo.writers.docx.running import write_running
from octavo.writers.docx.sections import Sections
from octavo.writers.docx.settings import settings_part
from octavo.writers.docx.snapshot import Written, snapshot_parts
from octavo.writers.docx.story import OFFICE, Part, Relationships
from octavo.writers.docx.styles_part import styles_part
from octavo.writers.docx.theme_part import theme_part
from octavo.writers.docx.titles import write_title_block
from octavo.writers.docx.xml import part
from octavo.writers.protocol import Manuscript

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DOCUMENT: Final = "application/vnd.openxmlformats-officedocument"
_ASCII: Final = tuple(map(chr, range(0x20, 0x7F)))
_ASCII_RUN: Final = re.compile("[\x00-\x7f]+")
_METADATA: Final = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"


def make_edition(manuscript: Manuscript) -> Output:
    """Return a manuscript as a Word file."""
    job = Job(manuscript)
    job.use_rules(RULES)
    number_headings(job)
    relationships = Relationships()
    body = _body(job, relationships)
    turned = any(piece.band is not None and piece.band.turned for piece in visible(body.text))
    running, references = _running(job, relationships, turned=turned)
    text, last = _text(job, body, references)
    del body
    document = part("w:document", "<w:body>", text, last, "</w:body>")
    parts = [*running, *_parts(job, text), *job.media.parts()]
    main = Part(name="/word/document.xml", content_type=f"{_WORD}.document.main+xml", data=document)
    main = msgspec.structs.replace(main, relationships=relationships.all())
    written = Written(text=text, notes=job.notes.by_number(), formulas=job.formulas, around=job.around)
    parts += snapshot_parts(manuscript, main, parts, written, job.media.sources())
    for each in parts:
        if each.kind and not each.name.startswith(("/word/header", "/word/footer")):
            relationships.add(each.kind, each.name)
    main = msgspec.structs.replace(main, relationships=relationships.all())
    return Output(pack(main, parts, _outside(manuscript)), job.diagnostics)


class _Body:
    """The pieces of the document: its title block, and its text."""

    def __init__(self, title: Pieces, text: Pieces) -> None:
        self.title = title
        self.text = text


def _body(job: Job, relationships: Relationships) -> _Body:
    width = job.measure
    place = Place(relationships=relationships, width=job.page_measure)
    title = write_title_block(place, job)
    text = job.blocks(job.resolved.document.content, Place(relationships=relationships, width=width))
    return _Body(title, text)


def _running(job: Job, relationships: Relationships, *, turned: bool) -> tuple[list[Part], Sections]:
    running = write_running(job, turned=turned)
    references: dict[str, str] = {}
    parts: list[Part] = []
    for name, data in running.parts.items():
        kind = name.partition("-")[0]
        made = Part(
            name=f"/word/{name}.xml", content_type=f"{_WORD}.{kind}+xml", data=data, kind=f"{OFFICE}/{kind}"
        )
        references[name] = relationships.add(made.kind, made.name)
        parts.append(made)
    return parts, Sections(job.sheet.page, running, references, job.leftwards)


def _text(job: Job, body: _Body, sections: Sections) -> tuple[str, str]:
    """Return the document's blocks, and the properties of its last section."""
    pieces, last = divide(body.title, body.text, sections)
    if not visible(pieces):
        named = job.catalogue.paragraph(StyleKey.TEXT)
        return f'<w:p><w:pPr><w:pStyle w:val="{named.id}"/></w:pPr></w:p>', last
    return job.xml([*pieces, *_after_formula(pieces)]), last


def _after_formula(pieces: Pieces) -> Pieces:
    """Return what ends a document whose last paragraph is a formula: a program that knows no formulas takes it for an
    empty one, and drops it with its bookmarks."""
    end = visible(pieces)[-1]
    alone = isinstance(end, Paragraph) and "<m:oMath" in end.content and "<w:t" not in end.content
    return [Raw(separator())] if alone else []


def _parts(job: Job, text: str) -> list[Part]:
    """Return the parts that the document relates to, besides images and running heads."""
    sheet, language = job.sheet, job.language
    notes = {kind: notes_part(kind, job) for kind in KINDS}
    styles = styles_part(job.catalogue, job.forms, job.palette, language)
    numbering = job.numbering.part()
    letters = _letters((text, *job.notes.by_number().values(), numbering.decode()))
    major, minor = _theme_fonts(job, letters)
    fonts, embedded, font_relationships = font_table(job.runs.typefaces, with_scripts(letters))
    for family, reason in left_out(job.runs.typefaces).items():
        said = f"the Word file names the font `{family}` and does not hold it: {reason}"
        job.say("font-not-embedded", said, hint="install it where the file is opened", severity=Severity.INFO)
    made = (
        ("styles", styles, ()),
        ("settings", settings_part(sheet, language, job.notes, embeds=bool(embedded)), ()),
        ("fontTable", fonts, font_relationships.all()),
        ("numbering", numbering, ()),
        *((f"{kind}s", data, job.notes.relationships[kind].all()) for kind, data in notes.items()),
    )
    parts = [
        Part(
            name=f"/word/{name}.xml",
            content_type=f"{_WORD}.{name}+xml",
            data=data,
            relationships=relationships,
            kind=f"{OFFICE}/{name}",
        )
        for name, data, relationships in made
    ]
    theme = theme_part(sheet.name, job.palette, major, minor)
    theme_type = f"{_DOCUMENT}.theme+xml"
    parts.append(
        Part(name="/word/theme/theme1.xml", content_type=theme_type, data=theme, kind=f"{OFFICE}/theme")
    )
    return [*parts, *embedded]


def _theme_fonts(job: Job, letters: frozenset[int]) -> tuple[ThemeFont, ThemeFont]:
    """Return the fonts of headings and of the text."""
    runs, lenders = job.runs, Lenders(job.manuscript.fonts, job.language)
    heading = text_style(job.sheet.styles[StyleKey.HEADING_1])
    return (
        theme_font(runs.major, heading, runs, lenders, letters),
        theme_font(runs.minor, runs.plain.text, runs, lenders, letters),
    )


def _letters(texts: Iterable[str]) -> frozenset[int]:
    """Return the characters that stand in some texts; most of a text is ASCII, which is found faster by asking."""
    found: set[str] = set()
    for text in texts:
        found |= {letter for letter in _ASCII if letter in text}
        found |= set(_ASCII_RUN.sub("", text))
    return frozenset(map(ord, found))


def _outside(manuscript: Manuscript) -> list[Part]:
    about = manuscript.resolved.document.metadata
    core = core_part(about, manuscript.identifier, manuscript.produced)
    return [
        Part(
            name="/docProps/core.xml",
            content_type="application/vnd.openxmlformats-package.core-properties+xml",
            data=core,
            kind=f"{_METADATA}/core-properties",
        ),
        Part(
            name="/docProps/app.xml",
            content_type=f"{_DOCUMENT}.extended-properties+xml",
            data=extended_part(about, len(manuscript.layout.pages) if manuscript.layout else 0),
            kind=f"{OFFICE}/extended-properties",
        ),
        Part(
            name="/docProps/custom.xml",
            content_type=f"{_DOCUMENT}.custom-properties+xml",
            data=custom_part(about, manuscript.identifier),
            kind=f"{OFFICE}/custom-properties",
        ),
    ]
