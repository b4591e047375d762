"""The command line: arguments in, diagnostics and progress out. The only package that prints.

Exit status: 0 done; 1 errors in the source or in an edition; 2 wrong usage.
"""

from octavo.cli.commands import main

__all__ = ["main"]
