"""The words of a paragraph: which may read from right to left."""

from __future__ import annotations

import sys
import unicodedata

from octavo.typeset.items import LEFTWARDS


def test_every_letter_that_is_written_from_right_to_left_is_known() -> None:
    """A line with such a letter is painted word by word; all others are painted by rows of words."""
    letters = [chr(code) for code in range(sys.maxunicode + 1)]
    leftwards = [
        each
        for each in letters
        if unicodedata.category(each).startswith("L") and unicodedata.bidirectional(each) in ("R", "AL")
    ]
    assert len(leftwards) > 1000
    assert [each for each in leftwards if not LEFTWARDS.match(each)] == []
    assert not LEFTWARDS.search("Latin, Ελληνικά, Кириллица, “quoted” – 漢字 🙂")
