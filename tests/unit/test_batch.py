"""Many sources at once: each by itself, a bad one stops no other, and any executor serves."""

from __future__ import annotations

import os
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from octavo.batch import WINDOW, Order, export_many
from octavo.cli.pool import pool
from octavo.cli.report import Report

SMALL = "---\ntitle: A small brief\nlanguage: en\n---\n\n# One\n\nSome words.\n"


def _sources(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"brief-{number}.md" for number in range(count)]
    for path in paths:
        path.write_text(SMALL, encoding="utf-8")
    return paths


def _order(folder: Path) -> Order:
    return Order(out=str(folder / "out"), formats=("epub",))


def test_sources_are_exported_in_turn(tmp_path: Path) -> None:
    results = list(export_many(_sources(tmp_path, 3), _order(tmp_path)))
    assert [Path(each.source).stem for each in results] == ["brief-0", "brief-1", "brief-2"]
    assert not any(each.failed for each in results)
    assert len(list((tmp_path / "out").iterdir())) == 3


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_executors_give_the_same_bytes(tmp_path: Path, kind: type[Any]) -> None:
    sources = _sources(tmp_path, 3)
    list(export_many(sources, _order(tmp_path)))
    alone = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    with kind(2) as executor:
        results = list(export_many(sources, _order(tmp_path / "two"), executor=executor))
    assert sorted(Path(each.source).stem for each in results) == ["brief-0", "brief-1", "brief-2"]
    assert {path.name: path.read_bytes() for path in (tmp_path / "two" / "out").iterdir()} == alone


def test_a_bad_source_stops_no_other(tmp_path: Path) -> None:
    sources = [*_sources(tmp_path, 2), tmp_path / "missing.md"]
    (tmp_path / "brief-0.md").write_bytes(b"\xff\xfe\x00")
    results = {Path(each.source).stem: each for each in export_many(sources, _order(tmp_path))}
    assert [results[name].failed for name in ("brief-0", "brief-1", "missing")] == [True, False, True]
    assert results["missing"].failure is not None


def test_two_sources_of_one_name_are_not_both_exported(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    sources = [*_sources(tmp_path, 1), *_sources(tmp_path / "other", 1)]
    results = list(export_many(sources, _order(tmp_path)))
    assert sorted(each.failed for each in results) == [False, True]


class _Dying(Executor):
    """An executor whose every worker dies."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        del fn, args, kwargs
        future: Future[Any] = Future()
        future.set_exception(MemoryError("no memory"))
        return future


def test_a_lost_worker_is_said_of_its_source(tmp_path: Path) -> None:
    results = list(export_many(_sources(tmp_path, WINDOW + 2), _order(tmp_path), executor=_Dying()))
    assert len(results) == WINDOW + 2
    assert {each.diagnostics[0].code for each in results} == {"worker-lost"}


class _Refusing(_Dying):
    """An executor that takes the first source, and then no more."""

    def __init__(self, reason: Exception) -> None:
        self._reason = reason
        self._taken = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self._taken += 1
        if self._taken > 1:
            raise self._reason
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@pytest.mark.parametrize("reason", [BrokenExecutor(), RuntimeError("cannot schedule new futures")])
def test_an_executor_that_takes_no_more_loses_only_the_rest(tmp_path: Path, reason: Exception) -> None:
    results = list(export_many(_sources(tmp_path, 4), _order(tmp_path), executor=_Refusing(reason)))
    assert sorted(each.failed for each in results) == [False, True, True, True]


def test_what_was_withdrawn_is_said_of_its_source(tmp_path: Path) -> None:
    class Withdrawing(_Dying):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            del fn, args, kwargs
            future: Future[Any] = Future()
            future.cancel()
            future.set_running_or_notify_cancel()
            return future

    (only,) = export_many(_sources(tmp_path, 1), _order(tmp_path), executor=Withdrawing())
    assert only.diagnostics[0].code == "worker-lost"


def test_processes_take_the_place_of_one_that_died() -> None:
    with pool(1) as processes:
        assert isinstance(processes.submit(os._exit, 1).exception(), BrokenExecutor)
        assert processes.submit(len, "abc").result() == 3


def test_the_command_tries_once_more_what_was_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from octavo.cli import many

    first, second = (str(each) for each in _sources(tmp_path, 2))
    taken: list[Executor] = []

    def export_first(sources: Any, order: Order, **options: Any) -> Any:
        if taken:
            return export_many(sources, order, **options)
        taken.append(options["executor"])
        return export_many(sources, order, executor=_Dying())

    monkeypatch.setattr(many, "export_many", export_first)
    report = Report(as_json=True)
    many.export_all((first, second), _order(tmp_path), 2, report, None)
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["brief-0.epub", "brief-1.epub"]
