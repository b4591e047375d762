"""Paths: outlines as moves, lines and cubic curves, out of path data and basic shapes (SVG 2, chapters 9 and 10)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from octavo.writers.svg.geometry import NUMBER, Matrix, apply, finite, length, numbers

Segment: TypeAlias = tuple[str, tuple[float, ...]]
"""M (x, y), L (x, y), C (x1, y1, x2, y2, x, y) or Z ()."""
Path: TypeAlias = tuple[Segment, ...]

_COUNTS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_ROW: Final = re.compile(r"([MmLlHhVvCcSsQqTtZz])([^MmLlHhVvCcSsQqTtZz]*)")
_BEGINS: Final = re.compile(r"[\s,]*[MmLlHhVvCcSsQqTtZz]")
_FAULTLESS: Final = re.compile(r"[\sMmLlHhVvCcSsQqTtZz,]*")
"""Path data without its numbers, where nothing else is in it."""
_TOKEN: Final = re.compile(rf"([MmLlHhVvCcSsQqTtAaZz])|({NUMBER.pattern})|([^\s,])")
_ROUND: Final = 0.5522847498
"""How far the handles of a quarter of a circle reach, as a share of its radius."""
Circle: TypeAlias = tuple[float, float, float, float]


def parse_path(data: str) -> Path:
    """Return the segments of path data, up to the first fault in it (SVG 2, 9.5.4)."""
    return tuple(_Pen().run(data))


def commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Yield each command with its numbers, up to the first fault."""
    # All but outlines with arcs and faults can be taken command by command, which is much quicker.
    plain = _BEGINS.match(data) and _FAULTLESS.fullmatch(NUMBER.sub("", data))
    return _rows(data) if plain else careful_commands(data)


def _rows(data: str) -> Iterator[tuple[str, list[float]]]:
    for command, text in _ROW.findall(data):
        values = numbers(text)
        if command in "Zz":
            yield command, []
            if values:
                return
            continue
        count = _COUNTS[command.upper()]
        following = {"M": "L", "m": "l"}.get(command, command)
        for at in range(0, len(values) - count + 1, count):
            yield following if at else command, values[at : at + count]
        if len(values) % count:
            return


