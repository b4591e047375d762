"""Footnotes: their definitions taken out of the flow, and their content put where they are cited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec
from markdown_it.token import Token

from octavo.diagnostics import Position
from octavo.readers.markdown.lines import Lines
from octavo.readers.report import Report, nearest
from octavo.tree.nodes import Block, Footnote, Paragraph


class NoteDefinition(msgspec.Struct, frozen=True):
    """`[^label]: …` with the tokens of its blocks. `repeated`: an earlier one has the same label."""

    label: str
    tokens: list[Token]
    position: Position
    repeated: bool = False


class Definitions(msgspec.Struct, frozen=True):
    """The notes that a source defines, by label, and the labels that nothing cites: those stay where they stand."""

    by_label: dict[str, NoteDefinition]
    unused: frozenset[str]


def take_out(tokens: list[Token], lines: Lines) -> tuple[list[Token], Definitions]:
    """Return the tokens with a `note_definition` in place of every definition, and the definitions."""
    found: dict[str, NoteDefinition] = {}
    kept = _taken_out(tokens, lines, found)
    return kept, Definitions(found, _unused(kept, found))


def _taken_out(tokens: list[Token], lines: Lines, found: dict[str, NoteDefinition]) -> list[Token]:
    flows: list[list[Token]] = [[]]
    opened: list[Token] = []
    for token in tokens:
        if "fragments" in token.meta:
            fragments = {at: _taken_out(each, lines, found) for at, each in token.meta["fragments"].items()}
            token.meta["fragments"] = fragments
            token.children = [each for flow in fragments.values() for each in flow]
        if token.type == "footnote_reference_open":
            opened.append(token)
            flows.append([])
        elif token.type == "footnote_reference_close":
            opening, inside = opened.pop(), flows.pop()
            label = str(opening.meta["label"])
            position = lines.position(*opening.meta["place"])
            definition = NoteDefinition(label, inside, position, label in found)
            found.setdefault(label, definition)
            flows[-1].append(Token("note_definition", "", 0, meta={"definition": definition}))
        else:
            flows[-1].append(token)
    return flows[0]


def _unused(tokens: list[Token], found: dict[str, NoteDefinition]) -> frozenset[str]:
    reached: set[str] = set()
    _reach(tokens, found, reached)
    unused = []
    for label, definition in found.items():
        if label not in reached:
            unused.append(label)
            reached.add(label)
            _reach(definition.tokens, found, reached)
    return frozenset(unused)


def _reach(tokens: list[Token], found: dict[str, NoteDefinition], reached: set[str]) -> None:
    waiting = list(_labels(tokens))
    while waiting:
        label = waiting.pop()
        if label in found and label not in reached:
            reached.add(label)
            waiting.extend(_labels(found[label].tokens))


def _labels(tokens: Iterable[Token]) -> Iterator[str]:
    stack = list(tokens)
    while stack:
        token = stack.pop()
        if token.type == "note":
            yield token.content
        if token.type == "note_definition" and token.meta["definition"].repeated:
            # A repeated definition stays in the text, and what it cites is cited from there.
            stack.extend(token.meta["definition"].tokens)
        if token.children and (token.type != "inline" or "[^" in token.content):
            stack.extend(token.children)
        if token.meta:
            stack.extend(token.meta[part] for part in ("attribution", "alert_title") if part in token.meta)


class Notes:
    """Hands out footnotes while a text is read. A note within a note is put at the end of the outer one.

    Editions have no marks inside notes, so what a note cites is read on with it, once.
    """

    def __init__(
        self,
        definitions: Definitions,
        read: Callable[[list[Token]], tuple[Block, ...]],
        report: Report,
    ) -> None:
        self.definitions = definitions
        self.report = report
        self._read = read
        self._contents: dict[str, tuple[Block, ...]] = {}
        self._inside = False
        self._moved: set[str] = set()
        self._waiting: list[str] = []
        self._appended: list[Block] = []

    def footnote(self, label: str, place: Position) -> Footnote | str:
        """Return the note that a label names, or the text that stands for a mark that names none."""
        definition = self.definitions.by_label.get(label)
        if definition is None:
            hint = nearest(label, self.definitions.by_label, f"add `[^{label}]: …`")
            self.report.warning("undefined-footnote", f"there is no footnote `[^{label}]`", place, hint)
            return f"[^{label}]"
        if self._inside:
            return self._cited_in_note(label, place)
        if label not in self._contents:
            self._moved.add(label)
            self._contents[label] = self._gathered(lambda: self._read(definition.tokens))
        return Footnote(content=self._contents[label], position=place)

    def inline_note(self, read: Callable[[], Paragraph], place: Position) -> Footnote | None:
        """Return a note written in the text; within another note it is put at that one's end."""
        if not self._inside:
            return Footnote(content=self._gathered(lambda: (read(),)), position=place)
        self._said(place)
        self._appended.append(read())
        return None

    def _cited_in_note(self, label: str, place: Position) -> str:
        if label in self._moved:
            hint = "write the note's text here"
            self.report.warning(
                "note-in-note", f"a note cites `[^{label}]`, which is told already", place, hint
            )
            return f"[^{label}]"
        self._moved.add(label)
        self._said(place)
        self._waiting.append(label)
        return ""

    def _said(self, place: Position) -> None:
        message = "a note within a note is put at the end of the outer one"
        self.report.info("note-in-note", message, place, "editions have no marks inside notes")

    def _gathered(self, read: Callable[[], tuple[Block, ...]]) -> tuple[Block, ...]:
        """Return the content of a note, with that of the notes it cites behind it."""
        self._inside = True
        blocks = [*read()]
        while self._waiting or self._appended:
            blocks.extend(self._appended)
            self._appended.clear()
            if self._waiting:
                blocks.extend(self._read(self.definitions.by_label[self._waiting.pop(0)].tokens))
        self._inside = False
        return tuple(blocks)
