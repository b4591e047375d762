"""Plain-text briefs, in the form that institutes' web pages come in.

    remnants of the page · title · key points · opening paragraph · numbered sections · note about the author

None of that is marked up, so all of it is guessed, and every guess is said in a diagnostic of severity INFO. No word is
lost or moved: what fits nothing is a paragraph, and remnants of the page become a notice where they stand.
"""

from __future__ import annotations

from typing import ClassVar

from octavo.diagnostics import Diagnostic, info
from octavo.readers.brief_blocks import blocks, inlines, paragraph
from octavo.readers.brief_passages import Passage, PassageKind, passages
from octavo.readers.brief_patterns import (
    goes_on_about_author,
    is_about_author,
    is_author_title,
    is_byline,
    is_list_label,
    is_lone_title,
    is_remnant,
    is_sentence,
    is_short_title,
)
from octavo.readers.brief_tables import said_of
from octavo.readers.brief_titles import Title, count_bare_titles, find_titles, nest
from octavo.readers.decode import decode
from octavo.readers.protocol import Parsed, Source
from octavo.tree import Document
from octavo.tree.metadata import Metadata
from octavo.tree.nodes import Block, Group, GroupRole

_EDGE = 3
"""How many passages from either end may be remnants of the page."""
_LONGEST_NOTE = 12
"""How many passages may follow a title that announces the author."""
_LONGEST_LEAD = 2
"""Of more paragraphs than these before the first title, only the first is the lead."""


class BriefReader:
    """Reads plain text. See `octavo.readers.protocol.Reader`."""

    name: ClassVar[str] = "brief"
    suffixes: ClassVar[tuple[str, ...]] = (".txt", ".text")

    def read(self, source: Source) -> Parsed:
        """Return the document.

        Raises:
            SourceError: the source is not text in UTF-8.
        """
        text, decoded = decode(source)
        said: list[Diagnostic] = [*decoded]
        found, joined = passages(text, source.name)
        if joined:
            said.append(info("joined-lines", "the text is wrapped; its lines were joined to paragraphs"))
        before, rest, after = _take_remnants(found)
        metadata, rest = _take_title(rest, said)
        body, about = _take_author_note(rest)
        body = count_bare_titles(body)
        titles = find_titles(body)
        first = min(titles, default=len(body))
        content = [
            *_notice(before, said),
            *_head(body[:first], bool(titles), said),
            *nest(body, titles, said),
            *_author_note(about, said),
            *_notice(after, said),
        ]
        document = Document(metadata=metadata, content=tuple(content), source=source.name)
        said.extend(said_of(document))
        return Parsed(document, tuple(sorted(said, key=_place)))


def _place(diagnostic: Diagnostic) -> tuple[int, int]:
    position = diagnostic.position
    return (position.line, position.column) if position else (0, 0)


def _take_remnants(found: list[Passage]) -> tuple[list[Passage], list[Passage], list[Passage]]:
    """Part what belongs to the web page from the text: short lines at either end that invite or announce.

    Returns what stands before the text, the text, and what stands after it. A line that is no remnant, such as a title
    above one, ends the search: nothing changes its place.
    """

    def is_one(passage: Passage) -> bool:
        return passage.kind is PassageKind.TEXT and is_remnant(passage.text)

    first = 0
    while first < min(len(found), _EDGE) and is_one(found[first]):
        first += 1
    last = len(found)
    while last > first and len(found) - last < _EDGE and is_one(found[last - 1]):
        last -= 1
    return found[:first], found[first:last], found[last:]


def _take_title(found: list[Passage], said: list[Diagnostic]) -> tuple[Metadata, list[Passage]]:
    """Take a short first line as the title where something longer follows it."""
    if len(found) < 2:
        return Metadata(), found
    first, following = found[0], found[1]
    apart = first.alone or bool(first.rule) or is_byline(following.text)
    stands_out = apart or len(following.text) > 2 * len(first.text)
    is_title = first.kind is PassageKind.TEXT and len(first.pieces) == 1 and is_short_title(first.text)
    if not (is_title and stands_out) or is_lone_title(first.text) or is_list_label(first.text):
        return Metadata(), found
    said.append(
        info(
            "guessed-title",
            f"`{first.text}` is taken as the title",
            first.position,
            hint="another is given by --set title=…",
        )
    )
    return Metadata(title=first.text, positions={"title": first.position}), found[1:]


