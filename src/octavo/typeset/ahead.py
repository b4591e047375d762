"""Lines of a long document set ahead by workers, while this process begins at the first page.

Setting lines is most of the work of typesetting, and the lines of one paragraph need nothing of another's. A document
is parted; for each part but the first, a worker goes over the blocks by the same rules and notes what its setter of
lines answered. It hands its answers over share by share, and this process looks them up when it comes to those blocks.
Who is done first helps: a worker goes back from its part until it meets this process, see `shares`.

An answer is noted only where setting it left nothing to say, and it is used only where the codes that it shows are
those given here, and the worker's new ones can be given here, too; else such a paragraph is set again here, in its
turn. So pages are the same, to the byte, whether anybody helped or not.
"""

from __future__ import annotations

import pickle
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, TypeAlias

import msgspec

from octavo.diagnostics import Diagnostic
from octavo.fonts.loaded import LoadedFont
from octavo.theme.style import Mark, Style
from octavo.tree import nodes
from octavo.typeset.frames import FontUse, GlyphRun, Owner, Ownership
from octavo.typeset.line import Highlight, Label, Line
from octavo.typeset.paragraphs import ParagraphSetter
from octavo.typeset.setting import LineSetter
from octavo.typeset.shares import Plan, Share, Standing, contents, plan
from octavo.workers import Board, Stream, Workers

Question: TypeAlias = tuple[Any, ...]
"""What a setter was asked: all values, but for inlines, which are told by their identity in the tree."""
SetPart: TypeAlias = Callable[[Share, LineSetter], None]
"""Sets a share by a setter of lines."""


class Answer(msgspec.Struct, frozen=True):
    """Lines or widths, and how many codes the worker had given before and by then: those that lines may show.

    Where those who ask have not come to all that was set before, `shown` has the places of such codes instead.
    """

    value: Any
    known: int
    given: int
    shown: Sequence[int] = ()


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

    def __init__(self, setter: ParagraphSetter) -> None:
        super().__init__(setter)
        self._contents: frozenset[int] = frozenset()
        self._answers: dict[Question, Answer] = {}
        self._codes: list[tuple[int, int, str, str]] = []
        self._given = 0
        self._counts = _counts(setter.used)
        self._last = sum(self._counts)
        self._said = setter.said
        self._own_codes: list[str] = []
        self._goes_back = False

    def worked(self, number: int, share: Share, set_part: SetPart) -> Worked:
        """Set a share, told by its number, and return what was noted."""
        self._contents = frozenset(contents(share))
        set_part(share, self)
        faces = [_face(font) for font in self._setter.used]
        worked = Worked(number, self._answers, faces, self._codes)
        self._answers, self._codes = {}, []
        return worked

    def go_back(self) -> None:
        """Make ready for what stands before all that was set so far. Whoever asks there will not have given all codes
        that were given here, so that it is noted which ones lines may show."""
        self._goes_back = True

    @property
    def said_nothing(self) -> bool:
        """Whether there was nothing to say so far. What was said of a text may have to be said of one before it."""
        return self._setter.said == self._said

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
        before = self._setter.said
        lines = self._setter.set(content, style, width, owner, label=label, language=language)
        self._note(question, lines, before)
        return lines

    def line(self, text: str, style: Style, owner: Ownership, mark: Mark | None = None) -> Line:
        """See `LineSetter`."""
        before = self._setter.said
        line = self._setter.line(text, style, owner, mark)
        self._note((text, style, owner, mark) if isinstance(owner, Owner) else None, line, before)
        return line

    def preformatted(
        self, text: str, style: Style, width: float, owner: Owner, highlights: Sequence[Highlight] = ()
    ) -> tuple[Line, ...]:
        """See `LineSetter`."""
        before = self._setter.said
        lines = self._setter.preformatted(text, style, width, owner, highlights)
        self._note((text, style, width, owner, tuple(highlights)), lines, before)
        return lines

    def measure(self, content: tuple[nodes.Inline, ...], style: Style) -> tuple[float, float]:
        """See `LineSetter`."""
        before = self._setter.said
        widths = self._setter.measure(content, style)
        self._note((id(content), style) if id(content) in self._contents else None, widths, before)
        return widths

    def go_on(self) -> None:
        """Go on behind all that was set by those who ask."""
        self._goes_back = False

    def _note(self, question: Question | None, value: object, before: int) -> None:
        known = self._given
        if self._setter.codes_given != self._last:
            self._note_codes()
        if question is None or self._setter.said != before:
            return
        if self._goes_back and self.said_nothing:
            self._answers[question] = Answer(value, 0, 0, self._shown(value))
        elif not self._goes_back:
            self._answers[question] = Answer(value, known, self._given)

    def _shown(self, value: object) -> list[int]:
        """Return the places of the codes given here that a value may show: digits of two may look like a third."""
        content = "".join(_contents(value))
        return [place for place, code in enumerate(self._own_codes) if code in content]

    def _note_codes(self) -> None:
        used = self._setter.used
        for place, font in enumerate(used):
            known = self._counts[place] if place < len(self._counts) else 0
            for glyph, text, _ in islice(font.entries.values(), known, None):
                code = font.codes[glyph, text]
                self._codes.append((place, glyph, text, code))
                self._own_codes.append(code)
                self._given += 1
        self._counts = _counts(used)
        self._last = sum(self._counts)


