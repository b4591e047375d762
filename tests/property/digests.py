"""Make every edition of some sources in this process, and print the digest of each as JSON.

    python -m tests.property.digests [--later] [--backwards] SOURCE...

`--later` puts the clock more than a year ahead, `--backwards` takes the sources from the last to the first, so that
what one leaves behind would show in another. Each source is set in another theme.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from octavo.api import read
from octavo.environment import DiskEnvironment
from octavo.errors import OctavoError
from octavo.plugins import WRITERS, find_writer
from octavo.production import prepare, write
from octavo.testing.elsewhere import shifted


def digests(sources: list[str], *, backwards: bool) -> dict[str, str]:
    """Return the SHA-256 of each edition of each source, and what was said of it."""
    world = DiskEnvironment()
    themes = world.themes()
    found: dict[str, str] = {}
    numbered = list(enumerate(sources))
    for at, source in reversed(numbered) if backwards else numbered:
        name = Path(source).name
        writers = tuple(find_writer(each) for each in WRITERS)
        ready = prepare(read(source), themes[at % len(themes)], writers, world)
        for writer in writers:
            try:
                output = write(ready, writer)
            except OctavoError as refusal:
                found[f"{name} {writer.name}"] = f"refused: {refusal.diagnostics}"
                continue
            found[f"{name} {writer.name}"] = hashlib.sha256(output.data).hexdigest()
            found[f"{name} {writer.name} said"] = str([each.code for each in output.diagnostics])
    return found


def main(arguments: list[str]) -> None:
    """Print what the arguments ask for."""
    sources = [each for each in arguments if not each.startswith("--")]
    if "--later" in arguments:
        with shifted():
            found = digests(sources, backwards="--backwards" in arguments)
    else:
        found = digests(sources, backwards="--backwards" in arguments)
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
