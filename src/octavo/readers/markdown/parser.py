"""markdown-it, set up for octavo's dialect, and its tokens with the place of every block."""

from __future__ import annotations

from typing import Any

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from octavo.nesting import DEEPEST
from octavo.readers.markdown.block_rules import add_block_rules
from octavo.readers.markdown.inline_rules import LinkHelpers, add_inline_rules
from octavo.readers.markdown.inline_state import PlacedParser
from octavo.readers.markdown.lines import Lines
from octavo.readers.markdown.table_rule import table


class Parsing(msgspec.Struct, frozen=True):
    """What markdown-it found: block tokens, and the table of link reference definitions by label."""

    tokens: list[Token]
    references: dict[str, dict[str, Any]]
    repeated: list[dict[str, Any]]
    parser: MarkdownIt
    environment: dict[str, Any]

    def read_inlines(self) -> None:
        """Read the content of all inline tokens into their children."""
        for token in self.tokens:
            if token.type == "inline":
                self._read(token)
            elif "attribution" in token.meta:
                self._read(token.meta["attribution"])

    def _read(self, token: Token) -> None:
        children: list[Token] = []
        token.children = children
        self.parser.inline.parse(token.content, self.parser, self.environment, children)


def make_parser() -> MarkdownIt:
    """Return markdown-it with CommonMark's rules and those of the dialect."""
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST + 1, "store_labels": True, "typographer": False})
    # Addresses stay as they are typed: a link is encoded and an image's path is decoded when nodes are made.
    parser.normalizeLink = _as_typed  # type: ignore[method-assign, assignment]
    parser.inline = PlacedParser()
    parser.helpers = LinkHelpers  # type: ignore[assignment]
    parser.enable(["strikethrough"])
    for rules, wanted in ((parser.inline.ruler, _INLINE_RULES), (parser.inline.ruler2, _PAIR_RULES)):
        rules.enableOnly(wanted)
    footnote_plugin(parser, inline=False, move_to_end=False)
    parser.inline.ruler.disable("footnote_ref")
    deflist_plugin(parser)
    parser.block.ruler.at("table", table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.enable("table")
    add_block_rules(parser)
    add_inline_rules(parser)
    return parser


_INLINE_RULES = [
    "text",
    "newline",
    "escape",
    "backticks",
    "strikethrough",
    "emphasis",
    "link",
    "image",
    "autolink",
    "html_inline",
    "entity",
]
_PAIR_RULES = ["balance_pairs", "strikethrough", "emphasis"]


def _as_typed(address: str) -> str:
    return address


def parse(text: str, lines: Lines, references: dict[str, dict[str, Any]] | None = None) -> Parsing:
    """Return the block tokens of a text, each block's first token with its place in `meta["place"]`.

    `lines` are those of the source, which say how it is called and how deep its blocks may nest. `references` are link
    definitions that stand elsewhere; those of the text are added to them.

    Raises:
        SourceError: blocks nest too deeply.
    """
    parser = make_parser()
    line_starts = [0]
    for line in text.split("\n"):
        line_starts.append(line_starts[-1] + len(line) + 1)
    environment: dict[str, Any] = {
        "line_starts": line_starts,
        "starts": {},
        "frames": [],
        "name": lines.name,
        "depth": lines.depth,
        "is_table": table,
        "references": {} if references is None else references,
    }
    tokens: list[Token] = []
    parser.block.parse(text, parser, environment, tokens)
    for index, place in environment["starts"].items():
        if index < len(tokens):
            tokens[index].meta["place"] = place
    return Parsing(
        tokens, environment["references"], environment.get("duplicate_refs", []), parser, environment
    )
