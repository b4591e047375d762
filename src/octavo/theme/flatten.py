"""Lay the tables of one theme file flat, path -> value, and note whatever the schema does not know.

`[custom.NAME]` becomes a style (or a mark) of that name; `[print.*]`, `[screen.*]` and `[office.*]` are kept apart as
overlays. Values are not looked at here, except that a table must be a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec

from octavo.theme import schema
from octavo.theme.names import nearest
from octavo.theme.running import check_template
from octavo.theme.schema import Kind, Property
from octavo.theme.source import Faults, Path, ThemeFile, Written
from octavo.theme.style import Medium

OVERLAYS: Final = tuple(str(each) for each in Medium)


class _Context(msgspec.Struct, frozen=True):
    """What the walk over a file carries along; `written` is the flat table being filled."""

    file: ThemeFile
    index: int
    customs: frozenset[str]
    faults: Faults
    written: dict[Path, Written]

    def put(self, path: Path, place: Path, value: object) -> None:
        """Lay down a value."""
        self.written[path] = Written(value, self.index, place)

    def unknown(self, place: Path, what: str, known: Iterable[str]) -> None:
        """Note a key that the schema does not know."""
        hint = nearest(place[-1], known) or "docs/themes.md lists all names"
        self.faults.add("theme-unknown-key", self.file, place, f"unknown {what} `{place[-1]}`", hint)

    def table(self, place: Path, value: object) -> dict[str, Any]:
        """Return a table, or note that there is none."""
        if isinstance(value, dict):
            return value
        hint = f"write [{'.'.join(place)}]"
        self.faults.add("theme-value", self.file, place, "a table is wanted here", hint)
        return {}


def flatten(
    file: ThemeFile, data: Mapping[str, Any], index: int, customs: frozenset[str], faults: Faults
) -> ThemeFile:
    """Return the file with what is written in it, for each overlay and for none.

    Args:
        file: the file, still without its values.
        data: its parsed TOML.
        index: its place in the chain.
        customs: the names that any file of the chain declares.
        faults: takes what is wrong.
    """
    plain = _Context(file, index, customs, faults, {})
    header = (*schema.HEADER_PROPERTIES, *OVERLAYS)
    _tables(plain, (), data, header)
    for key in schema.HEADER_PROPERTIES:
        if key in data and not isinstance(data[key], str):
            faults.add("theme-value", file, (key,), "a string is wanted here")
    written: dict[str, Mapping[Path, Written]] = {"": plain.written}
    for overlay in OVERLAYS:
        if overlay in data:
            context = msgspec.structs.replace(plain, written={})
            _tables(context, (overlay,), context.table((overlay,), data[overlay]), ())
            written[overlay] = context.written
    return msgspec.structs.replace(file, written=written)


def _tables(context: _Context, place: Path, data: Mapping[str, Any], others: tuple[str, ...]) -> None:
    for key, value in data.items():
        if key in _SECTIONS:
            _SECTIONS[key](context, (*place, key), context.table((*place, key), value))
        elif key not in others:
            context.unknown((*place, key), "table or key" if not place else "table", (*_SECTIONS, *others))


def _properties(
    context: _Context, place: Path, table: Mapping[str, Any], known: Mapping[str, Property], path: Path
) -> None:
    for key, value in table.items():
        if key not in known:
            context.unknown((*place, key), "property", known)
            continue
        context.put((*path, key), (*place, key), value)
        if known[key].kind in (Kind.TEMPLATE, Kind.TEMPLATES):
            for each in value if isinstance(value, list) else [value]:
                for what, hint in check_template(each) if isinstance(each, str) else ():
                    context.faults.add("theme-template", context.file, (*place, key), what, hint)


def _token(context: _Context, place: Path, table: Mapping[str, Any]) -> None:
    for group, values in table.items():
        for name, value in context.table((*place, group), values).items():
            context.put(("token", group, name), (*place, group, name), value)


def _page(context: _Context, place: Path, table: Mapping[str, Any]) -> None:
    plain = {key: value for key, value in table.items() if key not in ("masthead", *schema.RUNNING_LINES)}
    known = (*schema.PAGE_PROPERTIES, "masthead", *schema.RUNNING_LINES)
    for key in tuple(plain):
        if key not in known:
            context.unknown((*place, key), "property", known)
            del plain[key]
    _properties(context, place, plain, schema.PAGE_PROPERTIES, ("page",))
    if "masthead" in table:
        at = (*place, "masthead")
        _properties(
            context,
            at,
            context.table(at, table["masthead"]),
            schema.MASTHEAD_PROPERTIES,
            ("page", "masthead"),
        )
    for line in schema.RUNNING_LINES:
        at = (*place, line)
        for side, values in context.table(at, table.get(line, {})).items():
            if side not in schema.RUNNING_PAGES:
                context.unknown((*at, side), "page", schema.RUNNING_PAGES)
                continue
            places = context.table((*at, side), values)
            _properties(context, (*at, side), places, schema.RUNNING_PROPERTIES, ("page", line, side))


def _lines(context: _Context, place: Path, table: Mapping[str, Any]) -> None:
    _properties(context, place, table, schema.LINE_PROPERTIES, ("lines",))


def _numbering(context: _Context, place: Path, table: Mapping[str, Any]) -> None:
    _properties(context, place, table, schema.NUMBERING_PROPERTIES, ("numbering",))


def _style(context: _Context, place: Path, table: Mapping[str, Any]) -> None:
    known = (*schema.STYLE_KEYS, *sorted(context.customs))
    for key, values in table.items():
        if key in known:
            _style_key(context, (*place, key), context.table((*place, key), values), key)
        else:
            context.unknown((*place, key), "style key", known)


def _style_key(context: _Context, place: Path, table: Mapping[str, Any], key: str) -> None:
    holds = key in schema.CONTAINERS or key in context.customs
    properties: dict[str, Any] = {}
    known = schema.TEXT_PROPERTIES if key == "text" else schema.STYLE_PROPERTIES
    for name, value in table.items():
        paired = holds and name in schema.CONTENT and isinstance(value, dict)
        if name in known and not paired:  # `case` is a property and a key
            properties[name] = value
        elif name in schema.STYLE_PROPERTIES:
            what = f"`{key}` is no box, so it has no `{name}`"
            hint = f"write it in [style.paragraph], or wherever `{name}` is meant"
            context.faults.add("theme-unknown-key", context.file, (*place, name), what, hint)
        elif holds and (name in schema.CONTENT or name in context.customs):
            inner = context.table((*place, name), value)
            _properties(
                context, (*place, name), _one_level(context, (*place, name), inner),
                schema.STYLE_PROPERTIES, ("within", key, name),
            )  # fmt: skip
        elif name in schema.STYLE_KEYS:
            what = f"`{key}` holds no `{name}`"
            able = schema.CONTENT if holds else schema.CONTAINERS
            listed = f"{'it holds' if holds else 'only these hold others:'} {', '.join(able)}"
            hint = "did you mean `group-title`?" if holds and name == "title" else listed
            context.faults.add("theme-unknown-key", context.file, (*place, name), what, hint)
        elif isinstance(value, dict) and "width" not in value and "srgb" not in value:
            context.unknown((*place, name), "style key", schema.CONTENT if holds else ())
        else:
            context.unknown((*place, name), "property", known)
    _properties(context, place, properties, known, ("style", key))


def _one_level(context: _Context, place: Path, table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties of a pair; note a third key under the two."""
    names = (*schema.STYLE_KEYS, *context.customs)
    deeper = [name for name in table if name in names and name not in schema.STYLE_PROPERTIES]
    for name in deeper:
        what = f"a style stands within one other, never more: `{name}` is the third"
        hint = f"write [style.{place[-1]}.{name}]"
        context.faults.add("theme-unknown-key", context.file, (*place, name), what, hint)
    return {name: value for name, value in table.items() if name not in deeper}


