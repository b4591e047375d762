"""Paragraph properties: where a paragraph stands and how its lines fall, as the children of `w:pPr`.

A `Form` is complete. A named style is a form; a paragraph is written as its style and what its own form differs in.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from octavo.theme.style import Border, Sides, Style
from octavo.units import BLACK, WHITE, Color, eighth_points, twips
from octavo.writers.docx.palette import Palette

ORDER: Final = (
    "keepNext", "keepLines", "pageBreakBefore", "framePr", "numPr", "pBdr", "shd", "tabs", "suppressAutoHyphens",
    "bidi", "spacing", "ind", "jc", "outlineLvl",
)  # fmt: skip
"""ECMA-376-1, 17.3.1.26; a paragraph's own `pStyle` stands before, `rPr` and `sectPr` after these.
Widows and orphans are kept together where nothing is said."""
FARTHEST: Final = 31.0
"""No border stands farther from its text than this many points (17.3.1.7)."""
NO_BORDER: Final = Border(0.0, BLACK)
_PAGE: Final = 31680
"""Word refuses measures beyond 22 inches, in twips."""
_ALIGNMENTS: Final = {
    "left": "left",
    "right": "right",
    "center": "center",
    "justify": "both",
    "decimal": "right",
}


class Panel(msgspec.Struct, frozen=True, kw_only=True):
    """A box around paragraphs. Word joins neighbours whose borders and edges are the same into one box.

    `begin` and `end` are where its content begins and ends, as `Form.left` and `Form.right` measure it.
    """

    begin: float = 0.0
    end: float = 0.0

    top: Border = NO_BORDER
    right: Border = NO_BORDER
    bottom: Border = NO_BORDER
    left: Border = NO_BORDER
    padding: Sides = Sides()
    background: Color | None = None


class Beside(msgspec.Struct, frozen=True):
    """A place in the outer margin, beside the paragraph that follows (17.3.1.11): how wide, and how far its left edge
    is from the page's; `facing`: it is as wide as the margin, and at that edge of the page."""

    width: float
    left: float
    facing: Literal["", "inside", "outside"] = ""


class TabStop(msgspec.Struct, frozen=True):
    """A tab stop, in points from the text's left margin; "clear" takes away one of the style."""

    position: float
    align: Literal["left", "center", "right", "decimal", "clear"] = "left"
    leader: Literal["none", "dot"] = "none"


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that Word says of a paragraph besides its text. Lengths in points.

    `left` and `right` are where the text begins and ends, from the margins; `first` is added for the first line.
    `number` is (numbering instance, level); `outline` the heading level from 0, -1 for body text.
    """

    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 12.0
    rule: Literal["exact", "atLeast"] = "exact"
    align: str = "left"
    keep_next: bool = False
    keep_lines: bool = False
    page_break: bool = False
    tops: bool = False
    """It begins a page that its style does not ask for: there is no space above it, as in print."""
    ends: bool = False
    """The space below it is that above the box that follows."""
    recto: bool = False
    """It begins a right-hand page: a section of its own, see `sections`."""
    panel: Panel | None = None
    beside: Beside | None = None
    hyphenate: bool = True
    outline: int = -1
    number: tuple[int, int] | None = None
    tabs: tuple[TabStop, ...] = ()
    right_to_left: bool = False


def has_box(style: Style) -> bool:
    """Say whether a style draws anything around its text, or pads it."""
    padding = style.padding
    return (
        style.background is not None
        or any(
            border.width
            for border in (style.border_top, style.border_right, style.border_bottom, style.border_left)
        )
        or bool(padding.top or padding.right or padding.bottom or padding.left)
    )


def bare(style: Style) -> Style:
    """Return a style with no box of its own, for text whose container has drawn it."""
    return msgspec.structs.replace(
        style,
        first_line_indent=0.0,
        indent_left=0.0,
        indent_right=0.0,
        space_before=0.0,
        space_after=0.0,
        padding=Sides(),
        background=None,
        border_top=NO_BORDER,
        border_right=NO_BORDER,
        border_bottom=NO_BORDER,
        border_left=NO_BORDER,
        keep_with_next=False,
        keep_together=False,
        break_before="auto",
    )


def panel_of(style: Style, begin: float, end: float) -> Panel | None:
    """Return the box that a style draws, if any, around content that begins and ends there."""
    if not has_box(style):
        return None
    return Panel(
        begin=begin,
        end=end,
        top=style.border_top,
        right=style.border_right,
        bottom=style.border_bottom,
        left=style.border_left,
        padding=style.padding,
        background=style.background,
    )


def panel_in_column(style: Style) -> Panel | None:
    """Return what is drawn behind the paragraphs of a group's column: the ground alone."""
    if style.background is None:
        return None
    return Panel(background=style.background)


