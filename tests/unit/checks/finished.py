"""Sound editions of one small document, and ways to harm them."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Callable, Mapping

from PIL import Image

import octavo
from octavo.environment import MemoryEnvironment, installed_fonts
from tests.unit.checks import shipped

SOURCE = """---
title: A sound brief
author: A. Author
language: en-GB
date: 2026-11-24
description: What a sound file holds.
---

# First

Some words with a [link to the second part](#sec-second), and a note.[^1]

![A square of teal](square.png){alt="A plain square, all teal"}

| name | count |
|---|--:|
| one | 1 |

# Second {#sec-second}

More words, with a [link to a place](https://example.org/).

[^1]: A note.
"""


def png(width: int = 900) -> bytes:
    """Return a square image."""
    file = io.BytesIO()
    Image.new("RGB", (width, width), "teal").save(file, "PNG")
    return file.getvalue()


@functools.cache
def edition(format: str) -> bytes:
    """Return the edition of the small document."""
    world = MemoryEnvironment(
        {"brief.md": SOURCE.encode(), "square.png": png()}, installed_fonts(), shipped.themes()
    )
    return octavo.render("brief.md", format, environment=world).data


def rezipped(data: bytes, change: Callable[[dict[str, bytes]], Mapping[str, bytes]]) -> bytes:
    """Return a package with its parts changed; the first stays first, and stored."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in change(parts).items():
            package.writestr(
                name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            )
    return made.getvalue()


def replaced(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return a package with some text of the parts whose names end so replaced; it must be there."""

    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        changed = {
            name: content.replace(old.encode(), new.encode()) if name.endswith(part) else content
            for name, content in parts.items()
        }
        assert changed != parts, f"no `{old}` in {part}"
        return changed

    return rezipped(data, change)


def without(data: bytes, part: str) -> bytes:
    """Return a package without the parts whose names end so."""
    return rezipped(
        data, lambda parts: {name: content for name, content in parts.items() if not name.endswith(part)}
    )
