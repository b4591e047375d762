"""Embedding bits of fonts that packages bring: they are known when a font is opened, and obeyed there."""

from __future__ import annotations

import pytest

from octavo.errors import ResourceError
from octavo.fonts.book import Face, FontBook, may_be_edited
from octavo.fonts.files import with_rights
from octavo.fonts.loaded import LoadedFont
from tests.unit.fonts.small_fonts import small_font


def packaged(bits: int) -> Face:
    """A face as a package brings it: nothing is known of its rights."""
    data = small_font("Closed", embedding=bits)
    return Face(family="Closed", weight=400, italic=False, load=lambda: data, origin="package")


@pytest.mark.parametrize("bits", [0, 4, 8, 12, 6])
def test_a_font_that_editions_may_hold_is_opened(bits: int) -> None:
    assert LoadedFont(packaged(bits)).name == "Closed-400"


@pytest.mark.parametrize(
    ("bits", "said"),
    [(2, "being embedded"), (0x100, "in part"), (0x200, "in part"), (0x102, "being embedded")],
)
def test_a_font_that_they_must_not_hold_is_refused_before_a_line_is_set(bits: int, said: str) -> None:
    with pytest.raises(ResourceError) as caught:
        LoadedFont(packaged(bits))
    (fault,) = caught.value.diagnostics
    assert fault.code == "font-not-embeddable"
    assert said in fault.message
    assert "`Closed-400`" in fault.message
    assert "another family" in fault.hint


def test_the_rights_of_all_fonts_at_hand_can_be_read() -> None:
    book = FontBook([packaged(2), packaged(0)])
    assert book.forbidden("Closed") == ""
    read = with_rights(book)
    assert [face.embedding for face in read.faces] == [2, 0]
    assert read.forbidden("closed") == "being embedded"


def test_fonts_for_preview_and_print_belong_in_no_file_that_is_edited() -> None:
    assert [may_be_edited(bits) for bits in (0, 8, 12, 4, 2, 6)] == [True, True, True, False, False, False]
