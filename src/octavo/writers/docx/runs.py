"""Run properties: what a text style is as the children of `w:rPr`, and what inline marks add to a paragraph's style.

Properties are kept as a dict, name -> XML, in the order of ECMA-376-1, 17.3.2.28; what two dicts differ in is what has
to be written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from octavo.theme.style import Mark, StyleSheet
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.typeset.textstyle import TextStyle, marked, text_style
from octavo.units import half_points, twips
from octavo.writers.docx.palette import Palette
from octavo.writers.docx.typefaces import BOLD_WEIGHT, Typefaces

Properties = dict[str, str]

ORDER: Final = (
    "rStyle", "rFonts", "b", "bCs", "i", "caps", "smallCaps", "strike", "noProof", "color", "spacing", "position", "sz",
    "u", "shd", "vertAlign", "rtl", "lang", "ligatures", "numForm", "numSpacing",
)  # fmt: skip
COMPLEX_LETTERS: Final = "\u0627\u05d0\u0915\u0e01"
"""A letter each of Arabic, Hebrew, Devanagari and Thai: a font with none of them is none for complex scripts."""
EAST_ASIAN_LETTERS: Final = "\u4e00\u3042\uac00"
"""A letter each of Chinese, Japanese and Korean."""
TOGGLES: Final = ("b", "i", "caps", "smallCaps", "strike")
"""Properties that turn one another off when a paragraph style and a character style both set them (17.7.3)."""
_TOGGLE_TAGS: Final[Mapping[str, tuple[str, ...]]] = {
    "b": ("b",),
    "bCs": ("bCs",),
    "i": ("i", "iCs"),
    "caps": ("caps",),
    "smallCaps": ("smallCaps",),
    "strike": ("strike",),
}
RAISED: Final[Mapping[str, str]] = {
    MarkKey.SUPERSCRIPT: "superscript",
    MarkKey.SUBSCRIPT: "subscript",
    MarkKey.FOOTNOTE_MARK: "superscript",
}
"""Marks that Word raises and makes smaller by itself."""
_NO_COLOR: Final = '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>'


class Look(msgspec.Struct, frozen=True):
    """A text style, and where it stands: "", "superscript" or "subscript"."""

    text: TextStyle
    vertical: str = ""


class RunStyler:
    """Turns looks into run properties; the same look gives the same dict."""

    def __init__(self, sheet: StyleSheet, palette: Palette, typefaces: Typefaces) -> None:
        self._marks = sheet.marks
        self._palette = palette
        self.typefaces = typefaces
        self._properties: dict[Look, Properties] = {}
        self.plain = Look(text_style(sheet.styles[StyleKey.TEXT]))
        fonts = sheet.fonts
        self.minor = self._name(self.plain.text)
        heading = text_style(sheet.styles[StyleKey.HEADING_1])
        self.major = self._name(heading) if fonts else self.minor
        """The families of Word's two theme fonts."""

    def _name(self, text: TextStyle) -> str:
        return self.typefaces.of(text.font, text.weight, text.italic).name

    def mark(self, look: Look, key: str) -> Look:
        """Return the look within a mark; one that the theme does not know changes nothing."""
        mark = self._marks.get(key)
        if mark is None:
            return look
        vertical = RAISED.get(key, "")
        if not vertical:
            return Look(marked(look.text, mark), look.vertical)
        return Look(marked(look.text, msgspec.structs.replace(mark, scale=None, rise=None)), vertical)

    def knows(self, key: str) -> bool:
        """Say whether the theme has a mark of that name."""
        return key in self._marks

    def marks(self) -> Mapping[str, Mark]:
        """Return the theme's marks."""
        return self._marks

    def properties(self, look: Look) -> Properties:
        """Return all properties of a look."""
        found = self._properties.get(look)
        if found is None:
            found = self._properties[look] = self._compute(look)
        return found

    def _compute(self, look: Look) -> Properties:
        text = look.text
        face = self.typefaces.of(text.font, text.weight, text.italic)
        small = text.small_caps and text.case != "upper"
        switches = {
            "b": face.bold, "bCs": text.weight >= BOLD_WEIGHT, "i": face.italic,
            "caps": text.case == "upper", "smallCaps": small, "strike": text.strike
        }  # fmt: skip
        fill = _NO_COLOR if text.background is None else f"<w:shd {self._palette.fill(text.background)}/>"
        figures = "oldStyle" if text.figures == "old-style" else "lining"
        ligatures = "none" if text.literal else "standardContextual"
        return {
            "rFonts": self.fonts_of(face.name),
            **{name: toggle(name, on) for name, on in switches.items()},
            "noProof": f"<w:noProof{_off(text.literal)}/>",
            "color": f"<w:color {self._palette.color(text.color)}/>",
            "spacing": f'<w:spacing w:val="{max(-1584, min(1584, twips(text.letter_spacing)))}"/>',
            "position": f'<w:position w:val="{half_points(text.rise)}"/>',
            "sz": size(text.size),
            "u": f'<w:u w:val="{"single" if text.underline else "none"}"/>',
            "shd": fill,
            "vertAlign": f'<w:vertAlign w:val="{look.vertical or "baseline"}"/>',
            "ligatures": f'<w14:ligatures w14:val="{ligatures}"/>',
            "numForm": f'<w14:numForm w14:val="{figures}"/>',
            "numSpacing": f'<w14:numSpacing w14:val="{text.figure_spacing}"/>',
        }

    def fonts_of(self, name: str) -> str:
        """Return `w:rFonts` for a family; a theme font by its role."""
        quoted = name.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        for role, family in (("minor", self.minor), ("major", self.major)):
            if name == family:
                return (
                    f'<w:rFonts w:asciiTheme="{role}HAnsi" w:hAnsiTheme="{role}HAnsi" '
                    f'w:eastAsiaTheme="{role}EastAsia" w:cstheme="{role}Bidi"/>'
                )
        # Letters that a family lacks are shown in the document's fonts for those writings, see `lenders`.
        lacks_complex = self.typefaces.knows(name) and not self.typefaces.writes(name, COMPLEX_LETTERS)
        complex_script = 'w:cstheme="minorBidi"' if lacks_complex else f'w:cs="{quoted}"'
        has_east_asian = self.typefaces.writes(name, EAST_ASIAN_LETTERS)
        east_asian = f'w:eastAsia="{quoted}"' if has_east_asian else 'w:eastAsiaTheme="minorEastAsia"'
        return f'<w:rFonts w:ascii="{quoted}" w:hAnsi="{quoted}" {east_asian} {complex_script}/>'


