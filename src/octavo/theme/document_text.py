"""The prose of `docs/themes.md`, and what each style key and mark is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from octavo.tree.semantics import MarkKey as M
from octavo.tree.semantics import StyleKey as S

INTRODUCTION: Final = """\
<!-- Made from the schema by `python -m octavo.theme.document page`; do not edit. -->
# Themes

One TOML file decides how the PDF, the Word file and the e-book look. A theme of your own says what it changes:

```toml
name = "House"
extends = "policy"

[token.color]
navy = "#5b1a3c"
blue = "#8a1f4f"

[style.title]
size = "28pt"
leading = "32pt"
```

`octavo export brief.md --theme house.toml` uses it; `octavo themes policy` prints a shipped one to learn from. Every
fault of a file is told at once, with its line and the nearest name that is valid.

## What may stand in a theme

| table | says |
|---|---|
| `name`, `description`, `extends` | Above all tables. Without `extends` a theme changes `base`. |
| `[token.GROUP]` | Names for values: `[token.color] accent = "#0b4f8a"` is used as `"{color.accent}"`. |
| `[page]` | The page's size and margins, columns, running heads and feet, masthead. |
| `[lines]`, `[numbering]` | Limits of line breaking; how deep sections are numbered. |
| `[style.KEY]` | How a kind of block looks. The keys are a closed list, below. |
| `[style.KEY.KEY]` | How one looks within another: `[style.key-points.list-item]`. One level, never more. |
| `[mark.KEY]` | How a stretch of text within a block looks: emphasis, links, numbers. |
| `[custom.NAME]` | Declares a style: `like = "notice"`, and what differs. See below. |
| `[print.…]`, `[screen.…]`, `[office.…]` | The same tables once more, for one medium: PDF for the press; PDF to read \
and EPUB; Word. |

**Lengths** are a number and a unit: `"12pt"`, `"22mm"`, `"1.2em"`; units are `pt mm cm in pc px`, and `em` where the
tables below say so. **Colours** are `"#rrggbb"`, or with their inks in percent
`{ srgb = "#0b3c66", cmyk = [100, 65, 20, 35] }`, or a printing ink of its own
`{ srgb = "#c8102e", cmyk = [0, 100, 80, 10], spot = "PANTONE 186 C" }`. **Borders** are
`{ width = "0.5pt", color = "#c4c8cc" }`. An **alias** stands for a whole value; there is no arithmetic. The groups
`color` (the palette that Word shows) and `font` (its roles `text`, `heading`, `mono`) mean something; other groups
are yours to name.

**What wins.** A file is laid over the one that it extends, value by value; a list is replaced as a whole. Each file's
own overlay (`[print.…]`) is laid over that file first, so what a theme changes holds in every medium. Then a key takes
what it does not set itself: from the key it is *based on*, everything; else its text properties from `text` or from the
container it stands in, and the defaults for its box. Between a key's own value and its container's the own value
wins, and what is written for the pair, `[style.quote.paragraph]`, wins over both.
"""

GROUND: Final = """\
Lengths in `em` are kept as they are written, and follow the size of the key that takes them over. Leading keeps its
proportion to the size.

