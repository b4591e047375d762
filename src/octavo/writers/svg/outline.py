"""Text to paths: every `text` of a drawing becomes a group of outlines that looks the same (SVG 2, chapter 11).

So no reader of the edition needs the drawing's fonts, and no renderer looks for any on the machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from octavo.writers.svg.build import INHERITED, OUTLINED
from octavo.writers.svg.cascade import local
from octavo.writers.svg.geometry import length, numbers
from octavo.writers.svg.typist import Shaped, Typist

_SVG: Final = "http://www.w3.org/2000/svg"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_SIZES: Final = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
}  # fmt: skip
_PLACES: Final = ("x", "y", "dx", "dy", "rotate")
_TEXT_ONLY: Final = (*_PLACES, "textLength", "lengthAdjust", "class", "id")
_DEEPEST: Final = 40
MOST_LETTERS: Final = 10_000
"""Of one drawing; a page of a book has three thousand."""


class _Letter(msgspec.Struct):
    """A character of a text, the element that says how it looks, and where it is put."""

    text: str
    element: Any
    places: dict[str, float]


class _Font(msgspec.Struct, frozen=True):
    family: str
    size: float
    weight: int
    italic: bool
    spacing: float


class _Piece(msgspec.Struct):
    """Letters that are shaped and painted together; `x` and `y` are its baseline's start."""

    letters: list[_Letter]
    font: _Font
    shaped: Shaped
    x: float = 0.0
    y: float = 0.0

    @property
    def width(self) -> float:
        return self.shaped.width * self.font.size + self.font.spacing * len(self.letters)


def outline_text(root: Any, typist: Typist, size: tuple[float, float]) -> tuple[bool, bool]:
    """Put outlines in the place of all text; `size` is what per cents are of.

    Say whether text along a path was left out, and whether what is beyond the letters that a drawing may have was.
    """
    left_out, left = False, MOST_LETTERS
    for element in [each for each in root.iter() if local(each) == "text"]:
        left_out = left_out or any(local(each) == "textPath" for each in element.iter())
        letters = _collapsed(list(_letters(element, 0)), preserve=_preserves(element))
        group = _outlined(element, letters[: max(left, 0)], typist, size)
        left -= len(letters)
        group.tail = element.tail
        element.getparent().replace(element, group)
    return left_out, left < 0


def _outlined(element: Any, letters: list[_Letter], typist: Typist, size: tuple[float, float]) -> Any:
    from lxml import etree

    group = etree.Element(f"{{{_SVG}}}g")
    for name, value in element.attrib.items():
        if name not in _TEXT_ONLY:
            group.set(name, value)
    group.set("class", OUTLINED)
    if element.get("id"):
        group.set("id", element.get("id"))
    _give_places(element, letters, size)
    pieces = _cut(letters, typist)
    _place(element, pieces, size)
    for piece in pieces:
        data = _data(piece, typist)
        if data:
            path = etree.SubElement(group, f"{{{_SVG}}}path", d=data)
            _copy_paint(piece.letters[0].element, element, path)
            turn = piece.letters[0].places.get("rotate")
            if turn:
                path.set("transform", f"rotate({turn:g} {piece.x:g} {piece.y:g})")
    return group


def _letters(element: Any, depth: int) -> Iterator[_Letter]:
    yield from (_Letter(each, element, {}) for each in element.text or "")
    for child in element:
        if local(child) in ("tspan", "a") and child.get("display") != "none" and depth < _DEEPEST:
            yield from _letters(child, depth + 1)
        yield from (_Letter(each, element, {}) for each in child.tail or "")


def _preserves(element: Any) -> bool:
    value = inherited(element, "white-space", "")
    kept = next((each.get(_SPACE) for each in (element, *element.iterancestors()) if each.get(_SPACE)), "")
    return kept == "preserve" or value in ("pre", "pre-wrap", "break-spaces")


