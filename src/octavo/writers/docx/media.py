"""Images: parts of the package, each file once, and the drawings that show them (ECMA-376-1, 20.4)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from octavo.diagnostics import Diagnostic
from octavo.fonts.book import FontBook
from octavo.theme.style import StyleSheet
from octavo.tree import nodes
from octavo.tree.media import MediaFile
from octavo.units import emu
from octavo.writers.docx.place import Place
from octavo.writers.docx.story import IMAGE, Part
from octavo.writers.docx.xml import DECORATIVE, VECTOR, attribute
from octavo.writers.pixels import in_rgb, is_deep_grey, to_grey, upright, upright_photograph

if TYPE_CHECKING:
    from octavo.writers.docx.job import Job
    from octavo.writers.svg.typist import Typist

_AS_THEY_ARE: Final[Mapping[str, str]] = {"image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif"}
_CONVERTED: Final = ("image/webp", "image/tiff", "image/bmp", "image/avif")
_QUALITY: Final = 94
"""Of photographs that had to be turned."""
TALLEST: Final = 0.8
"""A picture is at most this share of a page's height."""
_VECTOR_EXTENSION: Final = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_DECORATIVE_EXTENSION: Final = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


class MediaShelf:
    """The image parts of the package, by what they hold."""

    def __init__(self, files: Mapping[str, MediaFile], fonts: FontBook, sheet: StyleSheet) -> None:
        self._files = files
        self._fonts, self._sheet = fonts, sheet
        self._parts: dict[str, Part | None] = {}
        self._vectors: dict[str, Part] = {}
        self._typist: Typist | None = None
        self.drawings = 0
        """How many drawings there are: each has a number of its own."""

    def find(self, source: str) -> MediaFile | None:
        """Return the file of a source, where it was read and has a size."""
        found = self._files.get(source)
        return found if found is not None and found.width > 0 and found.height > 0 else None

    def part(self, media: MediaFile) -> Part | None:
        """Return the part that holds an image; None for one that cannot be shown."""
        if media.digest not in self._parts:
            self._parts[media.digest] = _part(media)
        return self._parts[media.digest]

    def vector(self, media: MediaFile, width: float) -> tuple[Part | None, tuple[Diagnostic, ...]]:
        """Return the part of a drawing whose PNG `part` gives from then on, and what was lost of it.

        Word 2016 and later show the drawing, everything else the PNG; `width` is how wide it is shown, in points.
        """
        known = self._vectors.get(media.digest)
        if known is not None or media.digest in self._parts:
            return known, ()
        from octavo.writers.svg.prepare import prepare_svg, render_svg
        from octavo.writers.svg.typist import Typist

        if self._typist is None:
            self._typist = Typist(self._fonts, self._sheet)
        prepared, said = prepare_svg(media, self._typist)
        pixels = render_svg(prepared, media, width) if prepared is not None else b""
        if prepared is None or not pixels:
            self._parts[media.digest] = None
            return None, said
        name = f"/word/media/image-{media.digest[:16]}"
        self._parts[media.digest] = Part(name=f"{name}.png", content_type="image/png", data=pixels)
        made = Part(name=f"{name}.svg", content_type="image/svg+xml", data=prepared.clean)
        self._vectors[media.digest] = made
        return made, said

    def sources(self) -> dict[str, list[str]]:
        """Return the names that the document has for each part, by the part's name."""
        found: dict[str, list[str]] = {}
        for source, media in self._files.items():
            for part in (self._parts.get(media.digest), self._vectors.get(media.digest)):
                if part is not None:
                    found.setdefault(part.name, []).append(source)
        return found

    def parts(self) -> tuple[Part, ...]:
        """Return the image parts in the order in which they were asked for."""
        pixels = tuple(found for found in self._parts.values() if found is not None)
        return (*pixels, *self._vectors.values())


