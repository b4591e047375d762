"""Headings as what reference links name: `[Creating a PDF]` and `[that chapter][Creating a PDF]` lead there (Pandoc).

A definition of that label in the source wins. A heading of one word is named only by those who write for Pandoc, for
others put many a word in brackets and mean no link by it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

_MARKUP: Final = re.compile(r"[\[\]<>{}]")


def add_headings(tokens: Sequence[Token], references: dict[str, dict[str, Any]], *, single: bool) -> None:
    """Add the headings of a source to its link definitions; `single` ones too, of one word.

    Titles that stand over several headings name none of them, unless they have ids.
    """
    found: dict[str, str] = {}
    for opening, inner in pairwise(tokens):
        if opening.type != "heading_open" or _MARKUP.search(inner.content):
            continue
        title = inner.content.strip()
        label = normalizeReference(title)
        said = opening.meta["attributes"].id
        anchor = said or "-".join(re.findall(r"\w+", title.lower()))
        if label in found and not said:
            found[label] = ""
        elif anchor and (single or " " in title):
            found.setdefault(label, anchor)
    for label, anchor in found.items():
        if anchor and label not in references:
            references[label] = {"title": "", "href": f"#{anchor}", "heading": True}
