"""What a finished Word file says of a style: styles.xml with all that a style is based on, theme fonts looked up.

Source: ECMA-376-1, 17.7 (styles), 17.3.1 and 17.3.2 (properties of paragraphs and runs), 20.1.6 (the theme).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from octavo.checks.parity.docx_standing import Standing, placed, said_there, standing
from octavo.checks.parity.pdf_values import WEIGHTS
from octavo.checks.parity.probe import ways, word
from octavo.checks.parity.values import GROUPS, Value, Values
from octavo.theme.style import Style
from octavo.tree.semantics import WORD_STYLES, MarkKey, StyleKey

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ALIGN: Final = {"left": "left", "right": "right", "center": "center", "both": "justify"}
_INDENTS: Final = ("indent-left", "indent-right")
_EDGES: Final = ("top", "right", "bottom", "left")

_TABLES: Final = (StyleKey.TABLE, StyleKey.TABLE_CELL, StyleKey.TABLE_HEAD)

_Properties = dict[str, Mapping[str, str]]
"""By element: its attributes, by their local name; borders by `pBdr.top` and so on."""


class DocxStyles(msgspec.Struct, frozen=True):
    """The styles of a file, by name, each with all that it is based on; and the theme's two fonts."""

    styles: Mapping[str, _Properties]
    characters: Mapping[str, _Properties]
    """What styles of characters say themselves: the rest is as in the paragraph around."""
    fonts: Mapping[str, str]
    section: Mapping[str, float]
    """What the last section says of its pages, as "pgMar.left", in points; of its columns how many."""
    settings: Mapping[str, str]
    """The file's settings, by name."""
    roman: bool
    """Whether some section counts its pages in Roman numerals."""
    title_page: bool
    """Whether the title block has a section of pages to itself."""
    depth: int
    lists: str
    """How the levels of an ordered list count, until they come again."""
    """How deep headings are numbered."""
    running: Mapping[str, tuple[str, ...]]
    """By part, as "header-first": what its last line of text has at its left, its middle and its right."""
    masthead: float
    """How high the band of the first page is, in points; 0 where there is none."""
    band: Mapping[str, Value]
    """What is said of the band's first cell: its ground and the rule under it."""
    masthead_lines: tuple[str, ...]
    paragraphs: tuple[Standing, ...]
    """The paragraphs of the text, in their order."""
    markers: Mapping[str, tuple[str, float]]
    """By a style's identifier: the marker of its numbering's level, and from there to the text, in points."""


