"""Whatever a document holds, its pages hold it: every word, every key, inside the page, notes below the text."""

from __future__ import annotations

import functools

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from octavo.environment import DiskEnvironment, installed_fonts
from octavo.fonts.book import FontBook
from octavo.theme.load import load_theme
from octavo.theme.resolve import resolve_theme
from octavo.theme.style import Medium, StyleSheet
from octavo.transforms.resolve import resolve
from octavo.transforms.resolved import Numbering, Resolved
from octavo.tree import Document, nodes
from octavo.tree.walk import walk
from octavo.typeset.dump import words_of
from octavo.typeset.frames import Artifact, Layout, Picture, Rectangle, TextLine
from octavo.typeset.typeset import typeset
from tests import strategies


@functools.cache
def fonts() -> FontBook:
    return installed_fonts()


@functools.cache
def sheet(theme: str) -> StyleSheet:
    loaded = load_theme(theme, DiskEnvironment().read_theme)
    return resolve_theme(loaded, Medium.SCREEN, fonts())[0]


def resolved(document: Document, styles: StyleSheet) -> Resolved:
    numbering = Numbering(section_depth=styles.section_depth)
    return resolve(document, numbering=numbering, media={}, declared=frozenset(styles.styles))[0]


def shown(layout: Layout) -> str:
    """The letters of everything that is no artifact."""
    found = []
    for page in layout.pages:
        for placed in page.frames:
            frame = placed.frame
            if isinstance(frame, TextLine):
                runs = tuple(run for run in frame.runs if not isinstance(run.owner, Artifact))
                found.append(words_of(TextLine(runs), layout))
    return squeezed("".join(found))


def squeezed(text: str) -> str:
    """The letters and figures: what stands for a space or joins a line may differ."""
    return "".join(character for character in text if character.isalnum())


def small(styles: StyleSheet, columns: int) -> StyleSheet:
    """The same on a little page, so that everything breaks."""
    page = msgspec.structs.replace(
        styles.page,
        width=300.0 if columns == 1 else 420.0,
        height=400.0,
        margin_top=30.0,
        margin_bottom=30.0,
        margin_inner=70.0,
        margin_outer=20.0,
        first_margin_top=100.0,
        facing=True,
        columns=columns,
        column_gap=10.0,
    )
    return msgspec.structs.replace(styles, page=page)


def wide(styles: StyleSheet) -> StyleSheet:
    """The same with panels over all columns."""
    panels = {
        key: msgspec.structs.replace(styles.styles[key], all_columns=True) for key in ("notice", "key-points")
    }
    return msgspec.structs.replace(styles, styles={**styles.styles, **panels})


def lowest(layout: Layout) -> float:
    """How far down anything reaches, running feet left out."""
    ends = [0.0]
    for page in layout.pages:
        for placed in page.frames:
            frame = placed.frame
            if isinstance(frame, Rectangle | Picture):
                ends.append(placed.y + frame.height)
            elif isinstance(frame, TextLine) and any(run.owner is not Artifact.FOOTER for run in frame.runs):
                ends.append(placed.y)
    return max(ends)


# Shrinking a document that takes a while to set takes for ever.
quick = settings(
    max_examples=40,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("columns", [1, 2])
@quick
@given(document=strategies.documents())
def test_every_word_and_key_arrives_inside_the_page(document: Document, columns: int) -> None:
    styles = small(wide(sheet("policy")), columns)
    source = resolved(document, styles)
    layout, said = typeset(source, styles, fonts())
    words = shown(layout)
    letters = set(words)
    empty = {
        id(each) for node in walk(source.document) if isinstance(node, nodes.Contents) for each in node.title
    }
    for node in walk(source.document):
        if isinstance(node, nodes.Text | nodes.Code) and id(node) not in empty:
            for word in node.text.split():
                assert squeezed(word) in words or set(squeezed(word)) <= letters, word
    cited = {note.key for note in source.index.notes}
    for node in walk(source.document):
        if isinstance(node, nodes.Paragraph | nodes.Section | nodes.Figure | nodes.Table | nodes.List):
            assert node.key in layout.page_of
    assert cited <= set(layout.page_of)
    for page in layout.pages:
        for placed in page.frames:
            if isinstance(placed.frame, TextLine):
                assert -1 < placed.y <= layout.height
    if all(each.code != "overfull-page" for each in said):
        assert lowest(layout) <= styles.page.height - styles.page.margin_bottom + 0.5
