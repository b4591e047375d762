"""Workers that set parts of a long document ahead change nothing of its pages."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

import pytest

from benchmarks.text import book
from octavo.environment import DiskEnvironment, installed_fonts
from octavo.forks import ForkedWorkers
from octavo.plugins import find_reader
from octavo.readers.protocol import Source
from octavo.theme.load import load_theme
from octavo.theme.resolve import resolve_theme
from octavo.theme.style import Medium, StyleSheet
from octavo.transforms.resolve import resolve
from octavo.transforms.resolved import Numbering, Resolved
from octavo.typeset.line import Line
from octavo.typeset.paragraphs import ParagraphSetter
from octavo.typeset.typeset import typeset
from octavo.workers import Board, Stream, Task

ODD = """
Greek: λόγος, Cyrillic: слово, a formula $a^2 + b_{12}$, an emoji no font has: \U0001fae8, **fi ﬁ ffl**, `code fi`
and [small capitals]{.smallcaps}, Arabic كتاب and a word that is far too long for any line:
xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.[^odd{n}]

[^odd{n}]: A note in *italics* -- with a list:

    1. one
    2. two

| Who | Share |
|---|--:|
| Żółć | 12.5 |
| Ωmega | 7.25 |

```python
print("{n} ∀")
```
"""


def pages_text() -> str:
    """A rich book, with what is odd at its beginning, in its middle and at its end."""
    text = book(60_000, rich=True)
    middle = text.index("\n# ", len(text) // 2)
    odd = [ODD.replace("{n}", str(number)) for number in range(3)]
    head = text.index("\n# ") + 1
    return "\n".join((text[:head], "# First\n", odd[0], text[head:middle], odd[1], text[middle:], odd[2]))


def prepared(text: str, theme: str) -> tuple[Resolved, StyleSheet]:
    document = find_reader("markdown").read(Source(text.encode(), "book.md")).document
    loaded = load_theme(theme, DiskEnvironment().read_theme)
    styles, _ = resolve_theme(loaded, Medium.SCREEN, installed_fonts())
    resolved, _ = resolve(
        document,
        numbering=Numbering(section_depth=styles.section_depth),
        media={},
        declared=frozenset(styles.styles),
        marks=frozenset(styles.marks),
    )
    return resolved, styles


class Watched:
    """Workers who count what they were asked, and how much of it was answered; or who die at their work."""

    def __init__(self, count: int, *, dies: bool = False) -> None:
        self.count = count
        self.asked = 0
        self.dies = dies
        self._workers = ForkedWorkers(count)

    def begin(self, task: Task) -> Stream | None:
        self.asked += 1
        return self._workers.begin(partial(_some, task) if self.dies else task)


def _some(task: Task, board: Board) -> Iterator[bytes]:
    yield from islice(task(board), 2)
    raise RuntimeError("a worker that dies")


@pytest.mark.parametrize("theme", ["policy", "book"])
def test_pages_are_the_same_whoever_sets_them(theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resolved, styles = prepared(pages_text(), theme)
    fonts = installed_fonts()
    here: list[int] = []
    set_lines = ParagraphSetter.set

    def counted(self: ParagraphSetter, *args: Any, **named: Any) -> tuple[Line, ...]:
        here.append(1)
        return set_lines(self, *args, **named)

    monkeypatch.setattr(ParagraphSetter, "set", counted)
    alone = typeset(resolved, styles, fonts)
    all_here = len(here)
    workers = Watched(2)
    aided = typeset(resolved, styles, fonts, workers)
    assert workers.asked == 2
    assert len(here) - all_here < 0.6 * all_here
    assert aided[0].fonts == alone[0].fonts
    assert aided == alone


def test_pages_from_right_to_left_are_the_same_whoever_sets_them() -> None:
    """Fonts stand at other places where another process begins at another paragraph."""
    said = "המים הם זכות ולא סחורה, והדיון בהם (water rights) נמשך כבר 12.5 שנים בלי הכרעה. "
    chapters = [
        f"# פרק {number}\n\n{mark}abc{mark} {said * 12}\n\n::: {{lang=en}}\n> English, *set* apart.\n:::\n\n"
        + f"{said * 20}\n\n" * 40
        for number, mark in enumerate(("**", "*", "`", "**"))
    ]
    resolved, styles = prepared("---\nlanguage: he\n---\n\n" + "".join(chapters), "policy")
    workers = Watched(1)
    aided = typeset(resolved, styles, installed_fonts(), workers)
    assert workers.asked == 1
    assert aided == typeset(resolved, styles, installed_fonts())


def missing_twice() -> str:
    """A book with a character that no font has, and a word in a language without patterns, twice before its middle."""
    parts = book(40_000, rich=True).split("\n\n")
    for share in (0.5, 0.45):
        parts.insert(int(share * len(parts)), "A sign: \U0001fae8. [Something]{lang=xx} else.")
    return "\n\n".join(parts)


@pytest.mark.parametrize("slow", ["here", "there"])
@pytest.mark.parametrize("said", [False, True])
def test_who_is_done_first_helps(slow: str, said: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    text = missing_twice() if said else book(40_000, rich=True)
    resolved, styles = prepared(text, "policy")
    fonts = installed_fonts()
    here: list[int] = []
    naps: list[float] = []
    home = os.getpid()
    set_lines = ParagraphSetter.set

    def slowed(self: ParagraphSetter, *args: Any, **named: Any) -> tuple[Line, ...]:
        here.append(1)
        if (os.getpid() == home) == (slow == "here"):
            time.sleep(sum(naps))
        return set_lines(self, *args, **named)

    monkeypatch.setattr(ParagraphSetter, "set", slowed)
    alone = typeset(resolved, styles, fonts)
    all_here = len(here)
    naps.append(0.03)  # far more than a paragraph takes, also where others are at work
    workers = Watched(1)
    assert typeset(resolved, styles, fonts, workers) == alone
    assert workers.asked == 1
    share = (len(here) - all_here) / all_here
    assert (share < 0.45 + said / 10) if slow == "here" else (share > 0.55), share


def test_a_worker_that_dies_is_done_without() -> None:
    resolved, styles = prepared(book(45_000), "policy")
    fonts = installed_fonts()
    workers = Watched(1, dies=True)
    assert typeset(resolved, styles, fonts, workers) == typeset(resolved, styles, fonts)
    assert workers.asked == 1


def test_a_short_document_is_set_alone() -> None:
    resolved, styles = prepared(book(5_000), "policy")
    workers = Watched(3)
    typeset(resolved, styles, installed_fonts(), workers)
    assert not workers.asked
