"""Metadata from the command line: the keys and checks of front matter, and they win."""

from __future__ import annotations

import datetime

import pytest

from octavo.errors import UsageError
from octavo.readers.settings import apply_settings
from octavo.tree import Document
from octavo.tree.metadata import Author, Metadata

GIVEN = Document(metadata=Metadata(title="Old", series="Kept", authors=(Author(name="Old"),)))


def test_settings_replace_what_the_source_says() -> None:
    settings = [
        ("title", "New"),
        ("author", "One"),
        ("author", "Two"),
        ("date", "2023-12-05"),
        ("lang", "de"),
    ]
    told = apply_settings(GIVEN, settings)
    metadata = told.document.metadata
    assert told.diagnostics == ()
    assert (metadata.title, metadata.series, metadata.language) == ("New", "Kept", "de")
    assert [author.name for author in metadata.authors] == ["One", "Two"]
    assert metadata.date == datetime.date(2023, 12, 5)


def test_a_doubtful_value_is_told_with_its_setting() -> None:
    told = apply_settings(GIVEN, [("date", "soon")])
    assert [str(each) for each in told.diagnostics] == [
        "--set date: warning[invalid-date]: `soon` is not a full date, and is shown as it stands\n"
        "  hint: write year, month and day as 2023-12-05",
    ]


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("titel", "did you mean `title`?"),
        ("abstract", "write the abstract in the source: it holds paragraphs"),
        ("toc", "put `::: contents` where the table of contents should stand"),
        ("", "known are title, "),
    ],
)
def test_keys_that_there_are_not_are_refused_together(key: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        apply_settings(GIVEN, [(key, "x"), ("title", "New"), ("farbe", "red"), (key, "y")])
    said = raised.value.diagnostics
    assert [each.code for each in said] == ["unknown-setting", "unknown-setting"]
    assert said[0].message == f"there is no key `{key}` that can be set"
    assert said[0].hint.startswith(hint)
