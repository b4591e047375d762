"""The inks of the press edition: process colours, printing inks by name, and what prints over what.

Text in black alone overprints, so that no white shows around it where plates are a little out of place; everything else
knocks out, white above all (ISO 32000-1, 8.6.7).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from octavo.diagnostics import Diagnostic, info, warning
from octavo.typeset.frames import Layout, Rectangle, TextLine
from octavo.units import Color
from octavo.writers.pdf.objects import PdfFile, name
from octavo.writers.pdf.paint import MISSING
from octavo.writers.pdf.press.separation import Inks, Separator

KNOCK_OUT: Final = "/Knock gs"
OVERPRINT: Final = "/Over gs"
_STATES: Final = (
    "/ExtGState<</Knock<</Type/ExtGState/OP false/op false/OPM 0>>"
    "/Over<</Type/ExtGState/OP true/op true/OPM 1>>>>"
)
_BLACK: Final[Inks] = (0.0, 0.0, 0.0, 1.0)
_RESERVED: Final = frozenset({"All", "None", "Cyan", "Magenta", "Yellow", "Black"})
_ALIKE: Final = 0.02


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A printing ink by its name, and what it looks like in process colours at full strength."""

    name: str
    inks: Inks


class Palette(msgspec.Struct, frozen=True, kw_only=True):
    """All colours of a layout: what each is printed with. A spot colour has its ink and its tint there."""

    process: Mapping[Color, Inks]
    spots: tuple[Spot, ...]
    tints: Mapping[Color, tuple[int, float]]
    converted: tuple[Color, ...]

    def area_ink(self, color: Color) -> str:
        """Return the operators that paint an area."""
        return f"{KNOCK_OUT}\n{self._operator(color)}"

    def text_ink(self, color: Color) -> str:
        """Return the operators that paint text."""
        state = OVERPRINT if self.overprints(color) else KNOCK_OUT
        return f"{state}\n{self._operator(color)}"

    def overprints(self, color: Color) -> bool:
        """Say whether text in a colour prints over what lies below."""
        return color not in self.tints and self.process[color] == _BLACK

    def _operator(self, color: Color) -> str:
        if color in self.tints:
            at, tint = self.tints[color]
            return f"/S{at} cs {tint:.4g} scn"
        return f"{' '.join(f'{part:.4g}' for part in self.process[color])} k"


class PressInks:
    """The inks of drawings: a colour of the theme's is printed as the theme prints it, any other by its profile."""

    space = "/DeviceCMYK"

    def __init__(self, separator: Separator, palette: Mapping[str, Color]) -> None:
        self._separator = separator
        self._known = {color.hex: color.cmyk for color in palette.values() if color.cmyk is not None}

    def parts(self, color: Color) -> Inks:
        """Return cyan, magenta, yellow and black."""
        found = self._known.get(color.hex)
        if found is None:
            found = self._known[color.hex] = self._separator.inks_of((color,))[color]
        return found


def gather_palette(layout: Layout, separator: Separator, changes: Mapping[Color, Color]) -> Palette:
    """Return what the colours of a layout are printed with; `changes` are those that the theme makes for print."""
    shown = {color: changes.get(color, color) for color in (*_colors(layout), MISSING)}
    colors = tuple(dict.fromkeys(shown.values()))
    without = tuple(color for color in colors if color.cmyk is None)
    process = separator.inks_of(without) | {color: color.cmyk for color in colors if color.cmyk is not None}
    spots, tints = _spots(colors)
    return Palette(
        process={color: process[printed] for color, printed in shown.items()},
        spots=spots,
        tints={color: tints[printed] for color, printed in shown.items() if printed in tints},
        converted=tuple(color for color in without if color != MISSING),
    )


def _colors(layout: Layout) -> Iterator[Color]:
    for page in layout.pages:
        for placed in page.frames:
            match placed.frame:
                case TextLine(runs=runs, rules=rules):
                    for run in runs:
                        yield run.color
                    for rule in rules:
                        yield rule[4]
                case Rectangle(color=color):
                    yield color
                case _:
                    continue


def _spots(colors: tuple[Color, ...]) -> tuple[tuple[Spot, ...], Mapping[Color, tuple[int, float]]]:
    """Return the printing inks, each once (ISO 19005-2, 6.2.4.4), and the share of its ink that each colour has.

    The strongest colour of a name is the ink itself; a weaker one is a tint of it, if its parts are in proportion.
    """
    named = [color for color in colors if color.spot and color.cmyk and color.spot not in _RESERVED]
    full: dict[str, Inks] = {}
    for color in named:
        assert color.cmyk is not None
        if sum(color.cmyk) > sum(full.get(color.spot, (0.0,))):
            full[color.spot] = color.cmyk
    places = {spot: at for at, spot in enumerate(full)}
    tints: dict[Color, tuple[int, float]] = {}
    for color in named:
        whole = full.get(color.spot)
        if whole is None or color.cmyk is None:
            continue
        tint = sum(color.cmyk) / sum(whole)
        if all(abs(part * tint - other) <= _ALIKE for part, other in zip(whole, color.cmyk, strict=True)):
            tints[color] = (places[color.spot], tint)
    return tuple(Spot(name=spot, inks=inks) for spot, inks in full.items()), tints


def write_resources(file: PdfFile, palette: Palette) -> str:
    """Add the colour spaces and return the resource entries that the inks need (ISO 32000-1, 8.6.6.4)."""
    spaces = [f"/S{at} {_write_spot(file, spot)} 0 R" for at, spot in enumerate(palette.spots)]
    every = file.add(f"[/Separation/All/DeviceCMYK{_tint((1.0, 1.0, 1.0, 1.0))}]")
    return f"{_STATES}/ColorSpace<</Every {every} 0 R{''.join(spaces)}>>"


def _write_spot(file: PdfFile, spot: Spot) -> int:
    return file.add(f"[/Separation{name(spot.name)}/DeviceCMYK{_tint(spot.inks)}]")


def _tint(inks: Inks) -> str:
    return f"<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[{' '.join(f'{part:.4g}' for part in inks)}]/N 1>>"


def check_inks(palette: Palette, ink_limit: float) -> Iterator[Diagnostic]:
    """Say which colours were converted, which have too much ink, and whether white would vanish."""
    if palette.converted:
        listed = ", ".join(f"#{color.hex}" for color in palette.converted[:6])
        more = ", …" if len(palette.converted) > 6 else ""
        yield info(
            "press-color-converted",
            f"the theme gives no inks for {listed}{more}; converted by the output profile",
            hint='write the colour as { srgb = "#…", cmyk = [C, M, Y, K] }',
        )
    for color, inks in palette.process.items():
        cover = sum(inks) * 100
        if color not in palette.tints and cover > ink_limit + _ALIKE:
            yield warning(
                "press-ink-coverage",
                f"colour #{color.hex} takes {cover:.0f} % of ink, and the printer {ink_limit:.0f} %",
                hint="lessen its cyan, magenta and yellow in the theme",
            )
        if palette.overprints(color) and not sum(inks):
            yield warning("press-white-overprint", f"white #{color.hex} prints over what lies below: nothing")
