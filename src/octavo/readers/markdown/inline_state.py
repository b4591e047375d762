"""markdown-it's inline parser, made to say where every token begins: `token.meta["at"]`, an offset in the content."""

from __future__ import annotations

from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
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


class PlacedParser(ParserInline):
    """The inline parser with that state."""

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Read inline content into `tokens`."""
        state = PlacedInline(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens
