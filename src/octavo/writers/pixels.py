"""Pixels as every edition shows them: upright, in greys or colours of eight bits."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


def upright(image: Image) -> Image:
    """Return an image turned as its Exif orientation says (Exif 2.32, 4.6.4), which it then no longer names."""
    from PIL import ImageOps

    return ImageOps.exif_transpose(image)


def to_grey(image: Image) -> Image:
    """Return an image of 8-bit greys; 16-bit greys keep their upper byte."""
    if is_deep_grey(image):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image.convert("L")


def is_deep_grey(image: Image) -> bool:
    """Say whether an image has greys of more than eight bits, which Pillow cuts off where others are wanted."""
    return image.mode == "I" or image.mode.startswith("I;16")


def upright_photograph(data: bytes, quality: int) -> bytes:
    """Return a JPEG file that is upright without the word of its Exif, in its own colours and with its profile.

    Raises:
        OSError, ValueError, SyntaxError: the file cannot be unpacked.
    """
    from PIL import Image as PillowImage

    with PillowImage.open(io.BytesIO(data)) as opened:
        profile = opened.info.get("icc_profile")
        turned = upright(opened)
        out = io.BytesIO()
        turned.save(out, "JPEG", quality=quality, icc_profile=profile)
        return out.getvalue()


def in_rgb(image: Image) -> Image:
    """Return an image of inks in sRGB: by its own profile where it has one."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            made = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if made is not None:
                return made
        except (ImageCms.PyCMSError, OSError):
            pass
    flat = image.convert("RGB")
    flat.info.pop("icc_profile", None)
    return flat
