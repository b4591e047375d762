"""Exceptions: raised only when nothing can be made, each carrying every diagnostic that was found.

OctavoError
├── SourceError      the source cannot be read as a document
├── ThemeError       the theme cannot be loaded or resolved
├── ResourceError    a file, a font or an image cannot be read, or a target cannot be written
├── EditionError     a writer refuses to make an edition
├── UsageError       a name that a program or a user chose is none there is, or none there can be
└── PluginError      a reader or writer is unknown, clashes, or breaks its contract
"""

from __future__ import annotations

from octavo.diagnostics import Diagnostic


class OctavoError(Exception):
    """Base of all octavo's exceptions; `diagnostics` holds at least one error."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("\n".join(str(each) for each in diagnostics))
        self.diagnostics: tuple[Diagnostic, ...] = diagnostics


class SourceError(OctavoError):
    """The source cannot be read as a document."""


class ThemeError(OctavoError):
    """The theme cannot be loaded or resolved."""


class ResourceError(OctavoError):
    """A file, a font or an image cannot be read, or a target cannot be written."""


class EditionError(OctavoError):
    """A writer refuses to make an edition."""


class PluginError(OctavoError):
    """A reader or writer is unknown, clashes with another, or breaks its contract."""


class UsageError(OctavoError):
    """What a program or a user chose by its name is nothing there is: a key of metadata, the name of a file."""
