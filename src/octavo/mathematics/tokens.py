"""The tokens of LaTeX mathematics, and a hand that takes them one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from octavo.mathematics.formula import FormulaError
from octavo.mathematics.macros import Macro, Token, expand

_TOKEN: Final = re.compile(r"%[^\n]*\n?|\\[A-Za-z]+\*?|\\.|\s+|[0-9]+(?:\.[0-9]+)?|.", re.DOTALL)


class Tokens:
    """Tokens, and how far they have been read. Comments are left out, and abbreviations put in: `macros` are those of
    the formulas before, and then those of this one too."""

    def __init__(self, source: str, macros: Mapping[str, Macro]) -> None:
        found = _TOKEN.finditer(source)
        tokens = [Token(each.group(), each.start()) for each in found if not each.group().startswith("%")]
        self.tokens, self.macros = expand(tokens, macros)
        self.source = source
        self.at = 0

    def skip(self) -> None:
        """Go on to the next token that is no space."""
        while self.at < len(self.tokens) and self.tokens[self.at].text.isspace():
            self.at += 1

    def peek(self) -> Token:
        """Return the next token that is no space; its text is empty at the end."""
        self.skip()
        return self.tokens[self.at] if self.at < len(self.tokens) else Token("", len(self.source))

    def take(self) -> Token:
        """Return the next token that is no space, and go on behind it."""
        token = self.peek()
        self.at += 1
        return token

    def expect(self, text: str, after: str) -> None:
        """Take a token that `after` asks for.

        Raises:
            FormulaError: another stands there.
        """
        token = self.take()
        if token.text != text:
            raise FormulaError(f"`{after}` wants `{text}`", token.offset)

    def raw(self, after: str) -> str:
        """Read the text of a group as it is, with the braces in it taken out."""
        self.expect("{", after)
        depth, start, text = 1, self.at, ""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            depth += (token.text == "{") - (token.text == "}")
            if not depth:
                return text
            text += (
                "" if token.text in "{}" else token.name if token.name in tuple("{}%$#&_ ") else token.text
            )
        raise FormulaError("`}` is missing", self.tokens[start - 1].offset)
