"""A document in which every style key is used once, each with a word by which it is found again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from octavo.tree import Document, build, nodes
from octavo.tree.semantics import MarkKey, StyleKey

S, M = StyleKey, MarkKey
_DIGITS: Final = "17902365"
_FIGURES: Final = "1790 and 2365"
_SHORT: Final = f"runs over several lines in {_FIGURES}, so that their distance can be measured"
_NARROW: Final = f"{_SHORT} notwithstanding consequences"
_WORDS: Final = (
    f"runs over several lines in {_FIGURES}, so that the distance from one baseline to the next can be measured; "
    "internationalisation, telecommunications, misrepresentations, characteristically incomprehensible "
    "responsibilities and unenthusiastic acknowledgements are divided where a theme lets words be divided, "
    "notwithstanding disproportionately counterproductive consequences"
)
_GROUPS = (S.LEAD, S.ABSTRACT, S.KEY_POINTS, S.RECOMMENDATIONS, S.AUTHOR_NOTE, S.NOTICE, S.CASE)


def word(key: str, within: str = "") -> str:
    """Return the word that marks a key's text: letters alone, and few, so that no line breaks in it."""
    return (
        f"qz{within}{key}".replace("masthead", "mh")
        .replace("-", "")
        .translate(str.maketrans("123456", "abcdef"))
        + "zq"
    )


MARK_TEXTS: Final[Mapping[MarkKey, str]] = {
    **{mark: word(mark) for mark in MarkKey},
    M.GROUP_LABEL: word(S.GROUP_TITLE, S.AUTHOR_NOTE),
    M.AFFILIATION: "qzaffiliatedzq",
    M.FOOTNOTE_MARK: "1",
    M.CODE_KEYWORD: "def",
    M.CODE_NUMBER: "74107",
}
"""The text by which each mark is found; the number of a section and of a caption, and a bullet, have none."""
LONG: Final = "long"
"""Marks a paragraph that fills more than a page."""
_NEXT: Final = "qznextzq"
"""A word that ends what is read of the block before it."""
HELD: Final = (S.PARAGRAPH, S.LIST_ITEM, S.GROUP_TITLE)
"""What every group holds, beside the first paragraph."""


COUNTED: Final = "ways"
DEPTHS: Final = ("a", "b", "c", "d", "e", "f")
"""Mark the items of ordered lists in one another."""
FIRST: Final[Mapping[str, nodes.ListMarker]] = {
    "1": nodes.ListMarker.DECIMAL,
    "a": nodes.ListMarker.LOWER_ALPHA,
    "A": nodes.ListMarker.UPPER_ALPHA,
    "i": nodes.ListMarker.LOWER_ROMAN,
    "I": nodes.ListMarker.UPPER_ROMAN,
}
"""How a list counts, by what it calls the first of its items."""
OPENING: Final = "opening"
"""Stands for the text after a heading, which begins with a capital letter."""


def ways(firsts: Iterable[str]) -> str:
    """Return how ordered lists count, the outermost first, until they come again; their first items tell."""
    return ", ".join(dict.fromkeys(FIRST[each] for each in firsts if each in FIRST))


def _said(key: str, within: str = "") -> str:
    return f"{word(key, within)} {_WORDS}"


def _opened(key: str) -> str:
    return f"{word(key, OPENING).capitalize()} {f'{_WORDS} ' * 3}"


def _titled(key: str) -> str:
    """Return words of the title block, which leave room on its page."""
    return f"{word(key)} {_SHORT}"


def _label(key: str) -> str:
    """Return the title of a group; what runs into the text is short, so that the word after it stands on its line."""
    said = word(S.GROUP_TITLE, key)
    return said if key == S.AUTHOR_NOTE else f"{said} {_FIGURES}"


def _short(key: str, within: str) -> str:
    """Return words that stand on a line."""
    return f"{word(key, within)} {_FIGURES}"


def _narrow(key: str, within: str = "") -> str:
    """Return words that find room in the margin's column too."""
    return f"{word(key, within)} {_NARROW}"


