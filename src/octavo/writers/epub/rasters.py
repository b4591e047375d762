"""Raster images as stores and reading systems take them: PNG, JPEG or GIF, in RGB or grey, and not too large.

Kindle shows no WebP, and every store turns away JPEG files for print (CMYK); Apple Books takes at most 5.6 million
pixels an image; old devices do not turn photographs. A file that is as it should be is copied byte by byte.
"""

from __future__ import annotations

import io
from typing import Any, Final

import msgspec

from octavo.tree.media import MediaFile
from octavo.writers.pixels import in_rgb, is_deep_grey, to_grey, upright

LARGEST: Final = 5_600_000
"""Pixels; Apple Books Asset Guide, 5.3: images."""
_TAKEN: Final = frozenset({"image/png", "image/jpeg", "image/gif"})
_QUALITY: Final = 90


class Raster(msgspec.Struct, frozen=True):
    """An image file for the e-book; `data` is empty where it cannot be read. `changes` says what was done to it."""

    data: bytes
    media_type: str
    moves: bool = False
    changes: tuple[str, ...] = ()


def fitting(media: MediaFile) -> Raster:
    """Return a raster image as it may lie in an e-book."""
    kind = media.media_type
    moves = _moves(media)
    large = media.pixel_width * media.pixel_height > LARGEST and not moves
    inked = kind == "image/jpeg" and _components(media.data) == 4
    if kind in _TAKEN and not large and not inked and not media.turned:
        return Raster(media.data, kind, moves)
    from PIL import Image

    try:
        with Image.open(io.BytesIO(media.data)) as picture:
            picture.load()
            return _made(picture, media, large=large, inked=inked or picture.mode == "CMYK")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return Raster(b"", kind)


def _made(picture: Any, media: MediaFile, *, large: bool, inked: bool) -> Raster:
    from PIL import Image

    clear = "A" in picture.getbands() or "transparency" in picture.info
    photographed = media.media_type == "image/jpeg" or (
        not clear and media.media_type in ("image/webp", "image/avif") and b"VP8L" not in media.data[:64]
    )
    changes = []
    if media.turned:
        picture = upright(picture)
        changes.append("turned upright")
    if inked:
        picture = in_rgb(picture)
        changes.append("turned from CMYK to RGB")
    if is_deep_grey(picture):
        picture = to_grey(picture)
    elif large or picture.mode not in ("L", "RGB", "RGBA", "1", "P"):
        picture = picture.convert("RGBA" if clear else "L" if picture.mode in ("L", "1", "LA") else "RGB")
    if large:
        share = (LARGEST / (picture.width * picture.height)) ** 0.5
        size = (max(1, int(picture.width * share)), max(1, int(picture.height * share)))
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        changes.append(f"made smaller, to {size[0]} × {size[1]} pixels")
    out = io.BytesIO()
    if photographed:
        flat = picture.convert("L" if picture.mode in ("L", "1") else "RGB")
        flat.save(out, "JPEG", quality=_QUALITY, icc_profile=picture.info.get("icc_profile"))
        return Raster(out.getvalue(), "image/jpeg", changes=tuple(changes))
    picture.save(out, "PNG")
    return Raster(out.getvalue(), "image/png", changes=tuple(changes))


def _moves(media: MediaFile) -> bool:
    """Say whether a file holds more than one picture, shown one after another."""
    data = media.data
    match media.media_type:
        case "image/gif":
            # More than one graphic control extension (GIF89a, 23), unless the pixels happen to look like one.
            return data.count(b"\x21\xf9\x04") > 1 and _frames(data) > 1
        case "image/png":
            return b"acTL" in data[:4096]
        case "image/webp":
            return b"ANIM" in data[:64]
        case _:
            return False


def _frames(data: bytes) -> int:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            return int(getattr(picture, "n_frames", 1))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 1


def _components(data: bytes) -> int:
    """Return how many colour components a JPEG file has (ITU-T T.81, B.2.2); 0 where it does not say."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return data[at + 9]
        if marker == 0xFF:
            at += 1
            continue
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0
