"""A document in which every style key is used once, each with a word by which it is found again."""

from __future__ import annotations

from octavo.tree import Document, build, nodes
from octavo.tree.semantics import StyleKey

S = StyleKey
_WORDS = (
    "runs over several lines so that the distance from one baseline to the next can be measured on the page and "
    "the place where the second line begins can be told from that of the first one without any doubt at all"
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


def _said(key: str, within: str = "") -> str:
    return f"{word(key, within)} {_WORDS}"


def probe_document() -> Document:
    """Return the document. Its contents stand at its end, so that a heading's word is first met in the heading."""
    deepest: nodes.Block = build.section(_said(S.HEADING_6), _said("deepest"))
    for level in (S.HEADING_5, S.HEADING_4, S.HEADING_3, S.HEADING_2):
        deepest = build.section(_said(level), _said("deeper"), deepest)
    return build.document(
        [build.group(str(key), _said(key), title=word(S.GROUP_TITLE, key)) for key in _GROUPS],
        build.section(_said(S.HEADING_1), _said(S.PARAGRAPH_FIRST), _said(S.PARAGRAPH), _blocks(), deepest),
        build.contents(title=_said(S.CONTENTS_TITLE)),
        title=_said(S.TITLE),
        subtitle=_said(S.SUBTITLE),
        authors=[build.author(word(S.BYLINE), affiliation=_WORDS)],
        publisher=word(S.MASTHEAD),
        series=word(S.MASTHEAD_SERIES),
        issue="7",
        short_title="Probe",
        date="2026-11-24",
        language="en-GB",
    )


def _blocks() -> list[nodes.Block]:
    note = build.footnote(_said(S.FOOTNOTE))
    shown = build.code_block(_said(S.CODE_BLOCK).replace(" so ", "\n"))
    return [
        build.quote(_said(S.QUOTE), by=_said(S.ATTRIBUTION)),
        build.pull_quote(_said(S.PULL_QUOTE)),
        build.bullets(_said(S.LIST_ITEM), _said("item")),
        build.definitions((_said(S.TERM), _said(S.DEFINITION))),
        build.figure(build.paragraph(_said(S.FIGURE)), _said(S.CAPTION), credit=_said(S.CREDIT)),
        build.table(
            [_said(S.TABLE_HEAD), "b"], [_said(S.TABLE_CELL), "c"], caption="d", notes=_said(S.TABLE_NOTE)
        ),
        shown,
        build.formula(word(S.FORMULA)),
        build.divider(),
        build.bibliography(_said(S.BIBLIOGRAPHY_ENTRY)),
        build.paragraph("Noted", note, "."),
    ]
