"""The shipped themes: nothing doubtful in them, every key set, and what they come to, as text to read."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from octavo.environment import DiskEnvironment, installed_fonts
from octavo.theme import schema
from octavo.theme.dump import to_text
from octavo.theme.load import load_theme
from octavo.theme.resolve import resolve_theme
from octavo.theme.style import Medium, StyleSheet
from octavo.units import Color
from tests.unit.theme.themes import SHIPPED, reader

NAMES = sorted(path.stem for path in SHIPPED.glob("*.toml"))


def sheet(name: str, medium: Medium) -> StyleSheet:
    found, said = resolve_theme(load_theme(name, reader()), medium, installed_fonts())
    assert said == ()
    return found


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_doubtful_and_the_whole_sheet_is_as_accepted(
    name: str, golden: Callable[[Path, str], None]
) -> None:
    for medium in Medium:
        found = to_text(sheet(name, medium))
        if medium is Medium.SCREEN:
            golden(Path(f"theme/{name}.txt"), found)


@pytest.mark.parametrize("name", NAMES)
def test_the_environment_finds_what_stands_in_the_folder(name: str) -> None:
    environment = DiskEnvironment()
    assert name in environment.themes()
    assert load_theme(name, environment.read_theme).name == load_theme(name, reader()).name


@pytest.mark.parametrize("name", NAMES)
def test_all_used_colours_have_inks_and_dark_text_is_black_alone(name: str) -> None:
    found = sheet(name, Medium.PRINT)
    styles = (*found.styles.values(), *found.within.values())
    colors = {style.color for style in styles} | {style.background for style in styles if style.background}
    assert [color.hex for color in colors if color.cmyk is None] == []
    cyan, magenta, yellow, _ = found.styles["text"].color.cmyk or (1.0, 1.0, 1.0, 1.0)
    assert (cyan, magenta, yellow) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("name", NAMES)
def test_ink_coverage_stays_within_what_uncoated_paper_bears(name: str) -> None:
    colors: list[Color] = list(sheet(name, Medium.PRINT).palette.values())
    assert [color.hex for color in colors if color.cmyk and sum(color.cmyk) > 2.6] == []


def test_base_sets_every_key_and_mark() -> None:
    written = tomllib.loads((SHIPPED / "base.toml").read_text("utf-8"))
    assert set(written["style"]) == set(schema.STYLE_KEYS)
    assert set(written["mark"]) == set(schema.MARK_KEYS)
    assert set(written["page"]) >= set(schema.PAGE_PROPERTIES) - {
        "facing",
        "columns",
        "column-gap",
        "bleed",
        "running-left",
    }
