"""Word files of others: read by their styles, their lists and their marks."""

from __future__ import annotations

import re
from typing import Any

import pytest

from octavo.tree import nodes
from octavo.tree.dump import to_text
from octavo.tree.walk import plain_text, walk, without_positions
from tests.unit.readers.docx.files import (
    NAMESPACES,
    NUMBERING,
    bookmark,
    codes,
    field,
    p,
    parse,
    read,
    t,
    word_file,
    words_of_file,
    words_of_tree,
)


def outline(body: str, **more: object) -> str:
    return to_text(without_positions(read(body, **more)))


def only(body: str, **more: object) -> nodes.Block:
    document = read(body, **more)
    assert len(document.content) == 1, to_text(document)
    return document.content[0]


def found(body: str, kind: type, **more: object) -> list[Any]:
    return [node for node in walk(read(body, **more)) if isinstance(node, kind)]


def test_headings_of_any_language_nest() -> None:
    document = read(
        p("Eins", "berschrift1")
        + p("a")
        + p("Zwei", "Mine")
        + p("b")
        + p("Drei", more='<w:outlineLvl w:val="0"/>')
    )
    first, second = document.content
    assert isinstance(first, nodes.Section)
    assert isinstance(second, nodes.Section)
    assert plain_text(first.title) == "Eins"
    assert isinstance(first.content[1], nodes.Section)
    assert plain_text(first.content[1].title) == "Zwei"
    assert plain_text(second.title) == "Drei"


def test_a_title_is_metadata_and_a_number_in_a_heading_stays() -> None:
    document = read(p("The Title", "Titel") + p("1.2 Typed", "berschrift1"))
    assert document.metadata.title == "The Title"
    assert isinstance(document.content[0], nodes.Section)
    assert plain_text(document.content[0].title) == "1.2 Typed"


def test_marks_by_style_and_by_hand() -> None:
    text = outline(
        p(
            t("a", '<w:rStyle w:val="Fett"/>')
            + t("b", "<w:i/>")
            + t("c", '<w:b/><w:i w:val="0"/>')
            + t("d", '<w:vertAlign w:val="superscript"/>')
            + t("e", '<w:rFonts w:ascii="Courier New"/>')
            + t("f", "<w:strike/>")
            + t("g", "<w:smallCaps/>")
        )
    )
    for name in ("strong", "emphasis", "superscript", 'code "e"', "deleted", "small-caps"):
        assert name in text


def test_neighbouring_runs_of_one_look_are_one_text() -> None:
    paragraph = only(p(t("Spl", '<w:lang w:val="en-GB"/>') + t("it ") + t("word", "<w:noProof/>")))
    assert isinstance(paragraph, nodes.Paragraph)
    assert [plain_text(each) for each in paragraph.content] == ["Split word"]


def test_another_language_is_a_span() -> None:
    french = t("bonjour", '<w:lang w:val="fr-FR"/>')
    assert "span lang=fr-FR" in outline(p(t("They were told to say ") + french))
    assert read(p(t("Or ") + french)).metadata.language == "fr-FR"


def test_lists_nest_start_and_continue() -> None:
    ordered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    nested = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    bullets, roman = read(
        p("one", "LB") + p("deeper", "LB", nested) + p("two", "LB") + p("more", "LC") + p("iii", more=ordered)
    ).content
    assert isinstance(bullets, nodes.List)
    assert isinstance(roman, nodes.List)
    assert len(bullets.items) == 2
    assert isinstance(bullets.items[0].content[1], nodes.List)
    assert plain_text(bullets.items[1]) == "two\nmore"
    assert (roman.ordered, roman.start, roman.marker) == (True, 3, nodes.ListMarker.LOWER_ROMAN)


def test_a_list_taken_up_again_counts_on() -> None:
    ordered = '<w:numPr><w:numId w:val="2"/></w:numPr>'
    first, _, second = read(p("a", more=ordered) + p("between") + p("b", more=ordered)).content
    assert isinstance(first, nodes.List)
    assert isinstance(second, nodes.List)
    assert (first.start, second.start) == (3, 4)


