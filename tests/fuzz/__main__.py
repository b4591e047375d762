"""Fuzz a target with atheris, from the root of the repository, on Linux: `pip install -e '.[fuzz]'`.

    python -m tests.fuzz markdown --seconds 600      # look for inputs that bring octavo down
    python -m tests.fuzz markdown --replay FILE...   # run what was found again, one by one

What reaches new code is kept in build/fuzz/TARGET/inputs, so that the next run goes on from there; what fails, takes
longer than 20 seconds or more than a gigabyte lies in build/fuzz/TARGET as `crash-…`, `timeout-…` or `oom-…`, and the
status is not 0.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

INSTRUMENTED = ["octavo", "markdown_it", "mdit_py_plugins", "reportlab", "docx", "pygments"]
SLOWEST, LARGEST = 20, 1024
"""Seconds and megabytes that one input may take."""


def main(arguments: list[str]) -> None:
    """Fuzz, or replay; libFuzzer ends the process."""
    import atheris

    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, default=600, help="how long (600)")
    parser.add_argument("--replay", nargs="+", type=Path, metavar="FILE", default=[])
    told = parser.parse_args(arguments)
    with atheris.instrument_imports(include=INSTRUMENTED):
        from tests.fuzz.targets import MARKS, TARGETS, folder

        if told.target not in TARGETS:
            parser.error(f"there is no target {told.target}; there are {', '.join(TARGETS)}")
        target, place = TARGETS[told.target], folder(told.target)
        for seed in target.seeds():
            target.run(seed)  # imports what is imported at the first use
    for path in told.replay:
        print(path, flush=True)
        target.run(path.read_bytes())
    if told.replay:
        return
    inputs = place / "inputs"
    inputs.mkdir(parents=True, exist_ok=True)
    for seed in target.seeds():
        (inputs / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    (place / "marks").write_text("".join(f'"{mark}"\n' for mark in MARKS), encoding="utf-8")
    options = {
        "dict": place / "marks",
        "max_total_time": told.seconds,
        "max_len": target.longest,
        "timeout": SLOWEST,
        "rss_limit_mb": LARGEST,
        "artifact_prefix": f"{place}/",
        "print_final_stats": 1,
        "verbosity": 1,
    }
    command = [sys.argv[0], *(f"-{name}={value}" for name, value in options.items()), str(inputs)]
    atheris.Setup(command, target.run)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
