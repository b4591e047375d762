"""Printer profiles: what a print shop asks for, as data. Print shops contradict each other, so none of it is code."""

from __future__ import annotations

import difflib
import tomllib
from importlib import resources
from typing import Annotated, Final, Literal

import msgspec

from octavo.diagnostics import error
from octavo.errors import ResourceError
from octavo.units import parse_least_length, parse_length

DEFAULT_PRINTER: Final = "europe-coated"


class Printer(msgspec.Struct, frozen=True, kw_only=True):
    """What a print shop asks for. Lengths are points, the ink limit is the sum of the inks in per cent, the resolution
    pixels an inch."""

    name: str
    bleed: float
    marks: bool
    ink_limit: float
    resolution: float
    minimum_line: float
    pages_multiple: int


class _Written(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """A printer profile as its file has it."""

    name: str
    bleed: str
    marks: bool = True
    ink_limit: Annotated[float, msgspec.Meta(ge=100, le=400)] = 300
    resolution: Annotated[float, msgspec.Meta(ge=0, le=5000)] = 300
    minimum_line: str = "0.25pt"
    pages_multiple: Annotated[int, msgspec.Meta(ge=1, le=64)] = 1
    standard: Literal["PDF/X-4"] = "PDF/X-4"


def shipped_printers() -> tuple[str, ...]:
    """Return the names of the printer profiles that come with octavo."""
    names = (each.name for each in resources.files(_DATA).joinpath("data").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def shipped_printer(name: str) -> Printer:
    """Return a printer profile that comes with octavo.

    Raises:
        ResourceError: there is none of that name.
    """
    known = shipped_printers()
    if name not in known:
        near = difflib.get_close_matches(name.lower(), known, n=1)
        guess = f"did you mean `{near[0]}`? " if near else ""
        raise ResourceError(
            error(
                "unknown-printer",
                f"there is no printer profile `{name}`",
                hint=f"{guess}shipped ones are {', '.join(known)}; another is named by its path, as `shop.toml`",
            )
        )
    text = resources.files(_DATA).joinpath(f"data/{name}.toml").read_text("utf-8")
    return parse_printer(text, name)


def parse_printer(text: str | bytes, source: str) -> Printer:
    """Return the printer profile of a TOML text, in UTF-8 if it is bytes; `source` is its name in messages.

    Raises:
        ResourceError: it is no TOML, or says something that is no profile.
    """
    try:
        known = text if isinstance(text, str) else text.decode("utf-8-sig")
        written = msgspec.convert(tomllib.loads(known), _Written)
        bleed, line = parse_least_length(written.bleed), parse_length(written.minimum_line)
        if not 0 <= bleed <= _LARGEST_BLEED or line < 0:
            raise ValueError(f"`{written.bleed}` is no bleed; it lies between 0 and 30 mm")
    except (ValueError, msgspec.ValidationError, RecursionError) as fault:
        raise ResourceError(
            error(
                "bad-printer", f"printer profile `{source}`: {fault}", hint="docs/printing.md lists its keys"
            )
        ) from fault
    return Printer(
        name=written.name,
        bleed=bleed,
        marks=written.marks,
        ink_limit=written.ink_limit,
        resolution=written.resolution,
        minimum_line=line,
        pages_multiple=written.pages_multiple,
    )


_DATA: Final = "octavo.writers.pdf.press"
_LARGEST_BLEED: Final = 86.0
