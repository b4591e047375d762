"""Lines of a long document set ahead by workers, while this process begins at the first page.

Setting lines is most of the work of typesetting, and the lines of one paragraph need nothing of another's. A document
is parted; for each part but the first, a worker goes over the blocks by the same rules and notes what its setter of
lines answered. It hands its answers over in batches, of blocks in their order and then of notes, so that this process,
which looks them up when it comes to those blocks, seldom waits for more than a batch.

An answer is noted only where setting it left nothing behind: no code given to a glyph for the first time, no font
opened, nothing said. Such a paragraph is set again here, in its turn. And an answer is used only while the codes that
the worker knew are those given here. So pages are the same, to the byte, whether anybody helped or not.
"""

from __future__ import annotations

import pickle
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any, Final, TypeAlias, TypeVar

import msgspec

from octavo.diagnostics import Diagnostic
from octavo.fonts.loaded import LoadedFont
from octavo.theme.style import Mark, Style
from octavo.tree import nodes
from octavo.tree.walk import CONTENT_FIELDS, walk
from octavo.typeset.frames import FontUse, GlyphRun, Owner, Ownership
from octavo.typeset.line import Highlight, Label, Line
from octavo.typeset.paragraphs import ParagraphSetter
from octavo.typeset.setting import LineSetter, Place
from octavo.workers import Stream, Workers

LEAST: Final = 120_000
"""Characters of a part that is worth a worker."""
BATCH: Final = 15_000
"""Characters whose answers are handed over together."""
_HANDING: Final = 0.04
"""What handing answers over takes, as a share of setting their lines."""
_PAGING: Final = 0.1
"""What making pages takes, as such a share."""
T = TypeVar("T")

Question: TypeAlias = tuple[Any, ...]
"""What a setter was asked: all values, but for inlines, which are told by their identity in the tree."""
Standing: TypeAlias = tuple[nodes.Block, Place]
"""A block that is no section, and where it stands."""
Share: TypeAlias = tuple[Sequence[Standing], Sequence[nodes.Footnote]]
"""What a worker sets at a time: blocks and notes."""
SetPart: TypeAlias = Callable[[Share, LineSetter], None]
"""Sets a share by a setter of lines."""


class Answer(msgspec.Struct, frozen=True):
    """Lines or widths, and how many codes the worker had given by then."""

    value: Any
    codes: int


class _OverSetter:
    """What a setter of lines over another leaves to that one."""

    def __init__(self, setter: ParagraphSetter) -> None:
        self._setter = setter

    def use_page_labels(self, labels: Mapping[str, str]) -> None:
        """See `LineSetter`."""
        self._setter.use_page_labels(labels)

    def fonts(self) -> tuple[FontUse, ...]:
        """See `LineSetter`."""
        return self._setter.fonts()

    def words(
        self, content: tuple[nodes.Inline, ...], style: Style
    ) -> tuple[tuple[tuple[float, ...], float], ...]:
        """See `LineSetter`."""
        return self._setter.words(content, style)

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """See `LineSetter`."""
        return self._setter.diagnostics


