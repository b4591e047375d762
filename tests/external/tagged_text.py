"""What a tagged PDF file says, by its tag tree: headings with levels, notes, and paragraphs without their notes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

BLOCKS = re.compile(r"P|H[1-6]?|Caption|LBody|TD|TH")
_TAG = re.compile(r"( *)([A-Za-z][A-Za-z0-9]*)(?::| .*)?$")
_TEXT = re.compile(r'( *)"(.*)"$', re.DOTALL)


@dataclass(slots=True)
class Tagged:
    """The text of a tag tree: (level, letters) of headings, what notes read, and all other paragraphs."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    tag: str
    depth: int
    texts: list[str] = field(default_factory=list)


def read(struct_text: str) -> Tagged:
    """Read what `pdfinfo -struct-text` prints."""
    found = Tagged()
    stack: list[_Open] = []
    for line in struct_text.split("\n"):
        text = _TEXT.match(line)
        if text:
            while stack and stack[-1].depth >= len(text.group(1)):
                _close(stack.pop(), found)
            if not any(each.tag == "Lbl" for each in stack):
                _say(text.group(2), stack)
            continue
        tag = _TAG.match(line)
        if tag is None or line.strip().startswith("/"):
            continue
        depth = len(tag.group(1))
        while stack and stack[-1].depth >= depth:
            _close(stack.pop(), found)
        stack.append(_Open(tag.group(2), depth))
    while stack:
        _close(stack.pop(), found)
    return found


def _say(text: str, stack: list[_Open]) -> None:
    """Give text to its note, and else to the innermost block around it."""
    for each in reversed(stack):
        if each.tag in ("Note", "FENote"):
            each.texts.append(text)
            return
    for each in reversed(stack):
        if BLOCKS.fullmatch(each.tag):
            each.texts.append(text)
            return


def _close(done: _Open, found: Tagged) -> None:
    text = "".join(done.texts)
    if not letters(text):
        return
    if done.tag in ("Note", "FENote"):
        found.notes.append(text)
    elif re.fullmatch(r"H[1-6]", done.tag):
        found.headings.append((int(done.tag[1]), letters(text)))
    else:
        found.paragraphs.append(text)


def letters(text: str) -> str:
    """Return the letters of a text: without case, ligatures, hyphens, figures and marks."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold()
    return re.sub(r"[\W\d_]+", "", plain)
