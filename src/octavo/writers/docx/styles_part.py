"""styles.xml: every named style, complete by what it is based on and what it differs in; the table style."""

from __future__ import annotations

from typing import Final

from octavo.theme.style import Border
from octavo.tree.semantics import StyleKey
from octavo.units import Color, twips
from octavo.writers.docx import form as forms
from octavo.writers.docx import runs
from octavo.writers.docx.catalogue import Catalogue, WordStyle
from octavo.writers.docx.form import FormWriter, border_xml
from octavo.writers.docx.gallery import is_ground, is_offered, priority
from octavo.writers.docx.palette import Palette
from octavo.writers.docx.xml import attribute, part

TABLE_STYLE: Final = "OctavoTable"
_LATENT: Final = (
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" '
    'w:defQFormat="0" w:count="376"/>'
)
"""Word's other styles stay out of its menus until somebody uses one."""
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


def styles_part(catalogue: Catalogue, writer: FormWriter, palette: Palette, language: str) -> bytes:
    """Return styles.xml."""
    made = [_style(style, catalogue, writer) for style in catalogue.styles.values()]
    table = _table_style(catalogue, palette)
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
    hidden = "<w:semiHidden/><w:unhideWhenUsed/>" if is_ground(style) else ""
    quick = "<w:qFormat/>" if is_offered(style) else ""
    place = f'<w:uiPriority w:val="{priority(style)}"/>'
    inner = (
        _character(style, catalogue) if style.kind == "character" else _paragraph(style, catalogue, writer)
    )
    return f"{head}{links}{place}{hidden}{quick}{inner}</w:style>"


def _paragraph(style: WordStyle, catalogue: Catalogue, writer: FormWriter) -> str:
    base = catalogue.styles.get(style.based_on)
    form_base = writer.properties(base.form) if base else forms.BUILT_IN
    run_base = catalogue.runs.properties(base.look) if base else _run_defaults(catalogue)
    wanted = writer.properties(style.form)
    said = forms.differences(wanted, form_base)
    if base and _counts_from_afar(style, base, catalogue):
        said["ind"] = wanted["ind"]
    form = forms.joined(said)
    run = runs.joined(runs.differences(catalogue.runs.properties(style.look), run_base))
    return (f"<w:pPr>{form}</w:pPr>" if form else "") + (f"<w:rPr>{run}</w:rPr>" if run else "")


def _counts_from_afar(style: WordStyle, base: WordStyle, catalogue: Catalogue) -> bool:
    """Say whether a style is in a list by what its base is based on: LibreOffice then takes the list's indents."""
    further = catalogue.styles.get(base.based_on)
    number = style.form.number
    return number is not None and further is not None and number == base.form.number == further.form.number


def _run_defaults(catalogue: Catalogue) -> runs.Properties:
    text = catalogue.runs.plain.text
    plain = {name: runs.toggle(name, False) for name in (*runs.TOGGLES, "bCs")}
    ligatures = '<w14:ligatures w14:val="standardContextual"/>'
    fonts = catalogue.runs.fonts_of(catalogue.runs.minor)
    return {**runs.BUILT_IN, **plain, "rFonts": fonts, "sz": runs.size(text.size), "ligatures": ligatures}


def character_properties(style: WordStyle, catalogue: Catalogue) -> runs.Properties:
    """Return what a character style sets: what its mark changes in the text that it stands in."""
    found = catalogue.runs.properties(style.look)
    return runs.differences(found, catalogue.runs.properties(style.plain or catalogue.runs.plain))


def _character(style: WordStyle, catalogue: Catalogue) -> str:
    run = runs.joined(character_properties(style, catalogue))
    return f"<w:rPr>{run}</w:rPr>" if run else ""


def _table_style(catalogue: Catalogue, palette: Palette) -> str:
    """The table style: outer rules, rules between rows, cell margins, and what rows and columns have of their own.

    Bands are there for an editor to switch on; a table says by its look which of the conditions hold for it.
    """
    sheet = catalogue.sheet
    table, cell = sheet.styles[StyleKey.TABLE], sheet.of(StyleKey.TABLE_CELL, StyleKey.TABLE)
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
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}"><w:name w:val="Octavo Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>'
        '<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblStyleColBandSize w:val="1"/>'
        '<w:tblInd w:w="0" w:type="dxa"/>'
        + (f"<w:tblBorders>{borders}</w:tblBorders>" if borders else "")
        + f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        + (f"<w:tcPr>{fill}</w:tcPr>" if fill else "")
        + f"{_conditions(catalogue, palette)}</w:style>"
    )


def _conditions(catalogue: Catalogue, palette: Palette) -> str:
    """Return the conditional formats (ECMA-376-1, 17.7.6.6): head, last row, first and last column, bands."""
    sheet = catalogue.sheet
    head = sheet.of(StyleKey.TABLE_HEAD, StyleKey.TABLE)
    runs_of = catalogue.runs.properties
    named = catalogue.paragraph(StyleKey.TABLE_HEAD).look, catalogue.paragraph(StyleKey.TABLE_CELL).look
    strong = runs.joined(runs.differences(runs_of(named[0]), runs_of(named[1])))
    strong = f"<w:rPr>{strong}</w:rPr>" if strong else ""
    head_cell = _cell_format(palette, head.background, top=head.border_top, bottom=head.border_bottom)
    last_cell = _cell_format(palette, None, top=head.border_bottom)
    shade = next((sheet.palette[name] for name in ("tint", "hairline") if name in sheet.palette), None)
    band = _cell_format(palette, shade)
    made = (
        ("firstRow", f"<w:pPr><w:keepNext/></w:pPr>{strong}", f'{head_cell}<w:vAlign w:val="bottom"/>'),
        ("lastRow", strong, last_cell),
        ("firstCol", "", ""),  # it is said for listeners; in print such cells look like the others
        ("lastCol", strong, ""),
        ("band1Vert", "", band),
        ("band1Horz", "", band),
    )
    return "".join(
        f'<w:tblStylePr w:type="{name}">{text}<w:tblPr/><w:tcPr>{cell}</w:tcPr></w:tblStylePr>'
        for name, text, cell in made
    )


def _cell_format(palette: Palette, fill: Color | None, **rules: Border) -> str:
    borders = _borders(palette, **rules)
    shade = f"<w:shd {palette.fill(fill)}/>" if fill else ""
    return (f"<w:tcBorders>{borders}</w:tcBorders>" if borders else "") + shade


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
