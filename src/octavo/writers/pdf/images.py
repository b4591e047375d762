"""Images as XObjects: files pass through where PDF can hold them as they are, others are unpacked by Pillow.

ISO 32000-1, 8.9. JPEG data go in untouched; so do the data of plain PNGs, whose row filters PDF knows (7.4.4.4). What
has transparency is split into colours and a soft mask.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from octavo.diagnostics import Diagnostic, info, warning
from octavo.tree.media import MediaFile
from octavo.writers.pdf.objects import PdfFile
from octavo.writers.pixels import is_deep_grey, to_grey
from octavo.writers.pixels import upright as upright_of

if TYPE_CHECKING:
    from PIL.Image import Image

ORIENTATIONS: Final = {
    2: "-1 0 0 1 1 0",
    3: "-1 0 0 -1 1 1",
    4: "1 0 0 -1 0 1",
    5: "0 -1 -1 0 1 1",
    6: "0 -1 1 0 0 1",
    7: "0 1 1 0 0 0",
    8: "0 1 -1 0 1 0",
}
"""How the unit square is turned for the orientations of Exif 2.32, 4.6.4; 1 is upright."""


class WrittenImage(msgspec.Struct, frozen=True, kw_only=True):
    """An image in the file: its object, and how the unit square must be turned to show it upright ("": not at all)."""

    object_number: int
    turn: str = ""
    transparent: bool = False


def write_image(file: PdfFile, media: MediaFile) -> tuple[WrittenImage | None, tuple[Diagnostic, ...]]:
    """Add an image and return it, or None where it cannot be shown, with what was lost."""
    try:
        if media.media_type == "image/jpeg":
            jpeg = read_jpeg(media.data)
            if jpeg is not None:
                return _write_jpeg(file, media, jpeg)
        if media.media_type == "image/png":
            png = read_png(media.data)
            if png is not None:
                return _write_png(file, png), ()
        return _write_pixels(file, media)
    except (OSError, ValueError, SyntaxError, struct.error, zlib.error, MemoryError) as fault:
        reason = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        return None, (not_rendered(media, reason, "the file seems damaged; save it again"),)


def not_rendered(media: MediaFile, reason: str, hint: str) -> Diagnostic:
    """Say that an image is not shown."""
    return warning(
        "image-not-rendered",
        f"image `{media.source}` is shown as an empty box in the PDF: {reason}",
        hint=hint,
    )


# JPEG --------------------------------------------------------------------------------------------------------------


class Jpeg(msgspec.Struct, frozen=True, kw_only=True):
    """What a JPEG file says of itself (ISO/IEC 10918-1, Annex B): size, components, profile, orientation."""

    width: int
    height: int
    components: int
    inverted: bool
    """An Adobe file with four components: 255 is no ink."""
    profile: bytes
    orientation: int


def read_jpeg(data: bytes) -> Jpeg | None:
    """Return what a JPEG file is, or None where PDF cannot hold it as it is."""
    frame: tuple[int, int, int, int] | None = None
    adobe, orientation, profile = False, 1, dict[int, bytes]()
    for marker, body in _segments(data):
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            # Baseline, extended and progressive are what DCTDecode reads (ISO 32000-1, 7.4.8).
            if marker not in (0xC0, 0xC1, 0xC2) or len(body) < 6:
                return None
            frame = struct.unpack_from(">BHHB", body)
        elif marker == 0xEE and body.startswith(b"Adobe"):
            adobe = True
        elif marker == 0xE1 and body.startswith(b"Exif\0\0"):
            orientation = _orientation(body[6:])
        elif marker == 0xE2 and body.startswith(b"ICC_PROFILE\0") and len(body) > 14:
            profile[body[12]] = body[14:]
    if frame is None or frame[0] != 8 or frame[3] not in (1, 3, 4) or 0 in frame:
        return None
    return Jpeg(
        width=frame[2],
        height=frame[1],
        components=frame[3],
        inverted=adobe and frame[3] == 4,
        profile=b"".join(part for _, part in sorted(profile.items())),
        orientation=orientation,
    )


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and content of the segments before the first scan."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in (0xD9, 0xDA):
            return
        (length,) = struct.unpack_from(">H", data, at + 2)
        yield marker, data[at + 4 : at + 2 + length]
        at += 2 + max(length, 2)


def _orientation(exif: bytes) -> int:
    """Return the orientation from a TIFF structure, 1 where it names none."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 8:
        return 1
    (start,) = struct.unpack_from(f"{order}I", exif, 4)
    if start + 2 > len(exif):
        return 1
    (count,) = struct.unpack_from(f"{order}H", exif, start)
    for at in range(start + 2, min(start + 2 + 12 * count, len(exif) - 11), 12):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, at)
        if tag == 0x0112 and 1 <= value <= 8:
            return int(value)
    return 1