def read_docx(data: bytes) -> DocxStyles:
    """Return the named styles of an edition.

    Raises:
        ValueError: this is no Word file.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            sheet = etree.fromstring(package.read("word/styles.xml"), parser)
            theme = etree.fromstring(package.read("word/theme/theme1.xml"), parser)
            body = etree.fromstring(package.read("word/document.xml"), parser)
            settings = etree.fromstring(package.read("word/settings.xml"), parser)
            named = [each for each in package.namelist() if _RUNNING.match(each)]
            running = {each[5:-4]: etree.fromstring(package.read(each), parser) for each in named}
            lists = "word/numbering.xml"
            numbering = etree.fromstring(package.read(lists), parser) if lists in package.namelist() else None
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as fault:
        raise ValueError("this is no Word file") from fault
    fonts = {
        role: theme.find(f".//{_A}{role}Font/{_A}latin").get("typeface", "") for role in ("major", "minor")
    }
    defaults = _properties(sheet.find(f"{_W}docDefaults/{_W}rPrDefault"))
    by_id = {style.get(f"{_W}styleId"): style for style in sheet.findall(f"{_W}style")}
    found: dict[str, _Properties] = {}
    characters: dict[str, _Properties] = {}
    for style in by_id.values():
        own = style.get(f"{_W}type") == "character"
        merged = {} if own else dict(defaults)
        for each in _chain(style, by_id):
            merged.update(_properties(each))
        (characters if own else found)[style.find(f"{_W}name").get(f"{_W}val")] = merged
    sections = list(body.iter(f"{_W}sectPr"))
    return DocxStyles(
        styles=found,
        characters=characters,
        fonts=fonts,
        section={**_section(sections[-1]), **_frame_place(body)},
        settings={each.tag.rpartition("}")[2]: each.get(f"{_W}val", "") for each in settings},
        roman=any(each.get(f"{_W}fmt") == "lowerRoman" for each in body.iter(f"{_W}pgNumType")),
        title_page=_has_title_page(body),
        depth=sum(f"Heading{level}" in _numbered(numbering) for level in range(1, 7)),
        running={name: _sides(part, by_id) for name, part in running.items()},
        masthead=_band(running.get("header-first")),
        band=_band_look(running.get("header-first")),
        masthead_lines=_band_lines(running.get("header-first")),
        paragraphs=standing(body),
        lists=_lists(numbering),
        markers=_markers(numbering),
    )


_RUNNING: Final = re.compile(r"word/(header|footer)-\w+\.xml$")


def _words(element: Any) -> str:
    """Return the text of a part of a running line; a tab parts its places."""
    runs = element.iter(f"{_W}r")
    parts = (each for run in runs for each in run if each.tag in (f"{_W}t", f"{_W}tab"))
    return "".join("\t" if each.tag == f"{_W}tab" else each.text or "" for each in parts)


def _sides(part: Any, by_id: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what stands at the left, in the middle and at the right of a part's line: a tab goes to the next stop."""
    shown = [line for line in part.findall(f"{_W}p") if _words(line).strip()]
    if not shown:
        return ("",)
    sides = {"left": "", "center": "", "right": ""}
    for place, said in zip(("left", *_stops(shown[0], by_id)), _words(shown[0]).split("\t"), strict=False):
        sides[place] += said
    return tuple(sides.values())


def _stops(line: Any, by_id: Mapping[str, Any]) -> list[str]:
    """Return how text stands at each of a line's tab stops, from the left."""
    named = line.find(f"{_W}pPr/{_W}pStyle")
    style = by_id.get(named.get(f"{_W}val")) if named is not None else None
    found: dict[int, str] = {}
    for each in (*_chain(style, by_id), line):
        for stop in each.iterfind(f"{_W}pPr/{_W}tabs/{_W}tab"):
            found[int(stop.get(f"{_W}pos", "0"))] = stop.get(f"{_W}val", "left")
    return [found[place] for place in sorted(found) if found[place] != "clear"]


def _band(part: Any) -> float:
    height = part.find(f"{_W}tbl/{_W}tr/{_W}trPr/{_W}trHeight") if part is not None else None
    return _points(height.get(f"{_W}val")) if height is not None else 0.0


def _band_look(part: Any) -> dict[str, Value]:
    cell = part.find(f"{_W}tbl/{_W}tr/{_W}tc/{_W}tcPr") if part is not None else None
    if cell is None:
        return {}
    fill, rule = cell.find(f"{_W}shd"), cell.find(f"{_W}tcBorders/{_W}bottom")
    ground = fill.get(f"{_W}fill", "auto").lower() if fill is not None else "auto"
    return {
        "background": None if ground == "auto" else ground,
        "border-bottom": _border(_attributes(rule)) if rule is not None else "none",
    }


def _band_lines(part: Any) -> tuple[str, ...]:
    table = part.find(f"{_W}tbl") if part is not None else None
    return tuple(_words(each) for each in table.iter(f"{_W}p")) if table is not None else ()


def _frame_place(body: Any) -> dict[str, float]:
    frame = next(body.iter(f"{_W}framePr"), None)
    if frame is None or frame.get(f"{_W}x") is None:
        return {}
    return {f"framePr.{name}": _points(frame.get(f"{_W}{name}")) for name in ("w", "x")}


def _section(section: Any) -> dict[str, float]:
    found: dict[str, float] = {}
    for name in ("pgSz", "pgMar", "cols"):
        element = section.find(f"{_W}{name}")
        for key, value in _attributes(element).items() if element is not None else ():
            if value.lstrip("-").isdigit():
                found[f"{name}.{key}"] = float(value) if key == "num" else _points(value)
    return found