def panel_above(panel: Panel | None) -> Panel | None:
    """Return a box as it is drawn around the title above columns: without what belongs to its end."""
    if panel is None:
        return None
    padding = panel.padding
    return msgspec.structs.replace(
        panel,
        bottom=NO_BORDER,
        padding=Sides(top=padding.top, right=padding.right, bottom=0.0, left=padding.left),
    )


def inset(style: Style) -> tuple[float, float]:
    """Return how far a style's text stands from the left and right edges of its box."""
    return style.padding.left + style.border_left.width, style.padding.right + style.border_right.width


def in_line(form: Form) -> tuple[Form, bool]:
    """Return a form whose edges are those of its panel, and whether its text now has to begin with a tab.

    Word and LibreOffice measure a paragraph's box from its first line where that hangs: so it hangs as far as the
    panel's edge, and a tab leads from there to the text.
    """
    panel = form.panel
    if panel is None or form.number is not None:
        return form, False
    edge = form.left + min(form.first, 0.0)
    if edge <= panel.begin + _SAME and form.right <= panel.end + _SAME:
        return form, False
    right = min(form.right, panel.end)
    if edge <= panel.begin + _SAME:
        return msgspec.structs.replace(form, right=right), False
    return msgspec.structs.replace(form, first=panel.begin - form.left, right=right), True


_SAME: Final = 0.06
"""Lengths that differ by less come to the same number of twips."""


def form_of(style: Style, left: float, right: float, panel: Panel | None) -> Form:
    """Return the form of a paragraph in a style whose text begins and ends there."""
    return Form(
        left=left,
        right=right,
        first=style.first_line_indent,
        before=style.space_before,
        after=style.space_after,
        line=style.leading,
        align=style.align,
        keep_next=style.keep_with_next,
        keep_lines=style.keep_together,
        page_break=style.break_before == "page",
        recto=style.break_before == "recto",
        panel=panel,
        hyphenate=style.hyphenate,
    )


class FormWriter:
    """Turns forms into paragraph properties; the same form gives the same dict."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._properties: dict[Form, dict[str, str]] = {}
        self._direct: dict[tuple[Form, Form], str] = {}

    def properties(self, form: Form) -> dict[str, str]:
        """Return all properties of a form; "" where the absence says it."""
        found = self._properties.get(form)
        if found is None:
            found = self._properties[form] = self._compute(form)
        return found

    def direct(self, form: Form, style: Form) -> str:
        """Return what a paragraph has to say beyond its style, in the order of the schema."""
        if form is style and not form.beside:
            return ""
        found = self._direct.get((form, style))
        if found is None:
            wanted = self.properties(form)
            said = differences(wanted, self.properties(style))
            if form.beside:
                # LibreOffice looks for frames in paragraphs only, Word in their styles too.
                said["framePr"] = wanted["framePr"]
            if "numPr" in said and not form.number:
                # Who leaves a list loses the indents that the list gave, those of the style among them.
                said["ind"] = wanted["ind"]
            found = self._direct[form, style] = joined(said)
        return found

    def _compute(self, form: Form) -> dict[str, str]:
        tabs = "".join(
            f'<w:tab w:val="{tab.align}"{_leader(tab)} w:pos="{_bounded(tab.position)}"/>'
            for tab in form.tabs
        )
        hanging = (
            f'w:hanging="{_bounded(-form.first)}"'
            if form.first < 0
            else f'w:firstLine="{_bounded(form.first)}"'
        )
        before, after = 0.0 if form.tops else form.before, 0.0 if form.ends else form.after
        spacing = f'w:before="{_spread(before)}" w:after="{_spread(after)}"'
        number = form.number
        return {
            "keepNext": _switch("keepNext", form.keep_next),
            "keepLines": _switch("keepLines", form.keep_lines),
            "pageBreakBefore": _switch("pageBreakBefore", form.page_break),
            "framePr": _frame(form.beside) if form.beside else "",
            "numPr": _numbering(number[0], number[1]) if number else "",
            "pBdr": self._borders(form.panel, mirrored=form.right_to_left) if form.panel else "",
            "shd": f"<w:shd {self._palette.fill(form.panel.background)}/>"
            if form.panel and form.panel.background
            else "",
            "tabs": f"<w:tabs>{tabs}</w:tabs>" if tabs else "",
            "suppressAutoHyphens": _switch("suppressAutoHyphens", not form.hyphenate),
            "bidi": _switch("bidi", form.right_to_left),
            "spacing": f'<w:spacing {spacing} w:line="{max(20, _spread(form.line))}" w:lineRule="{form.rule}"/>',
            "ind": f'<w:ind w:left="{_bounded(form.left)}" w:right="{_bounded(form.right)}" {hanging}/>',
            "jc": f'<w:jc w:val="{_ALIGNMENTS[form.align]}"/>',
            "outlineLvl": f'<w:outlineLvl w:val="{form.outline if form.outline >= 0 else 9}"/>',
        }

    def _borders(self, panel: Panel, *, mirrored: bool) -> str:
        """Borders are those of the page's sides, where indents are those of the line's ends (17.3.1.7, 17.3.1.12)."""
        padding = panel.padding
        left, right = (panel.left, padding.left), (panel.right, padding.right)
        if mirrored:
            left, right = right, left
        sides = (
            ("top", panel.top, padding.top),
            ("left", *left),
            ("bottom", panel.bottom, padding.bottom),
            ("right", *right),
        )
        end = panel.background
        if end is None and max(panel.left.width, panel.right.width) > 0:
            # A rule along the text that ends nowhere runs on through the space above and below.
            end = WHITE
        grounds = {"top": end, "bottom": end}
        found = "".join(
            [
                self._border(name, border, space, grounds.get(name, panel.background))
                for name, border, space in sides
            ]
        )
        return f"<w:pBdr>{found}</w:pBdr>" if found else ""

    def _border(self, side: str, border: Border, padding: float, ground: Color | None) -> str:
        """Padding without a rule is had from a rule in the ground's own colour, and so are its ends above and below."""
        space = round(min(FARTHEST, padding))
        if border.width > 0:
            return border_xml(side, border, space, self._palette)
        if ground is not None and (padding > 0 or side in ("top", "bottom")):
            return border_xml(side, Border(0.25, ground), space, self._palette)
        return ""


