"""Whatever a theme says, it resolves or is refused with a place; nothing else is ever raised."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from octavo.theme import schema
from tests.unit.theme.themes import faults

PROPERTIES = sorted(
    {*schema.STYLE_PROPERTIES, *schema.MARK_PROPERTIES, *schema.PAGE_PROPERTIES, "like", "left", "show"}
)
TABLES = [
    "style.text",
    "style.table.table-cell",
    "style.quote",
    "mark.link",
    "page",
    "page.masthead",
    "page.header.recto",
    "custom.aside",
    "custom.aside.paragraph",
    "print.page",
    "office.style.lead",
    "token.color",
    "token.font",
    "lines",
    "numbering",
    "style",
    "page.header",
]
SCALARS = some.sampled_from(
    [
        '"12pt"',
        '"-3em"',
        '"1e9pt"',
        '"99999999999mm"',
        "0",
        "-1",
        "1.5",
        "1e308",
        "inf",
        "nan",
        "true",
        '""',
        '"none"',
        '"{a.b}"',
        '"{color.ink}"',
        '"#12g"',
        '"[{"',
        '"{title}]"',
        '"A4"',
        '"\\u0000"',
        "1979-05-27",
        '"aside"',
        '"strong"',
        "[]",
        "[[]]",
        "{}",
        '{ srgb = "#000", cmyk = [0, 0, 0, nan] }',
        '{ width = "1em", color = "#000" }',
        '["1pt", "2pt"]',
    ]
)


@settings(max_examples=150)
@given(
    some.dictionaries(
        some.sampled_from(TABLES),
        some.dictionaries(some.sampled_from(PROPERTIES), SCALARS, max_size=4),
        max_size=4,
    )
)
def test_any_values_resolve_or_are_refused(tables: dict[str, dict[str, Any]]) -> None:
    # Tables are written in full, so that none is defined twice.
    lines = [
        f"{table}.{name} = {value}" for table, values in tables.items() for name, value in values.items()
    ]
    for each in faults("\n".join(lines)):
        assert each.code.startswith("theme-")
        assert each.position is not None
        assert each.position.file == "my.toml"
