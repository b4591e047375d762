"""Workers that answer piece by piece: pieces come in order, as long as the worker lives, whoever waits for them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from octavo.forks import ForkedWorkers, StandBy
from octavo.workers import NOBODY, Board, Stream


def _begun(lengths: list[int], *, dies: bool = False) -> Stream:
    stream = ForkedWorkers(1).begin(partial(_pieces, lengths, dies))
    assert stream is not None
    return stream


def _pieces(lengths: list[int], dies: bool, _: Board) -> Iterator[bytes]:
    for number, length in enumerate(lengths):
        yield bytes([number]) * length
    if dies:
        os._exit(7)


def _nothing() -> None:
    pass


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _all(stream: Stream) -> list[bytes]:
    return list(iter(stream.take, None))


def test_pieces_come_in_their_order() -> None:
    lengths = [3, 0, 1_000_000, 5]
    stream = _begun(lengths)
    assert _all(stream) == [bytes([number]) * length for number, length in enumerate(lengths)]
    assert stream.take() is None


def test_a_worker_does_not_wait_for_its_pieces_to_be_taken() -> None:
    copy = os.getpid()
    stream = ForkedWorkers(1).begin(lambda _: (os.getpid().to_bytes(8) * 100_000 for _ in range(50)))
    assert stream is not None
    worker = int.from_bytes((stream.take() or b"")[:8])
    assert worker != copy
    # It ends by itself: what it made is not in a pipe, which holds less.
    assert os.waitid(os.P_PID, worker, os.WEXITED | os.WNOWAIT) is not None
    assert len(_all(stream)) == 49


def test_what_a_worker_made_before_it_died_is_taken() -> None:
    assert _all(_begun([4, 4], dies=True)) == [b"\0" * 4, b"\1" * 4]


def test_a_stream_that_is_let_go_has_no_more() -> None:
    stream = _begun([1_000] * 1_000)
    before = _open_files()
    stream.abandon()
    assert stream.take() is None
    assert _open_files() == before - 2
    stream.abandon()


def test_where_no_memory_can_be_shared_nobody_takes_the_task(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> int:
        raise OSError(38, "not here", name)

    monkeypatch.setattr(os, "memfd_create", refuse)
    assert ForkedWorkers(1).begin(lambda _: [b""]) is None


def test_nobody_takes_a_task() -> None:
    assert NOBODY.begin(lambda _: [b""]) is None
    assert ForkedWorkers(0).begin(lambda _: [b""]) is None


def _echo(board: Board) -> Iterator[bytes]:
    board.tell(7)
    while board.heard() != 3:
        time.sleep(0.001)
    yield b"heard"


def test_each_hears_what_the_other_tells() -> None:
    stream = ForkedWorkers(1).begin(_echo)
    assert stream is not None
    while stream.heard() != 7:
        time.sleep(0.001)
    assert not stream.ready()
    stream.tell(3)
    assert stream.take() == b"heard"
    assert stream.take() is None
    assert stream.ready()


def test_one_who_stands_by_answers_piece_by_piece() -> None:
    reader = StandBy(_nothing)
    stream = reader.begin(partial(_pieces, [3, 5], False))
    assert stream is not None
    assert _all(stream) == [b"\0" * 3, b"\1" * 5]
    assert reader.begin(partial(_pieces, [3], False)) is None
