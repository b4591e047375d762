"""Where each value of a style comes from: which file and line wrote it, and through which keys it came."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from octavo.diagnostics import Position
from octavo.fonts.book import FontBook
from octavo.theme import schema
from octavo.theme.cascade import Sources, sort_sources
from octavo.theme.dump import show
from octavo.theme.resolve import merge, resolve_theme, written_table
from octavo.theme.source import Faults, Path, Theme, Written, position_of
from octavo.theme.style import Medium


class Token(msgspec.Struct, frozen=True):
    """A token and where it is given."""

    name: str
    position: Position


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a property is what it is. `value` is the computed value in points, `written` what the theme says.

    `table` and `position` say where; `table` is empty where it is the schema's default. `through` names the keys that
    handed the value on, the nearest first; it is empty where the key itself has it.
    """

    property: str
    value: str
    written: str
    table: str
    position: Position | None
    through: tuple[str, ...]
    tokens: tuple[Token, ...] = ()
    """The tokens that the value came through, the one it names first."""


def why(theme: Theme, medium: Medium, fonts: FontBook, key: str, within: str = "") -> tuple[Reason, ...]:
    """Return the reason for every property of a style key, or for those that a mark sets, in the schema's order.

    Raises:
        ThemeError: the theme cannot be resolved.
        KeyError: there is no such key or mark, or no such container.
    """
    sheet, _ = resolve_theme(theme, medium, fonts)
    raw = merge(theme, medium)
    sources = sort_sources(written_table(theme, medium, Faults()), theme, Faults())
    if key in sheet.marks and key not in sheet.styles:
        mark, link = sheet.marks[key], sources.marks[key]
        return tuple(
            _reason(name, show(getattr(mark, row.field)), (link[name], ()), raw, theme)
            for name, row in schema.MARK_PROPERTIES.items()
            if name in link
        )
    style = sheet.of(key, within)
    sheet.of(within or key)
    return tuple(
        _reason(name, show(getattr(style, row.field)), _find(name, key, within, sources), raw, theme)
        for name, row in schema.STYLE_PROPERTIES.items()
    )


_Found = tuple[Written | None, tuple[str, ...]]


def _find(name: str, key: str, within: str, sources: Sources) -> _Found:
    """Return the written value that counts, and the keys that handed it on."""
    for link in reversed(sources.links(key, within)):
        if name in link:
            return link[name], ()
    if not schema.STYLE_PROPERTIES[name].flows:
        return None, ()
    outer = sources.text_from(key)
    if within and outer in (schema.S.TEXT, within):
        outer, within = within, ""
    if not outer:
        return None, ()
    written, through = _find(name, outer, within, sources)
    return written, (outer, *through)


def _reason(name: str, value: str, found: _Found, raw: Mapping[Path, Written], theme: Theme) -> Reason:
    written, through = found
    if written is None:
        default = schema.STYLE_PROPERTIES[name].default
        return Reason(property=name, value=value, written=str(default), table="", position=None, through=())
    said = next(each for each in raw.values() if (each.file, each.place) == (written.file, written.place))
    return Reason(
        property=name,
        value=value,
        written=str(said.value),
        table=".".join(written.place[:-1]),
        position=position_of(theme.files[written.file], written.place),
        through=through,
        tokens=tuple(
            Token(".".join(each.place[-2:]), position_of(theme.files[each.file], each.place))
            for each in written.tokens
        ),
    )
