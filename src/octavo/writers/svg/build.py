"""From an SVG tree, whose styles are flat and whose text is outlined, to a drawing of shapes."""

from __future__ import annotations

import base64
import binascii
import io
import urllib.parse
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, cast

import msgspec

from octavo.writers.svg.cascade import local
from octavo.writers.svg.geometry import (
    Box,
    Matrix,
    fit,
    length,
    multiply,
    numbers,
    parse_transform,
    scale_of,
    view_box,
)
from octavo.writers.svg.markers import Marker, place_markers
from octavo.writers.svg.paints import href, opacity, parse_color, read_gradient, reference
from octavo.writers.svg.paths import Path, bounds, moved, parse_path, rectangle, shape_path
from octavo.writers.svg.patterns import MOST_TILES, lay_tiles
from octavo.writers.svg.scene import Bitmap, Clip, Drawing, Item, Layer, Paint, Shape, Stroke, Unsupported

INHERITED: Final[Mapping[str, str]] = {
    "clip-rule": "nonzero",
    "color": "black",
    "fill": "black",
    "fill-opacity": "1",
    "fill-rule": "nonzero",
    "marker-end": "none",
    "marker-mid": "none",
    "marker-start": "none",
    "stroke": "none",
    "stroke-dasharray": "none",
    "stroke-dashoffset": "0",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-opacity": "1",
    "stroke-width": "1",
    "visibility": "visible",
}
"""Properties that are handed on, with what they are at first."""
SHAPES: Final = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_MARKED: Final = frozenset({"path", "line", "polyline", "polygon"})
_GROUPS: Final = frozenset({"g", "a", "symbol"})
_MOST: Final = 200_000
_DEEPEST: Final = 60


class _State(msgspec.Struct, frozen=True):
    """Where an element stands: its coordinates, what it inherits, the viewport that per cents are of."""

    matrix: Matrix
    properties: Mapping[str, str]
    size: tuple[float, float]
    depth: int = 0


def build_drawing(root: Any, width: float, height: float) -> Drawing:
    """Return a tree as a drawing of a size in points.

    Raises:
        Unsupported: the drawing needs what only pixels can show.
    """
    view = view_box(root.get("viewBox"))
    size = (view[2], view[3]) if view else (width * 4 / 3, height * 4 / 3)
    view = view or (0.0, 0.0, *size)
    matrix = fit(view, (0.0, 0.0, width, height), root.get("preserveAspectRatio"))
    builder = _Builder(root, scale_of(matrix))
    content = tuple(builder.element(root, _State(matrix, INHERITED, size), root_of_all=True))
    return Drawing(width=width, height=height, content=content)