def probe_document() -> Document:
    """Return the document. Its contents stand at its end, so that a heading's word is first met in the heading."""
    deepest: nodes.Block = build.section(_said(S.HEADING_6), _opened(S.HEADING_6))
    for level in (S.HEADING_5, S.HEADING_4, S.HEADING_3, S.HEADING_2):
        deepest = build.section(_said(level), _opened(level), deepest)
    return build.document(
        [build.group(str(key), _said(key), title=_label(key)) for key in _GROUPS],
        build.section(
            _said(S.HEADING_1),
            _opened(S.HEADING_1),
            build.divider(),
            _said(S.PARAGRAPH_FIRST),
            _said(S.PARAGRAPH),
            _blocks(),
            deepest,
        ),
        [
            build.group(
                str(key), _NEXT, _said(S.PARAGRAPH, key), build.bullets(_said(S.LIST_ITEM, key)), title=_NEXT
            )
            for key in _GROUPS
        ],
        build.contents(title=_said(S.CONTENTS_TITLE)),
        build.paragraph(_short(S.VERSE, ""), nodes.LineBreak(), _FIGURES),
        build.paragraph(f"{word(LONG)} {f'{_WORDS} ' * 40}"),
        # Where the last page would hold a few lines, all pages run a line longer; not before one that is forced.
        build.page_break(),
        build.paragraph(_NEXT),
        _counted(0),
        title=_titled(S.TITLE),
        subtitle=_titled(S.SUBTITLE),
        authors=[build.author(word(S.BYLINE), affiliation=f"{MARK_TEXTS[M.AFFILIATION]} {_SHORT}")],
        publisher=f"{word(S.MASTHEAD)} 17",
        series=f"{word(S.MASTHEAD_SERIES)} 17",
        issue="7",
        short_title=f"Probe {_FIGURES}",
        date="2026-11-24",
        language="en-GB",
    )


def _blocks() -> list[nodes.Block]:
    note = build.footnote(f"{_said(S.FOOTNOTE)} {_WORDS}")
    shown = f"{word(S.CODE_BLOCK)} is shown\nas it is typed in {_FIGURES}\nwith lines of its own"
    return [
        build.quote(_said(S.QUOTE), by=_said(S.ATTRIBUTION)),
        build.pull_quote(_narrow(S.PULL_QUOTE)),
        build.paragraph(_NEXT),
        build.pull_quote(_NEXT, by=_said(S.ATTRIBUTION, S.PULL_QUOTE)),
        build.bullets(_said(S.LIST_ITEM), _said("item")),
        build.numbered(word("counted"), _NEXT),
        build.definitions((_said(S.TERM), _said(S.DEFINITION))),
        build.figure(
            build.paragraph(_said(S.FIGURE)), _narrow(S.CAPTION, S.FIGURE), credit=_said(S.CREDIT, S.FIGURE)
        ),
        build.table(
            [_said(S.TABLE_HEAD), _NEXT],
            [_said(S.TABLE_CELL), _NEXT],
            [_NEXT, _NEXT],
            caption=_short(S.CAPTION, S.TABLE),
            notes=_said(S.TABLE_NOTE),
        ),
        build.code_block(shown, caption=_short(S.CAPTION, S.CODE_BLOCK)),
        build.formula(rf"\text{{{word(S.FORMULA)}}}"),
        build.bibliography(_said(S.BIBLIOGRAPHY_ENTRY)),
        build.paragraph(f"{_NEXT} noted", note, "."),
        *_marked(),
    ]


def _counted(depth: int) -> nodes.List:
    """Return ordered lists in one another, so many that their ways to count come again."""
    deeper = [_counted(depth + 1)] if depth < len(nodes.ListMarker) else []
    return build.numbered([build.paragraph(word(COUNTED, DEPTHS[depth])), *deeper])


def _marked() -> list[nodes.Block]:
    """Return text with every mark that has a node, and code in which a highlighter finds every kind."""
    said = {mark: f"{text}{_DIGITS}" if text.startswith("qz") else text for mark, text in MARK_TEXTS.items()}
    python = (
        f"def {said[M.CODE_NAME]}():  # {said[M.CODE_COMMENT]}\n"
        f'    return "{said[M.CODE_STRING]}", {said[M.CODE_NUMBER]}'
    )
    marked = (
        build.emphasis(said[M.EMPHASIS]), build.strong(said[M.STRONG]), build.small_caps(said[M.SMALL_CAPS]),
        build.superscript(said[M.SUPERSCRIPT]), build.subscript(said[M.SUBSCRIPT]), build.deleted(said[M.DELETED]),
        build.code(said[M.CODE]), build.link("https://example.org/", said[M.LINK]),
    )  # fmt: skip
    return [
        *(build.paragraph(f"{_NEXT} marked: ", each, ".") for each in marked),
        build.code_block(python, "python"),
        build.code_block(f"+{said[M.CODE_ADDED]}\n-{said[M.CODE_REMOVED]}", "diff"),
    ]  # fmt: skip
