"""The ornament of a drawn cover: a field of tiles, whose shapes follow from the title, so that the books of a house are
kin and no two are alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

TILE: Final = 320
_FINE: Final = 4
_SHAPES: Final = ("quarter", "quarter", "quarter", "leaf", "half", "disc", "square", "blank")


def draw_tiles(
    picture: Any, area: tuple[int, int, int, int], words: str, values: Sequence[int], accent: int
) -> None:
    """Fill an area (left, top, columns, rows) with tiles in some values, the accent's among them now and then."""
    left, top, columns, rows = area
    numbers = _numbers(words)
    masks = _masks()
    accents = max(1, columns * rows // 7)
    marked: set[int] = set()
    while len(marked) < min(accents, columns * rows):
        marked.add(next(numbers) % (columns * rows))
    for at in range(columns * rows):
        shape = _SHAPES[next(numbers) % len(_SHAPES)]
        turn = next(numbers) % 4
        value = values[next(numbers) % len(values)]
        if at in marked:
            shape, value = ("disc", "quarter", "half")[turn % 3], accent
        if shape == "blank":
            continue
        place = (left + at % columns * TILE, top + at // columns * TILE)
        picture.paste(_tinted(masks[shape].rotate(90 * turn), value, accent), place)


def _tinted(mask: Any, value: int, accent: int) -> Any:
    """Return a tile's values from its coverage: a ramp from the ground to its own, where its edge is smooth."""
    if value == accent:
        least = accent // 2 + 1
        return mask.point([least + (accent - least) * share // 255 for share in range(256)])
    return mask.point([value * share // 255 for share in range(256)])


def _numbers(words: str) -> Iterator[int]:
    """Yield numbers that follow from some words alone."""
    seed = hashlib.sha256(words.encode("utf-8")).digest()
    while True:
        yield from seed
        seed = hashlib.sha256(seed).digest()


def _masks() -> dict[str, Any]:
    from PIL import Image, ImageChops, ImageDraw

    large = TILE * _FINE

    def drawn(*box: int) -> Any:
        fine = Image.new("L", (large, large), 0)
        ImageDraw.Draw(fine).ellipse(box, fill=255)
        return fine

    quarter = drawn(-large, -large, large - 1, large - 1)
    other = drawn(0, 0, 2 * large - 1, 2 * large - 1)
    half = drawn(0, -large // 2, large - 1, large // 2 - 1)
    shapes = {
        "quarter": quarter,
        "leaf": ImageChops.darker(quarter, other),
        "half": half,
        "disc": drawn(0, 0, large - 1, large - 1),
    }
    square = Image.new("L", (TILE, TILE), 255)
    return {**{name: fine.reduce(_FINE) for name, fine in shapes.items()}, "square": square}