def test_lists_of_one_kind_count_on_where_none_says_at_which_number_it_starts() -> None:
    more = '<w:numPr><w:ilvl w:val="{1}"/><w:numId w:val="{0}"/></w:numPr>'
    start = '<w:lvlOverride w:ilvl="{0}"><w:startOverride w:val="{1}"/></w:lvlOverride>'
    lists = {"5": "", "6": start.format(0, 1), "7": start.format(1, 4), "8": ""}
    numbering = NUMBERING + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="2"/>{own}</w:num>'
        for number, own in lists.items()
    )
    level = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%{1}."/></w:lvl>'
    counted = f'<w:abstractNum w:abstractNumId="2">{level.format(0, 1)}{level.format(1, 2)}</w:abstractNum>'
    root = f"<w:numbering {NAMESPACES}>{counted}{numbering}</w:numbering>"
    body = (
        [("5", 0), ("5", 0), ("8", 0), ("", 0), ("8", 0), ("6", 0), ("7", 1), ("7", 1), ("5", 0), ("7", 1)]
    )  # fmt: skip
    text = "".join(p(f"i{at}", more=more.format(*each) if each[0] else "") for at, each in enumerate(body))
    first, _, second, third = read(text, parts={"word/numbering.xml": root.encode()}).content
    assert isinstance(first, nodes.List)
    assert isinstance(second, nodes.List)
    assert isinstance(third, nodes.List)
    assert [(each.start, len(each.items)) for each in (first, second, third)] == [(1, 3), (4, 1), (1, 2)]
    inner = [each for each in walk(third) if isinstance(each, nodes.List) and each is not third]
    assert [(each.start, len(each.items)) for each in inner] == [(4, 2), (4, 1)]


def test_footnotes_stand_where_they_are_cited() -> None:
    note = f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>" + t(" The note."))}</w:footnote>'
    notes = found(p(t("Text") + '<w:r><w:footnoteReference w:id="2"/></w:r>'), nodes.Footnote, notes=note)
    assert [plain_text(each.content) for each in notes] == ["The note."]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def test_tables_have_spans_and_heads() -> None:
    grid = "<w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>"
    wide, tall = cell("A", '<w:gridSpan w:val="2"/>'), cell("c", '<w:vMerge w:val="restart"/>')
    rows = (
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{wide}{cell('B')}</w:tr>"
        f"<w:tr>{tall}{cell('d')}{cell('e')}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('f')}{cell('g')}</w:tr>"
    )
    table = only(f"<w:tbl>{grid}{rows}</w:tbl>")
    assert isinstance(table, nodes.Table)
    assert len(table.columns) == 3
    assert len(table.head) == 1
    assert table.head[0].cells[0].column_span == 2
    first, second = table.bodies[0].rows
    assert (first.cells[0].row_span, len(second.cells)) == (2, 2)


def test_a_caption_loses_its_counted_label_and_joins_its_table() -> None:
    caption = p(t("Table ") + field("SEQ Table", "4") + t(": Costs"), "Beschriftung")
    table = only(caption + f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell('x')}</w:tr></w:tbl>")
    assert isinstance(table, nodes.Table)
    assert table.caption is not None
    assert plain_text(table.caption) == "Costs"
    assert table.numbered is None


def test_a_typed_label_stays_and_is_not_counted_again() -> None:
    caption = p("Table 4. Costs", "Beschriftung")
    table = only(caption + f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell('x')}</w:tr></w:tbl>")
    assert isinstance(table, nodes.Table)
    assert table.caption is not None
    assert (plain_text(table.caption), table.numbered) == ("Table 4. Costs", False)


LINK = (
    '<Relationship Id="x" TargetMode="External" Target="https://example.org/?a=1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/>'
)