def _take_author_note(found: list[Passage]) -> tuple[list[Passage], list[Passage]]:
    """Part the closing passages that tell about the author from the text."""
    for at in range(len(found) - 1, max(0, len(found) - _LONGEST_NOTE), -1):
        if found[at].kind is PassageKind.TEXT and is_author_title(found[at].text):
            return found[:at], found[at:]
    begin = len(found)
    for at in range(len(found) - 1, 0, -1):
        passage = found[at]
        about = is_about_author(passage.text)
        if passage.kind is not PassageKind.TEXT or not (about or goes_on_about_author(passage.text)):
            break
        if about:
            begin = at
    return found[:begin], found[begin:]


def _head(head: list[Passage], has_titles: bool, said: list[Diagnostic]) -> list[Block]:
    """Make the blocks before the first title: key points from the first list, a lead from what opens the text."""
    listed = [at for at, each in enumerate(head) if each.kind is PassageKind.BULLET]
    if not listed or (not has_titles and listed[0] > 1):
        return _opening(head, said) if has_titles else blocks(head)
    begin = listed[0]
    end = begin
    while end < len(head) and head[end].kind is PassageKind.BULLET:
        end += 1
    label = begin > 0 and is_list_label(head[begin - 1].text)
    before = head[: begin - 1] if label else head[:begin]
    points = Group(
        role=GroupRole.KEY_POINTS,
        content=tuple(blocks(head[begin:end])),
        title=inlines(head[begin - 1], without_colon=True) if label else (),
        position=head[begin - 1 if label else begin].position,
    )
    said.append(
        info(
            "guessed-key-points",
            f"the list of {end - begin} before the text is taken as its key points",
            points.position,
        )
    )
    after = head[end:]
    if before:
        return [*_opening(before, said), points, *blocks(after)]
    return [points, *_opening(after, said)]


def _opening(found: list[Passage], said: list[Diagnostic]) -> list[Block]:
    """Make a lead of the first paragraphs of the text before its first title."""
    begin = next((at for at, each in enumerate(found) if is_sentence(each.text)), len(found))
    texts = next((at for at, each in enumerate(found) if each.kind is not PassageKind.TEXT), len(found))
    if begin >= texts:
        return blocks(found)
    end = texts if texts - begin <= _LONGEST_LEAD else begin + 1
    lead = Group(
        role=GroupRole.LEAD,
        content=tuple(paragraph(each) for each in found[begin:end]),
        position=found[begin].position,
    )
    said.append(info("guessed-lead", "the opening paragraph is taken as the lead", lead.position))
    return [*blocks(found[:begin]), lead, *blocks(found[end:])]


def _author_note(about: list[Passage], said: list[Diagnostic]) -> list[Block]:
    if not about:
        return []
    title: Title = inlines(about[0], without_colon=True) if is_author_title(about[0].text) else ()
    content = tuple(blocks(about[1:] if title else about))
    said.append(
        info(
            "guessed-author-note",
            "the closing paragraph is taken as a note about the author",
            about[0].position,
        )
    )
    return [Group(role=GroupRole.AUTHOR_NOTE, content=content, title=title, position=about[0].position)]


def _notice(remnants: list[Passage], said: list[Diagnostic]) -> list[Block]:
    """Keep what belongs to the web page as a notice."""
    said.extend(
        info(
            "web-remnant",
            "this seems to belong to a web page and not to the text; it was made a notice",
            each.position,
            hint="delete it in the source if it should not be published",
        )
        for each in remnants
    )
    if not remnants:
        return []
    content = tuple(paragraph(each) for each in remnants)
    return [Group(role=GroupRole.NOTICE, content=content, position=remnants[0].position)]
