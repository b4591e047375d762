"""Gathers the images that a document shows: reads each once, and finds out what it is and how large.

In comes a document and an environment, out comes a table from `Image.source` to `MediaFile`. What cannot be read, or
is no image, is left out of the table and reported at the place that names it.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from octavo.diagnostics import Diagnostic, Position, Severity, error, warning
from octavo.environment import Environment
from octavo.errors import ResourceError
from octavo.limits import Limits
from octavo.tree import Document
from octavo.tree.media import MediaFile
from octavo.tree.nodes import Image as ImageNode
from octavo.tree.walk import walk

if TYPE_CHECKING:
    from PIL import Image

MAXIMUM_PIXELS: Final = Limits().pixels
"""An image of more pixels is refused, where nothing else is set: unpacked it would take half a gigabyte."""

_MEDIA_TYPES: Final[Mapping[str, str]] = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
}
_OPENERS: Final = tuple(kind for kind in _MEDIA_TYPES if kind != "MPO")
"""Pillow opens a multi-picture file as a JPEG, and says that it is one afterwards."""
_PIXELS_PER_INCH: Final = 96.0
_SVG_SCAN: Final = 4096
_LARGEST: Final = 1e6
"""Points of a drawing's side; what says that it is larger has no size of its own."""
_STEEPEST: Final = 1e4
"""How many times as high as wide a drawing is believed to be, or as wide as high."""


def gather_media(
    document: Document, environment: Environment, base: Path
) -> tuple[dict[str, MediaFile], tuple[Diagnostic, ...]]:
    """Return the images of a document whose source lies in folder `base`, and what is wrong with the others.

    Those that came within the document's own file are at hand; the environment reads the rest.
    """
    wanted: dict[str, Position | None] = {}
    for node in walk(document):
        if isinstance(node, ImageNode):
            wanted.setdefault(node.source, node.position)
    if document.metadata.cover:
        wanted.setdefault(document.metadata.cover, document.metadata.positions.get("cover"))
    media: dict[str, MediaFile] = {}
    diagnostics: list[Diagnostic] = []
    for source, position in wanted.items():
        try:
            within = document.embedded.get(source)
            data = environment.read_media(source, base) if within is None else within
            spoken = _in_language(data, document.metadata.language or "en")
            media[source] = recognise(source, spoken, environment.limits.pixels)
        except ResourceError as fault:
            diagnostics.extend(_placed(each, source, position) for each in fault.diagnostics)
    return media, tuple(diagnostics)


def _in_language(data: bytes, language: str) -> bytes:
    if not _looks_like_svg(data) or b"systemLanguage" not in data:
        return data
    from octavo.writers.svg.languages import in_language

    return in_language(data, language)


def _placed(fault: Diagnostic, source: str, position: Position | None) -> Diagnostic:
    # What is not there is told by its alternative text; what is there, and was refused or is broken, is an error.
    if fault.code == "image-remote":
        return msgspec.structs.replace(fault, position=position, severity=Severity.WARNING)
    if fault.code != "file-not-found":
        return msgspec.structs.replace(fault, position=position)
    hint = "check its spelling; the path is relative to the source's folder"
    message = f"there is no image `{source}`; its alternative text stands in its place"
    return warning("missing-image", message, position, hint)


def recognise(source: str, data: bytes, most: int = MAXIMUM_PIXELS) -> MediaFile:
    """Return what an image file is: its type, its size in pixels and its natural size in points.

    An image of more than `most` pixels is refused before it is unpacked.

    Raises:
        ResourceError: the bytes are no image of a known kind, or one too large.
    """
    if _looks_like_svg(data):
        return _recognise_svg(source, data, most)
    import warnings

    from PIL import Image as PillowImage

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with PillowImage.open(io.BytesIO(data), formats=_OPENERS) as picture:
                kind, (width, height) = picture.format or "", picture.size
                dots = picture.info.get("dpi", (0, 0))
                if width * height > most:
                    raise ResourceError(_too_large(source, f"has {width} × {height} pixels", most))
                _refuse_broken(picture, data)
                orientation = _orientation(picture)
                if kind == "TIFF":  # Pillow has turned it by now, and its size with it
                    width, height = picture.size
    except PillowImage.DecompressionBombError as fault:
        raise ResourceError(_too_large(source, "has far too many pixels", most)) from fault
    except ResourceError:
        raise
    # Pillow's decoders raise whatever their parsers meet: OSError, SyntaxError, struct.error, EOFError and more.
    except Exception as fault:
        raise ResourceError(_not_an_image(source, data)) from fault
    across, down = (float(each) if 10 <= float(each) <= 10_000 else _PIXELS_PER_INCH for each in dots[:2])
    if orientation >= 5:
        width, height, across, down = height, width, down, across
    return MediaFile(
        source=source,
        data=data,
        media_type=_MEDIA_TYPES[kind],
        digest=hashlib.sha256(data).hexdigest(),
        pixel_width=width,
        pixel_height=height,
        turned=orientation != 1,
        width=round(width * 72 / across, 2),
        height=round(height * 72 / down, 2),
    )


