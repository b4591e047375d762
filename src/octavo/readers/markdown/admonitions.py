"""Notes to the reader as site generators write them: which names they have, and the block rule for Python-Markdown's.

    !!! warning "Mind the step"
        Text, indented by four spaces.

`???` and `???+` (which a web page folds) are the same. Docusaurus, VuePress, Quarto and MyST write `:::` instead, which
is a container of octavo's; GitHub and Obsidian a quotation with `[!NOTE]`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from markdown_it.rules_block import StateBlock

from octavo.readers.attributes import Attributes
from octavo.readers.markdown.block_rules import begins_with, text_of

_NAMES: Final = """
note abstract summary tldr info todo tip hint important success check done question help faq warning caution attention
failure fail missing danger error bug example quote cite seealso admonition details
"""
TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{name: name.capitalize() for name in _NAMES.split()},
        "tldr": "TL;DR",
        "faq": "FAQ",
        "seealso": "See also",
        "admonition": "",
    }
)
"""What each is called where it has no title of its own."""

_STYLES: Final = "example quote cite question success bug done check missing open fail"
STYLES: Final = frozenset(_STYLES.split())
"""Names that a container (`:::`) may have as a style of the theme; they are notes behind `!!!` alone."""

CALLOUT: Final = "callout-"
"""What Quarto puts before the name, as in `::: {.callout-note}`."""
IGNORED: Final = ("collapse", "appearance", "icon", "open", "class", "name")
"""What other programs are told about the looks of such a block."""

_OPENING: Final = re.compile(
    r"(?:!!!|\?\?\?\+?)[ \t]*+(?P<names>[\w-]++(?:[ \t]++[\w-]++)*+)(?P<gap>[ \t]*+)(?:\"(?P<title>.*)\"[ \t]*+)?$"
)


def name_of(name: str) -> str:
    """Return the bare name of a note to the reader, "" where a container's name is none of these."""
    bare = name.lower().removeprefix(CALLOUT)
    return bare if bare in TITLES else ""


def admonition(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read `!!! name "Title"` and the indented lines that follow."""
    if not begins_with(state, first, "!?"):
        return False
    text = text_of(state, first)
    if text[:3] not in ("!!!", "???") or state.is_code_block(first):
        return False
    match = _OPENING.match(text)
    if not match or not _goes_on(state, first + 1, end):
        return False
    if silent:
        return True
    name = match["names"].split()[0].lower()
    title = match["title"]
    opening = state.push("container_open", "", 1)
    opening.meta = {
        "name": name if name in TITLES else "admonition",
        "admonition": True,
        "attributes": Attributes(),
        "colons": 3,
        "closed": True,
        "titled": title is not None,
    }
    opening.map = [first, end]
    if title is None and name not in TITLES:
        title = name.capitalize()
    if title:
        token = state.push("inline", "", 0)
        token.content, token.children, token.map = title, [], [first, first + 1]
        at = match.start("title") if match["title"] else 4
        token.meta = {
            "column": state.bMarks[first] + state.tShift[first] - state.env["line_starts"][first] + at
        }
    _inside(state, first + 1, end)
    opening.map = [first, state.line]
    state.push("container_close", "", -1)
    return True


def _goes_on(state: StateBlock, line: int, end: int) -> bool:
    """Say whether indented lines follow, an empty one between at most."""
    while line < end and state.isEmpty(line):
        line += 1
    return line < end and state.sCount[line] >= state.blkIndent + 4


def _inside(state: StateBlock, first: int, end: int) -> None:
    last = first
    while last < end and (state.isEmpty(last) or state.sCount[last] >= state.blkIndent + 4):
        last += 1
    parent, frames = state.parentType, state.env["frames"]
    state.parentType, state.env["frames"] = "container", []
    state.blkIndent += 4
    state.md.block.tokenize(state, first, last)
    state.blkIndent -= 4
    state.parentType, state.env["frames"] = parent, frames
    state.line = last
