"""Images: which files go into the e-book, under which names, and how large they are shown.

PNG, JPEG, GIF and SVG are copied where stores take them as they are; see `rasters` for what is done to others. SVG
keeps its vectors; scripts and whatever reaches out of the file are taken out, because an e-book may hold neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from octavo.diagnostics import Diagnostic, Position, info, warning
from octavo.theme.style import StyleSheet
from octavo.tree import nodes
from octavo.tree.media import MediaFile
from octavo.tree.semantics import StyleKey
from octavo.writers.epub.rasters import fitting
from octavo.writers.svg.clean import clean_svg

_SUFFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "image/png": "png",
        "image/jpeg": "jpg",
        "image/gif": "gif",
        "image/svg+xml": "svg",
    }
)
_MOVING: Final = re.compile(rb"<(?:\w+:)?(?:animate|animateTransform|animateMotion|set)\b|@keyframes")


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
        self.moving = 0
        """How many of the images move."""

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
                done = "which are left out" if cleaned else "and its alternative text stands in its place"
                self.diagnostics.append(
                    warning(
                        "svg-cleaned",
                        f"image `{source}` holds {', '.join(lost)}, {done}",
                        position,
                        hint="save the image as plain SVG",
                    )
                )
            data = cleaned
            moves = _MOVING.search(data) is not None
        else:
            raster = fitting(media)
            data, kind, moves = raster.data, raster.media_type, raster.moves
            if raster.changes:
                self.diagnostics.append(
                    info(
                        "image-changed",
                        f"for the e-book, image `{source}` was {' and '.join(raster.changes)}",
                        position,
                        hint="stores take RGB images of at most 5.6 million pixels",
                    )
                )
        if not data or kind not in _SUFFIXES:
            return ""
        name = f"images/{media.digest[:16]}.{_SUFFIXES[kind]}"
        if name not in self.files:
            self.files[name] = ImageFile(name, kind, data)
            self.moving += moves
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


def _short(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
