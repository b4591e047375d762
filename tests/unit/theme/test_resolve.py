"""Resolving: merging, overlays, tokens, what a key takes over, and what a container changes."""

from __future__ import annotations

import pytest

from octavo.theme.style import Border, Medium, RunningLine, Sides
from octavo.units import Color
from tests.unit.theme.themes import faults, resolve

PLAIN = 'extends = ""\n[style.text]\nsize = "10pt"\nleading = 1.4\n'


def test_a_key_takes_over_boxes_from_what_it_is_based_on_but_only_text_from_the_root() -> None:
    sheet = resolve(
        PLAIN + '[style.paragraph]\nspace-after = "3pt"\n[style.heading]\nspace-before = "9pt"\nitalic = true'
    )
    assert sheet.styles["paragraph-first"].space_after == 3
    assert sheet.styles["heading-3"].space_before == 9
    assert sheet.styles["heading-3"].italic
    assert sheet.styles["title"].space_before == 0
    assert not sheet.styles["title"].italic


def test_em_is_the_parents_size_for_size_and_the_keys_own_for_the_rest() -> None:
    sheet = resolve(
        PLAIN + '[style.heading]\nsize = "1.5em"\nspace-before = "2em"\n'
        '[style.heading-1]\nsize = "2em"\n[style.heading-2]\nspace-after = "0.5em"'
    )
    assert sheet.styles["heading"].size == 15
    assert sheet.styles["heading-1"].size == 30
    assert sheet.styles["heading-1"].space_before == 60
    assert sheet.styles["heading-2"].space_after == 7.5


@pytest.mark.parametrize(("leading", "expected"), [("1.5", 30), ('"15pt"', 30), ('"1.2em"', 24)])
def test_leading_keeps_its_proportion_to_the_size(leading: str, expected: float) -> None:
    sheet = resolve(
        f'extends = ""\n[style.text]\nsize = "10pt"\nleading = {leading}\n[style.title]\nsize = "20pt"'
    )
    assert sheet.styles["title"].leading == expected


def test_lengths_are_rounded_once() -> None:
    assert resolve(PLAIN + '[style.title]\nsize = "10.5pt"\nleading = 1.8').styles["title"].leading == 18.9


def test_a_nearer_file_wins_value_by_value_and_lists_whole() -> None:
    sheet = resolve(
        'extends = "./house"\n[style.title]\nsize = "20pt"\n[token.font]\ntext = ["Noto Sans"]',
        house='[token.font]\ntext = ["Source Serif Pro", "Cascadia Mono"]\n[style.title]\nsize = "30pt"\nweight = 300',
    )
    assert (sheet.styles["title"].size, sheet.styles["title"].weight) == (20, 300)
    assert sheet.fonts["text"] == ("Noto Sans",)


def test_an_overlay_holds_for_its_medium_alone() -> None:
    text = PLAIN + '[print.page]\nbleed = "3mm"\n[office.style.title]\nsize = "40pt"'
    assert [resolve(text, medium).page.bleed for medium in Medium] == [8.5, 0, 0]
    assert [resolve(text, medium).styles["title"].size for medium in Medium] == [10, 10, 40]


def test_what_a_theme_changes_holds_against_the_overlay_of_what_it_extends() -> None:
    inks = '{ srgb = "#111111", cmyk = [0, 0, 0, 100] }'
    house = f'[print.token.color]\nhouse = {inks}\n[style.title]\ncolor = "{{color.house}}"'
    sheet = resolve('extends = "./house"\n[token.color]\nhouse = "#aa0000"', Medium.PRINT, house=house)
    assert sheet.styles["title"].color == Color(170, 0, 0)


def test_tokens_stand_for_tokens_and_for_parts_of_values() -> None:
    sheet = resolve(
        PLAIN + '[token.color]\nred = "#ff0000"\naccent = "{color.red}"\n[token.space]\nthin = "0.5pt"\n'
        '[style.table]\nborder-top = { width = "{space.thin}", color = "{color.accent}" }\n'
        'padding = ["{space.thin}", "2pt"]'
    )
    assert sheet.styles["table"].border_top == Border(0.5, Color(255, 0, 0))
    assert sheet.styles["table"].padding == Sides(0.5, 2, 0.5, 2)
    assert list(sheet.palette) == ["red", "accent"]


