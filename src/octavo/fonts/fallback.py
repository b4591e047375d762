"""Which font shows which letter: the first of a stack that has it, else any other at hand, else a mark in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from octavo.diagnostics import error
from octavo.errors import ResourceError
from octavo.fonts.book import Face
from octavo.fonts.characters import JOINERS, REPLACEMENT, clusters, is_sayable, reads_leftwards, sayable
from octavo.fonts.features import TypeSpec, upper_pieces
from octavo.fonts.loaded import LoadedFont
from octavo.fonts.scripts import east_asian_forms, is_east_asian

if TYPE_CHECKING:
    from octavo.fonts.shape import Shaper


def _extend(runs: list[tuple[LoadedFont, str, str]], font: LoadedFont, text: str) -> None:
    """Add text in a font to the runs of a word."""
    if runs and runs[-1][0] is font and not runs[-1][2]:
        runs[-1] = (font, runs[-1][1] + text, "")
    else:
        runs.append((font, text, ""))


def _is_fixed(face: Face) -> bool:
    return "mono" in face.family.casefold()


class Fallback:
    """The fonts of a setting in order of preference, and which of them is chosen for each letter."""

    def __init__(
        self, shaper: Shaper, spec: TypeSpec, faces: Sequence[Face], switches: Mapping[str, bool]
    ) -> None:
        self._shaper = shaper
        self._spec = spec
        self._faces = faces
        self._switches = dict(switches)
        self._chosen: dict[str, LoadedFont | None] = {}
        text = bool(faces) and not _is_fixed(faces[0])
        self._last_resort = tuple(face for face in faces if text and _is_fixed(face))
        """Faces of a fixed width in a stack that is not: they lend signs, and letters only where no other has them."""

    def by_font(self, text: str) -> list[tuple[LoadedFont, str, str]]:
        """Split a word into (font, text, what it reads as where that is another text)."""
        runs: list[tuple[LoadedFont, str, str]] = []
        leftwards = self._first_leftwards(text)
        for cluster in clusters(text):
            if not runs and leftwards is not None and not cluster.isalnum() and leftwards.has(cluster[0]):
                # A bracket before a word that is read from the right belongs to its right, so to its run.
                chosen: LoadedFont | None = leftwards
            elif (
                runs
                and not cluster.isalpha()
                and reads_leftwards(runs[-1][1])
                and runs[-1][0].has(cluster[0])
            ):
                chosen = runs[-1][0]
            else:
                chosen = self._chosen_for(cluster)
            if chosen is not None:
                _extend(runs, chosen, cluster)
                continue
            for character in cluster:
                alone = self._chosen_for(character)
                if alone is not None:
                    _extend(runs, alone, character)
                elif character in JOINERS and runs and runs[-1][2]:
                    runs[-1] = (*runs[-1][:2], runs[-1][2] + character)
                elif character not in JOINERS:
                    self._shaper.report_missing(character)
                    runs.append((*self.replacement(), sayable(character)))
        return runs

    def _first_leftwards(self, text: str) -> LoadedFont | None:
        """Return the font of the first letter of a word that is read from the right, None for other words."""
        if not reads_leftwards(text) or text[0].isalpha():
            return None
        return next((self._chosen_for(each) for each in clusters(text) if each.isalpha()), None)

    def face_for(self, cluster: str) -> Face | None:
        """Return the face that shows a letter with its marks, None where none does."""
        chosen = self._chosen_for(cluster)
        return None if chosen is None else chosen.face

    def _chosen_for(self, cluster: str) -> LoadedFont | None:
        if cluster not in self._chosen:
            self._chosen[cluster] = self._choose(cluster)
        return self._chosen[cluster]

    def _choose(self, cluster: str) -> LoadedFont | None:
        """Return the first font that has a letter and its marks, or can compose them; None where none has."""
        if not is_sayable(cluster):
            return None
        shown = upper_pieces(cluster, self._spec.language)[0] if self._spec.upper else cluster
        needed = [each for each in shown if each not in JOINERS]
        late = self._last_resort if cluster[0].isalpha() else ()
        for face in self._faces:
            if face in late:
                continue
            font = self._shaper.load(face)
            if needed and all(map(font.has, needed)):
                return font
            infos, _, _ = self._shaper.run(font, shown, self._switches, self._spec.language)
            if infos and all(info.codepoint for info in infos):
                return font
        others = self._others_in_east_asia if needed and is_east_asian(needed[0]) else self._others
        for face in (*others, *late):
            if face.has is not None and not (needed and all(map(face.has, needed))):
                continue
            font = self._shaper.load(face)
            if needed and all(map(font.has, needed)):
                return font
        return None

    @cached_property
    def _others(self) -> list[Face]:
        return self._shaper.others(self._spec)

    @cached_property
    def _others_in_east_asia(self) -> list[Face]:
        return sorted(self._others, key=self._distance_in_east_asia)

    def _distance_in_east_asia(self, face: Face) -> tuple[bool, bool, bool]:
        """Return how far a face is from what is wanted for ideographs: made for them, with serifs or without as the
        text, and of the forms that the language has."""
        family = face.family.casefold()
        serifs = "serif" in (self._spec.families[0].casefold() if self._spec.families else "")
        return (
            "cjk" not in family,
            ("serif" in family) != serifs,
            not family.endswith(east_asian_forms(self._spec.language)),
        )

    def replacement(self) -> tuple[LoadedFont, str]:
        """Return a font and a character to show in place of one that no font has."""
        for shown in (REPLACEMENT, "\u25a1", "?"):
            chosen = self._choose(shown)
            if chosen is not None:
                return chosen, shown
        raise ResourceError(error("font-without-letters", "no font at hand shows as much as a question mark"))
