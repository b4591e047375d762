"""Check: what an editor would send back, each with its place and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from octavo.diagnostics import Diagnostic, Position, warning
from octavo.transforms.survey import Survey
from octavo.transforms.terms import knows
from octavo.tree import Document, nodes
from octavo.tree.media import MediaFile
from octavo.tree.metadata import Metadata
from octavo.tree.walk import plain_text, walk


class Known(msgspec.Struct, frozen=True):
    """The names that the theme gives to styles and to marks."""

    styles: frozenset[str]
    marks: frozenset[str]


def check(
    document: Document, surveyed: Survey, media: Mapping[str, MediaFile], known: Known
) -> list[Diagnostic]:
    """Return all that is amiss in a document; `surveyed` is what it holds once it is identified."""
    return [
        *check_metadata(document.metadata, document.source),
        *_check_images(surveyed, media),
        *_check_links(surveyed),
        *_check_sections(surveyed),
        *_check_tables(surveyed),
        *_check_styles(surveyed, known),
    ]


def check_metadata(metadata: Metadata, source: str = "") -> Iterator[Diagnostic]:
    """Yield what is missing of a document's metadata; every edition must name its title and its language.

    What is missing has no line: the place is the whole `source`, where there is one.
    """
    place = Position(0, 0, source) if source else None
    if not metadata.title.strip():
        yield warning(
            "no-title", "the document has no title", place, "give one: `title: …`, or --set title=…"
        )
    language = metadata.language
    if not language:
        yield warning(
            "no-language",
            "the document does not say its language; English is assumed",
            place,
            hint="give one: `language: en-GB`, or --set language=en-GB",
        )
    elif not knows(language):
        yield warning(
            "no-terms",
            f"octavo has no words for the language `{language}`; its own words are in English",
            metadata.positions.get("language"),
            hint="give groups and contents titles of their own",
        )


def _check_images(surveyed: Survey, media: Mapping[str, MediaFile]) -> Iterator[Diagnostic]:
    for image in surveyed.found[nodes.Image]:
        if image.source not in media:
            yield warning(
                "missing-image",
                f"there is no image `{image.source}`; its alternative text stands in its place",
                image.position,
                hint="check its spelling; the path is relative to the source's folder",
            )
        if not image.decorative and not image.alt.strip():
            yield warning(
                "missing-alt",
                f"image `{image.source}` has no alternative text",
                image.position,
                hint='say what it shows: {alt="…"}, or mark it as decoration: {decorative="true"}',
            )


def _check_links(surveyed: Survey) -> Iterator[Diagnostic]:
    for link in surveyed.found[nodes.Link]:
        if not link.target:
            yield warning("empty-link", "a link leads nowhere", link.position, hint="write its address")
        elif not _is_visible(link.content):
            yield warning(
                "empty-link",
                f"the link to `{link.target}` has no text",
                link.position,
                hint="say in words where it leads",
            )


def _is_visible(content: tuple[nodes.Inline, ...]) -> bool:
    return bool(plain_text(content).strip()) or any(
        isinstance(each, nodes.Image) for inline in content for each in (inline, *walk(inline))
    )


def _check_sections(surveyed: Survey) -> Iterator[Diagnostic]:
    for section in surveyed.found[nodes.Section]:
        title = plain_text(section.title).strip()
        if not _is_visible(section.title):
            yield warning(
                "empty-title", "a section has no title", section.position, hint="write one, or remove it"
            )
        if not section.content:
            yield warning(
                "empty-section",
                f"the section `{_shortened(title)}` is empty",
                section.position,
                hint="write it, or remove its title",
            )


def _check_tables(surveyed: Survey) -> Iterator[Diagnostic]:
    for table in surveyed.found[nodes.Table]:
        headed = table.head or any(column.header for column in table.columns)
        if not headed and any(body.rows for body in table.bodies):
            yield warning(
                "table-without-head",
                "a table has no head, so a listener cannot tell what its cells mean",
                table.position,
                hint="give it a first row of headings",
            )


def _check_styles(surveyed: Survey, known: Known) -> Iterator[Diagnostic]:
    """Each unknown style is told once, where it stands first: a manual may use one on every page."""
    for kind, names in ((nodes.Group, known.styles), (nodes.Span, known.styles | known.marks)):
        unknown: dict[str, list[Position | None]] = {}
        for node in surveyed.found[kind]:
            if node.style and node.style not in names:
                unknown.setdefault(node.style, []).append(node.position)
        for style, places in unknown.items():
            yield _unknown_style(style, names, places)


def _unknown_style(style: str, declared: frozenset[str], places: list[Position | None]) -> Diagnostic:
    import difflib

    near = difflib.get_close_matches(style, sorted(declared), n=1)
    guess = f"did you mean `{near[0]}`?" if near else f"declare it in your theme: [custom.{style}]"
    more = len(places) - 1
    times = f" (and {more} more time{'s' if more > 1 else ''})" if more else ""
    return warning("unknown-style", f"the theme declares no style `{style}`{times}", places[0], hint=guess)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
