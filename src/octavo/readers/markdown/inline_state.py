"""markdown-it's inline parser, made to say where every token begins: `token.meta["at"]`, an offset in the content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token


class PlacedInline(StateInline):
    """The state of one inline parse, which remembers where pending text began."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self._pending_at = 0
        self.mailed = "@" in src
        """Whether an e-mail address may stand in this text."""
        self.addressed = self.mailed or "://" in src or "www." in src
        """Whether an address may stand in this text; to look for one costs time."""
        self._run: Token | None = None
        self._run_at = -1

    def append_pending(self, text: str) -> None:
        """Add literal text."""
        if not self._pending and not self._pending_buffer:
            self._pending_at = self.pos
        self._pending_buffer.append(text)

    def pushPending(self) -> Token:  # noqa: N802 (markdown-it's name)
        """Make a token of the literal text."""
        token = super().pushPending()
        token.meta = {"at": self._pending_at}
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token that begins where the parser stands."""
        token = super().push(ttype, tag, nesting)
        at = self.pos
        if ttype == "text":
            # The markers of a run such as `***` come one by one, all while the parser stands at its beginning.
            run = self._run
            if len(self.tokens) > 1 and self.tokens[-2].markup == "autolink":
                at += 1
            if run is not None and self._run_at == at:
                token.meta = {"at": run.meta["at"] + len(run.content)}
            else:
                token.meta = {"at": at}
            self._run, self._run_at = token, at
        else:
            token.meta = {"at": at}
        return token


SIGNS: Final = "\n!#$%&*+-:<=>@[\\]^_`{}~"
"""The characters that text ends at, for a rule may read what they begin."""
BEGINNINGS: Final[Mapping[str, str]] = {
    "text": "",
    "address": "",
    "lone_bracket": "[!^",
    "newline": "\n",
    "escaped_space": "\\",
    "math_in_brackets": "\\",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "note_mark": "[",
    "wiki_link": "[",
    "reference": "@[",
    "link": "[",
    "span": "[",
    "image": "!",
    "inline_note": "^",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "superscript": "^",
    "subscript": "~",
    "math": "$",
    "attributes": "{",
}
"""The characters that what a rule reads may begin with; nothing where that may be any, of text any but a sign."""


class PlacedParser(ParserInline):
    """The inline parser with that state, which asks only those rules that may read what begins at a character."""

    def __init__(self) -> None:
        super().__init__()
        self._rules: dict[str, tuple[RuleFuncInlineType, ...]] = {}

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Read inline content into `tokens`."""
        state = PlacedInline(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """Read from where the state stands to its end."""
        end, deepest = state.posMax, state.md.options["maxNesting"]
        while state.pos < end:
            at = state.pos
            if state.level >= deepest or not self._reads(state, silent=False):
                state.append_pending(state.src[at])
                state.pos = at + 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 (markdown-it's name)
        """Go past what begins where the state stands, and make no token of it."""
        at = state.pos
        known = state.cache.get(at)
        if known is not None:
            state.pos = known
            return
        skipped = False
        if state.level < state.md.options["maxNesting"]:
            state.level += 1
            skipped = self._reads(state, silent=True)
            state.level -= 1
        else:
            state.pos = state.posMax
        if not skipped:
            state.pos += 1
        state.cache[at] = state.pos

    def _reads(self, state: StateInline, *, silent: bool) -> bool:
        character = state.src[state.pos]
        rules = self._rules.get(character)
        if rules is None:
            rules = self._rules[character] = self._rules_for(character)
        for rule in rules:  # noqa: SIM110 - half as fast again as any()
            if rule(state, silent):
                return True
        return False

    def _rules_for(self, character: str) -> tuple[RuleFuncInlineType, ...]:
        named = list(zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True))
        if character in SIGNS:
            named = [(name, rule) for name, rule in named if name != "text"]
        return tuple(rule for name, rule in named if not BEGINNINGS[name] or character in BEGINNINGS[name])
