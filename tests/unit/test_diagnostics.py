"""What is said, as a line and a hint."""

from __future__ import annotations

from octavo.diagnostics import Position, error


def test_endless_names_are_cut_where_they_are_shown() -> None:
    name = "a" * 20_000
    said = error(
        "file-not-found", f"there is no `{name}`, but `b`", Position(3, 4, "brief.md"), f"write `{name}`"
    )
    assert (
        str(said)
        == f"brief.md:3:4: error[file-not-found]: there is no `{'a' * 120}…`, but `b`\n  hint: write `{'a' * 120}…`"
    )
    assert name in said.message


def test_names_that_can_be_read_are_whole() -> None:
    name = "a" * 130
    assert str(error("file-not-found", f"there is no `{name}`" + " and more" * 20)).count("a" * 130) == 1
