from __future__ import annotations

import base64
import io
from typing import Any, ClassVar

import msgspec
import pikepdf
import pytest
from PIL import Image as PillowImage
from PIL import ImageCms

from octavo.diagnostics import Diagnostic
from octavo.errors import EditionError, ResourceError
from octavo.theme.style import PageStyle
from octavo.tree import nodes
from octavo.units import Color
from octavo.writers.pdf.press import PressOptions, PressWriter
from octavo.writers.pdf.press.profile import shipped_condition
from octavo.writers.protocol import Manuscript
from tests.unit.writers.pdf.handmade import HEIGHT, WIDTH, manuscript_of, media_of, resolved_of
from tests.unit.writers.pdf.samples import RICH_TEXT, picture
from tests.unit.writers.pdf.tag_dump import dump_tags


class Page(msgspec.Struct):
    bleed: float


class Sheet(msgspec.Struct):
    styles: ClassVar[dict[str, object]] = {}
    page: Page | PageStyle
    palette: dict[str, Color] = {}


def rich(data: bytes = b"", kind: str = "image/png", bleed: float = 9.0) -> Manuscript:
    media = [media_of("p.png", data or picture(), kind)]
    sheet: Any = Sheet(Page(bleed))
    return msgspec.structs.replace(manuscript_of(resolved_of(*RICH_TEXT, media=media)), styles=sheet)


def opened(options: PressOptions, manuscript: Manuscript | None = None) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(PressWriter(options).write(manuscript or rich()).data))


def said(options: PressOptions, manuscript: Manuscript) -> dict[str, Diagnostic]:
    return {each.code: each for each in PressWriter(options).write(manuscript).diagnostics}


def box(page: Any, name: str) -> list[float]:
    return [float(part) for part in page.obj[name]]


def test_the_same_document_gives_the_same_bytes() -> None:
    assert PressWriter().write(rich()) == PressWriter().write(rich())


def test_marks_make_the_sheet_larger_and_leave_the_page_as_it_is() -> None:
    for marks in (True, False):
        pdf = opened(PressOptions(marks=marks))
        page = pdf.pages[0]
        trim, bleed, media = (box(page, name) for name in ("/TrimBox", "/BleedBox", "/MediaBox"))
        assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((WIDTH, HEIGHT))
        assert (bleed[2] - trim[2], trim[0] - bleed[0]) == pytest.approx((8.51, 8.51))
        assert (bleed == media) is not marks
        assert (b"/Every CS" in page.obj.Contents.read_bytes()) is marks


def test_a_background_at_the_edge_reaches_the_end_of_the_bleed() -> None:
    pdf = opened(PressOptions(marks=False))
    content = pdf.pages[0].obj.Contents.read_bytes()
    assert b"0 404.51 317.02 12.51 re f" in content


def test_nothing_can_be_clicked_and_links_are_text() -> None:
    pdf = opened(PressOptions())
    assert not any("/Annots" in page.obj for page in pdf.pages)
    assert "/Names" not in pdf.Root
    assert "/Outlines" in pdf.Root
    assert "Link" not in dump_tags(PressWriter().write(rich()).data).split()


def test_both_intents_share_a_profile() -> None:
    pdf = opened(PressOptions())
    intents: Any = pdf.Root.OutputIntents
    assert [str(each.S) for each in intents] == ["/GTS_PDFX", "/GTS_PDFA1"]
    assert intents[0].DestOutputProfile.objgen == intents[1].DestOutputProfile.objgen
    assert str(intents[0].OutputConditionIdentifier) == "FOGRA39"


def test_blank_pages_fill_up_and_are_told() -> None:
    manuscript = rich()
    assert manuscript.layout
    layout = msgspec.structs.replace(manuscript.layout, pages=manuscript.layout.pages[:3])
    odd = msgspec.structs.replace(manuscript, layout=layout)
    options = PressOptions(printer="on-demand")
    assert len(opened(options, odd).pages) == 4
    assert said(options, odd)["press-blank-pages"].message.startswith("a blank page was added")


def test_a_coarse_image_is_told_with_its_place() -> None:
    message = said(PressOptions(), rich())["press-low-resolution"].message
    assert message.startswith("image `p.png` has 7 pixels an inch on page")


def test_an_image_may_be_fine_enough() -> None:
    big = media_of("p.png", picture(size=(400, 200)), "image/png", size=(400, 200))
    sheet: Any = Sheet(Page(9.0))
    manuscript = manuscript_of(resolved_of(*RICH_TEXT, media=[big]))
    assert "press-low-resolution" not in said(
        PressOptions(), msgspec.structs.replace(manuscript, styles=sheet)
    )


def test_a_theme_with_too_little_bleed_is_told() -> None:
    assert "press-bleed" in said(PressOptions(), rich(bleed=0.0))
    assert "press-bleed" not in said(PressOptions(), rich(bleed=9.0))


def test_wrong_choices_are_refused() -> None:
    with pytest.raises(ResourceError, match="did you mean `on-demand`"):
        PressWriter(PressOptions(printer="on-demnd")).write(rich())
    with pytest.raises(EditionError, match="icc-not-usable"):
        PressWriter(PressOptions(icc=b"no profile")).write(rich())


