"""Headings, lists, groups, tables, figures and contents in Word's terms."""

from __future__ import annotations

import msgspec
import pytest
from lxml import etree

from octavo.media import recognise
from octavo.tree import nodes
from octavo.tree.metadata import Metadata
from octavo.tree.nodes import ContentsKind, GroupRole, ListMarker
from tests.unit.writers.docx.documents import (
    Package,
    W,
    cell,
    items,
    media,
    note,
    p,
    png,
    row,
    section,
    sheet,
    t,
    table_small,
    written,
)


def value(path: str, package: Package, name: str = "word/document.xml") -> list[str]:
    return [str(each) for each in package.find(path, name)]


def boxes_of(package: Package, style: str) -> list[str]:
    """The box of a style, as it says itself or as the style says that it is based on."""
    path = f"//w:style[@w:styleId='{style}']"
    (found,) = package.find(path, "word/styles.xml")
    borders = found.findall(f".//{W}pBdr")
    if borders:
        return [etree.tostring(borders[0], encoding="unicode")]
    return boxes_of(package, str(found.find(f"{W}basedOn").get(f"{W}val")))


def indent_of(package: Package, style: str) -> etree._Element:
    """The indents of a style, as it says itself or as the style says that it is based on."""
    (found,) = package.find(f"//w:style[@w:styleId='{style}']", "word/styles.xml")
    indents = found.findall(f".//{W}ind")
    return indents[0] if indents else indent_of(package, str(found.find(f"{W}basedOn").get(f"{W}val")))


def test_headings_have_words_styles_and_count_by_their_list() -> None:
    package = written(section("One", section("Two", p("x"))), section("Three", p("y")))
    assert [style for style, text in package.styles_of() if text in ("One", "Two", "Three")] == [
        "Heading1",
        "Heading2",
        "Heading1",
    ]
    assert "1" not in package.text().replace("Issue", "")
    levels = value(
        "//w:abstractNum[w:lvl[1]/w:pStyle/@w:val='Heading1']/w:lvl/w:pStyle/@w:val",
        package,
        "word/numbering.xml",
    )
    assert levels[:2] == ["Heading1", "Heading2"]
    texts = value("//w:lvl[w:pStyle/@w:val='Heading2']/w:lvlText/@w:val", package, "word/numbering.xml")
    assert texts == ["%1.%2"]
    assert value("//w:style[@w:styleId='Heading2']//w:outlineLvl/@w:val", package, "word/styles.xml") == ["1"]


def test_a_number_that_word_would_not_count_is_text() -> None:
    package = written(
        section("One", p("x")),
        nodes.Section(title=(t("Preface"),), numbered=False, content=(p("y"),)),
        nodes.Section(title=(t("Tables"),), role=nodes.SectionRole.APPENDIX, content=(p("z"),)),
    )
    assert "ATables" in package.text()
    unnumbered = value("//w:p[w:r/w:t='Preface']/w:pPr/w:numPr/w:numId/@w:val", package)
    assert unnumbered == ["0"]


def test_lists_restart_and_keep_their_markers() -> None:
    package = written(
        items("a", "b", ordered=True),
        p("between"),
        items("c", ordered=True, start=7, marker=ListMarker.LOWER_ALPHA),
        items("d", (p("e"), items("f"))),
    )
    styles = {text: style for style, text in package.styles_of()}
    assert (styles["a"], styles["d"], styles["f"]) == (
        "ListNumberFirst",
        "ListBulletFirst",
        "ListBullet2Last",
    )
    first = value("//w:p[w:r/w:t='a']/w:pPr/w:numPr/w:numId/@w:val", package)
    other = value("//w:p[w:r/w:t='c']/w:pPr/w:numPr/w:numId/@w:val", package)
    assert first != other
    start = value(f"//w:num[@w:numId='{other[0]}']//w:startOverride/@w:val", package, "word/numbering.xml")
    assert start == ["7"]
    abstract = value(f"//w:num[@w:numId='{other[0]}']/w:abstractNumId/@w:val", package, "word/numbering.xml")[
        0
    ]
    formats = value(
        f"//w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[1]/w:numFmt/@w:val",
        package,
        "word/numbering.xml",
    )
    assert formats == ["lowerLetter"]


