from __future__ import annotations

import re

import msgspec
import pikepdf
import pytest

from octavo.transforms.resolved import StyleUse
from octavo.units import Color
from octavo.writers.pdf.classes import class_map
from tests.typesetting import sheet


@pytest.mark.parametrize(
    ("underline", "strike", "kind"),
    [
        (False, False, ""),
        (True, False, "/Underline"),
        (False, True, "/LineThrough"),
        (True, True, "/LineThrough"),
    ],
)
def test_a_class_says_each_thing_once(underline: bool, strike: bool, kind: str) -> None:
    base = sheet()
    style = msgspec.structs.replace(
        base.styles["paragraph"],
        underline=underline,
        strike=strike,
        small_caps=True,
        case="upper",
        keep_with_next=True,
        keep_together=True,
        break_before="recto",
        background=Color(1, 2, 3),
        columns=2,
    )
    styles = msgspec.structs.replace(base, styles={**base.styles, "paragraph": style})
    written = class_map([StyleUse("paragraph")], styles)
    layout, css = list(pikepdf.Object.parse(written.encode("ascii")).paragraph)
    assert str(layout.get("/TextDecorationType", "")) == kind
    for attributes in (layout, css):
        for key in set(attributes.keys()) - {"/O"}:
            assert len(re.findall(rf"{key}(?![A-Za-z-])", written)) == 1, key
