"""The prose of `docs/themes.md`."""

from __future__ import annotations

from typing import Final

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

`octavo export brief.md --theme house.toml` uses it, and `octavo themes check house.toml` only looks it over: every
fault of a file is told at once, with its line and the nearest name that is valid. `octavo themes policy` prints one
to learn from, `octavo themes why house.toml title` says where each value of a style comes from, and `octavo
themes specimen house.toml` sets a sample in all editions. An editor that knows JSON Schema completes names by
`docs/theme.schema.json`; write `#:schema docs/theme.schema.json` in the first line.

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
| `[print.…]`, `[screen.…]`, `[office.…]` | The same tables once more, for one medium: PDF for the press, which takes \
its colours and its bleed, since its pages are those of the other PDF; PDF to read and EPUB; Word. |

**Lengths** are a number and a unit: `"12pt"`, `"22mm"`, `"1.2em"`; units are `pt mm cm in pc px`, and `em` where the
tables below say so. **Colours** are `"#rrggbb"`, or with their inks in percent
`{ srgb = "#0b3c66", cmyk = [100, 65, 20, 35] }`, or a printing ink of its own
`{ srgb = "#c8102e", cmyk = [0, 100, 80, 10], spot = "PANTONE 186 C" }`. **Borders** are
`{ width = "0.5pt", color = "#c4c8cc" }`. Bounds of lengths are in points. An **alias** stands for a whole value;
there is no arithmetic. The groups
`color` (the palette that Word shows) and `font` (its roles `text`, `heading`, `mono`) mean something; other groups
are yours to name.

**What wins.** A file is laid over the one that it extends, value by value; a list is replaced as a whole. Each file's
own overlay (`[print.…]`) is laid over that file first, so what a theme changes holds in every medium. Then a key takes
what it does not set itself: from the key it is *based on*, everything; else its text properties from `text` or from the
container it stands in, and the defaults for its box. Between a key's own value and its container's the own value
wins, and what is written for the pair, `[style.quote.paragraph]`, wins over both.

**Fonts of your own.** `--fonts FOLDER` puts the TrueType and OpenType fonts of a folder, and of those below it, at a
theme's hand, before octavo's own; `--system-fonts` adds those that the machine has, which differ from one machine to
the next. A variable font stands for its weights in steps of 100, upright and, where it leans, italic. A character that
no family of a theme has is taken from any other font at hand; one that none has is told with its place, and `�`
stands for it. octavo's extras `cjk` and `scripts` (`pip install 'octavo[cjk]'`) bring fonts for more scripts, which
are at hand like its own. `octavo themes fonts --fonts FOLDER` lists what there is.
"""

TOKENS: Final = """\
## What `base` gives you to change

Most of a house's look is in a few tokens, which `base` uses everywhere: a theme that sets these needs few styles of its
own. Colours with the inks that a printer shall use are best given as `{ srgb = …, cmyk = … }`.

| tokens | rule |
|---|---|
| `color.paper`, `ink` | The paper, for type on dark grounds (pages are not painted); the colour of all text. |
| `color.strong` | Title, heads, labels. |
| `color.muted` | What steps back: subtitle, credits, running heads. |
| `color.accent` | Rules and borders in the colour of the house; it need not be dark enough to read. |
| `color.accent-text` | The same for text: numbers, markers. |
| `color.link`, `tint`, `hairline` | Links; the ground of panels; the thinnest rules. |
| `color.code-keyword`, `code-name`, `code-string`, `code-number`, `code-comment`, `code-removed` | Code. |
| `font.text`, `heading`, `mono` | The three roles: text; heads, panels, captions and tables; code. |
| `size.text`, `head`, `subhead`, `aside`, `small`, `note`, `fine` | Sizes: text; sections; subsections; what stands \
beside the text (panels, quotations, works); captions and tables; notes; credits. |
| `leading.text`, `head`, `subhead`, `aside`, `small`, `note`, `fine` | From baseline to baseline, for each of them. |
| `body.align`, `hyphenate`, `figures` | How text is set. |
| `head.align`, `weight`, `figures` | How titles and heads are set; the figures of panels and tables too. |
| `rule.heavy`, `medium`, `light`, `hair` | Of recommendations and pull quotes; of tables and the author's note; of \
cases; between rows. |
| `panel.fill`, `top`, `bottom`, `side` | The ground of panels and their rules. |
| `reach.left`, `right` | How far title, panels, figures and tables reach out of the column of text: `"-20mm"`. |
| `space.tiny`, `small`, `medium`, `large` | Every gap. |

`base` has running heads, `{short-title}` and `{page}`, on all pages but the first, whose foot has `{page}` at the
right. To take one away, set it to `""`.
"""

GROUND: Final = """\
Lengths in `em` are kept as they are written, and follow the size of the key that takes them over. Leading that is
taken over keeps its proportion to the size. In `base` the larger sizes each have a leading of their own, as a length:
where you change the size of a heading, a title or the masthead, change its leading too.

The *text column* is the page without its margins. Text stands at its edge; what reaches out of it has a negative
indent. `[style.text]` is the root and has no box.

A theme speaks of left and right as for text that runs to the right. What runs to the left, by its `language` or a
`lang` of its own, is the mirror of that in all editions, and no theme has to say so: alignment, indents, rules and
padding, markers and numbers, contents, columns, running heads, what stands in the margin; of a whole document, the
masthead and the pages too, whose first is a left-hand one where they face each other. What points, like `▸`, points
the other way. Code, formulas and pictures stay as they are, and so do the sides that an author has named for cells.
"""

OPEN_KINDS: Final = """\
### Templates

`{field}` stands for what is known of the document or the page. What stands in `[square brackets]` falls away when a
field in it is empty, and so do separators that are then left over at an end of the line:
`"[{number-term} {issue}][ · {date}]"` gives `No. 7 · May 2026`, or `May 2026` alone; an issue that says itself what it
is, as `Winter 2026` or `Vol. 3` does, goes without the term. A backslash takes a brace's or a
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
the default. A name that is like a mark is one. Sources use them by name: `::: timeline` and `[words]{.product}`.

## What is checked

Faults stop the export: unknown keys, tokens, fields and fonts, fonts whose licence forbids that an edition holds them,
values of the wrong kind or out of range, circles, and a page without room for text. Warnings are told: contrast under
4.5:1 (3:1 for type of 18 pt, or 14 pt bold) against the background that is really behind the text, type under 7 pt,
lines that run into one another, a first font that is not at hand, indents that leave the page, a masthead higher than
the room above the text, a margin's column that is asked for and not there, properties that do nothing where they stand.
"""