def test_lists_deeper_than_word_counts_stay_on_the_page() -> None:
    nested = items("deepest")
    for level in range(20):
        nested = items((p(f"level {level}"), nested), ordered=bool(level % 2))
    package = written(nested)
    levels = [int(each) for each in value("//w:ilvl/@w:val", package)]
    assert max(levels) == 8
    page = sheet().page
    widest = (page.width - page.margin_inner - page.margin_outer) * 20
    assert all(int(each) < widest for each in value("//w:ind/@w:left", package))


def test_an_items_second_paragraph_has_no_marker() -> None:
    package = written(items((p("first"), p("second"))))
    assert [style for style, text in package.styles_of() if text in ("first", "second")] == [
        "ListBulletFirst",
        "ListContinueLast",
    ]


def test_tasks_show_whether_they_are_done() -> None:
    tasks = nodes.List(
        items=(
            nodes.ListItem(content=(p("done"),), checked=True),
            nodes.ListItem(content=(p("open"),), checked=False),
        )
    )
    package = written(tasks)
    texts = value("//w:lvl[1]/w:lvlText/@w:val", package, "word/numbering.xml")
    assert {"☑", "☐"} <= set(texts)


def test_the_paragraphs_of_a_panel_have_one_box() -> None:
    package = written(
        nodes.Group(
            role=GroupRole.KEY_POINTS, content=(items("one", (p("two"), items("deep"))), p("A last word."))
        )
    )
    names = [
        style for style, text in package.styles_of() if text in ("Key points", "one", "deep", "A last word.")
    ]
    assert names == [
        "KeyPointsTitle",
        "KeyPointsListBulletFirst",
        "KeyPointsListBullet2",
        "KeyPointsLast",
    ]
    edges = set()
    for name in names:
        indent = indent_of(package, name)
        edges.add(int(indent.get(f"{W}left")) - int(indent.get(f"{W}hanging", "0")))
    assert len(edges) == 1
    boxes = {each for name in names for each in boxes_of(package, name)}
    assert len(boxes) == 1


def test_padding_that_word_cannot_draw_is_reported() -> None:
    from octavo.theme.style import Sides

    wide = sheet()
    notice = msgspec.structs.replace(wide.styles["notice"], padding=Sides(50.0, 50.0, 50.0, 50.0))
    wide = msgspec.structs.replace(wide, styles={**wide.styles, "notice": notice})
    package = written(nodes.Group(role=GroupRole.NOTICE, content=(p("x"),)), styles=wide)
    assert "padding-reduced" in package.codes
    assert max(int(each) for each in value("//@w:space", package, "word/styles.xml")) <= 31


def test_a_run_in_title_begins_its_first_paragraph() -> None:
    package = written(nodes.Group(role=GroupRole.AUTHOR_NOTE, content=(p("She writes."),)))
    assert "About the author. She writes." in package.text()


def test_a_run_in_title_keeps_its_languages() -> None:
    german = nodes.Emphasis(content=(t(" Über"), nodes.LineBreak(), t("uns ")), language="de")
    package = written(nodes.Group(role=GroupRole.AUTHOR_NOTE, title=(t(" "), german), content=(p("x"),)))
    (label,) = package.find("//w:r[w:rPr/w:lang/@w:val='de']")
    assert "".join(label.itertext()) == "Über uns"
    assert "Über uns. x" in package.text()


