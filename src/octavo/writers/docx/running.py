"""Headers and footers: the masthead's band, running heads with their fields, and what holds the text's first line down.

Word keeps one distance of headers from the page's edge for a whole section. With a masthead, which touches the edge, it
is 0, and the other headers stand lower by the space before them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from octavo.theme.running import PAGE_FIELDS, fields, pieces
from octavo.theme.style import Masthead, RunningLine, Style
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.tree.walk import plain_text
from octavo.units import twips
from octavo.writers.docx.fields import field
from octavo.writers.docx.form import TabStop, border_xml
from octavo.writers.docx.ink import Ink
from octavo.writers.docx.job import Job
from octavo.writers.docx.place import Paragraph, Place, reform
from octavo.writers.docx.story import Relationships
from octavo.writers.docx.xml import part

BASELINE: Final = 0.78
"""Where in a line of exact height its baseline is, from the top, as a share of the height."""
LEFT_SHARE: Final = 0.58
"""How much of a masthead's width its left lines take."""
FRONT: Final = "-front"
TURNED: Final = "-turned"
_OF_CHAPTERS: Final = ("section", "section-number")
_INSTRUCTIONS: Final[Mapping[str, str]] = {
    "page": "PAGE",
    "pages": "NUMPAGES",
    "section": "STYLEREF 1",
    "section-number": "STYLEREF 1 \\n",
}


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """The headers and footers of a document as whole parts, and where they stand, in points."""

    parts: Mapping[str, bytes]
    """"header-first", "header-default", "header-even", and the same of the footer; "header-default-front" and the like
    stand before the first chapter, where lines name chapters: Word would name the one that is to come;
    "header-default-turned" on pages that lie on their side."""
    header_distance: float
    footer_distance: float
    top: float
    """The top margin; a higher header moves the text down by itself."""


def write_running(job: Job, *, turned: bool = False) -> Running:
    """Return all headers and footers; those of pages that lie on their side where there are some."""
    page = job.sheet.page
    line_height = job.sheet.styles[StyleKey.PAGE_HEADER].leading
    foot = job.sheet.styles[StyleKey.PAGE_FOOTER].leading
    own = max(0.0, page.header_baseline - line_height * BASELINE)
    distance = 0.0 if page.masthead else own
    top = min(page.margin_top, page.first_margin_top)
    parts: dict[str, bytes] = {}
    values = known_fields(job)
    kinds: tuple[tuple[str, RunningLine, RunningLine], ...] = (
        ("first", page.header.first, page.footer.first),
        ("default", page.header.recto, page.footer.recto),
    )
    if page.facing:
        kinds = (*kinds, ("even", page.header.verso, page.footer.verso))
    _form_style(StyleKey.PAGE_HEADER, max(0.0, own - distance), [header for _, header, _ in kinds], job)
    _form_style(StyleKey.PAGE_FOOTER, 0.0, [footer for *_, footer in kinds], job)
    for kind, header, footer in kinds:
        wanted = page.first_margin_top if kind == "first" else page.margin_top
        content = ""
        reached = distance
        if kind == "first" and page.masthead:
            content, reached = _masthead(page.masthead, job)
        if kind != "first" or not page.masthead or _said(header):
            before = max(0.0, own - reached)
            content += _line(header, StyleKey.PAGE_HEADER, before, values, job)
            reached += before + line_height
        if wanted > max(top, reached) or not content.endswith("</w:p>"):
            content += _spacer(max(1.0, wanted - reached))
        parts[f"header-{kind}"] = part("w:hdr", content)
        parts[f"footer-{kind}"] = part("w:ftr", _line(footer, StyleKey.PAGE_FOOTER, 0.0, values, job))
    lines = [(kind, line) for kind, *both in kinds if kind != "first" for line in both]
    if any(_names_chapters(line) for _, line in lines):
        plain = {**values, **dict.fromkeys(_OF_CHAPTERS, "")}
        before = max(0.0, own - distance)
        for kind, header, footer in kinds[1:]:
            head = _line(header, StyleKey.PAGE_HEADER, before, plain, job)
            if page.margin_top > max(top, distance + before + line_height):
                head += _spacer(max(1.0, page.margin_top - distance - before - line_height))
            parts[f"header-{kind}{FRONT}"] = part("w:hdr", head)
            parts[f"footer-{kind}{FRONT}"] = part(
                "w:ftr", _line(footer, StyleKey.PAGE_FOOTER, 0.0, plain, job)
            )
    if turned:
        before = max(0.0, own - distance)
        for kind, header, footer in kinds[1:]:
            head = _line(header, StyleKey.PAGE_HEADER, before, values, job, turned=True)
            parts[f"header-{kind}{TURNED}"] = part("w:hdr", head)
            foot_line = _line(footer, StyleKey.PAGE_FOOTER, 0.0, values, job, turned=True)
            parts[f"footer-{kind}{TURNED}"] = part("w:ftr", foot_line)
    footer_distance = max(0.0, page.footer_baseline - foot * (1 - BASELINE))
    return Running(parts=parts, header_distance=distance, footer_distance=footer_distance, top=top)


