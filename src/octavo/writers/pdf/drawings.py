"""Drawings as form XObjects: vectors stay vectors, in the inks of the edition (ISO 32000-1, 8.10).

Everything of one drawing shares one dictionary of resources. A drawing that needs what PDF has no operators for
becomes pixels, and that is said.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final, Protocol, TypeAlias

import msgspec

from octavo.diagnostics import Diagnostic, info
from octavo.tree.media import MediaFile
from octavo.units import Color
from octavo.writers.pdf.images import WrittenImage, not_rendered
from octavo.writers.pdf.objects import PdfFile
from octavo.writers.svg.build import build_drawing
from octavo.writers.svg.geometry import Matrix, is_similar, multiply, scale_of
from octavo.writers.svg.paths import Path, moved
from octavo.writers.svg.prepare import Prepared, prepare_svg, render_svg
from octavo.writers.svg.scene import (
    Bitmap,
    Clip,
    Drawing,
    Gradient,
    Item,
    Layer,
    Paint,
    Shape,
    Stop,
    Stroke,
    Unsupported,
)
from octavo.writers.svg.typist import Typist

IN_RGB: Final = re.compile(rb"(?m)^(?:[0-9.]+ ){3}(?:rg|RG)$")
"""Operators that paint in colours of the screen."""
_OPERATORS: Final = {"M": "m", "L": "l", "C": "c", "Z": "h"}
_WriteImage: TypeAlias = Callable[[PdfFile, MediaFile], tuple[WrittenImage | None, tuple[Diagnostic, ...]]]


class DrawingInks(Protocol):
    """The colours of drawings in an edition."""

    space: str
    """A device colour space, with its slash."""

    def parts(self, color: Color) -> tuple[float, ...]:
        """Return a colour's components in that space, 0.0 to 1.0."""
        ...


class ScreenInks:
    """Colours in the sRGB of the output intent."""

    space = "/DeviceRGB"

    def parts(self, color: Color) -> tuple[float, ...]:
        """Return red, green and blue."""
        return (color.red / 255, color.green / 255, color.blue / 255)


class Drawn(msgspec.Struct):
    """What a press has to hold of a drawing, whatever its size: shares and pixels are those of its whole width."""

    pen: float = math.inf
    """The thinnest line, as a share of the width."""
    pixels: float = math.inf
    """How many pixels the whole width would have if all of it were as coarse as the coarsest bitmap in it."""
    ink: float = 0.0
    """The most that a colour has of all components together; a component is 0.0 to 1.0."""
    red_green_blue: bool = False
    """Colours are painted in RGB."""


class Drawings:
    """Writes the drawings of one edition. `widths` are the greatest widths at which sources are shown, in points.

    `drawn` keeps what there is to know of each drawing, by source.
    """

    def __init__(
        self, typist: Typist, inks: DrawingInks, widths: Mapping[str, float], write_image: _WriteImage
    ) -> None:
        self._typist = typist
        self._inks = inks
        self._widths = widths
        self._write_image = write_image
        self.drawn: dict[str, Drawn] = {}

    def write(self, file: PdfFile, media: MediaFile) -> tuple[WrittenImage | None, tuple[Diagnostic, ...]]:
        """Add an image, whatever it is; see `octavo.writers.pdf.images.write_image`."""
        if media.media_type != "image/svg+xml":
            return self._write_image(file, media)
        try:
            return self._draw(file, media)
        except (ValueError, ArithmeticError, RecursionError, MemoryError) as fault:
            return None, (not_rendered(media, f"it cannot be drawn: {fault}", "save it again, as plain SVG"),)

    def _draw(self, file: PdfFile, media: MediaFile) -> tuple[WrittenImage | None, tuple[Diagnostic, ...]]:
        prepared, said = prepare_svg(media, self._typist)
        if prepared is None or media.width <= 0 or media.height <= 0:
            return None, (*said, not_rendered(media, "it is no SVG that can be read", "save it again"))
        try:
            drawing = build_drawing(prepared.root, media.width, media.height)
        except Unsupported as fault:
            written, more = self._as_pixels(file, media, prepared, str(fault))
            return written, (*said, *more)
        form = _Forms(file, self._inks, self._write_image, media.source)
        written = form.write(drawing)
        self.drawn[media.source] = form.drawn
        return written, said

    def _as_pixels(
        self, file: PdfFile, media: MediaFile, prepared: Prepared, feature: str
    ) -> tuple[WrittenImage | None, tuple[Diagnostic, ...]]:
        data = render_svg(prepared, media, self._widths.get(media.source, media.width))
        if not data:
            return None, (not_rendered(media, f"it has {feature}", "save it as PNG"),)
        pixels = msgspec.structs.replace(media, data=data, media_type="image/png")
        written, said = self._write_image(file, pixels)
        told = info(
            "image-rasterised",
            f"image `{media.source}` has {feature}, so the PDF shows it in pixels, 300 an inch",
            hint="draw it without, and it stays sharp at any size",
        )
        return written, (told, *said)