def _has_title_page(body: Any) -> bool:
    """Say whether the first section ends before the text, and the second begins a page."""
    sections = list(body.iter(f"{_W}sectPr"))
    kinds = [each.find(f"{_W}type") for each in sections]
    if len(sections) < 2 or kinds[1] is None or kinds[1].get(f"{_W}val") == "continuous":
        return False
    first = "".join(
        part.text or ""
        for each in body.iter(f"{_W}p")
        for part in each.iter(f"{_W}t")
        if _before(each, sections[0])
    )
    return word(StyleKey.BYLINE) in first and word(StyleKey.LEAD) not in first


def _before(paragraph: Any, section: Any) -> bool:
    """Say whether a paragraph stands before the end of a section, or is it."""
    last = section.getparent().getparent() if section.getparent() is not None else None
    following = paragraph
    while following is not None:
        if following is last:
            return True
        following = following.getnext()
    return False


def _numbered(numbering: Any) -> set[str]:
    """Return the styles that a level of a list numbers."""
    found = numbering.iter(f"{_W}pStyle") if numbering is not None else ()
    return {each.get(f"{_W}val") for each in found}


_FIRSTS: Final = {
    "decimal": "1",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}


def _lists(numbering: Any) -> str:
    """Return how the levels count of the list whose outermost one the style of numbered lists names."""
    for abstract in numbering.iter(f"{_W}abstractNum") if numbering is not None else ():
        formats = [_FIRSTS.get(each.get(f"{_W}val"), "") for each in abstract.iter(f"{_W}numFmt")]
        if formats[0] and "Heading" not in "".join(_numbered(abstract)):
            return ways(formats)
    return ""


def _markers(numbering: Any) -> dict[str, tuple[str, float]]:
    """Return what stands before the paragraphs of each style that a level of a list names."""
    found: dict[str, tuple[str, float]] = {}
    for level in numbering.iter(f"{_W}lvl") if numbering is not None else ():
        style, text, indent = (level.find(f"{_W}{name}") for name in ("pStyle", "lvlText", f"pPr/{_W}ind"))
        if style is not None and text is not None and indent is not None:
            shown = text.get(f"{_W}val", "")
            found[style.get(f"{_W}val")] = shown, _points(indent.get(f"{_W}hanging"))
    return found


def _chain(style: Any, by_id: Mapping[str, Any]) -> list[Any]:
    """Return the styles that a style is based on, the farthest first, itself last."""
    chain: list[Any] = []
    while style is not None and style not in chain:
        chain.insert(0, style)
        parent = style.find(f"{_W}basedOn")
        style = by_id.get(parent.get(f"{_W}val")) if parent is not None else None
    return chain


def _properties(style: Any) -> _Properties:
    found: _Properties = {}
    if style is None:
        return found
    for block in ("pPr", "rPr"):
        for parent in style.iter(f"{_W}{block}"):
            for each in parent:
                name = each.tag.rpartition("}")[2]
                if name == "spacing":
                    name = f"{block}.spacing"
                found[name] = _attributes(each)
                for inner in each:
                    found[f"{name}.{inner.tag.rpartition('}')[2]}"] = _attributes(inner)
    for block in ("tblBorders", "tblCellMar", "tcBorders"):
        for parent in style.iter(f"{_W}{block}"):
            found.update({f"{block}.{each.tag.rpartition('}')[2]}": _attributes(each) for each in parent})
    return found


def _attributes(element: Any) -> dict[str, str]:
    return {name.rpartition("}")[2]: value for name, value in element.attrib.items()}


