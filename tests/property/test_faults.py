"""What may go wrong around an export: killed, no space, no permission, a plugin that raises.

No half-written edition ever replaces a good one, the others are made, and the exit status tells.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from typing import Any, ClassVar, NoReturn

import pytest

import octavo
from octavo import plugins
from octavo.edition import Output
from octavo.environment import DiskEnvironment
from octavo.errors import EditionError, PluginError
from octavo.readers.protocol import Source
from octavo.theme.style import Medium
from octavo.writers.protocol import Manuscript

SMALL = "---\ntitle: A small brief\nlanguage: en\n---\n\n# One\n\nSome words.\n"
GOOD = b"a good edition of yesterday"


def _brief(folder: Path, words: int = 3) -> Path:
    path = folder / "brief.md"
    path.write_text(f"{SMALL}\n{'More words of it. ' * words}\n", encoding="utf-8")
    return path


def _good(folder: Path) -> None:
    (folder / "out").mkdir()
    for format in ("pdf", "docx", "epub"):
        (folder / "out" / f"brief.{format}").write_bytes(GOOD)


def _command(folder: Path, *more: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "octavo.cli",
        "export",
        str(folder / "brief.md"),
        "--out",
        str(folder / "out"),
        *more,
    ]


def _is_whole(path: Path) -> bool:
    data = path.read_bytes()
    ends = {".pdf": b"%%EOF", ".docx": b"PK\x05\x06", ".epub": b"PK\x05\x06"}
    return data == GOOD or ends[path.suffix] in data[-64:]


@pytest.fixture(scope="module")
def lasts(tmp_path_factory: pytest.TempPathFactory) -> float:
    """How many seconds the export of a small brief takes here."""
    folder = tmp_path_factory.mktemp("lasts")
    _brief(folder, 300)
    began = time.perf_counter()
    subprocess.run(_command(folder), capture_output=True, check=True)
    return time.perf_counter() - began


@pytest.mark.parametrize(
    ("share", "how"),
    [(0.6, signal.SIGKILL), (0.8, signal.SIGKILL), (0.95, signal.SIGKILL), (0.85, signal.SIGTERM)],
)
def test_killed_at_any_moment_no_half_edition_stands(
    tmp_path: Path, lasts: float, share: float, how: signal.Signals
) -> None:
    _brief(tmp_path, 300)
    _good(tmp_path)
    process = subprocess.Popen(_command(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(lasts * share)
    process.send_signal(how)
    process.wait(120)
    editions = [path for path in (tmp_path / "out").iterdir() if path.suffix != ".part"]
    assert len(editions) == 3
    assert all(_is_whole(path) for path in editions)


def _group_is_gone(group: int) -> bool:
    for _ in range(1_200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    os.killpg(group, signal.SIGKILL)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="groups of processes are told apart on Linux")
@pytest.mark.parametrize(("how", "status"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)])
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_who_is_stopped_leaves_nobody_behind(
    tmp_path: Path, lasts: float, how: signal.Signals, status: int, jobs: str, share: float
) -> None:
    """Stopped as a terminal or a service does it: the command alone, or killed outright. Its helpers leave with it."""
    _brief(tmp_path, 300)
    _good(tmp_path)
    (tmp_path / "other.md").write_bytes((tmp_path / "brief.md").read_bytes())
    others = [str(tmp_path / "other.md"), "--jobs", jobs] if jobs != "1" else []
    process = subprocess.Popen(
        _command(tmp_path, *others), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    time.sleep(lasts * share)
    process.send_signal(how)
    _, said = process.communicate(timeout=900)
    assert _group_is_gone(process.pid)
    if process.returncode != 0:
        # A busy machine may still be loading the command, which has nothing to say then.
        assert process.returncode in (status, -how)
        assert (b"error[command-stopped]" in said) == (process.returncode == status == 130)
        assert b"Traceback" not in said
    editions = [path for path in (tmp_path / "out").iterdir() if path.suffix != ".part"]
    assert all(_is_whole(path) for path in editions)


@pytest.mark.parametrize("module", ["octavo.forks", "octavo.cli.commands", "click", "octavo.cli.usage"])
def test_stopped_while_it_loads_the_command_leaves_silently(tmp_path: Path, module: str) -> None:
    """Before there is anything to say, no traceback is said either; a shell has 130 for a death by this signal."""
    loading = (
        "import os, signal, sys\n"
        # Who runs the tests in the background ignores interruptions, and a process inherits that.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Stop:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Stop())\n"
        "sys.argv = ['octavo', 'export', 'none.md']\n"
        "from octavo.cli.entry import run\n"
        "run()\n"
    )
    stopped = subprocess.run(
        [sys.executable, "-c", loading], check=False, capture_output=True, text=True, cwd=tmp_path
    )
    assert stopped.returncode in (-signal.SIGINT, 130)
    assert stopped.stderr == stopped.stdout == ""


def test_killed_while_it_writes_the_good_edition_stays(tmp_path: Path) -> None:
    """The process dies in the middle of a file: what it wrote lies beside, and the next run is not disturbed."""
    _brief(tmp_path)
    _good(tmp_path)
    dying = (
        "import os, signal, octavo.environment as e\n"
        "from pathlib import Path\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"e.DiskEnvironment().write(Path({str(tmp_path / 'out' / 'brief.pdf')!r}), b'half')\n"
    )
    killed = subprocess.run([sys.executable, "-c", dying], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (tmp_path / "out" / "brief.pdf").read_bytes() == GOOD
    octavo.export(tmp_path / "brief.md", tmp_path / "out", formats=("epub",))
    assert (tmp_path / "out" / "brief.epub").read_bytes() != GOOD


def test_a_full_disk_is_said_and_the_good_editions_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _brief(tmp_path)
    _good(tmp_path)

    def full(_: int) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EditionError) as found:
        octavo.export(tmp_path / "brief.md", tmp_path / "out")
    assert {each.code for each in found.value.diagnostics} == {"target-not-written"}
    assert all("no space left" in each.message for each in found.value.diagnostics)
    assert sorted(path.read_bytes() for path in (tmp_path / "out").iterdir()) == [GOOD] * 3


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    """A file system of 64 kB, in a mount namespace of the test's own; skipped where that is not allowed."""
    _brief(tmp_path, 3000)
    _good(tmp_path)
    small = tmp_path / "small"
    small.mkdir()
    export = " ".join(f"'{each}'" for each in _command(tmp_path, "--out", str(small), "--to", "pdf,epub"))
    script = f"mount -t tmpfs -o size=64k none '{small}' && {export}; s=$?; ls -A '{small}'; exit $s"
    run = subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True, check=False)
    if "unshare" in run.stderr or "mount:" in run.stderr or "Operation not permitted" in run.stderr:
        pytest.skip("no file system can be mounted here")
    assert run.returncode == 1
    assert "no space left" in run.stderr
    assert ".part" not in run.stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    _brief(tmp_path)
    (tmp_path / "out").mkdir(mode=0o500)
    run = subprocess.run(_command(tmp_path), capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "error[target-not-written]" in run.stderr


def test_a_folder_in_the_place_of_one_edition_harms_no_other(tmp_path: Path) -> None:
    _brief(tmp_path)
    (tmp_path / "out" / "brief.docx").mkdir(parents=True)
    run = subprocess.run(_command(tmp_path, "--json"), capture_output=True, text=True, check=False)
    assert run.returncode == 1
    report = json.loads(run.stdout)
    assert [each["format"] for each in report["editions"]] == ["pdf", "epub"]
    assert [each["code"] for each in report["diagnostics"] if each["severity"] == "error"] == [
        "target-not-written"
    ]


@pytest.mark.parametrize("command", [("check",), ("tree",), ("export", "--to", "epub")])
def test_a_report_that_cannot_be_written_is_said(tmp_path: Path, command: tuple[str, ...]) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    _brief(tmp_path)
    with full.open("w") as target:
        run = subprocess.run(
            [sys.executable, "-m", "octavo.cli", *command, "brief.md"],
            stdout=target,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=tmp_path,
        )
    assert run.returncode == 1
    assert "error[report-not-written]" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    _brief(tmp_path)
    (tmp_path / "out").write_text("a file")
    with pytest.raises(EditionError, match="is no folder"):
        octavo.export(tmp_path / "brief.md", tmp_path / "out", formats=("epub",))


class RaisingWriter:
    """A plugin that fails."""

    name: ClassVar[str] = "raising"
    suffix: ClassVar[str] = ".raising"
    medium: ClassVar[Medium] = Medium.SCREEN
    needs_layout: ClassVar[bool] = False

    def write(self, manuscript: Manuscript) -> Output:
        del manuscript
        raise ZeroDivisionError("a fault in the plugin")


class SilentWriter(RaisingWriter):
    """A plugin that returns nothing."""

    name: ClassVar[str] = "silent"
    suffix: ClassVar[str] = ".silent"

    def write(self, manuscript: Manuscript) -> Output:
        del manuscript
        return None  # type: ignore[return-value]


def _installed(monkeypatch: pytest.MonkeyPatch, kind: type[Any]) -> None:
    point = EntryPoint(kind.name, f"{__name__}:{kind.__name__}", "octavo.writers")
    monkeypatch.setattr(EntryPoint, "load", lambda _: kind)
    monkeypatch.setattr(plugins, "_entry_points", lambda _: EntryPoints([point]))


@pytest.mark.parametrize(
    ("kind", "words"), [(RaisingWriter, "ZeroDivisionError: a fault in the plugin"), (SilentWriter, "silent")]
)
def test_a_plugin_that_fails_harms_no_other_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Any], words: str
) -> None:
    _installed(monkeypatch, kind)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / f"brief{kind.suffix}").write_bytes(GOOD)
    with pytest.raises(EditionError, match=words) as found:
        octavo.export(_brief(tmp_path), tmp_path / "out", formats=(kind.name, "epub"))
    assert {each.code for each in found.value.diagnostics} == {"writer-failed"}
    assert (tmp_path / "out" / f"brief{kind.suffix}").read_bytes() == GOOD
    assert (tmp_path / "out" / "brief.epub").is_file()