def _collapsed(letters: list[_Letter], *, preserve: bool) -> list[_Letter]:
    """Return letters with white space as it is shown (SVG 1.1, 10.15)."""
    made: list[_Letter] = []
    for each in letters:
        if each.text in "\n\r\t ":
            if not preserve and ((each.text in "\n\r" and not made) or (made and made[-1].text == " ")):
                continue
            each.text = " "
        made.append(each)
    if not preserve:
        while made and made[0].text == " ":
            made.pop(0)
        while made and made[-1].text == " ":
            made.pop()
    return made


def _give_places(root: Any, letters: list[_Letter], size: tuple[float, float]) -> None:
    """Give letters the places that their elements list, those of inner elements over those of outer ones."""
    within: dict[int, list[_Letter]] = {}
    order: list[Any] = [each for each in root.iter() if local(each) in ("text", "tspan", "a")]
    numbers_of = {each: at for at, each in enumerate(order)}
    for letter in letters:
        element = letter.element
        while element is not None:
            if element in numbers_of:
                within.setdefault(numbers_of[element], []).append(letter)
            element = None if element is root else element.getparent()
    for at, element in enumerate(order):
        font_size = font_of(element).size
        for name in _PLACES:
            words = re.split(r"[\s,]+", element.get(name, "").strip())
            whole = size[1] if name in ("y", "dy") else size[0]
            values = [length(word, whole, em=font_size) for word in words if word]
            for letter, value in zip(within.get(at, ()), values, strict=False):
                letter.places[name] = value
            if name == "rotate" and values:
                for letter in within.get(at, [])[len(values) :]:
                    letter.places[name] = values[-1]


def _cut(letters: list[_Letter], typist: Typist) -> list[_Piece]:
    """Part letters where the look or the place changes."""
    groups: list[list[_Letter]] = []
    for letter in letters:
        last = groups[-1][-1] if groups else None
        if last is None or letter.places or letter.element is not last.element or last.places.get("rotate"):
            groups.append([letter])
        else:
            groups[-1].append(letter)
    pieces: list[_Piece] = []
    for group in groups:
        font = font_of(group[0].element)
        text = "".join(each.text for each in group)
        pieces.append(_Piece(group, font, typist.shape(text, font.family, font.weight, font.italic)))
    return pieces


def _place(root: Any, pieces: list[_Piece], size: tuple[float, float]) -> None:
    """Put pieces in their places; a chunk, which begins where x or y is given, is anchored as a whole."""
    wanted = length(root.get("textLength"), size[0])
    natural = sum(piece.width for piece in pieces)
    count = sum(len(piece.letters) for piece in pieces)
    if wanted > 0 and natural > 0 and count > 1:
        extra = (wanted - natural) / (count - 1)
        for piece in pieces:
            piece.font = msgspec.structs.replace(piece.font, spacing=piece.font.spacing + extra)
    pen_x = pen_y = 0.0
    chunk: list[_Piece] = []
    for piece in pieces:
        places = piece.letters[0].places
        if "x" in places or "y" in places:
            _anchor(chunk, pen_x)
            chunk = []
        pen_x = places.get("x", pen_x) + places.get("dx", 0.0)
        pen_y = places.get("y", pen_y) + places.get("dy", 0.0)
        piece.x, piece.y = pen_x, pen_y
        pen_x += piece.width
        chunk.append(piece)
    _anchor(chunk, pen_x)


def _anchor(chunk: list[_Piece], end: float) -> None:
    if not chunk:
        return
    anchor = inherited(chunk[0].letters[0].element, "text-anchor", "start")
    width = end - chunk[0].x
    shift = {"middle": width / 2, "end": width}.get(anchor, 0.0)
    for piece in chunk:
        piece.x -= shift


