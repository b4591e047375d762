"""Whatever bytes come in, readers and the theme loader return something or say what is wrong, with a code and words.

Plain pytest tries a few inputs, always the same; `OCTAVO_EXAMPLES=20000 pytest tests/property/test_fuzz.py` tries as
many others as it is told.
"""

from __future__ import annotations

import functools
import json
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from octavo.environment import DiskEnvironment, MemoryEnvironment
from octavo.errors import OctavoError, SourceError, ThemeError
from octavo.plugins import find_reader
from octavo.readers.protocol import Source
from octavo.theme.load import load_theme
from octavo.theme.resolve import resolve_theme
from octavo.theme.style import Medium
from tests.corpus import ROOT
from tests.unit.checks import shipped
from tests.unit.checks.finished import edition

EXAMPLES = int(os.environ.get("OCTAVO_EXAMPLES", "0"))
FEW = settings(
    max_examples=EXAMPLES or 25,
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
MARKS = [
    *"*_`[](){}<>!#|:=-+~^$@&\\\"'\n\t ",
    "\n\n",
    "---\n",
    ":::",
    "```",
    "[^1]",
    "![",
    "](",
    "{#",
    "\x00",
]
MARKS += ["\u202e", "a", "é"]


@functools.cache
def _seed(name: str) -> bytes:
    if name == "docx":
        return edition("docx")
    path = "seeds/us-china-dialogue.txt" if name == "brief" else "examples/feature-tour.md"
    data = (ROOT / path).read_bytes()
    return data[:6000] if name != "json" else b'{"content": [{"type": "paragraph", "content": []}]}'


@st.composite
def harmed(draw: st.DrawFn, data: bytes) -> bytes:
    """Some bytes with a few pieces of them cut out, doubled, moved or overwritten."""
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        new = draw(
            st.binary(max_size=6) | st.sampled_from(MARKS).map(str.encode) | st.just(data[start:end] * 2)
        )
        data = data[:start] + new + data[end:]
    return data


def _read(name: str, data: bytes) -> None:
    try:
        find_reader(name).read(Source(data, "fuzzed"))
    except SourceError as fault:
        assert all(each.code and each.message for each in fault.diagnostics)  # noqa: PT017


@pytest.mark.parametrize("name", ["markdown", "brief", "json", "docx"])
def test_a_harmed_source_is_read_or_refused(name: str) -> None:
    @FEW
    @given(data=harmed(_seed(name)))
    def tried(data: bytes) -> None:
        _read(name, data)

    tried()


@pytest.mark.parametrize("name", ["markdown", "brief", "json", "docx"])
def test_any_bytes_are_read_or_refused(name: str) -> None:
    @FEW
    @given(
        data=st.binary(max_size=200)
        | st.lists(st.sampled_from(MARKS), max_size=80).map("".join).map(str.encode)
    )
    def tried(data: bytes) -> None:
        _read(name, data)

    tried()


def _load(text: str) -> None:
    world = MemoryEnvironment({}, DiskEnvironment().fonts(), {**shipped.themes(), "fuzzed": text})
    try:
        theme = load_theme("fuzzed", world.read_theme)
        for medium in Medium:
            resolve_theme(theme, medium, world.fonts())
    except (ThemeError, OctavoError) as fault:
        assert all(each.code and each.message for each in fault.diagnostics)  # noqa: PT017


def test_a_harmed_theme_is_loaded_or_refused() -> None:
    seed = shipped.themes()["policy"].encode()

    @FEW
    @given(data=harmed(seed))
    def tried(data: bytes) -> None:
        _load(data.decode("utf-8", "replace"))

    tried()


def test_any_values_in_a_theme_are_taken_or_refused() -> None:
    values = st.sampled_from(
        [
            "1pt",
            "-1pt",
            "1e99pt",
            "0",
            "{color.x}",
            "{",
            "#12345",
            "#ffffff",
            "url(x)",
            "auto",
            "",
            "9" * 60,
            "1mm 2mm",
            "\\u0000",
        ]
    )
    keys = st.sampled_from(
        ["size", "color", "font", "leading", "space-before", "align", "margin", "x", "width", "marker"]
    )
    tables = st.sampled_from(
        [
            "page",
            "style.text",
            "style.heading-1",
            "token.color",
            "print.style.text",
            "screen",
            "mark.link",
            "x",
        ]
    )

    @FEW
    @given(rows=st.lists(st.tuples(tables, keys, values | st.integers() | st.booleans()), max_size=4))
    def tried(rows: list[tuple[str, str, object]]) -> None:
        lines = [
            f"[{table}]\n{key} = {json.dumps(value)}"
            for table, (key, value) in {r[0]: r[1:] for r in rows}.items()
        ]
        _load('name = "fuzzed"\nextends = "policy"\n' + "\n".join(lines))

    tried()
