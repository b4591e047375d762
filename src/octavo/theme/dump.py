"""A style sheet as text to read, for golden files and for people: one line for each style."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from octavo.theme import schema
from octavo.theme.compute import schema_defaults
from octavo.theme.style import Border, Mark, RunningLines, Sides, Style, StyleSheet
from octavo.units import Color


def show(value: Any) -> str:
    """Return a typed value as a theme would write it, in points."""
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case float() | int():
            return f"{value:g}"
        case Color():
            inks = (
                "" if value.cmyk is None else f" cmyk({' '.join(f'{each * 100:g}' for each in value.cmyk)})"
            )
            return f"#{value.hex}{inks}{f' spot {value.spot!r}' if value.spot else ''}"
        case Border():
            return f"{value.width:g} {show(value.color)}" if value.width else "none"
        case Sides():
            return f"{value.top:g} {value.right:g} {value.bottom:g} {value.left:g}"
        case tuple():
            return ", ".join(str(each) for each in value)
        case _:
            return f'"{value}"' if value == "" or " " in str(value) else str(value)


def to_text(sheet: StyleSheet) -> str:
    """Return the whole sheet: of a key what differs from `text` and from the boxes' defaults, of a pair what differs
    from the key."""
    root = sheet.styles[schema.S.TEXT]
    return "\n".join(
        (
            f"theme {sheet.name} for {sheet.medium}",
            f"sections numbered to depth {sheet.section_depth}",
            f"lists counted {', '.join(sheet.list_markers)}",
            *_section("palette", ((name, show(color)) for name, color in sheet.palette.items())),
            *_section("fonts", ((name, show(stack)) for name, stack in sheet.fonts.items())),
            *_section("page", _page(sheet)),
            *_section(
                "lines", ((name, show(getattr(sheet.text, name))) for name in sheet.text.__struct_fields__)
            ),
            *_section("styles", ((key, _style(style, root)) for key, style in sheet.styles.items())),
            *_section("within", _pairs(sheet)),
            *_section("marks", ((key, _mark(mark)) for key, mark in sheet.marks.items())),
            "",
        )
    )


def _section(title: str, rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    yield ""
    yield f"[{title}]"
    for name, value in rows:
        yield f"{name}: {value}"


def _page(sheet: StyleSheet) -> Iterator[tuple[str, str]]:
    for name in sheet.page.__struct_fields__:
        value = getattr(sheet.page, name)
        if isinstance(value, RunningLines):
            for side in schema.RUNNING_PAGES:
                line = getattr(value, side)
                yield f"{name} {side}", f"{line.left!r} {line.center!r} {line.right!r}"
        elif isinstance(value, msgspec.Struct) and not isinstance(value, Border):
            for part in value.__struct_fields__:
                yield f"{name} {part}", show(getattr(value, part))
        else:
            yield name, show(value)


def _style(style: Style, root: Style) -> str:
    boxes = schema_defaults().boxes
    text = [
        f"{name} {show(getattr(style, row.field))}"
        for name, row in schema.TEXT_PROPERTIES.items()
        if style is root or getattr(style, row.field) != getattr(root, row.field)
    ]
    box = [
        f"{name} {show(getattr(style, row.field))}"
        for name, row in schema.BOX_PROPERTIES.items()
        if getattr(style, row.field) != boxes[row.field]
    ]
    return "; ".join((*text, *box)) or "as text"


def _pairs(sheet: StyleSheet) -> Iterator[tuple[str, str]]:
    for (outer, key), style in sheet.within.items():
        plain = sheet.styles[key]
        changed = [
            f"{name} {show(getattr(style, field))}"
            for name, field in schema.FIELD_OF.items()
            if getattr(style, field) != getattr(plain, field)
        ]
        yield f"{outer} {key}", "; ".join(changed)


def _mark(mark: Mark) -> str:
    set_here = [
        f"{name} {show(getattr(mark, row.field))}"
        for name, row in schema.MARK_PROPERTIES.items()
        if getattr(mark, row.field) is not None
    ]
    return "; ".join(set_here) or "nothing"
