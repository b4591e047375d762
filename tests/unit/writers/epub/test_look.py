"""The style sheet, colours by night, and the fonts that are embedded."""

from __future__ import annotations

import io
import re

import pytest
from fontTools.ttLib import TTFont

from octavo.fonts.book import Face, FontBook
from octavo.tree import Document
from octavo.tree import nodes as n
from octavo.tree.metadata import Metadata
from octavo.tree.nodes import GroupRole
from octavo.tree.semantics import StyleKey
from octavo.units import WHITE, Color, contrast
from octavo.writers.epub import css_values
from octavo.writers.epub.night import DARK, night_background, night_rule, night_text
from tests.typesetting import restyled
from tests.unit.fonts.small_fonts import small_font
from tests.unit.writers.epub.features import DOCUMENT, paragraph, text
from tests.unit.writers.epub.making import FONTS, book, styles


def test_nothing_is_measured_in_points_or_pixels() -> None:
    sheet = book(DOCUMENT).text("style.css")
    assert not re.findall(r"[\d.]+(?:pt|px)\b", sheet)


def test_the_body_leaves_size_and_colour_to_the_reader() -> None:
    body = re.search(r"^body \{(.*)\}$", book(DOCUMENT).text("style.css"), re.MULTILINE)
    assert body is not None
    assert "font-size" not in body.group(1)
    assert "color" not in body.group(1)


def test_every_class_in_the_text_that_has_a_style_has_a_rule() -> None:
    made = book(DOCUMENT)
    sheet = made.text("style.css")
    used = set(re.findall(r'<(h\d|p) class="([\w-]+)"', made.text()))
    plain = {("p", "paragraph-first")}
    missing = {(element, name) for element, name in used - plain if f"{element}.{name}" not in sheet}
    assert missing <= {("p", "list-item"), ("p", "definition")}, "only what looks like the body has no rule"


def test_text_that_reaches_out_does_so_on_wide_screens_only() -> None:
    sheet = book(DOCUMENT).text("style.css")
    narrow = sheet[: sheet.index("@media")]
    assert not re.search(r"margin-left: -", narrow)
    assert re.search(r"@media \(min-width: \d+em\) \{[^@]*h1\.title[^@]*margin-left: -", sheet)


def test_right_to_left_documents_are_mirrored() -> None:
    document = Document(metadata=Metadata(title="ספר", language="he"), content=DOCUMENT.content)
    made = book(document)
    assert 'dir="rtl"' in made.text()
    key_points = re.search(r"section\.key-points \{(.*?)\}", made.text("style.css"))
    assert key_points is not None
    assert "border-right:" in key_points.group(1)
    assert "border-left:" not in key_points.group(1)
    assert 'page-progression-direction="rtl"' in made.text("package.opf")
    sheet = made.text("style.css")
    assert ".heading-number { margin-left: 0.35em; }" in sheet
    assert ".formula-number { float: left; }" in sheet
    assert "td.left, th.left { text-align: left; }" in sheet
    assert 'list-style-type: "◂' in sheet


def test_blocks_that_run_against_the_text_have_the_other_side() -> None:
    def items(language: str) -> n.List:
        item = n.ListItem(content=(paragraph("x"),))
        return n.List(items=(item,), language=language)

    notice = n.Group(role=GroupRole.NOTICE, content=(paragraph("y"),), language="he")
    table = n.Table(
        columns=(n.Column(align="left"), n.Column()),
        bodies=(n.TableBody(rows=(n.Row(cells=(n.Cell(content=(paragraph("z"),)),) * 2),)),),
        language="he",
    )
    sheet = book(Document(content=(items(""), items("he"), notice, table))).text("style.css")
    day = sheet[: sheet.index("@media (prefers-color-scheme")]
    rules = dict(re.findall(r"^(\S.*?) \{ (.*) \}$", day, re.MULTILINE))
    own = next(body for selectors, body in rules.items() if selectors.startswith("li.list-item"))
    other = next(
        body for selectors, body in rules.items() if selectors.startswith('[dir="rtl"] li.list-item')
    )
    top, right, bottom, left = own.removeprefix("margin: ").split()
    assert other == f"margin: {top} {left} {bottom} {right}"
    notices = next(body for selectors, body in rules.items() if '[dir="rtl"] section.notice,' in selectors)
    assert "border-left: 0; border-right: " in notices
    assert sheet.index('[dir="rtl"] td.table-cell,') < sheet.index('[dir="rtl"] td.left,')
    span = n.Span(content=text("ספר"), language="he")
    assert "[dir=" not in book(Document(content=(n.Paragraph(content=(span,)),))).text("style.css")


