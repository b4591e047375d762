"""Making the editions of a document and comparing each with the tree."""

from __future__ import annotations

import tempfile
import urllib.parse
from pathlib import Path

from octavo.environment import DiskEnvironment
from octavo.plugins import find_writer
from octavo.production import Prepared, prepare, write
from octavo.tree import Document, nodes
from octavo.tree.walk import plain_text, rewrite, walk
from tests.fidelity import epub, pdf, word
from tests.fidelity.flow import ANY, Flow, squeezed
from tests.fidelity.wanted import Ways, wanted

FORMATS = ("pdf", "docx", "epub")


def prepared(document: Document, theme: str = "policy") -> Prepared:
    """Return a document ready for all writers."""
    return prepare(document, theme, tuple(find_writer(each) for each in FORMATS), DiskEnvironment())


def read(data: bytes, ready: Prepared, edition: str) -> Flow:
    """Return what an edition says."""
    if edition == "epub":
        return epub.read(data)
    if edition == "docx":
        return word.read(data, ready.resolved.document.metadata.language)
    with tempfile.TemporaryDirectory() as folder:
        return pdf.read(data, Path(folder))


def assert_faithful(ready: Prepared, edition: str) -> None:
    """Fail with the first difference between an edition and its tree."""
    output = write(ready, find_writer(edition))
    ways = Ways(
        stops_labels=edition != "epub",
        says_labels=edition == "pdf",
        unshown=frozenset(
            each.position
            for each in output.diagnostics
            if each.code == "image-not-rendered" and each.position and edition != "pdf"
        ),
    )
    told, asked = read(output.data, ready, edition), wanted(ready, ways)
    shown = told.text
    if edition == "pdf":
        front = _front(shown, asked.text)
        _assert_front(front, ready)
        shown = shown[len(front) :]
    _assert_same("text", shown, asked.text)
    _assert_list("headings", told.headings, asked.headings)
    _assert_list("notes", told.notes, asked.notes)
    _assert_list("images", _images(told, asked, ready), asked.images)
    _assert_list("cells", told.cells, asked.cells)
    _assert_list("links", _links(told, edition), _links(asked, edition))
    _assert_languages(told, asked)


def _assert_languages(told: Flow, asked: Flow) -> None:
    """The text comes last in what a PDF file says."""
    due = asked.languages
    spoken = told.languages[-len(due) :] if due else []
    for at, (one, other) in enumerate(zip(spoken, due, strict=True)):
        if one != other and ANY not in (one, other):
            around = asked.text[max(0, at - 20) : at + 20]
            raise AssertionError(
                f"language of {asked.text[at]!r} in {around!r} is {one!r}, and should be {other!r}"
            )


def _front(shown: str, asked: str) -> str:
    """Return what a PDF file says before the text: its title page or masthead."""
    if shown.endswith(asked):
        return shown[: len(shown) - len(asked)]
    same = next(
        (at for at, (one, other) in enumerate(zip(shown[::-1], asked[::-1], strict=False)) if one != other),
        min(len(shown), len(asked)),
    )
    told, due = shown[-same - 50 :], asked[-same - 50 :]
    raise AssertionError(f"text differs: the edition says {told[:120]!r}, the tree {due[:120]!r}")


def _images(told: Flow, asked: Flow, ready: Prepared) -> list[str]:
    """The alternative texts; a figure's label or caption, or an image's file, may stand for one that is not given."""
    stand_ins = {squeezed(label) for label in ready.resolved.index.labels.values()}
    stand_ins |= {
        squeezed(plain_text(node.caption))
        for node in walk(ready.resolved.document)
        if isinstance(node, nodes.Figure) and node.caption
    }
    stand_ins |= {squeezed(source) for source in ready.resolved.media}
    return [each for each in told.images if each not in stand_ins - set(asked.images)]


def _links(flow: Flow, edition: str) -> list[tuple[str, str]]:
    """The links; Word makes those inside a document of fields, which say no anchor."""
    kept = [each for each in flow.links if edition != "docx" or not each[0].startswith("#")]
    return [(urllib.parse.unquote(target), text) for target, text in kept]


def _assert_front(front: str, ready: Prepared) -> None:
    """What stands before the text of a PDF file is its metadata, whole and in order."""
    about = ready.resolved.document.metadata
    at = 0
    for each in (about.title, about.subtitle, *(author.name for author in about.authors)):
        found = front.find(squeezed(each), at)
        assert found >= 0, f"`{each}` is missing before the text"
        at = found + len(squeezed(each))


def _assert_same(what: str, told: str, asked: str) -> None:
    if told == asked:
        return
    at = next(
        (at for at, (one, other) in enumerate(zip(told, asked, strict=False)) if one != other),
        min(len(told), len(asked)),
    )
    raise AssertionError(
        f"{what} differ at {at}: the edition says {told[max(0, at - 30) : at + 40]!r}, "
        f"the tree {asked[max(0, at - 30) : at + 40]!r}"
    )


def _assert_list(what: str, told: list[tuple[object, str]] | list[str], asked: object) -> None:
    assert isinstance(asked, list)
    for at, (one, other) in enumerate(zip(told, asked, strict=False)):
        assert one == other, f"{what}: number {at} is {one!r}, and should be {other!r}"
    assert len(told) == len(asked), (
        f"{what}: {len(told)} instead of {len(asked)}: {told[-3:]!r}, {asked[-3:]!r}"
    )


def without_contents(document: Document) -> Document:
    """Return a document without tables of contents, which repeat what stands elsewhere."""
    return rewrite(document, lambda node: () if isinstance(node, nodes.Contents) else node)
