"""`python -m octavo.cli` is the command `octavo`."""

from octavo.cli.entry import run

run()
