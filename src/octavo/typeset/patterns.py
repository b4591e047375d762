"""Hyphenation by patterns (F. M. Liang, "Word Hy-phen-a-tion by Com-put-er", 1983), from the dictionaries that pyphen
carries.

A dictionary of ten or seventy thousand patterns is not parsed when it is loaded: its lines are kept, found by their
letters, and a line is parsed when a word first needs it.
"""

from __future__ import annotations

import importlib.util
import re
from bisect import bisect_left
from collections.abc import Mapping
from pathlib import Path
from typing import Final

# fmt: off
DICTIONARIES: Final = frozenset({
    "af_ZA", "as_IN", "be_BY", "bg_BG", "ca", "cs_CZ", "da_DK", "de_AT", "de_CH", "de_DE", "el_GR",
    "en_GB", "en_US", "eo", "es", "et_EE", "eu", "fr", "gl", "hr_HR", "hu_HU", "id_ID", "is", "it_IT",
    "kn_IN", "lt", "lv_LV", "mn_MN", "mr_IN", "nb_NO", "nl_NL", "nn_NO", "or_IN", "pa_IN", "pl_PL",
    "pt_BR", "pt_PT", "ro_RO", "ru_RU", "sa_IN", "sk_SK", "sl_SI", "sq_AL", "sr", "sr_Latn", "sv", "te_IN",
    "th_TH", "uk_UA", "zu_ZA",
})
# fmt: on
"""The dictionaries of pyphen, by their names."""
_PREFERRED: Final = {"en": "en_US", "de": "de_DE", "pt": "pt_PT", "no": "nb_NO"}
_DIRECTIVE: Final = re.compile(r"(?m)^(?:[%#].*|[A-Z]+(?:[ \t].*)?)$")
_LEAST_BEFORE: Final = 2
_LEAST_AFTER: Final = 3
_FEW: Final = 500
"""For so many words it is not worth knowing how long patterns are."""
_LAST: Final = "\U0010ffff"


def dictionary_name(language: str) -> str:
    """Return the name of the dictionary for a BCP 47 tag: the nearest there is, empty for none."""
    parts = language.replace("_", "-").split("-")
    primary = parts[0].lower()
    for subtag in parts[1:]:
        name = f"{primary}_{subtag.title() if len(subtag) == 4 else subtag.upper()}"
        if name in DICTIONARIES:
            return name
    preferred = _PREFERRED.get(primary, primary)
    if preferred in DICTIONARIES:
        return preferred
    return (
        next((name for name in sorted(DICTIONARIES) if name.startswith(f"{primary}_")), "") if primary else ""
    )


def read_dictionary(name: str) -> bytes | None:
    """Return a dictionary of the installed pyphen; None where it is missing. The package itself is not imported."""
    spec = importlib.util.find_spec("pyphen")
    get_data = getattr(spec.loader, "get_data", None) if spec is not None else None
    if spec is None or spec.origin is None or get_data is None:
        return None
    try:
        data = get_data(str(Path(spec.origin).parent / "dictionaries" / f"hyph_{name}.dic"))
    except OSError:
        return None
    return bytes(data)


