"""Images for the press: inks and their profiles stay as they are, greys stay grey, colours are converted.

ISO 15930-7, 6.2.4: beside a CMYK output intent there is no DeviceRGB, and a profile that is the output intent's own is
not named again. Photographs that were JPEG stay JPEG; what was without loss stays without.
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Final

from octavo.diagnostics import Diagnostic, info
from octavo.tree.media import MediaFile
from octavo.writers.pdf.images import (
    ORIENTATIONS,
    Jpeg,
    WrittenImage,
    image_head,
    not_rendered,
    profile_fits,
    profile_size,
    read_jpeg,
    read_png,
    write_image,
)
from octavo.writers.pdf.objects import PdfFile
from octavo.writers.pdf.press.separation import Separator
from octavo.writers.pixels import is_deep_grey, to_grey
from octavo.writers.pixels import upright as upright_of

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITY: Final = 94
_SAMPLE: Final = 160
"""The longer side of the small copy that ink is counted on, in pixels."""
_SPACES: Final = {1: "/DeviceGray", 4: "/DeviceCMYK"}
_GREYS: Final = ("1", "L", "LA", "La", "F")

_Written = tuple[WrittenImage | None, tuple[Diagnostic, ...]]


class PressImages:
    """Writes the images of one edition, and keeps the most ink (in per cent) that each of them takes, by source."""

    def __init__(self, separator: Separator) -> None:
        self._separator = separator
        self.cover: dict[str, float] = {}
        self._profiles: dict[bytes, int] = {}

    def write(self, file: PdfFile, media: MediaFile) -> _Written:
        """Add an image and return it, or None where it cannot be shown, with what was lost."""
        try:
            jpeg = read_jpeg(media.data) if media.media_type == "image/jpeg" else None
            if jpeg is not None and jpeg.components != 3:
                return self._write_plates(file, media, jpeg)
            png = read_png(media.data) if media.media_type == "image/png" else None
            if png is not None and png.kind == 0 and not png.profile:
                return write_image(file, media)
            return self._write_pixels(file, media, photograph=jpeg is not None)
        except (OSError, ValueError, SyntaxError, zlib.error, MemoryError) as fault:
            reason = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
            return None, (not_rendered(media, reason, "the file seems damaged; save it again"),)

    def _write_plates(self, file: PdfFile, media: MediaFile, jpeg: Jpeg) -> _Written:
        """Let a JPEG of inks or of grey through, byte for byte."""
        said: tuple[Diagnostic, ...] = ()
        space = _SPACES[jpeg.components]
        if jpeg.components == 4:
            from PIL import Image as PillowImage

            with PillowImage.open(io.BytesIO(media.data)) as opened:
                profile = self._other_profile(jpeg.profile)
                self._count(media, opened, profile)
            space, said = self._ink_space(file, media, profile)
        return _add_jpeg(file, media.data, jpeg, space, ORIENTATIONS.get(jpeg.orientation, "")), said

    def _other_profile(self, profile: bytes) -> bytes:
        """Return the profile of an image of inks, empty where it has none or that of the output."""
        if not profile_fits(profile, 4):
            return b""
        profile = profile[: profile_size(profile)]
        return b"" if profile == self._separator.profile else profile

    def _ink_space(
        self, file: PdfFile, media: MediaFile, profile: bytes
    ) -> tuple[str, tuple[Diagnostic, ...]]:
        """Return the colour space of an image of inks, with a profile of its own where it has one."""
        if not profile:
            return _SPACES[4], ()
        if profile not in self._profiles:
            self._profiles[profile] = file.add_stream(profile, "/N 4")
        told = info(
            "press-inks-kept",
            f"image `{media.source}` comes in inks of another profile; both are kept, and the press converts them",
            hint="convert it to the print shop's profile to decide on its colours yourself",
        )
        return f"[/ICCBased {self._profiles[profile]} 0 R]", (told,)

    def _write_pixels(self, file: PdfFile, media: MediaFile, *, photograph: bool) -> _Written:
        from PIL import Image as PillowImage

        said: tuple[Diagnostic, ...] = ()
        with PillowImage.open(io.BytesIO(media.data)) as opened:
            if getattr(opened, "n_frames", 1) > 1:
                said = (info("image-animated", f"image `{media.source}` moves; its first picture is shown"),)
            profile = opened.info.get("icc_profile") or b""
            upright = upright_of(opened)
            mask: Image | None = None
            if upright.has_transparency_data:
                upright = upright.convert("RGBA")
                mask = upright.getchannel("A")
            flat = self._separate(upright, profile if profile_fits(profile, 3) else b"")
        space = "/DeviceCMYK" if flat.mode == "CMYK" else "/DeviceGray"
        if flat.mode == "CMYK":
            own = self._other_profile(profile)
            self._count(media, flat, own)
            space, kept = self._ink_space(file, media, own)
            said += kept
            if photograph and mask is None:
                packed = io.BytesIO()
                flat.save(packed, "JPEG", quality=_QUALITY, subsampling=0)
                jpeg = read_jpeg(packed.getvalue())
                if jpeg is not None:
                    return _add_jpeg(file, packed.getvalue(), jpeg, space, ""), said
        extra = ""
        if mask is not None and mask.getextrema() != (255, 255):
            made = file.add_stream(mask.tobytes(), image_head(mask.width, mask.height, 8, "/DeviceGray"))
            extra = f"/SMask {made} 0 R"
        head = f"{image_head(flat.width, flat.height, 8, space)}{extra}"
        return WrittenImage(
            object_number=file.add_stream(flat.tobytes(), head), transparent=bool(extra)
        ), said

    def _separate(self, image: Image, profile: bytes) -> Image:
        """Return an image of inks or of greys."""
        if image.mode == "CMYK":
            return image
        if image.mode in _GREYS or is_deep_grey(image):
            return to_grey(image)
        flat = image if image.mode == "RGB" else image.convert("RGB")
        if _is_grey(flat):
            return flat.getchannel("G")
        return self._separator.convert_drawing(flat, profile)

    def _count(self, media: MediaFile, image: Image, profile: bytes) -> None:
        """Keep the most ink that a small copy of an image takes, once the press has converted it from its profile."""
        small = image.copy()
        small.thumbnail((_SAMPLE, _SAMPLE))
        if profile:
            small = self._separator.convert_inks(small, profile)
        data = small.tobytes()
        if len(data) >= 4:
            most = max(map(sum, zip(data[0::4], data[1::4], data[2::4], data[3::4], strict=True)))
            self.cover[media.source] = most / 2.55


def _is_grey(image: Image) -> bool:
    from PIL import ImageChops

    red, green, blue = image.split()
    pairs = ((red, green), (green, blue))
    return all(ImageChops.difference(one, other).getextrema() == (0, 0) for one, other in pairs)


def _add_jpeg(file: PdfFile, data: bytes, jpeg: Jpeg, space: str, turn: str) -> WrittenImage:
    inverse = "/Decode[1 0 1 0 1 0 1 0]" if jpeg.inverted else ""
    head = f"{image_head(jpeg.width, jpeg.height, 8, space)}{inverse}/Filter/DCTDecode"
    return WrittenImage(object_number=file.add_stream(data, head, compress=False), turn=turn)
