"""What a finished PDF shows of a style: found by the probe's words, read from what the pages paint."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from octavo.checks.parity.pdf_classes import class_values
from octavo.checks.parity.pdf_file import Filled, PdfPages, Shown
from octavo.checks.parity.pdf_lettering import block_of, lettering, starts_block
from octavo.checks.parity.probe import OPENING, word
from octavo.checks.parity.values import GROUPS, Value, Values
from octavo.theme import schema
from octavo.theme.style import Masthead, PageStyle, Style, StyleSheet
from octavo.tree.semantics import StyleKey

WEIGHTS: Final = {
    "ExtraLight": 200, "Light": 300, "Regular": 400, "Medium": 500, "Semibold": 600, "SemiBold": 600, "Bold": 700,
    "Black": 900,
}  # fmt: skip
_THICKEST: Final = 12.0
"""What is thicker than this is a ground, and not a rule, in points."""
_SAME_LINE: Final = 0.5
_RUNNING: Final = {StyleKey.PAGE_HEADER: "/Header", StyleKey.PAGE_FOOTER: "/Footer"}
_MASTHEAD: Final = (StyleKey.MASTHEAD, StyleKey.MASTHEAD_SERIES)
"""Their words in the probe are the publisher and the series."""
_HOLDERS: Final = {
    StyleKey.ATTRIBUTION: StyleKey.QUOTE,
    StyleKey.CAPTION: StyleKey.FIGURE,
    StyleKey.CREDIT: StyleKey.FIGURE,
    StyleKey.GROUP_TITLE: StyleKey.NOTICE,
}
"""What the probe shows a key in."""
_CELLS: Final = (StyleKey.TABLE_HEAD, StyleKey.TABLE_CELL)
_CONTENTS: Final = {
    StyleKey.CONTENTS_1: StyleKey.HEADING_1,
    StyleKey.CONTENTS_2: StyleKey.HEADING_2,
    StyleKey.CONTENTS_3: StyleKey.HEADING_3,
}


def read_pdf_style(pages: PdfPages, key: str, within: str, sheet: StyleSheet) -> Values:
    """Return what the pages show of a key; nothing where it is not shown.

    Args:
        pages: what an edition of the probe paints.
        key: a style key.
        within: the group it stands in, or "".
        sheet: what the theme says; where rules are looked for depends on padding, indents on the page's margins.
    """
    style = sheet.of(key, within)
    said = class_values(pages.classes, key, within or _HOLDERS.get(StyleKey(key), ""))
    named = _masthead_word(key, sheet.page.masthead) if key in _MASTHEAD else key
    at = _place(pages.shown, named, within)
    if key == StyleKey.TABLE:
        return {**said, **_table_rules(pages)}
    if key == StyleKey.DIVIDER:
        return {**said, **_divider(pages, sheet.page)}
    if at is None:
        return said
    run = pages.shown[at]
    runs = [run] if key in _RUNNING else block_of(pages.shown, at)
    if key == StyleKey.BYLINE and len(pages.shown) > at + len(runs):
        runs += block_of(pages.shown, at + len(runs))  # where the author works
    family, weight, italic = face_of(run.font)
    found: dict[str, Value] = {
        "font": family, "size": run.size, "weight": weight, "italic": italic, "color": run.color,
        "letter-spacing": run.spacing, "place": "margin" if _is_beside(run, sheet.page) else "column",
        **lettering(runs),
    }  # fmt: skip
    if found.get("small-caps"):
        # Those that a font lacks are its capitals, smaller: figures have the size and the spacing that were asked for.
        whole = max(runs, key=lambda each: (each.size, len(each.text.strip())))
        found.update({"size": whole.size, "letter-spacing": whole.spacing})
    if sheet.page.columns > 1:
        found["all-columns"] = _over_all(runs, sheet.page)
    if key in _RUNNING:
        return {**said, **found}
    lines = _lines(pages.shown, at)
    straight = said.get("align", style.align) in ("left", "justify")
    if len(lines) > 1:
        found.update(_measured(pages.shown, at, (key, within), sheet, straight=straight))
    found.update(_labelled(pages.shown, at, key, straight=straight))
    top = None if within else _place(pages.shown, StyleKey.GROUP_TITLE, key)
    block = (pages.shown[top] if top is not None else run, [run, *lines], runs[-1])
    found.update(_box(pages.filled, block, style, _edges(run, style, sheet.page), straight=straight))
    if key in _CELLS:
        sides = {name: value for name, value in found.items() if name not in ("border-top", "border-bottom")}
        found = {**sides, **_row_rules(pages, at, runs)}
    if key == StyleKey.MASTHEAD:
        found["border-bottom"] = _under(pages.filled, run, sheet.page)
    return {**said, **found}


def _measured(
    shown: Sequence[Shown], at: int, use: tuple[str, str], sheet: StyleSheet, *, straight: bool
) -> dict[str, Value]:
    """Return what the beginnings of a block's lines tell, which stand below one another where they are `straight`;
    `use` is its key and its container or ""."""
    (key, within), style, lines = use, sheet.of(*use), _lines(shown, at)
    found: dict[str, Value] = {"leading": lines[0].y - lines[1].y}
    if straight and key != StyleKey.FIGURE:  # what a figure holds has styles of its own
        inset = style.padding.left + style.border_left.width + _container_inset(key, within, sheet)
        start = _start(shown, at, key, lines[1].x)
        left = start if key in _CONTENTS else lines[1].x
        found["first-line-indent"] = start - left
        if not within or sheet.of(within).columns == 1:
            found["indent-left"] = left - _column(shown[at], sheet.page) - inset
    return found


def _labelled(shown: Sequence[Shown], at: int, key: str, *, straight: bool) -> dict[str, Value]:
    """Return what stands before a block's text, or begins it: a title, a marker, a number, an initial."""
    if key in GROUPS:
        return {"label": _label_of(shown, at, key)}
    if key.startswith("heading-"):
        return _heading(shown, at, key, straight=straight)
    label = _label(shown, at) if key == StyleKey.LIST_ITEM else []
    if not label:
        return {}
    found: dict[str, Value] = {"marker": "".join(each.text for each in label).strip()}
    if straight:
        found["marker-indent"] = shown[at].x - label[0].x
    return found


