"""What the tests of themes share: a reader over texts, a font book without files, and short ways to resolve."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from octavo.diagnostics import Diagnostic, error
from octavo.errors import ThemeError
from octavo.fonts.book import Face, FontBook
from octavo.theme.load import load_theme
from octavo.theme.resolve import resolve_theme
from octavo.theme.source import Theme
from octavo.theme.style import Medium, StyleSheet

SHIPPED = Path(__file__).parents[3] / "themes"
FAMILIES = ("Source Serif Pro", "Source Sans Pro", "Cascadia Mono", "Noto Sans")


def reader(**texts: str) -> Callable[[str, str], tuple[str, str]]:
    """Read themes from texts, and shipped ones from their folder."""

    def read(name: str, relative_to: str) -> tuple[str, str]:
        key = name.removeprefix("./").removesuffix(".toml")
        if key in texts:
            return f"{key}.toml", texts[key]
        path = SHIPPED / f"{key}.toml"
        if path.is_file():
            return str(path), path.read_text("utf-8")
        raise ThemeError(error("unknown-theme", f"there is no theme `{name}`, named by `{relative_to}`"))

    return read


def book() -> FontBook:
    return FontBook(
        Face(family=family, weight=weight, italic=italic, load=lambda: b"", origin="test")
        for family in FAMILIES
        for weight in (300, 400, 600, 700)
        for italic in (False, True)
    )


def load(text: str, **others: str) -> Theme:
    return load_theme("my", reader(my=text, **others))


def resolve(text: str, medium: Medium = Medium.SCREEN, **others: str) -> StyleSheet:
    """Resolve a theme that has no faults."""
    return resolve_theme(load(text, **others), medium, book())[0]


def warnings(text: str) -> tuple[Diagnostic, ...]:
    return resolve_theme(load(text), Medium.SCREEN, book())[1]


def faults(text: str, **others: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a theme; empty if nothing is."""
    try:
        resolve_theme(load(text, **others), Medium.SCREEN, book())
    except ThemeError as fault:
        return fault.diagnostics
    return ()
