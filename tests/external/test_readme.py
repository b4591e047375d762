"""The commands that `.ci/run` calls in the README's name stand in the README, word for word."""

from __future__ import annotations

import pytest

from tests.corpus import ROOT


@pytest.mark.parametrize("name", ["readme-first", "readme-test"])
def test_the_readme_shows_the_commands_that_ci_runs(name: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    script = (ROOT / ".ci" / f"{name}.sh").read_text(encoding="utf-8")
    commands = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert commands
    assert [command for command in commands if command not in readme] == []
