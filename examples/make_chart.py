"""Draws the chart of `feature-tour.md`: `python examples/make_chart.py [FILE]`.

The picture in the repository was made by this program; a test makes it again.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from octavo.environment import installed_fonts

WIDTH, HEIGHT = 1500, 720
PIXELS_PER_INCH = 240
INK, QUIET, RULE = "#24343a", "#66757b", "#d5dcdc"
BEFORE, AFTER = "#8fb3b0", "#0f5c5a"
YEARS = ("2015", "2016", "2017", "2018", "2019", "2020", "2021", "2022", "2023", "2024")
MINUTES = (27, 25, 28, 26, 25, 14, 9, 6, 5, 4)
JOINED = 5
"""The first year of the joint service."""


def font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    import io

    face = installed_fonts().match("Source Sans Pro", weight, False)
    assert face is not None
    return ImageFont.truetype(io.BytesIO(face.load()), size)


def draw_chart() -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    left, right, top, bottom = 70, WIDTH - 10, 60, HEIGHT - 70
    small, plain, bold = font(400, 28), font(400, 30), font(600, 30)
    for value in (0, 10, 20, 30):
        y = bottom - (bottom - top) * value / 30
        draw.line((left, y, right, y), fill=INK if value == 0 else RULE, width=2)
        draw.text((left - 16, y), str(value), font=small, fill=QUIET, anchor="rm")
    step = (right - left) / len(YEARS)
    for count, (year, minutes) in enumerate(zip(YEARS, MINUTES, strict=True)):
        x = left + step * count + step * 0.18
        y = bottom - (bottom - top) * minutes / 30
        draw.rectangle((x, y, x + step * 0.64, bottom - 2), fill=AFTER if count >= JOINED else BEFORE)
        draw.text(
            (x + step * 0.32, y - 10),
            str(minutes),
            font=bold,
            fill=INK,
            anchor="ms",
            stroke_width=4,
            stroke_fill="white",
        )
        draw.text((x + step * 0.32, bottom + 14), year, font=small, fill=QUIET, anchor="ma")
    draw.text((left, 8), "minutes from first sign to warning", font=plain, fill=QUIET, anchor="la")
    draw.text(
        (left + step * JOINED + step * 0.18, top + 130), "joint service", font=bold, fill=AFTER, anchor="la"
    )
    return image


def main() -> None:
    target = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent / "images" / "warning-time.png")
    image = draw_chart().quantize(32, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    image.save(target, optimize=True, dpi=(PIXELS_PER_INCH, PIXELS_PER_INCH))


if __name__ == "__main__":
    main()
