"""Dates as people write them: numbers with the year first, or a month by its name in the languages of Europe's west."""

from __future__ import annotations

import datetime
import re
from typing import Final

# Few sources have a date: the patterns stay text until they are needed.
_NUMBERS: Final = r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?"
_DAY_FIRST: Final = r"(\d{1,2})(?:\.|st|nd|rd|th|er|º)?(?:\s+d[ei])?\s+([^\W\d_]+)\.?,?(?:\s+del?)?\s+(\d{4})"
_MONTH_FIRST: Final = r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})"
_NAMES: Final = """
january jan januar janvier enero gennaio janeiro
february feb februar février fevrier febrero febbraio fevereiro
march mar märz maerz mars marzo março marco
april apr avril abril aprile
may mai mayo maggio maio
june jun juni juin junio giugno junho
july jul juli juillet julio luglio julho
august aug août aout agosto
september sep sept septembre septiembre settembre setembro
october oct okt oktober octobre octubre ottobre outubro
november nov novembre noviembre novembro
december dec dez dezember décembre decembre diciembre dicembre dezembro
"""
_MONTHS: Final = {
    name: month for month, line in enumerate(_NAMES.strip().split("\n"), start=1) for name in line.split()
}


def read_date(text: str) -> datetime.date | None:
    """Return the date that a text says, None for one that leaves something out or can be read in two ways.

    Raises:
        ValueError: the day is in no calendar.
    """
    bare = " ".join(text.split())
    if match := re.fullmatch(_NUMBERS, bare):
        return datetime.date(int(match[1]), int(match[3]), int(match[4]))
    if (match := re.fullmatch(_DAY_FIRST, bare)) and match[2].lower() in _MONTHS:
        return datetime.date(int(match[3]), _MONTHS[match[2].lower()], int(match[1]))
    if (match := re.fullmatch(_MONTH_FIRST, bare)) and match[1].lower() in _MONTHS:
        return datetime.date(int(match[3]), _MONTHS[match[1].lower()], int(match[2]))
    return None
