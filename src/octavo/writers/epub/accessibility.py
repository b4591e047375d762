"""What the e-book offers to readers who listen, enlarge or feel it: derived from the document, never just claimed.

Sources: EPUB Accessibility 1.1, 2; Schema.org Accessibility Properties for Discoverability (2.0).
"""

from __future__ import annotations

import unicodedata
from typing import Final

import msgspec

from octavo.tree.metadata import Metadata


class Contained(msgspec.Struct, frozen=True, kw_only=True):
    """What the e-book holds. `described`: all its images that say something have a text that says the same."""

    images: bool
    described: bool
    pages: bool
    headings: bool
    notes: bool
    tables: bool
    moving: bool = False
    """Whether an image moves."""
    formulas: bool = False
    conforms: bool = False
    """Whether all that octavo can check of the claim holds; see `octavo.writers.epub.claim`."""


def properties(contained: Contained) -> tuple[tuple[str, str], ...]:
    """Return the schema.org properties as (property, value)."""
    found: list[tuple[str, str]] = [("schema:accessMode", "textual")]
    if contained.images:
        found.append(("schema:accessMode", "visual"))
    if not contained.images or contained.described:
        found.append(("schema:accessModeSufficient", "textual"))
    if contained.images:
        found.append(("schema:accessModeSufficient", "textual,visual"))
    features = ["tableOfContents", "readingOrder", "displayTransformability"]
    if contained.headings:
        features.append("structuralNavigation")
    if contained.images and contained.described:
        features.append("alternativeText")
    if contained.formulas:
        features.append("MathML")
    if contained.pages:
        features += ["pageBreakMarkers", "pageNavigation"]
    found += [("schema:accessibilityFeature", feature) for feature in features]
    found.append(("schema:accessibilityHazard", "unknown" if contained.moving else "none"))
    found.append(("schema:accessibilitySummary", summary(contained)))
    return tuple(found)


def summary(contained: Contained) -> str:
    """Return the same in words."""
    said = ["The text flows and can be enlarged, restyled and read aloud in its logical order"]
    said.append(
        "a table of contents leads to its sections"
        if contained.headings
        else "a table of contents leads to it"
    )
    if contained.images:
        said.append(
            "images have alternative texts" if contained.described else "some images have no alternative text"
        )
    if contained.tables:
        said.append("tables have marked heads")
    if contained.formulas:
        said.append("formulas are MathML with their LaTeX source as alternative text")
    if contained.notes:
        said.append("notes are linked to and fro")
    if contained.pages:
        said.append("the pages of the print edition are marked and listed")
    checked = (
        " What a program can check of WCAG 2.1 Level AA was checked and found good."
        if contained.conforms
        else ""
    )
    hazards = (
        "Some images move; whether they flash was not checked."
        if contained.moving
        else "There are no flashing, moving or sounding contents."
    )
    return f"{'; '.join(said)}. {hazards}{checked}"


_SUFFIXES: Final = frozenset(
    {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d.", "esq."}
)


def sort_name(name: str) -> str:
    """Return a name as it is filed: the surname first, what follows a name ("Jr.") last. One with a comma, one word,
    or one in a script that writes surnames first stays as it is; capitals mark a surname ("KIM Hankwon")."""
    words = name.split()
    after: list[str] = []
    while len(words) > 2 and words[-1].rstrip(",").casefold() in _SUFFIXES:
        after.insert(0, words.pop())
    if "," in name or len(words) < 2 or not all(map(_files_surname_first, words)):
        return " ".join((*words, *after))
    if words[0].isupper() and len(words[0]) > 2 and not words[0].endswith(".") and not words[-1].isupper():
        filed = f"{words[0]}, {' '.join(words[1:])}"
    else:
        filed = f"{words[-1]}, {' '.join(words[:-1])}"
    return ", ".join((filed, *after))


def _files_surname_first(word: str) -> bool:
    """Say whether a word is in an alphabet whose names are written given name first: Latin, Greek, Cyrillic."""
    letters = [each for each in word if each.isalpha()]
    return all(unicodedata.name(each, "").startswith(("LATIN", "GREEK", "CYRILLIC")) for each in letters)


def print_source(metadata: Metadata, identifier: str) -> str:
    """Return what the page numbers are those of: the print edition's ISBN, else what both editions share."""
    digits = metadata.isbn.replace("-", "").replace(" ", "")
    return f"urn:isbn:{digits}" if digits else identifier
