"""Small fonts made for a test: boxes for letters, with the tables that a real font has."""

from __future__ import annotations

import io
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.TupleVariation import TupleVariation

LETTERS = "abcABC"


def _box(pen: Any) -> Any:
    pen.moveTo((50, 0))
    for corner in ((50, 700), (150, 700), (150, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen


def small_font(
    family: str,
    *,
    weight: int = 400,
    variable: bool = False,
    cff: bool = False,
    italic: bool = False,
    letters: str = LETTERS,
    embedding: int = 0,
) -> bytes:
    """Return a font with a few letters; a variable one is from 300 to 800 in weight, and widens with it."""
    names = [".notdef", "space", *(f"letter{ord(each)}" for each in letters)]
    made = FontBuilder(1000, isTTF=not cff)
    made.setupGlyphOrder(names)
    made.setupCharacterMap({32: "space"} | {ord(each): f"letter{ord(each)}" for each in letters})
    if cff:
        strings = {name: _box(T2CharStringPen(500, None)).getCharString() for name in names}
        made.setupCFF(family, {}, strings, {})
    else:
        made.setupGlyf({name: _box(TTGlyphPen(None)).glyph() for name in names})
    made.setupHorizontalMetrics(dict.fromkeys(names, (500, 50)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable(
        {"familyName": family, "styleName": "Regular", "psName": f"{family}-{weight}"}, mac=False
    )
    made.setupOS2(
        sTypoAscender=800,
        usWinAscent=800,
        usWinDescent=200,
        usWeightClass=weight,
        fsSelection=0x01 if italic else 0x40,
        fsType=embedding,
    )
    made.setupPost()
    if variable:
        made.setupFvar([("wght", 300, 400, 800, "Weight")], [])
        steps = [(0, 0), (0, 0), (200, 0), (200, 0), (0, 0), (200, 0), (0, 0), (0, 0)]
        made.setupGvar({name: [TupleVariation({"wght": (0, 1, 1)}, steps)] for name in names})
    stream = io.BytesIO()
    made.font.save(stream)
    return stream.getvalue()
