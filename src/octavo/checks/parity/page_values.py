"""What finished editions hold of the page: its size, margins, columns, running lines and masthead, limits of lines.

A PDF has them in what its pages paint: a paragraph of the probe fills more than a page, and its lines end where the
column does. A Word file says them of its sections and settings; an e-book has no pages but its reader's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from octavo.checks.parity.docx_values import DocxStyles
from octavo.checks.parity.epub_values import EpubStyles
from octavo.checks.parity.pdf_file import Filled, PdfPages, Shown
from octavo.checks.parity.pdf_lettering import block_of, line_ends
from octavo.checks.parity.probe import COUNTED, DEPTHS, LONG, ways, word
from octavo.checks.parity.values import Value, Values, plain
from octavo.theme import schema
from octavo.theme.style import StyleSheet
from octavo.tree.semantics import StyleKey

PAGE: Final = "page"
MASTHEAD: Final = "page.masthead"
LINES: Final = "lines"
NUMBERING: Final = "numbering"
RUNNING: Final = tuple(
    f"page.{line}.{side}" for line in schema.RUNNING_LINES for side in schema.RUNNING_PAGES
)
KEYS: Final = (PAGE, MASTHEAD, *RUNNING, LINES, NUMBERING)
"""What a theme says beside its styles and marks, by table."""
_SAME: Final = 0.6
_THIN: Final = 6.0
_BAND: Final = 12.0
"""What is as high as this is a band, and what is less a rule, in points."""
_POINTS: Final = (",", ".", ";", "-", "\u00ad")
_HANGS: Final = 0.3
"""What stands further out than this hangs, in points."""
_OWN_LINES: Final = 4
"""How many lines must end at one place for that to be where lines end."""


def wanted_of_page(sheet: StyleSheet, key: str) -> dict[str, Value]:
    """Return what a theme says in a table of the page."""
    page = sheet.page
    match key:
        case "page":
            rows = [row for row in schema.PAGE_PROPERTIES.values() if row.name != "size"]
            said = {row.name: plain(getattr(page, row.field)) for row in rows}
            return {"size": (page.width, page.height), **said}
        case "page.masthead":
            if page.masthead is None:
                return {"show": False}
            lines = {side: " / ".join(getattr(page.masthead, side)) for side in ("left", "right")}
            return {
                "show": True,
                "height": page.masthead.height,
                "inset-bottom": page.masthead.inset_bottom,
                **lines,
            }
        case "lines":
            return {
                name: plain(getattr(sheet.text, row.field)) for name, row in schema.LINE_PROPERTIES.items()
            }
        case "numbering":
            return {
                "section-depth": float(sheet.section_depth),
                "list-markers": ", ".join(sheet.list_markers),
            }
        case _:
            return dict(_templates(sheet, key))


def _templates(sheet: StyleSheet, key: str) -> dict[str, str]:
    """Return the templates of a running line."""
    _, line, side = key.split(".")
    said = getattr(getattr(sheet.page, line), side)
    return {name: getattr(said, name) for name in schema.RUNNING_PROPERTIES}


def filled_from(template: str, text: str) -> str:
    """Return a template where a text may be it, filled in; else the text."""
    made = ""
    for part in re.split(r"(\{[^{}]*\}|[\[\]]|\s+)", template):
        if part.startswith("{"):
            made += ".*"
        elif not part.strip():
            made += r"\s*" if part else ""
        else:
            made += {"[": "(?:", "]": ")?"}.get(part) or re.escape(part)
    return template if text.strip() and re.fullmatch(made, text.strip(), re.DOTALL) else text


class _Body:
    """The lines of the probe's long paragraph, and what stands on pages that it fills."""

    def __init__(self, pdf: PdfPages) -> None:
        shown = [run for run in pdf.shown if "/Artifact" not in run.tag]
        first = next((at for at, run in enumerate(shown) if word(LONG) in run.text), len(shown))
        straight = pdf.classes.get("paragraph", {}).get("TextAlign", "Start") in ("Start", "Justify")
        self.lines = shown[first:] if straight else []
        self.pages = sorted({run.page for run in self.lines})
        counted = Counter(run.page for run in self.lines)
        most = max(counted.values(), default=0)
        between = [page for page in self.pages[1:-1] if counted[page] > most / 2]
        self.full = between or self.pages[1:]

    def left(self, page: int) -> float | None:
        """Where most lines of a page begin, in its first column."""
        found = Counter(round(run.x, 1) for run in self.lines if run.page == page)
        often = [x for x, count in found.items() if count >= _OWN_LINES]
        return min(often, default=None)

    def right(self, page: int) -> float | None:
        """Where most lines of a page end, in its last column, but those with points, which may hang; nothing where they
        end as they like."""
        lines = [run for run in self.lines if run.page == page]
        ends = (
            run for run in (line_ends(lines) if lines else ()) if run.text.rstrip(" ")[-1:] not in _POINTS
        )
        places = [run.x + run.width for run in ends]
        found = Counter(round(place, 1) for place in places)
        most = len(places) / (2 * max(1, len(self.lefts(page))))
        end = max((end for end, count in found.items() if count > most), default=None)
        return None if end is None else median(place for place in places if round(place, 1) == end)

    def lefts(self, page: int) -> list[float]:
        found = Counter(round(run.x, 2) for run in self.lines if run.page == page)
        return sorted(x for x, count in found.items() if count >= _OWN_LINES)


