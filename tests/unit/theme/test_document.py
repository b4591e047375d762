"""The documentation is what the schema says."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

import octavo
from octavo.diagnostics import Severity
from octavo.theme.document import json_schema, themes_page
from octavo.theme.document_text import TOKENS
from tests import golden
from tests.unit.theme.themes import SHIPPED, faults

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize(
    ("name", "text"), [("themes.md", themes_page()), ("theme.schema.json", json_schema())]
)
def test_documents_are_up_to_date(name: str, text: str, pytestconfig: pytest.Config) -> None:
    golden.compare(Path(name), text, accept=bool(pytestconfig.getoption("--accept")), base=DOCS)


def test_every_example_on_the_page_is_a_sound_theme() -> None:
    examples = re.findall(r"```toml\n(.*?)```", themes_page(), re.DOTALL)
    assert len(examples) == 2
    assert [faults(each) for each in examples] == [(), ()]


def test_the_json_schema_names_every_table_of_the_shipped_themes() -> None:
    known = json.loads(json_schema())
    for path in SHIPPED.glob("*.toml"):
        written = tomllib.loads(path.read_text("utf-8"))
        assert set(written) <= set(known["properties"])
        styles = known["$defs"]["overlay"]["properties"]["style"]["properties"]
        assert set(written["style"]) <= set(styles)


def test_the_page_names_every_token_of_base() -> None:
    tokens = tomllib.loads((SHIPPED / "base.toml").read_text("utf-8"))["token"]
    table = re.findall(r"^\| (`[a-z]+\.[^|]*) \|", TOKENS, re.MULTILINE)
    named = {
        (row.partition(".")[0].strip("`"), name)
        for row in table
        for name in re.findall(r"`(?:[a-z]+\.)?([a-z-]+)`", row)
    }
    assert named == {(group, name) for group, values in tokens.items() for name in values}


def test_sources_use_declared_styles_as_the_page_says(tmp_path: Path) -> None:
    (theme,) = [
        each for each in re.findall(r"```toml\n(.*?)```", themes_page(), re.DOTALL) if "[custom." in each
    ]
    (tmp_path / "own.toml").write_text(theme, encoding="utf-8")
    group, words = re.search(r"by name: `(.*?)` and `(.*?)`", themes_page()).groups()  # type: ignore[union-attr]
    source = f"---\ntitle: T\nlanguage: en\n---\n\n{words}\n\n{group}\n- one\n:::\n"
    (tmp_path / "brief.md").write_text(source, encoding="utf-8")
    parsed = octavo.parse(tmp_path / "brief.md")
    made = octavo.render(parsed.document, "epub", theme=str(tmp_path / "own.toml"))
    assert [
        str(each) for each in (*parsed.diagnostics, *made.diagnostics) if each.severity is not Severity.INFO
    ] == []