def test_colours_keep_their_inks() -> None:
    sheet = resolve(
        PLAIN + '[style.title]\ncolor = { srgb = "#c8102e", cmyk = [0, 100, 80, 10], spot = "Red" }'
    )
    assert sheet.styles["title"].color == Color(200, 16, 46, (0.0, 1.0, 0.8, 0.1), "Red")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('size = "12"', "`12` is no length"),
        ("size = true", "`True` is no length"),
        ('size = "0.1pt"', "0.1pt is out of range"),
        ('size = "nan"', "`nan` is no length"),
        ("leading = 14", "14 is a factor of the size"),
        ("leading = nan", "nan is out of range"),
        ("weight = 1000", "1000 is out of range"),
        ("weight = 400.0", "`400.0` is no whole number"),
        ('italic = "yes"', "`yes` is neither true nor false"),
        ('color = "red"', "`red` is no colour"),
        ("color = 3", "`3` is no colour"),
        ('color = { srgb = "#000", cmyk = [0, 0, 0, 101] }', "`cmyk` is a list of four percentages"),
        ('color = { srgb = "#000", spot = "Red" }', "the spot ink `Red` needs `cmyk` values too"),
        ('color = { rgb = "#000" }', "write a colour as"),
        ('align = "centre"', "`centre` is none of left, right, center, justify"),
        ("font = []", "`[]` names no font"),
        ('font = ["", 1]', "`['', 1]` names no font"),
        ('color = "{color.inc}"', "unknown token `color.inc`"),
        ('color = "{colour.ink}"', "unknown token `colour.ink`"),
    ],
)
def test_a_faulty_value_is_told(value: str, message: str) -> None:
    (fault,) = faults(f"[style.text]\n{value}")
    assert fault.message.removeprefix(f"style.text.{value.partition(' ')[0]}: ").startswith(message)
    assert str(fault.position) == "my.toml:2:1"


@pytest.mark.parametrize(
    ("table", "value", "message"),
    [
        ("style.lead", 'padding = ["1pt", "2pt", "3pt"]', "write one length, [vertical, horizontal]"),
        ("style.lead", 'padding = "-1pt"', "-1pt is out of range"),
        ("style.lead", 'border-top = "1pt"', "`1pt` is no border"),
        ("style.lead", 'border-top = { width = "3in", color = "#000" }', "a border of 216pt is out of range"),
        ("page", 'size = "A44"', "`A44` is no paper"),
        ("page", 'size = ["6in"]', "write the name of a paper"),
        ("page", 'margin-top = "-1mm"', "-2.83pt is out of range"),
        ("page", 'margin-inner = "1em"', "`1em` is no length"),
        ("numbering", "section-depth = 7", "7 is out of range"),
        ("numbering", 'list-markers = "decimal"', "`decimal` is no list"),
        ("numbering", "list-markers = []", "`[]` is no list"),
        ("numbering", 'list-markers = ["roman"]', "`roman` is none of decimal"),
        ("numbering", 'list-markers = ["decimal", "decimal"]', "each can stand there once"),
        ("mark.link", 'scale = "1"', "`1` is no number"),
        ("custom.aside", 'like = "notise"', "unknown style `notise`"),
    ],
)
def test_faulty_values_of_other_tables_are_told(table: str, value: str, message: str) -> None:
    (fault,) = faults(f"[{table}]\n{value}")
    assert fault.message.partition(": ")[2].startswith(message)


def test_tokens_that_stand_for_themselves_are_told() -> None:
    found = faults(
        '[token.color]\none = "{color.two}"\ntwo = "{color.one}"\n[style.title]\ncolor = "{color.one}"'
    )
    assert [each.code for each in found] == ["theme-token-cycle"]


def test_a_containers_text_flows_into_what_it_holds_and_its_box_does_not() -> None:
    sheet = resolve(
        PLAIN + '[style.notice]\nsize = "8pt"\ncolor = "#333333"\npadding = "9pt"\nspace-after = "7pt"'
    )
    inside = sheet.of("paragraph", "notice")
    assert (inside.size, inside.leading, inside.color.hex) == (8, 11.2, "333333")
    assert inside.padding == Sides()
    assert inside.space_after == 0
    assert sheet.of("table-cell", "notice").size == 8


