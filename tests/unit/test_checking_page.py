"""docs/checking.md shows what `octavo check` prints, word for word: `pytest --accept` takes over what it prints now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from octavo.cli.commands import main
from tests.corpus import ROOT

PAGE = ROOT / "docs" / "checking.md"
BRIEF = """---
title: Ports under rivalry
author: A. Author
language: en-GB
date: 2026-11-24
description: What the new rules for ports ask of member states.
---

# What is asked

The rules say who may own a terminal; the text is [here](https://example.org/rules).

![](terminal.png)

# What it costs

Nobody has counted yet.
"""
_SHOWN = re.compile(r"(\$ octavo check brief\.md\n)(.*?)(?=\$|```)", re.DOTALL)


def test_the_report_on_the_page_is_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("brief.md").write_text(BRIEF, encoding="utf-8")
    Image.new("RGB", (900, 600), "teal").save("terminal.png")
    run = CliRunner().invoke(main, ["check", "brief.md"])
    assert run.exit_code == 0, run.output
    page = PAGE.read_text(encoding="utf-8")
    if request.config.getoption("--accept"):
        page = _SHOWN.sub(lambda match: match.group(1) + run.output, page)
        PAGE.write_text(page, encoding="utf-8")
    shown = _SHOWN.search(page)
    assert shown is not None
    assert shown.group(2) == run.output, "run this test with --accept, and read the difference"