def pdf_page(pdf: PdfPages, sheet: StyleSheet) -> dict[str, Values]:
    """Return what the pages of a PDF show, by table."""
    body = _Body(pdf)
    return {
        PAGE: _pdf_page(pdf, body, sheet),
        MASTHEAD: _pdf_masthead(pdf, sheet),
        LINES: _pdf_lines(body),
        NUMBERING: {"section-depth": _pdf_depth(pdf), "list-markers": _pdf_lists(pdf)},
        **{key: _pdf_running(pdf, key, sheet) for key in RUNNING},
    }


def _pdf_page(pdf: PdfPages, body: _Body, sheet: StyleSheet) -> dict[str, Value]:
    box = pdf.boxes.get("Trim") or pdf.boxes.get("Media", (0.0, 0.0, 0.0, 0.0))
    width, height = box[2] - box[0], box[3] - box[1]
    found: dict[str, Value] = {"size": (width, height), "title-page": _has_title_page(pdf)}
    bleed = pdf.boxes.get("Bleed", box)
    found["bleed"] = box[0] - bleed[0]
    found["front-matter"] = "roman" if "/S/r" in pdf.labels else "arabic"
    found.update(_margins(pdf, body, width, sheet))
    if body.full:
        first = next(run for run in body.lines if run.page == body.full[0])
        leading = _leading(body, body.full[0])
        found["margin-top"] = height - first.y - _ascent(pdf, first, leading)
        found["columns"] = float(max(1, len(body.lefts(body.full[0]))))
    title = next((run for run in pdf.shown if word(StyleKey.TITLE) in run.text), None)
    if title is not None and not title.page:
        leading = float(pdf.classes.get("title", {}).get("LineHeight", "0"))
        found["first-margin-top"] = height - title.y - _ascent(pdf, title, leading)
    for name, tag in (("header-baseline", "/Header"), ("footer-baseline", "/Footer")):
        run = next((run for run in pdf.shown if tag in run.tag and (run.page or tag == "/Footer")), None)
        if run is not None:
            found[name] = height - run.y if tag == "/Header" else run.y
            inner = found.get("margin-inner")
            if (
                isinstance(inner, float)
                and name == "header-baseline"
                and sheet.page.header.recto.left
                and not (run.page % 2 and sheet.page.facing)
            ):
                found["running-left"] = run.x - inner
    found.update(_foot(pdf))
    found.update(_column_rule(pdf, body))
    found.update(_column_gap(body, found))
    found.update(_margin_column(pdf, width, sheet))
    return found


def _margins(pdf: PdfPages, body: _Body, width: float, sheet: StyleSheet) -> dict[str, Value]:
    """Return the margins at the sides, and whether pages mirror one another.

    Where lines end as they like, what stands at the right of a running line ends where the column does.
    """
    sides = {page % 2: (body.left(page), body.right(page)) for page in (*body.pages[-1:], *body.full)}
    recto, verso = sides.get(0), sides.get(1)
    left, right = recto or verso or (None, None)
    found: dict[str, Value] = {}
    if recto is not None and verso is not None and None not in (recto[0], verso[0]):
        found["facing"] = abs((recto[0] or 0.0) - (verso[0] or 0.0)) > _SAME
    if left is not None:
        found["margin-inner"] = left
    if right is None and (sheet.page.header.recto.right or sheet.page.footer.recto.right):
        right = _running_end(pdf)
    if right is not None:
        found["margin-outer"] = width - right
    return found


def _running_end(pdf: PdfPages) -> float | None:
    """Return where the running lines of right-hand pages end."""
    return max(
        (
            run.x + run.width
            for run in pdf.shown
            if ("/Header" in run.tag or "/Footer" in run.tag) and run.page and not run.page % 2
        ),
        default=None,
    )