BUILT_IN: Final[Properties] = {
    **dict.fromkeys(("b", "bCs", "i", "caps", "smallCaps", "strike"), ""),
    "noProof": '<w:noProof w:val="0"/>',
    "spacing": '<w:spacing w:val="0"/>',
    "position": '<w:position w:val="0"/>',
    "u": '<w:u w:val="none"/>',
    "shd": _NO_COLOR,
    "vertAlign": '<w:vertAlign w:val="baseline"/>',
    "numForm": '<w14:numForm w14:val="lining"/>',
    "numSpacing": '<w14:numSpacing w14:val="proportional"/>',
}
"""What Word does where nothing is said; not worth writing in the style that all others are based on."""


def toggle(name: str, on: bool) -> str:
    """Return a toggle property; italics with their twin for complex scripts.

    Bold has its own: a semibold face is a family by itself and not bold, and the scripts that it lacks are shown in
    another family, which has to be.
    """
    return "".join(f"<w:{tag}{_off(on)}/>" for tag in _TOGGLE_TAGS[name])


def size(points: float) -> str:
    """Return the size of type; Word knows half-points from 1 to 1638 pt."""
    value = max(2, min(3276, half_points(points)))
    return f'<w:sz w:val="{value}"/><w:szCs w:val="{value}"/>'


def _off(on: bool) -> str:
    return "" if on else ' w:val="0"'


def differences(target: Properties, base: Properties) -> Properties:
    """Return the properties of `target` that `base` does not already have."""
    return {name: xml for name, xml in target.items() if base.get(name) != xml}


def joined(properties: Properties) -> str:
    """Return the children of `w:rPr` in the order of the schema."""
    return "".join([properties[name] for name in ORDER if properties.get(name)])


def layered(paragraph: Properties, character: Properties) -> Properties:
    """Return what Word shows where a character style stands in a paragraph style: toggles cancel one another out."""
    result = {**paragraph, **character}
    for name in TOGGLES:
        if name in character:
            on = (character[name] == toggle(name, True)) != (paragraph.get(name, "") == toggle(name, True))
            result[name] = toggle(name, on)
    return result