def test_tables_have_header_rows_spans_and_a_caption() -> None:
    table = nodes.Table(
        columns=(nodes.Column(header=True), nodes.Column(align="right"), nodes.Column()),
        head=(row(cell("Port", row_span=2), cell("Catch", column_span=2)), row("old", "new")),
        bodies=(nodes.TableBody(rows=(row("Hull", "1", ""), row("Kiel"))),),
        caption=nodes.Caption(content=(t("Catches"), note(p("In tonnes.")))),
    )
    package = written(table)
    assert len(package.find("//w:tr[w:trPr/w:tblHeader]")) == 2
    assert value("//w:gridSpan/@w:val", package) == ["2"]
    assert len(package.find("//w:vMerge")) == 2
    assert value("//w:tblCaption/@w:val", package) == ["Catches"]
    assert [len(each.findall(f"{W}tc")) for each in package.find("//w:tr")] == [2, 3, 3, 3]
    assert all(each[-1].tag == f"{W}p" for each in package.find("//w:tc"))
    styles = {text: style for style, text in package.styles_of()}
    assert (styles["Port"], styles["Hull"]) == ("TableHead", "TableCell")  # as in print
    assert value("//w:tblLook/@w:firstColumn", package) == ["1"]
    assert value("//w:p[w:r/w:t='1']/w:pPr/w:pStyle/@w:val", package)[-1] == "TableCellRight"
    right = "//w:style[@w:styleId='TableCellRight']//w:jc/@w:val"
    assert value(right, package, "word/styles.xml") == ["right"]


def test_the_table_style_has_bands_and_a_look_for_the_head_the_foot_and_the_first_column() -> None:
    table = nodes.Table(
        columns=(nodes.Column(header=True), nodes.Column()),
        head=(row("Port", "Catch"),),
        bodies=(nodes.TableBody(rows=(row("Hull", "1"),)),),
        foot=(row("All", "1"),),
    )
    package = written(table)
    conditions = value("//w:style[@w:type='table']/w:tblStylePr/@w:type", package, "word/styles.xml")
    assert {"firstRow", "lastRow", "firstCol", "band1Horz"} <= set(conditions)
    (look,) = package.find("//w:tblLook")
    flags = {name: look.get(f"{W}{name}") for name in ("firstRow", "lastRow", "firstColumn", "noHBand")}
    assert set(flags.values()) == {"1"}
    assert package.find("//w:tcBorders") == []


def test_numbers_stand_with_their_separators_below_one_another() -> None:
    table = nodes.Table(
        columns=(nodes.Column(align="decimal"),),
        bodies=(nodes.TableBody(rows=(row("1.25"), row("12.5"), row("none"))),),
    )
    package = written(table)
    styles = {text: style for style, text in package.styles_of()}
    assert (styles["1.25"], styles["12.5"], styles["none"]) == (
        "TableCellDecimal",
        "TableCellDecimal",
        "TableCellRight",
    )
    stops = value("//w:style[@w:styleId='TableCellDecimal']//w:tab/@w:val", package, "word/styles.xml")
    assert stops == ["decimal"]


@pytest.mark.parametrize("theme", ["policy", "academic", "report", "book", "newsletter", "plain"])
def test_a_document_of_everything_has_hardly_any_formatting_by_hand(theme: str) -> None:
    """What paragraphs say for themselves: which list they are in, what keeps a small table on one page, and that the
    first after a title page has no space above it."""
    package = written(
        items("a", "b", "c"),
        items("a", "b", "c", ordered=True),
        nodes.Quote(content=(p("Quoted."),), attribution=(t("A pilot"),)),
        p("Between."),
        nodes.Quote(content=(p("One."), p("Two."), p("Three."))),
        p("Between."),
        *(
            block
            for role in (GroupRole.KEY_POINTS, GroupRole.NOTICE, GroupRole.CASE, GroupRole.RECOMMENDATIONS)
            for block in (
                nodes.Group(role=role, title=(t("Title"),), content=(p("One."), items("a", "b"), p("Two."))),
                p("Between."),
            )
        ),
        nodes.PullQuote(content=(t("Wait."),), attribution=(t("A pilot"),)),
        table_small(),
        nodes.Figure(
            content=(p(nodes.Image(source="a.png", alt="a")),), caption=nodes.Caption(content=(t("A"),))
        ),
        files={"a.png": media("a.png", png())},
        styles=sheet(theme),
    )
    said = package.find("//w:body//w:pPr/*[not(self::w:pStyle or self::w:sectPr)]")
    spaces = [each for each in said if each.tag == f"{W}spacing"]
    assert len(spaces) <= (theme in ("report", "book"))
    assert all(each.get(f"{W}before") == "0" for each in spaces)
    names = {str(each.tag).removeprefix(W) for each in said if each not in spaces}
    assert names <= {"numPr", "keepNext", "framePr"}, [etree.tostring(each.getparent()) for each in said]


