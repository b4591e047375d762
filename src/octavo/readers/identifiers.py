"""Forms and check digits of ISBN, ISSN, ORCID and DOI."""

from __future__ import annotations

import re
from typing import Final

# Few sources have an identifier: the patterns stay text until they are needed.
_ISSN: Final = r"^\d{4}-?\d{3}[\dXx]$"
_ORCID: Final = r"^\d{4}-\d{4}-\d{4}-\d{3}[\dXx]$"
_DOI: Final = r"^10\.\d{4,9}(?:\.\d+)*/\S+$"
_PREFIXES: Final = (
    r"(?i)^\s*(?:isbn(?:-1[03])?|issn|doi|orcid|https?://(?:dx\.)?doi\.org/|https?://orcid\.org/)[:\s]*"
)


def bare(text: str) -> str:
    """Return an identifier without its name or resolver before it ("ISBN 978…", "https://doi.org/10…")."""
    return re.sub(_PREFIXES, "", text).strip()


def fault_of_isbn(text: str) -> str:
    """Return what is wrong with an ISBN of 10 or 13 digits (ISO 2108), or an empty string."""
    digits = re.sub(r"[\s‐‑–-]", "", text).upper()
    if re.fullmatch(r"\d{13}", digits):
        total = sum(int(each) * (3 if at % 2 else 1) for at, each in enumerate(digits))
        return "" if total % 10 == 0 else "its last digit does not check"
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return "" if _weighted(digits, 10) % 11 == 0 else "its last digit does not check"
    return "it has not 13 digits (or 10)"


def fault_of_issn(text: str) -> str:
    """Return what is wrong with an ISSN (ISO 3297), or an empty string."""
    if not re.match(_ISSN, text):
        return "it is not eight digits in two groups"
    return "" if _weighted(text.replace("-", "").upper(), 8) % 11 == 0 else "its last digit does not check"


def fault_of_orcid(text: str) -> str:
    """Return what is wrong with an ORCID identifier (ISO 27729; check digit ISO 7064, MOD 11-2), or an empty string."""
    if not re.match(_ORCID, text):
        return "it is not sixteen digits in four groups"
    digits = text.replace("-", "").upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    expected = (12 - total % 11) % 11
    return "" if digits[-1] == ("X" if expected == 10 else str(expected)) else "its last digit does not check"


def fault_of_doi(text: str) -> str:
    """Return what is wrong with a DOI (ISO 26324), or an empty string."""
    return "" if re.match(_DOI, text) else "it has not the form 10.NNNN/name"


def _weighted(digits: str, first: int) -> int:
    """Sum of digits times falling weights from `first` down to 1; X counts ten."""
    return sum((10 if each == "X" else int(each)) * (first - at) for at, each in enumerate(digits))
