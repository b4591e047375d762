"""The keys of metadata as an author writes them, and their checks: one table for front matter and for `--set`.

A key names a field of `Metadata`; its check turns text into the field's value, or says what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import msgspec

from octavo.diagnostics import Diagnostic, Position, error, warning
from octavo.errors import UsageError
from octavo.readers import dates, identifiers
from octavo.readers.decode import sayable
from octavo.readers.protocol import Parsed
from octavo.readers.report import nearest
from octavo.tree import Document
from octavo.tree.metadata import Author


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with a value: the end of a sentence that begins with the key, and what to do about it."""

    code: str
    message: str
    hint: str = ""


Checked: TypeAlias = tuple[Any, Problem | None]
"""A field's value (None: it cannot be kept) and what is wrong with it."""

_LANGUAGE: Final = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$|^[xi]-[A-Za-z0-9-]+$")
_NAMES_OF_LANGUAGES: Final[Mapping[str, str]] = {
    "english": "en",
    "american english": "en-US",
    "british english": "en-GB",
    "german": "de",
    "deutsch": "de",
    "french": "fr",
    "français": "fr",
    "spanish": "es",
    "español": "es",
    "italian": "it",
    "italiano": "it",
    "portuguese": "pt",
    "dutch": "nl",
    "korean": "ko",
    "japanese": "ja",
    "chinese": "zh",
    "russian": "ru",
    "polish": "pl",
    "arabic": "ar",
}


def _text(text: str) -> Checked:
    return " ".join(text.split()), None


def _date(text: str) -> Checked:
    """Return the date, or the text of one that is no full date: it is shown as it stands."""
    try:
        found = dates.read_date(text)
    except ValueError:
        return text.strip(), Problem(
            "invalid-date", f"`{text}` is not in the calendar", "check the month and the day"
        )
    if found is not None:
        return found, None
    return " ".join(text.split()), Problem(
        "invalid-date",
        f"`{text}` is not a full date, and is shown as it stands",
        "write year, month and day as 2023-12-05",
    )


def _language(text: str) -> Checked:
    tag = text.strip()
    if _LANGUAGE.match(tag):
        return tag, None
    guess = _NAMES_OF_LANGUAGES.get(tag.lower(), "")
    if not guess and _LANGUAGE.match(tag.replace("_", "-")):
        guess = tag.replace("_", "-")
    hint = f"write `{guess}`" if guess else "write a tag such as en, en-GB or de"
    return guess or None, Problem("invalid-language", f"`{text}` is not a language tag (BCP 47)", hint)


def _keywords(text: str) -> Checked:
    return tuple(each.strip() for each in text.split(",") if each.strip()), None


def _identifier(name: str, fault_of: Callable[[str], str]) -> Callable[[str], Checked]:
    hint = "write it as 10.1234/abc" if name == "DOI" else "check its digits"

    def check(text: str) -> Checked:
        value = identifiers.bare(text)
        fault = fault_of(value)
        if not fault:
            return value, None
        return value, Problem(f"invalid-{name.lower()}", f"`{value}` is not a sound {name}: {fault}", hint)

    return check


def check_orcid(text: str) -> Checked:
    """Check an author's ORCID; the value is kept where its digits are wrong."""
    return _identifier("ORCID", identifiers.fault_of_orcid)(text)


FIELDS: Final[Mapping[str, tuple[str, Callable[[str], Checked]]]] = {
    "title": ("title", _text),
    "subtitle": ("subtitle", _text),
    "short-title": ("short_title", _text),
    "date": ("date", _date),
    "language": ("language", _language),
    "lang": ("language", _language),
    "publisher": ("publisher", _text),
    "series": ("series", _text),
    "issue": ("issue", _text),
    "keywords": ("keywords", _keywords),
    "tags": ("keywords", _keywords),
    "isbn": ("isbn", _identifier("ISBN", identifiers.fault_of_isbn)),
    "issn": ("issn", _identifier("ISSN", identifiers.fault_of_issn)),
    "doi": ("doi", _identifier("DOI", identifiers.fault_of_doi)),
    "rights": ("rights", _text),
    "cover": ("cover", _text),
    "description": ("description", _text),
}
"""Keys that hold one text, the field of `Metadata` that each fills, and the check of its value."""

AUTHOR_KEYS: Final = ("authors", "author")
SETTABLE: Final = (*(each for each in FIELDS if each != "tags"), *AUTHOR_KEYS)
KEYS: Final = (*SETTABLE, "abstract")


