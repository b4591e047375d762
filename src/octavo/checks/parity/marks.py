"""What three finished editions hold of a mark: a stretch of text within a block.

A mark is read beside the text it stands in: `scale` and `rise` are shares of that text's size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from octavo.checks.parity.docx_values import DocxStyles, character_values
from octavo.checks.parity.epub_values import EpubStyles, mark_values
from octavo.checks.parity.pdf_file import PdfPages, Shown
from octavo.checks.parity.pdf_lettering import ground_of, lettering, ruled
from octavo.checks.parity.pdf_values import face_of
from octavo.checks.parity.probe import MARK_TEXTS, word
from octavo.checks.parity.values import Value, Values, plain
from octavo.theme import schema
from octavo.theme.style import Mark, Style, StyleSheet
from octavo.tree.semantics import MarkKey, StyleKey

M, S = MarkKey, StyleKey

_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(MarkKey, (str(S.PARAGRAPH_FIRST), "")),
    M.HEADING_NUMBER: (S.HEADING_1, ""),
    M.LIST_MARKER: (S.LIST_ITEM, ""),
    M.CAPTION_LABEL: (S.CAPTION, S.FIGURE),
    M.GROUP_LABEL: (S.PARAGRAPH_FIRST, S.AUTHOR_NOTE),
    M.AFFILIATION: (S.BYLINE, ""),
    **{mark: (str(S.CODE_BLOCK), "") for mark in MarkKey if mark.startswith("code-")},
}
"""The style, and the container of it, that a mark stands in where the probe shows it."""

_BEFORE: Final[Mapping[str, str]] = {
    M.HEADING_NUMBER: S.HEADING_1,
    M.LIST_MARKER: S.LIST_ITEM,
    M.CAPTION_LABEL: S.CAPTION,
}
"""Marks that have no words of their own: they stand at the left of the first word of a block."""
_SAME_LINE: Final = 0.5


def wanted_mark(mark: Mark) -> dict[str, Value]:
    """Return what a theme sets of a mark."""
    found: dict[str, Value] = {}
    for name, row in schema.MARK_PROPERTIES.items():
        value = getattr(mark, row.field)
        if value is not None:
            found[name] = plain(value)
    return found


def text_of(sheet: StyleSheet, key: str) -> Style:
    """Return the style of the text that a mark stands in where the probe shows it."""
    return sheet.of(*_TEXTS[key])


def read_marks(
    pdf: PdfPages, docx: DocxStyles, epub: EpubStyles, sheet: StyleSheet, key: str
) -> dict[str, Values]:
    """Return, by format, what the editions say of a mark; nothing where it is not shown."""
    return {
        "pdf": _pdf(pdf, sheet, key),
        "docx": character_values(docx, key, _TEXTS[key], sheet.of(*_TEXTS[key]).size),
        "epub": mark_values(epub, key),
    }


def _pdf(pages: PdfPages, sheet: StyleSheet, key: str) -> Values:
    shown = pages.shown
    run = _run(shown, key)
    if run is None:
        return {}
    counted = _counted(shown) if key == M.LIST_MARKER else []
    style = sheet.of(*_TEXTS[key])
    family, weight, italic = face_of(run.font)
    base = _baseline(shown, run, style.size)
    return {
        **lettering(counted or [run]),
        **ruled(run, pages.decorations),
        "background": ground_of(run, pages.filled),
        "font": family,
        "weight": weight,
        "italic": italic,
        "color": run.color,
        "letter-spacing": run.spacing,
        "scale": run.size / style.size,
        "rise": (run.y - base) / style.size,
    }


def _counted(shown: Sequence[Shown]) -> list[Shown]:
    """Return the label of the probe's list with numbers: a bullet has no figures."""
    at = next((at for at, run in enumerate(shown) if word("counted") in run.text), 0)
    return [run for run in shown[max(0, at - 1) : at] if run.tag.startswith("/Lbl")]


def _run(shown: Sequence[Shown], key: str) -> Shown | None:
    if key == M.FOLIO:
        return next((run for run in shown if _is_artifact(run) and run.text.strip().isdigit()), None)
    texts = [run for run in shown if not _is_artifact(run)]
    if key in _BEFORE:
        start = word(_BEFORE[key], _TEXTS[key][1]).casefold()
        at = next((at for at, run in enumerate(texts) if start in run.text.casefold()), 0)
        before = [run for run in texts[max(0, at - 3) : at] if abs(run.y - texts[at].y) < _SAME_LINE]
        return before[0] if before else None
    said = MARK_TEXTS[MarkKey(key)]
    if key == M.FOOTNOTE_MARK:
        texts = texts[
            next((at for at, run in enumerate(texts) if run.text.rstrip(" ").endswith("noted")), 0) :
        ]
    if said.startswith("qz"):
        return next((run for run in texts if said in run.text.casefold()), None)
    return next((run for run in texts if run.text.strip() == said), None)


def _is_artifact(run: Shown) -> bool:
    return "/Artifact" in run.tag or "/Header" in run.tag or "/Footer" in run.tag


def _baseline(shown: Sequence[Shown], run: Shown, size: float) -> float:
    """Return the baseline of the line that a run stands in: that of the run before or after it, of the text's size."""
    at = shown.index(run)
    beside = [
        each for each in (*shown[max(0, at - 1) : at], *shown[at + 1 : at + 2]) if each.page == run.page
    ]
    near = [each.y for each in beside if abs(each.size - size) < 0.01 and abs(each.y - run.y) < size]
    return near[0] if near else run.y
