"""The cases of copied processes, each file in a process of its own: one that has threads is not copied, and other tests
leave some behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CASES = sorted((Path(__file__).parent / "forking").glob("*_cases.py"))


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")
@pytest.mark.parametrize("cases", CASES, ids=[each.stem for each in CASES])
def test_cases_of_copied_processes(cases: Path) -> None:
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(cases))
    done = subprocess.run(command, capture_output=True, text=True, env=variables, check=False, timeout=3_000)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout
