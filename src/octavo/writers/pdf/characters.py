"""Which character identifier each glyph of a CFF font has (Adobe Technical Note 5176, The Compact Font Format).

A composite font finds its glyphs by character identifiers. In most CFF fonts these are the glyphs' own numbers; fonts
made for Chinese, Japanese and Korean bring a table of their own.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

_CHARSET: Final = 15
_CHAR_STRINGS: Final = 17
_TWO_BYTES: Final = 1200
_REGISTRY_ORDERING: Final = _TWO_BYTES + 30


def character_identifiers(cff: bytes) -> Sequence[int]:
    """Return the character identifier of each glyph.

    Raises:
        ValueError: the table is damaged.
    """
    try:
        at = _skip_index(cff, cff[2])
        top = _top_dictionary(_first_of_index(cff, at))
        (count,) = struct.unpack_from(">H", cff, top[_CHAR_STRINGS])
        if _REGISTRY_ORDERING not in top or top.get(_CHARSET, 0) < 3:
            return range(count)
        return _charset(cff, top[_CHARSET], count)
    except (IndexError, KeyError, struct.error) as fault:
        raise ValueError("a damaged CFF table") from fault


def _index(cff: bytes, at: int) -> tuple[int, int, int]:
    """Return count, size of an offset, and where the data of an INDEX begin, less one."""
    (count,) = struct.unpack_from(">H", cff, at)
    size = cff[at + 2] if count else 0
    return count, size, at + 2 + size * (count + 1)


def _offset(cff: bytes, at: int, size: int, entry: int) -> int:
    start = at + 3 + size * entry
    return int.from_bytes(cff[start : start + size], "big")


def _skip_index(cff: bytes, at: int) -> int:
    count, size, base = _index(cff, at)
    return base + _offset(cff, at, size, count) if count else at + 2


def _first_of_index(cff: bytes, at: int) -> bytes:
    _, size, base = _index(cff, at)
    return cff[base + _offset(cff, at, size, 0) : base + _offset(cff, at, size, 1)]


def _top_dictionary(data: bytes) -> dict[int, int]:
    """Return the last whole-number operand of each operator; two-byte operators count from `_TWO_BYTES`."""
    found: dict[int, int] = {}
    operand, at = 0, 0
    while at < len(data):
        first = data[at]
        at += 1
        if first <= 21:
            if first == 12:
                first, at = _TWO_BYTES + data[at], at + 1
            found[first] = operand
        elif first == 28:
            operand, at = struct.unpack_from(">h", data, at)[0], at + 2
        elif first == 29:
            operand, at = struct.unpack_from(">i", data, at)[0], at + 4
        elif first == 30:
            while data[at] & 0x0F != 0x0F and data[at] >> 4 != 0x0F:
                at += 1
            at += 1
        elif first <= 246:
            operand = first - 139
        elif first <= 250:
            operand, at = (first - 247) * 256 + data[at] + 108, at + 1
        else:
            operand, at = -(first - 251) * 256 - data[at] - 108, at + 1
    return found


def _charset(cff: bytes, at: int, count: int) -> list[int]:
    """Read a charset of any of the three formats; glyph 0 is not in it."""
    form, at = cff[at], at + 1
    found = [0]
    while len(found) < count:
        (first,) = struct.unpack_from(">H", cff, at)
        at += 2
        left = 0
        if form == 1:
            left, at = cff[at], at + 1
        elif form == 2:
            left, at = struct.unpack_from(">H", cff, at)[0], at + 2
        found.extend(range(first, first + left + 1))
    return found[:count]
