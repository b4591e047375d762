"""Lists of works: the paragraphs of a section of references."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from octavo.tree.nodes import Bibliography, Block, Entry, Image, Inline, Paragraph, SectionRole
from octavo.tree.walk import plain_text, walk

_TITLE: Final = re.compile(
    r"(?:list of |selected |cited )?(?:references|bibliography|works cited|literature)(?: cited)?|further reading"
    r"|literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|r[ée]f[ée]rences(?: bibliographiques)?|bibliographie"
    r"|bibliograf[íi]a|referencias(?: bibliogr[áa]ficas)?|refer[êe]ncias(?: bibliogr[áa]ficas)?|literatuur|litteratur"
    r"|kirjallisuus|literatura|bibliografie",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\b(?:1[5-9]|20)\d\d[a-z]?\b|\bn\.\s?d\.|\bo\.\s?J\.")
_SHARE: Final = 0.6
"""How many paragraphs under such a title name a year, at least, where they are works."""


def works_of(title: tuple[Inline, ...], role: SectionRole, content: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return what stands in a section, its works as a bibliography: two or more paragraphs in a row. The section's role
    says that it holds works, or its title and the years in its paragraphs do."""
    if role is not SectionRole.REFERENCES and not (
        role is SectionRole.BODY and _TITLE.fullmatch(plain_text(title).strip()) and _name_years(content)
    ):
        return content
    made: list[Block] = []
    for are_works, run in groupby(content, _may_be_work):
        blocks = list(run)
        if are_works and len(blocks) > 1:
            made.append(Bibliography(entries=tuple(map(_entry, blocks)), position=blocks[0].position))
        else:
            made += blocks
    return tuple(made)


def _may_be_work(block: Block) -> bool:
    """Tell whether a block is a paragraph that leads to nothing and shows more than an image."""
    if not isinstance(block, Paragraph) or not block.content:
        return False
    text = plain_text(block.content).strip()
    return bool(text) and not text.endswith(":") and not any(isinstance(each, Image) for each in walk(block))


def _name_years(content: Sequence[Block]) -> bool:
    found = [bool(_YEAR.search(plain_text(each.content))) for each in content if isinstance(each, Paragraph)]
    return len(found) > 1 and sum(found) >= _SHARE * len(found)


def _entry(block: Block) -> Entry:
    assert isinstance(block, Paragraph)
    return Entry(content=block.content, id=block.id, language=block.language, position=block.position)