def test_links_of_all_three_kinds() -> None:
    body = (
        p(f'<w:hyperlink r:id="x">{t("out")}</w:hyperlink>' + field('HYPERLINK "https://b.org"', "field"))
        + p(f'<w:hyperlink w:anchor="there">{t("in")}</w:hyperlink>')
        + p(bookmark("there", t("Target")), "berschrift1")
    )
    links = found(body, nodes.Link, related=LINK)
    assert [each.target for each in links] == ["https://example.org/?a=1", "https://b.org", "#there"]
    assert [each.id for each in found(body, nodes.Section, related=LINK)] == ["there"]


def test_references_become_references_and_lost_ones_text() -> None:
    body = p(bookmark("_Ref1", t("Ships")), "berschrift1") + p(
        t("See ") + field(r"REF _Ref1 \h", "Ships") + t(" and ") + field("REF gone", "Figure 9") + t(".")
    )
    section = read(body).content[0]
    assert isinstance(section, nodes.Section)
    references = found(body, nodes.CrossReference)
    assert [(each.target, each.form) for each in references] == [("_Ref1", nodes.ReferenceForm.TITLE)]
    assert plain_text(section.content) == "See Ships and Figure 9."


def test_the_number_of_a_section_is_a_link_for_the_words_before_it_say_what_it_is() -> None:
    body = p(bookmark("_Ref1", t("Ships")), "berschrift1") + p(
        t("See section ") + field(r"REF _Ref1 \r \h", "2.1") + t(".")
    )
    assert found(body, nodes.CrossReference) == []
    assert [(each.target, plain_text(each)) for each in found(body, nodes.Link)] == [("#_Ref1", "2.1")]


def test_a_table_of_contents_is_not_text() -> None:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-2"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = f"<w:sdt><w:sdtContent>{p(begin + t('Entry 1'))}{p(t('Entry 2') + end)}</w:sdtContent></w:sdt>"
    contents, paragraph = read(body + p("After")).content
    assert isinstance(contents, nodes.Contents)
    assert contents.depth == 2
    assert plain_text(paragraph) == "After"


