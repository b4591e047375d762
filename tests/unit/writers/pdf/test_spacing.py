from __future__ import annotations

import pytest

from octavo.typeset.frames import FontUse, GlyphRun, Owner
from octavo.units import BLACK
from octavo.writers.pdf.spacing import FontTexts

CODES = (
    (1, " ", 250.0),
    (2, "a", 500.0),
    (3, "b", 500.0),
    (4, "fi", 500.0),
    (5, ".", 200.0),
    (6, "\u05d0", 500.0),
)
FONT = FontUse(
    name="x", data=b"", face_index=0, variations=(), units_per_em=1000, codes=dict(enumerate(CODES, 1))
)


def said(content: str) -> str:
    run = GlyphRun(0.0, 0.0, 1.0, 0, 10.0, BLACK, content, Owner(1))
    return FontTexts((FONT,)).spaced_text(run)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<0002>-120<0003>-120<0001>-120<0004>", "ab fi"),
        ("<0002>-88.5<0003>", ""),
        ("<00020003>", ""),
        ("<0002><0001>-150.5<0003><0001>-150.5<0002>", ""),
        ("<0002><0001>-150.5<0003>-90<0002>", "a ba"),
        ("<0002>120<0003>", ""),
        ("<0006>1000<0006>-500", ""),
        ("<0005>-300<0005>-300<0005>", ""),
        ("", ""),
    ],
)
def test_only_letters_set_wide_apart_say_their_text(content: str, text: str) -> None:
    assert said(content) == text
