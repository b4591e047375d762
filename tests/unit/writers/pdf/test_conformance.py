from __future__ import annotations

import msgspec

from octavo.diagnostics import Position
from octavo.tree import nodes
from octavo.tree.metadata import Metadata
from octavo.writers.pdf.conformance import check_conformance
from octavo.writers.pdf.metadata import describe
from octavo.writers.pdf.tags import build_tags
from octavo.writers.protocol import Manuscript
from tests.unit.writers.pdf.handmade import manuscript_of, media_of, resolved_of
from tests.unit.writers.pdf.samples import RICH_TEXT, paragraph


def check(manuscript: Manuscript) -> list[tuple[str, Position | None]]:
    layout = manuscript.layout
    assert layout is not None
    tags = build_tags(manuscript.resolved)
    said = check_conformance(manuscript.resolved, layout, tags, describe(manuscript))
    return [(each.code, each.position) for each in said]


def test_a_sound_document_gives_nothing_to_say() -> None:
    assert check(manuscript_of(resolved_of(*RICH_TEXT))) == []


def test_missing_metadata_are_named() -> None:
    manuscript = manuscript_of(resolved_of(paragraph("Text.")))
    where = Position(3)
    bare = Metadata(language="not a tag", positions={"language": where})
    document = msgspec.structs.replace(manuscript.resolved.document, metadata=bare)
    resolved = msgspec.structs.replace(manuscript.resolved, document=document)
    assert check(msgspec.structs.replace(manuscript, resolved=resolved)) == [
        ("pdf-without-title", None),
        ("pdf-without-language", where),
    ]


def test_an_image_that_nothing_is_said_of_is_named_with_its_place() -> None:
    where = Position(7, 3)
    image = nodes.Image(source="x.png", position=where)
    media = media_of("x.png", b"", "image/png")
    manuscript = manuscript_of(resolved_of(nodes.Paragraph(content=(image,)), media=[media]))
    assert check(manuscript) == [("pdf-without-alternative", where)]


def test_a_character_without_a_glyph_is_named() -> None:
    manuscript = manuscript_of(resolved_of(paragraph("\u4e2d")))
    assert check(manuscript) == [("pdf-missing-glyph", None)]