@pytest.mark.parametrize(
    ("sequence", "kind"),
    [
        ("Table", "tables"),
        ("Tabelle", "tables"),
        ("Listing", "listings"),
        ("リスト", "listings"),
        ("Abbildung", "figures"),
    ],
)
def test_a_list_of_what_word_counts_says_what_that_is(sequence: str, kind: str) -> None:
    begin = (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\c "{sequence}"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = f"<w:sdt><w:sdtContent>{p(begin + t('Entry 1') + end)}</w:sdtContent></w:sdt>"
    contents, *_ = read(body + p("After")).content
    assert isinstance(contents, nodes.Contents)
    assert contents.kind == kind


def test_a_field_that_is_never_closed_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    assert "kept" in plain_text(read(p(begin + t("kept")) + p("and this")))


TRACKED = p(
    t("a ") + f'<w:ins w:id="1" w:author="x">{t("new ")}</w:ins>'
    '<w:del w:id="2" w:author="x"><w:r><w:delText>old</w:delText></w:r></w:del>' + t("z")
)


def test_tracked_changes_are_accepted_and_said() -> None:
    assert plain_text(read(TRACKED)) == "a new z"
    assert sorted(codes(TRACKED)) == ["tracked-deletion", "tracked-insertion"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (f"<w:sdt><w:sdtContent>{t('in a control')}</w:sdtContent></w:sdt>", "in a control"),
        (f'<w:smartTag w:element="x">{t("tagged")}</w:smartTag>', "tagged"),
        (f'<w:fldSimple w:instr="AUTHOR">{t("simple")}</w:fldSimple>', "simple"),
        (f'<w:customXml w:element="x">{t("custom")}</w:customXml>', "custom"),
        (
            "<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r>",
            "a\u2011b\u00adc",
        ),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a\tb\nc"),
        ('<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', "α"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>', "→"),
        (f"<w:ins><w:r><w:t>x</w:t></w:r><w:sdt><w:sdtContent>{t('y')}</w:sdtContent></w:sdt></w:ins>", "xy"),
        (f"<w:unknown>{t('kept')}</w:unknown>", "kept"),
    ],
)
def test_no_word_is_lost_in(inside: str, text: str) -> None:
    assert plain_text(read(p(inside))) == text


def test_text_boxes_come_in_once_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{p('In the box')}</w:txbxContent>"
    drawing = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert plain_text(read(p(t("Anchor") + f"<w:r>{drawing}</w:r>"))) == "Anchor\nIn the box"


def test_images_come_with_the_document() -> None:
    related = (
        '<Relationship Id="i" Target="media/image1.png" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
    )
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="1270000" cy="635000"/><wp:docPr id="1" descr="A map"/>'
        '<a:graphic><a:graphicData><a:blip r:embed="i"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    caption = p(t("Figure ") + field("SEQ Figure", "1") + t(". The map"), "Beschriftung")
    document = read(p(drawing) + caption, related=related, parts={"word/media/image1.png": b"PNG"})
    figure = document.content[0]
    assert isinstance(figure, nodes.Figure)
    assert figure.caption is not None
    assert plain_text(figure.caption) == "The map"
    image = next(node for node in walk(figure) if isinstance(node, nodes.Image))
    assert (image.source, image.alt, image.width) == ("media/image1.png", "A map", 100.0)
    assert document.embedded == {"media/image1.png": b"PNG"}


def test_an_image_that_no_edition_can_show_leaves_its_alternative_text() -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="A chart"/><a:blip r:embed="none"/></wp:inline>'
        "</w:drawing></w:r>"
    )
    assert plain_text(read(p(drawing))) == "A chart"
    assert codes(p(drawing)) == ["picture-not-read"]


def test_formulas_are_read_as_latex() -> None:
    base, power = (f"<m:r><m:t>{each}</m:t></m:r>" for each in "x2")
    inline = f"<m:oMath><m:sSup><m:e>{base}</m:e><m:sup>{power}</m:sup></m:sSup></m:oMath>"
    assert [each.text for each in found(p(t("If ") + inline), nodes.Math)] == ["x^{2}"]
    alone = f"<m:oMathPara>{inline}</m:oMathPara>"
    assert [each.text for each in found(p(alone), nodes.Formula)] == ["x^{2}"]
    assert codes(p(alone)) == []


def test_a_formula_that_is_not_understood_keeps_its_characters() -> None:
    odd = "<m:oMath><m:r><m:rPr><m:nor/></m:rPr><m:t>a{1}b</m:t></m:r><m:new><m:r><m:t>2</m:t></m:r></m:new></m:oMath>"
    assert "2" in "".join(each.text for each in found(p(odd), nodes.Math))
    empty = "<m:oMath><m:r><m:t>\\</m:t></m:r><m:f><m:num/><m:den/></m:f></m:oMath>"
    assert found(p("<w:r><w:t>so </w:t></w:r>" + empty), nodes.Math)


def test_code_quotes_and_page_breaks() -> None:
    text = outline(
        p("a = 1", "Quelltext") + p("  b", "Quelltext") + p("Said.", "Zitat") + p("Again.", "Zitat")
        + p('<w:r><w:br w:type="page"/><w:t>next</w:t></w:r>')
    )  # fmt: skip
    assert 'code-block "a = 1\\n  b"' in text
    assert len(re.findall("quote", text)) == 1
    assert "page-break" in text


def test_comments_and_headers_are_said() -> None:
    related = (
        '<Relationship Id="h" Target="header1.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"/>'
    )
    header = (
        f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{p("Draft")}</w:hdr>'
    )
    body = p(t("x") + '<w:r><w:commentReference w:id="0"/></w:r>')
    said = codes(body, related=related, parts={"word/header1.xml": header.encode()})
    assert sorted(said) == ["comment-left-out", "running-text-left-out"]