def _data(piece: _Piece, typist: Typist) -> str:
    """Return a piece as path data."""
    font = piece.font
    y = piece.y + _below(piece, typist)
    parts: list[str] = []
    for at, glyph in enumerate(piece.shaped.glyphs):
        scale = font.size / glyph.font.units
        left = piece.x + glyph.x * font.size + at * font.spacing
        base = y - glyph.y * font.size
        for kind, values in typist.outline(glyph):
            points = (
                f"{base - value * scale:.6g}" if odd % 2 else f"{left + value * scale:.6g}"
                for odd, value in enumerate(values)
            )
            parts.append(f"{kind}{' '.join(points)}")
    parts.extend(_rules(piece, y, typist))
    return "".join(parts)


def _rules(piece: _Piece, y: float, typist: Typist) -> Iterator[str]:
    """Yield the lines under, over and through a piece."""
    words = inherited(piece.letters[0].element, "text-decoration", "").split()
    font = piece.font
    first = typist.primary(font.family, font.weight, font.italic)
    heights = {
        "underline": first.underline,
        "line-through": (-first.strikeout[0], first.strikeout[1]),
        "overline": (-first.ascent * 0.9, first.underline[1]),
    }
    for word in words:
        if word in heights and piece.width:
            top, thick = (each * font.size / 1000 for each in heights[word])
            yield f"M{piece.x:.6g} {y + top:.6g}h{piece.width:.6g}v{thick:.6g}h{-piece.width:.6g}Z"


def _below(piece: _Piece, typist: Typist) -> float:
    """Return how far the baseline stands below the place that is given."""
    element, font = piece.letters[0].element, piece.font
    first = typist.primary(font.family, font.weight, font.italic)
    up, down = first.ascent * font.size / 1000, first.descent * font.size / 1000
    named = element.get("alignment-baseline") or inherited(element, "dominant-baseline", "auto")
    match named:
        case "middle":
            below = 0.25 * font.size
        case "central":
            below = (up - down) / 2
        case "hanging":
            below = 0.8 * up
        case "text-before-edge" | "text-top" | "before-edge":
            below = up
        case "text-after-edge" | "ideographic" | "text-bottom" | "after-edge":
            below = -down
        case _:
            below = 0.0
    shift = element.get("baseline-shift", "")
    known = {"super": -0.34 * font.size, "sub": 0.2 * font.size}
    return below + known.get(shift, -length(shift, font.size, em=font.size))


def font_of(element: Any) -> _Font:
    """Return the font that an element's text is to be set in."""
    weight = inherited(element, "font-weight", "400").lower()
    known = {"normal": 400, "bold": 700, "bolder": 700, "lighter": 300}
    found = known.get(weight) or (int(weight) if weight.isdigit() else 400)
    size = _size(element)
    return _Font(
        family=inherited(element, "font-family", "sans-serif"),
        size=size,
        weight=min(max(found, 1), 1000),
        italic=inherited(element, "font-style", "normal").startswith(("italic", "oblique")),
        spacing=length(inherited(element, "letter-spacing", "0"), size, em=size),
    )


def _size(element: Any) -> float:
    """Return the size of an element's text; relative sizes are of the parent's."""
    chain = [element, *element.iterancestors()]
    size = 16.0
    for each in reversed(chain):
        said = each.get("font-size", "").strip().lower()
        if said and said != "inherit":
            size = _SIZES.get(said) or length(said, size, size, em=size)
    return min(max(size, 0.0), 10_000.0)


def inherited(element: Any, name: str, default: str) -> str:
    """Return a property as the nearest element has it that says something of it."""
    for each in (element, *element.iterancestors()):
        value = (each.get(name) or "").strip()
        if value and value != "inherit":
            return str(value)
    return default


def _copy_paint(inner: Any, outer: Any, path: Any) -> None:
    """Give a path what its own element, and those between it and the text, say of its paint."""
    chain = []
    while inner is not outer and inner is not None:
        chain.append(inner)
        inner = inner.getparent()
    shown = 1.0
    for each in reversed(chain):
        for name in INHERITED:
            if each.get(name):
                path.set(name, each.get(name))
        found = numbers(each.get("opacity", "1"))
        shown *= found[0] if found else 1.0
    if shown != 1.0:
        path.set("opacity", f"{shown:g}")