def test_drawings_without_a_ground_stay_on_white_by_night() -> None:
    sheet = book(DOCUMENT).text("style.css")
    day, night = sheet.split("@media (prefers-color-scheme: dark) {", 1)
    assert "main img" not in day
    assert "main img { background-color: #ffffff }" in night
    assert ':root[style*="readium-night-on"] main img { background-color: #ffffff }' in night


@pytest.mark.parametrize("theme", ["policy", "newsletter", "book"])
def test_a_task_has_no_bullet_beside_its_box(theme: str) -> None:
    """A rule for tasks has the weight of those for bullets, and stands after them."""
    tasks = n.List(items=(n.ListItem(content=(paragraph("x"),), checked=True),))
    points = n.Group(role=GroupRole.KEY_POINTS, content=(tasks,))
    sheet = book(Document(content=(tasks, points)), sheet=styles(theme)).text("style.css")
    rules = re.findall(r"^(.*) \{ list-style-type: (.*?);? \}", sheet, re.MULTILINE)
    last = max(at for at, (selector, _) in enumerate(rules) if "list-item" in selector)
    at, selector = next((at, selector) for at, (selector, _) in enumerate(rules) if "task" in selector)
    assert at > last
    assert all(re.fullmatch(r"[uo]l > li\.task", each) for each in selector.split(", "))


def test_large_type_is_smaller_on_a_phone() -> None:
    sheet = book(DOCUMENT).text("style.css")
    whole = re.search(r"^h1\.title \{.*?font-size: ([\d.]+)em", sheet, re.MULTILINE)
    phone = re.search(r"@media \(max-width: 30em\) \{\n[^@]*?h1\.title \{ font-size: ([\d.]+)em", sheet)
    assert whole is not None
    assert phone is not None
    assert 1.5 < float(phone.group(1)) < float(whole.group(1))


def test_running_text_among_many_columns_keeps_some_width() -> None:
    def table(columns: int) -> n.Table:
        said = ("short", "these are words enough for a line or two of text")
        cells = tuple(n.Cell(content=(paragraph(said[at % 2]),)) for at in range(columns))
        return n.Table(columns=(n.Column(),) * columns, bodies=(n.TableBody(rows=(n.Row(cells=cells),)),))

    assert book(Document(content=(table(6),))).text().count("prose") == 3
    assert book(Document(content=(table(3),))).text().count("prose") == 0


def test_code_runs_to_the_right_everywhere() -> None:
    content = (n.CodeBlock(text="a = b"), paragraph("x ", n.Code(text="f(x)")))
    spoken = Document(metadata=Metadata(language="he"), content=(paragraph(n.Code(text="f", language="fr")),))
    assert '<code lang="fr" xml:lang="fr" dir="ltr">f</code>' in book(spoken).text()
    leftwards = book(Document(metadata=Metadata(title="ספר", language="he"), content=content)).text()
    assert leftwards.count(' dir="ltr"') == 2
    assert ' dir="ltr"' not in book(Document(metadata=Metadata(language="en"), content=content)).text()


def test_families_end_in_a_generic_one() -> None:
    roles = {"text": ("Minion",), "heading": ("Myriad",), "mono": ("Letter Gothic",)}
    assert css_values.generic(("Source Serif Pro",), roles) == "serif"
    assert css_values.generic(("Source Sans Pro",), roles) == "sans-serif"
    assert css_values.generic(("Cascadia Mono",), roles) == "monospace"
    assert css_values.generic(("Minion",), roles) == "serif"
    assert css_values.generic(("Myriad",), roles) == "sans-serif"
    assert css_values.family(('Od"d; } Name',), roles) == '"Odd  Name", serif'


def test_night_turns_dark_text_light_and_light_panels_dark() -> None:
    navy, tint = Color(0x0B, 0x3C, 0x66), Color(0xED, 0xF3, 0xF8)
    assert contrast(night_text(navy), DARK) >= 7
    assert contrast(night_rule(navy), DARK) >= 3
    panel = night_background(tint)
    assert contrast(Color(0xE6, 0xE6, 0xE6), panel) >= 7
    assert night_background(navy) == navy
    assert night_text(WHITE, navy) == WHITE


def test_hairlines_are_no_glaring_lines_by_night() -> None:
    hairline, orange = Color(0xC3, 0xD0, 0xDC), Color(0xD9, 0x82, 0x2B)
    assert 3 <= contrast(night_rule(hairline), DARK) < 4
    assert night_rule(orange) == orange


def test_programs_that_do_not_tell_of_the_night_have_its_colours_too() -> None:
    sheet = book(DOCUMENT).text("style.css")
    night = re.search(r"h1\.title[^{]*\{ color: (#\w+) \}\n", sheet[sheet.index("prefers-color-scheme") :])
    assert night is not None
    for said in (':root[__ibooks_internal_theme*="Night"]', ':root[style*="readium-night-on"]'):
        assert re.search(re.escape(f"{said} h1.title") + r"[^{]*\{ color: " + night.group(1), sheet)