def _pdf_lines(body: _Body) -> dict[str, Value]:
    """Return whether points and hyphens at the ends of justified lines stand outside of them."""
    found: list[float] = []
    for page in body.full:
        right = body.right(page)
        ends = list(line_ends([each for each in body.lines if each.page == page]))
        if right is not None:
            found += [run.x + run.width - right for run in ends if run.text.rstrip(" ")[-1:] in _POINTS]
    return {"hanging-punctuation": any(far > _HANGS for far in found)} if found else {}


def _leading(body: _Body, page: int) -> float:
    ys = [run.y for run in body.lines if run.page == page]
    steps = Counter(round(one - other, 2) for one, other in pairwise(ys) if one > other)
    return steps.most_common(1)[0][0] if steps else 0.0


def _ascent(pdf: PdfPages, run: Shown, leading: float) -> float:
    """Return how far the top of a line is above its baseline: half of what its leading leaves above its font."""
    up, down = (each * run.size / 1000 for each in pdf.metrics.get(run.font, (0.0, 0.0)))
    return (leading - up - down) / 2 + up


def _has_title_page(pdf: PdfPages) -> bool:
    """Say whether the first page has the title block alone."""
    marked = tuple(word(key) for key in (StyleKey.TITLE, StyleKey.SUBTITLE, StyleKey.BYLINE))
    texts = [run for run in pdf.shown if not run.page and "/Artifact" not in run.tag]
    others = [run for run in texts if "qz" in run.text and not any(each in run.text for each in marked)]
    own = {word(StyleKey.MASTHEAD), word(StyleKey.MASTHEAD_SERIES), "qzaffiliatedzq"}
    return all(any(each in run.text for each in own) for run in others)


def _foot(pdf: PdfPages) -> dict[str, Value]:
    """Return what the probe's note shows: the rule above it, the space around that, and where the page's text ends.

    Notes stand at the foot of their column, so the lower edge of the last line is the margin's; the rule is in the
    middle between the text and them, its upper edge there.
    """
    at = next((at for at, run in enumerate(pdf.shown) if word(StyleKey.FOOTNOTE) in run.text), None)
    if at is None:
        return {}
    note = pdf.shown[at]
    lines = [run for run in block_of(pdf.shown, at) if run.page == note.page]
    leading = float(pdf.classes.get("footnote", {}).get("LineHeight", "0"))
    rise = _ascent(pdf, note, leading)
    found: dict[str, Value] = {"margin-bottom": min(run.y for run in lines) + rise - leading}
    above = [
        each
        for each in pdf.filled
        if each.page == note.page and each.height < _THIN < each.width and 0 < each.y - note.y < 3 * note.size
    ]
    rule = min(above, key=lambda each: each.y, default=None)
    if rule is None:
        return {**found, "footnote-rule": "none"}
    gap = 2 * (rule.y + rule.height - note.y - rise) - rule.height
    return {
        **found,
        "footnote-rule": _border(rule),
        "footnote-rule-width": rule.width,
        "footnote-gap": gap,
    }


def _border(rule: Filled) -> str:
    return f"{min(rule.width, rule.height):.2f} {rule.color}"


def _column_rule(pdf: PdfPages, body: _Body) -> dict[str, Value]:
    """Return the rule that stands upright between two columns."""
    lefts = body.lefts(body.full[0]) if body.full else []
    if len(lefts) < 2:
        return {}
    upright = [
        each
        for each in pdf.filled
        if each.page == body.full[0] and each.width < _THIN < each.height and lefts[0] < each.x < lefts[1]
    ]
    return {"column-rule": _border(upright[0]) if upright else "none"}


def _column_gap(body: _Body, page: Values) -> dict[str, Value]:
    """Return the gap between columns: what their beginnings are apart more than an equal share of the text's width."""
    lefts = body.lefts(body.full[0]) if body.full else []
    size, inner, outer = (page.get(name) for name in ("size", "margin-inner", "margin-outer"))
    if len(lefts) < 2 or not (
        isinstance(size, tuple) and isinstance(inner, float) and isinstance(outer, float)
    ):
        return {}
    return {"column-gap": len(lefts) * (lefts[1] - lefts[0]) - (size[0] - inner - outer)}


def _margin_column(pdf: PdfPages, width: float, sheet: StyleSheet) -> dict[str, Value]:
    """Return the column in the outer margin, from a pull quote in it and the rule above that."""
    quote = next((run for run in pdf.shown if word(StyleKey.PULL_QUOTE) in run.text), None)
    edge = width - sheet.page.margin_outer
    if quote is None or quote.x < edge:
        return {}
    rules = [
        each for each in pdf.filled if each.page == quote.page and each.x >= edge and each.height < _THIN
    ]
    found: dict[str, Value] = {"margin-column-gap": quote.x - edge}
    if rules:
        found["margin-column"] = rules[0].width
    return found