def _row_rules(pages: PdfPages, at: int, runs: Sequence[Shown]) -> dict[str, Value]:
    """Return the rule under a row of a table, which another row of the probe's follows."""
    lowest = min(run.y for run in runs)
    following = (run.y for run in pages.shown[at:] if run.page == runs[0].page and run.y < lowest - 1)
    below = next(following, None)
    if below is None:
        return {}  # the next row is on the next page
    reach = lowest - below
    rules = [(lowest - each.y - each.height, each) for each in _level(pages.filled, runs[0])]
    return {"border-top": "none", "border-bottom": _nearest(rules, reach)}


def _table_rules(pages: PdfPages) -> dict[str, Value]:
    """Return the rules above the first row of the probe's table and below its last."""
    head, cell, note = (
        _place(pages.shown, key, "")
        for key in (StyleKey.TABLE_HEAD, StyleKey.TABLE_CELL, StyleKey.TABLE_NOTE)
    )
    if head is None or cell is None or note is None:
        return {}
    first, last = pages.shown[head], pages.shown[note]
    above = [(each.y - first.y, each) for each in _level(pages.filled, first)]
    below = [(each.y - last.y, each) for each in _level(pages.filled, last)]
    return {
        "border-top": _nearest(above, first.size * 4),
        "border-bottom": _nearest(below, last.size * 5),
    }


def _under(filled: Sequence[Filled], run: Shown, page: PageStyle) -> str:
    """Return the rule below the masthead: a level one across most of the page."""
    wide = [each for each in filled if each.page == run.page and each.width > page.width / 2]
    return _nearest(
        [(run.y - each.y - each.height, each) for each in wide if each.height <= _THICKEST], page.height
    )


def _divider(pages: PdfPages, page: PageStyle) -> dict[str, Value]:
    """Return the marker or rule above the probe's first paragraph, or at the foot of the column before."""
    at = _place(pages.shown, StyleKey.PARAGRAPH_FIRST, "")
    if not at:
        return {}
    below = pages.shown[at]
    before = pages.shown[at - 1]
    marked = next(
        (
            run
            for run in pages.shown
            if run.page == below.page
            and re.fullmatch(r"[^\w]+", run.text.strip())
            and (_is_just_below(below, run) or ("/Type /Layout" in run.tag and _is_just_below(run, before)))
        ),
        None,
    )
    left = _column(below, page)
    rules = [
        (each.y - below.y, each)
        for each in pages.filled
        if each.page == below.page
        and each.height < _THICKEST
        and each.width > each.height
        and left - 1 < each.x < left + _measure(page)
    ]
    return {
        "marker": marked.text.strip() if marked else "",
        **(
            {"color": marked.color, "size": marked.size}
            if marked
            else {"border-top": _nearest(rules, 4 * below.size)}
        ),
    }


def _is_just_below(lower: Shown, upper: Shown) -> bool:
    return lower.size / 2 < upper.y - lower.y < 4 * lower.size


