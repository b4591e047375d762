"""The builder: what it takes for text and for blocks, and that it makes what Markdown says."""

from __future__ import annotations

import inspect

import pytest

from octavo.readers.markdown import MarkdownReader
from octavo.readers.protocol import Source
from octavo.tree import build, nodes
from octavo.tree.dump import to_text
from octavo.tree.nodes import Paragraph, Text
from octavo.tree.walk import without_positions

MARKDOWN = """---
title: Trade
authors: [Ada, Ben]
date: 2023-12-05
---

::: lead
Opening.
:::

::: {.key-points} What matters
- one
- two
:::

# Findings {#sec-findings}

Trade *fell* by `5`%, see @fig-a.[^1] It **rose** [again](https://a.b "t").\\
H~2~O, x^2^, ~~no~~, $x$, [OECD]{.smallcaps}, [oui]{.word lang=fr}.

[^1]: Counted.

> Said so.
>
> -- Ada

## Parts {role="appendix" .unnumbered}

1. a
2. b

![Cap](a.png){#fig-a alt="Alt" credit="Me" width=50%}

| x | y |
|---|--:|
| 1 | 2 |

: Costs {#tbl-a}

```python
pass
```

$$
x
$$

Term
: Meaning

---

::: pull-quote
Lifted.
:::

::: contents {depth=2}
:::

::: page-break
:::

::: notes
:::
"""


def test_the_builder_makes_what_markdown_says() -> None:
    built = build.document(
        build.lead("Opening."),
        build.key_points("one", "two", title="What matters"),
        build.section(
            "Findings",
            build.paragraph(
                "Trade ",
                build.emphasis("fell"),
                " by ",
                build.code("5"),
                "%, see ",
                build.see("fig-a"),
                ".",
                build.footnote("Counted."),
                " It ",
                build.strong("rose"),
                " ",
                build.link("https://a.b", "again", title="t"),
                ".",
                build.line_break(),
                "H",
                build.subscript("2"),
                "O, x",
                build.superscript("2"),
                ", ",
                build.deleted("no"),
                ", ",
                build.math("x"),
                ", ",
                build.small_caps("OECD"),
                ", ",
                build.span("word", "oui", language="fr"),
                ".",
            ),
            build.quote("Said so.", by="Ada"),
            build.section(
                "Parts",
                build.numbered("a", "b"),
                build.figure("a.png", "Cap", alt="Alt", credit="Me", id="fig-a", width=-0.5),
                build.table(["x", "y"], ["1", "2"], caption="Costs", align=["", "right"], id="tbl-a"),
                build.code_block("pass", "python"),
                build.formula("x"),
                build.definitions(("Term", "Meaning")),
                build.divider(),
                build.pull_quote("Lifted."),
                build.contents(depth=2),
                build.page_break(),
                build.notes(),
                role="appendix",
                numbered=False,
            ),
            id="sec-findings",
        ),
        title="Trade",
        authors=["Ada", "Ben"],
        date="2023-12-05",
    )
    read = MarkdownReader().read(Source(MARKDOWN.encode(), "a.md"))
    assert read.diagnostics == ()
    assert to_text(without_positions(read.document)) == to_text(built)
    assert without_positions(read.document) == built


def test_strings_and_iterables_become_blocks() -> None:
    paragraph = Paragraph(content=(Text(text="b"),))
    assert build.blocks("a", ["c", (paragraph,)]) == (
        Paragraph(content=(Text(text="a"),)),
        Paragraph(content=(Text(text="c"),)),
        paragraph,
    )


def test_inlines_among_strings_make_one_paragraph() -> None:
    (paragraph,) = build.blocks("a ", build.emphasis("b"), " c")
    assert paragraph == build.paragraph("a ", build.emphasis("b"), " c")


def test_what_does_not_fit_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="Paragraph is a block"):
        build.emphasis(build.paragraph("x"))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="Cell is part"):
        build.blocks(build.cell("x"))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="no titel"):
        build.document(titel="x")


def test_every_block_and_inline_has_a_constructor() -> None:
    made = {
        each.__annotations__["return"].rpartition(".")[2]
        for _, each in inspect.getmembers(build, inspect.isfunction)
        if each.__module__ == build.__name__
    }
    wanted = {kind.__name__ for kind in nodes.Block.__args__ + nodes.Inline.__args__}
    assert wanted - made == {"Text", "Citation"}
