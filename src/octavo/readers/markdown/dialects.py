"""Small block rules for what other dialects write: verses, abbreviations, code in template tags, lists of contents.

Each is a line that CommonMark would take for text: Pandoc's line blocks, PHP Markdown Extra's abbreviations, the
`highlight` tags of Jekyll and Hugo, and Kramdown's `{:toc}`.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from octavo.readers.attributes import Attributes
from octavo.readers.markdown.block_rules import begins_with, text_of

_VERSE: Final = re.compile(r"\|(?:[ \t]|$)")
_DELIMITERS: Final = re.compile(r"\|[ \t]*:?-+:?[ \t]*(?:\||$)")
_ABBREVIATION: Final = re.compile(r"\*\[([^\]\n]+)\]:[ \t]*(\S.*)")
_HIGHLIGHT: Final = re.compile(
    r"(?:\{%-?[ \t]*highlight[ \t]+(?P<liquid>[\w+#.-]++).*?%\}"
    r"|\{\{<[ \t]*highlight[ \t]+\"?(?P<hugo>[\w+#.-]++).*?>\}\})[ \t]*$"
)
_HIGHLIGHT_END: Final = re.compile(
    r"(?:\{%-?[ \t]*endhighlight[ \t]*-?%\}|\{\{<[ \t]*/[ \t]*highlight[ \t]*>\}\})[ \t]*$"
)
_LATEX: Final = re.compile(
    r"\\\[|\\begin\{(?P<name>(?P<bare>equation|align|gather|multline|eqnarray|displaymath|alignat|flalign)\*?)\}"
)
_ALIGNED: Final = frozenset({"align", "eqnarray", "flalign"})
_CONTENTS: Final = re.compile(r"\{:[ \t]*toc(?:[ \t][^{}]*)?\}[ \t]*$")
_CONTENTS_ITEM: Final = re.compile(r"(?:[*+-]|\d+\.)[ \t]+\S")


def line_block(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read lines that each begin with a bar and a space; what is indented goes on with the line before it."""
    if (
        not begins_with(state, first, "|")
        or not _VERSE.match(text_of(state, first))
        or state.is_code_block(first)
    ):
        return False
    lines: list[str] = []
    last = first
    while last < end and not state.isEmpty(last) and state.sCount[last] >= state.blkIndent:
        text = text_of(state, last).rstrip()
        if _VERSE.match(text):
            if _DELIMITERS.match(text) or (text.endswith("|") and len(text) > 1):
                return False
            lines.append(_verse(text[2:]))
        elif state.sCount[last] > state.blkIndent and lines:
            lines[-1] += f"\n{text.lstrip()}"
        else:
            break
        last += 1
    if silent or not any(line.strip() for line in lines):
        return silent and bool(lines)
    _paragraph(state, first, last, "\\\n".join(lines))
    return True


def _verse(text: str) -> str:
    """Return a line whose indentation is kept."""
    bare = text.lstrip(" ")
    return "\u00a0" * (len(text) - len(bare)) + bare


def abbreviations(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read `*[HTML]: Hypertext Markup Language`, one or several lines, as a list of terms with their meaning."""
    if not state.src.startswith("*[", state.bMarks[first] + state.tShift[first]) or state.is_code_block(
        first
    ):
        return False
    found = []
    last = first
    while last < end and (match := _ABBREVIATION.match(text_of(state, last))):
        found.append((last, match))
        last += 1
    if not found:
        return False
    if silent:
        return True
    opening = state.push("dl_open", "dl", 1)
    opening.map = [first, last]
    for line, match in found:
        term = state.push("dt_open", "dt", 1)
        term.map = [line, line + 1]
        _inline(state, line, match[1], match.start(1))
        state.push("dt_close", "dt", -1)
        meaning = state.push("dd_open", "dd", 1)
        meaning.map = [line, line + 1]
        paragraph = state.push("paragraph_open", "p", 1)
        paragraph.map, paragraph.hidden = [line, line + 1], True
        _inline(state, line, match[2].rstrip(), match.start(2))
        state.push("paragraph_close", "p", -1).hidden = True
        state.push("dd_close", "dd", -1)
    state.push("dl_close", "dl", -1)
    state.line = last
    return True


def highlight(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read the code between a template's tags `highlight` and `endhighlight`."""
    if not begins_with(state, first, "{") or state.is_code_block(first):
        return False
    match = _HIGHLIGHT.match(text_of(state, first))
    if not match:
        return False
    if state.env.get("no_highlight_before") == end:
        return False
    last = next((at for at in range(first + 1, end) if _HIGHLIGHT_END.match(text_of(state, at))), None)
    if last is None:
        state.env["no_highlight_before"] = end
        return False
    if silent:
        return True
    token = state.push("fence", "code", 0)
    token.info, token.markup = match["liquid"] or match["hugo"], "{"
    token.content = state.getLines(first + 1, last, state.sCount[first], True)
    token.map, token.meta = [first, last + 1], {"closed": True}
    state.line = last + 1
    return True


def formula_in_latex(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    r"""Read `\[ … \]` and LaTeX's environments for formulas on lines of their own."""
    if not begins_with(state, first, "\\"):
        return False
    text = text_of(state, first)
    match = None if state.is_code_block(first) else _LATEX.match(text)
    if not match or state.env.get("no_latex_before") == (match["name"], end):
        return False
    closing = f"\\end{{{match['name']}}}" if match["name"] else "\\]"
    pieces = [text[match.end() :]]
    line = first
    while closing not in pieces[-1]:
        line += 1
        if line >= end or state.isEmpty(line):
            state.env["no_latex_before"] = (match["name"], end) if line >= end else None
            return False
        pieces.append(text_of(state, line))
    pieces[-1], _, rest = pieces[-1].partition(closing)
    source = "\n".join(pieces).strip()
    if rest.strip() or not source:
        return False
    if silent:
        return True
    kind = "aligned" if match["bare"] in _ALIGNED else "gathered" if match["bare"] == "gather" else ""
    token = state.push("formula", "", 0)
    token.content = f"\\begin{{{kind}}}\n{source}\n\\end{{{kind}}}" if kind else source
    token.meta, token.map = {"attributes": Attributes()}, [first, line + 1]
    state.line = line + 1
    return True


def contents(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read Kramdown's `* any words` over `{:toc}` as a table of contents."""
    if not begins_with(state, first, "{*+-0123456789"):
        return False
    at = first
    if _CONTENTS_ITEM.match(text_of(state, first)):
        at = first + 1
    if at >= end or not _CONTENTS.match(text_of(state, at)) or state.is_code_block(first):
        return False
    if silent:
        return True
    _paragraph(state, first, at + 1, "[TOC]")
    return True


def _paragraph(state: StateBlock, first: int, last: int, content: str) -> None:
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [first, last]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = content, [first, last], []
    state.push("paragraph_close", "p", -1)
    state.line = last


def _inline(state: StateBlock, line: int, content: str, at: int) -> Token:
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = content, [line, line + 1], []
    token.meta = {"column": state.bMarks[line] + state.tShift[line] - state.env["line_starts"][line] + at}
    return token
