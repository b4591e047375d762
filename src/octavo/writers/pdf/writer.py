"""The PDF to read and to archive: PDF/UA-1 and PDF/A-2a in one file (ISO 14289-1, ISO 19005-2).

The layout says where everything stands, the document tree says what it is; the writer paints the one, tags it by the
other, and adds the ways through the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

import msgspec

from octavo.diagnostics import Diagnostic, Position, error
from octavo.edition import Output
from octavo.errors import EditionError
from octavo.theme.style import Medium
from octavo.transforms.resolved import Resolved
from octavo.tree.nodes import Image
from octavo.tree.walk import walk
from octavo.typeset.frames import Layout, Picture
from octavo.writers.pdf.conformance import check_conformance
from octavo.writers.pdf.fonts import write_font
from octavo.writers.pdf.icc import SRGB_NAME, srgb_profile
from octavo.writers.pdf.images import WrittenImage, write_image
from octavo.writers.pdf.ink import screen_ink
from octavo.writers.pdf.metadata import About, describe, information, xmp_packet
from octavo.writers.pdf.navigation import (
    Destinations,
    find_destinations,
    page_labels,
    write_links,
    write_names,
    write_outline,
)
from octavo.writers.pdf.objects import PdfFile, array, deflate_all, number, reference, text_string
from octavo.writers.pdf.paint import Canvas, Painted, paint, sequences
from octavo.writers.pdf.structure import Clickable, arrange, write_structure
from octavo.writers.pdf.tags import build_tags
from octavo.writers.protocol import Manuscript

_VERSION: Final = (1, 7)


class PdfWriter:
    """Writes the screen edition."""

    name: ClassVar[str] = "pdf"
    suffix: ClassVar[str] = ".pdf"
    medium: ClassVar[Medium] = Medium.SCREEN
    needs_layout: ClassVar[bool] = True

    def write(self, manuscript: Manuscript) -> Output:
        """Return the edition; see `octavo.writers.protocol.Writer`."""
        layout = _pages_of(manuscript)
        about = describe(manuscript)
        file = PdfFile(_VERSION, hashlib.sha256(manuscript.identifier.encode()).digest()[:16])
        tags = build_tags(manuscript.resolved)
        images, said = _write_images(file, manuscript.resolved, layout)
        painted = paint(layout, tags, Canvas(ink=screen_ink, images=_shown(images)))
        pages = tuple(file.add() for _ in layout.pages)
        destinations = find_destinations(layout, manuscript.resolved.index)
        links = write_links(file, painted, destinations, pages)
        _fill_pages(file, layout, painted, _Objects(pages=pages, images=images, links=links))
        tree = arrange(tags, sequences(painted.pages), links)
        file.catalog["StructTreeRoot"] = reference(write_structure(file, tree, painted, pages, links))
        _describe_catalog(file, about)
        _add_navigation(file, manuscript.resolved, layout, destinations, pages)
        data = file.to_bytes(file.add(information(about)))
        return Output(data, (*said, *check_conformance(manuscript.resolved, layout, tags, about)))


class _Objects(msgspec.Struct, frozen=True, kw_only=True):
    """What the pages refer to: their own numbers, the images by source, and the annotations."""

    pages: Sequence[int]
    images: Mapping[str, WrittenImage]
    links: Sequence[Clickable]


def _pages_of(manuscript: Manuscript) -> Layout:
    layout = manuscript.layout
    if layout is None or not layout.pages:
        raise EditionError(
            error("no-pages", "the document has no pages, so there is nothing to write as PDF")
        )
    return layout


def _write_images(
    file: PdfFile, resolved: Resolved, layout: Layout
) -> tuple[Mapping[str, WrittenImage], tuple[Diagnostic, ...]]:
    """Add the images that the pages show, each content once, and return them by source."""
    shown = {
        placed.frame.source: None
        for page in layout.pages
        for placed in page.frames
        if isinstance(placed.frame, Picture)
    }
    written: dict[str, WrittenImage | None] = {}
    images: dict[str, WrittenImage] = {}
    said: list[tuple[str, Diagnostic]] = []
    for source in shown:
        media = resolved.media.get(source)
        if media is None:
            continue
        if media.digest not in written:
            written[media.digest], diagnostics = write_image(file, media)
            said.extend((source, each) for each in diagnostics)
        image = written[media.digest]
        if image is not None:
            images[source] = image
    return images, _placed(said, resolved)


def _placed(said: Sequence[tuple[str, Diagnostic]], resolved: Resolved) -> tuple[Diagnostic, ...]:
    """Return what is said of images by their source, with the place that names each first."""
    if not said:
        return ()
    places: dict[str, Position | None] = {}
    for node in walk(resolved.document):
        if isinstance(node, Image):
            places.setdefault(node.source, node.position)
    return tuple(msgspec.structs.replace(each, position=places.get(source)) for source, each in said)


def _shown(images: Mapping[str, WrittenImage]) -> dict[str, tuple[str, str]]:
    return {source: (f"I{image.object_number}", image.turn) for source, image in images.items()}


def _fill_pages(file: PdfFile, layout: Layout, painted: Painted, objects: _Objects) -> None:
    """Give the pages their bodies (ISO 32000-1, 7.7.3.3)."""
    fonts = [f"/F{at} {write_font(file, font)} 0 R" for at, font in enumerate(layout.fonts)]
    file.fill(file.fonts_number, f"<<{''.join(fonts)}>>")
    annotations: dict[int, list[str]] = {}
    for link in objects.links:
        annotations.setdefault(link.page, []).append(reference(link.object_number))
    box = f"[0 0 {number(layout.width)} {number(layout.height)}]"
    contents = deflate_all([page.content for page in painted.pages])
    for at, page in enumerate(painted.pages):
        content = file.add_stream(contents[at], "/Filter/FlateDecode", compress=False)
        shown = [objects.images[source] for source in page.sources]
        resources = f"/Font {file.fonts_number} 0 R"
        if shown:
            names = dict.fromkeys(f"/I{each.object_number} {each.object_number} 0 R" for each in shown)
            resources += f"/XObject<<{''.join(names)}>>"
        entries = [
            f"<</Type/Page/Parent {file.pages_number} 0 R/MediaBox{box}/Resources<<{resources}>>",
            f"/Contents {content} 0 R/StructParents {at}/Tabs/S",
        ]
        if any(each.transparent for each in shown):
            entries.append("/Group<</S/Transparency/CS/DeviceRGB>>")
        if at in annotations:
            entries.append(f"/Annots{array(annotations[at])}")
        file.fill(objects.pages[at], "".join((*entries, ">>")))
        file.add_page(objects.pages[at])


def _describe_catalog(file: PdfFile, about: About) -> None:
    """Say in the catalogue what the file is: tagged, in a language, in sRGB (ISO 19005-2, 6.2.3, 6.6.2, 6.7)."""
    catalog = file.catalog
    catalog["Lang"] = text_string(about.language)
    catalog["MarkInfo"] = "<</Marked true>>"
    catalog["ViewerPreferences"] = "<</DisplayDocTitle true>>"
    packet = file.add_stream(xmp_packet(about), "/Type/Metadata/Subtype/XML", compress=False)
    catalog["Metadata"] = reference(packet)
    profile = file.add_stream(srgb_profile(), "/N 3")
    said = text_string(SRGB_NAME)
    catalog["OutputIntents"] = (
        f"[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier{said}/Info{said}"
        f"/RegistryName(http://www.color.org)/DestOutputProfile {profile} 0 R>>]"
    )


def _add_navigation(
    file: PdfFile, resolved: Resolved, layout: Layout, destinations: Destinations, pages: Sequence[int]
) -> None:
    """Add the ways through the file to the catalogue."""
    catalog = file.catalog
    catalog["PageLabels"] = page_labels([page.label for page in layout.pages])
    names = write_names(file, destinations, pages, layout.height)
    if names is not None:
        catalog["Names"] = reference(names)
    outline = write_outline(file, resolved.index.headings, destinations, pages, layout.height)
    if outline is not None:
        catalog["Outlines"] = reference(outline)
        catalog["PageMode"] = "/UseOutlines"
