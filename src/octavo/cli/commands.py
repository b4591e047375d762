"""The commands `export`, `check` and `tree`, and the group that holds them and `themes`: their arguments, no more.

What a command does is loaded when it is called, so that help comes at once.
"""

from __future__ import annotations

from typing import Any

import click

from octavo.cli import completion
from octavo.cli.garbage import collect_seldom
from octavo.cli.group import Commands
from octavo.cli.themes import themes
from octavo.cli.usage import Whole, fonts_options, limits_options


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="octavo")
def main() -> None:
    """One brief in, every edition out: PDF, Word and EPUB from one source and one theme."""
    collect_seldom()


@main.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, shell_complete=completion.files)
@click.option(
    "--to",
    "formats",
    default="pdf,docx,epub",
    show_default=True,
    help="Editions to make, by commas.",
    shell_complete=completion.editions,
)
@click.option(
    "--theme",
    default="policy",
    show_default=True,
    help="A shipped theme's name, or a TOML file.",
    shell_complete=completion.themes,
)
@click.option(
    "--out",
    default="editions",
    show_default=True,
    help="The folder that the editions go to.",
    shell_complete=completion.folders,
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Metadata, as title=…; author repeats.",
    shell_complete=completion.keys,
)
@click.option(
    "--allow",
    multiple=True,
    metavar="FOLDER",
    help="A further folder that images may come from.",
    shell_complete=completion.folders,
)
@fonts_options
@limits_options
@click.option(
    "--jobs",
    type=Whole(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Sources to export side by side; 0: one a core.",
)
@click.option(
    "--icc",
    metavar="FILE",
    help="Press: the print shop's CMYK profile.",
    shell_complete=completion.files,
)
@click.option("--printer", metavar="NAME|FILE", help="Press: what the print shop asks for.")
@click.option("--marks/--no-marks", default=None, help="Press: crop and registration marks, or none.")
@click.option(
    "--page-list/--no-page-list", default=True, help="E-book: mark and list the printed pages, or not."
)
@click.option("--json", "as_json", is_flag=True, help="Report as JSON on standard output.")
def export(
    sources: tuple[str, ...],
    formats: str,
    theme: str,
    out: str,
    settings: tuple[str, ...],
    **options: Any,
) -> None:
    """Make editions of each SOURCE (.md, .txt, .docx, .json): pdf, press, docx, epub."""
    from octavo.cli.actions import export_sources

    reader = click.get_current_context().obj
    export_sources(sources, formats, theme, out, settings, {**options, "reader": reader})


@main.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, shell_complete=completion.files)
@click.option(
    "--theme",
    default="policy",
    show_default=True,
    help="A shipped theme's name, or a TOML file.",
    shell_complete=completion.themes,
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Metadata, as title=…; author repeats.",
    shell_complete=completion.keys,
)
@click.option(
    "--allow",
    multiple=True,
    metavar="FOLDER",
    help="A further folder that images may come from.",
    shell_complete=completion.folders,
)
@fonts_options
@limits_options
@click.option("--as-source", is_flag=True, help="Check a .docx as a source rather than as an edition.")
@click.option("--require-validators", is_flag=True, help="A validator that is not installed is an error.")
@click.option(
    "--evidence",
    metavar="FOLDER",
    help="Write hashes, versions and results there, to be handed on.",
    shell_complete=completion.folders,
)
@click.option("--json", "as_json", is_flag=True, help="Report as JSON on standard output.")
def check(files: tuple[str, ...], **options: Any) -> None:
    """Say what is wrong with each FILE: a source, or a finished .pdf, .docx or .epub."""
    from octavo.cli.actions import check_files

    check_files(files, options)


@main.command()
@click.argument("source", shell_complete=completion.files)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Metadata, as title=…; author repeats.",
    shell_complete=completion.keys,
)
def tree(source: str, settings: tuple[str, ...]) -> None:
    """Print the resolved tree of SOURCE as JSON."""
    from octavo.cli.actions import print_tree

    print_tree(source, settings)


main.add_command(themes)
