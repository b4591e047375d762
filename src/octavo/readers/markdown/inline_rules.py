"""Inline rules of octavo's dialect for markdown-it: attributes, spans, references, formulas, notes, sup and sub."""

from __future__ import annotations

import re
from typing import Any, Final

from markdown_it import MarkdownIt, helpers
from markdown_it.common.utils import normalizeReference
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline, link

from octavo.readers.attributes import parse_attributes
from octavo.readers.markdown.inline_state import SIGNS, PlacedInline
from octavo.readers.markdown.joined_words import REFERENCE_KINDS, is_joined, without_joined

_NAME: Final = rf"(?:{'|'.join(REFERENCE_KINDS)})-\w++(?:[-:.]++\w++)*+"
_BARE_NAME: Final = rf"(?:{'|'.join(REFERENCE_KINDS)})-\w++(?:[-:]++\w++)*+"
_FORM: Final = r"(?:(?P<form>number|title|page):)?"
# Patterns of what many sources do not have stay text until they are needed.
_REFERENCE: Final = rf"@{_FORM}(?P<target>{_BARE_NAME})"
_DOMAIN: Final = r"\.[^\W_]"
"""What makes `name@fig-costs.example` an e-mail address."""
_BRACKETED: Final = rf"\[@{_FORM}(?P<target>{_NAME})\](?![(\[{{:])"
_MATH: Final = r"(?s)\$(?![\s$])((?:[^$\\]|\\.)*?[^\s\\$]|(?:[^$\\]|\\.)*?\\[^\s])\$(?!\d)"
_DISPLAY: Final = r"(?s)\$\$(?!\$)((?:[^$\\]|\\.)+)\$\$"
_PRICE: Final = r"(?s)\d(?:\S*+\s(?=.*?(?:^|\s)[^\W\d_]{2,}(?:\s|$))|.*\b(?:US|AU|CA|HK|NZ|NT|SG)$)"
_FORMULA_SIGNS: Final = r"[\\^_{}=]"
_BRACKETED_MATH: Final = r"\\\(((?:[^\\\n]|\\[^()\n]){1,1000}?)\\\)"
_RAISED: Final = r"\^((?:[^\s^\\]|\\.)+)\^"
_LOWERED: Final = r"~(?!~)((?:[^\s~\\]|\\.)+)~(?!~)"
_ATTRIBUTED: Final = frozenset({"image", "code_inline", "link_close", "span_close"})


_PLAIN_END: Final = re.compile(f"[{re.escape(SIGNS)}]")
_ADDRESS_LETTERS: Final = "HhFfWw"
_ADDRESS_START: Final = r"(?<![A-Za-z0-9])(?:https?://|ftp://|www\.)(?=[^\W_])"
_END_OR_ADDRESS: Final = re.compile(rf"{_PLAIN_END.pattern}|{_ADDRESS_START}", re.IGNORECASE)
_MAIL_START: Final = r"(?<![\w.+\-@/:])[A-Za-z0-9_.+\-]+@(?=[A-Za-z0-9])"
_END_OR_MAIL: Final = rf"(?i){_MAIL_START}|{_END_OR_ADDRESS.pattern}"
_MAIL: Final = rf"(?i){_MAIL_START}[A-Za-z0-9\-_]+(?:\.[A-Za-z0-9\-_]*[A-Za-z0-9])+(?![\w@/-]|:[^\s])"
"""An e-mail address without angle brackets (GitHub Flavored Markdown 0.29, 6.9)."""
_WIKI: Final = r"\[\[(?![\s^!])(?=[^\[\]|\n]*[^\W\d_])([^\[\]|\n]++)(?:\|([^\[\]\n]++))?\]\](?![(\[{:])"
_ADDRESS: Final = (
    rf"(?i){_ADDRESS_START}[\w.\-]*\.[^\W_][\w\-]*(?::\d+)?"
    r"(?:[/?\#](?:[^\s<>\"“”„«»‹›`|\[\]、。，；：！？（）【】《》「」]|\[\w*\](?==))*)?"
)
"""A bracket ends an address, for it may belong to a link or a note; `a[]=1` in a query goes on."""
_ADDRESS_TAIL: Final = frozenset("?!.,:;*_~'’")
_LONGEST_ENTITY: Final = 33
"""Letters of the longest that HTML 5 names, with its signs."""
_BRACKETS: Final = {")": "(", "]": "["}


