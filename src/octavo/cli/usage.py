"""What several commands share: options, what they mean, and refusals of wrong usage."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import click

from octavo.cli import completion
from octavo.nesting import DEEPEST, DEEPEST_MARKS

if TYPE_CHECKING:
    _Kind = click.ParamType[float]

    from octavo.cli.report import Report
    from octavo.environment import DiskEnvironment
    from octavo.limits import Limits

if not TYPE_CHECKING:
    _Kind = click.ParamType

_Command = TypeVar("_Command", bound=Callable[..., Any])
USAGE: Final = 2
"""The exit status of wrong usage."""
_MOST: Final = 1_000_000_000


def fonts_options(command: _Command) -> _Command:
    """Add the options that say where fonts of one's own are."""
    folder = click.option(
        "--fonts",
        multiple=True,
        metavar="FOLDER",
        help="A folder of fonts of your own; may be repeated.",
        shell_complete=completion.folders,
    )
    system = click.option("--system-fonts", is_flag=True, help="Use the fonts that this system has, too.")
    return folder(system(command))


class Whole(click.IntRange):
    """A whole number, called so where it is none."""

    name = "whole number"


class _Amount(_Kind):
    """A number that is one: neither negative, nor endless, nor none at all."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number."""
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not 0 <= number <= _MOST:
            self.fail(f"'{value}' is not a number from 0 to {_MOST:,}", param, ctx)
        return number


def limits_options(command: _Command) -> _Command:
    """Add the options that say how large what is read may be."""
    size = click.option(
        "--max-file",
        type=_Amount(),
        default=500.0,
        show_default=True,
        metavar="MB",
        help="The largest file that is read.",
    )
    pixels = click.option(
        "--max-pixels",
        type=_Amount(),
        default=150.0,
        show_default=True,
        metavar="MILLIONS",
        help="The pixels of the largest image that is taken.",
    )
    depth = click.option(
        "--max-depth",
        type=Whole(1, DEEPEST),
        default=DEEPEST,
        show_default=True,
        metavar="LEVELS",
        help="How deep blocks may nest; a list counts as two.",
    )
    marks = click.option(
        "--max-marks",
        type=Whole(1, DEEPEST_MARKS),
        default=DEEPEST_MARKS,
        show_default=True,
        metavar="LEVELS",
        help="How deep emphasis, links and spans may nest.",
    )
    return size(pixels(depth(marks(command))))


def new_report(*, as_json: bool = False) -> Report:
    """Return a report with nothing said; what it needs is loaded here, so that help comes at once."""
    from octavo.cli.report import Report

    return Report(as_json=as_json)


def limits(options: Mapping[str, Any]) -> Limits:
    """Return the limits that the options set."""
    from octavo.limits import Limits

    return Limits(
        file=round(options["max_file"] * 1_000_000),
        pixels=round(options["max_pixels"] * 1_000_000),
        depth=options["max_depth"],
        marks=options["max_marks"],
    )


def world(options: Mapping[str, Any]) -> DiskEnvironment:
    """Return the disk with the folders that the options name, which have to be there."""
    from pathlib import Path

    from octavo.environment import DiskEnvironment

    refuse_missing_folders(options)
    return DiskEnvironment(
        [Path(folder) for folder in options.get("allow", ())],
        [Path(folder) for folder in options["fonts"]],
        system_fonts=options["system_fonts"],
        limits=limits(options) if "max_file" in options else None,
    )


def pairs(settings: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the keys and values of `--set`; a key that there is not would change nothing in what is made."""
    if not settings:
        return ()
    from octavo.errors import UsageError
    from octavo.readers.settings import check_keys

    for each in settings:
        if "=" not in each:
            refuse(f"--set `{each}` has no value", "write --set key=value, for example --set title='A title'")
    split = (each.partition("=") for each in settings)
    found = tuple((key.strip(), value.strip()) for key, _, value in split)
    try:
        check_keys(found)
    except UsageError as fault:
        click.echo(str(fault), err=True)
        sys.exit(USAGE)
    return found


def refuse_missing_folders(options: Mapping[str, Any]) -> None:
    """A folder of images or fonts that is not there would be the cause of faults that are told elsewhere."""
    from pathlib import Path

    for option in ("allow", "fonts"):
        for each in options.get(option, ()):
            if not Path(each).is_dir():
                refuse(
                    f"--{option} names `{each}`, which is no folder", "check the spelling, or leave it out"
                )


def refuse_output(folder: str) -> None:
    """Editions are files; what other programs call `-` would be a folder of that name."""
    if folder == "-":
        refuse(
            "--out names a folder, and editions are not written to the output", "name one, as --out editions"
        )
    refuse_file(folder, "--out")


def refuse_file(folder: str, option: str) -> None:
    """What is a file can hold no others; that is said before any work is done."""
    from pathlib import Path

    if Path(folder).is_file():
        refuse(f"{option} names `{folder}`, which is a file", "name a folder; it is made where it is missing")


def refuse_clash(sources: tuple[str, ...]) -> None:
    """Two sources of one stem would overwrite each other's editions."""
    from pathlib import Path

    stems: dict[str, str] = {}
    for source in sources:
        other = stems.setdefault(Path(source).stem, source)
        if other != source:
            refuse(
                f"`{other}` and `{source}` would make editions of the same name", "export them to two folders"
            )


def refuse(message: str, hint: str) -> NoReturn:
    """Say what is wrong with the command's usage, and leave."""
    click.echo(f"error[wrong-usage]: {message}\n  hint: {hint}", err=True)
    sys.exit(USAGE)
