"""Headings to sections: levels become nesting, and a document's only first heading becomes its title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from octavo.diagnostics import Position
from octavo.readers.markdown.works import works_of
from octavo.readers.report import Report
from octavo.tree.metadata import Metadata
from octavo.tree.nodes import (
    Block,
    CrossReference,
    Figure,
    Footnote,
    Image,
    Inline,
    Paragraph,
    Section,
    SectionRole,
    Strong,
    Text,
)
from octavo.tree.walk import plain_text, walk


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """A heading as it stands in the source, before it opens a section. `level` is 1 to 6."""

    level: int
    title: tuple[Inline, ...]
    position: Position
    id: str = ""
    language: str = ""
    role: SectionRole = SectionRole.BODY
    numbered: bool | None = None


Entry: TypeAlias = Block | Heading


def nest(entries: Sequence[Entry], report: Report) -> tuple[Block, ...]:
    """Return blocks with sections nested by the levels of their headings; skipped levels are reported."""
    top = min((each.level for each in entries if isinstance(each, Heading)), default=1)
    blocks: list[Block] = []
    open_sections: list[tuple[Heading, list[Block]]] = []

    def close_one() -> None:
        heading, content = open_sections.pop()
        (open_sections[-1][1] if open_sections else blocks).append(_section(heading, tuple(content)))

    for entry in entries:
        if not isinstance(entry, Heading):
            (open_sections[-1][1] if open_sections else blocks).append(entry)
            continue
        while open_sections and open_sections[-1][0].level >= entry.level:
            close_one()
        above = open_sections[-1][0].level if open_sections else top - 1
        if entry.level > above + 1:
            message = f"this heading is of level {entry.level}, and the one above it of level {above}"
            if not open_sections:
                message = f"this heading is of level {entry.level}, with none of level {top} above it"
            report.warning("skipped-heading-level", message, entry.position, f"write `{'#' * (above + 1)} …`")
        open_sections.append((entry, []))
    while open_sections:
        close_one()
    return tuple(blocks)


def _section(heading: Heading, content: tuple[Block, ...]) -> Section:
    return Section(
        title=heading.title,
        content=works_of(heading.title, heading.role, content),
        role=heading.role,
        numbered=heading.numbered,
        id=heading.id,
        language=heading.language,
        position=heading.position,
    )


def without_headings(entries: Sequence[Entry], report: Report, where: str) -> tuple[Block, ...]:
    """Return blocks where no section can be: a heading becomes a paragraph of strong text."""
    blocks: list[Block] = []
    for entry in entries:
        if isinstance(entry, Heading):
            message = f"a heading in {where} is set as strong text"
            hint = "it has no place in the contents; move it out to make it a section"
            report.info("heading-without-section", message, entry.position, hint)
            strong = Strong(content=entry.title, position=entry.position)
            content = (strong,) if entry.title else ()
            blocks.append(
                Paragraph(content=content, id=entry.id, language=entry.language, position=entry.position)
            )
        else:
            blocks.append(entry)
    return tuple(blocks)


def _is_picture(entry: Entry) -> bool:
    """Say whether a block shows images alone, as the logo and the badges that stand over the title of many a README."""
    if isinstance(entry, Figure):
        return True
    if not isinstance(entry, Paragraph):
        return False
    found = list(walk(entry))
    return any(isinstance(each, Image) for each in found) and not any(
        isinstance(each, Text) and each.text.strip() for each in found
    )


def take_title(entries: list[Entry], metadata: Metadata, report: Report) -> tuple[list[Entry], Metadata]:
    """Make the heading that begins a document its title, where it is the only one of level 1 and no title is given."""
    at = 0
    while at < len(entries) and _is_picture(entries[at]):
        at += 1
    first = entries[at] if at < len(entries) else None
    if metadata.title or not isinstance(first, Heading) or first.level != 1 or not first.title:
        return entries, metadata
    alone = not any(isinstance(each, Heading) and each.level == 1 for each in entries[at + 1 :])
    text = " ".join(plain_text(first.title).split())
    # A title is text alone: what else it holds would be lost.
    more = any(
        isinstance(each, CrossReference | Footnote | Image) for each in walk(Paragraph(content=first.title))
    )
    if not alone or first.id or not text or more:
        return entries, metadata
    report.info(
        "title-from-heading", f"the only heading of level 1 is taken as the title: `{text}`", first.position
    )
    positions = {**metadata.positions, "title": first.position}
    return [*entries[:at], *entries[at + 1 :]], msgspec.structs.replace(
        metadata, title=text, positions=positions
    )
