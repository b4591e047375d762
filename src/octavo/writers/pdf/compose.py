"""What both PDF editions share: pages painted and tagged, ways through the file, and what it says of itself.

An edition differs from the other in its `Form`: colour, boxes, marks, what it claims, whether it can be clicked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from octavo.diagnostics import Diagnostic, Position, error
from octavo.edition import Output
from octavo.errors import EditionError
from octavo.transforms.resolved import Resolved
from octavo.tree.direction import is_right_to_left
from octavo.tree.media import MediaFile
from octavo.tree.nodes import Image
from octavo.tree.walk import walk
from octavo.typeset.frames import Layout, Picture
from octavo.writers.pdf.conformance import check_conformance
from octavo.writers.pdf.fonts import write_font
from octavo.writers.pdf.images import WrittenImage
from octavo.writers.pdf.ink import Ink
from octavo.writers.pdf.metadata import About, describe, information, xmp_packet
from octavo.writers.pdf.navigation import (
    Destinations,
    find_destinations,
    page_labels,
    write_links,
    write_names,
    write_outline,
)
from octavo.writers.pdf.objects import PdfFile, array, reference, text_string
from octavo.writers.pdf.paint import Canvas, Painted, sequences
from octavo.writers.pdf.painting import paint_pages
from octavo.writers.pdf.structure import Clickable, Written, arrange, write_structure
from octavo.writers.pdf.tags import build_tags
from octavo.writers.protocol import Manuscript

WriteImage: TypeAlias = Callable[[PdfFile, MediaFile], tuple[WrittenImage | None, tuple[Diagnostic, ...]]]


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """What makes one PDF edition: lengths are points.

    `margin` is the room around the trim box; `boxes` are the page's box entries, and `furniture` the operators that
    stand after each page's own. `intents` adds the profile and gives the value of OutputIntents; `resources` adds
    what the inks need and gives further entries of the resource dictionary. With `press` the file claims PDF/X-4.
    """

    version: tuple[int, int]
    press: bool = False
    ink: Ink
    text_ink: Ink
    write_image: WriteImage
    intents: Callable[[PdfFile], str]
    resources: Callable[[PdfFile], str] = lambda _: ""
    boxes: str
    group_space: str
    image_state: str = ""
    furniture: bytes = b""
    margin: float = 0.0
    bleed: float = 0.0
    clickable: bool = True


class Composed(msgspec.Struct, frozen=True, kw_only=True):
    """A finished file, and the compressed contents of its pages."""

    output: Output
    contents: Sequence[bytes]


def compose(manuscript: Manuscript, layout: Layout, form: Form) -> Composed:
    """Return an edition as a file."""
    about = describe(manuscript)
    file = PdfFile(form.version, hashlib.sha256(manuscript.identifier.encode()).digest()[:16])
    tags = build_tags(manuscript.resolved)
    images, said = _write_images(file, manuscript.resolved, layout, form.write_image)
    contents, painted = paint_pages(layout, tags, _canvas(form, images), form.furniture, manuscript.workers)
    pages = tuple(file.add() for _ in layout.pages)
    destinations = find_destinations(layout, manuscript.resolved.index, form.margin)
    links = write_links(file, painted, destinations, pages) if form.clickable else ()
    objects = _Objects(pages=pages, contents=contents, images=images, links=links)
    _fill_pages(file, form, layout, painted, objects)
    tree = arrange(tags, sequences(painted.pages), links)
    file.catalog["StructTreeRoot"] = reference(
        write_structure(
            file, tree, Written(painted, pages, links, manuscript.layout_styles or manuscript.styles)
        )
    )
    _describe_catalog(file, about, form)
    if form.clickable:
        _add_names(file, destinations, pages)
    _add_navigation(file, manuscript.resolved, layout, destinations, pages)
    data = file.to_bytes(file.add(information(about, press=form.press)))
    faults = check_conformance(manuscript.resolved, layout, tags, about)
    return Composed(output=Output(data, (*said, *faults)), contents=contents)


def pages_of(manuscript: Manuscript) -> Layout:
    """Return the pages.

    Raises:
        EditionError: there are none.
    """
    layout = manuscript.layout
    if layout is None or not layout.pages:
        raise EditionError(
            error("no-pages", "the document has no pages, so there is nothing to write as PDF")
        )
    return layout


def shown_widths(layout: Layout) -> Mapping[str, float]:
    """Return the greatest width at which each image is shown, by its source."""
    widths: dict[str, float] = {}
    for page in layout.pages:
        for placed in page.frames:
            if isinstance(placed.frame, Picture):
                widths[placed.frame.source] = max(placed.frame.width, widths.get(placed.frame.source, 0.0))
    return widths


class _Objects(msgspec.Struct, frozen=True, kw_only=True):
    """What the pages refer to: their own numbers, their compressed contents, the images by source, the annotations."""

    pages: Sequence[int]
    contents: Sequence[bytes]
    images: Mapping[str, WrittenImage]
    links: Sequence[Clickable]


def _write_images(
    file: PdfFile, resolved: Resolved, layout: Layout, write_image: WriteImage
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


def _canvas(form: Form, images: Mapping[str, WrittenImage]) -> Canvas:
    return Canvas(
        ink=form.ink,
        text_ink=form.text_ink,
        images={source: (f"I{image.object_number}", image.turn) for source, image in images.items()},
        image_state=form.image_state,
        margin=form.margin,
        bleed=form.bleed,
    )


def _fill_pages(file: PdfFile, form: Form, layout: Layout, painted: Painted, objects: _Objects) -> None:
    """Give the pages their bodies (ISO 32000-1, 7.7.3.3)."""
    fonts = [f"/F{at} {write_font(file, font)} 0 R" for at, font in enumerate(layout.fonts)]
    file.fill(file.fonts_number, f"<<{''.join(fonts)}>>")
    annotations: dict[int, list[str]] = {}
    for link in objects.links:
        annotations.setdefault(link.page, []).append(reference(link.object_number))
    more = form.resources(file)
    for at, page in enumerate(painted.pages):
        content = file.add_stream(objects.contents[at], "/Filter/FlateDecode", compress=False)
        shown = [objects.images[source] for source in page.sources]
        resources = f"/Font {file.fonts_number} 0 R{more}"
        if shown:
            names = dict.fromkeys(f"/I{each.object_number} {each.object_number} 0 R" for each in shown)
            resources += f"/XObject<<{''.join(names)}>>"
        entries = [
            f"<</Type/Page/Parent {file.pages_number} 0 R{form.boxes}/Resources<<{resources}>>",
            f"/Contents {content} 0 R/StructParents {at}/Tabs/S",
        ]
        if form.clickable and layout.pages[at].turned:
            # On a screen the page lies as its text does; a printer gets all pages of one shape.
            entries.append("/Rotate 90")
        if any(each.transparent for each in shown):
            entries.append(f"/Group<</S/Transparency/CS{form.group_space}>>")
        if at in annotations:
            entries.append(f"/Annots{array(annotations[at])}")
        file.fill(objects.pages[at], "".join((*entries, ">>")))
        file.add_page(objects.pages[at])


def _describe_catalog(file: PdfFile, about: About, form: Form) -> None:
    """Say in the catalogue what the file is: tagged, in a language, and for which colours (ISO 19005-2, 6.2.3)."""
    catalog = file.catalog
    catalog["Lang"] = text_string(about.language)
    catalog["MarkInfo"] = "<</Marked true>>"
    direction = "/Direction/R2L" if is_right_to_left(about.language) else ""
    catalog["ViewerPreferences"] = f"<</DisplayDocTitle true{direction}>>"
    packet = file.add_stream(
        xmp_packet(about, press=form.press), "/Type/Metadata/Subtype/XML", compress=False
    )
    catalog["Metadata"] = reference(packet)
    catalog["OutputIntents"] = form.intents(file)


def _add_navigation(
    file: PdfFile, resolved: Resolved, layout: Layout, destinations: Destinations, pages: Sequence[int]
) -> None:
    """Add page labels and outline to the catalogue."""
    catalog = file.catalog
    catalog["PageLabels"] = page_labels([page.label for page in layout.pages])
    outline = write_outline(file, resolved.index.headings, destinations, pages)
    if outline is not None:
        catalog["Outlines"] = reference(outline)
        catalog["PageMode"] = "/UseOutlines"


def _add_names(file: PdfFile, destinations: Destinations, pages: Sequence[int]) -> None:
    names = write_names(file, destinations, pages)
    if names is not None:
        file.catalog["Names"] = reference(names)