def test_boxes_that_look_the_same_stay_apart() -> None:
    def notice(text: str) -> nodes.Group:
        return nodes.Group(role=GroupRole.NOTICE, content=(p(text), p("more")))

    def gaps(*content: nodes.Block) -> int:
        return len(written(*content).find("//w:body/w:p[not(w:r)]"))

    code = nodes.CodeBlock(text="a = 1")
    assert gaps(notice("one"), notice("two")) == 1
    assert gaps(code, code, code, notice("three")) == 3
    assert gaps(notice("one"), p("between"), notice("two"), nodes.PageBreak(), notice("three")) == 0
    assert gaps(nodes.Quote(content=(p("one"), p("two")))) == 0
    spaced = written(code, code).find("//w:body/w:p/w:pPr[w:pStyle]/w:spacing/@w:after")
    assert [str(each) for each in spaced] == ["0"]


@pytest.mark.parametrize("time", ["10 h 45", "10 h\u00a045"])
@pytest.mark.parametrize(("theme", "repeats"), [("policy", 9), ("policy", 12), ("plain", 4), ("plain", 8)])
def test_columns_of_what_is_short_are_as_wide_as_that(theme: str, repeats: int, time: str) -> None:
    def widths(*talks: str) -> list[int]:
        rows = tuple(row(time, talk, "Hall of maps") for talk in talks)
        table = nodes.Table(
            columns=(nodes.Column(),) * 3,
            head=(row("hours", "talk", "room"),),
            bodies=(nodes.TableBody(rows=rows),),
        )
        return [int(each) for each in value("//w:gridCol/@w:w", written(table, theme=theme))]

    long = "Songs of the quay " * repeats
    talk = "A talk on the water of the harbour and of the bay"
    found, wanted = widths("A pause", talk, "A walk", long, "A pause", talk, "A walk"), widths("Rest " * 80)
    assert found[0] >= wanted[0] - 1
    assert found[2] >= wanted[2] - 1


def test_tables_with_the_same_heads_have_columns_of_the_same_widths() -> None:
    def table(head: str, *words: str) -> nodes.Table:
        bodies = (nodes.TableBody(rows=(row(*words),)),)
        return nodes.Table(
            columns=(nodes.Column(),) * 3, head=(row(head, "trains", "remark"),), bodies=bodies
        )

    def widths(*tables: nodes.Block) -> list[str]:
        return value("//w:gridCol/@w:w", written(*tables))

    one, other = ("North", "12", "closed in winter"), ("The main station by the bridge", "120", "open")
    alike = widths(table("station", *one), nodes.PageBreak(), table("station", *other))
    assert alike[:3] == alike[3:]
    apart = widths(table("station", *one), nodes.PageBreak(), table("stop", *other))
    assert apart[:3] != apart[3:]


def test_cells_that_find_no_column_lose_no_word() -> None:
    table = nodes.Table(
        columns=(nodes.Column(),),
        bodies=(nodes.TableBody(rows=(row(*(f"c{number}" for number in range(80))),)),),
    )
    package = written(table)
    assert "table-too-wide" in package.codes
    assert all(f"c{number}" in package.text() for number in range(80))
    assert len(package.find("//w:tc")) == 63


