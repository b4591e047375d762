"""The EPUB writer: from a manuscript to an e-book.

How the e-book is made is loaded when it is made: naming a writer costs nothing, and whoever helps loads it beside.
"""

from __future__ import annotations

from typing import ClassVar, Final

import msgspec

from octavo.edition import Output
from octavo.theme.style import Medium
from octavo.writers.epub.options import EpubOptions
from octavo.writers.protocol import Manuscript

_DEFAULTS: Final = EpubOptions()


class EpubWriter:
    """Writes EPUB 3.3."""

    name: ClassVar[str] = "epub"
    suffix: ClassVar[str] = ".epub"
    medium: ClassVar[Medium] = Medium.SCREEN
    options: ClassVar[type[EpubOptions]] = EpubOptions
    needs_frames: ClassVar[bool] = False

    def __init__(self, chosen: EpubOptions = _DEFAULTS) -> None:
        self._chosen = chosen

    @property
    def needs_layout(self) -> bool:
        """Whether the printed pages are marked."""
        return self._chosen.page_list

    def write(self, manuscript: Manuscript) -> Output:
        """Return the e-book."""
        from octavo.writers.epub.edition import make_edition

        if not self._chosen.page_list:
            # The same bytes, whether or not another edition of the same export has pages.
            manuscript = msgspec.structs.replace(manuscript, layout=None)
        return make_edition(manuscript)
