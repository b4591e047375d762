"""Parity: the finished PDF, Word file and e-book say of every style what the theme says, or there is a reason."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import pytest

from octavo.checks.parity.compare import FORMATS, Row, compare
from octavo.checks.parity.docx_values import read_docx
from octavo.checks.parity.epub_values import read_epub
from octavo.checks.parity.marks import wanted_mark
from octavo.checks.parity.page_values import KEYS, RUNNING, filled_from
from octavo.checks.parity.pdf_file import read_pdf
from octavo.checks.parity.pdf_values import face_of
from octavo.checks.parity.probe import MARK_TEXTS, probe_document, word
from octavo.checks.parity.reasons import LOSSES, REASONS
from octavo.checks.parity.values import same
from octavo.environment import DiskEnvironment
from octavo.plugins import find_writer
from octavo.production import Prepared, prepare, write
from octavo.theme import schema
from octavo.theme.load import load_theme
from octavo.theme.resolve import merge
from octavo.theme.style import Medium
from octavo.tree.semantics import MarkKey, StyleKey

THEMES = DiskEnvironment().themes()


@functools.cache
def made(theme: str) -> tuple[Prepared, Mapping[str, bytes]]:
    writers = [find_writer(name) for name in FORMATS]
    prepared = prepare(probe_document(), theme, writers, DiskEnvironment())
    return prepared, {writer.name: write(prepared, writer).data for writer in writers}


@functools.cache
def rows(theme: str) -> tuple[Row, ...]:
    prepared, editions = made(theme)
    return compare(prepared.sheets, editions, prepared.fonts)


@pytest.mark.parametrize("theme", THEMES)
def test_every_style_is_alike_in_all_editions_or_there_is_a_reason(theme: str) -> None:
    assert [str(row) for row in rows(theme) if row.unexplained] == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_face_size_and_colour_of_text_are_read_from_all_three(theme: str) -> None:
    """Reasons must not hide what can be read: most of what text is made of is there, and alike."""
    texts = [row for row in rows(theme) if row.property in ("font", "size", "color", "italic", "leading")]
    alike = [row for row in texts for form in FORMATS if form not in row.reasons]
    assert len(alike) > 0.86 * 3 * len(texts)


def test_every_key_and_property_is_in_the_report() -> None:
    found = {(row.key, row.property) for row in rows("policy")}
    grounds = {StyleKey.TEXT, StyleKey.HEADING, StyleKey.GROUP}
    special = {
        "label",
        "marker",
        "marker-indent",
        "columns",
        "column-gap",
        "place",
        "drop-initial",
        "all-columns",
    }
    wanted = {
        (key, name) for key in set(StyleKey) - grounds for name in set(schema.STYLE_PROPERTIES) - special
    }
    assert wanted <= found
    styles = {name for key, name in found if "mark." not in key and key not in KEYS}
    assert styles == set(schema.STYLE_PROPERTIES)


def test_the_page_its_running_lines_and_the_limits_of_lines_are_in_the_report() -> None:
    found = {(row.key, row.property) for row in rows("policy")}
    wanted = {
        *(("page", name) for name in schema.PAGE_PROPERTIES),
        *(("page.masthead", name) for name in schema.MASTHEAD_PROPERTIES),
        *((key, name) for key in RUNNING for name in schema.RUNNING_PROPERTIES),
        *(("lines", name) for name in schema.LINE_PROPERTIES),
        *(("numbering", name) for name in schema.NUMBERING_PROPERTIES),
    }
    assert wanted <= found


@pytest.mark.parametrize("theme", THEMES)
def test_most_of_the_page_is_read_from_pdf_and_word_files(theme: str) -> None:
    """Reasons must not hide what can be read."""
    alike = {
        (row.property, form)
        for row in rows(theme)
        if row.key == "page"
        for form in FORMATS
        if form not in row.reasons
    }
    both = ["size", "margin-inner", "columns", "front-matter", "header-baseline"]
    if any(row.wanted for row in rows(theme) if row.key.startswith("page.footer")):
        both.append("footer-baseline")
    assert {(name, form) for name in both for form in ("pdf", "docx")} <= alike
    assert {
        ("margin-top", "pdf"),
        ("margin-outer", "docx"),
        ("margin-bottom", "docx"),
        ("facing", "docx"),
    } <= alike
    running = [row for row in rows(theme) if row.key in RUNNING]
    assert [str(row) for row in running if {"pdf", "docx"} & set(row.reasons)] == []


@pytest.mark.parametrize(
    ("template", "text", "fits"),
    [
        ("{short-title}", "Probe", True),
        ("[{short-title}][   |   {section}]", "Probe | A room", True),
        ("[{series}][, {number-term} {issue}]", "Notes, No. 7", True),
        ("[{series}][, {number-term} {issue}]", "Notes, Winter 2026", True),
        ("Page {page}", "Page 7", True),
        ("Page {page}", "7", False),
        ("{page}", "", False),
        ("", "7", False),
    ],
)
def test_a_running_line_is_known_by_its_template(template: str, text: str, fits: bool) -> None:
    assert filled_from(template, text) == (template if fits else text)


@pytest.mark.parametrize("theme", THEMES)
def test_what_a_theme_sets_of_marks_and_of_pairs_is_in_the_report(theme: str) -> None:
    found = {(row.key, row.property) for row in rows(theme)}
    sheets = made(theme)[0].sheets.values()
    marks = {
        (f"mark.{key}", name)
        for sheet in sheets
        for key, mark in sheet.marks.items()
        for name in wanted_mark(mark)
        if key != MarkKey.HEADING_NUMBER or sheet.section_depth
    }
    assert {key for key, _ in marks} >= {"mark.link", "mark.footnote-mark", "mark.code-keyword", "mark.folio"}
    assert marks <= found
    written = {
        path[1:3]
        for path in merge(load_theme(theme, DiskEnvironment().read_theme), Medium.SCREEN)
        if path[0] == "within"
    }
    shown = {pair for pair in written if pair[1] != "group-title" or sheets_label(theme, pair[0]) == "block"}
    assert {f"{outer}.{key}" for outer, key in shown} <= {key for key, _ in found}


def sheets_label(theme: str, group: str) -> str:
    return made(theme)[0].sheets[Medium.SCREEN].of(group).label


BARE = """
name = "bare"
extends = "newsletter"
[page]
columns = 1
[page.masthead]
show = true
[style.masthead]
border-bottom = "none"
[page.header.recto]
left = ""
right = ""
[page.footer.recto]
left = "{page}"
[style.pull-quote]
border-top = "none"
border-bottom = "none"
"""


WILD = """
name = "wild"
extends = "base"
[token.color]
night = { srgb = "#15131f", cmyk = [60, 60, 20, 90] }
acid = "#c6ff3d"
strong = "#5b2be0"
[token.font]
text = ["Source Sans Pro"]
heading = ["Nowhere Mono", "Cascadia Mono"]
[token.body]
align = "left"
[page]
columns = 2
column-gap = "8mm"
title-page = true
margin-inner = "20mm"
margin-outer = "20mm"
first-margin-top = "190mm"
bleed = "3mm"
[page.masthead]
show = true
height = "170mm"
left = ["{publisher}", "{series}"]
[style.masthead]
background = "{color.night}"
color = "{color.acid}"
[style.title]
size = "48pt"
leading = 1.0
[style.key-points]
all-columns = true
columns = 3
background = "{color.night}"
color = "#ffffff"
[style.heading-1]
size = "30pt"
leading = "34pt"
[mark.strong]
color = "{color.strong}"
"""
ASIDE = """
name = "aside"
extends = "report"
[page]
facing = true
size = "letter"
[style.text]
font = ["FiraGO"]
[style.notice]
place = "margin"
indent-right = "0pt"
[style.quote]
align = "center"
[style.paragraph]
align = "right"
[style.caption]
small-caps = true
[mark.link]
background = "#ffff00"
"""
CAPTIONED = """
name = "Captioned"
extends = "policy"
[page]
margin-bottom = "26mm"
[style.figure.caption]
color = "#990000"
align = "center"
italic = true
[style.figure.credit]
color = "#770077"
[style.table.caption]
size = "14pt"
leading = "17pt"
weight = 600
space-after = "9pt"
[style.code-block.caption]
color = "#0000aa"
indent-left = "12pt"
"""
"""Captions by what they belong to, and pages so high that the table is divided."""
OWN = {"bare": BARE, "wild": WILD, "aside": ASIDE, "captioned": CAPTIONED}
"""Themes as others write them, which say what no shipped theme says."""


def written_to(folder: Path, name: str) -> str:
    theme = folder / f"{name}.toml"
    theme.write_text(OWN[name], encoding="utf-8")
    return str(theme)


@pytest.mark.parametrize("name", OWN)
def test_a_theme_of_one_s_own_is_alike_in_all_editions_or_there_is_a_reason(
    name: str, tmp_path: Path
) -> None:
    assert [str(row) for row in rows(written_to(tmp_path, name)) if row.unexplained] == []


def test_captions_have_the_style_of_what_they_belong_to(tmp_path: Path) -> None:
    found = {(row.key, row.property): row for row in rows(written_to(tmp_path, "captioned"))}
    wanted = {
        ("caption", "color"): "990000",
        ("caption", "align"): "center",
        ("caption", "italic"): "true",
        ("credit", "color"): "770077",
        ("table.caption", "size"): "14",
        ("table.caption", "italic"): "false",
        ("code-block.caption", "color"): "0000aa",
    }
    assert {key: found[key].found for key in wanted} == {
        key: dict.fromkeys(FORMATS, value) for key, value in wanted.items()
    }


def test_fonts_that_are_not_at_hand_are_a_reason(tmp_path: Path) -> None:
    found = {(row.key, row.property): row for row in rows(written_to(tmp_path, "wild"))}
    assert (
        found["title", "font"].reasons["pdf"]
        == "`Nowhere Mono` is not at hand, and `Cascadia Mono` stands in for it"
    )
    assert found["title", "weight"].reasons["docx"] == "`Cascadia Mono` has no weight that is nearer"
    assert found["paragraph", "font"].reasons == {}


def test_no_reason_is_out_of_date(tmp_path: Path) -> None:
    themes = (*THEMES, *(written_to(tmp_path, name) for name in OWN))
    used = {(form, why) for theme in themes for row in rows(theme) for form, why in row.reasons.items()}
    assert [(each.form, each.why) for each in REASONS if (each.form, each.why) not in used] == []


@pytest.mark.parametrize("form", FORMATS)
def test_editions_of_another_theme_are_found_out(form: str) -> None:
    prepared, editions = made("policy")
    _, others = made("academic")
    found = compare(prepared.sheets, {**editions, form: others[form]}, prepared.fonts)
    wrong = {(row.key, row.property) for row in found if form in row.unexplained}
    assert {("title", "size"), ("heading-1", "font"), ("lead", "color")} <= wrong


def test_words_of_the_probe_are_all_different() -> None:
    words = [
        *(word(key) for key in StyleKey),
        *(said for said in MARK_TEXTS.values() if said.startswith("qz")),
    ]
    assert len(set(words)) == len(words)
    assert [one for one in words for other in words if one != other and one in other] == []


@pytest.mark.parametrize("read", [read_pdf, read_docx, read_epub])
def test_what_is_no_edition_is_refused(read: object) -> None:
    assert callable(read)
    with pytest.raises(ValueError, match="no "):
        read(b"%PDF-1.7\nnothing\n")


@pytest.mark.parametrize(
    ("name", "face"),
    [
        ("SourceSansPro-SemiboldIt", ("Source Sans Pro", 600.0, True)),
        ("SourceSerifPro-Regular", ("Source Serif Pro", 400.0, False)),
        ("SourceSerifPro-It", ("Source Serif Pro", 400.0, True)),
        ("CascadiaMono-BoldItalic", ("Cascadia Mono", 700.0, True)),
    ],
)
def test_faces_are_known_by_their_names(name: str, face: tuple[str, float, bool]) -> None:
    assert face_of(name) == face


def test_values_compare_within_a_tolerance() -> None:
    assert same(10.0, 10.05, 0.06)
    assert not same(10.0, 10.1, 0.06)
    assert same("0.50 0b4f8a", "0.55 0b4f8a", 0.06)
    assert not same("0.50 0b4f8a", "0.50 0b4f8b", 0.06)
    assert not same(None, "ffffff", 1.0)
    assert not same(True, 1.0, 1.0)


def said_of(theme: str, form: str) -> list[str]:
    prepared, _ = made(theme)
    output = write(prepared, find_writer(form))
    return [each.message for each in output.diagnostics if each.code == "theme-not-in-format"]


def test_an_export_says_what_a_format_cannot_show() -> None:
    assert [said.partition(":")[0] for said in said_of("newsletter", "docx")] == [
        "page.column-rule",
        "page.footnote-rule",
    ]
    assert [said.partition(":")[0] for said in said_of("newsletter", "epub")] == ["page.columns"]
    assert said_of("newsletter", "pdf") == []
    assert said_of("book", "epub") == []
    assert [said.partition(":")[0] for said in said_of("book", "docx")] == ["style.heading.drop-initial"]


def test_every_loss_is_told_for_some_theme(tmp_path: Path) -> None:
    spread = tmp_path / "spread.toml"
    spread.write_text(
        'name = "spread"\nextends = "book"\n[lines]\nletter-space-minimum = -0.01\nletter-space-maximum = 0.02\n'
        '[style.key-points]\ncolumns = 2\nbackground = "#f0f0f0"\n',
        encoding="utf-8",
    )
    given = {
        said.partition(":")[0]
        for theme in (*THEMES, str(spread))
        for form in ("docx", "epub")
        for said in said_of(theme, form)
    }
    # Notes are collected where a source asks for it, which the probe does not.
    assert given == {each.property for each in LOSSES if each.form in ("docx", "epub")} - {"notes"}


def test_a_face_left_to_the_reader_is_told_and_no_other_is_excused(tmp_path: Path) -> None:
    theme = tmp_path / "modest.toml"
    theme.write_text('name = "modest"\nextends = "policy"\n[page]\ntext-face = "reader"\n', encoding="utf-8")
    found = {row.key: row for row in rows(str(theme)) if row.property == "font"}
    assert not [str(row) for row in rows(str(theme)) if row.unexplained]
    assert found["paragraph"].found["epub"] == ""
    assert "reader" in found["paragraph"].reasons["epub"]
    assert found["heading-1"].found["epub"] == "Source Sans Pro"


FLIPPED = """
name = "flipped"
extends = "base"
[page]
columns = 2
column-gap = "9mm"
margin-bottom = "31.5mm"
footnote-gap = "17pt"
[style.paragraph]
figures = "lining"
figure-spacing = "tabular"
hyphenate = false
underline = true
[style.paragraph-first]
figures = "old-style"
figure-spacing = "proportional"
hyphenate = true
[style.heading-1]
drop-initial = 2
case = "upper"
[style.heading-2]
drop-initial = 3
small-caps = true
[style.quote]
all-columns = true
[style.divider]
marker = "* * *"
[mark.superscript]
figures = "old-style"
[mark.strong]
underline = true
strike = true
[mark.emphasis]
case = "upper"
"""


def test_what_pages_show_is_what_is_read_and_not_what_is_wanted(tmp_path: Path) -> None:
    """The values of the page, in a theme that says much that no shipped theme says."""
    theme = tmp_path / "flipped.toml"
    theme.write_text(FLIPPED, encoding="utf-8")
    found = {(row.key, row.property): row.found["pdf"] for row in rows(str(theme))}
    wanted = {
        "paragraph": {"figures": "lining", "figure-spacing": "tabular", "hyphenate": "false", "underline": "true"},
        "paragraph-first": {"figures": "old-style", "figure-spacing": "proportional", "hyphenate": "true"},
        "heading-1": {"drop-initial": "2", "case": "upper", "small-caps": "false"},
        "heading-2": {"drop-initial": "3", "case": "none", "small-caps": "true"},
        "heading-3": {"drop-initial": "0", "case": "none", "small-caps": "false"},
        "divider": {"marker": "* * *"},
        "key-points": {"all-columns": "false"},
        "quote": {"all-columns": "true"},
        "page": {"margin-bottom": "89.29", "footnote-gap": "17", "columns": "2"},
        "mark.superscript": {"figures": "old-style"},
        "mark.subscript": {"figures": "lining"},
        "mark.strong": {"underline": "true", "strike": "true"},
        "mark.emphasis": {"case": "upper"},
    }  # fmt: skip
    assert {(key, name): found[key, name] for key, values in wanted.items() for name in values} == {
        (key, name): value for key, values in wanted.items() for name, value in values.items()
    }
    assert [str(row) for row in rows(str(theme)) if row.unexplained] == []


def test_figures_of_a_typeface_that_has_one_kind_alone_are_explained(tmp_path: Path) -> None:
    theme = tmp_path / "one-kind.toml"
    theme.write_text(
        'name = "one"\nextends = "base"\n[style.quote]\nfont = "Fira Mono"\nfigures = "old-style"\n', "utf-8"
    )
    found = {(row.key, row.property): row for row in rows(str(theme))}
    assert [str(row) for row in found.values() if row.unexplained] == []
    assert found["paragraph", "figures"].reasons == {}
