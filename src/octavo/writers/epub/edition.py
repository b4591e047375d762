"""An e-book in the making: XHTML, a style sheet from the theme, navigation, metadata, fonts and images, in a container.

plan -> write the text -> style it -> navigate it -> describe it -> pack
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from octavo.diagnostics import Diagnostic, warning
from octavo.edition import Output
from octavo.tree import nodes
from octavo.tree.semantics import MarkKey, StyleKey
from octavo.tree.walk import plain_text, walk
from octavo.writers.epub.accessibility import Contained
from octavo.writers.epub.blocks import BLOCK_RULES
from octavo.writers.epub.breaks import PageMarks, page_marks
from octavo.writers.epub.chunks import Chunk, plan
from octavo.writers.epub.claim import missing, not_claimed
from octavo.writers.epub.container import Book, Resource, pack
from octavo.writers.epub.contents import Item, contents_style, heading_items
from octavo.writers.epub.cover import Cover, draw_cover
from octavo.writers.epub.css import style_sheet
from octavo.writers.epub.inlines import INLINE_RULES
from octavo.writers.epub.markup import attribute, direction, fragment, is_language, legal, page, quoted
from octavo.writers.epub.nav import Landmark, Navigation, navigation_document, ncx
from octavo.writers.epub.notes import resolve_notes, write_pending
from octavo.writers.epub.opening import write_opening
from octavo.writers.epub.package import metadata_entries, modified, own_identifier
from octavo.writers.epub.scribe import Scribe
from octavo.writers.epub.turning import Directions
from octavo.writers.epub.typefaces import EmbeddedFace, embed, embed_mathematics, with_lenders
from octavo.writers.protocol import Manuscript

XHTML_TYPE = "application/xhtml+xml"
COVER_PAGE = "cover.xhtml"
COVER_WIDTH: Final = 432.0
"""Points: 1800 pixels, for a cover that is given as a drawing."""


def make_edition(manuscript: Manuscript) -> Output:
    """Return a manuscript as an e-book; without a layout it knows no printed pages."""
    edition = _Edition(manuscript)
    texts = edition.texts()
    cover = edition.cover()
    guides = edition.guides(cover)
    look = edition.look()
    # The table of contents stands behind the title page, where there is one.
    at = 1 if edition.plan.chunks[0].matter == "frontmatter" else 0
    data = edition.packed((*cover, *texts[:at], *guides, *texts[at:], *look))
    return Output(data, edition.diagnostics())


class _Edition:
    """One e-book in the making: the scribe and what it has found out, file by file."""

    def __init__(self, manuscript: Manuscript) -> None:
        self.manuscript = manuscript
        resolved = manuscript.resolved
        self.index = resolved.index
        self.about = resolved.document.metadata
        self.language = self.about.language if is_language(self.about.language) else "en"
        self.plan = plan(resolved)
        self.scribe = Scribe(
            resolved, manuscript.styles, self.plan, manuscript.layout, (BLOCK_RULES, INLINE_RULES)
        )
        self.scribe.marks = PageMarks(page_marks(manuscript.layout, resolved.document, self.scribe.new_name))
        self.items = heading_items(self.index.headings, 6)
        self.title = self._title()
        self._formulas = False
        self._said: list[Diagnostic] = []

    def _title(self) -> str:
        """Return the title; a document without one is called by its first heading or its first words."""
        if self.about.title.strip():
            return legal(" ".join(self.about.title.split()))[0]
        if self.items:
            return legal(self.items[0].text)[0]
        for node in walk(self.manuscript.resolved.document):
            if isinstance(node, nodes.Paragraph) and (words := plain_text(node).split()):
                return legal(" ".join(words)[:80])[0] or self.index.terms.title_page
        return self.index.terms.title_page

    # Text ----------------------------------------------------------------------------------------------------------

    def texts(self) -> tuple[Resource, ...]:
        """Write all files of text. Addresses of notes are filled in when all notes have their places."""
        bodies = [
            (chunk, self._body(chunk, last=chunk is self.plan.chunks[-1])) for chunk in self.plan.chunks
        ]
        return tuple(self._text(chunk, body) for chunk, body in bodies)

    def _body(self, chunk: Chunk, *, last: bool) -> str:
        scribe = self.scribe
        scribe.chunk, scribe.out = chunk, []
        if chunk.opening:
            write_opening(scribe)
        scribe.out.append("<main>\n")
        if chunk.blocks and isinstance(chunk.blocks[0], nodes.Section):
            scribe.level = self.index.levels.get(chunk.blocks[0].key, 1) - 1
        scribe.blocks(chunk.blocks)
        if last:
            scribe.out.extend(mark.markup("div") for mark in scribe.marks.rest(chunk.name))
        scribe.out.append("</main>\n")
        write_pending(scribe)
        return "".join(scribe.out)

    def _text(self, chunk: Chunk, body: str) -> Resource:
        markup, lost = legal(resolve_notes(body, chunk, self.scribe.note_places))
        if lost:
            self._said.append(
                warning(
                    "control-character",
                    f"{lost} characters that no e-book can hold were left out",
                    hint="delete them in the source",
                )
            )
        title = legal(chunk.title)[0].strip() or self.title
        kind = attribute("epub:type", chunk.matter)
        data = page(title, markup, language=self.language, attributes=kind).encode("utf-8")
        properties = ("mathml",) if "<math " in markup else ()
        self._formulas = self._formulas or bool(properties)
        return Resource(
            name=chunk.name, media_type=XHTML_TYPE, data=data, in_spine=True, properties=properties
        )

    # Look ----------------------------------------------------------------------------------------------------------

    def look(self) -> tuple[Resource, ...]:
        """Return the style sheet, fonts and images that the text has asked for."""
        scribe, styles = self.scribe, self.manuscript.styles
        fonts = embed(styles, scribe.voices, self.manuscript.fonts, self.language)
        self._said.extend(fonts.diagnostics)
        formulas = embed_mathematics(scribe.formula_letters, self.manuscript.fonts)
        marks = dict.fromkeys(mark for _, chain in scribe.voices for mark in chain)
        marks.setdefault(str(MarkKey.LINK))
        numbered = frozenset(use for use, chain in scribe.voices if chain[:1] == (MarkKey.HEADING_NUMBER,))
        sheet = style_sheet(
            with_lenders(styles, fonts.lenders),
            scribe.uses,
            marks,
            numbered,
            fonts.faces,
            directions=Directions(scribe.leftwards, scribe.both),
        )
        sheet += "".join(
            f'{face.rule()}math {{ font-family: "{face.family}", math; font-style: normal; }}\n'
            for face in formulas
        )
        made = [Resource(name="style.css", media_type="text/css", data=sheet.encode("utf-8"))]
        made.extend(_font_resource(face) for face in (*fonts.faces, *formulas))
        made.extend(
            Resource(
                name=image.name,
                media_type=image.media_type,
                data=image.data,
                properties=("cover-image",) if image.name == self._cover_name else (),
            )
            for image in scribe.images.files.values()
        )
        return tuple(made)

    @property
    def _cover_name(self) -> str:
        media = self.manuscript.resolved.media.get(self.about.cover)
        if media is None or media.media_type == "image/svg+xml":
            return ""
        return self.scribe.images.name_of(self.about.cover, self.about.positions.get("cover"))

    def cover(self) -> tuple[Resource, ...]:
        """Return the cover's page, and its image where that is drawn."""
        name = self._cover_name
        made: tuple[Resource, ...] = ()
        if not name:
            data = self._rendered_cover() or self._drawn_cover().data
            image = Resource(
                name="images/cover.png", media_type="image/png", data=data, properties=("cover-image",)
            )
            name, made = image.name, (image,)
        said = f"{self.index.terms.cover}: {self.title}"
        body = (
            f'<section epub:type="cover" aria-label="{quoted(self.index.terms.cover)}">\n'
            f'<img src="{name}" alt="{quoted(said)}" role="doc-cover"/>\n</section>\n'
        )
        markup = page(self.title, body, language=self.language, attributes=' class="cover"')
        first = Resource(name=COVER_PAGE, media_type=XHTML_TYPE, data=markup.encode("utf-8"), in_spine=True)
        return (first, *made)

    def _rendered_cover(self) -> bytes:
        """Return the document's own cover as PNG where it is a drawing: no store takes SVG for a cover."""
        media = self.manuscript.resolved.media.get(self.about.cover)
        if media is None or media.media_type != "image/svg+xml":
            return b""
        from octavo.writers.svg.prepare import prepare_svg, render_svg
        from octavo.writers.svg.typist import Typist

        prepared, said = prepare_svg(media, Typist(self.manuscript.fonts, self.manuscript.styles))
        self._said.extend(said)
        return render_svg(prepared, media, COVER_WIDTH) if prepared is not None else b""

    def _drawn_cover(self) -> Cover:
        about = self.about
        if not about.title.strip() and self.title != self.index.terms.title_page:
            about = msgspec.structs.replace(about, title=self.title)
        drawn = draw_cover(
            about,
            self.index.date,
            self.index.terms.number,
            self.manuscript.styles,
            self.manuscript.fonts,
        )
        if drawn.undrawn:
            self._said.append(
                warning(
                    "cover-without-words",
                    f"no font at hand can draw `{drawn.undrawn[0][:60]}` on the cover; it is left out there",
                    about.positions.get("title"),
                    hint="install a font that has its characters, or name an image with `cover`",
                )
            )
        return drawn

    # Guides --------------------------------------------------------------------------------------------------------

    def guides(self, cover: tuple[Resource, ...]) -> tuple[Resource, ...]:
        """Return the navigation document and the NCX."""
        first = self.plan.chunks[0]
        if self._shows_guide:
            self._style_contents()
        items = self.items or [Item(self.title, 0, "", 1, [])]
        navigation = Navigation(
            title=self.title,
            language=self.language,
            terms=self.index.terms,
            items=items,
            address=lambda item: self._address(item) if item.id else first.name,
            landmarks=self._landmarks(bool(cover)),
            pages=self.scribe.marks.placed,
            identifier=own_identifier(self.manuscript.identifier),
        )
        documents = (
            Resource(
                name="nav.xhtml",
                media_type=XHTML_TYPE,
                data=legal(navigation_document(navigation))[0].encode("utf-8"),
                properties=("nav",),
                id="nav",
                in_spine=self._shows_guide,
            ),
            Resource(
                name="toc.ncx",
                media_type="application/x-dtbncx+xml",
                data=legal(ncx(navigation))[0].encode("utf-8"),
                id="ncx",
            ),
        )
        return documents

    @property
    def _shows_guide(self) -> bool:
        """Whether the navigation document is one of the pages: in a book that has no table of contents of its own."""
        return self.plan.divided and not self.scribe.contents_place

    def _style_contents(self) -> None:
        """Take the styles of the table of contents into use: in a book it is one of the pages."""
        scribe = self.scribe
        scribe.say(scribe.use("h1", StyleKey.CONTENTS_TITLE)[1], (), self.index.terms.contents)
        for item, depth in _all_items(self.items, 1):
            scribe.say(scribe.use("a", contents_style(depth), kind="bare")[1], (), item.text)

    def _address(self, item: Item) -> str:
        return f"{self.plan.chunk_of(item.key).name}#{fragment(item.id)}"

    def _landmarks(self, has_cover: bool) -> tuple[Landmark, ...]:
        terms, chunks = self.index.terms, self.plan.chunks
        found = [Landmark("cover", COVER_PAGE, terms.cover)] if has_cover else []
        body = next((chunk for chunk in chunks if chunk.matter == "bodymatter"), chunks[-1])
        if chunks[0].matter == "frontmatter":
            found.append(Landmark("titlepage", chunks[0].name, terms.title_page))
        if self._shows_guide or self.scribe.contents_place:
            place = "nav.xhtml#toc" if self._shows_guide else self.scribe.contents_place
            found.append(Landmark("toc", place, terms.contents))
        found.append(Landmark("bodymatter", body.name, legal(body.title)[0].strip() or self.title))
        return tuple(found)

    # Package -------------------------------------------------------------------------------------------------------

    def packed(self, resources: tuple[Resource, ...]) -> bytes:
        """Return the e-book's bytes."""
        contained = self._contained()
        entries = metadata_entries(
            self.about, self.title, self.language, self.manuscript.identifier, contained
        )
        book = Book(
            entries=entries,
            resources=resources,
            language=self.language,
            direction=direction(self.language),
            modified=modified(self.manuscript.produced),
        )
        return pack(book)

    def _contained(self) -> Contained:
        pictures = self.scribe.pictures
        reasons = missing(
            self.manuscript.resolved, pictures, self.manuscript.styles, self.scribe.images.moving
        )
        if reasons:
            self._said.append(not_claimed(reasons))
        return Contained(
            images=bool(pictures),
            described=all(image.alt.strip() for image in pictures),
            pages=bool(self.scribe.marks.placed),
            headings=bool(self.items),
            notes=bool(self.scribe.note_places),
            tables=bool(self.index.tables),
            moving=bool(self.scribe.images.moving),
            formulas=self._formulas,
            conforms=not reasons,
        )

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return all that there is to say."""
        return (*self.scribe.diagnostics, *self.scribe.images.diagnostics, *dict.fromkeys(self._said))


def _all_items(items: Sequence[Item], depth: int) -> Iterator[tuple[Item, int]]:
    for item in items:
        yield item, depth
        yield from _all_items(item.items, depth + 1)


def _font_resource(face: EmbeddedFace) -> Resource:
    return Resource(name=face.name, media_type=face.media_type, data=face.data)
