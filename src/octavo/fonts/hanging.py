"""How far punctuation stands out into the margin, as shares of the character's own width (optical margins)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

HANGS_RIGHT: Final[Mapping[str, float]] = {
    ".": 0.7,
    ",": 0.7,
    "-": 0.55,
    "\u00ad": 0.55,
    "\u2010": 0.55,
    "\u2013": 0.3,
    "\u2014": 0.2,
    ":": 0.4,
    ";": 0.4,
    "!": 0.15,
    "?": 0.15,
    "'": 0.6,
    '"': 0.6,
    "\u2019": 0.6,
    "\u2018": 0.6,
    "\u201d": 0.5,
    "\u201c": 0.5,
    "\u00bb": 0.3,
    "\u00ab": 0.3,
    "\u3001": 0.4,
    "\u3002": 0.4,
}
HANGS_LEFT: Final[Mapping[str, float]] = {
    "'": 0.6,
    '"': 0.6,
    "\u2018": 0.6,
    "\u201c": 0.5,
    "\u201a": 0.5,
    "\u201e": 0.5,
    "\u00ab": 0.3,
    "\u00bb": 0.3,
    "(": 0.1,
    "[": 0.1,
}
