"""fontTable.xml, and the house fonts themselves, so that the pages look right where they are not installed.

Word embeds TrueType only. A face is embedded as a subset: the letters of the document and those of all European Latin
writing, so that an editor can go on typing. Its first 32 bytes are masked with a key (ECMA-376-4, 8.1).
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Mapping
from typing import Final

from octavo.fonts.book import Face, embedding_bits, forbidden, may_be_edited
from octavo.fonts.subset import not_subset
from octavo.writers.docx.story import OFFICE, Part, Relationships
from octavo.writers.docx.typefaces import Typefaces, WordFace
from octavo.writers.docx.xml import attribute, part

FONT: Final = f"{OFFICE}/font"
_LATIN: Final = (*range(0x20, 0x180), *range(0x2010, 0x2040), 0x20AC, 0x2122, 0x2212, 0x25B8, 0x2022)
_SLOTS: Final[Mapping[tuple[bool, bool], str]] = {
    (False, False): "embedRegular",
    (True, False): "embedBold",
    (False, True): "embedItalic",
    (True, True): "embedBoldItalic",
}
_TRUETYPE: Final = (b"\x00\x01\x00\x00", b"true")
_OBFUSCATED: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"


def font_table(
    typefaces: Typefaces,
    letters: frozenset[int],
) -> tuple[bytes, list[Part], Relationships]:
    """Return the font table, the embedded fonts, and the table's relationships to them.

    What `left_out` tells of is in the table by its name alone.

    Args:
        typefaces: knows which faces the styles and the text ask for.
        letters: the code points of the document.
    """
    families: dict[str, dict[str, tuple[WordFace, Face]]] = {}
    for word_face, face in typefaces.used.items():
        slot = _SLOTS[word_face.bold, word_face.italic]
        families.setdefault(word_face.name, {}).setdefault(slot, (word_face, face))
    relationships = Relationships()
    parts: list[Part] = []
    fonts: list[str] = []
    for name in sorted(families):
        faces = families[name]
        content = _description(next(iter(faces.values()))[1].load())
        for slot in _SLOTS.values():
            if slot in faces:
                content += _embedded(slot, faces[slot][1], letters, relationships, parts)
        fonts.append(f'<w:font w:name="{attribute(name)}">{content}</w:font>')
    return part("w:fonts", "".join(fonts)), parts, relationships


def left_out(typefaces: Typefaces) -> dict[str, str]:
    """Return the families that a file cannot hold, each with the reason."""
    reasons = {name.name: why_not(face.load()) for name, face in typefaces.used.items()}
    return {name: reason for name, reason in sorted(reasons.items()) if reason}


def why_not(data: bytes) -> str:
    """Return why Word may not or cannot embed a font; "" where it does."""
    if data[:4] not in _TRUETYPE:
        return "Word embeds TrueType fonts alone"
    bits = embedding_bits(_table(data, b"OS/2"))
    if reason := forbidden(bits):
        return f"its licence forbids {reason}"
    return "" if may_be_edited(bits) else "its licence allows files to be read, not to be edited"


def _embedded(
    slot: str, face: Face, letters: frozenset[int], relationships: Relationships, parts: list[Part]
) -> str:
    data = subset(face, letters)
    if data is None:
        return ""
    key = uuid.uuid5(uuid.NAMESPACE_OID, f"{face.family}/{face.weight}/{face.italic}/{len(data)}")
    name = f"/word/fonts/font{len(parts) + 1}.odttf"
    parts.append(
        Part(
            name=name,
            content_type=_OBFUSCATED,
            data=masked(data, key),
        )
    )
    relationship = relationships.add(FONT, name)
    return f'<w:{slot} r:id="{relationship}" w:fontKey="{{{str(key).upper()}}}" w:subsetted="1"/>'


def masked(data: bytes, key: uuid.UUID) -> bytes:
    """Return a font with its first 32 bytes masked by the key, its bytes taken from the last to the first."""
    mask = key.bytes[::-1] * 2
    return bytes(one ^ other for one, other in zip(data[:32], mask, strict=False)) + data[32:]


def subset(face: Face, letters: frozenset[int]) -> bytes | None:
    """Return a TrueType face with the letters of a document; None where it may not be embedded, or is none.

    Raises:
        ResourceError: the font is broken.
    """
    import uharfbuzz

    data = face.load()
    if why_not(data):
        return None
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(_LATIN)
    wanted.unicode_set.update(letters)
    try:
        made = uharfbuzz.subset(uharfbuzz.Face(data, face.face_index), wanted)
    except (RuntimeError, ValueError, MemoryError) as fault:
        raise not_subset(face.family) from fault
    return bytes(made.blob.data) or None


def _table(data: bytes, tag: bytes) -> bytes:
    """Return a table of a TrueType font; empty where it has none."""
    count = int.from_bytes(data[4:6], "big")
    for at in range(min(count, (len(data) - 12) // 16)):
        found, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * at)
        if found == tag:
            return data[offset : offset + length]
    return b""


def _description(data: bytes) -> str:
    """Return what Word looks at to find a substitute: PANOSE and the like."""
    table = _table(data, b"OS/2") if data[:4] in (b"\x00\x01\x00\x00", b"true", b"OTTO") else b""
    panose = table[32:42] if len(table) > 42 else bytes(10)
    family = "roman" if panose[0] == 2 and 2 <= panose[1] <= 10 else "swiss" if panose[0] == 2 else "auto"
    pitch = "fixed" if panose[0] == 2 and panose[3] == 9 else "variable"
    if pitch == "fixed":
        family = "modern"
    return (
        f'<w:panose1 w:val="{panose.hex().upper()}"/><w:charset w:val="00"/><w:family w:val="{family}"/>'
        f'<w:pitch w:val="{pitch}"/>'
    )
