"""markdown-it, set up for octavo's dialect, and its tokens with the place of every block."""

from __future__ import annotations

from typing import Any

import msgspec
from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from octavo.nesting import DEEPEST
from octavo.readers.markdown import dialects
from octavo.readers.markdown.admonitions import admonition
from octavo.readers.markdown.block_rules import add_block_rules
from octavo.readers.markdown.grid_tables import grid_table
from octavo.readers.markdown.inline_rules import LinkHelpers, add_inline_rules
from octavo.readers.markdown.inline_state import PlacedParser
from octavo.readers.markdown.lettered_lists import lettered_list
from octavo.readers.markdown.lines import Lines
from octavo.readers.markdown.ruled_tables import ruled_table
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
            self._read_within(token)

    def _read_within(self, token: Token) -> None:
        if token.type == "inline":
            self._read(token)
            return
        for part in ("attribution", "alert_title"):
            if part in token.meta:
                self._read(token.meta[part])
        if "fragments" in token.meta:
            for each in token.children or ():
                self._read_within(each)

    def _read(self, token: Token) -> None:
        children: list[Token] = []
        token.children = children
        self.parser.inline.parse(token.content, self.parser, self.environment, children)
        if "{%" in token.content or "{{" in token.content:
            self.environment.setdefault("templated", []).append(token)


def make_parser() -> MarkdownIt:
    """Return markdown-it with CommonMark's rules and those of the dialect."""
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST + 1, "store_labels": True, "typographer": False})
    # Addresses stay as they are typed: a link is encoded and an image's path is decoded when nodes are made.
    parser.normalizeLink = _as_typed  # type: ignore[method-assign, assignment]
    # What may not be linked to is told later, when the links of all sources are; here it would stay as its markup.
    parser.validateLink = _any_address  # type: ignore[method-assign, assignment]
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
    _add_dialects(parser)
    add_inline_rules(parser)
    return parser


def _add_dialects(parser: MarkdownIt) -> None:
    """Put the rules of other dialects before all that would take their lines for something else."""
    ruler = parser.block.ruler
    alone: RuleOptionsType = {"alt": []}
    interrupting: RuleOptionsType = {"alt": ["paragraph", "list", "blockquote"]}
    ruler.before("table", "grid_table", grid_table, alone)
    ruler.before("table", "line_block", dialects.line_block, alone)
    ruler.before("hr", "ruled_table", ruled_table, alone)
    ruler.after("list", "lettered_list", lettered_list, {"alt": ["paragraph"]})
    ruler.before("fence", "formula_in_latex", dialects.formula_in_latex, interrupting)
    ruler.before("list", "kramdown_contents", dialects.contents, alone)
    ruler.before("list", "abbreviations", dialects.abbreviations, alone)
    ruler.before("fence", "highlight", dialects.highlight, interrupting)
    ruler.before("fence", "admonition", admonition, interrupting)


def _is_table(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    return table(state, first, end, silent) or grid_table(state, first, end, silent)


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


def _any_address(_address: str) -> bool:
    return True


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
        "text": text,
        "line_starts": line_starts,
        "starts": {},
        "frames": [],
        "name": lines.name,
        "depth": lines.depth,
        "is_table": _is_table,
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
