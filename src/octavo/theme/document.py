"""The theme's vocabulary, for people and for editors: `docs/themes.md` and `docs/theme.schema.json`.

Both are made from the schema; a test holds them up to date. `python -m octavo.theme.document page` (or `schema`)
writes one to the standard output.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any, Final

from octavo.theme import schema
from octavo.theme.document_text import CLOSE, GROUND, INTRODUCTION, OPEN_KINDS, TOKENS
from octavo.theme.keys import MARKS, STYLES
from octavo.theme.running import DOCUMENT_FIELDS, PAGE_FIELDS
from octavo.theme.schema import Kind, Property

_LENGTH_PATTERN: Final = r"^\s*[+-]?(\d+\.?\d*|\.\d+)\s*(pt|mm|cm|in|pc|px|em)\s*$|^0$"
_ALIAS_PATTERN: Final = r"^\{[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\}$"


def themes_page() -> str:
    """Return the reference of the theme file, in Markdown."""
    return "\n".join(
        (
            INTRODUCTION,
            TOKENS,
            "## Properties of text",
            "",
            "A container hands these on to what stands in it; whatever a key sets itself is stronger.",
            "",
            *_rows(schema.TEXT_PROPERTIES),
            "## Properties of boxes",
            "",
            "These hold for the block itself and are never handed on. `em` is the key's own size of type.",
            "",
            *_rows(schema.BOX_PROPERTIES),
            "## Style keys",
            "",
            GROUND,
            *_keys(),
            "## Marks: `[mark.KEY]`",
            "",
            "A mark changes the text it stands in; what it does not set stays as it is.",
            "",
            "| mark | is |",
            "|---|---|",
            *(f"| `{row.key}` | {row.doc} |" for row in MARKS),
            "",
            *_rows(schema.MARK_PROPERTIES),
            "## The page: `[page]`",
            "",
            *_rows(schema.PAGE_PROPERTIES),
            f"Papers: {', '.join(f'`{name}`' for name in schema.PAPERS)}.",
            "",
            "### `[page.header.first]`, `[page.header.recto]`, `[page.header.verso]`, `[page.footer.*]`",
            "",
            "`recto` holds for every page of a one-sided document. Where `verso` is not written, it is like `recto`, "
            "mirrored if pages face each other.",
            "",
            *_rows(schema.RUNNING_PROPERTIES),
            "### `[page.masthead]`",
            "",
            *_rows(schema.MASTHEAD_PROPERTIES),
            OPEN_KINDS,
            f"Fields of the document: {_names(DOCUMENT_FIELDS)}. Fields of a page: {_names(PAGE_FIELDS)}.",
            "",
            "## Lines: `[lines]`",
            "",
            *_rows(schema.LINE_PROPERTIES),
            "## Numbers: `[numbering]`",
            "",
            *_rows(schema.NUMBERING_PROPERTIES),
            CLOSE,
        )
    )


def _default(row: Property) -> str:
    return "" if row.default is None else f"`{json.dumps(row.default, ensure_ascii=False)}`"


def _names(fields: Iterable[str]) -> str:
    return ", ".join(f"`{{{name}}}`" for name in fields)


def _rows(table: Mapping[str, Property]) -> Iterable[str]:
    """Print properties; a column that would be empty is left out."""
    rows = [
        (f"`{row.name}`", _value(row), row.unit, row.bounds, _default(row), row.doc) for row in table.values()
    ]
    heads = ("property", "value", "unit", "bounds", "default", "what it does")
    shown = [at for at in range(len(heads)) if any(row[at] for row in rows)]
    yield f"| {' | '.join(heads[at] for at in shown)} |"
    yield f"|{'---|' * len(shown)}"
    for row in rows:
        yield f"| {' | '.join(row[at] for at in shown)} |"
    yield ""


def _value(row: Property) -> str:
    if row.kind is Kind.CHOICE:
        return ", ".join(f'`"{each}"`' for each in row.choices)
    if row.kind is Kind.CHOICES:
        return f"list of {', '.join(f'`{chr(34)}{each}{chr(34)}`' for each in row.choices)}"
    return _KIND_WORDS[row.kind]


_KIND_WORDS: Final[Mapping[Kind, str]] = {
    Kind.FONT: "list of families",
    Kind.LENGTH: "length",
    Kind.LEADING: "factor, or length",
    Kind.NUMBER: "number",
    Kind.INTEGER: "whole number",
    Kind.BOOLEAN: "`true`, `false`",
    Kind.COLOR: "colour",
    Kind.FILL: 'colour, or `"none"`',
    Kind.CHOICE: "one of some words",
    Kind.CHOICES: "list of some words",
    Kind.SIDES: "one, two or four lengths",
    Kind.BORDER: 'border, or `"none"`',
    Kind.STRING: "string",
    Kind.TEMPLATE: "template",
    Kind.TEMPLATES: "list of templates",
    Kind.PAPER: "paper, or `[width, height]`",
}


def _keys() -> Iterable[str]:
    yield "| key | based on | text from | is |"
    yield "|---|---|---|---|"
    for row in STYLES:
        source = "" if row.based_on else row.text_from
        yield f"| `{row.key}` | {_name(row.based_on)} | {_name(source)} | {row.doc} |"
    yield ""
    whole = (f"`{key}`" for key in schema.CONTAINERS if key not in schema.LENT)
    yield f"Containers: {', '.join(whole)}, and every group that a theme declares."
    lent = (
        f"`{container}.{key}`"
        for container, keys in schema.LENT.items()
        for key in schema.STYLE_KEYS
        if key in keys
    )
    yield ""
    yield f"To some keys alone: {', '.join(lent)}."
    yield "Within a group, a note or a cell, a caption has the style that it has there. Captions take the text"
    yield "properties of a figure, not those of a table or of code, beside which they stand."
    yield ""


def _name(key: str) -> str:
    return f"`{key}`" if key else ""


def json_schema() -> str:
    """Return a JSON Schema (draft 2020-12) of the theme file, for completion in editors that read TOML by one."""
    return json.dumps(_schema(), indent=1, ensure_ascii=False) + "\n"


def _schema() -> dict[str, Any]:
    sections = {
        "token": {"type": "object", "additionalProperties": {"type": "object"}},
        "page": _page_schema(),
        "lines": _object(schema.LINE_PROPERTIES),
        "numbering": _object(schema.NUMBERING_PROPERTIES),
        "style": {
            "type": "object",
            "properties": {
                row.key: {"$ref": f"#/$defs/{_shape(row.key)}", "description": row.doc} for row in STYLES
            },
            "additionalProperties": {"$ref": "#/$defs/container"},
        },
        "mark": {
            "type": "object",
            "properties": {row.key: {"$ref": "#/$defs/mark", "description": row.doc} for row in MARKS},
            "additionalProperties": {"$ref": "#/$defs/mark"},
        },
        "custom": {"type": "object", "additionalProperties": {"type": "object"}},
    }
    overlay = {"type": "object", "properties": sections, "additionalProperties": False}
    style = _object(schema.STYLE_PROPERTIES)
    inner = {key: {"$ref": "#/$defs/style"} for key in schema.CONTENT}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Octavo theme",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **{name: _property(row) for name, row in schema.HEADER_PROPERTIES.items()},
            **{name: {"$ref": f"#/$defs/overlay/properties/{name}"} for name in sections},
            **{name: {"$ref": "#/$defs/overlay"} for name in ("print", "screen", "office")},
        },
        "$defs": {
            "alias": {
                "type": "string",
                "pattern": _ALIAS_PATTERN,
                "description": "A token, as {color.accent}.",
            },
            "length": {"type": ["string", "number"], "pattern": _LENGTH_PATTERN},
            "color": _color_schema(),
            "text": _object(schema.TEXT_PROPERTIES),
            "style": style,
            "container": {**style, "properties": {**style["properties"], **inner}},
            "mark": _object(schema.MARK_PROPERTIES),
            "overlay": overlay,
        },
    }


def _shape(key: str) -> str:
    if key == schema.S.TEXT:
        return "text"
    return "container" if key in schema.CONTAINERS else "style"


def _page_schema() -> dict[str, Any]:
    page = _object(schema.PAGE_PROPERTIES)
    running = {"type": "object", "additionalProperties": False}
    sides = {side: _object(schema.RUNNING_PROPERTIES) for side in schema.RUNNING_PAGES}
    for line in schema.RUNNING_LINES:
        page["properties"][line] = {**running, "properties": sides}
    page["properties"]["masthead"] = _object(schema.MASTHEAD_PROPERTIES)
    return page


def _color_schema() -> dict[str, Any]:
    inks = {
        "type": "array",
        "items": {"type": "number", "minimum": 0, "maximum": 100},
        "minItems": 4,
        "maxItems": 4,
    }
    shown = {"type": "string", "pattern": "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"}
    full = {
        "type": "object",
        "properties": {"srgb": shown, "cmyk": inks, "spot": {"type": "string"}},
        "required": ["srgb"],
        "additionalProperties": False,
    }
    return {"anyOf": [{"$ref": "#/$defs/alias"}, shown, full]}


def _object(table: Mapping[str, Property]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _property(row) for name, row in table.items()},
        "additionalProperties": False,
    }


def _property(row: Property) -> dict[str, Any]:
    shape: dict[str, Any] = {"description": row.doc, **_kind_schema(row)}
    if row.default is not None:
        shape["default"] = row.default
    return shape


def _kind_schema(row: Property) -> dict[str, Any]:
    alias, length, color = ({"$ref": f"#/$defs/{name}"} for name in ("alias", "length", "color"))
    none = {"const": "none"}
    border = {
        "type": "object",
        "properties": {"width": {"anyOf": [alias, length]}, "color": color},
        "required": ["width", "color"],
        "additionalProperties": False,
    }
    strings = {"type": "array", "items": {"type": "string"}}
    lengths = {"type": "array", "items": {"anyOf": [alias, length]}, "minItems": 1, "maxItems": 4}
    numbers: dict[str, Any] = {
        name: bound
        for name, bound in (("minimum", row.minimum), ("maximum", row.maximum))
        if bound is not None
    }
    shapes: Mapping[Kind, list[dict[str, Any]]] = {
        Kind.FONT: [alias, {"type": "string"}, strings],
        Kind.LENGTH: [alias, length],
        Kind.LEADING: [alias, {"type": "number"}, length],
        Kind.NUMBER: [alias, {"type": "number", **numbers}],
        Kind.INTEGER: [alias, {"type": "integer", **numbers}],
        Kind.BOOLEAN: [alias, {"type": "boolean"}],
        Kind.COLOR: [color],
        Kind.FILL: [color, none],
        Kind.CHOICE: [alias, {"enum": list(row.choices)}],
        Kind.CHOICES: [
            {"type": "array", "items": {"enum": list(row.choices)}, "minItems": 1, "uniqueItems": True}
        ],
        Kind.SIDES: [alias, length, lengths],
        Kind.BORDER: [none, alias, border],
        Kind.STRING: [{"type": "string"}],
        Kind.TEMPLATE: [{"type": "string"}],
        Kind.TEMPLATES: [{"type": "string"}, strings],
        Kind.PAPER: [{"enum": list(schema.PAPERS)}, {**lengths, "minItems": 2, "maxItems": 2}],
    }
    found = shapes[row.kind]
    return found[0] if len(found) == 1 else {"anyOf": found}


if __name__ == "__main__":
    sys.stdout.write({"page": themes_page, "schema": json_schema}[sys.argv[1]]())