def word_name(key: str, within: str) -> str:
    """Return the name of a key's style in Word; in a group, that of the pair."""
    name = WORD_STYLES[StyleKey(key)] if key in set(StyleKey) else WORD_STYLES[MarkKey(key)]
    if not within:
        return name
    if key == StyleKey.CAPTION:
        return f"{'Table' if within == StyleKey.TABLE else WORD_STYLES[StyleKey(within)]} Caption"
    return f"{WORD_STYLES[StyleKey(within)]} {'Title' if key == StyleKey.GROUP_TITLE else name}"


def read_docx_style(file: DocxStyles, key: str, within: str, style: Style) -> Values:
    """Return what a file says of a key; nothing where it has no such style.

    Word measures to the text, a theme to the box: what `style` has between them is taken off.
    """
    found = file.styles.get(word_name(key, within))
    if found is None and within:
        # A container's paragraphs that are like its first one have the container's own style.
        lent = WORD_STYLES[StyleKey(within)] if key == StyleKey.PARAGRAPH and within in GROUPS else ""
        found = file.styles.get(lent) or file.styles.get(word_name(key, ""))
    if found is None and key in GROUPS:
        found = file.styles.get(WORD_STYLES[StyleKey.PARAGRAPH_FIRST])
    if found is None:
        return {}
    if key in _TABLES:
        return _table(file, found, key)
    made: dict[str, Value] = {**_text(found, file.fonts), **_place(found), **_frame(found)}
    if key == StyleKey.MASTHEAD:
        made.update(file.band)
    if key.startswith("heading-"):
        hung = file.markers.get(word_name(key, "").title().replace(" ", ""))
        made.update({"marker-indent": hung[1]} if hung else {})
    if key == StyleKey.LIST_ITEM:
        bullet = f"{word_name(StyleKey.TITLE, within).removesuffix('Title')}List Bullet".replace(" ", "")
        if bullet in file.markers:
            made["marker"], made["marker-indent"] = file.markers[bullet]
    inset = style.padding.left + style.border_left.width, style.padding.right + style.border_right.width
    made.update(said_there(file.paragraphs, key))
    stands = next((each for each in file.paragraphs if word(key, within) in each.text), None)
    margins = stands.margins if stands and not within else (0.0, 0.0)
    for name, width, margin in zip(_INDENTS, inset, margins, strict=True):
        made[name] = float(str(made[name])) - width + margin
    if stands is None:
        return made
    title = (
        file.styles.get(word_name(StyleKey.GROUP_TITLE, key)) if stands.columns > 1 and not within else None
    )
    if title is not None:
        made["border-top"] = _frame(title)["border-top"]  # the box begins above all columns
    return {**made, **placed(stands)}


def character_values(file: DocxStyles, mark: str, place: tuple[str, str], size: float) -> Values:
    """Return what the character style of a mark says.

    Args:
        file: the styles.
        mark: a mark.
        place: the key, and its container or "", of the paragraph that it stands in.
        size: the size of that paragraph's type, of which `scale` is a share.
    """
    own = file.characters.get(WORD_STYLES[MarkKey(mark)])
    if own is None:
        return {}
    key, within = place
    around = file.styles.get(WORD_STYLES[StyleKey(within)] if within else word_name(key, ""), {})
    found = {**around, **own}
    made = {**_text(found, file.fonts), "background": _frame(own)["background"]}
    if "vertAlign" not in found:
        made["scale"] = float(str(made["size"])) / size
        made["rise"] = float(found.get("position", {}).get("val", "0")) / 2 / size
    return made


def _table(file: DocxStyles, found: _Properties, key: str) -> Values:
    """Return what the table style says of rules and cells, and the paragraph style of a cell's text."""
    table = file.styles.get(WORD_STYLES[StyleKey.TABLE], {})
    edges = {
        StyleKey.TABLE: {"border-top": "tblBorders.top", "border-bottom": "tblBorders.bottom"},
        StyleKey.TABLE_CELL: {"border-bottom": "tblBorders.insideH"},
        StyleKey.TABLE_HEAD: {"border-bottom": "tcBorders.bottom"},
    }[StyleKey(key)]
    made: dict[str, Value] = {name: _border(table.get(where, {})) for name, where in edges.items()}
    if key == StyleKey.TABLE:
        return made
    made["padding"] = tuple(_points(table.get(f"tblCellMar.{edge}", {}).get("w")) for edge in _EDGES)
    placed_as = _place(found)
    return {
        **_text(found, file.fonts),
        **made,
        "align": placed_as["align"],
        "hyphenate": placed_as["hyphenate"],
    }


