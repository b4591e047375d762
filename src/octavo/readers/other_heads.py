"""Heads of metadata that are not YAML between `---`: TOML, JSON, Pandoc's title block, MultiMarkdown's keys.

Each is turned into YAML with every key on the line that it has in the source, so that one reader makes metadata of all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from octavo.diagnostics import Position, error
from octavo.errors import SourceError
from octavo.readers import settings

_KEY: Final = re.compile(r"([A-Za-z][\w -]*+)[ \t]*+:(?:[ \t]++(\S.*))?$")
_TOML_KEY: Final = re.compile(r"""[ \t]*+\[{0,2}+[ \t]*+["']?([\w-]++)""")
_JSON_KEY: Final = re.compile(r'[ \t{]*+"([^"]++)"[ \t]*+:')
_TELLING: Final = frozenset({"title", "author", "authors"})
"""Keys of which one must be there before lines like `key: value` are taken for MultiMarkdown's metadata."""
_LONGEST: Final = 200
"""How many lines a head may have that nothing closes."""


class OtherHead(msgspec.Struct, frozen=True):
    """A head as YAML: its text, the line of the source on which that begins, and how many lines the head takes."""

    yaml: str
    first_line: int
    line_count: int


def find_other_head(text: str, name: str) -> OtherHead | None:
    """Return the head of a source that does not begin with `---`.

    Raises:
        SourceError: it begins with `+++`, and is no TOML.
    """
    if text.startswith("+++"):
        return _toml(text, name)
    if text.startswith("{"):
        return _json(text)
    if text.startswith("%"):
        return _title_block(text)
    return _multimarkdown(text) if _KEY.match(text.partition("\n")[0]) else None


def _toml(text: str, name: str) -> OtherHead | None:
    import tomllib

    lines = text.split("\n")
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == "+++"), None)
    if lines[0].rstrip() != "+++" or end is None:
        return None
    body = lines[1:end]
    try:
        found = tomllib.loads("\n".join(body))
    except (ValueError, RecursionError) as fault:
        said = re.search(r"line (\d+), column (\d+)", str(fault))
        place = Position(int(said[1]) + 1, int(said[2]), name) if said else Position(2, 1, name)
        problem = str(fault).partition(" (at ")[0]
        message = f"the front matter is not sound TOML: {problem[:1].lower()}{problem[1:]}"
        raise SourceError(error("broken-front-matter", message, place, "mend it, or write YAML")) from None
    named = _named(body, _TOML_KEY.match)
    return OtherHead(_as_yaml(found, named, len(body)), 2, end + 1)


def _json(text: str) -> OtherHead | None:
    import json

    try:
        found, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    rest = text[end:].partition("\n")
    if rest[0].strip() or not isinstance(found, dict) or not _known(found):
        return None
    body = text[:end].split("\n")
    return OtherHead(_as_yaml(found, _named(body, _JSON_KEY.match), len(body)), 1, len(body))


def _known(found: Mapping[str, Any]) -> bool:
    return any(settings.canonical(key) in settings.KEYS for key in found)


def _named(body: Sequence[str], lead: Callable[[str], re.Match[str] | None]) -> dict[str, int]:
    """Return the line on which each key is first named."""
    named: dict[str, int] = {}
    for at, line in enumerate(body):
        if match := lead(line):
            named.setdefault(match[1], at)
    return named


def _as_yaml(found: Mapping[str, Any], named: Mapping[str, int], count: int) -> str:
    """Return a table as YAML of so many lines, each key on the line of the source where it is first named."""
    import json

    lines: list[list[str]] = [[] for _ in range(count)]
    for key, value in found.items():
        shown = json.dumps(value, default=str, ensure_ascii=True)
        lines[named.get(key, 0)].append(f"{json.dumps(key)}: {shown}")
    # In braces, several keys may share a line.
    flat = [f"{', '.join(line)}," if line else "" for line in lines]
    return "\n".join(("{" + flat[0], *flat[1:])) + "}" if flat else ""


def _title_block(text: str) -> OtherHead | None:
    """Read `% title`, `% authors` and `% date`, each of which may go on in indented lines (Pandoc)."""
    import json

    lines = text.split("\n")
    parts: list[tuple[int, list[str]]] = []
    at = 0
    while at < min(len(lines), _LONGEST):
        line = lines[at]
        if line.startswith("%") and len(parts) < 3:
            parts.append((at, [line[1:].strip()]))
        elif line[:1] == " " and line.strip() and parts:
            parts[-1][1].append(line.strip())
        else:
            break
        at += 1
    if at < len(lines) and lines[at].strip():
        return None
    yaml = [""] * at
    for key, (where, said) in zip(("title", "author", "date"), parts, strict=False):
        if key == "author":
            names = [name.strip() for line in said for name in line.split(";") if name.strip()]
            yaml[where] = f"author: {json.dumps(names, ensure_ascii=True)}" if names else ""
        else:
            shown = " ".join(said).strip()
            yaml[where] = f"{key}: {json.dumps(shown, ensure_ascii=True)}" if shown else ""
    return OtherHead("\n".join(yaml), 1, at)


def _multimarkdown(text: str) -> OtherHead | None:
    """Read lines `Key: value` up to the first empty one, where a title or an author is among them."""
    import json

    lines = text.split("\n", _LONGEST)[:_LONGEST]
    end = next((at for at, line in enumerate(lines) if not line.strip()), None)
    if end is None:
        return None
    parts: list[tuple[int, str, list[str]]] = []
    for at, line in enumerate(lines[:end]):
        match = _KEY.match(line.rstrip())
        if match and match[1]:
            parts.append((at, match[1].rstrip(), [match[2] or ""]))
        elif line[:1] in " \t" and parts:
            parts[-1][2].append(line.strip())
        else:
            return None
    if not _TELLING & {settings.canonical(key) for _, key, _ in parts}:
        return None
    yaml = [""] * end
    for at, key, said in parts:
        shown = " ".join(said).strip()
        yaml[at] = f"{json.dumps(key)}: {json.dumps(shown, ensure_ascii=True)}"
    return OtherHead("\n".join(yaml), 1, end)