The *text column* is the page without its margins. Text stands at its edge; what reaches out of it has a negative
indent. `[style.text]` is the root and has no box.
"""

KEY_NOTES: Final[Mapping[str, str]] = {
    S.TEXT: "The root of all text.",
    S.PARAGRAPH: "A paragraph after another one.",
    S.PARAGRAPH_FIRST: "The first paragraph after anything else.",
    S.TITLE: "The document's title.",
    S.SUBTITLE: "Its subtitle.",
    S.BYLINE: "Its authors.",
    S.HEADING: "What all headings have in common.",
    S.HEADING_1: "The heading of a section.",
    S.HEADING_2: "Of a section within it, and so on.",
    S.HEADING_3: "The third level.",
    S.HEADING_4: "The fourth level.",
    S.HEADING_5: "The fifth level.",
    S.HEADING_6: "The sixth level and deeper ones.",
    S.GROUP: "What all groups have in common.",
    S.GROUP_TITLE: "The title or label of a group.",
    S.LEAD: "The opening paragraph that leads in.",
    S.ABSTRACT: "The abstract.",
    S.KEY_POINTS: "The panel of key points.",
    S.RECOMMENDATIONS: "The recommendations.",
    S.AUTHOR_NOTE: "The note about the author.",
    S.NOTICE: "A notice: a box beside the argument.",
    S.CASE: "A case or example, boxed.",
    S.QUOTE: "A quotation set off from the text.",
    S.PULL_QUOTE: "Words of the text, pulled out to attract the reader.",
    S.ATTRIBUTION: "Who is quoted.",
    S.LIST: "A list as a whole.",
    S.LIST_ITEM: "An item, and the paragraphs directly in it.",
    S.TERM: "A term that is defined.",
    S.DEFINITION: "Its definition.",
    S.FIGURE: "A figure with its caption.",
    S.CAPTION: "The caption of a figure, table or listing.",
    S.CREDIT: "Whose picture it is.",
    S.TABLE: "A table: its outer rules, its text.",
    S.TABLE_HEAD: "A cell of the head.",
    S.TABLE_CELL: "Any other cell; its lower border is the rule between rows.",
    S.TABLE_NOTE: "A note under a table.",
    S.FOOTNOTE: "A note at the foot of a page.",
    S.CODE_BLOCK: "Lines of code.",
    S.FORMULA: "A displayed formula.",
    S.DIVIDER: "A break of theme: its marker, or a rule of its upper border where the marker is empty.",
    S.BIBLIOGRAPHY_ENTRY: "A work in the list of references.",
    S.CONTENTS_TITLE: "The heading of a table of contents.",
    S.CONTENTS_1: "An entry of the first level.",
    S.CONTENTS_2: "Of the second level.",
    S.CONTENTS_3: "Of the third level and deeper ones.",
    S.MASTHEAD: "The band at the head of the first page, and the lines at its left.",
    S.MASTHEAD_SERIES: "The lines at its right.",
    S.PAGE_HEADER: "Running heads.",
    S.PAGE_FOOTER: "Running feet.",
}

MARK_NOTES: Final[Mapping[str, str]] = {
    M.EMPHASIS: "Emphasis.",
    M.STRONG: "Strong emphasis.",
    M.SMALL_CAPS: "Small capitals.",
    M.SUPERSCRIPT: "Superscript.",
    M.SUBSCRIPT: "Subscript.",
    M.DELETED: "Deleted text.",
    M.CODE: "Code within a line.",
    M.LINK: "Links and references.",
    M.FOOTNOTE_MARK: "The mark of a note.",
    M.HEADING_NUMBER: "The number of a section.",
    M.LIST_MARKER: "Bullets and numbers of lists.",
    M.CAPTION_LABEL: "“Figure 3” before a caption.",
    M.GROUP_LABEL: "The title of a group that runs into its text.",
    M.AFFILIATION: "Where an author works.",
    M.FOLIO: "The page number in a running head or foot.",
    M.CODE_KEYWORD: "In a block of code: the language's own words.",
    M.CODE_NAME: "In a block of code: what is defined or addressed: functions, classes, tags, keys.",
    M.CODE_STRING: "In a block of code: strings.",
    M.CODE_NUMBER: "In a block of code: numbers, dates, characters by their number.",
    M.CODE_COMMENT: "In a block of code: comments, and the prompts of a session.",
    M.CODE_ADDED: "In the differences of two texts: lines added.",
    M.CODE_REMOVED: "In the differences of two texts: lines removed.",
}

OPEN_KINDS: Final = """\
### Templates

`{field}` stands for what is known of the document or the page. What stands in `[square brackets]` falls away when a
field in it is empty, and so do separators that are then left over at an end of the line:
`"[{number-term} {issue}][ · {date}]"` gives `No. 7 · May 2026`, or `May 2026` alone. A backslash takes a brace's or a
bracket's meaning away, best in single quotes: `'\\[{page}\\]'`. A newline (`\\n`) begins a new line. A line without
text is left out of the masthead.
"""

CLOSE: Final = """\
## Styles of your own: `[custom.NAME]`

```toml
[custom.timeline]
like = "notice"
background = "#f6efe3"

[custom.timeline.list-item]
marker = "–"

[custom.product]
like = "strong"
color = "#8a1f4f"
```

A name that is like a style key is a block and has that key's properties until it says otherwise; `like = "group"` is
the default. A name that is like a mark is one. Sources use them by name: `::: timeline` and `[words]{style="product"}`.

## What is checked

Faults stop the export: unknown keys, tokens, fields and fonts, values of the wrong kind or out of range, circles, and a
page without room for text. Warnings are told: contrast under 4.5:1 (3:1 for type of 18 pt, or 14 pt bold) against
the background that is really behind the text, type under 7 pt, a first font that is not at hand, indents that leave the
page.
"""