class NotingSetter(_OverSetter):
    """A worker's setter of lines: it notes the answers of another, to questions that will be asked again."""

    def __init__(self, setter: ParagraphSetter, contents: Mapping[int, int]) -> None:
        super().__init__(setter)
        self._contents = contents
        self._answers: dict[Question, Answer] = {}
        self._codes: list[tuple[int, int, str, str]] = []
        self._given = 0
        self._counts = _counts(setter.used)

    def taken(self) -> Worked:
        """Return what was noted since this was last asked."""
        faces = [_face(font) for font in self._setter.used]
        worked = Worked(self._answers, faces, self._codes)
        self._answers, self._codes = {}, []
        return worked

    def set(
        self,
        content: tuple[nodes.Inline, ...],
        style: Style,
        width: float,
        owner: Owner,
        *,
        label: Label | None = None,
        language: str = "",
    ) -> tuple[Line, ...]:
        """See `LineSetter`."""
        question = (
            (id(content), style, width, owner, label, language) if id(content) in self._contents else None
        )
        before = self._setter.traces
        lines = self._setter.set(content, style, width, owner, label=label, language=language)
        self._note(question, lines, before)
        return lines

    def line(self, text: str, style: Style, owner: Ownership, mark: Mark | None = None) -> Line:
        """See `LineSetter`."""
        before = self._setter.traces
        line = self._setter.line(text, style, owner, mark)
        self._note((text, style, owner, mark) if isinstance(owner, Owner) else None, line, before)
        return line

    def preformatted(
        self, text: str, style: Style, width: float, owner: Owner, highlights: Sequence[Highlight] = ()
    ) -> tuple[Line, ...]:
        """See `LineSetter`."""
        before = self._setter.traces
        lines = self._setter.preformatted(text, style, width, owner, highlights)
        self._note((text, style, width, owner, tuple(highlights)), lines, before)
        return lines

    def measure(self, content: tuple[nodes.Inline, ...], style: Style) -> tuple[float, float]:
        """See `LineSetter`."""
        before = self._setter.traces
        widths = self._setter.measure(content, style)
        self._note((id(content), style) if id(content) in self._contents else None, widths, before)
        return widths

    def _note(self, question: Question | None, value: object, before: int) -> None:
        if self._setter.traces != before:
            self._note_codes()
        elif question is not None:
            self._answers[question] = Answer(value, self._given)

    def _note_codes(self) -> None:
        used = self._setter.used
        for place, font in enumerate(used):
            known = self._counts[place] if place < len(self._counts) else 0
            for glyph, text, _ in islice(font.entries.values(), known, None):
                self._codes.append((place, glyph, text, font.codes[glyph, text]))
                self._given += 1
        self._counts = _counts(used)


class Worked(msgspec.Struct, frozen=True):
    """A batch that a worker hands over: its answers, the faces of the fonts it has used, in their order, and the codes
    it gave meanwhile in theirs, as (place of the font, glyph, text, code)."""

    answers: dict[Question, Answer]
    faces: list[tuple[object, ...]]
    codes: list[tuple[int, int, str, str]]


class _Aid:
    """A worker at a part, and how far its codes have been found to be those given here."""

    def __init__(self, stream: Stream) -> None:
        self._stream: Stream | None = stream
        self._arrived = 0
        self._answers: dict[Question, Answer] = {}
        self._faces: list[tuple[object, ...]] = []
        self._codes: list[tuple[int, int, str, str]] = []
        self._agreed = 0
        self._places: dict[int, int] = {}
        self._moved = False

    def answer(self, question: Question, batch: int, used: Sequence[LoadedFont]) -> Any:
        """Return an answer, None where there is none that holds here. The batch that it comes with is waited for."""
        while self._arrived <= batch and self._stream is not None:
            self._take(self._stream)
        found = self._answers.get(question)
        if found is None:
            return None
        if found.codes > self._agreed and not self._agrees(found.codes, used):
            return None
        return _with_fonts(found.value, self._places) if self._moved else found.value

    def _take(self, stream: Stream) -> None:
        data = stream.take()
        if data is None:
            self._stream = None
            return
        worked: Worked = pickle.loads(data)
        self._arrived += 1
        self._answers.update(worked.answers)
        self._faces = worked.faces
        self._codes += worked.codes

    def _agrees(self, count: int, used: Sequence[LoadedFont]) -> bool:
        """Say whether the first codes of the worker are those given here, by now."""
        faces = [_face(font) for font in used]
        for place, glyph, text, code in self._codes[self._agreed : count]:
            face = self._faces[place]
            if face not in faces:
                return False
            here = faces.index(face)
            given = used[here].codes.get((glyph, text))
            if given != code:
                if given is not None:
                    # It will never agree: two pairs wanted one code, and got it in another order.
                    self.abandon()
                return False
            self._places[place] = here
            self._moved = self._moved or here != place
            self._agreed += 1
        return True

    def abandon(self) -> None:
        """Let the worker go, and forget what it answered."""
        self._answers.clear()
        if self._stream is not None:
            self._stream.abandon()
            self._stream = None


