from __future__ import annotations

from octavo.environment import DiskEnvironment
from octavo.theme.load import load_theme
from octavo.theme.resolve import resolve_theme
from octavo.theme.style import Medium
from octavo.writers.pdf.press.overlay import color_changes


def changes(theme: str) -> dict[str, str]:
    environment = DiskEnvironment()
    loaded = load_theme(theme, environment.read_theme)
    screen, press = (
        resolve_theme(loaded, medium, environment.fonts())[0] for medium in (Medium.SCREEN, Medium.PRINT)
    )
    return {one.hex: other.hex for one, other in color_changes(screen, press).items()}


def test_links_that_are_blue_on_the_screen_may_be_black_in_print() -> None:
    assert {"1a3fa0": "111111", "4a4a4a": "4a4a4a"}.items() <= changes("academic").items()


def test_base_changes_inks_and_no_colour() -> None:
    found = changes("base")
    assert found["c4c8cc"] == "c4c8cc"
    assert [color for color, other in found.items() if color != other] == []