def _border(border: Mapping[str, str]) -> str:
    drawn = border.get("val", "nil") != "nil"
    return (
        f"{float(border.get('sz', '0')) / 8:.2f} {border.get('color', 'auto').lower()}" if drawn else "none"
    )


def _text(found: _Properties, fonts: Mapping[str, str]) -> dict[str, Value]:
    named = found.get("rFonts", {})
    theme = named.get("asciiTheme", "")
    family, weight = _family(fonts.get(theme[:5], "") if theme else named.get("ascii", ""), _on(found, "b"))
    form, spacing = found.get("numForm", {}), found.get("numSpacing", {})
    return {
        "font": family,
        "weight": weight,
        "size": float(found.get("sz", {}).get("val", "20")) / 2,
        "italic": _on(found, "i"),
        "color": found.get("color", {}).get("val", "000000").lower(),
        "letter-spacing": float(found.get("rPr.spacing", {}).get("val", "0")) / 20,
        "case": "upper" if _on(found, "caps") else "none",
        "small-caps": _on(found, "smallCaps"),
        "strike": _on(found, "strike"),
        "underline": found.get("u", {}).get("val", "none") != "none",
        "figures": "old-style" if form.get("val") == "oldStyle" else "lining",
        "figure-spacing": spacing.get("val", "proportional"),
        "leading": float(found.get("pPr.spacing", {}).get("line", "240")) / 20,
    }


def _family(name: str, bold: bool) -> tuple[str, float]:
    """Word knows regular and bold; any other weight is a family of its own, named after it."""
    family, _, last = name.rpartition(" ")
    if family and last in WEIGHTS:
        return family, float(WEIGHTS[last])
    return name, 700.0 if bold else 400.0


def _place(found: _Properties) -> dict[str, Value]:
    space, indent = found.get("pPr.spacing", {}), found.get("ind", {})
    first = _points(indent.get("firstLine")) - _points(indent.get("hanging"))
    forced = "page" if _on(found, "pageBreakBefore") else "auto"
    return {
        "align": _ALIGN.get(found.get("jc", {}).get("val", "left"), "left"),
        "hyphenate": not _on(found, "suppressAutoHyphens"),
        "first-line-indent": first,
        "indent-left": _points(indent.get("left")),
        "indent-right": _points(indent.get("right")),
        "space-before": _points(space.get("before")),
        "space-after": _points(space.get("after")),
        "keep-with-next": _on(found, "keepNext"),
        "keep-together": _on(found, "keepLines"),
        "break-before": forced,
    }


_PAPER: Final = "ffffff"
"""The colour of rules that only say where others end, in a box without a ground of its own."""


def _frame(found: _Properties) -> dict[str, Value]:
    fill = found.get("shd", {}).get("fill", "auto")
    made: dict[str, Value] = {"background": None if fill == "auto" else fill.lower()}
    padding: list[float] = []
    for edge in _EDGES:
        border = found.get(f"pBdr.{edge}", {})
        drawn = border.get("val", "nil") != "nil" and "pBdr" in found
        width = float(border.get("sz", "0")) / 8
        color = border.get("color", "auto").lower()
        ground = drawn and width <= 0.25 and color == (made["background"] or _PAPER)
        made[f"border-{edge}"] = f"{width:.2f} {color}" if drawn and not ground else "none"
        padding.append(float(border.get("space", "0")) if drawn else 0.0)
    made["padding"] = tuple(padding)
    return made


def _on(found: _Properties, name: str) -> bool:
    return name in found and found[name].get("val", "1") not in ("0", "false", "off")


def _points(twips: str | None) -> float:
    return float(twips or 0) / 20
