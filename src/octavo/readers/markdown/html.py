"""Raw HTML: which tags are nodes of the tree, which pair up, and what is read in a block of HTML.

Tags that mean something in text become nodes where they pair up; of all others the text is kept and the tag reported.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import msgspec
from markdown_it.token import Token

from octavo.tree.nodes import (
    Code,
    Deleted,
    Emphasis,
    Quoted,
    Strong,
    Subscript,
    Superscript,
)

SIMPLE: Final[Mapping[str, Callable[..., Any]]] = {
    "sup": Superscript,
    "sub": Subscript,
    "em": Emphasis,
    "i": Emphasis,
    "cite": Emphasis,
    "dfn": Emphasis,
    "var": Emphasis,
    "strong": Strong,
    "b": Strong,
    "del": Deleted,
    "s": Deleted,
    "strike": Deleted,
    "q": Quoted,
}
"""Tags that are a node with content."""

CODES: Final = frozenset({"code", "kbd", "samp", "tt"})
PAIRED: Final = frozenset({*SIMPLE, *CODES, "a", "span"})
_BLOCK_NAMES: Final = """
address article aside blockquote body center dd details dialog dir div dl dt fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol
option p pre search section summary table tbody td tfoot th thead tr ul caption col colgroup iframe
head title base link meta
"""
BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
"""Tags that end a line of text."""
DIVIDING: Final = BLOCKS - {"iframe", "form", "option", "link", "meta", "base"}
"""Tags that divide a page, and show nothing of their own."""

_OTHER_NAMES: Final = """
a abbr acronym applet area audio b base basefont bdi bdo bgsound big blink br button canvas circle cite code data
datalist del dfn em embed font frame frameset g i image img input ins kbd keygen label line map mark marquee math meter
nobr noframes noscript object output param path picture polygon progress q rb rbc rect rp rt rtc ruby s samp script
select slot small source span strike strong style sub sup svg template text textarea title track tt u use var video wbr
xmp
"""
KNOWN: Final = frozenset({*BLOCKS, *_OTHER_NAMES.split()})
"""Elements of HTML, those of earlier days too, and the usual ones of what stands in it."""

# Patterns of what most sources do not have; they stay text until they are needed.
_TAG: Final = (
    r"""(?s)<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)(?P<rest>(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>"""
)
_ATTRIBUTE: Final = r"""(?s)([A-Za-z_:][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?"""
_PIECES: Final = r"""(?six)(?P<comment><!--(?:>|->|.*?-->|.*\Z))
      | (?P<hidden><(?P<what>script|style|template)\b[^>]*>.*?(?:</(?P=what)\s*>|\Z))
      | (?P<odd><\?.*?\?>|<!\[CDATA\[.*?\]\]>|<![A-Za-z][^>]*>)
      | (?P<tag></?[A-Za-z][A-Za-z0-9-]*+(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>)"""

_ENDS: Final = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>", "<": ">"}
"""What ends that which begins so; comments end with the text where nothing else ends them."""


class Tag(msgspec.Struct, frozen=True):
    """One tag as it stands in the source; the name is in lower case."""

    name: str
    closing: bool
    attributes: Mapping[str, str]


def tag_of(text: str) -> Tag | None:
    """Return the tag, None for comments, declarations and instructions."""
    match = re.match(_TAG, text)
    if not match:
        return None
    close, name, rest = match.groups()
    attributes: dict[str, str] = {}
    if rest and not rest.isspace():
        for one in re.finditer(_ATTRIBUTE, rest):
            key, *values = one.groups()
            attributes[key.lower()] = html.unescape(next((each for each in values if each is not None), ""))
    return Tag(name.lower(), bool(close), attributes)


def is_placeholder(tag: Tag, text: str) -> bool:
    """Tell whether what looks like a tag may be words in angle brackets, as `<your name>`: HTML has no such element,
    and it says nothing of one."""
    return not (tag.closing or tag.name in KNOWN or "=" in text or text.endswith("/>"))


def pairs(tokens: list[Token]) -> dict[int, Tag]:
    """Return the tags that pair up, by the index of their token.

    A pair holds whole Markdown elements: `*<b>x*</b>` is none.
    """
    found: dict[int, Tag] = {}
    stack: list[tuple[str, int, Tag | None]] = []
    for index, token in enumerate(tokens):
        if token.nesting == 1:
            stack.append(("", index, None))
        elif token.nesting == -1:
            while stack and stack.pop()[0]:
                pass
        elif token.type == "html_inline":
            tag = tag_of(token.content)
            if tag is None or tag.name not in PAIRED:
                continue
            if not tag.closing:
                stack.append((tag.name, index, tag if _has_meaning(tag) else None))
                continue
            depth = len(stack) - 1
            while depth >= 0 and stack[depth][0] not in ("", tag.name):
                depth -= 1
            if depth >= 0 and stack[depth][0]:
                _, start, opening = stack[depth]
                del stack[depth:]
                if opening is not None:
                    found[start], found[index] = opening, tag
    return found


_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {"a": ("href", "id", "name"), "span": ("lang", "id")}


def _has_meaning(tag: Tag) -> bool:
    needed = _NEEDED.get(tag.name)
    return needed is None or any(tag.attributes.get(each) for each in needed)


def anchor_of(tag: Tag) -> str:
    """Return the anchor that a tag sets; `name` on `a` is how it was written before HTML 5."""
    return tag.attributes.get("id") or (tag.attributes.get("name", "") if tag.name == "a" else "")


def pieces(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield the parts of a block of HTML as (kind, offset, text): text, tag, comment, hidden, odd."""
    at = start = 0
    pattern = re.compile(_PIECES)
    # What nothing closes is looked for once, and not from each place where it might begin.
    ends = {sign: text.rfind(end) for sign, end in _ENDS.items()}
    while (start := text.find("<", start)) >= 0:
        sign = next(sign for sign in _ENDS if text.startswith(sign, start))
        match = pattern.match(text, start) if ends[sign] > start or sign == "<!--" else None
        if match is None:
            start += 1
            continue
        if start > at:
            yield "text", at, text[at:start]
        yield match.lastgroup if match.lastgroup != "what" else "hidden", start, match.group()  # type: ignore[misc]
        at = start = match.end()
    if at < len(text):
        yield "text", at, text[at:]


def plain_code(nodes: tuple[Any, ...]) -> Code:
    """Return the code that a code tag holds: the characters of its nodes."""
    from octavo.tree.walk import plain_text

    return Code(text=plain_text(nodes))
