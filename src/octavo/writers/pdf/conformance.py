"""What a conforming file needs and the document does not give: checked before the file leaves, reported, not refused.

The file itself conforms all the same, because the writer puts something in its place, and says here what.
Sources: ISO 14289-1, 7.1 (title), 7.2 (language), 7.3 (alternatives); ISO 19005-2, 6.2.11.8 (no undefined glyph).
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.diagnostics import Diagnostic, Position, info, warning
from octavo.transforms.resolved import Resolved
from octavo.tree.nodes import Image
from octavo.tree.walk import walk
from octavo.typeset.frames import Layout
from octavo.writers.pdf.elements import Tags
from octavo.writers.pdf.metadata import About, cleaned, language_tag


def check_conformance(resolved: Resolved, layout: Layout, tags: Tags, about: About) -> tuple[Diagnostic, ...]:
    """Return what was put in place of something that the document lacks."""
    return (*_check_metadata(resolved, about), *_check_figures(resolved, tags), *_check_glyphs(layout))


def _check_metadata(resolved: Resolved, about: About) -> Iterator[Diagnostic]:
    metadata = resolved.document.metadata
    if not cleaned(metadata.title):
        yield info(
            "pdf-without-title",
            f"the document has no title; the PDF is called `{about.title}`",
            hint="give `title` in the front matter or by --set title=...",
        )
    if not language_tag(metadata.language):
        given = f" (`{metadata.language}` is no language tag)" if metadata.language else ""
        yield warning(
            "pdf-without-language",
            f"the document does not name its language{given}; a screen reader cannot choose a voice",
            metadata.positions.get("language"),
            hint="give `language` as a tag like en or pt-BR",
        )


def _check_figures(resolved: Resolved, tags: Tags) -> Iterator[Diagnostic]:
    if not tags.unnamed:
        return
    places: dict[int, Position | None] = {
        node.key: node.position for node in walk(resolved.document) if isinstance(node, Image)
    }
    for element in tags.unnamed:
        yield info(
            "pdf-without-alternative",
            f"an image has neither alternative text nor caption; the PDF says `{element.alternative}` for it",
            places.get(element.node),
            hint='write what it shows as alt="...", or mark it as decorative',
        )


def _check_glyphs(layout: Layout) -> Iterator[Diagnostic]:
    for font in layout.fonts:
        missing = sorted(
            {f"U+{ord(text[:1] or chr(0)):04X}" for glyph, text, _ in font.codes.values() if not glyph}
        )
        if missing:
            yield warning(
                "pdf-missing-glyph",
                f"font `{font.name}` has no sign for {', '.join(missing)}",
                hint="give a folder with a font that has it by --fonts",
            )
