"""What is known of a document besides its text: a typed value, never a dict."""

from __future__ import annotations

import datetime

import msgspec

from octavo.diagnostics import Position


class Author(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who wrote the document. `orcid` is sixteen digits in four groups, without the address before it."""

    name: str
    affiliation: str = ""
    email: str = ""
    orcid: str = ""
    biography: str = ""


class Metadata(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Title, people, dates and identifiers. Empty means not given; `language` is a BCP 47 tag."""

    title: str = ""
    subtitle: str = ""
    short_title: str = ""
    """For running heads; the title serves where it is empty."""
    authors: tuple[Author, ...] = ()
    publisher: str = ""
    series: str = ""
    issue: str = ""
    date: datetime.date | None = None
    date_text: str = ""
    """The date as the author wrote it, where it is no full one ("Spring 2024"); else empty."""
    language: str = ""
    isbn: str = ""
    issn: str = ""
    doi: str = ""
    keywords: tuple[str, ...] = ()
    rights: str = ""
    cover: str = ""
    """An image, named relative to the document."""
    description: str = ""
    positions: dict[str, Position] = {}
    """Where each field was given, by its name."""