def plain_text(state: StateInline, silent: bool) -> bool:
    """Take text up to what may be a mark, or an address."""
    ends = _PLAIN_END
    if isinstance(state, PlacedInline) and state.addressed and not state.linkLevel:
        ends = re.compile(_END_OR_MAIL) if state.mailed else _END_OR_ADDRESS
    end = ends.search(state.src, state.pos, state.posMax)
    to = end.start() if end else state.posMax
    if to == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : to])
    state.pos = to
    return True


def address(state: StateInline, silent: bool) -> bool:
    """Read an address without angle brackets as a link (GitHub Flavored Markdown 0.29, 6.9)."""
    if not isinstance(state, PlacedInline) or not state.addressed or state.linkLevel:
        return False
    may_be = state.src[state.pos] in _ADDRESS_LETTERS
    match = re.compile(_ADDRESS).match(state.src, state.pos, state.posMax) if may_be else None
    shown = _trimmed(match[0]) if match else ""
    mail = re.compile(_MAIL).match(state.src, state.pos, state.posMax) if state.mailed and not shown else None
    if mail:
        shown = mail[0]
    if not shown:
        return False
    if not silent:
        target = f"mailto:{shown}" if mail else shown if "://" in shown else f"http://{shown}"
        state.push("link_open", "a", 1).attrs = {"href": target}
        state.append_pending(shown)
        state.push("link_close", "a", -1)
    state.pos += len(shown)
    return True


def wiki_link(state: StateInline, silent: bool) -> bool:
    """Read `[[page]]` and `[[page|text]]`, where no definition of a link has that label."""
    src, pos = state.src, state.pos
    if (
        not src.startswith("[[", pos)
        or state.linkLevel
        or (pos and (src[pos - 1].isalnum() or src[pos - 1] in "!])"))
    ):
        return False
    match = re.compile(_WIKI).match(src, pos, state.posMax)
    if not match or normalizeReference(match[1]) in state.env.get("references", ()):
        return False
    if not silent:
        token = state.push("wiki_link", "", 0)
        token.content, token.meta["page"] = (match[2] or match[1]).strip(), match[1].strip()
    state.pos = match.end()
    return True


def _trimmed(found: str) -> str:
    """Return an address without what belongs to the sentence: punctuation, and a bracket that it does not open."""
    end = len(found)
    open_left = {close: found.count(close) - found.count(sign) for close, sign in _BRACKETS.items()}
    while end:
        last = found[end - 1]
        if last in _ADDRESS_TAIL:
            end = _entity_start(found, end) if last == ";" else end - 1
        elif open_left.get(last, 0) > 0:
            open_left[last] -= 1
            end -= 1
        else:
            break
    return found[:end]


def _entity_start(found: str, end: int) -> int:
    """Return where an entity begins that a semicolon ends; where the semicolon stands if it ends none."""
    start = found.rfind("&", max(0, end - _LONGEST_ENTITY), end)
    return start if start >= 0 and re.fullmatch(r"\w+", found[start + 1 : end - 1]) else end - 1


def lone_bracket(state: StateInline, silent: bool) -> bool:
    """Take a bracket as text where none closes any more; the rules for links would search in vain, at a cost."""
    src, pos = state.src, state.pos
    if src[pos] not in "[!^" or not (src[pos] == "[" or src.startswith("[", pos + 1)):
        return False
    if pos < state.env.get("last_bracket", {}).get(src, -1):
        return False
    last = src.rfind("]", pos)
    if last >= 0:
        state.env["last_bracket"] = {src: last}
        return False
    if not silent:
        state.append_pending(src[pos])
    state.pos += 1
    return True


