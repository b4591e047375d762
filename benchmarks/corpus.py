"""Texts to measure with: a brief of 2,000 words, and books of any length, made of the seed's own sentences.

A book must not repeat itself word for word, or caches would be measured: every sentence is put together from the
seed's words by a fixed pseudo-random sequence whose frequencies follow the seed's.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

SEED = Path(__file__).parent.parent / "seeds" / "us-china-dialogue.md"


def brief(words: int = 2000) -> str:
    """Return the seed brief as Markdown that all peers read alike: no containers, about `words` words."""
    text = _plain(SEED.read_text(encoding="utf-8"))
    paragraphs = [each for each in text.split("\n\n") if each.strip()]
    body = paragraphs[:]
    while sum(len(each.split()) for each in body) < words:
        body.append(paragraphs[len(body) % len(paragraphs)])
    return _head("Dialogue under rivalry") + "\n\n".join(body) + "\n"


def book(words: int, *, rich: bool = False, seed: int = 1) -> str:
    """Return a book of about `words` words in chapters of 4,000: prose with notes, or rich with all else as well."""
    source = random.Random(seed)
    vocabulary = re.findall(r"[A-Za-zÀ-ÿ’'-]+", _plain(SEED.read_text(encoding="utf-8")))
    syllables = [
        "ka",
        "ren",
        "to",
        "mi",
        "sel",
        "dor",
        "an",
        "ver",
        "lis",
        "po",
        "gra",
        "tion",
        "ment",
        "al",
        "ter",
    ]
    rare = ["".join(source.choice(syllables) for _ in range(source.randint(2, 4))) for _ in range(6000)]
    parts, count, chapter, notes = [_head("A measured book")], 0, 0, 0
    while count < words:
        chapter += 1
        parts.append(f"# Chapter {chapter} {source.choice(rare)}\n")
        target = min(words, count + 4000)
        number = 0
        while count < target:
            number += 1
            sentences = [_sentence(source, vocabulary, rare, rich) for _ in range(source.randint(3, 7))]
            count += sum(len(each.split()) for each in sentences)
            text = " ".join(sentences)
            if number % 3 == 0:
                notes += 1
                text += f"[^n{notes}]"
                parts.append(f"{text}\n\n[^n{notes}]: {_sentence(source, vocabulary, rare, False)}\n")
            else:
                parts.append(f"{text}\n")
            if rich and number % 6 == 0:
                parts.append(_extra(source, vocabulary, number // 6))
    return "\n".join(parts)


def _head(title: str) -> str:
    return f'---\ntitle: "{title}"\nlang: en-GB\nlanguage: en-GB\n---\n\n'


def _plain(text: str) -> str:
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    return re.sub(r"^:::.*\n", "", text, flags=re.M)


def _sentence(source: random.Random, vocabulary: list[str], rare: list[str], rich: bool) -> str:
    words = [
        source.choice(rare) if source.random() < 0.12 else source.choice(vocabulary)
        for _ in range(source.randint(9, 26))
    ]
    if rich:
        at = source.randrange(len(words))
        mark = source.choice(("*{}*", "**{}**", "`{}`", "[{}](https://example.org/)"))
        words[at] = mark.format(words[at])
    return " ".join(words).capitalize() + "."


def _extra(source: random.Random, vocabulary: list[str], number: int) -> str:
    def some(count: int) -> str:
        return " ".join(source.choice(vocabulary) for _ in range(count))

    match number % 4:
        case 0:
            return "".join(f"- {some(9)}\n" for _ in range(4)) + "\n"
        case 1:
            rows = "".join(f"| {some(2)} | {source.randrange(999)} | {some(3)} |\n" for _ in range(5))
            return f"| name | count | remark |\n|---|--:|---|\n{rows}\n"
        case 2:
            return f"```python\ndef {source.choice(['read', 'write'])}(path):\n    return path\n```\n\n"
        case _:
            return f"## {some(4).capitalize()}\n\n> {some(24)}\n\n"
