"""What a shell proposes while a command is typed: files, folders, names of themes and of editions.

Nothing of this is loaded before a shell asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def files(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Leave it to the shell to propose files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(typed, type="file")]


def folders(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Leave it to the shell to propose folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(typed, type="dir")]


def themes(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Propose the shipped themes, else files."""
    from click.shell_completion import CompletionItem

    from octavo.environment import DiskEnvironment

    found = [CompletionItem(name) for name in DiskEnvironment().themes() if name.startswith(typed)]
    return found or files(context, parameter, typed)


def editions(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Propose an edition behind those that are named already."""
    from click.shell_completion import CompletionItem

    from octavo.plugins import known_writers

    before, comma, begun = typed.rpartition(",")
    named = before.split(",")
    return [
        CompletionItem(f"{before}{comma}{name}")
        for name in known_writers()
        if name.startswith(begun) and name not in named
    ]


def keys(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Propose a key of metadata, with its sign."""
    from click.shell_completion import CompletionItem

    from octavo.readers.settings import SETTABLE

    return [CompletionItem(f"{name}=") for name in SETTABLE if name.startswith(typed)]