class AidedSetter(_OverSetter):
    """A setter of lines with workers at later parts; see `LineSetter`. It is to be closed."""

    def __init__(self, setter: ParagraphSetter) -> None:
        super().__init__(setter)
        self._aids: list[_Aid] = []
        self._homes: dict[int, tuple[_Aid, int]] = {}
        self._firsts: list[int] = []
        self._begun: list[tuple[_Aid, int]] = []

    def begin(self, blocks: Sequence[Standing], workers: Workers, set_part: SetPart) -> None:
        """Hand all parts of a document but the first to workers; a document of one part is left alone.

        The notes of a part are set by its worker too, behind its blocks, and those of the first part by the last one.
        """
        sizes = [_size(block) for block, _ in blocks]
        count = min(workers.count + 1, sum(map(sum, sizes)) // LEAST)
        if count < 2:
            return
        first, *others = _parted(blocks, sizes, count)
        for at, part in enumerate(others, 1):
            notes = _notes(part if at < len(others) else [*first, *part])
            shares: list[Share] = [
                *((batch, ()) for batch in _batches(part, lambda standing: _size(standing[0])[0])),
                *(((), batch) for batch in _batches(notes, lambda note: sum(_size(note)))),
            ]
            # What stands in a note is at home there, and not with the block that it belongs to.
            homes = {
                content: number
                for number, (standing_there, noted) in enumerate(shares)
                for content in chain(_contents(standing_there), _contents_of_notes(noted))
            }
            stream = workers.begin(partial(_worked, shares, homes, self._setter, set_part))
            if stream is not None:
                self._add(_Aid(stream), shares, homes)

    def _add(self, aid: _Aid, shares: Sequence[Share], homes: Mapping[int, int]) -> None:
        self._aids.append(aid)
        self._homes.update((content, (aid, number)) for content, number in homes.items())
        for number, (blocks, _) in enumerate(shares):
            if blocks:
                self._firsts.append(blocks[0][0].key)
                self._begun.append((aid, number))

    def close(self) -> None:
        """Let go of workers, and forget what they answered."""
        for aid in self._aids:
            aid.abandon()
        self._homes, self._firsts, self._begun = {}, [], []

    def set(
        self,
        content: tuple[nodes.Inline, ...],
        style: Style,
        width: float,
        owner: Owner,
        *,
        label: Label | None = None,
        language: str = "",
    ) -> tuple[Line, ...]:
        """See `LineSetter`."""
        home = self._homes.get(id(content))
        if home is not None:
            question = (id(content), style, width, owner, label, language)
            found: tuple[Line, ...] | None = self._answer(question, home)
            if found is not None:
                return found
        return self._setter.set(content, style, width, owner, label=label, language=language)

    def line(self, text: str, style: Style, owner: Ownership, mark: Mark | None = None) -> Line:
        """See `LineSetter`."""
        home = self._home_of(owner)
        if home is not None:
            found: Line | None = self._answer((text, style, owner, mark), home)
            if found is not None:
                return found
        return self._setter.line(text, style, owner, mark)

    def preformatted(
        self, text: str, style: Style, width: float, owner: Owner, highlights: Sequence[Highlight] = ()
    ) -> tuple[Line, ...]:
        """See `LineSetter`."""
        home = self._home_of(owner)
        if home is not None:
            question = (text, style, width, owner, tuple(highlights))
            found: tuple[Line, ...] | None = self._answer(question, home)
            if found is not None:
                return found
        return self._setter.preformatted(text, style, width, owner, highlights)

    def measure(self, content: tuple[nodes.Inline, ...], style: Style) -> tuple[float, float]:
        """See `LineSetter`."""
        home = self._homes.get(id(content))
        if home is not None:
            found: tuple[float, float] | None = self._answer((id(content), style), home)
            if found is not None:
                return found
        return self._setter.measure(content, style)

    def _answer(self, question: Question, home: tuple[_Aid, int]) -> Any:
        aid, batch = home
        return aid.answer(question, batch, self._setter.used)

    def _home_of(self, owner: Ownership) -> tuple[_Aid, int] | None:
        """Return who is at the part in which an owner stands, and in which batch its blocks are."""
        if not self._firsts or not isinstance(owner, Owner):
            return None
        at = bisect_right(self._firsts, owner.key)
        return self._begun[at - 1] if at else None

    def use_page_labels(self, labels: Mapping[str, str]) -> None:
        """See `LineSetter`. Answers hold for the pages as they were known when workers began: not at all."""
        if labels:
            self.close()
        super().use_page_labels(labels)


def standing(blocks: Sequence[nodes.Block], place: Place) -> Iterator[Standing]:
    """Yield the blocks that stand in sections, each with its place."""
    for block in blocks:
        if isinstance(block, nodes.Section):
            yield from standing(block.content, place.speaking(block.language))
        else:
            yield block, place


def _worked(
    shares: Sequence[Share], contents: Mapping[int, int], setter: ParagraphSetter, set_part: SetPart
) -> Iterator[bytes]:
    """Do the work of a part, batch by batch, in the worker."""
    noting = NotingSetter(setter, contents)
    for share in shares:
        set_part(share, noting)
        yield pickle.dumps(noting.taken(), pickle.HIGHEST_PROTOCOL)


def _face(font: LoadedFont) -> tuple[object, ...]:
    face = font.face
    return face.family, face.weight, face.italic, face.origin, face.face_index, font.variations


def _counts(used: Sequence[LoadedFont]) -> list[int]:
    return [len(font.entries) for font in used]


def _size(block: nodes.Block | nodes.Footnote) -> tuple[int, int]:
    """Return how many characters a block has, or so, and how many its notes; each node is a little work, too."""
    whole, noted = 0, 0
    for node in walk(block):
        whole += len(node.text) if isinstance(node, _TEXTS) else _NODE
        if isinstance(node, nodes.Footnote):
            noted += sum(len(each.text) if isinstance(each, _TEXTS) else _NODE for each in walk(node))
    return whole - noted, noted


_TEXTS: Final = (nodes.Text, nodes.Code, nodes.CodeBlock)
_NODE: Final = 20


def _parted(blocks: Sequence[Standing], sizes: Sequence[tuple[int, int]], count: int) -> list[list[Standing]]:
    """Return parts in order. The first is larger, for answers take time to hand over; but who sets it makes the pages,
    too, while the notes are still being set."""
    parts: list[list[Standing]] = [[] for _ in range(count)]
    texts, notes = (sum(each) for each in zip(*sizes, strict=True))
    begun = min(max((1 + _HANDING) * texts, (1 + _HANDING - _PAGING) * texts + notes) / count, texts)
    following = max((texts - begun) / (count - 1), 1.0)
    before = 0
    for block, (size, _) in zip(blocks, sizes, strict=True):
        at = 0 if before < begun else 1 + int((before - begun) / following)
        parts[min(at, count - 1)].append(block)
        before += size
    return [part for part in parts if part]


def _batches(things: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """Yield things in their order, so many together as are handed over at a time."""
    batch: list[T] = []
    length = 0
    for thing in things:
        batch.append(thing)
        length += size(thing)
        if length >= BATCH:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _notes(part: Sequence[Standing]) -> Iterator[nodes.Footnote]:
    for block, _ in part:
        yield from (node for node in walk(block) if isinstance(node, nodes.Footnote))


def _contents(part: Sequence[Standing]) -> Iterator[int]:
    """Yield the identities of all rows of inlines in a part."""
    for block, _ in part:
        yield from _contents_of(block)


def _contents_of_notes(notes: Iterable[nodes.Footnote]) -> Iterator[int]:
    for note in notes:
        yield from _contents_of(note)


def _contents_of(within: nodes.Block | nodes.Inline) -> Iterator[int]:
    yield from _tuples(within)
    for node in walk(within):
        if not isinstance(node, _TEXTS):
            yield from _tuples(node)


def _tuples(node: msgspec.Struct) -> Iterator[int]:
    for name in CONTENT_FIELDS[type(node)]:
        value = getattr(node, name)
        if value and isinstance(value, tuple):
            yield id(value)


def _with_fonts(value: Any, places: Mapping[int, int]) -> Any:
    """Return lines whose fonts stand at other places here."""
    if isinstance(value, Line):
        frame = value.frame
        runs = tuple(_with_font(run, places) for run in frame.runs)
        return msgspec.structs.replace(value, frame=msgspec.structs.replace(frame, runs=runs))
    if value and isinstance(value[0], Line):
        return tuple(_with_fonts(line, places) for line in value)
    return value


def _with_font(run: GlyphRun, places: Mapping[int, int]) -> GlyphRun:
    place = places.get(run.font, run.font)
    return run if place == run.font else msgspec.structs.replace(run, font=place)
