"""A missing validator is a skip with its reason, or a failure under `--require-validators`."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.external.tools import ToolMissing


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """Judge a validator that is missing while a fixture is made."""
    try:
        return (yield)
    except ToolMissing as missing:
        _skip_unless_required(item, missing)
        raise


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Judge a validator that is missing while a test runs."""
    try:
        return (yield)
    except ToolMissing as missing:
        _skip_unless_required(item, missing)
        raise


def _skip_unless_required(item: pytest.Item, missing: ToolMissing) -> None:
    if not item.config.getoption("--require-validators"):
        pytest.skip(str(missing))
