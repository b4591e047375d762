"""A layout as text, for golden files and for the eye: a line for each frame, with the words it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, assert_never

from octavo.typeset.frames import (
    Artifact,
    GlyphRun,
    Layout,
    LinkArea,
    Ownership,
    Page,
    Part,
    Picture,
    Placed,
    Rectangle,
    TextLine,
)

_CODES: Final = re.compile(r"<([0-9A-Fa-f]*)>")


def to_text(layout: Layout) -> str:
    """Return a layout as text: pages, then their frames in order, each with its place, size and owner."""
    lines = [f"layout {_size(layout.width, layout.height)} bleed {layout.bleed:g}"]
    for page in layout.pages:
        lines.append("")
        lines.extend(_page_lines(page, layout))
    return "\n".join(lines) + "\n"


def words_of(frame: TextLine, layout: Layout) -> str:
    """Return the characters that a line of text stands for; a hyphen at a line's end is U+00AD."""
    return "".join(_run_text(run, layout) for run in frame.runs)


def _page_lines(page: Page, layout: Layout) -> Iterator[str]:
    start = f" begins {page.start.key}+{page.start.offset}" if page.start else " blank"
    yield f"page {page.label} {page.side}{start}"
    for placed in page.frames:
        yield f"  {placed.x:7.2f} {placed.y:7.2f}  {_described(placed, layout)}"
    if page.anchors:
        yield "  anchors " + " ".join(f"{anchor.key}@{anchor.y:.1f}" for anchor in page.anchors)


def _described(placed: Placed, layout: Layout) -> str:
    frame = placed.frame
    turned = "turned " if placed.turned else ""
    match frame:
        case TextLine():
            return f"{turned}{_described_text(frame, layout)}"
        case Rectangle():
            bleeds = " bleeds" if frame.bleeds else ""
            return f"{_owner(frame.owner)} box {_size(frame.width, frame.height)} #{frame.color.hex}{bleeds}"
        case Picture():
            size = _size(frame.width, frame.height)
            return f"{turned}{_owner(frame.owner)} picture {size} {frame.source} {frame.alt!r}"
        case LinkArea():
            return f"{_owner(frame.owner)} link {_size(frame.width, frame.height)} {frame.target}"
        case _:
            assert_never(frame)


def _described_text(frame: TextLine, layout: Layout) -> str:
    parts: list[str] = []
    owner, look, text = "", "", ""
    for run in frame.runs:
        new_owner, new_look = _owner(run.owner), _look(run, layout)
        if (new_owner, new_look) != (owner, look):
            if text:
                parts.append(f"{owner} {look} {text!r}")
            owner, look, text = new_owner, new_look, ""
        text += _run_text(run, layout)
    if text:
        parts.append(f"{owner} {look} {text!r}")
    return " | ".join(parts) + (f" rules {len(frame.rules)}" if frame.rules else "")


def _look(run: GlyphRun, layout: Layout) -> str:
    font = layout.fonts[run.font].name if run.font < len(layout.fonts) else f"font{run.font}"
    spread = f" spread {run.spread:.3f}" if run.spread else ""
    return f"{font} {run.size:g} #{run.color.hex}{spread}"


def _run_text(run: GlyphRun, layout: Layout) -> str:
    if run.reads is not None:
        return run.reads
    codes = layout.fonts[run.font].codes
    found: list[str] = []
    for group in _CODES.findall(run.content):
        for at in range(0, len(group), 4):
            entry = codes.get(int(group[at : at + 4], 16))
            found.append(entry[1] if entry else "\ufffd")
    return "".join(found)


def _owner(owner: Ownership) -> str:
    if isinstance(owner, Artifact):
        return f"[{owner}]"
    name = owner.metadata or str(owner.key)
    entry = f">{owner.entry}" if owner.entry else ""
    part = f".{owner.part}" if owner.part is not Part.CONTENT else ""
    return f"{name}{entry}{part}"


def _size(width: float, height: float) -> str:
    return f"{width:.2f}x{height:.2f}"
