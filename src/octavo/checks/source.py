"""What is worth saying of a source when somebody asks for it, besides what every export says.

In comes a document resolved and typeset, out come diagnostics at their places. Nothing here keeps an edition from being
made: these are the points of WCAG 2.2 (1.1.1, 1.3.1, 2.4.4, 2.4.6, 3.1.1), of print, and of a careful editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from octavo.checks.words import (
    ALT_OPENERS,
    expected_scripts,
    is_poor_link_text,
    script_of,
)
from octavo.diagnostics import Diagnostic, Position, info, warning
from octavo.transforms.resolved import Resolved
from octavo.tree import nodes
from octavo.tree.walk import plain_text, walk
from octavo.typeset.frames import Layout, Owner, Picture

SCREEN_DOTS: Final = 150
"""Pixels per inch that a screen of today shows at reading distance."""
PRINT_DOTS: Final = 300
"""What printers ask of photographs (ISO 12647-2 work flows; twice a screen of 150 lines an inch)."""
_LONG_WORD: Final = 45
_LONG_HEADING: Final = 120
_LONG_ALTERNATIVE: Final = 300
_LEAST_TEXT: Final = 800
"""A text of this many words wants headings."""
_DEEPEST_HEADING: Final = 6
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
_FILE_NAME: Final = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp|tiff?|bmp|eps|pdf)$", re.IGNORECASE)
_UNBROKEN: Final = re.compile(r"[^\s\u00ad\u200b\u2060/\-–—.:_@,;]+")
_LISTS_OF_WORKS: Final = frozenset({nodes.SectionRole.REFERENCES, nodes.SectionRole.NOTES})


def check_source(resolved: Resolved, layout: Layout | None) -> tuple[Diagnostic, ...]:
    """Return what to say of a document, in the order of its source."""
    said = [
        *_check_metadata(resolved),
        *_check_language(resolved),
        *_check_headings(resolved),
        *_check_alternatives(resolved),
        *_check_tables(resolved),
        *_check_links(resolved),
        *_check_words(resolved),
        *(_check_pictures(resolved, layout) if layout else ()),
    ]
    return tuple(sorted(dict.fromkeys(said), key=_place))


def _place(diagnostic: Diagnostic) -> tuple[int, int]:
    position = diagnostic.position
    return (position.line, position.column) if position else (0, 0)


def _check_metadata(resolved: Resolved) -> Iterator[Diagnostic]:
    about = resolved.document.metadata
    wanted = (
        ("no-author", bool(about.authors or about.publisher), "who wrote it", "`author: …`"),
        (
            "no-date",
            about.date is not None or bool(about.date_text),
            "when it was published",
            "`date: 2026-11-24`",
        ),
        ("no-description", bool(about.description.strip()), "in a sentence what it is", "`description: …`"),
    )
    for code, given, what, how in wanted:
        if not given:
            yield info(
                code, f"the document does not say {what}", hint=f"give {how} for catalogues and searches"
            )


def _check_language(resolved: Resolved) -> Iterator[Diagnostic]:
    """A text whose letters are of another script than its language's is read aloud by the wrong voice."""
    language = resolved.document.metadata.language
    expected = expected_scripts(language)
    if not expected:
        return
    counts: dict[str, int] = {}
    scripts: dict[str, str] = {}
    for node in walk(resolved.document):
        if isinstance(node, nodes.Text) and not node.language:
            for letter in node.text:
                if letter not in scripts:
                    scripts[letter] = script_of(letter)
                counts[scripts[letter]] = counts.get(scripts[letter], 0) + 1
    counts.pop("", None)
    letters = sum(counts.values())
    found = max(sorted(counts), key=lambda each: counts[each], default="")
    if letters >= 40 and found not in expected and counts[found] > letters * 0.6:
        yield warning(
            "language-mismatch",
            f"the document says that it is in `{language}`, but most of its letters are {found.capitalize()}",
            resolved.document.metadata.positions.get("language"),
            hint="correct `language`, or mark the passages in another language with {lang=…}",
        )


def _check_headings(resolved: Resolved) -> Iterator[Diagnostic]:
    document = resolved.document
    if not resolved.index.headings:
        words = len(plain_text(document).split())
        if words >= _LEAST_TEXT:
            message = f"a text of {words} words has no headings, so nobody can find a place in it"
            yield warning("no-headings", message, hint="divide it by headings: `## …`")
        return
    yield from _check_siblings(document.content)
    for node in walk(document):
        if not isinstance(node, nodes.Section):
            continue
        yield from _check_siblings(node.content)
        title = plain_text(node.title).strip()
        if len(title) > _LONG_HEADING:
            message = f"a heading has {len(title)} characters: `{title[:40].rstrip()}…`"
            yield info(
                "long-heading", message, node.position, "shorten it; contents and bookmarks show it whole"
            )
        if resolved.index.levels.get(node.key, 0) > _DEEPEST_HEADING:
            message = f"the heading `{title[:60]}` is of a level below {_DEEPEST_HEADING}"
            yield warning("deep-heading", message, node.position, "editions have six levels of headings")


