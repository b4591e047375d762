from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest

from octavo.diagnostics import Diagnostic, Position, Severity
from octavo.errors import SourceError
from octavo.transforms.identify import slug
from octavo.transforms.resolve import resolve
from octavo.transforms.resolved import Numbering, Resolved, StyleUse
from octavo.transforms.terms import knows, label, terms_for, write_date
from octavo.transforms.titles import CONTENTS_TERMS, GROUP_TERMS
from octavo.tree import Document, nodes
from octavo.tree.media import MediaFile
from octavo.tree.metadata import Metadata
from octavo.tree.nodes import (
    Bibliography,
    Block,
    Caption,
    Cell,
    Citation,
    CodeBlock,
    Column,
    Contents,
    ContentsKind,
    CrossReference,
    Definition,
    Definitions,
    Emphasis,
    Entry,
    Figure,
    Footnote,
    Formula,
    Group,
    GroupRole,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    ListMarker,
    Paragraph,
    PullQuote,
    Quote,
    ReferenceForm,
    Row,
    Section,
    SectionRole,
    Span,
    Strong,
    Table,
    TableBody,
    Text,
)
from octavo.tree.walk import plain_text, walk

MEDIA = [
    MediaFile(source=name, data=b"", media_type="image/png", digest="", width=1, height=1)
    for name in ("chart.png", "a.png", "b.png")
]


def text(words: str = "words") -> tuple[Inline, ...]:
    return (Text(text=words),)


def par(*content: Inline | str, **fields: Any) -> Paragraph:
    return Paragraph(
        content=tuple(Text(text=each) if isinstance(each, str) else each for each in content), **fields
    )


def section(title: str, *content: Block, **fields: Any) -> Section:
    return Section(title=text(title), content=content or (par("words"),), **fields)


def figure(caption: str = "Costs", **fields: Any) -> Figure:
    image = Image(source="chart.png", alt="a chart")
    return Figure(content=(par(image),), caption=Caption(content=text(caption)), **fields)


def table(*rows: tuple[Cell, ...], **fields: Any) -> Table:
    bodies = (TableBody(rows=tuple(Row(cells=cells) for cells in rows)),)
    return Table(columns=(Column(),), bodies=bodies, **fields)


def done(
    *content: Block, depth: int = 0, language: str = "en", **settings: Any
) -> tuple[Resolved, list[Diagnostic]]:
    metadata = Metadata(title="Title", language=language, date=datetime.date(2023, 12, 5))
    declared = frozenset(settings.pop("declared", ()))
    resolved, diagnostics = resolve(
        Document(metadata=metadata, content=content),
        numbering=Numbering(section_depth=depth),
        media={each.source: each for each in MEDIA},
        declared=declared,
    )
    return resolved, list(diagnostics)


def found(resolved: Resolved, kind: type[Any]) -> list[Any]:
    return [each for each in walk(resolved.document) if isinstance(each, kind)]


def styles(resolved: Resolved, kind: type[Any] = Paragraph) -> list[str]:
    uses = [resolved.index.styles[each.key] for each in found(resolved, kind)]
    return [f"{use.within}>{use.style}" if use.within else use.style for use in uses]


def codes(diagnostics: list[Diagnostic]) -> list[str]:
    return [each.code for each in diagnostics]


# Identify


def test_keys_count_in_reading_order() -> None:
    resolved, _ = done(
        section("One", par(Emphasis(content=text()), LineBreak(), "x")),
        table((Cell(content=(par(),)),), caption=Caption(content=text())),
    )
    nodes_in_order = list(walk(resolved.document))
    unkeyed = (Text, LineBreak, Column)
    assert [each.key for each in nodes_in_order if not isinstance(each, unkeyed)] == list(range(1, 10))
    assert {each.key for each in nodes_in_order if isinstance(each, unkeyed)} == {0}


def test_anchors_are_made_from_titles_and_kinds() -> None:
    note = Footnote(content=(par("note"),))
    resolved, _ = done(
        section("Über die Häfen, 2. Teil"), section("2023"), section("…"), figure(), table(), par(note)
    )
    made = [each.id for each in walk(resolved.document) if each.id]
    assert made == ["über-die-häfen-2-teil", "s-2023", "section", "fig-1", "tbl-1", "fn-1"]
    assert set(resolved.index.anchors) == set(made)


