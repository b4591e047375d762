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
from octavo.theme.resolve import resolve_media, resolve_theme
from octavo.theme.style import Medium, StyleSheet
from octavo.units import WHITE, Color, contrast
from octavo.writers.pdf.press.overlay import color_changes
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
        "column-rule",
        "bleed",
        "running-left",
        "margin-column",
        "margin-column-gap",
    }


SIX = ("policy", "report", "book", "academic", "newsletter", "plain")


@pytest.mark.parametrize("name", SIX)
def test_a_theme_is_a_small_delta_on_base(name: str) -> None:
    written = tomllib.loads((SHIPPED / f"{name}.toml").read_text("utf-8"))
    assert written["extends"] == "base"
    assert written["name"]
    assert written["description"].endswith(".")


@pytest.mark.parametrize("one", SIX)
def test_a_stranger_can_tell_the_themes_apart(one: str) -> None:
    """No two have the same page, the same title and the same heads."""
    found = {name: sheet(name, Medium.SCREEN) for name in SIX}

    def face(name: str) -> tuple[object, ...]:
        page, title, head = (
            found[name].page,
            found[name].styles["title"],
            found[name].styles["heading-1"],
        )
        return (
            (page.width, page.margin_inner, page.margin_outer, page.columns),
            (title.font, title.size, title.weight, title.align, title.color),
            (head.font, head.size, head.weight, head.align, head.small_caps, head.color),
        )

    mine = face(one)
    for other in SIX:
        if other != one:
            assert [same for same, its in zip(mine, face(other), strict=True) if same == its] == [], other


@pytest.mark.parametrize("medium", list(Medium))
def test_large_print_keeps_its_promises(medium: Medium) -> None:
    found = sheet("plain", medium)
    styles = [*found.styles.values(), *found.within.values()]
    assert min(style.size for style in styles) >= 14
    assert [key for key, style in found.styles.items() if style.italic or style.hyphenate] == []
    assert [key for key, style in found.styles.items() if style.align == "justify"] == []
    assert [key for key, style in found.styles.items() if style.background] == []
    assert min(contrast(style.color, WHITE) for style in styles) >= 7
    assert min(contrast(mark.color, WHITE) for mark in found.marks.values() if mark.color) >= 7
    assert not any(mark.italic for mark in found.marks.values())


def test_a_book_has_one_ink() -> None:
    colors = sheet("book", Medium.PRINT).palette.values()
    assert {color.cmyk[:3] for color in colors if color.cmyk} == {(0.0, 0.0, 0.0)}


def test_a_newsletter_has_a_printing_ink_of_its_own() -> None:
    spots = {color.spot for color in sheet("newsletter", Medium.PRINT).palette.values()} - {""}
    assert spots == {"PANTONE 186 C"}


@pytest.mark.parametrize("name", NAMES)
def test_code_can_be_read_on_its_ground(name: str) -> None:
    found = sheet(name, Medium.SCREEN)
    ground = found.styles["code-block"].background or WHITE
    colors = [mark.color for key, mark in found.marks.items() if key.startswith("code-") and mark.color]
    assert colors
    assert min(contrast(color, ground) for color in colors) >= 7


@pytest.mark.parametrize("name", NAMES)
def test_media_resolved_together_are_as_they_are_alone(name: str) -> None:
    theme, fonts = load_theme(name, reader()), installed_fonts()
    alone = {medium: resolve_theme(theme, medium, fonts) for medium in Medium}
    assert resolve_media(theme, Medium, fonts) == alone


@pytest.mark.parametrize("name", SIX)
def test_each_theme_has_an_overlay_of_its_own_for_print_and_for_screens(name: str) -> None:
    """Each changes something that is seen; in print links are text, and what is black is black alone."""
    written = tomllib.loads((SHIPPED / f"{name}.toml").read_text("utf-8"))
    assert {"print", "screen"} <= set(written)
    screen, press = sheet(name, Medium.SCREEN), sheet(name, Medium.PRINT)
    bare = sheet("base", Medium.SCREEN)
    assert screen.marks["link"].color != screen.styles["text"].color
    assert press.marks["link"].color == press.styles["text"].color
    assert press.styles["text"].color.cmyk == (0.0, 0.0, 0.0, 1.0)
    assert press.page.bleed > screen.page.bleed == bare.page.bleed
    assert color_changes(screen, press)


def test_one_theme_has_an_ink_of_its_own_in_print() -> None:
    spots = {
        name: {color.spot for color in sheet(name, Medium.PRINT).palette.values()} - {""} for name in SIX
    }
    assert [name for name in SIX if spots[name]] == ["newsletter"]
    assert all(not color.spot for color in sheet("newsletter", Medium.SCREEN).palette.values())


def typed(press: StyleSheet) -> set[Color]:
    """The colours that type has in print."""
    styles = (*press.styles.values(), *press.within.values())
    return {*(style.color for style in styles), *(mark.color for mark in press.marks.values() if mark.color)}


def ruled(press: StyleSheet) -> set[Color]:
    """The colours of rules thinner than a point."""
    styles = (*press.styles.values(), *press.within.values())
    edges = [
        *(edge for style in styles for edge in
        (style.border_top, style.border_right, style.border_bottom, style.border_left)),
        press.page.footnote_rule, press.page.column_rule,
    ]  # fmt: skip
    return {edge.color for edge in edges if 0 < edge.width < 1}


@pytest.mark.parametrize("name", NAMES)
def test_type_is_printed_so_that_it_is_sharp(name: str) -> None:
    """Three inks at most, whose plates need not meet too closely, and no tint that breaks small letters into dots."""
    for color in typed(sheet(name, Medium.PRINT)):
        inks = [ink for ink in color.cmyk or () if ink]
        assert len(inks) <= 3, color.hex
        assert not inks or color.spot or max(inks) >= 0.55, color.hex


@pytest.mark.parametrize("name", NAMES)
def test_thin_rules_have_dots_that_join_and_tints_have_dots_that_hold(name: str) -> None:
    press = sheet(name, Medium.PRINT)
    assert [color.hex for color in ruled(press) if max(color.cmyk or (0.0,)) <= 0.5] == []
    grounds = {style.background for style in (*press.styles.values(), *press.within.values())} - {None}
    assert [
        ground.hex for ground in grounds if ground and any(0 < ink < 0.03 for ink in ground.cmyk or ())
    ] == []


def test_an_issue_of_the_newsletter_takes_two_plates() -> None:
    press = sheet("newsletter", Medium.PRINT)
    others = {color.hex: color.cmyk for color in (*typed(press), *ruled(press)) if not color.spot}
    assert {name: inks for name, inks in others.items() if inks and any(inks[:3])} == {}


@pytest.mark.parametrize("name", ["policy", "report"])
def test_what_ends_at_the_trim_edge_has_a_bleed(name: str) -> None:
    assert sheet(name, Medium.PRINT).page.bleed >= 8.5
    assert sheet(name, Medium.SCREEN).page.bleed == 0