def test_tables_that_follow_one_another_stay_apart() -> None:
    package = written(table_small(), table_small())
    body = package.xml()[0]
    tags = [child.tag.removeprefix(W) for child in body if child.tag in (f"{W}p", f"{W}tbl")]
    assert "tbl,p,tbl,p" in ",".join(tags)


def test_a_figure_has_its_picture_caption_and_credit() -> None:
    figure = nodes.Figure(
        content=(p(nodes.Image(source="map.png", alt='A "map"')),),
        caption=nodes.Caption(content=(t("The coast"),)),
        credit=(t("Sea Institute"),),
    )
    package = written(figure, files={"map.png": media("map.png", png(), width=9000.0, height=9000.0)})
    assert value("//*[local-name()='docPr']/@descr", package) == ["A “map”"]
    assert "Figure 1\u2002The coast" in package.text()
    page = sheet().page
    limit = (page.width - page.margin_inner - page.margin_outer) * 12700
    assert all(int(each) <= limit + 1 for each in value("//*[local-name()='extent']/@cx", package))
    (picture,) = package.find("//w:p[.//w:drawing]")
    assert picture.find(f"{W}pPr/{W}spacing") is None
    rule = "//w:style[@w:styleId='Figure']//w:spacing/@w:lineRule"
    assert value(rule, package, "word/styles.xml") == ["atLeast"]


def test_a_decorative_picture_says_so_and_has_no_description() -> None:
    package = written(p(nodes.Image(source="a.png", decorative=True)), files={"a.png": media("a.png", png())})
    assert value("//*[local-name()='decorative']/@val", package) == ["1"]


def test_drawings_have_pixels_beside_them() -> None:
    data = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="9">Ab</text></svg>'
    package = written(
        p(nodes.Image(source="a.svg", alt="A drawing"), nodes.Image(source="a.svg", alt="Again")),
        files={"a.svg": recognise("a.svg", data)},
    )
    assert package.codes == []
    parts = sorted(name for name in package.names if "media" in name)
    assert [name.rpartition(".")[2] for name in parts] == ["png", "svg"]
    assert len(value("//*[local-name()='svgBlip']/@*[local-name()='embed']", package)) == 2
    assert b"<text" in package.read(parts[1])


def test_pictures_that_cannot_be_shown_leave_their_words() -> None:
    svg = media("a.svg", b"<svg", "image/svg+xml")
    package = written(
        p(nodes.Image(source="a.svg", alt="A drawing")), p(nodes.Image(source="gone.png", alt="Gone")),
        files={"a.svg": svg},
    )  # fmt: skip
    assert package.codes.count("image-not-rendered") == 1
    assert "A drawing" in package.text()
    assert "Gone" in package.text()


def test_a_damaged_picture_of_a_foreign_kind_is_reported() -> None:
    package = written(
        p(nodes.Image(source="a.webp", alt="W")), files={"a.webp": media("a.webp", b"RIFF", "image/webp")}
    )
    assert "image-not-rendered" in package.codes


def test_contents_are_a_field_that_is_filled_in() -> None:
    package = written(nodes.Contents(), section("One", section("Two", p("x"))), section("Three", p("y")))
    instructions = value("//w:instrText/text()", package)
    assert instructions[0].split()[:3] == ["TOC", "\\o", '"1-3"']
    begins = value("//w:fldChar[@w:fldCharType='begin']/@w:fldCharType", package)
    ends = value("//w:fldChar[@w:fldCharType='end']/@w:fldCharType", package)
    assert len(begins) == len(ends)
    entries = [(style, text) for style, text in package.styles_of() if style.startswith("TOC")]
    assert entries == [("TOCHeading", "Contents"), ("TOC1", "1One"), ("TOC2", "1.1Two"), ("TOC1", "2Three")]
    assert set(value("//w:hyperlink/@w:anchor", package)) <= set(value("//w:bookmarkStart/@w:name", package))
    assert not package.find("//w:updateFields", "word/settings.xml")


