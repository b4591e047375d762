"""`python -m octavo` is the command `octavo`."""

from octavo.cli.entry import run

run()
