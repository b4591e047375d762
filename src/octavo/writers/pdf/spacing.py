"""Letter-spaced text, and what it reads as: programs that extract text take wide gaps between letters for word spaces.

Where letters stand so far apart, the run says its text outright (ActualText, ISO 32000-1, 14.9.4). Text that runs from
right to left does not: its glyphs step back over each other, which looks like gaps, but those programs know better.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from octavo.typeset.frames import FontUse, GlyphRun

_WIDE: Final = r"(?:9\d|[1-9]\d\d)"
"""A gap of nine hundredths of the size or more; poppler and pdfminer break words at a tenth."""
_CODES: Final = re.compile(r"<([0-9A-Fa-f]+)>")
FEWEST_PIECES: Final = 0.08
"""Text whose letters are set apart one by one has more pieces than this for each character of its content."""


def _runs_left(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("R", "AL")


class FontTexts:
    """What the codes of the fonts of a layout read as."""

    def __init__(self, fonts: Sequence[FontUse]) -> None:
        self._fonts = fonts
        self._apart: dict[int, re.Pattern[str]] = {}

    def spaced_text(self, run: GlyphRun) -> str:
        """Return what a run reads as where its letters stand wide apart, else nothing; leaders are no letters."""
        content = run.content
        if content.count("<") < len(content) * FEWEST_PIECES or not self._apart_of(run.font).search(content):
            return ""
        codes = self._fonts[run.font].codes
        shown = "".join(_CODES.findall(content))
        text = "".join(codes[int(shown[at : at + 4], 16)][1] for at in range(0, len(shown), 4))
        return text if any(map(str.isalnum, text)) and not any(map(_runs_left, text)) else ""

    def _apart_of(self, font: int) -> re.Pattern[str]:
        """Return what finds a wide gap that does not follow a space, in text of a font."""
        found = self._apart.get(font)
        if found is None:
            codes = self._fonts[font].codes
            spaces = [f"(?<!{code:04X}>-)" for code, (_, text, _) in codes.items() if text.isspace()]
            # What it looks behind for comes after the first characters, for which it can be searched quickly.
            found = self._apart[font] = re.compile("".join((">-", *spaces, _WIDE)))
        return found
