from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pikepdf
import pytest

import octavo
from octavo.errors import EditionError
from octavo.tree import nodes
from octavo.tree.metadata import Metadata
from octavo.writers.pdf.writer import PdfWriter
from octavo.writers.protocol import Manuscript
from tests.unit.writers.pdf.handmade import manuscript_of, media_of, resolved_of
from tests.unit.writers.pdf.samples import RICH_TEXT, paragraph, picture
from tests.unit.writers.pdf.tag_dump import dump_tags


def rich() -> Manuscript:
    return manuscript_of(resolved_of(*RICH_TEXT, media=[media_of("p.png", picture(), "image/png")]))


def test_the_tags_of_a_rich_document(golden: Callable[[Path, str], None]) -> None:
    golden(Path("pdf-tags/rich.txt"), dump_tags(PdfWriter().write(rich()).data))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert PdfWriter().write(rich()) == PdfWriter().write(rich())


def test_the_file_is_sound_and_says_what_it_is() -> None:
    output = PdfWriter().write(rich())
    assert output.diagnostics == ()
    with pikepdf.open(io.BytesIO(output.data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.pdf_version == "1.7"
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert "/Filter" not in pdf.Root.Metadata
        assert [int(page.obj.StructParents) for page in pdf.pages] == list(range(len(pdf.pages)))
        assert all(page.obj.Tabs == "/S" for page in pdf.pages)


def test_the_parent_tree_leads_back_from_every_mark() -> None:
    with pikepdf.open(io.BytesIO(PdfWriter().write(rich()).data)) as pdf:
        entries = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        tree = {int(key): value for key, value in zip(entries[::2], entries[1::2], strict=True)}
        assert sorted(tree) == list(range(int(pdf.Root.StructTreeRoot.ParentTreeNextKey)))
        for page in pdf.pages:
            for element in tree[int(page.obj.StructParents)]:
                assert element.Type == "/StructElem"
            for annotation in page.obj.get("/Annots", []):
                assert tree[int(annotation.StructParent)].S == "/Link"


def test_an_image_shown_twice_is_stored_once() -> None:
    images = [
        nodes.Paragraph(content=(nodes.Image(source=each, alt="x"),)) for each in ("a.png", "b.png", "a.png")
    ]
    media = [media_of(each, picture(), "image/png") for each in ("a.png", "b.png")]
    data = PdfWriter().write(manuscript_of(resolved_of(*images, media=media))).data
    assert data.count(b"/Subtype/Image") == 1


def test_a_transparent_image_makes_its_page_blend_in_srgb() -> None:
    image = nodes.Paragraph(content=(nodes.Image(source="a.png", alt="x"),))
    media = [media_of("a.png", picture("RGBA"), "image/png")]
    data = PdfWriter().write(manuscript_of(resolved_of(image, media=media))).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.pages[0].obj.Group.CS == "/DeviceRGB"


@pytest.mark.parametrize(
    "text", ["\0\x07\x1f", "\u202eRTL \u05d0\u05d1", "🙂🏽", "e\u0301\u0323", "x" * 5000]
)
def test_odd_text_makes_a_sound_file(text: str) -> None:
    data = PdfWriter().write(manuscript_of(resolved_of(paragraph(text)))).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_a_document_without_pages_is_refused() -> None:
    manuscript = manuscript_of(resolved_of(paragraph("x")))
    with pytest.raises(EditionError, match="no pages"):
        PdfWriter().write(msgspec.structs.replace(manuscript, layout=None))


def test_a_turned_page_lies_on_screens_and_its_text_reads_upwards(tmp_path: Path) -> None:
    cells = " | ".join(["unbreakableunbreakable"] * 6)
    source = f"above\n\n| {cells} | ~~struck~~ |\n{'|--' * 7}|\n| {cells} | ~~struck~~ |\n"
    path = tmp_path / "wide.md"
    path.write_text(source, encoding="utf-8")
    data = octavo.render(octavo.read(path), "pdf").data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        upright, turned = pdf.pages
        assert "/Rotate" not in upright.obj
        assert turned.obj.Rotate == 90
        assert list(upright.obj.MediaBox) == list(turned.obj.MediaBox)
        content = turned.Contents.read_bytes().decode("latin-1")
    matrices = re.findall(r"(\S+ \S+ \S+ \S+) \S+ \S+ Tm", content)
    assert len(matrices) >= 14
    assert set(matrices) == {"0 1 -1 0"}
    boxes = [(float(width), float(height)) for width, height in re.findall(r"(\S+) (\S+) re f", content)]
    assert any(height > 100 * width for width, height in boxes)


def test_a_document_from_right_to_left_says_so() -> None:
    """ISO 32000-1, table 150 (order of pages) and 14.8.5.4.2 (writing mode); what runs against it says that, too."""
    quote = nodes.Quote(content=(paragraph("One"),), language="en")
    items = nodes.List(items=(nodes.ListItem(content=(paragraph("אחת"),)),), language="ar")
    code = nodes.CodeBlock(text="x = 1")
    about = Metadata(title="ספר", language="he")
    data = PdfWriter().write(manuscript_of(resolved_of(quote, items, code, metadata=about))).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"
        root = pdf.Root.StructTreeRoot.K
        said = {str(each.S): each for each in root.K}
        assert root.A.O == "/Layout"
        assert root.A.WritingMode == "/RlTb"
        assert said["/BlockQuote"].A.WritingMode == "/LrTb"
        assert "/WritingMode" not in said["/L"].A  # Arabic in Hebrew
        assert said["/P"].A.WritingMode == "/LrTb"
    with pikepdf.open(io.BytesIO(PdfWriter().write(rich()).data)) as pdf:
        assert "/Direction" not in pdf.Root.ViewerPreferences
        assert "/A" not in pdf.Root.StructTreeRoot.K


def test_a_list_against_its_document_has_both_attributes() -> None:
    items = nodes.List(items=(nodes.ListItem(content=(paragraph("אחת"),)),), language="he", ordered=True)
    with pikepdf.open(io.BytesIO(PdfWriter().write(manuscript_of(resolved_of(items))).data)) as pdf:
        (found,) = (each for each in pdf.Root.StructTreeRoot.K.K if each.S == "/L")
        layout, listed = found.A
        assert layout.WritingMode == "/RlTb"
        assert listed.ListNumbering == "/Decimal"