def _check_siblings(content: tuple[nodes.Block, ...]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for block in content:
        if isinstance(block, nodes.Section):
            title = plain_text(block.title).strip()
            if title and title.casefold() in seen:
                message = f"two headings beside each other are both `{title[:60]}`"
                yield warning("repeated-heading", message, block.position, "say what sets them apart")
            seen.add(title.casefold())


def _check_alternatives(resolved: Resolved) -> Iterator[Diagnostic]:
    hint = "say in a sentence what a reader is meant to see"
    captions = {
        image.key: plain_text(figure.caption.content).strip()
        for figure in walk(resolved.document)
        if isinstance(figure, nodes.Figure) and figure.caption
        for image in walk(figure)
        if isinstance(image, nodes.Image)
    }
    for node in walk(resolved.document):
        if not isinstance(node, nodes.Image) or node.decorative:
            continue
        text = node.alt.strip()
        if _FILE_NAME.match(text):
            yield warning("poor-alt", f"the alternative text `{text}` is a file's name", node.position, hint)
        elif text.casefold().startswith(ALT_OPENERS):
            message = f"the alternative text `{text[:40]}` says that it is an image, which is known"
            yield info("poor-alt", message, node.position, "begin with what it shows")
        elif len(text) > _LONG_ALTERNATIVE:
            message = f"the alternative text of `{node.source}` has {len(text)} characters"
            yield info("long-alt", message, node.position, "tell the details in the text, and the gist here")
        elif text and text.casefold() == captions.get(node.key, "").casefold():
            message = f"the alternative text of `{node.source}` is its caption once more"
            yield info("alt-repeats-caption", message, node.position, hint)


def _check_tables(resolved: Resolved) -> Iterator[Diagnostic]:
    for table in walk(resolved.document):
        if not isinstance(table, nodes.Table):
            continue
        empty = sum(
            not plain_text(cell.content).strip() and not _holds_image(cell)
            for row in table.head
            for cell in row.cells[1:]
        )
        if empty:
            count = "a column" if empty == 1 else f"{empty} columns"
            message = f"the head of a table has no words over {count}"
            hint = "name each column; a listener hears the name before each cell"
            yield warning("empty-table-head", message, table.position, hint)


def _holds_image(node: nodes.AnyNode) -> bool:
    return any(isinstance(each, nodes.Image) for each in walk(node))


def _check_links(resolved: Resolved) -> Iterator[Diagnostic]:
    language = resolved.document.metadata.language
    listed = set(_keys_in_lists_of_works(resolved))
    targets: dict[str, str] = {}
    for link in walk(resolved.document):
        if not isinstance(link, nodes.Link) or not link.target:
            continue
        text = " ".join(plain_text(link.content).split())
        yield from _check_link(link, text, link.language or language, listed)
        key = text.casefold()
        if key and targets.setdefault(key, link.target) != link.target:
            message = f"two links read `{text[:60]}` and lead to different places"
            yield info("same-link-text", message, link.position, "say what sets the places apart")


def _check_link(link: nodes.Link, text: str, language: str, listed: set[int]) -> Iterator[Diagnostic]:
    if is_poor_link_text(text, language):
        message = f"a link reads `{text}`, which does not say where it leads"
        yield warning(
            "poor-link-text", message, link.position, "let the link be the name of what it leads to"
        )
    elif _ADDRESS.match(text) and link.key not in listed:
        message = f"a link reads as its bare address, `{text[:60]}`"
        yield info("bare-address", message, link.position, "put words in its place: [words](address)")
    if not link.target.startswith("#") and ":" not in link.target.partition("/")[0]:
        message = f"the link to `{link.target[:60]}` leads to a file beside the source"
        hint = "give its address on the web; the file does not travel with the editions"
        yield warning("local-link", message, link.position, hint)


def _keys_in_lists_of_works(resolved: Resolved) -> Iterator[int]:
    """Where works are cited, addresses stand as they are."""
    for node in walk(resolved.document):
        lists = isinstance(node, nodes.Entry | nodes.Footnote | nodes.Bibliography)
        if lists or (isinstance(node, nodes.Section) and node.role in _LISTS_OF_WORKS):
            yield from (each.key for each in walk(node))


def _check_words(resolved: Resolved) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    block: Position | None = None
    for node in walk(resolved.document):
        block = node.position or block
        if not isinstance(node, nodes.Text | nodes.Code) or len(node.text) < _LONG_WORD:
            continue
        for word in _UNBROKEN.findall(node.text):
            if len(word) >= _LONG_WORD and script_of(word[0]) not in (
                "cjk",
                "hiragana",
                "katakana",
                "thai",
                "",
            ):
                if word not in seen:
                    message = f"`{word[:40]}…` has {len(word)} characters without a place to break"
                    yield info("long-word", message, block, "say where it may break by a soft hyphen: &shy;")
                seen.add(word)


def _check_pictures(resolved: Resolved, layout: Layout) -> Iterator[Diagnostic]:
    """The pixels an inch of each image as large as it stands on the page; vector images have no pixels."""
    places = {each.key: each.position for each in walk(resolved.document) if isinstance(each, nodes.Image)}
    for page in layout.pages:
        for placed in page.frames:
            frame = placed.frame
            media = resolved.media.get(frame.source) if isinstance(frame, Picture) else None
            if not isinstance(frame, Picture) or media is None or not media.pixel_width or frame.width <= 0:
                continue
            dots = min(
                media.pixel_width * 72 / frame.width, media.pixel_height * 72 / max(frame.height, 0.01)
            )
            position = places.get(frame.owner.key) if isinstance(frame.owner, Owner) else None
            if dots < PRINT_DOTS - 0.5:
                yield _coarse(
                    frame.source, round(dots), round(media.pixel_width * PRINT_DOTS / dots), position
                )


def _coarse(source: str, dots: int, wanted: int, position: Position | None) -> Diagnostic:
    message = f"image `{source}` has {dots} pixels per inch at its size on the page"
    if dots < SCREEN_DOTS:
        hint = f"give one that is {-(-wanted // 2)} pixels wide for the screen, {wanted} for print"
        return warning("coarse-image", f"{message}, too few for the screen", position, hint)
    return info(
        "image-below-print", f"{message}, fewer than print wants", position, f"give one {wanted} pixels wide"
    )