class _Builder:
    def __init__(self, root: Any, scale: float) -> None:
        self.by_id = {each.get("id"): each for each in root.iter() if local(each) and each.get("id")}
        self.scale = scale
        self.count = 0
        self._paths: dict[str, Path] = {}
        self._tiling = False
        self._tiles = 0

    # Structure -----------------------------------------------------------------------------------------------------

    def element(self, element: Any, state: _State, *, root_of_all: bool = False) -> Iterator[Item]:
        """Yield what an element paints."""
        kind = local(element)
        known = kind in SHAPES or kind in _GROUPS or kind in ("svg", "switch", "use", "image")
        if not known or element.get("display") == "none":
            return
        self.count += 1
        if self.count > _MOST:
            raise Unsupported(f"more than {_MOST:,} shapes")
        if state.depth > _DEEPEST:
            raise Unsupported("groups nested too deeply")
        self._refuse(element)
        matrix = state.matrix
        if not root_of_all:
            matrix = multiply(matrix, parse_transform(element.get("transform")))
        state = _State(matrix, _inherit(state.properties, element), state.size, state.depth + 1)
        shown = opacity(element.get("opacity"))
        if not shown:
            return
        clip = element.get("clip-path", "none")
        clips: tuple[Clip, ...] = ()
        if clip != "none":
            clips = self.clips(clip, state, bounds(self._path(element, state)) if kind in SHAPES else None)
        content = tuple(self._content(kind, element, state, root_of_all))
        if not content:
            return
        if clips or shown < 1:
            yield Layer(content=content, clips=clips, opacity=shown)
        else:
            yield from content

    def _refuse(self, element: Any) -> None:
        for name in ("filter", "mask"):
            if element.get(name, "none").strip() != "none":
                raise Unsupported(f"a {name}")
        if element.get("mix-blend-mode", "normal") != "normal":
            raise Unsupported("a blend mode")

    def _content(self, kind: str, element: Any, state: _State, root_of_all: bool) -> Iterator[Item]:
        if kind in SHAPES:
            yield from self.shape(kind, element, state)
        elif kind == "image":
            yield from self.image(element, state)
        elif kind == "use":
            yield from self.use(element, state)
        elif kind == "switch":
            chosen = next((each for each in element if local(each) and local(each) != "foreignObject"), None)
            if chosen is not None:
                yield from self.element(chosen, state)
        elif kind == "svg" and not root_of_all:
            yield from self.viewport(element, state, {})
        elif kind != "symbol":
            yield from self.children(element, state)

    def children(self, element: Any, state: _State) -> Iterator[Item]:
        for each in element:
            yield from self.element(each, state)

    def viewport(self, element: Any, state: _State, given: Mapping[str, str]) -> Iterator[Item]:
        """Yield what stands in an `svg` within the drawing, or in a symbol."""
        x, y = length(element.get("x"), state.size[0]), length(element.get("y"), state.size[1])
        width = length(given.get("width") or element.get("width") or "100%", state.size[0])
        height = length(given.get("height") or element.get("height") or "100%", state.size[1])
        if width <= 0 or height <= 0:
            return
        if local(element) == "symbol":
            x, y = 0.0, 0.0
        place: Box = (x, y, width, height)
        view = view_box(element.get("viewBox"))
        inner = fit(view, place, element.get("preserveAspectRatio")) if view else (1.0, 0.0, 0.0, 1.0, x, y)
        size = (view[2], view[3]) if view else (width, height)
        inside = _State(multiply(state.matrix, inner), state.properties, size, state.depth)
        content = tuple(self.children(element, inside))
        if content and element.get("overflow", "hidden") not in ("visible", "auto"):
            clip = Clip(path=moved(rectangle(*place), state.matrix), even_odd=False)
            yield Layer(content=content, clips=(clip,), opacity=1.0)
        else:
            yield from content

    def use(self, element: Any, state: _State) -> Iterator[Item]:
        target = self.by_id.get(href(element).removeprefix("#"))
        if target is None:
            return
        x, y = length(element.get("x"), state.size[0]), length(element.get("y"), state.size[1])
        matrix = multiply(state.matrix, (1.0, 0.0, 0.0, 1.0, x, y))
        state = _State(matrix, state.properties, state.size, state.depth)
        if local(target) in ("symbol", "svg"):
            self._refuse(target)
            own = {name: element.get(name) for name in ("width", "height") if element.get(name)}
            inner = multiply(state.matrix, parse_transform(target.get("transform")))
            inside = _State(inner, _inherit(state.properties, target), state.size, state.depth + 1)
            if inside.depth > _DEEPEST:
                raise Unsupported("groups nested too deeply")
            yield from self.viewport(target, inside, own)
        else:
            yield from self.element(target, state)

    # Shapes --------------------------------------------------------------------------------------------------------

    def _path(self, element: Any, state: _State) -> Path:
        kind = local(element)
        if kind != "path":
            return shape_path(kind, element.attrib, state.size)
        # A symbol of a plot is used thousands of times.
        data = element.get("d", "")
        known = self._paths.get(data)
        if known is None:
            known = self._paths[data] = parse_path(data)
        return known

    def shape(self, kind: str, element: Any, state: _State) -> Iterator[Item]:
        properties = state.properties
        path = self._path(element, state)
        if not path or properties["visibility"] != "visible":
            return
        box = bounds(path)
        tiled = self._pattern(properties["fill"])
        if tiled is not None:
            yield from self.tiles(tiled, path, state, box)
            state = _State(state.matrix, {**properties, "fill": "none"}, state.size, state.depth)
        fill, fill_alpha = self.paint("fill", state, box)
        stroke = self.stroke(element, state, box)
        if kind == "line":
            fill = None
        if fill is not None or stroke is not None:
            yield Shape(
                path=path,
                matrix=state.matrix,
                fill=fill,
                fill_opacity=fill_alpha,
                even_odd=properties["fill-rule"] == "evenodd",
                stroke=stroke,
            )
        if kind in _MARKED and any(
            properties[name] != "none" for name in ("marker-start", "marker-mid", "marker-end")
        ):
            width = length(properties["stroke-width"], state.size[0], 1.0)
            for marker in place_markers(path, properties, self.by_id, width):
                yield from self.marker(marker, state)

    def _pattern(self, paint: str) -> Any:
        """Return the pattern that a fill names; None where it is something else."""
        target = self.by_id.get(reference(paint)[0]) if "url" in paint else None
        return target if target is not None and local(target) == "pattern" else None

    def tiles(self, pattern: Any, path: Path, state: _State, box: Box | None) -> Iterator[Item]:
        """Yield the tiles of a pattern that show within a path."""
        alpha = opacity(state.properties["fill-opacity"])
        tiling = lay_tiles(pattern, self.by_id, box, state.size)
        if tiling is None or not alpha:
            return
        self._tiles += len(tiling.moves)
        if self._tiling or self._tiles > 4 * MOST_TILES:
            raise Unsupported("a pattern in a pattern" if self._tiling else "a pattern of very many tiles")
        self._refuse(tiling.element)
        self._tiling = True
        properties: Mapping[str, str] = INHERITED
        for each in (*reversed(list(tiling.element.iterancestors())), tiling.element):
            properties = _inherit(properties, each)
        placed = multiply(state.matrix, tiling.matrix)
        found: list[Item] = []
        for x, y in tiling.moves:
            matrix = multiply(placed, (1.0, 0.0, 0.0, 1.0, x, y))
            inside = _State(multiply(matrix, tiling.content), properties, tiling.size, state.depth + 1)
            content = tuple(self.children(tiling.element, inside))
            if content:
                clip = Clip(path=moved(rectangle(*tiling.box), matrix), even_odd=False)
                found.append(Layer(content=content, clips=(clip,), opacity=1.0))
        self._tiling = False
        if found:
            even_odd = state.properties["fill-rule"] == "evenodd"
            clip = Clip(path=moved(path, state.matrix), even_odd=even_odd)
            yield Layer(content=tuple(found), clips=(clip,), opacity=alpha)

    def paint(self, name: str, state: _State, box: Box | None) -> tuple[Paint | None, float]:
        """Return what fills or strokes, and how opaque it is."""
        alpha = opacity(state.properties[f"{name}-opacity"])
        text = state.properties[name].strip()
        if text in ("context-fill", "context-stroke"):
            text = state.properties.get(text, "none")
        identifier, fallback = reference(text)
        if identifier:
            target = self.by_id.get(identifier)
            kind = local(target) if target is not None else ""
            if kind == "pattern":
                raise Unsupported("a pattern")
            if kind in ("linearGradient", "radialGradient"):
                paint, shared = read_gradient(target, self.by_id, box, state.size)
                return (paint if alpha * shared > 0 else None), alpha * shared
            text = fallback or "none"
        if text == "none":
            return None, 0.0
        found = parse_color(text, state.properties["color"])
        if found is None or not found[1] * alpha:
            return None, 0.0
        return found[0], found[1] * alpha

    def stroke(self, element: Any, state: _State, box: Box | None) -> Stroke | None:
        properties = state.properties
        paint, alpha = self.paint("stroke", state, box)
        diagonal = (state.size[0] ** 2 / 2 + state.size[1] ** 2 / 2) ** 0.5
        width = length(properties["stroke-width"], diagonal, 1.0)
        if element.get("vector-effect") == "non-scaling-stroke":
            width *= self.scale / (scale_of(state.matrix) or 1.0)
        if paint is None or width <= 0:
            return None
        dashes = tuple(numbers(properties["stroke-dasharray"].replace("none", "")))
        if any(each < 0 for each in dashes) or not sum(dashes):
            dashes = ()
        caps = {"round": 1, "square": 2}
        joins = {"round": 1, "bevel": 2}
        limit = numbers(properties["stroke-miterlimit"])
        return Stroke(
            paint=paint,
            opacity=alpha,
            width=width,
            cap=cast("Literal[0, 1, 2]", caps.get(properties["stroke-linecap"], 0)),
            join=cast("Literal[0, 1, 2]", joins.get(properties["stroke-linejoin"], 0)),
            miter=max(1.0, limit[0] if limit else 4.0),
            dashes=dashes * 2 if len(dashes) % 2 else dashes,
            offset=length(properties["stroke-dashoffset"], diagonal),
        )

    def marker(self, marker: Marker, state: _State) -> Iterator[Item]:
        self._refuse(marker.element)
        context = {
            "context-fill": state.properties["fill"],
            "context-stroke": state.properties["stroke"],
            "color": state.properties["color"],
        }
        # A marker inherits from where it stands in the file, not from the line that it ends.
        ancestors = list(marker.element.iterancestors())
        properties: Mapping[str, str] = INHERITED
        for each in (*reversed(ancestors), marker.element):
            properties = _inherit(properties, each)
        properties = {
            **properties, **context, "marker-start": "none", "marker-mid": "none", "marker-end": "none"
        }  # fmt: skip
        matrix = multiply(state.matrix, marker.matrix)
        inside = _State(matrix, properties, marker.size, state.depth + 1)
        content = tuple(self.children(marker.element, inside))
        if content and marker.clip is not None:
            clip = Clip(path=moved(rectangle(*marker.clip), matrix), even_odd=False)
            yield Layer(content=content, clips=(clip,), opacity=1.0)
        else:
            yield from content

    def image(self, element: Any, state: _State) -> Iterator[Item]:
        from PIL import Image as PillowImage

        data = embedded(href(element))
        if not data or state.properties["visibility"] != "visible":
            return
        try:
            with PillowImage.open(io.BytesIO(data)) as opened:
                natural = opened.size
        except (OSError, ValueError, SyntaxError, PillowImage.DecompressionBombError):
            return
        width = length(element.get("width"), state.size[0], float(natural[0]))
        height = length(element.get("height"), state.size[1], float(natural[1]))
        if width <= 0 or height <= 0:
            return
        place: Box = (
            length(element.get("x"), state.size[0]),
            length(element.get("y"), state.size[1]),
            width,
            height,
        )
        inner = fit(
            (0.0, 0.0, float(natural[0]), float(natural[1])), place, element.get("preserveAspectRatio")
        )
        pixels: Matrix = (float(natural[0]), 0.0, 0.0, float(natural[1]), 0.0, 0.0)
        made = Bitmap(
            data=data, size=natural, matrix=multiply(state.matrix, multiply(inner, pixels)), opacity=1.0
        )
        if "slice" in element.get("preserveAspectRatio", ""):
            clip = Clip(path=moved(rectangle(*place), state.matrix), even_odd=False)
            yield Layer(content=(made,), clips=(clip,), opacity=1.0)
        else:
            yield made

    # Clips ---------------------------------------------------------------------------------------------------------

    def clips(self, text: str, state: _State, box: Box | None, depth: int = 0) -> tuple[Clip, ...]:
        """Return the clips that a `clip-path` names, one within the other.

        Raises:
            Unsupported: it is one that only pixels can show.
        """
        identifier, _ = reference(text)
        if not identifier:
            raise Unsupported("a clip of a basic shape")
        target = self.by_id.get(identifier)
        if target is None or local(target) != "clipPath" or depth > _DEEPEST:
            return ()
        matrix = multiply(state.matrix, parse_transform(target.get("transform")))
        if target.get("clipPathUnits") == "objectBoundingBox":
            if box is None:
                raise Unsupported("a clip as large as what it clips")
            matrix = multiply(matrix, (box[2], 0.0, 0.0, box[3], box[0], box[1]))
        inside = _State(matrix, _inherit(INHERITED, target), state.size)
        outlines = list(self._outlines(target, inside, 0))
        if len(outlines) > 1 and any(even_odd for _, even_odd in outlines):
            raise Unsupported("a clip of shapes within one another")
        path = tuple(segment for outline, _ in outlines for segment in outline)
        own = Clip(path=path, even_odd=any(even_odd for _, even_odd in outlines))
        nested = target.get("clip-path", "none")
        return (own, *(self.clips(nested, state, box, depth + 1) if nested != "none" else ()))

    def _outlines(self, parent: Any, state: _State, depth: int) -> Iterator[tuple[Path, bool]]:
        for each in parent:
            kind = local(each)
            if not kind or each.get("display") == "none" or depth > _DEEPEST:
                continue
            if each.get("clip-path", "none") != "none":
                raise Unsupported("a clip that is clipped")
            matrix = multiply(state.matrix, parse_transform(each.get("transform")))
            inside = _State(matrix, _inherit(state.properties, each), state.size)
            if kind in SHAPES and inside.properties["visibility"] == "visible":
                path = self._path(each, inside)
                yield moved(path, matrix), inside.properties["clip-rule"] == "evenodd"
            elif kind == "g" and each.get("class") == OUTLINED:
                yield from self._outlines(each, inside, depth + 1)
            elif kind == "use":
                yield from self._used_outline(each, inside)

    def _used_outline(self, element: Any, state: _State) -> Iterator[tuple[Path, bool]]:
        target = self.by_id.get(href(element).removeprefix("#"))
        if target is None or local(target) not in SHAPES:
            return
        x, y = length(element.get("x"), state.size[0]), length(element.get("y"), state.size[1])
        matrix = multiply(state.matrix, (1.0, 0.0, 0.0, 1.0, x, y))
        matrix = multiply(matrix, parse_transform(target.get("transform")))
        even_odd = _inherit(state.properties, target)["clip-rule"] == "evenodd"
        yield moved(self._path(target, state), matrix), even_odd


OUTLINED: Final = "octavo-outlined"
"""The class of a group that was text."""


def _inherit(properties: Mapping[str, str], element: Any) -> Mapping[str, str]:
    own = {
        name: value.strip()
        for name, value in element.attrib.items()
        if name in INHERITED and value.strip() not in ("inherit", "")
    }
    if own.get("color", "").lower() == "currentcolor":
        del own["color"]
    return {**properties, **own} if own else properties


def embedded(address: str) -> bytes:
    """Return the bytes of an image that a drawing carries within itself; empty where there are none."""
    head, comma, body = address.partition(",")
    if not comma or not head.lower().startswith("data:image/"):
        return b""
    data = urllib.parse.unquote_to_bytes(body)
    if not head.lower().endswith(";base64"):
        return data
    try:
        return base64.b64decode(data.translate(None, b" \t\r\n"), validate=False)
    except (binascii.Error, ValueError):
        return b""