def border_xml(side: str, border: Border, space: int, palette: Palette) -> str:
    """Return one border; Word draws them from 1/4 to 12 pt."""
    width = max(2, min(96, eighth_points(border.width)))
    return f'<w:{side} w:val="single" w:sz="{width}" w:space="{space}" {palette.border(border.color)}/>'


_ABSENT: Final = {
    "framePr": "",
    "numPr": '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>',
    "pBdr": "<w:pBdr>"
    + "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right"))
    + "</w:pBdr>",
    "shd": '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>',
    "tabs": "",
}
"""How to say that something of the style does not hold."""

BUILT_IN: Final = {
    **{name: f'<w:{name} w:val="0"/>' for name in ("keepNext", "keepLines", "pageBreakBefore", "bidi")},
    "suppressAutoHyphens": '<w:suppressAutoHyphens w:val="0"/>',
    "framePr": "",
    "numPr": "",
    "pBdr": "",
    "shd": "",
    "tabs": "",
    "outlineLvl": '<w:outlineLvl w:val="9"/>',
}
"""What Word does where nothing is said."""


def differences(target: dict[str, str], base: dict[str, str]) -> dict[str, str]:
    """Return what has to be said to get from one form to another."""
    return {
        name: xml or _ABSENT[name] for name, xml in target.items() if base.get(name, _missing(name)) != xml
    }


def _missing(name: str) -> str:
    return "" if name in _ABSENT else "?"


def joined(properties: dict[str, str]) -> str:
    """Return the children of `w:pPr` in the order of the schema."""
    return "".join([properties[name] for name in ORDER if properties.get(name)])


def _switch(name: str, on: bool) -> str:
    return f"<w:{name}/>" if on else f'<w:{name} w:val="0"/>'


def _leader(tab: TabStop) -> str:
    return "" if tab.leader == "none" else f' w:leader="{tab.leader}"'


def _numbering(instance: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{instance}"/></w:numPr>'


def _frame(beside: Beside) -> str:
    """Return a frame; Word takes a distance of 0 for none, so it begins a twentieth of a point lower."""
    size = f'w:w="{_bounded(beside.width)}" w:wrap="around"'
    across = f'w:xAlign="{beside.facing}"' if beside.facing else f'w:x="{_bounded(beside.left)}"'
    return f'<w:framePr {size} w:vAnchor="text" w:hAnchor="page" {across} w:y="1"/>'


def _bounded(points: float) -> int:
    return max(-_PAGE, min(_PAGE, twips(points)))


def _spread(points: float) -> int:
    """Spaces and leadings are never negative."""
    return max(0, _bounded(points))
