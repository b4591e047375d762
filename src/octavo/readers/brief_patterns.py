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
_NAVIGATION: Final = re.compile(
    r"(?:main |toggle )?(?:menu|navigation)|home|search|close|share|print|contact(?: us)?|about(?: us)?|"
    r"menü|startseite|suche|teilen|drucken|accueil|rechercher|partager|imprimer|inicio|buscar|compartir|imprimir"
    r"|cerca|condividi|stampa|(?:home|startseite|accueil|inicio)(?: *+[>›»/|] *+[^>›»/|]{1,60}+)++",
    re.IGNORECASE,
)
"""A line of nothing but this leads through a web page: a button, or the way to the page."""
_INITIALS: Final = re.compile(r"\b\w\.\b\w\.$|\b(?:Inc|Ltd|Co|etc|al|vs)\.$")
_LABELS: Final = re.compile(
    r"(?:key (?:points|findings|takeaways|messages|insights|judge?ments)|(?:executive )?summary|highlights|at a glance"
    r"|in brief|main points|takeaways"
    r"|kernpunkte|kernaussagen|das wichtigste in kürze|auf einen blick|(?:kurz|zusammen)fassung"
    r"|(?:points|messages) clés|points essentiels|l['’]essentiel|en bref|à retenir|résumé"
    r"|(?:puntos|ideas|mensajes) claves?|resumen(?: ejecutivo)?|punti chiave|in (?:breve|sintesi)|pontos-chave|resumo"
    r"|핵심 ?(?:요약|내용)|주요 ?내용|요약)\s*:?$",
    re.IGNORECASE,
)
_ABOUT_AUTHOR: Final = re.compile(
    r"(?:about the (?:authors?|contributors?|writers?)|zu[rm] (?:autor(?:in)?|person)"
    r"|über (?:den|die) autor(?:in|en|innen)?"
    r"|(?:à propos de )?l['’]aut(?:eure?|rice)|(?:à propos des|les) auteurs|sobre (?:el autor|la autora|los autores)"
    r"|l['’]autore|l['’]autrice|저자 ?소개)\s*(?::|$)",
    re.IGNORECASE,
)
_FOREIGN_AUTHOR: Final = re.compile(
    r"(?:Der Autor|Die Autorin|L['’]aut(?:eure?|rice|ore)|Les auteurs|El autor|La autora|Los autores)\s"
    r"(?:ist|sind|est|sont|es|son|è)\s"
)
_ROMAN: Final = re.compile(r"(?=[IVX])(?P<tens>X{0,2})(?P<ones>IX|IV|V?I{0,3})[.)]\s+(?=\S)")
_ROMAN_ONES: Final = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
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
_BYLINE: Final = re.compile(rf"(?:[Bb]y|Von|Par|Por|Di|Door)\s+(?:{_RANK})*{_NAME}")
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
    if len(text) > _LONGEST_REMNANT:
        return False
    return bool(_REMNANT.search(text) or _NAVIGATION.fullmatch(text))


def is_sentence(text: str) -> bool:
    """Tell whether words are a paragraph, and not the name of a series, an institute or an author above one."""
    return len(text) > LONGEST_TITLE or text.rstrip("\"'”’)»").endswith((".", "!", "?", "…", "。"))


def is_list_label(text: str) -> bool:
    """Tell whether words announce the key points."""
    return bool(_LABELS.match(text))


def roman_number(text: str) -> int:
    """Return the number that a line begins with in Roman figures ("IV. Results"), 0 where there is none."""
    match = _ROMAN.match(text)
    return 10 * len(match["tens"]) + _ROMAN_ONES.index(match["ones"]) if match else 0


def is_author_title(text: str) -> bool:
    """Tell whether words are the title of a note about the author."""
    match = _ABOUT_AUTHOR.match(text)
    return bool(match and not text[match.end() :].strip())


def is_about_author(text: str) -> bool:
    """Tell whether a paragraph says who somebody is: a name, a verb, and a calling, all near its start."""
    start = text[:300]
    if _ABOUT_AUTHOR.match(start) or _FOREIGN_AUTHOR.match(start):
        return True
    named = _AUTHOR.match(start) or (
        _TITLED_AUTHOR.match(start) and re.search(r"\b(?:is|was|holds)\b", start)
    )
    return bool(named and _CALLING.search(start))


def is_byline(text: str) -> bool:
    """Tell whether a line says by whom the text is."""
    return len(text) <= LONGEST_TITLE and bool(_BYLINE.match(text))


def goes_on_about_author(text: str) -> bool:
    """Tell whether a paragraph may go on with what was said of somebody."""
    return bool(_PRONOUN.match(text))


def is_short_title(text: str) -> bool:
    """Tell whether words may be a title: short, not starting small, without a full stop but that of initials."""
    if len(text) > LONGEST_TITLE or text[:1].islower() or not any(each.isalnum() for each in text):
        return False
    if "\t" in text:
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