def test_lists_of_tables_count_what_captions_count() -> None:
    captioned = nodes.Table(
        columns=(nodes.Column(),),
        bodies=(nodes.TableBody(rows=(row("x"),)),),
        caption=nodes.Caption(content=(t("Catches"),)),
    )
    package = written(nodes.Contents(kind=ContentsKind.TABLES), captioned)
    toc, counted = value("//w:instrText/text()", package)[0], value("//w:instrText/text()", package)[-1]
    assert toc.split('"')[1] == counted.split()[1] == "Table"


def test_listings_are_counted_and_listed() -> None:
    code = nodes.CodeBlock(text="a = 1", caption=nodes.Caption(content=(t("Beginning"),)), id="lst-a")
    package = written(nodes.Contents(kind=ContentsKind.LISTINGS), code)
    toc, counted = value("//w:instrText/text()", package)[0], value("//w:instrText/text()", package)[-1]
    assert toc.split('"')[1] == counted.split()[1] == "Listing"
    assert ("CaptionFirst", "Listing 1 Beginning") in [
        (style, " ".join(words.split())) for style, words in package.styles_of()
    ]
    assert "Listings" in package.text()


def test_contents_of_nothing_are_nothing() -> None:
    package = written(nodes.Contents(), p("x"))
    assert package.find("//w:sdt") == []


def test_key_points_go_on_below_an_abstract() -> None:
    abstract = nodes.Group(role=GroupRole.ABSTRACT, content=(p("In short"),))
    points = nodes.Group(role=GroupRole.KEY_POINTS, content=(p("First"),))
    path = "//w:p[.//w:t='Key points']/w:pPr/w:pageBreakBefore/@w:val"
    assert value(path, written(abstract, points, theme="report")) == ["0"]
    assert value(path, written(abstract, p("between"), points, theme="report")) == []


def test_a_page_break_begins_the_next_paragraphs_page() -> None:
    package = written(p("before"), nodes.PageBreak(), section("After", p("x")))
    (heading,) = package.find("//w:p[w:r/w:t='After']")
    assert heading.find(f"{W}pPr/{W}pageBreakBefore") is not None


def test_bookmarks_open_and_close_once_each() -> None:
    from tests.unit.writers.docx.documents import everything

    package = written(*everything().content)
    starts = value("//w:bookmarkStart/@w:id", package) + value(
        "//w:bookmarkStart/@w:id", package, "word/footnotes.xml"
    )
    ends = value("//w:bookmarkEnd/@w:id", package) + value(
        "//w:bookmarkEnd/@w:id", package, "word/footnotes.xml"
    )
    assert sorted(starts) == sorted(ends)
    assert len(set(starts)) == len(starts)


def test_a_small_table_stays_on_one_page_and_a_long_one_may_be_divided() -> None:
    def rows(count: int) -> nodes.Table:
        content = tuple(row(f"r{number}", "x") for number in range(count))
        return nodes.Table(columns=(nodes.Column(),) * 2, bodies=(nodes.TableBody(rows=content),))

    assert [
        len(package.find("//w:tr//w:keepNext")) for package in (written(rows(3)), written(rows(300)))
    ] == [4, 0]


def test_a_table_in_a_script_that_runs_leftwards_begins_at_the_right() -> None:
    package = written(table_small(), msgspec.structs.replace(table_small(), language="ar"))
    assert [len(each.findall(f"{W}bidiVisual")) for each in package.find("//w:tblPr")][-2:] == [0, 1]


def test_the_sides_of_cells_are_those_of_the_page_where_a_table_runs_leftwards() -> None:
    """Those of `w:jc` are the line's (17.3.1.13); a number on its separator is no text from right to left."""
    aligned = tuple(nodes.Column(align=each) for each in ("left", "right", "decimal"))
    body = nodes.TableBody(rows=(row("א", "ב", "1.5"),))
    package = written(nodes.Table(columns=aligned, bodies=(body,), language="he"))
    cells = package.find("//w:tc/w:p/w:pPr")
    sides = [each.find(f"{W}jc") for each in cells]
    assert [None if each is None else each.get(f"{W}val") for each in sides[:2]] == ["right", None]
    assert [each.find(f"{W}bidi") is not None for each in cells] == [True, True, False]


