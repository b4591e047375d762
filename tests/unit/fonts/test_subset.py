"""Fonts are cut down to what is used, described for PDF, and refused where their licence forbids it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import pytest
import uharfbuzz as harfbuzz

from octavo.environment import installed_fonts
from octavo.errors import ResourceError
from octavo.fonts.subset import subset, subset_for_text


class Used(msgspec.Struct, frozen=True):
    """What a document uses of a font."""

    name: str
    data: bytes
    face_index: int
    variations: tuple[tuple[str, float], ...]
    codes: dict[int, tuple[int, str, float]]


def data_of(family: str) -> bytes:
    face = installed_fonts().match(family)
    assert face is not None
    return face.load()


def used(family: str, text: str) -> Used:
    data = data_of(family)
    font = harfbuzz.Font(harfbuzz.Face(data))
    glyphs: Iterable[int] = (font.get_nominal_glyph(ord(letter)) for letter in text)
    codes = tuple(
        (glyph, letter, float(font.get_glyph_h_advance(glyph)))
        for glyph, letter in zip(glyphs, text, strict=True)
    )
    return Used(family, data, 0, (), dict(enumerate(codes, 1)))


def with_embedding(data: bytes, bits: int) -> bytes:
    """The font with other embedding bits in its OS/2 table."""
    count = int.from_bytes(data[4:6], "big")
    for at in range(12, 12 + 16 * count, 16):
        if data[at : at + 4] == b"OS/2":
            offset = int.from_bytes(data[at + 8 : at + 12], "big") + 8
            return data[:offset] + bits.to_bytes(2, "big") + data[offset + 2 :]
    raise AssertionError("no OS/2 table")


@pytest.mark.parametrize(("family", "kind"), [("Source Serif Pro", "truetype"), ("Fira Mono", "cff")])
def test_a_subset_holds_the_glyphs_used_at_their_widths(family: str, kind: str) -> None:
    font = used(family, "Hxp")
    cut = subset(font)
    assert cut.format == kind
    assert bool(cut.cff_table) == (kind == "cff")
    assert len(cut.data) < len(font.data) / 10
    inside = harfbuzz.Font(harfbuzz.Face(cut.data))
    assert [inside.get_glyph_h_advance(cut.glyph_map[glyph]) for glyph, _, _ in font.codes.values()] == [
        advance for _, _, advance in font.codes.values()
    ]
    assert sorted(cut.glyph_map.values()) == [0, 1, 2, 3]


def test_the_descriptor_follows_the_font() -> None:
    serif = subset(used("Source Serif Pro", "H"))
    mono = subset(used("Fira Mono", "H"))
    assert (serif.is_fixed_pitch, serif.flags & 1) == (False, 0)
    assert (mono.is_fixed_pitch, mono.flags & 1) == (True, 1)
    assert serif.ascent > serif.cap_height > serif.x_height > 0 > serif.descent
    assert (serif.stem_v, serif.italic_angle) == (80, 0.0)


def test_layout_and_names_are_left_out() -> None:
    tags = set(harfbuzz.Face(subset(used("Source Serif Pro", "H")).data).table_tags)
    assert not tags & {"GSUB", "GPOS", "name", "DSIG"}
    assert {"glyf", "hmtx", "loca"} <= tags


@pytest.mark.parametrize(
    ("bits", "allowed"), [(0, True), (4, True), (8, True), (12, True), (2, False), (0x100, False)]
)
def test_embedding_bits_are_obeyed(bits: int, allowed: bool) -> None:
    font = used("Source Serif Pro", "H")
    font = msgspec.structs.replace(font, data=with_embedding(font.data, bits))
    if allowed:
        assert subset(font).embedding == bits
        return
    with pytest.raises(ResourceError) as caught:
        subset(font)
    assert caught.value.diagnostics[0].code == "font-not-embeddable"


def test_what_is_no_font_is_refused() -> None:
    with pytest.raises(ResourceError):
        subset(Used("Broken", b"no font at all", 0, (), {1: (1, "a", 500.0)}))
    with pytest.raises(ResourceError):
        subset_for_text(b"", "a")


def test_a_subset_for_text_still_makes_ligatures_and_small_capitals() -> None:
    cut = subset_for_text(data_of("Source Serif Pro"), "office")
    assert len(cut) < 12_000
    font = harfbuzz.Font(harfbuzz.Face(cut))

    def glyphs(**features: bool) -> list[int]:
        buffer = harfbuzz.Buffer()
        buffer.add_str("office")
        buffer.guess_segment_properties()
        harfbuzz.shape(font, buffer, features)
        return [each.codepoint for each in buffer.glyph_infos]

    assert len(glyphs()) == 4
    assert glyphs(smcp=True)[0] != glyphs()[0]
    assert font.get_nominal_glyph(ord("Z")) is None


def test_the_same_input_gives_the_same_bytes() -> None:
    font = used("Source Serif Pro", "Hamburg")
    assert subset(font) == subset(font)
