"""Page size, running heads, the masthead, columns; colours and fonts of the theme."""

from __future__ import annotations

import struct

import msgspec
import pytest

from octavo.diagnostics import Severity
from octavo.environment import installed_fonts
from octavo.fonts.book import Face
from octavo.theme.style import RunningLine
from octavo.tree import nodes
from octavo.tree.metadata import Metadata
from octavo.typeset.frames import Layout, Page
from octavo.units import half_points, twips
from octavo.writers.docx.fonts_part import masked, subset, why_not
from octavo.writers.docx.writer import DocxWriter
from tests.unit.fonts.small_fonts import small_font
from tests.unit.writers.docx.documents import (
    NAMES,
    Package,
    W,
    document,
    manuscript,
    p,
    ref,
    section,
    sheet,
    table_small,
    written,
)
from tests.word_rules import faults

RELATED = f"{{{NAMES['r']}}}"


def test_page_and_margins_are_the_themes() -> None:
    package = written(p("x"))
    page = sheet().page
    (size,) = package.find("//w:pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == (str(twips(page.width)), str(twips(page.height)))
    (margins,) = package.find("//w:pgMar")
    assert margins.get(f"{W}left") == str(twips(page.margin_inner))
    assert len(package.find("//w:titlePg")) == 1


def test_the_first_page_has_the_masthead() -> None:
    package = written(p("x"))
    text = package.text("word/header-first.xml")
    assert "Sea Institute" in text
    assert "Tide Notes" in text
    (height,) = package.find("//w:trHeight", "word/header-first.xml")
    assert height.get(f"{W}hRule") == "exact"
    (table,) = package.find("//w:tblW", "word/header-first.xml")
    assert table.get(f"{W}w") == str(twips(sheet().page.width))


def test_running_heads_have_fields_for_what_changes() -> None:
    package = written(section("One", p("x")))
    instructions = [
        str(each).strip() for each in package.find("//w:instrText/text()", "word/header-default.xml")
    ]
    assert "PAGE" in instructions


def test_facing_pages_mirror_their_margins() -> None:
    page = msgspec.structs.replace(sheet().page, facing=True)
    package = written(p("x"), styles=msgspec.structs.replace(sheet(), page=page))
    assert len(package.find("//w:mirrorMargins", "word/settings.xml")) == 1
    assert len(package.find("//w:evenAndOddHeaders", "word/settings.xml")) == 1
    assert "word/header-even.xml" in package.names


def test_odd_pages_of_a_book_from_right_to_left_have_their_inner_margin_at_the_right() -> None:
    page = msgspec.structs.replace(sheet().page, facing=True, margin_inner=100.0, margin_outer=50.0)
    about = Metadata(title="ספר", language="he")
    package = written(p("א"), styles=msgspec.structs.replace(sheet(), page=page), about=about)
    (margins,) = package.find("//w:pgMar")
    assert (margins.get(f"{W}left"), margins.get(f"{W}right")) == ("1000", "2000")


def test_the_title_stands_over_all_columns() -> None:
    page = msgspec.structs.replace(sheet().page, columns=2)
    package = written(p("x"), styles=msgspec.structs.replace(sheet(), page=page))
    first, second = package.find("//w:sectPr")
    assert first.find(f"{W}cols").get(f"{W}num") is None
    assert second.find(f"{W}cols").get(f"{W}num") == "2"
    assert second.find(f"{W}type").get(f"{W}val") == "continuous"


def test_pages_in_contents_and_references_are_those_of_the_layout() -> None:
    source = document(nodes.Contents(), section("One", p("See ", ref("one", "page"), "."), id="one"))
    bare = manuscript(source)
    key = bare.resolved.index.headings[0].key
    pages = tuple(
        Page(label=label, side="recto", frames=(), anchors=(), start=None) for label in ("i", "ii", "41")
    )
    layout = Layout(width=595.0, height=842.0, bleed=0.0, pages=pages, fonts=(), page_of={key: 2})
    package = Package(DocxWriter().write(msgspec.structs.replace(bare, layout=layout)))
    assert ("TOC1", "1One41") in package.styles_of()
    assert "See page\u00a041." in package.text()
    assert f"<Pages>{len(pages)}</Pages>" in package.read("docProps/app.xml").decode()
    assert "<Pages>" not in written(p("x")).read("docProps/app.xml").decode()
    assert [str(each).split()[0] for each in package.find("//w:instrText/text()")] == [
        "TOC",
        "PAGEREF",
        "PAGEREF",
    ]


def test_a_style_is_its_theme_style() -> None:
    package = written(p("x"))
    heading = sheet().styles["heading-1"]
    (style,) = package.find("//w:style[@w:styleId='Heading1']", "word/styles.xml")
    assert style.find(f".//{W}sz").get(f"{W}val") == str(half_points(heading.size))
    color = style.xpath(
        "ancestor::w:styles//w:style[@w:styleId='Heading']//w:color", namespaces={"w": W[1:-1]}
    )[0]
    assert color.get(f"{W}val") == heading.color.hex.upper()
    assert color.get(f"{W}themeColor")


def test_the_theme_part_holds_the_themes_colours_and_fonts() -> None:
    theme = written(p("x")).read("word/theme/theme1.xml").decode()
    assert sheet().styles["heading-1"].color.hex.upper() in theme
    assert "Source Serif Pro" in theme
    assert "Source Sans Pro Semibold" in theme


def test_settings_ask_for_words_current_layout_and_no_prompt() -> None:
    settings = written(p("x")).read("word/settings.xml").decode()
    assert (
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"' in settings
    )
    assert "updateFields" not in settings


def test_fonts_are_embedded_as_subsets() -> None:
    import uuid

    face = installed_fonts().match("Source Serif Pro")
    assert face is not None
    data = subset(face, frozenset({0x416}))
    assert data is not None
    assert len(data) < len(face.load()) / 2
    key = uuid.UUID(int=7)
    assert masked(masked(data, key), key) == data
    assert masked(data, key)[32:] == data[32:]
    assert struct.unpack(">I", data[:4])[0] == 0x00010000


def test_a_font_of_another_kind_is_not_embedded() -> None:
    face = installed_fonts().match("Fira Mono")
    assert face is not None
    assert subset(face, frozenset()) is None


@pytest.mark.parametrize(
    ("bits", "reason"),
    [
        (0, ""),
        (8, ""),
        (4, "to be read, not to be edited"),
        (2, "being embedded"),
        (0x100, "being embedded in part"),
    ],
)
def test_a_font_goes_into_the_file_where_its_licence_lets_the_file_be_edited(bits: int, reason: str) -> None:
    data = small_font("Closed", embedding=bits)
    face = Face(family="Closed", weight=400, italic=False, load=lambda: data, origin="test")
    assert reason in why_not(data)
    assert (subset(face, frozenset({0x61})) is None) is bool(reason)


def test_a_font_that_is_not_in_the_file_is_told() -> None:
    styles = sheet()
    quote = msgspec.structs.replace(styles.styles["paragraph-first"], font=("Fira Mono",))
    other = msgspec.structs.replace(styles, styles={**styles.styles, "paragraph-first": quote})
    found = [each for each in written(p("x"), styles=other).output.diagnostics if "font" in each.code]
    assert [(each.code, each.severity) for each in found] == [("font-not-embedded", Severity.INFO)]
    assert "`Fira Mono`" in found[0].message
    assert "TrueType" in found[0].message
    assert "font-not-embedded" not in written(p("x")).codes


def test_a_document_from_right_to_left_stands_the_other_way_round() -> None:
    notice = nodes.Group(role=nodes.GroupRole.NOTICE, content=(p("\u0646"),))
    content = (section("\u0639", p("\u0646\u0635"), notice), nodes.CodeBlock(text="a = b"))
    metadata = Metadata(title="\u0645", publisher="P", language="ar")
    package = written(*content, about=metadata)
    plain = written(*content, about=msgspec.structs.replace(metadata, language="en"))
    (ours,), (others,) = package.find("//w:pgMar"), plain.find("//w:pgMar")
    assert (ours.get(f"{W}left"), ours.get(f"{W}right")) == (others.get(f"{W}right"), others.get(f"{W}left"))
    assert len(package.find("//w:sectPr/w:bidi")) == 1
    assert len(package.find("//w:style[@w:styleId='Normal']/w:pPr/w:bidi", "word/styles.xml")) == 1
    assert package.find("//w:body//w:p/w:pPr/w:bidi") == []
    assert [str(each) for each in package.find("//w:style/w:pPr/w:bidi/../../@w:styleId", "word/styles.xml")] == [
        "Normal", "CodeBlock"
    ]  # fmt: skip
    (panel,) = package.find("//w:style[@w:styleId='NoticeTitle']/w:pPr/w:pBdr", "word/styles.xml")
    (other,) = plain.find("//w:style[@w:styleId='NoticeTitle']/w:pPr/w:pBdr", "word/styles.xml")
    assert panel.find(f"{W}right").get(f"{W}sz") == other.find(f"{W}left").get(f"{W}sz")
    first, last = package.find("//w:tbl/w:tr/w:tc", "word/header-first.xml")
    assert ("P" in "".join(first.itertext()), "P" in "".join(last.itertext())) == (False, True)
    assert faults(package.output.data) == []


def test_a_title_that_is_too_long_is_as_small_as_in_print() -> None:
    def size(scale: float) -> int:
        layout = Layout(
            width=595.0, height=842.0, bleed=0.0, pages=(), fonts=(), page_of={}, title_scale=scale
        )
        (found,) = written(p("x"), layout=layout).find(
            "//w:style[@w:styleId='Title']/w:rPr/w:sz", "word/styles.xml"
        )
        return int(found.get(f"{W}val"))

    assert size(1.0) == half_points(sheet().styles["title"].size)
    assert size(0.6) == half_points(sheet().styles["title"].size * 0.6)


def test_text_is_as_far_from_a_title_alone_as_from_the_names_of_authors() -> None:
    package = written(p("x"), about=Metadata(title="T", language="en"))
    assert [style for style, text in package.styles_of() if text == "T"] == ["Title"]
    (space,) = package.find("//w:style[@w:styleId='Title']/w:pPr/w:spacing/@w:after", "word/styles.xml")
    assert int(space) == twips(sheet().styles["byline"].space_after)


def test_no_section_ends_with_a_heading() -> None:
    chapter = msgspec.structs.replace(sheet().styles["heading-1"], break_before="recto")
    styles = msgspec.structs.replace(sheet(), styles={**sheet().styles, "heading-1": chapter})
    package = written(section("Empty"), section("Two", p("x")), styles=styles)
    ends = package.find("//w:pPr[w:sectPr]")
    assert ends
    assert not any("Heading" in str(each.xpath("string(w:pStyle/@w:val)", namespaces=NAMES)) for each in ends)
    assert faults(package.output.data) == []


def test_what_begins_a_right_hand_page_begins_a_section() -> None:
    chapter = msgspec.structs.replace(sheet().styles["heading-1"], break_before="recto")
    styles = msgspec.structs.replace(sheet(), styles={**sheet().styles, "heading-1": chapter})
    package = written(
        section("One", p("x")), section("Two", table_small()), section("Three", p("y")), styles=styles
    )
    kinds = [str(each) for each in package.find("//w:sectPr/w:type/@w:val")]
    assert kinds == ["nextPage", "oddPage", "oddPage", "oddPage"]
    assert len(package.find("//w:titlePg")) == 1
    assert [len(each.findall(f"{W}headerReference")) for each in package.find("//w:sectPr")] == [2, 0, 0, 0]


def test_front_matter_is_counted_in_roman_numerals_and_a_title_page_is_a_section() -> None:
    chapter = msgspec.structs.replace(sheet().styles["heading-1"], break_before="page")
    page = msgspec.structs.replace(sheet().page, facing=True, title_page=True, front_matter="roman")
    styles = msgspec.structs.replace(sheet(), page=page, styles={**sheet().styles, "heading-1": chapter})
    package = written(p("foreword"), section("One", p("x")), section("Two", p("y")), styles=styles)
    kinds = [str(each) for each in package.find("//w:sectPr/w:type/@w:val")]
    assert kinds == ["nextPage", "oddPage", "oddPage"]
    numbers = [
        (str(each.get(f"{W}fmt")), str(each.get(f"{W}start"))) for each in package.find("//w:pgNumType")
    ]
    assert numbers == [("lowerRoman", "1"), ("lowerRoman", "None"), ("decimal", "1")]


def test_running_heads_name_a_chapter_neither_before_it_nor_above_its_title() -> None:
    chapter = msgspec.structs.replace(sheet().styles["heading-1"], break_before="page")
    named = RunningLine(left="{title}[ | {section}]", center="", right="")
    header = msgspec.structs.replace(sheet().page.header, recto=named)
    page = msgspec.structs.replace(sheet().page, header=header, facing=False)
    styles = msgspec.structs.replace(sheet(), page=page, styles={**sheet().styles, "heading-1": chapter})
    package = written(p("foreword"), section("One", p("x")), section("Two", p("y")), styles=styles)
    targets = {each.get("Id"): each.get("Target") for each in package.xml("word/_rels/document.xml.rels")}
    shown = [
        {
            each.get(f"{W}type"): targets[each.get(f"{RELATED}id")]
            for each in section.findall(f"{W}headerReference")
        }
        for section in package.find("//w:sectPr")
    ]
    front, plain = "header-default-front.xml", "header-default.xml"
    opened = {"first": front, "default": plain}
    assert shown == [{"first": "header-first.xml", "default": front}, opened, opened]
    assert [each.find(f"{W}titlePg") is not None for each in package.find("//w:sectPr")] == [True] * 3
    assert b"STYLEREF" in package.read(f"word/{plain}")
    assert b"STYLEREF" not in package.read(f"word/{front}")


def test_what_begins_a_page_has_no_space_above_it_unless_its_style_asks_for_the_page() -> None:
    def above(text: str, package: Package) -> list[str]:
        found = package.find(f"//w:p[w:r/w:t='{text}']/w:pPr/w:spacing/@w:before")
        return [str(each) for each in found]

    notice = nodes.Group(role=nodes.GroupRole.NOTICE, content=(p("noticed"),))
    assert above("Notice", written(p("before"), notice)) == []
    assert above("Notice", written(p("before"), nodes.PageBreak(), notice)) == ["0"]
    asking = msgspec.structs.replace(sheet().styles["notice"], break_before="page")
    styles = msgspec.structs.replace(sheet(), styles={**sheet().styles, "notice": asking})
    assert above("Notice", written(p("before"), nodes.PageBreak(), notice, styles=styles)) == []
    title = msgspec.structs.replace(sheet(), page=msgspec.structs.replace(sheet().page, title_page=True))
    assert above("Notice", written(notice, p("after"), styles=title)) == ["0"]


def test_a_running_line_has_a_stop_in_the_middle_only_where_something_stands_there() -> None:
    def stops(line: RunningLine, other: RunningLine) -> tuple[list[str], int]:
        header = msgspec.structs.replace(sheet().page.header, first=other, recto=line)
        page = msgspec.structs.replace(sheet().page, header=header)
        package = written(p("x"), styles=msgspec.structs.replace(sheet(), page=page))
        found = [
            str(each)
            for path, part in (
                ("//w:style[@w:styleId='Header']//w:tab/@w:val", "word/styles.xml"),
                ("//w:pPr//w:tab/@w:val", "word/header-default.xml"),
            )
            for each in package.find(path, part)
        ]
        return found, len(package.find("//w:r/w:tab", "word/header-default.xml"))

    sides = RunningLine(left="{title}", center="", right="{page}")
    middle = RunningLine(left="", center="{title}", right="{page}")
    assert stops(sides, sides) == (["right"], 1)
    assert stops(middle, sides) == (["center", "right"], 2)
    assert stops(sides, middle) == (["center", "right", "clear", "right"], 1)


def test_a_table_that_is_too_wide_for_a_column_stands_over_all_of_them() -> None:
    words = [f"{'responsibilities'[: 9 + at % 3]}" for at in range(5)]
    cells = tuple(nodes.Cell(content=(p(each),)) for each in words)
    table = nodes.Table(
        columns=tuple(nodes.Column() for _ in words),
        bodies=(nodes.TableBody(rows=(nodes.Row(cells=cells),)),),
        caption=nodes.Caption(content=(nodes.Text(text="Wide"),)),
    )
    page = msgspec.structs.replace(sheet().page, columns=2, column_gap=12.0)
    styles = msgspec.structs.replace(sheet(), page=page)
    package = written(p("before"), table, p("after"), styles=styles)
    counts = [each.get(f"{W}num") for each in package.find("//w:sectPr/w:cols")]
    assert counts[-3:] == ["2", None, "2"]
    assert package.find("//w:sectPr/w:pgSz/@w:orient") == []
    column = (page.width - page.margin_inner - page.margin_outer - page.column_gap) / 2
    assert int(package.find("//w:tblW/@w:w")[0]) > twips(column)
    assert len(written(p("before"), table_small(), p("after"), styles=styles).find("//w:sectPr")) == len(
        written(p("before"), p("after"), styles=styles).find("//w:sectPr")
    )


def test_semibold_is_bold_in_the_scripts_that_its_family_lacks() -> None:
    assert sheet().styles["title"].weight == 600
    (run,) = written(p("x")).find("//w:style[@w:styleId='Title']/w:rPr", "word/styles.xml")
    assert (run.find(f"{W}b"), run.find(f"{W}bCs") is not None) == (None, True)


def test_a_table_that_no_page_holds_upright_stands_along_one() -> None:
    words = [f"{'responsibilities'[: 9 + at % 3]}" for at in range(13)]
    cells = tuple(nodes.Cell(content=(p(each),)) for each in words)
    table = nodes.Table(
        columns=tuple(nodes.Column() for _ in words),
        bodies=(nodes.TableBody(rows=(nodes.Row(cells=cells),)),),
        caption=nodes.Caption(content=(nodes.Text(text="Wide"),)),
    )
    package = written(p("before"), table, p("after"))
    sizes = [dict(each.attrib) for each in package.find("//w:sectPr/w:pgSz")]
    turned = {f"{W}w": sizes[0][f"{W}h"], f"{W}h": sizes[0][f"{W}w"], f"{W}orient": "landscape"}
    assert sizes == [sizes[0], turned, sizes[0]]
    assert [str(each) for each in package.find("//w:sectPr/w:type/@w:val")] == ["nextPage"] * 3
    assert int(package.find("//w:tblW/@w:w")[0]) > twips(sheet().page.width - sheet().page.margin_inner)
    targets = {each.get("Id"): each.get("Target") for each in package.xml("word/_rels/document.xml.rels")}
    heads = [
        [targets[str(each)] for each in section.xpath("w:headerReference/@r:id", namespaces=NAMES)]
        for section in package.find("//w:sectPr")
    ]
    default, along = "header-default.xml", "header-default-turned.xml"
    assert heads == [["header-first.xml", default], [along], [default]]
    stops = [dict(each.attrib) for each in package.find("//w:tab[@w:val]", f"word/{along}")]
    width = sheet().page.height - sheet().page.margin_top - sheet().page.margin_bottom
    assert stops[-1] == {f"{W}val": "right", f"{W}pos": str(twips(width))}
    assert [each[f"{W}val"] for each in stops] == ["clear", "right"]
    assert faults(package.output.data) == []
    assert not any("turned" in name for name in written(p("before")).names)
    inside = written(nodes.Quote(content=(table,)))
    assert len(inside.find("//w:sectPr")) == 1
