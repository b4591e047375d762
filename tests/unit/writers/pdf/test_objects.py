from __future__ import annotations

import io

import pikepdf
import pytest

from octavo.writers.pdf.objects import PdfFile, name, name_tree, number, text_string

IDENTIFIER = bytes(range(16))


def page_file() -> PdfFile:
    file = PdfFile((1, 7), IDENTIFIER)
    content = file.add_stream(b"q Q" * 50)
    page = file.add(
        f"<</Type/Page/Parent {file.pages_number} 0 R/MediaBox[0 0 9 9]/Resources<<>>/Contents {content} 0 R>>"
    )
    file.add_page(page)
    return file


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (-0.001, "0"),
        (12, "12"),
        (100, "100"),
        (1.5, "1.5"),
        (-2.25, "-2.25"),
        (1 / 3, "0.33"),
        (10.0, "10"),
    ],
)
def test_numbers_are_short(value: float, written: str) -> None:
    assert number(value) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", "(plain)"),
        ("a(b)\\", "(a\\(b\\)\\\\)"),
        ("é", "<FEFF00E9>"),
        ("a\nb", "<FEFF0061000A0062>"),
        ("", "()"),
    ],
)
def test_text_strings(text: str, written: str) -> None:
    assert text_string(text) == written


def test_lone_surrogates_do_not_stop_a_text_string() -> None:
    assert text_string("\ud800x").startswith("<FEFF")


def test_names_escape_what_is_no_regular_character() -> None:
    assert name("A B/é") == "/A#20B#2F#C3#A9"


def test_name_trees_are_sorted_by_key() -> None:
    assert name_tree([(b"b", "2 0 R"), (b"a", "1 0 R")]) == "<</Names[<61>1 0 R <62>2 0 R]>>"


def test_a_file_can_be_opened_and_has_its_identifier() -> None:
    file = page_file()
    data = file.to_bytes(file.add("<</Title(x)>>"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == 1
        assert bytes(pdf.trailer.ID[0]) == IDENTIFIER
        assert pdf.docinfo["/Title"] == "x"
    assert data.startswith(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    assert data.endswith(b"%%EOF\n")


def test_many_objects_share_streams_and_are_all_found() -> None:
    file = page_file()
    numbers = [file.add(f"({at})") for at in range(450)]
    data = file.to_bytes(file.add("<<>>"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [str(pdf.get_object(each, 0)) for each in numbers] == [str(at) for at in range(450)]
    assert data.count(b"/ObjStm") == 3


def test_a_reserved_object_is_filled_later() -> None:
    file = page_file()
    reserved = file.add()
    file.fill(reserved, "(late)")
    with pikepdf.open(io.BytesIO(file.to_bytes(file.add("<<>>")))) as pdf:
        assert str(pdf.get_object(reserved, 0)) == "late"


def test_each_stream_ends_on_a_line_of_its_own() -> None:
    file = page_file()
    data = file.to_bytes(file.add("<<>>"))
    assert data.count(b"endstream") == data.count(b"\nendstream") == 3