def _names_chapters(line: RunningLine) -> bool:
    return any(
        f"{{{name}}}" in template
        for template in (line.left, line.center, line.right)
        for name in _OF_CHAPTERS
    )


def _said(line: RunningLine) -> bool:
    return bool(line.left or line.center or line.right)


def _spacer(height: float) -> str:
    spacing = f'<w:spacing w:before="0" w:after="0" w:line="{twips(min(height, 1500))}" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{spacing}</w:pPr></w:p>"


def _form_style(key: StyleKey, before: float, lines: Sequence[RunningLine], job: Job) -> None:
    """Give a style of running lines the tab stops that its lines use, and where they stand on most pages."""
    left, right = job.sheet.page.running_left, job.page_measure
    tabs = _stops(left, right, centred=any(line.center for line in lines))
    left += job.catalogue.style_of(key).indent_left
    job.catalogue.change_form(job.catalogue.paragraph(key), left=left, tabs=tabs, before=before, align="left")


def _line(
    line: RunningLine,
    key: StyleKey,
    before: float,
    values: Mapping[str, str],
    job: Job,
    *,
    turned: bool = False,
) -> str:
    """A running line: left, centre and right by tab stops, which the style has for pages that stand upright.

    Without anything in the middle there is no stop there, which a long text at the left would reach beyond.
    """
    named, style = job.catalogue.paragraph(key), job.catalogue.style_of(key)
    ink = Ink(named)
    content = _filled(line.left, values, ink, job)
    for template in (line.center, line.right):
        content += "<w:r><w:tab/></w:r>" + _filled(template, values, ink, job) if template else ""
    left = job.sheet.page.running_left + style.indent_left
    paragraph = job.paragraph(
        named, style, Place(relationships=Relationships(), width=job.page_measure), content
    )
    known = named.form.tabs
    if turned:
        left = style.indent_left
        cleared = [TabStop(each.position, "clear") for each in known]
        tabs = (*cleared, *_stops(left, job.text_height, centred=bool(line.center)))
    else:
        unused = [each for each in known if each.align == "center" and line.right and not line.center]
        tabs = (
            *[TabStop(each.position, "clear") for each in unused],
            *[each for each in known if each not in unused],
        )
    reform(paragraph, left=left, tabs=tabs, before=before, align="left")
    return job.xml([paragraph], closed=False)


def _stops(left: float, right: float, *, centred: bool) -> tuple[TabStop, ...]:
    middle = (TabStop((left + right) / 2, "center"),) if centred else ()
    return (*middle, TabStop(right, "right"))


