from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator

import pikepdf
import pytest

from octavo.environment import DiskEnvironment
from octavo.fonts.subset import subset
from octavo.typeset.frames import FontUse
from octavo.writers.pdf.characters import character_identifiers
from octavo.writers.pdf.fonts import to_unicode, write_font
from octavo.writers.pdf.objects import PdfFile
from tests.unit.writers.pdf.handmade import Pen, serif


def used(family: str = "Source Serif Pro", text: str = "office AV") -> FontUse:
    face = DiskEnvironment().fonts().match(family)
    assert face is not None
    pen = Pen(face.load(), family.replace(" ", ""))
    pen.shape(text)
    return pen.use()


_OPEN: list[pikepdf.Pdf] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Keep files open as long as a test looks at their objects."""
    yield
    while _OPEN:
        _OPEN.pop().close()


def written(font: FontUse) -> pikepdf.Dictionary:
    file = PdfFile((1, 7), bytes(16))
    number = write_font(file, font)
    file.add_page(file.add(f"<</Type/Page/Parent {file.pages_number} 0 R/MediaBox[0 0 9 9]/Resources<<>>>>"))
    pdf = pikepdf.open(io.BytesIO(file.to_bytes(file.add("<<>>"))))
    _OPEN.append(pdf)
    font_object = pdf.get_object(number, 0)
    assert isinstance(font_object, pikepdf.Dictionary)
    return font_object


def test_a_ligature_reads_as_its_letters() -> None:
    font = used(text="fi")
    assert [text for _, text, _ in font.codes.values()] == ["fi"]
    (code,) = font.codes
    assert f"<{code:04X}><00660069>".encode() in to_unicode(font)


@pytest.mark.parametrize("text", ["", "\0", "\ufeff", "\ud800"])
def test_a_glyph_without_text_reads_as_nothing_that_shows(text: str) -> None:
    font = FontUse(
        name="x", data=b"", face_index=0, variations=(), units_per_em=1000, codes={1: (5, text, 100.0)}
    )
    line = to_unicode(font).split(b"beginbfchar\n")[1].splitlines()[0].decode()
    meaning = bytes.fromhex(line[7:-1]).decode("utf-16-be")
    assert unicodedata.category(meaning) == "Cf"
    assert meaning != "\ufeff"


def test_meanings_come_in_blocks_of_a_hundred() -> None:
    codes = {at + 1: (at, chr(97 + at % 26), 100.0) for at in range(250)}
    font = FontUse(name="x", data=b"", face_index=0, variations=(), units_per_em=1000, codes=codes)
    assert to_unicode(font).count(b"beginbfchar") == 3
    assert b"50 beginbfchar" in to_unicode(font)


def widths_of(descendant: pikepdf.Object) -> dict[int, float]:
    """Read a width array."""
    array = list(descendant.W)
    return {
        int(first) + at: float(width)
        for first, widths in zip(array[::2], array[1::2], strict=True)
        for at, width in enumerate(widths)
    }


def test_truetype_outlines_are_found_by_a_map() -> None:
    use = used()
    font = written(use)
    descendant = font.DescendantFonts[0]
    assert font.Encoding == "/Identity-H"
    assert descendant.Subtype == "/CIDFontType2"
    glyphs = descendant.CIDToGIDMap.read_bytes()
    new = subset(use).glyph_map
    ways = {at // 2: int.from_bytes(glyphs[at : at + 2], "big") for at in range(0, len(glyphs), 2)}
    assert {code: glyph for code, glyph in ways.items() if glyph} == {
        code: new[glyph] for code, (glyph, _, _) in use.codes.items()
    }
    scale = 1000 / use.units_per_em
    assert widths_of(descendant) == {code: round(each * scale, 2) for code, (_, _, each) in use.codes.items()}
    assert str(font.BaseFont)[7:8] == "+"
    assert descendant.FontDescriptor.FontFile2.read_bytes()[:4] == b"\0\1\0\0"


def test_cff_outlines_are_found_by_an_embedded_map() -> None:
    use = used("Fira Mono")
    font = written(use)
    descendant = font.DescendantFonts[0]
    assert descendant.Subtype == "/CIDFontType0"
    assert "/CIDToGIDMap" not in descendant
    new = subset(use).glyph_map
    lines = font.Encoding.read_bytes().decode().splitlines()
    assert [line for line in lines if line.startswith("<") and len(line.split(">")) == 2] == [
        f"<{code:04X}>{new[glyph]}" for code, (glyph, _, _) in use.codes.items()
    ]
    assert descendant.FontDescriptor.FontFile3.Subtype == "/CIDFontType0C"


def test_two_subsets_of_a_font_have_different_names() -> None:
    assert written(used(text="one")).BaseFont != written(used(text="two")).BaseFont


def test_glyphs_of_plain_cff_are_their_own_identifiers() -> None:
    cff = subset(used("Fira Mono", "abc")).cff_table
    assert list(character_identifiers(cff)) == [0, 1, 2, 3]


def test_a_cid_keyed_font_brings_its_own_identifiers() -> None:
    # Header, names, a top dictionary with ROS, charset and CharStrings, then charset (format 2) and three glyphs.
    top = bytes([28, 0, 1, 28, 0, 2, 139, 12, 30, 28, 0, 40, 15, 28, 0, 46, 17])
    head = bytes([1, 0, 4, 1]) + b"\0\1\1\1\2x" + b"\0\1\1\1" + bytes([1 + len(top)]) + top
    cff = head.ljust(40, b"\0") + b"\2" + b"\x01\x00" + b"\0\1" + b"\0" + b"\0\3\1\1\2\3\4abc"
    assert list(character_identifiers(cff)) == [0, 256, 257]


@pytest.mark.parametrize("size", [0, 3, 12, 40])
def test_a_damaged_cff_table_is_refused(size: int) -> None:
    cff = subset(used("Fira Mono", "abc")).cff_table
    with pytest.raises(ValueError, match="damaged"):
        character_identifiers(cff[:size])


def test_a_font_is_found_in_the_package() -> None:
    assert serif()[:4] == b"\0\1\0\0"
