"""The documentation is what the schema says."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from octavo.theme.document import json_schema, themes_page
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
