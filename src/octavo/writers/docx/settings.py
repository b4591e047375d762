"""settings.xml and its neighbours. The order of the settings is part of the standard (ECMA-376-1, 17.15.1.78)."""

from __future__ import annotations

from typing import Final

from octavo.theme.style import StyleSheet
from octavo.tree.direction import is_right_to_left, language_and_script
from octavo.writers.docx.note_shelf import NoteShelf
from octavo.writers.docx.xml import attribute, part

_EAST_ASIAN: Final = frozenset({"ja", "ko", "yue", "zh"})
_COMPLEX: Final = frozenset(
    {
        "as",
        "bn",
        "gu",
        "hi",
        "km",
        "kn",
        "kok",
        "lo",
        "ml",
        "mr",
        "my",
        "ne",
        "or",
        "pa",
        "sa",
        "si",
        "ta",
        "te",
        "th",
    }
)
"""Languages from left to right whose script is complex, as Word has it."""


def settings_part(sheet: StyleSheet, language: str, notes: NoteShelf, *, embeds: bool) -> bytes:
    """Return settings.xml: no prompt on opening, Word's current layout rules, hyphenation as the theme asks."""
    hyphenate = any(style.hyphenate for style in sheet.styles.values())
    facing = sheet.page.facing
    hyphens = (
        f'<w:autoHyphenation/><w:consecutiveHyphenLimit w:val="{sheet.text.hyphen_lines}"/>'
        '<w:hyphenationZone w:val="240"/><w:doNotHyphenateCaps/>'
    )
    # Beside footnotes, endnotes are counted as Word counts them: i, ii, iii.
    alone = bool(notes.contents["endnote"]) and not notes.contents["footnote"]
    counted = '<w:numFmt w:val="decimal"/>' if alone else ""
    tag = attribute(language or "en-GB")
    content = (
        '<w:zoom w:percent="100"/>'
        + ("<w:embedTrueTypeFonts/><w:saveSubsetFonts/>" if embeds else "")
        + ("<w:mirrorMargins/>" if facing else "")
        + '<w:defaultTabStop w:val="360"/>'
        + (hyphens if hyphenate else "")
        + ("<w:evenAndOddHeaders/>" if facing else "")
        + '<w:characterSpacingControl w:val="doNotCompress"/>'
        + '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        + f'<w:endnotePr>{counted}<w:endnote w:id="-1"/><w:endnote w:id="0"/></w:endnotePr>'
        + f"<w:compat><w:doNotExpandShiftReturn/>{_compatibility()}</w:compat>"
        + '<m:mathPr><m:mathFont m:val="Cambria Math"/></m:mathPr>'
        + f'<w:themeFontLang w:val="{tag}"{_further_languages(language)}/>'
        + '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
        'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" '
        'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
        + '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
    )
    return part("w:settings", content)


def _further_languages(language: str) -> str:
    """Return the attributes by which Word finds fonts for East Asian and complex scripts (ECMA-376-1, 17.15.1.88)."""
    first, tag = language_and_script(language)[0], attribute(language)
    if first in _EAST_ASIAN:
        return f' w:eastAsia="{tag}"'
    return f' w:bidi="{tag}"' if is_right_to_left(language) or first in _COMPLEX else ""


def _compatibility() -> str:
    settings = (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
        ("useWord2013TrackBottomHyphenation", 0),
    )
    return "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in settings
    )
