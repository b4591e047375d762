"""Highlight: which stretches of a block of code are keywords, names, strings and so on, decided once for all editions.

Pygments reads the code; its many kinds of token come down to the few marks that a theme can set. It is imported only
where a document has code in a language that is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from octavo.diagnostics import Diagnostic, info, warning
from octavo.transforms.code_limits import LONGEST_MIXED, MOST_IDLE, REACH, Shortened, bounded, unreadable
from octavo.transforms.resolved import CodeStretch
from octavo.tree import nodes
from octavo.tree.semantics import MarkKey

if TYPE_CHECKING:
    from pygments.lexer import Lexer

PLAIN: Final = frozenset(
    {
        "",
        "text",
        "txt",
        "plain",
        "plaintext",
        "plain-text",
        "none",
        "raw",
        "output",
        "ascii",
        "log",
        "csv",
        "tsv",
    }
)
"""What a writer says who means no language at all."""
_OTHER_NAMES: Final[Mapping[str, str]] = {
    "svg": "xml",
    "jsonl": "json",
    "dotenv": "ini",
    "ksh93": "ksh",
    "shellsession": "shell-session",
    "r": "splus",
}
_MARKS: Final[Mapping[str, MarkKey]] = {
    "Comment": MarkKey.CODE_COMMENT,
    "Generic.Deleted": MarkKey.CODE_REMOVED,
    "Generic.Emph": MarkKey.CODE_COMMENT,
    "Generic.Heading": MarkKey.CODE_KEYWORD,
    "Generic.Inserted": MarkKey.CODE_ADDED,
    "Generic.Prompt": MarkKey.CODE_COMMENT,
    "Generic.Strong": MarkKey.CODE_KEYWORD,
    "Generic.Subheading": MarkKey.CODE_NAME,
    "Keyword": MarkKey.CODE_KEYWORD,
    "Literal.Date": MarkKey.CODE_NUMBER,
    "Literal.Number": MarkKey.CODE_NUMBER,
    "Literal.String": MarkKey.CODE_STRING,
    "Name.Attribute": MarkKey.CODE_NAME,
    "Name.Class": MarkKey.CODE_NAME,
    "Name.Decorator": MarkKey.CODE_NAME,
    "Name.Entity": MarkKey.CODE_NUMBER,
    "Name.Function": MarkKey.CODE_NAME,
    "Name.Label": MarkKey.CODE_NAME,
    "Name.Property": MarkKey.CODE_NAME,
    "Name.Tag": MarkKey.CODE_NAME,
    "Operator.Word": MarkKey.CODE_KEYWORD,
}
"""The mark of a kind of token and of all kinds below it; a kind that is not here is set plainly."""


def highlight(
    blocks: Iterable[nodes.CodeBlock],
) -> tuple[Mapping[int, tuple[CodeStretch, ...]], tuple[Diagnostic, ...]]:
    """Return the stretches of each block by its key, in order and apart, and what is said of languages."""
    named = [each for each in blocks if each.code_language.casefold() not in PLAIN and each.text.strip()]
    if not named:
        return {}, ()
    reader = _Reader()
    found = {each.key: reader.read(each) for each in named}
    return {key: stretches for key, stretches in found.items() if stretches}, tuple(reader.diagnostics)


def load_lexers(languages: Iterable[str]) -> None:
    """Load what reads code in some languages, which takes a while the first time; any may be unknown."""
    wanted = dict.fromkeys(languages)
    if wanted:
        reader = _Reader()
        for each in wanted:
            reader.load(each)


class _RoundInCirclesError(Exception):
    """A lexer finds nothing, again and again: there are languages whose states lead to one another for ever."""


class _Reader:
    """Reads code. Lexers are made once for each language, and kinds of token looked up once."""

    def __init__(self) -> None:
        from pygments.lexers import get_all_lexers

        self.diagnostics: list[Diagnostic] = []
        self._unknown: set[str] = set()
        # Lexers that other packages bring are left out: what an edition shows must not depend on the machine.
        self._names = {
            alias.casefold(): name
            for name, aliases, _, _ in get_all_lexers(plugins=False)
            for alias in (*aliases, name)
        }
        self._lexers: dict[str, Lexer | None] = {}
        self._near: dict[str, Lexer | None] = {}
        self._marks: dict[object, MarkKey | None] = {}

    def read(self, block: nodes.CodeBlock) -> tuple[CodeStretch, ...]:
        language = block.code_language.casefold()
        lexer = self._lexer(language)
        if lexer is None:
            self._say_unknown(block, language)
            return ()
        if reason := unreadable(block.text):
            self._say(block, reason)
            return ()
        short = Shortened(block.text)
        if len(short.text) > REACH:
            near = self._bounded(language, lexer)
            if near is None and len(short.text) > LONGEST_MIXED:
                self._say(
                    block, f"a block of over {LONGEST_MIXED:,} characters of `{language}` has no colours"
                )
                return ()
            lexer = near or lexer
        try:
            return self._stretches(block.text, short, lexer)
        except RecursionError:
            self._say(block, "a block of code is nested too deeply to be read; it is set without colours")
        except _RoundInCirclesError:
            self._say(
                block, f"the rules of `{language}` come to no end with a block of code; it has no colours"
            )
        return ()

    def load(self, language: str) -> None:
        self._lexer(language)

    def _say(self, block: nodes.CodeBlock, message: str) -> None:
        self.diagnostics.append(info("code-not-highlighted", message, block.position))

    def _lexer(self, language: str) -> Lexer | None:
        if language not in self._lexers:
            from pygments.lexers import find_lexer_class

            known = self._names.get(_OTHER_NAMES.get(language, language))
            found = find_lexer_class(known) if known else None
            self._lexers[language] = found(stripnl=False, ensurenl=False) if found else None
        return self._lexers[language]

    def _bounded(self, language: str, lexer: Lexer) -> Lexer | None:
        if language not in self._near:
            self._near[language] = bounded(lexer)
        return self._near[language]

    def _stretches(self, text: str, short: Shortened, lexer: Lexer) -> tuple[CodeStretch, ...]:
        """Return what a lexer finds; what follows closely and has the same mark is one stretch."""
        found: list[CodeStretch] = []
        idle = 0
        # Some lexers know a comment only by the end of its line.
        for at, kind, value in lexer.get_tokens_unprocessed(f"{short.text}\n"):
            if not value:
                idle += 1
                if idle > MOST_IDLE:
                    raise _RoundInCirclesError
                continue
            idle = 0
            mark = self._mark(kind)
            start, end = short.place(at), min(short.place(at + len(value)), len(text))
            if mark is None or not value.strip() or start >= end:
                continue
            last = found[-1] if found else None
            if last is not None and start < last.end:
                continue
            if last is not None and last.mark == mark and not text[last.end : start].strip(" "):
                found[-1] = CodeStretch(last.start, end, mark)
            else:
                found.append(CodeStretch(start, end, mark))
        return tuple(found)

    def _mark(self, kind: object) -> MarkKey | None:
        try:
            return self._marks[kind]
        except KeyError:
            name = str(kind).removeprefix("Token.")
            while name and name not in _MARKS:
                name = name.rpartition(".")[0]
            found = self._marks[kind] = _MARKS.get(name)
            return found

    def _say_unknown(self, block: nodes.CodeBlock, language: str) -> None:
        """Say so once for each language: a manual may use one of its own on every page."""
        if language in self._unknown:
            return
        self._unknown.add(language)
        import difflib

        near = difflib.get_close_matches(language, sorted({*self._names, *_OTHER_NAMES}), n=1)
        guess = f"did you mean `{near[0]}`?" if near else "leave the language out, or write `text`"
        self.diagnostics.append(
            warning(
                "unknown-code-language",
                f"octavo does not know the language `{block.code_language}`; the code is set without colours",
                block.position,
                hint=guess,
            )
        )


class Piece(msgspec.Struct, frozen=True):
    """A piece of code and its mark, empty where it is plain."""

    text: str
    mark: str


def cut(text: str, stretches: Iterable[CodeStretch]) -> tuple[Piece, ...]:
    """Cut code into its stretches and what is between them."""
    made: list[Piece] = []
    at = 0
    for each in stretches:
        if each.start > at:
            made.append(Piece(text[at : each.start], ""))
        made.append(Piece(text[each.start : each.end], each.mark))
        at = each.end
    if at < len(text):
        made.append(Piece(text[at:], ""))
    return tuple(made)