def test_kindle_keeps_its_own_distance_of_lines() -> None:
    sheet = book(DOCUMENT).text("style.css")
    body = re.search(r"^body \{(.*)\}$", sheet, re.MULTILINE)
    assert body is not None
    assert "line-height" not in body.group(1)
    assert re.search(r"@media not amzn-kf8 \{\nbody \{ line-height: 1\.\d+ \}\n\}", sheet)


def test_cells_break_where_a_screen_has_no_room() -> None:
    def cell(words: str) -> n.Cell:
        return n.Cell(content=(paragraph(words),))

    row = n.Row(
        cells=(cell("Port 10"), cell("https://example.org/a/very/long/path"), cell("plain words here"))
    )
    table = n.Table(columns=(n.Column(),) * 3, bodies=(n.TableBody(rows=(row,)),))
    made = book(Document(content=(table,))).text()
    assert re.search(r'<td class="table-cell short">Port 10', made)
    assert re.search(r'<td class="table-cell long">https:', made)
    assert re.search(r'<td class="table-cell">plain', made)


def test_a_title_page_of_its_own_names_the_publisher() -> None:
    about = Metadata(title="T", publisher="Quay Press", language="en")
    made = book(Document(metadata=about, content=(paragraph("x"),)), sheet=styles("book")).text()
    assert '<header class="title-page">' in made
    assert re.search(r'<p class="byline imprint">Quay Press</p>', made)
    other = book(Document(metadata=about, content=(paragraph("x"),)), sheet=styles("academic")).text()
    assert '<header class="bare">' in other


def test_text_is_as_far_from_a_title_alone_as_from_the_names_of_authors() -> None:
    sheet = styles("policy")
    made = book(DOCUMENT, sheet=sheet).text("style.css")
    (gap,) = re.findall(r"(?m)^header \{ margin-bottom: ([\d.]+)em; \}$", made)
    byline, paragraph_style = sheet.styles["byline"], sheet.styles["paragraph"]
    assert float(gap) == pytest.approx(byline.space_after / paragraph_style.size, abs=0.001)


def test_panels_bring_their_own_ink() -> None:
    sheet = book(DOCUMENT).text("style.css")
    for body in re.findall(r"(?:section|aside|div)\.[\w-]+ \{(.*?)\}", sheet):
        if "background-color" in body:
            assert re.search(r"(?<!-)color: #", body.replace("background-color", "")), body


def test_only_faces_in_use_are_embedded_and_cut_down() -> None:
    document = Document(
        metadata=Metadata(language="en"), content=(paragraph("abc ", n.Emphasis(content=text("def"))),)
    )
    made = book(document, fonts=FONTS)
    fonts = {name: data for name, data in made.files.items() if "/fonts/" in name}
    assert set(fonts) == {"EPUB/fonts/source-serif-pro-400.ttf", "EPUB/fonts/source-serif-pro-400-italic.ttf"}
    assert all(len(data) < 20_000 for data in fonts.values())
    sheet = made.text("style.css")
    assert sheet.count("@font-face") == 2
    assert 'src: url("fonts/source-serif-pro-400.ttf")' in sheet


def _letters(font: bytes) -> set[int]:
    return set(TTFont(io.BytesIO(font)).getBestCmap())


def test_faces_that_a_reader_may_take_for_one_another_have_the_same_letters() -> None:
    """A reading system that knows bold alone takes a semibold face for a bold one, and looks elsewhere for letters."""
    sheet = restyled(
        restyled(styles("policy"), StyleKey.HEADING_1, weight=600), StyleKey.HEADING_2, weight=700
    )
    inner = n.Section(title=text("xyz"), content=(paragraph("m"),))
    document = Document(
        metadata=Metadata(language="en"), content=(n.Section(title=text("abc"), content=(inner,)),)
    )
    made = book(document, sheet=sheet, fonts=FONTS)
    heavy = [_letters(made.files[f"EPUB/fonts/source-sans-pro-{weight}.ttf"]) for weight in (600, 700)]
    assert all(set(map(ord, "abcxyz")) <= each for each in heavy)
    assert not set(map(ord, "abcxyz")) & _letters(made.files["EPUB/fonts/source-serif-pro-400.ttf"])


