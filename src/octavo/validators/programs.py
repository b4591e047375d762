"""Finding and calling the programs behind the validators.

Nothing here installs anything: `.ci/install` does that for a checkout. A program that is not there is a ToolMissing,
which the command tells its user, and the tests turn into a skip, or into a failure under `--require-validators`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

DRIVERS: Final = Path(__file__).parent / "drivers"
JAVA_OPTIONS: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Short runs: the first compiler and the simple collector start faster than the defaults."""


class ToolMissing(Exception):
    """A program that a validator calls is not on this machine."""

    def __init__(self, what: str, cure: str = "run `bash .ci/install`") -> None:
        super().__init__(f"{what} is missing: {cure}")


class ToolFailed(Exception):
    """A program is there and could not do its work, which says nothing about the file it was given."""


def tools_folder() -> Path:
    """The cache of tools, the same one that `.ci/install` fills."""
    chosen = os.environ.get("OCTAVO_TOOLS")
    return Path(chosen) if chosen else Path.home() / ".cache" / "octavo-tools"


def command(*names: str) -> str:
    """The full path of the first of these commands that exists."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    raise ToolMissing(names[0])


def npm_file(relative: str) -> Path:
    """A file of an installed npm package, by its path below node_modules."""
    path = tools_folder() / "npm" / "node_modules" / relative
    if not path.is_file():
        raise ToolMissing(str(path))
    return path


def package_file(package: str, relative: str) -> Path:
    """A data file of an installed Python package; the package itself is not imported."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ToolMissing(f"the Python package {package}", "pip install -e '.[test]'")
    path = Path(spec.origin).parent / relative
    if not path.is_file():
        raise ToolMissing(str(path), f"this release of {package} no longer carries it")
    return path


def run(
    arguments: Sequence[str | Path],
    *,
    accepted: Sequence[int] = (0,),
    seconds: float = 300,
    variables: Mapping[str, str] | None = None,
) -> str:
    """Run a program and return its standard output and standard error, one after the other.

    Raises:
        ToolFailed: it ended with a status not in `accepted`, or ran longer than `seconds`.
    """
    line = [str(argument) for argument in arguments]
    try:
        done = subprocess.run(
            line,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
            env={**os.environ, **(variables or {})},
        )
    except subprocess.TimeoutExpired as late:
        raise ToolFailed(f"{line[0]} did not end within {seconds:g} s") from late
    if done.returncode not in accepted:
        said = (done.stderr or done.stdout).strip()[-2000:]
        raise ToolFailed(f"{' '.join(line[:4])} … ended with status {done.returncode}: {said}")
    return done.stdout + done.stderr


def run_java(
    program: str, jar: Path, arguments: Sequence[str | Path], *, accepted: Sequence[int] = (0,)
) -> str:
    """Run one of the small Java drivers below `drivers` on top of a validator's jar."""
    java = command("java")
    classes = _compiled(program, jar)
    path = os.pathsep.join((str(classes), str(jar)))
    return run([java, *JAVA_OPTIONS, "-cp", path, program, *arguments], accepted=accepted, seconds=900)


def _compiled(program: str, jar: Path) -> Path:
    """The folder of a driver's classes, compiled at most once for each source text and jar."""
    source = DRIVERS / f"{program}.java"
    mark = hashlib.sha256(source.read_bytes() + jar.read_bytes()).hexdigest()[:16]
    folder = tools_folder() / "java" / f"{program}-{mark}"
    if folder.is_dir():
        return folder
    compiler = command("javac")
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Compiled aside and renamed, for two test processes may come here together.
    with tempfile.TemporaryDirectory(dir=folder.parent) as aside:
        classes = Path(aside) / "classes"
        classes.mkdir()
        run([compiler, "-cp", jar, "-d", classes, source])
        try:
            classes.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
    return folder