def careful_commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Yield each command with its numbers; the flags of an arc may stand without a space between."""
    at, command, values = 0, "", list[float]()
    while at < len(data):
        if command in ("A", "a") and len(values) in (3, 4):
            flag = re.compile(r"[\s,]*([01])").match(data, at)
            if flag:
                values.append(float(flag.group(1)))
                at = flag.end()
                continue
        match = _TOKEN.search(data, at)
        if match is None or match.group(3):
            return
        at = match.end()
        if match.group(1):
            if values:
                return
            command = match.group(1)
            if command in "Zz":
                yield command, []
        elif not command or command in "Zz":
            return
        else:
            values.append(finite(float(match.group(2))))
            if len(values) == _COUNTS[command.upper()]:
                yield command, values
                values = []
                command = {"M": "L", "m": "l"}.get(command, command)


class _Pen:
    """Follows commands and keeps the current point, the start of the subpath and the last handle."""

    def __init__(self) -> None:
        self.x = self.y = self.start_x = self.start_y = 0.0
        self.handle: tuple[float, float] | None = None
        self.kind = ""

    def run(self, data: str) -> Iterator[Segment]:
        for command, values in commands(data):
            if not self.kind and command not in "Mm":
                return
            kind = command.upper()
            placed = values if command == kind else self._absolute(kind, values)
            yield from self._draw(kind, placed)
            self.kind = kind

    def _absolute(self, kind: str, values: list[float]) -> list[float]:
        if kind == "V":
            return [values[0] + self.y]
        if kind == "A":
            return [*values[:5], values[5] + self.x, values[6] + self.y]
        return [value + (self.y if at % 2 else self.x) for at, value in enumerate(values)]

    def _draw(self, kind: str, values: list[float]) -> Iterator[Segment]:
        x, y = self.x, self.y
        if kind == "Z":
            self.x, self.y = self.start_x, self.start_y
            yield "Z", ()
            return
        if self.kind == "Z" and kind != "M":
            yield "M", (x, y)
        if kind == "H":
            self.x = values[0]
        elif kind == "V":
            self.y = values[0]
        else:
            self.x, self.y = values[-2:]
        if kind == "M":
            self.start_x, self.start_y = self.x, self.y
            yield "M", (self.x, self.y)
        elif kind in "LHV":
            yield "L", (self.x, self.y)
        elif kind in "CS":
            first = (values[0], values[1]) if kind == "C" else self._reflected("CS", x, y)
            self.handle = (values[-4], values[-3])
            yield "C", (*first, *self.handle, self.x, self.y)
        elif kind in "QT":
            self.handle = (values[0], values[1]) if kind == "Q" else self._reflected("QT", x, y)
            yield quadratic((x, y), self.handle, (self.x, self.y))
        else:
            yield from arc((x, y), values, (self.x, self.y))

    def _reflected(self, kinds: str, x: float, y: float) -> tuple[float, float]:
        if self.kind in kinds and self.kind and self.handle is not None:
            return (2 * x - self.handle[0], 2 * y - self.handle[1])
        return (x, y)


def quadratic(start: tuple[float, float], handle: tuple[float, float], end: tuple[float, float]) -> Segment:
    """Return a quadratic curve as a cubic one."""
    first = (start[0] + (handle[0] - start[0]) * 2 / 3, start[1] + (handle[1] - start[1]) * 2 / 3)
    second = (end[0] + (handle[0] - end[0]) * 2 / 3, end[1] + (handle[1] - end[1]) * 2 / 3)
    return "C", (*first, *second, *end)


def arc(start: tuple[float, float], values: list[float], end: tuple[float, float]) -> Iterator[Segment]:
    """Yield an elliptical arc as curves of a quarter turn at most (SVG 2, 9.5.1 and B.2.4)."""
    across, down, turn = abs(values[0]), abs(values[1]), math.radians(values[2] % 360)
    if start == end:
        return
    if not across or not down:
        yield "L", end
        return
    cosine, sine = math.cos(turn), math.sin(turn)
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cosine * half_x + sine * half_y, cosine * half_y - sine * half_x
    excess = (x / across) ** 2 + (y / down) ** 2
    if excess > 1:
        across, down = across * math.sqrt(excess), down * math.sqrt(excess)
    below = (across * y) ** 2 + (down * x) ** 2
    share = math.sqrt(max(0.0, (across * down) ** 2 / below - 1)) if below else 0.0
    share = -share if bool(values[3]) == bool(values[4]) else share
    center_x, center_y = share * across * y / down, -share * down * x / across
    first = math.atan2((y - center_y) / down, (x - center_x) / across)
    sweep = math.atan2((-y - center_y) / down, (-x - center_x) / across) - first
    if values[4] and sweep < 0:
        sweep += 2 * math.pi
    elif not values[4] and sweep > 0:
        sweep -= 2 * math.pi
    middle_x = cosine * center_x - sine * center_y + (start[0] + end[0]) / 2
    middle_y = sine * center_x + cosine * center_y + (start[1] + end[1]) / 2
    place: Matrix = (across * cosine, across * sine, -down * sine, down * cosine, middle_x, middle_y)
    yield from _circle_part(place, first, sweep, end)


def _circle_part(place: Matrix, first: float, sweep: float, end: tuple[float, float]) -> Iterator[Segment]:
    """Yield a part of the unit circle, placed by a matrix."""
    count = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))
    step = sweep / count
    reach = 4 / 3 * math.tan(step / 4)
    for at in range(count):
        left, right = first + at * step, first + (at + 1) * step
        one = apply(place, math.cos(left) - reach * math.sin(left), math.sin(left) + reach * math.cos(left))
        other = apply(
            place, math.cos(right) + reach * math.sin(right), math.sin(right) - reach * math.cos(right)
        )
        point = end if at == count - 1 else apply(place, math.cos(right), math.sin(right))
        yield "C", (*one, *other, *point)


def shape_path(kind: str, attributes: Mapping[str, str], size: tuple[float, float]) -> Path:
    """Return the path of a basic shape or of a path element; `size` is what per cents are of. Empty: not drawn."""
    diagonal = math.hypot(*size) / math.sqrt(2)

    def read(name: str, whole: float) -> float:
        return length(attributes.get(name), whole)

    match kind:
        case "path":
            return parse_path(attributes.get("d", ""))
        case "rect":
            return _rectangle(attributes, size)
        case "circle":
            radius = read("r", diagonal)
            return ellipse(read("cx", size[0]), read("cy", size[1]), radius, radius)
        case "ellipse":
            across, down = read("rx", size[0]), read("ry", size[1])
            across = across if "rx" in attributes else down
            down = down if "ry" in attributes else across
            return ellipse(read("cx", size[0]), read("cy", size[1]), across, down)
        case "line":
            start = (read("x1", size[0]), read("y1", size[1]))
            return (("M", start), ("L", (read("x2", size[0]), read("y2", size[1]))))
        case "polyline" | "polygon":
            return _polygon(numbers(attributes.get("points", "")), closed=kind == "polygon")
        case _:
            return ()


def _polygon(points: list[float], *, closed: bool) -> Path:
    pairs = list(zip(points[0::2], points[1::2], strict=False))
    if len(pairs) < 2:
        return ()
    drawn: list[Segment] = [("M", pairs[0]), *(("L", pair) for pair in pairs[1:])]
    return (*drawn, ("Z", ())) if closed else tuple(drawn)


def ellipse(x: float, y: float, across: float, down: float) -> Path:
    """Return an ellipse; empty where it has no size."""
    if across <= 0 or down <= 0:
        return ()
    place: Matrix = (across, 0.0, 0.0, down, x, y)
    return (("M", (x + across, y)), *_circle_part(place, 0.0, 2 * math.pi, (x + across, y)), ("Z", ()))


def _rectangle(attributes: Mapping[str, str], size: tuple[float, float]) -> Path:
    x, y = length(attributes.get("x"), size[0]), length(attributes.get("y"), size[1])
    width, height = length(attributes.get("width"), size[0]), length(attributes.get("height"), size[1])
    if width <= 0 or height <= 0:
        return ()
    across, down = length(attributes.get("rx"), size[0], -1.0), length(attributes.get("ry"), size[1], -1.0)
    across = across if across >= 0 else max(down, 0.0)
    down = down if down >= 0 else across
    across, down = min(across, width / 2), min(down, height / 2)
    if not across or not down:
        return rectangle(x, y, width, height)
    near_x, near_y = across * (1 - _ROUND), down * (1 - _ROUND)
    right, bottom = x + width, y + height
    return (
        ("M", (x + across, y)),
        ("L", (right - across, y)),
        ("C", (right - near_x, y, right, y + near_y, right, y + down)),
        ("L", (right, bottom - down)),
        ("C", (right, bottom - near_y, right - near_x, bottom, right - across, bottom)),
        ("L", (x + across, bottom)),
        ("C", (x + near_x, bottom, x, bottom - near_y, x, bottom - down)),
        ("L", (x, y + down)),
        ("C", (x, y + near_y, x + near_x, y, x + across, y)),
        ("Z", ()),
    )


def rectangle(x: float, y: float, width: float, height: float) -> Path:
    """Return a rectangle with sharp corners."""
    right, bottom = x + width, y + height
    return (("M", (x, y)), ("L", (right, y)), ("L", (right, bottom)), ("L", (x, bottom)), ("Z", ()))


def moved(path: Path, matrix: Matrix) -> Path:
    """Return a path in other coordinates."""
    a, b, c, d, e, f = matrix
    made: list[Segment] = []
    for kind, values in path:
        xs, ys = values[0::2], values[1::2]
        points = [
            part for x, y in zip(xs, ys, strict=True) for part in (a * x + c * y + e, b * x + d * y + f)
        ]
        made.append((kind, tuple(points)))
    return tuple(made)


def bounds(path: Path) -> tuple[float, float, float, float] | None:
    """Return (left, top, width, height) of what a path covers; None for an empty one."""
    xs: list[float] = []
    ys: list[float] = []
    for kind, values in path:
        if kind == "C" and xs:
            xs += _extremes(xs[-1], values[0], values[2], values[4])
            ys += _extremes(ys[-1], values[1], values[3], values[5])
        if values:
            xs.append(values[-2])
            ys.append(values[-1])
    if not xs:
        return None
    return (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _extremes(start: float, first: float, second: float, end: float) -> list[float]:
    """Return the values at which a cubic curve turns, along one axis, between its ends."""
    square = 3 * (end - 3 * second + 3 * first - start)
    double = 6 * (second - 2 * first + start)
    rest = 3 * (first - start)
    shares: list[float] = []
    if abs(square) < 1e-12:
        shares = [-rest / double] if abs(double) > 1e-12 else []
    elif (inside := double * double - 4 * square * rest) >= 0:
        root = math.sqrt(inside)
        shares = [(-double + root) / (2 * square), (-double - root) / (2 * square)]
    return [
        (1 - t) ** 3 * start + 3 * (1 - t) ** 2 * t * first + 3 * (1 - t) * t * t * second + t**3 * end
        for t in shares
        if 0 < t < 1
    ]