def _pdf_masthead(pdf: PdfPages, sheet: StyleSheet) -> dict[str, Value]:
    marked = (word(StyleKey.MASTHEAD), word(StyleKey.MASTHEAD_SERIES))
    lines = [run for run in pdf.shown if not run.page and any(each in run.text for each in marked)]
    lines = [run for run in lines if "/Header" not in run.tag and "/Footer" not in run.tag]
    if not lines:
        return {"show": False}
    height = pdf.boxes.get("Trim", pdf.boxes.get("Media", (0.0, 0.0, 0.0, 0.0)))[3]
    lowest = min(
        run.y for run in pdf.shown if not run.page and run.y > lines[0].y - 60 and _is_beside(run, lines)
    )
    end = next((run.y for run in pdf.shown if word(StyleKey.TITLE) in run.text), 0.0)
    under = [
        each for each in pdf.filled if not each.page and each.width > height / 4 and end < each.y < lowest
    ]
    edge = max((each.y + each.height if each.height < _BAND else each.y for each in under), default=None)
    texts = _masthead_lines(sheet, [run.text for run in lines])
    if edge is None:
        return {"show": True, **texts}
    return {"show": True, "height": height - edge, "inset-bottom": lowest - edge, **texts}


def _masthead_lines(sheet: StyleSheet, texts: Sequence[str]) -> dict[str, Value]:
    """Return the templates of a masthead's sides of which each is filled in by some text."""
    masthead = sheet.page.masthead
    found: dict[str, Value] = {}
    for side in ("left", "right") if masthead else ():
        templates = [line for line in getattr(masthead, side) if "{publisher}" in line or "{series}" in line]
        shown = all(any(filled_from(line, text) == line for text in texts) for line in templates)
        found[side] = " / ".join(getattr(masthead, side)) if shown else ""
    return found


def _is_beside(run: Shown, lines: Sequence[Shown]) -> bool:
    return any(run.tag == line.tag or abs(run.x - line.x) < _SAME for line in lines)


def _pdf_depth(pdf: PdfPages) -> float:
    """Return how deep sections are numbered: the headings that a label stands before, on their line."""
    deep = 0
    for level in range(1, 7):
        at = next((at for at, run in enumerate(pdf.shown) if word(f"heading-{level}") in run.text), 0)
        before = pdf.shown[at - 1] if at else None
        if before and before.tag.startswith("/Lbl") and abs(before.y - pdf.shown[at].y) < _SAME:
            deep = level
    return float(deep)


def _pdf_lists(pdf: PdfPages) -> str:
    """Return how ordered lists in one another count."""
    firsts = []
    for depth in DEPTHS:
        at = next((at for at, run in enumerate(pdf.shown) if word(COUNTED, depth) in run.text), 0)
        firsts.append(pdf.shown[at - 1].text.strip().rstrip(".") if at else "")
    return ways(firsts)


def _pdf_running(pdf: PdfPages, key: str, sheet: StyleSheet) -> dict[str, Value]:
    """Return the words of a running line, on the last page of its kind."""
    _, line, side = key.split(".")
    tag = "/Header" if line == "header" else "/Footer"
    pages = max((run.page for run in pdf.shown), default=0) + 1
    chosen = [
        page
        for page in range(pages)
        if (
            not page if side == "first" else page and (not sheet.page.facing or page % 2 == (side == "verso"))
        )
    ]
    if not chosen:
        return {}
    width = pdf.boxes["Media"][2]
    runs = [run for run in pdf.shown if run.page == chosen[-1] and tag in run.tag]
    found = {"left": "", "center": "", "right": ""}
    for run in runs:
        middle = run.x + run.width / 2
        place = (
            "center" if abs(middle - width / 2) < width / 14 else "left" if middle < width / 2 else "right"
        )
        found[place] += run.text
    templates = _templates(sheet, key)
    return {name: filled_from(templates[name], text.strip()) for name, text in found.items()}


