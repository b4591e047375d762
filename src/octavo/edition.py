"""What comes out: the bytes of an edition, and the file that was made of them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from octavo.diagnostics import Diagnostic


class Output(msgspec.Struct, frozen=True):
    """A finished edition: its bytes, and what the writer has to say (losses above all)."""

    data: bytes
    diagnostics: tuple[Diagnostic, ...] = ()


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """One file of an export. `pages` is that of the layout shared by all editions; `seconds` is the time since the
    edition before it was done, so that the first one's holds the work that all share.

    `path` is None where the edition could not be made; `diagnostics` then holds the reason.
    """

    format: str
    path: Path | None
    pages: int
    size: int
    seconds: float
    diagnostics: tuple[Diagnostic, ...]
