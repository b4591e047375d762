"""Running heads, folios and mastheads: small templates over what is known of a document and of a page.

`{field}` stands for a field. What stands in `[square brackets]` falls away when a field within it is empty; separators
that are then left over at the ends of a line fall away too. A backslash before a brace or a bracket takes its meaning
away. A newline begins a new line. The term for a number is left out before an issue that says itself what it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Protocol

import msgspec

from octavo.theme.names import nearest
from octavo.tree.metadata import Metadata

DOCUMENT_FIELDS: Final = (
    "title",
    "short-title",
    "subtitle",
    "author",
    "authors",
    "publisher",
    "series",
    "issue",
    "number-term",
    "date",
    "year",
    "rights",
    "isbn",
    "issn",
    "doi",
)
PAGE_FIELDS: Final = ("page", "pages", "section", "section-number")
"""Known only once the pages are: the folio, how many there are, and the section that the page is in."""
FIELDS: Final = (*DOCUMENT_FIELDS, *PAGE_FIELDS)
_TOKEN: Final = re.compile(r"\\[\[\]{}]|\{([a-z-]*)\}|[\[\]{}\\]|[^\[\]{}\\]+")
_SEPARATORS: Final = " \t·|,;:–—-/•"
_ROMAN: Final = re.compile(r"(?i)[ivxlcdm]+")


class Terms(Protocol):
    """The words in the document's language; `transforms.resolved.Terms` is one."""

    @property
    def number(self) -> str:
        """The abbreviation before an issue's number."""


class Index(Protocol):
    """What the transforms know; `transforms.resolved.Index` is one, which stands beside this stage, not below it."""

    @property
    def terms(self) -> Terms:
        """The words."""

    @property
    def date(self) -> str:
        """The date as the language writes it."""


class Piece(msgspec.Struct, frozen=True):
    """Text of a running line: the value of `field`, or the template's own words where that is empty."""

    text: str
    field: str = ""


def _year(text: str) -> str:
    found = re.search(r"\b[12]\d{3}\b", text)
    return found[0] if found else ""


def fields(metadata: Metadata, index: Index) -> dict[str, str]:
    """Return the fields that hold for the whole document; the page's own are added by whoever knows the page."""
    names = [author.name for author in metadata.authors]
    return {
        "title": metadata.title,
        "short-title": metadata.short_title or metadata.title,
        "subtitle": metadata.subtitle,
        "author": names[0] if names else "",
        "authors": ", ".join(names),
        "publisher": metadata.publisher,
        "series": metadata.series,
        "issue": metadata.issue,
        "number-term": index.terms.number,
        "date": index.date,
        "year": str(metadata.date.year) if metadata.date else _year(metadata.date_text),
        "rights": metadata.rights,
        "isbn": metadata.isbn,
        "issn": metadata.issn,
        "doi": metadata.doi,
    }


def fill(template: str, fields: Mapping[str, str]) -> str:
    """Return the template's text. A field that `fields` does not hold is empty."""
    return "".join(piece.text for piece in pieces(template, fields))


def pieces(template: str, fields: Mapping[str, str]) -> tuple[Piece, ...]:
    """Return the template's text in pieces that tell which field each is, so that a folio can be set in its mark."""
    levels: list[list[Piece]] = [[]]
    complete = [True]
    dropped = joins = False
    named = names_itself(fields.get("issue", ""))
    for match in _TOKEN.finditer(template):
        token, name = match.group(), match.group(1)
        if token == "[":
            levels.append([])
            complete.append(True)
        elif token == "]" and len(levels) > 1:
            inner, whole = levels.pop(), complete.pop()
            dropped = dropped or not whole
            levels[-1].extend(inner if whole else ())
        elif name == "number-term" and named:
            joins = True
        elif name is not None:
            value = fields.get(name, "")
            joins = False
            complete[-1] = complete[-1] and bool(value)
            levels[-1].append(Piece(value, name))
        else:
            text = token[1:] if len(token) == 2 and token[0] == "\\" else token
            levels[-1].append(Piece(text.lstrip() if joins else text))
            joins = False
    found = [piece for level in levels for piece in level if piece.text]
    return _trim(found) if dropped else tuple(found)


def names_itself(issue: str) -> bool:
    """Say whether an issue begins with a word that tells what it is, as `Heft 7`, `Vol. 3` or `Winter` do.

    `7`, `IV` and `B12` are numbers.
    """
    first, _, rest = issue.strip().partition(" ")
    if not first[:1].isalpha() or _ROMAN.fullmatch(first):
        return False
    return bool(rest) or any(letter.islower() for letter in first)


def _trim(found: list[Piece]) -> tuple[Piece, ...]:
    """Take away separators that a dropped part has left at the ends."""
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while found and not found[end].field:
            text = strip(found[end].text, _SEPARATORS)
            if text:
                found[end] = Piece(text)
                break
            found.pop(end)
    return tuple(found)


def check_template(template: str) -> tuple[tuple[str, str], ...]:
    """Return what is wrong with a template, as (fault, hint)."""
    faults: list[tuple[str, str]] = []
    depth = 0
    for match in _TOKEN.finditer(template):
        token, name = match.group(), match.group(1)
        if name is not None and name not in FIELDS:
            faults.append(
                (f"unknown field `{{{name}}}`", nearest(name, FIELDS) or f"fields are {', '.join(FIELDS)}")
            )
        elif token in ("{", "}"):
            faults.append((f"`{token}` stands alone in `{template}`", "write `\\{` for the character itself"))
        depth += (token == "[") - (token == "]")
        if depth < 0:
            break
    if depth:
        faults.append((f"brackets are not in pairs in `{template}`", "write `\\[` for the character itself"))
    return tuple(faults)