class LinkHelpers:
    """markdown-it's helpers, of which one is replaced: what makes the label of a link end."""

    parseLinkDestination = staticmethod(helpers.parseLinkDestination)  # noqa: N815 (markdown-it's names)
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815

    @staticmethod
    def parseLinkLabel(state: StateInline, start: int, disable_nested: bool = False) -> int:  # noqa: N802
        """Return where a label ends, -1 where it does not, or where it holds a link.

        markdown-it takes whatever begins with a bracket for a link; here spans, notes and references do too.
        """
        before, level = state.pos, 1
        state.pos = start + 1
        while state.pos < state.posMax:
            marker, at = state.src[state.pos], state.pos
            if marker == "]":
                level -= 1
                if not level:
                    break
            state.md.inline.skipToken(state)
            if marker == "[" and state.pos == at + 1:
                level += 1
            elif marker == "[" and disable_nested and not _is_no_link(state.src[at : state.pos]):
                level = -1
                break
        end = state.pos if not level else -1
        state.pos = before
        return end


def _is_no_link(text: str) -> bool:
    return text.endswith("}") or bool(_NOTE.fullmatch(text) or re.fullmatch(_BRACKETED, text))


def placed_link(state: StateInline, silent: bool) -> bool:
    """Read a link as markdown-it does, and place it at its bracket."""
    at, count = state.pos, len(state.tokens)
    if not link(state, silent):
        return False
    if not silent:
        # Text that was pending has become a token of its own before the link.
        opening = state.tokens[count if state.tokens[count].type == "link_open" else count + 1]
        opening.meta["at"] = at
    return True


def attributes(state: StateInline, silent: bool) -> bool:
    """Read attributes that follow an image, code or a link at once."""
    if state.src[state.pos] != "{" or silent or state.pending or not state.tokens:
        return False
    if state.tokens[-1].type not in _ATTRIBUTED:
        return False
    parsed = parse_attributes(state.src, state.pos, state.posMax)
    if not parsed:
        return False
    state.push("attributes", "", 0).meta["attributes"] = parsed[0]
    state.pos = parsed[1]
    return True


def span(state: StateInline, silent: bool) -> bool:
    """Read `[text]{attributes}`."""
    if state.src[state.pos] != "[":
        return False
    start, end = state.pos, state.posMax
    label_end = parseLinkLabel(state, start, False)
    if label_end < 0:
        return False
    parsed = parse_attributes(state.src, label_end + 1, end)
    if not parsed:
        return False
    if not silent:
        state.push("span_open", "span", 1).meta["attributes"] = parsed[0]
        state.pos, state.posMax = start + 1, label_end
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    state.pos, state.posMax = parsed[1], end
    return True


def reference(state: StateInline, silent: bool) -> bool:
    """Read `@fig-costs`, `@page:fig-costs`, and both in brackets."""
    src, pos = state.src, state.pos
    if src[pos] == "@":
        before = src[pos - 1] if pos else " "
        joined = is_joined(before)
        if (before.isalnum() and not joined) or before in "_@/.-+":
            return False
        match = re.compile(_REFERENCE).match(src, pos, state.posMax)
        if match and joined and re.compile(_DOMAIN).match(src, match.end(), state.posMax):
            return False
    elif src.startswith("[@", pos):
        match = re.compile(_BRACKETED).match(src, pos, state.posMax)
    else:
        return False
    if not match:
        return False
    target = match["target"]
    whole = src[pos] == "[" or target.isascii()
    ended = target if whole else without_joined(target, state.env)
    if not silent:
        token = state.push("reference", "", 0)
        token.meta["target"], token.meta["form"] = ended, match["form"] or "number"
    state.pos = match.end() if whole else match.start("target") + len(ended)
    return True


def math(state: StateInline, silent: bool) -> bool:
    """Read `$x$` where it cannot be money, and `$$x$$`.

    Pandoc's rule: no space behind the opening sign, none before the closing one, no digit after it. Besides: no letter
    or digit before the opening sign (US$5), and nothing that begins like a price and goes on in words.
    """
    src, pos = state.src, state.pos
    if src[pos] != "$":
        return False
    display = src.startswith("$$", pos)
    if not display and pos and src[pos - 1].isalnum():
        return False
    match = re.compile(_DISPLAY if display else _MATH).match(src, pos, state.posMax)
    if not match or not match[1].strip():
        if display and not silent:
            state.append_pending("$$")
        if display:
            state.pos += 2
        return display
    content = match[1]
    if not display and re.match(_PRICE, content) and not re.search(_FORMULA_SIGNS, content):
        return False
    if not silent:
        state.push("math", "", 0).content = content.strip()
    state.pos = match.end()
    return True


