"""What the glyphs of a finished PDF tell of a block's text: the shape and the width of figures, capitals for small
letters, hyphens at the ends of lines, rules under words and through them.

The text of a glyph is what was written, whatever its form: so a small letter as high as a capital is set in capitals,
and a small letter with an ascender that is no higher than one without is a small capital.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from octavo.checks.parity.pdf_file import Filled, PdfPages, Shown
from octavo.checks.parity.pdf_glyphs import Letter
from octavo.checks.parity.values import Value

_TALL: Final = frozenset("bdfhikl")
_LOW: Final = frozenset("acemnorsuvwxz")
_DESCENDING: Final = frozenset("34579")
"""Old-style figures that reach below the baseline; 6 and 8 are as high as capitals, the others as small letters."""
_SHORT: Final = frozenset("0123459")
_HYPHEN: Final = "\u00ad"
"""What the hyphen of a divided word reads as."""
_SAME_LINE: Final = 0.5
_LEAST: Final = 0.02
"""Lengths that differ by less are the same, in ems."""


def block_of(shown: Sequence[Shown], at: int) -> list[Shown]:
    """Return the runs of a block that begins with one of the probe's words: those up to the next such word."""
    found = [shown[at]]
    for run, following in pairwise((*shown[at + 1 :], shown[-1])):
        if "/Artifact" in run.tag:
            continue
        if run.tag.startswith("/Lbl") or starts_block(run, following):
            break
        last = found[-1]
        alike = (run.font, run.size) == (last.font, last.size)
        if not alike and (run.page != last.page or _role(run) != _role(found[0]) in _BLOCKS):
            break  # the rest of what the page or the column before has above its notes and floats
        found.append(run)
    return found


_BLOCKS: Final = frozenset({"/P", "/LBody"})


def _role(run: Shown) -> str:
    return run.tag.partition(" ")[0]


def starts_block(run: Shown, following: Shown) -> bool:
    """Say whether a run begins with a word of the probe, whose first letter may be a run of its own, as an initial."""
    return (
        "qz" in run.text.casefold() or "qz" in f"{run.text}{following.text}".casefold()[: len(run.text) + 1]
    )


def lettering(runs: Sequence[Shown]) -> dict[str, Value]:
    """Return what the glyphs of a block tell of its text."""
    most = max(runs, key=lambda run: len(run.letters))
    alike = [run for run in runs if (run.font, run.size) == (most.font, most.size)]
    found = {**_figures([each for run in alike for each in run.letters]), **_capitals(runs), **_hyphens(runs)}
    if found.get("small-caps"):
        # Small capitals have figures of their own, neither as high nor hanging, and of their own widths.
        return {name: value for name, value in found.items() if not name.startswith("figure")}
    return found


def _figures(letters: Sequence[Letter]) -> dict[str, Value]:
    figures = [each for each in letters if each.text and each.text in "0123456789"]
    found: dict[str, Value] = {}
    reaches = [(each.text, each.reach) for each in figures if each.reach is not None]
    if reaches:
        tallest = max(top for _, (_, top) in reaches)
        low = any(text in _DESCENDING and bottom < -0.08 for text, (bottom, _) in reaches)
        short = any(text in _SHORT and top < 0.88 * tallest for text, (_, top) in reaches)
        found["figures"] = "old-style" if low or short else "lining"
    widths = {each.text: each.width for each in figures}
    others = {round(each.width, 3) for each in letters if each.text.isalpha()}
    # In a typewriter's face all letters are of one width, figures too: that says nothing of what was asked for.
    if len(widths) > 1 and len(others) > 1:
        even = max(widths.values()) - min(widths.values()) < _LEAST / 4
        found["figure-spacing"] = "tabular" if even else "proportional"
    return found


def _capitals(runs: Sequence[Shown]) -> dict[str, Value]:
    """Return the form of small letters, from those that have an ascender and those that have none.

    Small capitals that a font lacks are its capitals, smaller.
    """
    largest = max(run.size for run in runs)
    shown = [
        (each.text, each.reach[1] * run.size / largest, each.capital)
        for run in runs
        for each in run.letters
        if each.reach is not None
    ]
    tall = [top for text, top, _ in shown if text and text in _TALL]
    low = [(top, capital) for text, top, capital in shown if text and text in _LOW]
    if not tall or not low:
        return {}
    if min(tall) > max(top for top, _ in low) + 4 * _LEAST:
        return {"case": "none", "small-caps": False}
    if all(top > 0.93 * capital for top, capital in low):
        return {"case": "upper"}
    return {"case": "none", "small-caps": True}


def _hyphens(runs: Sequence[Shown]) -> dict[str, Value]:
    """Say whether words are divided. One that fills a line alone is: no line holds it."""
    ends = list(line_ends(runs))
    if any(each.text.endswith(_HYPHEN) and " " in _line(runs, each) for each in ends[:-1]):
        return {"hyphenate": True}
    return {"hyphenate": False} if len(ends) > 2 else {}


def _line(runs: Sequence[Shown], end: Shown) -> str:
    """Return the text of the line that a run ends."""
    beside = (run for run in runs if run.page == end.page and abs(run.y - end.y) < _SAME_LINE)
    return "".join(run.text for run in beside).strip()


def line_ends(runs: Sequence[Shown]) -> Iterator[Shown]:
    """Yield the last run of each line."""
    for run, following in pairwise(runs):
        if abs(run.y - following.y) > _SAME_LINE or run.page != following.page:
            yield run
    yield runs[-1]


def ruled(run: Shown, decorations: Sequence[Filled]) -> dict[str, Value]:
    """Say whether a rule stands under a run, and one through it."""
    found = [each.y + each.height / 2 - run.y for each in decorations if _decorates(each, run)]
    return {
        "underline": any(far < 0 for far in found),
        "strike": any(far > 0 for far in found),
    }


def ground_of(run: Shown, filled: Sequence[Filled]) -> str | None:
    """Return the colour of what stands behind a run and is hardly larger; None where nothing does."""
    behind = (
        each
        for each in filled
        if each.page == run.page
        and run.x - run.size < each.x <= run.x
        and run.width * 2 / 3 < each.width < run.width + 2 * run.size
        and each.y < run.y < each.y + each.height < run.y + 2 * run.size
    )
    return next((each.color for each in behind), None)


def undecorated(pages: PdfPages) -> PdfPages:
    """Return pages with the rules that belong to words apart from all others."""
    on_page: dict[int, list[Shown]] = {}
    for run in pages.shown:
        on_page.setdefault(run.page, []).append(run)
    own = [each for each in pages.filled if any(_decorates(each, run) for run in on_page.get(each.page, ()))]
    others = tuple(each for each in pages.filled if each not in own)
    return msgspec.structs.replace(pages, filled=others, decorations=tuple(own))


def _decorates(rule: Filled, run: Shown) -> bool:
    """Say whether a rule is as long as a run, or as the words on its line, and under it or through it."""
    far = rule.y + rule.height / 2 - run.y
    return (
        rule.page == run.page
        and rule.height < 0.15 * run.size
        and rule.x - 1 < run.x < rule.x + rule.width
        and run.x + run.width / 2 < rule.x + rule.width < run.x + 2 * run.width + run.size
        and (-0.3 * run.size < far < 0 or 0.15 * run.size < far < 0.4 * run.size)
    )
