"""Many sources by the command: one bar, a table, what is said of each, JSON; and by an executor of a cluster."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import octavo
from octavo.batch import Order, export_many

SMALL = "---\ntitle: A small brief\nlanguage: en\n---\n\n# One\n\nSome words.\n"


def _sources(folder: Path, count: int) -> list[str]:
    for number in range(count):
        (folder / f"brief-{number}.md").write_text(SMALL, encoding="utf-8")
    return [f"brief-{number}.md" for number in range(count)]


def _octavo(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    run = subprocess.run(
        [sys.executable, "-m", "octavo.cli", *arguments], capture_output=True, text=True, check=False, cwd=cwd
    )
    assert "Traceback" not in run.stderr
    return run


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_many_sources_end_in_a_table_and_a_bad_one_stops_none(tmp_path: Path, jobs: str) -> None:
    names = _sources(tmp_path, 3)
    (tmp_path / "brief-1.md").write_bytes(b"\xff\xfe\x00")
    run = _octavo("export", *names, "none.md", "--to", "epub", "--jobs", jobs, cwd=tmp_path)
    assert run.returncode == 1
    lines = [line.split() for line in run.stdout.splitlines()]
    assert lines[0] == ["source", "editions", "pages", "errors", "warnings", "seconds"]
    assert [line[:2] for line in lines[1:5]] == [
        ["brief-0.md", "epub"],
        ["brief-1.md", "none"],
        ["brief-2.md", "epub"],
        ["none.md", "none"],
    ]
    assert run.stdout.splitlines()[-1] == "4 sources, 2 editions, 2 with errors"
    assert "brief-1.md:1:1: error[" in run.stderr
    assert "none.md" in run.stderr


def test_what_has_no_place_is_said_of_each_source(tmp_path: Path) -> None:
    names = _sources(tmp_path, 2)
    for name in names:
        (tmp_path / name).write_text("Words without a title.\n", encoding="utf-8")
    run = _octavo("export", *names, "--to", "epub", cwd=tmp_path)
    for name in names:
        assert f"{name}: warning[no-title]" in run.stderr or f"{name}:1:1: warning[no-title]" in run.stderr


def test_many_sources_are_told_as_json(tmp_path: Path) -> None:
    names = _sources(tmp_path, 2)
    run = _octavo("export", *names, "none.md", "--to", "epub", "--jobs", "2", "--json", cwd=tmp_path)
    report = json.loads(run.stdout)
    assert [each["source"] for each in report["sources"]] == [*names, "none.md"]
    assert [each["errors"] for each in report["sources"]] == [0, 0, 1]
    assert len(report["editions"]) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is made as POSIX makes them")
def test_a_terminal_gets_one_bar_for_all(tmp_path: Path) -> None:
    import pty

    names = _sources(tmp_path, 3)
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "octavo.cli", "export", *names, "--to", "epub"],
        stdout=subprocess.PIPE,
        stderr=follower,
        cwd=tmp_path,
    )
    os.close(follower)
    shown = b""
    try:
        while piece := os.read(leader, 4096):
            shown += piece
    except OSError:
        pass  # Linux says so where the other side is closed
    printed, _ = process.communicate(timeout=900)
    os.close(leader)
    assert process.returncode == 0
    assert b"100%" in shown
    assert shown.count(b"exporting") >= 1
    assert b"exporting" not in printed


def test_dask_runs_many_briefs_on_one_machine(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install distributed")
    names = [str(tmp_path / name) for name in _sources(tmp_path, 4)]
    Path(names[2]).write_bytes(b"\xff\xfe\x00")
    order = Order(out=str(tmp_path / "out"), formats=("epub",))
    with (
        distributed.Client(n_workers=1, threads_per_worker=1, dashboard_address=None) as client,
        client.get_executor(pure=False) as executor,
    ):
        results = {each.source: each for each in export_many(names, order, executor=executor)}
    assert [results[name].failed for name in names] == [False, False, True, False]
    alone = octavo.render(names[0], "epub").data
    assert (tmp_path / "out" / "brief-0.epub").read_bytes() == alone
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_the_memory_of_a_source_is_given_back_before_the_next(tmp_path: Path) -> None:
    names = [str(tmp_path / name) for name in _sources(tmp_path, 3)]
    order = Order(out=str(tmp_path), formats=("pdf",))

    def left(sources: list[str]) -> int:
        gc.collect()
        assert not any(result.failed for result in export_many(sources, order))
        return gc.collect()

    gc.disable()
    try:
        left(names[:1])
        alone, after_others = left(names[:1]), left(names)
    finally:
        gc.enable()
    assert after_others < 1.5 * alone
