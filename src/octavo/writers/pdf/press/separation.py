"""From sRGB to inks: through the output profile by LittleCMS, greys to black alone, and never over the ink limit.

Relative colorimetric with black point compensation, as print shops convert. The limit is kept by lessening the three
colours under the black, not the black.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from octavo.diagnostics import error
from octavo.errors import EditionError
from octavo.units import Color
from octavo.writers.pdf.icc import srgb_profile

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsTransform

Inks: TypeAlias = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, 0.0 to 1.0."""

_NODES: Final = 33
"""Steps of each channel in a table that keeps the ink limit."""
_NEUTRAL: Final = 10
"""How far the channels of a colour may lie apart (of 255) that is printed with black alone."""
_ROUNDING: Final = 1.0
"""Four channels of eight bits may each be rounded up: so many per cent are kept back from the limit."""
_BETWEEN: Final = 12
"""Colours between the nodes may take more ink than the nodes do (of 255)."""
_LINE_ART: Final = 2048
"""A picture of no more colours than this is a drawing, whose greys are printed with black alone."""


class Separator:
    """Converts colours and images into inks, for one output profile and one ink limit (in per cent)."""

    def __init__(self, profile: bytes, ink_limit: float) -> None:
        self.profile = profile
        self.limit = (ink_limit - _ROUNDING) / 100
        self._transforms: dict[bytes, ImageCmsTransform] = {}
        self._tables: dict[bytes, list[float] | None] = {}

    def inks_of(self, colors: Sequence[Color]) -> dict[Color, Inks]:
        """Return what screen colours are printed with."""
        from PIL import Image as PillowImage

        grey = {color for color in colors if max(_parts(color)) - min(_parts(color)) <= _NEUTRAL}
        found: dict[Color, Inks] = {color: (0.0, 0.0, 0.0, _blackness(color)) for color in grey}
        rest = [color for color in colors if color not in grey]
        if rest:
            strip = PillowImage.frombytes("RGB", (len(rest), 1), bytes(sum(map(_parts, rest), ())))
            data = self.convert(strip, b"").tobytes()
            for at, color in enumerate(rest):
                cyan, magenta, yellow, black = (part / 255 for part in data[4 * at : 4 * at + 4])
                found[color] = (cyan, magenta, yellow, black)
        return found

    def convert(self, image: Image, source: bytes) -> Image:
        """Return an RGB image in CMYK; `source` is its own profile, empty for sRGB."""
        from PIL import ImageCms, ImageFilter

        table = self._table(source)
        if table is None:
            converted = ImageCms.applyTransform(image, self._transform(source))
            assert converted is not None
            return converted
        limit = ImageFilter.Color3DLUT(_NODES, table, channels=4, target_mode="CMYK")
        return image.filter(limit)

    def convert_inks(self, image: Image, source: bytes) -> Image:
        """Return an image of inks of another profile in the inks of the output; as it is where that profile fails."""
        from PIL import ImageCms

        try:
            transform = ImageCms.buildTransform(
                ImageCms.ImageCmsProfile(io.BytesIO(source)),
                ImageCms.ImageCmsProfile(io.BytesIO(self.profile)),
                "CMYK",
                "CMYK",
                ImageCms.Intent.RELATIVE_COLORIMETRIC,
                ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
            return ImageCms.applyTransform(image, transform) or image
        except (ImageCms.PyCMSError, OSError):
            return image

    def convert_drawing(self, image: Image, source: bytes) -> Image:
        """Return an RGB image in CMYK; where it is a drawing, its greys are printed with black alone."""
        from PIL import Image as PillowImage
        from PIL import ImageChops

        converted = self.convert(image, source)
        if image.getcolors(_LINE_ART) is None:
            return converted
        red, green, blue = image.split()
        apart = ImageChops.lighter(
            ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue)),
            ImageChops.difference(red, blue),
        )
        none = PillowImage.new("L", image.size, 0)
        black = PillowImage.merge("CMYK", (none, none, none, ImageChops.invert(green)))
        mask = apart.point([255] * (_NEUTRAL + 1) + [0] * (255 - _NEUTRAL))
        return PillowImage.composite(black, converted, mask)

    def _transform(self, source: bytes) -> ImageCmsTransform:
        if source not in self._transforms:
            self._transforms[source] = self._build(source)
        return self._transforms[source]

    def _build(self, source: bytes) -> ImageCmsTransform:
        from PIL import ImageCms

        try:
            made = ImageCms.buildTransform(
                ImageCms.ImageCmsProfile(io.BytesIO(source or srgb_profile())),
                ImageCms.ImageCmsProfile(io.BytesIO(self.profile)),
                "RGB",
                "CMYK",
                ImageCms.Intent.RELATIVE_COLORIMETRIC,
                ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
            # Pillow writes the profile into each image that it converts, which it cannot do with every one.
            made.output_profile.tobytes()
        except (ImageCms.PyCMSError, OSError, ImportError) as fault:
            if source:
                return self._transform(b"")
            raise EditionError(
                error(
                    "icc-not-usable",
                    f"the ICC profile cannot be used: {fault}",
                    hint="give the CMYK output profile of your print shop, or leave --icc out",
                )
            ) from fault
        return made

    def _table(self, source: bytes) -> list[float] | None:
        """Return a table that keeps the ink limit, or None where the profile keeps it by itself."""
        if source not in self._tables:
            self._tables[source] = self._limited(source)
        return self._tables[source]

    def _limited(self, source: bytes) -> list[float] | None:
        from PIL import Image as PillowImage
        from PIL import ImageCms

        steps = [round(at * 255 / (_NODES - 1)) for at in range(_NODES)]
        cube = bytes(
            part for blue in steps for green in steps for red in steps for part in (red, green, blue)
        )
        grid = PillowImage.frombytes("RGB", (_NODES * _NODES, _NODES), cube)
        converted = ImageCms.applyTransform(grid, self._transform(source))
        assert converted is not None
        data = converted.tobytes()
        nodes = [data[at : at + 4] for at in range(0, len(data), 4)]
        most = self.limit * 255
        if all(sum(node) <= most - _BETWEEN for node in nodes):
            return None
        table: list[float] = []
        for node in nodes:
            colors = sum(node[:3])
            share = min(1.0, (most - node[3]) / colors) / 255 if colors else 0.0
            table += (node[0] * share, node[1] * share, node[2] * share, node[3] / 255)
        return table


def _parts(color: Color) -> tuple[int, int, int]:
    return (color.red, color.green, color.blue)


def _blackness(color: Color) -> float:
    return round(1 - sum(_parts(color)) / 765, 3)