class LeavingWriter(RaisingWriter):
    """A plugin that ends the program."""

    name: ClassVar[str] = "leaving"
    suffix: ClassVar[str] = ".leaving"

    def write(self, manuscript: Manuscript) -> Output:
        del manuscript
        sys.exit(0)


def test_a_plugin_cannot_end_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _installed(monkeypatch, LeavingWriter)
    with pytest.raises(EditionError, match="SystemExit") as found:
        octavo.export(_brief(tmp_path), tmp_path / "out", formats=("leaving", "epub"))
    assert {each.code for each in found.value.diagnostics} == {"writer-failed"}
    assert (tmp_path / "out" / "brief.epub").is_file()


def _leave() -> NoReturn:
    sys.exit(0)


def test_a_plugin_that_ends_the_program_as_it_is_loaded_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    _installed(monkeypatch, LeavingWriter)
    monkeypatch.setattr(EntryPoint, "load", lambda _: _leave())
    with pytest.raises(PluginError, match="cannot be loaded: SystemExit"):
        plugins.find_writer("leaving")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda: 1 // 0, "ZeroDivisionError"),
        (_leave, "SystemExit"),
        (lambda: None, "no Parsed, but NoneType"),
    ],
)
def test_a_reader_that_fails_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Callable[[], Any], words: str
) -> None:
    class Failing:
        name: ClassVar[str] = "failing"
        suffixes: ClassVar[tuple[str, ...]] = (".md",)

        def read(self, source: Source) -> Any:
            del source
            return answer()

    monkeypatch.setattr(plugins, "reader_for", lambda _: Failing())
    with pytest.raises(PluginError, match=words) as found:
        octavo.read(_brief(tmp_path))
    (said,) = found.value.diagnostics
    assert (said.code, said.position is not None) == ("reader-failed", True)


def test_an_environment_that_fails_leaves_nothing_beside(tmp_path: Path) -> None:
    (tmp_path / "brief.pdf").mkdir()
    with pytest.raises(octavo.OctavoError):
        DiskEnvironment().write(tmp_path / "brief.pdf", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["brief.pdf"]