def _part(media: MediaFile) -> Part | None:
    data, kind = media.data, media.media_type
    if kind in _CONVERTED:
        converted = _as_png(media.data)
        if converted is None:
            return None
        data, kind = converted, "image/png"
    elif media.turned and kind == "image/jpeg":
        # Few of those that show Word files turn a photograph as its Exif says.
        data = _turned(media.data)
        if not data:
            return None
    suffix = _AS_THEY_ARE.get(kind)
    if suffix is None:
        return None
    name = f"/word/media/image-{media.digest[:16]}.{suffix}"
    return Part(name=name, content_type=kind, data=data)


def _turned(data: bytes) -> bytes:
    try:
        return upright_photograph(data, _QUALITY)
    except (OSError, ValueError, SyntaxError):
        return b""


def _as_png(data: bytes) -> bytes | None:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            shown = upright(image)
            if shown.mode == "CMYK":
                shown = in_rgb(shown)
            elif is_deep_grey(shown):
                shown = to_grey(shown)
            shown = shown if shown.mode in ("RGB", "RGBA", "L", "LA", "P", "1") else shown.convert("RGBA")
            stream = io.BytesIO()
            shown.save(stream, "PNG")
            return stream.getvalue()
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


def draw(image: nodes.Image, place: Place, job: Job) -> str:
    """Return the drawing of an image; empty where it cannot be shown."""
    media = job.media.find(image.source)
    if media is None:
        return ""
    width, height = drawn_size(image, media, place.measure, job.text_height)
    vector: Part | None = None
    if media.media_type == "image/svg+xml":
        vector, said = job.media.vector(media, width)
        for each in said:
            job.say(each.code, each.message, image.position, each.hint, each.severity)
    part = job.media.part(media)
    if part is None:
        job.say(
            "image-not-rendered",
            f"image `{image.source}` is {media.media_type}, which Word cannot show; its alternative text stands",
            image.position,
            "give a PNG or JPEG of it",
        )
        return ""
    blip = _blip(place.relationships.add(IMAGE, part.name), vector, place)
    job.media.drawings += 1
    return _drawing(image, blip, job.media.drawings, emu(width), emu(height))


def _blip(pixels: str, vector: Part | None, place: Place) -> str:
    """Return the picture's data: pixels, and the drawing that stands for them where it can be shown."""
    if vector is None:
        return f'<a:blip r:embed="{pixels}"/>'
    drawing = place.relationships.add(IMAGE, vector.name)
    return (
        f'<a:blip r:embed="{pixels}"><a:extLst><a:ext uri="{_VECTOR_EXTENSION}">'
        f'<asvg:svgBlip xmlns:asvg="{VECTOR}" r:embed="{drawing}"/></a:ext></a:extLst></a:blip>'
    )


def drawn_size(
    image: nodes.Image, media: MediaFile, measure: float, text_height: float
) -> tuple[float, float]:
    """Return (width, height) in points: as asked for, never wider than the measure or taller than a page allows."""
    wanted = image.width if image.width > 0 else -image.width * measure if image.width < 0 else media.width
    width = min(wanted, measure)
    height = width * media.height / media.width
    tallest = text_height * TALLEST
    return (width * tallest / height, tallest) if height > tallest else (width, height)


def _drawing(image: nodes.Image, blip: str, number: int, width: int, height: int) -> str:
    width, height = max(width, 1), max(height, 1)
    name = f"Picture {number}"
    description = "" if image.decorative else attribute(image.alt)
    title = f' title="{attribute(image.title)}"' if image.title else ""
    mark = ""
    if image.decorative:
        mark = (
            f'<a:extLst><a:ext uri="{_DECORATIVE_EXTENSION}">'
            f'<adec:decorative xmlns:adec="{DECORATIVE}" val="1"/></a:ext></a:extLst>'
        )
    properties = f'id="{number}" name="{name}" descr="{description}"{title}'
    document_properties = f"<wp:docPr {properties}>{mark}</wp:docPr>" if mark else f"<wp:docPr {properties}/>"
    return (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>{document_properties}'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f"<pic:blipFill>{blip}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
