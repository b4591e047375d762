"""The style sheet: a rule for each style in use, relative to the body's text, whose size and face are the reader's.

Only elements of text have properties of text, so that ems never multiply; boxes have ems of the body's size. What
reaches out of the text column does so on wide screens only.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from octavo.theme import schema
from octavo.theme.style import Mark, Style, StyleSheet
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.units import Color
from octavo.writers.epub import css_values as values
from octavo.writers.epub.css_values import Declarations, color, em, number
from octavo.writers.epub.night import DARK, PALE, night_background, night_rule, night_text
from octavo.writers.epub.scribe import Use, css_name, initial_class
from octavo.writers.epub.turning import PLAIN, Directions, Said, joined, opposite
from octavo.writers.epub.typefaces import EmbeddedFace

NUMBERED: Final = "numbered"
_ELEMENTS: Final[Mapping[str, str]] = {
    MarkKey.EMPHASIS: "em",
    MarkKey.STRONG: "strong",
    MarkKey.SUPERSCRIPT: "sup",
    MarkKey.SUBSCRIPT: "sub",
    MarkKey.DELETED: "del",
    MarkKey.CODE: "code",
    MarkKey.LINK: "a",
}
_UNSHOWN: Final = frozenset({MarkKey.FOLIO, MarkKey.LIST_MARKER})
_RESET: Final = """\
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
h1, h2, h3, h4, h5, h6, p, ul, ol, li, dl, dt, dd, figure, figcaption, caption, blockquote, pre, hr, table, th, td {
  margin: 0; padding: 0; border: 0; font-size: 1em; font-weight: inherit; text-align: inherit; }
ol, ul { list-style-position: outside; }
li > ol[class], li > ul[class] { margin-top: 0; margin-bottom: 0; }
em, cite, dfn, var, address { font-style: inherit; }
strong, b { font-weight: inherit; }
q { quotes: none; }
q::before, q::after { content: none; }
a { color: inherit; text-decoration: underline; text-decoration-thickness: 0.06em; text-underline-offset: 0.16em; }
sup, sub { font-size: 0.7em; line-height: 0; }
code, pre { font-family: monospace; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; -moz-tab-size: 4; tab-size: 4; }
pre code { font: inherit; }
img { max-width: 100%; height: auto; vertical-align: middle; break-inside: avoid; }
table { border-collapse: collapse; width: 100%; }
th, td { vertical-align: top; }
"""
_FIXED: Final = """\
thead th, thead td { vertical-align: bottom; }
td.left, th.left { text-align: left; }
td.center, th.center { text-align: center; }
td.right, th.right, td.decimal, th.decimal { text-align: right; }
td.justify, th.justify { text-align: justify; }
td.decimal { font-variant-numeric: lining-nums tabular-nums; }
p.picture { text-indent: 0; }
figure img, p.picture img, .cover img { vertical-align: bottom; }
h1, h2, h3, h4, h5, h6, p.subtitle, p.group-title { text-wrap: balance; }
.scroll { overflow-x: auto; }
.scroll caption { max-width: 88vw; }
td.short, th.short { white-space: nowrap; }
td.long, th.long { overflow-wrap: anywhere; min-width: 7em; }
@media (max-width: 36em) { td.prose { min-width: 9em; } }
ul > li.task, ol > li.task { list-style-type: none; }
.task > p:first-child { text-indent: -1.4em; }
.contents ol, .works { list-style-type: none; padding-left: 0; }
.contents a, .caption-label a { text-decoration: none; }
.footnote-mark a { color: inherit; text-decoration: none; }
.note-number { font-variant-numeric: lining-nums; }
.page-break { break-after: page; page-break-after: always; }
.formula-number { float: right; }
.heading-number { margin-right: 0.35em; }
.caption-label { margin-right: 0.3em; }
body.cover { max-width: none; margin: 0; padding: 0; text-align: center; }
.cover img { max-height: 99vh; }
header.bare { padding-top: 2em; }
header.title-page { padding-top: 4em; padding-top: 22vh; break-after: page; page-break-after: always; }
header.title-page + main { padding-top: 3em; }
p.imprint { margin-top: 6em; margin-top: 24vh; }
p.imprint::before { content: ""; display: block; width: 3em; margin: 0 0 1.2em; border-top: 0.06em solid; }
nav ol { list-style-type: none; padding-left: 1.2em; }
nav > ol { padding-left: 0; }
nav li { margin: 0.35em 0; }
nav a { text-decoration: none; }
"""


_LINE: Final = "\n"
_CAPITAL: Final = 0.67
"""About how high the capitals of text faces are, in ems."""
_NIGHTS: Final = (':root[__ibooks_internal_theme*="Night"]', ':root[style*="readium-night-on"]')
"""How Apple Books and the programs built on Readium say that their reader has chosen the night: they do not answer
`prefers-color-scheme` then."""
_ROOM: Final = 36
"""From this width on, in ems of the screen, lines are justified and a masthead has two columns."""
_PHONE: Final = 30
"""Up to this width, in ems of the screen, large type is made smaller."""
_LARGE: Final = 1.6
_KEPT: Final = 0.4
"""On a phone, what is larger than so many ems keeps this share of what it is larger by."""
_COLUMN: Final = 18
"""How much of a screen's width each column of a group takes at least, in ems."""
_MASTHEAD_LINES: Final = """\
.masthead-lines { display: flex; justify-content: space-between; align-items: flex-end; }
.masthead-lines > div + div { flex: none; padding-left: 2em; }
.masthead-lines > div + div p { text-align: end; }
"""