def test_a_profile_that_cannot_be_written_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as are made for PostScript, whose tables stand in a space of their own."""

    def refuse(_: object) -> bytes:
        raise OSError("Could not determine profile size")

    monkeypatch.setattr(ImageCms.ImageCmsProfile, "tobytes", refuse)
    with pytest.raises(EditionError, match="icc-not-usable"):
        PressWriter(PressOptions()).write(rich())


@pytest.mark.parametrize(
    ("mode", "kind", "space"),
    [
        ("RGB", "PNG", "/DeviceGray"),
        ("L", "PNG", "/DeviceGray"),
        ("CMYK", "JPEG", "/DeviceCMYK"),
        ("L", "JPEG", "/DeviceGray"),
    ],
)
def test_images_have_no_screen_colours(mode: str, kind: str, space: str) -> None:
    data = picture(mode, kind)
    pdf = opened(PressOptions(), rich(data, f"image/{kind.lower()}"))
    (image,) = (each for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/Width" in each)
    assert image.ColorSpace == space
    if mode == "CMYK":
        assert image.read_raw_bytes() == data


def test_a_missing_image_harms_nothing() -> None:
    broken = rich(b"not an image", "image/png")
    assert "image-not-rendered" in said(PressOptions(), broken)


def test_an_empty_document_has_an_edition() -> None:
    sheet: Any = Sheet(Page(9.0))
    manuscript = msgspec.structs.replace(manuscript_of(resolved_of(nodes.Divider())), styles=sheet)
    assert len(opened(PressOptions(), manuscript).pages) == 1


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_inks_of_another_profile_keep_it(kind: str) -> None:
    own = shipped_condition().profile
    other = own[:44] + b"\1" + own[45:]
    manuscript = rich(picture("CMYK", kind, icc_profile=other), f"image/{kind.lower()}")
    pdf = opened(PressOptions(), manuscript)
    (image,) = (each for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/Width" in each)
    assert str(image.ColorSpace[0]) == "/ICCBased"
    assert image.ColorSpace[1].read_bytes() == other
    assert "press-inks-kept" in said(PressOptions(), manuscript)


def test_inks_of_the_output_are_not_named_twice() -> None:
    pdf = opened(
        PressOptions(), rich(picture("CMYK", "JPEG", icc_profile=shipped_condition().profile), "image/jpeg")
    )
    (image,) = (each for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/Width" in each)
    assert image.ColorSpace == "/DeviceCMYK"


def test_a_thin_line_in_a_drawing_is_told() -> None:
    drawing = b"""<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40" viewBox="0 0 80 40">
        <line x1="0" y1="0" x2="80" y2="40" stroke="black" stroke-width="%s"/></svg>"""
    thin, thick = (rich(drawing % width, "image/svg+xml") for width in (b".01", b"30"))
    assert said(PressOptions(), thin)["press-hairline"].message.startswith("drawing `p.png` has lines of 0.0")
    assert "press-hairline" not in said(PressOptions(), thick)


def drawing_with(content: str) -> bytes:
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{head} width="80" height="40" viewBox="0 0 80 40">{content}</svg>'.encode()


def embedded(data: bytes, kind: str, width: float) -> bytes:
    link = f"data:{kind};base64,{base64.b64encode(data).decode()}"
    return drawing_with(f'<image x="2" y="2" width="{width}" height="30" xlink:href="{link}"/>')


def test_a_coarse_bitmap_in_a_drawing_is_told() -> None:
    coarse, fine = (
        said(PressOptions(), rich(embedded(picture(), "image/png", width), "image/svg+xml"))
        for width in (60, 0.05)
    )
    assert coarse["press-low-resolution"].message.startswith("a bitmap in drawing `p.png` has ")
    assert not fine["press-low-resolution"].message.startswith("a bitmap")


def test_the_ink_of_a_bitmap_in_a_drawing_is_told() -> None:
    black = io.BytesIO()
    PillowImage.new("CMYK", (40, 40), (250, 250, 250, 250)).save(black, "JPEG")
    found = said(PressOptions(), rich(embedded(black.getvalue(), "image/jpeg", 30), "image/svg+xml"))
    assert found["press-ink-coverage"].message.startswith("image `p.png` takes up to 39")


def test_the_ink_of_the_theme_s_colours_in_a_drawing_is_told() -> None:
    heavy = Color(10, 20, 30, cmyk=(1.0, 0.9, 0.8, 0.7))
    sheet: Any = Sheet(Page(9.0), {"deep": heavy})
    drawing = drawing_with(f'<rect width="80" height="40" fill="#{heavy.hex}"/>')
    manuscript = msgspec.structs.replace(rich(drawing, "image/svg+xml"), styles=sheet)
    assert said(PressOptions(), manuscript)["press-ink-coverage"].message.startswith(
        "drawing `p.png` takes up to 340 % of ink"
    )
    light = rich(drawing_with('<rect width="80" height="40" fill="#0a141e"/>'), "image/svg+xml")
    assert "press-ink-coverage" not in said(PressOptions(), light)


def test_drawings_and_their_bitmaps_leave_no_colours_of_the_screen() -> None:
    content = embedded(picture(), "image/png", 60).replace(b"<image", b'<circle r="9" fill="teal"/><image')
    manuscript = rich(content, "image/svg+xml")
    assert "press-rgb" not in said(PressOptions(), manuscript)
    pdf = opened(PressOptions(), manuscript)
    drawn = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/Subtype" in each]
    assert {str(each.Subtype) for each in drawn} >= {"/Form", "/Image"}
    assert not any(b"DeviceRGB" in each.unparse(resolved=True) for each in drawn)
    assert not any(b" rg" in each.read_bytes() for each in drawn if each.Subtype == "/Form")
