"""Values that are made beside this process, where somebody can help."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, Generic, TypeVar, cast

import msgspec

from octavo.errors import OctavoError
from octavo.workers import Board, Workers

T = TypeVar("T")
_FAULT: Final = b"octavo: fault\n"
"""No value begins so, be it written by msgspec or pickled."""


class Beside(Generic[T]):
    """A value that a worker is making, or that is made here when it is asked for.

    `make` is called here, too, where the worker died: what it raises then is told as ever. A value whose `kind` is told
    comes over as msgspec writes it: quickly, and with its defaults being the very objects that they are here.
    """

    def __init__(self, make: Callable[[], T], workers: Workers, kind: type[T] | None = None) -> None:
        self._make = make
        self._kind = kind
        self._stream = workers.begin(partial(_made, make, kind is not None))

    def value(self) -> T:
        """Return the value, or raise the error of octavo's that `make` raised. It is asked for once."""
        data = self._stream.take() if self._stream is not None else None
        self.abandon()
        if data is None:
            return self._make()
        if data.startswith(_FAULT):
            raise cast("OctavoError", pickle.loads(data[len(_FAULT) :]))
        if self._kind is not None:
            return msgspec.msgpack.decode(data, type=self._kind)
        return cast("T", pickle.loads(data))

    def ready(self) -> bool:
        """Say whether the value need not be waited for, or must be made here."""
        return self._stream is None or self._stream.ready()

    def abandon(self) -> None:
        """Stop the worker where the value was not asked for."""
        if self._stream is not None:
            self._stream.abandon()
            self._stream = None


def _made(make: Callable[[], T], plain: bool, _: Board) -> Iterator[bytes]:
    """Make the value, in the worker."""
    try:
        made = make()
    except OctavoError as fault:
        yield _FAULT + pickle.dumps(fault, pickle.HIGHEST_PROTOCOL)
    else:
        yield msgspec.msgpack.encode(made) if plain else pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