def test_anchors_of_the_author_are_kept_and_made_ones_avoid_them() -> None:
    resolved, diagnostics = done(
        section("Costs"), section("Costs"), par(id="costs"), figure(id="fig-1"), figure()
    )
    assert [each.id for each in found(resolved, Section)] == ["costs-1", "costs-2"]
    assert [each.id for each in found(resolved, Figure)] == ["fig-1", "fig-2"]
    assert diagnostics == []


def test_duplicate_and_bad_anchors_are_reported_and_mended() -> None:
    place = Position(7, 1)
    resolved, diagnostics = done(
        par("a", id="x"),
        par("b", id="x", position=place),
        par("c", id="my id"),
        par(CrossReference(target="my id"), Link(target="#my id", content=text())),
    )
    assert sorted(codes(diagnostics)) == ["bad-id", "duplicate-id", "reference-without-text"]
    assert next(each for each in diagnostics if each.code == "duplicate-id").position == place
    assert [each.id for each in found(resolved, Paragraph)] == ["x", "x-1", "my-id", ""]
    assert found(resolved, Link)[0].target == "#my-id"
    assert found(resolved, CrossReference)[0].target == "my-id"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("China’s Response", "chinas-response"),
        ("1.2 U.S. aims", "s-12-us-aims"),
        ("한국의 선택", "한국의-선택"),
        ("  --  ", ""),
        ("x²", "x2"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_slugs(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_too_deep_a_tree_is_refused() -> None:
    block: Block = par("deep")
    for _ in range(2000):
        block = Quote(content=(block,))
    with pytest.raises(SourceError) as caught:
        done(block)
    assert caught.value.diagnostics[0].code == "nesting-too-deep"


# Number and label


def test_sections_are_numbered_as_deep_as_the_theme_asks() -> None:
    content = (
        section("A", section("B", section("C")), section("D")),
        section("E", section("F"), numbered=False),
        section("G", section("H", numbered=True)),
        section("R", role=SectionRole.REFERENCES),
        section("I", section("J"), role=SectionRole.APPENDIX),
    )
    resolved, _ = done(*content, depth=2)
    numbers = [f"{each.number} {plain_text(each.title)}".strip() for each in resolved.index.headings]
    assert numbers == ["1 A", "1.1 B", "C", "1.2 D", "E", "F", "2 G", "2.1 H", "R", "A I", "A.1 J"]
    assert [each.level for each in resolved.index.headings] == [1, 2, 3, 2, 1, 2, 1, 2, 1, 1, 2]
    labels = [resolved.index.labels.get(each.key) for each in resolved.index.headings]
    assert labels[1] == "Section 1.1"
    assert labels[-1] == "Appendix A.1"
    unnumbered, _ = done(*content)
    assert [each.number for each in unnumbered.index.headings if each.number] == ["1"]


def test_listings_that_can_be_referred_to_count_and_no_other_code() -> None:
    def code(words: str, name: str = "") -> CodeBlock:
        return CodeBlock(text="a = 1", caption=Caption(content=text(words)) if words else None, id=name)

    wanted = CrossReference(target="lst-two")
    content = (
        code("One", "lst-one"),
        code("app.py"),
        code("", "lst-bare"),
        code("Two", "lst-two"),
        par(wanted),
    )
    resolved, said = done(*content)
    index = resolved.index
    assert not said
    assert [(each.label, plain_text(each.caption)) for each in index.listings] == [
        ("Listing 1", "One"),
        ("Listing 2", "Two"),
    ]
    assert [index.labels.get(each.key, "") for each in found(resolved, CodeBlock)] == [
        "Listing 1",
        "",
        "",
        "Listing 2",
    ]
    assert [each.text for each in found(resolved, CrossReference)] == ["Listing\u00a02"]
    assert [terms_for(language).listing for language in ("de", "cs", "hu")] == [
        "Listing",
        "Výpis",
        "kódrészlet",
    ]


@pytest.mark.parametrize(("count", "alike"), [(1, False), (2, True), (12, True), (13, False)])
def test_some_tables_with_the_same_heads_are_alike_and_many_are_not(count: int, alike: bool) -> None:
    head = (nodes.Row(cells=(Cell(content=(par("Name"),)),)),)
    rows = (nodes.Row(cells=(Cell(content=(par("x"),)),)),)
    one = Table(columns=(nodes.Column(),), head=head, bodies=(nodes.TableBody(rows=rows),))
    resolved, _ = done(*[one] * count)
    assert bool(resolved.index.alike) is alike


def test_a_section_without_a_title_takes_no_number_from_the_next() -> None:
    untitled = nodes.Section(title=(), content=(par("x"),))
    resolved, _ = done(section("A"), untitled, section("B"), depth=2)
    assert [each.number for each in resolved.index.headings if each.title] == ["1", "2"]


def test_figures_tables_and_notes_count_in_reading_order() -> None:
    note = Footnote(content=(par("note"),))
    inner = table((Cell(content=(figure("inner"),)),), caption=Caption(content=(Text(text="T"), note)))
    resolved, _ = done(
        par(note), inner, figure("outer"), Figure(content=(par(),)), Formula(text="x", id="eq")
    )
    index = resolved.index
    assert [(each.label, plain_text(each.caption)) for each in index.figures] == [
        ("Figure 1", "inner"),
        ("Figure 2", "outer"),
    ]
    assert [(each.label, plain_text(each.caption)) for each in index.tables] == [("Table 1", "T")]
    assert [each.mark for each in index.notes] == ["1", "2"]
    assert [index.note_by_key[each.key].mark for each in found(resolved, Footnote)] == ["1", "2"]
    assert found(resolved, Figure)[2].key not in index.numbers
    assert index.labels[index.anchors["eq"]] == "(1)"


def test_titles_in_the_index_are_bare() -> None:
    title = (
        Strong(content=(Link(target="#a", content=text("linked")),), id="a"),
        Footnote(content=(par("note"),)),
        LineBreak(),
        CrossReference(target="fig-1"),
    )
    resolved, _ = done(Section(title=title, content=(figure(),)))
    shown = resolved.index.headings[0].title
    assert plain_text(shown) == "linked Figure\u00a01"
    assert {type(each).__name__ for inline in shown for each in (inline, *walk(inline))} == {"Strong", "Text"}
    assert {inline.id for inline in shown} == {""}


# Link


def test_references_read_as_their_targets() -> None:
    forms = [CrossReference(target="fig", form=form) for form in ReferenceForm]
    resolved, diagnostics = done(figure("Costs", id="fig"), section("Aims", id="sec"), par(*forms), depth=1)
    assert [each.text for each in found(resolved, CrossReference)] == [
        "Figure\u00a01",
        "Costs",
        "Figure\u00a01",
    ]
    resolved, _ = done(section("Aims", id="sec"), par(CrossReference(target="sec")))
    assert found(resolved, CrossReference)[0].text == "Aims"
    assert diagnostics == []


def test_references_speak_the_language() -> None:
    content = (
        section("A", id="s"),
        figure(id="f"),
        par(CrossReference(target="f"), CrossReference(target="s")),
    )
    texts = {
        language: [each.text for each in found(done(*content, depth=1, language=language)[0], CrossReference)]
        for language in ("de-AT", "fr", "ko", "ja")
    }
    assert texts == {
        "de-AT": ["Abbildung\u00a01", "Abschnitt\u00a01"],
        "fr": ["Figure\u00a01", "Section\u00a01"],
        "ko": ["그림\u00a01", "1절"],
        "ja": ["図1", "1節"],
    }


@pytest.mark.parametrize(
    ("link", "anchor"),
    [
        ("#ports-ships", "ports-ships"),
        ("#portsships", "ports-ships"),
        ("#Ports_Ships", "ports-ships"),
        ("#1-first-steps", "s-1-first-steps"),
        ("#costs", "costs"),
        ("#costs-1", "costs-1"),
    ],
)
def test_links_find_headings_by_the_anchors_that_other_renderers_make(link: str, anchor: str) -> None:
    resolved, diagnostics = done(
        par(Link(target=link, content=text())),
        section("Ports/Ships", par("a")),
        section("1. First steps", par("b")),
        section("Costs", par("b")),
        section("Costs", par("c")),
    )
    assert codes(diagnostics) == []
    assert [each.target for each in found(resolved, Link)] == [f"#{anchor}"]


def test_a_link_that_fits_two_headings_alike_is_dangling() -> None:
    _, diagnostics = done(
        par(Link(target="#AB", content=text())), section("A B", par("a")), section("A, B", par("b"), id="a_b")
    )
    assert codes(diagnostics) == ["dangling-link"]


def test_links_to_names_of_works_and_people_lead_to_those_who_resolve_them() -> None:
    resolved, diagnostics = done(
        par(
            Link(target="doi:10.1000/182", content=text()),
            Link(target="orcid:0000-0002-1825-0097", content=text()),
            Link(target="https://example.org/doi:10.1000/182", content=text()),
        )
    )
    assert codes(diagnostics) == []
    assert [each.target for each in found(resolved, Link)] == [
        "https://doi.org/10.1000/182",
        "https://orcid.org/0000-0002-1825-0097",
        "https://example.org/doi:10.1000/182",
    ]


def test_an_unknown_style_is_told_once() -> None:
    place = Position(3, 1)
    _, diagnostics = done(
        *(par(Span(style="odd", content=text(), position=place)) for _ in range(3)), declared=()
    )
    assert [(each.message, each.position) for each in diagnostics] == [
        ("the theme declares no style `odd` (and 2 more times)", place)
    ]


def test_dangling_references_are_errors_that_name_the_nearest() -> None:
    place = Position(4, 12)
    resolved, diagnostics = done(
        section("Costs", id="sec-costs"),
        par(
            CrossReference(target="sec-cost", position=place),
            Link(target="#sec-costz", content=text()),
            Citation(targets=("nobody",)),
        ),
    )
    assert sorted(codes(diagnostics)) == ["dangling-citation", "dangling-link", "dangling-reference"]
    assert {each.severity for each in diagnostics} == {Severity.ERROR}
    dangling = next(each for each in diagnostics if each.code == "dangling-reference")
    assert dangling.position == place
    assert dangling.hint == "did you mean `sec-costs`?"
    assert found(resolved, CrossReference)[0].text == "[sec-cost]"


def test_citations_read_as_their_entries() -> None:
    works = Bibliography(
        entries=(
            Entry(id="li", content=text("Li, Wei. 2020. Trade.")),
            Entry(id="no", content=text("untitled")),
            Entry(id="lab", content=text("x"), label="Kim 99"),
        )
    )
    cited = (Citation(targets=("li", "no"), locator="p. 3"), Citation(targets=("lab",)))
    resolved, _ = done(par(*cited), works)
    assert [each.text for each in found(resolved, Citation)] == ["[Li 2020, 2, p. 3]", "[Kim 99]"]


def test_links_keep_what_linking_filled_in_inside_them() -> None:
    inner = CrossReference(target="a b")
    resolved, _ = done(section("S", id="a b"), par(Link(target="#a b", content=(inner,))))
    link = found(resolved, Link)[0]
    assert (link.target, plain_text(link)) == ("#a-b", "S")


# Assign


def test_paragraphs_are_styled_by_where_they_stand() -> None:
    note = Footnote(content=(par("n"), List(items=(ListItem(content=(par("i"),)),))))
    resolved, _ = done(
        par("first"),
        par("second"),
        List(items=(ListItem(content=(par("item"), par("item"))),)),
        par("after", note),
        Quote(content=(par("q"), par("q"))),
        Definitions(entries=(Definition(terms=(text(),), content=((par("d"),),)),)),
        Group(role=GroupRole.KEY_POINTS, content=(List(items=(ListItem(content=(par("k"),)),)),)),
    )
    assert styles(resolved) == [
        "paragraph-first",
        "paragraph",
        "list-item",
        "list-item",
        "paragraph-first",
        "footnote",
        "footnote>list-item",
        "quote>paragraph-first",
        "quote>paragraph",
        "definition",
        "key-points>list-item",
    ]
    assert styles(resolved, Group) == ["key-points"]
    assert styles(resolved, List) == ["list", "footnote>list", "key-points>list"]


def test_a_paragraph_follows_the_text_before_a_figure() -> None:
    bare = Figure(content=(), caption=Caption(content=text()))
    resolved, _ = done(section("S", bare, par("first"), bare, par("second"), nodes.Divider(), par("first")))
    assert styles(resolved) == ["paragraph-first", "paragraph", "paragraph-first"]


def test_the_first_line_of_a_poem_begins_where_the_others_do() -> None:
    prose = par(
        "Words that go on for longer than a line of verse would, and on, and on, to the end of the second line."
    )
    verse = Paragraph(content=(*text("What it takes"), LineBreak(), *text("  it keeps")))
    ended = Paragraph(content=(*prose.content, LineBreak(), *text("ended")))
    poem = (prose, verse, prose, ended, verse, verse, prose)
    assert styles(done(section("S", *poem))[0]) == [
        "paragraph-first", "verse", "paragraph-first", "paragraph", "verse", "verse", "paragraph-first",
    ]  # fmt: skip
    within, _ = done(Group(role=GroupRole.CASE, content=(prose, verse, prose, ended, verse, verse)))
    assert styles(within) == [
        f"case>{each}" for each in (
            "paragraph-first", "paragraph-first", "paragraph", "paragraph", "paragraph-first", "paragraph",
        )
    ]  # fmt: skip


def test_cells_are_styled_by_the_part_of_their_table() -> None:
    deep = List(items=(ListItem(content=(par("deep"),)),))
    whole = Table(
        columns=(Column(),),
        head=(Row(cells=(Cell(content=(par("h"),)),)),),
        bodies=(TableBody(rows=(Row(cells=(Cell(content=(par("c"), par("c"), deep)),)),)),),
        notes=(par("note"),),
        caption=Caption(content=text()),
    )
    resolved, _ = done(whole, Group(role=GroupRole.CASE, content=(whole,)))
    here = ["table-head", "table-cell", "table-cell", "table-cell>list-item", "table-note"]
    boxed = [f"case>{each.rpartition('>')[2]}" for each in here]
    assert styles(resolved) == here + boxed
    assert styles(resolved, Cell) == ["table-head", "table-cell", "case>table-head", "case>table-cell"]
    assert styles(resolved, Caption) == ["table>caption", "case>caption"]


def test_headings_and_groups_are_styled_by_depth_and_role() -> None:
    deepest = section("7")
    for level in range(6, 0, -1):
        deepest = section(str(level), deepest)
    own = Group(role=GroupRole.CUSTOM, style="box", content=(par("x"),))
    resolved, _ = done(
        deepest, own, Group(role=GroupRole.CUSTOM, style="other", content=()), declared=("box",)
    )
    assert styles(resolved, Section) == [f"heading-{min(level, 6)}" for level in range(1, 8)]
    assert styles(resolved, Group) == ["box", "group"]
    assert resolved.index.styles[found(resolved, Paragraph)[-1].key] == StyleUse("paragraph-first", "box")


def test_every_block_caption_item_cell_and_entry_has_a_style() -> None:
    unstyled = {Column, Row, TableBody, *nodes.Inline.__args__} - {Footnote}
    content: tuple[Block, ...] = (
        section("S", par(Footnote(content=(par("n"),)))),
        Group(role=GroupRole.LEAD, content=()),
        Quote(content=()),
        PullQuote(content=text()),
        List(items=(ListItem(content=()),)),
        Definitions(entries=(Definition(terms=(text(),), content=((),)),)),
        figure(),
        table((Cell(content=()),)),
        CodeBlock(text="x"),
        Formula(text="x"),
        nodes.Divider(),
        Bibliography(entries=(Entry(content=text()),)),
        nodes.Notes(),
        Contents(),
        nodes.PageBreak(),
    )
    resolved, _ = done(*content)
    kinds = {type(each) for each in walk(resolved.document)}
    assert set(nodes.Block.__args__) <= kinds
    for node in walk(resolved.document):
        assert (node.key in resolved.index.styles) == (type(node) not in unstyled), type(node)


# Titles and terms


def test_groups_and_contents_get_the_languages_word_for_a_title() -> None:
    assert set(GROUP_TERMS) == set(GroupRole)
    assert set(CONTENTS_TERMS) == set(ContentsKind)
    blank = Group(role=GroupRole.KEY_POINTS, content=(), title=text(" "))
    titled = Group(role=GroupRole.NOTICE, content=(), title=text("Note well"))
    resolved, _ = done(
        blank, titled, Quote(content=(Group(role=GroupRole.LEAD, content=()),)), Contents(), language="de"
    )
    assert [plain_text(each.title) for each in found(resolved, Group)] == ["Kernaussagen", "Note well", ""]
    assert plain_text(found(resolved, Contents)[0].title) == "Inhalt"


def test_terms_and_dates_by_language() -> None:
    day = datetime.date(2023, 12, 5)
    assert write_date(day, "en") == write_date(day, "en-GB") == write_date(day, "tlh") == "5 December 2023"
    assert write_date(day, "en-US") == "December 5, 2023"
    assert write_date(day, "de-CH") == "5. Dezember 2023"
    assert write_date(datetime.date(2023, 1, 1), "fr") == "1er janvier 2023"
    assert write_date(day, "ko") == "2023년 12월 5일"
    assert write_date(day, "ar-JO") == "5 ديسمبر 2023"
    assert write_date(day, "he") == write_date(day, "iw") == "5 בדצמבר 2023"
    assert (terms_for("fa").figure, terms_for("ur").table) == ("شکل", "جدول")
    assert write_date(None, "en") == ""
    assert write_date(day, "hu") == "2023. december 5."
    assert write_date(day, "vi") == "ngày 5 tháng 12 năm 2023"
    assert write_date(day, "he") == "5 בדצמבר 2023"
    assert terms_for("nn").contents == "Innhold"
    assert terms_for("tlh") == terms_for("en")
    assert label("hu", "ábra", "3") == "3. ábra"


_LANGUAGES = (
    *("ar", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko"),
    *("nb", "nl", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "ur", "vi", "zh"),
)


@pytest.mark.parametrize("language", _LANGUAGES)
def test_a_language_has_all_words_and_a_date_for_each_month(language: str) -> None:
    words = msgspec.structs.astuple(terms_for(language))
    assert knows(language)
    assert all(words)
    assert words != msgspec.structs.astuple(terms_for("en"))
    dates = {write_date(datetime.date(2023, month, 5), language) for month in range(1, 13)}
    assert len(dates) == 12
    assert all("2023" in date and "5" in date and "  " not in date for date in dates)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ListMarker.LOWER_ALPHA),
        ("sr-Latn", ListMarker.LOWER_ALPHA),
        ("tlh", ListMarker.LOWER_ALPHA),
        ("ar", ListMarker.DECIMAL),
        ("ru-RU", ListMarker.DECIMAL),
        ("az-Cyrl-AZ", ListMarker.DECIMAL),
    ],
)
def test_lists_count_in_letters_where_the_language_has_them(language: str, expected: ListMarker) -> None:
    inner = List(ordered=True, items=(ListItem(content=(par("b"),)),))
    outer = List(ordered=True, items=(ListItem(content=(par("a"), inner)),))
    document = Document(metadata=Metadata(title="T", language=language), content=(outer,))
    ways = (ListMarker.DECIMAL, ListMarker.LOWER_ALPHA)
    resolved, _ = resolve(document, numbering=Numbering(list_markers=ways), media={}, declared=frozenset())
    assert [resolved.index.marker_of(each) for each in found(resolved, List)] == [
        ListMarker.DECIMAL,
        expected,
    ]


