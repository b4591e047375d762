"""Images: which files go into the e-book, under which names, and how large they are shown.

PNG, JPEG, GIF, WebP and SVG are core media types (EPUB 3.3, 3.2) and are copied; other rasters become PNG. SVG keeps
its vectors; scripts and whatever reaches out of the file are taken out, because an e-book may hold neither.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from octavo.diagnostics import Diagnostic, Position, warning
from octavo.theme.style import StyleSheet
from octavo.tree import nodes
from octavo.tree.media import MediaFile
from octavo.tree.semantics import StyleKey
from octavo.writers.svg.clean import clean_svg

_SUFFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "image/png": "png",
        "image/jpeg": "jpg",
        "image/gif": "gif",
        "image/webp": "webp",
        "image/svg+xml": "svg",
    }
)
_CONVERTED: Final = frozenset({"image/bmp", "image/tiff"})


class ImageFile(msgspec.Struct, frozen=True):
    """An image as it lies in the e-book."""

    name: str
    media_type: str
    data: bytes


class Images:
    """Gives out names for the images in use; each file is taken once, however often it is shown."""

    def __init__(self, media: Mapping[str, MediaFile]) -> None:
        self._media = media
        self._names: dict[str, str] = {}
        self.files: dict[str, ImageFile] = {}
        self.diagnostics: list[Diagnostic] = []

    def name_of(self, source: str, position: Position | None = None) -> str:
        """Return the name of an image's file; empty where it cannot be shown."""
        name = self._names.get(source)
        if name is None:
            name = self._names[source] = self._take(source, position)
        return name

    def _take(self, source: str, position: Position | None) -> str:
        media = self._media.get(source)
        if media is None:
            return ""
        data, kind = media.data, media.media_type
        if kind == "image/svg+xml":
            cleaned, lost = clean_svg(data)
            if lost:
                done = (
                    "what it held of these was taken out"
                    if cleaned
                    else "its alternative text stands in its place"
                )
                self.diagnostics.append(
                    warning(
                        "svg-cleaned",
                        f"image `{source}` holds {', '.join(lost)}; {done}",
                        position,
                        hint="an e-book may hold no scripts and nothing from outside; save the image as plain SVG",
                    )
                )
            data = cleaned
        elif kind in _CONVERTED:
            data, kind = _as_png(data), "image/png"
        elif kind not in _SUFFIXES:
            data = b""
        if not data:
            return ""
        name = f"images/{media.digest[:16]}.{_SUFFIXES[kind]}"
        self.files.setdefault(name, ImageFile(name, kind, data))
        return name

    def size_of(self, image: nodes.Image, styles: StyleSheet) -> str:
        """Return the declarations that say how wide an image is shown, in shares of the measure or in ems."""
        if image.width < 0:
            return f"width: {_short(min(1.0, -image.width) * 100)}%"
        width = image.width
        media = self._media.get(image.source)
        if not width and media is not None and not media.pixel_width:
            width = media.width
        if not width:
            return ""
        page = styles.page
        measure = page.width - page.margin_inner - page.margin_outer
        if measure > 0 and width >= 0.98 * measure:
            return "width: 100%"
        return f"width: {_short(width / styles.of(StyleKey.PARAGRAPH).size)}em"


def _as_png(data: bytes) -> bytes:
    """Return a raster image as PNG; empty where it cannot be read."""
    from PIL import Image as PillowImage

    out = io.BytesIO()
    try:
        with PillowImage.open(io.BytesIO(data)) as picture:
            mode = "RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB"
            picture.convert(mode).save(out, "PNG")
    except (OSError, ValueError, SyntaxError, PillowImage.DecompressionBombError):
        return b""
    return out.getvalue()


def _short(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
