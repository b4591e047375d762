"""styles.xml: every named style, complete by what it is based on and what it differs in; the table style."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from octavo.theme.style import Border, StyleSheet
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.units import twips
from octavo.writers.docx import form as forms
from octavo.writers.docx import runs
from octavo.writers.docx.catalogue import Catalogue, WordStyle
from octavo.writers.docx.form import FormWriter, border_xml
from octavo.writers.docx.palette import Palette
from octavo.writers.docx.xml import attribute, part

TABLE_STYLE: Final = "OctavoTable"
_LATENT: Final = (
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" w:defUnhideWhenUsed="0" '
    'w:defQFormat="0" w:count="376"/>'
)
_NO_LIST: Final = (
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
)
_DEFAULT_FONT: Final = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
)
_NORMAL_TABLE: Final = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
_HIDDEN: Final = (StyleKey.HEADING, StyleKey.GROUP)
_PRIORITY: Final[Mapping[str, int]] = {
    StyleKey.TEXT: 0,
    StyleKey.TITLE: 10,
    StyleKey.SUBTITLE: 11,
    **dict.fromkeys((StyleKey.CONTENTS_1, StyleKey.CONTENTS_2, StyleKey.CONTENTS_3), 39),
    **dict.fromkeys((StyleKey.PAGE_HEADER, StyleKey.PAGE_FOOTER, StyleKey.FOOTNOTE), 99),
    MarkKey.LINK: 99,
    MarkKey.FOOTNOTE_MARK: 99,
}
_NOT_FOR_HAND: Final = {
    StyleKey.CONTENTS_1, StyleKey.CONTENTS_2, StyleKey.CONTENTS_3, StyleKey.PAGE_HEADER, StyleKey.PAGE_FOOTER,
    StyleKey.FOOTNOTE, StyleKey.MASTHEAD, StyleKey.MASTHEAD_SERIES, StyleKey.LIST_ITEM, MarkKey.FOOTNOTE_MARK,
    MarkKey.HEADING_NUMBER, MarkKey.LIST_MARKER, MarkKey.FOLIO, MarkKey.LINK,
}  # fmt: skip
"""Not offered among the quick styles: Word applies them itself."""


def styles_part(catalogue: Catalogue, writer: FormWriter, palette: Palette, language: str) -> bytes:
    """Return styles.xml."""
    made = [_style(style, catalogue, writer) for style in catalogue.styles.values()]
    table = _table_style(catalogue.sheet, palette)
    content = [
        _defaults(catalogue, language),
        _LATENT,
        made[0],
        _DEFAULT_FONT,
        _NORMAL_TABLE,
        _NO_LIST,
        *made[1:],
        table,
    ]
    return part("w:styles", "".join(content))


def _defaults(catalogue: Catalogue, language: str) -> str:
    """What holds for all text: the theme's fonts, the language, kerning and ligatures."""
    fonts = (
        '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" '
        'w:cstheme="minorBidi"/>'
    )
    text = catalogue.runs.plain.text
    tag = attribute(language or "en-GB")
    lang = f'<w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="{tag}"/>'
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:kern w:val="2"/>{runs.size(text.size)}{lang}'
        '<w14:ligatures w14:val="standardContextual"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )


def _style(style: WordStyle, catalogue: Catalogue, writer: FormWriter) -> str:
    normal = style.key == StyleKey.TEXT and not style.based_on
    default = ' w:default="1"' if normal else ""
    custom = "" if style.name[0].islower() or style.name in _BUILT_IN else ' w:customStyle="1"'
    head = f'<w:style w:type="{style.kind}"{default}{custom} w:styleId="{style.id}">'
    head += f'<w:name w:val="{attribute(style.name)}"/>'
    based_on = style.based_on or ("DefaultParagraphFont" if style.kind == "character" else "")
    links = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    if style.next and style.next in catalogue.styles:
        links += f'<w:next w:val="{style.next}"/>'
    hidden = "<w:semiHidden/>" if style.key in _HIDDEN and style.name in ("Heading", "Group") else ""
    listed = style.key == StyleKey.LIST_ITEM and not style.name.endswith("List Paragraph")
    quick = "" if hidden or (style.key in _NOT_FOR_HAND and not listed) else "<w:qFormat/>"
    priority = f'<w:uiPriority w:val="{_PRIORITY.get(style.key, 9)}"/>'
    inner = (
        _character(style, catalogue) if style.kind == "character" else _paragraph(style, catalogue, writer)
    )
    return f"{head}{links}{priority}{hidden}{quick}{inner}</w:style>"


