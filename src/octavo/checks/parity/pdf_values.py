"""What a finished PDF shows of a style: found by the probe's words, read from what the pages paint."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from octavo.checks.parity.pdf_classes import class_values
from octavo.checks.parity.pdf_file import Filled, PdfPages, Shown
from octavo.checks.parity.probe import word
from octavo.checks.parity.values import GROUPS, Value, Values
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
    said = class_values(pages.classes, key, within)
    named = _masthead_word(key, sheet.page.masthead) if key in _MASTHEAD else key
    at = _place(pages.shown, named, within)
    if at is None:
        return said
    run = pages.shown[at]
    family, weight, italic = face_of(run.font)
    found: dict[str, Value] = {
        "font": family, "size": run.size, "weight": weight, "italic": italic, "color": run.color,
        "letter-spacing": run.spacing,
    }  # fmt: skip
    found["place"] = "margin" if _is_beside(run, sheet.page) else "column"
    if key in GROUPS:
        found["label"] = _label_of(pages.shown, at, key)
    lines = _lines(pages.shown, at)
    if len(lines) > 1:
        found["leading"] = lines[0].y - lines[1].y
        if style.align in ("left", "justify"):
            inset = style.padding.left + style.border_left.width
            found["indent-left"] = lines[1].x - _column(run, sheet.page) - inset
            found["first-line-indent"] = run.x - lines[1].x
    if key == StyleKey.LIST_ITEM and (label := _label(pages.shown, at)):
        found["marker"] = "".join(each.text for each in label).strip()
        if style.align in ("left", "justify"):
            found["marker-indent"] = run.x - label[0].x
    if key not in _RUNNING:
        top = None if within else _place(pages.shown, StyleKey.GROUP_TITLE, key)
        head = pages.shown[top] if top is not None else run
        filled = [each for each in pages.filled if each.page == run.page]
        found.update(_box(filled, [head, *lines], style, _edge(run, style, sheet.page)))
    return {**said, **found}


def _is_beside(run: Shown, page: PageStyle) -> bool:
    """Say whether a run stands in the margin's column."""
    return page.margin_column > 0 and run.x > page.margin_inner + _measure(page) + page.margin_column_gap - 1


def _label_of(shown: Sequence[Shown], at: int, key: str) -> str:
    """Return how the title of a group is shown: above its first line, within it, or not at all."""
    title = _place(shown, StyleKey.GROUP_TITLE, key)
    if title is None:
        return "none"
    return "run-in" if abs(shown[title].y - shown[at].y) < _SAME_LINE else "block"


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
    """Return which of the probe's words a side of the masthead shows: publisher or series."""
    lines = () if masthead is None else masthead.left if key == StyleKey.MASTHEAD else masthead.right
    found = (_MASTHEAD[1] if "{series}" in line else _MASTHEAD[0] for line in lines)
    return next(found, key)


def _column(run: Shown, page: PageStyle) -> float:
    """Return where the column of text begins that a run stands in."""
    if _is_beside(run, page):
        return page.margin_inner + _measure(page) + page.margin_column_gap
    left = page.margin_outer if page.facing and run.page % 2 else page.margin_inner
    step = _measure(page) + page.column_gap
    return left + step * max(0, int((run.x - left + 1) / step)) if page.columns > 1 else left


def _edge(run: Shown, style: Style, page: PageStyle) -> float:
    """Return where the column of text ends, or the last of them, where a style stands over all."""
    if style.all_columns:
        return page.width - (page.margin_inner if page.facing and run.page % 2 else page.margin_outer)
    return _column(run, page) + _measure(page)


def _measure(page: PageStyle) -> float:
    width = page.width - page.margin_inner - page.margin_outer
    return (width - page.column_gap * (page.columns - 1)) / page.columns


def run_is_folio(run: Shown) -> bool:
    """Say whether a run is a page number, which has a mark of its own."""
    return run.text.strip().isdigit()


def _lines(shown: Sequence[Shown], at: int) -> list[Shown]:
    """Return the first run of each line of a block, on the page where it begins."""
    first = shown[at]
    found = [first]
    for run in shown[at + 1 :]:
        if run.page != first.page or "qz" in run.text.casefold():
            break
        if run.tag.startswith("/Lbl"):
            continue
        if run.y < found[-1].y - _SAME_LINE:
            found.append(run)
        elif run.y > found[-1].y + _SAME_LINE:
            break
    return found


def _box(filled: Sequence[Filled], lines: Sequence[Shown], style: Style, edge: float) -> dict[str, Value]:
    """Return the ground behind a block and the rules around it: its head, then its lines, in a column up to `edge`."""
    head, *lines = lines
    run, last = lines[0], lines[-1]
    left = min(line.x for line in lines)
    grounds = [
        each
        for each in filled
        if min(each.width, each.height) > _THICKEST
        and each.x <= run.x <= each.x + each.width
        and each.y <= run.y <= each.y + each.height
    ]
    ground = min(grounds, key=lambda each: each.width * each.height, default=None)
    rules = [each for each in filled if min(each.width, each.height) <= _THICKEST]
    level = [
        each for each in rules if each.width > each.height and each.x - 1 <= run.x <= each.x + each.width
    ]
    upright = [each for each in rules if each.height > each.width and each.y <= run.y <= each.y + each.height]
    reach = max(style.leading, 1.4 * head.size)
    foot = style.leading / 2
    above = [(each.y - head.y, each) for each in level]
    below = [(last.y - each.y - each.height, each) for each in level]
    before = [(left - each.x - each.width, each) for each in upright]
    after = [(each.x - run.x, each) for each in upright]
    return {
        "background": ground.color if ground else None,
        "border-top": _nearest(above, style.padding.top + reach),
        "border-bottom": _nearest(below, style.padding.bottom + foot),
        "border-left": _nearest(before, style.padding.left + 2),
        "border-right": _nearest(after, edge - style.indent_right - run.x + 1),
    }


def _nearest(rules: Sequence[tuple[float, Filled]], reach: float) -> str:
    found = min(
        ((far, rule) for far, rule in rules if -1 <= far <= reach), key=lambda each: each[0], default=None
    )
    if found is None:
        return "none"
    rule = found[1]
    return f"{min(rule.width, rule.height):.2f} {rule.color}"