class SheetWriter:
    """Collects rules for the styles in use and prints them."""

    def __init__(self, styles: StyleSheet, *, mirrored: bool) -> None:
        self.styles = styles
        self.mirrored = mirrored
        self.base = styles.of(StyleKey.PARAGRAPH)
        self.rules: dict[str, list[str]] = {}
        self.wide: dict[str, list[str]] = {}
        self.columns: dict[int, dict[str, list[str]]] = {}
        """What holds from a width on that has room for so many columns."""
        self.night: dict[str, list[str]] = {}
        self.reach = 0.0
        self.said: list[Said] = []
        """All that was added to the rules, to those of wide screens and to those of the night, in its order."""

    def add(self, use: Use, *, numbered: bool) -> None:
        """Add the rules of one style in use."""
        style = self.styles.of(use.style, use.within)
        selector = f"{use.element}.{use.name}"
        size = style.size if use.kind == "text" and use.element not in ("td", "th") else self.base.size
        made = self._declarations(use, style, size)
        if use.kind in ("text", "bare"):
            own = self._own_color(style, use)
            if own is not None:
                made["color"] = color(own)
                self._add(self.night, selector, {"color": color(night_text(own, self._ground(style, use)))})
        self._add(self.rules, selector, made)
        if use.kind in ("text", "box", "space"):
            reach = values.reach_declarations(style, size, mirrored=self.mirrored)
            self._add(self.wide, selector, reach)
            if reach:
                self.reach = max(self.reach, -style.indent_left)
        if use.kind in ("text", "box", "frame"):
            self._add_night_frame(selector, style, use)
        if use.kind == "box" and values.is_decorated(style):
            self._add(self.rules, f"{selector} > :first-child", {"margin-top": "0"})
            self._add(self.rules, f"{selector} > :last-child", {"margin-bottom": "0"})
        if use.kind == "box" and style.columns > 1:
            self._add_columns(selector, style)
        if use.style == StyleKey.MASTHEAD and use.kind == "box":
            self._pad_masthead(selector, style)
        if numbered:
            self._hang_number(selector, style)
        if use.element == "li" and use.kind == "box":
            self._hang_marker(selector, style)
        if use.element == "table" and style.border_bottom.width:
            # The table's own edge is the last row's.
            last = f"{selector} > :last-child > tr:last-child > "
            self._add(self.rules, f"{last}td, {last}th", {"border-bottom": "0"})
        if use.element == "hr":
            self._draw_divider(selector, style)

    def _declarations(self, use: Use, style: Style, size: float) -> Declarations:
        # Code runs to the right, whatever the text around it does.
        roles, mirrored = self.styles.fonts, self.mirrored and use.element != "pre"
        made: Declarations = {}
        if use.kind in ("text", "bare"):
            made.update(values.text_declarations(style, self.base, roles, mirrored=mirrored))
        if use.element in ("td", "th"):
            size = style.size if use.kind == "text" else size
            made.update(values.frame_declarations(style, size, mirrored=mirrored))
            return made
        if use.kind in ("text", "box"):
            made.update(values.box_declarations(style, size, mirrored=mirrored))
        elif use.kind == "space":
            made.update(values.space_declarations(style, size, mirrored=mirrored))
        elif use.kind == "frame":
            made.update(values.frame_declarations(style, size, mirrored=mirrored))
        if use.kind == "text" and style.first_line_indent:
            made["text-indent"] = em(style.first_line_indent, style.size)
        if use.kind == "box" and style.background is not None:
            # A panel brings its own ground, so it must bring its own ink, whatever the reader's colours are.
            made["color"] = color(style.color)
        return made

    def _own_color(self, style: Style, use: Use) -> Color | None:
        """Return a text's colour where it is not the one it inherits: the reader's, or its panel's."""
        container = self._container(use)
        if style.background is not None or (container is None and style.color != self.base.color):
            return style.color
        if container is not None and style.color != container.color:
            return style.color
        return None

    def _container(self, use: Use) -> Style | None:
        """Return the panel that a text stands on."""
        if not use.within or use.within not in self.styles.styles or use.within in schema.BESIDE:
            return None
        container = self.styles.of(use.within)
        return container if container.background is not None else None

    def _ground(self, style: Style, use: Use) -> Color:
        container = self._container(use)
        ground = style.background or (container.background if container else None)
        return night_background(ground) if ground is not None else DARK

    def _add_night_frame(self, selector: str, style: Style, use: Use) -> None:
        made: Declarations = {}
        ground = self._ground(style, use)
        if style.background is not None and ground != style.background:
            made["background-color"] = color(ground)
            if use.kind == "box":
                made["color"] = color(PALE)
        for name in ("top", "right", "bottom", "left"):
            edge = getattr(style, f"border_{name}")
            if edge.width and (turned := night_rule(edge.color)) != edge.color:
                made[f"border-{values.side(name, self.mirrored)}-color"] = color(turned)
        self._add(self.night, selector, made)

    def _add_columns(self, selector: str, style: Style) -> None:
        table = self.columns.setdefault(style.columns, {})
        gap = em(style.column_gap, self.base.size)
        self._add(table, selector, {"column-count": str(style.columns), "column-gap": gap})
        self._add(table, f"{selector} > p[class$=group-title]", {"column-span": "all"})

    def _pad_masthead(self, selector: str, style: Style) -> None:
        """Give a band the room around its lines that it has on paper from the trim edge."""
        masthead = self.styles.page.masthead
        # From the last baseline to the edge: a line's own foot is half its leading less a third of its size below.
        inset = masthead.inset_bottom - 0.5 * style.leading + 0.355 * style.size if masthead else 0.0
        foot = em(max(0.0, inset), self.base.size)
        sides = "1.5em" if style.background is not None else "0"
        padding = f"{'1.8em' if style.background is not None else '0'} {sides} {foot}"
        self._add(self.rules, selector, {"padding": padding, "margin-bottom": "2.6em"})
        self._add(self.rules, f"{selector} p", {"text-align": "start"})

    def _hang_number(self, selector: str, style: Style) -> None:
        """Let a heading's number hang where there is room."""
        if style.marker_indent <= 0:
            return
        self.reach = max(self.reach, style.marker_indent)
        mark = self.styles.marks.get(MarkKey.HEADING_NUMBER)
        hang = em(style.marker_indent, style.size * ((mark.scale if mark else None) or 1.0))
        left = values.side("left", self.mirrored)
        right = values.side("right", self.mirrored)
        made = {
            "display": "inline-block",
            "box-sizing": "border-box",
            "min-width": hang,
            f"padding-{right}": "0.4em",
            "margin": f"0 0 0 -{hang}" if left == "left" else f"0 -{hang} 0 0",
        }
        self._add(self.wide, f"{selector} > .{MarkKey.HEADING_NUMBER}", made)

    def _hang_marker(self, selector: str, style: Style) -> None:
        """Set a list's marker; a program that knows only the common ones shows a bullet."""
        marker = values.marker(style, mirrored=self.mirrored)
        text = marker.replace("\\", "\\\\").replace('"', '\\"')
        if text and text not in ("•", "*"):
            self._add(self.rules, f"ul > {selector}", {"list-style-type": f'"{text}\\2002 "'})
        mark = self.styles.marks.get(MarkKey.LIST_MARKER)
        if mark is None:
            return
        made = values.mark_declarations(mark, self.styles.fonts)
        kept: Declarations = {
            name: made[name] for name in ("color", "font-weight", "font-family") if name in made
        }
        kept.setdefault("font-variant-numeric", "lining-nums tabular-nums")
        self._add(self.rules, f"{selector}::marker", kept)
        if mark.color is not None:
            self._add(self.night, f"{selector}::marker", {"color": color(night_text(mark.color))})

    def _draw_divider(self, selector: str, style: Style) -> None:
        if style.marker:
            text = style.marker.replace("\\", "\\\\").replace('"', '\\"')
            self._add(self.rules, selector, {"border": "0", "text-align": "center", "overflow": "visible"})
            self._add(self.rules, f"{selector}::before", {"content": f'"{text}"'})
            return
        edge = style.border_top if style.border_top.width else style.border_bottom
        line = values.border(edge, self.base.size) if edge.width else "1px solid currentColor"
        wide = "100%" if style.align == "justify" else "20%"
        sides = {"left": "margin-right", "right": "margin-left"}.get(style.align)
        made = {
            "border": "0",
            "border-top": line,
            "width": wide,
            "margin-left": "auto",
            "margin-right": "auto",
        }
        if sides:
            made["margin-left" if sides == "margin-right" else "margin-right"] = "0"
        self._add(self.rules, selector, made)

    def add_mark(self, name: str, mark: Mark) -> None:
        """Add the rules of an inline mark."""
        if name in _UNSHOWN:
            return
        selector = _ELEMENTS.get(name, f".{css_name(name)}")
        made = values.mark_declarations(mark, self.styles.fonts)
        if name == MarkKey.LINK and mark.underline is None:
            made.pop("text-decoration", None)
        if name == MarkKey.GROUP_LABEL:
            selector = f"b{selector}"
        self._add(self.rules, selector, made)
        turned: Declarations = {}
        ground = DARK
        if mark.background is not None:
            ground = night_background(mark.background)
            turned["background-color"] = color(ground)
        if mark.color is not None:
            turned["color"] = color(night_text(mark.color, ground))
        elif mark.background is not None:
            turned["color"] = color(PALE)
        self._add(self.night, selector, turned)

    def add_images(self) -> None:
        """Drawings made for paper often have no ground of their own: by night they keep its white."""
        self._add(self.night, "main img", {"background-color": "#ffffff"})

    def _add(self, table: dict[str, list[str]], selector: str, declarations: Declarations) -> None:
        for place, known in (("rules", self.rules), ("wide", self.wide), ("night", self.night)):
            if table is known:
                self.said.append(Said(place, selector, declarations))
        if declarations:
            table.setdefault(joined(declarations), []).append(selector)