class Worked(msgspec.Struct, frozen=True):
    """What a worker hands over of a share, told by its number: the answers, the faces of the fonts it has used, in
    their order, and the codes it gave meanwhile in theirs, as (place of the font, glyph, text, code)."""

    share: int
    answers: dict[Question, Answer]
    faces: list[tuple[object, ...]]
    codes: list[tuple[int, int, str, str]]


class _Aid:
    """A worker at a part, and how far its codes have been found to be those given here."""

    def __init__(self, stream: Stream, shared: range) -> None:
        self._stream: Stream | None = stream
        self._shared = shared
        self._own = 0
        self._arrived: set[int] = set()
        self._answers: dict[Question, Answer] = {}
        self._faces: list[tuple[object, ...]] = []
        self._codes: list[tuple[int, int, str, str]] = []
        self._agreed = 0
        self._common: set[int] = set()
        self._places: dict[int, int] = {}
        self._moved = False

    def answer(self, question: Question, share: int, setter: ParagraphSetter) -> Any:
        """Return an answer, None where there is none that holds here. The share that it belongs to is waited for, if it
        is not to be set here."""
        if share not in self._arrived and not self._arrives(share):
            return None
        found = self._answers.get(question)
        if found is None:
            return None
        if found.given > self._agreed and not self._agrees(found, setter):
            return None
        if found.shown and not all(
            place in self._common or self._is_given(place, setter) for place in found.shown
        ):
            return None
        return _with_fonts(found.value, self._places) if self._moved else found.value

    def _arrives(self, share: int) -> bool:
        """Wait for what the worker answers to a share; say whether it does."""
        if self._stream is None or (share in self._shared and not self._is_begun(share, self._stream)):
            return False
        while share not in self._arrived and self._stream is not None:
            self._take(self._stream)
        return share in self._arrived

    def _is_begun(self, share: int, stream: Stream) -> bool:
        """Say whether the worker has come to a share by now. If not, and it is the next one, it is set here."""
        place = share - self._shared.start
        if place < self._own:
            return False
        # Who sees the other come too late does the same work: that costs time and nothing else.
        begun = len(self._shared) - stream.heard() <= place
        if not begun and place == self._own:
            self._own += 1
            stream.tell(self._own)
            # Taking over what is there by now is work, too, of which both shall have the same at the end.
            while self._stream is not None and stream.ready():
                self._take(stream)
        return begun

    def _take(self, stream: Stream) -> None:
        data = stream.take()
        if data is None:
            self._stream = None
            return
        worked: Worked = pickle.loads(data)
        self._arrived.add(worked.share)
        self._answers.update(worked.answers)
        self._faces = worked.faces
        self._codes += worked.codes

    def _agrees(self, answer: Answer, setter: ParagraphSetter) -> bool:
        """Say whether all codes that the worker had given by an answer are those given here. What it gave for this
        answer is given here, too, as if it were set here."""
        while self._agreed < answer.given:
            place = self._agreed
            if place not in self._common and not self._is_given(place, setter, new=place >= answer.known):
                return False
            self._agreed += 1
        return True

    def _is_given(self, place: int, setter: ParagraphSetter, *, new: bool = False) -> bool:
        """Say whether a code of the worker, told by its place among them, is the one given here; `new`: give it."""
        font, glyph, text, code = self._codes[place]
        face = self._faces[font]
        here = next((at for at, each in enumerate(setter.used) if _face(each) == face), -1)
        if here < 0:
            return False
        given = setter.used[here].codes.get((glyph, text))
        if given is None and new:
            given = setter.give_code(setter.used[here], glyph, text)
        if given != code:
            if given is not None:
                # It will never agree: two pairs wanted one code, and got it in another order.
                self.abandon()
            return False
        self._common.add(place)
        self._places[font] = here
        self._moved = self._moved or here != font
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
        self._begun: list[tuple[int, _Aid, int]] = []

    def begin(self, blocks: Sequence[Standing], workers: Workers, set_part: SetPart) -> None:
        """Hand parts of a document to workers; a short document is left alone."""
        for part in plan(blocks, workers.count + 1):
            stream = workers.begin(partial(_worked, part, self._setter, set_part))
            if stream is not None:
                aid = _Aid(stream, part.shared)
                self._aids.append(aid)
                self._homes.update((content, (aid, number)) for content, number in part.homes().items())
                self._begun.extend((first, aid, number) for first, number in part.firsts)
        self._firsts = [first for first, _, _ in self._begun]

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
        aid, share = home
        return aid.answer(question, share, self._setter)

    def _home_of(self, owner: Ownership) -> tuple[_Aid, int] | None:
        """Return who is at the part in which an owner stands, and in which batch its blocks are."""
        if not self._firsts or not isinstance(owner, Owner):
            return None
        at = bisect_right(self._firsts, owner.key)
        return self._begun[at - 1][1:] if at else None

    def use_page_labels(self, labels: Mapping[str, str]) -> None:
        """See `LineSetter`. Answers hold for the pages as they were known when workers began: not at all."""
        if labels:
            self.close()
        super().use_page_labels(labels)


def _worked(part: Plan, setter: ParagraphSetter, set_part: SetPart, board: Board) -> Iterator[bytes]:
    """Do the work of a plan, share by share, in the worker."""
    noting = NotingSetter(setter)

    def answers(number: int) -> bytes:
        return pickle.dumps(noting.worked(number, part.shares[number], set_part), pickle.HIGHEST_PROTOCOL)

    shared = part.shared
    yield from map(answers, range(shared.start))
    noting.go_back()
    for begun, number in enumerate(reversed(shared), 1):
        if not noting.said_nothing or board.heard() > number - shared.start:
            break
        board.tell(begun)
        yield answers(number)
    noting.go_on()
    yield from map(answers, range(shared.stop, len(part.shares)))


def _face(font: LoadedFont) -> tuple[object, ...]:
    face = font.face
    return face.family, face.weight, face.italic, face.origin, face.face_index, font.variations


def _counts(used: Sequence[LoadedFont]) -> list[int]:
    return [len(font.entries) for font in used]


def _contents(value: object) -> Iterator[str]:
    """Yield what the glyph runs of lines show."""
    if isinstance(value, Line):
        yield from (run.content for run in value.frame.runs)
    elif isinstance(value, tuple):
        for each in value:
            yield from _contents(each)


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