class _Forms:
    """Turns one drawing into forms."""

    def __init__(self, file: PdfFile, inks: DrawingInks, write_image: _WriteImage, source: str) -> None:
        self._file = file
        self._source = source
        self._inks = inks
        self._write_image = write_image
        self._resources = file.add()
        self._entries: dict[str, dict[str, str]] = {}
        """Kind of resource -> object or dictionary -> name."""
        self.drawn = Drawn()
        self._width = 1.0
        self._transparent = False
        self._box = ""
        self._flip: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

    def write(self, drawing: Drawing) -> WrittenImage:
        self._box = f"[0 0 {_short(drawing.width)} {_short(drawing.height)}]"
        self._flip = (1.0, 0.0, 0.0, -1.0, 0.0, drawing.height)
        self._width = drawing.width
        content = self._content(drawing.content)
        matrix = f"/Matrix[{1 / drawing.width:.8f} 0 0 {1 / drawing.height:.8f} 0 0]"
        form = self._form(content, matrix)
        kinds = "".join(
            f"/{kind}<<{''.join(f'/{name} {value}' for value, name in named.items())}>>"
            for kind, named in self._entries.items()
        )
        self._file.fill(self._resources, f"<<{kinds}>>")
        return WrittenImage(object_number=form, transparent=self._transparent)

    def _form(self, content: Sequence[str], more: str) -> int:
        head = f"/Type/XObject/Subtype/Form/BBox{self._box}/Resources {self._resources} 0 R{more}"
        data = "\n".join(content).encode("latin-1")
        if self._inks.space != "/DeviceRGB" and IN_RGB.search(data):
            self.drawn.red_green_blue = True
        return self._file.add_stream(data, head)

    def _name(self, kind: str, prefix: str, value: str) -> str:
        """Return the name of a resource; the same value has the same name."""
        named = self._entries.setdefault(kind, {})
        return named.setdefault(value, f"{prefix}{len(named)}")

    # Items ---------------------------------------------------------------------------------------------------------

    def _content(self, items: Sequence[Item]) -> list[str]:
        out: list[str] = []
        for item in items:
            match item:
                case Shape():
                    self._shape(item, out)
                case Bitmap():
                    self._bitmap(item, out)
                case Layer():
                    self._layer(item, out)
        return out

    def _layer(self, layer: Layer, out: list[str]) -> None:
        out.append("q")
        for clip in layer.clips:
            self._clip(clip, out)
        if layer.opacity < 1:
            self._transparent = True
            group = f"/Group<</S/Transparency/CS{self._inks.space}/I true>>"
            form = self._form(self._content(layer.content), group)
            name = self._name("XObject", "X", f"{form} 0 R")
            out += [self._alpha(layer.opacity, layer.opacity), f"/{name} Do"]
        else:
            out += self._content(layer.content)
        out.append("Q")

    def _clip(self, clip: Clip, out: list[str]) -> None:
        path = _path(moved(clip.path, self._flip)) if clip.path else "0 0 0 0 re"
        out.append(f"{path}\n{'W*' if clip.even_odd else 'W'} n")

    def _alpha(self, fill: float, stroke: float) -> str:
        self._transparent = True
        state = f"<</Type/ExtGState/ca {fill:.3g}/CA {stroke:.3g}>>"
        return f"/{self._name('ExtGState', 'G', state)} gs"

    def _bitmap(self, item: Bitmap, out: list[str]) -> None:
        digest = hashlib.sha256(item.data).hexdigest()
        kind = "image/jpeg" if item.data.startswith(b"\xff\xd8") else "image/png"
        source = self._source
        media = MediaFile(
            source=source, data=item.data, media_type=kind, digest=digest, width=1.0, height=1.0
        )
        written, _ = self._write_image(self._file, media)
        if written is None:
            return
        a, b, c, d, _, _ = item.matrix
        for pixels, across in zip(item.size, (math.hypot(a, b), math.hypot(c, d)), strict=True):
            if across:
                self.drawn.pixels = min(self.drawn.pixels, pixels * self._width / across)
        self._transparent = self._transparent or written.transparent
        name = self._name("XObject", "X", f"{written.object_number} 0 R")
        upright: Matrix = (1.0, 0.0, 0.0, -1.0, 0.0, 1.0)
        place = _numbers(multiply(multiply(self._flip, item.matrix), upright))
        turn = f"\n{written.turn} cm" if written.turn else ""
        out.append(f"q\n{place} cm{turn}\n/{name} Do\nQ")

    # Shapes --------------------------------------------------------------------------------------------------------

    def _shape(self, shape: Shape, out: list[str]) -> None:
        matrix = multiply(self._flip, shape.matrix)
        if not scale_of(matrix):
            return
        path = _path(moved(shape.path, matrix))
        rule = "*" if shape.even_odd else ""
        stroke = shape.stroke
        plain = stroke is not None and is_similar(matrix)
        if isinstance(shape.fill, Gradient):
            self._shaded(shape.fill, shape.fill_opacity, matrix, f"{path}\nW{rule} n", out)
        both = stroke is not None and plain and isinstance(shape.fill, Color)
        opaque = shape.fill_opacity == 1 and (stroke is None or stroke.opacity == 1)
        if both and opaque and stroke is not None:
            self._measure(stroke, matrix)
            lines = ["q", self._color(shape.fill, matrix, fill=True), *self._pen(stroke, matrix)]
            out += [*lines, path, f"B{rule}", "Q"]
            return
        if isinstance(shape.fill, Color):
            alpha = [self._alpha(shape.fill_opacity, 1.0)] if shape.fill_opacity < 1 else []
            out += ["q", *alpha, self._color(shape.fill, matrix, fill=True), path, f"f{rule}", "Q"]
        if stroke is not None:
            self._measure(stroke, matrix)
            alpha = [self._alpha(1.0, stroke.opacity)] if stroke.opacity < 1 else []
            out += ["q", *alpha]
            if plain:
                out += [*self._pen(stroke, matrix), path, "S", "Q"]
            else:
                # A pen that is broader one way than the other: the path is drawn in its own coordinates.
                color = self._color(stroke.paint, matrix, fill=False)
                own = msgspec.structs.replace(stroke, paint=Color(0, 0, 0))
                pen = self._pen(own, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))[1:]
                out += [color, f"{_numbers(matrix)} cm", *pen, _path(shape.path, _fine), "S", "Q"]

    def _measure(self, stroke: Stroke, matrix: Matrix) -> None:
        if stroke.width > 0:
            self.drawn.pen = min(self.drawn.pen, stroke.width * scale_of(matrix) / self._width)

    def _pen(self, stroke: Stroke, matrix: Matrix) -> list[str]:
        scale = scale_of(matrix)
        made = [self._color(stroke.paint, matrix, fill=False), f"{_fine(stroke.width * scale)} w"]
        if stroke.cap:
            made.append(f"{stroke.cap} J")
        if stroke.join:
            made.append(f"{stroke.join} j")
        elif stroke.miter != 10:
            made.append(f"{_fine(stroke.miter)} M")
        if stroke.dashes:
            dashes = " ".join(_fine(each * scale) for each in stroke.dashes)
            made.append(f"[{dashes}] {_fine(stroke.offset * scale)} d")
        return made

    def _color(self, paint: Paint | None, matrix: Matrix, *, fill: bool) -> str:
        """Return the operators that set a colour."""
        if isinstance(paint, Gradient):
            place = multiply(matrix, paint.matrix)
            pattern = (
                f"<</Type/Pattern/PatternType 2/Shading {self._shading(paint)}/Matrix[{_numbers(place)}]>>"
            )
            name = self._name("Pattern", "P", f"{self._file.add(pattern)} 0 R")
            return f"/Pattern {'cs' if fill else 'CS'} /{name} {'scn' if fill else 'SCN'}"
        operators = {"/DeviceRGB": ("rg", "RG"), "/DeviceCMYK": ("k", "K")}[self._inks.space]
        return f"{self._parts(paint or Color(0, 0, 0))} {operators[0 if fill else 1]}"

    def _parts(self, color: Color) -> str:
        parts = self._inks.parts(color)
        self.drawn.ink = max(self.drawn.ink, sum(parts))
        return " ".join(f"{part:.4g}" for part in parts)

    def _shaded(self, gradient: Gradient, opacity: float, matrix: Matrix, clip: str, out: list[str]) -> None:
        place = multiply(matrix, gradient.matrix)
        if not scale_of(place):
            return
        name = self._name("Shading", "S", self._shading(gradient))
        alpha = [self._alpha(opacity, 1.0)] if opacity < 1 else []
        out += ["q", *alpha, clip, f"{_numbers(place)} cm", f"/{name} sh", "Q"]

    def _shading(self, gradient: Gradient) -> str:
        """Return a shading (ISO 32000-1, 8.7.4.5), which goes on beyond its ends."""
        kind = 2 if len(gradient.coordinates) == 4 else 3
        coordinates = " ".join(_fine(each) for each in gradient.coordinates)
        return (
            f"<</ShadingType {kind}/ColorSpace{self._inks.space}/Coords[{coordinates}]"
            f"/Function{self._function(gradient.stops)}/Extend[true true]>>"
        )

    def _function(self, stops: Sequence[Stop]) -> str:
        """Return the function from a place, 0.0 to 1.0, to a colour (7.10)."""
        ends = [*stops]
        if ends[0].offset > 0:
            ends.insert(0, Stop(0.0, ends[0].color))
        if ends[-1].offset < 1:
            ends.append(Stop(1.0, ends[-1].color))
        steps = [
            f"<</FunctionType 2/Domain[0 1]/C0[{self._parts(one.color)}]/C1[{self._parts(other.color)}]/N 1>>"
            for one, other in pairwise(ends)
        ]
        if len(steps) == 1:
            return steps[0]
        between = " ".join(f"{stop.offset:.5g}" for stop in ends[1:-1])
        return (
            f"<</FunctionType 3/Domain[0 1]/Functions[{''.join(steps)}]/Bounds[{between}]"
            f"/Encode[{' '.join(['0 1'] * len(steps))}]>>"
        )


def _short(value: float) -> str:
    """Write a number of points with at most three decimals."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _fine(value: float) -> str:
    """Write a number of unknown size with six digits, and never with an exponent, which PDF has not."""
    text = f"{value:.6g}"
    if "e" in text:
        text = f"{value:.10f}".rstrip("0").rstrip(".") or "0"
    return "0" if text == "-0" else text


def _numbers(matrix: Matrix) -> str:
    return " ".join(map(_fine, matrix))


def _path(path: Path, write: Callable[[float], str] = _short) -> str:
    return "\n".join(
        f"{' '.join(map(write, values))} {_OPERATORS[kind]}" if values else "h" for kind, values in path
    )