# Check


def test_a_sound_document_has_no_diagnostics() -> None:
    head = (Row(cells=(Cell(content=(par("h"),)),)),)
    whole = table((Cell(content=(par("c"),)),), head=head)
    assert done(section("S", par(Link(target="#s", content=text()))), whole)[1] == []


def test_what_is_amiss_is_reported() -> None:
    place = Position(9, 2)
    _, diagnostics = done(
        par(Image(source="a.png", position=place), Image(source="b.png", decorative=True)),
        par(Link(target="https://x.y", content=()), Link(target="", content=text())),
        par(Link(target="https://x.y", content=(Image(source="a.png", alt="a map"),))),
        Section(title=(), content=(), position=place),
        table((Cell(content=(par("x"),)),)),
        par(Span(style="higlight", content=text())),
        declared=("highlight",),
    )
    counted = sorted(codes(diagnostics))
    assert counted == [
        "empty-link",
        "empty-link",
        "empty-section",
        "empty-title",
        "missing-alt",
        "table-without-head",
        "unknown-style",
    ]
    assert {each.position for each in diagnostics if each.code in ("missing-alt", "empty-section")} == {place}
    assert "did you mean `highlight`?" in {each.hint for each in diagnostics}
    assert all(each.hint for each in diagnostics)


def test_an_image_that_could_not_be_read_is_told_where_it_is_shown() -> None:
    place = Position(3, 5)
    _, (missing,) = done(par(Image(source="none.png", alt="x", position=place)))
    assert (missing.code, missing.severity, missing.position) == ("missing-image", Severity.WARNING, place)


def test_a_document_without_title_and_language_is_english_with_warnings() -> None:
    resolved, diagnostics = resolve(
        Document(content=(Contents(),)), numbering=Numbering(), media={}, declared=frozenset()
    )
    assert codes(list(diagnostics)) == ["no-title", "no-language"]
    assert resolved.document.metadata.language == "en"
    assert plain_text(found(resolved, Contents)[0].title) == "Contents"
