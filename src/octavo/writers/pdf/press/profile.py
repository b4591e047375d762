"""The printing condition: a CMYK profile for the output intents, octavo's own or the print shop's.

ISO 15930-7, 6.2.2 and ISO 19005-2, 6.2.3: one output profile, embedded once, for both intents.
"""

from __future__ import annotations

import struct
from importlib import resources
from typing import Final

import msgspec

from octavo.diagnostics import error
from octavo.errors import EditionError
from octavo.writers.pdf.images import profile_size
from octavo.writers.pdf.objects import PdfFile, text_string

_HEADER: Final = 132
_REGISTRY: Final = "http://www.color.org"


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """A printing condition: its profile, how it is called, and its name in the registry of the ICC if it is there."""

    profile: bytes
    name: str
    registered: str = ""


def shipped_condition() -> Condition:
    """Return the condition that comes with octavo: offset on coated paper, made from the data of FOGRA39L."""
    data = resources.files("octavo.writers.pdf.press").joinpath("data/coated.icc").read_bytes()
    return Condition(profile=data, name="Octavo coated (FOGRA39L)", registered="FOGRA39")


def condition_of(profile: bytes) -> Condition:
    """Return the condition of a print shop's profile.

    Raises:
        EditionError: it is no profile that a press edition may have.
    """
    reason = _fault(profile)
    if reason:
        raise EditionError(
            error(
                "icc-not-usable",
                f"the ICC profile cannot be used: {reason}",
                hint="give the CMYK output profile of your print shop, or leave --icc out",
            )
        )
    profile = profile[: profile_size(profile)]
    return Condition(profile=profile, name=_description(profile) or "Custom")


def _fault(profile: bytes) -> str:
    if len(profile) < _HEADER or profile[36:40] != b"acsp":
        return "it is no ICC profile"
    if profile_size(profile) > len(profile):
        return "it is cut off"
    if profile[12:16] != b"prtr" or profile[16:20] != b"CMYK":
        return "it is not the profile of a CMYK printer"
    if profile[8] not in (2, 4):
        return f"its version is {profile[8]}, and PDF/X-4 knows 2 and 4"
    if not {b"A2B0", b"B2A0"} <= _tags(profile).keys():
        return "it lacks the tables that convert colours"
    return ""


def _tags(profile: bytes) -> dict[bytes, bytes]:
    """Return the contents of a profile's tags by their signatures (ICC.1, 7.3)."""
    (count,) = struct.unpack_from(">I", profile, 128)
    found: dict[bytes, bytes] = {}
    for at in range(132, min(132 + 12 * count, len(profile) - 11), 12):
        signature, start, size = struct.unpack_from(">4sII", profile, at)
        found[signature] = profile[start : start + size]
    return found


def _description(profile: bytes) -> str:
    """Return what a profile calls itself (ICC.1, 9.2.41)."""
    tag = _tags(profile).get(b"desc", b"")
    text = ""
    if tag[:4] == b"desc" and len(tag) > 12:
        (length,) = struct.unpack_from(">I", tag, 8)
        text = tag[12 : 12 + length].decode("latin-1")
    elif tag[:4] == b"mluc" and len(tag) >= 28:
        length, start = struct.unpack_from(">II", tag, 20)
        text = tag[start : start + length].decode("utf-16-be", "ignore")
    return "".join(filter(str.isprintable, text)).strip()


def write_intents(file: PdfFile, condition: Condition) -> str:
    """Add the profile once and return both output intents (ISO 32000-1, 14.11.5)."""
    profile = file.add_stream(condition.profile, "/N 4")
    said = text_string(condition.name)
    identifier = text_string(condition.registered or "Custom")
    registry = f"/RegistryName({_REGISTRY})" if condition.registered else ""
    return "".join(
        (
            "[",
            *(
                f"<</Type/OutputIntent/S/{kind}/OutputConditionIdentifier{identifier}{registry}"
                f"/OutputCondition{said}/Info{said}/DestOutputProfile {profile} 0 R>>"
                for kind in ("GTS_PDFX", "GTS_PDFA1")
            ),
            "]",
        )
    )