def _over_all(runs: Sequence[Shown], page: PageStyle) -> bool:
    """Say whether lines reach from one column of text into another."""
    first = runs[0]
    edge = _column(first, page) + _measure(page)
    return any(
        run.x < edge < run.x + run.width - page.column_gap / 2 for run in runs if run.page == first.page
    )


def _heading(shown: Sequence[Shown], at: int, key: str, *, straight: bool) -> dict[str, Value]:
    """Return how a heading's number hangs, and how deep the first letter of the text after it is."""
    found: dict[str, Value] = {"drop-initial": _initial(shown, key)}
    label, lines = _label(shown, at), _lines(shown, at)
    if label and len(lines) > 1 and straight:
        hangs = abs(lines[1].x - shown[at].x) < _SAME_LINE
        found["marker-indent"] = shown[at].x - label[0].x if hangs else 0.0
    return found


def _initial(shown: Sequence[Shown], key: str) -> float:
    """Return how many lines deep the letter is that the text after a heading begins with; 0: like the rest."""
    wanted = word(key, OPENING).casefold()
    for at, (letter, run) in enumerate(pairwise(shown)):
        if wanted in run.text.casefold():
            return 0.0
        if wanted in f"{letter.text}{run.text}".casefold():
            lines = [each.y for each in block_of(shown, at + 1) if each.page == run.page]
            leading = next((run.y - y for y in lines if run.y - y > _SAME_LINE), run.size)
            return 1.0 + round((run.y - letter.y) / leading)
    return 0.0


def _is_beside(run: Shown, page: PageStyle) -> bool:
    """Say whether a run stands in the margin's column."""
    if page.margin_column <= 0:
        return False
    if page.facing and run.page % 2:
        return run.x < page.margin_outer - page.margin_column_gap
    return run.x > page.margin_inner + _measure(page) + page.margin_column_gap - 1


def _label_of(shown: Sequence[Shown], at: int, key: str) -> str:
    """Return how the title of a group is shown: above its first line, within it, or not at all."""
    title = _place(shown, StyleKey.GROUP_TITLE, key)
    if title is None:
        return "none"
    return "run-in" if abs(shown[at - 1].y - shown[at].y) < _SAME_LINE else "block"


def _container_inset(key: str, within: str, sheet: StyleSheet) -> float:
    """Return how far the content of what a key stands in is from the column's edge."""
    outer = within or _HOLDERS.get(StyleKey(key), "")
    if not outer or outer in schema.BESIDE:
        return 0.0
    style = sheet.of(outer)
    return style.indent_left + style.padding.left + style.border_left.width


def _start(shown: Sequence[Shown], at: int, key: str, left: float) -> float:
    """Return where the first line of a block begins: with its label, unless that hangs at the left of the text."""
    run = shown[at]
    if (abs(run.x - left) < _SAME_LINE and key not in _CONTENTS) or key in _CELLS:
        return run.x
    while at and _is_beside_on_line(shown[at - 1], shown[at]):
        at -= 1
    return shown[at].x


def _is_beside_on_line(before: Shown, run: Shown) -> bool:
    """Say whether a run stands at the left of another on its line; a note's mark is raised there."""
    return before.page == run.page and before.x < run.x and abs(before.y - run.y) < run.size / 2


def face_of(name: str) -> tuple[str, float, bool]:
    """Return family, weight and slope of a PostScript name such as `SourceSansPro-SemiboldIt`."""
    family, _, rest = name.partition("-")
    slope = re.sub(r"(It|Italic|Oblique)$", "", rest)
    weight = WEIGHTS.get(slope or "Regular", 400)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", family), float(weight), slope != rest


def _place(shown: Sequence[Shown], key: str, within: str) -> int | None:
    if key in _RUNNING:
        found = [at for at, run in enumerate(shown) if _RUNNING[StyleKey(key)] in run.tag]
        return next((at for at in found if not run_is_folio(shown[at])), None)
    wanted = word(_CONTENTS[StyleKey(key)] if key in _CONTENTS else key, within).casefold()
    found = [
        at for at, run in enumerate(shown) if wanted in run.text.casefold() and "/Artifact" not in run.tag
    ]
    if not found:
        return None
    return found[-1] if key in _CONTENTS else found[0]


def _label(shown: Sequence[Shown], at: int) -> list[Shown]:
    """Return the runs of the label that stands before a run on its line."""
    found: list[Shown] = []
    while at and shown[at - 1].tag.startswith("/Lbl") and abs(shown[at - 1].y - shown[at].y) < _SAME_LINE:
        at -= 1
        found.insert(0, shown[at])
    return found