def known_fields(job: Job) -> dict[str, str]:
    """Return what templates are filled with. Fields of the page hold what the first page shows."""
    found = fields(job.resolved.document.metadata, job.index)
    first = next((heading for heading in job.index.headings if heading.level == 1), None)
    found["page"] = "1"
    found["pages"] = str(len(job.layout.pages)) if job.layout else "1"
    found["section"] = plain_text(first.title).replace("\n", " ") if first else ""
    found["section-number"] = first.number if first else ""
    return found


def _filled(template: str, values: Mapping[str, str], ink: Ink, job: Job) -> str:
    runs: list[str] = []
    for piece in pieces(template, values):
        if piece.field in PAGE_FIELDS and piece.text:
            inner = ink.within(MarkKey.FOLIO) if piece.field == "page" else ink
            properties = job.well.properties(inner)
            runs.append(field(_INSTRUCTIONS[piece.field], job.well.text(piece.text, inner), properties))
        else:
            runs.append(job.well.text(piece.text, ink))
    return "".join(runs)


def _masthead(masthead: Masthead, job: Job) -> tuple[str, float]:
    """Return the band as a table, as wide as the page, or as the text where it has no ground; and where it ends."""
    page = job.sheet.page
    style, series = job.sheet.styles[StyleKey.MASTHEAD], job.sheet.styles[StyleKey.MASTHEAD_SERIES]
    left = page.margin_inner + style.indent_left
    right = page.margin_outer + style.indent_right
    right_lines = _lines(masthead.right, StyleKey.MASTHEAD_SERIES, job)
    left_lines = _lines(masthead.left, StyleKey.MASTHEAD, job)
    share = (page.width - left - right) * (LEFT_SHARE if any(masthead.right) else 1.0)
    start, end = (0.0, 0.0) if style.background else (left, right)
    whole = twips(page.width - start - end)
    widths = (twips(left - start + share), whole - twips(left - start + share))
    fill = f"<w:shd {job.palette.fill(style.background)}/>" if style.background else ""
    rule = style.border_bottom
    border = f"<w:tcBorders>{border_xml('bottom', rule, 0, job.palette)}</w:tcBorders>" if rule.width else ""
    edges = (left - start, right - end)
    beside = page.margin_inner
    if job.leftwards:
        # Word and LibreOffice disagree on where a table from right to left begins: so its cells change places.
        widths, edges, start = widths[::-1], edges[::-1], end
        left_lines, right_lines, style, series = right_lines, left_lines, series, style
        beside = page.margin_inner if page.facing else page.margin_outer
    cells = (
        _cell(widths[0], border + fill, (edges[0], 0.0, _below(masthead, style)), left_lines),
        _cell(widths[1], border + fill, (0.0, edges[1], _below(masthead, series)), right_lines),
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    table = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableNormal"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="{twips(start - beside)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twips(masthead.height)}" w:hRule="exact"/></w:trPr>'
        f"{''.join(cells)}</w:tr></w:tbl>"
    )
    return table, masthead.height + rule.width


def _below(masthead: Masthead, style: Style) -> float:
    """The space below the last line: its baseline stands `inset_bottom` above the band's edge."""
    return max(0.0, masthead.inset_bottom - style.leading * (1 - BASELINE))


def _cell(width: int, formats: str, space: tuple[float, float, float], content: str) -> str:
    left, right, bottom = space
    margins = (
        f'<w:tcMar><w:top w:w="0" w:type="dxa"/><w:left w:w="{twips(left)}" w:type="dxa"/>'
        f'<w:bottom w:w="{twips(bottom)}" w:type="dxa"/><w:right w:w="{twips(right)}" w:type="dxa"/></w:tcMar>'
    )
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{formats}{margins}<w:vAlign w:val="bottom"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def _lines(templates: Sequence[str], key: StyleKey, job: Job) -> str:
    named = job.catalogue.paragraph(key)
    values = known_fields(job)
    found = [_filled(template, values, Ink(named), job) for template in templates]
    written = [line for line in found if line] or [""]
    return job.xml([Paragraph(named, named.form, line) for line in written])