class Patterns:
    """The patterns of one language, as a hunspell dictionary (`hyph_*.dic`) writes them."""

    def __init__(self, data: bytes) -> None:
        head, _, rest = data.partition(b"\n")
        encoding = head.decode("ascii", "replace").strip().lower()
        text = rest.decode("cp1251" if encoding == "microsoft-cp1251" else encoding, "replace").replace(
            "\r", ""
        )
        self.least_before = max(_LEAST_BEFORE, _limit(text, "LEFTHYPHENMIN", _LEAST_BEFORE))
        self.least_after = max(_LEAST_BEFORE, _limit(text, "RIGHTHYPHENMIN", _LEAST_AFTER))
        body = _without_directives(text)
        if "^^" in body:
            body = re.sub(r"\^\^([0-9a-f]{2})", lambda match: chr(int(match.group(1), 16)), body)
        if "/" in body:
            lines = body.split("\n")
            body = "\n".join([_without_alternative(line) if "/" in line else line for line in lines])
        # Bytes lose characters ten times as fast as text does, and those of UTF-8 that are ASCII stand for themselves.
        letters = body.encode("utf-8", "surrogatepass").translate(None, b"0123456789 \t")
        patterns = letters.decode("utf-8", "surrogatepass").split("\n")
        self._lines = dict(zip(patterns, body.split("\n"), strict=True))
        self._lines.pop("", None)
        self._longest = max(map(len, self._lines), default=0)
        self._words = 0
        self._sizes: _Sizes | None = None
        self._parsed: dict[str, tuple[tuple[int, int], ...]] = {}

    def positions(self, word: str) -> list[int]:
        """Return the offsets in a word of letters before which a hyphen may stand."""
        dotted = f".{word.lower()}."
        length = len(dotted)
        if length != len(word) + 2 or len(word) < self.least_before + self.least_after:
            return []
        if self._sizes is None:
            self._words += 1
            if self._words > _FEW:
                self._sizes = _Sizes(self._lines)
        lines, parsed, sizes = self._lines, self._parsed, self._sizes
        values = [0] * (length + 1)
        for start in range(length - 1):
            for size in (
                range(1, min(self._longest, length - start) + 1)
                if sizes is None
                else sizes[dotted[start : start + 3]]
            ):
                letters = dotted[start : start + size]
                if letters in lines:
                    for at, weight in parsed.get(letters) or self._parse(letters):
                        if weight > values[start + at]:  # noqa: PLR1730 - half as fast again as max()
                            values[start + at] = weight
        last = len(word) - self.least_after
        return [at for at in range(self.least_before, last + 1) if values[at + 1] & 1]

    def _parse(self, letters: str) -> tuple[tuple[int, int], ...]:
        """Return a pattern's weights that are not nought, each with its place among the letters."""
        weights: dict[int, int] = {}
        place = 0
        for character in self._lines[letters].strip():
            if character.isdigit():
                weights[place] = int(character)
            else:
                place += 1
        found = self._parsed[letters] = tuple((at, weight) for at, weight in weights.items() if weight)
        return found


class _Sizes(dict[str, tuple[int, ...]]):
    """How long the patterns are that may begin where three letters stand; looked up when it is first asked."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        super().__init__()
        self._patterns = patterns
        self._sorted = sorted(patterns)

    def __missing__(self, letters: str) -> tuple[int, ...]:
        short = [size for size in (1, 2) if letters[:size] in self._patterns]
        long: set[int] = set()
        if len(letters) == 3:
            first, behind = bisect_left(self._sorted, letters), bisect_left(self._sorted, f"{letters}{_LAST}")
            long.update(map(len, self._sorted[first:behind]))
        sizes = self[letters] = (*short, *long)
        return sizes


def _limit(text: str, name: str, default: int) -> int:
    match = re.search(rf"(?m)^{name}[ \t]+(\d+)", text)
    return int(match.group(1)) if match else default


def _without_directives(text: str) -> str:
    """Return the patterns alone. Most dictionaries have their directives at the head, and none behind it."""
    at = 0
    while found := _DIRECTIVE.match(text, at):
        at = found.end() + 1
    body = text[at:]
    plain = body.encode("utf-8", "surrogatepass")
    has_more = b"%" in plain or b"#" in plain or plain.lower() != plain
    return _DIRECTIVE.sub("", body) if has_more else body


def _without_alternative(line: str) -> str:
    """A pattern that changes letters where it breaks (Hungarian ssz to sz-sz): forbid the break."""
    pattern, _, _ = line.rpartition("/")
    return re.sub("[13579]", lambda digit: str(int(digit.group()) + 1)[-1], pattern)
