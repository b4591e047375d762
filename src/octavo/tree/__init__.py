"""The document tree: nodes, metadata, what they mean, and two verbs over them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from octavo.tree.metadata import Metadata
from octavo.tree.nodes import Block


class Document(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A whole document: metadata and blocks. `source` names the file it was read from, for diagnostics.

    `embedded` holds image files that came within that file, by the `Image.source` that names them: they are looked for
    here before any disk is asked.
    """

    metadata: Metadata = Metadata()
    content: tuple[Block, ...] = ()
    source: str = ""
    embedded: Mapping[str, bytes] = {}
