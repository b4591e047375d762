"""What copies of this process make is what this process would have made; where they die, it makes it itself."""

from __future__ import annotations

import os
import threading
import time
from functools import partial
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from benchmarks.text import book
from octavo.batch import Order, export_source
from octavo.beside import Beside
from octavo.diagnostics import error
from octavo.errors import OctavoError, SourceError
from octavo.forks import ForkedWorkers, StandBy
from octavo.readers.protocol import Parsed
from octavo.tree import Document
from octavo.workers import NoWorkers, Workers
from tests.corpus import corpus


@pytest.fixture(params=["worker", "nobody"])
def workers(request: pytest.FixtureRequest) -> Workers:
    return ForkedWorkers(1) if request.param == "worker" else NoWorkers()


def test_a_value_is_made_beside(workers: Workers) -> None:
    here = os.getpid()
    made = Beside(os.getpid, workers).value()
    assert (made != here) == bool(workers.count)


def test_a_value_of_a_kind_is_the_same(workers: Workers) -> None:
    parsed = Parsed(Document(), (error("some-code", "a message", hint="a hint"),))
    assert Beside(lambda: parsed, workers, Parsed).value() == parsed


def test_an_error_comes_over_with_all_it_says(workers: Workers) -> None:
    said = error("some-code", "a message")

    def fail() -> int:
        raise SourceError(said)

    with pytest.raises(SourceError) as caught:
        Beside(fail, workers).value()
    assert caught.value.diagnostics == (said,)


def test_a_worker_that_dies_is_done_without() -> None:
    here = os.getpid()

    def made() -> int:
        if os.getpid() != here:
            os._exit(7)
        return 3

    assert Beside(made, ForkedWorkers(1)).value() == 3


def test_a_large_value_comes_over() -> None:
    assert Beside(lambda: b"x" * 5_000_000, ForkedWorkers(1)).value() == b"x" * 5_000_000


def test_what_nobody_asks_for_is_stopped() -> None:
    began = Beside(threading.Event().wait, ForkedWorkers(1))
    began.abandon()
    began.abandon()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, 0)


def test_a_process_with_threads_is_not_copied() -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert ForkedWorkers(1).begin(lambda _: [b""]) is None
        assert Beside(os.getpid, ForkedWorkers(1)).value() == os.getpid()
    finally:
        ended.set()
        thread.join()


def test_editions_are_the_same_whoever_makes_them(tmp_path: Path) -> None:
    source = str(corpus()[-1])
    formats = ("pdf", "press", "docx", "epub")
    results = [
        export_source(source, Order(out=str(tmp_path / str(count)), formats=formats, workers=count))
        for count in (0, 1)
    ]
    assert [each.path.name for each in results[0].editions if each.path] == [
        each.path.name for each in results[1].editions if each.path
    ]
    assert results[0].diagnostics == results[1].diagnostics
    for edition in results[0].editions:
        assert edition.path is not None
        assert edition.path.read_bytes() == (tmp_path / "1" / edition.path.name).read_bytes()


def _nothing() -> None:
    pass


def test_one_who_stands_by_does_one_task() -> None:
    worker = StandBy(_nothing)
    assert Beside(os.getpid, worker).value() != os.getpid()
    assert Beside(os.getpid, worker).value() == os.getpid()
    worker.abandon()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, 0)


def test_one_who_stands_by_goes_where_there_is_no_task() -> None:
    worker = StandBy(_nothing)
    worker.abandon()
    worker.abandon()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, 0)


def test_one_who_dies_standing_by_is_done_without() -> None:
    worker = StandBy(partial(os._exit, 3))
    time.sleep(0.1)
    assert Beside(os.getpid, worker).value() == os.getpid()


def test_a_source_is_read_by_one_who_stands_by(tmp_path: Path) -> None:
    source = str(corpus()[-1])
    reader = StandBy(_nothing)
    order = Order(out=str(tmp_path / "1"), formats=("epub",), allow=(str(tmp_path),), workers=1)
    aided = export_source(source, order, reader)
    assert not reader.count
    alone = export_source(source, msgspec.structs.replace(order, out=str(tmp_path / "0"), workers=0))
    assert aided.diagnostics == alone.diagnostics
    made = [each.path.read_bytes() for result in (aided, alone) for each in result.editions if each.path]
    assert len(made) == 2
    assert made[0] == made[1]


@pytest.mark.parametrize("edition", ["pdf", "press"])
def test_pages_are_the_same_whoever_paints_them(edition: str, tmp_path: Path) -> None:
    source = tmp_path / "book.md"
    source.write_text(
        f"{book(30_000, rich=True)}\n![A dot](dot.png)\n\n![Another](dot.png)\n", encoding="utf-8"
    )
    Image.new("RGB", (30, 20), "red").save(tmp_path / "dot.png")
    made = []
    for count in (0, 1):
        order = Order(out=str(tmp_path / str(count)), formats=(edition,), workers=count)
        (path,) = [each.path for each in export_source(str(source), order).editions]
        assert path is not None
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_what_is_wrong_with_a_source_is_told_before_what_is_wrong_with_its_theme(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("---\nlang: en\ncolour: red\n---\n\nText.\n")
    for count in (0, 1):
        result = export_source(str(source), Order(out=str(tmp_path), theme="no-such-theme", workers=count))
        assert isinstance(result.failure, OctavoError)
        assert [each.code for each in result.diagnostics] == ["unknown-key", "unknown-theme"]