def style_sheet(
    styles: StyleSheet,
    uses: Collection[Use],
    marks: Collection[str],
    numbered: frozenset[Use],
    faces: Sequence[EmbeddedFace],
    *,
    directions: Directions = PLAIN,
) -> str:
    """Return the e-book's style sheet."""
    mirrored, both = directions.mirrored, directions.both
    writer, other = SheetWriter(styles, mirrored=mirrored), SheetWriter(styles, mirrored=not mirrored)
    for each in (writer, other) if both else (writer,):
        for use in uses:
            each.add(use, numbered=use in numbered)
        for name in marks:
            mark = styles.marks.get(name)
            if mark is not None:
                each.add_mark(name, mark)
        each.add_images()
    page = styles.page
    measure = max(10.0, (page.width - page.margin_inner - page.margin_outer) / writer.base.size)
    reach = writer.reach / writer.base.size
    parts = [face.rule() for face in faces]
    parts.append(_RESET)
    parts.append(_body(styles, writer.base, measure, reach))
    parts.append(_printed(writer.rules))
    parts.append(_turned(_FIXED) if mirrored else _FIXED)
    parts.append(_turned(_initial(styles)) if mirrored else _initial(styles))
    if styles.of(StyleKey.BYLINE).align == "center":
        parts.append("p.imprint::before { margin: 0 auto 1.2em; }\n")
    # Where nobody is named, text is as far from the title as it would be from the names.
    parts.append(
        f"header {{ margin-bottom: {em(styles.of(StyleKey.BYLINE).space_after, writer.base.size)}; }}\n"
    )
    parts.append(_notes(styles, writer.base))
    parts.append(_narrow(writer))
    if both:
        turned = opposite(writer.said, other.said, _FIXED, leftwards=not mirrored)
        parts.append(_printed(turned["rules"]) + _printed(turned["fixed"]))
        writer.wide.update(turned["wide"])
        writer.night.update(turned["night"])
    parts.append(_wide(writer, measure, reach))
    if writer.night:
        parts.append(_media("(prefers-color-scheme: dark)", _printed(writer.night)))
        parts.append(_printed(writer.night, _NIGHTS))
    return "".join(parts)