def _mark(context: _Context, place: Path, table: Mapping[str, Any]) -> None:
    known = (*schema.MARK_KEYS, *sorted(context.customs))
    for key, values in table.items():
        if key in known:
            inner = context.table((*place, key), values)
            _properties(context, (*place, key), inner, schema.MARK_PROPERTIES, ("mark", key))
        else:
            context.unknown((*place, key), "mark", known)


def _custom(context: _Context, place: Path, table: Mapping[str, Any]) -> None:
    for name, values in table.items():
        at = (*place, name)
        inner = dict(context.table(at, values))
        like = inner.pop("like", None)
        if name in schema.STYLE_KEYS or name in schema.MARK_KEYS:
            what = f"`{name}` is a name of octavo's own"
            context.faults.add("theme-value", context.file, at, what, "give the style another name")
            continue
        context.put(("custom", name, "declared"), at, True)
        if like is not None:
            context.put(("custom", name, "like"), (*at, "like"), like)
        if isinstance(like, str) and like in schema.MARK_KEYS:
            _properties(context, at, inner, schema.MARK_PROPERTIES, ("mark", name))
        else:
            _style_key(context, at, inner, name)


_SECTIONS: Final[Mapping[str, Callable[[_Context, Path, Mapping[str, Any]], None]]] = {
    "token": _token,
    "page": _page,
    "lines": _lines,
    "numbering": _numbering,
    "style": _style,
    "mark": _mark,
    "custom": _custom,
}
