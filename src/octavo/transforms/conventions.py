"""How languages punctuate: quotation marks, elisions, and the spaces at which no line may break.

Sources: CLDR 45 (delimiters), and the style guides that the languages' academies and printing offices publish.
Languages without a row are left as they are written: Chinese, Japanese and Korean type their own marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from octavo.transforms.terms import look_up

NO_BREAK: Final = "\u00a0"


class Convention(msgspec.Struct, frozen=True, kw_only=True):
    """One language's habits.

    `double` and `single` are what `"` and `'` open and close with. `elisions` are words that a leading apostrophe
    begins. `abbreviations` end in a full stop (or are a sign) and hold on to the word after them, the ones in
    `numbered` only to a figure. `short_words` are one-letter words that may not end a line.
    """

    double: tuple[str, str]
    single: tuple[str, str]
    elisions: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    short_words: str = ""
    spaced_marks: bool = False
    """Space before the high marks `: ; ! ?`, as in French."""
    spaced_thousands: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CURLY: Final = ("“", "”"), ("‘", "’")
_LOW: Final = ("„", "“"), ("‚", "‘")
_HIGH: Final = ("”", "”"), ("’", "’")
_ANGLED: Final = ("«", "»"), ("“", "”")
_SPACED: Final = (f"«{NO_BREAK}", f"{NO_BREAK}»"), ("“", "”")
_POLISH: Final = ("„", "”"), ("«", "»")
_SWISS: Final = ("«", "»"), ("‹", "›")

_ENGLISH: Final = Convention(
    double=_CURLY[0],
    single=_CURLY[1],
    elisions=_words("tis twas twere twill til till em cause bout round n neath"),
    abbreviations=_words("Dr. Mr. Mrs. Ms. Prof. St. Gen. Sen. Rep. Gov."),
    numbered=_words("p. pp. No. no. Nos. Vol. vol. Fig. fig. Art. art. Sec. sec. ch. c. §"),
)
_GERMAN: Final = Convention(
    double=_LOW[0],
    single=_LOW[1],
    elisions=_words("s n ne nen nem ner"),
    abbreviations=_words("Dr. Prof. Hr. Fr. z. d. u. i. o. St."),
    numbered=_words("S. Nr. Bd. Abb. Tab. Art. Abs. Kap. Rn. ca. Mio. Mrd. §"),
)
_NORDIC: Final = _words("s. nr. kap. bd. fig. tab. ca. §")

CONVENTIONS: Final[Mapping[str, Convention]] = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "de-ch": msgspec.structs.replace(_GERMAN, double=_SWISS[0], single=_SWISS[1]),
    "fr": Convention(
        double=_SPACED[0],
        single=_SPACED[1],
        abbreviations=_words("M. MM. Dr. Pr."),
        numbered=_words("p. pp. nº n° art. vol. chap. fig. §"),
        spaced_marks=True,
        spaced_thousands=True,
    ),
    "fr-ch": Convention(double=_SWISS[0], single=_SWISS[1], numbered=_words("p. pp. nº n° art. vol. §")),
    "es": Convention(
        double=_ANGLED[0],
        single=_ANGLED[1],
        abbreviations=_words("Sr. Sra. Dr. Dra. D. Dña."),
        numbered=_words("p. pp. n.º núm. art. vol. fig. §"),
        spaced_thousands=True,
    ),
    "es-419": Convention(
        double=_CURLY[0], single=_CURLY[1], numbered=_words("p. pp. n.º núm. art. vol. fig. §")
    ),
    "it": Convention(
        double=_ANGLED[0],
        single=_ANGLED[1],
        elisions=_words("sto sta sti ste ndrangheta n"),
        abbreviations=_words("Dott. Prof. Sig. On."),
        numbered=_words("p. pp. n. art. vol. fig. cap. §"),
    ),
    "pt": Convention(
        double=_CURLY[0],
        single=_CURLY[1],
        abbreviations=_words("Sr. Sra. Dr. Dra. Prof."),
        numbered=_words("p. pp. n.º art. vol. fig. §"),
    ),
    "pt-pt": Convention(double=_ANGLED[0], single=_ANGLED[1], numbered=_words("p. pp. n.º art. vol. fig. §")),
    "nl": Convention(
        double=_CURLY[0],
        single=_CURLY[1],
        elisions=_words("s t n k m r"),
        abbreviations=_words("dr. prof. mr. drs. ir."),
        numbered=_words("p. blz. nr. art. fig. §"),
    ),
    "pl": Convention(
        double=_POLISH[0],
        single=_POLISH[1],
        numbered=_words("s. nr Nr ust. art. pkt rys. tab. r. §"),
        short_words="aiouwzAIOUWZ",
        spaced_thousands=True,
    ),
    "sv": Convention(double=_HIGH[0], single=_HIGH[1], numbered=_NORDIC, spaced_thousands=True),
    "da": Convention(double=_HIGH[0], single=_HIGH[1], numbered=_NORDIC),
    "nb": Convention(double=("«", "»"), single=("‘", "’"), numbered=_NORDIC, spaced_thousands=True),
    "fi": Convention(
        double=_HIGH[0], single=_HIGH[1], numbered=_words("s. nro Nro §"), spaced_thousands=True
    ),
    "cs": Convention(
        double=_LOW[0],
        single=_LOW[1],
        numbered=_words("s. č. čl. odst. obr. tab. §"),
        short_words="kosuvzaiKOSUVZAI",
        spaced_thousands=True,
    ),
    "sk": Convention(double=_LOW[0], single=_LOW[1], short_words="kosuvzaiKOSUVZAI", spaced_thousands=True),
    "sl": Convention(double=_LOW[0], single=_LOW[1]),
    "hr": Convention(double=("„", "”"), single=("‘", "’")),
    "hu": Convention(double=("„", "”"), single=("»", "«"), spaced_thousands=True),
    "ro": Convention(double=("„", "”"), single=("«", "»")),
    "tr": Convention(double=_CURLY[0], single=_CURLY[1]),
    "el": Convention(double=_ANGLED[0], single=_ANGLED[1]),
    "ca": Convention(double=_ANGLED[0], single=_ANGLED[1]),
    "ru": Convention(
        double=("«", "»"), single=_LOW[0], numbered=_words("с. № гл. рис. табл. §"), spaced_thousands=True
    ),
    "uk": Convention(
        double=("«", "»"), single=_LOW[0], numbered=_words("с. № рис. табл. §"), spaced_thousands=True
    ),
    "ga": msgspec.structs.replace(_ENGLISH, elisions=frozenset()),
    "cy": msgspec.structs.replace(_ENGLISH, elisions=_words("r n i w m ch")),
}

_LATIN_AMERICA: Final = _words("ar bo cl co cr cu do ec gt hn mx ni pa pe pr py sv us uy ve")


def convention_for(language: str) -> Convention | None:
    """Return the habits of a language by its BCP 47 tag; None: it is left as it is written."""
    tag = language.lower().replace("_", "-")
    if tag.startswith("es-") and tag[3:] in _LATIN_AMERICA:
        tag = "es-419"
    return look_up(CONVENTIONS, tag)
