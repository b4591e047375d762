"""Paragraphs become lines that fill their measure, read as their source, and say what they cannot show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec
import pytest

from octavo.diagnostics import Position
from octavo.theme.style import Mark, TextOptions
from octavo.transforms.resolved import Note
from octavo.tree.media import MediaFile
from octavo.tree.nodes import (
    Code,
    CrossReference,
    Deleted,
    Emphasis,
    Footnote,
    Image,
    Inline,
    LineBreak,
    Link,
    Math,
    Paragraph,
    Quoted,
    ReferenceForm,
    SmallCaps,
    Span,
    Strong,
    Superscript,
    Text,
)
from octavo.tree.walk import plain_text
from octavo.typeset.breaking import looser
from octavo.typeset.frames import Artifact, FontUse, GlyphRun, Owner, Part
from octavo.typeset.geometry import TALLEST_PICTURE, text_area
from octavo.typeset.line import Highlight, Label, Line
from octavo.units import Color
from tests.growth import assert_in_proportion
from tests.unit.typeset import lines as make

PROSE = (
    "Washington has spent the past year pressing Beijing and talking to it at the same time, and the governments "
    "that stand close to the United States have gone further still: they are rebuilding working relationships, "
    "sending “extraordinary” delegations, and looking for opportunities in a market that had seemed closed to them."
)


def test_justified_lines_end_at_the_measure_and_the_last_one_does_not() -> None:
    setter = make.setter(hanging_punctuation=False)
    lines = setter.set(make.text(PROSE), make.style(), 200.0, make.OWNER)
    assert len(lines) > 5
    assert [round(line.x + line.width, 2) for line in lines[:-1]] == [200.0] * (len(lines) - 1)
    assert lines[-1].width < 200


def test_painted_glyphs_are_as_wide_as_the_line_says() -> None:
    setter = make.setter(hanging_punctuation=False)
    lines = setter.set(make.text(PROSE), make.style(), 200.0, make.OWNER)
    used = setter.fonts()
    for line in lines:
        run = line.frame.runs[0]
        width = make.painted_width(run.content, used[run.font])
        if not line.hyphenated:
            width -= next(entry[2] for entry in used[run.font].codes.values() if entry[1] == " ")
        assert width * 10.5 / 1000 == pytest.approx(line.width, abs=0.05)


def shown_width(run: GlyphRun, used: Sequence[FontUse]) -> float:
    """How far the pen moves in a run, in points, a word space at its end left out."""
    font = used[run.font]
    width = make.painted_width(run.content, font) * run.size / 1000
    codes = sum(map(len, re.findall("<([0-9A-F]*)>", run.content))) // 4
    if make.decoded(run.content, font).endswith(" "):
        space = next(entry[2] for entry in font.codes.values() if entry[1] == " ")
        width, codes = width - space * run.size / font.units_per_em, codes - 1
    return width + run.spread * codes


@pytest.mark.parametrize("marked", [False, True])
def test_letters_move_only_where_word_spaces_have_done_what_they_can(marked: bool) -> None:
    content = (
        (Emphasis(content=make.text(PROSE[:300])), *make.text(PROSE[300:])) if marked else make.text(PROSE)
    )
    lines: list[Line] = []
    widest: list[float] = []
    setter = make.setter(hanging_punctuation=False, letter_space_minimum=-0.01, letter_space_maximum=0.02)
    for measure in (130.0, 140.0, 150.0, 160.0, 170.0):
        found = setter.set(content, make.style(), measure, make.OWNER)
        lines += found[:-1]
        widest += [measure] * (len(found) - 1)
    used = setter.fonts()
    spreads = [run.spread for line in lines for run in line.frame.runs]
    assert min(spreads) >= -0.01 * 10.5 - 1e-9
    assert max(spreads) <= 0.02 * 10.5 + 1e-9
    assert any(each > 0 for each in spreads)
    assert any(each < 0 for each in spreads)
    assert sum(each == 0 for each in spreads) > len(spreads) / 4
    for line, measure in zip(lines, widest, strict=True):
        last = line.frame.runs[-1]
        assert line.width == pytest.approx(measure, abs=0.25)
        assert last.x + shown_width(last, used) == pytest.approx(measure, abs=0.25)
        for run, following in pairwise(line.frame.runs):
            assert run.x + run.width == pytest.approx(following.x, abs=0.01)
    assert make.joined(found, used).strip() == PROSE


def test_words_in_other_fonts_and_formulas_keep_their_place_in_spread_lines() -> None:
    setter = make.setter(hanging_punctuation=False, letter_space_maximum=0.05)
    content = (
        *make.text("Extraordinary \u4e2dwords\u4e2d or "),
        Math(text="x^2"),
        *make.text(" as " + PROSE),
    )
    lines = setter.set(content, make.style(), 120.0, make.OWNER)
    assert any(run.spread > 0 for run in lines[0].frame.runs)
    for line in lines[:-1]:
        assert line.width == pytest.approx(120.0, abs=0.6)
        for run, following in pairwise(line.frame.runs):
            assert run.x + run.width <= following.x + 0.01


def test_lines_of_right_to_left_words_are_not_spread() -> None:
    setter = make.setter(letter_space_minimum=-0.05, letter_space_maximum=0.05)
    lines = setter.set(
        make.text("\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd " * 30), make.style(), 130.0, make.OWNER
    )
    assert not any(run.spread for line in lines for run in line.frame.runs)


def test_words_of_a_text_from_the_right_stand_in_its_order() -> None:
    """In reading order each word stands at the left of the one before, and other scripts keep their own order."""
    setter = make.setter()
    link = Link(
        target="https://example.org", content=make.text("\u05e2\u05d5\u05dc\u05dd \u05d8\u05d5\u05d1"), key=5
    )
    content = (
        *make.text("\u05e9\u05dc\u05d5\u05dd GNU Linux 6.1 "),
        link,
        *make.text(" (ABC) \u05e1\u05d5\u05e3"),
    )
    line = setter.set(content, make.style(align="left"), 400.0, make.OWNER)[0]
    places = {}
    for run in line.frame.runs:
        shown = make.decoded(run.content, setter.fonts()[run.font]).strip()
        if shown:
            places[shown] = run.x
    words = [
        "\u05e9\u05dc\u05d5\u05dd",
        "GNU Linux 6.1",
        "\u05e2\u05d5\u05dc\u05dd",
        "\u05d8\u05d5\u05d1",
        "(ABC)",
        "\u05e1\u05d5\u05e3",
    ]
    assert [word for word in places if word in words] == words
    assert [places[word] for word in words] == sorted((places[word] for word in words), reverse=True)
    (span,) = line.links
    assert places["(ABC)"] < span.left <= places["\u05d8\u05d5\u05d1"]
    assert places["\u05e2\u05d5\u05dc\u05dd"] < span.right <= places["GNU Linux 6.1"]


def test_lines_read_as_the_source() -> None:
    setter = make.setter()
    lines = setter.set(make.text(PROSE), make.style(), 130.0, make.OWNER)
    assert any(line.hyphenated for line in lines)
    assert make.joined(lines, setter.fonts()).strip() == PROSE


def test_offsets_are_where_lines_begin_in_the_plain_text() -> None:
    setter = make.setter()
    content: tuple[Inline, ...] = (
        *make.text(PROSE[:80]),
        Emphasis(content=make.text(PROSE[80:150])),
        Footnote(content=(), key=7),
        *make.text(PROSE[150:]),
    )
    whole = plain_text(Paragraph(content=content))
    lines = setter.set(content, make.style(), 160.0, make.OWNER)
    used = setter.fonts()
    for line in lines:
        begin = make.reads(line, used).replace("\u00ad", "")[:4].replace("*", "")
        assert whole[line.offset :].startswith(begin)


def test_hanging_punctuation_stands_out_of_the_measure() -> None:
    setter = make.setter()
    lines = setter.set(make.text("“A,” " * 60), make.style(), 150.0, make.OWNER)
    assert lines[1].x < 0
    assert lines[1].x + lines[1].width > 150.5


def test_first_line_indent_is_kept_free() -> None:
    setter = make.setter()
    lines = setter.set(make.text(PROSE), make.style(first_line_indent=15.0), 200.0, make.OWNER)
    assert lines[0].x == 15.0
    assert lines[0].x + lines[0].width == pytest.approx(lines[1].x + lines[1].width, abs=4)


@pytest.mark.parametrize(("align", "left"), [("center", 0.5), ("right", 1.0), ("left", 0.0)])
def test_ragged_lines_stand_where_the_style_says(align: str, left: float) -> None:
    setter = make.setter()
    lines = setter.set(make.text("Two words"), make.style(align=align), 200.0, make.OWNER)
    assert lines[0].x == pytest.approx((200 - lines[0].width) * left, abs=0.01)


def test_ragged_text_is_not_hyphenated_where_the_style_forbids_it() -> None:
    setter = make.setter()
    lines = setter.set(make.text(PROSE), make.style(align="left", hyphenate=False), 110.0, make.OWNER)
    assert not any(line.hyphenated for line in lines)


def test_no_more_hyphens_in_a_row_than_the_theme_allows() -> None:
    setter = make.setter()
    words = "internationalisation of administrative responsibilities " * 12
    lines = setter.set(make.text(words), make.style(), 95.0, make.OWNER)
    row = most = 0
    for line in lines:
        row = row + 1 if line.hyphenated else 0
        most = max(most, row)
    assert most == 2


def test_marks_change_font_size_and_rise() -> None:
    setter = make.setter()
    content: tuple[Inline, ...] = (
        Text(text="a "),
        Strong(content=(Text(text="b"), Emphasis(content=make.text("c")))),
        Superscript(content=make.text("2")),
    )
    runs = setter.set(content, make.style(), 200.0, make.OWNER)[0].frame.runs
    names = [setter.fonts()[run.font].name for run in runs]
    assert names == [
        "SourceSerifPro-Regular",
        "SourceSerifPro-Bold",
        "SourceSerifPro-BoldIt",
        "SourceSerifPro-Regular",
    ]
    assert runs[3].size == pytest.approx(6.3)
    assert runs[3].rise == pytest.approx(3.675)


def test_words_of_several_runs_are_never_broken_between_them() -> None:
    setter = make.setter()
    content = (*make.text("aaa bbb ccc ddd ee"), Strong(content=make.text("ff")), *make.text("gg hhh " * 8))
    lines = setter.set(content, make.style(hyphenate=False), 60.0, make.OWNER)
    texts = [make.reads(line, setter.fonts()) for line in lines]
    assert any("eeffgg" in each for each in texts)


def test_spaces_beside_a_link_are_not_part_of_it() -> None:
    setter = make.setter()
    link = Link(target="https://example.org", content=make.text("the link"), key=5)
    line = setter.set(
        (*make.text("See "), link, *make.text(" now")), make.style(align="left"), 200.0, make.OWNER
    )[0]
    assert [(span.target, span.owner.key) for span in line.links] == [("https://example.org", 5)]
    assert [make.decoded(run.content, setter.fonts()[run.font]) for run in line.frame.runs] == [
        "See ",
        "the link",
        " now ",
    ]
    assert line.links[0].right - line.links[0].left == pytest.approx(line.frame.runs[1].width)
    assert line.frame.rules[0][2] == pytest.approx(line.frame.runs[1].width)


def test_a_link_over_several_lines_has_a_span_in_each() -> None:
    setter = make.setter()
    link = Link(
        target="#there", content=(*make.text("a long "), Emphasis(content=make.text("and winding "))), key=5
    )
    lines = setter.set((link, *make.text("road")), make.style(), 50.0, make.OWNER)
    assert [len(line.links) for line in lines[:2]] == [1, 1]


def test_runs_belong_to_the_nearest_node_with_a_tag() -> None:
    setter = make.setter()
    content: tuple[Inline, ...] = (
        Text(text="a"),
        Quoted(content=(Text(text="b"), Code(text="c", key=3)), key=2),
        Emphasis(content=make.text("d"), key=4),
        Span(content=make.text("e"), key=5, style="shout"),
        Span(content=make.text("f"), key=6, language="fr"),
    )
    runs = setter.set(content, make.style(), 200.0, make.OWNER)[0].frame.runs
    assert [run.owner for run in runs] == [
        Owner(1),
        Owner(2),
        Owner(3),
        Owner(1),
        Owner(1),
        Owner(6),
    ]
    assert [run.language for run in runs] == ["", "", "", "", "", "fr"]


def test_a_note_gets_its_mark_and_is_known_to_its_line() -> None:
    footnote = Footnote(content=(), key=9)
    document = make.resolved(notes=[Note(key=9, id="fn-1", mark="1", footnote=footnote)])
    setter = make.setter(document)
    lines = setter.set(
        (*make.text("word " * 20), footnote, *make.text(" after")), make.style(), 100.0, make.OWNER
    )
    cited = [line for line in lines if line.notes]
    assert [line.notes for line in cited] == [(9,)]
    mark = next(run for run in cited[0].frame.runs if run.owner == Owner(9, Part.MARK))
    assert make.decoded(mark.content, setter.fonts()[mark.font]).strip() == "1"
    assert cited[0].links[0].target == "#fn-1"


def test_an_anchor_is_known_to_its_line() -> None:
    setter = make.setter()
    content = (
        *make.text("word " * 20),
        Span(content=make.text("here"), id="here", key=4),
        *make.text(" and on"),
    )
    lines = setter.set(content, make.style(), 100.0, make.OWNER)
    holders = [line for line in lines if line.anchors == (4,)]
    assert len(holders) == 1
    assert "here" in make.reads(holders[0], setter.fonts())


def test_page_references_read_as_the_labels_of_the_pass() -> None:
    document = make.resolved()
    index = msgspec.structs.replace(document.index, anchors={"sec-a": 9})
    setter = make.setter(msgspec.structs.replace(document, index=index))
    reference = CrossReference(target="sec-a", form=ReferenceForm.PAGE, key=3)
    before = setter.set((reference,), make.style(), 200.0, make.OWNER)[0]
    setter.use_page_labels({"sec-a": "xii"})
    after = setter.set((reference,), make.style(), 200.0, make.OWNER)[0]
    used = setter.fonts()
    assert (make.reads(before, used).strip(), make.reads(after, used).strip()) == (
        "page\N{NO-BREAK SPACE}00",
        "page\N{NO-BREAK SPACE}xii",
    )
    assert after.links[0].target == "#sec-a"


def test_forced_breaks_begin_lines_and_keep_empty_ones() -> None:
    setter = make.setter()
    content = (*make.text("one"), LineBreak(), LineBreak(), *make.text("two"))
    lines = setter.set(content, make.style(), 200.0, make.OWNER)
    assert [make.reads(line, setter.fonts()).strip() for line in lines] == ["one", "", "two"]


def test_white_space_collapses_but_not_in_code() -> None:
    setter = make.setter()
    content = (*make.text("  a \n\t b", " "), Code(text="x  =  1"), *make.text("  c "))
    lines = setter.set(content, make.style(), 200.0, make.OWNER)
    assert make.joined(lines, setter.fonts()) == "a b x  =  1 c "


def test_no_break_spaces_hold_words_together() -> None:
    setter = make.setter()
    lines = setter.set(make.text("aa bb 10\u00a0km " * 12), make.style(), 90.0, make.OWNER)
    texts = [make.reads(line, setter.fonts()).strip() for line in lines]
    assert not any(each.endswith("10") for each in texts)
    assert any("10\u00a0km" in each for each in texts)


def test_soft_hyphens_and_zero_width_spaces_allow_breaks() -> None:
    setter = make.setter()
    plain = make.style(hyphenate=False)
    soft = setter.set(make.text("abcdefgh\u00adijklmnop"), plain, 60.0, make.OWNER)
    zero = setter.set(make.text("abcdefgh\u200bijklmnop"), plain, 60.0, make.OWNER)
    used = setter.fonts()
    assert [make.reads(line, used) for line in soft] == ["abcdefgh\u00ad", "ijklmnop "]
    assert [make.reads(line, used) for line in zero] == ["abcdefgh", "ijklmnop "]


def test_a_hyphen_of_its_own_survives_at_a_lines_end() -> None:
    setter = make.setter()
    lines = setter.set(make.text("well-considered"), make.style(hyphenate=False), 50.0, make.OWNER)
    assert make.reads(lines[0], setter.fonts()) == "well-\u00ad"
    assert lines[0].hyphenated


def test_an_address_is_broken_after_its_slashes_and_gets_no_hyphen() -> None:
    setter = make.setter()
    address = "https://www.example.org/one-two/three/four?five=six"
    lines = setter.set(make.text(address), make.style(), 90.0, make.OWNER)
    texts = [make.reads(line, setter.fonts()).strip(" \u00ad") for line in lines]
    assert "".join(texts) == address
    assert all(each.endswith(("/", ".", "?", "=", ":")) for each in texts[:-1])


@pytest.mark.parametrize("spare", [0.0, 0.3, 1.0, 2.0])
def test_the_mark_behind_an_address_that_fills_its_line_does_not_stand_alone(spare: float) -> None:
    address = "https://example.org/minutes/2021/final-version-with-annexes.pdf?download=1&lang=en"
    setter = make.setter()
    link = Link(content=(Text(text=address),), target=address)
    wide = setter.measure((link,), make.style())[1]
    assert len(setter.set((link,), make.style(), wide + spare, make.OWNER)) == 1
    lines = setter.set((link, Text(text=".")), make.style(), wide + spare, make.OWNER)
    texts = [make.reads(line, setter.fonts()).strip(" \u00ad") for line in lines]
    assert "".join(texts) == f"{address}."
    assert min(map(len, texts)) > 1


def test_a_word_wider_than_the_line_is_broken_anywhere() -> None:
    setter = make.setter()
    lines = setter.set(make.text("x" * 400), make.style(), 100.0, make.OWNER)
    assert max(line.width for line in lines) < 100.1
    assert make.joined(lines, setter.fonts()).strip() == "x" * 400
    assert setter.diagnostics == ()


def test_what_sticks_out_is_said_with_its_place() -> None:
    setter = make.setter()
    content = (Text(text="WW", position=Position(3, 4)),)
    setter.set(content, make.style(size=30.0), 5.0, make.OWNER)
    found = setter.diagnostics[0]
    assert (found.code, found.position) == ("overfull-line", Position(3, 4))


def test_ideographs_are_broken_anywhere_but_not_before_closing_marks() -> None:
    setter = make.setter()
    lines = setter.set(make.text("中文排版，测试。" * 10), make.style(), 55.0, make.OWNER)
    texts = [make.reads(line, setter.fonts()).strip() for line in lines]
    assert "".join(texts) == "中文排版，测试。" * 10
    assert not any(each.startswith(("，", "。")) for each in texts)


@pytest.mark.parametrize(
    "parts",
    [("排版", "，测"), ("排版（", "测试"), ("abc（测", "）试"), ("排版", "”。")],
    ids=["comma", "opening", "both", "quote"],
)
def test_marks_in_another_setting_stay_with_their_ideographs(parts: tuple[str, str]) -> None:
    setter = make.setter()
    content = tuple(
        each for _ in range(12) for each in (Strong(content=make.text(parts[0])), *make.text(parts[1]))
    )
    for width in range(40, 90, 7):
        lines = setter.set(content, make.style(), float(width), make.OWNER)
        texts = [make.reads(line, setter.fonts()).strip() for line in lines]
        assert "".join(texts) == "".join(parts) * 12
        assert not any(
            each.startswith(("，", "）", "”", "。")) or each.endswith("（") for each in texts if each
        )


def test_no_line_begins_with_the_mark_of_a_note_behind_an_ideograph() -> None:
    note = Footnote(content=(), key=7)
    setter = make.setter(make.resolved(notes=[Note(key=7, id="fn-1", mark="1", footnote=note)]))
    content = tuple(each for _ in range(12) for each in (*make.text("排版"), note, *make.text("测试")))
    for width in range(40, 90, 7):
        lines = setter.set(content, make.style(), float(width), make.OWNER)
        assert not any(make.reads(line, setter.fonts()).startswith("1") for line in lines)


def test_a_picture_in_a_line_makes_room_for_itself() -> None:
    media = MediaFile(source="a.png", data=b"", media_type="image/png", digest="", width=40.0, height=30.0)
    setter = make.setter(make.resolved(media={"a.png": media}))
    content = (*make.text("before "), Image(source="a.png", alt="A", key=2), *make.text(" after"))
    line = setter.set(content, make.style(), 200.0, make.OWNER)[0]
    picture = line.pictures[0].picture
    assert (picture.width, picture.height, picture.owner) == (40.0, 30.0, Owner(2))
    assert line.ascent > 30
    assert line.height > 33


def test_pictures_are_made_to_fit_and_missing_ones_show_their_text() -> None:
    media = MediaFile(source="a.png", data=b"", media_type="image/png", digest="", width=400.0, height=100.0)
    setter = make.setter(make.resolved(media={"a.png": media}))
    wide = setter.set((Image(source="a.png"),), make.style(), 200.0, make.OWNER)[0]
    half = setter.set((Image(source="a.png", width=-0.5),), make.style(), 200.0, make.OWNER)[0]
    missing = setter.set((Image(source="b.png", alt="A chart"),), make.style(), 200.0, make.OWNER)[0]
    assert wide.pictures[0].picture.width == 200.0
    assert (half.pictures[0].picture.width, half.pictures[0].picture.height) == (100.0, 25.0)
    assert make.reads(missing, setter.fonts()).strip() == "A chart"


def test_a_picture_that_opens_an_indented_paragraph_does_not_stick_out() -> None:
    media = MediaFile(source="a.png", data=b"", media_type="image/png", digest="", width=400.0, height=100.0)
    setter = make.setter(make.resolved(media={"a.png": media}))
    images = (Image(source="a.png", alt="", key=2), Text(text=" "), Image(source="a.png", alt="", key=3))
    first, second = setter.set(images, make.style(first_line_indent=12.0), 200.0, make.OWNER)
    assert (first.pictures[0].picture.width, second.pictures[0].picture.width) == (188.0, 188.0)
    assert setter.diagnostics == ()


def test_a_picture_in_a_line_is_no_taller_than_one_that_stands_alone() -> None:
    media = MediaFile(source="a.png", data=b"", media_type="image/png", digest="", width=100.0, height=2000.0)
    setter = make.setter(make.resolved(media={"a.png": media}))
    line = setter.set((*make.text("a "), Image(source="a.png")), make.style(), 200.0, make.OWNER)[0]
    shown = line.pictures[0].picture
    tallest = text_area(1, make.sheet(TextOptions()).page).height * TALLEST_PICTURE
    assert shown.height == pytest.approx(tallest)
    assert shown.width == pytest.approx(tallest / 20)


def test_a_label_stands_before_the_first_line() -> None:
    setter = make.setter()
    label = Label(text="Figure 1", owner=Owner(1, Part.LABEL), mark=Mark(weight=700), gap=6.0, tab=60.0)
    lines = setter.set(make.text(PROSE), make.style(align="left"), 200.0, make.OWNER, label=label)
    first = lines[0].frame.runs
    assert (first[0].owner, first[0].x, first[1].x) == (Owner(1, Part.LABEL), 0.0, 60.0)
    assert make.decoded(first[0].content, setter.fonts()[first[0].font]) == "Figure 1 "
    assert lines[1].frame.runs[0].x == 0.0


def test_formulas_that_were_not_understood_show_their_source() -> None:
    setter = make.setter()
    content = (Math(text="x^2", position=Position(2)),)
    line = setter.set(content, make.style(), 200.0, make.OWNER)[0]
    assert make.reads(line, setter.fonts()).strip() == "x^2"
    assert setter.diagnostics == ()


def test_capitals_and_small_capitals_read_as_their_letters() -> None:
    setter = make.setter()
    content: tuple[Inline, ...] = (
        Span(content=make.text("Straße fine"), style="shout"),
        SmallCaps(content=make.text(" Nato office")),
        Emphasis(content=(SmallCaps(content=make.text(" Unesco")),)),
    )
    line = setter.set(content, make.style(), 300.0, make.OWNER)[0]
    assert make.joined([line], setter.fonts()).strip() == "Straße fine Nato office Unesco"


def test_struck_and_highlighted_text_has_rules_behind_it() -> None:
    setter = make.setter()
    content = (Deleted(content=make.text("gone")), *make.text(" "), Code(text="code"))
    line = setter.set(content, make.style(), 300.0, make.OWNER)[0]
    background, strike = line.frame.rules
    assert background[3] > 8
    assert 0 < strike[3] < 1
    assert background[1] < strike[1] < 0


def test_single_lines_have_their_natural_width() -> None:
    setter = make.setter()
    line = setter.line("12", make.style(), Artifact.FOOTER, Mark(weight=700))
    assert line.frame.runs[0].owner is Artifact.FOOTER
    assert setter.fonts()[line.frame.runs[0].font].name == "SourceSerifPro-Bold"
    assert 8 < line.width < 14
    assert setter.line("", make.style(), Artifact.FOOTER).width == 0


def test_empty_paragraphs_have_no_lines() -> None:
    setter = make.setter()
    assert setter.set((), make.style(), 200.0, make.OWNER) == ()
    assert setter.set(make.text(" ", "\x00\u200e"), make.style(), 200.0, make.OWNER) == ()


@pytest.mark.parametrize("width", [168.0, 172.0, 226.0, 232.0, 338.0])
def test_the_last_line_of_ragged_text_is_more_than_one_word(width: float) -> None:
    said = (
        "The visitors were received by everybody with great kindness, and afterwards nobody remembered anything "
        "whatever of their conversation"
    )
    style = make.style(align="left", hyphenate=False)
    *_, last = make.setter().set(make.text(said), style, width, make.OWNER)
    assert " " in said[last.offset :]


@pytest.mark.parametrize(
    "content",
    [
        make.text("10 h 45"),
        make.text("one"),
        make.text("a whole sentence with an em dash\u2014and 5\u00a0m of rope"),
        (Text(text="plain and "), Strong(content=(Text(text="strong words"),)), Text(text=" alike")),
    ],
)
def test_words_and_the_spaces_between_are_as_wide_as_all_on_one_line(content: tuple[Inline, ...]) -> None:
    setter = make.setter()
    ((words, space),) = setter.words(content, make.style())
    whole = sum(words) + space * (len(words) - 1)
    assert whole == pytest.approx(setter.measure(content, make.style())[1])


def test_words_are_told_for_each_forced_line() -> None:
    content = (Text(text="a b"), LineBreak(), Text(text="c"))
    found = make.setter().words(content, make.style())
    assert [len(words) for words, _ in found] == [2, 1]


def test_measure_gives_the_widest_word_and_the_whole() -> None:
    setter = make.setter()
    least, most = setter.measure(make.text("a longer word"), make.style())
    assert least == pytest.approx(setter.line("longer", make.style(), make.OWNER).width)
    assert most == pytest.approx(setter.line("a longer word", make.style(), make.OWNER).width)
    address = "https://www.example.org/aaa/bbb/ccc/ddd/eee/fff"
    assert setter.measure(make.text(address), make.style())[0] < 100


def test_code_keeps_its_spaces_and_long_lines_run_on_behind_a_sign() -> None:
    setter = make.setter()
    mono = make.style(font=("Cascadia Mono",), size=9.0, align="left")
    source = "if x:\n\tcall(argument_one, argument_two, argument_three)\n\nend"
    bold = Highlight(0, 2, Mark(weight=700))
    lines = setter.preformatted(source, mono, 160.0, make.OWNER, [bold])
    used = setter.fonts()
    own = [
        "".join(
            make.decoded(run.content, used[run.font]) for run in line.frame.runs if run.owner == make.OWNER
        )
        for line in lines
    ]
    assert own == ["if x: ", "    call(argument_one, ", "argument_two, ", "argument_three) ", "", "end "]
    assert [any(run.owner is Artifact.LAYOUT for run in line.frame.runs) for line in lines] == [
        False,
        False,
        True,
        True,
        False,
        False,
    ]
    assert used[lines[0].frame.runs[0].font].name != used[lines[0].frame.runs[1].font].name


def test_marks_in_code_have_their_rules_and_grounds_where_their_words_stand() -> None:
    setter = make.setter()
    mono = make.style(font=("Cascadia Mono",), size=9.0, align="left")
    source = "- gone\n  call(argument_one, argument_two, argument_three)"
    start = source.index("argument_three")
    marks = [
        Highlight(0, 6, Mark(strike=True)),
        Highlight(start, start + 14, Mark(background=Color(200, 220, 240))),
    ]
    lines = setter.preformatted(source, mono, 160.0, make.OWNER, marks)
    struck, ground = (line.frame.rules[0] for line in lines if line.frame.rules)
    assert struck[0] == pytest.approx(0.0)
    assert struck[2] == pytest.approx(setter.line("- gone", mono, make.OWNER).width, abs=0.1)
    last = next(run for run in lines[-1].frame.runs if run.owner == make.OWNER)
    assert ground[0] < last.x
    assert ground[0] + ground[2] > last.x + last.width


@pytest.mark.parametrize("end", ["\n", ""])
def test_code_takes_its_time_in_proportion_to_its_length(end: str) -> None:
    mono = make.style(font=("Cascadia Mono",), size=9.0, align="left")
    word = f"name = 1;{end}"

    def work(size: int) -> None:
        marks = [
            Highlight(at * len(word), at * len(word) + 4, Mark(weight=700 if at % 2 else 400))
            for at in range(size)
        ]
        make.setter().preformatted(word * size, mono, 160.0, make.OWNER, marks)

    assert_in_proportion(work, 1_000)


def test_words_from_right_to_left_stand_so_and_read_in_order() -> None:
    setter = make.setter()
    line = setter.set(make.text("a שלום עולם b"), make.style(), 300.0, make.OWNER)[0]
    assert make.reads(line, setter.fonts()) == "a שלום עולם b "
    hebrew = [run for run in line.frame.runs if "FiraGO" in setter.fonts()[run.font].name]
    assert hebrew[0].x > hebrew[-1].x


def test_unknown_languages_are_set_without_hyphens_and_say_so() -> None:
    setter = make.setter(make.resolved(language="tlh"))
    lines = setter.set(make.text("incomprehensibilities " * 10), make.style(), 90.0, make.OWNER)
    assert not any(line.hyphenated for line in lines)
    assert [each.code for each in setter.diagnostics] == ["no-hyphenation"]


def test_the_same_input_gives_the_same_lines() -> None:
    first, second = make.setter(), make.setter()
    content = (*make.text(PROSE), Emphasis(content=make.text(PROSE)))
    assert first.set(content, make.style(), 150.0, make.OWNER) == second.set(
        content, make.style(), 150.0, make.OWNER
    )
    assert first.fonts() == second.fonts()


GERMAN = (
    "Die Gemeindevertretung beschloss nach langer Aussprache, die Kosten der Deicherhöhung gleichmäßig zu verteilen. "
    "Sachverständige des Umweltministeriums halten die Ausbaggerung der Fahrrinne für unbedenklich. Die Fahrgastzahlen "
    "haben trotz zweier Preiserhöhungen beträchtlich zugenommen, und der Vorsitzende der Fischereigenossenschaft "
    "erinnerte daran, dass die Winterstürme in den letzten Jahren heftiger geworden sind. "
)


def test_in_narrow_columns_fewer_words_are_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to 25 ems; from 30 ems on spaces stretch as the theme says."""

    def divided() -> list[int]:
        setter = make.setter(make.resolved("de"))
        found = []
        for ems in (20.0, 22.0, 24.0, 34.0):
            lines = setter.set(make.text(GERMAN * 4), make.style(), 10.5 * ems, make.OWNER)
            found.append(sum(line.hyphenated for line in lines))
        return found

    now = divided()
    monkeypatch.setattr("octavo.typeset.paragraphs.looser", lambda _: 1.0)
    before = divided()
    assert sum(now[:3]) < sum(before[:3])
    assert now[3] == before[3]
    assert [looser(ems) for ems in (10.0, 25.0, 30.0, 60.0)] == [2.5, 2.5, 1.0, 1.0]
