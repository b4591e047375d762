"""Typesetting small documents in tests: a document in, pages out, and words to look at."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import msgspec

from octavo.diagnostics import Diagnostic
from octavo.environment import DiskEnvironment, installed_fonts
from octavo.fonts.book import FontBook
from octavo.theme.load import load_theme
from octavo.theme.resolve import resolve_theme
from octavo.theme.style import Medium, StyleSheet
from octavo.transforms.resolve import resolve
from octavo.transforms.resolved import Numbering, Resolved
from octavo.tree import Document, nodes
from octavo.tree.media import MediaFile
from octavo.tree.metadata import Metadata
from octavo.typeset.dump import words_of
from octavo.typeset.frames import Artifact, Layout, Owner, Placed, TextLine
from octavo.typeset.typeset import typeset

NO_MEDIA: Mapping[str, MediaFile] = {}


@functools.cache
def fonts() -> FontBook:
    return installed_fonts()


@functools.cache
def sheet(theme: str = "base") -> StyleSheet:
    loaded = load_theme(theme, DiskEnvironment().read_theme)
    return resolve_theme(loaded, Medium.SCREEN, fonts())[0]


def small(theme: str = "base", **changes: Any) -> StyleSheet:
    """A theme on a page of 300 by 240 pt with margins of 30 pt; `changes` are those of the page."""
    page = {
        "width": 300.0,
        "height": 240.0,
        "margin_top": 30.0,
        "margin_bottom": 30.0,
        "margin_inner": 30.0,
        "margin_outer": 30.0,
        "first_margin_top": 30.0,
        "masthead": None,
    }
    styles = sheet(theme)
    return msgspec.structs.replace(styles, page=msgspec.structs.replace(styles.page, **{**page, **changes}))


def restyled(styles: StyleSheet, key: str, **changes: Any) -> StyleSheet:
    """A sheet with one style changed."""
    own = msgspec.structs.replace(styles.styles[key], **changes)
    return msgspec.structs.replace(styles, styles={**styles.styles, key: own})


def resolved(document: Document, styles: StyleSheet, media: Mapping[str, MediaFile] = NO_MEDIA) -> Resolved:
    numbering = Numbering(section_depth=styles.section_depth)
    return resolve(document, numbering=numbering, media=media, declared=frozenset(styles.styles))[0]


def set_document(
    document: Document, styles: StyleSheet | None = None, media: Mapping[str, MediaFile] = NO_MEDIA
) -> tuple[Layout, tuple[Diagnostic, ...]]:
    styles = styles or small()
    return typeset(resolved(document, styles, media), styles, fonts())


def pages_of(*content: nodes.Block, styles: StyleSheet | None = None) -> Layout:
    """The pages of some blocks, in English."""
    return set_document(Document(metadata=Metadata(language="en"), content=content), styles)[0]


def text(words: str) -> tuple[nodes.Inline, ...]:
    return (nodes.Text(text=words),)


def paragraph(words: str, *more: nodes.Inline) -> nodes.Paragraph:
    return nodes.Paragraph(content=(nodes.Text(text=words), *more))


def lines(count: int, word: str = "line") -> nodes.Paragraph:
    """A paragraph of so many lines, each a word and its number."""
    content: list[nodes.Inline] = []
    for at in range(1, count + 1):
        content += [nodes.Text(text=f"{word} {at}"), nodes.LineBreak()]
    return nodes.Paragraph(content=tuple(content[:-1]))


def note(*blocks: nodes.Block) -> nodes.Footnote:
    return nodes.Footnote(content=blocks)


def is_artifact(placed: Placed) -> bool:
    """Whether a frame shows nothing of the document."""
    frame = placed.frame
    if isinstance(frame, TextLine):
        return all(isinstance(run.owner, Artifact) for run in frame.runs)
    return isinstance(frame.owner, Artifact)


def shown(layout: Layout) -> list[list[str]]:
    """The lines of text of every page, in the order of reading, without running heads."""
    return [
        [
            words_of(placed.frame, layout).strip()
            for placed in page.frames
            if isinstance(placed.frame, TextLine) and not is_artifact(placed)
        ]
        for page in layout.pages
    ]


def artifacts(layout: Layout, page: int = 0) -> list[str]:
    """The words of running heads, leaders and repeated heads on a page."""
    return [
        words_of(placed.frame, layout).strip()
        for placed in layout.pages[page].frames
        if isinstance(placed.frame, TextLine) and is_artifact(placed)
    ]


def owners(layout: Layout, page: int = 0) -> list[Owner]:
    """The owners of a page's text, in the order of reading, each once."""
    found = [
        run.owner
        for placed in layout.pages[page].frames
        if isinstance(placed.frame, TextLine)
        for run in placed.frame.runs
        if isinstance(run.owner, Owner)
    ]
    return list(dict.fromkeys(found))