def field_of(name: str, value: Any) -> str:
    """Return the field of `Metadata` that the value of a key fills."""
    field = FIELDS[name][0]
    return "date_text" if field == "date" and isinstance(value, str) else field


_FOREIGN_KEYS: Final = """
layout permalink categories category draft weight aliases menu slug url linktitle sidebar-position sidebar-label
sidebar nav-order nav-exclude parent grand-parent has-children has-toc hide hide-title hide-table-of-contents
template icon image thumbnail banner cover-image featured pinned published publishdate publish-date lastmod
last-updated last-modified updated expirydate comments output vignette format editor editor-options jupyter
kernelspec jupytext execute engine knitr status params runtime documentclass classoption geometry fontsize mainfont
sansfont monofont mathfont papersize linestretch header-includes include-before include-after csl link-citations
nocite numbersections number-sections secnumdepth toc toc-depth toc-title lof lot colorlinks linkcolor urlcolor css
theme highlight highlight-style code-fold code-tools html pdf docx epub lang-toc section-divs top-level-division
crossref filters reference-doc site website book project sections-weight type kind layout-type pagetitle id uid
ms-date ms-topic ms-author ms-service manager base-header-level latex-input latex-footer latex-mode bibliography
references source repo repository version redirect-from redirect-to
"""
FOREIGN: Final[Mapping[str, str]] = {
    **dict.fromkeys(_FOREIGN_KEYS.split(), ""),
    "toc": "put `::: contents` where the table of contents should stand",
    "bibliography": "octavo does not read bibliographies yet",
    "references": "octavo does not read bibliographies yet",
    "numbersections": "a theme says down to which level sections are numbered",
    "number-sections": "a theme says down to which level sections are numbered",
}
"""Keys that site generators, Pandoc, Quarto and R Markdown know, with what octavo has in their stead."""


def canonical(key: str) -> str:
    """Return a key as the table spells it: lower case, with hyphens."""
    return key.strip().lower().replace("_", "-").replace(" ", "-")


def hint_for_unknown(key: str) -> str:
    """Return what to do about a key that is not in the table."""
    return nearest(canonical(key), KEYS, f"known are {', '.join(KEYS)}")


def check_keys(settings: Sequence[tuple[str, str]]) -> None:
    """Hold all keys to be some that can be set.

    Raises:
        UsageError: there are others; the error names them all.
    """
    unknown = [
        key for key, _ in settings if canonical(key) not in FIELDS and canonical(key) not in AUTHOR_KEYS
    ]
    if unknown:
        raise UsageError(*map(_no_key, dict.fromkeys(unknown)))


def _no_key(key: str) -> Diagnostic:
    name, known = canonical(key), f"known are {', '.join(SETTABLE)}"
    if name == "abstract":
        hint = "write the abstract in the source: it holds paragraphs"
    else:
        hint = FOREIGN.get(name) or nearest(name, SETTABLE, known)
    return error("unknown-setting", f"there is no key `{sayable(key)}` that can be set", hint=hint)


def apply_settings(document: Document, settings: Sequence[tuple[str, str]]) -> Parsed:
    """Return the document with metadata given on the command line, which wins over the source's.

    `author` may come several times; together they replace the source's authors.

    Raises:
        UsageError: a key is none; see `check_keys`.
    """
    check_keys(settings)
    values: dict[str, Any] = {}
    authors: list[Author] = []
    diagnostics: list[Diagnostic] = []
    positions = dict(document.metadata.positions)
    for key, told in settings:
        text, place = sayable(told), Position(0, 0, f"--set {sayable(key)}")
        name = canonical(key)
        if name in AUTHOR_KEYS:
            author = _text(text)[0]
            authors.extend([Author(name=author)] if author else [])
            positions["authors"] = place
            continue
        field, check = FIELDS[name]
        value, problem = check(text)
        if problem:
            diagnostics.append(warning(problem.code, problem.message, place, problem.hint))
        if value is not None:
            values[field_of(name, value)] = value
            positions[field] = place
        if field == "date":
            # What is said here wins over a date of the source, written in whichever way.
            values = {"date": None, "date_text": "", **values}
    if authors:
        values["authors"] = tuple(authors)
    metadata = msgspec.structs.replace(document.metadata, **values, positions=positions)
    return Parsed(msgspec.structs.replace(document, metadata=metadata), tuple(diagnostics))