def _turned(rules: str) -> str:
    """Return rules with left and right in each other's place, but for cells, whose sides the author has named."""
    return "".join(
        line if line.startswith(("td.", "th.")) else re.sub(r"\b(left|right)\b", _other_side, line)
        for line in rules.splitlines(keepends=True)
    )


def _other_side(match: re.Match[str]) -> str:
    return values.side(match.group(), mirrored=True)


def _body(styles: StyleSheet, base: Style, measure: float, reach: float) -> str:
    """The reader's own face, size and colours win over what stands here; see Kindle Publishing Guidelines, 10.3.2."""
    made = {
        "margin": "0 auto",
        "padding": "0.5em 4%",
        "max-width": f"{number(round(measure + reach, 1))}em",
        **_face(styles, base),
        "font-variant-numeric": values.figures(base.figures, base.figure_spacing),
        "overflow-wrap": "break-word",
        "widows": str(styles.text.widows),
        "orphans": str(styles.text.orphans),
        **values.hyphenation(base.hyphenate),
    }
    made.update(values.unusual_declarations(base))
    if base.align != "justify":
        made["text-align"] = {"center": "center", "right": "end"}.get(base.align, "start")
    leading = number(round(base.leading / base.size, 2))
    return f"body {{ {joined(made)} }}\n{_media('not amzn-kf8', f'body {{ line-height: {leading} }}{_LINE}')}"


