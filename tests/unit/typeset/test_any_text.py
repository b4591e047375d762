"""Whatever the text: nothing of it is lost, and no font is asked for what it has not."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from octavo.fonts.characters import printable, sayable
from octavo.tree.nodes import Code, Emphasis, Text
from tests.unit.typeset import lines as make

PIECES = st.sampled_from(
    [
        "office ",
        "well-known ",
        "https://example.org/a-b/c?d=e",
        "中文，。「",
        "שלום ",
        "مرحبا ",
        "नमस्ते",
        "x\u0301",
        "\u00a0",
        "\u00ad",
        "\u200b",
        "\U0001f469\u200d\U0001f467",
        "x" * 40,
        "ß",
        " ",
        "\n",
    ]
)
TEXT = st.lists(PIECES | st.text(max_size=6), max_size=12).map("".join)


# Unicode's Default_Ignorable_Code_Point: HarfBuzz shows nothing for them.
IGNORED = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def told(text: str) -> str:
    """A text as it may be read back: without white space and what shows nothing."""
    return IGNORED.sub("", sayable(printable(text)))


@settings(max_examples=60)
@example("น้ำ", "left", 120.0)
@given(TEXT, st.sampled_from(["justify", "left", "right", "center"]), st.sampled_from([30.0, 120.0, 400.0]))
def test_lines_read_as_any_text(text: str, align: str, width: float) -> None:
    setter = make.setter()
    content = (Text(text=text), Emphasis(content=(Text(text=text),)), Code(text=text))
    found = setter.set(content, make.style(align=align), width, make.OWNER)
    used = setter.fonts()
    assert told("".join(make.reads(line, used) for line in found)) == told(text) * 3
    assert all(glyph for font in used for glyph, _, _ in font.codes.values())
    # A glyph reads as nothing where a letter has several, in a run that says by itself what it reads as.
    for run in (run for line in found for run in line.frame.runs if run.reads is None):
        assert all(said for _, said in make.shown(run.content, used[run.font]))


@settings(max_examples=40)
@given(st.text(max_size=60), st.sampled_from([20.0, 200.0]))
def test_code_reads_as_any_text(text: str, width: float) -> None:
    setter = make.setter()
    found = setter.preformatted(text, make.style(font=("Cascadia Mono",)), width, make.OWNER)
    used = setter.fonts()
    runs = "".join(
        make.decoded(run.content, used[run.font])
        for line in found
        for run in line.frame.runs
        if run.owner == make.OWNER
    )
    assert told(runs) == told(text)
