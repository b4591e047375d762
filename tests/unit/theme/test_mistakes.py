"""What people get wrong who come from CSS, from Word, or from memory: each is told where it is, and what to write."""

from __future__ import annotations

import pytest

from octavo.theme.names import ELSEWHERE
from octavo.theme.schema import (
    HEADER_PROPERTIES,
    LINE_PROPERTIES,
    MARK_KEYS,
    MARK_PROPERTIES,
    PAGE_PROPERTIES,
    RUNNING_PAGES,
    RUNNING_PROPERTIES,
    STYLE_KEYS,
    STYLE_PROPERTIES,
)
from tests.unit.theme.themes import faults, warnings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[style.title]\nfont-size = 12pt", '2:15 expected newline | in quotes: "12pt"'),
        ("[token.color]\nink = #0b3c66", '2:7 invalid value | in quotes: "#0b3c66"'),
        ("[style.title\n", "1:13 expected ']' | toml.io"),
        ("[style.h2]", "1:1 unknown style key `h2` | `heading-2`"),
        ("[style.blockquote]", "1:1 unknown style key `blockquote` | `quote`"),
        ("[style.Heading_1]", "1:1 unknown style key `Heading_1` | `heading-1`"),
        ("[style.sidenote-thing]", "1:1 unknown style key | docs/themes.md lists"),
        ('[style.title]\nfont-size = "12pt"', "2:1 unknown property `font-size` | `size`"),
        ("[style.title]\nline-height = 1.2", "2:1 unknown property `line-height` | `leading`"),
        ('[style.title]\nmargin-top = "1mm"', "2:1 unknown property `margin-top` | `space-before`"),
        ('[page]\nmargin-left = "1mm"', "2:1 unknown property `margin-left` | `margin-inner`"),
        ('[style.title]\nzzz = "1mm"', "2:1 unknown property `zzz` | docs/themes.md lists"),
        ('[style.title]\nweight = "bold"', "2:1 `bold` is no whole number | write 700"),
        ('[style.title]\nitalic = "yes"', "2:1 neither true nor false | without quotes"),
        ('[style.title]\nsize = "12"', "2:1 `12` is no length | pt, mm, cm, in, pc, px, em"),
        ('[style.title]\ncolor = "navy"', "2:1 `navy` is no colour | #rrggbb"),
        ('[style.title]\nalign = "justified"', "2:1 is none of left | `justify`"),
        ('[style.title]\nborder-top = "1pt solid"', "2:1 `1pt solid` is no border | { width"),
        ('[style.title]\nborder-top = { width = "1pt" }', "2:1 this border lacks `color` | { width"),
        ('[style.lead]\nborder-top = { width = "1pt", colour = "#000" }', "2:1 a border has no `colour` | `width`"),
        ('[mark.bold]\nitalic = true', "1:1 unknown mark `bold` | `strong`"),
        ('[mark.strong]\nsize = "9pt"', "2:1 unknown property `size` | `scale`"),
        ('[page.header]\nleft = "{title}"', "2:1 unknown page `left` | first, recto, verso"),
        ('[page.header.recto]\nleft = "{titel}"', "2:1 unknown field `{titel}` | `title`"),
        ('[style.quote.paragraf]\nsize = "9pt"', "1:1 unknown style key `paragraf` | `paragraph`"),
        ('[style.quote.list.list-item]\nmarker = "-"', "1:1 never more: `list-item` | [style.list.list-item]"),
        ('[style.quote.footnote]\nsize = "9pt"', "1:1 `quote` holds no `footnote` | it holds paragraph"),
        ('[style.key-points.title]\ncolor = "#000000"', "1:1 `key-points` holds no `title` | `group-title`"),
        ('[style.title.paragraph]\nsize = "9pt"', "1:1 `title` holds no `paragraph` | only these hold others"),
        ('[style.title]\ncolor = "{colour.accent}"', "2:1 unknown token `colour.accent` | `color.accent`"),
        ('[token.color]\na = "{color.b}"\nb = "{color.a}"', "2:1 a circle: color.a -> color.b -> color.a | value"),
        ('[token.font]\ntext = ["source sans"]', "2:1 no font of `source sans` | `Source Sans Pro`"),
        ("[token.font]\nheading = []", "2:1 `[]` names no font | a list of them"),
        ('[epub.style.title]\nsize = "9pt"', "1:1 unknown table or key `epub` | `screen`"),
        ('[print]\nbleed = "3mm"', "2:1 unknown table `bleed` | token, page"),
        ('extends = "polici"', "1:1 there is no theme `polici` |"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_once_with_its_place_and_what_to_write(text: str, said: str) -> None:
    (fault,) = faults(text)
    assert fault.position is not None
    place, _, rest = said.partition(" ")
    message, _, hint = rest.partition(" |")
    assert f"{fault.position.line}:{fault.position.column}" == place
    assert fault.position.file == "my.toml"
    assert message in fault.message
    assert hint.strip() in fault.hint


def test_all_faults_of_a_file_and_its_overlays_are_told_together() -> None:
    found = faults(
        '[style.title]\nsiez = "20pt"\ncolor = "{color.nik}"\n[page]\nmargin-inner = "300mm"\n'
        '[print.style.title]\nsize = "big"\n[office.mark.link]\ncolor = "blue"\n'
    )
    lines = [each.position.line for each in found if each.position]
    assert lines == [2, 3, 5, 7, 9]


def test_a_token_is_blamed_where_it_is_written_and_once() -> None:
    (said,) = {
        (each.position.line if each.position else 0) for each in warnings('[token.color]\nink = "#aaaaaa"')
    }
    assert said == 2


def test_an_unknown_token_is_told_where_it_is_named_and_not_where_that_is_used() -> None:
    (fault,) = faults(
        '[token.color]\nink = "{color.nik}"\ngrey = "{color.ink}"\n[style.lead]\ncolor = "{color.grey}"\n'
    )
    assert str(fault.position) == "my.toml:2:1"


def test_foreign_names_lead_to_names_that_there_are() -> None:
    ours = {
        *STYLE_KEYS, *MARK_KEYS, *STYLE_PROPERTIES, *MARK_PROPERTIES, *PAGE_PROPERTIES, *HEADER_PROPERTIES,
        *LINE_PROPERTIES, *RUNNING_PAGES, *RUNNING_PROPERTIES, "token", "style", "mark", "page", "custom", "screen",
        "office", "print", "justify", "upper", "old-style", "recto",
    }  # fmt: skip
    assert [name for found in ELSEWHERE.values() for name in found if name not in ours] == []