def test_what_a_key_sets_itself_is_stronger_than_its_container_and_the_pair_is_stronger_than_both() -> None:
    text = (
        PLAIN
        + '[style.group-title]\nsize = "12pt"\nweight = 700\n[style.notice]\nsize = "8pt"\nweight = 300\n'
    )
    assert resolve(text).of("group-title", "notice").size == 12
    paired = resolve(text + '[style.notice.group-title]\nsize = "0.5em"').of("group-title", "notice")
    assert (paired.size, paired.weight) == (6, 700)


def test_em_of_a_key_in_a_container_is_the_containers_size() -> None:
    sheet = resolve(PLAIN + '[style.attribution]\nsize = "0.9em"\n[style.quote]\nsize = "20pt"')
    assert sheet.styles["attribution"].size == 9
    assert sheet.of("attribution", "quote").size == 18


def test_a_pair_holds_for_what_is_based_on_its_keys() -> None:
    sheet = resolve(
        PLAIN + '[style.group.paragraph]\nspace-before = "5pt"\n[custom.aside]\nlike = "notice"\n'
        '[style.notice.paragraph]\nspace-after = "4pt"\n[style.paragraph-first]\nspace-before = "1pt"'
    )
    assert sheet.of("paragraph", "lead").space_before == 5
    assert sheet.of("paragraph", "aside").space_after == 4
    assert sheet.of("paragraph-first", "aside").space_before == 1


def test_pairs_that_make_no_difference_are_left_out() -> None:
    assert dict(resolve('extends = ""').within) == {}


def test_cells_take_their_text_from_the_table_and_not_its_box() -> None:
    sheet = resolve(
        PLAIN + '[style.table]\nsize = "8pt"\npadding = "3pt"\n[style.table-cell]\npadding = "1pt"'
    )
    assert sheet.styles["table-cell"].size == 8
    assert sheet.styles["table-head"].padding == Sides(1, 1, 1, 1)
    assert sheet.styles["table-note"].padding == Sides()


def test_a_theme_declares_blocks_and_marks() -> None:
    sheet = resolve(
        '[custom.aside]\nlike = "notice"\nbackground = "#eeeeff"\n[custom.aside.list-item]\nmarker = "–"\n'
        '[custom.product]\nlike = "strong"\ncolor = "#8a1f4f"\n[custom.plain]\n[custom.second]\nlike = "aside"'
    )
    assert sheet.styles["aside"].border_left == sheet.styles["notice"].border_left
    assert sheet.styles["second"].background == Color(238, 238, 255)
    assert sheet.of("list-item", "second").marker == "–"
    assert sheet.styles["plain"] == sheet.styles["group"]
    assert (sheet.marks["product"].weight, sheet.marks["product"].color) == (700, Color(138, 31, 79))
    assert "product" not in sheet.styles


def test_declared_styles_that_are_like_one_another_are_told() -> None:
    found = faults('[custom.a]\nlike = "b"\n[custom.b]\nlike = "a"')
    assert {each.code for each in found} == {"theme-cycle"}


def test_left_hand_pages_follow_the_right_hand_ones_unless_written() -> None:
    recto = '[page.header.recto]\nleft = "{title}"\nright = "{page}"\n'
    mirrored = RunningLine(left="{page}", right="{title}")
    assert resolve(PLAIN + recto).page.header.verso == RunningLine(left="{title}", right="{page}")
    assert resolve(PLAIN + "[page]\nfacing = true\n" + recto).page.header.verso == mirrored
    written = resolve(PLAIN + "[page]\nfacing = true\n" + recto + '[page.header.verso]\ncenter = "x"')
    assert written.page.header.verso == RunningLine(center="x")


def test_a_masthead_is_there_when_it_is_shown() -> None:
    text = '[page.masthead]\nleft = ["a", "b"]\nheight = "20pt"\n'
    assert resolve(PLAIN + text).page.masthead is None
    shown = resolve(PLAIN + text + "show = true").page.masthead
    assert shown is not None
    assert (shown.left, shown.height) == (("a", "b"), 20)


@pytest.mark.parametrize(("size", "expected"), [('"a4"', (595.28, 841.89)), ('["6in", "9in"]', (432, 648))])
def test_papers_are_named_or_measured(size: str, expected: tuple[float, float]) -> None:
    page = resolve(f"{PLAIN}[page]\nsize = {size}").page
    assert (page.width, page.height) == expected
