"""The transforms in their order: a document as it was written becomes one with nothing left to decide.

titles -> polish -> identify -> survey -> number -> link -> check -> highlight -> formulas -> index
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter

import msgspec

from octavo.diagnostics import Diagnostic
from octavo.nesting import DEEPEST, DEEPEST_MARKS
from octavo.transforms.check import Known, check
from octavo.transforms.formulas import read_formulas
from octavo.transforms.highlight import highlight
from octavo.transforms.identify import identify
from octavo.transforms.index import make_index
from octavo.transforms.link import link
from octavo.transforms.number import number
from octavo.transforms.polish import polish
from octavo.transforms.resolved import Numbering, Resolved
from octavo.transforms.survey import survey
from octavo.transforms.terms import has_latin_letters, terms_for
from octavo.transforms.titles import add_titles
from octavo.tree import Document, nodes
from octavo.tree.depth import refuse_depth
from octavo.tree.media import MediaFile
from octavo.tree.nodes import ListMarker

FALLBACK_LANGUAGE = "en"


def resolve(
    document: Document,
    *,
    numbering: Numbering,
    media: Mapping[str, MediaFile],
    declared: frozenset[str],
    marks: frozenset[str] = frozenset(),
    deepest: tuple[int, int] = (DEEPEST, DEEPEST_MARKS),
) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    """Return the document resolved, and all that was noticed on the way, in the order of the source.

    Args:
        document: as a reader or a program made it.
        numbering: what the theme asks of the numbers.
        media: the images that could be read, by `Image.source`.
        declared: the names of the styles that the theme knows, which groups may have.
        marks: the names of the marks that the theme knows, which spans may have.
        deepest: how deep blocks may nest, and how deep marks within them.

    Raises:
        SourceError: the document is nested too deeply for any page.
    """
    refuse_depth(document, *deepest)
    language = document.metadata.language or FALLBACK_LANGUAGE
    terms = terms_for(language)
    polished, removed = polish(_in_language(document, language))
    identified = identify(add_titles(polished, terms))
    surveyed = survey(identified.document, declared, _markers(numbering, language))
    numbers = number(surveyed, numbering, terms, language)
    linked, dangling = link(identified, surveyed, numbers)
    noticed = check(document, surveyed, media, Known(declared, marks))
    highlights, unread = highlight(surveyed.found[nodes.CodeBlock])
    in_order = sorted((*surveyed.found[nodes.Math], *surveyed.found[nodes.Formula]), key=attrgetter("key"))
    formulas, unknown = read_formulas(in_order)
    index = msgspec.structs.replace(
        make_index(linked, surveyed, numbers, terms), highlights=highlights, formulas=formulas
    )
    diagnostics = (*removed, *identified.diagnostics, *dangling, *noticed, *unread, *unknown)
    made = Resolved(
        document=linked, index=index, media=media, language_assumed=not document.metadata.language
    )
    return made, tuple(sorted(diagnostics, key=_place))


def _markers(numbering: Numbering, language: str) -> tuple[ListMarker, ...]:
    """Return how ordered lists count. Latin letters and Roman figures do not stand among others."""
    return numbering.list_markers if has_latin_letters(language) else (ListMarker.DECIMAL,)


def _in_language(document: Document, language: str) -> Document:
    metadata = msgspec.structs.replace(document.metadata, language=language)
    return msgspec.structs.replace(document, metadata=metadata)


def _place(diagnostic: Diagnostic) -> tuple[int, int]:
    position = diagnostic.position
    return (position.line, position.column) if position else (0, 0)
