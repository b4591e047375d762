"""Fonts as composite fonts: any glyph, and for each code the text that it stands for.

ISO 32000-1, 9.7 (composite fonts) and 9.10.3 (ToUnicode). A code of octavo is one pair of a glyph and its text, so that
ligatures and small capitals read as their letters; the way from code to glyph is a CIDToGIDMap where the outlines are
TrueType, and an embedded CMap where they are CFF, which has no such map.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from octavo.fonts.subset import Subset, subset
from octavo.typeset.frames import FontUse
from octavo.writers.pdf.characters import character_identifiers
from octavo.writers.pdf.objects import PdfFile, name, number, reference

_BATCH: Final = 100
"""Entries of one block in a CMap (Adobe Technical Note 5014, 1.4.1)."""
_NOT_TEXT: Final = "[\0\ufeff\ufffe\uffff\ud800-\udfff]"
_FILLER: Final = "\u00ad"
"""What a glyph reads as that says nothing by itself: a soft hyphen, which whoever gathers words takes out of them."""
_SYSTEM: Final = "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
_CMAP: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo 3 dict dup begin
/Registry (Adobe) def
/Ordering ({ordering}) def
/Supplement 0 def
end def
/CMapName /{cmap} def
/CMapType {kind} def
1 begincodespacerange
<0000><FFFF>
endcodespacerange
{body}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def write_font(file: PdfFile, font: FontUse) -> int:
    """Add a font, with the glyphs that the document uses, and return the number of its object.

    Raises:
        ResourceError: the font forbids embedding, or is broken.
    """
    made = subset(font)
    base = f"{_subset_tag(made.data, font)}+{font.name}"
    descriptor = _write_descriptor(file, made, base)
    glyphs = {code: made.glyph_map[glyph] for code, (glyph, _, _) in font.codes.items()}
    characters = f"<</Type/Font/BaseFont{name(base)}/CIDSystemInfo{_SYSTEM}/FontDescriptor {descriptor} 0 R"
    if made.format == "cff":
        known = character_identifiers(made.cff_table)
        identifiers = {code: known[glyph] for code, glyph in glyphs.items()}
        codes = f"octavo-{base[:6]}"
        encoding = _write_encoding(file, identifiers, codes)
        # Several codes may share a character.
        shared = {identifiers[code]: width for code, width in _widths(font).items()}
        descendant = file.add(f"{characters}/Subtype/CIDFontType0/W{_width_array(shared)}>>")
        head = f"/BaseFont{name(f'{base}-{codes}')}/Encoding {encoding} 0 R"
    else:
        ways = file.add_stream(_ways(glyphs))
        widths = f"/W{_width_array(_widths(font))}"
        descendant = file.add(f"{characters}/Subtype/CIDFontType2/CIDToGIDMap {ways} 0 R{widths}>>")
        head = f"/BaseFont{name(base)}/Encoding/Identity-H"
    meaning = file.add_stream(to_unicode(font))
    return file.add(
        f"<</Type/Font/Subtype/Type0{head}/DescendantFonts[{reference(descendant)}]/ToUnicode {meaning} 0 R>>"
    )


def _subset_tag(data: bytes, font: FontUse) -> str:
    """Return six letters that differ between subsets (ISO 32000-1, 9.6.4)."""
    digest = hashlib.sha256(data + font.name.encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _write_descriptor(file: PdfFile, made: Subset, base: str) -> int:
    """Add the font's descriptor (ISO 32000-1, 9.8) and its program."""
    if made.format == "cff":
        program = f"/FontFile3 {file.add_stream(made.cff_table, '/Subtype/CIDFontType0C')} 0 R"
    else:
        program = f"/FontFile2 {file.add_stream(made.data, f'/Length1 {len(made.data)}')} 0 R"
    box = " ".join(map(str, made.bounding_box))
    return file.add(
        f"<</Type/FontDescriptor/FontName{name(base)}/Flags {made.flags}/FontBBox[{box}]"
        f"/ItalicAngle {number(made.italic_angle)}/Ascent {number(made.ascent)}/Descent {number(made.descent)}"
        f"/CapHeight {number(made.cap_height)}/StemV {made.stem_v}{program}>>"
    )


def _widths(font: FontUse) -> dict[int, str]:
    """Return the advance of each code in thousandths of the size."""
    scale = 1000 / font.units_per_em
    return {code: number(advance * scale) for code, (_, _, advance) in font.codes.items()}


def _ways(glyphs: Mapping[int, int]) -> bytes:
    """Return the map from characters to glyphs: two bytes for each (ISO 32000-1, table 117)."""
    ways = bytearray(2 * max(glyphs, default=0) + 2)
    for code, glyph in glyphs.items():
        struct.pack_into(">H", ways, 2 * code, glyph)
    return bytes(ways)


def _width_array(widths: Mapping[int, str]) -> str:
    """Return the width array of some characters (ISO 32000-1, 9.7.4.3): those that follow one another go together."""
    pieces: list[str] = []
    following = -1
    for each, width in sorted(widths.items()):
        pieces.append(f" {width}" if each == following else f"{']' if pieces else ''}{each}[{width}")
        following = each + 1
    return f"[{''.join(pieces)}{']' if pieces else ''}]"


def _write_encoding(file: PdfFile, identifiers: Mapping[int, int], cmap: str) -> int:
    """Add the CMap that leads from codes to characters (ISO 32000-1, 9.7.5.3)."""
    lines = [f"<{code:04X}>{each}" for code, each in identifiers.items()]
    body = "\n".join(_batches(lines, "cidchar"))
    text = _CMAP.format(ordering="Identity", cmap=cmap, kind=1, body=body)
    return file.add_stream(text.encode(), f"/Type/CMap/CMapName{name(cmap)}/CIDSystemInfo{_SYSTEM}")


def to_unicode(font: FontUse) -> bytes:
    """Return the CMap that says what each code reads as; none reads as nothing (ISO 19005-2, 6.2.11.7)."""
    lines = []
    for code, (_, text, _) in font.codes.items():
        said = (text if text.isprintable() else re.sub(_NOT_TEXT, "", text)) or _FILLER
        lines.append(f"<{code:04X}><{said.encode('utf-16-be').hex().upper()}>")
    body = "\n".join(_batches(lines, "bfchar"))
    return _CMAP.format(ordering="UCS", cmap="Adobe-Identity-UCS", kind=2, body=body).encode()


def _batches(lines: Sequence[str], operator: str) -> Iterator[str]:
    for start in range(0, len(lines), _BATCH):
        batch = lines[start : start + _BATCH]
        yield "\n".join((f"{len(batch)} begin{operator}", *batch, f"end{operator}"))
