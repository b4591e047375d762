"""Which fonts lend an edition the letters that its own lack, where a reader's program sets the text and not octavo."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from octavo.errors import ResourceError
from octavo.fonts.book import Face, FontBook
from octavo.fonts.characters import JOINERS, REPLACEMENT
from octavo.fonts.fallback import Fallback
from octavo.fonts.features import TypeSpec
from octavo.fonts.shape import Shaper
from octavo.fonts.writing import writing_of


class Lenders:
    """Finds them as the typesetter does, so that all editions show a letter in one font. Fonts are opened once."""

    def __init__(self, book: FontBook, language: str) -> None:
        self._shaper = Shaper(book)
        self._language = language

    def lent(
        self, families: tuple[str, ...], weight: int, italic: bool, characters: Iterable[str]
    ) -> tuple[tuple[Face, frozenset[str]], ...]:
        """Return the faces that show what the first of a style's own families lacks, each with what it shows.

        What no font has is left out: whoever sets the text in pages says so.

        Raises:
            ResourceError: no font is at hand, or one that might lend letters is broken or may not be embedded.
        """
        spec = TypeSpec(families=families, weight=weight, italic=italic, language=self._language)
        faces = self._shaper.stack(spec)
        try:
            first = self._shaper.load(faces[0])
        except ResourceError:
            return ()  # whoever embeds it says why it cannot be
        lacking = sorted(
            each
            for each in set(characters)
            if not first.has(each) and unicodedata.category(each)[0] not in "CZ" and each != REPLACEMENT
        )
        if not lacking:
            return ()
        fallback = Fallback(self._shaper, spec, faces, {})
        lenders = {each: face for each in lacking if (face := fallback.face_for(each)) is not None}
        found: dict[int, tuple[Face, set[str]]] = {}
        for each in _of_writings_that_are_had(lacking, lenders):
            face = lenders[each]
            if face is not faces[0]:
                found.setdefault(id(face), (face, set(JOINERS)))[1].add(each)
        return tuple((face, frozenset(shown)) for face, shown in found.values())


def _of_writings_that_are_had(lacking: Sequence[str], lenders: Mapping[str, Face]) -> list[str]:
    """Return the letters to lend, without the marks of a writing whose letters no font at hand has.

    Those are shown in a font of the reader's, and its marks belong to it.
    """
    wanted, had = Counter(map(writing_of, lacking)), Counter(map(writing_of, lenders))
    return [
        each for each in lenders if not (writing := writing_of(each)) or 2 * had[writing] >= wanted[writing]
    ]
