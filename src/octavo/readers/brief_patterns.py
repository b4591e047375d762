"""What a plain-text brief gives away by its words: titles, remnants of a web page, a note about the author."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from octavo.readers.brief_passages import LONGEST_TITLE
from octavo.tree.nodes import SectionRole

_LONGEST_REMNANT: Final = 200
_LONGEST_GENERIC_TITLE: Final = 80

_REMNANT: Final = re.compile(
    r"\b(?:stay (?:informed|tuned|up to date|connected)|subscribe|sign up|newsletter|mailing list|follow us"
    r"|latest (?:news|updates|publications)|share (?:this|on)|print this|download (?:the )?pdf|read more|click here"
    r"|cookies?|back to (?:top|list)|skip to (?:main )?content|all rights reserved|log ?in"
    r"|related (?:articles|posts))\b|©",
    re.IGNORECASE,
)
_INITIALS: Final = re.compile(r"(?:\b\w\.){2,}$|\b(?:Inc|Ltd|Co|etc|al|vs)\.$")
_LABELS: Final = re.compile(
    r"(?:key (?:points|findings|takeaways|messages|insights|judge?ments)|(?:executive )?summary|highlights|at a glance"
    r"|in brief|main points|takeaways)\s*:?$",
    re.IGNORECASE,
)
_ABOUT_AUTHOR: Final = re.compile(r"about the (?:authors?|contributors?|writers?)\s*:?$", re.IGNORECASE)
_RANK: Final = (
    r"(?:Dr|Prof|Professor|Mr|Mrs|Ms|Amb|Ambassador|Gen|General|Col|Colonel|Sir|Dame|Hon|Rev|Judge|Senator|Sen)"
    r"\.?\s+"
)
_NAME: Final = (
    r"[^\W\d_a-z][\w.'’-]*(?:,?\s+(?:[^\W\d_a-z][\w.'’-]*|de|del|della|van|von|der|den|bin|al|la|le)){1,5}"
)
_AUTHOR: Final = re.compile(
    rf"(?:The author,?\s+)?(?:{_RANK})*{_NAME}(?:\s*\([^)]{{1,80}}\))?(?:,[^,.]{{1,80}},)?\s+"
    r"(?:is|are|was|serves|works|teaches|has been|holds|joined)\b"
)
_TITLED_AUTHOR: Final = re.compile(rf"(?:The author\b|{_RANK}[^\W\d_a-z])")
_CALLING: Final = re.compile(
    r"\b(?:professor|lecturer|fellow|researcher|research\w*|scholar|scientist|director|head|president|dean|chair\w*|analyst"
    r"|economist|historian|ambassador|diplomat|minister|secretary|editor|author|writer|journalist|correspondent|columnist"
    r"|adviser|advisor|consultant|expert|specialist|student|candidate|Ph\.?D|lawyer|attorney|officer|manager|coordinator"
    r"|founder|member|teaches|institute|university)\b",
    re.IGNORECASE,
)
_PRONOUN: Final = re.compile(r"(?:He|She|They|His|Her|Their|Dr\.|Prof\.|Contact|E-?mail)\b")
_ROLES: Final[Mapping[str, SectionRole]] = {
    "introduction": SectionRole.INTRODUCTION,
    "conclusion": SectionRole.CONCLUSION,
    "conclusions": SectionRole.CONCLUSION,
    "concluding": SectionRole.CONCLUSION,
    "notes": SectionRole.NOTES,
    "endnotes": SectionRole.NOTES,
    "references": SectionRole.REFERENCES,
    "bibliography": SectionRole.REFERENCES,
    "acknowledgments": SectionRole.ACKNOWLEDGMENTS,
    "acknowledgements": SectionRole.ACKNOWLEDGMENTS,
    "appendix": SectionRole.APPENDIX,
    "annex": SectionRole.APPENDIX,
}
_LONE_TITLES: Final = frozenset(
    {*_ROLES, "background", "recommendations", "policy recommendations", "implications"}
)
_NAMED_ROLE: Final = re.compile(r"(\w+)(?:\s*$|\s*[:.,—–-]|\s+(?:and|&)\s|\s+[A-Z0-9]\b)")


def is_remnant(text: str) -> bool:
    """Tell whether words belong to the web page around the text."""
    return len(text) <= _LONGEST_REMNANT and bool(_REMNANT.search(text))


def is_list_label(text: str) -> bool:
    """Tell whether words announce the key points."""
    return bool(_LABELS.match(text))


def is_author_title(text: str) -> bool:
    """Tell whether words are the title of a note about the author."""
    return bool(_ABOUT_AUTHOR.match(text))


def is_about_author(text: str) -> bool:
    """Tell whether a paragraph says who somebody is: a name, a verb, and a calling, all near its start."""
    start = text[:300]
    named = _AUTHOR.match(start) or (
        _TITLED_AUTHOR.match(start) and re.search(r"\b(?:is|was|holds)\b", start)
    )
    return bool(named and _CALLING.search(start))


def goes_on_about_author(text: str) -> bool:
    """Tell whether a paragraph may go on with what was said of somebody."""
    return bool(_PRONOUN.match(text))


def is_short_title(text: str) -> bool:
    """Tell whether words may be a title: short, not starting small, without a full stop but that of initials."""
    if len(text) > LONGEST_TITLE or text[:1].islower() or not any(each.isalnum() for each in text):
        return False
    return not text.endswith((".", ":", ";", ",", "…")) or bool(_INITIALS.search(text))


def is_capital_title(text: str) -> bool:
    """Tell whether a line is a title because it is all in capitals; scripts without capitals have none."""
    return is_short_title(text) and text.isupper() and sum(each.isalpha() for each in text) >= 4


def is_lone_title(text: str) -> bool:
    """Tell whether a line is one of the titles that everybody uses."""
    return text.lower().rstrip(":") in _LONE_TITLES


def is_generic_title(text: str) -> bool:
    """Tell whether a line that stands alone reads as a title."""
    starts = text[:1].isupper() or text[:1].isdigit() or text[:1] in "\"“‘'"
    return len(text) <= _LONGEST_GENERIC_TITLE and is_short_title(text) and starts


def role_of(title: str) -> SectionRole:
    """Return the role that a section's title names: "Conclusion and prospect", "Appendix A", "References"."""
    match = _NAMED_ROLE.match(title)
    return _ROLES.get(match.group(1).lower(), SectionRole.BODY) if match else SectionRole.BODY
