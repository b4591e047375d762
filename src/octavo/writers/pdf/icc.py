"""The sRGB profile of the output intent, made from the numbers of IEC 61966-2-1, the same bytes each time.

A display profile of three primaries and one curve (ICC.1:2010-12, version 4.3; written as version 4.2, which
ISO 19005-2, 6.2.3 accepts). It is octavo's own, so no licence comes with it.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from typing import Final

SRGB_NAME: Final = "sRGB IEC61966-2.1"

# Primaries and white of IEC 61966-2-1, adapted from D65 to D50 by the Bradford transform (ICC.1, Annex E).
_WHITE: Final = (0.9642, 1.0, 0.8249)
_RED: Final = (0.43607, 0.22249, 0.01392)
_GREEN: Final = (0.38515, 0.71687, 0.09708)
_BLUE: Final = (0.14307, 0.06061, 0.71410)
_ADAPTATION: Final = (1.04788, 0.02292, -0.05020, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
# Y = (aX + b) ** g where X >= d, else cX
_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_HEADER_SIZE: Final = 128


def srgb_profile() -> bytes:
    """Return the profile."""
    curve = b"para\0\0\0\0\0\3\0\0" + _fixed(_CURVE)
    tags = (
        (b"desc", _text(SRGB_NAME)),
        (b"cprt", _text("No copyright, use freely")),
        (b"wtpt", _xyz(_WHITE)),
        (b"chad", b"sf32\0\0\0\0" + _fixed(_ADAPTATION)),
        (b"rXYZ", _xyz(_RED)),
        (b"gXYZ", _xyz(_GREEN)),
        (b"bXYZ", _xyz(_BLUE)),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    )
    start = _HEADER_SIZE + 4 + 12 * len(tags)
    table, data, places = struct.pack(">I", len(tags)), b"", {}
    for signature, content in tags:
        if content not in places:
            places[content] = start + len(data)
            data += content + bytes(-len(content) % 4)
        table += struct.pack(">4sII", signature, places[content], len(content))
    body = table + data
    # The profile's own ID is the digest of the whole with flags, intent and ID left zero (ICC.1, 7.2.18).
    digest = hashlib.md5(_header(len(body)) + body, usedforsecurity=False).digest()
    return _header(len(body), digest) + body


def _header(size: int, digest: bytes = bytes(16)) -> bytes:
    # The date is that of the standard's publication: a profile must not tell when it was written.
    date = (1999, 10, 18, 0, 0, 0)
    return struct.pack(
        ">I4xI4s4s4s6H4s4sI4s4s8xI12s4x16s28x",
        _HEADER_SIZE + size,
        0x04200000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        *date,
        b"acsp",
        bytes(4),
        0,
        bytes(4),
        bytes(4),
        0,
        _fixed(_WHITE),
        digest,
    )


def _fixed(values: Sequence[float]) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def _xyz(values: Sequence[float]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(values)


def _text(text: str) -> bytes:
    data = text.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(data), 28) + data