def test_a_position_is_the_number_of_the_paragraph() -> None:
    second = read(p("a") + p("b")).content[1]
    assert second.position is not None
    assert (second.position.line, second.position.file) == (2, "test.docx")


def test_core_properties_without_what_programs_put_there() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Microsoft Word - Document1</dc:title>'
        "<dc:creator>Ada Moor; Bo Quay</dc:creator><cp:keywords>a, b</cp:keywords></cp:coreProperties>"
    )
    about = read(p("x"), core=core).metadata
    assert (about.title, [each.name for each in about.authors]) == ("", ["Ada Moor", "Bo Quay"])
    assert (about.keywords, about.language) == (("a", "b"), "en-GB")


def test_the_words_of_python_docx_own_template_all_come_in() -> None:
    import io

    import docx

    made = docx.Document()
    made.add_heading("A title", 0)
    made.add_heading("One", 1)
    made.add_paragraph("Plain ").add_run("bold").bold = True
    for style in ("List Bullet", "List Bullet 2", "List Number", "Quote", "Intense Quote", "Caption"):
        made.add_paragraph(f"In {style}", style=style)
    table = made.add_table(2, 3, "Table Grid")
    for number, each in enumerate(table._cells):
        each.text = f"cell{number}"
    table.cell(0, 0).merge(table.cell(0, 1))
    stream = io.BytesIO()
    made.save(stream)
    document = parse(stream.getvalue()).document
    assert document.metadata.title == "A title"
    assert not words_of_file(stream.getvalue()) - words_of_tree(document)


def test_the_words_of_everything_at_once() -> None:
    body = (
        TRACKED + p(f"<w:sdt><w:sdtContent>{t('control')}</w:sdtContent></w:sdt>") + p("head", "berschrift2")
    )
    data = word_file(body + f"<w:tbl><w:tr>{cell('in a table')}</w:tr></w:tbl>")
    assert words_of_file(data) == words_of_tree(parse(data).document)


def test_runs_that_stand_in_a_choice_between_contents_are_read_once() -> None:
    choice = f'<mc:AlternateContent><mc:Choice Requires="w15">{t("chosen")}</mc:Choice>'
    body = p(f"{choice}<mc:Fallback>{t('chosen')}</mc:Fallback></mc:AlternateContent>")
    assert words_of_tree(read(body)) == {"chosen": 1}


def test_what_stands_before_a_paragraph_leads_to_it() -> None:
    mark = '<w:bookmarkStart w:id="3" w:name="one"/>'
    link = f'<w:hyperlink w:anchor="one">{t("there")}</w:hyperlink>'
    body = f'{mark}{p("Here", "berschrift2")}<w:bookmarkEnd w:id="3"/>{p(link)}'
    (section,) = found(body, nodes.Section)
    assert section.id == "one"


def test_a_drawn_rule_is_a_divider() -> None:
    rule = (
        '<w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office" o:hr="t"/></w:pict></w:r>'
    )
    assert [type(each) for each in read(p("a") + p(rule) + p("b")).content] == [
        nodes.Paragraph,
        nodes.Divider,
        nodes.Paragraph,
    ]


def test_a_table_is_described_by_its_alternative_text() -> None:
    def table(said: str) -> nodes.Table:
        body = f"<w:tbl><w:tblPr>{said}</w:tblPr><w:tr><w:tc>{p('9')}</w:tc></w:tr></w:tbl>{p('After.')}"
        (found,) = [each for each in walk(read(body)) if isinstance(each, nodes.Table)]
        return found

    assert table('<w:tblCaption w:val="Visits"/><w:tblDescription w:val="One cell"/>').alt == "One cell"
    assert table('<w:tblCaption w:val="Visits"/>').alt == "Visits"
