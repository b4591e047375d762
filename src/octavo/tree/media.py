"""Files that a document shows: read once, above all stages, and handed down as values."""

from __future__ import annotations

import msgspec


class MediaFile(msgspec.Struct, frozen=True, kw_only=True):
    """An image file. Pixel sizes are 0 for vector images, whose natural size is in points instead.

    `digest` is the SHA-256 of `data` in hexadecimal; writers name files by it. All sizes are those of the image as it
    is shown, upright: a photograph is `turned` where its pixels lie otherwise and its Exif says how to turn them.
    """

    source: str
    data: bytes
    media_type: str
    digest: str
    pixel_width: int = 0
    pixel_height: int = 0
    turned: bool = False
    width: float
    height: float
    """The natural size in points, from the pixels and the file's resolution (96 a inch where it names none)."""