def _paragraph(style: WordStyle, catalogue: Catalogue, writer: FormWriter) -> str:
    base = catalogue.styles.get(style.based_on)
    form_base = writer.properties(base.form) if base else forms.BUILT_IN
    run_base = catalogue.runs.properties(base.look) if base else _run_defaults(catalogue)
    form = forms.joined(forms.differences(writer.properties(style.form), form_base))
    run = runs.joined(runs.differences(catalogue.runs.properties(style.look), run_base))
    return (f"<w:pPr>{form}</w:pPr>" if form else "") + (f"<w:rPr>{run}</w:rPr>" if run else "")


def _run_defaults(catalogue: Catalogue) -> runs.Properties:
    text = catalogue.runs.plain.text
    plain = {name: runs.toggle(name, False) for name in runs.TOGGLES}
    ligatures = '<w14:ligatures w14:val="standardContextual"/>'
    fonts = catalogue.runs.fonts_of(catalogue.runs.minor)
    return {**runs.BUILT_IN, **plain, "rFonts": fonts, "sz": runs.size(text.size), "ligatures": ligatures}


def character_properties(style: WordStyle, catalogue: Catalogue) -> runs.Properties:
    """Return what a character style sets: what its mark changes in plain text."""
    found = catalogue.runs.properties(style.look)
    return runs.differences(found, catalogue.runs.properties(catalogue.runs.plain))


def _character(style: WordStyle, catalogue: Catalogue) -> str:
    run = runs.joined(character_properties(style, catalogue))
    return f"<w:rPr>{run}</w:rPr>" if run else ""


def _table_style(sheet: StyleSheet, palette: Palette) -> str:
    """The table style: outer rules, rules between rows, cell margins, and what the first row has of its own."""
    table, cell = sheet.styles[StyleKey.TABLE], sheet.of(StyleKey.TABLE_CELL, StyleKey.TABLE)
    head = sheet.of(StyleKey.TABLE_HEAD, StyleKey.TABLE)
    between = cell.border_bottom if cell.border_bottom.width else cell.border_top
    upright = cell.border_right if cell.border_right.width else cell.border_left
    borders = _borders(
        palette,
        top=table.border_top,
        left=table.border_left,
        bottom=table.border_bottom,
        right=table.border_right,
        insideH=between,
        insideV=upright,
    )
    margins = "".join(
        f'<w:{side} w:w="{twips(length)}" w:type="dxa"/>'
        for side, length in (
            ("top", cell.padding.top),
            ("left", cell.padding.left),
            ("bottom", cell.padding.bottom),
            ("right", cell.padding.right),
        )
    )
    fill = f"<w:shd {palette.fill(cell.background)}/>" if cell.background else ""
    first_borders = _borders(palette, top=head.border_top, bottom=head.border_bottom)
    first_fill = f"<w:shd {palette.fill(head.background)}/>" if head.background else ""
    first = (f"<w:tcBorders>{first_borders}</w:tcBorders>" if first_borders else "") + first_fill
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}"><w:name w:val="Octavo Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        + (f"<w:tblBorders>{borders}</w:tblBorders>" if borders else "")
        + f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        + (f"<w:tcPr>{fill}</w:tcPr>" if fill else "")
        + f'<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr>{first}</w:tcPr></w:tblStylePr></w:style>'
    )


def _borders(palette: Palette, **sides: Border) -> str:
    return "".join(
        [border_xml(name, border, 0, palette) for name, border in sides.items() if border.width > 0]
    )


_BUILT_IN: Final = {
    "Normal", "Body Text", "Title", "Subtitle", "List Paragraph", "Quote", "Bibliography", "TOC Heading", "Emphasis",
    "Strong", "Hyperlink", "List Bullet", "List Bullet 2", "List Bullet 3", "List Bullet 4", "List Bullet 5",
    "List Number", "List Number 2", "List Number 3", "List Number 4", "List Number 5", "List Continue",
    "List Continue 2", "List Continue 3", "List Continue 4", "List Continue 5",
}  # fmt: skip
"""Names that are Word's own; those that begin with a small letter all are."""
