"""The same process at another time and place: clock, dates, chance, variables, locale, time zone and folder are others.

What depends on any of them shows in the bytes. The order of sets by PYTHONHASHSEED is not changed, for a process has
one seed all its life: run the tests under two of them.
"""

from __future__ import annotations

import contextlib
import datetime
import locale
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any, Final
from unittest import mock

from octavo.tree import Document
from octavo.tree.dump import from_json, to_json

_LATER: Final = 400 * 86_400 + 3_661
"""Seconds by which the clock goes ahead: another day, month, year and hour."""
_KEPT: Final = ("PATH", "PYTHON", "SYSTEM", "TEMP", "TMP", "LD_", "DYLD_", "COV")
"""Beginnings of the names of variables without which programs do not run; all others are gone."""
_OTHERS: Final = {
    "TZ": "Pacific/Auckland",
    "LANG": "tr_TR.UTF-8",
    "LANGUAGE": "tr",
    "LC_ALL": "tr_TR.UTF-8",
    "HOME": "/nowhere",
    "USER": "somebody",
    "LOGNAME": "somebody",
    "HOSTNAME": "elsewhere",
    "SOURCE_DATE_EPOCH": "1",
}
_LOCALES: Final = ("tr_TR.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8", "C")


@contextlib.contextmanager
def shifted() -> Iterator[None]:
    """Let the clock be more than a year ahead, for whatever asks `time` or `datetime` for it."""
    ahead = time.time() + _LATER
    with (
        mock.patch("time.time", return_value=ahead),
        mock.patch("time.localtime", lambda seconds=ahead, now=time.gmtime: now(seconds)),
        mock.patch("time.gmtime", lambda seconds=ahead, now=time.gmtime: now(seconds)),
        mock.patch("time.time_ns", return_value=int(ahead * 1e9)),
        _other_dates(),
    ):
        yield


@contextlib.contextmanager
def elsewhere() -> Iterator[None]:
    """Let everything be another that a process finds around it; all is as before at the end."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(_KEPT)}
    state = random.getstate()
    with (
        shifted(),
        mock.patch.dict(os.environ, {**kept, **_OTHERS}, clear=True),
        _other_zone(),
        _other_locale(),
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
    ):
        random.seed(4711)
        try:
            yield
        finally:
            random.setstate(state)


_DATE: Final = datetime.date
_MOMENT: Final = datetime.datetime


class _Kind(type):
    """Dates that were made before are dates of a shifted kind too."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, _MOMENT if issubclass(cls, _MOMENT) else _DATE)


class _Date(datetime.date, metaclass=_Kind):
    def __new__(cls, *arguments: Any, **fields: Any) -> Any:
        return _DATE(*arguments, **fields)

    @classmethod
    def today(cls) -> Any:
        return _DATE.fromtimestamp(time.time())


class _Moment(datetime.datetime, metaclass=_Kind):
    def __new__(cls, *arguments: Any, **fields: Any) -> Any:
        return _MOMENT(*arguments, **fields)

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Any:
        return _MOMENT.fromtimestamp(time.time(), tz)

    @classmethod
    def today(cls) -> Any:
        return cls.now()

    @classmethod
    def utcnow(cls) -> Any:
        return _MOMENT.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)


@contextlib.contextmanager
def _other_dates() -> Iterator[None]:
    """Put shifted kinds of dates in the place of Python's, in each module that has them by name."""
    # What a tree's fields hold is read from its classes once, at the first use, which must not be within.
    from_json(to_json(Document()))
    kinds: dict[int, Any] = {id(_DATE): _Date, id(_MOMENT): _Moment}
    with contextlib.ExitStack() as stack:
        for module in [each for each in sys.modules.values() if each is not sys.modules[__name__]]:
            held = [(name, kinds[id(value)]) for name, value in _names(module) if id(value) in kinds]
            for name, kind in held:
                stack.enter_context(mock.patch.object(module, name, kind))
        yield


def _names(module: Any) -> list[tuple[str, Any]]:
    names = getattr(module, "__dict__", None)
    return list(names.items()) if isinstance(names, dict) else []


@contextlib.contextmanager
def _other_zone() -> Iterator[None]:
    """Let the C library take the time zone from the variables of now, and of before at the end."""
    if not hasattr(time, "tzset"):
        yield
        return
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ", None)
        time.tzset()


@contextlib.contextmanager
def _other_locale() -> Iterator[None]:
    """Set another locale, the first that this system has."""
    before = locale.setlocale(locale.LC_ALL)
    for name in _LOCALES:
        with contextlib.suppress(locale.Error):
            if locale.setlocale(locale.LC_ALL, name) != before:
                break
    try:
        yield
    finally:
        locale.setlocale(locale.LC_ALL, before)