def _write_jpeg(
    file: PdfFile, media: MediaFile, jpeg: Jpeg
) -> tuple[WrittenImage | None, tuple[Diagnostic, ...]]:
    profile = jpeg.profile if profile_fits(jpeg.profile, jpeg.components) else b""
    if jpeg.components == 4 and not profile:
        written, said = _write_pixels(file, media)
        return written, (
            *said,
            info(
                "image-converted",
                f"image `{media.source}` has inks (CMYK) without a profile; its colours are converted to sRGB",
                hint="save it as RGB, or with its profile embedded",
            ),
        )
    space = _profile_space(file, profile, jpeg.components)
    inverse = "/Decode[1 0 1 0 1 0 1 0]" if jpeg.inverted else ""
    entries = f"{image_head(jpeg.width, jpeg.height, 8, space)}{inverse}/Filter/DCTDecode"
    made = file.add_stream(media.data, entries, compress=False)
    return WrittenImage(object_number=made, turn=ORIENTATIONS.get(jpeg.orientation, "")), ()


def profile_fits(profile: bytes, components: int) -> bool:
    """Say whether an ICC profile may stand in the file for so many components (ISO 19005-2, 6.2.4.2)."""
    if len(profile) < 132 or profile[36:40] != b"acsp" or profile[8] > 4:
        return False
    kinds = (b"scnr", b"mntr", b"prtr", b"spac")
    spaces = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}
    return (
        profile[12:16] in kinds
        and profile[16:20] == spaces[components]
        and len(profile) >= profile_size(profile)
    )


def profile_size(profile: bytes) -> int:
    """Return the size that an ICC profile gives itself."""
    return int.from_bytes(profile[:4], "big")


def _profile_space(file: PdfFile, profile: bytes, components: int) -> str:
    """Return a colour space by its profile, or the device space that the output intent covers."""
    if not profile:
        return {1: "/DeviceGray", 3: "/DeviceRGB"}[components]
    return f"[/ICCBased {file.add_stream(profile[: profile_size(profile)], f'/N {components}')} 0 R]"


def image_head(width: int, height: int, bits: int, space: str) -> str:
    """Return the first entries of an image's dictionary (ISO 32000-1, 8.9.5)."""
    size = f"/Width {width}/Height {height}/BitsPerComponent {bits}"
    return f"/Type/XObject/Subtype/Image{size}/ColorSpace{space}"


# PNG ---------------------------------------------------------------------------------------------------------------


class Png(msgspec.Struct, frozen=True, kw_only=True):
    """A PNG whose rows PDF can read as they are (W3C PNG, 3rd edition): no transparency, not interlaced."""

    width: int
    height: int
    bits: int
    kind: int
    """Colour type: 0 grey, 2 colour, 3 palette."""
    palette: bytes
    profile: bytes
    rows: bytes
    """Deflated, with PNG's own row filters."""