@pytest.mark.parametrize(
    ("language", "plain", "strong"),
    [("ar", "هذا نص", "مهم"), ("he", "שלום", "חשוב"), ("hi", "हिन्दी में", "ज्ञान"), ("th", "ภาษาไทย", "งาม")],
)
def test_fonts_that_lend_letters_are_embedded_and_named(language: str, plain: str, strong: str) -> None:
    content = (paragraph(f"a {plain} ", n.Strong(content=text(strong))),)
    made = book(Document(metadata=Metadata(title="T", language=language), content=content), fonts=FONTS)
    lent = {name: _letters(data) for name, data in made.files.items() if "firago" in name}
    assert {ord(each) for each in plain if each != " "} <= lent["EPUB/fonts/firago-400.ttf"]
    assert {ord(each) for each in strong} <= lent["EPUB/fonts/firago-700.ttf"]
    assert not set(map(ord, "abcT")) & lent["EPUB/fonts/firago-400.ttf"]
    sheet = made.text("style.css")
    assert re.search(r'body \{[^}]*font-family: "Source Serif Pro", [^;]*"FiraGO", serif;', sheet)
    assert re.search(r'h1\.title \{[^}]*font-family: "Source Sans Pro", [^;]*"FiraGO", sans-serif;', sheet)


def test_a_font_that_no_edition_may_hold_lends_no_letters() -> None:
    def face(family: str, letters: str, bits: int = 0) -> Face:
        data = small_font(family, letters=letters, embedding=bits)
        return Face(family=family, weight=400, italic=False, load=lambda: data, origin="test", embedding=bits)

    fonts = FontBook(
        [
            face("Source Serif Pro", "abcT"),
            face("Source Sans Pro", "T"),
            face("Closed", "жш", 2),
            face("Open", "ж"),
        ]
    )
    document = Document(metadata=Metadata(title="T", language="en"), content=(paragraph("abc жш"),))
    made = book(document, fonts=fonts)
    assert sorted(name for name in made.files if "/fonts/" in name) == [
        "EPUB/fonts/open-400.ttf",
        "EPUB/fonts/source-sans-pro-400.ttf",
        "EPUB/fonts/source-serif-pro-400.ttf",
    ]
    assert ord("ж") in _letters(made.files["EPUB/fonts/open-400.ttf"])
    assert '"Closed"' not in made.text("style.css")


def test_marks_of_a_writing_without_a_font_are_left_to_the_reader() -> None:
    """STIX Two Math has the full stop of Japanese, and none of its letters."""
    made = book(
        Document(metadata=Metadata(title="T", language="ja"), content=(paragraph("日本語の本文。→"),)),
        fonts=FONTS,
    )
    assert not [name for name in made.files if "stix" in name]
    assert "STIX" not in made.text("style.css")


def test_a_font_that_may_not_be_embedded_is_told_once() -> None:
    data = small_font("Source Serif Pro", letters="abT", embedding=2)
    own = Face(
        family="Source Serif Pro", weight=400, italic=False, load=lambda: data, origin="test", embedding=2
    )
    made = book(
        Document(metadata=Metadata(title="T", language="en"), content=(paragraph("ab ж"),)),
        fonts=FontBook(
            [own, *(face for face in FONTS.faces if face.family in ("Source Sans Pro", "FiraGO"))]
        ),
    )
    assert [each.code for each in made.diagnostics].count("font-not-embeddable") == 1


def test_without_fonts_the_families_are_named_all_the_same() -> None:
    made = book(DOCUMENT, sheet=styles("base"))
    assert "@font-face" not in made.text("style.css")
    assert '"Source Serif Pro"' in made.text("style.css")


def test_a_run_in_title_keeps_the_language_of_its_group() -> None:
    first = n.Paragraph(content=(n.Text(text="Sie lehrt."),), language="de")
    group = n.Group(role=GroupRole.AUTHOR_NOTE, title=(n.Text(text="About the author"),), content=(first,))
    made = book(Document(metadata=Metadata(title="T", language="en"), content=(group,))).text()
    assert re.search(
        r'<p class="author-note--[a-z-]+"><b [^>]*>About the author\.</b> <span lang="de" [^>]*>Sie lehrt\.</span></p>',
        made,
    )


def test_the_face_of_the_text_is_the_readers_unless_the_theme_insists() -> None:
    left = styles(text='name = "modest"\nextends = "policy"\n[page]\ntext-face = "reader"\n')
    document = Document(metadata=Metadata(title="T", language="en"), content=(paragraph("Words."),))
    made = {
        name: book(document, sheet=sheet, fonts=FONTS)
        for name, sheet in {"left": left, "own": styles()}.items()
    }
    body = {
        name: re.search(r"^body \{.*\}$", each.text("style.css"), re.MULTILINE) for name, each in made.items()
    }
    assert body["own"] is not None
    assert 'font-family: "Source Serif Pro"' in body["own"].group()
    assert body["left"] is not None
    assert "font-family" not in body["left"].group()
    assert [name for name in made["own"].files if "serif" in name.lower()]
    assert not [name for name in made["left"].files if "serif" in name.lower()]
    assert [name for name in made["left"].files if "sans" in name.lower()]
