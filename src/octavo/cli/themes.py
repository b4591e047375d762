"""`octavo themes`: list them, show one, and look into it."""

from __future__ import annotations

from typing import Any

import click

from octavo.cli import completion
from octavo.cli.usage import fonts_options, new_report, refuse, refuse_file, world


class _Themes(click.Group):
    """`octavo themes NAME` shows a theme: whatever is no subcommand is a theme's name."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the subcommand, or the one that shows a theme."""
        return super().resolve_command(ctx, args if args[0] in self.commands else ["show", *args])


@click.group(cls=_Themes, invoke_without_command=True, subcommand_metavar="[NAME | COMMAND ...]")
@click.option("--parity", "proved", metavar="NAME", help="The same as the command `parity NAME`.")
@click.pass_context
def themes(context: click.Context, proved: str | None) -> None:
    """List the shipped themes, print the TOML of one, or look into it."""
    from octavo.environment import DiskEnvironment

    if proved is not None:
        context.invoke(themes_parity, name=proved)
    elif context.invoked_subcommand is None:
        for each in DiskEnvironment().themes():
            click.echo(each)


@themes.command("show", hidden=True)
@click.argument("name", shell_complete=completion.themes)
def themes_show(name: str) -> None:
    """Print the TOML of a theme."""
    from octavo.environment import DiskEnvironment

    with new_report().around() as report:
        path, text = DiskEnvironment().read_theme(name, "")
        click.echo(f"# {path}\n{text.rstrip()}")
    report.finish()


@themes.command("why")
@click.argument("name", shell_complete=completion.themes)
@click.argument("key")
@click.option("--within", default="", metavar="KEY", help="The container that it stands in, as key-points.")
@click.option(
    "--medium", type=click.Choice(["screen", "print", "office"]), default="screen", show_default=True
)
@fonts_options
def themes_why(name: str, key: str, within: str, medium: str, **options: Any) -> None:
    """Say where each value of a style or a mark comes from: file, table, parent, token."""
    from octavo.theme.load import load_theme
    from octavo.theme.names import nearest
    from octavo.theme.schema import MARK_KEYS, STYLE_KEYS
    from octavo.theme.style import Medium
    from octavo.theme.why import why

    environment = world(options)
    with new_report().around() as report:
        theme = load_theme(name, environment.read_theme, environment.fonts())
        try:
            reasons = why(theme, Medium(medium), environment.fonts(), key, within)
        except KeyError as fault:
            name = str(fault.args[0])
            hint = nearest(name, (*STYLE_KEYS, *MARK_KEYS)) or "docs/themes.md lists them"
            refuse(f"`{name}` is no style key and no mark", hint)
        for each in reasons:
            place = f"{each.position}  [{each.table}]" if each.position else "the default"
            through = f"  through {', '.join(each.through)}" if each.through else ""
            tokens = "".join(f"  {{{token.name}}} {token.position}" for token in each.tokens)
            click.echo(f"{each.property:<18} {each.value:<34} {place}{through}{tokens}")
    report.finish()


@themes.command("check")
@click.argument("name", shell_complete=completion.themes)
@fonts_options
def themes_check(name: str, **options: Any) -> None:
    """Tell all faults of a theme and all that is doubtful in it, in every medium."""
    from octavo.fonts.files import with_rights
    from octavo.theme.load import load_theme
    from octavo.theme.resolve import resolve_theme
    from octavo.theme.style import Medium

    environment = world(options)
    with new_report().around() as report:
        fonts = with_rights(environment.fonts())
        theme = load_theme(name, environment.read_theme, fonts)
        sheets = [resolve_theme(theme, medium, fonts) for medium in Medium]
        doubts = (each for _, about in sheets for each in about)
        said = tuple(dict.fromkeys((*fonts.diagnostics, *doubts)))
        report.say(said)
        click.echo(f"{theme.name}: no fault, {len(said) or 'nothing'} doubtful")
    report.finish()


@themes.command("fonts")
@click.argument("name", default="", shell_complete=completion.themes)
@fonts_options
def themes_fonts(name: str, **options: Any) -> None:
    """List the fonts at hand: weights, origin, what their embedding bits and their licence allow.

    With a theme's NAME: the families of each of its roles, in the order in which they are asked, and those at hand.
    """
    from octavo.specimen import faces, roles

    environment = world(options)
    with new_report().around() as report:
        for role in roles(name, environment) if name else ():
            click.echo(f"{role.name:<10} {role.family:<24} {role.origin or 'not at hand'}")
        report.say(environment.fonts().diagnostics)
        for each in () if name else faces(environment):
            face = f"{each.family} {each.weight}{' italic' if each.italic else ''}"
            click.echo(f"{face:<34} {each.origin:<24} {each.embedding:<18} {each.licence}")
    report.finish()


@themes.command("parity")
@click.argument("name", shell_complete=completion.themes)
@click.option("--differences", is_flag=True, help="Only what differs in a format, or cannot be read back.")
@fonts_options
def themes_parity(name: str, differences: bool = False, **options: Any) -> None:
    """Compare every style in finished PDF, Word and EPUB files with what the theme says."""
    from octavo.specimen import parity

    with new_report().around() as report:
        rows = parity(name, world(options))
        for row in rows:
            if row.reasons or row.unexplained or not differences:
                click.echo(str(row))
        open_rows = sum(len(row.unexplained) for row in rows)
        known = sum(len(row.reasons) for row in rows)
        click.echo(
            f"{3 * len(rows) - known - open_rows} values alike, {known} with a reason, {open_rows} without"
        )
        if open_rows:
            report.blame()
    report.finish()


@themes.command("specimen")
@click.argument("name", shell_complete=completion.themes)
@click.option("--out", default="specimen", show_default=True, help="The folder that everything goes to.")
@click.option(
    "--source", default="", metavar="FILE", help="Your own sample instead of the one that octavo has."
)
@fonts_options
def themes_specimen(name: str, out: str, source: str, **options: Any) -> None:
    """Set a sample in all editions, with a sheet of pictures of their pages."""
    from pathlib import Path

    from octavo.specimen import SAMPLE, specimen

    refuse_file(out, "--out")
    with new_report().around() as report:
        sample = Path(source) if source else SAMPLE
        made, said = specimen(name, Path(out), sample, world(options))
        for edition in made:
            report.say(edition.diagnostics)
            if edition.path is not None:
                report.made(edition, edition.path)
        report.say(said)
        if (sheet := Path(out) / "sheet.png").is_file():
            click.echo(str(sheet))
    report.finish()
