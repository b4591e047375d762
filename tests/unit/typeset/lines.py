"""Setters, styles and documents for tests of lines, and reading text back from the codes of a line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from octavo.environment import installed_fonts
from octavo.fonts.book import FontBook
from octavo.theme.style import (
    Border,
    Mark,
    Medium,
    PageStyle,
    RunningLines,
    Sides,
    Style,
    StyleSheet,
    TextOptions,
)
from octavo.transforms.resolved import Index, Note, Resolved, Terms
from octavo.tree import Document
from octavo.tree.media import MediaFile
from octavo.tree.metadata import Metadata
from octavo.tree.nodes import Inline, Text
from octavo.typeset.frames import FontUse, Owner
from octavo.typeset.line import Line
from octavo.typeset.paragraphs import ParagraphSetter
from octavo.units import BLACK, Color

NO_BORDER = Border(0.0, BLACK)
OWNER = Owner(1)
MARKS = {
    "emphasis": Mark(italic=True),
    "strong": Mark(weight=700),
    "small-caps": Mark(small_caps=True),
    "superscript": Mark(scale=0.6, rise=0.35),
    "subscript": Mark(scale=0.6, rise=-0.15),
    "deleted": Mark(strike=True),
    "code": Mark(font=("Cascadia Mono",), scale=0.9, background=Color(240, 240, 240)),
    "link": Mark(color=Color(0, 0, 200), underline=True),
    "footnote-mark": Mark(scale=0.6, rise=0.35),
    "shout": Mark(case="upper"),
}


def style(**changes: Any) -> Style:
    """A body style: Source Serif Pro 10.5/13.5, justified and hyphenated."""
    values: dict[str, Any] = {
        "font": ("Source Serif Pro",),
        "size": 10.5,
        "leading": 13.5,
        "weight": 400,
        "italic": False,
        "color": BLACK,
        "letter_spacing": 0.0,
        "case": "none",
        "small_caps": False,
        "figures": "lining",
        "figure_spacing": "proportional",
        "underline": False,
        "strike": False,
        "align": "justify",
        "hyphenate": True,
        "first_line_indent": 0.0,
        "indent_left": 0.0,
        "indent_right": 0.0,
        "space_before": 0.0,
        "space_after": 0.0,
        "padding": Sides(),
        "background": None,
        "border_top": NO_BORDER,
        "border_right": NO_BORDER,
        "border_bottom": NO_BORDER,
        "border_left": NO_BORDER,
        "keep_with_next": False,
        "keep_together": False,
        "all_columns": False,
        "drop_initial": 0,
        "break_before": "auto",
        "marker": "•",
        "marker_indent": 0.0,
        "label": "none",
    }
    return Style(**{**values, **changes})


def sheet(options: TextOptions) -> StyleSheet:
    page = PageStyle(
        width=432.0,
        height=648.0,
        margin_top=54.0,
        margin_bottom=54.0,
        margin_inner=54.0,
        margin_outer=54.0,
        first_margin_top=54.0,
        facing=False,
        columns=1,
        column_gap=0.0,
        bleed=0.0,
        header=RunningLines(),
        footer=RunningLines(),
        header_baseline=30.0,
        footer_baseline=30.0,
        running_left=0.0,
        masthead=None,
        footnote_rule=NO_BORDER,
        footnote_rule_width=0.0,
        footnote_gap=0.0,
    )
    return StyleSheet(
        name="test",
        medium=Medium.SCREEN,
        styles={},
        within={},
        marks=MARKS,
        page=page,
        text=options,
        section_depth=0,
        palette={},
        fonts={},
    )


def resolved(
    language: str = "en-US", notes: Sequence[Note] = (), media: Mapping[str, MediaFile] | None = None
) -> Resolved:
    terms = Terms(**{name: name for name in Terms.__struct_fields__})
    index = Index(
        numbers={},
        labels={},
        anchors={},
        styles={},
        levels={},
        headings=(),
        figures=(),
        tables=(),
        listings=(),
        notes=tuple(notes),
        note_by_key={note.key: note for note in notes},
        terms=terms,
        date="",
    )
    return Resolved(document=Document(metadata=Metadata(language=language)), index=index, media=media or {})


@cache
def fonts() -> FontBook:
    return installed_fonts()


def setter(document: Resolved | None = None, **options: Any) -> ParagraphSetter:
    return ParagraphSetter(document or resolved(), sheet(TextOptions(**options)), fonts())


def text(*words: str) -> tuple[Inline, ...]:
    return tuple(Text(text=each) for each in words)


def decoded(content: str, font: FontUse) -> str:
    """What the codes of a run read as."""
    return "".join(said for _, said in shown(content, font))


def shown(content: str, font: FontUse) -> list[tuple[int, str]]:
    """The glyphs of a run's codes, each with what it reads as."""
    codes = "".join(re.findall("<([0-9A-F]*)>", content))
    return [font.codes[int(codes[at : at + 4], 16)][:2] for at in range(0, len(codes), 4)]


def reads(line: Line, used: Sequence[FontUse]) -> str:
    """What a line reads as, from its first run to its last."""
    return "".join(decoded(run.content, used[run.font]) for run in line.frame.runs)


def joined(lines: Sequence[Line], used: Sequence[FontUse]) -> str:
    """What lines read as together, words split by hyphens made whole."""
    return "".join(reads(line, used) for line in lines).replace("\u00ad", "")


def painted_width(content: str, font: FontUse) -> float:
    """How far the pen moves, in thousandths of the size: the advances less the adjustments."""
    width = 0.0
    for codes, adjustment in re.findall(r"<([0-9A-F]*)>|(-?\d+(?:\.\d+)?)", content):
        if adjustment:
            width -= float(adjustment)
        for at in range(0, len(codes), 4):
            width += font.codes[int(codes[at : at + 4], 16)][2] * 1000 / font.units_per_em
    return width