def test_what_points_into_the_text_points_to_the_left_in_a_document_that_runs_leftwards() -> None:
    points = nodes.Group(role=GroupRole.KEY_POINTS, content=(items("א"),))
    about = Metadata(title="ספר", language="he")
    markers = etree.tostring(written(points, about=about).xml("word/numbering.xml"), encoding="unicode")
    assert "◂" in markers
    assert "▸" not in markers


def test_the_items_of_a_loose_list_stand_apart_by_their_style() -> None:
    loose = msgspec.structs.replace(items("one", "two", "three"), tight=False)
    package = written(items("a", "b"), loose)
    styles = [style for style, text in package.styles_of() if text in ("one", "two", "three")]
    assert styles == ["ListBulletFirst", "ListBulletSpaced", "ListBulletLastSpaced"]
    said = package.find("//w:body//w:p[w:pPr/w:pStyle[starts-with(@w:val, 'List')]]/w:pPr/w:spacing")
    assert said == []


def test_a_table_that_is_too_wide_has_smaller_text_by_styles_of_its_own() -> None:
    def table(count: int) -> nodes.Table:
        words = [f"responsibilit{'iesandmore'[: at % 3]}" for at in range(count)]
        columns = tuple(nodes.Column() for _ in words)
        return nodes.Table(
            columns=columns, head=(row(*words),), bodies=(nodes.TableBody(rows=(row(*words),)),)
        )

    # One that would have to be smaller still is turned instead, and keeps its size.
    assert {style for style, _ in written(table(9)).styles_of() if style.startswith("Table")} == {
        "TableHead", "TableCell",
    }  # fmt: skip
    package = written(table(8))
    used = {style for style, _ in package.styles_of() if style.startswith("Table")}
    (size,) = {style[-2:] for style in used}
    assert used == {f"TableHead{size}", f"TableCell{size}"}
    (small,) = package.find(f"//w:style[@w:styleId='TableCell{size}']", "word/styles.xml")
    assert small.find(f"{W}basedOn").get(f"{W}val") == "TableCell"
    assert not package.find("//w:tbl//w:rPr")


def test_a_table_after_a_table_has_its_bookmark_within() -> None:
    package = written(table_small(), table_small())
    names = [str(each) for each in package.find("//w:tbl//w:bookmarkStart/@w:name")]
    assert len(names) == 1
    assert names[0] not in [str(each) for each in package.find("/w:document/w:body/w:bookmarkStart/@w:name")]
    assert len(package.find("//w:bookmarkStart")) == len(package.find("//w:bookmarkEnd"))


def test_what_leads_to_collected_notes_finds_a_bookmark_there() -> None:
    package = written(
        p("See ", nodes.Link(target="#all", content=(t("them"),))), nodes.Notes(id="all"), p("x")
    )
    (anchor,) = value("//w:hyperlink/@w:anchor", package)
    assert anchor in value("//w:bookmarkStart/@w:name", package)
    assert len(package.find("//w:body/w:bookmarkStart")) == 1
    assert package.find("//w:body/w:bookmarkStart | //w:body/w:bookmarkEnd")
    assert written(nodes.Notes(), p("x")).find("//w:body/w:bookmarkStart") == []


def test_a_bar_beside_the_text_ends_with_it() -> None:
    package = written(nodes.PullQuote(content=(t("Wait."),)))
    sides = {
        etree.QName(each).localname: each for each in etree.fromstring(boxes_of(package, "PullQuote")[0])
    }
    assert set(sides) == {"top", "left", "bottom"}
    assert [sides[side].get(f"{W}color") for side in ("top", "bottom")] == ["FFFFFF", "FFFFFF"]