def docx_page(docx: DocxStyles, sheet: StyleSheet) -> dict[str, Values]:
    """Return what a Word file says of its sections, its settings and its numbering, by table."""
    section, settings = docx.section, docx.settings
    page: dict[str, Value] = {
        "size": (section["pgSz.w"], section["pgSz.h"]),
        "margin-inner": section["pgMar.left"],
        "margin-outer": section["pgMar.right"],
        "margin-bottom": section["pgMar.bottom"],
        "margin-top": section["pgMar.top"],
        "facing": "mirrorMargins" in settings,
        "columns": section.get("cols.num", 1.0) or 1.0,
        "front-matter": "roman" if docx.roman else "arabic",
        "title-page": docx.title_page,
    }
    if "cols.num" in section:
        page["column-gap"] = section["cols.space"]
    page.update(_docx_baselines(docx, section))
    if "framePr.w" in section:
        edge = section["pgSz.w"] - section["pgMar.right"]
        page.update({"margin-column": section["framePr.w"], "margin-column-gap": section["framePr.x"] - edge})
    masthead: dict[str, Value] = {"show": docx.masthead > 0}
    if docx.masthead:
        masthead.update({"height": docx.masthead, **_masthead_lines(sheet, docx.masthead_lines)})
    lines: dict[str, Value] = {
        "hyphen-lines": float(settings.get("consecutiveHyphenLimit", "0")),
        "orphans": 2.0,
        "widows": 2.0,
    }
    return {
        PAGE: page,
        MASTHEAD: masthead,
        LINES: lines,
        NUMBERING: {"section-depth": float(docx.depth), "list-markers": docx.lists},
        **{key: _docx_running(docx, key, sheet) for key in RUNNING},
    }


_IN_LINE: Final = 0.78
"""Where in a line of exact height Word has its baseline, as a share of the height."""


def _docx_baselines(docx: DocxStyles, section: Mapping[str, float]) -> dict[str, Value]:
    """Return where running lines stand: the distance of headers, the space before them, and the line itself."""
    found: dict[str, Value] = {}
    head, foot = (docx.styles.get(name, {}).get("pPr.spacing", {}) for name in ("header", "footer"))
    before, line = (float(head.get(name, "0")) / 20 for name in ("before", "line"))
    found["header-baseline"] = section["pgMar.header"] + before + _IN_LINE * line
    found["footer-baseline"] = section["pgMar.footer"] + (1 - _IN_LINE) * float(foot.get("line", "0")) / 20
    return found


def _docx_running(docx: DocxStyles, key: str, sheet: StyleSheet) -> dict[str, Value]:
    """Return the words of a running line, parted by tabs."""
    _, line, side = key.split(".")
    kind = {"first": "first", "recto": "default", "verso": "even" if sheet.page.facing else "default"}[side]
    texts = [*docx.running.get(f"{line}-{kind}", ("",)), "", ""][:3]
    templates = _templates(sheet, key)
    return {
        name: filled_from(templates[name], text.strip()) for name, text in zip(templates, texts, strict=True)
    }


def epub_page(epub: EpubStyles, sheet: StyleSheet) -> dict[str, Values]:
    """Return what an e-book's style sheet says that belongs to the page elsewhere."""
    body = epub.rules.get("body", {})
    note = epub.rules.get("section.notes > aside:first-child", {})
    size = sheet.styles[StyleKey.PARAGRAPH].size
    words = note.get("border-top", "").split()
    page: dict[str, Value] = {
        "text-face": "theme" if "font-family" in body else "reader",
        "footnote-rule": f"{_ems(words[0]) * size:.2f} {words[2].removeprefix('#')}"
        if len(words) == 3
        else "none",
        "footnote-gap": _ems(note.get("padding-top", "0")) * size,
    }
    lines: dict[str, Value] = {name: float(body.get(name, "2")) for name in ("orphans", "widows")}
    return {PAGE: page, LINES: lines, NUMBERING: _epub_numbering(epub)}


def _ems(text: str) -> float:
    return float(re.sub(r"[a-z]+$", "", text) or 0)


def tables(found: Mapping[str, Mapping[str, Values]]) -> Iterator[tuple[str, dict[str, Values]]]:
    """Yield each table with what every format holds of it."""
    for key in KEYS:
        yield key, {form: values.get(key, {}) for form, values in found.items()}


def _epub_numbering(epub: EpubStyles) -> Values:
    """Return how deep sections are numbered, and how ordered lists in one another count."""
    before, _, after = epub.text.partition(word(COUNTED, DEPTHS[0]))
    lists = before[before.rfind("<ol") :] + after.partition(word(COUNTED, DEPTHS[-1]))[0]
    types = (re.search(r'type="(\w)"', each) for each in re.findall(r"<ol\b[^>]*>", lists))
    return {
        "section-depth": float(epub.depth),
        "list-markers": ways(each[1] if each else "1" for each in types),
    }
