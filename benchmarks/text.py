"""The inputs: a brief, and books of any length, in a Markdown that octavo and all its peers read alike.

No containers, citations or mathematics: what one tool reads and another does not would not be the same work.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.words import Tongue

CHAPTER = 4_000
"""Words of a chapter."""


def brief(words: int = 1_700) -> str:
    """Return a policy brief: key points, sections, a table, notes, links."""
    return _brief(Tongue(7), words, "A measured brief")


def briefs(count: int) -> Iterator[str]:
    """Yield briefs, no two alike, of 900 to 2,600 words."""
    tongue = Tongue(5)
    for number in range(1, count + 1):
        yield _brief(tongue, tongue.chance.randint(900, 2_600), f"Brief {number}: {tongue.title(4)}")


def _brief(tongue: Tongue, words: int, title: str) -> str:
    parts = [_head(title, "A. Author"), _listing(tongue, 4, 26)]
    number = 0
    while _count(parts) < words:
        number += 1
        if number % 4 == 1:
            parts.append(f"# {tongue.title(4)}\n")
        paragraph = _paragraph(tongue, 4, marked=True)
        parts.append(_noted(tongue, paragraph, number) if number % 3 == 0 else f"{paragraph}\n")
        if number == 6:
            parts.append(_table(tongue, 6))
    return "\n".join(parts)


def book(words: int, *, rich: bool = False) -> str:
    """Return a book in chapters: prose with footnotes, or rich with lists, tables, quotations, code and links too."""
    tongue = Tongue(11 if rich else 3)
    parts = [_head("A measured book", "A. Author")]
    count = number = 0
    while count < words:
        parts.append(f"# {tongue.title(3)}\n")
        end = min(words, count + CHAPTER)
        while count < end:
            number += 1
            made = [_paragraph(tongue, tongue.chance.randint(3, 7), marked=rich) + "\n"]
            if number % 3 == 0:
                made = [_noted(tongue, made[0].rstrip(), number)]
            if rich and number % 6 == 0:
                made.append(_extra(tongue, number // 6))
            count += _count(made)
            parts += made
    return "\n".join(parts)


def _count(parts: list[str]) -> int:
    """Return the words of some parts; a sign of Markdown is none."""
    return sum(any(map(str.isalnum, each)) for part in parts for each in part.split())


def _head(title: str, author: str) -> str:
    return f'---\ntitle: "{title}"\nauthor: "{author}"\nlang: en-GB\nlanguage: en-GB\n---\n'


def _paragraph(tongue: Tongue, sentences: int, *, marked: bool) -> str:
    text: list[str] = []
    for _ in range(sentences):
        words = tongue.sentence()
        if marked:
            at = tongue.chance.randrange(1, len(words) - 1)
            mark = tongue.chance.choice(("*{}*", "**{}**", "`{}`", "[{}](https://example.org/)"))
            words[at] = mark.format(words[at].strip(",."))
        text += words
    return " ".join(text)


def _noted(tongue: Tongue, paragraph: str, number: int) -> str:
    return f"{paragraph}[^n{number}]\n\n[^n{number}]: {_paragraph(tongue, 1, marked=False)}\n"


def _listing(tongue: Tongue, items: int, words: int) -> str:
    return "".join(f"- {' '.join(tongue.words(words)).capitalize()}.\n" for _ in range(items))


def _table(tongue: Tongue, rows: int) -> str:
    lines = "".join(
        f"| {tongue.title(2)} | {tongue.chance.randrange(10_000)} | {' '.join(tongue.words(3))} |\n"
        for _ in range(rows)
    )
    return f"| name | count | remark |\n|---|--:|---|\n{lines}"


def _extra(tongue: Tongue, number: int) -> str:
    match number % 4:
        case 0:
            return _listing(tongue, 4, 12)
        case 1:
            return _table(tongue, 5)
        case 2:
            names = tongue.words(3)
            return f"```python\ndef {names[0]}({names[1]}):\n    return {names[1]}  # {names[2]}\n```\n"
        case _:
            return f"## {tongue.title(4)}\n\n> {_paragraph(tongue, 2, marked=False)}\n"