def _orientation(picture: Image.Image) -> int:
    """Return how a photograph's pixels lie (Exif 2.32, 4.6.4): from 1, upright, to 8; from 5 on they lie on a side."""
    from PIL import Image as PillowImage

    exif = PillowImage.Exif()
    try:
        exif.load(picture.info.get("exif", b"") if picture.format in ("JPEG", "MPO", "WEBP") else b"")
        found = exif.get(0x0112, 1)
    # What a camera says beside its pixels may be broken in any way, and the picture sound all the same.
    except Exception:
        return 1
    return found if found in range(1, 9) else 1


def _looks_like_svg(data: bytes) -> bool:
    head = data[:_SVG_SCAN].lstrip(b"\xef\xbb\xbf \t\r\n")
    return (
        head.startswith((b"<svg", b"<?xml", b"<!--", b"<!DOCTYPE svg")) and b"<svg" in data[: 16 * _SVG_SCAN]
    )


def _recognise_svg(source: str, data: bytes, most: int) -> MediaFile:
    from lxml import etree

    # No entity is resolved, nothing is fetched: an image may come from anybody.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise ResourceError(
            error("image-not-read", f"image `{source}` is no well-formed SVG: {fault.msg}")
        ) from fault
    if b"data:" in data:
        _refuse_large_within(source, root, most)
    box = [float(part) for part in re.findall(r"-?\d+\.?\d*", root.get("viewBox", ""))]
    sensible = len(box) == 4 and 0 < box[2] < _LARGEST and 0 < box[3] < _LARGEST
    natural = (box[2], box[3]) if sensible else (300.0, 150.0)
    width = _svg_length(root.get("width", ""))
    height = _svg_length(root.get("height", ""))
    ratio = min(max(natural[1] / natural[0], 1 / _STEEPEST), _STEEPEST)
    width = width or (height / ratio if height else natural[0] * 0.75)
    height = height or width * ratio
    return MediaFile(
        source=source,
        data=data,
        media_type="image/svg+xml",
        digest=hashlib.sha256(data).hexdigest(),
        width=round(width, 2),
        height=round(height, 2),
    )


def _refuse_large_within(source: str, root: Any, most: int) -> None:
    """Refuse a drawing that carries an image of too many pixels: whoever shows it would unpack it.

    Raises:
        ResourceError: it does.
    """
    from PIL import Image as PillowImage

    for element in root.iter("*"):
        for address in element.attrib.values():
            head, comma, body = address.partition(",")
            if not comma or not head.lstrip().lower().startswith("data:image/"):
                continue
            try:
                with PillowImage.open(io.BytesIO(base64.b64decode(body)), formats=_OPENERS) as picture:
                    width, height = picture.size
            except PillowImage.DecompressionBombError:
                width, height = most, 2
            # What cannot be opened is not shown either; an address without base64 holds no pixels worth a word.
            except Exception:
                continue
            if width * height > most:
                raise ResourceError(_too_large(source, "holds an image of too many pixels", most))


def _svg_length(text: str) -> float:
    """Return points for an SVG length; 0.0 where it is relative, senseless or none (CSS px are 1/96 in)."""
    match = re.fullmatch(r"\s*+(\d++\.?\d*+)\s*+(px|pt|mm|cm|in|pc)?\s*+", text)
    if not match:
        return 0.0
    factor = {"": 0.75, "px": 0.75, "pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pc": 12.0}
    points = float(match.group(1)) * factor[match.group(2) or ""]
    return points if points < _LARGEST else 0.0


def _refuse_broken(picture: Image.Image, data: bytes) -> None:
    """Raise what Pillow raises where an image is cut short or damaged; large photographs are not unpacked for it."""
    if picture.format == "PNG":
        picture.verify()
    elif picture.format in ("JPEG", "MPO"):
        # ITU-T T.81, B.1.1.3: an image ends with EOI; a preview within the file has its own, before the last SOS.
        if data.rfind(b"\xff\xd9") < data.rfind(b"\xff\xda"):
            raise EOFError("the image is cut short")
    else:
        picture.load()


def _too_large(source: str, finding: str, most: int) -> Diagnostic:
    hint = f"at most {most / 1_000_000:g} million pixels are taken; make it smaller"
    return error("image-too-large", f"image `{source}` {finding}", hint=hint)


def _not_an_image(source: str, data: bytes) -> Diagnostic:
    if not data:
        return error("image-not-read", f"image `{source}` is empty")
    return error(
        "image-not-read",
        f"`{source}` is damaged, or no image that octavo knows",
        hint="use PNG, JPEG, SVG, GIF or WebP",
    )