def _masthead_word(key: str, masthead: Masthead | None) -> str:
    """Return which of the probe's words a side of the masthead shows: publisher or series; "" where neither."""
    lines = () if masthead is None else masthead.left if key == StyleKey.MASTHEAD else masthead.right
    shown = {"{series}": _MASTHEAD[1], "{publisher}": _MASTHEAD[0]}
    return next((found for line in lines for field, found in shown.items() if field in line), "")


def _column(run: Shown, page: PageStyle) -> float:
    """Return where the column of text begins that a run stands in."""
    if _is_beside(run, page):
        if page.facing and run.page % 2:
            return page.margin_outer - page.margin_column_gap - page.margin_column
        return page.margin_inner + _measure(page) + page.margin_column_gap
    left = page.margin_outer if page.facing and run.page % 2 else page.margin_inner
    step = _measure(page) + page.column_gap
    return left + step * max(0, int((run.x - left + 1) / step)) if page.columns > 1 else left


def _edges(run: Shown, style: Style, page: PageStyle) -> tuple[float, float]:
    """Return where the column of text begins and ends, or all of them, where a style stands over all."""
    if style.all_columns:
        verso = page.facing and run.page % 2
        sides = (page.margin_outer, page.margin_inner) if verso else (page.margin_inner, page.margin_outer)
        return sides[0], page.width - sides[1]
    start = _column(run, page)
    return start, start + _measure(page)


def _measure(page: PageStyle) -> float:
    width = page.width - page.margin_inner - page.margin_outer
    return (width - page.column_gap * (page.columns - 1)) / page.columns


def run_is_folio(run: Shown) -> bool:
    """Say whether a run is a page number, which has a mark of its own."""
    return bool(re.fullmatch(r"\d+|[ivxlc]+", run.text.strip()))


def _lines(shown: Sequence[Shown], at: int) -> list[Shown]:
    """Return the first run of each line of a block, on the page where it begins."""
    first = shown[at]
    found = [first]
    for run, following in pairwise((*shown[at + 1 :], shown[-1])):
        if run.page != first.page or starts_block(run, following):
            break
        if run.tag.startswith("/Lbl"):
            continue
        if run.y < found[-1].y - _SAME_LINE:
            found.append(run)
        elif run.y > found[-1].y + _SAME_LINE:
            break
    return found


def _box(
    filled: Sequence[Filled],
    block: tuple[Shown, Sequence[Shown], Shown],
    style: Style,
    edges: tuple[float, float],
    *,
    straight: bool,
) -> dict[str, Value]:
    """Return the ground behind a block and the rules around it.

    `block` is its head, the beginnings of its lines, and its last run, which may stand in another column or on another
    page. `edges` are those of its column. Where its lines are not `straight`, a rule may be far to the left of them.
    """
    start, end = edges
    head, lines, last = block
    run = lines[0]
    left = min(line.x for line in lines)
    here = [each for each in filled if each.page == run.page]
    grounds = [
        each
        for each in here
        if min(each.width, each.height) > _THICKEST
        and each.x <= run.x <= each.x + each.width
        and each.y <= run.y <= each.y + each.height
    ]
    ground = min(grounds, key=lambda each: each.width * each.height, default=None)
    upright = [
        each
        for each in here
        if each.width <= _THICKEST and each.height > each.width and each.y <= run.y <= each.y + each.height
    ]
    reach = max(style.leading, 1.4 * head.size)
    foot = style.leading / 2
    above = [(each.y - head.y, each) for each in _level(filled, run)]
    below = [(last.y - each.y - each.height, each) for each in _level(filled, last)]
    before = [(left - each.x - each.width, each) for each in upright]
    after = [(each.x - run.x, each) for each in upright]
    return {
        "background": ground.color if ground else None,
        "border-top": _nearest(above, style.padding.top + reach),
        "border-bottom": _nearest(below, style.padding.bottom + foot),
        "border-left": _nearest(before, style.padding.left + 2 if straight else left - start + 2),
        "border-right": _nearest(after, end - style.indent_right - run.x + 1),
    }


def _level(filled: Sequence[Filled], run: Shown) -> list[Filled]:
    """Return the level rules above and below a run on its page."""
    return [
        each
        for each in filled
        if each.page == run.page
        and each.height <= _THICKEST
        and each.width > each.height
        and each.x - 1 <= run.x <= each.x + each.width
    ]


def _nearest(rules: Sequence[tuple[float, Filled]], reach: float) -> str:
    found = min(
        ((far, rule) for far, rule in rules if -1 <= far <= reach), key=lambda each: each[0], default=None
    )
    if found is None:
        return "none"
    rule = found[1]
    return f"{min(rule.width, rule.height):.2f} {rule.color}"
