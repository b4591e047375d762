"""Readers and writers by name."""

from __future__ import annotations

import importlib

import pytest

from octavo import plugins
from octavo.errors import PluginError


@pytest.mark.parametrize("name", [*plugins.READERS])
def test_own_readers_are_there(name: str) -> None:
    reader = plugins.find_reader(name)
    assert reader.name == name
    assert all(plugins.SUFFIXES[suffix] == name for suffix in reader.suffixes)


@pytest.mark.parametrize("name", [*plugins.WRITERS])
def test_own_writers_are_there(name: str) -> None:
    writer = plugins.find_writer(name)
    assert (writer.name, writer.suffix) == (name, ".press.pdf" if name == "press" else f".{name}")


def test_every_suffix_has_a_reader() -> None:
    assert set(plugins.SUFFIXES.values()) == set(plugins.READERS)


def test_unknown_names_are_refused_with_the_nearest() -> None:
    with pytest.raises(PluginError) as writer:
        plugins.find_writer("epb")
    assert "did you mean `epub`" in writer.value.diagnostics[0].hint
    with pytest.raises(PluginError) as suffix:
        plugins.reader_for(".xyz")
    assert suffix.value.diagnostics[0].code == "unknown-source"


def test_two_packages_that_claim_a_name_are_both_named(monkeypatch: pytest.MonkeyPatch) -> None:
    metadata = importlib.import_module("importlib.metadata")
    points = metadata.EntryPoints(
        metadata.EntryPoint(name="odt", value=value, group="octavo.writers") for value in ("one:W", "two:W")
    )
    monkeypatch.setattr(metadata, "entry_points", points.select)
    with pytest.raises(PluginError) as fault:
        plugins.find_writer("odt")
    assert fault.value.diagnostics[0].code == "plugin-clash"
    assert "`one:W` and `two:W`" in fault.value.diagnostics[0].message


def test_a_plugin_that_breaks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    metadata = importlib.import_module("importlib.metadata")
    points = metadata.EntryPoints(
        [
            metadata.EntryPoint(name="odt", value="no_such_module:W", group="octavo.writers"),
            metadata.EntryPoint(name="txt", value="builtins:object", group="octavo.writers"),
        ]
    )
    monkeypatch.setattr(metadata, "entry_points", points.select)
    for name in ("odt", "txt"):
        with pytest.raises(PluginError) as fault:
            plugins.find_writer(name)
        assert fault.value.diagnostics[0].code == "plugin-broken"
