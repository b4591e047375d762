from __future__ import annotations

import pytest

from octavo.transforms.polish import polish
from octavo.tree import Document
from octavo.tree.metadata import Metadata
from octavo.tree.nodes import (
    Code,
    Emphasis,
    Footnote,
    Image,
    Inline,
    Link,
    Math,
    Paragraph,
    Quoted,
    QuoteLevel,
    Span,
    Text,
)
from octavo.tree.walk import plain_text, walk


def polished(*content: str | Inline, language: str = "en") -> tuple[Inline, ...]:
    inlines = tuple(Text(text=each) if isinstance(each, str) else each for each in content)
    document, _ = polish(
        Document(metadata=Metadata(language=language), content=(Paragraph(content=inlines),))
    )
    block = document.content[0]
    assert isinstance(block, Paragraph)
    return block.content


def shown(*content: str | Inline, language: str = "en") -> str:
    return plain_text(polished(*content, language=language)).replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        ("pl", "Nr 5, nr 6 i pkt 7, nr konta", "Nr~5, nr~6 i~pkt~7, nr konta"),
        ("fi", "nro 5, nro viisi", "nro~5, nro viisi"),
        ("fr", "le nº 5", "le nº~5"),
    ],
)
def test_words_before_a_number_hold_it_with_or_without_a_full_stop(
    language: str, written: str, expected: str
) -> None:
    assert shown(written, language=language) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"Yes," she said.', "“Yes,” she said."),
        ("It's 'so', isn't it?", "It’s ‘so’, isn’t it?"),
        ("\"It's 'new'\"", "“It’s ‘new’”"),
        ("the '90s and the 1990s' end", "the ’90s and the 1990s’ end"),
        ("'Tis the dogs' dinner", "’Tis the dogs’ dinner"),
        ("rock 'n' roll", "rock ’n’ roll"),
        ("the U.S.' bid", "the U.S.’ bid"),
        ('("so")', "(“so”)"),
        ('5\'10" tall, a 6" nail', "5′10″ tall, a 6″ nail"),
        ("so--and so---yes", "so–and so—yes"),
        ('so--"yes"--so', "so–“yes”–so"),
        ("-- - ---- -----", "– - ---- -----"),
        ("so... and so....", "so… and so...."),
        ("p. 7, pp. 7, No. 3, Dr. Kim", "p.~7, pp.~7, No.~3, Dr.~Kim"),
        ("He said no. Then", "He said no. Then"),
        ("5 % of § 3", "5~% of §~3"),
        ("10 km, 5 m² at 7 a.m., 4 kWh/day", "10~km, 5~m² at 7~a.m., 4~kWh/day"),
        ("3 men, 5 me, 4 mm-wide, km 5", "3 men, 5 me, 4 mm-wide, km 5"),
        ('a lone " mark', 'a lone " mark'),
    ],
)
def test_english(written: str, expected: str) -> None:
    assert shown(written) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en-GB", "“a ‘b’ c”"),
        ("de", "„a ‚b‘ c“"),
        ("de-AT", "„a ‚b‘ c“"),
        ("de-CH", "«a ‹b› c»"),
        ("fr", "«~a “b” c~»"),
        ("es", "«a “b” c»"),
        ("es-MX", "“a ‘b’ c”"),
        ("it", "«a “b” c»"),
        ("pt", "“a ‘b’ c”"),
        ("nl", "“a ‘b’ c”"),
        ("pl", "„a~«b» c”"),
        ("sv", "”a ’b’ c”"),
        ("da", "”a ’b’ c”"),
        ("nb", "«a ‘b’ c»"),
        ("fi", "”a ’b’ c”"),
        ("cs", "„a~‚b‘ c“"),
        ("ko", "\"a 'b' c\""),
        ("ja", "\"a 'b' c\""),
        ("zh-Hant", "\"a 'b' c\""),
        ("tlh", "\"a 'b' c\""),
    ],
)
def test_marks_follow_the_language(language: str, expected: str) -> None:
    assert shown("\"a 'b' c\"", language=language) == expected


def test_other_habits_of_languages() -> None:
    assert shown("Vrai ? Oui ; l'an 10 000 : « x » !", language="fr") == "Vrai~? Oui~; l’an 10~000~: «~x~»~!"
    assert shown("z. B. S. 5", language="de") == "z.~B. S.~5"
    assert shown("k domu v lese", language="cs") == "k~domu v~lese"
    assert shown("'s avonds", language="nl") == "’s avonds"


def test_marks_see_over_the_edges_of_inlines() -> None:
    assert shown('"', Emphasis(content=(Text(text="word"),)), '" and') == "“word” and"
    assert shown('see "', Code(text="x"), '"') == "see “x”"
    assert shown("the ", Emphasis(content=(Text(text="Times"),)), "'s view") == "the Times’s view"
    note = Footnote(content=(Paragraph(content=(Text(text='"note"'),)),))
    content = polished('a "word', note, '"')
    assert plain_text(content) == "a “word”"
    assert [each.text for each in walk(content[1]) if isinstance(each, Text)] == ["“note”"]


def test_code_formulas_and_addresses_are_kept() -> None:
    link = Link(target='https://a.b/"--"', content=(Text(text='"--"'),))
    code, math, _, linked = polished(Code(text='"--"'), Math(text="a'--b"), " ", link)
    assert (code, math) == (Code(text='"--"'), Math(text="a'--b"))
    assert isinstance(linked, Link)
    assert linked.target == link.target
    assert plain_text(linked) == "“–”"


def test_quoted_holds_its_marks_and_is_marked_once() -> None:
    quoted = Quoted(content=(Text(text="a"), Quoted(content=(Text(text="b"),), level=QuoteLevel.SINGLE)))
    once = polished(quoted, language="de")
    assert plain_text(once) == "„a‚b‘“"
    assert polished(*once, language="de") == once


def test_foreign_words_keep_their_own_marks() -> None:
    span = Span(language="de", content=(Text(text='"ja"'),))
    assert shown('he says "', span, '"') == "he says “„ja“”"
    assert shown(Text(text='"oui"', language="fr"), ' "yes"') == "«~oui~» “yes”"


def test_nothing_changed_returns_the_same_objects() -> None:
    document = Document(
        metadata=Metadata(language="en"),
        content=(Paragraph(content=(Text(text="plain "), Emphasis(content=(Text(text="words"),)))),),
    )
    assert polish(document)[0].content is document.content


def test_text_is_never_empty_and_holds_no_controls() -> None:
    document = Document(
        metadata=Metadata(language="en", title="A\x00B"),
        content=(
            Paragraph(content=(Text(text=""), Text(text="a\x00\x07b\nc\td"), Image(source="x", alt="\x01y"))),
        ),
    )
    clean, diagnostics = polish(document)
    texts = [each.text for each in walk(clean) if isinstance(each, Text)]
    assert texts == ["ab c d"]
    assert clean.metadata.title == "AB"
    assert [each.alt for each in walk(clean) if isinstance(each, Image)] == ["y"]
    assert [each.code for each in diagnostics] == ["control-character"] * 3


def test_metadata_is_polished() -> None:
    metadata = Metadata(language="en-US", title='Korea\'s choice -- "now"', isbn="978-3-16--148410-0")
    document, _ = polish(Document(metadata=metadata))
    assert document.metadata.title == "Korea’s choice – “now”"
    assert document.metadata.isbn == metadata.isbn
