"""The page of results: parts that were measured take the place of those that stood there, and the others stay."""

from __future__ import annotations

import re
from itertools import pairwise

_HEADING = re.compile(r"^## ", re.MULTILINE)


def merged(page: str, head: str, machine: str, parts: list[str]) -> str:
    """Return the page with some parts renewed.

    Args:
        page: as it stands; empty where there is none.
        head: what stands before all parts, above the machine.
        machine: what was measured on; it is told of the parts alone, where others on the page were measured before.
        parts: what was measured, each beginning with its heading.
    """
    starts = [match.start() for match in _HEADING.finditer(page)]
    old = [page[start:end] for start, end in pairwise([*starts, len(page)])]
    renewed = {_name(each): each for each in parts}
    kept = [each for each in old if _name(each) not in renewed]
    if not kept:
        return "\n".join([head, machine, *parts])
    told = page[: starts[0]].rstrip("\n") + "\n"
    if machine.strip() not in told:
        renewed = {name: _with_machine(each, machine) for name, each in renewed.items()}
    order = list(dict.fromkeys([*map(_name, old), *renewed]))
    standing = {_name(each): each for each in kept} | renewed
    return "\n".join([told, *(standing[name].rstrip("\n") + "\n" for name in order)])


def _name(part: str) -> str:
    return part.partition("\n")[0].strip()


def _with_machine(part: str, machine: str) -> str:
    title, _, rest = part.partition("\n")
    return f"{title}\n\n{machine.strip()}\n{rest}"
