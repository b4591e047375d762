"""Metadata from the command line: the keys and checks of front matter, and they win."""

from __future__ import annotations

import datetime

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


def test_faults_name_the_setting_and_change_nothing() -> None:
    told = apply_settings(GIVEN, [("titel", "x"), ("date", "soon")])
    assert told.document.metadata.title == "Old"
    assert [str(each) for each in told.diagnostics] == [
        "--set titel: error[unknown-key]: there is no key `titel`\n  hint: did you mean `title`?",
        "--set date: warning[invalid-date]: `soon` is not a full date, and is shown as it stands\n"
        "  hint: write year, month and day as 2023-12-05",
    ]