def read_png(data: bytes) -> Png | None:
    """Return what a PNG file is, or None where it must be unpacked.

    Raises:
        ValueError: the file is damaged.
    """
    chunks: dict[bytes, list[bytes]] = {}
    at = 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if data[at + 8 + length : at + 12 + length] != zlib.crc32(kind + body).to_bytes(4, "big"):
            return None
        chunks.setdefault(kind, []).append(body)
        at += 12 + length
    if not {b"IHDR", b"IDAT", b"IEND"} <= chunks.keys() or len(chunks[b"IHDR"][0]) != 13:
        return None
    width, height, bits, color, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"][0])
    palette = chunks.get(b"PLTE", [b""])[0]
    if color not in (0, 2, 3) or interlaced or b"tRNS" in chunks or (color == 3 and not palette):
        return None
    rows = b"".join(chunks[b"IDAT"])
    if not _is_complete(rows, height, (width * bits * (3 if color == 2 else 1) + 7) // 8):
        return None
    return Png(
        width=width,
        height=height,
        bits=bits,
        kind=color,
        palette=palette[: 3 << bits] if color == 3 else b"",
        profile=_png_profile(chunks, 1 if color == 0 else 3),
        rows=rows,
    )


def _is_complete(rows: bytes, height: int, row_size: int) -> bool:
    """Say whether deflated rows are all there, without keeping them."""
    unpacker, size = zlib.decompressobj(), 0
    rest = rows
    try:
        while rest and not unpacker.eof:
            size += len(unpacker.decompress(rest, 1 << 20))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof and size == height * (row_size + 1)


def _png_profile(chunks: dict[bytes, list[bytes]], components: int) -> bytes:
    if b"iCCP" not in chunks:
        return b""
    _, _, packed = chunks[b"iCCP"][0].partition(b"\0")
    try:
        profile = zlib.decompress(packed[1:])
    except zlib.error:
        return b""
    return profile if profile_fits(profile, components) else b""


def _write_png(file: PdfFile, png: Png) -> WrittenImage:
    components = 3 if png.kind == 2 else 1
    space = _profile_space(file, png.profile, 1 if png.kind == 0 else 3)
    if png.kind == 3:
        colors = len(png.palette) // 3
        space = (
            f"[/Indexed{space if space.startswith('[') else f' {space}'} {colors - 1}<{png.palette.hex()}>]"
        )
    predictor = f"<</Predictor 15/Colors {components}/BitsPerComponent {png.bits}/Columns {png.width}>>"
    entries = (
        f"{image_head(png.width, png.height, png.bits, space)}/DecodeParms{predictor}/Filter/FlateDecode"
    )
    return WrittenImage(object_number=file.add_stream(png.rows, entries, compress=False))


# Everything else ---------------------------------------------------------------------------------------------------


def _write_pixels(file: PdfFile, media: MediaFile) -> tuple[WrittenImage, tuple[Diagnostic, ...]]:
    """Unpack an image by Pillow and add its colours, and its transparency as a soft mask."""
    from PIL import Image as PillowImage

    said: tuple[Diagnostic, ...] = ()
    with PillowImage.open(io.BytesIO(media.data)) as opened:
        if getattr(opened, "n_frames", 1) > 1:
            said = (info("image-animated", f"image `{media.source}` moves; its first picture is shown"),)
        upright = upright_of(opened)
        mask: Image | None = None
        if upright.has_transparency_data:
            upright = upright.convert("RGBA")
            mask = upright.getchannel("A")
        grey = upright.mode in ("1", "L", "LA", "F") or is_deep_grey(upright)
        if grey and mask is None:
            flat, space = to_grey(upright), "/DeviceGray"
        else:
            flat, space = upright.convert("RGB"), "/DeviceRGB"
    extra = ""
    if mask is not None and mask.getextrema() != (255, 255):
        made = file.add_stream(mask.tobytes(), image_head(mask.width, mask.height, 8, "/DeviceGray"))
        extra = f"/SMask {made} 0 R"
    number = file.add_stream(flat.tobytes(), f"{image_head(flat.width, flat.height, 8, space)}{extra}")
    return WrittenImage(object_number=number, transparent=bool(extra)), said
