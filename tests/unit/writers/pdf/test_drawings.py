"""Drawings in a PDF: forms of paths, the resources that they need, and pixels where there is no other way."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest

from octavo.tree.media import MediaFile
from octavo.units import Color
from octavo.writers.pdf.drawings import DrawingInks, Drawings, ScreenInks
from octavo.writers.pdf.images import WrittenImage, write_image
from octavo.writers.pdf.objects import PdfFile
from tests.unit.writers.svg.drawn import sample, svg, typist

_OPEN: list[pikepdf.Pdf] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while _OPEN:
        _OPEN.pop().close()


class BlackInk:
    space = "/DeviceCMYK"

    def parts(self, color: Color) -> tuple[float, ...]:
        return (0.0, 0.0, 0.0, 1 - color.green / 255)


def written(
    media: MediaFile, inks: DrawingInks | None = None
) -> tuple[WrittenImage, pikepdf.Object, list[str], bytes]:
    file = PdfFile((1, 7), bytes(16))
    image, said = Drawings(typist(), inks or ScreenInks(), {}, write_image).write(file, media)
    assert image is not None
    page = file.add(f"<</Type/Page/Parent {file.pages_number} 0 R/MediaBox[0 0 9 9]/Resources<<>>>>")
    file.add_page(page)
    data = file.to_bytes(file.add("<<>>"))
    pdf = pikepdf.open(io.BytesIO(data))
    _OPEN.append(pdf)
    return image, pdf.get_object(image.object_number, 0), [each.code for each in said], data


def operators(form: pikepdf.Object) -> list[str]:
    return [line.split(" ")[-1] for line in form.read_bytes().decode().split("\n")]


def test_a_drawing_fills_the_unit_square() -> None:
    _, form, said, _ = written(svg('<rect width="100" height="50" fill="red"/>'))
    assert said == []
    assert [float(each) for each in form["/BBox"]] == [0, 0, 75, 75]
    assert [float(each) * 75 for each in form["/Matrix"]] == pytest.approx([1, 0, 0, 1, 0, 0])
    assert form.read_bytes() == b"q\n1 0 0 rg\n0 75 m\n75 75 l\n75 37.5 l\n0 37.5 l\nh\nf\nQ"


def test_colours_are_those_of_the_edition() -> None:
    _, form, _, _ = written(svg('<rect width="9" height="9" stroke="#fff"/>'), BlackInk())
    assert b"0 0 0 1 k\n0 0 0 0 K" in form.read_bytes()


def test_gradients_are_shadings() -> None:
    _, form, _, _ = written(sample("drawing.svg"))
    kinds = {int(each["/ShadingType"]) for each in form["/Resources"]["/Shading"].values()}
    assert kinds == {2, 3}
    assert "/Pattern" in form["/Resources"]
    assert operators(form).count("sh") == 2


def test_opacity_is_a_group() -> None:
    image, form, _, _ = written(svg('<g opacity=".5"><rect width="9" height="9"/></g>'))
    assert image.transparent
    (group,) = form["/Resources"]["/XObject"].values()
    assert group["/Group"]["/S"] == "/Transparency"
    assert float(form["/Resources"]["/ExtGState"]["/G0"]["/ca"]) == 0.5


def test_an_uneven_pen_is_drawn_in_its_own_coordinates() -> None:
    _, form, _, _ = written(svg('<circle r="5" fill="none" stroke="red" transform="scale(4 1)"/>'))
    assert operators(form)[:3] == ["q", "RG", "cm"]


def test_photographs_within_stay_as_they_are() -> None:
    _, form, _, _ = written(sample("drawing.svg"))
    kinds = [each["/Subtype"] for each in form["/Resources"]["/XObject"].values()]
    assert "/Image" in kinds


def test_numbers_have_no_exponents() -> None:
    _, form, _, _ = written(
        svg('<g transform="scale(1e-6)"><path d="M0 0L1e7 1e-7" stroke="red" stroke-width="1e5"/></g>')
    )
    assert b"e-" not in form.read_bytes()


def test_what_has_a_filter_becomes_pixels() -> None:
    _, image, said, _ = written(sample("filtered.svg"))
    assert said == ["image-rasterised"]
    assert image["/Subtype"] == "/Image"
    assert int(image["/Width"]) == 750


@pytest.mark.parametrize("name", ["plot.svg", "drawing.svg", "chart.svg", "diagram.svg"])
def test_samples_stay_vectors_and_are_the_same_each_time(name: str) -> None:
    _, form, said, data = written(sample(name))
    assert said == []
    assert form["/Subtype"] == "/Form"
    assert data == written(sample(name))[3]