def math_in_brackets(state: StateInline, silent: bool) -> bool:
    r"""Read `\( … \)` where what stands in it is a formula; a bracket with a backslash may be just a bracket."""
    if not state.src.startswith("\\(", state.pos):
        return False
    match = re.compile(_BRACKETED_MATH).match(state.src, state.pos, state.posMax)
    if not match or not (set(match[1]) & set("\\^_{}=") or len(match[1].strip()) == 1):
        return False
    if not silent:
        state.push("math", "", 0).content = match[1].strip()
    state.pos = match.end()
    return True


def _wrapped(state: StateInline, silent: bool, match: re.Match[str] | None, name: str) -> bool:
    if not match:
        return False
    if not silent:
        end = state.posMax
        state.push(f"{name}_open", name, 1)
        state.pos, state.posMax = match.start(1), match.end(1)
        state.env["raised"] = state.env.get("raised", 0) + 1
        state.md.inline.tokenize(state)
        state.env["raised"] -= 1
        state.push(f"{name}_close", name, -1)
        state.posMax = end
    state.pos = match.end()
    return True


def superscript(state: StateInline, silent: bool) -> bool:
    """Read `^text^`, without a space in it unless that is escaped."""
    if state.src[state.pos] != "^":
        return False
    return _wrapped(state, silent, re.compile(_RAISED).match(state.src, state.pos, state.posMax), "sup")


def subscript(state: StateInline, silent: bool) -> bool:
    """Read `~text~`, without a space in it unless that is escaped."""
    if state.src[state.pos] != "~" or (state.pos and state.src[state.pos - 1] == "~"):
        return False
    return _wrapped(state, silent, re.compile(_LOWERED).match(state.src, state.pos, state.posMax), "sub")


def inline_note(state: StateInline, silent: bool) -> bool:
    """Read `^[text of the note]`."""
    pos = state.pos
    if not state.src.startswith("^[", pos):
        return False
    label_end = parseLinkLabel(state, pos + 1)
    if label_end < 0:
        return False
    if not silent:
        content = state.src[pos + 2 : label_end]
        children: list[Any] = []
        state.md.inline.parse(content, state.md, state.env, children)
        token = state.push("inline_note", "", 0)
        token.content, token.children = content, children
    state.pos = label_end + 1
    return True


def note_mark(state: StateInline, silent: bool) -> bool:
    """Read `[^label]`, whether it is defined or not."""
    match = _NOTE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("note", "", 0).content = match[1]
    state.pos = match.end()
    return True


_NOTE: Final = re.compile(r"\[\^([^\s\]\[^]+)\]")


def escaped_space(state: StateInline, silent: bool) -> bool:
    """Read a backslash and a space as a space that does not break, in superscripts and subscripts only."""
    if not state.env.get("raised") or not state.src.startswith("\\ ", state.pos):
        return False
    if not silent:
        state.push("text_special", "", 0).content = "\u00a0"
    state.pos += 2
    return True


def add_inline_rules(parser: MarkdownIt) -> None:
    """Put the rules of this module among markdown-it's."""
    ruler = parser.inline.ruler
    ruler.at("link", placed_link)
    ruler.at("text", plain_text)
    ruler.after("text", "address", address)
    ruler.after("address", "lone_bracket", lone_bracket)
    ruler.before("escape", "escaped_space", escaped_space)
    ruler.before("escape", "math_in_brackets", math_in_brackets)
    ruler.before("link", "note_mark", note_mark)
    ruler.before("link", "wiki_link", wiki_link)
    ruler.before("link", "reference", reference)
    ruler.after("link", "span", span)
    ruler.after("image", "inline_note", inline_note)
    ruler.push("superscript", superscript)
    ruler.push("subscript", subscript)
    ruler.push("math", math)
    ruler.push("attributes", attributes)
