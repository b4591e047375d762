"""Resolve a loaded theme for one medium, in steps that are each a pure function.

    overlay and merge the files -> substitute tokens -> type and fill -> pairs within containers -> check

Each file takes its own overlay before the next one is laid over it, so that what a theme changes holds in every
medium, whatever its ancestors say of that medium.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from octavo.diagnostics import Diagnostic
from octavo.errors import ThemeError
from octavo.fonts.book import FontBook
from octavo.theme import schema
from octavo.theme.cascade import Cascade, cascade
from octavo.theme.check import check_fonts, check_geometry, check_sheet
from octavo.theme.compute import Values, default_of
from octavo.theme.schema import Kind, Property
from octavo.theme.source import Faults, Path, Theme, Written
from octavo.theme.style import (
    Mark,
    Masthead,
    Medium,
    PageStyle,
    RunningLine,
    RunningLines,
    StyleSheet,
    TextOptions,
)
from octavo.theme.tokens import substitute

_COLOR = Property(name="color", kind=Kind.COLOR, default="#000000", doc="")
_FONT = schema.TEXT_PROPERTIES["font"]


def resolve_theme(theme: Theme, medium: Medium, fonts: FontBook) -> tuple[StyleSheet, tuple[Diagnostic, ...]]:
    """Return the style sheet of a theme for a medium, and what is doubtful in it.

    Raises:
        ThemeError: values are faulty, or fonts are not at hand; it holds the faults of all media together.
    """
    faults = Faults()
    sheet, table = _checked(theme, medium, fonts, faults)
    if faults.found:
        for other in Medium:
            _checked(theme, other, fonts, faults)
        raise ThemeError(*faults.unique())
    return sheet, check_sheet(sheet, theme, table, fonts)


def resolve_media(
    theme: Theme, media: Iterable[Medium], fonts: FontBook
) -> dict[Medium, tuple[StyleSheet, tuple[Diagnostic, ...]]]:
    """Do what `resolve_theme` does for several media; those for which the files say the same share the work.

    Raises:
        ThemeError: as there.
    """
    found: dict[Medium, tuple[StyleSheet, tuple[Diagnostic, ...]]] = {}
    for medium in media:
        like = next((other for other in found if _say_the_same(theme, medium, other)), None)
        if like is None:
            found[medium] = resolve_theme(theme, medium, fonts)
        else:
            sheet, said = found[like]
            found[medium] = (msgspec.structs.replace(sheet, medium=medium), said)
    return found


def _say_the_same(theme: Theme, one: Medium, other: Medium) -> bool:
    return all(file.written.get(str(one), {}) == file.written.get(str(other), {}) for file in theme.files)


def _checked(
    theme: Theme, medium: Medium, fonts: FontBook, faults: Faults
) -> tuple[StyleSheet, dict[Path, Written]]:
    sheet, table = _resolve(theme, medium, faults)
    check_fonts(table, theme, fonts, faults)
    check_geometry(sheet, table, theme, faults)
    return sheet, table


def add_value_faults(theme: Theme, faults: Faults, fonts: FontBook | None) -> None:
    """Note what is wrong with the values of a theme in any medium, and with its fonts where those at hand are given."""
    for medium in Medium:
        sheet, table = _resolve(theme, medium, faults)
        if fonts is not None:
            check_fonts(table, theme, fonts, faults)
        check_geometry(sheet, table, theme, faults)


def written_table(theme: Theme, medium: Medium, faults: Faults) -> dict[Path, Written]:
    """Return what the files together say, tokens substituted."""
    return substitute(merge(theme, medium), theme, faults)


def merge(theme: Theme, medium: Medium) -> dict[Path, Written]:
    """Lay the files over one another, the farthest first, each with its overlay for the medium."""
    table: dict[Path, Written] = {}
    for file in theme.files:
        for overlay in ("", str(medium)):
            table.update(file.written.get(overlay, {}))
    return table


def _resolve(theme: Theme, medium: Medium, faults: Faults) -> tuple[StyleSheet, dict[Path, Written]]:
    table = written_table(theme, medium, faults)
    values = Values(theme, faults)
    found = cascade(table, theme, values, faults)
    sheet = StyleSheet(
        name=theme.name,
        medium=medium,
        styles=found.styles,
        within=found.within,
        marks=_marks(found, values),
        page=_page(table, values),
        text=TextOptions(**_fields(table, ("lines",), schema.LINE_PROPERTIES, values)),
        **_fields(table, ("numbering",), schema.NUMBERING_PROPERTIES, values),
        palette=_tokens(table, schema.TOKEN_COLORS, _COLOR, values),
        fonts=_roles(_tokens(table, schema.TOKEN_FONTS, _FONT, values), found),
    )
    return sheet, table


def _fields(
    table: Mapping[Path, Written], at: Path, rows: Mapping[str, Property], values: Values
) -> dict[str, Any]:
    """Return the typed values of one table, by field; defaults where nothing is written."""
    return {
        row.field: values.read(row, table[(*at, name)]) if (*at, name) in table else default_of(row)
        for name, row in rows.items()
    }


def _marks(found: Cascade, values: Values) -> dict[str, Mark]:
    return {
        key: Mark(
            **{
                schema.MARK_PROPERTIES[name].field: values.read(schema.MARK_PROPERTIES[name], written)
                for name, written in link.items()
            }
        )
        for key, link in found.marks.items()
    }


def _page(table: Mapping[Path, Written], values: Values) -> PageStyle:
    fields = _fields(table, ("page",), schema.PAGE_PROPERTIES, values)
    width, height = fields.pop("size")
    masthead = _fields(table, ("page", "masthead"), schema.MASTHEAD_PROPERTIES, values)
    shown = masthead.pop("show")
    header, footer = (_running(table, line, fields["facing"], values) for line in schema.RUNNING_LINES)
    return PageStyle(
        width=width,
        height=height,
        header=header,
        footer=footer,
        masthead=Masthead(**masthead) if shown else None,
        **fields,
    )


def _running(table: Mapping[Path, Written], line: str, facing: bool, values: Values) -> RunningLines:
    """Return a running head or foot. Left-hand pages that the theme says nothing of are like the right-hand ones, and
    mirror them where pages face each other."""
    first, recto, verso = (
        RunningLine(**_fields(table, ("page", line, side), schema.RUNNING_PROPERTIES, values))
        for side in schema.RUNNING_PAGES
    )
    if not any(path[:3] == ("page", line, "verso") for path in table):
        verso = RunningLine(left=recto.right, center=recto.center, right=recto.left) if facing else recto
    return RunningLines(first=first, recto=recto, verso=verso)


def _tokens(table: Mapping[Path, Written], group: str, row: Property, values: Values) -> dict[str, Any]:
    return {
        path[2]: values.read(row, written) for path, written in table.items() if path[:2] == ("token", group)
    }


def _roles(fonts: dict[str, tuple[str, ...]], found: Cascade) -> dict[str, tuple[str, ...]]:
    return {**dict.fromkeys(schema.FONT_ROLES, found.styles["text"].font), **fonts}
