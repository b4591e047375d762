"""What a shell proposes while a command is typed."""

from __future__ import annotations

import pytest
from click.shell_completion import BashComplete

from octavo.cli.commands import main


@pytest.mark.parametrize(
    ("typed", "begun", "proposed"),
    [
        ("", "ex", [("plain", "export")]),
        ("export", "", [("file", "")]),
        ("export", "br", [("file", "br")]),
        ("export a.md --theme", "po", [("plain", "policy")]),
        ("export a.md --theme", "./my", [("file", "./my")]),
        ("export a.md --to", "p", [("plain", "pdf"), ("plain", "press")]),
        ("export a.md --to", "pdf,", [("plain", f"pdf,{each}") for each in ("press", "docx", "epub")]),
        ("export a.md --out", "ed", [("dir", "ed")]),
        ("check a.md --set", "ti", [("plain", "title=")]),
        ("check a.md --fonts", "", [("dir", "")]),
        ("tree", "a", [("file", "a")]),
        ("themes why", "ne", [("plain", "newsletter")]),
    ],
)
def test_it_is_what_may_stand_there(typed: str, begun: str, proposed: list[tuple[str, str]]) -> None:
    shell = BashComplete(main, {}, "octavo", "_OCTAVO_COMPLETE")
    found = shell.get_completions(typed.split(), begun)
    assert [(each.type, each.value) for each in found] == proposed