def _face(styles: StyleSheet, base: Style) -> values.Declarations:
    if styles.page.text_face == "reader":
        return {}
    return {"font-family": values.family(base.font, styles.fonts)}


def _notes(styles: StyleSheet, base: Style) -> str:
    edge = styles.page.footnote_rule
    gap = em(styles.page.footnote_gap, base.size)
    rule = f"border-top: {values.border(edge, base.size)}; " if edge.width else ""
    return (
        f"section.notes {{ margin-top: 2.5em; }}\n"
        f"section.notes > aside:first-child {{ {rule}padding-top: {gap}; }}\n"
    )


def _wide(writer: SheetWriter, measure: float, reach: float) -> str:
    """Justified text and hanging numbers need room."""
    justified = "body { text-align: justify; }\n" if writer.base.align == "justify" else ""
    found = _media(f"(min-width: {_ROOM}em)", justified) if justified else ""
    found += _media(f"(min-width: {_ROOM}em)", _MASTHEAD_LINES)
    for count, rules in writer.columns.items():
        found += _media(f"(min-width: {count * _COLUMN}em)", _printed(rules))
    if writer.wide and reach:
        left = values.side("left", writer.mirrored)
        column = (
            f"body > header, body > main, body > section {{ padding-{left}: {number(round(reach, 3))}em; }}\n"
        )
        least = math.ceil(measure + reach)
        found += _media(f"(min-width: {least}em)", column + _printed(writer.wide))
    return found


def _narrow(writer: SheetWriter) -> str:
    """Large type is nearer to the text's size on a phone, where few of its words would have room."""
    large: dict[str, list[str]] = {}
    for said in writer.said:
        size = said.declarations.get("font-size", "") if said.place == "rules" else ""
        if size and (ems := float(size.removesuffix("em"))) > _LARGE:
            shown = number(round(_LARGE + _KEPT * (ems - _LARGE), 3))
            large.setdefault(f"font-size: {shown}em", []).append(said.selector)
    return _media(f"(max-width: {_PHONE}em)", _printed(large))


def _media(query: str, rules: str) -> str:
    return f"@media {query} {{\n{rules}}}\n" if rules else ""


def _printed(table: Mapping[str, list[str]], above: Sequence[str] = ()) -> str:
    """Return rules as text; `above` are the selectors of what must stand above, any of them."""
    return "".join(
        f"{', '.join(_below(dict.fromkeys(selectors), above))} {{ {body} }}\n"
        for body, selectors in table.items()
    )


def _below(selectors: Iterable[str], above: Sequence[str]) -> Iterable[str]:
    return [f"{each} {selector}" for each in above for selector in selectors] if above else selectors


def _initial(styles: StyleSheet) -> str:
    """Return the rules of drop initials, one for each depth that the theme's headings ask for (CSS Pseudo-Elements 4,
    2.2)."""
    text = styles.of(StyleKey.PARAGRAPH)
    lines = text.leading / text.size
    rules = ""
    for deep in sorted({style.drop_initial for style in styles.styles.values() if style.drop_initial > 1}):
        size = 1 + (deep - 1) * lines / _CAPITAL
        height = deep * lines / size
        rules += (
            f".{initial_class(deep)}::first-letter {{ float: left; font-size: {size:.3g}em; "
            f"line-height: {height:.3g}; padding-right: 0.06em; }}\n"
        )
    return rules
