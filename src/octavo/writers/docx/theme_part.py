"""theme1.xml: the theme's colours and fonts where Word's own pickers look for them (ECMA-376-1, 14.2.7)."""

from __future__ import annotations

from typing import Final

from octavo.writers.docx.lenders import ThemeFont
from octavo.writers.docx.palette import Palette
from octavo.writers.docx.xml import DECLARATION, DRAWING, attribute

_SOLID: Final = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE: Final = (
    f'<a:ln w="{{width}}" cap="flat" cmpd="sng" algn="ctr">{_SOLID}<a:prstDash val="solid"/></a:ln>'
)
_EFFECT: Final = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_FORMATS: Final = (
    f'<a:fmtScheme name="Octavo"><a:fillStyleLst>{_SOLID * 3}</a:fillStyleLst>'
    f"<a:lnStyleLst>{''.join(_LINE.format(width=width) for width in (6350, 12700, 19050))}</a:lnStyleLst>"
    f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_SOLID * 3}</a:bgFillStyleLst></a:fmtScheme>"
)
_WITH_SERIFS: Final = {"Jpan": "Yu Mincho", "Hang": "Batang", "Hans": "SimSun", "Hant": "PMingLiU"}
_WITHOUT_SERIFS: Final = {
    "Jpan": "Yu Gothic",
    "Hang": "Malgun Gothic",
    "Hans": "Microsoft YaHei",
    "Hant": "Microsoft JhengHei",
}


def theme_part(name: str, palette: Palette, major: ThemeFont, minor: ThemeFont) -> bytes:
    """Return the theme part. `major` is the font of headings, `minor` that of the text."""
    slots = "".join(
        f'<a:{slot}><a:srgbClr val="{color.hex.upper()}"/></a:{slot}>'
        for slot, color in palette.slots.items()
    )
    others = "".join(
        f'<a:custClr name="{attribute(token)}"><a:srgbClr val="{color.hex.upper()}"/></a:custClr>'
        for token, color in list(palette.others.items())[:50]
    )
    fonts = _font("majorFont", major) + _font("minorFont", minor)
    title = attribute(name or "Octavo")
    return (
        f'{DECLARATION}<a:theme xmlns:a="{DRAWING}" name="{title}"><a:themeElements>'
        f'<a:clrScheme name="{title}">{slots}</a:clrScheme><a:fontScheme name="{title}">{fonts}</a:fontScheme>'
        f"{_FORMATS}</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/>"
        f"{f'<a:custClrLst>{others}</a:custClrLst>' if others else ''}</a:theme>"
    ).encode()


def _font(role: str, font: ThemeFont) -> str:
    latin, east_asian, complex_script = map(attribute, (font.latin, font.east_asian, font.complex))
    scripts = "" if east_asian else _scripts(font.latin)
    return (
        f'<a:{role}><a:latin typeface="{latin}"/><a:ea typeface="{east_asian}"/>'
        f'<a:cs typeface="{complex_script}"/>{scripts}</a:{role}>'
    )


def _scripts(latin: str) -> str:
    """Return fonts that Word brings, by the script of a language, with serifs or without as the Latin one has them."""
    fonts = _WITH_SERIFS if "serif" in latin.casefold() else _WITHOUT_SERIFS
    return "".join(f'<a:font script="{script}" typeface="{name}"/>' for script, name in fonts.items())
