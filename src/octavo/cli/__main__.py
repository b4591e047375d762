"""`python -m octavo.cli` is the command `octavo`."""

from octavo.cli.commands import main

main()
