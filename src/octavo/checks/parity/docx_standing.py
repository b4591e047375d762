"""How the paragraphs of a finished Word file stand: the columns and the margins of their sections, frames, new pages.

Source: ECMA-376-1, 17.6 (sections), 17.3.1.11 (frames).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from octavo.checks.parity.probe import word
from octavo.checks.parity.values import GROUPS, Value
from octavo.tree.semantics import StyleKey

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Standing(msgspec.Struct, frozen=True):
    """A paragraph of the text: in how many columns its section has it, the gap between them in points, how much wider
    that section's margins are than the last one's, and whether the paragraph stands in a frame beside the text."""

    text: str
    columns: float
    gap: float
    margins: tuple[float, float]
    beside: bool
    over: bool | None
    """Whether it stands over all columns of the page; None where the page has one."""
    recto: bool
    """Whether it begins a section on a right-hand page."""


def standing(body: Any) -> tuple[Standing, ...]:
    """Return how the paragraphs stand: a section ends with the paragraph that holds its properties (17.6.17)."""
    found: list[Standing] = []
    waiting: list[tuple[str, bool]] = []
    for each in body.iter(f"{_W}p", f"{_W}sectPr"):
        if each.tag == f"{_W}p":
            text = "".join(part.text or "" for part in each.iter(f"{_W}t"))
            waiting.append((text, each.find(f"{_W}pPr/{_W}framePr") is not None))
            continue
        columns, margins, kind = (each.find(f"{_W}{name}") for name in ("cols", "pgMar", "type"))
        sides = _points(margins.get(f"{_W}left")), _points(margins.get(f"{_W}right"))
        count = float(columns.get(f"{_W}num", "1")) if columns is not None else 1.0
        gap = _points(columns.get(f"{_W}space")) if columns is not None else 0.0
        odd = kind is not None and kind.get(f"{_W}val") == "oddPage"
        found += [
            Standing(text, count, gap, sides, beside, None, odd and not at)
            for at, (text, beside) in enumerate(waiting)
        ]
        waiting = []
    return tuple(_beside_last(each, found[-1]) for each in found)


def _beside_last(each: Standing, last: Standing) -> Standing:
    """Return how a paragraph stands beside the last one, which stands in the page's own columns and margins."""
    (left, right), (last_left, last_right) = each.margins, last.margins
    return msgspec.structs.replace(
        each,
        columns=1.0 if each.columns == last.columns else each.columns,
        margins=(left - last_left, right - last_right),
        over=each.columns != last.columns if last.columns > 1 else None,
    )


def placed(found: Standing) -> dict[str, Value]:
    """Return where a paragraph stands, as properties of its style."""
    return {
        "place": "margin" if found.beside else "column",
        "columns": found.columns,
        **({"column-gap": found.gap} if found.columns > 1 else {}),
        **({"all-columns": found.over} if found.over is not None else {}),
        **({"break-before": "recto"} if found.recto else {}),
    }


def label_of(paragraphs: Sequence[Standing], key: str) -> str:
    """Return how the title of a group is shown: above its first paragraph, within it, or not at all."""
    title, text = word(StyleKey.GROUP_TITLE, key), word(key)
    holding = next((each.text for each in paragraphs if title in each.text), None)
    return "none" if holding is None else "run-in" if text in holding else "block"


def said_there(paragraphs: Sequence[Standing], key: str) -> dict[str, Value]:
    """Return what paragraphs of the text say of a style: how a group's title is shown, and what a divider is."""
    if key in GROUPS and key != StyleKey.QUOTE:
        return {"label": label_of(paragraphs, key)}
    if key == StyleKey.DIVIDER:
        first = word(StyleKey.PARAGRAPH_FIRST)
        at = next((at for at, each in enumerate(paragraphs) if first in each.text), 0)
        return {"marker": paragraphs[at - 1].text} if at else {}
    return {}


def _points(twips: str | None) -> float:
    return float(twips or 0) / 20
